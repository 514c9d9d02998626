"""Orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mailctl.contract import THINGS
from mailctl.domain.orders import OrderKind, OrderStatus, needs, steps
from mailctl.domain.terms import Period
from mailctl.errors import OrderNotFoundError
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import document_number, has_its_money
from mailctl.values import Value


class OrderLine(Value):
    """A term that an order asks for; net cents. A new account has no id before its delivery."""

    account_id: int | None = None
    address: str | None
    period: Period
    period_start_on: date
    period_end_on: date
    unit_cents: int


class Order(Value):
    """What the rules and the sentences need to know of an order; money in cents."""

    number: int
    customer_id: int
    customer: str
    platform: str | None
    kind: OrderKind
    status: OrderStatus
    valid_until_on: date | None
    total_cents: int
    invoice: str | None


def add(
    transaction: Transaction,
    *,
    customer_id: int,
    platform_id: int | None,
    kind: OrderKind,
    net_cents: int,
    tax_cents: int,
    awaits: bool = False,
) -> int:
    """Add an order, paid and delivered today or, if it `awaits` its payment, valid for some days.

    Its number.
    """
    days = timedelta(days=transaction.setting_number("order-valid-days"))
    number = transaction.next_key("purchase_order")
    transaction.execute(
        """
        INSERT INTO purchase_order (
            number, customer_id, platform_id, kind, status, ordered_on, paid_on, valid_until_on,
            net_cents, tax_cents, total_cents, ended_on
        )
        VALUES (
            :number, :customer, :platform, :kind, :status, :today, :paid_on, :valid_until_on,
            :net, :tax, :total, :paid_on
        )
        """,
        {
            "number": number,
            "customer": customer_id,
            "platform": platform_id,
            "kind": kind,
            "status": OrderStatus.NOT_PAID if awaits else OrderStatus.DELIVERED,
            "paid_on": None if awaits else transaction.today,
            "valid_until_on": transaction.today + days if awaits else None,
            "net": net_cents,
            "tax": tax_cents,
            "total": net_cents + tax_cents,
        },
    )
    return number


def add_credits(transaction: Transaction, given: Sequence[tuple[int, int]]) -> range:
    """Add an order for each credit, a customer's key and cents, paid today; their numbers."""
    numbers = transaction.next_keys("purchase_order", len(given))
    today = transaction.today.isoformat()
    transaction.add_rows(
        "purchase_order",
        (
            "number",
            "customer_id",
            "kind",
            "status",
            "ordered_on",
            "paid_on",
            "net_cents",
            "tax_cents",
            "total_cents",
            "ended_on",
        ),
        [
            (
                *(number, customer, OrderKind.PREPAID_CREDIT.value, OrderStatus.DELIVERED.value),
                *(today, today, cents, 0, cents, today),
            )
            for number, (customer, cents) in zip(numbers, given, strict=True)
        ],
    )
    return numbers


def deliver(transaction: Transaction, number: int) -> None:
    """Mark an order as paid and delivered today."""
    transaction.execute(
        """
        UPDATE purchase_order
        SET status = 'delivered', paid_on = :today, ended_on = :today
        WHERE number = :number
        """,
        {"number": number},
    )


def cancel(transaction: Transaction, number: int) -> None:
    """Mark an order as cancelled today."""
    transaction.execute(
        "UPDATE purchase_order SET status = 'cancelled', ended_on = :today WHERE number = :number",
        {"number": number},
    )


def set_lines(transaction: Transaction, number: int, lines: tuple[OrderLine, ...]) -> None:
    """Set the lines of an order; those that it had before it was paid are replaced."""
    transaction.execute("DELETE FROM order_line WHERE order_number = :number", {"number": number})
    transaction.execute_many(
        """
        INSERT INTO order_line (
            order_number, line, account_id, address, period, period_start_on, period_end_on,
            unit_cents
        )
        VALUES (:number, :line, :account, :address, :period, :starts_on, :ends_on, :cents)
        """,
        [
            {
                "number": number,
                "line": position,
                "account": line.account_id,
                "address": line.address,
                "period": line.period,
                "starts_on": line.period_start_on,
                "ends_on": line.period_end_on,
                "cents": line.unit_cents,
            }
            for position, line in enumerate(lines, start=1)
        ],
    )


def lines_of(reader: Reader, number: int) -> tuple[OrderLine, ...]:
    """The lines of an order."""
    found = reader.facts(
        OrderLine,
        """
        SELECT account_id, address, period, period_start_on, period_end_on, unit_cents
        FROM order_line
        WHERE order_number = :number
        ORDER BY line
        """,
        {"number": number},
    )
    return tuple(found)


