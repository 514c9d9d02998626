"""Platforms, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.lifecycle import Platform, PlatformState
from mailctl.domain.offers import ExpiryOf
from mailctl.errors import PlatformNotFoundError
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to, containing
from mailctl.store.engine.transaction import Transaction

COLUMNS = (
    "p.id, p.name, p.customer_id, c.slug, c.state, p.offer_id, o.name, o.expiry_of, p.state, "
    "p.renewal, p.created_on"
)
JOINED = "platform p JOIN customer c ON c.id = p.customer_id JOIN offer o ON o.id = p.offer_id"


def from_row(row: tuple[object, ...]) -> Platform:
    """The platform of a row of COLUMNS."""
    return Platform(
        id=int(str(row[0])),
        name=str(row[1]),
        customer_id=int(str(row[2])),
        customer=str(row[3]),
        customer_state=str(row[4]),
        offer_id=int(str(row[5])),
        offer=str(row[6]),
        expiry_of=ExpiryOf(str(row[7])),
        state=PlatformState(str(row[8])),
        renewal=str(row[9]),
        created_on=date.fromisoformat(str(row[10])),
    )


def find(reader: Reader, name: str) -> Platform:
    """The platform of that name; PlatformNotFoundError with close names else."""
    row = reader.row(f"SELECT {COLUMNS} FROM {JOINED} WHERE p.name = :name", {"name": name})
    if row is None:
        raise PlatformNotFoundError(name, close=close_to(reader, name, "SELECT name FROM platform"))
    return from_row(row)


def exists(reader: Reader, name: str) -> bool:
    """Whether the name is, or ever was, taken."""
    return reader.row("SELECT 1 FROM platform WHERE name = :name", {"name": name}) is not None


def add(
    transaction: Transaction,
    name: str,
    customer_id: int,
    offer_id: int,
    *,
    created_on: date,
    renewal: str = "automatic",
) -> int:
    """Keep a new platform; its key."""
    return transaction.number(
        "INSERT INTO platform (name, customer_id, offer_id, renewal, created_on) "
        "VALUES (:name, :customer, :offer, :renewal, :created_on) RETURNING id",
        {
            "name": name,
            "customer": customer_id,
            "offer": offer_id,
            "renewal": renewal,
            "created_on": created_on.isoformat(),
        },
    )


def cancel(
    transaction: Transaction, platform_id: int, reason: str | None, comment: str | None
) -> None:
    """Decide the end of a platform today, remembering each account's renewal for a resume."""
    transaction.execute(
        "UPDATE platform SET state = 'cancelled', cancelled_on = :today, cancel_reason = :reason, "
        "cancel_comment = :comment WHERE id = :id",
        {
            "today": transaction.today.isoformat(),
            "reason": reason,
            "comment": comment,
            "id": platform_id,
        },
    )
    _record_renewals(transaction, platform_id, "a.renewal", "'none'")
    transaction.execute(
        "UPDATE account SET renewal_before_cancel = renewal, renewal = 'none' "
        "WHERE platform_id = :id AND state <> 'deleted'",
        {"id": platform_id},
    )


# What a resume makes of an account's renewal: its own, but for who has expired (SPEC 5).
_GIVEN_BACK = (
    "CASE WHEN a.expires_on > :today OR coalesce(a.suspended_for, '') = 'expired' "
    "THEN a.renewal_before_cancel ELSE a.renewal END"
)


def _record_renewals(transaction: Transaction, platform_id: int, old: str, new: str) -> None:
    """A journal row for each account of a platform whose renewal is about to change."""
    transaction.execute(
        "INSERT INTO journal (seq, batch, happened_on, kind, subject, details) "
        "SELECT :last + row_number() OVER (ORDER BY a.id), :batch, :today, 'renewal-changed', "
        '\'account/\' || a.id, \'{"effective_on":"\' || a.expires_on || \'","new":"\' || '
        f'{new} || \'","old":"\' || {old} || \'"}}\' FROM account a '
        f"WHERE a.platform_id = :id AND a.state <> 'deleted' AND {old} <> {new} ORDER BY a.id",
        {
            "last": transaction.batch.next_seq - 1,
            "batch": transaction.batch.id,
            "today": transaction.today.isoformat(),
            "id": platform_id,
        },
    )


def resume(transaction: Transaction, platform_id: int) -> None:
    """Undo a cancel: each account gets back its own renewal, but who has expired (SPEC 5)."""
    facts = {"id": platform_id, "today": transaction.today.isoformat()}
    transaction.execute(
        "UPDATE platform SET state = 'active', cancelled_on = NULL, cancel_reason = NULL, "
        "cancel_comment = NULL WHERE id = :id",
        {"id": platform_id},
    )
    _record_renewals(transaction, platform_id, "'none'", _GIVEN_BACK)
    transaction.execute(
        f"UPDATE account AS a SET renewal = {_GIVEN_BACK}, "
        "renewal_before_cancel = NULL WHERE platform_id = :id AND state <> 'deleted' "
        "AND renewal_before_cancel IS NOT NULL",
        facts,
    )


