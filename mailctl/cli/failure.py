"""How a command ends when it fails: one place makes exit statuses and the text of errors.

With a JSON output the last line on stderr is an error object, for usage errors too (CLI, Exit
statuses).
"""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

import typer

from mailctl.cli.input import card_guard
from mailctl.cli.render.colors import Color
from mailctl.cli.render.output import headed
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.render.text import clean, width_of
from mailctl.errors import (
    DiskFailedError,
    InternalError,
    MailctlError,
    NotFoundError,
    StoreMissingError,
)

INTERRUPTED = 130
PIPE_CLOSED = 141
TERMINATED = 143
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_FULL = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_SHORT = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ENOLCK)
_CLOSED = (errno.EACCES, errno.EPERM)
_MANY_DIGITS = re.compile(r"(?:[0-9][ -]?){12}")
_JSON_AFTER_O = re.compile(r"-[a-z]*o(jsonl?)?")

MOST_LINES = 21
"""The most lines of an error that people get; programs get all."""
DONE = "the change was made, but its answer could not be written."
LOOK = "do not run it again; see what was done: mailctl journal list"


class TerminatedError(BaseException):
    """SIGTERM arrived; like KeyboardInterrupt it passes any `except Exception`."""


@contextmanager
def _listening() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command as Ctrl-C does: rolled back, and reported."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TerminatedError

    before = {}
    # Only the main thread may do this; elsewhere the program's own handlers stay.
    with suppress(ValueError):
        before = {number: signal.signal(number, stop) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def guarded(call: Callable[[], object], words: Sequence[str]) -> int:  # noqa: PLR0911 - a table
    """Run a command; gives the exit status, and reports what went wrong."""
    before = _changes()
    try:
        with _listening():
            status = call()
        sys.stdout.flush()
    except MailctlError as error:
        return report(error, words)
    except typer.TyperException as error:
        from mailctl.cli import misread

        return report(misread.usage_error(error), words)
    except BrokenPipeError:
        _forget_stdout()
        if _has_changed(before):
            sys.stderr.write(f"mailctl: {DONE} {complete(LOOK)}\n")
        return PIPE_CLOSED
    except (KeyboardInterrupt, typer.Abort):
        _say_ended("interrupted")
        return INTERRUPTED
    except TerminatedError:
        _say_ended("terminated")
        return TERMINATED
    except (OSError, MemoryError, ImportError) as error:
        failed = _of_the_system(error, changed=_has_changed(before))
        if failed is None:
            return _report_bug(words)
        _forget_stdout()
        return report(failed, words)
    except Exception:  # noqa: BLE001 - what nobody expected is a bug, and is reported as one
        return _report_bug(words)
    return status if isinstance(status, int) else 0


def _changes() -> int:
    """How many changes were committed so far; none where nothing has opened a store."""
    opened = sys.modules.get("mailctl.store.engine.stores")
    return opened.Store.committed if opened else 0


def _has_changed(before: int) -> bool:
    return _changes() > before


def _of_the_system(error: Exception, *, changed: bool) -> DiskFailedError | None:
    """The error where the system is the cause; it says whether the work was done."""
    if isinstance(error, OSError) and error.errno in _FULL:
        what, hint = f"writing failed: {error.strerror}", "free space, then run the command again"
    elif isinstance(error, OSError) and error.errno in (*_SHORT, *_CLOSED):
        where = f" {error.filename}" if error.filename else ""
        what = f"the system refused{where or ' a file, or memory'}: {error.strerror}"
        hint = "see what uses it up, or who may read it; then run the command again"
    elif isinstance(error, MemoryError):
        what, hint = "there is not enough memory", "free some, then run the command again"
    elif isinstance(error, ImportError):
        what = f"a part of mailctl, or of Python, cannot be read: {error}"
        hint = "check the disk, and who may read its files; else install mailctl again"
    else:
        return None
    if changed:
        return DiskFailedError(f"{DONE[:-1]}: {what.removeprefix('writing failed: ')}", hint=LOOK)
    return DiskFailedError(what, hint=hint)


def report(error: MailctlError, words: Sequence[str]) -> int:
    """Say on stderr what was refused and what helps; gives the exit status."""
    try:
        sys.stdout.flush()
    except OSError:
        _forget_stdout()
    try:
        error = _helpful(error, words)
        _write(error, words)
    except BrokenPipeError:
        raise
    except (OSError, MemoryError, ImportError):
        # What shows errors could not be loaded. Where nobody can be told, a full disk for example,
        # the exit status still says it.
        with suppress(OSError):
            sys.stderr.write(_bare(error, is_json=wants_json(words)))
    if error.wrong is not None:
        error.wrong.close()
    return error.exit_status


def _helpful(error: MailctlError, words: Sequence[str]) -> MailctlError:
    """An error whose hint fits what was typed, and which shows no card's number."""
    if isinstance(error, StoreMissingError):
        from mailctl.cli.input.common import usual_stores

        found = [f"there is one at {path}" for path in usual_stores(os.environ)]
        error.hint = "; ".join((*found, error.hint or ""))
    if isinstance(error, NotFoundError):
        from mailctl.cli import misread

        error.hint = misread.better_hint(error, words) or error.hint
    error = card_guard.instead(error, words)
    error.message = _shown(error.message)
    error.hint = error.hint and _shown(error.hint)
    return error


def _write(error: MailctlError, words: Sequence[str]) -> None:
    if wants_json(words):
        from mailctl.cli.render import wrong_lines

        wrong_lines.write_json(sys.stderr.write, error, _shown)
    else:
        from mailctl.cli.render.service_log import ERROR, prioritised

        # All of it is there before any of it is written.
        sys.stderr.writelines([prioritised(part, ERROR) for part in _as_text(error, words)])


def _bare(error: MailctlError, *, is_json: bool) -> str:
    """An error by means that are loaded already; its class's sentence if it may show a card."""
    text = str(type(error).__doc__) if _MANY_DIGITS.search(error.message) else error.message
    message = clean(text)
    if not is_json:
        return f"error: {message}\n"
    quoted = message.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'{{"error": {{"code": "{error.code}", "message": "{quoted}", '
        f'"exit_status": {error.exit_status}}}}}\n'
    )


