"""The settings as a person reads them: in groups, each with what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailctl.cli.render.document import BLANK, Line, heading

GROUPS = (
    ("Who sells", ("seller-",)),
    ("What documents say, and who gets them", ("mentions-", "invoice-")),
    ("How mail is sent", ("mail-",)),
)
INDENT = 6
LONGEST_DEFAULT = 60
OTHERS = "How long things take, and what is checked"


def page(settings: Sequence[Mapping[str, object]]) -> Iterator[Line]:
    """Every setting under the heading of its group: name, value, default, meaning."""
    width = max(len(str(one["name"])) for one in settings)
    groups: dict[str, list[Mapping[str, object]]] = {OTHERS: []}
    for one in settings:
        groups.setdefault(_group(str(one["name"])), []).append(one)
    for number, (title, group) in enumerate(groups.items()):
        if number:
            yield BLANK
        yield heading(title)
        for one in group:
            name, value = str(one["name"]), str(one["value"])
            default = "" if value == one["default"] else f" (default {_shown(one['default'])})"
            yield Line(text=f"  {name:{width}}  {value or '-'}{default}", indent=INDENT)
            yield Line(text=f"{'':{INDENT}}{one['meaning']}", indent=INDENT)


def _shown(default: object) -> str:
    """A default in brackets; not a text of several lines."""
    text = str(default or "none")
    return text if len(text) <= LONGEST_DEFAULT else "what the law wants, set by ''"


def _group(name: str) -> str:
    return next((title for title, prefixes in GROUPS if name.startswith(prefixes)), OTHERS)
