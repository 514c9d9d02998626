"""What mailctl takes from Typer beyond what Typer documents: all of it, with its reasons.

Typer builds every command of a program before it runs one, from signatures that it inspects; that
is a large part of a start-up. mailctl builds the one command that is asked for, from a signature
that is put together then. Typer has no public way to do either, so these names may change in any
release: it is pinned (pyproject.toml), and a new version is taken up by reading this module.
Above 0.28 it also imports pydantic at the first parsed option: 77 ms more on every command.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

# The context and the refusals of click, of which Typer carries a copy of its own.
from typer._click.core import Context
from typer._click.exceptions import UsageError as BadWords

# Where a command line stops and which part of it is asked for; Typer's own completion splits words
# at `@`, and loads rich for every answer.
from typer._click.shell_completion import CompletionItem, _resolve_context, _resolve_incomplete

# The base classes of commands and groups, whose help and look-up mailctl replaces.
from typer.core import TyperCommand, TyperGroup

# What makes a command of a function, and parameters of a signature, one by one.
from typer.main import get_command_from_info, get_params_convertors_ctx_param_name_from_function
from typer.models import CommandInfo

__all__ = [
    "BadWords",
    "CommandInfo",
    "CompletionItem",
    "Context",
    "Option",
    "TyperCommand",
    "TyperGroup",
    "command_of",
    "completed",
    "parameters_of",
    "signed",
]

_SORT = "--sort"

Signed = Callable[..., object]
Option = tuple[str, Any, object]


def signed(function: Signed, own: Iterable[inspect.Parameter], options: Iterable[Option]) -> Signed:
    """The function with the signature that Typer shall read: keywords alone.

    An option is its name, its annotation and its default.
    """
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [parameter.replace(kind=keyword) for parameter in own]
    parameters += [
        inspect.Parameter(name, keyword, annotation=annotation, default=default)
        for name, annotation, default in options
    ]
    # Typer reads the signature for names and defaults, the annotations for types.
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return function


def parameters_of(options: Iterable[Option]) -> list[Any]:
    """Options as the parameters of a group, which has no function to read them from."""

    def stand_in(**_given: object) -> None:
        """The function that has the signature."""

    function = signed(stand_in, (), options)
    return list(get_params_convertors_ctx_param_name_from_function(function)[0])


def program_context(program: TyperGroup) -> Context:
    """The context in which the program's commands are looked up, with its own words for help.

    A command remembers the words for help of the first context that it meets.
    """
    return Context(program, info_name="mailctl", **program.context_settings)


def command_of(info: CommandInfo) -> TyperCommand:
    """A command, built now from what a module registered."""
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    assert isinstance(command, TyperCommand)
    return command


def completed(
    program: TyperGroup, words: list[str], typed: str
) -> tuple[list[CompletionItem], str]:
    """What may follow words, and the part of the typed word that it stands for."""
    context = _resolve_context(program, {}, "mailctl", words)
    # Words that a group keeps for a command which it does not have.
    if isinstance(context.command, TyperGroup) and context._protected_args:  # noqa: SLF001
        return [], typed
    if sign := _sign_of_sorted(words, typed):
        name = typed.removeprefix(f"{_SORT}=").removeprefix(sign)
        asked, _ = _resolve_incomplete(context, [*words, _SORT] if "=" in typed else words, name)
        found = asked.shell_complete(context, name)
        for item in found:
            item.value = f"{sign}{item.value}"
        return found, f"{sign}{name}"
    asked, value = _resolve_incomplete(context, list(words), typed)
    return asked.shell_complete(context, value), value


def _sign_of_sorted(words: list[str], typed: str) -> str:
    """The dash of a key to sort by downwards, which click would take for that of an option."""
    follows = typed.startswith("-") and words[-1:] == [_SORT]
    return "-" if follows or typed.startswith(f"{_SORT}=-") else ""
