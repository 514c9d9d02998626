"""What a driver offers: asked before something is commanded that it must do (rules 16)."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.domain.tasks import TaskKind
from mailctl.drivers import program
from mailctl.errors import CapabilityMissingError, NoDriverError

_MEANT = {
    TaskKind.PASSWORD: "set passwords",
    TaskKind.EXPORT: "copy mailboxes",
}


def check_offered(
    kind: TaskKind, settings: Mapping[str, str], *, why: str, owner: int | None
) -> None:
    """Start the driver of these settings and hear whether it does a kind of task.

    NoDriverError where none is set; `why` says what needs it. CapabilityMissingError,
    DriverUnsafeError, DriverFailedError, DriverTimeoutError. Never inside a transaction.
    """
    name = settings["driver"]
    if not name:
        raise NoDriverError(
            f"no driver is set, and {why}",
            hint="mailctl settings set driver dovecot, or the path of a program",
        )
    found = program.of_setting(name, settings, owner=owner)
    with found.started(timeout=int(settings["driver-timeout"])) as driver:
        hello = driver.hello
    if kind not in hello.capabilities:
        raise CapabilityMissingError(
            f"the driver {hello.name} {hello.version} cannot {_MEANT[kind]}, and {why}",
            hint="mailctl settings list",
        )
