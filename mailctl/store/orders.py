"""Orders and the keys that make a command repeatable, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.contract import THINGS
from mailctl.domain.orders import needs, steps
from mailctl.errors import KeyReusedError, OrderNotFoundError
from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.journal import compact
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries.named_credits import HAS_ITS_MONEY


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """A term that an order asks for; cents are net. A new account is known once it is delivered."""

    account_id: int | None = None
    address: str | None
    period: str
    period_start_on: date
    period_end_on: date
    unit_cents: int


def add(
    transaction: Transaction,
    *,
    customer_id: int,
    platform_id: int | None,
    kind: str,
    net_cents: int,
    tax_cents: int,
    awaits: bool = False,
) -> int:
    """Keep an order, paid and delivered today or, if it `awaits` its payment, valid for some days.

    Its number.
    """
    days = timedelta(days=transaction.setting_number("order-valid-days"))
    today = transaction.today.isoformat()
    return transaction.number(
        "INSERT INTO purchase_order (customer_id, platform_id, kind, status, ordered_on, paid_on, "
        "valid_until_on, net_cents, tax_cents, total_cents, ended_on) VALUES (:customer, "
        ":platform, :kind, :status, :today, :paid_on, :valid_until_on, :net, :tax, :net + :tax, "
        ":paid_on) RETURNING number",
        {
            "customer": customer_id,
            "platform": platform_id,
            "kind": kind,
            "status": "not-paid" if awaits else "delivered",
            "today": today,
            "paid_on": None if awaits else today,
            "valid_until_on": (transaction.today + days).isoformat() if awaits else None,
            "net": net_cents,
            "tax": tax_cents,
        },
    )


def deliver(transaction: Transaction, number: int) -> None:
    """Mark an order as paid and delivered today."""
    transaction.execute(
        "UPDATE purchase_order SET status = 'delivered', paid_on = :today, ended_on = :today "
        "WHERE number = :number",
        {"today": transaction.today.isoformat(), "number": number},
    )


def cancel(transaction: Transaction, number: int) -> None:
    """Mark an order as cancelled today."""
    transaction.execute(
        "UPDATE purchase_order SET status = 'cancelled', ended_on = :today WHERE number = :number",
        {"today": transaction.today.isoformat(), "number": number},
    )


def past_validity(reader: Reader) -> list[tuple[int, int]]:
    """The unpaid orders that are past their validity, each with its customer's key."""
    rows = reader.execute(
        """
        SELECT o.number, o.customer_id
        FROM purchase_order o
        WHERE o.status = 'not-paid' AND o.valid_until_on < :today
        ORDER BY +o.number
        """,
        {"today": reader.today.isoformat()},
    )
    return [(int(number), int(customer)) for number, customer in rows]


def set_aside(transaction: Transaction) -> frozenset[int]:
    """The keys of the customers whom this step of the tick leaves alone."""
    return frozenset(
        int(key) for (key,) in transaction.execute("SELECT customer_id FROM set_aside")
    )


def set_lines(transaction: Transaction, number: int, lines: tuple[OrderLine, ...]) -> None:
    """Keep the lines of an order; those that it had before it was paid are replaced."""
    transaction.execute("DELETE FROM order_line WHERE order_number = :number", {"number": number})
    transaction.connection.executemany(
        "INSERT INTO order_line (order_number, line, account_id, address, period, "
        "period_start_on, period_end_on, unit_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                position,
                line.account_id,
                line.address,
                line.period,
                line.period_start_on.isoformat(),
                line.period_end_on.isoformat(),
                line.unit_cents,
            )
            for position, line in enumerate(lines, start=1)
        ],
    )


