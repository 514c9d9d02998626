"""What a command writes and where: data on stdout in the form asked for, all else on stderr.

Nothing outside this package writes to a stream: sentences come from the commands, tables from
`table`, what programs read from `machine_formats`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TextIO

from mailctl.cli.render import machine_formats
from mailctl.cli.render.colors import Color, Style, is_colored, styled
from mailctl.cli.render.machine_formats import InMemoryRows, Rows
from mailctl.cli.render.printed_commands import complete, complete_rows, complete_values
from mailctl.cli.render.text import clean, width_of, wrapped
from mailctl.close_words import begun_or_close, did_you_mean
from mailctl.contract import THINGS, Key, Kind, Thing, kind_of
from mailctl.errors import DeclinedError, UsageError
from mailctl.values import replace

if TYPE_CHECKING:
    from mailctl.cli.render import table

Words = ParamSpec("Words")

MANY = 25
"""From this many rows on a list ends with their number: nobody counts them at a glance."""


# How many columns a sheet of paper has: the width of documents in a pipe.
PAPER = 80


class Format(StrEnum):
    """The forms that data is given in."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    NAME = "name"


_HEADS = {"error:": Style.BOLD_RED, "warning:": Style.BOLD_MAGENTA}


def headed(head: str, text: str, color: Color) -> str:
    """Lines for stderr that begin with `error:` or `warning:`, set off where there is colour."""
    shown = wrapped(f"{head} {text}", width_of(sys.stderr))
    colored = is_colored(color, sys.stderr, os.environ)
    return shown.replace(head, styled(head, _HEADS[head], is_colored=colored), 1)


def _until_left(write: Callable[Words, None]) -> Callable[Words, None]:
    """A method that writes on stdout, as far as the person who reads it in a pager wants it."""

    @wraps(write)
    def written(*given: Words.args, **named: Words.kwargs) -> None:
        try:
            write(*given, **named)
        except BrokenPipeError:
            if not getattr(sys.stdout, "has_quit", False):
                raise

    return written


