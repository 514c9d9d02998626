"""The program: its nouns as a tree of commands, and how a command line is begun."""

# ruff: noqa: ARG002 - the signatures are Typer's

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from mailctl import __version__
from mailctl.cli import help_words
from mailctl.cli.command import command_module
from mailctl.cli.failure import guarded
from mailctl.cli.input import card_guard
from mailctl.cli.nouns import NOUNS, SECTIONS
from mailctl.cli.render import printed_commands
from mailctl.cli.tree import SETTINGS, Group, Noun, built, common_params, summary
from mailctl.cli.typer_parts import Context, TyperCommand

Version = Annotated[bool, typer.Option("--version", "-V", help="Show the version.", is_eager=True)]

HELP = """\
Run the subscriptions of mailboxes: orders, renewals, invoices, prepaid accounts, suspensions.

Examples:
  mailctl init
  mailctl account order exchange-1 alice@acme.example
  mailctl tick
  mailctl help account order
"""

FIRST_STEPS = (
    ("mailctl find TEXT", "a caller's name, address, phone, invoice, domain"),
    ("mailctl status", "today, the accounts, debts and open tasks"),
    ("mailctl advise", "problems, each with the command that fixes it"),
    ("mailctl account show 17", "one mailbox, and what happens next"),
    ("mailctl help", "all commands with a sentence about each"),
    ("mailctl help account", "what can be done with accounts"),
    ("mailctl help account order", "one command, its options and examples"),
)


def module_of(noun: str) -> Any:
    """The module that has a noun's commands."""
    return command_module("import_host" if noun == "import" else noun)


class Program(Group):
    """The nouns; each one's module is loaded when it is asked for."""

    def names(self) -> dict[str, str]:
        """The nouns with a sentence about each."""
        return NOUNS

    def get_command(self, ctx: Context, cmd_name: str) -> TyperCommand | Group | None:
        """The noun of that name, or a command that stands alone, as `tick`."""
        if cmd_name not in NOUNS:
            return None
        app: typer.Typer = module_of(cmd_name).app
        first = app.registered_commands[0]
        return built(first) if first.name == cmd_name else Noun(app, cmd_name)

    def invoke(self, ctx: Context) -> Any:
        """Run the command, or show the version."""
        if ctx.params.get("version"):
            from mailctl.cli.render.output import Output

            Output().say(f"mailctl {__version__}")
            return 0
        return super().invoke(ctx)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """What a command line consists of."""
        return ["NOUN", "VERB", "[ARGUMENTS]", "[OPTIONS]"]

    def bare_help(self, ctx: Context) -> str:
        """What a bare `mailctl` shows: one screen of 80 by 24."""
        from mailctl.cli.render.help_page import HelpPage, page_width

        page = HelpPage(page_width())
        page.write_usage("mailctl", " ".join(self.collect_usage_pieces(ctx)))
        page.write_paragraph()
        page.write_text(summary(self.help))
        page.write_paragraph()
        page.write_dl([(title, "  ".join(nouns)) for title, nouns in SECTIONS.items()])
        page.write_paragraph()
        page.write_dl(FIRST_STEPS)
        return page.getvalue().rstrip("\n")

    def format_commands(self, ctx: Context, formatter: Any) -> None:
        """The nouns in their sections, then what else there is to read."""
        for title, nouns in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(nouns.items()))
        topics = self.get_command(ctx, "help")
        assert isinstance(topics, Noun)
        with formatter.section("To read"):
            formatter.write_dl([(f"help {name}", text) for name, text in topics.names().items()])


def program() -> Program:
    """The whole tree of commands, none of it built yet."""
    return Program(
        name="mailctl",
        help=HELP,
        params=common_params(("version", Version, False)),
        context_settings=SETTINGS,
        rich_markup_mode=None,
    )


def start(words: Sequence[str]) -> int:
    """Carry out a command line; gives its exit status."""
    _prepare_streams()
    words = [_as_text(word) for word in words]
    printed_commands.begin(words)
    if instruction := os.environ.get("_MAILCTL_COMPLETE"):
        from mailctl.cli.completion import answer

        return guarded(lambda: answer(program(), instruction, words), words)
    return guarded(lambda: carry_out(words), words)


def _as_text(word: str) -> str:
    """A word of the command line, which is UTF-8 whatever the locale; else with its bytes shown."""
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeDecodeError:
        return os.fsencode(word).decode("utf-8", errors="backslashreplace")
    except UnicodeEncodeError:
        return word.encode("utf-8", errors="replace").decode("utf-8")


def carry_out(words: Sequence[str]) -> Any:
    """Run a command line; gives what the command returns, raises what it raises.

    Typer's own `main` is not used: it turns a closed pipe into exit status 1.
    """
    card_guard.refuse(words)
    tree = program()
    try:
        with tree.make_context("mailctl", help_words.understood(tree, words)) as context:
            return tree.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code


def _prepare_streams() -> None:
    """Text is UTF-8 whatever the locale; a stream that is closed swallows what it is given."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
