"""The order of rows that are in memory: by a value, those without one last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

RowT = TypeVar("RowT", bound=Mapping[str, object])

_NUMBER = r"-?\d+(\.\d+)?"


def in_order(rows: Sequence[RowT], key: str, *, downwards: bool) -> list[RowT]:
    """The rows in the order of a key's values, those without one last, equal ones as they came.

    Texts without regard to case, but as numbers where all of them are: `8.1` before `20`.
    """
    import json
    from decimal import Decimal

    filled = [row for row in rows if row[key] not in (None, "")]
    are_numbers = all(re.fullmatch(_NUMBER, str(row[key])) for row in filled)

    def value(row: RowT) -> tuple[Decimal, str, str]:
        found = row[key]
        if are_numbers or isinstance(found, int):
            return Decimal(int(found) if isinstance(found, bool) else str(found)), "", ""
        text = found if isinstance(found, str) else json.dumps(found)
        return Decimal(0), text.lower(), text

    filled.sort(key=value, reverse=downwards)
    return [*filled, *(row for row in rows if row[key] in (None, ""))]
