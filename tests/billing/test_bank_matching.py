"""Entries find whose money they are by the rules in their order, and by nothing else (rules 20)."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from mailctl.actions import bank_decisions, prepaid
from mailctl.actions import payments as payment_actions
from mailctl.billing.bank_words import Received
from mailctl.domain.payment_references import printed, reference_of_invoice, reference_of_order
from mailctl.domain.payments import PaymentStatus
from mailctl.errors import EntryRefusedError
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import batch, entry, referred
from tests.billing.bank_host import (
    IBANS,
    amount,
    brief,
    came,
    cli_host,
    last,
    more_invoices,
    movements,
    owed,
    payment,
    taken,
    tx,
)

__all__ = ["cli_host", "tx"]
ACME, BOLT, COLE = "2026-000001", "2026-000002", "2026-000003"


def test_the_end_to_end_id_of_a_payment_with_its_amount_settles_it(tx: Transaction) -> None:
    """The evidence is a sentence, in the journal as well."""
    one = came(tx, amount(tx), end_to_end_id="payment-1-1")
    assert brief(one) == ("booked", "end-to-end-id", "acme")
    assert one.evidence == f"EndToEndId payment-1-1, {amount(tx) / 100:.2f} EUR: payment 1"
    assert payment(tx).status is PaymentStatus.SUCCEEDED
    assert owed(tx, "acme") == 0
    journal = tx.text(
        "SELECT details FROM journal WHERE subject = :one", {"one": f"entry/{one.id}"}
    )
    assert str(one.evidence) in str(journal)


def test_the_end_to_end_id_with_another_amount_books_nothing(tx: Transaction) -> None:
    """Not even by what its text names."""
    one = came(tx, amount(tx) - 1, end_to_end_id="payment-1-1", text=f"Facture {ACME}")
    assert brief(one) == ("unmatched", None, None)
    assert payment(tx).status is PaymentStatus.PENDING
    assert movements(tx) == []


def test_a_try_that_was_never_made_names_no_payment(tx: Transaction) -> None:
    """payment-1-9 is not ours, nor a payment that is not in this store."""
    for name in ("payment-1-9", "payment-99-1"):
        assert brief(came(tx, amount(tx), end_to_end_id=name, text=ACME))[0] == "unmatched"
    assert movements(tx) == []


def test_money_of_a_payment_that_has_its_money_is_proposed(tx: Transaction) -> None:
    """It may have come twice: a person looks."""
    came(tx, amount(tx), end_to_end_id="payment-1-1")
    one = came(tx, amount(tx), end_to_end_id="payment-1-1")
    assert (brief(one), one.payment_id) == (("proposed", "end-to-end-id", "acme"), 1)
    assert len(movements(tx)) == 1


def test_a_payment_that_was_settled_by_hand_is_linked(tx: Transaction) -> None:
    """By its EndToEndId, with or without a reference."""
    payment_actions.settle(tx, ids=[1])
    one = came(tx, amount(tx), end_to_end_id="payment-1-1")
    assert brief(one) == ("booked", "recorded", "acme")
    assert len(movements(tx)) == 1


def test_a_failed_payments_money_comes_once(tx: Transaction) -> None:
    """As by payment settle: a credit that names it."""
    tx.execute("UPDATE payment SET status = 'failed', tries = 4, exported_on = NULL WHERE id = 1")
    assert brief(came(tx, amount(tx), end_to_end_id="payment-1-4"))[0] == "booked"
    again = came(tx, amount(tx), end_to_end_id="payment-1-4")
    assert brief(again)[0] == "proposed"
    assert movements(tx) == [("acme", "credit", amount(tx))]


@pytest.mark.parametrize("form", ["{}", "ref. {} merci", "{0}"])
def test_a_reference_of_an_invoice_is_a_credit_of_its_customer(tx: Transaction, form: str) -> None:
    """Also of a third person: neither the name nor the IBAN counts."""
    text = form.format(printed(reference_of_invoice(BOLT)).lower())
    one = came(tx, amount(tx), text=text, name="Somebody Else", iban=IBANS["acme"])
    assert brief(one) == ("booked", "reference", "bolt")
    assert (one.invoice_id is not None, owed(tx, "bolt")) == (True, 0)


def test_a_structured_reference_counts_as_one_in_the_text(tx: Transaction) -> None:
    """Banks carry it in a field of its own."""
    one = came(tx, amount(tx), creditor_reference=reference_of_invoice(COLE))
    assert brief(one) == ("booked", "reference", "cole")


@pytest.mark.parametrize("cents", [100, 99_900])
def test_money_that_is_more_or_less_than_its_invoice_is_booked_as_it_is(
    tx: Transaction, cents: int
) -> None:
    """Section 9 settles; the evidence says what is open."""
    before = owed(tx, "bolt")
    one = came(tx, cents, text=f"Rechnung {BOLT}")
    assert brief(one) == ("booked", "number", "bolt")
    assert "is open" in str(one.evidence)
    assert owed(tx, "bolt") == before - cents


def test_two_customers_owe_the_same_and_the_name_says_nothing(tx: Transaction) -> None:
    """Never by amount alone, never by name."""
    one = came(tx, amount(tx), name="bolt", text="mailbox")
    assert brief(one) == ("unmatched", None, None)


def test_the_named_invoice_is_taken_not_one_that_fits(tx: Transaction) -> None:
    """No invoice is chosen beforehand: cole named theirs."""
    one = came(tx, amount(tx), iban=IBANS["bolt"], text=f"facture {COLE}")
    assert brief(one)[2] == "cole"


@pytest.mark.parametrize(
    "text",
    [
        "12026-000002",
        "2026-0000021",
        "17-2026-000002",
        "2026-000002-17",
        "AV-2026-000002",
        "DE02202600000200000000",
        "+4920260000 02",
        "Order: 2026",
        "KTO2",
        "2026",
    ],
)
def test_a_number_in_something_else_names_nothing(tx: Transaction, text: str) -> None:
    """A longer number, a credit note, an account, a year."""
    assert brief(came(tx, amount(tx), text=text)) == ("unmatched", None, None)


@pytest.mark.parametrize("text", ["facture 2", "Rechnung 000002", "invoice no. 2", "000002"])
def test_what_is_shorter_is_proposed_with_the_exact_amount(tx: Transaction, text: str) -> None:
    """A leading zero more or less, a series without its year: a person decides."""
    one = came(tx, amount(tx), text=text)
    assert brief(one) == ("proposed", "number", "bolt")
    assert brief(came(tx, amount(tx) + 1, text=text)) == ("unmatched", None, None)
    assert movements(tx) == []


def test_a_reference_of_last_years_series_names_no_invoice_of_this_year(tx: Transaction) -> None:
    """2025-000002 is not 2026-000002."""
    assert brief(came(tx, amount(tx), text="2025-000002"))[0] == "unmatched"
    assert brief(came(tx, amount(tx), text=reference_of_invoice("2025-000002")))[0] == "unmatched"


def test_an_invoice_that_is_named_again_is_booked_as_balance(tx: Transaction) -> None:
    """It came: the evidence says that the invoice was paid already."""
    came(tx, amount(tx), text=BOLT)
    one = came(tx, amount(tx), text=BOLT)
    assert brief(one) == ("booked", "number", "bolt")
    assert "paid already" in str(one.evidence)
    assert owed(tx, "bolt") == -amount(tx)


def test_several_invoices_are_booked_only_if_they_add_up(tx: Transaction) -> None:
    """One transfer for three invoices of one customer; of two customers never."""
    cents = amount(tx)
    assert brief(came(tx, 2 * cents, text=f"{BOLT} {COLE}"))[0] == "unmatched"
    numbers = [BOLT, *more_invoices(tx)]
    for wrong in (cents, 3 * cents - 1):
        assert brief(came(tx, wrong, text=", ".join(numbers)))[0] == "proposed"
    one = came(tx, 3 * cents, text="\n".join(numbers))
    assert brief(one) == ("booked", "number", "bolt")
    assert owed(tx, "bolt") == 0


def test_a_number_and_one_that_is_not_in_full_are_proposed(tx: Transaction) -> None:
    """Facture 2026-000002 et 000003: one is named surely, one not."""
    one = came(tx, amount(tx), text=f"Facture {BOLT} et 000003")
    assert brief(one) == ("proposed", "number", "bolt")


def test_an_order_is_named_by_its_reference_letter_or_word(tx: Transaction) -> None:
    """The credit names it, as prepaid credit --received --order does."""
    order = tx.number("SELECT max(number) FROM purchase_order WHERE customer_id = 2")
    for text in (f"Bestellung {order}", f"O{order}", reference_of_order(order)):
        one = came(tx, 100, text=text)
        assert (brief(one)[0], brief(one)[2], one.order_number) == ("booked", "bolt", order)


def test_the_iban_of_a_mandate_with_exactly_the_shortfall_is_proposed(tx: Transaction) -> None:
    """Not booked, and not with another amount."""
    one = came(tx, amount(tx), iban=IBANS["acme"], text="thanks")
    assert brief(one) == ("proposed", "iban", "acme")
    assert brief(came(tx, amount(tx) - 1, iban=IBANS["acme"]))[0] == "unmatched"
    assert movements(tx) == []


def test_the_iban_of_an_earlier_transfer_is_one_too(tx: Transaction) -> None:
    """Two customers by one IBAN: the evidence lists them, nobody is proposed."""
    came(tx, 100, iban=IBANS["bolt"], text=BOLT)
    one = came(tx, amount(tx) - 100, iban=IBANS["bolt"])
    assert brief(one) == ("proposed", "iban", "bolt")
    came(tx, 100, iban=IBANS["bolt"], text=COLE)
    both = came(tx, amount(tx) - 100, iban=IBANS["bolt"])
    assert brief(both) == ("unmatched", None, None)
    assert "bolt and cole" in str(both.evidence)


def test_money_recorded_by_hand_with_the_reference_is_linked(tx: Transaction) -> None:
    """Its reference or its EndToEndId; with another amount nothing is booked."""
    cents = amount(tx)
    prepaid.credit(tx, customer="bolt", cents=cents, received=Received(reference="R-1"))
    assert brief(came(tx, cents, reference="R-1")) == ("booked", "recorded", "bolt")
    prepaid.credit(tx, customer="cole", cents=cents, received=Received(reference="E-1"))
    assert brief(came(tx, cents + 1, end_to_end_id="E-1", text=COLE))[0] == "unmatched"
    assert brief(came(tx, cents, end_to_end_id="E-1", text=COLE)) == ("booked", "recorded", "cole")
    assert len(movements(tx)) == 2


@pytest.mark.parametrize("rule", ["payment", "reference", "number", "iban"])
def test_money_recorded_by_hand_without_reference_is_proposed_for_linking(
    tx: Transaction, rule: str
) -> None:
    """Whatever rule matches, within 10 days."""
    cents = amount(tx)
    prepaid.credit(tx, customer="acme", cents=cents, received=Received())
    said = {
        "payment": {"end_to_end_id": "payment-1-1"},
        "reference": {"text": reference_of_invoice(ACME)},
        "number": {"text": ACME},
        "iban": {"iban": IBANS["acme"]},
    }[rule]
    one = came(tx, cents, **said)
    if rule == "iban":
        # What is recorded pays the shortfall, so that its IBAN finds nothing.
        assert brief(one)[0] == "unmatched"
    else:
        assert (brief(one)[0], one.ledger_id is not None) == ("proposed", True)
    assert len(movements(tx)) == 1


@pytest.mark.parametrize(("day", "state"), [("2025-12-22", "proposed"), ("2025-12-21", "booked")])
def test_money_recorded_by_hand_long_before_is_other_money(
    tx: Transaction, day: str, state: str
) -> None:
    """11 days are too many."""
    prepaid.credit(tx, customer="bolt", cents=amount(tx), received=Received())
    assert brief(came(tx, amount(tx), text=BOLT, day=day, value_on=day))[0] == state


def test_an_amount_of_nothing_is_never_booked(tx: Transaction) -> None:
    """A misread file would book 0.00."""
    assert brief(came(tx, 0, text=BOLT)) == ("unmatched", None, None)


def test_two_equal_lines_of_one_file_are_two_entries(tx: Transaction) -> None:
    """Both are booked, each once; the same file in another order adds none."""
    line = entry(500, tx.today.isoformat(), text=BOLT)
    taken(tx, line, line)
    taken(tx, line, line, referred(100, "B", tx.today.isoformat(), text=BOLT))
    assert [cents for *_, cents in movements(tx)] == [500, 500, 100]


def test_a_debit_by_a_third_party_matches_nothing(tx: Transaction) -> None:
    """Fees and other debits wait for a person; an EndToEndId of ours alone is no return."""
    assert brief(came(tx, -350, text="fees"))[0] == "unmatched"
    came(tx, amount(tx), end_to_end_id="payment-1-1")
    one = came(tx, -amount(tx), end_to_end_id="payment-1-1")
    assert brief(one) == ("unmatched", None, None)
    assert payment(tx).status is PaymentStatus.SUCCEEDED


def test_a_return_takes_the_payment_back(tx: Transaction) -> None:
    """Once, with the bank's code; of an unknown code, or another amount, never by itself."""
    cents = amount(tx)
    came(tx, cents, end_to_end_id="payment-1-1")
    for wrong in ({"return_code": "ZZ99"}, {"return_code": "MD06", "amount_cents": -cents - 1}):
        said = {"end_to_end_id": "payment-1-1", **wrong}
        assert brief(came(tx, -cents, **said))[0] == "unmatched"
    one = came(tx, -cents, end_to_end_id="payment-1-1", return_code="MD06")
    assert brief(one) == ("booked", "return", "acme")
    assert payment(tx).status is PaymentStatus.RETURNED
    again = came(tx, -cents, end_to_end_id="payment-1-1", return_code="MD06")
    assert brief(again)[0] == "unmatched"
    assert [kind for _, kind, _ in movements(tx)] == ["payment", "reversal"]


