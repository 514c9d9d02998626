"""Sending of notices, as the store sees it: who has claimed which, and what became of it (SPEC 12).

A notice is claimed in a transaction of its own, sent outside of any, and its outcome recorded in
another. A claim that nobody answers for lapses; then the notice is sent again, under the same
Message-ID. Instants are the real ones, on a manual clock too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailctl import clock
from mailctl.store import mail_settings
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

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
"""How long to wait after the first try, the second, ...; after the last of them always as long."""
US, ALONE, FULL = "us", "us-alone", "full"
"""What a notice waits for, beside its next try: that we are taken again at its recipient's domain;
the same, where others at that domain get their mail; that a mailbox has room."""

_UNSENT = "{0}.sent_at IS NULL AND {0}.ended_at IS NULL"
# What lies further ahead than mailctl ever sets it was written under a clock that was wrong.
_DUE = (
    "({0}.next_try_at IS NULL OR {0}.next_try_at <= :now OR {0}.next_try_at > :last_delay "
    "OR (:retry = 1 AND {0}.waits_for IN ('us', 'us-alone'))) "
    "AND ({0}.claimed_until IS NULL OR {0}.claimed_until <= :now "
    "OR {0}.claimed_until > :last_claim)"
)
# In order: not while an earlier one of the customer is still to be sent. The plus keeps SQLite from
# going through all that is unsent for each.
_EARLIER = (
    "EXISTS (SELECT 1 FROM notice e WHERE e.customer_id = n.customer_id AND +e.id < n.id "
    f"AND {_UNSENT.format('e')}{{0}})"
)
_FROM = "FROM notice n CROSS JOIN customer c WHERE c.id = n.customer_id AND c.state <> 'erased'"
_TO_SEND = f"{_FROM} AND {_UNSENT.format('n')} AND {_DUE.format('n')}"
RECIPIENT = "CASE WHEN n.is_at_backup = 1 THEN coalesce(c.backup_email, c.email) ELSE c.email END"
"""SQL for the address of customer `c` whose turn it is with notice `n`."""
_NEXT = (
    f"SELECT n.id, {RECIPIENT} {_TO_SEND} AND n.id > :after AND NOT {_EARLIER.format('')} "
    "AND CASE WHEN n.waits_for IN ('us', 'us-alone') THEN 1 ELSE 0 END = :refused "
    "ORDER BY n.id LIMIT 1"
)
_WAITS = f" AND NOT ({_DUE.format('e')})"
_MINE = f"WHERE id = :id AND claimed_until = :claimed_until AND {_UNSENT.format('notice')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A notice that this process alone may send; `recipient` is the address whose turn it is."""

    notice_id: int
    kind: str
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
        """What the journal's rows tell."""
        return {"kind": self.kind, "notice": self.notice_id, "try": self.tries}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendable:
    """A notice that would be sent now, and to whom."""

    notice_id: int
    kind: str
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
    return reader.number(f"SELECT count(*) FROM notice n WHERE {_UNSENT.format('n')}")


def unsent_for_a_day(reader: Reader) -> tuple[int, str] | None:
    """How many notices were queued before today and are still to be sent, and since when.

    None where there is none, and where no mail is sent.
    """
    if not mail_settings.has_server(reader):
        return None
    row = reader.row(
        f"SELECT count(*), min(n.queued_on) FROM notice n WHERE {_UNSENT.format('n')} "
        "AND n.queued_on < :today",
        {"today": reader.today.isoformat()},
    )
    assert row is not None
    return (int(str(row[0])), str(row[1])) if row[0] else None


def next_try_at(reader: Reader) -> datetime | None:
    """When the first of those that wait is tried again, or a claim on it lapses."""
    now = _now()
    row = reader.row(
        "SELECT min(CASE WHEN n.next_try_at > :now THEN n.next_try_at ELSE n.claimed_until END) "
        f"FROM notice n WHERE {_UNSENT.format('n')} AND NOT ({_DUE.format('n')})",
        now,
    )
    return datetime.fromisoformat(str(row[0])) if row and row[0] else None


def domain_of(address: str) -> str:
    """The domain of an e-mail address, as domains are compared."""
    return address.rpartition("@")[2].lower()


