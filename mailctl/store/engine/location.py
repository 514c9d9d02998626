"""Where a store is."""

from __future__ import annotations

from pathlib import Path

Location = Path
"""A store's file."""
