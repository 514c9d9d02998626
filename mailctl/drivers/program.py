"""A driver as it is set: whether its program may be run, and what it is asked.

`with program.started(timeout=60) as driver:` starts it, hears its first line and gives it its
settings; `driver.ask(…)` waits for each answer (rules 16).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mailctl.domain.setting_values import SHIPPED_DRIVERS
from mailctl.domain.tasks import COPY_SECONDS, TaskKind
from mailctl.drivers import child
from mailctl.drivers.protocol import (
    Answer,
    AskedFor,
    Hello,
    Verdict,
    answer_of,
    capabilities_of,
    hello_of,
    line_of,
)
from mailctl.errors import DriverFailedError, DriverTimeoutError, DriverUnsafeError
from mailctl.hints import command
from mailctl.values import Value, replace
from mailctl.write_access import exposed_on_the_way, reason_of

_SHORTEST_SECRET = 12


class Program(Value):
    """A driver's program: its name in the setting, how it is started, and its settings."""

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, str]

    @contextmanager
    def started(self, *, timeout: float) -> Iterator[Driver]:
        """The driver at work, in a process of its own that ends with the block.

        It has heard its settings; `timeout` are the seconds that it may take for each answer.
        DriverFailedError, DriverTimeoutError.
        """
        with self._named_in_hints():
            driver = Driver(child.Child(self.command), timeout)
            try:
                driver.begin(self.settings)
                yield driver
            finally:
                driver.end()

    @contextmanager
    def _named_in_hints(self) -> Iterator[None]:
        try:
            yield
        except (DriverFailedError, DriverTimeoutError) as error:
            error.hint = command("driver", "check", self.name)
            raise


class Driver:
    """A driver that was started: who it says it is, and its answers."""

    def __init__(self, process: child.Child, timeout: float) -> None:
        self.hello = Hello(
            name="", version="", capabilities=frozenset(), delivery_while_suspended=False
        )
        self.timeout = timeout
        self.status: int | None = None
        """After `end`: its exit status, if it ended by itself when its input ended."""
        self._process = process
        self._last_id = 0
        self.is_well = True
        """Whether it can be asked: it owes no answer, and has not failed."""
        self._has_ended = False

    def begin(self, settings: Mapping[str, str]) -> None:
        """Hear its first line and give it its settings; DriverFailedError where it wants others."""
        self.is_well = False
        self.hello = hello_of(self._process.exchanged(b"", self.timeout))
        request = {"id": 0, "kind": AskedFor.SETTINGS, "settings": dict(settings)}
        answer = self._asked(0, request, self.timeout)
        if answer.verdict not in (Verdict.DONE, Verdict.ALREADY):
            raise DriverFailedError(
                f"the driver {self.hello.name} cannot work with its settings: "
                f"{answer.detail or answer.verdict}"
            )
        if "capabilities" in answer.more:
            given = answer.more["capabilities"]
            self.hello = replace(self.hello, capabilities=capabilities_of(given, b""))

    def ask(self, kind: str, *, id: int | None = None, **keys: object) -> Answer:
        """Ask for one thing and wait for the answer; without an id it gets one of its own.

        DriverFailedError where what comes back is no answer to it, DriverTimeoutError where nothing
        comes in time: whether it was done is unknown then, and the driver is asked nothing more.
        """
        if not self.is_well:
            raise DriverFailedError("the driver failed before, and is asked nothing more")
        id = self._last_id + 1 if id is None else id
        self._last_id = max(id, self._last_id)
        if isinstance(hashed := keys.get("hash"), str):
            parts = [part for part in hashed.split("$") if len(part) >= _SHORTEST_SECRET]
            self._process.secrets.update(secret.encode() for secret in (hashed, *parts))
        seconds = max(self.timeout, COPY_SECONDS) if kind == TaskKind.EXPORT else self.timeout
        return self._asked(id, {"id": id, "kind": kind, **keys}, seconds)

    def end(self, *, at_once: bool = False) -> None:
        """End its input, then itself; one that failed or owes an answer gets no time for it.

        `at_once` it is killed.
        """
        if self._has_ended:
            return
        self._has_ended = True
        self.status = self._process.end(
            ends_in=child.ENDS_IN_SECONDS if self.is_well and not at_once else 0,
            stops_in=0 if at_once else child.STOPS_IN_SECONDS,
        )
        self.is_well = False

    def _asked(self, id: int, request: Mapping[str, object], seconds: float) -> Answer:
        self.is_well = False
        line = self._process.exchanged(line_of(request), seconds)
        answer = answer_of(self._process.without_secrets(line), id)
        self.is_well = True
        return answer


def of_setting(text: str, settings: Mapping[str, str], *, owner: int | None = None) -> Program:
    """The driver of that name or absolute path, with its own of all settings.

    DriverUnsafeError where others than root, this user and `owner`, the store's, could change it.
    """
    if text in SHIPPED_DRIVERS:
        own = {name: value for name, value in settings.items() if name.startswith(f"{text}-")}
        words = (sys.executable, "-I", "-m", f"mailctl.drivers.{text}")
        return Program(name=text, command=words, settings=own)
    _check_safe(text, {0, os.geteuid(), os.geteuid() if owner is None else owner})
    return Program(name=text, command=(text,), settings={})


def _check_safe(text: str, trusted: set[int]) -> None:
    path = Path(text)
    if not path.is_absolute():
        raise DriverUnsafeError(
            f"a driver is named by its absolute path, not {text!r}",
            hint=command("driver", "check", Path.cwd() / text),
        )
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise DriverFailedError(
            f"the driver {text} cannot be started: {getattr(error, 'strerror', None) or error}",
            hint=f"ls -l {_quoted(path)}",
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise DriverUnsafeError(f"the driver {text} is no ordinary file", hint=f"ls -l {text}")
    exposed = exposed_on_the_way(path, trusted)
    if exposed is not None:
        what, place, reason = f"the {exposed.what} {exposed.place}", exposed.place, exposed.reason
    else:
        own_reason = reason_of(found, trusted, is_own=True)
        if own_reason is None:
            _check_executable(path)
            return
        what, place, reason = "it", path.resolve(), own_reason
    helps = "chown root" if reason.startswith("belongs") else "chmod go-w"
    raise DriverUnsafeError(
        f"others could have the driver {text} do what they like: {what} {reason}",
        hint=f"{helps} {_quoted(place)}",
    )


def _check_executable(path: Path) -> None:
    if not os.access(path, os.X_OK):
        raise DriverFailedError(
            f"the driver {path} cannot be started: it is not executable",
            hint=f"chmod +x {_quoted(path)}",
        )


def _quoted(path: Path) -> str:
    from shlex import quote

    return quote(str(path))
