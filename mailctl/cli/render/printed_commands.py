"""Commands that are printed to be run: each names the store where that was given by `--store`.

Hints and advice are written as `mailctl account list`; run so, they would reach the default store.
What prints them completes them here, once and before lines are broken (CLI, Form).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mailctl.cli.nouns import NOUNS

if TYPE_CHECKING:
    from mailctl.cli.render.machine_formats import Rows
    from mailctl.contract import Thing

_OPTION = "--store"
# Nouns whose commands use no store.
_STORELESS = frozenset(("help", "demo"))
# Which keys of a thing hold commands; of other things it is the one called `command`.
_WITH_COMMANDS: Mapping[str, frozenset[str]] = {
    "finding": frozenset(("message", "command")),
    "explanation": frozenset(("text", "command")),
    "sentence": frozenset(("text",)),
    "order": frozenset(("needs",)),
    "notice": frozenset(("last_error",)),
    # What was typed then, as it was recorded.
    "journal": frozenset(),
}
_COMMAND_ALONE = frozenset(("command",))
_given: ContextVar[str | None] = ContextVar("store_given", default=None)


def begin(words: Sequence[str]) -> None:
    """Remember the store that a command line names by `--store`, or that it names none."""
    _given.set(_store_in(words))


def complete(text: str) -> str:
    """A text in which every command of mailctl names the store that was given."""
    store = _given.get()
    if store is None or "mailctl " not in text:
        return text
    named = f"mailctl {_OPTION} {quoted(store)} "
    return _command().sub(lambda _: named, text)


def complete_command(command: str) -> str:
    """One command that names the store that was given; its words stay, whatever they say."""
    store = _given.get()
    if store is None:
        return command
    return f"mailctl {_OPTION} {quoted(store)} {command.removeprefix('mailctl ')}"


def complete_values(thing: Thing, values: Mapping[str, object]) -> dict[str, object]:
    """The values of a thing, with the commands in them completed."""
    keys = _WITH_COMMANDS.get(thing.name, _COMMAND_ALONE)
    return {name: _completed(value, name, keys) for name, value in values.items()}


def complete_rows(rows: Rows) -> Rows:
    """A list of things, with the commands in them completed as they come."""
    is_needed = _given.get() is not None and any(
        rows.thing.key(name) for name in _WITH_COMMANDS.get(rows.thing.name, _COMMAND_ALONE)
    )
    return _Completed(rows) if is_needed else rows


class _Completed:
    """Rows whose commands are completed one by one."""

    def __init__(self, rows: Rows) -> None:
        self.thing = rows.thing
        self._rows = rows

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The raw values of these keys, a row at a time."""
        for row in self._rows.rows(keys):
            values = complete_values(self.thing, dict(zip(keys, row, strict=True)))
            yield tuple(values[key] for key in keys)

    def json(self, keys: Sequence[str]) -> Iterator[str]:
        """Each row as the text of one JSON object."""
        import json

        for text in self._rows.json(keys):
            yield json.dumps(complete_values(self.thing, json.loads(text)), ensure_ascii=False)

    def sort(self, key: str, *, downwards: bool) -> None:
        """Order the rows by a key, those without it last, equal ones as before."""
        self._rows.sort(key, downwards=downwards)


def _completed(value: object, name: str, keys: frozenset[str]) -> object:
    if isinstance(value, str):
        return complete(value) if name in keys else value
    if isinstance(value, Mapping):
        return {inner: _completed(part, inner, keys) for inner, part in value.items()}
    if isinstance(value, list | tuple):
        return [_completed(part, name, keys) for part in value]
    return value


def _store_in(words: Sequence[str]) -> str | None:
    """What `--store` names, the last one where it is given twice; from the words alone."""
    found = None
    for i, word in enumerate(words):
        if word == "--":
            break
        if word == _OPTION:
            found = words[i + 1] if i + 1 < len(words) else found
        elif word.startswith(f"{_OPTION}="):
            found = word.removeprefix(f"{_OPTION}=")
    return found and _without_password(found)


def _without_password(store: str) -> str:
    """A store as it may be printed, even where it is refused."""
    if "://" not in store:
        return store
    from mailctl.store.engine.postgresql import server

    return server.without_password(store)


@lru_cache(maxsize=100)
def quoted(word: str) -> str:
    """A word as it is typed in a shell."""
    import shlex

    return shlex.quote(word)


@cache
def _command() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in NOUNS if noun not in _STORELESS)
    return re.compile(rf"(?<![\w./-])mailctl (?=(?:{nouns})(?![\w-]))")
