"""What Typer refuses, in our words: which word was read as what, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer

from mailctl.cli import corrections
from mailctl.cli.command_lines import line, options_for, ratio
from mailctl.cli.corrections import Correction
from mailctl.close_words import did_you_mean
from mailctl.errors import NotFoundError, UsageError

_NO_ID = re.compile(r"[^a-z0-9.-]|^[0-9]{6,}$")
_JOINTS = re.compile(r"[-_. ]")
_SURE = 0.9
"""How alike two names are of which one was surely meant, though others are like it too."""


def usage_error(error: typer.TyperException) -> UsageError:
    """What Typer refused, in our words: which word, what is wrong with it, and what to try."""
    context = getattr(error, "ctx", None)
    found = corrections.of_long_dash(error) or _corrected(error)
    hint = found.command or _of_value(error)
    if hint is None:
        hint = getattr(error, "hint", None)
        parameter = getattr(error, "param", None)
        if parameter is not None and _is_word(parameter) and (order := _order(context)):
            hint = f"{hint}; the order is: {order}" if hint else order
    help_of = f"{context.command_path if context else 'mailctl'} --help"
    return UsageError(found.message or _in_our_words(error), hint=hint or help_of)


def better_hint(error: NotFoundError, words: Sequence[str]) -> str | None:
    """The command once more, with the name that there is, or its help if that was asked for."""
    if error.name == "help":
        return line(*(word for word in words if word != "help"), "--help")
    places = [i for i, word in enumerate(words) if error.name in (word, _value_in(word))]
    if len(places) != 1:
        return None
    place = places[0]
    before, typed, after = list(words[:place]), words[place], list(words[place + 1 :])
    if _is_exchanged(error, before, after):
        return line(*before, after[0], error.name, *after[1:])
    if not error.close:
        is_name = error.noun == "customer" and _NO_ID.search(error.name) and error.name.strip()
        is_count = error.noun == "invoice" and error.name.isdigit()
        return line("find", error.name) if is_name or is_count else None
    first = error.close[0]
    if len(error.close) > 1 and ratio(_plain(error.name), _plain(first)) < _SURE:
        return None
    return line(*before, f"{typed.removesuffix(error.name)}{first}", *after)


def _value_in(word: str) -> str | None:
    return word.partition("=")[2] if word.startswith("--") else None


def _plain(name: str) -> str:
    return _JOINTS.sub("", name.lower())


def _is_exchanged(error: NotFoundError, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether an address stands before what it was meant for: `account configure ADDRESS 17`."""
    if "@" not in error.name or not after or "@" in after[0] or after[0].startswith("-"):
        return False
    takes_an_address = before[-1:] in (["configure"], ["rename"]) and after[0].isdigit()
    return error.noun == "platform" or (error.noun == "account" and takes_an_address)


def _corrected(error: typer.TyperException) -> Correction:
    """What was probably meant by what was refused."""
    option, message = getattr(error, "option_name", None), error.message
    if getattr(error, "param", None) is not None:
        return Correction()
    if option and message.startswith("No such option") and not option[1:2].isdigit():
        return corrections.of_option(error, option)
    if (extra := _extra(message)) is not None:
        return corrections.of_extra_word(error, extra, _meant(error, extra))
    return Correction()


def _of_value(error: typer.TyperException) -> str | None:
    """The whole command that helps where a value was refused, or one is missing."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return None
    if meant := getattr(error, "meant", None):
        return corrections.of_value(error, meant)
    if not error.message:
        return corrections.of_missing(error)
    return corrections.of_order(error) if _is_word(parameter) else None


def _is_word(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _name(parameter: Any) -> str:
    """What a parameter is called: an option as it is typed, a word as the usage names it."""
    opts = [name for name in parameter.opts if name.startswith("--")]
    return opts[0] if opts else str(parameter.metavar or parameter.name).strip("[]")


def _order(context: Any) -> str | None:
    """A command with its words in their order; None where one word is all that it takes."""
    if context is None:
        return None
    named = [one for one in context.command.get_params(context) if _is_word(one)]
    if len(named) < 2:
        return None
    return " ".join((context.command_path, *(one.metavar or one.name for one in named)))


def _read_as(error: typer.TyperException) -> str:
    """How the words before a missing one were read: `(CUSTOMER is '10')`, or nothing."""
    context, missing = getattr(error, "ctx", None), getattr(error, "param", None)
    if context is None or missing is None or not _is_word(missing):
        return ""
    read = [
        f"{_name(one)} is {context.params[one.name]!r}"
        for one in context.command.get_params(context)
        if _is_word(one) and isinstance(context.params.get(one.name), str | int)
    ]
    return f" ({', '.join(read)})" if read else ""


def _extra(message: str) -> str | None:
    """The words too many of a refusal, which has them in brackets at its end; None of another."""
    if not message.startswith("Got unexpected extra argument"):
        return None
    return message.partition(" (")[2].removesuffix(".").removesuffix(")")


def _meant(error: typer.TyperException, word: str) -> list[str]:
    """Which options a word too many was meant for: those that take it, and not just anything."""
    context = getattr(error, "ctx", None)
    if context is None:
        return []
    return options_for(context.command, context, word)


def _in_our_words(error: typer.TyperException) -> str:
    option = getattr(error, "option_name", None)
    message = error.message
    if (parameter := getattr(error, "param", None)) is not None:
        # A missing parameter comes without a message of its own.
        what = f": {message}" if message else f" is missing{_read_as(error)}"
        return f"{_name(parameter)}{what}"
    if option and message.startswith("No such option"):
        words: Sequence[str] = getattr(error, "words", ())
        typed = next((word for word in words if word.startswith(option)), option)
        below = f"{typed} is below 0: numbers and amounts are given without a sign, as 10.50"
        return below if option[1:2].isdigit() else f"there is no option {option}"
    if option and message.endswith("requires an argument."):
        return f"{option} needs a value"
    if (extra := _extra(message)) is not None:
        meant = _meant(error, extra)
        return f"there is a word too many: {extra}{did_you_mean(meant)}"
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")
