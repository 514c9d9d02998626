"""Report files: written whole or not at all, for their owner alone, replaced by the next run.

Cron makes the same file every night: one that mailctl made is replaced, and nothing else.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from mailctl.cli.render.new_files import check_name_fits
from mailctl.cli.render.output import Output
from mailctl.errors import AlreadyExistsError, UsageError
from mailctl.values import Value

STDOUT = "-"
HEAD = 1024
"""Within so many bytes of its beginning a file says who made it."""


class Report(Value):
    """A file to be written; `marker` identifies one that the same command made before.

    `item` are the facts about it that `-o` shows, without its path.
    """

    thing: str
    content: bytes
    marker: bytes
    item: Mapping[str, object]


def check(output: Output, name: str) -> None:
    """UsageError where the file itself and facts about it would both go to stdout."""
    if name == STDOUT and (output.form is not None or output.fields):
        raise UsageError("stdout has the file itself; -o needs a FILE", hint="give FILE a name")


def deliver(output: Output, name: str, report: Report, sentence: str) -> None:
    """Write a report, and say so in a sentence or as the facts that were asked for."""
    if name == STDOUT:
        _show(output, report.content)
        return
    replace(Path(name), report.content, marker=report.marker)
    if output.form is None and not output.fields:
        output.say(f"Wrote {name}: {sentence}")
    else:
        output.write_thing(report.thing, {"path": name, **report.item})


def _show(output: Output, content: bytes) -> None:
    if sys.stdout.isatty():
        output.page(content.decode().replace("\r\n", "\n"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def replace(path: Path, content: bytes, *, marker: bytes) -> None:
    """Put a file in place at once, with mode 0600: a reader sees the old one or the new one.

    AlreadyExistsError where something else is there: a file that does not begin with the marker, a
    symbolic link, a folder. UsageError where nothing can be written there.
    """
    from mailctl.store.engine import drafts
    from mailctl.store.engine.sqlite.store_file import sync_folder

    with ExitStack() as stack:
        try:
            _check_place(path, marker)
            made, number = stack.enter_context(drafts.open_draft(path))
        except OSError as error:
            check_name_fits(path, error, hint="name a FILE in a folder where you may write")
            raise
        drafts.fill(number, content)
        made.replace(path)
    sync_folder(path.parent)


def _check_place(path: Path, marker: bytes) -> None:
    """Nothing may be lost: what is there was made by the same command, or nothing is there."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
        raise AlreadyExistsError(f"{path} is {what}", hint="give FILE a name that is free")
    # What has taken its place since is neither followed nor waited for.
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        is_ours = marker in os.read(number, HEAD)
    finally:
        os.close(number)
    if not is_ours:
        raise AlreadyExistsError(
            f"{path} is there already, and is none of this report's files",
            hint="give FILE another name, or remove that file first",
        )