def closed_domains(reader: Reader) -> set[str]:
    """The recipients' domains whose servers refuse us, until their next try (SPEC 12)."""
    return {
        domain_of(str(address))
        for (address,) in reader.execute(
            f"SELECT DISTINCT {RECIPIENT} {_FROM} AND {_UNSENT.format('n')} "
            f"AND n.waits_for = 'us' AND NOT ({_DUE.format('n')})",
            _now(),
        )
    }


def sendable(reader: Reader, *, retry: bool = False) -> Iterator[Sendable]:
    """What would be sent now, in this order, if all goes well.

    With `retry` also what was refused because of us, whose next try has not come.
    """
    closed = set() if retry else closed_domains(reader)
    for row in reader.execute(
        f"SELECT n.id, n.kind, c.slug, {RECIPIENT} {_TO_SEND} "
        f"AND NOT {_EARLIER.format(_WAITS)} ORDER BY n.id",
        _now(retry=retry),
    ):
        if domain_of(row[3]) not in closed:
            yield Sendable(notice_id=row[0], kind=row[1], customer=row[2], recipient=row[3])


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
    behind the others, so that what one meets keeps nobody else's mail back.
    """
    facts = {**_now(retry=retry), "refused": int(refused)}
    row = reader.row(_NEXT, {**facts, "after": after_id})
    while row is not None and domain_of(str(row[1])) in closed:
        row = reader.row(_NEXT, {**facts, "after": row[0]})
    return int(str(row[0])) if row else None


def customer_of(reader: Reader, notice_id: int) -> int:
    """The key of the customer whom a notice is to."""
    return reader.number("SELECT customer_id FROM notice WHERE id = :id", {"id": notice_id})


def claim(transaction: Transaction, notice_id: int, domain: str) -> Claim:
    """Claim a notice that `next_id` gave in this transaction; `domain` is the sender's."""
    until = _stamp(clock.now() + LEASE)
    ((kind, customer, name, email, backup, at_backup, message_id, tries, waits_for, secret),) = (
        transaction.execute(
            "SELECT n.kind, c.slug, c.name, c.email, c.backup_email, n.is_at_backup, "
            "n.message_id, n.tries, n.waits_for, n.secret FROM notice n JOIN customer c "
            "ON c.id = n.customer_id WHERE n.id = :id",
            {"id": notice_id},
        ).fetchall()
    )
    claimed = Claim(
        notice_id=notice_id,
        kind=kind,
        customer=customer,
        name=name,
        recipient=backup if at_backup and backup else email,
        has_other=bool(not at_backup and backup and backup != email),
        message_id=message_id or _message_id(transaction, notice_id, domain),
        tries=tries + 1,
        claimed_until=until,
        is_alone=waits_for == ALONE,
        secret=secret,
    )
    transaction.execute(
        "UPDATE notice SET tries = :tries, message_id = :message_id, "
        "claimed_until = :claimed_until WHERE id = :id",
        {
            "id": notice_id,
            "tries": claimed.tries,
            "message_id": claimed.message_id,
            "claimed_until": until,
        },
    )
    transaction.record("notice-tried", claimed.subject, claimed.details)
    return claimed


def _message_id(transaction: Transaction, notice_id: int, domain: str) -> str:
    """The same for every try, and another in every store."""
    row = transaction.row("SELECT digest FROM batch ORDER BY id LIMIT 1")
    assert row is not None
    return f"<notice-{notice_id}.{str(row[0])[:16]}@{domain}>"


def leave_out_others(transaction: Transaction, notice_id: int, account_ids: Sequence[int]) -> None:
    """Let a notice be about these accounts alone: what it does not tell counts as not told."""
    told = set(account_ids)
    transaction.connection.executemany(
        "DELETE FROM notice_account WHERE notice_id = ? AND account_id = ?",
        [
            (notice_id, account_id)
            for (account_id,) in transaction.execute(
                "SELECT account_id FROM notice_account WHERE notice_id = :id", {"id": notice_id}
            ).fetchall()
            if account_id not in told
        ],
    )