def lines_of(reader: Reader, number: int) -> tuple[OrderLine, ...]:
    """The lines of an order."""
    return tuple(
        OrderLine(
            account_id=account_id,
            address=address,
            period=period,
            period_start_on=date.fromisoformat(start),
            period_end_on=date.fromisoformat(end),
            unit_cents=cents,
        )
        for account_id, address, period, start, end, cents in reader.execute(
            "SELECT account_id, address, period, period_start_on, period_end_on, unit_cents "
            "FROM order_line WHERE order_number = :number ORDER BY line",
            {"number": number},
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the rules need to know of an order; money in cents."""

    number: int
    customer_id: int
    customer: str
    platform: str | None
    kind: str
    status: str
    valid_until_on: date | None
    total_cents: int


def find(reader: Reader, number: int) -> Order:
    """The order of that number; OrderNotFoundError."""
    row = reader.row(
        "SELECT o.number, o.customer_id, c.slug, p.name, o.kind, o.status, o.valid_until_on, "
        "o.total_cents FROM purchase_order o JOIN customer c ON c.id = o.customer_id "
        "LEFT JOIN platform p ON p.id = o.platform_id WHERE o.number = :number",
        {"number": number},
    )
    if row is None:
        raise OrderNotFoundError(str(number))
    return Order(
        number=int(str(row[0])),
        customer_id=int(str(row[1])),
        customer=str(row[2]),
        platform=None if row[3] is None else str(row[3]),
        kind=str(row[4]),
        status=str(row[5]),
        valid_until_on=None if row[6] is None else date.fromisoformat(str(row[6])),
        total_cents=int(str(row[7])),
    )


_ITEMS = (
    "SELECT o.number, c.slug AS customer, p.name AS platform, o.kind, o.status, NULL AS needs, "
    "o.ordered_on, o.paid_on, o.valid_until_on, o.net_cents, o.tax_cents, o.total_cents, "
    f":currency AS currency, {DOCUMENT_NUMBER.format('i')} AS invoice, o.ended_on, "
    f"f.name AS offer, CASE WHEN {HAS_ITS_MONEY.format('o')} THEN 1 ELSE 0 END AS has_come "
    "FROM purchase_order o JOIN customer c ON c.id = o.customer_id "
    "LEFT JOIN platform p ON p.id = o.platform_id LEFT JOIN offer f ON f.id = p.offer_id "
    "LEFT JOIN invoice i ON i.order_number = o.number AND i.series = '' "
)


def listing(
    reader: Reader,
    *,
    is_open: bool = False,
    customer: str | None = None,
    platform: str | None = None,
    kind: str | None = None,
    number: int | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """Orders by number; the open ones are those that wait for something."""
    where, values = ["1 = 1"], dict[str, object](currency=reader.info.currency)
    if is_open:
        where.append("o.status IN ('not-paid', 'delivering')")
    for name, text, value in (
        ("customer", "c.slug = :customer", customer),
        ("platform", "p.name = :platform", platform),
        ("kind", "o.kind = :kind", kind),
        ("number", "o.number = :number", number),
        ("since", "o.ordered_on >= :since", since.isoformat() if since else None),
        ("until", "o.ordered_on <= :until", until.isoformat() if until else None),
    ):
        if value is not None:
            where.append(text)
            values[name] = value
    return Listing(
        reader,
        THINGS["order"],
        f"{_ITEMS} WHERE {' AND '.join(where)}",
        values,
        order_by="number",
        limit=limit,
        finish=_finished,
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


def show(reader: Reader, number: int) -> Row:
    """One order, with every key of the contract; OrderNotFoundError."""
    find(reader, number)
    (row,) = listing(reader, number=number).dicts()
    ended_on, offer = row.pop("ended_on"), row.pop("offer")
    del row["has_come"]
    facts = {name: row[name] for name in ("status", "ordered_on", "paid_on")}
    lines = _lines(reader, number, offer)
    return {
        **row,
        "accounts": list(
            dict.fromkeys(line["account"] for line in lines if line["account"] is not None)
        ),
        "lines": lines,
        "steps": steps(ended_on=None if ended_on is None else str(ended_on), **_texts(facts)),
    }


def _texts(facts: Mapping[str, object]) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in facts.items()}


def _lines(reader: Reader, number: int, offer: object) -> list[Row]:
    rows = reader.execute(
        "SELECT account_id, address, period, period_start_on, period_end_on, unit_cents "
        "FROM order_line WHERE order_number = :number ORDER BY line",
        {"number": number},
    )
    return [
        {
            "account": account,
            "address": address,
            "offer": offer,
            "period": period,
            "period_start_on": start,
            "period_end_on": end,
            "quantity": 1,
            "unit_cents": cents,
            "net_cents": cents,
        }
        for account, address, period, start, end, cents in rows
    ]


def arguments_digest(arguments: Mapping[str, object]) -> str:
    """What two calls with the same key must have in common."""
    from hashlib import sha256

    return sha256(compact(arguments).encode()).hexdigest()


def kept_under(
    reader: Reader, command: str, customer_id: int, key: str, arguments: Mapping[str, object]
) -> int | None:
    """The order that a command made under this key before, or None.

    KeyReusedError where the arguments were others (CLI, Form).
    """
    row = reader.row(
        "SELECT arguments_digest, result FROM command_key WHERE command = :command "
        "AND customer_id = :customer AND key = :key",
        {"command": command, "customer": customer_id, "key": key},
    )
    if row is None:
        return None
    if row[0] != arguments_digest(arguments):
        raise KeyReusedError(
            f"the key {key!r} was given to {command} before with other arguments",
            hint="give another --key, or the same arguments",
        )
    return int(str(row[1]))


def keep_key(
    transaction: Transaction,
    command: str,
    customer_id: int,
    key: str,
    arguments: Mapping[str, object],
    number: int,
) -> None:
    """Remember for ever what a command made under a key."""
    transaction.execute(
        "INSERT INTO command_key (command, customer_id, key, arguments_digest, result) "
        "VALUES (:command, :customer, :key, :digest, :number)",
        {
            "command": command,
            "customer": customer_id,
            "key": key,
            "digest": arguments_digest(arguments),
            "number": number,
        },
    )
