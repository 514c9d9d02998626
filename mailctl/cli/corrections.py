"""A command line that Typer refused, with one thing put right: proposed only if it parses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from mailctl.cli import synonyms
from mailctl.cli.command_lines import line, parses, root_of, takes, without_store
from mailctl.cli.input.common import FLAGS, VALUED
from mailctl.close_words import close_words, did_you_mean
from mailctl.values import Value

_MOST = 3
_CURRENCY = re.compile(r"[A-Za-z]{3}|[$£€]")
_LONG_DASHES = "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
Line = list[str]


class Correction(Value):
    """What was probably meant: in words for the sentence, and as a whole command, if it parses."""

    meant: tuple[str, ...] = ()
    command: str | None = None
    message: str | None = None


class Typed:
    """The words typed after a command, and what the whole line would be with others."""

    def __init__(self, error: typer.TyperException) -> None:
        context: Any = getattr(error, "ctx", None)
        self.context = context
        self.words: Line = list(getattr(error, "words", ()))
        self.path: Line = context.command_path.split()[1:] if context else []
        self._program = root_of(context) if context else None

    def command(self, words: Sequence[str]) -> str | None:
        """The whole command line with other words; None if that would be refused as well."""
        whole = without_store([*self.path, *words])
        if self._program is None or not parses(self._program, whole):
            return None
        return line(*whole)

    def first(self, lines: Iterator[Line]) -> str | None:
        """The first line that would not be refused."""
        return next((found for words in lines if (found := self.command(words))), None)

    def options(self) -> list[Any]:
        """The options of the command."""
        return [one for one in self.parameters() if one.param_type_name == "option"]

    def parameters(self) -> list[Any]:
        """The arguments and options of the command."""
        return list(self.context.command.get_params(self.context)) if self.context else []

    def free_places(self) -> list[int]:
        """Where the words stand that are neither options nor the values of options."""
        valued = {name for one in self.options() if not one.is_flag for name in one.opts}
        valued -= {name for one in self.options() if one.count for name in one.opts}
        places, after = [], ""
        for i, word in enumerate(self.words):
            if not word.startswith("-") and after not in valued:
                places.append(i)
            after = word
        return places


def of_option(error: typer.TyperException, option: str) -> Correction:
    """An option that the command does not have: spelt otherwise, called otherwise, or misplaced."""
    typed = Typed(error)
    place = next((i for i, word in enumerate(typed.words) if _is_it(word, option)), None)
    if place is None:
        return Correction()
    if (moved := _moved(typed, place)) is not None:
        text = f"{typed.words[place]} stands after the noun and the verb"
        return Correction(command=moved, message=text)
    name, equals, value = typed.words[place].partition("=")
    meant = _options_meant(typed, name)
    lines = (
        [*typed.words[:place], *f"{one}{equals}{value}".split(), *typed.words[place + 1 :]]
        for one in meant
    )
    return Correction(meant=tuple(meant), command=typed.first(lines), message=_named(name, meant))


def _is_it(word: str, option: str) -> bool:
    if option.startswith("--"):
        return word.partition("=")[0] == option
    # `-json` is refused as `-j`.
    return word.startswith("-") and not word.startswith("--") and option[1:] in word[1:]


def _named(name: str, meant: Sequence[str]) -> str:
    return f"there is no option {name}{did_you_mean(meant)}"


def _moved(typed: Typed, place: int) -> str | None:
    """An option before the noun, put behind the verb: with its value, or as a flag."""
    if not hasattr(typed.context.command, "names"):
        return None
    lines = (
        without_store([*typed.words[:place], *typed.words[end:], *typed.words[place:end]])
        for end in (place + 1, place + 2)
    )
    return typed.first(words for words in lines if words and not words[0].startswith("-"))


def _options_meant(typed: Typed, name: str) -> list[str]:
    """The options of the command that a word may stand for, the likeliest first."""
    known = {opt.lstrip("-"): opt for one in typed.options() for opt in one.opts if opt[:2] == "--"}
    word = name.lstrip("-").lower().replace("_", "-")
    if word in known:
        return [known[word]]
    starting = [known[one] for one in known if one.startswith(word)] if word else []
    if len(word) == 1:
        # A command's own options come before the common ones.
        return sorted(starting, key=lambda one: one in VALUED | FLAGS)[:_MOST]
    called = [
        one
        for spelling in (word, word.removesuffix("s"))
        for one in synonyms.OPTIONS.get(spelling, ())
        if one.split()[0].lstrip("-") in known
    ]
    close = [known[one] for one in close_words(word, known)]
    return list(dict.fromkeys((*starting, *(called[:1] or close))))[:_MOST]


def of_long_dash(error: typer.TyperException) -> Correction | None:
    """A dash that a word processor made longer: the option was copied from a text."""
    typed = Typed(error)
    wrong = [word for word in typed.words if word[:1] and word[0] in _LONG_DASHES]
    if not wrong:
        return None
    words = [
        f"--{word.lstrip(f'{_LONG_DASHES}-')}" if word in wrong else word for word in typed.words
    ]
    text = f"{wrong[0]} begins with a long dash; options begin with hyphens"
    return Correction(command=typed.command(words), message=text)


def of_extra_word(error: typer.TyperException, extra: str, options: Sequence[str]) -> Correction:
    """A word too many, which was meant for an option: `tick 2026-03-01` for `tick --to`."""
    typed = Typed(error)
    if "help" in extra.split():
        text = f"there is a word too many: {extra}"
        return Correction(command=line(*typed.path, "--help"), message=text)
    lines = []
    for place in reversed(typed.free_places()):
        if typed.words[place] == extra:
            before, after = typed.words[:place], typed.words[place + 1 :]
            lines = [[*before, *option.split(" ", 1), *after] for option in options]
            break
    if (command := typed.first(iter(lines))) is not None or options:
        return Correction(meant=tuple(options), command=command)
    found = typed.first(_without_currency(typed, extra))
    if found is None and (found := typed.first(_in_quotes(typed, extra))) is not None:
        text = f"there is a word too many: {extra}; several words are one value in quotes"
        return Correction(command=found, message=text)
    return Correction(command=found or typed.first(_as_option(typed, extra)))


def _without_currency(typed: Typed, extra: str) -> Iterator[Line]:
    """`credit acme 10 EUR` without the currency, of which a store has one."""
    for i, word in enumerate(typed.words):
        if word == extra and _CURRENCY.fullmatch(word) and typed.words[i - 1][-1:].isdigit():
            yield [*typed.words[:i], *typed.words[i + 1 :]]


def _in_quotes(typed: Typed, extra: str) -> Iterator[Line]:
    """The words after an option's value made part of it: `--name Acme SARL`."""
    free = typed.free_places()
    for i, word in enumerate(typed.words[:-1]):
        is_joined = word.startswith("--") and "=" in word
        first = i if is_joined else i + 1
        if not word.startswith("-") or first in free:
            continue
        end = first + 1
        while end in free:
            end += 1
        value = " ".join(typed.words[first:end])
        if end > first + 1 and extra.split(maxsplit=1)[0] in value.split():
            yield [*typed.words[:first], value, *typed.words[end:]]


