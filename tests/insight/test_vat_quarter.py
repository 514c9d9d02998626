"""`report vat` says which quarter its figures are of."""

from __future__ import annotations

import pytest

from tests.helpers import Cli


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "2025Q4, 2025-10-01 to 2025-12-31, the last complete quarter."),
        ("--quarter 2026Q1", "2026Q1, 2026-01-01 to 2026-03-31, which is not over yet."),
        ("--quarter 2026Q2", "2026Q2, 2026-04-01 to 2026-06-30, which has not begun."),
        ("--quarter 2025Q2", "2025Q2, 2025-04-01 to 2025-06-30."),
    ],
)
def test_the_quarter_is_named_on_stderr(busy: Cli, words: str, said: str) -> None:
    """In any form, so that an empty list is understood; stdout has the figures alone."""
    for form in ("", "-o json"):
        got = busy("report", "vat", *words.split(), *form.split())

        assert (got.status, got.err) == (0, f"Sales and tax of {said}\n")
        assert "Sales" not in got.out
    assert busy("-q", "report", "vat", *words.split()).err == ""
