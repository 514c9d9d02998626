"""Letters about orders, invoices, debts and payments: one function a kind of notice (SPEC 12)."""

from __future__ import annotations

from mailctl.notices.draft import Draft, Items
from mailctl.notices.paying import (
    tell_how_to_pay,
    tell_of_debits,
    tell_of_invoice,
    tell_of_overdue,
    tell_of_sums,
)
from mailctl.store.queries import letter_money, letters, named_credits


def order_confirmed(draft: Draft) -> None:
    """An order took effect: what it did, what it cost.

    Of mailboxes that do not work any more by then only the order and its bill are told.
    """
    notice = draft.notice
    told = letters.accounts(draft.reader, notice)
    what = notice.order_kind or "accounts"
    draft.tell(
        "happened" if told else "was-carried-out",
        what=what,
        count=len(told),
        order=str(notice.order_number),
        platform=next((one.platform for one in told), ""),
        queued=notice.queued_on,
    )
    draft.mailboxes(
        (
            draft.say("accounts.expiry", day=one.happens_on or notice.queued_on),
            one.address,
            one.platform,
        )
        for one in told
    )
    if what == "accounts" and any(one.address is None for one in told):
        draft.tell("configure")
    invoice = letter_money.invoice(draft.reader, notice)
    if invoice is not None:
        draft.tell("billed", invoice=invoice.number)
        tell_of_invoice(draft, invoice)


def order_awaiting_payment(draft: Draft) -> None:
    """An order is kept: how to pay it, and until when it is valid."""
    notice = draft.notice
    assert notice.order_number is not None
    order = letter_money.order(draft.reader, notice.order_number)
    terms = letter_money.ordered_terms(draft.reader, notice.order_number)
    total = order.sums.total_cents
    draft.tell(
        "happened",
        what=notice.order_kind or "accounts",
        count=len(terms),
        order=str(notice.order_number),
        amount=draft.money(total),
        platform=next((term.platform for term in terms), ""),
    )
    draft.mailboxes((draft.say("accounts.all"), term.address, term.platform) for term in terms)
    if terms:
        draft.labelled(draft.sums(order.sums))
    draft.tell("next", day=notice.valid_until_on or notice.queued_on)
    if terms and notice.balance_cents >= total:
        draft.tell("covered", balance=draft.money(notice.balance_cents))
    else:
        # Whoever has paid a part is asked for the rest; what went elsewhere since is no part of it.
        came = named_credits.named_cents(draft.reader, notice.order_number)
        came = max(min(came, notice.balance_cents), 0)
        if came:
            draft.tell("part", amount=draft.money(came))
        tell_how_to_pay(draft, max(total - came, 0), order=notice.order_number)


def order_expired(draft: Draft) -> None:
    """An order was not paid in time, or could not be carried out though it was."""
    notice = draft.notice
    assert notice.order_number is not None
    order = letter_money.order(draft.reader, notice.order_number)
    total, came = order.sums.total_cents, notice.amount_cents or 0
    draft.tell(
        "paid" if came >= total > 0 else "happened",
        order=str(notice.order_number),
        ordered=order.ordered_on,
        amount=draft.money(total),
        day=notice.valid_until_on or notice.queued_on,
    )
    if came:
        draft.tell("kept", amount=draft.money(came))
    draft.tell("do")


def invoice_issued(draft: Draft) -> None:
    """Renewals were billed."""
    notice = draft.notice
    invoice = letter_money.invoice(draft.reader, notice)
    assert invoice is not None
    terms = letter_money.billed_terms(draft.reader, invoice.id)
    draft.tell(
        "happened",
        count=len(terms),
        invoice=invoice.number,
        amount=draft.money(invoice.sums.total_cents),
    )
    tell_of_invoice(draft, invoice)
    tell_of_debits(draft)
    draft.lines(draft.say("lines"), letter_money.billed_lines(draft.reader, invoice.id))
    draft.mailboxes(
        (draft.say("accounts.billed", day=term.until), term.address, term.platform)
        for term in terms
    )


def credit_note_issued(draft: Draft) -> None:
    """An invoice was taken back, or a part of it: what of it, and what becomes of the money."""
    notice, reader = draft.notice, draft.reader
    assert notice.invoice_id is not None
    note = letter_money.credit_note(reader, notice.invoice_id)
    whole = "whole" if note.sums.total_cents == note.invoiced_cents else "rest"
    draft.tell(
        "happened",
        what=whole if note.is_last else "part",
        note=note.number,
        invoice=note.invoice,
        day=note.invoiced_on,
        amount=draft.money(note.invoiced_cents),
    )
    tell_of_sums(draft, "credit-date", note.issued_on, note.sums, note.note)
    draft.lines(draft.say("lines"), letter_money.credited_lines(reader, note.id))
    draft.mailboxes(
        (draft.say("accounts.credited", day=term.until), term.address, term.platform)
        for term in letter_money.credited_terms(reader, note.id)
    )
    draft.tell("next", amount=draft.money(note.sums.total_cents))
    draft.figures([("balance", draft.money(notice.balance_cents))])
    if not notice.missing_cents:
        draft.tell("nothing")
    elif letters.is_being_collected(reader, notice.customer_id):
        _tell_what_collects(draft)
    else:
        draft.tell("short", amount=draft.money(notice.missing_cents))
        if notice.pay_by_on is not None:
            draft.go_on("bill.overdue" if notice.is_late else "bill.pay-by", day=notice.pay_by_on)
        tell_how_to_pay(draft, notice.missing_cents)


