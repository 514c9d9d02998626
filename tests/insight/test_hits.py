"""What `find` says of a hit: enough to know that it is the right one."""

from __future__ import annotations

import pytest

from tests.helpers import Cli


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("lea@late.example", "suspended for debt since 2026-02-02"),
        ("susi@acme.example", "suspended for its expiry since 2026-02-01"),
        ("dora@acme.example", "deleted on 2026-01-01"),
        ("anna@acme.example", "anna@acme.example, active, of acme (Acme SARL)"),
    ],
)
def test_of_an_account_the_state_is_said_with_its_day(busy: Cli, said: str, label: str) -> None:
    """And why it is suspended."""
    first = busy.ok("find", said)["items"][0]
    assert first["kind"] == "account"
    assert label in first["label"]
