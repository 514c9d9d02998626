"""Completion: what the program says to a shell that asks it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import Cli, contents, environment

HOME = Path(__file__).resolve().parents[2]


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


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mailctl customer show ", ["acme", "bolt", "late", "slow"]),
        ("mailctl account list --platform bo", ["bolt-hx"]),
        ("mailctl offer price hos", ["hosted-exchange"]),
        ("mailctl offer price hosted-exchange ", ["monthly", "yearly"]),
        ("mailctl domain move la", ["late.example"]),
        ("mailctl offer reopen ", ["retired"]),
        ("mailctl customer reopen ", []),
        ("mailctl account show h", ["hugo@acme.example"]),
        ("mailctl account configure ", ["2"]),
        ("mailctl account renew 1 --mode ", ["monthly", "yearly", "none"]),
        ("mailctl account list --fields id,addr", ["id,address"]),
        ("mailctl account list -o js", ["json", "jsonl"]),
        ("mailctl settings set ret", ["retention-days"]),
        ("mailctl settings set mail-tls ", ["starttls", "tls", "none"]),
        ("mailctl settings set mail-tls=s", ["mail-tls=starttls"]),
        ("mailctl settings set mail-port=587 mail-t", ["mail-tls="]),
        ("mailctl tax set D", ["DE", "DK"]),
        ("mailctl prepaid reverse acme ", ["1"]),
        ("mailctl payment settle --file ", []),
        ("mailctl help schema acc", ["account"]),
        ("mailctl help acc", ["account"]),
        ("mailctl help li", ["lifecycle"]),
        ("mailctl help account ren", ["rename", "renew"]),
        ("mailctl -q help account ren", ["rename", "renew"]),
        ("mailctl help account renew ", []),
        ("mailctl help tick ", []),
        ("mailctl account list --domain bo", ["bolt.example"]),
        ("mailctl account list --offer email", ["email-pro"]),
        ("mailctl task list --status ", ["todo", "done", "failed"]),
        ("mailctl task list --kind re", ["reopen", "rename"]),
        ("mailctl customer list --country ", ["DE", "FR"]),
        ("mailctl journal list --kind invo", ["invoiced"]),
        ("mailctl journal list --command 'customer", ["customer add"]),
        ("mailctl prepaid reverse slow ", ["2"]),
        ("mailctl payment return 1 --reason AM04", ["AM04"]),
        ("mailctl customer add x --country FR", ["FR"]),
        ("mailctl init --timezone Europe/Par", ["Europe/Paris"]),
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


@pytest.mark.files_only("what is wrong stands in the place of a file")
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


def test_files_of_payments_are_offered_wherever_one_is_named(store: Cli) -> None:
    """To settle them, and to write them again."""
    for line in (
        "customer add acme --name Acme --email it@acme.example",
        "platform add acme-pro --customer acme --offer email-pro",
        "method add paypal acme --agreement B-1",
        "account order acme-pro ann@acme.example -y",
        f"payment export --kind paypal --format csv --to {store.store.parent}/p.csv",
    ):
        store.ok(*line.split())

    assert answers(store, "mailctl payment settle --file ") == ["1"]
    assert answers(store, "mailctl payment export --again --file ") == ["1"]
