"""Every statement that the tests of a run execute is prepared by a real PostgreSQL at its end.

What goes through a `Reader` is SQL that every database runs; what SQLite alone knows stands in
`store/engine` and goes past it. The check is part of each run that includes tests/postgresql: all
of the suite, or `pytest tests/notices tests/postgresql`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailctl.store.engine.reader import Reader
from tests.postgresql import server

HERE = Path(__file__).parent
STATEMENTS: set[str] = set()
REFUSED = pytest.StashKey[list[tuple[str, str]]]()
CHECKED = pytest.StashKey[int]()


def _recorded(run: Callable[..., Any]) -> Callable[..., Any]:
    def execute(reader: Reader, sql: str, *parameters: Any) -> Any:
        STATEMENTS.add(sql)
        return run(reader, sql, *parameters)

    return execute


def pytest_configure() -> None:
    """Take note of all that readers are asked for."""
    for name in ("execute", "stream", "execute_many"):
        setattr(Reader, name, _recorded(getattr(Reader, name)))


def _is_included(config: pytest.Config) -> bool:
    places = (Path(argument.partition("::")[0]).resolve() for argument in config.args)
    return any(HERE.is_relative_to(place) or place.is_relative_to(HERE) for place in places)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of pytest-xdist has seen."""
    STATEMENTS.update(getattr(node, "workeroutput", {}).get("statements", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was seen, or prepare all of it."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["statements"] = sorted(STATEMENTS)
    elif _is_included(config) and server.programs() and not config.option.collectonly:
        with server.started() as postgresql:
            config.stash[REFUSED] = list(server.refused(postgresql, sorted(STATEMENTS)))
        if config.stash[REFUSED]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the statements that PostgreSQL refused, and what it said."""
    refused = config.stash.get(REFUSED, None)
    if refused is None:
        return
    terminalreporter.write_line(
        f"PostgreSQL prepares {len(STATEMENTS) - len(refused)} of {len(STATEMENTS)} statements"
    )
    for sql, said in refused:
        terminalreporter.section("a statement that PostgreSQL refuses", red=True)
        terminalreporter.write_line(f"{said}\n{sql}")
