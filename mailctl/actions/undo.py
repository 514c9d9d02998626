"""What takes a change back: commands, complete and right for the state that the change left.

Where there is none, why, and what helps instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.hints import command
from mailctl.values import Value

MISTAKE = "entered by mistake"
MOST_WORDS = 100
"""How many things a printed command names at most."""


class Help(Value):
    """A command that helps where a change is final, and what it is for: `give the money back`."""

    purpose: str
    command: str


class Undo(Value):
    """How a change is undone: by commands, one after the other, as they are typed in a shell.

    `note` is what they do not take back; without a command, why the change is final.
    """

    commands: tuple[str, ...] = ()
    note: str = ""
    helps: tuple[Help, ...] = ()


def by(*words: object, note: str = "") -> Undo:
    """The undo of a change by one command of these words."""
    return Undo(commands=(command(*words),), note=note)


def by_all(commands: Sequence[str], *, note: str = "") -> Undo:
    """The undo of a change by several commands."""
    return Undo(commands=tuple(commands), note=note)


def never(why: str = "", *helps: Help) -> Undo:
    """A change that nothing undoes, why, and what helps."""
    return Undo(note=why, helps=helps)


def help_to(purpose: str, *words: object) -> Help:
    """A command that helps where a change is final."""
    return Help(purpose=purpose, command=command(*words))
