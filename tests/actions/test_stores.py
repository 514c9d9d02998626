"""New stores, and their settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mailctl.actions import settings, stores
from mailctl.errors import AlreadyExistsError, SettingNotFoundError, UsageError
from mailctl.store.engine.transaction import Transaction


def test_a_new_store_has_the_clock_and_the_seller_that_were_asked_for(tmp_path: Path) -> None:
    """There is room for one at a path; an upgrade finds nothing to do."""
    path = tmp_path / "mailctl.db"
    result = stores.init(path, clock_on=date(2026, 1, 31), timezone="UTC", seller_country="de")
    assert (result.item["clock"], result.item["clock_on"]) == ("manual", "2026-01-31")
    assert (result.item["seller_country"], result.item["path"]) == ("DE", str(path))
    with pytest.raises(AlreadyExistsError):
        stores.init(path, timezone="UTC")
    upgraded = stores.upgrade(path, wait=1, dry_run=False)
    assert (upgraded.changed, upgraded.news) == (False, ())


def test_a_setting_that_is_the_same_changes_nothing(tx: Transaction) -> None:
    """A name or a value that is none is refused."""
    result = settings.set_all(tx, {"retention-days": "30"})
    assert (result.item["value"], result.changed, result.warnings) == ("30", True, ())
    assert not settings.set_all(tx, {"retention-days": "30"}).changed
    with pytest.raises(UsageError):
        settings.set_all(tx, {"retention-days": "soon"})
    with pytest.raises(SettingNotFoundError):
        settings.set_all(tx, {"retention": "30"})
