"""Platforms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.lifecycle import Platform
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.states import PlatformRenewal
from mailctl.errors import PlatformNotFoundError
from mailctl.store import words
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Few, Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to, contained
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AskedNames
from mailctl.values import Value


class NewPlatform(Value):
    """A platform to be added."""

    name: str
    customer_id: int
    offer_id: int
    created_on: date
    renewal: PlatformRenewal


JOINED = "platform p JOIN customer c ON c.id = p.customer_id JOIN offer o ON o.id = p.offer_id"


def columns(prefix: str = "") -> str:
    """The columns of a Platform of JOINED; `platform_` begins those of a nested one."""
    return f"""
        p.id AS {prefix}id,
        p.name AS {prefix}name,
        p.customer_id AS {prefix}customer_id,
        c.slug AS {prefix}customer,
        c.state AS {prefix}customer_state,
        p.offer_id AS {prefix}offer_id,
        o.name AS {prefix}offer,
        o.expiry_of AS {prefix}expiry_of,
        p.state AS {prefix}state,
        p.renewal AS {prefix}renewal,
        p.created_on AS {prefix}created_on
    """


def find(reader: Reader, name: str) -> Platform:
    """The platform of that name; otherwise PlatformNotFoundError with similar names."""
    found = reader.held_fact(
        Platform,
        f"SELECT {columns()} FROM {JOINED} WHERE p.name = :name",
        {"name": name},
        lambda platform: platform.customer_id,
    )
    if found is None:
        raise PlatformNotFoundError(name, close=close_to(reader, name, "name", "platform"))
    return found


def named(transaction: Transaction, names: Iterable[str]) -> list[Platform]:
    """The platforms of those names that there are."""
    with AskedNames(transaction, names) as asked:
        return transaction.facts(
            Platform,
            f"""
            SELECT {columns()}
            FROM {asked} q
            CROSS JOIN platform p
            JOIN customer c ON c.id = p.customer_id
            JOIN offer o ON o.id = p.offer_id
            WHERE p.name = q.name
            """,
        )


def existing(transaction: Transaction, names: Iterable[str]) -> set[str]:
    """Those names that are, or ever were, taken."""
    with AskedNames(transaction, names) as asked:
        return set(
            transaction.texts(
                f"SELECT q.name FROM {asked} q CROSS JOIN platform p WHERE p.name = q.name"
            )
        )


def exists(reader: Reader, name: str) -> bool:
    """Whether the name is, or ever was, taken."""
    return reader.exists("SELECT 1 FROM platform WHERE name = :name", {"name": name})


def add(
    transaction: Transaction,
    name: str,
    customer_id: int,
    offer_id: int,
    *,
    created_on: date,
    renewal: PlatformRenewal = PlatformRenewal.AUTOMATIC,
) -> None:
    """Add a platform."""
    platform_id = transaction.next_key("platform")
    transaction.execute(
        """
        INSERT INTO platform (id, name, customer_id, offer_id, renewal, created_on)
        VALUES (:id, :name, :customer, :offer, :renewal, :created_on)
        """,
        {
            "id": platform_id,
            "name": name,
            "customer": customer_id,
            "offer": offer_id,
            "renewal": renewal,
            "created_on": created_on,
        },
    )
    words.learn(transaction, "platform", platform_id)


def add_all(transaction: Transaction, new: Sequence[NewPlatform]) -> None:
    """Add many platforms in their order."""
    keys = transaction.next_keys("platform", len(new))
    transaction.add_rows(
        "platform",
        ("id", "name", "customer_id", "offer_id", "renewal", "created_on"),
        [
            (
                *(key, one.name, one.customer_id, one.offer_id, one.renewal.value),
                one.created_on.isoformat(),
            )
            for key, one in zip(keys, new, strict=True)
        ],
    )
    words.learn_all(transaction, "platform", keys)


def cancel(
    transaction: Transaction, platform_id: int, reason: str | None, comment: str | None
) -> None:
    """Mark a platform as cancelled today."""
    transaction.execute(
        """
        UPDATE platform
        SET state = 'cancelled', cancelled_on = :today, cancel_reason = :reason,
            cancel_comment = :comment
        WHERE id = :id
        """,
        {"reason": reason, "comment": comment, "id": platform_id},
    )


def resume(transaction: Transaction, platform_id: int) -> None:
    """Mark a cancelled platform as active again."""
    transaction.execute(
        """
        UPDATE platform
        SET state = 'active', cancelled_on = NULL, cancel_reason = NULL, cancel_comment = NULL
        WHERE id = :id
        """,
        {"id": platform_id},
    )


def set_renewal(transaction: Transaction, platform_id: int, renewal: PlatformRenewal) -> None:
    """Let a platform renew by itself (`automatic`) or not (`manual`)."""
    transaction.execute(
        "UPDATE platform SET renewal = :renewal WHERE id = :id",
        {"renewal": renewal, "id": platform_id},
    )


def close(transaction: Transaction, platform_id: int) -> None:
    """Close a platform today."""
    transaction.execute(
        "UPDATE platform SET state = 'closed', closed_on = :today WHERE id = :id",
        {"id": platform_id},
    )


class DeletionToken(Value):
    """The digest of a token that may delete a platform, and the last day on which it is valid."""

    token_digest: str
    valid_until_on: date


def keep_token(transaction: Transaction, platform_id: int, token: DeletionToken) -> None:
    """Keep the token that may delete a platform; only the newest counts."""
    transaction.execute(
        """
        INSERT INTO platform_deletion (platform_id, token_digest, valid_until_on)
        VALUES (:id, :digest, :until)
        ON CONFLICT (platform_id) DO UPDATE
        SET token_digest = excluded.token_digest, valid_until_on = excluded.valid_until_on
        """,
        {"id": platform_id, "digest": token.token_digest, "until": token.valid_until_on},
    )


def token_of(reader: Reader, platform_id: int) -> DeletionToken | None:
    """The token that may delete a platform, or None."""
    return reader.fact(
        DeletionToken,
        "SELECT token_digest, valid_until_on FROM platform_deletion WHERE platform_id = :id",
        {"id": platform_id},
    )


def forget_token(transaction: Transaction, platform_id: int) -> None:
    """Remove a token: it is used once."""
    transaction.execute(
        "DELETE FROM platform_deletion WHERE platform_id = :id", {"id": platform_id}
    )


_OF_SHOWN = "AND a.platform_id IN (SELECT s.id FROM shown s)"


def _list(which: str = "") -> str:
    """SQL for platforms with figures of their accounts; `which` narrows the accounts."""
    return f"""
        WITH figures AS (
            SELECT
                a.platform_id,
                sum(CASE WHEN a.state = 'active' THEN 1 ELSE 0 END) AS active,
                sum(CASE WHEN a.state = 'suspended' THEN 1 ELSE 0 END) AS suspended,
                sum(CASE WHEN a.address IS NULL THEN 1 ELSE 0 END) AS blank,
                min(CASE WHEN a.state = 'active' THEN a.expires_on END) AS next_expiry_on,
                max(CASE WHEN a.state = 'active' THEN a.expires_on END) AS last_expiry_on
            FROM account a
            WHERE a.state <> 'deleted' {which}
            GROUP BY a.platform_id
        )
        SELECT
            p.name, c.slug AS customer, o.name AS offer, p.state, p.renewal, p.created_on,
            p.cancelled_on, p.cancel_reason, p.cancel_comment, p.closed_on, NULL AS renews_on,
            coalesce(f.active, 0) AS accounts_active,
            coalesce(f.suspended, 0) AS accounts_suspended, coalesce(f.blank, 0) AS accounts_blank,
            f.next_expiry_on, f.last_expiry_on, o.expiry_of, p.id AS row_id
        FROM {JOINED}
        LEFT JOIN figures f ON f.platform_id = p.id
    """


# The keys of a platform that are not computed: by them its list is sorted without the figures.
_COLUMNS = {
    "name": "p.name",
    "customer": "c.slug",
    "offer": "o.name",
    "state": "p.state",
    "renewal": "p.renewal",
    "created_on": "p.created_on",
    "cancelled_on": "p.cancelled_on",
    "closed_on": "p.closed_on",
}


def _finished(reader: Reader, row: Row) -> Row:
    """Add the next monthly date, which is not computed in SQL."""
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
    renewal: str | None = None,
    since: date | None = None,
    until: date | None = None,
    search: str | None = None,
    name: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Platforms in order of their creation, with what their accounts are."""
    condition, values = where(
        customer=("c.slug = :customer", customer),
        state=("p.state = :state", state),
        offer=("o.name = :offer", offer),
        renewal=("p.renewal = :renewal", renewal),
        since=("p.created_on >= :since", since),
        until=("p.created_on <= :until", until),
        search=(contained("p.name"), search),
        name=("p.name = :name", name),
    )
    return Listing(
        reader,
        THINGS["platform"],
        f"{_list()} {condition}",
        values,
        order_by="row_id",
        limit=limit,
        finish=lambda row: _finished(reader, row),
        finishes=frozenset(("renews_on",)),
        few=Few(
            ids=f"SELECT p.id AS id FROM {JOINED} {condition}",
            query=f"{_list(_OF_SHOWN)} WHERE p.id IN (SELECT s.id FROM shown s)",
            by=_COLUMNS,
            always=any((customer, name)),
        ),
    )


def show(reader: Reader, name: str) -> Row:
    """One platform, with every key of the contract."""
    find(reader, name)
    (row,) = listing(reader, name=name).dicts()
    return row
