"""What a transaction adds is counted for the planner, in whatever portions it comes."""

from __future__ import annotations

from unittest.mock import Mock, call

import pytest

from mailctl.store.engine.postgresql.statistics import MANY, Statistics


@pytest.mark.parametrize("portion", [1, 7, MANY])
def test_a_table_is_analysed_once_many_rows_came(portion: int) -> None:
    """Platforms are imported row by row: they count as accounts do, which come together."""
    raw = Mock()
    statistics = Statistics(raw)
    for _ in range(0, MANY, portion):
        raw.execute.assert_not_called()
        statistics.look_at("INSERT INTO platform (name) VALUES (:name)", portion)
    assert raw.execute.mock_calls == [call("ANALYZE platform")]


def test_reading_many_rows_analyses_nothing() -> None:
    """Only what is added counts."""
    raw = Mock()
    Statistics(raw).look_at("SELECT id FROM platform", MANY)
    raw.execute.assert_not_called()
