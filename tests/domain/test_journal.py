"""What a journal row says in a few words."""

from __future__ import annotations

import pytest

from mailctl.domain.journal import summary


@pytest.mark.parametrize(
    ("kind", "details", "said"),
    [
        (
            "renewal-changed",
            {"effective_on": "2026-02-28", "new": "none", "old": "monthly"},
            "renewal monthly → none, effective 2026-02-28",
        ),
        ("renewed", {"expires_on": "2026-03-20", "was": "2026-02-20"},
         "expiry 2026-02-20 → 2026-03-20"),
        ("renamed", {"old": "a@x.example", "address": "b@x.example"},
         "address a@x.example → b@x.example"),
        ("renamed", {}, ""),
        ("setting-changed", {"old": "7", "new": "9"}, "7 → 9"),
        (
            "customer-edited",
            {"changed": ["city"], "new": {"city": "Lyon"}, "old": {"city": None}},
            "city nothing → Lyon",
        ),
        ("customer-edited", {"changed": ["city", "phone"]}, "changed city phone"),
        (
            "credited",
            {"balance_cents": -161, "cents": 123456, "order": 11},
            "amount 1,234.56 EUR, order 11, balance -1.61 EUR",
        ),
        ("rate-set", {"from_on": "2026-02-10", "rate": 1850}, "from 2026-02-10, 18.5 %"),
        ("cancelled", {"accounts": 1, "reason": None}, "accounts 1"),
    ],
)  # fmt: skip
def test_a_row_says_what_became_of_what(kind: str, details: dict[str, object], said: str) -> None:
    """Old and new values with an arrow, amounts with their currency, nothing where nothing is."""
    assert summary(kind, details, "EUR") == said
