"""What a restore is about to do: the backup in a draft, what stands at the place, what is lost.

The new store is made whole beside the place before anybody is asked. What stands at the place is
read as far as it can be (rules 18).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mailctl.domain.invoices import DocumentNumber, NumberRange, Series
from mailctl.errors import (
    BackupInvalidError,
    RestoreNumbersNeededError,
    StoreForeignError,
    UsageError,
)
from mailctl.store import backups, checks, lost_stores, since_backup
from mailctl.store.engine import replaced, restores
from mailctl.store.engine.listing import Row
from mailctl.store.engine.location import Location
from mailctl.store.engine.sqlite import restored_file
from mailctl.store.engine.sqlite.lost_file import ForeignError, Salvage
from mailctl.store.engine.sqlite.store_file import beside
from mailctl.store.lost_stores import Backup, Lost
from mailctl.store.restorations import Head
from mailctl.store.since_backup import Since
from mailctl.values import Value, replace

MANY = 10_000
"""A number that lies further above the backup's is probably mistyped, and asked about."""
ROOM = 1_000_000
"""So many ids are left free where it cannot be read which ones were given out."""

Told = Callable[[str], object]
Key = tuple[Series, int]


class Work(Value):
    """A backup in a draft that is whole, and what was found at the place where it goes."""

    path: Location
    file: Path
    draft: Path
    backup: Backup
    lost: Lost
    since: Since
    today: date
    gap_days: int
    currency: str
    earlier_ids: int
    """No restore before went on from a higher id without proof, as far as files say."""
    folders: tuple[Path, ...]
    """Where files say so: beside the store, and in each folder with its backups."""

    @property
    def is_done(self) -> bool:
        """Whether the store at the place is this backup, restored, and nothing more."""
        return self.lost.is_proof and self.since.is_this_restore

    def floor(self, key: Key) -> int:
        """The highest number of a series and year that is known to have been given out."""
        known = (*self.backup.numbers, *self.lost.numbers)
        return max((one.seq for one in known if (one.series, one.year) == key), default=0)

    def needed(self) -> list[Key]:
        """The series and years whose last number a person must say, since any may be lost."""
        if self.lost.is_proof:
            return []
        # No document is dated before the day that the backup has reached.
        first = self.backup.reached_on.year
        last = max([self.today.year, *(one.year for one in self.backup.numbers)])
        return [(series, year) for series in Series for year in range(first, last + 1)]


class RestorePlan(Value):
    """What will be done: what numbers and ids go on after, and what is lost."""

    last_numbers: tuple[DocumentNumber, ...]
    lost_numbers: tuple[NumberRange, ...]
    last_ids: dict[str, int]


@contextmanager
def prepared(location: Location, file: Path, *, wait: float, told: Told) -> Iterator[Work]:
    """Check a backup, whole, in a draft beside the store's place, and look at what is there.

    Raises BackupInvalidError where it is not whole or of another store, and StoreForeignError
    where something else is at the place.
    """
    place = replaced.place_of_draft(location, file)
    with restored_file.drafted(place, file, told) as draft:
        head = restored_file.opened(draft, file)
        with restored_file.refused(file), restored_file.store_of(draft).read() as reader:
            _check_whole(file, checks.run(reader, told))
            backup = lost_stores.backup_of(reader, Head(batch_id=head[0], head=head[1]))
            today, currency = reader.today, reader.info.currency
            gap_days = reader.setting_number("gap-days")
            of_backups = (Path(one.folder) for one in backups.of_all_folders(reader))
            here = (replaced.folder_of(location), beside(file, "").parent)
            folders = tuple(dict.fromkeys((*filter(None, here), *of_backups)))
        told("looking at the store that is replaced")
        lost, since = _looked_at(location, wait, backup)
        _check_same(location, file, backup, lost)
        yield Work(
            path=location,
            file=file,
            draft=draft,
            backup=backup,
            lost=lost,
            since=since,
            today=max(today, lost.reached_on or today),
            gap_days=gap_days,
            currency=currency,
            earlier_ids=restores.highest_id(folders, backup.origin),
            folders=folders,
        )


def _check_whole(file: Path, rows: Sequence[Row]) -> None:
    faults = [row for row in rows if not row["ok"]]
    if faults:
        raise BackupInvalidError(
            f"{file} is not whole: {faults[0]['message']}; nothing was done",
            hint=restored_file.ANOTHER,
            lines=tuple(f"{row['name']}: {row['subject']}: {row['message']}" for row in faults),
        )


def _looked_at(path: Location, wait: float, backup: Backup) -> tuple[Lost, Since]:
    try:
        with replaced.salvaged(path, wait) as salvage:
            if salvage is None:
                return lost_stores.NOTHING, Since()
            fault = salvage.fault() if isinstance(salvage, Salvage) else None
            lost = lost_stores.lost_of(salvage, backup, fault=fault)
            return lost, since_backup.since(salvage, backup, lost)
    except ForeignError:
        raise StoreForeignError(
            f"{path} is a database of another program, and is not replaced",
            hint="check --store; if a store was there, move what is there away",
        ) from None


