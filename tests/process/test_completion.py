"""Completion in the shells themselves, with the shipped files, and what the program says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailctl.cli.shells import quoted_for_bash
from tests.helpers import Cli, contents, environment
from tests.process.shells import running as shell

HOME = Path(__file__).resolve().parents[2]
# Every character of an address's local part that is no letter or digit.
EVERYTHING = "x!#$%&'*+/=?^_`{|}~-b@acme.example"
RUNS = "`./run-me`@acme.example"
OPTION = "--store=/tmp/another@acme.example"
# Left out: `*`, which fish takes for a pattern also when it is quoted, and completes nothing; `=`
# alone, which is no word for the parser; `-`, which begins an option.
BEGINNINGS = tuple(f"{char}y@acme.example" for char in "!#$%&'+/?^_{|}~")


def answers(cli: Cli, line: str, shell: str = "fish") -> list[str]:
    """What the program says may stand at the end of a line; the names alone."""
    done = subprocess.run(
        [sys.executable, "-m", "mailctl"],
        env=environment(cli.store)
        | {
            "PYTHONPATH": str(HOME),
            "_MAILCTL_COMPLETE": f"complete_{shell}",
            "_MAILCTL_LINE": line,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [name.partition("\t")[0] for name in done.stdout.splitlines()]


@pytest.fixture
def odd(store: Cli) -> Cli:
    """A store with mailboxes named by all that e-mail's rules allow and shells understand."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "info@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    names = (EVERYTHING, RUNS, OPTION, *BEGINNINGS)
    assert store("account", "order", "acme-pro", "--yes", "--", *names).status == 0
    return store


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_mailbox_completed_in_a_shell_is_one_word_and_runs_nothing(
    odd: Cli, tmp_path: Path, name: str
) -> None:
    """TAB and Enter: the command gets exactly that address, whatever its letters mean there.

    Also after a quote that was opened, and from the middle of a word.
    """
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "run-me"
    program.write_text(f"#!/bin/sh\ntouch {folder}/ran\n")
    program.chmod(0o755)
    half = EVERYTHING.partition("~")[0]
    typed = {
        "x": EVERYTHING,
        "'x": EVERYTHING,
        '"x': EVERYTHING,
        "".join(f"\\{char}" if char not in "x-" else char for char in half): EVERYTHING,
        "\\`": RUNS,
        "'`": RUNS,
        "-- -": OPTION,
    } | {f"\\{address[0]}": address for address in BEGINNINGS}

    with shell(name, odd.store, folder) as at_work:
        given = {word: at_work.arguments_of(f"mailctl account show {word}")[2:] for word in typed}

    assert {word: words[-1:] for word, words in given.items()} == {
        word: [address] for word, address in typed.items()
    }
    assert all(len(words) == 1 + word.count("-- ") for word, words in given.items())
    assert not (folder / "ran").exists()


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_shell_completes_nouns_verbs_names_and_addresses(
    busy: Cli, tmp_path: Path, name: str
) -> None:
    """With the file that is shipped, also in the middle of an address, and after a `=`."""
    folder = tmp_path / name
    folder.mkdir()

    with shell(name, busy.store, folder) as at_work:
        assert at_work.arguments_of("mailctl acc") == ["account"]
        assert at_work.arguments_of("mailctl platform show acme-h")[2:] == ["acme-hx"]
        assert at_work.arguments_of("mailctl account show anna@ac")[2:] == ["anna@acme.example"]
        assert at_work.arguments_of("mailctl account show 'ann")[2:] == ["anna@acme.example"]
        assert at_work.arguments_of("mailctl account list --state=del")[2:] == ["--state=deleted"]


def test_a_name_that_looks_like_an_option_is_offered_only_after_the_options_end(odd: Cli) -> None:
    """An address may begin with a dash, and would lead the command to another store."""
    assert OPTION not in answers(odd, "mailctl account show ")
    assert OPTION in answers(odd, "mailctl account show -- ")


