"""The prepared store, and the figures of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import split
from typing import Any

import pytest

from tests.conftest import copied
from tests.drivers.server import MailServer
from tests.faults.changes import ALL, PREPARED
from tests.faults.scene import Scene
from tests.helpers import Cli
from tests.notices.post_office import open_office
from tests.store.engine.kept import kept


@pytest.fixture(scope="session")
def prepared(busy_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The busy store with something of everything, alone in its folder; made once."""
    folder = tmp_path_factory.mktemp("prepared")
    cli = Cli(folder / "mailctl.db")
    copied(busy_original, cli)
    for line in PREPARED.strip().splitlines():
        cli.ok(*split(line))
    kept(folder / "old.db", 3)
    return cli.store


@pytest.fixture
def staged(prepared: Path, tmp_path: Path) -> Iterator[Callable[[str], Scene]]:
    """Makes the scene of a command."""
    with open_office() as office:
        names = {"driver": MailServer.made(tmp_path / "mail").driver, "port": str(office.port)}
        yield lambda name: Scene(prepared, tmp_path, ALL[name], names)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was tried, in figures."""
    figures: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, count in getattr(report, "user_properties", ()):
                figures[name] += count
    if figures:
        terminalreporter.section("faults")
        for name, count in figures.items():
            terminalreporter.line(f"{count:9,} {name}")
