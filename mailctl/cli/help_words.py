"""Asking for help in whichever way: `help account renew`, `account help renew`, `--help account`.

A command line that asks for help is put into the one form that is understood: `account renew
--help`. Where `help` may be the name of a thing, as in `customer show help`, it stays that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mailctl.cli.command_lines import HELP, command_at
from mailctl.cli.input.common import VALUED
from mailctl.cli.typer_parts import Context, program_context

_HELP = "help"
# Of arguments with these names a word like `help` is never meant.
_NEVER_HELP = ("ACCOUNT", "ADDRESS", "NUMBER", "ID.", "KIND", "PERIOD", "SEQ", "AMOUNT", "DOMAIN")


def understood(program: Any, words: Sequence[str]) -> list[str]:
    """The words, with a question for help in its one form; as they are where there is none."""
    end = words.index("--") if "--" in words else len(words)
    if _HELP not in words[:end] and not HELP.intersection(words[:end]):
        return list(words)
    common, rest = _common(words[:end])
    asked = _asked(program, rest)
    return [*common, *asked, *words[end:]] if asked is not None else list(words)


def asked_about(words: Sequence[str]) -> list[str] | None:
    """The words after `help` where a line begins with it, behind common options; None elsewhere."""
    _, rest = _common(words)
    return rest[1:] if rest[:1] == [_HELP] else None


def _common(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The common options that begin a line, and what follows them."""
    found: list[str] = []
    rest = list(words)
    while rest and rest[0].startswith("-") and rest[0] not in HELP:
        found.append(rest.pop(0))
        if found[-1] in VALUED and rest:
            found.append(rest.pop(0))
    return found, rest


def _asked(program: Any, words: list[str]) -> list[str] | None:
    """`NOUN VERB --help` for a line that asks for help, or None for another one."""
    flags = [word for word in words if word in HELP]
    others = [word for word in words if word not in HELP]
    if flags and _HELP not in others[:1]:
        path, rest = command_at(program, others)
        # Before the end of the command, and `-?` anywhere; what is no command is refused later.
        if words.index(flags[0]) < max(len(path), 1) or "-?" in flags:
            return [*(path or others), *(rest if not path else []), "--help"]
        return None
    if others[:1] == [_HELP]:
        return _of_commands(program, others[1:], is_flagged=bool(flags))
    path, rest = command_at(program, others)
    if rest[:1] == [_HELP] and path:
        return _within(program, path, rest[1:])
    return None


def _of_commands(program: Any, words: list[str], *, is_flagged: bool) -> list[str] | None:
    """What `help WORDS` asks for: the help of a command, or one of help's own topics."""
    if not words:
        return [_HELP, "--help"] if is_flagged else ["--help"]
    if words[0].startswith("-"):
        return None
    topics = program.get_command(program_context(program), _HELP).names()
    if words[0] in topics and words[0] not in program.names():
        return [_HELP, words[0], "--help"] if is_flagged else None
    path, rest = command_at(program, words)
    if path and not [word for word in rest if not word.startswith("-")]:
        return [*path, "--help"]
    # A refusal names the word that is no command.
    return [*words, "--help"] if path or words[0] in program.names() else None


def _within(program: Any, path: list[str], words: list[str]) -> list[str] | None:
    """`account help`, `account help renew`, `account renew help`; None where it may be a name."""
    inner, rest = command_at(program, [*path, *words])
    if words and len(inner) > len(path) and not rest:
        return [*inner, "--help"]
    if words:
        return None
    context: Any = program_context(program)
    command = program
    for name in path:
        command = command.get_command(context, name)
        context = Context(command, info_name=name, parent=context)
    if hasattr(command, "names"):
        return [*path, "--help"]
    named = [one for one in command.get_params(context) if one.param_type_name == "argument"]
    first = str(named[0].metavar).strip("[]") if named else "ACCOUNT"
    return [*path, "--help"] if f"{first}.".startswith(_NEVER_HELP) else None
