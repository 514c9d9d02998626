"""Sending the queue: claim a notice, send it, record the outcome (rules 12).

Each notice is sent at least once: after a crash between sending and recording it is sent again,
under the same Message-ID. No transaction is open while the network is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from mailctl import clock
from mailctl.domain.notices import LEASE, WaitsFor
from mailctl.effects import debit_announcements, held_deletions
from mailctl.effects.after_restore import check_letters
from mailctl.errors import (
    DiskFailedError,
    MailctlError,
    MailFailedError,
    MailNotConfiguredError,
    StoreBusyError,
)
from mailctl.notices import letter, message
from mailctl.notices.letter import Letter
from mailctl.notices.message import Mailbox
from mailctl.notices.refusals import alike
from mailctl.notices.smtp import Connection, Outcome, Server, Verdict, is_this_machine, shortened
from mailctl.store import mail_settings, notice_claims, notice_queue
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.signals import handle_deferred, uninterrupted
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_claims import Claim
from mailctl.store.queries import full_mailboxes, notice_validity
from mailctl.values import Value, replace

COMMAND = "notice send"
RECORD_SECONDS = 120
"""How long to wait for a busy store after sending: an unrecorded notice would be sent twice."""
MOST_IN_A_ROW = 3
"""A run ends after so many messages in a row whose outcome is unknown, and after so many domains in
a row that refuse us in the same words."""
INTERRUPTED = "interrupted while the mail server had it"


class MailSettings(Value):
    """The store's settings for sending mail."""

    host: str
    port: int
    tls: str
    user: str
    password_file: str
    sender: Mailbox

    def server(self, password: Callable[[], str]) -> Server:
        """The server to send through; the password is asked for only if there is a login."""
        return Server(
            host=self.host,
            port=self.port,
            tls=self.tls,
            user=self.user,
            password=password() if self.user else "",
        )


@dataclass(slots=True, kw_only=True)
class Counts:
    """What became of the notices; `left` are still to be sent, now or later.

    Of the delayed ones `refused_us` were refused because of us, the last of them for `why`.
    """

    sent: int = 0
    delayed: int = 0
    refused_us: int = 0
    why: str = ""
    refused: int = 0
    outdated: int = 0
    left: int = 0
    next_try_at: datetime | None = None

    @property
    def tried(self) -> int:
        """How many were given to the server, whatever it answered."""
        return self.sent + self.delayed + self.refused

    @property
    def handled(self) -> int:
        """How many notices were dealt with."""
        return self.sent + self.delayed + self.refused + self.outdated


def mail_settings_of(reader: Reader) -> MailSettings:
    """The settings for sending mail; MailNotConfiguredError if they do not suffice."""
    if mail_settings.is_off(reader):
        raise MailNotConfiguredError(
            "nothing is sent by mail: mail-host is none, so customers are notified by other means",
            hint="mailctl settings set mail-host mail.example.com",
        )
    missing = [name for name in ("mail-host", "mail-from") if not reader.setting(name)]
    if missing:
        raise MailNotConfiguredError(
            f"no mail can be sent: {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not set",
            hint="; ".join(f"mailctl settings set {name} {_EXAMPLES[name]}" for name in missing),
        )
    found = MailSettings(
        host=reader.setting("mail-host"),
        port=reader.setting_number("mail-port"),
        tls=reader.setting("mail-tls"),
        user=reader.setting("mail-user"),
        password_file=reader.setting("mail-password-file"),
        sender=message.mailbox(reader.setting("mail-from"), reader.setting("seller-name")),
    )
    if found.user and found.tls == "none" and not is_this_machine(found.host):
        raise MailNotConfiguredError(
            f"the password would go to {found.host} unprotected: a login needs mail-tls starttls "
            "or tls",
            hint="mailctl settings set mail-tls starttls",
        )
    return found


_EXAMPLES = {"mail-host": "mail.example.com", "mail-from": "billing@example.com"}


def due(reader: Reader, *, retry: bool = False) -> bool:
    """Whether a notice is to be sent now; with `retry`, one that was refused because of us too."""
    closed = set() if retry else notice_queue.closed_domains(reader)
    return any(
        notice_queue.next_id(reader, 0, closed, refused=refused, retry=retry) is not None
        for refused in (False, True)
    )


def planned(
    reader: Reader, *, limit: int | None, retry: bool = False
) -> tuple[Counts, list[notice_queue.Sendable]]:
    """What a run would do if all goes well: the counts, and the notices that would be sent."""
    counts, found = Counts(), []
    for one in notice_queue.sendable(reader, retry=retry):
        if limit is not None and counts.tried >= limit:
            break
        if notice_validity.is_outdated(reader, one.notice_id):
            counts.outdated += 1
        else:
            counts.sent += 1
            found.append(one)
    counts.left = notice_queue.unsent(reader) - counts.handled
    return counts, found


