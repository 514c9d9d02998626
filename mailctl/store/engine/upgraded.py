"""What came of bringing a store to this program's version."""

from __future__ import annotations

from pathlib import Path

from mailctl.values import Value


class Upgrade(Value):
    """What an upgrade did, or would do; `copy` is where the older store is kept."""

    from_version: int
    version: int
    copy: Path | None

    @property
    def is_needed(self) -> bool:
        """Whether the store is older than this program."""
        return self.from_version < self.version
