"""The order of rows in memory: as the database orders the others."""

from __future__ import annotations

import pytest

from mailctl.domain.sorting import in_order


def sorted_by(*values: object, downwards: bool = False) -> list[object]:
    """The values of one key in their order."""
    return [
        row["key"] for row in in_order([{"key": one} for one in values], "key", downwards=downwards)
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((20, 3, 100), [3, 20, 100]),
        (("20", "8.1", "100"), ["8.1", "20", "100"]),
        (("20", "8.1", "none"), ["20", "8.1", "none"]),
        (("b", "A", "C", "a"), ["A", "a", "b", "C"]),
        ((True, False), [False, True]),
        (("2026-02-01", "2025-12-31"), ["2025-12-31", "2026-02-01"]),
    ],
)
def test_numbers_by_size_and_texts_without_regard_to_case(
    values: tuple[object, ...], expected: list[object]
) -> None:
    """Texts that are all numbers are numbers."""
    assert sorted_by(*values) == expected
    assert sorted_by(*values, downwards=True) == expected[::-1]


@pytest.mark.parametrize("downwards", [False, True])
@pytest.mark.parametrize("nothing", [None, ""])
def test_rows_without_a_value_come_last(nothing: object, downwards: bool) -> None:  # noqa: FBT001
    """Upwards and downwards."""
    assert sorted_by(nothing, 2, nothing, 2, downwards=downwards)[-2:] == [nothing, nothing]


def test_equal_rows_stay_as_they_came() -> None:
    """In both directions."""
    rows = [{"key": 1, "id": 1}, {"key": 1, "id": 2}, {"key": 0, "id": 3}]
    assert [row["id"] for row in in_order(rows, "key", downwards=False)] == [3, 1, 2]
    assert [row["id"] for row in in_order(rows, "key", downwards=True)] == [1, 2, 3]
