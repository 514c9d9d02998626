"""What is longer than the screen goes through a pager, on a terminal alone."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest

from mailctl.cli.render import pager
from mailctl.cli.render.output import Output
from tests.cli.terminal import on_terminal
from tests.helpers import Cli

LONG, SHORT = ("tax", "list"), ("customer", "list")
"""A list of more rows than the 40 of the terminal, and one of fewer."""


def script(folder: Path, text: str) -> str:
    """A program that stands for a pager."""
    path = folder / "pager"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def marked(tmp_path: Path) -> str:
    """A pager that shows that it was there."""
    return script(tmp_path, "echo PAGER; cat; echo END")


def test_long_output_goes_through_the_pager_whole(busy: Cli, marked: str) -> None:
    """And what is said on stderr comes after it."""
    got = on_terminal(busy.store, *LONG, variables={"MAILCTL_PAGER": marked, "NO_COLOR": "1"})
    plain = on_terminal(busy.store, *LONG, "--no-pager", variables={"NO_COLOR": "1"})

    assert got.status == 0
    assert got.out == f"PAGER\n{plain.out}END\n"
    assert got.err == plain.err


@pytest.mark.parametrize(
    "words",
    [
        ("--no-pager", *LONG),
        (LONG[0], "--no-pager", LONG[1]),
        (*LONG, "--no-pager"),
        SHORT,
        ("tax", "set", "LU", "18"),
    ],
)
def test_no_pager_is_started_where_none_is_wanted_or_needed(
    busy: Cli, marked: str, words: tuple[str, ...]
) -> None:
    """The option stands anywhere; what fits the screen and what changes something needs none."""
    got = on_terminal(busy.store, *words, variables={"MAILCTL_PAGER": marked})

    assert (got.status, "PAGER" in got.out) == (0, False)
    assert got.out != ""


@pytest.mark.parametrize("noun", ["customer", "platform", "prepaid"])
def test_the_page_of_a_thing_goes_through_the_pager_unless_none_is_wanted(
    busy: Cli, marked: str, noun: str
) -> None:
    """As every command that shows something."""
    words = (noun, "show", "acme-pro" if noun == "platform" else "acme")
    small = {"MAILCTL_PAGER": marked, "LINES": "4"}

    assert "PAGER" in on_terminal(busy.store, *words, variables=small).out
    assert "PAGER" not in on_terminal(busy.store, *words, "--no-pager", variables=small).out


@pytest.mark.parametrize(
    "variables",
    [
        {"MAILCTL_PAGER": "", "PAGER": "nonsense"},
        {"MAILCTL_PAGER": "cat", "PAGER": "nonsense"},
        {"TERM": "dumb", "MAILCTL_PAGER": "nonsense"},
    ],
)
def test_an_empty_pager_and_cat_are_none(busy: Cli, variables: dict[str, str]) -> None:
    got = on_terminal(busy.store, *LONG, variables=variables)

    assert (got.status, "nonsense" in got.err) == (0, False)
    assert got.out.count("\n") > 40


@pytest.mark.parametrize(
    "words",
    [
        ("help", "advice"),
        ("journal", "list", "-o", "json"),
        ("store", "check"),
        ("customer", "list", "--fields", "all", "--sort", "-id"),
    ],
)
def test_things_documents_and_data_are_paged_as_lists_are(
    busy: Cli, marked: str, words: tuple[str, ...]
) -> None:
    got = on_terminal(busy.store, *words, variables={"MAILCTL_PAGER": marked}, columns=50)

    assert (got.status, got.out.startswith("PAGER\n")) == (0, True)


def test_a_pager_that_is_not_there_is_warned_of(busy: Cli) -> None:
    """Everything is shown all the same."""
    got = on_terminal(busy.store, *LONG, variables={"MAILCTL_PAGER": "no-such-pager -x"})

    assert got.status == 0
    assert got.out.count("\n") > 40
    assert "warning:" in got.err
    assert "no-such-pager" in got.err


def test_words_of_the_pager_are_no_shell_commands(busy: Cli, tmp_path: Path) -> None:
    """`;` and `$(…)` are arguments, and a quote that is not closed is a warning."""
    trap = tmp_path / "trap"
    pager = script(tmp_path, "cat")
    for command in (f"{pager} ; touch {trap}", f"{pager} $(touch {trap})", f"{pager} 'open"):
        got = on_terminal(busy.store, *LONG, variables={"MAILCTL_PAGER": command})
        assert (got.status, trap.exists()) == (0, False)


def test_leaving_the_pager_early_is_no_error(busy: Cli, tmp_path: Path) -> None:
    """Exit status 0, no traceback, however much was still to come."""
    left = {"MAILCTL_PAGER": script(tmp_path, "head -n 1 >/dev/null; echo SEEN")}

    got = on_terminal(busy.store, "journal", "list", "-o", "json", variables=left)

    assert (got.status, got.out) == (0, "SEEN\n")
    assert "Traceback" not in got.err
    assert "error" not in got.err


def test_what_was_found_counts_though_the_pager_was_left(busy: Cli, tmp_path: Path) -> None:
    """`advise --strict` says by its exit status whether anything was found."""
    left = {"MAILCTL_PAGER": script(tmp_path, "exit 0")}

    got = on_terminal(busy.store, "advise", "--strict", "--sort", "code", variables=left)

    assert got.status == 1


def test_a_refusal_is_no_matter_for_the_pager(busy: Cli, marked: str) -> None:
    got = on_terminal(busy.store, "account", "show", "99", variables={"MAILCTL_PAGER": marked})

    assert (got.status, got.out) == (4, "")


def test_less_shows_one_screen_without_waiting(busy: Cli) -> None:
    """The default: `less -FRX`; LESS is left as a person has set it."""
    got = on_terminal(busy.store, *SHORT, variables={"MAILCTL_PAGER": "less -FRX"})

    assert got.status == 0
    assert "acme" in got.out


def test_a_person_reads_with_less(busy: Cli) -> None:
    """The first screen, then `q`: the rest is not shown, the exit status is 0."""
    got = on_terminal(
        busy.store, *LONG, answer="q", variables={"MAILCTL_PAGER": "less -FRX", "NO_COLOR": "1"}
    )

    assert got.status == 0
    assert "AT" in got.out


@pytest.mark.parametrize(("before", "seen"), [(None, "FRX"), ("-i", "-i")])
def test_the_options_of_less_are_those_of_the_person(
    busy: Cli, tmp_path: Path, before: str | None, seen: str
) -> None:
    """Where none are set, colours are shown and a short rest ends by itself."""
    variables = {"MAILCTL_PAGER": script(tmp_path, 'echo "LESS=$LESS"; cat >/dev/null')}

    got = on_terminal(busy.store, *LONG, variables=variables | ({"LESS": before} if before else {}))

    assert got.out == f"LESS={seen}\n"


def test_a_pipe_never_waits_for_a_pager(busy: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pager costs, programs do not pay."""
    monkeypatch.setenv("PAGER", "no-such-pager")

    got = busy.process(*LONG)

    assert (got.status, got.err) == (0, "")


