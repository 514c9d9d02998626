"""The real shells on a terminal, as a person types in them: keys go in, commands come out."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
STARTED = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}
SET_UP = {
    "bash": "source {home}/completions/mailctl.bash",
    "zsh": "autoload -U compinit; compinit -D -u; source {home}/completions/_mailctl",
    "fish": "function fish_prompt; end; source {home}/completions/mailctl.fish",
}
PATIENCE = 60.0

# Asked for names it is this checkout; run as a command it tells with which arguments.
LAUNCHER = """\
#!/bin/sh
if [ -n "$_MAILCTL_COMPLETE" ]; then
    export PYTHONPATH={home}
    exec {python} -m mailctl "$@"
fi
printf '%s\\0' "$@" > {told}.part
mv {told}.part {told}
"""


class Shell:
    """One shell that runs; what is typed, TAB and Enter too, reaches it as keys."""

    def __init__(self, terminal: int, told: Path) -> None:
        self._terminal = terminal
        self._told = told
        self.seen = b""

    def arguments_of(self, typed: str) -> list[str]:
        """What `mailctl` is given once a line is typed, TAB and Enter are pressed."""
        self._told.unlink(missing_ok=True)
        os.write(self._terminal, f"{typed}\t".encode())
        self._listen(0.3)
        os.write(self._terminal, b"\r")
        until = time.monotonic() + PATIENCE
        while not self._told.exists():
            assert time.monotonic() < until, f"no command was run:\n{self.seen!r}"
            self._listen(0.02)
        return self._told.read_text(encoding="utf-8").split("\0")[:-1]

    def say(self, line: str) -> None:
        """Type a line that runs no `mailctl`."""
        os.write(self._terminal, f"{line}\r".encode())
        self._listen(0.3)

    def _listen(self, seconds: float) -> None:
        """Read what it writes until it is silent for so long: a full terminal stops a shell."""
        while select.select([self._terminal], [], [], seconds)[0]:
            try:
                self.seen += os.read(self._terminal, 65_536)
            except OSError:
                return


@contextmanager
def running(name: str, store: Path, folder: Path) -> Iterator[Shell]:
    """A shell in a folder, with this checkout's completion and `mailctl` on its PATH."""
    program = shutil.which(name)
    assert program is not None, f"{name} is missing: .ci/run installs it"
    told = folder / "told"
    launcher = folder / "bin" / "mailctl"
    launcher.parent.mkdir()
    launcher.write_text(
        LAUNCHER.format(
            home=shlex.quote(str(HOME)),
            python=shlex.quote(sys.executable),
            told=shlex.quote(str(told)),
        )
    )
    launcher.chmod(0o755)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        words = STARTED[name]
        os.execve(
            program,
            words,
            {
                "PATH": f"{launcher.parent}:{os.environ['PATH']}",
                "HOME": str(folder),
                "TERM": "dumb",
                "LC_ALL": "C.UTF-8",
                "MAILCTL_STORE": str(store),
                "COLUMNS": "200",
            },
        )
    shell = Shell(terminal, told)
    try:
        shell.say(SET_UP[name].format(home=HOME))
        yield shell
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
