"""Service e-mails that do not reach their customers."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mailctl.store.expressions import is_unannounced
from mailctl.store.notice_sending import RECIPIENT
from mailctl.store.queries.advice.scope import Scope

_WAITS = "n.sent_at IS NULL AND n.ended_at IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Notices that are to be sent: how many, and since when the oldest waits."""

    notices: int
    since_on: str | None
    retried: int
    last_error: str | None
    customer: str | None


def unsent(scope: Scope, *, before_on: str) -> Unsent:
    """The notices that were queued before a day and wait still; `retried` failed for now."""
    (found,) = scope.read(
        Unsent,
        "SELECT count(*) AS notices, min(n.queued_on) AS since_on, "
        "count(n.last_error) AS retried, max(n.last_error) AS last_error, "
        "CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer "
        "FROM notice n JOIN customer c ON c.id = n.customer_id "
        f"WHERE {_WAITS} AND n.queued_on < :before {scope.only}",
        {"before": before_on},
    )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedUs:
    """A notice that waits because its recipient's mail server would have nothing of us."""

    customer: str
    recipient: str
    reason: str
    queued_on: str


def refused_us(scope: Scope) -> list[RefusedUs]:
    """The notices that were refused because of us and wait, by id (SPEC 12)."""
    return scope.read(
        RefusedUs,
        f"""
        SELECT c.slug AS customer, {RECIPIENT} AS recipient,
            coalesce(n.last_error, '') AS reason, n.queued_on
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE {_WAITS} AND n.waits_for IN ('us', 'us-alone') {scope.only}
        ORDER BY n.id
        """,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A customer whose address refuses mail; `lost` notices were refused at every address.

    `waiting` ones are still to be sent to the backup address; `last_at` is when the last of the
    others was sent there or ended.
    """

    customer: str
    email: str
    notices: int
    lost: int
    waiting: int
    last_at: str | None


def refused(scope: Scope) -> list[Refused]:
    """Open customers whose present address refused a notice, and has taken none since."""
    found = scope.read(
        Refused,
        "SELECT c.slug AS customer, c.email, q.notices, q.lost, q.waiting, q.last_at FROM ("
        "SELECT n.customer_id, count(*) AS notices, "
        "count(CASE n.ended_for WHEN 'refused' THEN 1 END) AS lost, "
        "count(CASE WHEN n.sent_at IS NULL AND n.ended_at IS NULL THEN 1 END) AS waiting, "
        "max(coalesce(n.ended_at, n.sent_at)) AS last_at FROM notice n "
        "WHERE n.ended_for = 'refused' OR n.is_at_backup = 1 GROUP BY n.customer_id) q "
        "JOIN customer c ON c.id = q.customer_id WHERE c.state = 'open' "
        # A new address takes those that wait away from the backup address.
        "AND (q.waiting > 0 OR NOT EXISTS (SELECT 1 FROM notice s "
        "WHERE s.customer_id = c.id AND s.sent_at > q.last_at)) "
        f"{scope.only}ORDER BY c.id",
    )
    return [one for one in found if one.waiting or not _has_new_email(scope, one)]


def _has_new_email(scope: Scope, one: Refused) -> bool:
    """Whether the address was edited since; both instants are the real ones."""
    rows = scope.reader.execute(
        "SELECT j.details FROM journal j JOIN batch b ON b.id = j.batch "
        "WHERE j.subject = :subject AND j.kind = 'customer-edited' AND b.recorded_at >= :last",
        {"subject": f"customer/{one.customer}", "last": one.last_at},
    )
    return any("email" in json.loads(details)["changed"] for (details,) in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A suspended account whose customer has not been told of it."""

    customer: str
    id: int
    address: str | None
    deletes_on: str

    @property
    def label(self) -> str:
        """How a sentence names the account."""
        return self.address or f"account {self.id}"


_UNTOLD = (
    "SELECT c.slug AS customer, a.id, a.address, a.deletes_on FROM account a "
    "JOIN platform p ON p.id = a.platform_id JOIN customer c ON c.id = p.customer_id "
    "JOIN notice n ON n.id = a.suspension_notice_id WHERE a.next_on IS NOT NULL "
    "AND a.state = 'suspended' AND "
)


def held(scope: Scope) -> list[Untold]:
    """The accounts past their retention whose deletion waits for the notice (SPEC 6)."""
    return scope.read(
        Untold,
        f"{_UNTOLD}a.next_on <= :today AND {is_unannounced('n')} {scope.only}ORDER BY c.id, a.id",
    )


def untold(scope: Scope) -> list[Untold]:
    """The accounts that are deleted on their day, because no address took the notice (SPEC 6)."""
    return scope.read(Untold, f"{_UNTOLD}n.ended_for = 'refused' {scope.only}ORDER BY c.id, a.id")
