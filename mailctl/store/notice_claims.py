"""Which process may send which notice, and what happened to it (rules 12).

A notice is claimed in a transaction of its own, sent outside of any, and its outcome recorded in
another. A claim without an outcome lapses; then the notice is sent again, under the same
Message-ID.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mailctl import clock
from mailctl.domain.documents import DocumentFormat
from mailctl.domain.notices import LEASE, NoticeKind, WaitsFor, delay_after
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unsent, recipient
from mailctl.store.notice_queue import UNSENT, domain_of
from mailctl.values import Value


class Claim(Value, unshown=("secret",)):
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
    secret: str | None

    @property
    def subject(self) -> str:
        """What the journal's rows are about."""
        return f"customer/{self.customer}"

    @property
    def details(self) -> dict[str, object]:
        """What the journal's rows say."""
        return {"kind": self.kind, "notice": self.notice_id, "try": self.tries}


class _Claimable(Value, unshown=("secret",)):
    kind: NoticeKind
    customer: str
    name: str
    recipient: str
    backup_email: str | None
    is_at_backup: bool
    message_id: str | None
    tries: int
    waits_for: WaitsFor | None
    secret: str | None


_CLAIMABLE = f"""
    SELECT
        n.kind, c.slug AS customer, c.name, {recipient("n", "c")} AS recipient, c.backup_email,
        n.is_at_backup, n.message_id, n.tries, n.waits_for, n.secret
    FROM notice n
    JOIN customer c ON c.id = n.customer_id
    WHERE n.id = :id
"""


def claim(transaction: Transaction, notice_id: int, domain: str) -> Claim:
    """Claim a notice that `next_id` gave in this transaction; `domain` is the sender's."""
    (notice,) = transaction.facts(_Claimable, _CLAIMABLE, {"id": notice_id})
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
        claimed_until=clock.stamp(after=LEASE),
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


_MINE = f"""
    WHERE id = :id AND claimed_until = :claimed_until AND {is_unsent("notice")}
"""


def record_sent(
    transaction: Transaction,
    claimed: Claim,
    *,
    language: str,
    subject: str,
    body: str,
    document_format: DocumentFormat | None = None,
) -> None:
    """Record that the server has accepted it, and what the customer reads, without the token.

    It does not matter that the claim has lapsed meanwhile: it was sent. Nothing is kept of a
    customer who was erased meanwhile.
    """
    done = transaction.execute(
        f"""
        UPDATE notice
        SET sent_at = :now, claimed_until = NULL, next_try_at = NULL, waits_for = NULL,
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
        INSERT INTO notice_text (notice_id, language, recipient, subject, body, document_format)
        VALUES (:id, :language, :recipient, :subject, :body, :document_format)
        """,
        {
            "id": claimed.notice_id,
            "language": language,
            "recipient": claimed.recipient,
            "subject": subject,
            "body": body,
            "document_format": document_format,
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
    _give_back(
        transaction,
        claimed,
        "notice-delayed",
        "next_try_at = :next_try_at, waits_for = :waits_for",
        reason,
        {"next_try_at": clock.stamp(after=delay_after(tries)), "waits_for": waits_for},
        {"waits_for": waits_for} if waits_for else {},
    )


class _Tried(Value):
    recipient: str
    tries: int


def _most_tries(reader: Reader, claimed: Claim) -> int:
    """The most tries of the other notices that the same domain refuses because of us."""
    others = reader.each(
        _Tried,
        f"""
        SELECT {recipient("n", "c")} AS recipient, n.tries
        {UNSENT}
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
