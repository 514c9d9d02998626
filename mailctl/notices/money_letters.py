"""Letters about orders and money: for each kind of notice a function of its name (rules 12).

The kind `debt-opened` has the letter `debt_opened`. Where its subject depends on the facts,
`debt_opened_subject` chooses the text.
"""

from __future__ import annotations

from mailctl.domain.orders import OrderKind
from mailctl.domain.terms import last_day
from mailctl.notices.document_paragraphs import (
    document_of,
    list_lines,
    list_mailboxes,
    write_of_sums,
)
from mailctl.notices.draft import Draft, Items
from mailctl.notices.payment_paragraphs import (
    write_how_to_pay,
    write_of_debits,
    write_of_invoice,
    write_of_mandate,
    write_of_overdue,
)
from mailctl.store.queries import letter_money, letters, named_credits
from mailctl.store.queries.letters import Notice


def order_confirmed(draft: Draft) -> None:
    """An order took effect: what it did, what it cost.

    If its mailboxes do not work any more by then, only the order and its bill are mentioned; if
    some of them do, how many were ordered and how many work.
    """
    notice, accounts = draft.notice, draft.accounts
    what = notice.order_kind or OrderKind.ACCOUNTS
    draft.write(
        _which_happened(notice),
        what=what,
        count=len(accounts),
        ordered=notice.named,
        order=str(notice.order_number),
        platform=next((account.platform for account in accounts), ""),
        queued=notice.queued_on,
    )
    draft.mailboxes(
        accounts,
        lambda account: draft.say(
            "accounts.expiry", day=last_day(account.happens_on or notice.queued_on)
        ),
    )
    if what is OrderKind.ACCOUNTS and any(account.address is None for account in accounts):
        draft.write("configure")
    now = letter_money.invoice_now(draft.reader, notice)
    if now is not None:
        document = document_of(draft, now.id)
        draft.write("billed", invoice=document.number)
        write_of_invoice(draft, document, now)
        write_of_mandate(draft, document, now)


def order_confirmed_subject(notice: Notice) -> str:
    """A number of new mailboxes is what was ordered: not where some have ended since."""
    return "subject" if notice.accounts == notice.named else "subject-partly"


def _which_happened(notice: Notice) -> str:
    if not notice.accounts:
        return "was-carried-out"
    return "happened" if notice.accounts == notice.named else "partly"


def order_awaiting_payment(draft: Draft) -> None:
    """An order is kept: how to pay it, and until when it is valid."""
    notice = draft.notice
    assert notice.order_number is not None
    order = letter_money.order(draft.reader, notice.order_number)
    mailboxes = letter_money.ordered_mailboxes(draft.reader, notice.order_number)
    total = order.total_cents
    draft.write(
        "happened",
        what=notice.order_kind or OrderKind.ACCOUNTS,
        count=len(mailboxes),
        order=str(notice.order_number),
        amount=draft.money(total),
        platform=next((one.platform for one in mailboxes), ""),
    )
    draft.mailboxes(mailboxes, lambda _: draft.say("accounts.all"))
    if mailboxes:
        draft.labelled(draft.sums(order.net_cents, order.tax_cents, total))
    draft.write("next", day=notice.valid_until_on or notice.queued_on)
    if mailboxes and notice.balance_cents >= total:
        draft.write("covered", balance=draft.money(notice.balance_cents))
        return
    # A customer who has paid a part is asked for the rest, whatever else left the balance since.
    came = named_credits.named_cents(draft.reader, notice.order_number)
    came = max(min(came, notice.balance_cents), 0)
    if came:
        draft.write("part", amount=draft.money(came))
    write_how_to_pay(draft, max(total - came, 0), order=notice.order_number)


def order_expired(draft: Draft) -> None:
    """An order was not paid in time, or was paid and could not be carried out."""
    notice = draft.notice
    assert notice.order_number is not None
    order = letter_money.order(draft.reader, notice.order_number)
    total, came = order.total_cents, notice.amount_cents or 0
    draft.write(
        "paid" if came >= total > 0 else "happened",
        order=str(notice.order_number),
        ordered=order.ordered_on,
        amount=draft.money(total),
        day=notice.valid_until_on or notice.queued_on,
    )
    if came:
        draft.write("kept", amount=draft.money(came))
    draft.write("do")


def order_expired_subject(notice: Notice) -> str:
    """It says whether money that came for the order is kept on the prepaid account."""
    return "subject-kept" if notice.amount_cents else "subject"


def invoice_issued(draft: Draft) -> None:
    """Renewals were billed."""
    now = letter_money.invoice_now(draft.reader, draft.notice)
    assert now is not None
    document = document_of(draft, now.id)
    draft.write(
        "happened",
        count=len({line.account_id for line in document.lines}),
        invoice=document.number,
        amount=draft.money(document.total_cents),
    )
    write_of_invoice(draft, document, now)
    write_of_debits(draft)
    list_lines(draft, document)
    list_mailboxes(draft, now.id, document, "accounts.billed")


