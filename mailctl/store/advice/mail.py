"""Service e-mails that do not reach their customers."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.store.advice.scope import Scope

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
class Refused:
    """A customer whose address refuses mail; `lost` notices were refused at every address."""

    customer: str
    email: str
    notices: int
    lost: int


def refused(scope: Scope) -> list[Refused]:
    """Open customers whose present address refused a notice, and has taken none since."""
    return scope.read(
        Refused,
        "SELECT c.slug AS customer, c.email, q.notices, q.lost FROM ("
        "SELECT n.customer_id, count(*) AS notices, "
        "count(CASE n.ended_for WHEN 'refused' THEN 1 END) AS lost, "
        "max(coalesce(n.ended_at, n.sent_at, n.queued_on)) AS last_at FROM notice n "
        "WHERE n.ended_for = 'refused' OR n.is_at_backup = 1 GROUP BY n.customer_id) q "
        "JOIN customer c ON c.id = q.customer_id WHERE c.state = 'open' "
        "AND NOT EXISTS (SELECT 1 FROM notice s "
        "WHERE s.customer_id = c.id AND s.sent_at > q.last_at) "
        "AND NOT EXISTS (SELECT 1 FROM journal j JOIN batch b ON b.id = j.batch "
        "WHERE j.subject = 'customer/' || c.slug AND j.kind = 'customer-edited' "
        "AND b.recorded_at >= q.last_at AND replace(j.details, '\"email\"', '') <> j.details) "
        f"{scope.only}ORDER BY c.id",
    )


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
        Untold, f"{_UNTOLD}a.next_on <= :today AND {_WAITS} {scope.only}ORDER BY c.id, a.id"
    )


def untold(scope: Scope) -> list[Untold]:
    """The accounts that are deleted on their day, because no address took the notice (SPEC 6)."""
    return scope.read(Untold, f"{_UNTOLD}n.ended_for = 'refused' {scope.only}ORDER BY c.id, a.id")
