"""Service e-mails that do not reach their customers."""

from __future__ import annotations

import json
from datetime import date

from mailctl.store.expressions import is_unannounced, is_unasked, is_unsent, recipient
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class UnsentNotices(Value):
    """Notices that are to be sent: how many, and since when the oldest waits."""

    notices: int
    since_on: date | None
    retried: int
    last_error: str | None
    customer: str | None


def unsent(scope: Scope, *, before_on: date) -> UnsentNotices:
    """The notices that were queued before a day and still wait; `retried` ones failed so far.

    Those that lack their document are told of by themselves.
    """
    (found,) = scope.facts(
        UnsentNotices,
        f"""
        SELECT count(*) AS notices, min(n.queued_on) AS since_on, count(n.last_error) AS retried,
            max(n.last_error) AS last_error,
            CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE {is_unsent("n")}
            AND n.queued_on < :before
            AND coalesce(n.waits_for, '') <> 'document'
            {scope.only}
        """,
        {"before": before_on},
    )
    return found


class RefusedSender(Value):
    """A notice that waits because its recipient's mail server refuses mail from this host."""

    customer: str
    recipient: str
    reason: str
    queued_on: date


def refused_senders(scope: Scope) -> list[RefusedSender]:
    """The notices that were refused because of the sender and wait, by id (rules 12)."""
    return scope.facts(
        RefusedSender,
        f"""
        SELECT c.slug AS customer, {recipient("n", "c")} AS recipient,
            coalesce(n.last_error, '') AS reason, n.queued_on
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE {is_unsent("n")} AND n.waits_for IN ('us', 'us-alone') {scope.only}
        ORDER BY n.id
        """,
    )


class UndocumentedNotice(Value):
    """A notice that waits because the document that goes with it cannot be made, or is too large.

    `debit_cents` is what direct debits would bring that it announces, and that wait with it.
    """

    customer: str
    reason: str
    queued_on: date
    debit_cents: int


def undocumented(scope: Scope) -> list[UndocumentedNotice]:
    """The notices that lack their document, by customer and id (rules 17)."""
    return scope.facts(
        UndocumentedNotice,
        f"""
        SELECT
            c.slug AS customer, coalesce(n.last_error, '') AS reason, n.queued_on,
            coalesce((
                SELECT CAST(sum(y.amount_cents) AS BIGINT)
                FROM payment y
                WHERE y.notice_id = n.id AND {is_unasked("y")}
            ), 0) AS debit_cents
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE {is_unsent("n")} AND n.waits_for = 'document' {scope.only}
        ORDER BY c.id, n.id
        """,
    )


class RefusedAddress(Value):
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


def refused_addresses(scope: Scope) -> list[RefusedAddress]:
    """Open customers whose present address refused a notice, and has taken none since."""
    found = scope.facts(
        RefusedAddress,
        # A new address takes the waiting ones away from the backup address.
        f"""
        WITH refused AS (
            SELECT n.customer_id, count(*) AS notices,
                count(CASE n.ended_for WHEN 'refused' THEN 1 END) AS lost,
                count(CASE WHEN {is_unsent("n")} THEN 1 END) AS waiting,
                max(coalesce(n.ended_at, n.sent_at)) AS last_at
            FROM notice n
            WHERE (n.ended_for = 'refused' OR n.is_at_backup = 1)
                {scope.only_owned_by("n.customer_id")}
            GROUP BY n.customer_id
        )
        SELECT c.slug AS customer, c.email, r.notices, r.lost, r.waiting, r.last_at
        FROM refused r
        JOIN customer c ON c.id = r.customer_id
        WHERE c.state = 'open'
            AND (r.waiting > 0 OR NOT EXISTS (
                SELECT 1 FROM notice s WHERE s.customer_id = c.id AND s.sent_at > r.last_at
            ))
            {scope.only}
        ORDER BY c.id
        """,
    )
    return [one for one in found if one.waiting or not _has_new_email(scope, one)]


def _has_new_email(scope: Scope, one: RefusedAddress) -> bool:
    """Whether the address was edited since; both instants are of the real clock."""
    edits = scope.reader.texts(
        """
        SELECT j.details
        FROM journal j
        JOIN batch b ON b.id = j.batch
        WHERE j.subject = :subject AND j.kind = 'customer-edited' AND b.recorded_at >= :last
        """,
        {"subject": f"customer/{one.customer}", "last": one.last_at},
    )
    return any("email" in json.loads(details)["changed"] for details in edits)


class UnannouncedSuspension(Value):
    """A suspended account whose customer was not notified of it.

    `is_refused`: mail servers refused the notice because of the sender (rules 12).
    """

    customer: str
    id: int
    address: str | None
    deletes_on: date
    is_refused: bool

    @property
    def label(self) -> str:
        """How a sentence names the account."""
        return self.address or f"account {self.id}"


_SUSPENDED = """
    SELECT c.slug AS customer, a.id, a.address, a.deletes_on,
        CASE WHEN n.waits_for IN ('us', 'us-alone') THEN 1 ELSE 0 END AS is_refused
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
    JOIN notice n ON n.id = a.suspension_notice_id
    WHERE a.next_on IS NOT NULL AND a.state = 'suspended'
"""


def held(scope: Scope) -> list[UnannouncedSuspension]:
    """The accounts past their retention whose deletion waits for the notice (rules 6)."""
    return scope.facts(
        UnannouncedSuspension,
        f"""
        {_SUSPENDED}
            AND a.next_on <= :today
            AND {is_unannounced("n")}
            {scope.only}
        ORDER BY c.id, a.id
        """,
    )


def unreachable(scope: Scope) -> list[UnannouncedSuspension]:
    """The accounts that are deleted on their day, because no address took the notice (rules 6)."""
    return scope.facts(
        UnannouncedSuspension,
        f"""
        {_SUSPENDED}
            AND n.ended_for = 'refused'
            {scope.only}
        ORDER BY c.id, a.id
        """,
    )
