"""What is said of a bank's CSV says enough to read amounts and days, or is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mailctl.domain.csv_forms import EXAMPLE, form_of, kept_csv_form
from mailctl.errors import UsageError

WHOLE = "date=Datum amount=Betrag dates=DD.MM.YYYY decimal=,"


def form(text: str):
    found = form_of(text)
    assert found is not None
    return found


def test_nothing_said_is_no_form():
    assert form_of("") is None
    assert kept_csv_form("") == ""


def test_the_example_of_refusals_is_a_form():
    assert kept_csv_form(EXAMPLE) == EXAMPLE
    assert form(EXAMPLE).columns == {"date": "Buchungstag", "amount": "Betrag"}


def test_names_with_spaces_stand_in_quotes_and_texts_are_several():
    found = form(f'{WHOLE} text="Zweck 1" text=Zweck2 name="Auftraggeber / Empfänger"')
    assert found.texts == ("Zweck 1", "Zweck2")
    assert found.columns["name"] == "Auftraggeber / Empfänger"


@pytest.mark.parametrize(
    ("said", "separator"),
    [("", ";"), ("separator=;", ";"), ("separator=tab", "\t"), ("separator=,", ",")],
)
def test_the_separator_is_a_sign_or_its_name(said: str, separator: str):
    assert form(f"{WHOLE} {said}").separator == separator


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Buchungstag", "cannot be read from 'Buchungstag' on"),
        (f"{WHOLE} und", "cannot be read from 'und' on"),
        ("amount=B dates=DD.MM.YYYY decimal=,", "does not say date="),
        ("date=D amount=B decimal=,", "does not say dates="),
        ("date=D amount=B dates=DD.MM.YYYY", "does not say decimal="),
        ("date=D dates=DD.MM.YYYY decimal=,", "does not say amount=, nor both debit= and credit="),
        ("date=D debit=S dates=DD.MM.YYYY decimal=,", "nor both debit= and credit="),
        (f"{WHOLE} debit=S credit=H", "has amount=, or debit= and credit=, not both"),
        (f"{WHOLE} amnt=B", "has no 'amnt'; did you mean amount?"),
        (f"{WHOLE} date=E", "says date= twice"),
        (f"{WHOLE} name=", "says nothing after name="),
        (f'{WHOLE} name="A', 'has a " that is not closed'),
        (f"{WHOLE} separator=ab", "has separator=ab"),
        (f"{WHOLE} separator=x", "has separator=x"),
        ("date=D amount=B dates=DD.MM.YYYY decimal=;", "has decimal=;"),
        ("date=D amount=B dates=DD.MM decimal=,", "has dates=DD.MM"),
        ("date=D amount=B dates=DD.DD.YYYY decimal=,", "has dates=DD.DD.YYYY"),
        ("date=D amount=B dates=%d.%m.%Y decimal=,", "has dates=%d.%m.%Y"),
        (f"{WHOLE} sign=S", "has sign=, and no in="),
        (f"{WHOLE} sign=S in=H", "has sign=, and no out="),
        (f"{WHOLE} in=H out=S", "has in=, and no sign="),
        (f"{WHOLE} sign=S in=H out=h", "has 'h' both as in= and as out="),
        (f"{WHOLE} status=S", "has status=, and no booked="),
        ("date=D debit=S credit=H sign=V in=a out=b dates=DD.MM.YYYY decimal=,", "has sign="),
    ],
)
def test_a_form_that_says_too_little_or_what_cannot_be_is_refused(text: str, cause: str):
    with pytest.raises(UsageError) as refused:
        kept_csv_form(text)
    assert cause in str(refused.value)
    assert refused.value.hint == f"for example {EXAMPLE}"


@pytest.mark.parametrize(
    ("form_of_dates", "written"),
    [
        ("DD.MM.YYYY", "%d.%m.%Y"),
        ("DD.MM.YY", "%d.%m.%y"),
        ("YYYY-MM-DD", "%Y-%m-%d"),
        ("MM/DD/YYYY", "%m/%d/%Y"),
        ("YYYYMMDD", "%Y%m%d"),
        ("DDMMYYYY", "%d%m%Y"),
        ("YYYY-MM-DD", "%Y-%m-%dT%H:%M:%S"),
        ("DD.MM.YYYY", "%d.%m.%Y %H:%M"),
    ],
)
def test_every_day_of_four_years_is_read_as_it_was_written(form_of_dates: str, written: str):
    dates = form(f"date=D amount=B dates={form_of_dates} decimal=,").dates
    for number in range(4 * 366):
        day = date(2024, 1, 1) + timedelta(number)
        assert dates.day(day.strftime(written)) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    ["", "31.11.2026", "2026-11-01", "1.11.26", "01.13.2026", "01/11/2026", "\u0661.11.2026"],
)
def test_what_is_no_day_of_the_form_is_none(text: str):
    assert form(WHOLE).dates.day(text) is None


def test_days_without_a_zero_in_front_are_read():
    assert form(WHOLE).dates.day("1.3.2026") == "2026-03-01"