_ORDERS = f"""
    SELECT
        o.number, o.customer_id, c.slug AS customer, p.name AS platform, o.kind, o.status,
        o.valid_until_on, o.total_cents, {document_number("i")} AS invoice
    FROM purchase_order o
    JOIN customer c ON c.id = o.customer_id
    LEFT JOIN platform p ON p.id = o.platform_id
    LEFT JOIN invoice i
        ON i.customer_id = o.customer_id AND i.order_number = o.number AND i.series = ''
"""


def find(reader: Reader, number: int) -> Order:
    """The order of that number; OrderNotFoundError."""
    found = reader.held_fact(
        Order,
        f"{_ORDERS} WHERE o.number = :number",
        {"number": number},
        lambda order: order.customer_id,
    )
    if found is None:
        from mailctl.store.restorations import loss_of_id

        raise OrderNotFoundError(str(number), lost=loss_of_id(reader, "purchase_order", number))
    return found


def past_validity(reader: Reader) -> list[Order]:
    """The unpaid orders that are past their validity, by their numbers."""
    return reader.facts(
        Order,
        # The plus lets the planner use the index of the days until which orders are valid.
        f"""
        {_ORDERS}
        WHERE o.status = 'not-paid' AND o.valid_until_on < :today
        ORDER BY +o.number
        """,
    )


_LIST = f"""
    SELECT
        o.number, c.slug AS customer, p.name AS platform, o.kind, o.status, NULL AS needs,
        o.ordered_on, o.paid_on, o.valid_until_on, o.net_cents, o.tax_cents, o.total_cents,
        CAST(:currency AS TEXT) AS currency, {document_number("i")} AS invoice, o.ended_on,
        f.name AS offer,
        CASE WHEN {has_its_money("o")} THEN 1 ELSE 0 END AS has_come
    FROM purchase_order o
    JOIN customer c ON c.id = o.customer_id
    LEFT JOIN platform p ON p.id = o.platform_id
    LEFT JOIN offer f ON f.id = p.offer_id
    LEFT JOIN invoice i ON i.order_number = o.number AND i.series = ''
"""


def listing(
    reader: Reader,
    *,
    is_open: bool = False,
    status: str | None = None,
    customer: str | None = None,
    platform: str | None = None,
    kind: str | None = None,
    number: int | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """Orders by number; the open ones are those that wait for something."""
    condition, values = where(
        is_open=("o.status = 'not-paid'", is_open or None),
        status=("o.status = :status", status),
        customer=("c.slug = :customer", customer),
        platform=("p.name = :platform", platform),
        kind=("o.kind = :kind", kind),
        number=("o.number = :number", number),
        since=("o.ordered_on >= :since", since),
        until=("o.ordered_on <= :until", until),
    )
    return Listing(
        reader,
        THINGS["order"],
        f"{_LIST} {condition}",
        {"currency": reader.info.currency, **values},
        order_by="number",
        limit=limit,
        finish=_finished,
        finishes=frozenset(("needs",)),
    )


def _finished(row: Row) -> Row:
    needed = needs(
        str(row["kind"]),
        str(row["status"]),
        str(row["customer"]),
        row["number"],
        has_come=bool(row["has_come"]),
    )
    return {**row, "needs": needed}


def show(reader: Reader, number: int, lines: tuple[OrderLine, ...] | None = None) -> Row:
    """One order, with every key of the contract; its lines, if known. OrderNotFoundError."""
    find(reader, number)
    (row,) = listing(reader, number=number).dicts()
    ended_on, offer = row.pop("ended_on"), row.pop("offer")
    del row["has_come"]
    dates = {name: _text(row[name]) for name in ("status", "ordered_on", "paid_on")}
    lines = lines_of(reader, number) if lines is None else lines
    return {
        **row,
        "accounts": list(dict.fromkeys(line.account_id for line in lines if line.account_id)),
        "lines": [_line_item(line, offer) for line in lines],
        "steps": steps(ended_on=_text(ended_on), **dates),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _line_item(line: OrderLine, offer: object) -> Row:
    return {
        "account": line.account_id,
        "address": line.address,
        "offer": offer,
        "period": line.period,
        "period_start_on": line.period_start_on.isoformat(),
        "period_end_on": line.period_end_on.isoformat(),
        "quantity": 1,
        "unit_cents": line.unit_cents,
        "net_cents": line.unit_cents,
    }
