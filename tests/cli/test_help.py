"""Help is complete, its examples are commands, and the same flag means the same everywhere."""

from __future__ import annotations

import inspect
import platform
import re
import shlex
import sqlite3
from collections import defaultdict
from contextlib import suppress
from importlib import metadata
from typing import Any

import pytest
import typer

from mailctl import __version__
from mailctl.cli import app, help_words
from mailctl.cli.nouns import NOUNS
from mailctl.cli.tree import Noun, summary
from mailctl.contract import THINGS
from mailctl.documents.rule_sets import BY_NAME
from tests.contract.commands import COMMANDS
from tests.helpers import Cli

# What a person can type with this version.
NAMES = """
init import tick status advise forecast demo find
settings list, settings set, settings test-mail
customer add, customer edit, customer list, customer show, customer close, customer reopen
customer erase, customer history
platform add, platform list, platform show, platform cancel, platform resume, platform renewal
platform delete, platform history
account order, account list, account show, account configure, account rename, account renew
account extend, account reopen, account reset, account delete, account history
account lock, account unlock, account password, account export
account explain, invoice explain
order list, order show, order pay, order cancel
domain list, domain move
prepaid show, prepaid statement, prepaid credit, prepaid refund, prepaid reverse, prepaid grace
prepaid alert
invoice list, invoice show, invoice render, invoice pay, invoice credit
method add, method list, method default, method remove
payment list, payment export, payment settle, payment fail, payment return
bank import, bank list, bank show, bank match, bank accept, bank ignore, bank undo
notice list, notice show, notice send
export books, report vat, report revenue, report debts, report calendar, report page
offer list, offer show, offer add, offer edit, offer price, offer close, offer reopen
tax list, tax set
task list, task run, task reconcile, task done, task fail
driver check, driver adopt, driver release, driver dovecot
journal list, journal head, journal verify
store info, store check, store upgrade, store backup, store copy, store reopen, store replicate
store restore
help errors, help output, help environment, help lifecycle, help schema
help advice, help versions
"""
SHORT = {
    "--dry-run": "-n",
    "--help": "-h",
    "--output": "-o",
    "--quiet": "-q",
    "--verbose": "-v",
    "--yes": "-y",
}
# The same word for two things: the file that lines come from or go to, the day that something holds
# from, and to which the clock is moved.
TWO_MEANINGS = {
    "--from": {"FILE", "DATE"},
    "--keep": {"PATH", "N", None},
    "--to": {"FILE", "DATE", "PLACE", "FILE|DIR"},
    # A bank gives a reason by a code of its list.
    "--reason": {"REASON", "CODE"},
}


def names() -> set[str]:
    """The names above, one by one."""
    first, *rest = NAMES.strip().splitlines()
    return {*first.split(), *(name.strip() for line in rest for name in line.split(","))}


def examples(command: Any) -> list[str]:
    """The lines under `Examples:` of a command's help."""
    _, _, text = inspect.cleandoc(command.help).partition("Examples:\n")
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_the_commands_are_these() -> None:
    """Nothing goes away; what comes is added here."""
    assert set(COMMANDS) == names()


@pytest.mark.parametrize("noun", NOUNS)
def test_the_table_of_nouns_fits_the_modules(noun: str) -> None:
    """The static table, which help and completion read, says what the module has."""
    found = app.module_of(noun).app.registered_commands

    assert found
    if found[0].name == noun:
        assert len(found) == 1
        assert summary(found[0].callback.__doc__) == NOUNS[noun]
    else:
        assert summary(str(app.module_of(noun).app.info.help)) == NOUNS[noun]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_shows_two_examples(name: str) -> None:
    """A sentence, an empty line, and two commands of this name that parse."""
    command = COMMANDS[name]

    assert re.fullmatch(
        r"[A-Z][^\n]*(\n[^\n]+)*\.", inspect.cleandoc(command.help).split("\n\n")[0]
    )
    shown = examples(command)
    assert len(shown) == 2
    for example in shown:
        line = example.partition(" > ")[0].replace('"$(cat head)"', "0" * 64)
        words = shlex.split(line)
        words = words[1:] if words[0].startswith("MAILCTL_") else words
        assert words[0] == "mailctl"
        _parse(words[1:])


