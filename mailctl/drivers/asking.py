"""What a driver is asked for each task, and what its answer means for it (rules 16)."""

from __future__ import annotations

from pathlib import Path

from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.drivers import copies
from mailctl.drivers.program import Driver
from mailctl.drivers.protocol import Answer, Verdict
from mailctl.errors import DriverFailedError, DriverTimeoutError, MailctlError
from mailctl.store.task_queue import Waiting
from mailctl.values import Value

_SUCCESSES = (Verdict.DONE, Verdict.ALREADY)
_GONE_ANYWAY = (TaskKind.WIPE, TaskKind.DELETE)


class Request(Value, unshown=("hash",)):
    """A task as the driver is asked to do it; `folder` is where a copy goes."""

    task: Waiting
    attempt: int
    hash: str | None = None
    folder: Path | None = None
    dry_run: bool = False

    @property
    def keys(self) -> dict[str, object]:
        """What is said beside the id and the kind."""
        task = self.task
        keys: dict[str, object] = {
            "mailbox": task.mailbox,
            "address": task.address,
            "attempt": self.attempt,
            "dry_run": self.dry_run,
        }
        if task.kind is TaskKind.CREATE:
            keys["existing"] = task.mends
        elif task.kind is TaskKind.RENAME:
            keys["old_address"] = task.old_address
        elif task.kind is TaskKind.PASSWORD:
            keys["hash"] = self.hash
        elif task.kind is TaskKind.EXPORT:
            keys |= {"folder": str(self.folder), "format": task.format}
        return keys


class Outcome(Value):
    """What became of a task: done, failed, or still to do.

    `fault` is what was wrong with the driver; `is_interrupted` if nobody waited for its answer.
    """

    status: TaskStatus
    reason: str | None = None
    folder: Path | None = None
    fault: MailctlError | None = None
    is_interrupted: bool = False


def asked(driver: Driver, request: Request) -> Outcome:
    """Have a driver do a task, and look at what it has done as far as that can be seen."""
    task = request.task
    try:
        answer = driver.ask(task.kind, id=task.id, **request.keys)
        if request.folder and answer.verdict in _SUCCESSES and not request.dry_run:
            _check_copy(request.folder, str(task.format), answer)
    except (DriverFailedError, DriverTimeoutError) as error:
        return Outcome(status=TaskStatus.TO_DO, reason=error.message, fault=error)
    return _outcome(request, answer)


def _check_copy(folder: Path, form: str, answer: Answer) -> None:
    fault = copies.fault_of(folder, form, answer.more.get("messages"))
    if fault:
        raise DriverFailedError(f"the driver failed: {fault}")


def _outcome(request: Request, answer: Answer) -> Outcome:
    kind, verdict = request.task.kind, answer.verdict
    if verdict in _SUCCESSES or (verdict is Verdict.ABSENT and kind in _GONE_ANYWAY):
        return Outcome(status=TaskStatus.DONE, folder=request.folder)
    if verdict is Verdict.LATER:
        reason = answer.detail or "the driver cannot do it now"
        return Outcome(status=TaskStatus.TO_DO, reason=reason)
    usual = f"the mail server has no mailbox {request.task.mailbox}"
    if verdict is Verdict.REFUSED:
        usual = "the driver refuses it and does not say why"
    return Outcome(status=TaskStatus.FAILED, reason=answer.detail or usual)