def _tell_what_collects(draft: Draft) -> None:
    method = letters.collecting_method(draft.reader, draft.notice.customer_id)
    draft.tell("bill.rest-collected", method=method or draft.say("payment-failed.some-method"))


def debt_opened(draft: Draft) -> None:
    """Money is missing: until when to pay, and the three ways (SPEC 9)."""
    notice = draft.notice
    missing = missing_cents(draft)
    least = max(missing, draft.reader.setting_number("minimum-credit"))
    draft.tell("happened", amount=draft.money(missing))
    if notice.pay_by_on is not None:
        draft.tell("bill.overdue" if notice.is_late else "next", day=notice.pay_by_on)
    draft.add(
        Items(
            heading=draft.say("ways"),
            entries=[
                draft.say("way-method"),
                draft.say("way-order", order=str(notice.order_number)),
                draft.say("way-credit", amount=draft.money(least)),
            ],
        )
    )
    tell_how_to_pay(draft, missing, order=notice.order_number)


def debt_reminder(draft: Draft) -> None:
    """Money is still missing, and soon overdue."""
    notice = draft.notice
    missing = missing_cents(draft)
    due_on = notice.due_on or notice.queued_on
    draft.tell("happened", amount=draft.money(missing), day=due_on)
    tell_of_overdue(draft)
    draft.tell("next")
    tell_how_to_pay(draft, missing)
    draft.tell("crossed")


def debt_settled(draft: Draft) -> None:
    """Nothing is missing any more."""
    draft.tell("happened", order=str(draft.notice.order_number))
    draft.figures([("balance", draft.money(draft.notice.balance_cents))])
    draft.tell("next")


def payment_failed(draft: Draft) -> None:
    """A payment could not be collected, or was taken back: is it tried again, what is due when."""
    notice = draft.notice
    failed = letters.failed(draft.reader, notice)
    # Nothing was tried, nor will be, through a card that is past its month.
    expired = notice.has_expired and notice.due_on is None and not notice.was_returned
    draft.tell(
        "returned" if notice.was_returned else "expired" if expired else "happened",
        amount=draft.money(notice.amount_cents or 0),
        method=failed.method or draft.say("some-method"),
    )
    covered = letters.is_being_collected(draft.reader, notice.customer_id)
    if failed.again_on is not None:
        draft.tell("again", day=failed.again_on)
        if covered:
            draft.go_on("enough")
    elif covered:
        _tell_what_collects(draft)
        tell_of_debits(draft)
        return
    elif not expired:
        draft.tell("last")
    tell_of_debits(draft)
    if notice.missing_cents:
        due_on = None if notice.is_late else notice.pay_by_on
        draft.figures([("missing", draft.money(notice.missing_cents)), ("due", due_on)])
        if not covered and notice.pay_by_on is not None:
            draft.tell("bill.overdue" if notice.is_late else "due", day=notice.pay_by_on)
        tell_how_to_pay(draft, notice.missing_cents)
    draft.tell("do")


def debit_coming(draft: Draft) -> None:
    """Money will be taken from a bank account: which, by which mandate, not before which day."""
    draft.tell("happened", amount=draft.money(draft.notice.amount_cents or 0))
    tell_of_debits(draft)
    draft.tell("do")


def card_expiring(draft: Draft) -> None:
    """A card can soon be charged no more."""
    notice = draft.notice
    draft.tell(
        "happened",
        method=notice.method or "",
        month=draft.words.month(notice.due_on or notice.queued_on),
    )
    draft.tell("next")
    draft.tell("do")


def balance_low(draft: Draft) -> None:
    """The balance fell below what the customer wants to be told of."""
    notice = draft.notice
    draft.tell("happened", amount=draft.money(notice.amount_cents or 0))
    if notice.alert_cents:
        draft.figures([("threshold", draft.money(notice.alert_cents))])
    draft.tell("do")
    tell_how_to_pay(draft)


def missing_cents(draft: Draft) -> int:
    """What is missing now; what was, where nothing is any more."""
    return draft.notice.missing_cents or draft.notice.amount_cents or 0
