"""JSON Schema, drawn from the contract."""

from __future__ import annotations

import json

from mailctl.close_words import close_words, did_you_mean
from mailctl.contract import THINGS, Key, Kind, kind_of
from mailctl.errors import UsageError

_TYPES: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.INTEGER: {"type": ["integer", "null"]},
    Kind.CENTS: {"type": ["integer", "null"]},
    Kind.BOOLEAN: {"type": ["boolean", "null"]},
    Kind.DATE: {"type": ["string", "null"], "format": "date"},
    Kind.INSTANT: {"type": ["string", "null"], "format": "date-time"},
    Kind.OBJECT: {"type": ["object", "null"]},
}


def json_schema(name: str) -> str:
    """The schema of one thing as `show` gives it; UsageError for an unknown thing."""
    thing = THINGS.get(name)
    if thing is None:
        raise UsageError(
            f"there is no thing {name!r}{did_you_mean(close_words(name, THINGS))}",
            hint=f"one of {', '.join(THINGS)}",
        )
    body = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "object",
        "properties": {
            "schema": {"const": f"mailctl/{name}/1"},
            **{key.name: _of_key(key) for key in thing.keys},
        },
        "required": ["schema", *(key.name for key in thing.keys)],
    }
    return json.dumps(body, indent=2) + "\n"


def _of_key(key: Key) -> dict[str, object]:
    if key.kind is Kind.LIST:
        if not key.of:
            return {"type": "array"}
        parts = {part: _TYPES[kind_of(part)] for part in key.of}
        item = {"type": "object", "properties": parts, "required": list(key.of)}
        return {"type": "array", "items": item}
    if key.values:
        # Known today: more may come, so it is not an enum that a validator would hold against them.
        return {**_TYPES[key.kind], "examples": list(key.values)}
    return dict(_TYPES[key.kind])
