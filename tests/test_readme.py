"""The README keeps its word: every line of its walk is run, in order, as a newcomer types it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import page
from tests.docs.shell import Shell

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def walk_commands() -> list[str]:
    """Every command that the README shows to be typed, in order."""
    blocks = page(ROOT / "README.md").blocks
    return [step.command for block in blocks if block.language == "console" for step in block.steps]


@pytest.fixture
def newcomer(tmp_path: Path) -> Shell:
    """A home of one's own, in a clone, with mailctl found by the shell."""
    home = tmp_path / "home"
    home.mkdir()
    return Shell(home=home)


def _typed(command: str, newcomer: Shell) -> str:
    done = newcomer.type(command)
    assert done.status == 0, (command, done.seen)
    return done.seen


def test_every_line_of_the_walk_does_what_the_readme_says(newcomer: Shell) -> None:
    """A newcomer who types the walk gets through it, and finds what it speaks of."""
    commands = walk_commands()
    said = {command: _typed(command, newcomer) for command in commands}

    assert len(commands) == len(said) > 20
    addresses = next(out for command, out in said.items() if "jq -r" in command).splitlines()
    assert [line.split("\t")[:2] for line in addresses] == [
        ["alice@acme.example", "renewal"],
        ["bob@acme.example", "suspension"],
        ["carol@acme.example", "renewal"],
    ]
    # Three months at 1.89 are 5.67, and 20 % of that is 1.13.
    assert said["mailctl invoice list -o jsonl | jq -s 'map(.total_cents) | add'"] == "680\n"
    modes = json.loads(_typed("mailctl account list --json", newcomer))["items"]
    assert [account["renewal"] for account in modes] == ["yearly", "none", "monthly"]
    trial = json.loads(_typed("mailctl --store trial.db status --json", newcomer))
    assert trial["clock_on"] == "2027-01-15"


def test_the_two_first_commands_are_one_line_each() -> None:
    """One line installs mailctl and runs the demo, one more runs the tests."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)

    assert [len(block.splitlines()) for block in blocks[:2]] == [1, 1]
    assert blocks[0].rstrip().endswith("mailctl demo")
    assert blocks[1].rstrip().endswith("pytest")


def test_the_cron_line_works_as_it_stands(newcomer: Shell) -> None:
    """Cron knows /usr/bin and /bin alone; a tick that is refused keeps nobody's letters back."""
    for command in (
        "mailctl init --clock 2026-01-01",
        "mailctl customer add acme --name Acme --email it@acme.example",
        "mailctl prepaid credit acme 20",
        "mailctl settings set mail-host none",
        *(command for command in walk_commands() if "crontab" in command),
    ):
        _typed(command, newcomer)
    line = (newcomer.home / "crontab").read_text(encoding="utf-8")
    *when, command = line.rstrip("\n").split(maxsplit=5)

    assert when == ["17", "*", "*", "*", "*"]
    assert "%" not in command
    assert _as_cron(command, newcomer) == (0, "", "")
    refused = command.replace(" tick;", " tick --to 2020-01-01;")
    status, out, err = _as_cron(refused, newcomer)
    assert (status, out) == (0, "")
    assert err.startswith("error: the clock stands at 2026-01-02")


def _as_cron(command: str, newcomer: Shell) -> tuple[int, str, str]:
    """What a line of a crontab does where no terminal and no variable of a login is."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd="/",
        env={"HOME": str(newcomer.home), "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_no_page_lets_one_customers_trouble_keep_the_letters_back() -> None:
    """Wherever a tick and a sending stand on one line, the second does not depend on the first."""
    topics = ROOT / "mailctl/cli/commands/help_topics.py"
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), topics):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"tick\b[^;]*&&", line), (path, line)