def test_a_return_with_charges_that_the_bank_states_is_booked_for_the_payment(
    tx: Transaction,
) -> None:
    """18.40 and 3.50 of charges: the payment's amount is reversed, and the evidence says both."""
    cents = amount(tx)
    came(tx, cents, end_to_end_id="payment-1-1")
    one = came(
        tx, -cents - 350, end_to_end_id="payment-1-1", return_code="AM04", charges_cents=-350
    )
    assert brief(one) == ("booked", "return", "acme")
    assert "3.50 EUR of charges" in str(one.evidence)
    assert movements(tx)[-1] == ("acme", "reversal", -cents)


def test_a_return_before_its_credit_books_both_and_the_credit_is_linked(tx: Transaction) -> None:
    """Settlement and return in one transaction."""
    cents = amount(tx)
    one = came(tx, -cents, end_to_end_id="payment-1-1", return_code="MD01")
    assert brief(one) == ("booked", "return", "acme")
    late = came(tx, cents, end_to_end_id="payment-1-1")
    assert brief(late) == ("booked", "recorded", "acme")
    assert movements(tx) == [("acme", "payment", cents), ("acme", "reversal", -cents)]


def test_a_return_recorded_by_hand_is_linked(tx: Transaction) -> None:
    """payment return was typed before the statement came."""
    came(tx, amount(tx), end_to_end_id="payment-1-1")
    payment_actions.take_back(tx, ids=[1], code="MD01")
    one = came(tx, -amount(tx), end_to_end_id="payment-1-1", return_code="MD01")
    assert brief(one) == ("booked", "recorded", "acme")