@pytest.mark.parametrize("noun", ["", *NOUNS])
def test_the_examples_of_nouns_and_of_the_program_parse(noun: str) -> None:
    """Those that have any."""
    tree = app.program()
    group: Any = tree.get_command(None, noun) if noun else tree  # type: ignore[arg-type]

    for example in examples(group):
        # Help itself ends the parsing.
        with suppress(typer.Exit):
            _parse(help_words.understood(tree, shlex.split(example)[1:]))


def _parse(words: list[str]) -> None:
    """Parse a command line without carrying it out; a usage error is raised."""
    tree = app.program()
    context = tree.make_context("mailctl", words)
    while hasattr(context.command, "resolve_command"):
        rest = [*context._protected_args, *context.args]  # noqa: SLF001
        name, command, rest = context.command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)


def test_h_asks_for_help_after_help_was_asked_for_in_words(cli: Cli) -> None:
    """A command that was looked at for one question answers the next one as well."""
    assert cli("account", "list", "help").status == 0
    assert cli("account", "list", "-h").status == 0


@pytest.mark.parametrize("name", sorted({*COMMANDS, "", *NOUNS}))
def test_help_is_shown_for_h_and_help_without_a_store(cli: Cli, name: str) -> None:
    """On stdout, exit status 0, no line wider than a terminal."""
    long, short = cli(*name.split(), "--help"), cli(*name.split(), "-h")

    assert (long.status, long.err) == (0, "")
    assert long.out == short.out
    assert long.out.startswith(f"Usage: mailctl {name}".rstrip())
    assert max(map(len, long.out.splitlines())) <= 80


def test_the_same_flag_has_the_same_form_everywhere() -> None:
    """One metavar, one short form and one kind of value for each name."""
    forms = defaultdict(set)
    for command in COMMANDS.values():
        for option in command.params:
            if option.param_type_name == "option":
                long = next(name for name in option.opts if name.startswith("--"))
                short = tuple(name for name in option.opts if not name.startswith("--"))
                forms[long].add((option.metavar, short, option.is_flag, option.multiple))

    different = {name: found for name, found in forms.items() if len(found) > 1}
    assert {
        name: {metavar for metavar, *_ in found} for name, found in different.items()
    } == TWO_MEANINGS
    assert {name: short[0] for name, ((_, short, *_),) in _single(forms).items() if short} == {
        name: letter for name, letter in SHORT.items() if name != "--help"
    }


def _single(forms: dict[str, set[Any]]) -> dict[str, list[Any]]:
    return {name: list(found) for name, found in forms.items() if len(found) == 1}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_options_of_its_kind(name: str) -> None:
    """What shows has a form, what changes can be tried and confirmed."""
    flags = {flag for option in COMMANDS[name].params for flag in option.opts}
    common = {"--store", "--wait", "--no-input", "--quiet", "--verbose", "--color"}
    showing = {"--output", "--json", "--fields"}
    changing = {"--dry-run", "--yes"}

    assert common <= flags
    if name in (
        "demo",
        "driver dovecot",
        "store replicate",
        "export books",
        "help output",
        "help environment",
        "help lifecycle",
        "help advice",
        "help schema",
    ):
        assert not flags & (showing | changing)
    else:
        assert showing <= flags
        assert (changing <= flags) == (name in _CHANGING)


_CHANGING = {
    "init",
    "import",
    "tick",
    "notice send",
    "settings set",
    "store upgrade",
    "store backup",
    "store copy",
    "store restore",
    "store reopen",
    "driver adopt",
    "task reconcile",
    "driver release",
    "customer add",
    "customer edit",
    "customer close",
    "customer reopen",
    "customer erase",
    "platform add",
    "platform cancel",
    "platform resume",
    "platform renewal",
    "platform delete",
    "account order",
    "account configure",
    "account rename",
    "account renew",
    "account extend",
    "account reopen",
    "account reset",
    "account delete",
    "account lock",
    "account unlock",
    "account password",
    "account export",
    "domain move",
    "order pay",
    "order cancel",
    "prepaid credit",
    "prepaid refund",
    "prepaid reverse",
    "prepaid grace",
    "prepaid alert",
    "invoice render",
    "invoice pay",
    "invoice credit",
    "method add",
    "method default",
    "method remove",
    "payment export",
    "payment settle",
    "payment fail",
    "payment return",
    "bank import",
    "bank match",
    "bank accept",
    "bank ignore",
    "bank undo",
    "offer add",
    "offer edit",
    "offer price",
    "offer close",
    "offer reopen",
    "tax set",
    "task done",
    "task run",
    "task fail",
}


