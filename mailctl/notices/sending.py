"""Sending the queue: claim a notice, send it, record the outcome (rules 12).

Each notice is sent at least once: after a crash between sending and recording it is sent again,
under the same Message-ID. No transaction is open while the network is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic

from mailctl import clock
from mailctl.domain.notices import LEASE, WaitsFor
from mailctl.effects import debit_announcements, held_deletions
from mailctl.effects.after_restore import check_letters
from mailctl.errors import DiskFailedError, MailctlError, MailFailedError, StoreBusyError
from mailctl.notices import letter, message
from mailctl.notices.attaching import (
    CANNOT_BE_MADE,
    Maker,
    keep,
    too_large,
    why_not,
)
from mailctl.notices.letter import Letter
from mailctl.notices.planning import Counts
from mailctl.notices.post import MailSettings
from mailctl.notices.refusals import alike
from mailctl.notices.smtp import Connection, Outcome, Server, Verdict, shortened
from mailctl.store import document_files, notice_claims, notice_queue
from mailctl.store.document_files import DocumentFile
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


class Ready(Value):
    """A notice that this process has claimed, its letter, and what is kept of that."""

    claimed: Claim
    sent: Letter
    kept: Letter


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
        self._maker = Maker(store)
        self._retry = False
        self._is_refused_round = False
        self._closed: set[str] = set()
        self._reached: set[str] = set()
        self._tried: set[int] = set()
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
            with self._maker:
                # What was refused because of us comes second: its text or recipient may be the
                # reason. Then come those that waited behind it.
                for self._is_refused_round in (False, True, False):
                    self._go_through(limit, going_on)
            self._connection.close()
        finally:
            self._connection.abandon()

    def _go_through(self, limit: int | None, going_on: Callable[[], None]) -> None:
        after_id: int | None = 0
        while after_id is not None and (limit is None or self._counts.tried < limit):
            # Before anything is claimed: an absent server is no notice's failure.
            self._connection.open()
            after_id = self._take(after_id)
            going_on()

    def _take(self, after_id: int) -> int | None:
        """Handle the next notice; the id to go on from, or None if there was none."""
        notice_id, ready = self._store.change(COMMAND, lambda tx: self._prepare(tx, after_id))
        if notice_id is None or notice_id in self._tried:
            return notice_id
        if ready is None:
            self._counts.outdated += 1
            return notice_id
        claimed, outcome = ready.claimed, self._send_and_record(ready)
        if outcome.verdict is Verdict.DOCUMENT:
            self._tried.add(notice_id)
        else:
            self._check_server(outcome)
            self._check_refusals(outcome, claimed)
        again = outcome.verdict is Verdict.REFUSED and claimed.has_other
        return notice_id - 1 if again else notice_id

    def _prepare(self, tx: Transaction, after_id: int) -> tuple[int | None, Ready | None]:
        """The next notice, claimed and with its letter; None if outdated."""
        check_letters(tx)
        notice_id = notice_queue.next_id(
            tx, after_id, self._closed, refused=self._is_refused_round, retry=self._retry
        )
        if notice_id is None or notice_id in self._tried:
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
        return notice_id, Ready(claimed=claimed, sent=sent, kept=kept)

    def _send_and_record(self, ready: Ready) -> Outcome:
        outcome: Outcome | None = None
        claimed = ready.claimed
        try:
            outcome = self._with_files(ready)
            if outcome.other_may_do and claimed.has_other:
                outcome = replace(outcome, verdict=Verdict.REFUSED)
        finally:
            # A signal waits until the outcome is recorded.
            with uninterrupted():
                known = self._unfinished() if outcome is None else outcome
                outcome = self._record(ready, known) or outcome
        assert outcome is not None
        handle_deferred()
        return outcome

    def _with_files(self, ready: Ready) -> Outcome:
        """Deliver a letter with its documents; DOCUMENT where these stand in its way."""
        try:
            files = {one.name: self._content(ready.claimed, one) for one in ready.sent.files}
        except CANNOT_BE_MADE as error:
            return Outcome(verdict=Verdict.DOCUMENT, reason=why_not(error))
        outcome = self._deliver(ready.claimed, ready.sent, files)
        if files and outcome.is_too_large:
            return replace(
                outcome,
                verdict=Verdict.DOCUMENT,
                reason=too_large(outcome.reason),
            )
        return outcome

    def _content(self, claimed: Claim, file: DocumentFile) -> bytes:
        """The file of a document, kept before it leaves for the first time."""
        with self._store.read() as reader:
            content = document_files.kept(reader, file.invoice_id, file.format)
        if content is not None:
            return content
        content = self._maker.made(file, claimed.customer)

        def kept(tx: Transaction) -> bytes:
            tx.hold(notice_queue.customer_of(tx, claimed.notice_id))
            return keep(tx, file, content, subject=claimed.subject)

        return self._store.change(COMMAND, kept)

    def _deliver(self, claimed: Claim, sent: Letter, files: Mapping[str, bytes]) -> Outcome:
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
            files=files,
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

    def _record(self, ready: Ready, outcome: Outcome | None) -> Outcome | None:
        claimed = ready.claimed

        def keep(tx: Transaction) -> Outcome | None:
            tx.hold(notice_queue.customer_of(tx, claimed.notice_id))
            came = outcome
            if came is not None and came.verdict is Verdict.FULL:
                came = _of_a_full_mailbox(tx, claimed, came)
            self._settle(tx, ready, came)
            return came

        try:
            outcome = self._patient_store.change(COMMAND, keep)
        except (StoreBusyError, DiskFailedError) as error:
            if outcome is None or outcome.verdict is not Verdict.SENT:
                raise
            raise _unrecorded(claimed, error) from error
        self._count(claimed, outcome)
        return outcome

    def _settle(self, tx: Transaction, ready: Ready, outcome: Outcome | None) -> None:
        claimed, kept = ready.claimed, ready.kept
        if outcome is None:
            notice_claims.release(tx, claimed)
        elif outcome.verdict is Verdict.SENT:
            notice_claims.record_sent(
                tx,
                claimed,
                language=kept.language,
                subject=kept.subject,
                body=kept.text,
                document_format=kept.files[0].format if kept.files else None,
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
        if outcome.verdict is Verdict.DOCUMENT:
            self._counts.undocumented += 1
            self._counts.lacking = outcome.reason

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
            return _WAITS.get(outcome.verdict)
        is_alone = (
            outcome.is_too_large
            or claimed.is_alone
            or notice_queue.domain_of(claimed.recipient) in self._reached
        )
        return WaitsFor.US_ALONE if is_alone else WaitsFor.US

    def _check_refusals(self, outcome: Outcome, claimed: Claim) -> None:
        """Close a domain whose server refuses us; end the run if several do in a row."""
        domain = notice_queue.domain_of(claimed.recipient)
        if outcome.verdict is Verdict.SENT:
            self._reached.add(domain)
        if outcome.verdict is not Verdict.OURS:
            self._alike.clear()
            return
        self._tried.add(claimed.notice_id)
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


_DELAYED = (Verdict.DELAYED, Verdict.FULL, Verdict.OURS, Verdict.DOCUMENT)
_WAITS = {Verdict.FULL: WaitsFor.FULL, Verdict.DOCUMENT: WaitsFor.DOCUMENT}


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
