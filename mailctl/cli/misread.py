"""What Typer refuses, in our words: which word was read as what, and what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from mailctl.errors import MailctlError, UsageError

_EVERYWHERE = frozenset(("store", "wait", "verbose", "color", "output", "fields", "limit"))
"""Options of every command or list: a word too many is hardly meant for them."""


def usage_error(error: typer.TyperException) -> UsageError:
    """What Typer refused, in our words: which word, what is wrong with it, and what to try."""
    context = getattr(error, "ctx", None)
    help_of = f"{context.command_path if context else 'mailctl'} --help"
    parameter, hint = getattr(error, "param", None), getattr(error, "hint", None)
    order = _order(context) if parameter is not None and _is_word(parameter) else None
    if order is not None:
        hint = f"{hint}; the order is: {order}" if hint else order
    return UsageError(_in_our_words(error), hint=hint or help_of)


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


def _meant(error: typer.TyperException, word: str) -> str:
    """Which option a word too many was meant for: the one that takes it, and not just anything."""
    context = getattr(error, "ctx", None)
    if context is None:
        return ""
    options = [
        one
        for one in context.command.get_params(context)
        if not _is_word(one) and one.name not in _EVERYWHERE
    ]
    found = [_name(one) for one in options if one.is_flag and _name(one) == f"--{word}"]
    found += [f"{_name(one)} {word}" for one in options if _takes(one, context, word)]
    return f"; did you mean {' or '.join(found)}?" if found else ""


def _takes(option: Any, context: Any, word: str) -> bool:
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


def _in_our_words(error: typer.TyperException) -> str:
    option = getattr(error, "option_name", None)
    message = error.message
    if (parameter := getattr(error, "param", None)) is not None:
        # A missing parameter comes without a message of its own.
        what = f": {message}" if message else f" is missing{_read_as(error)}"
        return f"{_name(parameter)}{what}"
    if option and message.startswith("No such option"):
        return _no_option(option, getattr(error, "possibilities", None) or [])
    if option and message.endswith("requires an argument."):
        return f"{option} needs a value"
    if message.startswith("Got unexpected extra argument"):
        word = message.rpartition("(")[2].rstrip(").")
        return f"there is a word too many: {word}{_meant(error, word)}"
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")


def _no_option(option: str, possible: Sequence[str]) -> str:
    if option[1:2].isdigit():
        return f"{option} is below 0: numbers and amounts are given without a sign, as 10.50"
    from difflib import get_close_matches

    # Without the dashes, which all have: they make any two short words alike.
    known = {name.lstrip("-"): name for name in possible}
    close = [known[word] for word in get_close_matches(option.lstrip("-"), known)]
    return f"there is no option {option}" + (
        f"; did you mean {' or '.join(close)}?" if close else ""
    )
