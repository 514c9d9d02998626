"""An amount of a CSV is read in the form that was said, and refused in any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailctl.statements.csv_amounts import amount_of

GROUPS = {",": ".", ".": ","}


def written(cents: int, decimal: str, group: str) -> str:
    whole = f"{abs(cents) // 100:,}".replace(",", group)
    return f"{'-' if cents < 0 else ''}{whole}{decimal}{abs(cents) % 100:02}"


@given(
    cents=st.integers(-(10**13), 10**13),
    decimal=st.sampled_from(",."),
    group=st.sampled_from(["", "'", "\u2019", "\u00a0", " ", "other"]),
)
def test_an_amount_is_read_as_it_was_written(cents: int, decimal: str, group: str):
    text = written(cents, decimal, GROUPS[decimal] if group == "other" else group)
    found = amount_of(text, decimal)
    assert found is not None
    assert found.cents == cents


@given(cents=st.integers(-(10**9), 10**9), decimal=st.sampled_from(",."))
def test_an_amount_with_the_other_decimal_sign_is_never_read(cents: int, decimal: str):
    assert amount_of(written(cents, decimal, ""), GROUPS[decimal]) is None
    assert amount_of(written(cents, decimal, GROUPS[decimal]), GROUPS[decimal]) is None


@pytest.mark.parametrize(
    ("text", "cents", "currency"),
    [
        ("12,50", 1250, ""),
        ("12,5", 1250, ""),
        ("12", 1200, ""),
        ("+12,50", 1250, ""),
        ("12,50-", -1250, ""),
        ("\u221212,50", -1250, ""),
        ("- 12,50", -1250, ""),
        ("0,00", 0, ""),
        ("12,50 €", 1250, "EUR"),
        ("EUR 1.012,50", 101_250, "EUR"),
        ("-12,50 CHF", -1250, "CHF"),
    ],
)
def test_signs_and_currencies_beside_an_amount_are_read(text: str, cents: int, currency: str):
    found = amount_of(text, ",")
    assert found is not None
    assert (found.cents, found.currency) == (cents, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ",",
        "1.234",
        "1.23,45",
        "1.234.56",
        "12.345.6,00",
        "1,234",
        "12,",
        ",50",
        "--1,00",
        "-1,00-",
        "1,00 S",
        "1 2,00",
        "(12,50)",
        "1e3",
        "12,50 eur",
        "1'234.567,00",
        "٣,00",
        "12,50,1",
    ],
)
def test_what_could_be_another_amount_is_refused(text: str):
    assert amount_of(text, ",") is None


def test_whole_amounts_have_no_decimals():
    assert amount_of("1234", "none") == (123_400, "", 0)
    assert amount_of("12,34", "none") is None
    assert amount_of("1.234", "none") is None
