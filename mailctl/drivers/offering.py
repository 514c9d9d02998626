"""What a driver offers: asked before something is commanded that it must do (rules 16)."""

from __future__ import annotations

from mailctl.domain.tasks import TaskKind
from mailctl.drivers.program import Program
from mailctl.errors import CapabilityMissingError
from mailctl.hints import command

_MEANT = {TaskKind.PASSWORD: "sets no passwords", TaskKind.EXPORT: "copies no mailboxes"}


def check_offered(program: Program, kind: TaskKind, *, timeout: float) -> None:
    """Start a driver and hear whether it does a kind of task; never inside a transaction.

    CapabilityMissingError, DriverFailedError, DriverTimeoutError.
    """
    with program.started(timeout=timeout) as driver:
        hello = driver.hello
    if kind not in hello.capabilities:
        raise CapabilityMissingError(
            f"the driver {hello.name} {hello.version} {_MEANT.get(kind, f'does no {kind}')}",
            hint=command("driver", "check", program.name),
        )
