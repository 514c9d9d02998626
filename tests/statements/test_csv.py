"""A bank's CSV is read by what was said of its columns, or refused with what is wrong."""

from __future__ import annotations

import csv as stdlib_csv
import io
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailctl.domain.csv_forms import CsvForm, form_of
from mailctl.domain.statements import FileKind
from mailctl.errors import BankFileInvalidError
from tests.statements.no_references import NO_REFERENCES
from tests.statements.reading_files import all_of, entries_of, only

IBAN = "DE02120300000000202051"
HEADER = "Buchungstag;Valuta;Betrag (EUR);Verwendungszweck;Name;IBAN;Referenz"
FORM = (
    'date=Buchungstag value-date=Valuta amount="Betrag (EUR)" text=Verwendungszweck name=Name '
    "iban=IBAN reference=Referenz dates=DD.MM.YYYY decimal=,"
)
ROW = f"15.10.2026;16.10.2026;18,40;Rechnung 2026-000001;Ada Byron;{IBAN};payment-12-1"


def form(text: str) -> CsvForm:
    found = form_of(text)
    assert found is not None
    return found


def file(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows]) + "\r\n"


def refusal(text: str | bytes, said: str = FORM) -> str:
    with pytest.raises(BankFileInvalidError) as refused:
        all_of(text, form(said))
    assert refused.value.hint
    return str(refused.value)


def test_a_row_is_an_entry_of_the_sellers_account():
    kind, ((head, (entry,)),), notes = all_of(file(ROW), form(FORM))
    assert kind is FileKind.CSV
    assert notes == ()
    assert (head.account, head.opening_cents, head.closing_cents) == ("", None, None)
    assert (entry.booked_on, entry.value_on) == ("2026-10-15", "2026-10-16")
    assert (entry.amount_cents, entry.entry_cents) == (1840, 1840)
    assert (entry.name, entry.iban) == ("Ada Byron", IBAN)
    assert entry.end_to_end_id == "payment-12-1"
    assert entry.text == "Rechnung 2026-000001 payment-12-1"


def test_the_reference_that_customers_write_does_not_tell_entries_apart():
    """A standing order has the same one each month; only what the bank counts is its own (id=)."""
    entry = only(file(ROW), form(FORM))
    assert entry.entry_reference == entry.reference == ""
    entry = only(file(ROW), form(FORM.replace("reference=", "id=")))
    assert entry.entry_reference == entry.reference == "payment-12-1"


@pytest.mark.parametrize("word", NO_REFERENCES)
def test_what_banks_write_without_a_reference_is_none(word: str):
    """Two movements with it would be taken for the same money."""
    row = ROW.replace("payment-12-1", word)
    assert row != ROW
    entry = only(file(row), form(FORM.replace("reference=", "id=")))
    assert entry.entry_reference == entry.reference == ""


