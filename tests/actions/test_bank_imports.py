"""A bank's files are taken in: each movement once, however often and in whatever way it is told."""

from __future__ import annotations

from typing import Any

import pytest

from mailctl.actions import closing, customers, settings
from mailctl.actions.bank_imports import BankImported, import_files
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.statements import ReadEntry
from mailctl.errors import UsageError
from mailctl.store import bank_entries
from mailctl.store.customers import find
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import ACCOUNT, batch, entry, head, reading, referred
from tests.statements.no_references import NO_REFERENCES


@pytest.fixture(autouse=True)
def account(tx: Transaction) -> None:
    """The seller's account is known."""
    settings.set_all(tx, {"seller-iban": ACCOUNT})


def taken(tx: Transaction, kind: str, *entries: ReadEntry, **said: Any) -> BankImported:
    """What one file brings."""
    with reading(kind, *entries, **said) as file:
        return import_files(tx, [file])


def entries(tx: Transaction) -> list[tuple[Any, ...]]:
    """All entries: cents, state, and the one that each may be."""
    return list(
        tx.execute("SELECT amount_cents, state, same_as_id FROM bank_entry ORDER BY id").fetchall()
    )


def cents(tx: Transaction) -> list[int]:
    """What may still be booked, entry by entry."""
    return [cents for cents, state, same_as in entries(tx) if state != "ignored" and not same_as]


def test_without_the_sellers_account_nothing_is_taken(tx: Transaction) -> None:
    """The refusal has the command that sets it."""
    tx.execute("DELETE FROM setting WHERE name = 'seller-iban'")
    tx.forget_settings()
    with pytest.raises(UsageError) as refused:
        taken(tx, "camt.053", entry(100))
    assert refused.value.hint == "mailctl settings set seller-iban IBAN"


def test_the_same_file_changes_nothing_whatever_it_is_called(tx: Transaction) -> None:
    """It is known by its bytes, and said with the day on which it was taken."""
    taken(tx, "camt.053", entry(100), name="a.xml")
    again = taken(tx, "camt.053", entry(100), name="b.xml")
    assert (again.changed, again.files[0].name, again.files[0].taken_on) == (
        False,
        "b.xml",
        tx.today,
    )
    assert cents(tx) == [100]


def test_two_equal_lines_of_one_file_are_two_entries(tx: Transaction) -> None:
    """And an overlapping file with both adds none, one with three adds one."""
    line = entry(1840, name="Acme", text="Rent")
    taken(tx, "camt.053", line, line)
    assert cents(tx) == [1840, 1840]
    again = taken(tx, "camt.053", line, line, entry(5))
    assert (again.files[0].new, again.files[0].known) == (1, 2)
    taken(tx, "camt.053", line, line, line)
    assert cents(tx) == [1840, 1840, 5, 1840]


def test_a_late_entry_of_an_earlier_day_is_taken(tx: Transaction) -> None:
    """Like any other."""
    taken(tx, "camt.053", entry(100, "2026-02-04"))
    taken(tx, "camt.053", entry(200, "2026-01-15"))
    assert cents(tx) == [100, 200]


def test_a_known_reference_is_the_same_money(tx: Transaction) -> None:
    """In any kind of file, with more or less said, and with another day in another kind."""
    taken(tx, "camt.054", referred(500, "R1", name="Acme", end_to_end_id="E1"))
    taken(tx, "camt.053", referred(500, "R1", "2026-02-03"), referred(700, "R2"))
    taken(tx, "camt.052", referred(700, "R2", text="more"))
    assert cents(tx) == [500, 700]


def test_a_known_reference_with_another_amount_or_sign_is_other_money(tx: Transaction) -> None:
    """It is kept, never dropped."""
    taken(tx, "camt.053", referred(500, "R1"))
    taken(tx, "camt.053", referred(501, "R1"), referred(-500, "R1"))
    assert cents(tx) == [500, 501, -500]