def test_a_return_of_a_return_comes_in_once(tx: Transaction) -> None:
    """Money comes again with the same EndToEndId; in one file with what was before as well."""
    cents, today = amount(tx), tx.today.isoformat()
    ours = {"end_to_end_id": "payment-1-1"}
    taken(
        tx,
        referred(cents, "A", today, **ours),
        referred(-cents, "B", today, return_code="MD01", **ours),
        referred(cents, "C", today, **ours),
    )
    assert [kind for _, kind, _ in movements(tx)] == ["payment", "reversal", "credit"]
    assert brief(came(tx, cents, **ours))[0] == "proposed"
    assert owed(tx, "acme") == 0


def test_one_sum_for_a_file_settles_its_unanswered_payments(tx: Transaction) -> None:
    """By PmtInfId, else MsgId, if count and sum agree."""
    file = tx.number("SELECT max(id) FROM payment_export")
    name = f"mailctl-file-{file}"
    wrong = came(tx, amount(tx), batch_id=f"{name}-1", batch_count=2)
    assert brief(wrong)[0] == "proposed"
    assert brief(came(tx, amount(tx) + 1, message_id=name, batch_count=1))[0] == "unmatched"
    one = came(tx, amount(tx), batch_id=f"{name}-1", message_id=name, batch_count=1)
    assert brief(one) == ("booked", "batch", "acme")
    assert payment(tx).status is PaymentStatus.SUCCEEDED
    assert brief(came(tx, amount(tx), message_id=name, batch_count=1))[0] == "unmatched"


