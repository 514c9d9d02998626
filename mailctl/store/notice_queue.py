"""The notices that wait: what is sent next, and when the rest is tried again (rules 12).

Instants are the real ones, on a manual clock too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from mailctl import clock
from mailctl.domain.notices import DELAYS, LEASE, NoticeKind
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_being_reopened, is_unsent, recipient
from mailctl.values import Value

_ON_OUR_SIDE = "('us', 'us-alone', 'document')"
"""What a notice waits for whose cause is to be mended here."""


def _is_due(notice: str) -> str:
    """Whether the next try of a notice has come, and nobody has claimed it.

    An instant that lies further ahead than mailctl ever sets it was written under a wrong clock.
    """
    return f"""
        (
            {notice}.next_try_at IS NULL
            OR {notice}.next_try_at <= :now
            OR {notice}.next_try_at > :last_delay
            OR (:retry = 1 AND {notice}.waits_for IN {_ON_OUR_SIDE})
        )
        AND (
            {notice}.claimed_until IS NULL
            OR {notice}.claimed_until <= :now
            OR {notice}.claimed_until > :last_claim
        )
    """


def _awaits_server(notice: str) -> str:
    """Whether a notice says that mailboxes work again which the mail server has yet to reopen.

    It waits on its own day, and holds back no other notice.
    """
    return f"""
        (
            {notice}.kind = 'accounts-reopened'
            AND {notice}.queued_on >= :today
            AND EXISTS (
                SELECT 1
                FROM notice_account w
                WHERE w.notice_id = {notice}.id AND {is_being_reopened("w.account_id")}
            )
        )
    """


def _goes_alone(notice: str) -> str:
    """Whether a notice holds back no later one of its customer while it waits."""
    return f"({_awaits_server(notice)} OR coalesce({notice}.waits_for, '') = 'document')"


# CROSS JOIN keeps the notices, of which few are unsent, as the outer loop.
UNSENT = f"""
    FROM notice n
        CROSS JOIN customer c
    WHERE c.id = n.customer_id AND c.state <> 'erased' AND {is_unsent("n")}
"""
# The plus keeps SQLite from going through all that is unsent for each.
_EARLIER = f"""
    SELECT 1
    FROM notice e
    WHERE e.customer_id = n.customer_id
        AND +e.id < n.id
        AND {is_unsent("e")}
        AND NOT {_goes_alone("e")}
"""
# A customer's notices are sent in order: none while an earlier one is still to be sent.
_NEXT = f"""
    SELECT n.id, {recipient("n", "c")} AS recipient
    {UNSENT}
        AND {_is_due("n")}
        AND n.id > :after
        AND NOT {_awaits_server("n")}
        AND NOT EXISTS ({_EARLIER})
        AND CASE WHEN n.waits_for IN {_ON_OUR_SIDE} THEN 1 ELSE 0 END = :refused
    ORDER BY n.id LIMIT 1
"""


class Sendable(Value):
    """A notice that would be sent now, and to whom."""

    notice_id: int
    kind: NoticeKind
    customer: str
    recipient: str


def _now(*, retry: bool = False) -> dict[str, object]:
    return {
        "retry": int(retry),
        "now": clock.stamp(),
        "last_claim": clock.stamp(after=LEASE),
        "last_delay": clock.stamp(after=DELAYS[-1]),
    }


def unsent(reader: Reader) -> int:
    """How many notices are still to be sent."""
    return reader.number(f"SELECT count(*) FROM notice n WHERE {is_unsent('n')}")


def next_try_at(reader: Reader) -> datetime | None:
    """When the first of those that wait is tried again, or a claim on it lapses."""
    at = reader.text(
        f"""
        SELECT min(CASE WHEN n.next_try_at > :now THEN n.next_try_at ELSE n.claimed_until END)
        FROM notice n
        WHERE {is_unsent("n")} AND NOT ({_is_due("n")})
        """,
        _now(),
    )
    return datetime.fromisoformat(at) if at else None


def domain_of(address: str) -> str:
    """The domain of an e-mail address, as domains are compared."""
    return address.rpartition("@")[2].lower()


def closed_domains(reader: Reader) -> set[str]:
    """The recipients' domains whose servers refuse us, until their next try (rules 12)."""
    recipients = reader.texts(
        f"""
        SELECT DISTINCT {recipient("n", "c")}
        {UNSENT}
            AND n.waits_for = 'us'
            AND NOT ({_is_due("n")})
        """,
        _now(),
    )
    return {domain_of(address) for address in recipients}


