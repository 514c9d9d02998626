"""The WHERE of a list: the filters that were given, by name."""

from __future__ import annotations


def where(**filters: tuple[str, object]) -> tuple[str, dict[str, object]]:
    """SQL for WHERE, and its values, of the filters that have a value.

    A filter is a condition and the value that the condition calls `:name`, with the filter's name.
    A condition without a value of its own is given True or None.
    """
    given = {name: filter_ for name, filter_ in filters.items() if filter_[1] is not None}
    conditions = "\n    AND ".join(["1 = 1", *(sql for sql, _ in given.values())])
    return f"WHERE {conditions}", {name: value for name, (_, value) in given.items()}