def test_a_reference_that_several_movements_have_does_not_identify(tx: Transaction) -> None:
    """The number of a batch on each of its entries: all are kept, and none comes twice."""
    three = [referred(990, "B7", end_to_end_id=f"E{n}") for n in range(3)]
    taken(tx, "camt.053", *three[:1])
    taken(tx, "camt.053", *three[1:])
    taken(tx, "camt.053", *three, entry(1))
    assert cents(tx) == [990, 990, 990, 1]
    taken(
        tx, "camt.053", *(referred(990, "B7", "2026-02-03", end_to_end_id=f"F{n}") for n in (1, 2))
    )
    assert len(cents(tx)) == 6


@pytest.mark.parametrize("none", [*NO_REFERENCES, ""])
def test_what_banks_write_without_a_reference_is_none(none: str, tx: Transaction) -> None:
    """Two payments of different days are two."""
    taken(tx, "camt.053", entry(990, "2026-02-02", entry_reference=none))
    taken(tx, "camt.053", entry(990, "2026-02-03", entry_reference=none))
    assert cents(tx) == [990, 990]


def test_the_same_money_in_two_kinds_of_file_is_one_entry_by_its_end_to_end_id(
    tx: Transaction,
) -> None:
    """Where one of them has no reference, with the same value day; paired once."""
    taken(tx, "camt.054", entry(500, end_to_end_id="E1", name="ACME"))
    later = referred(500, "R1", "2026-02-04", end_to_end_id="E1", value_on="2026-02-02")
    assert taken(tx, "camt.053", later).files[0].known == 1
    # The same again is known; another that says the same is new.
    taken(tx, "camt.053", later, entry(1))
    taken(tx, "camt.053", referred(500, "R2", "2026-02-05", end_to_end_id="E1"))
    assert cents(tx) == [500, 1, 500]


def test_the_same_money_in_two_kinds_of_file_is_one_entry_by_its_content(tx: Transaction) -> None:
    """All that says whose it is, on the same day."""
    taken(tx, "camt.052", entry(500, iban="DE1", text="Invoice 7"))
    taken(tx, "camt.053", entry(500, iban="DE1", text="Invoice 7", value_on="2026-02-05"))
    assert cents(tx) == [500]


def test_doubtful_money_is_kept_and_never_booked_by_itself(tx: Transaction) -> None:
    """Where only the day and the amount agree: it is proposed as the money of the other."""
    taken(tx, "camt.054", entry(500, name="ACME"))
    result = taken(tx, "camt.053", referred(500, "R1", text="other words"))
    (_, one), (_, two) = ((row[0], row[1:]) for row in entries(tx))
    assert (one, two) == (("unmatched", None), ("proposed", 1))
    assert result.files[0].doubtful == 1
    evidence = tx.text("SELECT evidence FROM bank_entry WHERE id = 2")
    assert evidence == "may be the money of entry 1, from camt.054"


def test_the_same_end_to_end_id_on_another_day_with_other_words_is_only_doubtful(
    tx: Transaction,
) -> None:
    """It may be a return that came back; where the words are the same it is the same money."""
    taken(tx, "camt.054", entry(1840, "2026-02-02", end_to_end_id="E1", text="Invoice 1"))
    back = entry(1840, "2026-02-05", end_to_end_id="E1", text="Return sent back")
    assert taken(tx, "camt.053", back).files[0].doubtful == 1
    assert entries(tx) == [(1840, "unmatched", None), (1840, "proposed", 1)]
    late = entry(1840, "2026-02-05", end_to_end_id="E1", text="Invoice 1")
    assert taken(tx, "camt.053", late).files[0].known == 1


def test_neither_a_day_nor_a_word_in_common_is_only_doubtful(tx: Transaction) -> None:
    """The EndToEndId alone, of which nothing else is said, is no proof."""
    taken(tx, "camt.054", entry(1840, "2026-02-02", end_to_end_id="E1"))
    assert taken(tx, "camt.053", entry(1840, "2026-02-05", end_to_end_id="E1")).files[0].doubtful