def test_a_bare_program_shows_one_screen_as_a_usage_error(cli: Cli) -> None:
    """Exit status 2, stdout stays empty, and all nouns fit 80 columns and 24 rows with a prompt."""
    got = cli()

    lines = got.err.splitlines()
    assert (got.status, got.out) == (2, "")
    assert lines[0] == "Usage: mailctl NOUN VERB [ARGUMENTS] [OPTIONS]"
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80
    assert set(NOUNS) <= set(got.err.split())


@pytest.mark.parametrize(
    ("bare", "whole"),
    [
        (["account"], ["account", "list"]),
        (["customer", "--json"], ["customer", "list", "--json"]),
        (["account", "--platform", "acme-hx", "-o", "name"], None),
        (["task", "--quiet"], ["task", "list", "--quiet"]),
    ],
)
def test_a_bare_noun_lists(busy: Cli, bare: list[str], whole: list[str] | None) -> None:
    """With the options of its list, too."""
    got = busy(*bare)

    assert got.status == 0
    assert got.out == busy(*(whole or ["account", "list", *bare[1:]])).out
    assert got.out != ""


@pytest.mark.parametrize("noun", ["prepaid", "store"])
def test_a_bare_noun_without_a_list_shows_its_help(busy: Cli, noun: str) -> None:
    """As a usage error."""
    got = busy(noun)

    assert (got.status, got.out) == (2, "")
    assert got.err.startswith(f"Usage: mailctl {noun}")


@pytest.mark.parametrize(
    "argv",
    [
        ["--store", "{}", "account", "list"],
        ["account", "--store", "{}", "list"],
        ["account", "list", "--store", "{}"],
        ["account", "list", "--store={}"],
        ["--store=nowhere.db", "account", "list", "--store", "{}"],
    ],
)
def test_the_store_is_named_before_or_after_the_noun(busy: Cli, argv: list[str]) -> None:
    """The innermost place counts, and any place counts more than the environment."""
    elsewhere = Cli(busy.store.with_name("elsewhere.db"))

    got = elsewhere(*(word.format(busy.store) for word in argv))

    assert (got.status, got.err) == (0, "")
    assert got.out == busy("account", "list").out


@pytest.mark.parametrize(
    ("argv", "waited"),
    [
        (["tick", "-n"], 10),
        (["--wait", "3", "tick", "-n"], 3),
        (["--wait", "3", "tick", "-n", "--wait", "0"], 0),
    ],
)
def test_an_option_given_twice_counts_where_it_is_innermost(
    busy: Cli, monkeypatch: pytest.MonkeyPatch, argv: list[str], waited: int
) -> None:
    """Also where it says nothing or never: 0 is a number of seconds."""
    seen = []
    monkeypatch.setattr(
        "mailctl.store.engine.sqlite.file_store.Store.__init__",
        lambda _self, _path, *, wait, **_: seen.append(wait),
    )

    busy(*argv)

    assert seen == [waited]


def test_version_is_printed(cli: Cli) -> None:
    """From the package's one place, before and after other options."""
    assert cli("--version").out == f"mailctl {__version__}\n"
    assert cli("-V").out == f"mailctl {__version__}\n"
    assert cli("-q", "--version").out == f"mailctl {__version__}\n"


def test_a_command_that_does_not_exist_names_close_ones(cli: Cli) -> None:
    """No abbreviation is guessed."""
    got = cli("account", "ordr")

    assert got.status == 2
    assert got.err.splitlines() == [
        "error: there is no command account ordr; did you mean account order?",
        "hint: mailctl account order --help",
    ]