def record_sent(
    transaction: Transaction, claimed: Claim, *, language: str, subject: str, body: str
) -> None:
    """Record that the server has taken it, and what the customer reads, without the token.

    A claim that has lapsed meanwhile does not matter: it was sent. Of a customer who was erased
    meanwhile nothing is kept.
    """
    done = transaction.execute(
        "UPDATE notice SET sent_at = :now, claimed_until = NULL, next_try_at = NULL, "
        f"waits_for = NULL, secret = NULL WHERE id = :id AND {_UNSENT.format('notice')}",
        {"id": claimed.notice_id, "now": clock.stamp()},
    )
    if done.rowcount == 0:
        transaction.record("notice-sent", claimed.subject, claimed.details)
        return
    transaction.execute(
        "INSERT INTO notice_text (notice_id, language, recipient, subject, body) "
        "VALUES (:id, :language, :recipient, :subject, :body)",
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
    transaction: Transaction, claimed: Claim, reason: str, *, waits_for: str | None = None
) -> None:
    """Record that it is tried again, and why; `waits_for` is US, ALONE or FULL, if one of them.

    A domain that refuses us is left alone for longer each time, whichever notice is tried.
    """
    tries = claimed.tries
    if waits_for == US:
        tries = max(tries, _most_tries(transaction, claimed) + 1)
    at = clock.now() + DELAYS[min(tries, len(DELAYS)) - 1]
    _settle(
        transaction,
        claimed,
        "notice-delayed",
        "next_try_at = :next_try_at, waits_for = :waits_for",
        reason,
        {"next_try_at": _stamp(at), "waits_for": waits_for},
        {"waits_for": waits_for} if waits_for else {},
    )


def _most_tries(reader: Reader, claimed: Claim) -> int:
    """How often the most tried of the others that its domain refuses because of us was tried."""
    return max(
        (
            int(tries)
            for address, tries in reader.execute(
                f"SELECT {RECIPIENT}, n.tries {_FROM} AND {_UNSENT.format('n')} "
                "AND n.waits_for = 'us' AND n.id <> :id",
                {"id": claimed.notice_id},
            )
            if domain_of(address) == domain_of(claimed.recipient)
        ),
        default=0,
    )


def record_refused(transaction: Transaction, claimed: Claim, reason: str) -> None:
    """Record a refusal for good: the backup address is next, or it is never sent."""
    change = (
        "is_at_backup = 1, next_try_at = NULL, waits_for = NULL"
        if claimed.has_other
        else "ended_at = :now, ended_for = 'refused', secret = NULL, next_try_at = NULL, "
        "waits_for = NULL"
    )
    _settle(transaction, claimed, "notice-refused", change, reason, {"now": clock.stamp()}, {})


def _settle(
    transaction: Transaction,
    claimed: Claim,
    kind: str,
    change: str,
    reason: str,
    facts: Mapping[str, object],
    more: Mapping[str, object],
) -> None:
    """End a claim without a sending, unless it is not ours any more."""
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
    """Give a claim back: the server was not even told of the notice."""
    done = transaction.execute(
        f"UPDATE notice SET claimed_until = NULL, tries = tries - 1 {_MINE}",
        {"id": claimed.notice_id, "claimed_until": claimed.claimed_until},
    )
    if done.rowcount:
        transaction.record("notice-released", claimed.subject, claimed.details)


def address_changed(transaction: Transaction, customer_id: int) -> None:
    """Let what waits go to the customer's address again: it is another one now."""
    transaction.execute(
        "UPDATE notice SET is_at_backup = 0, next_try_at = NULL, waits_for = NULL "
        f"WHERE customer_id = :customer_id AND {_UNSENT.format('notice')}",
        {"customer_id": customer_id},
    )


def end_outdated(transaction: Transaction, notice_id: int) -> None:
    """Record that a notice is not sent: what it tells of is past, or will not happen."""
    ((kind, customer),) = transaction.execute(
        "UPDATE notice SET ended_at = :now, ended_for = 'outdated', secret = NULL, "
        "claimed_until = NULL, next_try_at = NULL, waits_for = NULL WHERE id = :id RETURNING kind, "
        "(SELECT c.slug FROM customer c WHERE c.id = notice.customer_id)",
        {"id": notice_id, "now": clock.stamp()},
    ).fetchall()
    transaction.record(
        "notice-outdated", f"customer/{customer}", {"kind": kind, "notice": notice_id}
    )