@pytest.mark.parametrize(
    "others",
    [
        ({"text": "Invoice 7"}, {"text": "Rent"}),
        ({"end_to_end_id": "E1"}, {"end_to_end_id": "E2"}),
        ({"creditor_reference": "RF18A1"}, {"creditor_reference": "RF45B2"}),
    ],
)
def test_two_references_with_other_words_are_two_movements(
    others: tuple[dict[str, str], dict[str, str]], tx: Transaction
) -> None:
    """Of the same amount and day in two kinds of file: nothing is in doubt."""
    one, two = others
    taken(tx, "camt.054", referred(500, "R1", **one))
    assert taken(tx, "camt.053", referred(500, "R2", **two)).files[0].doubtful == 0
    assert cents(tx) == [500, 500]


def test_words_and_references_that_mt940_cuts_and_wraps_are_the_same(tx: Transaction) -> None:
    """It is no other money: it may be the same."""
    long = "Invoice 2026-000007 of January, with thanks"
    taken(tx, "camt.053", referred(500, "REF-0123456789-0123456789", text=long))
    cut = referred(500, "REF-0123456789-0", text="INVOICE 2026-000 007 of January,")
    assert taken(tx, "mt940", cut).files[0].doubtful == 1
    other_words = referred(500, "REF-01234", text="Rent")
    assert taken(tx, "camt.052", other_words).files[0].doubtful == 1


def test_a_known_reference_with_another_creditor_reference_is_other_money(tx: Transaction) -> None:
    """A bank that gives two payments of a day one reference: both are kept."""
    taken(tx, "camt.053", referred(500, "R1", creditor_reference="RF18A1"))
    taken(tx, "camt.053", referred(500, "R1", creditor_reference="RF45B2"))
    assert cents(tx) == [500, 500]


def test_money_of_others_is_no_doubt(tx: Transaction) -> None:
    """The same amount of the same day from another IBAN, or with another EndToEndId."""
    taken(tx, "camt.054", entry(500, iban="DE1", end_to_end_id="E1"))
    taken(tx, "camt.053", entry(500, iban="DE2"), entry(500, end_to_end_id="E2"))
    assert cents(tx) == [500, 500, 500]


def test_a_batch_is_one_whether_told_whole_or_in_parts(tx: Transaction) -> None:
    """Parts first, then the whole."""
    parts = batch("B1", entry(300, end_to_end_id="E1"), entry(200, end_to_end_id="E2"))
    taken(tx, "camt.054", *parts)
    taken(tx, "camt.053", referred(500, "B1", batch_count=2))
    taken(tx, "camt.053", *parts, entry(1))
    assert cents(tx) == [300, 200, 1]


def test_parts_take_the_place_of_a_batch_that_was_not_booked(tx: Transaction) -> None:
    """The whole is set aside as the same money, and both are known again."""
    taken(tx, "camt.053", referred(500, "B1"))
    parts = batch("B1", entry(300, end_to_end_id="E1"), entry(200, end_to_end_id="E2"))
    taken(tx, "camt.054", *parts)
    assert cents(tx) == [300, 200]
    evidence = tx.text("SELECT evidence FROM bank_entry WHERE id = 1")
    assert evidence == "the parts of this batch came in camt.054, from entry 2 on"
    taken(tx, "camt.053", referred(500, "B1"), entry(1))
    taken(tx, "camt.054", *parts, entry(2))
    assert cents(tx) == [300, 200, 1, 2]


def test_parts_of_a_batch_that_was_booked_are_known(tx: Transaction) -> None:
    """Its money is in the books."""
    taken(tx, "camt.053", referred(500, "B1"))
    tx.execute("UPDATE bank_entry SET state = 'booked', matched_by = 'batch'")
    result = taken(tx, "camt.054", *batch("B1", entry(300), entry(200)))
    assert (result.files[0].new, result.files[0].known) == (0, 2)


