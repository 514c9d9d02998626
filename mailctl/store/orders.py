"""Orders and the keys that make a command repeatable, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mailctl.domain.orders import needs, steps
from mailctl.errors import KeyReusedError, OrderNotFoundError
from mailctl.store.connection import Reader, Transaction
from mailctl.store.journal import compact
from mailctl.store.listing import Row
from mailctl.store.sql import DOCUMENT_NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """A term that an order asks for; cents are net."""

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
) -> int:
    """Keep an order that is paid and delivered today; its number."""
    return transaction.number(
        "INSERT INTO purchase_order (customer_id, platform_id, kind, status, ordered_on, paid_on, "
        "net_cents, tax_cents, total_cents, ended_on) VALUES (:customer, :platform, :kind, "
        "'delivered', :today, :today, :net, :tax, :net + :tax, :today) RETURNING number",
        {
            "customer": customer_id,
            "platform": platform_id,
            "kind": kind,
            "today": transaction.today.isoformat(),
            "net": net_cents,
            "tax": tax_cents,
        },
    )


def add_line(
    transaction: Transaction, number: int, line: int, asked: OrderLine, account_id: int | None
) -> None:
    """Keep one line of an order."""
    transaction.execute(
        "INSERT INTO order_line (order_number, line, account_id, address, period, "
        "period_start_on, period_end_on, unit_cents) "
        "VALUES (:number, :line, :account, :address, :period, :start, :end, :cents)",
        {
            "number": number,
            "line": line,
            "account": account_id,
            "address": asked.address,
            "period": asked.period,
            "start": asked.period_start_on.isoformat(),
            "end": asked.period_end_on.isoformat(),
            "cents": asked.unit_cents,
        },
    )


def customer_of(reader: Reader, number: int) -> int:
    """The key of the customer whose order it is; OrderNotFoundError."""
    row = reader.row(
        "SELECT customer_id FROM purchase_order WHERE number = :number", {"number": number}
    )
    if row is None:
        raise OrderNotFoundError(str(number))
    return int(str(row[0]))


def show(reader: Reader, number: int) -> Row:
    """One order, with every key of the contract."""
    customer_of(reader, number)
    cursor = reader.execute(
        "SELECT o.number, c.slug AS customer, p.name AS platform, o.kind, o.status, o.ordered_on, "
        "o.paid_on, o.valid_until_on, o.net_cents, o.tax_cents, o.total_cents, o.ended_on, "
        f"f.name AS offer, {DOCUMENT_NUMBER.format('i')} AS invoice FROM purchase_order o "
        "JOIN customer c ON c.id = o.customer_id LEFT JOIN platform p ON p.id = o.platform_id "
        "LEFT JOIN offer f ON f.id = p.offer_id "
        "LEFT JOIN invoice i ON i.order_number = o.number AND i.series = '' "
        "WHERE o.number = :number",
        {"number": number},
    )
    row: Row = dict(zip((part[0] for part in cursor.description), cursor.fetchone(), strict=True))
    ended_on, offer = row.pop("ended_on"), row.pop("offer")
    facts = {name: row[name] for name in ("status", "ordered_on", "paid_on")}
    lines = _lines(reader, number, offer)
    return {
        **row,
        "needs": needs(str(row["kind"]), str(row["status"]), str(row["customer"])),
        "currency": reader.info.currency,
        "accounts": [line["account"] for line in lines if line["account"] is not None],
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
        "SELECT arguments_digest, order_number FROM command_key WHERE command = :command "
        "AND customer_id = :customer AND key = :key",
        {"command": command, "customer": customer_id, "key": key},
    )
    if row is None:
        return None
    if row[0] != arguments_digest(arguments):
        raise KeyReusedError(
            f"the key {key!r} was given to {command} before with other arguments: order {row[1]}",
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
        "INSERT INTO command_key (command, customer_id, key, arguments_digest, order_number) "
        "VALUES (:command, :customer, :key, :digest, :number)",
        {
            "command": command,
            "customer": customer_id,
            "key": key,
            "digest": arguments_digest(arguments),
            "number": number,
        },
    )
