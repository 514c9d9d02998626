"""Paragraphs of letters about money: how an invoice stands, and how to pay (rules 9)."""

from __future__ import annotations

from datetime import date

from mailctl.domain.tax import Exemption
from mailctl.notices.draft import Draft
from mailctl.store.ledger import has_overdue_invoice
from mailctl.store.queries.letter_money import LetterInvoice, Sums
from mailctl.store.queries.letters import collecting_method, debt_order

# An invoice has its mention in the languages that the law takes, a letter in its reader's.
_MENTIONS = {
    Exemption.REVERSE_CHARGE: "bill.reverse-charge",
    Exemption.EXPORT: "bill.outside",
    Exemption.NOT_APPLIED: "bill.not-applied",
}


def write_of_sums(
    draft: Draft, label: str, day: date, sums: Sums, exemption: Exemption | None
) -> None:
    """Add a document's day, under its label, and its sums, and why it has no tax."""
    draft.labelled([(draft.say(f"label.{label}"), draft.texts.day(day)), *draft.sums(sums)])
    if exemption is not None:
        draft.write(_MENTIONS[exemption])


def write_of_invoice(draft: Draft, invoice: LetterInvoice) -> None:
    """Add an invoice's figures, whether it is paid, and if not, how it can be and by when.

    All that is missing is asked for by the first last day to pay, which may be an older invoice's.
    """
    is_open = invoice.open_cents > 0
    write_of_sums(draft, "invoice-date", invoice.issued_on, invoice.sums, invoice.exemption)
    if invoice.credited_cents:
        draft.write("bill.credited", amount=draft.money(invoice.credited_cents))
    method = collecting_method(draft.reader, draft.notice.customer_id)
    if not is_open:
        draft.write("bill.paid")
    elif invoice.is_covered and method:
        draft.write("bill.collected", method=method)
    else:
        missing = draft.notice.missing_cents or invoice.open_cents
        if invoice.last_on < draft.reader.today:
            draft.write("bill.open-overdue", amount=draft.money(missing), day=invoice.last_on)
        else:
            day = draft.notice.pay_by_on or invoice.last_on
            draft.write("bill.open", amount=draft.money(missing), day=day)
            write_of_overdue(draft)
        write_how_to_pay(draft, missing)


def write_of_debits(draft: Draft) -> None:
    """Add the direct debits that this notice announces: what, by which mandate, not before when."""
    from mailctl.effects.debit_announcements import debits

    creditor = draft.reader.setting("seller-creditor-id")
    for debit in debits(draft.reader, draft.notice.id):
        draft.write("debit.announced", method=debit.account)
        draft.figures(
            (
                ("amount", draft.money(debit.amount_cents)),
                ("debit-day", debit.earliest_on),
                ("mandate", debit.mandate),
                ("creditor", creditor or None),
            )
        )


def write_of_overdue(draft: Draft) -> None:
    """Add that a part of what is missing is overdue already, if it is."""
    if has_overdue_invoice(draft.reader, draft.notice.customer_id):
        draft.write("bill.part-overdue")


def write_how_to_pay(draft: Draft, cents: int | None = None, *, order: int | None = None) -> None:
    """Add how an amount, or any, can be paid: by transfer where the seller's account is known.

    The transfer names the order, else the customer's open debt order, else the customer.
    """
    iban = draft.reader.setting("seller-iban")
    if not iban:
        draft.write("pay.ask")
        return
    number = order or debt_order(draft.reader, draft.notice.customer_id)
    reference = (
        draft.say("pay.reference-customer", customer=draft.notice.customer)
        if number is None
        else draft.say("pay.reference-order", order=str(number))
    )
    draft.write("pay.transfer")
    draft.figures(
        (
            ("beneficiary", draft.reader.setting("seller-name") or None),
            ("iban", " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))),
            ("amount", None if cents is None else draft.money(cents)),
            ("reference", reference),
        )
    )
