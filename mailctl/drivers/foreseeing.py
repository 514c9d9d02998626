"""What a run would do: the tasks in their order, and what the driver says it would answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailctl.domain.tasks import TaskStatus
from mailctl.drivers.asking import Outcome, asked
from mailctl.drivers.program import Driver
from mailctl.drivers.running import Counts, Setup, request_of
from mailctl.store import task_claims, task_queue
from mailctl.store.engine.reader import Reader
from mailctl.store.task_queue import Waiting
from mailctl.values import Value


class Foreseen(Value, unshown=("hash",)):
    """A task that a run would come to."""

    task: Waiting
    hash: str | None


class Planned(Value):
    """A task, and what would become of it."""

    task: Waiting
    status: TaskStatus
    reason: str | None


def foreseen(reader: Reader, limit: int | None) -> list[Foreseen]:
    """What a run would do of what waits now, `limit` tasks at most, if all goes well."""
    found, tried = [], 0
    for task in task_queue.foreseen(reader):
        tried += task.pointless_for is None
        if limit is not None and tried > limit:
            break
        found.append(Foreseen(task=task, hash=task_claims.password_hash(reader, task)))
    return found


def planned(found: Iterable[Foreseen], setup: Setup, counts: Counts, today: date) -> list[Planned]:
    """What would become of each, as far as the driver can say: of each mailbox the first.

    What comes after that, or gives an address that another one leaves, is taken as done.
    """
    plans: list[Planned] = []
    begun, held, leaving = set[int](), set[int](), set[str]()
    with setup.program.started(timeout=setup.timeout) as driver:
        for one in found:
            task = one.task
            if task.pointless_for is not None:
                counts.skipped += 1
                plans.append(
                    Planned(task=task, status=TaskStatus.SKIPPED, reason=task_claims.why(task))
                )
                continue
            if task.account in held:
                continue
            is_known = task.account in begun or task.address in leaving
            outcome = _DONE if is_known else _outcome(driver, one, setup, today)
            begun.add(task.account)
            leaving.update(task_queue.left_by(task))
            if outcome.status is not TaskStatus.DONE:
                held.add(task.account)
            counts.add(outcome.status)
            plans.append(Planned(task=task, status=outcome.status, reason=outcome.reason))
            if outcome.fault is not None:
                raise outcome.fault
    return plans


_DONE = Outcome(status=TaskStatus.DONE)


def _outcome(driver: Driver, one: Foreseen, setup: Setup, today: date) -> Outcome:
    if one.task.kind not in driver.hello.capabilities:
        reason = f"the driver does not offer {one.task.kind}"
        return Outcome(status=TaskStatus.FAILED, reason=reason)
    request = request_of(one.task, setup, today, hash=one.hash, dry_run=True)
    return request if isinstance(request, Outcome) else asked(driver, request)
