"""Fixtures of advice: a host on which all is well, and a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import copied
from tests.helpers import Cli
from tests.insight.advised import WELL, play
from tests.notices.post_office import PostOffice, open_office
from tests.store.plain import settle


@pytest.fixture(scope="session")
def well_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The host that is well, made once."""
    cli = Cli(tmp_path_factory.mktemp("well") / "mailctl.db")
    play(cli, WELL)
    settle(cli.store)
    return cli.store


@pytest.fixture
def well(well_original: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A host on which all is well; commands write their files beside its store."""
    copied(well_original, cli)
    monkeypatch.chdir(cli.store.parent)
    return cli


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server without encryption."""
    with open_office() as opened:
        yield opened
