"""Which known movement an entry is, of those with its reference or its content (rules 20)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from mailctl.domain.entry_identity import (
    Seen,
    are_alike,
    are_near,
    is_contradicted,
    said,
    tell_apart,
)


class Known(NamedTuple):
    """An entry that is in the store, a batch with its parts as one; `id` is that of the first.

    `kind` is that of the file by which it was known first, `rows` how many of its parts are there.
    `is_open` is whether nothing was decided of it that holds: it is unmatched or proposed.
    """

    id: int
    kind: str
    rows: int
    is_open: bool
    seen: Seen

    @property
    def is_whole(self) -> bool:
        """Whether it has no parts, or all of them are there."""
        return self.rows >= self.seen.parts


class What(Enum):
    """What an entry of a file is to the store."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    """It may be a known one: it is kept, and not booked by itself."""
    PARTS = "parts"
    """The parts of one that was known as a whole, of which nothing was booked."""
    WITHIN = "within"
    """It may be a part of one that is known as a whole; if all of them add up to that, it is."""


class Verdict(NamedTuple):
    """What an entry is, and the known ones that this is about."""

    what: What
    known: tuple[Known, ...] = ()


NEW = Verdict(What.NEW)


Key = tuple[str, str]


class Alike:
    """The known movements by all that is said of them, each to be found once.

    Those that are `claimed` were found before.
    """

    def __init__(self, known: Mapping[Key, Sequence[Known]], claimed: Collection[int]) -> None:
        self._known = defaultdict[tuple[Key, tuple[object, ...]], deque[Known]](deque)
        for key, found in known.items():
            for one in found:
                if one.id not in claimed and one.is_whole:
                    self._known[key, said(one.seen)].append(one)

    def taken(self, key: Key, one: Seen) -> Known | None:
        """The first that is like it, and was not found yet; None where there is none."""
        found = self._known.get((key, said(one)))
        return found.popleft() if found else None


def recognised(one: Seen, kind: str, known: Sequence[Known], *, others: int) -> Verdict:
    """What an entry with a reference is, of a kind of file, to the known ones with that reference.

    Not to those that another entry of its file is: they are among the `others`, which are all with
    that reference.
    """
    fitting = [each for each in known if _fits(one, each)]
    same = [each for each in fitting if _is_of_its_day(one, kind, each)]
    if same:
        found = min(same, key=lambda each: _distance(one, each))
        return _same(one, kind, found, others)
    if _adds_up(one, kind, known):
        return Verdict(What.KNOWN, tuple(_of_its_kind(one, kind, known)))
    whole = _may_be_within(one, kind, known)
    if whole is not None:
        return Verdict(What.WITHIN, (whole,))
    # A reference that several movements have does not tell them apart: the days do.
    if fitting and others == 1:
        return Verdict(What.DOUBTFUL, (fitting[0],))
    return NEW


def _fits(one: Seen, known: Known) -> bool:
    """Whether the sums agree, a batch being told as a whole or by the same number of parts."""
    other = known.seen
    if one.parts == other.parts and not known.is_whole:
        # Parts of it belong to others: those of an erased customer, or known by themselves.
        return one.booked_on == other.booked_on
    if is_contradicted(one, other) or not known.is_whole:
        return False
    return one.parts == other.parts or 1 in (one.parts, other.parts)


def _is_of_its_day(one: Seen, kind: str, known: Known) -> bool:
    if one.booked_on == known.seen.booked_on:
        return True
    return kind != known.kind and are_near(one.booked_on, known.seen.booked_on)


def _distance(one: Seen, known: Known) -> tuple[bool, bool]:
    return one.parts != known.seen.parts, one.booked_on != known.seen.booked_on


def _same(one: Seen, kind: str, found: Known, others: int) -> Verdict:
    other = found.seen
    if one.parts > 1 and other.parts == 1 and found.is_open:
        return Verdict(What.PARTS, (found,))
    is_single = one.parts == other.parts == 1
    is_told_otherwise = is_single and said(one) != said(other)
    if kind == found.kind and is_told_otherwise and others > 1:
        return Verdict(What.DOUBTFUL, (found,))
    # A bank may give its reference to several movements, each in a file of its own.
    is_alike = are_alike(one, other.name, other.text) or one.iban == other.iban != ""
    if is_single and (tell_apart(one, other) or not (is_alike or _has_its_id(one, other))):
        return Verdict(What.DOUBTFUL, (found,))
    return Verdict(What.KNOWN, (found,))


def _has_its_id(one: Seen, other: Seen) -> bool:
    return one.end_to_end_id == other.end_to_end_id != ""


def _of_its_kind(one: Seen, kind: str, known: Sequence[Known]) -> list[Known]:
    """Single movements of its day that another kind of file gave its reference."""
    return [
        each
        for each in known
        if each.kind != kind
        and each.seen.parts == 1
        and (each.seen.booked_on, each.seen.currency) == (one.booked_on, one.currency)
    ]


def _adds_up(one: Seen, kind: str, known: Sequence[Known]) -> bool:
    """Whether an entry is the whole of what another kind of file gave one by one."""
    parts = _of_its_kind(one, kind, known)
    return len(parts) > 1 and sum(each.seen.cents for each in parts) == one.cents


def _may_be_within(one: Seen, kind: str, known: Sequence[Known]) -> Known | None:
    if one.parts > 1:
        return None
    for each in _of_its_kind(one, kind, known):
        is_larger = abs(each.seen.cents) > abs(one.cents)
        if is_larger and (each.seen.cents > 0) == (one.cents > 0):
            return each
    return None
