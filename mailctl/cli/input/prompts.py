"""The value `-`: it is asked for, or read as one line of standard input.

A parser that takes it gives a question instead of a value; once the whole command line is parsed
the questions are answered, in the order in which they stand there (CLI, Form).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import typer

from mailctl.cli.input import card_guard
from mailctl.cli.render.output import Output
from mailctl.errors import ConfirmationNeededError, UsageError

ASKED = "-"
Parser = Callable[[str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A value that was given as `-`: what it is called, and what its answer must be."""

    label: str
    parse: Parser


def or_asked(parse: Parser, label: str) -> Parser:
    """A parser that takes `-` for a question and everything else as `parse` does."""

    def parse_or_ask(text: str) -> Any:
        return Question(label=label, parse=parse) if text == ASKED else parse(text)

    return parse_or_ask


def answered(
    ctx: typer.Context, given: Mapping[str, Any], *, output: Output, no_input: bool
) -> dict[str, Any]:
    """What a command was given, with every question replaced by its answer.

    UsageError for an invalid answer, ConfirmationNeededError where a terminal may not be
    asked.
    """
    parameters = {parameter.name: parameter for parameter in ctx.command.params}
    about = given.get("customer") or given.get("name")

    def ask(flag: str, label: str) -> str:
        return _line(flag, f"{label} of {about}" if about else label, output, no_input=no_input)

    answers = {
        name: _answer(ctx, parameters[name], value, ask)
        # The context has them in the order of the command line.
        for name, value in ctx.params.items()
        if isinstance(value, Question)
    }
    return {**given, **answers}


def _answer(
    ctx: typer.Context, parameter: Any, question: Question, ask: Callable[[str, str], str]
) -> Any:
    flag = next((opt for opt in parameter.opts if opt.startswith("--")), parameter.metavar)
    text = ask(flag, question.label)
    card_guard.refuse((flag, text))
    if not text:
        raise UsageError(f"{flag}: nothing was given", hint=f"{ctx.command_path} --help")
    try:
        return question.parse(text)
    except typer.BadParameter as refused:
        refused.ctx, refused.param = ctx, parameter
        raise


def _line(flag: str, label: str, output: Output, *, no_input: bool) -> str:
    if not sys.stdin.isatty():
        return _read(flag)
    if no_input or not sys.stderr.isatty():
        raise ConfirmationNeededError(
            f"{flag} - asks for the value, and there is no terminal to ask on",
            hint="give the value itself, or a line of standard input",
        )
    return output.ask_for(f"{label}:")


def _read(flag: str) -> str:
    data = sys.stdin.buffer.readline()
    if not data:
        raise UsageError(
            f"{flag} - wants a line of standard input, and there is none",
            hint="give one line for each value that is -",
        )
    try:
        return data.decode("utf-8").removeprefix("\ufeff").strip()
    except UnicodeDecodeError:
        raise UsageError(f"{flag}: the line of standard input is not UTF-8 text") from None
