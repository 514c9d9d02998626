"""The tree of commands, which grows as far as a command line reaches and no further.

Typer builds all commands of a program before it runs one; these groups build the one that is asked
for. Help and completion of a group come from tables and docstrings.
"""

# ruff: noqa: ARG002 - the signatures are Typer's

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache
from typing import Any

import typer

from mailctl.cli.command import COMMON, Elsewhere, composed, traits_of
from mailctl.cli.input.common import FLAGS, VALUED
from mailctl.cli.typer_parts import (
    BadWords,
    CommandInfo,
    CompletionItem,
    Context,
    Option,
    TyperCommand,
    TyperGroup,
    command_of,
    parameters_of,
)
from mailctl.errors import UsageError

SETTINGS = {"help_option_names": ["-h", "--help"]}
COMMON_NAMES = frozenset(
    (*COMMON, "output", "json", "fields", "sort", "dry_run", "yes", "help", "version")
)


@contextmanager
def _naming(ctx: Context, words: Sequence[str]) -> Iterator[None]:
    """Let a refusal know its command and the words typed after it, where Typer's does not."""
    typed = tuple(words)
    try:
        yield
    except BadWords as error:
        error.ctx = error.ctx or ctx
        error.words = typed  # type: ignore[attr-defined]
        raise


def summary(text: str | None) -> str:
    """The first sentence of a docstring."""
    return inspect.cleandoc(text or "").partition("\n\n")[0].replace("\n", " ")


class Verb(TyperCommand):
    """One command; its help shows examples as they stand and common options apart."""

    thing = ""

    def get_help(self, ctx: Context) -> str:
        """The help as text, as wide as the terminal."""
        return laid_out(self, ctx)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the words; a refusal of one points to the help of this command."""
        with _naming(ctx, args):
            return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Arguments as they are called: brackets mark those that may be left out."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: Context, formatter: Any) -> None:
        """Paragraphs are wrapped, the lines of an indented block are not."""
        write_paragraphs(self.help or "", formatter)

    def format_options(self, ctx: Context, formatter: Any) -> None:
        """Arguments, the command's own options, and those that all commands have."""
        sections: dict[str, list[tuple[str, str]]] = {
            "Arguments": [],
            "Options": [],
            "Common options": [],
        }
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            if parameter.param_type_name == "argument":
                sections["Arguments"].append(record)
            elif parameter.name in COMMON_NAMES:
                sections["Common options"].append(record)
            else:
                sections["Options"].append(record)
        for title, records in sections.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def laid_out(command: TyperCommand | TyperGroup, ctx: Context) -> str:
    """The help of a command or a group on mailctl's own page, which breaks no word."""
    from mailctl.cli.render.help_page import HelpPage, page_width

    page: Any = HelpPage(page_width())
    command.format_help(ctx, page)
    return str(page.getvalue()).rstrip("\n")


def write_paragraphs(text: str, formatter: Any) -> None:
    """Write help text: prose wrapped, indented lines kept."""
    from mailctl.cli.render.help_page import reflowed

    for paragraph in inspect.cleandoc(text).split("\n\n"):
        formatter.write_paragraph()
        prose = [line for line in paragraph.split("\n") if not line.startswith(" ")]
        with formatter.indentation():
            formatter.write_text(" ".join(prose))
            indent = " " * formatter.current_indent
            kept = [f"{indent}{line}" for line in paragraph.split("\n") if line.startswith(" ")]
            if kept:
                formatter.write(reflowed("\n".join(kept), formatter.width))


