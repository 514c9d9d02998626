"""Wrong lines of a file as an error shows them: by cause to people, each of them to programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from mailctl.cli.render.text import json_text, wrapped
from mailctl.domain.text import counted
from mailctl.errors import MailctlError
from mailctl.wrong_lines import Cause, WrongLine, WrongLines

MOST_CAUSES = 12
Shown = Callable[[str], str]
"""What makes a text of an error fit to be shown."""


def by_cause(wrong: WrongLines, shown: Shown, width: int) -> Iterator[str]:
    """The causes with their counts, the most frequent first, and the first lines of each.

    Where every line was asked for, all of them follow in their order instead.
    """
    causes = wrong.causes
    for cause in causes[:MOST_CAUSES]:
        if cause.count == 1 and not wrong.has_every:
            yield _line(cause.first[0].text, shown, width, 2)
            continue
        yield _line(f"{counted(cause.count, 'line')}: {_heading(cause)}", shown, width, 2)
        if not wrong.has_every:
            for line in cause.first:
                yield _line(_example(cause, line), shown, width, 4)
            if cause.count > len(cause.first):
                yield f"    and {cause.count - len(cause.first):,} more\n"
    rest = causes[MOST_CAUSES:]
    if rest:
        lines = counted(sum(cause.count for cause in rest), "line")
        yield f"  {lines} for {counted(len(rest), 'other reason')}\n"
    if wrong.has_every:
        yield from (_line(line.text, shown, width, 2) for line in wrong.lines())


def _heading(cause: Cause) -> str:
    """What is wrong with all of its lines: `expires_on is not a date such as 2026-01-31`."""
    reason = cause.reason or cause.code
    if cause.column is None:
        return reason
    return f"{cause.column} {reason}" if _continues(reason) else f"{cause.column}: {reason}"


def _continues(reason: str) -> bool:
    return reason.partition(" ")[0] in ("is", "has", "says")


def _example(cause: Cause, line: WrongLine) -> str:
    """A line under its heading: the value alone, if the heading says the rest."""
    if cause.column is None or line.value is None or not _continues(cause.reason or ""):
        return line.text
    value = repr(line.value) if line.value else "empty"
    return f"{line.place}: {value}" if line.place else value


def _line(text: str, shown: Shown, width: int, indent: int) -> str:
    lines = wrapped(shown(text), max(width - indent, 20)).splitlines(keepends=True)
    return "".join(f"{'':{indent}}{line}" for line in lines)


def write_json(write: Callable[[str], object], error: MailctlError, shown: Shown) -> None:
    """The error as one JSON object on one line, written as it is read: it may be long."""
    body: dict[str, object] = {
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
        "exit_status": error.exit_status,
    }
    if error.lines and error.wrong is None:
        body["lines"] = [shown(line) for line in error.lines]
    if error.wrong is None:
        write(json_text(_compact({"error": body})) + "\n")
        return
    body["causes"] = [
        {"code": cause.code, "column": cause.column, "reason": cause.reason, "count": cause.count}
        for cause in error.wrong.causes
    ]
    write(json_text(_compact({"error": body}))[:-2])
    _write_array(write, "lines", (shown(line.text) for line in error.wrong.lines()))
    _write_array(write, "errors", (_item(line, shown) for line in error.wrong.lines()))
    write("}}\n")


def _item(line: WrongLine, shown: Shown) -> dict[str, object]:
    return {
        name: shown(value) if isinstance(value, str) else value
        for name, value in line.item().items()
    }


def _write_array(write: Callable[[str], object], name: str, items: Iterable[object]) -> None:
    write(f', "{name}": [')
    for position, item in enumerate(items):
        write(f"{', ' if position else ''}{json_text(_compact(item))}")
    write("]")


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