def _as_option(typed: Typed, extra: str) -> Iterator[Line]:
    """`edit acme name=Acme` as `--name Acme`, where there is that option."""
    names = {opt for one in typed.options() for opt in one.opts}
    for i, word in enumerate(typed.words):
        name, equals, value = word.partition("=")
        if word == extra and equals and f"--{name}" in names:
            yield [*typed.words[:i], f"--{name}", value, *typed.words[i + 1 :]]


def of_order(error: typer.TyperException) -> str | None:
    """The command with two of its words exchanged, if that is accepted: `tax set 20 FR`."""
    typed = Typed(error)
    places = typed.free_places()
    pairs = [(i, j) for i in places for j in places if i < j]

    def exchanged() -> Iterator[Line]:
        for i, j in sorted(pairs, key=lambda pair: pair[1] - pair[0]):
            words = list(typed.words)
            words[i], words[j] = words[j], words[i]
            yield words

    return typed.first(exchanged()) if len(places) <= 6 else None


def of_value(error: typer.TyperException, meant: str) -> str | None:
    """The command with a misspelt value put right: `--state actve`."""
    typed = Typed(error)
    wrong = getattr(error, "given", None)

    def replaced() -> Iterator[Line]:
        for i, word in enumerate(typed.words):
            name, equals, value = word.rpartition("=")
            if value == wrong and (equals or word == wrong):
                yield [*typed.words[:i], f"{name}{equals}{meant}", *typed.words[i + 1 :]]

    return typed.first(replaced())


def of_missing(error: typer.TyperException) -> str:
    """The command with what it needs, for a person to fill in: `platform add x --customer C`.

    Where a word is missing, it is not known which one: all of them are shown as blanks. A word too
    many that a missing option takes is given to it.
    """
    typed = Typed(error)
    parameter: Any = getattr(error, "param", None)
    named = [one for one in typed.parameters() if one.param_type_name == "argument"]
    blanks: Line = []
    words = list(typed.words)
    extra: Line = []
    if parameter.param_type_name == "argument":
        blanks, words = [_blank(one) for one in named], []
    elif all(one.nargs == 1 for one in named):
        places = typed.free_places()[len(named) :]
        extra = [words[i] for i in places]
        words = [word for i, word in enumerate(words) if i not in places]
    given = {word.partition("=")[0] for word in typed.words}
    for one in typed.options():
        if one.required and not given.intersection(one.opts):
            taken = [word for word in extra if takes(one, typed.context, word)][:1]
            blanks.append(f"{one.opts[0]} {(taken or [one.metavar])[0]}")
    return " ".join((line(*typed.path, *words), *blanks))


def _blank(argument: Any) -> str:
    """What an argument is called in a line that a person completes."""
    return str(argument.metavar or argument.name).partition("|")[0]
