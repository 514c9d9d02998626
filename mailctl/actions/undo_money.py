"""How changes of money are undone: what was billed stays billed, what was recorded is reversed."""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.actions import undo
from mailctl.actions.undo import MISTAKE, Help, Undo
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.orders import OrderKind
from mailctl.domain.payments import PaymentStatus
from mailctl.hints import command, named
from mailctl.store import ledger, platforms
from mailctl.store.engine.reader import Reader
from mailctl.store.orders import Order, OrderLine
from mailctl.store.payments import Payment

MOST_REVERSED = 20
TOO_MANY = "the payments are too many to name; prepaid reverse takes back each that is wrong"


def of_terms(reader: Reader, order: Order, lines: Sequence[OrderLine]) -> Undo:
    """Of an order of terms that was billed: nothing undoes it; how to end and to credit it."""
    helps: list[Help] = []
    ids = [line.account_id for line in lines if line.account_id is not None]
    is_new = order.kind is not OrderKind.EXTENSION
    if is_new and order.platform and 0 < len(ids) <= undo.MOST_WORDS:
        helps.append(_end(reader, order.platform, sorted(set(ids))))
    if order.invoice:
        words = ("invoice", "credit", order.invoice, "--reason", "ordered by mistake")
        helps.append(undo.help_to("give the money back", *words))
    return undo.never("what was billed stays billed", *helps)


def _end(reader: Reader, platform: str, ids: Sequence[int]) -> Help:
    which = "it" if len(ids) == 1 else "them"
    if platforms.find(reader, platform).expiry_of is ExpiryOf.PLATFORM:
        return undo.help_to(f"delete {which} at once, without refund", "account", "delete", *ids)
    return undo.help_to(f"end {which} at the expiry", *("account", "renew", *ids, "--mode", "none"))


def of_money_in(
    customer: str, seq: int, *, reopened: int = 0, paid_orders: Sequence[int] = ()
) -> Undo:
    """Of money that was recorded: its row is reversed, which does not take back what it made."""
    return undo.by(
        *("prepaid", "reverse", named("customer", customer), seq, "--reason", MISTAKE, "--yes"),
        note=what_stays(reopened, paid_orders),
    )


def what_stays(reopened: int, paid_orders: Sequence[int] = ()) -> str:
    """What money made possible and no undo takes back: accounts reopened, orders paid."""
    left = [
        text
        for text, is_left in (
            ("accounts that it reopened stay active until their debt is overdue", reopened > 0),
            ("orders paid with it stay paid", bool(paid_orders)),
        )
        if is_left
    ]
    return "; ".join(left)


def of_unsettling(payment_id: int, reference: object) -> Undo:
    """Of a settlement that was taken back as a mistake: it is recorded again."""
    said = () if reference is None else ("--reference", reference)
    return undo.by("payment", "settle", payment_id, *said)


def of_return(payment_ids: Sequence[int]) -> Undo:
    """Of payments that were returned: their money is recorded as credits that name them."""
    if len(payment_ids) > undo.MOST_WORDS:
        return undo.never(TOO_MANY)
    return undo.by(*("payment", "settle", *payment_ids), note="the money then counts as a credit")


def of_settling(reader: Reader, settled: Sequence[Payment], *, note: str = "") -> Undo:
    """Of payments as they were before their money was recorded: each row is reversed."""
    if len(settled) > MOST_REVERSED:
        return undo.never(TOO_MANY)
    return undo.by_all(
        [
            command(
                *("prepaid", "reverse", named("customer", payment.customer)),
                *(ledger.money_of_payment(reader, payment.id), *_why(payment), "--yes"),
            )
            for payment in settled
        ],
        note=note,
    )


def _why(payment: Payment) -> tuple[str, ...]:
    """What a reversal is told: money that was not awaited became a credit."""
    is_awaited = payment.status is PaymentStatus.PENDING
    return ("--mistake",) if is_awaited else ("--reason", MISTAKE)
