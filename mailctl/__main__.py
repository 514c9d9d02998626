"""The entry: `mailctl` and `python -m mailctl`."""

from __future__ import annotations

import gc
import os
import sys

from mailctl import __version__

PIPE_CLOSED = 141


def main(argv: list[str] | None = None) -> int:
    """Carry out one command line; gives its exit status (CLI, Exit statuses)."""
    # Stores hold private data: no file that mailctl makes is open to other users.
    os.umask(0o077)
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] in (["--version"], ["-V"]):
        # Answered before anything is loaded that could be slow, or broken.
        sys.stdout.write(f"mailctl {__version__}\n")
        return 0
    from mailctl.cli import deferred

    deferred.defer()
    from mailctl.cli.app import start

    return start(words)


def run() -> None:
    """The console script: `main` as a process of its own, quick to begin and to end."""
    # What is loaded stays until the end: looking through it for garbage costs 7 % of a command.
    gc.set_threshold(200_000, 20, 20)
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = status or PIPE_CLOSED
    # Everything is written and closed; an orderly end of the interpreter costs 15 % more.
    os._exit(status)


if __name__ == "__main__":
    run()
