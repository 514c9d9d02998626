"""What a run of sending would do, and what it did (rules 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailctl.store import notice_queue
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import notice_validity


@dataclass(slots=True, kw_only=True)
class Counts:
    """What became of the notices; `left` are still to be sent, now or later.

    Of the delayed ones `refused_us` were refused because of us, the last of them for `why`;
    `undocumented` lack their document, the last of them for `lacking`.
    """

    sent: int = 0
    delayed: int = 0
    refused_us: int = 0
    why: str = ""
    undocumented: int = 0
    lacking: str = ""
    refused: int = 0
    outdated: int = 0
    left: int = 0
    next_try_at: datetime | None = None

    @property
    def tried(self) -> int:
        """How many were given to the server, whatever it answered."""
        return self.sent + self.delayed + self.refused

    @property
    def handled(self) -> int:
        """How many notices were dealt with."""
        return self.sent + self.delayed + self.refused + self.outdated


def due(reader: Reader, *, retry: bool = False) -> bool:
    """Whether a notice is to be sent now; with `retry`, one that was refused because of us too."""
    closed = set() if retry else notice_queue.closed_domains(reader)
    return any(
        notice_queue.next_id(reader, 0, closed, refused=refused, retry=retry) is not None
        for refused in (False, True)
    )


def planned(
    reader: Reader, *, limit: int | None, retry: bool = False
) -> tuple[Counts, list[notice_queue.Sendable]]:
    """What a run would do if all goes well: the counts, and the notices that would be sent."""
    counts, found = Counts(), []
    for one in notice_queue.sendable(reader, retry=retry):
        if limit is not None and counts.tried >= limit:
            break
        if notice_validity.is_outdated(reader, one.notice_id):
            counts.outdated += 1
        else:
            counts.sent += 1
            found.append(one)
    counts.left = notice_queue.unsent(reader) - counts.handled
    return counts, found


def count_rest(reader: Reader, counts: Counts) -> None:
    """Count what is left, and note when the first of it is tried again."""
    counts.left = notice_queue.unsent(reader)
    counts.next_try_at = notice_queue.next_try_at(reader)
