"""Messages of a service: in the system's journal each line tells how serious it is.

systemd reads `<3>` and `<4>` at the beginning of a line of stderr (sd-daemon(3)), so that
`journalctl -p warning` finds what mailctl warns of. Terminals, pipes and cron get plain text.
"""

from __future__ import annotations

import os
import sys

# How serious a line is, in the numbers of syslog.
ERROR, WARNING = 3, 4


def prioritised(text: str, priority: int) -> str:
    """The lines with their priority in front, where stderr is the system's journal."""
    if not _is_journal():
        return text
    return "".join(f"<{priority}>{line}" for line in text.splitlines(keepends=True))


def _is_journal() -> bool:
    """Whether stderr is the stream that systemd named in JOURNAL_STREAM (systemd.exec(5))."""
    named = os.environ.get("JOURNAL_STREAM")
    if not named:
        return False
    try:
        found = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return named == f"{found.st_dev}:{found.st_ino}"