def test_entries_that_another_file_adds_up_are_that_sum(tx: Transaction) -> None:
    """A bank that gives the number of the batch to each of its entries, either way round."""
    singles = [referred(300, "B1", end_to_end_id="E1"), referred(200, "B1", end_to_end_id="E2")]
    taken(tx, "camt.053", *singles)
    taken(tx, "camt.054", referred(500, "B1"))
    assert cents(tx) == [300, 200]
    others = [one._replace(entry_reference="B2", reference="B2") for one in singles]
    taken(tx, "camt.054", referred(500, "B2"))
    taken(tx, "camt.053", *others)
    assert cents(tx) == [300, 200, 300, 200]


def test_other_accounts_and_currencies_are_kept_and_never_booked(tx: Transaction) -> None:
    """With why; the seller's own number without an IBAN is the seller's."""
    other = "DE89370400440532013000"
    result = taken(
        tx,
        "camt.053",
        pages=[
            (head(other), [entry(1)]),
            (head("30006 00001 12345678901"), [entry(2)]),
            (head(), [entry(3, currency="USD"), entry(4)]),
        ],
    )
    rows = tx.execute(
        "SELECT amount_cents, state, matched_by FROM bank_entry ORDER BY id"
    ).fetchall()
    assert rows == [
        (1, "ignored", "other-account"),
        (2, "unmatched", None),
        (3, "ignored", "other-currency"),
        (4, "unmatched", None),
    ]
    assert (result.ignored.count, result.ignored.cents) == (2, 1)
    assert result.warnings == ()


def test_a_file_that_is_not_of_the_sellers_account_is_warned_of(tx: Transaction) -> None:
    """Or else a mistyped setting would leave all money ignored, and nobody would know why."""
    result = taken(tx, "camt.053", pages=[(head("DE89370400440532013000"), [entry(1)])])
    (warning,) = result.warnings
    assert warning == (
        "bank.xml is of account DE89370400440532013000, and not of seller-iban, "
        "FR7630006000011234567890189: nothing of it is booked"
    )


def test_the_result_has_balance_gaps_and_warnings(tx: Transaction) -> None:
    """What a person reads at the end of an import."""

    def day(number: int, opening: int, *entries: ReadEntry) -> BankImported:
        of_day = f"2026-02-0{number}"
        closing = opening + sum(one.amount_cents for one in entries)
        page = head(
            number=number,
            opening_on=of_day,
            opening_cents=opening,
            closing_on=of_day,
            closing_cents=closing,
        )
        return taken(tx, "camt.053", pages=[(page, entries)])

    day(1, 0, entry(100, "2026-02-01"))
    result = day(3, 150, entry(7, "2026-02-09"))
    (balance,) = result.balances
    assert (balance.closing_cents, str(balance.closing_on)) == (157, "2026-02-03")
    (gap,) = result.gaps
    assert (gap.after.number, gap.before.number, gap.cents) == (1, 3, 50)
    assert result.warnings == (
        "bank.xml has entries booked on 2026-02-09, and today is 2026-02-05",
    )
    assert day(2, 100, entry(50, "2026-02-02")).gaps == ()


def test_of_several_files_all_are_taken_before_any_is_matched(tx: Transaction) -> None:
    """The parts of a batch, in the second file, are matched; its whole, in the first, is not."""
    whole = reading("camt.053", referred(500, "B1"))
    parts = reading("camt.054", *batch("B1", entry(300), entry(200)))
    with whole, parts:
        result = import_files(tx, [whole, parts])
    assert [one.new for one in result.files] == [1, 2]
    assert entries(tx)[0][:2] == (500, "ignored")