def test_messages_stand_after_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both reach one terminal: also where the data is short and was only kept back."""
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)

    with pager.paging("less", lambda _text: None):
        Output().note("before")
        Output().page("data\n")
        Output().note("after")

    assert terminal.getvalue() == "before\ndata\nafter\n"


def test_whoever_writes_without_end_stops_when_the_pager_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An export that writes by itself ends quietly."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    written = 0

    with pager.paging("true", lambda _text: None):
        while written < 1_000_000:
            written += sys.stdout.write("a line of an export\n") // 20

    assert 0 < written < 1_000_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exit 3", "ended with status 3"),
        ("head -3; exit 1", "ended with status 1"),
        ("kill -9 $$", "was ended by signal 9"),
    ],
)
def test_a_pager_that_fails_is_named(busy: Cli, tmp_path: Path, text: str, said: str) -> None:
    """What it did not show is not missing without a word; the work itself is done."""
    command = script(tmp_path, text)

    got = on_terminal(busy.store, *LONG, variables={"MAILCTL_PAGER": command, "NO_COLOR": "1"})

    assert got.status == 0
    assert said in " ".join(got.err.split())
    assert "perhaps before all was shown" in " ".join(got.err.split())


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, "less -FRX"),
        ({"PAGER": "more"}, "more"),
        ({"PAGER": "more", "MAILCTL_PAGER": "most"}, "most"),
        ({"PAGER": "more", "MAILCTL_PAGER": " "}, ""),
        ({"PAGER": "cat"}, ""),
        ({"PAGER": "more", "TERM": "dumb"}, ""),
    ],
)
def test_the_nearest_variable_chooses_the_pager(environment: dict[str, str], command: str) -> None:
    """Its own before the one of all programs; neither, where a terminal cannot be paged."""
    assert pager.wanted(environment) == command


@pytest.mark.parametrize(
    ("text", "is_paged"),
    [
        ("x\n" * 9, False),
        ("x\n" * 10, True),
        ("x" * 20 * 9 + "\n", False),
        ("x" * 20 * 10 + "\n", True),
        ("\x1b[1m" + "x" * 20 + "\x1b[0m\n" + "x\n" * 8, False),
    ],
    ids=["nine lines", "ten lines", "one of nine", "one of ten", "colours take no room"],
)
def test_a_pager_starts_where_the_last_line_has_no_room_beside_the_prompt(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    is_paged: bool,  # noqa: FBT001
) -> None:
    """A terminal of ten lines and twenty columns; a long line takes several of them."""
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setenv("COLUMNS", "20")
    started: list[str] = []
    stream = pager.PagedStream(io.StringIO(), "no-such-pager", started.append)
    stream.write(text)
    assert bool(started) == is_paged
