"""`mailctl notice`: service e-mails to customers."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.command import Elsewhere, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import CustomerFilter, Limit, Since, Until
from mailctl.cli.run import Run
from mailctl.domain.notices import NoticeKind, NoticeState

app = typer.Typer(help="Service e-mails: what customers are notified of.")

NoticeId = Annotated[
    int,
    typer.Argument(
        metavar="ID",
        help="The notice's id.",
        parser=parse.number("notice"),
        autocompletion=completers.stored("notice"),
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Only those of a kind, such as debt-opened or renewal-coming.",
        parser=parse.choice(*NoticeKind),
        autocompletion=completers.among(*NoticeKind),
    ),
]
State = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help="queued, sent, refused, outdated or erased.",
        parser=parse.choice(*NoticeState),
        autocompletion=completers.among(*NoticeState),
    ),
]
Unsent = Annotated[bool, typer.Option("--unsent", help="Only those not sent yet.")]


@app.command("list")
@reading("notice", many=True)
def list_notices(
    run: Run,
    *,
    unsent: Unsent = False,
    customer: CustomerFilter = None,
    kind: Kind = None,
    state: State = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List notices by their id; --since and --until are the days on which they were queued.

    Examples:
      mailctl notice list --unsent
      mailctl notice list --customer acme --kind debt-opened --json

    """
    from mailctl.notices.reading import subject_of
    from mailctl.store.queries import outbox

    run.list(
        lambda db: outbox.listing(
            known(db, customer=customer),
            subject_of(db),
            unsent=unsent,
            customer=customer,
            kind=kind,
            state=state,
            since=since,
            until=until,
            limit=limit,
        )
    )


@app.command("show")
@reading("notice")
def show(run: Run, notice: NoticeId) -> None:
    """Show a notice and its letter, as it was sent or as it would be sent now.

    JSON also has its HTML while it waits to be sent.

    Examples:
      mailctl notice show 17
      mailctl notice show 17 --json

    """
    from mailctl.notices import reading as notices

    is_document = run.output.shows_document()
    with run.read() as db:
        found = notices.show(db, notice, with_html=not is_document)
        is_outdated = notices.is_outdated(db, found)
    if not is_document:
        run.output.write_thing("notice", found)
        return
    body = str(found.pop("body"))
    del found["html"]
    if not found["attachments"]:
        del found["attachments"]
    run.output.write_thing("notice", found)
    if is_outdated:
        run.output.page("\nIt is out of date: it will not be sent.\n")
    run.output.page(f"\n{body.rstrip()}\n")


app.command("send")(Elsewhere("notice_send.send"))
