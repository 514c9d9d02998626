"""How far an import has come is shown on a terminal, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailctl.cli.render import progress
from tests.helpers import Cli

CUSTOMERS = "id,name,email\nacme,Acme,it@acme.example\nexample,Example,it@example.test\n"


@pytest.fixture
def customers(tmp_path: Path) -> str:
    """A file of two customers."""
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    return str(path)


def test_lines_read_checked_and_written_are_counted(
    store: Cli, customers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of some thousand lines is told."""
    told: list[str] = []
    monkeypatch.setattr(progress.Progress, "at", lambda _, text: told.append(text))

    store.ok("import", "customers", customers)

    assert told[:3] == [
        "2 lines of customers.csv read, 0 checked, 0 written",
        "2 lines of customers.csv read, 2 checked, 0 written",
        "2 lines of customers.csv read, 2 checked, 2 written",
    ]


def test_a_pipe_gets_none_of_it(
    store: Cli, customers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes."""
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 0)

    assert "read" not in store("import", "customers", customers).err