class Output:
    """The two streams of one command, and the form it was asked for."""

    def __init__(
        self,
        *,
        form: Format | None = None,
        fields: Sequence[str] = (),
        sort: str | None = None,
        color: Color = Color.AUTO,
        quiet: bool = False,
        verbose: int = 0,
    ) -> None:
        self.form = form
        self.fields = tuple(fields)
        self.sort = sort
        self.color = color
        self.quiet = quiet
        self.verbose = verbose
        self.currency = "EUR"

    def paged(self, *, is_wanted: bool = True) -> AbstractContextManager[None]:
        """Show what is written from here on through the pager, if it is longer than the screen."""
        if not (is_wanted and sys.stdout.isatty()):
            return nullcontext()
        from mailctl.cli.render import pager

        return pager.paging(pager.wanted(os.environ), self.warn)

    @_until_left
    def say(self, text: str) -> None:
        """A sentence on stdout, unless `-q`: what a change did, when no form was asked for."""
        if not self.quiet:
            sys.stdout.write(wrapped(complete(text), width_of(sys.stdout)))

    @_until_left
    def say_whole(self, line: str) -> None:
        """A line on stdout that ends in a command, unless `-q`: it is not broken."""
        if not self.quiet:
            sys.stdout.write(f"{clean(line)}\n")

    @_until_left
    def document(self, text: str) -> None:
        """A part of a document on stdout: lines as they are, broken only where a terminal ends."""
        sys.stdout.write(wrapped(text, width_of(sys.stdout)))

    @_until_left
    def page(self, text: str) -> None:
        """Text on stdout that is laid out already."""
        sys.stdout.write("\n".join(map(clean, text.split("\n"))))

    @_until_left
    def drawn(self, lines: Iterable[str]) -> None:
        """Lines on stdout that this package has laid out, cleaned and coloured."""
        for line in lines:
            sys.stdout.write(line)

    def topic(self, text: str) -> None:
        """A page of help on stdout, laid out for 80 columns, and again for fewer."""
        from mailctl.cli.render.help_page import page_width, reflowed

        self.page(reflowed(text, page_width()))

    def note(self, text: str, *, as_is: bool = False) -> None:
        """A message on stderr that `-q` leaves out; `as_is` for help, which is about no store."""
        if not self.quiet:
            self._to_stderr(text if as_is else complete(text))

    def all_well(self, text: str) -> None:
        """A message on stderr that nothing is wrong, in green where there is colour."""
        if not self.quiet:
            colored = is_colored(self.color, sys.stderr, os.environ)
            _say(styled(text, Style.GREEN, is_colored=colored) + "\n")

    def detail(self, text: str) -> None:
        """A message on stderr that only `-v` shows."""
        if self.verbose and not self.quiet:
            self._to_stderr(complete(text))

    def warn(self, text: str) -> None:
        """Something that the reader should know, on stderr; not even `-q` hides it."""
        from mailctl.cli.render.service_log import WARNING, prioritised

        shown = headed("warning:", complete(text), self.color)
        _say(prioritised(shown, WARNING))

    def warn_of_some(self, texts: Sequence[str], what: str) -> None:
        """A few warnings of many that are alike, and how many more there are; with -v all."""
        if not texts:
            return
        from mailctl.cli.render.plans import some

        for text in texts if self.verbose else some(texts, what):
            self.warn(text)

    def plan(self, items: Sequence[Mapping[str, object]], *, by: Sequence[str] = ()) -> None:
        """Tables on stderr of what is about to be done; many items, without -v, are a summary.

        It says how many there are of each kind `by` these keys of the contract.
        """
        if not items or self.quiet:
            return
        from mailctl.cli.render import plans, table

        for heading, part in [("", items)] if self.verbose else plans.summary(items, by):
            self.note(heading)
            table.write_items(sys.stderr, self._look(sys.stderr), part)

    def ask(self, question: str) -> bool:
        """Ask on stderr; only `y` or `yes` is a yes."""
        return self.ask_for(f"{question} [y/N]").lower() in ("y", "yes")

    def ask_for(self, question: str) -> str:
        """Ask on stderr for a word; returns what was typed. DeclinedError at the end of input."""
        shown = wrapped(complete(question), width_of(sys.stderr) - 1).removesuffix("\n")
        sys.stderr.write(f"{shown} ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer.endswith("\n"):
            sys.stderr.write("\n")
        if not answer:
            raise DeclinedError("nothing was done")
        return answer.strip()

    @property
    def is_json(self) -> bool:
        """Whether JSON or JSON Lines were asked for."""
        return self.form in (Format.JSON, Format.JSONL)

    def wrong(self, text: str, hint: str | None) -> None:
        """What is wrong with an answer, on stderr; it is asked for again."""
        sys.stderr.write(headed("error:", complete(text), self.color))
        if hint:
            self._to_stderr(f"hint: {complete(hint)}")

    def is_read_by_people(self) -> bool:
        """Whether a list is read by a person: on a terminal, no other form, fields or order."""
        form = self.form or (Format.TABLE if sys.stdout.isatty() else Format.TSV)
        return form is Format.TABLE and not self.fields and not self.sort

    def shows_document(self) -> bool:
        """Whether one thing is shown as its document: no other form, no fields were asked for.

        It is the same in a pipe as on a terminal (CLI, Form).
        """
        return self.form in (None, Format.TABLE) and not self.fields

    def document_width(self) -> int:
        """How wide the prose of a document is: as the terminal, in a pipe as a sheet of paper."""
        return width_of(sys.stdout) if sys.stdout.isatty() else PAPER

    @_until_left
    def items(self, items: Sequence[Mapping[str, object]], currency: str) -> None:
        """A table on stdout of a few items that share their keys: a part of a document."""
        from mailctl.cli.render import table

        table.write_items(sys.stdout, self._document_look(currency), items)

    def check_fields(self, thing: Thing, *, many: bool) -> None:
        """UsageError for a field that the thing does not have, naming those that it has."""
        known = [key.name for key in (thing.list_keys if many else thing.keys)]
        for name in self.fields:
            if name not in known and name != "all":
                raise UsageError(
                    f"{thing.name} has no field {name!r}"
                    + did_you_mean(begun_or_close(name, known, most=1)),
                    hint=f"--fields all, or some of {','.join(known)}",
                )

    def check_sort(self, thing: Thing) -> None:
        """UsageError for a key that a list of the thing cannot be sorted by, naming the others."""
        known = [key.name for key in thing.list_keys]
        name = (self.sort or "").removeprefix("-")
        if self.sort is not None and name not in known:
            raise UsageError(
                f"--sort {self.sort}: {thing.name} has no field {name!r}"
                + did_you_mean(begun_or_close(name, known, most=1)),
                hint=f"--sort with one of {', '.join(known)}; --sort=-{known[0]} is downwards",
            )

    @_until_left
    def write_list(self, rows: Rows, *, beside: Mapping[str, object] | None = None) -> None:
        """A complete list; to a person it says when there is nothing in it."""
        form = self.form or (Format.TABLE if sys.stdout.isatty() else Format.TSV)
        if self.sort is not None:
            self.check_sort(rows.thing)
            rows.sort(self.sort.removeprefix("-"), downwards=self.sort.startswith("-"))
        rows = complete_rows(rows)
        thing = rows.thing
        in_full = form in (Format.JSON, Format.JSONL)
        keys = self._keys(thing.list_keys, () if in_full else thing.columns, thing=thing, many=True)
        if form is Format.TABLE:
            self._draw_list(rows, keys if self.fields else ())
        elif form is Format.JSON:
            names = [key.name for key in keys]
            machine_formats.write_json_list(sys.stdout.write, rows, names, beside=beside or {})
        elif form is Format.JSONL:
            machine_formats.write_json_lines(sys.stdout.write, rows, [key.name for key in keys])
        elif form is Format.NAME:
            machine_formats.write_names(sys.stdout.write, rows)
        else:
            write = machine_formats.write_csv if form is Format.CSV else machine_formats.write_tsv
            write(sys.stdout.write, rows, keys)

    @_until_left
    def write_thing(
        self, name: str, values: Mapping[str, object], *, beside: Mapping[str, object] | None = None
    ) -> None:
        """One thing of the contract; `beside` are keys that a change adds to it.

        In a pipe too it is its document, unless a form or fields were asked for.
        """
        thing = THINGS[name]
        values, beside = complete_values(thing, values), complete_values(thing, beside or {})
        is_drawn = self.shows_document() or sys.stdout.isatty()
        form = self.form or (Format.TABLE if is_drawn else Format.TSV)
        shown = {**self._chosen(thing, values, form), **beside}
        if form is Format.TABLE:
            from mailctl.cli.render import table

            table.write_thing(sys.stdout, self._document_look(), thing, shown)
        elif form is Format.JSON:
            machine_formats.write_json_thing(sys.stdout.write, thing, shown)
        elif form is Format.JSONL:
            machine_formats.write_json_line(sys.stdout.write, shown)
        elif form is Format.NAME:
            machine_formats.write_names(sys.stdout.write, InMemoryRows(thing, [values]))
        else:
            write = machine_formats.write_csv if form is Format.CSV else machine_formats.write_tsv
            write(
                sys.stdout.write,
                InMemoryRows(thing, [shown]),
                [_key(thing, name) for name in shown],
            )

    def _chosen(
        self, thing: Thing, values: Mapping[str, object], form: Format
    ) -> dict[str, object]:
        if self.fields:
            keys = self._keys(thing.keys, (), thing=thing, many=False)
            return {key.name: values[key.name] for key in keys}
        known = [key.name for key in thing.keys if key.name in values]
        # In the order of the contract; what a change adds comes last.
        values = {name: values[name] for name in (*known, *values)}
        if form in (Format.CSV, Format.TSV):
            nested = (Kind.LIST, Kind.OBJECT)
            return {
                name: value
                for name, value in values.items()
                if _key(thing, name).kind not in nested
            }
        return values

    def _keys(
        self, known: Sequence[Key], default: Sequence[str], *, thing: Thing, many: bool
    ) -> list[Key]:
        self.check_fields(thing, many=many)
        if "all" in self.fields or not (self.fields or default):
            return list(known)
        return [_key(thing, name) for name in self.fields or default]

    def _draw_list(self, rows: Rows, asked: Sequence[Key]) -> None:
        """A table of the columns that people see, or of the fields that were asked for."""
        from mailctl.cli.render import columns, table
        from mailctl.cli.render.plurals import PLURALS

        thing = rows.thing
        chosen, fewest = (
            columns.chosen_columns(thing, asked) if asked else columns.columns_of(thing)
        )
        look = self._look(sys.stdout)
        drawn = table.write_list(sys.stdout, look, rows, chosen, fewest=fewest)
        plural = PLURALS.get(thing.name, thing.name + "s")
        if not drawn.rows:
            self.note(f"No {plural} match.")
            return
        if drawn.rows >= MANY and sys.stdout.isatty():
            self.note(f"{drawn.rows:,} {plural}.")
        if drawn.left_out:
            self.note(
                f"No room for: {', '.join(drawn.left_out)}. "
                "A wider terminal or --fields shows them."
            )
        if drawn.shortened:
            self.note(f"Shortened: {', '.join(drawn.shortened)}. -o csv has it whole.")

    def _look(self, stream: TextIO, currency: str | None = None) -> table.Look:
        from mailctl.cli.render import table

        return table.Look(
            width=width_of(stream),
            color=is_colored(self.color, stream, os.environ),
            currency=currency or self.currency,
        )

    def _document_look(self, currency: str | None = None) -> table.Look:
        look = self._look(sys.stdout, currency)
        return look if sys.stdout.isatty() else replace(look, width=PAPER, whole=True)

    def _to_stderr(self, text: str) -> None:
        _say(wrapped(text, width_of(sys.stderr)))


def _say(text: str) -> None:
    """A message on stderr; after the data, where that goes through a pager."""
    getattr(sys.stdout, "say_after", sys.stderr.write)(text)


def _key(thing: Thing, name: str) -> Key:
    return thing.key(name) or Key(name=name, kind=kind_of(name))
