"""`mailctl notice`: what customers are told."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli import parse, values
from mailctl.cli.command import reading
from mailctl.cli.filters import known
from mailctl.cli.options import CustomerFilter, Limit
from mailctl.cli.run import Run
from mailctl.cli.sending import send

app = typer.Typer(help="Service e-mails: what customers are told.")

NoticeId = Annotated[
    int,
    typer.Argument(
        metavar="ID",
        help="The notice's id.",
        parser=parse.number("notice"),
        autocompletion=values.stored("notice"),
    ),
]
Unsent = Annotated[bool, typer.Option("--unsent", help="Only those that were not sent yet.")]


@app.command("list")
@reading("notice", many=True)
def list_notices(
    run: Run, *, unsent: Unsent = False, customer: CustomerFilter = None, limit: Limit = None
) -> None:
    """List notices by their id.

    Examples:
      mailctl notice list --unsent
      mailctl notice list --customer acme --json

    """
    from mailctl.notices import reading as notices

    run.list(
        lambda db: notices.listing(
            known(db, customer=customer), unsent=unsent, customer=customer, limit=limit
        )
    )


@app.command("show")
@reading("notice")
def show(run: Run, notice: NoticeId) -> None:
    """Show a notice and its letter: as it was sent, or as it would be sent now.

    JSON has its HTML too, while it waits to be sent.

    Examples:
      mailctl notice show 17
      mailctl notice show 17 --json

    """
    from mailctl.notices import reading as notices

    with run.read() as db:
        found = notices.show(db, notice)
    if run.output.is_read_by_people():
        body = str(found.pop("body"))
        del found["html"]
        run.output.write_thing("notice", found)
        run.output.page(f"\n{body.rstrip()}\n")
    else:
        run.output.write_thing("notice", found)


app.command("send")(send)
