"""Sending of notices: which process has claimed which notice, and with what outcome (rules 12).

A notice is claimed in a transaction of its own, sent outside of any, and its outcome recorded in
another. A claim without an outcome lapses; then the notice is sent again, under the same
Message-ID. Instants are the real ones, on a manual clock too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailctl import clock
from mailctl.domain.notices import NoticeKind, WaitsFor
from mailctl.store import mail_settings
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unsent, recipient

LEASE = timedelta(minutes=15)
"""How long a claim holds: longer than the sending of one message can take."""
DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long to wait after the first try, the second and so on; the last one goes on."""


def _is_due(notice: str) -> str:
    """Whether the next try of a notice has come, and nobody has claimed it.

    An instant that lies further ahead than mailctl ever sets it was written under a wrong clock.
    """
    return f"""
        (
            {notice}.next_try_at IS NULL
            OR {notice}.next_try_at <= :now
            OR {notice}.next_try_at > :last_delay
            OR (:retry = 1 AND {notice}.waits_for IN ('us', 'us-alone'))
        )
        AND (
            {notice}.claimed_until IS NULL
            OR {notice}.claimed_until <= :now
            OR {notice}.claimed_until > :last_claim
        )
    """


# CROSS JOIN keeps the notices, of which few are unsent, as the outer loop.
_UNSENT = f"""
    FROM notice n
        CROSS JOIN customer c
    WHERE c.id = n.customer_id
        AND c.state <> 'erased'
        AND {is_unsent("n")}
"""
# The plus keeps SQLite from going through all that is unsent for each.
_EARLIER = f"""
    SELECT 1
    FROM notice e
    WHERE e.customer_id = n.customer_id AND +e.id < n.id AND {is_unsent("e")}
"""
# A customer's notices are sent in order: none while an earlier one is still to be sent.
_NEXT = f"""
    SELECT n.id, {recipient("n", "c")} AS recipient
    {_UNSENT}
        AND {_is_due("n")}
        AND n.id > :after
        AND NOT EXISTS ({_EARLIER})
        AND CASE WHEN n.waits_for IN ('us', 'us-alone') THEN 1 ELSE 0 END = :refused
    ORDER BY n.id
    LIMIT 1
"""
_MINE = f"""
    WHERE id = :id
        AND claimed_until = :claimed_until
        AND {is_unsent("notice")}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A notice that this process alone may send; `recipient` is the address whose turn it is."""

    notice_id: int
    kind: NoticeKind
    customer: str
    name: str
    recipient: str
    has_other: bool
    message_id: str
    tries: int
    claimed_until: str
    is_alone: bool
    secret: str | None = field(repr=False)

    @property
    def subject(self) -> str:
        """What the journal's rows are about."""
        return f"customer/{self.customer}"

    @property
    def details(self) -> dict[str, object]:
        """What the journal's rows say."""
        return {"kind": self.kind, "notice": self.notice_id, "try": self.tries}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendable:
    """A notice that would be sent now, and to whom."""

    notice_id: int
    kind: NoticeKind
    customer: str
    recipient: str


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _now(*, retry: bool = False) -> dict[str, object]:
    now = clock.now()
    return {
        "retry": int(retry),
        "now": _stamp(now),
        "last_claim": _stamp(now + LEASE),
        "last_delay": _stamp(now + DELAYS[-1]),
    }


