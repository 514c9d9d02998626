"""A list of things, read row by row: however long it is, only a batch of it is in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import cast

from mailctl.contract import Key, Kind, Thing
from mailctl.domain.sorting import in_order
from mailctl.store.engine.dialect import batches, json_row, quoted
from mailctl.store.engine.reader import Reader
from mailctl.values import Value

Row = dict[str, object]

# What the database keeps in another form than the one in the output.
_CODED = (Kind.BOOLEAN, Kind.LIST, Kind.OBJECT)


# Up to this many rows are few; what more rows need is computed faster for all together.
_FEW = 1000


class Few(Value):
    """How few rows of a long list are made without a look at all that belongs to the others.

    `ids` selects the ids that the filters let through, as `id`; `query` makes the rows of those
    that the table `shown` has in its `id`. `by` are the columns of `ids` for the keys by which they
    can be put in order, none of which needs to be compared without regard to case. `holds` is what
    is true of every row anyway, said for the index that has a key in order. `always`: the filters
    leave few, whatever the limit.
    """

    ids: str
    query: str
    by: Mapping[str, str]
    holds: Mapping[str, str] = MappingProxyType({})
    always: bool = False


class Listing:
    """A query whose columns are named like the keys of a thing.

    `finish` completes a row with what only Python can compute. Without it the database makes the
    JSON, which is several times faster. `finishes` are the keys that need it; None: all.
    `sorts` says by which column a key is sorted that does not sort as it is shown.
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
        sorts: Mapping[str, str] | None = None,
        few: Few | None = None,
    ) -> None:
        self.thing = thing
        self._reader = reader
        self._query = query
        self._parameters = dict(parameters)
        self._order_by = order_by
        self._limit = limit
        self._finish = finish
        self._finishes = finishes
        self._sorts = sorts or {}
        is_few = few is not None and (few.always or (limit is not None and limit <= _FEW))
        self._few = few if is_few else None
        # By what few rows are chosen before the rest of them is known; None: all are looked at.
        self._few_by: str | None = ""
        self._few_holds = ""
        # A key that only Python can compute, and whether downwards: such rows are sorted in memory.
        self._sorted_later: tuple[str, bool] | None = None

    def sort(self, key: str, *, downwards: bool) -> None:
        """Order the rows by a key, those without it last, equal ones as before."""
        self._sort_few(key, downwards=downwards)
        if key not in self._sorts and self._is_finished((key,)):
            self._sorted_later = (key, downwards)
            return
        column = self._sorts.get(key, f"t.{quoted(key)}")
        is_text = key not in self._sorts and self._kind(key) is Kind.TEXT
        # Without regard to case, as people look for names; equal ones by case.
        parts = [f"lower({column})", column] if is_text else [column]
        direction = " DESC" if downwards else ""
        is_empty = f"coalesce({column}, '') = ''" if is_text else f"{column} IS NULL"
        order = [f"CASE WHEN {is_empty} THEN 1 ELSE 0 END", *(f"{p}{direction}" for p in parts)]
        self._order_by = ", ".join((*order, self._order_by))

    def _sort_few(self, key: str, *, downwards: bool) -> None:
        """Choose the first rows by a key, if it is a column: an index may have it in order."""
        if self._few is None:
            return
        if key in self._few.by:
            self._few_by = f"{self._few.by[key]}{' DESC' if downwards else ''} NULLS LAST, "
            self._few_holds = f" AND {self._few.holds[key]}" if key in self._few.holds else ""
            return
        self._few_by = None
        if not self._few.always:
            self._few = None

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The raw values of these keys, a row at a time."""
        if self._is_finished(keys):
            yield from (tuple(row[key] for key in keys) for row in self._in_order())
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
            return self._finished_json(keys)
        texts = map(itemgetter(0), self._select(json_row([self._key(name) for name in keys])))
        return cast("Iterator[str]", texts)

    def _finished_json(self, keys: Sequence[str]) -> Iterator[str]:
        import json

        for row in self._in_order():
            yield json.dumps({key: row[key] for key in keys}, ensure_ascii=False)

    def dicts(self) -> Iterator[Row]:
        """Each row with every key that the query has."""
        cursor = self._reader.stream(*self._statement("t.*"))
        names = [column[0] for column in cursor.description]
        coded = [(name, kind) for name in names if (kind := self._kind(name)) in _CODED]
        for row in batches(cursor):
            found = dict(zip(names, row, strict=True))
            for name, kind in coded:
                found[name] = _decoded(found[name], kind)
            yield self._finish(found) if self._finish else found

    def _is_finished(self, keys: Sequence[str]) -> bool:
        if self._sorted_later:
            return True
        if self._finish is None:
            return False
        return self._finishes is None or not self._finishes.isdisjoint(keys)

    def _select(self, columns: str) -> Iterator[tuple[object, ...]]:
        return batches(self._reader.stream(*self._statement(columns)))

    def _statement(self, columns: str) -> tuple[str, dict[str, object]]:
        parameters, limit = self._parameters, ""
        if self._limit is not None and not self._sorted_later:
            parameters, limit = {**parameters, "row_limit": self._limit}, "LIMIT :row_limit"
        query, before = self._query, ""
        if self._few is not None:
            shown = self._few.ids
            if limit and self._few_by is not None:
                shown = f"{shown}{self._few_holds} ORDER BY {self._few_by}id {limit}"
            query, before = self._few.query, f"WITH shown AS ({shown}) "
        order = f"ORDER BY {self._order_by} {limit}"
        return f"{before}SELECT {columns} FROM ({query}) t {order}", parameters

    def _in_order(self) -> Iterable[Row]:
        """The rows as they are to be shown."""
        if not self._sorted_later:
            return self.dicts()
        key, downwards = self._sorted_later
        return islice(in_order(list(self.dicts()), key, downwards=downwards), self._limit)

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
    import json

    return json.loads(value) if isinstance(value, str) else value
