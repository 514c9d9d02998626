"""A command line that a refusal proposes is one that there is."""

from __future__ import annotations

import pytest
from typer._click.core import Context

from mailctl.cli.app import program
from mailctl.cli.tree import Group
from mailctl.hints import Hint


@pytest.mark.parametrize(
    "line", [line for hint in Hint if hint is not Hint.LIST for line in hint.split(", or ")]
)
def test_every_hint_is_a_command_with_options_that_it_has(line: str) -> None:
    """The noun, the verb and each option exist."""
    mailctl, noun, verb, *rest = line.split()
    tree = program()
    root = Context(tree, info_name=mailctl)
    group = tree.get_command(root, noun)
    command = group.get_command(root, verb) if isinstance(group, Group) else group

    assert command is not None, line
    known = {name for one in command.get_params(Context(command)) for name in one.opts}
    assert {word for word in rest if word.startswith("--")} <= known
