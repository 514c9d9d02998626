"""Doing the mail server's tasks: claim one, have the driver do it, record what it answers.

Each is done at least once: after a crash between doing and recording it is done again, which a
driver must bear. No transaction is open while the driver works (rules 16).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mailctl.domain.tasks import TaskKind, TaskStatus, lease
from mailctl.drivers import copies
from mailctl.drivers.asking import Outcome, Request, asked
from mailctl.drivers.chosen import chosen
from mailctl.drivers.program import Driver, Program
from mailctl.errors import (
    DiskFailedError,
    DriverTimeoutError,
    ExportUnsafeError,
    MailctlError,
    StoreBusyError,
)
from mailctl.store import task_claims, task_queue
from mailctl.store.engine.location import Location, owner_of
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.signals import handle_deferred, uninterrupted
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.task_claims import Claim
from mailctl.store.task_queue import Waiting
from mailctl.values import Value, replace

COMMAND = "task run"
RECORD_SECONDS = 120
"""How long to wait for a busy store after a task was done: unrecorded, it would be done twice."""
MOST_IN_A_ROW = 3
"""A run ends after so many tasks in a row that the driver does not answer in time."""
_MOST_AT_ONCE = 100
"""So many tasks that are not given to the driver are dealt with in one transaction."""
_INTERRUPTED = Outcome(
    status=TaskStatus.TO_DO, reason="interrupted while the driver had it", is_interrupted=True
)


class Setup(Value):
    """What the settings say about a run: the driver, its time, and where copies are kept.

    `owner` is the user whose store it is.
    """

    program: Program
    timeout: int
    export_dir: str
    export_days: int
    owner: int | None


@dataclass(slots=True, kw_only=True)
class Counts:
    """What became of the tasks; `left` are still to be done, `unadopted` of these wait for that.

    Of the delayed ones the driver did not answer `unanswered` in time. `all_failed` are those of
    earlier runs too. `uncompared` wait until the mail server is compared, after a restore.
    """

    done: int = 0
    failed: int = 0
    delayed: int = 0
    skipped: int = 0
    unanswered: int = 0
    left: int = 0
    unadopted: int = 0
    uncompared: int = 0
    all_failed: int = 0
    next_try_at: str | None = None

    @property
    def tried(self) -> int:
        """How many were for the driver, whatever it answered."""
        return self.done + self.failed + self.delayed

    @property
    def handled(self) -> int:
        """How many tasks were dealt with."""
        return self.tried + self.skipped

    def add(self, status: TaskStatus) -> None:
        """Count what became of a task that was for the driver."""
        self.done += status is TaskStatus.DONE
        self.failed += status is TaskStatus.FAILED
        self.delayed += status is TaskStatus.TO_DO


def setup_of(reader: Reader, location: Location, *, driver: str | None = None) -> Setup:
    """What a run needs; `driver` stands for the setting.

    NoDriverError where there is none, DriverUnsafeError where others could change its program.
    """
    return Setup(
        program=chosen(reader, location, driver),
        timeout=reader.setting_number("driver-timeout"),
        export_dir=reader.setting("export-dir"),
        export_days=reader.setting_number("export-days"),
        owner=owner_of(location),
    )


def request_of(
    task: Waiting, setup: Setup, today: date, *, hash: str | None = None, dry_run: bool = False
) -> Request | Outcome:
    """What the driver is asked for a task; or what becomes of it where it cannot be asked."""
    request = Request(task=task, attempt=task.tries + 1, hash=hash, dry_run=dry_run)
    if task.kind is not TaskKind.EXPORT:
        return request
    if task.folder is None and not setup.export_dir:
        reason = "there is no folder for the copy: mailctl settings set export-dir"
        return Outcome(status=TaskStatus.FAILED, reason=reason)
    folder = (
        copies.before_deletion(setup.export_dir, task, today)
        if task.folder is None
        else copies.unused(task.folder)
    )
    if not folder.parent.is_dir():
        reason = f"the folder {folder.parent} for copies does not exist"
        return Outcome(status=TaskStatus.TO_DO, reason=reason)
    try:
        copies.check_place(folder.parent, setup.owner)
    except ExportUnsafeError as error:
        return Outcome(status=TaskStatus.TO_DO, reason=error.message)
    return replace(request, folder=folder)


class _Step(Value):
    """What one transaction did besides recording an outcome; `is_through` if nothing is left."""

    is_recorded: bool
    skipped: int
    impossible: int
    after_id: int
    today: date
    claimed: Claim | None
    is_through: bool


class Runner:
    """A run: what can be done, in order, by one process of the driver after the other."""

    def __init__(self, store: Store, setup: Setup, counts: Counts) -> None:
        self._store = store
        self._patient_store = store.patient(RECORD_SECONDS)
        self._setup = setup
        self._counts = counts
        self._limit: int | None = None
        self._after_id = 0
        self._today = date.min
        self._claimed: Claim | None = None
        self._fault: MailctlError | None = None
        self._in_a_row = 0

    def run(self, *, limit: int | None = None, going_on: Callable[[], None]) -> None:
        """Do all that can be done, `limit` tasks at most; skipped ones do not count.

        DriverFailedError where the driver does not keep to the protocol, DriverTimeoutError where
        it answers nothing in time, several times in a row: what was done until then is recorded.
        `going_on` is called after each task, once it is counted.
        """
        self._limit = limit
        try:
            is_through = False
            while not is_through:
                is_through = self._go(going_on)
        finally:
            if self._claimed is not None:
                self._give_back(self._claimed)

    def _go(self, going_on: Callable[[], None]) -> bool:
        """Do what one process of the driver does; whether no other has to go on."""
        try:
            # Before anything is claimed: a driver that cannot be started is no task's failure.
            with self._setup.program.started(timeout=self._setup.timeout) as driver:
                self._advance(driver, None, None)
                while self._claimed is not None:
                    self._fault = self._do(driver, self._claimed).fault
                    going_on()
                    if self._fault is not None:
                        raise self._fault
        except DriverTimeoutError as error:
            if error is not self._fault:
                raise
            self._counts.unanswered += 1
            self._in_a_row += 1
            if self._in_a_row >= MOST_IN_A_ROW:
                raise
            return False
        return True

    def _do(self, driver: Driver, claimed: Claim) -> Outcome:
        request = request_of(claimed.task, self._setup, self._today, hash=claimed.hash)
        outcome: Outcome | None = None
        self._claimed = None
        try:
            outcome = request if isinstance(request, Outcome) else asked(driver, request)
        finally:
            # A signal waits until the outcome is recorded.
            with uninterrupted():
                known = _INTERRUPTED if outcome is None else outcome
                self._advance(driver, claimed, known)
        if outcome.fault is None:
            self._in_a_row = 0
        handle_deferred()
        return outcome

    def _advance(self, driver: Driver, claimed: Claim | None, outcome: Outcome | None) -> None:
        """Record what became of a task, and claim the next one, in one transaction.

        Many that need not be given to the driver are dealt with in several.
        """
        tried = self._counts.tried + (outcome is not None)
        is_going_on = outcome is None or not (outcome.fault or outcome.is_interrupted)
        while True:
            claims = is_going_on and (self._limit is None or tried < self._limit)
            step = self._stepped(driver, claimed, outcome, claims=claims)
            if step.is_recorded and outcome is not None:
                self._counts.add(outcome.status)
            self._counts.skipped += step.skipped
            self._counts.failed += step.impossible
            self._after_id, self._today, self._claimed = step.after_id, step.today, step.claimed
            if step.claimed is not None or step.is_through:
                return
            claimed, outcome, tried = None, None, self._counts.tried

    def _stepped(
        self, driver: Driver, claimed: Claim | None, outcome: Outcome | None, *, claims: bool
    ) -> _Step:
        store = self._store if claimed is None else self._patient_store
        try:
            return store.change(
                COMMAND, lambda tx: self._step(tx, driver, claimed, outcome, claims=claims)
            )
        except (StoreBusyError, DiskFailedError) as error:
            if claimed is None or outcome is None or outcome.status is TaskStatus.TO_DO:
                raise
            raise _unrecorded(claimed, outcome, error) from error

    def _step(
        self,
        tx: Transaction,
        driver: Driver,
        claimed: Claim | None,
        outcome: Outcome | None,
        *,
        claims: bool,
    ) -> _Step:
        is_recorded = False
        if claimed is not None and outcome is not None:
            tx.hold(claimed.task.customer)
            is_recorded = _settle(tx, claimed, outcome)
        skipped = impossible = 0
        after_id, taken, is_through = self._after_id, None, not claims
        while not is_through and taken is None and skipped + impossible < _MOST_AT_ONCE:
            task = task_queue.next_task(tx, after_id)
            if task is None:
                # What waited for another run's task may be among those that were passed.
                is_through, after_id = after_id == 0, 0
                continue
            # Nobody else writes meanwhile (scopes.py): what was read is not old.
            tx.hold(task.customer)
            after_id = task.id
            if task.pointless_for is not None:
                task_claims.skip(tx, task)
                skipped += 1
            elif task.kind not in driver.hello.capabilities:
                task_claims.record_impossible(
                    tx, task, self._name, f"the driver does not offer {task.kind}"
                )
                impossible += 1
            else:
                until = lease(task.kind, self._setup.timeout)
                taken = task_claims.claim(tx, task, self._name, until)
        return _Step(
            is_recorded=is_recorded,
            skipped=skipped,
            impossible=impossible,
            after_id=after_id,
            today=tx.today,
            claimed=taken,
            is_through=is_through,
        )

    @property
    def _name(self) -> str:
        return self._setup.program.name

    def _give_back(self, claimed: Claim) -> None:
        """Let another run have a task that the driver was not asked to do."""

        def body(tx: Transaction) -> None:
            tx.hold(claimed.task.customer)
            task_claims.release(tx, claimed)

        with uninterrupted():
            self._store.change(COMMAND, body)


def _settle(tx: Transaction, claimed: Claim, outcome: Outcome) -> bool:
    """Record an outcome; whether the task was still this run's."""
    if outcome.status is TaskStatus.DONE:
        folder = str(outcome.folder) if outcome.folder else None
        return task_claims.record_done(tx, claimed, folder=folder)
    reason = str(outcome.reason)
    if outcome.status is TaskStatus.FAILED:
        return task_claims.record_failed(tx, claimed, reason)
    return task_claims.record_delayed(tx, claimed, reason, is_waiting=not outcome.is_interrupted)


def _unrecorded(claimed: Claim, outcome: Outcome, error: MailctlError) -> MailctlError:
    what = "done" if outcome.status is TaskStatus.DONE else "answered"
    return type(error)(
        f"task {claimed.task.id} was {what}, but that is not recorded: {error.message}",
        hint=f"it is done once more by a mailctl task run after {claimed.claimed_until}, which the "
        "driver must bear",
    )


def count_rest(reader: Reader, counts: Counts) -> None:
    """Count what is left, and note when the first of it is tried again."""
    left = task_queue.left(reader)
    counts.left, counts.unadopted = left.tasks, left.unadopted
    counts.uncompared = left.uncompared
    counts.next_try_at, counts.all_failed = left.next_try_at, left.failed
