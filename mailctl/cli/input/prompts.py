"""The value `-`: it is asked for, or read as one line of standard input.

A parser that takes it gives a question instead of a value; once the whole command line is parsed
the questions are answered, in the order in which they stand there (CLI, Form). On a terminal an
answer that cannot be is told at once, and asked for again before the next question.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from mailctl.cli.input import card_guard
from mailctl.cli.render.output import Output
from mailctl.errors import (
    AlreadyExistsError,
    CardNumberRefusedError,
    ConfirmationNeededError,
    MailctlError,
    UsageError,
)

if TYPE_CHECKING:
    from mailctl.store.engine.reader import Reader

ASKED = "-"
Parser = Callable[[str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What answers are checked with: what was given so far, and the store to look into.

    `is_new`: the command makes the thing that it names.
    """

    given: Mapping[str, Any]
    is_new: bool
    read: Callable[[], AbstractContextManager[Reader]]

    def text(self, name: str) -> str | None:
        """What was given for a parameter; None for nothing, or for what is asked for later."""
        value = self.given.get(name)
        return None if value is None or isinstance(value, Question) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """How answers are checked on a terminal.

    `before` refuses the command before anything is asked; `answer` refuses the value of a
    parameter, which is then asked for again.
    """

    before: Callable[[Asking], object]
    answer: Callable[[Asking, str, Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A value that was given as `-`: what it is called, and what its answer must be."""

    label: str
    parse: Parser
    checks: Checks | None = None


def or_asked(parse: Parser, label: str, checks: Checks | None = None) -> Parser:
    """A parser that takes `-` for a question and everything else as `parse` does."""

    def parse_or_ask(text: str) -> Any:
        if text == ASKED:
            return Question(label=label, parse=parse, checks=checks)
        return parse(text)

    return parse_or_ask


def answered(
    ctx: typer.Context,
    given: Mapping[str, Any],
    *,
    output: Output,
    no_input: bool,
    read: Callable[[], AbstractContextManager[Reader]],
) -> dict[str, Any]:
    """What a command was given, with every question replaced by its answer.

    On a terminal an invalid answer is asked for again; elsewhere it is a UsageError.
    ConfirmationNeededError where a terminal may not be asked, DeclinedError where the answer is the
    end of input.
    """
    known = dict(given)
    asking = Asking(given=known, read=read, is_new=ctx.command.name == "add")
    # The context has them in the order of the command line.
    questions = {name: one for name, one in ctx.params.items() if isinstance(one, Question)}
    if not questions:
        return known
    asks = sys.stdin.isatty()
    if asks:
        _check_can_ask(ctx, questions, no_input=no_input)
        for checks in {id(one.checks): one.checks for one in questions.values()}.values():
            if checks is not None:
                checks.before(asking)
    for name, question in questions.items():
        answer = _Answer(ctx=ctx, name=name, question=question)
        if asks:
            known[name] = answer.asked(output, asking)
        else:
            known[name] = answer.taken(_read(answer.flag))
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The answer to a question about a parameter of the command."""

    ctx: typer.Context
    name: str
    question: Question

    @property
    def parameter(self) -> Any:
        return next(one for one in self.ctx.command.params if one.name == self.name)

    @property
    def flag(self) -> str:
        return _flag(self.parameter)

    def taken(self, text: str) -> Any:
        """The value of a text; UsageError, CardNumberRefusedError."""
        card_guard.refuse((self.flag, text))
        if not text:
            raise UsageError(
                f"{self.flag}: nothing was given", hint=f"{self.ctx.command_path} --help"
            )
        try:
            return self.question.parse(text)
        except typer.BadParameter as refused:
            refused.ctx, refused.param = self.ctx, self.parameter
            raise

    def asked(self, output: Output, asking: Asking) -> Any:
        """The value that a person types; what is wrong with it is said, and it is asked again."""
        about = asking.text("customer") or asking.text("name")
        label = f"{self.question.label} of {about}" if about else self.question.label
        while True:
            text = output.ask_for(f"{label}:")
            try:
                value = self.taken(text)
                if self.question.checks is not None:
                    self.question.checks.answer(asking, self.name, value)
            except typer.BadParameter as refused:
                output.wrong(card_guard.without(refused.message), getattr(refused, "hint", None))
            except (UsageError, AlreadyExistsError, CardNumberRefusedError) as refused:
                output.wrong(*_words(refused, is_empty=not text))
            else:
                return value


def _words(refused: MailctlError, *, is_empty: bool) -> tuple[str, str | None]:
    if is_empty:
        return "a value is needed", "Ctrl-C ends without a change"
    return card_guard.without(refused.message), refused.hint


def _flag(parameter: Any) -> str:
    flag: str = next((opt for opt in parameter.opts if opt.startswith("--")), parameter.metavar)
    return flag


def _check_can_ask(
    ctx: typer.Context, questions: Mapping[str, Question], *, no_input: bool
) -> None:
    if no_input or not sys.stderr.isatty():
        names = {one.name: _flag(one) for one in ctx.command.params}
        raise ConfirmationNeededError(
            f"{names[next(iter(questions))]} - asks for the value, and there is no terminal to ask "
            "on",
            hint="give the value itself, or a line of standard input",
        )


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