def _check_same(path: Location, file: Path, backup: Backup, lost: Lost) -> None:
    if lost.origin is not None and lost.origin != backup.origin:
        raise BackupInvalidError(
            f"{file} is a backup of another store than the one at {path}: that was made at "
            f"{lost.origin[0]}, this one at {backup.origin[0]}",
            hint="check --store; to have this one here, move the other away first",
        )


def doubted(work: Work, given: Sequence[DocumentNumber]) -> Work:
    """The same work, without proof where a person knows a higher number than the lost store."""
    above = [one for one in given if one.seq > work.floor((one.series, one.year))]
    if not above or not work.lost.is_proof:
        return work
    fault = f"{above[0]} was given out, and is not in it"
    return replace(work, lost=replace(work.lost, fault=fault))


def planned(work: Work, given: Sequence[DocumentNumber]) -> RestorePlan:
    """What a restore does, with the last numbers that were given out as a person says.

    Raises RestoreNumbersNeededError where some are neither said nor proven, and UsageError for one
    below what is known, or said twice.
    """
    said = _said(work, given)
    missing = [key for key in work.needed() if key not in said]
    if missing:
        raise RestoreNumbersNeededError(
            f"which numbers were given out last is not known: {_why_unknown(work.lost)}",
            hint="look at the newest letters, invoices and bank files, then give each of them; "
            "000000 where there is none",
            lines=tuple(f"{option(*key)}: {asked_for(work, key)}" for key in missing),
        )
    keys = sorted({*said, *((one.series, one.year) for one in work.lost.numbers)})
    last = {key: said.get(key, work.floor(key)) for key in keys}
    numbers = tuple(
        DocumentNumber(series=series, year=year, seq=seq) for (series, year), seq in last.items()
    )
    return RestorePlan(
        last_numbers=numbers,
        lost_numbers=tuple(_lost(work.backup, numbers)),
        last_ids=_last_ids(work),
    )


def _why_unknown(lost: Lost) -> str:
    if not lost.is_there:
        return "the store that had them is not there"
    fault = lost.fault or "it does not go on from this backup"
    return f"the store that is there does not prove it ({fault})"


def _said(work: Work, given: Sequence[DocumentNumber]) -> dict[Key, int]:
    said: dict[Key, int] = {}
    for one in given:
        key = (one.series, one.year)
        if key in said:
            raise UsageError(
                f"two last numbers of {one.year} are given", hint="give the higher one"
            )
        check_last(work, one)
        said[key] = one.seq
    return said


def check_last(work: Work, number: DocumentNumber) -> None:
    """Raise UsageError where a last number is below one that is known to have been given out."""
    floor = work.floor((number.series, number.year))
    if number.seq < floor:
        known = DocumentNumber(series=number.series, year=number.year, seq=floor)
        raise UsageError(
            f"{number} was not the last one: {known} was given out too",
            hint=f"give {known} or a later one",
        )


def doubt(work: Work, number: DocumentNumber) -> str | None:
    """Why a last number may be mistyped; None where nothing is odd about it."""
    if number.year > work.today.year:
        return f"{number} is of a year that has not begun"
    if number.seq > work.floor((number.series, number.year)) + MANY:
        return f"{number} is more than {MANY:,} above what is known"
    return None


def option(series: Series, year: int) -> str:
    """The option that says the last number of a series and year."""
    if series is Series.CREDIT_NOTE:
        return f"--last-credit-note AV{year}-NNNNNN"
    return f"--last-invoice {year}-NNNNNN"


def asked_for(work: Work, key: Key) -> str:
    """What is asked for of a series and year: `the last invoice of 2026 (known: 2026-000101)`."""
    series, year = key
    what = "credit note" if series is Series.CREDIT_NOTE else "invoice"
    floor = work.floor(key)
    known = str(DocumentNumber(series=series, year=year, seq=floor)) if floor else "none"
    return f"the last {what} of {year} (known: {known})"


def _lost(backup: Backup, numbers: Sequence[DocumentNumber]) -> Iterator[NumberRange]:
    has = {(one.series, one.year): one.seq for one in backup.numbers}
    for one in numbers:
        first = has.get((one.series, one.year), 0) + 1
        if first <= one.seq:
            yield NumberRange(series=one.series, year=one.year, first_seq=first, last_seq=one.seq)


def _last_ids(work: Work) -> dict[str, int]:
    has, read = work.backup.ids, work.lost.ids
    if work.lost.is_proof:
        return {table: max(has[table], read.get(table, 0)) for table in has}
    return {
        table: max(max(has[table], work.earlier_ids) + ROOM, read.get(table, 0)) for table in has
    }
