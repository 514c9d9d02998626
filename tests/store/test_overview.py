"""`status`: what is counted, and to which day."""

from __future__ import annotations

import pytest

from tests.helpers import Cli


@pytest.mark.parametrize(("today", "due"), [("2026-01-24", 0), ("2026-01-25", 1)])
def test_what_is_due_within_seven_days_is_counted(store: Cli, today: str, due: int) -> None:
    """An account ordered on 1 January renews on 1 February: from 25 January on it is counted."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("prepaid", "credit", "acme", "50")
    store.ok("account", "order", "pro", "a@acme.example", "-y")
    store.ok("tick", "--to", today)

    assert store.ok("status")["due_7_days"] == due