def test_a_proposed_sum_is_accepted_while_it_is_still_that_of_the_payments(
    tx: Transaction,
) -> None:
    """Else the refusal says to look again."""
    file = tx.number("SELECT max(id) FROM payment_export")
    proposals = [came(tx, amount(tx), batch_id=f"mailctl-file-{file}-1") for _ in range(2)]
    assert [brief(one)[0] for one in proposals] == ["proposed", "proposed"]
    for one, refused in zip(
        proposals, (nullcontext(), pytest.raises(EntryRefusedError)), strict=True
    ):
        with refused:
            bank_decisions.accept(tx, bank_decisions.plan_accept(tx, ids=[one.id]))
    assert payment(tx).status is PaymentStatus.SUCCEEDED
    assert movements(tx) == [("acme", "payment", amount(tx))]


def test_the_parts_of_a_batch_are_matched_each(tx: Transaction) -> None:
    """With the batch's own reference each is booked for its customer."""
    today, cents = tx.today.isoformat(), amount(tx)
    taken(
        tx,
        *batch(
            "BATCH",
            entry(cents, today, end_to_end_id="payment-1-1"),
            entry(cents, today, text=BOLT),
        ),
    )
    assert movements(tx) == [("acme", "payment", cents), ("bolt", "credit", cents)]
    assert brief(last(tx)) == ("booked", "number", "bolt")


def test_money_of_an_erased_customer_is_booked_by_nobody(tx: Transaction) -> None:
    """A person says what becomes of it."""
    tx.execute("UPDATE customer SET state = 'erased' WHERE slug = 'bolt'")
    one = came(tx, amount(tx), text=BOLT)
    assert brief(one) == ("unmatched", None, None)
    assert "erased" in str(one.evidence)


def test_what_the_bank_took_back_of_its_own_is_booked_by_no_rule(tx: Transaction) -> None:
    """A reversal names the entry that it seems to take back."""
    first = came(tx, amount(tx), reference="R-9", text=BOLT)
    one = came(tx, -amount(tx), reference="R-9", is_reversal=True)
    assert brief(one) == ("unmatched", None, None)
    assert f"entry {first.id}" in str(one.evidence)
    assert brief(came(tx, amount(tx), is_reversal=True, text=BOLT))[0] == "unmatched"
    assert movements(tx) == [("bolt", "credit", amount(tx))]
