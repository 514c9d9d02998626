"""A list of things, read row by row: however long it is, only a batch of it is in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from mailctl.contract import Key, Kind, Thing
from mailctl.store.engine.dialect import batches, json_row, quoted
from mailctl.store.engine.reader import Reader

Row = dict[str, object]

# What the database keeps in another form than the one in the output.
_CODED = (Kind.BOOLEAN, Kind.LIST, Kind.OBJECT)


class Listing:
    """A query whose columns are named like the keys of a thing.

    `finish` completes a row with what only Python can compute. Without it the database makes the
    JSON, which is several times faster. `finishes` are the keys that need it; None: all.
    """

    def __init__(
        self,
        reader: Reader,
        thing: Thing,
        query: str,
        parameters: Mapping[str, object],
        *,
        order_by: str,
        limit: int | None = None,
        finish: Callable[[Row], Row] | None = None,
        finishes: frozenset[str] | None = None,
    ) -> None:
        self.thing = thing
        self._reader = reader
        self._query = query
        self._parameters = dict(parameters)
        self._order = f" ORDER BY {order_by}"
        if limit is not None:
            self._order += " LIMIT :row_limit"
            self._parameters["row_limit"] = limit
        self._finish = finish
        self._finishes = finishes

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The raw values of these keys, a row at a time."""
        if self._is_finished(keys):
            yield from (tuple(row[key] for key in keys) for row in self.dicts())
            return
        booleans = [i for i, name in enumerate(keys) if self._kind(name) is Kind.BOOLEAN]
        columns = ", ".join(f"t.{quoted(name)}" for name in keys)
        for row in self._select(columns):
            if booleans:
                values = list(row)
                for i in booleans:
                    values[i] = bool(values[i])
                yield tuple(values)
            else:
                yield row

    def json(self, keys: Sequence[str]) -> Iterator[str]:
        """Each row as the text of one JSON object."""
        if self._is_finished(keys):
            for row in self.dicts():
                yield json.dumps({key: row[key] for key in keys}, ensure_ascii=False)
            return
        for (text,) in self._select(json_row([self._key(name) for name in keys])):
            yield str(text)

    def dicts(self) -> Iterator[Row]:
        """Each row with every key that the query has."""
        cursor = self._reader.execute(
            f"SELECT t.* FROM ({self._query}) t{self._order}", self._parameters
        )
        names = [column[0] for column in cursor.description]
        coded = [(name, kind) for name in names if (kind := self._kind(name)) in _CODED]
        for row in batches(cursor):
            found = dict(zip(names, row, strict=True))
            for name, kind in coded:
                found[name] = _decoded(found[name], kind)
            yield self._finish(found) if self._finish else found

    def _is_finished(self, keys: Sequence[str]) -> bool:
        if self._finish is None:
            return False
        return self._finishes is None or not self._finishes.isdisjoint(keys)

    def _select(self, columns: str) -> Iterator[tuple[object, ...]]:
        return batches(
            self._reader.execute(
                f"SELECT {columns} FROM ({self._query}) t{self._order}", self._parameters
            )
        )

    def _key(self, name: str) -> Key:
        key = self.thing.key(name)
        assert key is not None, name
        return key

    def _kind(self, name: str) -> Kind | None:
        key = self.thing.key(name)
        return key.kind if key else None


def _decoded(value: object, kind: Kind | None) -> object:
    if kind is Kind.BOOLEAN:
        return bool(value)
    return json.loads(value) if isinstance(value, str) else value
