"""The value `-`: it is asked for, or read as one line of standard input.

A parser that takes it gives a question instead of a value; once the whole command line is parsed
the questions are answered, in the order in which they stand there (CLI, Form). On a terminal an
answer that is wrong is refused at once, and asked for again before the next question.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import typer

from mailctl.cli.input import card_guard
from mailctl.cli.input.parse import Unanswered
from mailctl.cli.render.output import Output
from mailctl.errors import (
    AlreadyExistsError,
    CardNumberRefusedError,
    ConfirmationNeededError,
    MailctlError,
    UsageError,
)
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.store.engine.reader import Reader

ASKED = "-"
Parser = Callable[[str], Any]


class Asking(Value):
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


def _thing_named(asking: Asking) -> str | None:
    return asking.text("customer") or asking.text("name")


class Checks(Value):
    """How answers are checked on a terminal.

    `before` refuses the command before anything is asked; `answer` refuses the value of a
    parameter, which is then asked for again.
    """

    before: Callable[[Asking], object]
    answer: Callable[[Asking, str, Any], object]


class Question(Value, Unanswered):
    """A value that was given as `-`: what it is called, and what its answer must be.

    `about` says whose it is, where that is not a customer or a name; `flag` what errors call it,
    where that is not the option.
    """

    label: str
    parse: Parser
    checks: Checks | None = None
    about: Callable[[Asking], str | None] = _thing_named
    flag: str | None = None


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
    answers = [
        _Answer(ctx=ctx, name=name, question=one, place=place)
        for name, value in ctx.params.items()
        for place, one in _questions(value)
    ]
    if not answers:
        return known
    asks = sys.stdin.isatty()
    if asks:
        _check_can_ask(answers[0].flag, no_input=no_input)
        for checks in {id(one.question.checks): one.question.checks for one in answers}.values():
            if checks is not None:
                checks.before(asking)
    for answer in answers:
        value = answer.asked(output, asking) if asks else answer.taken(_read(answer.flag))
        if answer.place is None:
            known[answer.name] = value
        else:
            words = list(known[answer.name])
            words[answer.place] = value
            known[answer.name] = words
    return known


def _questions(value: object) -> Iterator[tuple[int | None, Question]]:
    """The question that a parameter is, or those among its words, with their places."""
    if isinstance(value, Question):
        yield None, value
    elif isinstance(value, list | tuple):
        yield from ((at, one) for at, one in enumerate(value) if isinstance(one, Question))


class _Answer(Value):
    """The answer to a question about a parameter of the command, or the word at its `place`."""

    ctx: typer.Context
    name: str
    question: Question
    place: int | None

    @property
    def parameter(self) -> Any:
        return next(one for one in self.ctx.command.params if one.name == self.name)

    @property
    def flag(self) -> str:
        opts = (opt for opt in self.parameter.opts if opt.startswith("--"))
        return self.question.flag or next(opts, str(self.parameter.metavar))

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
        about = self.question.about(asking)
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


def _check_can_ask(flag: str, *, no_input: bool) -> None:
    if no_input or not sys.stderr.isatty():
        raise ConfirmationNeededError(
            f"{flag} - asks for the value, and there is no terminal to ask on",
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