def set_renewal(transaction: Transaction, platform_id: int, renewal: str) -> None:
    """Let a platform renew by itself (`automatic`) or not (`manual`)."""
    transaction.execute(
        "UPDATE platform SET renewal = :renewal WHERE id = :id",
        {"renewal": renewal, "id": platform_id},
    )


def close(transaction: Transaction, platform_id: int) -> None:
    """Close a platform today."""
    transaction.execute(
        "UPDATE platform SET state = 'closed', closed_on = :today WHERE id = :id",
        {"today": transaction.today.isoformat(), "id": platform_id},
    )


def keep_deletion(transaction: Transaction, platform_id: int, digest: str, until: date) -> None:
    """Keep the digest of the token that may delete a platform; only the newest counts."""
    transaction.execute(
        "INSERT INTO platform_deletion (platform_id, token_digest, valid_until_on) "
        "VALUES (:id, :digest, :until) ON CONFLICT (platform_id) DO UPDATE SET "
        "token_digest = excluded.token_digest, valid_until_on = excluded.valid_until_on",
        {"id": platform_id, "digest": digest, "until": until.isoformat()},
    )


def deletion_of(reader: Reader, platform_id: int) -> tuple[str, date] | None:
    """The digest of the token that may delete a platform, and until when it is valid."""
    row = reader.row(
        "SELECT token_digest, valid_until_on FROM platform_deletion WHERE platform_id = :id",
        {"id": platform_id},
    )
    return None if row is None else (str(row[0]), date.fromisoformat(str(row[1])))


def forget_deletion(transaction: Transaction, platform_id: int) -> None:
    """A token is used once."""
    transaction.execute(
        "DELETE FROM platform_deletion WHERE platform_id = :id", {"id": platform_id}
    )


_ITEMS = (
    "SELECT p.name, c.slug AS customer, o.name AS offer, p.state, p.renewal, p.created_on, "
    "p.cancelled_on, p.cancel_reason, p.cancel_comment, p.closed_on, NULL AS renews_on, "
    "coalesce(n.active, 0) AS accounts_active, coalesce(n.suspended, 0) AS accounts_suspended, "
    "coalesce(n.blank, 0) AS accounts_blank, n.next_expiry_on, n.last_expiry_on, "
    f"o.expiry_of, p.id AS row_id FROM {JOINED} LEFT JOIN (SELECT a.platform_id, "
    "sum(CASE WHEN a.state = 'active' THEN 1 ELSE 0 END) AS active, "
    "sum(CASE WHEN a.state = 'suspended' THEN 1 ELSE 0 END) AS suspended, "
    "sum(CASE WHEN a.address IS NULL THEN 1 ELSE 0 END) AS blank, "
    "min(CASE WHEN a.state = 'active' THEN a.expires_on END) AS next_expiry_on, "
    "max(CASE WHEN a.state = 'active' THEN a.expires_on END) AS last_expiry_on "
    "FROM account a WHERE a.state <> 'deleted' {only} GROUP BY a.platform_id) n "
    "ON n.platform_id = p.id "
)


def _finished(reader: Reader, row: Row) -> Row:
    from mailctl.domain.terms import next_monthly_on

    row.pop("row_id")
    if row.pop("expiry_of") == ExpiryOf.PLATFORM and row["state"] == "active":
        created_on = date.fromisoformat(str(row["created_on"]))
        row["renews_on"] = next_monthly_on(created_on, reader.today).isoformat()
    return row


def listing(
    reader: Reader,
    *,
    customer: str | None = None,
    state: str | None = None,
    offer: str | None = None,
    search: str | None = None,
    name: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Platforms in order of their creation, with what their accounts are."""
    filters: Mapping[str, tuple[str, str | None]] = {
        "customer": ("c.slug = :customer", customer),
        "state": ("p.state = :state", state),
        "offer": ("o.name = :offer", offer),
        "search": (containing("p.name"), search),
        "name": ("p.name = :name", name),
    }
    given = {key: (text, value) for key, (text, value) in filters.items() if value is not None}
    where = " AND ".join(["1 = 1", *(text for text, _ in given.values())])
    only = ""
    if name is not None:
        only = "AND a.platform_id = (SELECT x.id FROM platform x WHERE x.name = :name)"
    return Listing(
        reader.connection,
        THINGS["platform"],
        f"{_ITEMS.format(only=only)} WHERE {where}",
        {key: value for key, (_, value) in given.items()},
        order_by="row_id",
        limit=limit,
        finish=lambda row: _finished(reader, row),
    )


def show(reader: Reader, name: str) -> Row:
    """One platform, with every key of the contract."""
    find(reader, name)
    (row,) = listing(reader, name=name).dicts()
    return row
