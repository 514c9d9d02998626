"""mailctl on a terminal: a process behind pseudo-terminals of a given width."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import mailctl
from tests.helpers import Outcome, environment


def on_terminal(
    store: Path,
    *argv: str,
    columns: int = 100,
    answer: str = "",
    variables: dict[str, str] | None = None,
) -> Outcome:
    """Run a command whose three streams are terminals; `answer` is typed at once.

    Standard output has a terminal of its own, so that it can be distinguished from standard error.
    """
    main, out = _terminal(columns), _terminal(columns)
    base = environment(store)
    # Where a test is not about the pager, everything is shown at once.
    base["MAILCTL_PAGER"] = "cat"
    for name in ("NO_COLOR", "COLUMNS"):
        del base[name]
    home = str(Path(mailctl.__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "mailctl", *argv],
        env=base | {"PYTHONPATH": home, "TERM": "xterm"} | (variables or {}),
        stdin=main[1],
        stdout=out[1],
        stderr=main[1],
    )
    os.write(main[0], answer.encode())
    for _, end in (main, out):
        os.close(end)
    said = _read(main[0], out[0])
    status = process.wait(timeout=30)
    return Outcome(status=status, out=said[out[0]], err=said[main[0]])


def _terminal(columns: int) -> tuple[int, int]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    modes = termios.tcgetattr(theirs)
    modes[1] &= ~termios.OPOST
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    return ours, theirs


def _read(*ends: int) -> dict[int, str]:
    found = dict.fromkeys(ends, b"")
    waiting = set(ends)
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], 30)
        for end in ready:
            part = b""
            # A terminal whose other side is closed gives an error instead of an end.
            with suppress(OSError):
                part = os.read(end, 65_536)
            found[end] += part
            if not part:
                waiting.remove(end)
                os.close(end)
        if not ready:
            break
    return {end: text.decode() for end, text in found.items()}


_EACH = """
import os, sys
from mailctl.__main__ import main
for line in sys.stdin.read().splitlines():
    for stream in (sys.stdout, sys.stderr):
        stream.write(f"\\x01{line}\\n")
        stream.flush()
    main(line.split())
    sys.stdout.flush()
    sys.stderr.flush()
"""


def all_on_terminal(store: Path, lines: list[str], *, columns: int) -> dict[str, tuple[str, str]]:
    """Run many commands in one process on a terminal; standard output and error of each."""
    out, err = _terminal(columns), _terminal(columns)
    base = environment(store) | {"MAILCTL_PAGER": "cat", "COLUMNS": str(columns)}
    home = str(Path(mailctl.__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-c", _EACH],
        env=base | {"PYTHONPATH": home, "TERM": "xterm"},
        stdin=subprocess.PIPE,
        stdout=out[1],
        stderr=err[1],
        text=True,
    )
    for _, end in (out, err):
        os.close(end)
    assert process.stdin is not None
    process.stdin.write("\n".join(lines))
    process.stdin.close()
    said = _read(out[0], err[0])
    process.wait(timeout=60)
    shown, noted = (
        dict(part.partition("\n")[::2] for part in said[end].split("\x01")[1:])
        for end in (out[0], err[0])
    )
    return {line: (shown[line], noted[line]) for line in lines}
