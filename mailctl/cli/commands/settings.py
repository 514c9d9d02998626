"""`mailctl settings`: how long things take, who sells, how mail is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.prompts import or_asked
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS

if TYPE_CHECKING:
    from mailctl.actions.stores import SettingChanged

app = typer.Typer(help="How long things take, who sells, how mail is sent.")

SettingName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="The setting's name.",
        parser=parse.reference("setting"),
        autocompletion=completers.settings,
    ),
]
Value = Annotated[
    str,
    typer.Argument(
        metavar="VALUE",
        help="Its new value; - asks for it, or reads a line of standard input.",
        parser=or_asked(parse.free_text, "Value"),
    ),
]


@app.command("list")
@reading("setting", many=True)
def list_settings(run: Run) -> None:
    """List all settings with their values, defaults and meanings.

    Examples:
      mailctl settings list
      mailctl settings list --json

    """
    from mailctl.store.queries import overview

    run.list(lambda db: InMemoryRows(THINGS["setting"], overview.settings(db)))


@app.command("set")
@changing("setting")
def set_setting(run: Run, name: SettingName, value: Value) -> None:
    """Change a setting from now on; dates that were promised already stay.

    Examples:
      mailctl settings set retention-days 30
      mailctl settings set seller-name 'Mail & Co'

    """
    from mailctl.actions import stores

    run.change(lambda tx: stores.set_setting(tx, name=name, value=value), _set)


def _set(result: SettingChanged, did: Tense) -> str:
    setting = result.item
    value = setting["value"] or "nothing"
    if not result.changed:
        return f"{setting['name']} is {value} already."
    return f"{did('Set', 'set')} {setting['name']} to {value} ({setting['meaning']})."