def sendable(reader: Reader, *, retry: bool = False) -> Iterator[Sendable]:
    """What would be sent now, in this order, if all goes well.

    With `retry` also what was refused because of us, whose next try has not come.
    """
    closed = set() if retry else closed_domains(reader)
    for notice in reader.each(
        Sendable,
        f"""
        SELECT
            n.id AS notice_id, n.kind, c.slug AS customer,
            {recipient("n", "c")} AS recipient
        {UNSENT}
            AND {_is_due("n")}
            AND NOT {_awaits_server("n")}
            AND NOT EXISTS ({_EARLIER} AND NOT ({_is_due("e")}))
        ORDER BY n.id
        """,
        _now(retry=retry),
    ):
        if domain_of(notice.recipient) not in closed:
            yield notice


class _Next(Value):
    id: int
    recipient: str


def next_id(
    reader: Reader,
    after_id: int,
    closed: Collection[str] = (),
    *,
    refused: bool = False,
    retry: bool = False,
) -> int | None:
    """The first notice after that one whose turn has come, its customer's oldest unsent one.

    None to a domain that is closed. `refused` are those that were refused because of us, or lacked
    their document: they come last, so that they keep nobody else's mail back.
    """
    facts = {**_now(retry=retry), "refused": int(refused), "after": after_id}
    found = reader.fact(_Next, _NEXT, facts)
    while found is not None and domain_of(found.recipient) in closed:
        found = reader.fact(_Next, _NEXT, {**facts, "after": found.id})
    return found.id if found else None


def customer_of(reader: Reader, notice_id: int) -> int:
    """The key of the customer whom a notice is to."""
    return reader.number("SELECT customer_id FROM notice WHERE id = :id", {"id": notice_id})


def documents_mended(transaction: Transaction, customer_id: int | None = None) -> None:
    """Let notices that lack their document be tried at the next run: something has changed.

    Those of one customer, or of all.
    """
    transaction.execute(
        f"""
        UPDATE notice
        SET next_try_at = NULL
        WHERE waits_for = 'document'
            AND next_try_at IS NOT NULL
            AND {is_unsent("notice")}
            AND customer_id = coalesce(:customer_id, customer_id)
        """,
        {"customer_id": customer_id},
    )


def address_changed(transaction: Transaction, customer_id: int) -> None:
    """Send what waits to the customer's address first, which has changed."""
    transaction.execute(
        f"""
        UPDATE notice
        SET is_at_backup = 0, next_try_at = NULL, waits_for = NULL
        WHERE customer_id = :customer_id AND {is_unsent("notice")}
        """,
        {"customer_id": customer_id},
    )


class _Ended(Value):
    kind: NoticeKind
    customer: str


def end_outdated(transaction: Transaction, notice_id: int) -> None:
    """Record that a notice is not sent: what it announces is past, or will not happen."""
    (ended,) = transaction.facts(
        _Ended,
        """
        UPDATE notice
        SET ended_at = :now, ended_for = 'outdated', secret = NULL, claimed_until = NULL,
            next_try_at = NULL, waits_for = NULL
        WHERE id = :id
        RETURNING
            kind,
            (SELECT c.slug FROM customer c WHERE c.id = notice.customer_id) AS customer
        """,
        {"id": notice_id, "now": clock.stamp()},
    )
    transaction.record(
        "notice-outdated", f"customer/{ended.customer}", {"kind": ended.kind, "notice": notice_id}
    )