@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 2_000),
            st.integers(-(10**9), 10**9),
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30),
        ),
        max_size=10,
    ),
    separator=st.sampled_from(";,\t|"),
    decimal=st.sampled_from(",."),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_back(
    rows: list[tuple[int, int, str]], separator: str, decimal: str, encoding: str
):
    wrote = io.StringIO()
    writer = stdlib_csv.writer(wrote, delimiter=separator)
    writer.writerow(["Day", "Text", "Amount"])
    days = [date(2024, 1, 1) + timedelta(number) for number, _, _ in rows]
    for day, (_, cents, text) in zip(days, rows, strict=True):
        sign = "-" if cents < 0 else ""
        amount = f"{sign}{abs(cents) // 100}{decimal}{abs(cents) % 100:02}"
        writer.writerow([f"{day:%Y-%m-%d}", text, amount])
    name = {"\t": "tab"}.get(separator, separator)
    said = f"date=Day amount=Amount text=Text dates=YYYY-MM-DD separator={name} decimal={decimal}"
    read = entries_of(wrote.getvalue().encode(encoding), form(said))
    assert [one.booked_on for one in read] == [day.isoformat() for day in days]
    assert [one.amount_cents for one in read] == [cents for _, cents, _ in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_are_read_in_the_encoding_that_the_bytes_show(encoding: str):
    data = file(ROW.replace("Ada", "Zoë")).encode(encoding)
    assert only(data, form(FORM)).name == "Zoë Byron"


def test_a_header_stands_below_other_lines():
    above = 'Konto;DE89;"Ada ""B"""\r\nvon;01.10.2026\r\n\r\n'
    _, ((_, (entry,)),), notes = all_of(above + file(ROW), form(FORM))
    assert entry.amount_cents == 1840
    assert notes == ("2 lines above the header were left out",)


def test_quoted_texts_have_separators_and_line_breaks():
    row = f'15.10.2026;;18,40;"Rechnung;\n2026-000001";"Byron; Ada";{IBAN};'
    entry = only(file(row), form(FORM))
    assert (entry.text, entry.name) == ("Rechnung; 2026-000001", "Byron; Ada")
    assert entry.value_on is None


@pytest.mark.parametrize("amount", ["1.234", "1,234.56", "18.40", "x", "", "18,40 S"])
def test_an_amount_of_another_form_is_refused_with_its_line(amount: str):
    told = refusal(file(ROW, ROW.replace("18,40", amount)))
    assert told == f"file, line 3: {amount!r} is no amount with decimal=,"


def test_a_mixed_file_is_refused():
    assert "line 3: '20.00'" in refusal(file(ROW, ROW.replace("18,40", "20.00")))


def test_amounts_without_decimals_may_be_cents_and_are_refused():
    told = refusal(file(ROW.replace("18,40", "1840"), ROW.replace("18,40", "7")))
    assert "are these whole amounts, or cents?" in told
    whole = form(FORM.replace("decimal=,", "decimal=none"))
    assert only(file(ROW.replace("18,40", "1840")), whole).amount_cents == 184_000


def test_a_whole_amount_beside_others_with_decimals_is_read():
    read = entries_of(file(ROW, ROW.replace("18,40", "20")), form(FORM))
    assert [one.amount_cents for one in read] == [1840, 2000]


def test_a_day_of_another_form_is_refused_with_its_line():
    told = refusal(file(ROW.replace("15.10.2026", "2026-10-15")))
    assert told == "file, line 2: '2026-10-15' is no date like DD.MM.YYYY"
    assert "'31.11.2026' is no date" in refusal(file(ROW.replace("15.10.2026", "31.11.2026")))


def test_a_header_without_a_column_is_refused_with_those_that_are_there():
    told = refusal(file(ROW, header=HEADER.replace("Betrag (EUR)", "Betrag")))
    assert "no line has the column 'Betrag (EUR)' of bank-csv; did you mean 'Betrag'?" in told
    assert "'Buchungstag', 'Valuta', 'Betrag', 'Verwendungszweck', 'Name', 'IBAN'" in told
    assert "separated by ';'" in told


def test_a_column_that_is_there_twice_is_named_by_its_place():
    header = "Buchungstag;Betrag;Währung;Saldo;Währung"
    said = "date=Buchungstag amount=Betrag currency=Währung dates=DD.MM.YYYY decimal=,"
    text = file("15.10.2026;18,40;EUR;1,00;CHF", header=header)
    assert refusal(text, said) == "file: several columns are called 'Währung'"
    assert only(text, form(said.replace("Währung", "Währung#2"))).currency == "CHF"


@pytest.mark.parametrize("at", [0, 2, 6, 10, 14, 20, 30, 60])
def test_a_row_that_is_cut_is_refused(at: int):
    cut = ROW[:at]
    if at == 0:
        assert len(entries_of(file(ROW) + cut, form(FORM))) == 1
    else:
        assert "the row has" in refusal(file(ROW) + cut)


def test_a_file_that_may_be_cut_in_its_last_amount_is_refused():
    said = "date=D amount=B dates=DD.MM.YYYY decimal=,"
    text = "D;B\r\n15.10.2026;18,40\r\n16.10.2026;118,40"
    whole = form(said)
    assert len(entries_of(text, whole)) == 2
    for cut in range(1, 7):
        assert refusal(text[:-cut], said)
    assert len(entries_of(text[:-3] + "\r\n", whole)) == 2


def test_a_file_whose_last_line_has_no_end_is_read_and_said():
    _, _, notes = all_of(file(ROW).rstrip(), form(FORM))
    assert notes == ("the last line has no end: look whether the file is whole",)


def test_a_quote_without_end_is_refused():
    assert refusal(file(ROW, ROW.replace("Ada Byron", '"Ada Byron')))


def test_a_row_with_too_many_columns_is_refused():
    assert "8 columns, and the header 7" in refusal(file(ROW + ";x"))
    assert len(entries_of(file(ROW + ";;"), form(FORM))) == 1


def test_rows_without_day_and_amount_are_left_out_and_said():
    _, ((_, entries),), notes = all_of(file(ROW, ";;;Summe;;;", "", ROW), form(FORM))
    assert len(entries) == 2
    assert notes == ("1 row without day and amount left out",)
    assert "is no date" in refusal(file("Summe;;18,40;;;;"))


TWO = "date=D debit=Soll credit=Haben text=T dates=DD.MM.YYYY decimal=,"


@pytest.mark.parametrize(
    ("row", "cents"),
    [
        ("15.10.2026;18,40;;x", -1840),
        ("15.10.2026;-18,40;;x", -1840),
        ("15.10.2026;;18,40;x", 1840),
        ("15.10.2026;0,00;18,40;x", 1840),
        ("15.10.2026;18,40;0,00;x", -1840),
        ("15.10.2026;0,00;;x", 0),
    ],
)
def test_amounts_in_two_columns_are_signed_by_their_column(row: str, cents: int):
    assert only(file(row, header="D;Soll;Haben;T"), form(TWO)).amount_cents == cents


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        (["15.10.2026;1,00;2,00;x"], "under both debit and credit"),
        (["15.10.2026;;;x"], "no amount under debit or credit"),
        (["15.10.2026;;-2,00;x"], "under credit is negative"),
        (["15.10.2026;1,00;;x", "15.10.2026;-1,00;;x"], "negative in one row and not in another"),
    ],
)
def test_two_columns_that_contradict_each_other_are_refused(rows: list[str], cause: str):
    assert cause in refusal(file(*rows, header="D;Soll;Haben;T"), TWO)


