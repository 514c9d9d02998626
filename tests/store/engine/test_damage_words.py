"""What SQLite says of a damaged file, as people read it within a sentence."""

from __future__ import annotations

import pytest

from mailctl.store.engine.sqlite.connection import in_one_line


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("*** in database main ***\nPage 187: error code 11", "Page 187: error code 11"),
        ("row 3 missing from index account_address",) * 2,
        ("Page 4: never used\nPage 5: never used", "Page 4: never used; Page 5: never used"),
    ],
)
def test_the_line_that_names_its_database_is_left_out(said: str, read: str) -> None:
    """A sentence in brackets is one line."""
    assert in_one_line(said) == read