def unsent(reader: Reader) -> int:
    """How many notices are still to be sent."""
    return reader.number(f"SELECT count(*) FROM notice n WHERE {is_unsent('n')}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Notices that were queued before today and are still to be sent; `since_on` is the oldest."""

    notices: int
    since_on: date | None


def unsent_for_a_day(reader: Reader) -> Unsent | None:
    """The notices that have waited since before today; None where none has, or no mail is sent."""
    if not mail_settings.has_server(reader):
        return None
    (found,) = reader.facts(
        Unsent,
        f"""
        SELECT count(*) AS notices, min(n.queued_on) AS since_on
        FROM notice n
        WHERE {is_unsent("n")} AND n.queued_on < :today
        """,
        {"today": reader.today.isoformat()},
    )
    return found if found.notices else None


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
        {_UNSENT}
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
            n.id AS notice_id,
            n.kind,
            c.slug AS customer,
            {recipient("n", "c")} AS recipient
        {_UNSENT}
            AND {_is_due("n")}
            AND NOT EXISTS ({_EARLIER} AND NOT ({_is_due("e")}))
        ORDER BY n.id
        """,
        _now(retry=retry),
    ):
        if domain_of(notice.recipient) not in closed:
            yield notice


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
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

    None to a domain that is closed. `refused` are those that were refused because of us: they come
    last, so that they keep nobody else's mail back.
    """
    facts = {**_now(retry=retry), "refused": int(refused), "after": after_id}
    found = reader.fact(_Next, _NEXT, facts)
    while found is not None and domain_of(found.recipient) in closed:
        found = reader.fact(_Next, _NEXT, {**facts, "after": found.id})
    return found.id if found else None


def customer_of(reader: Reader, notice_id: int) -> int:
    """The key of the customer whom a notice is to."""
    return reader.number("SELECT customer_id FROM notice WHERE id = :id", {"id": notice_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimable:
    kind: NoticeKind
    customer: str
    name: str
    recipient: str
    backup_email: str | None
    is_at_backup: bool
    message_id: str | None
    tries: int
    waits_for: WaitsFor | None
    secret: str | None = field(repr=False)


def claim(transaction: Transaction, notice_id: int, domain: str) -> Claim:
    """Claim a notice that `next_id` gave in this transaction; `domain` is the sender's."""
    (notice,) = transaction.facts(
        _Claimable,
        f"""
        SELECT
            n.kind,
            c.slug AS customer,
            c.name,
            {recipient("n", "c")} AS recipient,
            c.backup_email,
            n.is_at_backup,
            n.message_id,
            n.tries,
            n.waits_for,
            n.secret
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE n.id = :id
        """,
        {"id": notice_id},
    )
    backup = None if notice.is_at_backup else notice.backup_email
    claimed = Claim(
        notice_id=notice_id,
        kind=notice.kind,
        customer=notice.customer,
        name=notice.name,
        recipient=notice.recipient,
        has_other=bool(backup and backup != notice.recipient),
        message_id=notice.message_id or _message_id(transaction, notice_id, domain),
        tries=notice.tries + 1,
        claimed_until=_stamp(clock.now() + LEASE),
        is_alone=notice.waits_for is WaitsFor.US_ALONE,
        secret=notice.secret,
    )
    transaction.execute(
        """
        UPDATE notice
        SET tries = :tries, message_id = :message_id, claimed_until = :claimed_until
        WHERE id = :id
        """,
        {
            "id": notice_id,
            "tries": claimed.tries,
            "message_id": claimed.message_id,
            "claimed_until": claimed.claimed_until,
        },
    )
    transaction.record("notice-tried", claimed.subject, claimed.details)
    return claimed


def _message_id(reader: Reader, notice_id: int, domain: str) -> str:
    """The same for every try, and another in every store."""
    (digest,) = reader.texts("SELECT digest FROM batch ORDER BY id LIMIT 1")
    return f"<notice-{notice_id}.{digest[:16]}@{domain}>"


def leave_out_others(transaction: Transaction, notice_id: int, account_ids: Sequence[int]) -> None:
    """Remove all other accounts from a notice: it does not announce what it does not mention."""
    kept = set(account_ids)
    named = transaction.numbers(
        "SELECT account_id FROM notice_account WHERE notice_id = :id", {"id": notice_id}
    )
    transaction.execute_many(
        "DELETE FROM notice_account WHERE notice_id = :notice AND account_id = :account",
        [
            {"notice": notice_id, "account": account_id}
            for account_id in named
            if account_id not in kept
        ],
    )


def record_sent(
    transaction: Transaction, claimed: Claim, *, language: str, subject: str, body: str
) -> None:
    """Record that the server has accepted it, and what the customer reads, without the token.

    It does not matter that the claim has lapsed meanwhile: it was sent. Nothing is kept of a
    customer who was erased meanwhile.
    """
    done = transaction.execute(
        f"""
        UPDATE notice
        SET sent_at = :now,
            claimed_until = NULL,
            next_try_at = NULL,
            waits_for = NULL,
            secret = NULL
        WHERE id = :id AND {is_unsent("notice")}
        """,
        {"id": claimed.notice_id, "now": clock.stamp()},
    )
    if done.rowcount == 0:
        transaction.record("notice-sent", claimed.subject, claimed.details)
        return
    transaction.execute(
        """
        INSERT INTO notice_text (notice_id, language, recipient, subject, body)
        VALUES (:id, :language, :recipient, :subject, :body)
        """,
        {
            "id": claimed.notice_id,
            "language": language,
            "recipient": claimed.recipient,
            "subject": subject,
            "body": body,
        },
    )
    transaction.record("notice-sent", claimed.subject, claimed.details, {"to": claimed.recipient})


def record_delayed(
    transaction: Transaction, claimed: Claim, reason: str, *, waits_for: WaitsFor | None = None
) -> None:
    """Record that it is tried again, and why.

    A domain that refuses us is left alone for longer each time, whichever notice is tried.
    """
    tries = claimed.tries
    if waits_for is WaitsFor.US:
        tries = max(tries, _most_tries(transaction, claimed) + 1)
    at = clock.now() + DELAYS[min(tries, len(DELAYS)) - 1]
    _give_back(
        transaction,
        claimed,
        "notice-delayed",
        "next_try_at = :next_try_at, waits_for = :waits_for",
        reason,
        {"next_try_at": _stamp(at), "waits_for": waits_for},
        {"waits_for": waits_for} if waits_for else {},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    recipient: str
    tries: int


def _most_tries(reader: Reader, claimed: Claim) -> int:
    """The most tries of the other notices that the same domain refuses because of us."""
    others = reader.each(
        _Tried,
        f"""
        SELECT {recipient("n", "c")} AS recipient, n.tries
        {_UNSENT}
            AND n.waits_for = 'us'
            AND n.id <> :id
        """,
        {"id": claimed.notice_id},
    )
    domain = domain_of(claimed.recipient)
    return max((one.tries for one in others if domain_of(one.recipient) == domain), default=0)


_GO_TO_BACKUP = "is_at_backup = 1, next_try_at = NULL, waits_for = NULL"
_END_AS_REFUSED = """
    ended_at = :now,
    ended_for = 'refused',
    secret = NULL,
    next_try_at = NULL,
    waits_for = NULL
"""


def record_refused(transaction: Transaction, claimed: Claim, reason: str) -> None:
    """Record a refusal for good: the backup address is next, or it is never sent."""
    change = _GO_TO_BACKUP if claimed.has_other else _END_AS_REFUSED
    _give_back(transaction, claimed, "notice-refused", change, reason, {"now": clock.stamp()}, {})


def _give_back(
    transaction: Transaction,
    claimed: Claim,
    kind: str,
    change: str,
    reason: str,
    facts: Mapping[str, object],
    more: Mapping[str, object],
) -> None:
    """End a claim without a sending, unless another process has taken it over."""
    done = transaction.execute(
        f"UPDATE notice SET claimed_until = NULL, last_error = :reason, {change} {_MINE}",
        {
            "id": claimed.notice_id,
            "claimed_until": claimed.claimed_until,
            "reason": reason,
            **facts,
        },
    )
    if done.rowcount:
        transaction.record(
            kind,
            claimed.subject,
            {**claimed.details, **more},
            {"to": claimed.recipient, "reason": reason},
        )


def release(transaction: Transaction, claimed: Claim) -> None:
    """Give a claim back: the server was never asked to take the notice."""
    done = transaction.execute(
        f"UPDATE notice SET claimed_until = NULL, tries = tries - 1 {_MINE}",
        {"id": claimed.notice_id, "claimed_until": claimed.claimed_until},
    )
    if done.rowcount:
        transaction.record("notice-released", claimed.subject, claimed.details)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ended:
    kind: NoticeKind
    customer: str


def end_outdated(transaction: Transaction, notice_id: int) -> None:
    """Record that a notice is not sent: what it announces is past, or will not happen."""
    (ended,) = transaction.facts(
        _Ended,
        """
        UPDATE notice
        SET ended_at = :now,
            ended_for = 'outdated',
            secret = NULL,
            claimed_until = NULL,
            next_try_at = NULL,
            waits_for = NULL
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
