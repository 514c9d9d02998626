"""Every command of the program, as a test walks over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer._click.core import Context

from mailctl.cli.app import program
from mailctl.cli.tree import Group


def commands() -> dict[str, Any]:
    """Each command by what a person types: `account renew`, `tick`."""
    tree = program()
    root = Context(tree, info_name="mailctl")
    return dict(_below(tree, root, ""))


def _below(group: Group, context: Context, path: str) -> Iterator[tuple[str, Any]]:
    for name in group.names():
        command = group.get_command(context, name)
        inner = Context(command, info_name=name, parent=context)
        words = f"{path} {name}".strip()
        if isinstance(command, Group):
            yield from _below(command, inner, words)
        else:
            yield words, command


COMMANDS = commands()