def test_a_file_of_a_bank_is_journalled(tx: Transaction) -> None:
    """With how many of its entries were new."""
    taken(tx, "camt.053", entry(100))
    row = tx.execute("SELECT subject, details FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    assert row[0] == "bank-file/1"
    assert '"new":1' in row[1]


def test_an_erased_customers_entries_keep_amounts_and_days_alone(tx: Transaction) -> None:
    """Also those that only may be theirs; and the same money is known again without its texts."""
    customers.add(tx, id="nova", name="Nova", email="it@nova.example")
    mine = entry(700, name="Nova Planted", iban="DE89370400440532013000", text="planted")
    other = entry(1, name="somebody else")
    taken(tx, "camt.053", mine, other)
    nova = find(tx, "nova").id
    bank_entries.decide(tx, 1, EntryState.PROPOSED, evidence="planted", customer_id=nova)
    taken(tx, "camt.054", referred(700, "PLANTED", name="Planted N."))
    assert entries(tx)[2] == (700, "proposed", 1)

    closing.close(tx, closing.plan_close(tx, id="nova"))
    closing.erase(tx, closing.plan_erase(tx, id="nova"))

    kept = tx.execute("SELECT * FROM bank_entry ORDER BY id").fetchall()
    assert not [row for row in (kept[0], kept[2]) if "planted" in str(row).lower()]
    assert not [row for row in (kept[0], kept[2]) if "DE89" in str(row)]
    assert "somebody else" in kept[1]
    assert [row[0] for row in entries(tx)] == [700, 1, 700]
    again = taken(tx, "camt.053", mine, other, entry(2))
    assert (again.files[0].new, again.files[0].known) == (1, 2)
    assert "whose customer was erased" in again.warnings[0]


def test_what_was_proposed_for_an_erased_customer_waits_for_a_person(tx: Transaction) -> None:
    """For nobody, with amount and day; what may be another entry's money is still proposed so."""
    customers.add(tx, id="nova", name="Nova", email="it@nova.example")
    taken(tx, "camt.053", entry(700, name="planted", text="planted"), entry(701, text="planted"))
    nova = find(tx, "nova").id
    for key, state in ((1, EntryState.PROPOSED), (2, EntryState.BOOKED)):
        bank_entries.decide(
            tx, key, state, matched_by=MatchedBy.IBAN, evidence="planted", customer_id=nova
        )
    taken(tx, "camt.054", referred(701, "planted", name="planted"))

    closing.close(tx, closing.plan_close(tx, id="nova"))
    closing.erase(tx, closing.plan_erase(tx, id="nova"))

    waiting, _, same = (bank_entries.find(tx, key) for key in (1, 2, 3))
    assert (waiting.state, waiting.matched_by, waiting.evidence) == ("unmatched", None, None)
    assert (same.state, same.evidence) == ("proposed", "may be the money of entry 2, from camt.053")
    assert (waiting.customer, same.customer) == (None, None)
    assert "planted" not in str(tx.execute("SELECT * FROM bank_entry").fetchall())


def test_what_was_ignored_of_an_erased_customers_account_goes_with_them(tx: Transaction) -> None:
    """Their refund on the statement; not that of an account which another customer has as well."""
    own, shared = "DE89370400440532013000", "FR7630006000011234567890189"
    for slug in ("nova", "luna"):
        customers.add(tx, id=slug, name=slug.title(), email=f"it@{slug}.example")
    nova, luna = find(tx, "nova").id, find(tx, "luna").id
    money = [entry(700, iban=own), entry(701, iban=shared), entry(702, iban=shared)]
    refunds = [entry(-700, name="planted", iban=own), entry(-701, name="kept", iban=shared)]
    taken(tx, "camt.053", *money, *refunds, entry(5, name="undecided", iban=own))
    for key, customer in ((1, nova), (2, nova), (3, luna)):
        bank_entries.decide(
            tx, key, EntryState.BOOKED, matched_by=MatchedBy.HAND, customer_id=customer
        )
    for key in (4, 5):
        bank_entries.decide(tx, key, EntryState.IGNORED, reason="planted refund")

    closing.close(tx, closing.plan_close(tx, id="nova"))
    closing.erase(tx, closing.plan_erase(tx, id="nova"))

    rows = tx.execute("SELECT name, iban, reason FROM bank_entry ORDER BY id").fetchall()
    assert list(rows[3:]) == [
        (None, None, None),
        ("kept", shared, "planted refund"),
        ("undecided", own, None),
    ]