def test_what_is_quoted_for_bash_is_what_bash_reads() -> None:
    """Each character, bare and inside either quote, read by bash itself."""
    every = "".join(map(chr, range(32, 127))) + "éß"
    cases = [
        (text, f"{quote}{quoted_for_bash(text, quote)}{quote}")
        for text in (*every, every, f"~/{every}", f"a=~{every}")
        for quote in ("", "'", '"')
        # readline closes a quote only where the word does not end in one.
        if not (quote and text.endswith(quote))
    ]
    done = subprocess.run(
        ["bash", "--norc", "-c", "printf '%s\\0' " + " ".join(word for _, word in cases)],
        capture_output=True,
        text=True,
        check=True,
    )

    # Without a terminal bash has no history: there `!` is read as it stands.
    assert done.stdout.split("\0")[:-1] == [text for text, _ in cases]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mailctl customer show ", ["acme", "bolt", "late", "slow"]),
        ("mailctl account list --platform bo", ["bolt-hx"]),
        ("mailctl offer price hos", ["hosted-exchange"]),
        ("mailctl offer price hosted-exchange ", ["monthly", "yearly"]),
        ("mailctl domain move la", ["late.example"]),
        ("mailctl account show h", ["hugo@acme.example"]),
        ("mailctl account configure ", ["2"]),
        ("mailctl account renew 1 --mode ", ["monthly", "yearly", "none"]),
        ("mailctl account list --fields id,addr", ["id,address"]),
        ("mailctl account list -o js", ["json", "jsonl"]),
        ("mailctl settings set ret", ["retention-days"]),
        ("mailctl help schema acc", ["account"]),
        ("mailctl account list --state ", ["live", "active", "suspended", "deleted", "all"]),
        ("mailctl tick --acc", ["--accept-gap", "--accept-mass"]),
        ("mailctl no-such-noun ", []),
        ("mailctl account no-such-verb ", []),
        ("mailctl account show '", ["anna@acme.example", "ben@bolt.example"]),
    ],
)
def test_values_come_from_the_store_and_from_the_contract(
    busy: Cli, line: str, offered: list[str]
) -> None:
    """Names that are there, and the words that an option takes."""
    assert answers(busy, line)[: len(offered) or None] == offered


def test_the_store_named_on_the_line_is_the_one_that_is_asked(busy: Cli) -> None:
    """As the command would."""
    nowhere = Cli(busy.store.with_name("nowhere.db"))

    assert answers(nowhere, "mailctl customer show ") == []
    assert answers(nowhere, f"mailctl --store {busy.store} customer show ac") == ["acme"]
    assert answers(nowhere, f"mailctl customer show --store {busy.store} ac") == ["acme"]
    assert not nowhere.store.exists()


def test_at_most_fifty_names_are_offered(store: Cli) -> None:
    """A list that nobody reads is not made."""
    lines = "".join(f"c{number:03},C,c@c.example\n" for number in range(120))
    store.ok("import", "customers", "-", stdin=f"id,name,email\n{lines}")

    assert len(answers(store, "mailctl customer show ")) == 50


def test_whatever_is_wrong_with_the_store_nothing_is_offered(cli: Cli) -> None:
    """No store, a foreign file, a folder: no name, no word, no file made."""
    line = "mailctl account show "
    assert answers(cli, line) == []
    assert not cli.store.exists()

    cli.store.write_bytes(b"not a database, and long enough to look at" * 100)
    assert answers(cli, line) == []

    cli.store.unlink()
    cli.store.mkdir()
    assert answers(cli, line) == []


def test_completing_changes_nothing(busy: Cli) -> None:
    """It reads."""
    before = contents(busy.store)

    answers(busy, "mailctl account show ")

    assert contents(busy.store) == before


@pytest.mark.parametrize(
    ("shell", "file"), [("bash", "mailctl.bash"), ("zsh", "_mailctl"), ("fish", "mailctl.fish")]
)
def test_the_program_prints_the_scripts_that_are_shipped(cli: Cli, shell: str, file: str) -> None:
    """`_MAILCTL_COMPLETE=source_bash mailctl`."""
    done = subprocess.run(
        [sys.executable, "-m", "mailctl"],
        env=environment(cli.store)
        | {"PYTHONPATH": str(HOME), "_MAILCTL_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == (HOME / "completions" / file).read_text(encoding="utf-8")


def test_completions_and_man_pages_are_current() -> None:
    """What is committed is what the recipe makes."""
    done = subprocess.run(
        [sys.executable, str(HOME / "scripts" / "generate.py"), "--check"],
        env=os.environ | {"PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
