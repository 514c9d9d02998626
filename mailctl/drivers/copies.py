"""Copies of mailboxes: where they are written, whether they are whole, when they go (rules 16)."""

from __future__ import annotations

import os
import re
import shutil
import stat
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from mailctl.domain.copy_names import copy_name
from mailctl.errors import ExportUnsafeError
from mailctl.store import mailbox_copies
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.mailbox_copies import Kept
from mailctl.store.task_queue import Waiting
from mailctl.write_access import exposed_on_the_way

_NAMED = re.compile(r".*-\d+-(\d{4}-\d{2}-\d{2})-\d+(?:-\d+)?", re.ASCII | re.DOTALL)
# As Dovecot and others separate the messages of a file; a line of text that begins with From has no
# such date at its end.
_SEPARATOR = re.compile(rb"From .*\d\d:\d\d(:\d\d)?( \S+)? \d{4}( \S+)?\s*")


def check_place(folder: Path, owner: int | None) -> None:
    """ExportUnsafeError where others could put something else in the place of copies in a folder.

    They may be those of root, this user and `owner`, the store's. What a sticky folder (/tmp) has
    is safe from others.
    """
    trusted = {0, os.geteuid(), os.geteuid() if owner is None else owner}
    exposed = exposed_on_the_way(folder / "copies" / "copy", trusted)
    if exposed is not None:
        raise ExportUnsafeError(
            f"others could change copies in {folder}: the {exposed.what} {exposed.place} "
            f"{exposed.reason}",
            hint="make another one, for you alone: mkdir -m 700",
        )


def before_deletion(export_dir: str, task: Waiting, today: date) -> Path:
    """Where the copy of a mailbox is written that is about to be deleted."""
    return unused(f"{export_dir}/{copy_name(task.address, task.account, today, task.id)}")


def unused(folder: str) -> Path:
    """A folder that does not exist: this one, or one beside what an earlier try left."""
    wanted = found = Path(folder)
    n = 1
    while os.path.lexists(found):
        n += 1
        found = wanted.with_name(f"{wanted.name}-{n}")
    return found


def fault_of(folder: Path, form: str, messages: object) -> str | None:
    """What is wrong with a copy that a driver says it has written; None where it is whole.

    Its messages are counted here again, because the mailbox is deleted on the strength of it.
    """
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            return f"it wrote no folder {folder}"
        if stat.S_IMODE(found.st_mode) & 0o077:
            return f"others may look into its copy {folder}"
        if type(messages) is not int:
            return "it does not say how many messages it has copied"
        count = _in_files(folder) if form == "mbox" else _in_maildirs(folder)
    except OSError as error:
        return f"its copy cannot be read: {folder}: {error.strerror}"
    if count != messages:
        return f"it says that it has copied {messages:,} messages, and {count:,} are in {folder}"
    return None


def _in_maildirs(folder: Path) -> int:
    """The messages in `cur` and `new` of every folder."""
    count = 0
    for place, _, files in os.walk(folder, onerror=_refuse):
        if Path(place).name in ("cur", "new"):
            count += len(files)
    return count


def _in_files(folder: Path) -> int:
    """The messages of every file that begins like an mbox."""
    count = 0
    for place, _, files in os.walk(folder, onerror=_refuse):
        for name in files:
            count += _in_mbox(Path(place) / name)
    return count


def _in_mbox(path: Path) -> int:
    count, is_after_blank = 0, True
    with path.open("rb") as lines:
        for n, line in enumerate(lines):
            if n == 0 and not line.startswith(b"From "):
                return 0
            if is_after_blank and _SEPARATOR.fullmatch(line):
                count += 1
            is_after_blank = line in (b"\n", b"\r\n")
    return count


def _refuse(error: OSError) -> None:
    raise error


def is_old(kept: Kept, export_dir: str, today: date, days: int) -> bool:
    """Whether a copy was written below the folder for copies, and longer ago than it is kept."""
    folder = Path(kept.folder)
    if not export_dir or folder.parent != Path(export_dir):
        return False
    named = _NAMED.fullmatch(folder.name)
    return named is not None and date.fromisoformat(named[1]) + timedelta(days=days) < today


def remove_old(store: Store, command: str, *, export_dir: str, days: int) -> list[str]:
    """Remove the copies that have been kept long enough; what could not be removed, and why.

    A copy that was promised for longer is kept for as long (rules 15).
    """
    with store.read() as db:
        found, today = mailbox_copies.kept(db), db.today
        earlier = mailbox_copies.earlier_days(db) if found else []
    troubles = []
    for copy in found:
        promised = [before for changed_on, before in earlier if changed_on >= copy.told_on]
        if not is_old(copy, export_dir, today, max([days, *promised])):
            continue
        trouble = _removed(Path(copy.folder))
        if trouble:
            troubles.append(trouble)
        else:
            store.change(command, partial(_record_removed, copy))
    return troubles


def _record_removed(copy: Kept, transaction: Transaction) -> None:
    transaction.hold(copy.customer)
    mailbox_copies.record_removed(transaction, copy)


def _removed(folder: Path) -> str | None:
    """Remove a copy; why it could not be, or None. One that is gone already is removed."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"the old copy {folder} could not be removed: {error.strerror or error}"
    return None
