"""`mailctl report`: figures for the tax office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli import parse
from mailctl.cli.command import reading
from mailctl.cli.machine import Given
from mailctl.cli.run import Run
from mailctl.contract import THINGS

if TYPE_CHECKING:
    from mailctl.domain.quarters import Quarter

app = typer.Typer(help="Figures for the tax office.")


def _quarter(text: str) -> Quarter:
    from mailctl.domain.quarters import parse_quarter

    try:
        return parse_quarter(text)
    except ValueError:
        raise parse.BadValue(f"{text!r} is not a quarter", hint="write it as 2026Q1") from None


QuarterOption = Annotated[
    object,
    typer.Option(
        "--quarter",
        metavar="QUARTER",
        help="Such as 2026Q1; the last complete one unless given.",
        parser=_quarter,
        show_default=False,
    ),
]


@app.command("vat")
@reading("vat", many=True)
def vat(run: Run, quarter: QuarterOption = None) -> None:
    """List a quarter's sales and tax by country and rate, credit notes deducted.

    Examples:
      mailctl report vat
      mailctl report vat --quarter 2026Q1 -o csv

    """
    from mailctl.domain.quarters import Quarter, last_complete
    from mailctl.store import reports

    with run.read() as db:
        asked = quarter if isinstance(quarter, Quarter) else last_complete(db.today)
        run.output.write_list(Given(THINGS["vat"], reports.vat(db, asked)))
        if not quarter:
            run.output.detail(f"quarter: {asked}")