class Group(TyperGroup):
    """A group whose commands are known by name and built on demand."""

    def names(self) -> dict[str, str]:
        """Each command's name with a sentence about it."""
        raise AssertionError("a group says what it has")

    def get_help(self, ctx: Context) -> str:
        """The help as text, as wide as the terminal."""
        return laid_out(self, ctx)

    def bare_help(self, ctx: Context) -> str:
        """What the group shows where no command of it is asked for."""
        return self.get_help(ctx)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """What a command line consists of."""
        return ["VERB", "[ARGUMENTS]", "[OPTIONS]"]

    def list_commands(self, ctx: Context) -> list[str]:
        """The names, in their order."""
        return list(self.names())

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """A group without a command shows its help, as a usage error."""
        if not args and not ctx.resilient_parsing:
            from mailctl.cli.render.output import Output

            Output().note(self.bare_help(ctx), as_is=True)
            raise typer.Exit(UsageError.exit_status)
        with _naming(ctx, args):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command of that name; UsageError with close names if there is none."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            from mailctl.cli.misspelt import unknown_command

            raise unknown_command(ctx, args)
        return (args[0] if command else None), command, args[1:]

    def format_help_text(self, ctx: Context, formatter: Any) -> None:
        """Prose is wrapped, examples are not."""
        write_paragraphs(self.help or "", formatter)

    def format_commands(self, ctx: Context, formatter: Any) -> None:
        """The commands, without building any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.names().items()))

    def format_options(self, ctx: Context, formatter: Any) -> None:
        """Commands first: readers of a group's help look for them."""
        self.format_commands(ctx, formatter)
        records = [parameter.get_help_record(ctx) for parameter in self.get_params(ctx)]
        with formatter.section("Common options"):
            formatter.write_dl([record for record in records if record])

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """Names of commands, and of options once a dash is typed."""
        if incomplete.startswith("-"):
            return [
                CompletionItem(name, help=getattr(parameter, "help", None))
                for parameter in self.get_params(ctx)
                for name in parameter.opts
                if name.startswith(incomplete)
            ]
        return [
            CompletionItem(name, help=text)
            for name, text in self.names().items()
            if name.startswith(incomplete)
        ]


class Noun(Group):
    """A noun with its verbs; bare, a noun that has a `list` lists (CLI, Form)."""

    def __init__(self, app: typer.Typer, name: str) -> None:
        super().__init__(
            name=name,
            help=str(app.info.help),
            params=common_params(),
            context_settings=SETTINGS,
            rich_markup_mode=None,
        )
        self._verbs = {str(info.name): info for info in app.registered_commands}

    def names(self) -> dict[str, str]:
        """The verbs with the first sentence of their help."""
        return {name: summary(function_of(info).__doc__) for name, info in self._verbs.items()}

    def get_command(self, ctx: Context, cmd_name: str) -> TyperCommand | None:
        """The verb of that name, built now."""
        info = self._verbs.get(cmd_name)
        return built(info) if info else None

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Without a verb, `list` is meant where there is one."""
        if "list" in self._verbs and not ctx.resilient_parsing and _lacks_verb(args):
            args = ["list", *args]
        return super().parse_args(ctx, args)


def function_of(info: CommandInfo) -> Callable[..., object]:
    """The function of a command, wherever it stands."""
    found = info.callback
    assert found is not None
    return found() if isinstance(found, Elsewhere) else found


@cache
def built(info: CommandInfo) -> TyperCommand:
    """A command, complete with the options that all share."""
    function = function_of(info)
    whole = copy(info)
    whole.cls = Verb
    whole.callback = composed(function)
    whole.context_settings = SETTINGS
    command = command_of(whole)
    assert isinstance(command, Verb)
    command.thing = traits_of(function).thing or ""
    return command


@cache
def common_params(*more: Option) -> list[Any]:
    """The common options, as parameters of a group."""
    common = ((name, annotation, default) for name, (annotation, default) in COMMON.items())
    return parameters_of((*common, *more))


def _lacks_verb(args: Sequence[str]) -> bool:
    """Whether no word can be the verb: all are common options, or the first other is an option."""
    words = iter(args)
    for word in words:
        if word in VALUED:
            next(words, None)
        elif word.partition("=")[0] not in VALUED and word not in FLAGS:
            return word.startswith("-") and word not in ("-h", "--help")
    return True