def credit_note_issued(draft: Draft) -> None:
    """An invoice was credited, in whole or in part: which lines, and what happens to the money."""
    notice, reader = draft.notice, draft.reader
    assert notice.invoice_id is not None
    document = document_of(draft, notice.invoice_id)
    credited = letter_money.credited(reader, notice.invoice_id)
    assert document.corrects is not None
    invoice, day = document.corrects
    whole = "whole" if document.total_cents == credited.invoiced_cents else "rest"
    draft.write(
        "happened",
        what=whole if credited.is_last else "part",
        note=document.number,
        invoice=invoice,
        day=day,
        amount=draft.money(credited.invoiced_cents),
    )
    write_of_sums(draft, "credit-date", document)
    list_lines(draft, document)
    list_mailboxes(draft, notice.invoice_id, document, "accounts.credited")
    draft.write("next", amount=draft.money(document.total_cents))
    draft.figures([("balance", draft.money(notice.balance_cents))])
    if not notice.missing_cents:
        draft.write("nothing")
    elif letters.is_being_collected(reader, notice.customer_id):
        _write_what_collects(draft)
    else:
        draft.write("short", amount=draft.money(notice.missing_cents))
        if notice.pay_by_on is not None:
            draft.append("bill.overdue" if notice.is_late else "bill.pay-by", day=notice.pay_by_on)
        write_how_to_pay(draft, notice.missing_cents)


def _write_what_collects(draft: Draft) -> None:
    method = letters.collecting_method(draft.reader, draft.notice.customer_id)
    draft.write("bill.rest-collected", method=method or draft.say("payment-failed.some-method"))


def debt_opened(draft: Draft) -> None:
    """Money is missing: until when to pay, and the three ways (rules 9)."""
    notice = draft.notice
    missing = notice.amount_cents or 0
    least = max(missing, draft.reader.setting_number("minimum-credit"))
    draft.write("happened", amount=draft.money(missing))
    if notice.pay_by_on is not None:
        draft.write("bill.overdue" if notice.is_late else "next", day=notice.pay_by_on)
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
    write_how_to_pay(draft, missing, order=notice.order_number)


def debt_opened_subject(notice: Notice) -> str:
    """It has the last day to pay, if there is one."""
    if notice.pay_by_on is None:
        return "subject-undated"
    return "subject-overdue" if notice.is_late else "subject"


def debt_reminder(draft: Draft) -> None:
    """Money is still missing, and soon overdue."""
    notice = draft.notice
    missing = notice.amount_cents or 0
    draft.write("happened", amount=draft.money(missing), day=notice.due_on or notice.queued_on)
    write_of_overdue(draft)
    draft.write("next")
    write_how_to_pay(draft, missing)
    draft.write("crossed")


def debt_settled(draft: Draft) -> None:
    """Nothing is missing any more."""
    draft.write("happened", order=str(draft.notice.order_number))
    draft.figures([("balance", draft.money(draft.notice.balance_cents))])
    draft.write("next")


def payment_failed(draft: Draft) -> None:
    """A payment failed or was taken back: whether it is tried again, and what is due by when."""
    notice = draft.notice
    failed = letters.failures(draft.reader, notice)
    is_collected = letters.is_being_collected(draft.reader, notice.customer_id)
    # Nothing was tried, nor will be, through a card that is past its month.
    is_expired = notice.has_expired and notice.due_on is None and not notice.was_returned
    draft.write(
        "returned" if notice.was_returned else "expired" if is_expired else "happened",
        amount=draft.money(notice.amount_cents or 0),
        method=failed.method or draft.say("some-method"),
    )
    if is_collected and failed.again_on is None:
        _write_what_collects(draft)
        write_of_debits(draft)
        return
    if failed.again_on is not None:
        draft.write("again", day=failed.again_on)
        if is_collected:
            draft.append("enough")
    elif not is_expired:
        draft.write("last")
    write_of_debits(draft)
    _write_what_is_missing(draft, is_collected=is_collected)
    draft.write("do")


def payment_failed_subject(notice: Notice) -> str:
    """It says whether the money was collected and then taken back."""
    return "subject-returned" if notice.was_returned else "subject"


def _write_what_is_missing(draft: Draft, *, is_collected: bool) -> None:
    """What a failed payment leaves to be paid; by when, unless another try still covers it."""
    notice = draft.notice
    if not notice.missing_cents:
        return
    due_on = None if notice.is_late else notice.pay_by_on
    draft.figures([("missing", draft.money(notice.missing_cents)), ("due", due_on)])
    if notice.pay_by_on is not None and not is_collected:
        draft.write("bill.overdue" if notice.is_late else "due", day=notice.pay_by_on)
    write_how_to_pay(draft, notice.missing_cents)


def debit_coming(draft: Draft) -> None:
    """Money will be taken from a bank account: which, by which mandate, not before which day."""
    draft.write("happened", amount=draft.money(draft.notice.amount_cents or 0))
    write_of_debits(draft)
    draft.write("do")


def card_expiring(draft: Draft) -> None:
    """A card will soon expire, and cannot be charged after that."""
    notice = draft.notice
    month = draft.texts.month(notice.due_on or notice.queued_on)
    draft.write("happened", method=notice.method or "", month=month)
    draft.write("next")
    draft.write("do")


def balance_low(draft: Draft) -> None:
    """The balance fell below the customer's threshold."""
    notice = draft.notice
    draft.write("happened", amount=draft.money(notice.amount_cents or 0))
    if notice.alert_cents:
        draft.figures([("threshold", draft.money(notice.alert_cents))])
    draft.write("do")
    write_how_to_pay(draft)