@pytest.mark.parametrize(
    ("argv", "said", "hint"),
    [
        ("forecast --until", "--until needs a value", "mailctl forecast --help"),
        ("notice list --limit", "--limit needs a value", "mailctl notice list --help"),
        ("--store", "--store needs a value", "mailctl --help"),
        ("account list --no-such-thing", "there is no option --no-such-thing", None),
        (
            "notice list --from x",
            "there is no option --from; did you mean --since?",
            "mailctl notice list --help",
        ),
        (
            "notice list --untill x",
            "there is no option --untill; did you mean --until?",
            "mailctl notice list --help",
        ),
    ],
)
def test_an_option_that_is_wrong_names_the_help_of_its_command(
    cli: Cli, argv: str, said: str, hint: str | None
) -> None:
    """And the options that are spelt like it, but not whatever begins with dashes too."""
    got = cli(*argv.split())

    assert got.status == 2
    hint = hint or f"mailctl {argv.partition(' --')[0]} --help"
    assert got.err.splitlines() == [f"error: {said}", f"hint: {hint}"]


@pytest.mark.parametrize("name", sorted({*COMMANDS, *NOUNS} - {"help"}))
def test_help_of_a_command_is_its_help(cli: Cli, name: str) -> None:
    """`mailctl help account renew` is `mailctl account renew --help`."""
    words = name.split()
    asked = ["help", *words]
    if words[0] == "help":
        asked = [*words, "--help"]

    assert cli(*asked) == cli(*words, "--help")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("account help renew", "account renew"),
        ("account renew help", "account renew"),
        ("account help", "account"),
        ("account renew -h", "account renew"),
        ("account renew -?", "account renew"),
        ("-? account renew", "account renew"),
        ("--help account renew", "account renew"),
        ("-h account renew", "account renew"),
        ("account --help renew", "account renew"),
        ("--store x.db help account renew", "account renew"),
        ("help account renew -q", "account renew"),
        ("account list help", "account list"),
        ("tick help", "tick"),
        ("help --help", "help"),
        ("help help", "help"),
        ("help", ""),
        ("-?", ""),
    ],
)
def test_help_is_found_wherever_it_is_asked_for(cli: Cli, typed: str, meant: str) -> None:
    """Before, between and after the noun and the verb, on stdout and without a store."""
    got = cli(*typed.split())

    assert (got.status, got.err) == (0, "")
    assert got.out == cli(*meant.split(), "--help").out


def test_a_thing_that_is_called_help_is_no_question_for_help(store: Cli) -> None:
    """A customer may have that id; where there is none, the hint is the command's help."""
    hint = store("customer", "show", "help", "-o", "json").error()["hint"]
    assert hint == "mailctl customer show -o json --help"

    store.ok("customer", "add", "help", "--name", "Help", "--email", "a@help.example")
    assert store.ok("customer", "show", "help")["name"] == "Help"
    assert store("prepaid", "help", "help").status == 2


def test_no_topic_has_the_name_of_a_noun() -> None:
    """`mailctl help NAME` would have two meanings."""
    tree = app.program()
    topics = tree.get_command(None, "help").names()  # type: ignore[arg-type,union-attr]

    assert set(topics).isdisjoint(NOUNS)


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        ("acount", "; did you mean account?", "mailctl help account"),
        ("customers", "; did you mean customer?", "mailctl help customer"),
        ("renew", "; did you mean account renew?", "mailctl help account renew"),
        ("lifecycl", "; did you mean lifecycle?", "mailctl help lifecycle"),
        ("zzzzz", "", "mailctl help"),
    ],
)
def test_an_unknown_topic_names_close_ones(cli: Cli, words: str, said: str, hint: str) -> None:
    """Commands as well as topics."""
    got = cli("help", *words.split())

    assert got.status == 2
    assert got.err.splitlines() == [
        f"error: there is no command and no topic {words}{said}",
        f"hint: {hint}",
    ]


def test_help_schema_alone_lists_the_things(cli: Cli) -> None:
    """One a line, and each has a schema."""
    got = cli("help", "schema")

    assert got.status == 0
    assert got.out.split() == sorted(THINGS)
    assert got.err == "The schema of one of them: mailctl help schema account\n"


