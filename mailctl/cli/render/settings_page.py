"""The settings as a person reads them: in groups, each with what it means."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from mailctl.cli.render.output import Output
from mailctl.cli.render.text import broken, width_of

GROUPS = (("Who sells", "seller-"), ("How mail is sent", "mail-"))
INDENT = " " * 6
OTHERS = "How long things take, and what is checked"


def page(output: Output, settings: Sequence[Mapping[str, object]]) -> None:
    """Every setting under the heading of its group: name, value, default, meaning."""
    wide = width_of(sys.stdout)
    width = max(len(str(one["name"])) for one in settings)
    blocks: dict[str, list[str]] = {OTHERS: []}
    for one in settings:
        name, value = str(one["name"]), str(one["value"])
        default = "" if value == one["default"] else f" (default {one['default'] or 'none'})"
        lines = blocks.setdefault(_group(name), [])
        lines.append(f"  {name:{width}}  {value or '-'}{default}")
        meaning = broken(str(one["meaning"]), wide - len(INDENT))
        lines += [INDENT + part for part in meaning]
    text = "\n\n".join(
        "\n".join((*broken(heading, wide), *lines)) for heading, lines in blocks.items()
    )
    output.page(f"{text}\n")


def _group(name: str) -> str:
    return next((heading for heading, prefix in GROUPS if name.startswith(prefix)), OTHERS)
