"""A driver's process: started in a clean environment, spoken to line by line, and always ended.

Nothing that it does can block or flood us: every line has a time limit and a longest length, and
what it says without being asked is an error. It has a process group of its own, which is ended
with it.
"""

from __future__ import annotations

import errno
import os
import re
import select
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from mailctl.drivers.protocol import LONGEST_LINE, shortened
from mailctl.errors import DriverFailedError, DriverTimeoutError

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ENDS_IN_SECONDS = 5.0
"""So long a driver may take to end itself when its input has ended."""
STOPS_IN_SECONDS = 2.0
"""So long it may take after SIGTERM; then it is killed."""
_KILLED_IN_SECONDS = 5.0
_SEEN_IN_SECONDS = 1.0
_LOOK_SECONDS = 0.1
_PAUSE_SECONDS = 0.005
_MOST_COMPLAINTS = 4096
_AT_ONCE = 65536


class Child:
    """A running driver, as lines of bytes."""

    def __init__(self, command: Sequence[str]) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - its safety was checked, and no shell reads it
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd="/",
                env={"PATH": PATH, "LANG": "C.UTF-8", "HOME": _home()},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise DriverFailedError(
                f"the driver cannot be started: {_why_not(command[0], error)}"
            ) from None
        self._in, self._out, self._err = map(_number, self._pipes())
        for number in (self._in, self._out, self._err):
            os.set_blocking(number, False)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN)
        self._poll.register(self._err, select.POLLIN)
        self._said = bytearray()
        self._complaints = b""
        self.secrets: set[bytes] = set()
        """What it was told and nobody else may read: it is taken out of what it says."""
        self._is_open = True
        """Whether it may still say something."""

    def exchanged(self, request: bytes, seconds: float) -> bytes:
        """The line that it says after a request; none is sent to hear its first line.

        DriverFailedError where it says something before it is asked, no line, one that is too long,
        or ends; DriverTimeoutError where it does not answer in time.
        """
        if request:
            self._check_silent()
        until = monotonic() + seconds
        waiting = memoryview(request)
        self._watch_input(is_wanted=bool(request))
        while True:
            line = self._next_line()
            if line is not None:
                if waiting:
                    raise self._failed("it answered before it had read the request", line)
                return line
            if not self._is_open:
                raise self._ended()
            if monotonic() >= until:
                raise DriverTimeoutError(
                    f"the driver did not answer within {seconds:g} seconds and was ended"
                    + self.last_complaint()
                )
            waiting = self._attended(waiting, until)

    def end(self, *, ends_in: float, stops_in: float) -> int | None:
        """End it with all that it started; its exit status if it ended by itself in time.

        It has so many seconds after the end of its input, then so many after SIGTERM.
        """
        ended_itself = False
        try:
            self._watch_input(is_wanted=False)
            self._process.stdin.close()  # type: ignore[union-attr]
            ended_itself = self._ends_within(ends_in)
            if not ended_itself and stops_in:
                self._signal(signal.SIGTERM)
                self._ends_within(stops_in)
        finally:
            # Its process is not waited for before: the group's number cannot be another's yet.
            self._signal(signal.SIGKILL)
            for pipe in self._pipes():
                with suppress(OSError):
                    pipe.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_KILLED_IN_SECONDS)
        return self._process.returncode if ended_itself else None

    def last_complaint(self) -> str:
        """What it said last on its standard error, as the end of a sentence."""
        self._read_complaints()
        words = [self.words_of(line) for line in self._complaints.split(b"\n")]
        last = next(filter(None, reversed(words)), "")
        return f"; its last words on standard error: {last}" if last else ""

    def without_secrets(self, said: bytes | bytearray) -> bytes:
        """What it says, without the secrets that it was told."""
        told = bytes(said)
        if self.secrets:
            longest_first = sorted(self.secrets, key=len, reverse=True)
            told = re.sub(b"|".join(map(_however_escaped, longest_first)), "…".encode(), told)
        return told

    def words_of(self, said: bytes | bytearray) -> str:
        """The beginning of what it says, to be shown."""
        return shortened(self.without_secrets(said[:_MOST_COMPLAINTS]).decode("utf-8", "replace"))

    def _check_silent(self) -> None:
        """DriverFailedError where it said something that it was not asked for."""
        self._read_answers()
        if self._said:
            said = self._said.partition(b"\n")[0]
            raise self._failed("it said something that it was not asked for", said)

    def _next_line(self) -> bytes | None:
        """The first whole line of what it said."""
        end = self._said.find(b"\n", 0, LONGEST_LINE)
        if end < 0:
            if len(self._said) < LONGEST_LINE:
                return None
            raise self._failed(f"its line is longer than {LONGEST_LINE:,} bytes", self._said)
        line = bytes(self._said[: end + 1])
        del self._said[: end + 1]
        return line

    def _attended(self, waiting: memoryview, until: float) -> memoryview:
        """Wait a moment for it; gives what of the request is still to be written."""
        # It may have ended while one that it started keeps its output open.
        had_ended = self._ending() is not None
        left_seconds = 0.0 if had_ended else min(_LOOK_SECONDS, max(0.0, until - monotonic()))
        ready = dict(self._poll.poll(left_seconds * 1000))
        if self._in in ready:
            waiting = self._written(waiting)
        if self._err in ready:
            self._read_complaints(once=True)
        if self._out in ready:
            self._read_answers(once=True)
        elif had_ended:
            self._is_open = False
        return waiting

    def _written(self, waiting: memoryview) -> memoryview:
        """Write what of a request fits into the pipe; gives the rest."""
        try:
            waiting = waiting[os.write(self._in, waiting) :]
        except BlockingIOError:
            return waiting
        except OSError:
            # It reads no more; whether it ended or lives on is seen by what it says.
            self._watch_input(is_wanted=False)
            return waiting
        self._watch_input(is_wanted=bool(waiting))
        return waiting

    def _read_answers(self, *, once: bool = False) -> None:
        while self._is_open and len(self._said) <= LONGEST_LINE:
            part = _part_of(self._out)
            if part is None:
                return
            if not part:
                self._is_open = False
                self._poll.unregister(self._out)
            self._said += part
            if once:
                return

    def _read_complaints(self, *, once: bool = False) -> None:
        """Keep the last of what it says on standard error; without `once` all that is there."""
        for _ in range(1 if once else 16):
            part = _part_of(self._err)
            if not part:
                if part is not None:
                    with suppress(KeyError):
                        self._poll.unregister(self._err)
                return
            self._complaints = (self._complaints + part)[-_MOST_COMPLAINTS:]

    def _watch_input(self, *, is_wanted: bool) -> None:
        if is_wanted:
            self._poll.register(self._in, select.POLLOUT)
        else:
            with suppress(KeyError):
                self._poll.unregister(self._in)

    def _ended(self) -> DriverFailedError:
        """What is said where it can answer no more."""
        until = monotonic() + _SEEN_IN_SECONDS
        while not (ended := self._ending()) and monotonic() < until:
            sleep(_PAUSE_SECONDS)
        if not ended:
            what = "it closed its output without an answer"
        else:
            how = "with status" if ended.si_code == os.CLD_EXITED else "by signal"
            what = f"it ended {how} {ended.si_status} without an answer"
        said = self.words_of(self._said)
        what += f", after half a line: {said}" if said else ""
        return self._failed(what + self.last_complaint())

    def _failed(self, what: str, said: bytes | bytearray = b"") -> DriverFailedError:
        words = self.words_of(said)
        return DriverFailedError(f"the driver failed: {what}" + (f": {words}" if words else ""))

    def _ending(self) -> os.waitid_result | None:
        """How its process has ended; it is not waited for, so its number stays its own."""
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, flags)

    def _ends_within(self, seconds: float) -> bool:
        """Whether it ends in so many seconds; what it says meanwhile is thrown away."""
        until = monotonic() + seconds
        while self._ending() is None:
            left_seconds = until - monotonic()
            if left_seconds <= 0:
                return False
            self._said.clear()
            self._read_answers(once=True)
            self._read_complaints(once=True)
            sleep(min(_PAUSE_SECONDS, left_seconds))
        return True

    def _signal(self, number: signal.Signals) -> None:
        """Signal its whole group, whose number is its own."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    def _pipes(self) -> tuple[IO[bytes], ...]:
        pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        return tuple(pipe for pipe in pipes if pipe is not None)


def _however_escaped(secret: bytes) -> bytes:
    """A pattern for a secret of ASCII as any JSON writes it, even as a text within a text."""
    return b"".join(
        rb"\\*(?:%b|u00(?i:%02x))" % (re.escape(bytes([sign])), sign) for sign in secret
    )


def _part_of(number: int) -> bytes | None:
    """Some of what a pipe has; nothing at its end, None where it has nothing yet."""
    try:
        return os.read(number, _AT_ONCE)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _number(pipe: IO[bytes]) -> int:
    return pipe.fileno()


def _home() -> str:
    """The home of the user whom the driver runs as."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        return "/"


def _why_not(program: str, error: Exception) -> str:
    """Why a program could not be started, for whom it is new too."""
    if isinstance(error, FileNotFoundError) and Path(program).exists():
        return f"the program that the first line of {program} names is not there"
    if isinstance(error, OSError) and error.errno == errno.ENOEXEC:
        return f"the first line of {program} does not say what runs it, such as #!/bin/sh"
    return f"{program}: {getattr(error, 'strerror', None) or error}"