def test_help_versions_lists_what_mailctl_runs_on(cli: Cli) -> None:
    """itself, Python, the database, and its libraries with the extras that they are of."""
    found = {one["name"]: one for one in cli.ok("help", "versions")["items"]}

    assert found["mailctl"]["version"] == __version__
    assert found["Python"]["version"] == platform.python_version()
    assert found["SQLite"]["version"] == sqlite3.sqlite_version
    assert found["rich"]["version"] == metadata.version("rich")
    assert {found["sepaxml"]["extra"], found["icalendar"]["extra"]} == {"sepa", "reports"}
    assert "pytest" not in found


def test_help_versions_lists_the_rules_that_documents_are_checked_by(cli: Cli) -> None:
    """Each with its release, its licence and the digest of its file as it is here."""
    found = {one["name"]: one for one in cli.ok("help", "versions")["items"]}

    rules = found["rules: XRechnung 3.0.2 in UBL"]
    assert (rules["version"], rules["licence"]) == ("2.6.0", "Apache-2.0")
    assert rules["digest"] == BY_NAME["xrechnung"].digest


def test_help_versions_says_how_to_add_what_is_missing(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library of an extra that is not installed."""
    whole = metadata.version

    def version(name: str) -> str:
        if name == "sepaxml":
            raise metadata.PackageNotFoundError(name)
        return whole(name)

    monkeypatch.setattr(metadata, "version", version)
    got = cli("help", "versions")

    assert "sepaxml\t\tmissing\tsepa\t\t" in got.out.splitlines()
    assert got.err == "To add what is missing: pip install 'mailctl[sepa]'\n"


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("name", sorted({*COMMANDS, "", *NOUNS}))
def test_help_breaks_no_word_at_any_width(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, columns: int
) -> None:
    """Options stand in one piece, a line ends between words, examples are whole lines."""

    def shown(width: int) -> str:
        monkeypatch.setattr("mailctl.cli.render.help_page.page_width", lambda: width)
        return cli(*name.split(), "--help").out

    got = shown(columns)

    assert got.split() == shown(10_000).split()
    for line in got.splitlines():
        words = line.split()
        is_example = "mailctl" in words or words[:1] in (["--holder"], ["--last4"])
        assert len(line) <= columns or is_example or len(words) <= 2


@pytest.mark.parametrize("columns", [40, 60])
@pytest.mark.parametrize("topic", ["output", "environment", "lifecycle", "advice"])
def test_a_topic_breaks_no_word_on_a_narrow_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, topic: str, columns: int
) -> None:
    """The same words as at 80 columns; only lines of code are longer."""
    wide = cli("help", topic).out
    monkeypatch.setattr("mailctl.cli.render.help_page.page_width", lambda: columns)
    narrow = cli("help", topic).out

    assert narrow.split() == wide.split()
    long = [line for line in narrow.splitlines() if len(line) > columns]
    assert all(line.startswith("  ") and line in wide.splitlines() for line in long)


def test_nouns_are_loaded_as_groups_or_as_commands() -> None:
    """The tree that the tests walk is the one that the program uses."""
    tree = app.program()

    assert isinstance(tree.get_command(None, "account"), Noun)  # type: ignore[arg-type]
    assert tree.get_command(None, "tick").name == "tick"  # type: ignore[arg-type,union-attr]


@pytest.mark.parametrize("topic", ["output", "environment", "lifecycle", "advice"])
def test_a_topic_is_a_page_for_any_terminal(cli: Cli, topic: str) -> None:
    """No store is needed, and no line is wider than 80."""
    got = cli("help", topic)

    assert (got.status, got.err) == (0, "")
    assert max(map(len, got.out.splitlines())) <= 80


def test_the_variables_that_mailctl_heeds_are_listed(cli: Cli) -> None:
    """Each one that the program looks at."""
    got = cli("help", "environment").out

    for name in ("MAILCTL_STORE", "XDG_DATA_HOME", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        assert f"\n{name} " in f"\n{got}"
