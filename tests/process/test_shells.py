"""Completion in the shells themselves: whatever is completed stays one word and runs nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mailctl.cli.shells import quoted_for_bash
from tests.helpers import Cli
from tests.process.shells import running as shell
from tests.process.test_completion import answers

# Every character of an address's local part that is no letter or digit.
EVERYTHING = "x!#$%&'*+/=?^_`{|}~-b@acme.example"
RUNS = "`./run-me`@acme.example"
OPTION = "--store=/tmp/another@acme.example"
# Left out: `*`, which fish takes for a pattern also when it is quoted, and completes nothing; `=`
# alone, which is no word for the parser; `-`, which begins an option.
BEGINNINGS = tuple(f"{char}y@acme.example" for char in "!#$%&'+/?^_{|}~")


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


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_a_shell_completes_what_help_explains_options_and_files(
    busy: Cli, tmp_path: Path, name: str
) -> None:
    """After `help` commands and topics; options and their words; a file's name where one is due."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "orders-2026.csv").write_text("address\n")

    with shell(name, busy.store, folder) as at_work:
        assert at_work.arguments_of("mailctl help acc") == ["help", "account"]
        assert at_work.arguments_of("mailctl help account expl")[2:] == ["explain"]
        assert at_work.arguments_of("mailctl account list --dom")[2:] == ["--domain"]
        assert at_work.arguments_of("mailctl import ord")[1:] == ["orders-2026.csv"]