def _shown(text: str) -> str:
    """A text of an error without a card's number, its commands complete."""
    return complete(card_guard.without(text))


def wants_json(words: Sequence[str]) -> bool:
    """Whether the output chosen is JSON, from the words alone: they may not even parse."""
    found = False
    for i, word in enumerate(words):
        if word == "--":
            break
        value = None
        if word == "--json":
            found = True
        elif word.startswith("--output="):
            value = word.removeprefix("--output=")
        elif word == "--output" or ((match := _JSON_AFTER_O.fullmatch(word)) and not match[1]):
            value = words[i + 1] if i + 1 < len(words) else ""
        elif match:
            found = True
        if value is not None:
            found = value in ("json", "jsonl")
    return found


def _as_text(error: MailctlError, words: Sequence[str]) -> Iterator[str]:
    wide = width_of(sys.stderr)
    yield headed("error:", error.message, _color_of(words))
    if error.wrong is not None:
        from mailctl.cli.render import wrong_lines

        yield from wrong_lines.by_cause(error.wrong, _shown, wide)
    else:
        yield from (f"  {clean(_shown(line))}\n" for line in error.lines[:MOST_LINES])
        if len(error.lines) > MOST_LINES:
            yield f"  and {len(error.lines) - MOST_LINES:,} more, which -o json lists\n"
    if error.hint:
        from mailctl.cli.render.hint_lines import hint_lines

        yield hint_lines(error.hint, wide)


def _report_bug(words: Sequence[str]) -> int:
    import platform
    import traceback

    from mailctl import __version__
    from mailctl.cli.render.service_log import ERROR, prioritised

    # Lines of code without the values they worked on, which may be personal.
    lines = card_guard.without(traceback.format_exc()).splitlines()
    text = "".join(f"{clean(line)}\n" for line in lines)
    sys.stderr.write(prioritised(text, ERROR))
    return report(
        InternalError(
            "this is a bug in mailctl",
            hint="report it with the lines above and the command that you gave "
            f"(mailctl {__version__}, Python {platform.python_version()})",
        ),
        words,
    )


def _say_ended(how: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"\nmailctl: {how}; what was not finished is undone\n")


def _forget_stdout() -> None:
    """Let the interpreter's last flush find an open file."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _color_of(words: Sequence[str]) -> Color:
    for i, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--color":
            given = value or (words[i + 1] if i + 1 < len(words) else "")
            return Color(given) if given in list(Color) else Color.AUTO
    return Color.AUTO
