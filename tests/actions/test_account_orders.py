"""Orders of accounts and of more terms: what is planned is what is billed and confirmed."""

from __future__ import annotations

import pytest

from mailctl.actions import account_orders, extensions
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.money import tax_cents
from mailctl.domain.records import Record
from mailctl.errors import (
    AddressTakenError,
    InvalidAddressError,
    KeyReusedError,
    LinesRefusedError,
    UsageError,
)
from mailctl.store import accounts
from mailctl.store.engine.transaction import Transaction
from mailctl.values import replace

ANNA = "anna@acme.example"
SUSI = "susi@acme.example"


def notices_since(tx: Transaction, last: int) -> list[tuple[str, str | None]]:
    """Kinds and due dates of the notices that were queued after one, in their order."""
    found = tx.execute(
        "SELECT kind, due_on FROM notice WHERE id > :last ORDER BY id", {"last": last}
    )
    return [(str(kind), due_on) for kind, due_on in found]


def with_price(plan: OrderPlan, cents: int) -> OrderPlan:
    """The plan with another price of each line."""
    lines = tuple(replace(line, unit_cents=cents) for line in plan.lines)
    net, tax = cents * len(lines), tax_cents(cents * len(lines), plan.tax_rate)
    return replace(plan, lines=lines, net_cents=net, tax_cents=tax, total_cents=net + tax)


def test_an_order_is_billed_at_the_prices_of_its_plan(tx: Transaction) -> None:
    """What the administrator has seen is what the invoice has, whatever the offer costs."""
    plan = with_price(account_orders.plan_order(tx, platform="bolt-hx", count=3), 123)
    result = account_orders.order(tx, plan)
    assert [line.unit_cents for line in result.lines] == [123, 123, 123]
    assert result.order.total_cents == plan.total_cents
    charged = tx.number("SELECT amount_cents FROM ledger WHERE id = (SELECT max(id) FROM ledger)")
    assert charged == -plan.total_cents
    assert result.balance_cents == plan.before_cents - plan.total_cents


def test_a_confirmation_is_written_once_and_says_by_when_to_pay(tx: Transaction) -> None:
    """It comes before the notice of the debt that the order makes; a paid order has no date."""
    last = tx.number("SELECT max(id) FROM notice")
    account_orders.order(tx, account_orders.plan_order(tx, platform="bolt-hx", count=1))
    assert notices_since(tx, last) == [("order-confirmed", None)]
    last = tx.number("SELECT max(id) FROM notice")
    plan = account_orders.plan_order(tx, platform="bolt-hx", count=100)
    result = account_orders.order(tx, plan)
    due_on = plan.due_on.isoformat()
    assert notices_since(tx, last) == [("order-confirmed", due_on), ("debt-opened", due_on)]
    assert result.warnings == (
        f"bolt is {-result.balance_cents / 100:.2f} EUR short now; the invoice is due on {due_on}",
    )


def test_an_order_that_awaits_its_payment_has_no_effect(tx: Transaction) -> None:
    """Neither accounts nor an invoice; the notice asks for the money."""
    last = tx.number("SELECT max(id) FROM notice")
    plan = account_orders.plan_order(tx, platform="bolt-hx", count=2, await_payment=True)
    result = account_orders.order(tx, plan)
    assert (result.order.status, result.order.invoice) == ("not-paid", None)
    assert [line.account_id for line in result.lines] == [None, None]
    assert result.balance_cents == plan.before_cents
    assert notices_since(tx, last) == [("order-awaiting-payment", None)]


def test_a_repeated_key_gives_the_first_order(tx: Transaction) -> None:
    """With other arguments it is refused."""
    first = account_orders.order(
        tx, account_orders.plan_order(tx, platform="bolt-hx", count=2, key="once")
    )
    again = account_orders.order(
        tx, account_orders.plan_order(tx, platform="bolt-hx", count=2, key="once")
    )
    assert (again.changed, again.order) == (False, first.order)
    with pytest.raises(KeyReusedError):
        account_orders.plan_order(tx, platform="bolt-hx", count=3, key="once")


def test_of_words_the_first_refusal_counts_and_of_a_file_all_are_named(tx: Transaction) -> None:
    """The first by precedence: a wrong address before a taken one."""
    with pytest.raises(InvalidAddressError):
        account_orders.plan_order(tx, platform="acme-pro", addresses=(ANNA, "no address"))
    texts = (ANNA, "zoe@acme.example", "zoe@acme.example", "no address")
    records = tuple(
        Record(line=n, values={"address": text}) for n, text in enumerate(texts, start=2)
    )
    with pytest.raises(LinesRefusedError) as refused:
        account_orders.plan_order(tx, platform="acme-pro", records=records)
    assert [line.partition(":")[0] for line in refused.value.lines] == [
        "line 2",
        "line 4",
        "line 5",
    ]


@pytest.mark.parametrize(("addresses", "count"), [((), 0), ((), 101), (("a@b.example",) * 2, 1)])
def test_more_addresses_than_accounts_or_too_many_are_refused(
    tx: Transaction, addresses: tuple[str, ...], count: int
) -> None:
    """1 to 100 accounts are ordered at once."""
    with pytest.raises(UsageError):
        account_orders.plan_order(tx, platform="acme-pro", addresses=addresses, count=count)


def test_an_address_is_asked_for_once(tx: Transaction) -> None:
    """Also in one order."""
    with pytest.raises(AddressTakenError, match="twice"):
        account_orders.plan_order(tx, platform="acme-pro", addresses=("zoe@acme.example",) * 2)


def test_an_extension_moves_the_expiry_by_its_terms(tx: Transaction) -> None:
    """anna is paid until 2026-02-28."""
    result = extensions.extend(tx, extensions.plan_extend(tx, account=ANNA, terms=3))
    assert [str(line.period_end_on) for line in result.lines] == [
        "2026-04-01",
        "2026-05-01",
        "2026-06-01",
    ]
    assert str(accounts.find(tx, ANNA).expires_on) == "2026-06-01"


def test_a_reopening_bills_the_missed_terms(tx: Transaction) -> None:
    """susi was suspended at her expiry on 2026-02-01."""
    result = extensions.reopen(tx, extensions.plan_reopen(tx, account=SUSI))
    (line,) = result.lines
    assert (str(line.period_start_on), str(line.period_end_on)) == ("2026-02-01", "2026-03-01")
    susi = accounts.find(tx, SUSI)
    assert (susi.state, susi.renewal) == ("active", "monthly")
