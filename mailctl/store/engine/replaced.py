"""The place of a store that is restored, wherever it is: looked at, held, and given to a draft."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mailctl.errors import BackupInvalidError
from mailctl.store.engine import stores
from mailctl.store.engine.location import Location
from mailctl.store.engine.sqlite import restored_file
from mailctl.store.engine.sqlite.store_file import beside

if TYPE_CHECKING:
    from mailctl.store.engine.sqlite.lost_file import Salvage


class Held(Protocol):
    """A place that nobody else uses; `salvage` is what can be read there."""

    is_there: bool

    @property
    def salvage(self) -> Salvage | None:
        """What can be read there; None where nothing can, or is."""

    def replace(self, draft: Path) -> str | None:
        """Give a complete draft the place of the store; where that is kept, if there was one."""


def held(location: Location, wait: float) -> AbstractContextManager[Held]:
    """A store's place, once nobody else uses it; StoreBusyError after `wait` seconds."""
    if isinstance(location, Path):
        from mailctl.store.engine.sqlite import held_file

        return held_file.held(location, wait)
    from mailctl.store.engine.postgresql import held_schema

    return held_schema.held(location, wait)


@contextmanager
def salvaged(location: Location, wait: float) -> Iterator[Salvage | str | None]:
    """A store as far as it can be read; a text says why it cannot be, None that none is there."""
    if not isinstance(location, Path):
        from mailctl.store.engine.postgresql import lost_schema

        with lost_schema.salvaged(location, wait) as on_server:
            yield on_server
    elif beside(location, "").exists():
        from mailctl.store.engine.sqlite import lost_file

        with lost_file.salvaged(location, wait) as of_file:
            yield of_file
    else:
        yield None


def place_of_draft(location: Location, file: Path) -> Path:
    """Beside which path a draft of a store is made: its place, or the backup of one on a server.

    Raises what stands against a restore at that place (`restored_file.check_place`).
    """
    if isinstance(location, Path):
        restored_file.check_place(location, file)
        return location
    stores.check_driver()
    if not file.exists():
        raise BackupInvalidError(f"{file} is not there", hint=restored_file.ANOTHER)
    return file.with_name(f"{file.name}.restored")


def folder_of(location: Location) -> Path | None:
    """The folder beside a store; a server has none."""
    return beside(location, "").parent if isinstance(location, Path) else None
