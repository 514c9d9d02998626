"""Where a store is: a path, or a schema of a PostgreSQL server, which is named by its URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from mailctl.store.engine.postgresql.server import Server

Location: TypeAlias = "Path | Server"
