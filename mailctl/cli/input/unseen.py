"""Passwords as they are typed: unseen on a terminal, twice, or as one line of standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable

from mailctl.cli.render.output import Output
from mailctl.errors import (
    ConfirmationNeededError,
    DeclinedError,
    UsageError,
    WeakPasswordError,
)

_LONGEST_LINE = 4096


def new_password(output: Output, whose: str, check: Callable[[str], str], *, can_ask: bool) -> str:
    """A new password that `check` lets through: it gives it as it is kept, or refuses it.

    On a terminal a refused one is asked for again. ConfirmationNeededError where a terminal may not
    be asked, DeclinedError where the answer is the end of input.
    """
    if not sys.stdin.isatty():
        return check(_line())
    if not can_ask:
        raise ConfirmationNeededError(
            "a password is asked for, and there is no terminal to ask on",
            hint="give it as a line of standard input, or --generate",
        )
    while True:
        typed = _typed(f"New password of {whose}: ")
        try:
            kept = check(typed)
        except (UsageError, WeakPasswordError) as refused:
            output.wrong(refused.message, refused.hint)
            continue
        if _typed("The same again: ") == typed:
            return kept
        output.wrong("the two are not the same", "Ctrl-C ends without a change")


def _typed(question: str) -> str:
    """A line that is typed on the terminal of standard input, which does not show it."""
    import termios

    sys.stderr.write(question)
    sys.stderr.flush()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = [*before]
    silent[3] &= ~termios.ECHO
    try:
        # What was typed ahead counts: it is not thrown away.
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        answer = sys.stdin.readline()
    except UnicodeDecodeError:
        raise UsageError("what was typed is not UTF-8 text") from None
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        sys.stderr.write("\n")
    if not answer:
        raise DeclinedError("nothing was done")
    return answer.removesuffix("\n")


def _line() -> str:
    data = sys.stdin.buffer.readline(_LONGEST_LINE)
    if not data:
        raise UsageError(
            "a password is a line of standard input, and there is none",
            hint="give one, or --generate",
        )
    try:
        return data.decode().removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise UsageError("the line of standard input is not UTF-8 text") from None
