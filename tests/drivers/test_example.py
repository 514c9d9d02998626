"""The worked example in shell: what somebody begins a driver with keeps the whole protocol."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.helpers import Cli

EXAMPLE = ROOT / "examples" / "driver.sh"


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_example_passes_whatever_shell_runs_it(shell: str, cli: Cli, tmp_path: Path) -> None:
    """All but passwords and exports, which it does not offer; nothing is left in its folder."""
    text = EXAMPLE.read_text()
    assert text.startswith("#!/bin/sh\n")
    text = re.sub("^root=.*", f"root={tmp_path}/mailboxes", text, flags=re.MULTILINE)
    path = tmp_path / "driver"
    path.write_text(text.replace("#!/bin/sh", f"#!{shutil.which(shell)}"))
    path.chmod(0o755)
    outcome = cli("driver", "check", str(path), "-o", "json")
    rows = outcome.json()["items"]
    assert {row["step"]: row["wrong"] for row in rows if row["ok"] is False} == {}
    assert [row["step"] for row in rows if row["ok"] is None] == [
        "password",
        "export-maildir",
        "export-mbox",
    ]
    assert list((tmp_path / "mailboxes").iterdir()) == []


def test_the_example_is_short_and_can_be_run_as_it_is_copied() -> None:
    """It is read before it is used."""
    lines = EXAMPLE.read_text().splitlines()
    assert len(lines) <= 51
    assert max(map(len, lines)) <= 100
    assert EXAMPLE.stat().st_mode & 0o111 == 0o111
