"""Command lines that are only looked at: whether there is such a command, and whether it parses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import typer

from mailctl.cli.typer_parts import Context, program_context
from mailctl.errors import MailctlError

EVERYWHERE = frozenset(("store", "wait", "verbose", "color", "output", "fields", "limit", "sort"))
"""Options of every command or list: a word in the wrong place is hardly meant for them."""
HELP = frozenset(("-h", "--help", "-?"))
_STORE = "--store"
_SURE = ("-y", "--yes")


def root_of(context: Context) -> Any:
    """The whole program, from the place of one of its commands."""
    while context.parent is not None:
        context = context.parent
    return context.command


def line(*words: str) -> str:
    """A command line as a shell reads it back; the store is added where it is printed."""
    return " ".join(("mailctl", *map(_quoted, without_store(words))))


def _quoted(word: str) -> str:
    import shlex

    # Blanks of a usage line, which a person replaces, are shown as they are.
    return word if word.strip("[].").isidentifier() else shlex.quote(word)


def without_store(words: Sequence[str]) -> list[str]:
    """The words but for `--store PATH`, which every printed command gets by itself, and `--yes`.

    What is proposed may not be what was meant: it asks before it acts.
    """
    kept, rest = [], iter(words)
    for word in rest:
        if word == _STORE:
            next(rest, None)
        elif word not in _SURE and not word.startswith(f"{_STORE}="):
            kept.append(word)
    return kept


def verbs_of(program: Any, noun: str) -> list[str]:
    """The verbs of a noun; none of a command that stands alone."""
    command = program.get_command(program_context(program), noun)
    return list(command.names()) if hasattr(command, "names") else []


def command_at(program: Any, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The noun and verb that begin the words, as far as there are such, and the words after."""
    path: list[str] = []
    group, context, rest = program, program_context(program), list(words)
    while rest and hasattr(group, "names") and rest[0] in group.names():
        name = rest.pop(0)
        path.append(name)
        group = group.get_command(context, name)
        context = Context(group, info_name=name, parent=context)
    return path, rest


def parses(program: Any, words: Sequence[str]) -> bool:
    """Whether a command line would be carried out, as far as its words tell."""
    group, context, rest = program, program_context(program), list(words)
    while hasattr(group, "names"):
        if not rest or rest[0] not in group.names():
            if "list" not in group.names() or (rest and not rest[0].startswith("-")):
                return False
            rest = ["list", *rest]
        name = rest.pop(0)
        group, above = group.get_command(context, name), context
        context = Context(group, info_name=name, parent=above)
    if HELP.intersection(rest):
        return True
    try:
        with group.make_context(name, rest, parent=above):
            return True
    except (typer.TyperException, MailctlError, ValueError):
        return False


def options_for(command: Any, context: Any, word: str) -> list[str]:
    """What a word of a command was meant for: `--overdue`, `--to 2026-03-01`.

    A flag of that name, or the options that take this word, but not just any; else what the word
    means elsewhere, else a search for it.
    """
    from mailctl.cli import synonyms

    options = {
        next(name for name in one.opts if name.startswith("--")): one
        for one in command.get_params(context)
        if one.param_type_name == "option" and one.name not in EVERYWHERE
    }
    found = [f"--{word}"] if f"--{word}" in options and options[f"--{word}"].is_flag else []
    found += [f"{name} {word}" for name, one in options.items() if takes(one, context, word)]
    called = [
        one
        for one in synonyms.OPTIONS.get(word, ())
        if (option := options.get(one.split()[0]))
        and (option.is_flag or takes(option, context, one.split()[-1]))
    ]
    return found or called[:1] or [f"{name} {word}" for name in options if name == "--search"]


def takes(option: Any, context: Any, word: str) -> bool:
    """Whether an option takes a word, but not any other."""
    if option.is_flag:
        return False

    def is_taken(text: str) -> bool:
        try:
            option.type.convert(text, option, context)
        except (typer.TyperException, MailctlError, ValueError):
            return False
        return True

    return is_taken(word) and not is_taken("no such word")


def ratio(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


@cache
def nouns_of_verbs(program: Any) -> dict[str, list[str]]:
    """The nouns that have each verb; every noun is loaded for it, so only refusals ask."""
    found: dict[str, list[str]] = {}
    context = program_context(program)
    for noun in program.names():
        command = program.get_command(context, noun)
        for verb in command.names() if hasattr(command, "names") else ():
            found.setdefault(verb, []).append(noun)
    return found
