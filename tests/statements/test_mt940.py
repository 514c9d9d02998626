"""MT940 statements are read whole, to the cent and the day, or refused."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailctl.domain.statements import FileKind
from mailctl.errors import BankFileInvalidError, ExtraMissingError
from tests.statements.mt940_files import ACCOUNT, german, line, mt940
from tests.statements.no_references import NO_REFERENCES
from tests.statements.reading_files import all_of, entries_of, only


def refusal(text: str | bytes) -> str:
    with pytest.raises(BankFileInvalidError) as refused:
        all_of(text)
    return str(refused.value)


def test_a_statement_is_read_with_its_balances_and_entries():
    text = mt940(
        line(1840, bank_reference="2026030200017", text=german("166", "SVWZ+Danke")),
        line(-250, kind="NCHG"),
        opening=10_000,
    )
    kind, ((head, entries),), notes = all_of(text)
    assert kind is FileKind.MT940
    assert notes == ()
    assert (head.account, head.currency, head.number) == (ACCOUNT, "EUR", 7)
    assert (head.opening_on, head.opening_cents) == ("2026-03-02", 10_000)
    assert (head.closing_on, head.closing_cents) == ("2026-03-02", 11_590)
    paid, fee = entries
    assert (paid.amount_cents, paid.entry_cents, paid.currency) == (1840, 1840, "EUR")
    assert (paid.booked_on, paid.value_on) == ("2026-03-02", "2026-03-02")
    assert paid.entry_reference == paid.reference == "2026030200017"
    assert paid.bank_code == "NTRF/166"
    assert paid.text == "Danke"
    assert (fee.amount_cents, fee.reference, fee.bank_code) == (-250, "", "NCHG")


@given(
    opening=st.integers(-(10**9), 10**9),
    cents=st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=8),
    days=st.integers(0, 800),
)
def test_what_is_written_is_read_back(opening: int, cents: list[int], days: int):
    day = date(2025, 1, 1) + timedelta(days)
    text = mt940(
        *(
            line(one, value_on=day, booked_on=day, bank_reference=f"B{at}", text=f"Text {at}")
            for at, one in enumerate(cents)
        ),
        opening=opening,
    )
    _, ((head, entries),), _ = all_of(text)
    assert head.opening_cents == opening
    assert head.closing_cents == opening + sum(cents)
    assert [one.amount_cents for one in entries] == cents
    assert [one.booked_on for one in entries] == [day.isoformat()] * len(cents)
    assert [one.reference for one in entries] == [f"B{at}" for at in range(len(cents))]
    assert [one.text for one in entries] == [f"Text {at}" for at in range(len(cents))]


@pytest.mark.parametrize(("mark", "sign"), [("C", 1), ("D", -1), ("RC", -1), ("RD", 1)])
@pytest.mark.parametrize("funds", ["", "R"])
def test_the_mark_says_whether_money_came_or_went(mark: str, sign: int, funds: str):
    """A reversal of a credit (RC) is money that went, of a debit (RD) money that came."""
    entry = only(mt940(line(sign * 1840, mark=mark + funds)))
    assert entry.amount_cents == sign * 1840
    assert entry.is_reversal == mark.startswith("R")


def test_the_day_of_booking_is_the_one_nearest_to_the_value_over_the_turn_of_the_year():
    """Line 61 has no year for it: all days of two Decembers and Januaries, up to 100 days apart."""
    first = date(2023, 12, 1)
    lines = [
        line(1, value_on=value_on, booked_on=value_on + timedelta(apart))
        for value_on in (first + timedelta(days) for days in range(450))
        for apart in (-100, -31, -1, 0, 1, 31, 100)
    ]
    for read, wrote in zip(entries_of(mt940(*lines)), lines, strict=True):
        assert read.value_on == wrote.value_on.isoformat()
        assert wrote.booked_on
        assert read.booked_on == wrote.booked_on.isoformat()


def test_without_a_day_of_booking_the_value_date_is_it():
    assert only(mt940(line(1, booked_on=None))).booked_on == "2026-03-02"
    text = mt940(line(1)).replace("2603020302C", "260302    C")
    assert only(text).booked_on == "2026-03-02"


def test_a_value_date_of_the_30th_of_february_is_the_last_day_of_that_month_and_said():
    """Banks count interest with months of 30 days."""
    text = mt940(line(1)).replace(":61:2603020302", ":61:2602300301")
    _, ((_, (entry,)),), notes = all_of(text)
    assert (entry.value_on, entry.booked_on) == ("2026-02-28", "2026-03-01")
    assert notes == (
        "1 value date of the 29th or 30th of February became the last day of that month",
    )


@pytest.mark.parametrize(
    "line_61",
    [
        "2603020302C1.234,56NTRFNONREF",
        "2603020302C12.34NTRFNONREF",
        "2603020302C12,345NTRFNONREF",
        "2603020302C1000.50NTRFNONREF",
        "2603020302X12,34NTRFNONREF",
        "2603020302EC12,34NTRFNONREF",
        "2613020302C12,34NTRFNONREF",
        "2603021302C12,34NTRFNONREF",
        "2603020302C12,34-NTRFNONREF",
        "2603020302CNTRFNONREF",
        "C12,34NTRFNONREF",
        "2603020302C\uff11\uff12,34NTRFNONREF",
        "",
    ],
)
def test_a_line_61_that_is_not_understood_is_refused_with_its_line(line_61: str):
    text = mt940(line(1234)).replace("2603020302C12,34NTRFNONREF", line_61)
    assert "file, line 5: " in refusal(text)


@pytest.mark.parametrize(
    "closing",
    ["C260302EUR1.012,34", "C260302EUR12,345", "C2603EUR12,34", "C26030212,34", "C261302EUR12,34"],
)
def test_a_balance_that_is_not_understood_is_refused(closing: str):
    text = mt940(line(1234)).replace("62F:C260302EUR12,34", f"62F:{closing}")
    assert "is no balance" in refusal(text)


def test_zeros_before_an_amount_hide_nothing_of_it():
    """The library takes 15 letters of an amount: the rest would be a part of the next field."""
    text = mt940(line(121_328), opening=5).replace("C1213,28", "C000000000000001213,28")
    text = text.replace("EUR1213,33", "EUR000000000000001213,33")
    _, ((head, (entry,)),), _ = all_of(text)
    assert (entry.amount_cents, head.closing_cents) == (121_328, 121_333)
    assert entry.bank_code == "NTRF"


def test_balances_and_entries_that_disagree_are_refused_with_the_sums():
    told = refusal(mt940(line(1840), opening=10_000, closing=11_841))
    assert told == (
        "file, line 6: opening balance 100.00 and entries of 18.40 make 118.40, "
        "and the closing balance is 118.41 EUR"
    )


def test_every_cut_of_a_message_is_refused():
    """With the envelope of SWIFT not even its last sign may be missing."""
    text = mt940(
        line(1840, text=german("166", "SVWZ+eins")), line(-100), opening=700, envelope=True
    )
    whole = text.rstrip("\r\n")
    assert len(entries_of(whole)) == 2
    for end in range(len(whole)):
        refusal(whole[:end])


def test_a_cut_of_a_bare_statement_is_refused_or_loses_nothing():
    text = mt940(line(1841, text="eins"), line(-100), opening=700)
    end_of_balance = text.index("24,41") + len("24,41")
    for end in range(len(text)):
        if end >= end_of_balance:
            assert len(entries_of(text[:end])) == 2
        else:
            refusal(text[:end])


def test_a_statement_that_begins_within_another_is_refused():
    half = mt940(line(1840)).split(":62F:")[0]
    assert "the one before has no closing balance" in refusal(half + mt940(line(100)))


def test_several_statements_of_a_file_are_each_read():
    text = mt940(line(1), number="1") + mt940(line(2), line(3), number="2", account="NL123")
    _, told, _ = all_of(text)
    assert [(head.number, head.account, len(entries)) for head, entries in told] == [
        (1, ACCOUNT, 1),
        (2, "NL123", 2),
    ]


def test_the_pages_of_a_statement_are_one():
    text = mt940(line(1840), opening=100, closing_tag="62M", number="7/1")
    text += mt940(line(60), opening=1940, opening_tag="60M", number="7/2")
    _, ((head, entries),), _ = all_of(text)
    assert (head.opening_cents, head.closing_cents) == (100, 2000)
    assert [one.amount_cents for one in entries] == [1840, 60]


def test_a_page_that_does_not_follow_is_a_statement_of_its_own():
    text = mt940(line(1840), opening=100, closing_tag="62M", number="7/1")
    text += mt940(line(60), opening=2940, opening_tag="60M", number="7/3")
    _, told, _ = all_of(text)
    assert [(head.opening_cents, head.closing_cents) for head, _ in told] == [
        (100, 1940),
        (2940, 3000),
    ]


@pytest.mark.parametrize(
    ("number", "count"), [("00012/001", 12), ("0", None), ("2026/3", 3), ("12", 12), ("A1", None)]
)
def test_the_count_of_a_statement_is_read(number: str, count: int | None):
    _, ((head, _),), _ = all_of(mt940(number=number))
    assert head.number == count


@pytest.mark.parametrize(
    ("said", "account"),
    [
        ("DE89370400440532013000", ACCOUNT),
        ("DE89 3704 0044 0532 0130 00", ACCOUNT),
        ("DE89370400440532013000EUR", ACCOUNT),
        ("37040044/0532013000", ACCOUNT),
        ("37040044/532013000", ACCOUNT),
        ("37040044/532013000EUR", ACCOUNT),
        ("0123456789", "0123456789"),
        ("BANK/0390123456", "BANK/0390123456"),
    ],
)
def test_the_account_is_an_iban_also_where_the_bank_writes_code_and_number(said: str, account: str):
    _, ((head, _),), _ = all_of(mt940(account=said))
    assert head.account == account


def test_an_account_in_another_currency_than_its_balance_is_refused():
    assert "the account is in CHF" in refusal(mt940(account="DE89370400440532013000CHF"))


def test_texts_behind_the_closing_balance_are_no_entrys():
    """The library adds them to the last entry: what names an invoice there is not of its payer."""
    entry = only(mt940(line(1, text="eins"), after=":64:C260302EUR1,00\r\n:86:RG 2026-000001"))
    assert entry.text == "eins"


def test_lines_without_a_type_stay_entries_of_their_own():
    """The library makes one of them."""
    text = mt940(line(100, kind=""), line(200, kind=""), line(300, kind="", reference=""))
    assert [one.amount_cents for one in entries_of(text)] == [100, 200, 300]
    assert {one.bank_code for one in entries_of(text)} == {""}


@pytest.mark.parametrize("minute", range(60))
def test_a_time_that_is_broken_over_lines_is_a_part_of_the_text(minute: int):
    entry = only(mt940(line(1, text=f"Karte 15T11\r\n:{minute:02}:37 Folgenr. 7")))
    assert entry.text == f"Karte 15T11 :{minute:02}:37 Folgenr. 7"


def test_an_mt942_is_refused():
    text = (
        ":20:A\r\n:25:123\r\n:28C:1\r\n:34F:EUR0,\r\n:13:2603021200\r\n:61:260302C1,NTRFNONREF\r\n"
    )
    assert "has no opening balance" in refusal(text)
    assert "an MT942" in refusal("{1:F01BANKDEFFAXXX0000000000}{2:O9421200}{4:\r\n" + text + "-}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_are_read_in_the_encoding_that_the_bytes_show(encoding: str):
    text = mt940(line(1, text="Müller & Söhne, Zürich"))
    _, ((_, (entry,)),), notes = all_of(text.encode(encoding))
    assert entry.text == "Müller & Söhne, Zürich"
    guessed = ("the file is not UTF-8: its letters were read as Windows-1252",)
    assert notes == (guessed if encoding == "cp1252" else ())


def test_bytes_that_no_text_has_are_refused():
    assert "bytes that no text has" in refusal(mt940(line(1)).encode() + b"\0\0")


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\r\n"])
def test_lines_end_as_any_system_ends_them(ending: str):
    text = mt940(line(1, text="eins\r\nzwei"), line(2)).replace("\r\n", ending)
    assert [one.text for one in entries_of(text)] == ["eins zwei", ""]


def test_what_stands_above_a_statement_is_left_out_but_never_an_entry():
    assert len(entries_of("BANKDEFF\r\n940\r\n:940:\r\n" + mt940(line(1)))) == 1
    assert "outside of any statement" in refusal(
        mt940(line(1)) + ":61:2603020302C1,00NTRFNONREF\r\n"
    )


def test_a_long_customers_reference_keeps_the_banks_reference_whole():
    reference = "BIPI-dvT1FzfMqvzF5HaU4oetlH7"
    entry = only(mt940(line(1, reference=reference, bank_reference="20260302" * 4)))
    assert entry.reference == "20260302" * 4
    assert entry.batch_id == reference


@pytest.mark.parametrize("reference", [*NO_REFERENCES, "KREF+", ""])
def test_no_reference_is_none(reference: str):
    entry = only(mt940(line(1, reference=reference, bank_reference=reference or "NONREF")))
    assert (entry.reference, entry.batch_id, entry.message_id) == ("", "", "")


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch):
    find = util.find_spec
    monkeypatch.setattr(
        "mailctl.statements.mt940.find_spec", lambda name: None if name == "mt940" else find(name)
    )
    with pytest.raises(ExtraMissingError) as refused:
        all_of(mt940(line(1)))
    assert refused.value.hint == "pip install 'mailctl[bank]'"


def test_a_line_or_a_field_without_end_is_refused():
    assert "a line is too long" in refusal(mt940(line(1, text="x" * 200_000)))
    assert "a field is too long" in refusal(mt940(line(1, text="x\r\n" * 20_000)))
