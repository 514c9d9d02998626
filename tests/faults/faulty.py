"""Commands whose system calls fail, or which are killed in one: by strace, exactly, every time."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests import on_server
from tests.helpers import Cli, Outcome, environment
from tests.process.running import HOME

KILLED = -signal.SIGKILL
LONGEST = 60.0

# A tick that commits after every busy day, so that there is something between commits.
SMALL_TRANSACTIONS = (
    "import sys; from mailctl.tick import run; run.EVENTS_PER_TRANSACTION = 1; "
    "from mailctl.__main__ import main; sys.exit(main())"
)


def strace() -> str:
    """Where strace is; without it these tests prove nothing, so they fail."""
    found = shutil.which("strace")
    assert found, "the tests of faults need strace: apt-get install strace"
    return found


def command(argv: tuple[str, ...], *, small: bool = False) -> list[str]:
    """The words of a process that carries out a command."""
    how = ["-c", SMALL_TRANSACTIONS] if small else ["-m", "mailctl"]
    return [sys.executable, *how, *argv]


def traced(cli: Cli, options: list[str], argv: tuple[str, ...], *, small: bool = False) -> Outcome:
    """Run a command under strace."""
    # Only the calls that are looked at stop the process; with this no call is killed.
    quick = [] if any("signal=KILL" in option for option in options) else ["--seccomp-bpf"]
    done = subprocess.run(
        [strace(), "-f", *quick, "-qq", *options, *command(argv, small=small)],
        env=environment(cli.store) | {"PYTHONPATH": HOME},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    # A strace that may not trace says so itself, and carries out nothing.
    assert b"strace: " not in done.stderr, done.stderr.decode()
    return Outcome(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def writing(cli: Cli) -> str:
    """The call with which a command writes to its store: to the disk, or to the server."""
    return "sendto" if isinstance(cli.store, on_server.Place) else "pwrite64"


def kills(cli: Cli, count: int, points: int) -> list[str]:
    """Faults that kill a command at so many of the writes that it makes to its store.

    To a server the driver sends much at once in a few parts more or fewer; so the last of these
    faults is where the command writes its answer.
    """
    call, is_there = writing(cli), isinstance(cli.store, on_server.Place)
    numbers = spread(count * 9 // 10, points - 1) if is_there else spread(count, points)
    found = [f"{call}:signal=KILL:when={number}" for number in numbers]
    return [*found, "write:signal=KILL:when=1"] if is_there else found


def calls(cli: Cli, name: str, *argv: str, small: bool = False) -> int:
    """How many calls of a kind a command makes; it is carried out on the store."""
    log = cli.store.with_name("calls.log")
    outcome = traced(cli, ["-o", str(log), "-e", f"trace={name}"], argv, small=small)
    assert outcome.status == 0, outcome.err
    count = log.read_text(encoding="utf-8").count(f"{name}(")
    log.unlink()
    return count


def injected(
    cli: Cli,
    fault: str,
    *argv: str,
    small: bool = False,
    end: str | None = None,
    only: Path | None = None,
) -> Outcome:
    """Run a command with a fault, as `pwrite64:error=ENOSPC:when=3+`.

    With `end` only in calls on the file whose name is the store's with that end: the interpreter's
    own files are opened and read by the same calls. With `only` in those on another file.
    """
    name = fault.partition(":")[0]
    options = ["-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={fault}"]
    if end is not None:
        options += ["-P", f"{cli.store}{end}"]
    if only is not None:
        options += ["-P", str(only)]
    return traced(cli, options, argv, small=small)


def spread(count: int, points: int) -> list[int]:
    """So many numbers from 1 to count, the first and the last among them."""
    points = min(points, count)
    return sorted({1 + (count - 1) * n // max(1, points - 1) for n in range(points)})


def left_in(folder: Path) -> list[str]:
    """The names of all that a folder holds."""
    return sorted(path.name for path in folder.iterdir())
