"""On a terminal: tables that fit it, colour as it is wished for, and questions."""

from __future__ import annotations

import io
from typing import Any

import pytest

from mailctl.cli.render.colors import Color, is_colored
from tests.cli.terminal import on_terminal
from tests.helpers import Cli, contents
from tests.store.plain import force


class Stream(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        """As the test wants it."""
        return self._terminal


def test_a_question_is_broken_between_words(busy: Cli) -> None:
    """`[y/N]` stays whole, and the answer has room behind it."""
    busy.ok("platform", "add", "a" * 60, "--customer", "acme", "--offer", "email-pro")
    words = ("account", "order", "a" * 60, "--count", "2")
    for columns in range(80, 100, 3):
        got = on_terminal(busy.store, *words, columns=columns, answer="n\n")
        asked = got.err[: got.err.index("[y/N]") + len("[y/N] ")].splitlines()
        assert asked[-1].endswith("[y/N] ")
        assert max(map(len, asked)) <= columns


def test_no_two_rows_of_status_have_one_name(busy: Cli) -> None:
    """The store's today and its kind of clock; the day and the instant of the last tick."""
    got = on_terminal(busy.store, "status", variables={"NO_COLOR": "1"})

    names = [line.partition("  ")[0] for line in got.out.splitlines()]
    assert names[:4] == ["today", "clock", "last tick", "last tick at"]
    assert "events in 7 days" in names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("choice", "variables", "terminal", "colored"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour_is_decided_by_flag_then_variables_then_terminal(
    choice: str, variables: dict[str, str], *, terminal: bool, colored: bool
) -> None:
    """`--color`, NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, the terminal: in this order."""
    assert is_colored(Color(choice), Stream(terminal=terminal), variables) is colored


@pytest.mark.parametrize(
    ("words", "variables", "colored"),
    [
        ([], {}, True),
        (["--color", "never"], {}, False),
        ([], {"NO_COLOR": "1"}, False),
        (["--color=always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_tables_and_errors_are_coloured_alike(
    busy: Cli, words: list[str], variables: dict[str, str], *, colored: bool
) -> None:
    """Without colour there is no escape sequence at all, not even for bold."""
    table = on_terminal(busy.store, "account", "list", *words, variables=variables)
    error = on_terminal(busy.store, "account", "show", "99", *words, variables=variables)

    assert ("\x1b" in table.out, "\x1b" in error.err) == (colored, colored)


def test_data_for_programs_has_no_colour(busy: Cli) -> None:
    """Whatever is asked for."""
    for form in ("json", "jsonl", "csv", "tsv", "name"):
        assert "\x1b" not in busy("account", "list", "-o", form, "--color", "always").out
    assert "\x1b" in busy("account", "list", "-o", "table", "--color", "always").out


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
@pytest.mark.parametrize(
    "command",
    ["account list", "customer list", "journal list", "settings list", "invoice show 2026-000001"],
)
def test_a_table_fits_the_terminal(busy: Cli, command: str, columns: int) -> None:
    """Long texts are folded, columns without room are named on stderr."""
    got = on_terminal(busy.store, *command.split(), columns=columns, variables={"NO_COLOR": "1"})

    assert got.status == 0
    assert max(len(line) for line in got.out.splitlines()) <= columns


def test_a_wide_terminal_shows_every_column(busy: Cli) -> None:
    """Heads are words, without units; money has its currency."""
    plain = {"NO_COLOR": "1"}

    accounts = on_terminal(busy.store, "account", "list", variables=plain)
    customers = on_terminal(busy.store, "customer", "list", variables=plain)

    assert accounts.out.splitlines()[0].split() == (
        "id address platform state next renewal".split()
    )
    assert accounts.err == ""
    assert [line.rstrip() for line in customers.out.splitlines()] == [
        "id    name           country     balance  pay by      state",
        "acme  Acme SARL      FR       462.44 EUR              open",
        "bolt  Bolt GmbH      DE        90.50 EUR              open",
        "late  Late and Sons  FR        -1.91 EUR  2026-02-01  open",
        "slow  Slow Office    FR         8.09 EUR              open",
    ]


def test_a_narrow_terminal_says_which_columns_have_no_room(busy: Cli) -> None:
    """And how to see them."""
    got = on_terminal(busy.store, "account", "list", columns=50, variables={"NO_COLOR": "1"})

    assert got.err.startswith("No room for: ")
    assert "--fields" in got.err


def test_a_table_asked_for_in_a_pipe_is_not_cut_off(busy: Cli) -> None:
    """There is no terminal whose width would count."""
    got = busy("settings", "list", "-o", "table")

    for setting in busy.ok("settings", "list")["items"]:
        assert f"  {setting['meaning']}" in got.out


def test_an_empty_list_says_so_to_a_person(store: Cli) -> None:
    """On stderr; stdout has no data."""
    got = on_terminal(store.store, "account", "list")

    assert (got.status, got.out, got.err) == (0, "", "No accounts match.\n")
    assert on_terminal(store.store, "account", "list", "-q").err == ""


def test_one_thing_is_shown_as_keys_and_values(busy: Cli) -> None:
    """The lists inside it as tables below."""
    got = on_terminal(busy.store, "offer", "show", "email-pro", variables={"NO_COLOR": "1"})
    lines = [line.rstrip() for line in got.out.splitlines()]

    assert lines[0].split() == ["name", "email-pro"]
    assert "prices" in lines


def test_markup_in_a_name_stays_text(busy: Cli) -> None:
    """`[/]` would crash a table, `[red]` would vanish from it."""
    force(
        busy.store, "UPDATE customer SET name = '[red]PAID[/red] [/] :smile:' WHERE slug = 'acme'"
    )

    got = on_terminal(busy.store, "customer", "list")

    assert "[red]PAID[/red] [/] :smile:" in got.out


ORDER = ["account", "order", "acme-hx", "neu@acme.example"]


@pytest.mark.parametrize("answer", ["y\n", "yes\n", "Y\n"])
def test_a_yes_carries_the_plan_out(busy: Cli, answer: str) -> None:
    """The plan and the question stand on stderr, the sentence on stdout."""
    got = on_terminal(busy.store, *ORDER, answer=answer, variables={"NO_COLOR": "1"})

    assert got.status == 0
    assert "net 3.99 EUR, tax 20 % 0.80 EUR, total 4.79 EUR; balance 462.44 EUR" in got.err
    assert got.err.rstrip().endswith("Order 1 account on acme-hx for acme? [y/N]")
    assert got.out.startswith("Ordered 1 account on acme-hx (id 11), paid until 2026-03-04: order ")
    assert busy.ok("account", "show", "neu@acme.example")["id"] == 11


def test_a_long_question_is_broken_between_words(busy: Cli) -> None:
    got = on_terminal(
        busy.store, "account", "reset", "1", answer="n\n", variables={"COLUMNS": "60"}
    )

    question = got.err[got.err.index("Erase account") :].split("[y/N]")[0].splitlines()
    assert len(question) > 1
    assert max(map(len, question)) <= 60


@pytest.mark.parametrize("answer", ["n\n", "\n", "perhaps\n", "\x04"])
def test_anything_else_is_a_no(busy: Cli, answer: str) -> None:
    """Exit status 1, and nothing has changed."""
    before = contents(busy.store)

    got = on_terminal(busy.store, *ORDER, answer=answer, variables={"NO_COLOR": "1"})

    assert (got.status, got.out) == (1, "")
    assert got.err.endswith("error: nothing was done\n")
    assert contents(busy.store) == before


@pytest.mark.parametrize("words", [["--no-input"], []])
def test_without_anybody_to_ask_the_flag_is_named(busy: Cli, words: list[str]) -> None:
    """In a pipe, or where asking is forbidden; the plan is shown first."""
    before = contents(busy.store)
    got = (
        on_terminal(busy.store, *ORDER, *words, variables={"NO_COLOR": "1"})
        if words
        else busy(*ORDER)
    )

    assert (got.status, got.out) == (2, "")
    assert "total 4.79 EUR" in got.err
    assert got.err.splitlines()[-1] == (
        "hint: look at what it would do with --dry-run, then give --yes"
    )
    assert contents(busy.store) == before


def test_yes_asks_nothing(busy: Cli) -> None:
    """And shows no plan."""
    got = on_terminal(busy.store, *ORDER, "--yes")

    assert (got.status, got.err) == (0, "")


def test_a_store_that_changes_while_the_question_stands_open_is_not_touched(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is made again under the lock; what differs is refused."""
    monkeypatch.setattr("mailctl.cli.run.Run._confirm", lambda *_: busy.ok(*_CREDIT))
    before = busy.ok("account", "list", "--state", "all")["items"]

    got = busy(*ORDER, "--json")

    assert (got.status, got.error()["code"]) == (1, "plan-changed")
    assert busy.ok("account", "list", "--state", "all")["items"] == before


_CREDIT = ["prepaid", "credit", "acme", "10"]


def test_nothing_is_asked_where_nothing_would_change(busy: Cli) -> None:
    """A renewal that is set already needs no confirmation."""
    got: Any = busy("account", "renew", "anna@acme.example", "--mode", "monthly")

    assert (got.status, got.out) == (0, "Nothing was changed.\n")


def test_what_ends_mail_says_how_many_when_and_to_export(busy: Cli) -> None:
    """`renew --mode none` and `platform cancel`, in the plan and in the sentence."""
    plan = busy("account", "renew", "1", "2", "3", "--mode", "none")
    done = busy("account", "renew", "1", "2", "3", "--mode", "none", "-y")
    cancelled = busy("platform", "cancel", "bolt-hx", "-y")

    sentence = "2 mailboxes end, on 2026-03-01: export the mail before."
    assert sentence in plan.err
    assert done.out == (
        f"Set the renewal of 3 accounts to none, effective on 2026-03-01. {sentence}\n"
        "Undo: mailctl account renew 1 2 3 --mode monthly --yes\n"
    )
    assert cancelled.out == (
        "Cancelled the platform bolt-hx. 1 mailbox ends, on 2026-03-01: export the mail before.\n"
        "Undo (until its last account is gone): mailctl platform resume bolt-hx --yes\n"
    )


def test_what_no_longer_renews_says_when_it_ends_and_how_to_pay(busy: Cli) -> None:
    """`platform renewal --manual`: mail ends unless it is paid for in advance."""
    assert busy("platform", "renewal", "bolt-hx", "--manual", "-y").out.splitlines()[0] == (
        "Set the renewal of the platform bolt-hx to manual. Unless they are paid in advance: "
        "1 mailbox ends, on 2026-03-01: export the mail before. "
        "To pay for one: mailctl account extend 6"
    )


def test_a_debt_is_warned_of_before_it_is_made(busy: Cli) -> None:
    """In the plan, and once it is made."""
    words = ["account", "order", "slow-pro", "--count", "10"]

    plan, done = busy(*words), busy(*words, "-y")

    warning = "this makes a debt of 10.99 EUR; the invoice is due on 2026-03-07"
    assert f"warning: {warning}" in plan.err
    assert done.status == 0
    assert done.err.startswith("warning: ")
