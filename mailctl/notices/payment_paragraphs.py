"""Paragraphs of letters about money: how an invoice stands, and how to pay (rules 9)."""

from __future__ import annotations

from mailctl.documents import pictures
from mailctl.domain.documents import BankAccount, Collection, Document, Transfer
from mailctl.domain.payment_references import printed, reference_of_invoice, reference_of_order
from mailctl.notices.document_paragraphs import write_of_sums
from mailctl.notices.draft import Draft, Scan
from mailctl.store.ledger import has_overdue_invoice
from mailctl.store.queries.letter_money import InvoiceNow
from mailctl.store.queries.letters import collecting_method, debt_order


def write_of_invoice(draft: Draft, document: Document, now: InvoiceNow) -> None:
    """Add an invoice's figures, whether it is paid, and if not, how it can be and by when.

    All that is missing is asked for by the first last day to pay, which may be an older invoice's.
    """
    is_open = now.open_cents > 0
    # Paid in part: the rest of the document is told while it is still the rest.
    is_rest = document.prepaid_cents > 0 and is_open and now.open_cents == document.due_cents
    write_of_sums(draft, "invoice-date", document, with_due=is_rest)
    if now.credited_cents:
        draft.write("bill.credited", amount=draft.money(now.credited_cents))
    method = collecting_method(draft.reader, draft.notice.customer_id)
    if not is_open:
        draft.write("bill.paid")
    elif now.is_covered and method:
        draft.write("bill.collected", method=method)
    else:
        missing = draft.notice.missing_cents or now.open_cents
        if now.last_on < draft.reader.today:
            draft.write("bill.open-overdue", amount=draft.money(missing), day=now.last_on)
        else:
            day = draft.notice.pay_by_on or now.last_on
            draft.write("bill.open", amount=draft.money(missing), day=day)
            write_of_overdue(draft)
        write_how_to_pay(draft, missing, invoice=document)


def write_of_mandate(draft: Draft, document: Document, now: InvoiceNow) -> None:
    """Add by which mandate an invoice is collected that no debit of this notice announces.

    Its own letter names the day of the debit, which may be later than that of the document.
    """
    payment = document.payment
    if now.open_cents and now.is_covered and isinstance(payment, Collection) and payment.mandate:
        day = payment.not_before_on
        draft.figures(
            (
                ("debit-day", day if day and day > draft.reader.today else None),
                ("mandate", payment.mandate),
                ("creditor", payment.creditor_id),
            )
        )


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


def write_how_to_pay(
    draft: Draft,
    cents: int | None = None,
    *,
    order: int | None = None,
    invoice: Document | None = None,
) -> None:
    """Add how an amount, or any, can be paid: by transfer where the seller's account is known.

    The transfer names the order or the invoice that the letter is about, else the customer's open
    debt order, which is for all that is missing. Whoever owes nothing names the customer.
    """
    account = _account(draft, invoice)
    if account is None:
        draft.write("pay.ask")
        return
    payee = invoice.seller.name if invoice else draft.reader.setting("seller-name")
    reference = _reference(draft, order, invoice)
    draft.write("pay.transfer")
    draft.figures(
        (
            ("beneficiary", payee or None),
            ("iban", printed(account.iban)),
            ("amount", None if cents is None else draft.money(cents)),
            (
                "reference",
                draft.say("pay.reference-customer", customer=draft.notice.customer)
                if reference is None
                else printed(reference),
            ),
        )
    )
    if reference is None or cents is None:
        return
    transfer = Transfer(account=account, reference=reference)
    if pictures.has_code(payee, transfer, cents, draft.reader.info.currency):
        caption = draft.say("settling.scan")
        draft.add(Scan(payee=payee, transfer=transfer, cents=cents, caption=caption))


def _account(draft: Draft, invoice: Document | None) -> BankAccount | None:
    """The account that an invoice names, else the one that the settings have today."""
    if invoice is not None and isinstance(invoice.payment, Transfer):
        return invoice.payment.account
    iban = draft.reader.setting("seller-iban")
    if not iban:
        return None
    return BankAccount(iban=iban, bic=draft.reader.setting("seller-bic") or None, bank=None)


def _reference(draft: Draft, order: int | None, invoice: Document | None) -> str | None:
    if invoice is not None:
        return reference_of_invoice(invoice.number)
    number = order or debt_order(draft.reader, draft.notice.customer_id)
    return None if number is None else reference_of_order(number)