class Sender:
    """A run: the notices that are due, in order, over one connection."""

    def __init__(
        self, store: Store, settings: MailSettings, server: Server, counts: Counts
    ) -> None:
        self._store = store
        self._patient_store = store.patient(RECORD_SECONDS)
        self._settings = settings
        self._connection = Connection(server)
        self._counts = counts
        self._alarming = 0
        self._retry = False
        self._is_refused_round = False
        self._closed: set[str] = set()
        self._reached: set[str] = set()
        self._refused: set[int] = set()
        self._alike: dict[str, str] = {}

    def run(
        self, *, limit: int | None = None, retry: bool = False, going_on: Callable[[], None]
    ) -> None:
        """Send all that is due, `limit` notices at most; MailFailedError if the server fails.

        An outdated notice is not sent, and does not count. With `retry`, what was refused because
        of us is tried early. `going_on` is called after each notice, once it is counted.
        """
        self._retry = retry
        if not retry:
            with self._store.read() as reader:
                self._closed = notice_queue.closed_domains(reader)
        try:
            # What was refused because of us comes second: its text or recipient may be the reason.
            # Then come those that waited behind it.
            for self._is_refused_round in (False, True, False):
                after_id: int | None = 0
                while after_id is not None and (limit is None or self._counts.tried < limit):
                    # Before anything is claimed: an absent server is no notice's failure.
                    self._connection.open()
                    after_id = self._take(after_id)
                    going_on()
            self._connection.close()
        finally:
            self._connection.abandon()

    def _take(self, after_id: int) -> int | None:
        """Handle the next notice; the id to go on from, or None if there was none."""
        notice_id, ready = self._store.change(COMMAND, lambda tx: self._prepare(tx, after_id))
        if notice_id is None or notice_id in self._refused:
            return notice_id
        if ready is None:
            self._counts.outdated += 1
            return notice_id
        claimed, sent, kept = ready
        outcome = self._send_and_record(claimed, sent, kept)
        self._check_server(outcome)
        self._check_refusals(outcome, claimed)
        again = outcome.verdict is Verdict.REFUSED and claimed.has_other
        return notice_id - 1 if again else notice_id

    def _prepare(
        self, tx: Transaction, after_id: int
    ) -> tuple[int | None, tuple[Claim, Letter, Letter] | None]:
        """The next notice, claimed, with its letter and how that is kept; None if outdated."""
        check_letters(tx)
        notice_id = notice_queue.next_id(
            tx, after_id, self._closed, refused=self._is_refused_round, retry=self._retry
        )
        if notice_id is None or notice_id in self._refused:
            return notice_id, None
        customer = notice_queue.customer_of(tx, notice_id)
        # Nobody else writes meanwhile (scopes.py): what was read is not old.
        tx.hold(customer)
        if notice_validity.is_outdated(tx, notice_id):
            notice_queue.end_outdated(tx, notice_id)
            # Another notice announces the debit that this one would have announced.
            debit_announcements.announce_of(tx, customer)
            return notice_id, None
        claimed = notice_claims.claim(tx, notice_id, self._settings.sender.domain)
        held_deletions.postpone(tx, notice_id)
        debit_announcements.fix_days(tx, notice_id)
        notice_claims.leave_out_others(
            tx, notice_id, notice_validity.accounts_still_named(tx, notice_id)
        )
        sent = letter.compose(tx, notice_id)
        kept = sent
        if claimed.secret:
            kept = letter.compose(tx, notice_id, with_secret=False, with_html=False)
        return notice_id, (claimed, sent, kept)

    def _send_and_record(self, claimed: Claim, sent: Letter, kept: Letter) -> Outcome:
        outcome: Outcome | None = None
        try:
            outcome = self._deliver(claimed, sent)
            if outcome.other_may_do and claimed.has_other:
                outcome = replace(outcome, verdict=Verdict.REFUSED)
        finally:
            # A signal waits until the outcome is recorded.
            with uninterrupted():
                known = self._unfinished() if outcome is None else outcome
                outcome = self._record(claimed, known, kept) or outcome
        assert outcome is not None
        handle_deferred()
        return outcome

    def _deliver(self, claimed: Claim, sent: Letter) -> Outcome:
        try:
            recipient = message.mailbox(claimed.recipient, claimed.name)
        except ValueError as error:
            return Outcome(verdict=Verdict.REFUSED, reason=shortened(str(error)))
        mail = message.write(
            sent,
            sender=self._settings.sender,
            recipient=recipient,
            message_id=claimed.message_id,
            at=clock.now(),
        )
        secret = claimed.secret or ""
        began = monotonic()
        try:
            return self._connection.deliver(mail, secret=secret)
        except MailFailedError:
            # A server may close a connection after many messages: try once more on a new one.
            if not self._connection.has_worked:
                raise
            self._connection.open()
            if monotonic() - began > LEASE.total_seconds() / 3:
                raise
            return self._connection.deliver(mail, secret=secret)

    def _unfinished(self) -> Outcome | None:
        if self._connection.is_in_doubt:
            return Outcome(verdict=Verdict.DELAYED, reason=INTERRUPTED)
        return None

    def _record(self, claimed: Claim, outcome: Outcome | None, kept: Letter) -> Outcome | None:

        def keep(tx: Transaction) -> Outcome | None:
            tx.hold(notice_queue.customer_of(tx, claimed.notice_id))
            came = outcome
            if came is not None and came.verdict is Verdict.FULL:
                came = _of_a_full_mailbox(tx, claimed, came)
            self._settle(tx, claimed, came, kept)
            return came

        try:
            outcome = self._patient_store.change(COMMAND, keep)
        except (StoreBusyError, DiskFailedError) as error:
            if outcome is None or outcome.verdict is not Verdict.SENT:
                raise
            raise _unrecorded(claimed, error) from error
        self._count(claimed, outcome)
        return outcome

    def _settle(
        self, tx: Transaction, claimed: Claim, outcome: Outcome | None, kept: Letter
    ) -> None:
        if outcome is None:
            notice_claims.release(tx, claimed)
        elif outcome.verdict is Verdict.SENT:
            notice_claims.record_sent(
                tx, claimed, language=kept.language, subject=kept.subject, body=kept.text
            )
        elif outcome.verdict is Verdict.REFUSED:
            notice_claims.record_refused(tx, claimed, outcome.reason)
        else:
            notice_claims.record_delayed(
                tx, claimed, outcome.reason, waits_for=self._waits_for(claimed, outcome)
            )

    def _count(self, claimed: Claim, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        self._counts.sent += outcome.verdict is Verdict.SENT
        self._counts.refused += outcome.verdict is Verdict.REFUSED and not claimed.has_other
        self._counts.delayed += outcome.verdict in _DELAYED
        if outcome.verdict is Verdict.OURS:
            self._counts.refused_us += 1
            self._counts.why = outcome.reason

    def _check_server(self, outcome: Outcome) -> None:
        self._alarming = self._alarming + 1 if outcome.is_alarming else 0
        if self._alarming >= MOST_IN_A_ROW:
            raise MailFailedError(
                f"the mail server {self._settings.host}:{self._settings.port} took none of "
                f"{MOST_IN_A_ROW} messages in a row: {outcome.reason}",
                hint="mailctl notice list --unsent; then, when it works again: mailctl notice send",
            )

    def _waits_for(self, claimed: Claim, outcome: Outcome) -> WaitsFor | None:
        if outcome.verdict is not Verdict.OURS:
            return WaitsFor.FULL if outcome.verdict is Verdict.FULL else None
        is_alone = claimed.is_alone or notice_queue.domain_of(claimed.recipient) in self._reached
        return WaitsFor.US_ALONE if is_alone else WaitsFor.US

    def _check_refusals(self, outcome: Outcome, claimed: Claim) -> None:
        """Close a domain whose server refuses us; end the run if several do in a row."""
        domain = notice_queue.domain_of(claimed.recipient)
        if outcome.verdict is Verdict.SENT:
            self._reached.add(domain)
        if outcome.verdict is not Verdict.OURS:
            self._alike.clear()
            return
        self._refused.add(claimed.notice_id)
        if self._waits_for(claimed, outcome) is WaitsFor.US:
            self._closed.add(domain)
        text = alike(outcome.reason)
        if text not in self._alike.values():
            self._alike.clear()
        self._alike[domain] = text
        if len(self._alike) >= MOST_IN_A_ROW:
            raise MailFailedError(
                f"mail to {MOST_IN_A_ROW} domains in a row was refused alike, because of us and "
                f"not of the recipients: {outcome.reason}",
                hint="check mail-from and mail-user: mailctl settings list; then: "
                "mailctl notice send --retry",
            )


_DELAYED = (Verdict.DELAYED, Verdict.FULL, Verdict.OURS)


def _of_a_full_mailbox(tx: Transaction, claimed: Claim, outcome: Outcome) -> Outcome:
    """A mailbox that has been full for days counts as one that refuses (rules 12)."""
    if full_mailboxes.is_full_for_long(tx, claimed):
        return replace(outcome, verdict=Verdict.REFUSED)
    return outcome


def _unrecorded(claimed: Claim, error: MailctlError) -> MailctlError:
    minutes = int(LEASE.total_seconds()) // 60
    return type(error)(
        f"notice {claimed.notice_id} was sent to {claimed.recipient}, but that is not recorded: "
        f"{error.message}",
        hint=f"it is sent once more, with the same Message-ID, by a mailctl notice send more than "
        f"{minutes} minutes from now",
    )


def count_rest(reader: Reader, counts: Counts) -> None:
    """Count what is left, and note when the first of it is tried again."""
    counts.left = notice_queue.unsent(reader)
    counts.next_try_at = notice_queue.next_try_at(reader)
