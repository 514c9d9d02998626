"""Carrying out an order of terms: it is delivered, billed and confirmed (rules 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailctl.billing import balance, bill, more_terms, new_accounts
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.lifecycle import Platform
from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import OrderKind
from mailctl.effects import money_reminders, reminders
from mailctl.store import customers, invoices, notices, orders, platforms
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine
from mailctl.store.temp_tables import CustomerSet

Deliver = Callable[[Transaction, Platform, OrderPlan, int], tuple[OrderLine, ...]]

_DELIVERIES: Mapping[OrderKind, Deliver] = {
    OrderKind.ACCOUNTS: new_accounts.deliver,
    OrderKind.EXTENSION: more_terms.deliver_extension,
    OrderKind.REOPENING: more_terms.deliver_reopening,
}


def carry_out(transaction: Transaction, plan: OrderPlan, number: int) -> None:
    """Deliver an order and bill it; the notice that confirms it says by when to pay."""
    where = platforms.find(transaction, plan.platform)
    lines = _DELIVERIES[plan.kind](transaction, where, plan, number)
    orders.set_lines(transaction, number, lines)
    account_ids = tuple(dict.fromkeys(line.account_id for line in lines if line.account_id))
    transaction.record(
        "ordered",
        f"order/{number}",
        {
            "accounts": len(account_ids),
            "kind": plan.kind,
            "platform": where.name,
            "total_cents": plan.total_cents,
        },
    )
    before = customers.find(transaction, where.customer).balance_cents
    billed = bill.charge_order(transaction, where, lines, number)
    assert billed.total_cents == plan.total_cents, "the tax on the invoice is that of the order"
    with CustomerSet(transaction, "ordering_customer", [where.customer_id]) as ordering:
        balance.collect_and_settle(transaction, ordering)
        # Before what is announced about a debt: this notice asks for the same money.
        notices.queue(
            transaction,
            where.customer_id,
            NoticeKind.ORDER_CONFIRMED,
            order_number=number,
            amount_cents=plan.total_cents,
            due_on=invoices.payable_until(transaction, where.customer_id, number),
            account_ids=account_ids,
        )
        balance.announce(transaction, ordering)
    balance.warn_of_low_balance(transaction, where.customer_id, before)
    reminders.remind_of(transaction, account_ids)
    money_reminders.remind_of_cards(transaction, None, where.customer_id)