SIGN = 'date=D amount=B sign="Af Bij" in=Bij out=Af dates=YYYYMMDD decimal=,'


def test_a_column_of_words_says_what_came_and_what_went():
    text = file("20261015;18,40;Af", "20261016;2,00;bij", header="D;B;Af Bij")
    assert [one.amount_cents for one in entries_of(text, form(SIGN))] == [-1840, 200]


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        (["20261015;18,40;Aff"], "'Aff' is neither an in= nor an out="),
        (["20261015;18,40;"], "'' is neither"),
        (["20261015;-18,40;Bij"], "an amount that came in is negative"),
        (["20261015;-1,00;Af", "20261015;1,00;Af"], "negative in one row and not in another"),
    ],
)
def test_a_word_that_says_neither_is_refused(rows: list[str], cause: str):
    assert cause in refusal(file(*rows, header="D;B;Af Bij"), SIGN)


def test_a_column_that_seems_to_say_what_went_must_not_be_left_out():
    """Else all that went out would be booked as if it had come in."""
    said = "date=D amount=B dates=YYYYMMDD decimal=,"
    text = file("20261015;18,40;S", "20261016;2,00;H", header="D;B;Soll/Haben")
    assert "the column 'Soll/Haben' seems to say what went out" in refusal(text, said)
    assert len(entries_of(text.replace("18,40", "-18,40"), form(said))) == 2


def test_what_is_not_booked_yet_is_left_out_and_said():
    said = "date=D amount=B status=Status booked=Gebucht dates=DD.MM.YYYY decimal=,"
    text = file("15.10.2026;1,50;gebucht", "16.10.2026;2,50;Vorgemerkt", header="D;B;Status")
    _, ((_, entries),), notes = all_of(text, form(said))
    assert [one.amount_cents for one in entries] == [150]
    assert notes == ("1 row that the bank has not booked yet left out",)


def test_the_currency_is_read_from_its_column_or_beside_the_amount():
    said = "date=D amount=B currency=W dates=DD.MM.YYYY decimal=,"
    assert only(file("15.10.2026;1,50;chf", header="D;B;W"), form(said)).currency == "CHF"
    assert only(file("15.10.2026;1,50 €;", header="D;B;W"), form(said)).currency == "EUR"
    assert only(file("15.10.2026;1,50;", header="D;B;W"), form(said)).currency == ""
    assert "is no currency" in refusal(file("15.10.2026;1,50;Euro", header="D;B;W"), said)
    told = refusal(file("15.10.2026;1,50 USD;CHF", header="D;B;W"), said)
    assert "the amount is in USD, its currency is CHF" in told


def test_rows_of_several_accounts_are_statements_of_each():
    said = "date=D amount=B account=K dates=DD.MM.YYYY decimal=,"
    rows = ["15.10.2026;1,50;DE1", "15.10.2026;2,50;DE1", "15.10.2026;3,50;DE2"]
    _, told, _ = all_of(file(*rows, header="D;B;K"), form(said))
    assert [(head.account, len(entries)) for head, entries in told] == [("DE1", 2), ("DE2", 1)]


def test_what_has_no_meaning_is_kept_beside_the_entry():
    text = file("15.10.2026;1,50;LASTSCHRIFT;12", header="D;B;Art;Konto")
    said = "date=D amount=B iban=Konto dates=DD.MM.YYYY decimal=,"
    entry = only(text, form(said))
    assert json.loads(entry.rest) == {"Art": "LASTSCHRIFT", "iban": "12"}
    assert entry.iban == ""


def test_without_the_setting_it_is_said_how_to_set_it():
    with pytest.raises(BankFileInvalidError) as refused:
        all_of(file(ROW))
    assert str(refused.value.hint).startswith("mailctl settings set bank-csv 'date=COLUMN")


def test_a_file_of_any_other_kind_is_no_csv():
    for data in (b"hello", b"\x89PNG\0\0;;", b"<html>;</html>"):
        with pytest.raises(BankFileInvalidError):
            all_of(data, form(FORM))
