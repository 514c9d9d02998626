"""What explanations are made of: journal rows, billed terms, documents, movements (SPEC 13)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mailctl.store import invoices
from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import is_unannounced
from mailctl.store.queries.named_credits import HAS_ITS_MONEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A journal row with who caused it; of erased customers the personal details are missing."""

    seq: int
    batch: int
    on: date
    actor: str
    command: str
    kind: str
    subject: str
    details: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """A detail as text; None where it is missing."""
        value = self.details.get(name)
        return None if value is None else str(value)

    def number(self, name: str) -> int:
        """A detail that is an integer."""
        return int(str(self.details[name]))

    def day(self, name: str) -> date:
        """A detail that is a date."""
        return date.fromisoformat(str(self.details[name]))


def events(
    reader: Reader, *subjects: str, kinds: tuple[str, ...] = (), batch: int | None = None
) -> list[Event]:
    """What the journal says of these subjects, oldest first; only some kinds, or of one batch."""
    chosen = {f"subject{n}": subject for n, subject in enumerate(subjects)}
    wanted = {f"kind{n}": kind for n, kind in enumerate(kinds)}
    where = f"j.subject IN ({', '.join(f':{name}' for name in chosen)})"
    if wanted:
        where += f" AND j.kind IN ({', '.join(f':{name}' for name in wanted)})"
    values: dict[str, object] = {**chosen, **wanted}
    if batch is not None:
        where += " AND j.batch = :batch"
        values["batch"] = batch
    return [
        Event(
            seq=row[0],
            batch=row[1],
            on=date.fromisoformat(row[2]),
            actor=row[3],
            command=row[4],
            kind=row[5],
            subject=row[6],
            details={**json.loads(row[7]), **json.loads(row[8])},
        )
        for row in reader.execute(
            "SELECT j.seq, j.batch, j.happened_on, b.actor, b.command, j.kind, j.subject, "
            "coalesce(j.details, '{}'), coalesce(q.details, '{}') FROM journal j "
            "JOIN batch b ON b.id = j.batch LEFT JOIN journal_personal q ON q.seq = j.seq "
            f"WHERE {where} ORDER BY j.seq",
            values,
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledTerm:
    """A line of an invoice: one account's term, its price in net cents, who gave it back."""

    account_id: int
    address: str | None
    platform: str
    offer_id: int
    offer: str
    period: str
    starts_on: date
    ends_on: date
    unit_cents: int
    invoice_id: int
    invoice: str
    order_number: int | None
    credit_note: str | None
    credited_on: date | None


_TERMS = (
    "SELECT l.account_id, l.address, p.name, l.offer_id, o.name, l.period, l.period_start_on, "
    f"l.period_end_on, l.unit_cents, i.id, {DOCUMENT_NUMBER.format('i')}, i.order_number, "
    f"{DOCUMENT_NUMBER.format('n')}, n.issued_on FROM invoice_line l "
    "JOIN invoice i ON i.id = l.invoice_id JOIN offer o ON o.id = l.offer_id "
    "JOIN account a ON a.id = l.account_id JOIN platform p ON p.id = a.platform_id "
    "LEFT JOIN credit_line k ON k.account_id = l.account_id "
    "AND k.period_start_on = l.period_start_on LEFT JOIN invoice n ON n.id = k.invoice_id "
)


def _terms(reader: Reader, where: str, key: int) -> list[BilledTerm]:
    return [
        BilledTerm(
            account_id=row[0],
            address=row[1],
            platform=row[2],
            offer_id=row[3],
            offer=row[4],
            period=row[5],
            starts_on=date.fromisoformat(row[6]),
            ends_on=date.fromisoformat(row[7]),
            unit_cents=row[8],
            invoice_id=row[9],
            invoice=row[10],
            order_number=row[11],
            credit_note=row[12],
            credited_on=date.fromisoformat(row[13]) if row[13] else None,
        )
        for row in reader.execute(
            f"{_TERMS} WHERE {where} ORDER BY l.account_id, l.period_start_on", {"id": key}
        )
    ]


def terms_of_account(reader: Reader, account_id: int) -> list[BilledTerm]:
    """Every term that an account was billed for, oldest first."""
    return _terms(reader, "l.account_id = :id", account_id)


def terms_of_document(reader: Reader, document_id: int) -> list[BilledTerm]:
    """The lines of an invoice, or those that a credit note gave back, as they are numbered."""
    found = _terms(reader, "l.invoice_id = :id", document_id)
    return found or _terms(
        reader,
        "(l.account_id, l.period_start_on) IN "
        "(SELECT c.account_id, c.period_start_on FROM credit_line c WHERE c.invoice_id = :id)",
        document_id,
    )


def first_prices(reader: Reader, first_day: date) -> list[tuple[str, str, int]]:
    """What the store began with: offers, periods, and net cents that hold from the first day."""
    return [
        (str(row[0]), str(row[1]), int(row[2]))
        for row in reader.execute(
            "SELECT o.name, p.period, p.cents FROM price p JOIN offer o ON o.id = p.offer_id "
            "WHERE p.from_on = :first ORDER BY o.id, p.period",
            {"first": first_day.isoformat()},
        )
    ]


def rates(reader: Reader, country: str) -> list[tuple[date, int]]:
    """A country's tax rates, in hundredths of a percent, with the days from which they hold."""
    return [
        (date.fromisoformat(row[0]), int(row[1]))
        for row in reader.execute(
            "SELECT from_on, rate FROM tax_rate WHERE country = :country ORDER BY from_on",
            {"country": country},
        )
    ]


def likes(reader: Reader, offer_id: int) -> list[str]:
    """The names of an offer and of those that it is like, nearest first (SPEC 3)."""
    return [
        name
        for (name,) in reader.execute(
            "WITH RECURSIVE line (id, name, like_id, depth) AS ("
            "SELECT o.id, o.name, o.like_id, 0 FROM offer o WHERE o.id = :offer UNION ALL "
            "SELECT o.id, o.name, o.like_id, line.depth + 1 FROM line "
            "JOIN offer o ON o.id = line.like_id AND o.id < line.id) "
            "SELECT name FROM line ORDER BY depth",
            {"offer": offer_id},
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOrder:
    """An extension or reopening of an account that waits, or waited, for its money."""

    number: int
    kind: str
    status: str
    total_cents: int
    valid_until_on: date | None
    has_come: bool


def orders_of_account(reader: Reader, account_id: int, platform_id: int) -> list[KeptOrder]:
    """The orders that name an account, in order of their numbers."""
    return [
        KeptOrder(
            number=row[0],
            kind=row[1],
            status=row[2],
            total_cents=row[3],
            valid_until_on=date.fromisoformat(row[4]) if row[4] else None,
            has_come=bool(row[5]),
        )
        for row in reader.execute(
            "SELECT o.number, o.kind, o.status, o.total_cents, o.valid_until_on, "
            f"CASE WHEN {HAS_ITS_MONEY.format('o')} THEN 1 ELSE 0 END "
            "FROM purchase_order o WHERE o.platform_id = :platform AND EXISTS "
            "(SELECT 1 FROM order_line l WHERE l.order_number = o.number "
            "AND l.account_id = :account) ORDER BY o.number",
            {"platform": platform_id, "account": account_id},
        )
    ]


def waits_for_its_notice(reader: Reader, account_id: int) -> bool:
    """Whether the notice of an account's suspension is still to be sent, and awaited (SPEC 6)."""
    return bool(
        reader.row(
            "SELECT 1 FROM account a JOIN notice n ON n.id = a.suspension_notice_id "
            f"WHERE a.id = :id AND {is_unannounced('n')}",
            {"id": account_id},
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A task of the mail server; `answered_on` is when what became of it was recorded last."""

    id: int
    kind: str
    asked_on: date
    status: str
    reason: str | None
    answered_on: date | None


def tasks_of_account(reader: Reader, account_id: int) -> list[Asked]:
    """What was asked of the mail server for an account, in that order."""
    answers = {
        event.number("task"): event.on
        for event in events(reader, f"account/{account_id}", kinds=("task-done", "task-failed"))
    }
    return [
        Asked(
            id=row[0],
            kind=row[1],
            asked_on=date.fromisoformat(row[2]),
            status=row[3],
            reason=row[4],
            answered_on=answers.get(row[0]),
        )
        for row in reader.execute(
            "SELECT id, kind, asked_on, status, reason FROM task WHERE account_id = :account "
            "ORDER BY id",
            {"account": account_id},
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An invoice or a credit note with how it stands; money in cents, the rate in 1/100 %."""

    id: int
    number: str
    is_credit_note: bool
    customer_id: int
    customer: str
    customer_state: str
    order_number: int | None
    corrects: str | None
    issued_on: date
    net_cents: int
    tax_rate: int
    tax_cents: int
    total_cents: int
    tax_note: str | None
    seller_country: str
    buyer_country: str
    buyer_vat_number: str | None
    reason: str | None
    due_on: date | None
    paid_on: date | None
    credited_cents: int
    open_cents: int
    is_covered: bool


def document(reader: Reader, number: str) -> Document:
    """The document of that number; InvoiceNotFoundError with close numbers else."""
    found = invoices.find(reader, number)
    (row,) = reader.execute(
        f"SELECT c.state, i.order_number, {DOCUMENT_NUMBER.format('x')}, i.issued_on, "
        "i.total_cents, i.tax_note, i.seller, i.buyer_country, i.buyer_vat_number, i.reason, "
        "v.due_on, v.paid_on, coalesce(v.credited_cents, 0), coalesce(v.is_covered, 0) "
        "FROM invoice i JOIN customer c ON c.id = i.customer_id "
        "LEFT JOIN invoice_open v ON v.invoice_id = i.id "
        "LEFT JOIN invoice x ON x.id = i.corrects_id WHERE i.id = :id",
        {"id": found.id},
    )
    return Document(
        id=found.id,
        number=found.number,
        is_credit_note=found.series == "AV",
        customer_id=found.customer_id,
        customer=found.customer,
        customer_state=row[0],
        order_number=row[1],
        corrects=row[2],
        issued_on=date.fromisoformat(row[3]),
        net_cents=found.net_cents,
        tax_rate=found.tax_rate,
        tax_cents=found.tax_cents,
        total_cents=row[4],
        tax_note=row[5],
        seller_country=json.loads(row[6])["country"],
        buyer_country=row[7],
        buyer_vat_number=row[8],
        reason=row[9],
        due_on=date.fromisoformat(row[10]) if row[10] else None,
        paid_on=date.fromisoformat(row[11]) if row[11] else None,
        credited_cents=row[12],
        open_cents=found.open_cents,
        is_covered=bool(row[13]),
    )
