"""`mailctl journal`: who changed what, when."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import parse
from mailctl.cli.input.options import Limit, Since, Until
from mailctl.cli.run import Run

app = typer.Typer(
    help="""Who changed what, when.

    Every change adds rows. The digest of each transaction covers its rows and the digest before it,
    so that no row can change unnoticed. Keep the head in another place to notice a journal that was
    replaced.
    """
)

After = Annotated[
    int | None,
    typer.Option(
        "--after",
        metavar="SEQ",
        help="Only rows after this sequence number.",
        parser=parse.whole(0, 999_999_999),
    ),
]
Head = Annotated[
    str | None,
    typer.Option(
        "--head",
        metavar="DIGEST",
        help="A head that was kept elsewhere; it must be part of the chain.",
        parser=parse.digest,
    ),
]


@app.command("list")
@reading("journal", many=True)
def list_rows(
    run: Run, after: After = None, since: Since = None, until: Until = None, limit: Limit = None
) -> None:
    """List journal rows in order.

    Examples:
      mailctl journal list --since 2026-01-01
      mailctl journal list --after 1200 -o jsonl

    """
    from mailctl.store.queries import history

    run.list(lambda db: history.listing(db, after=after, since=since, until=until, limit=limit))


@app.command("head")
@reading("head")
def head(run: Run) -> None:
    """Show the newest digest of the chain, to be kept in another place.

    Examples:
      mailctl journal head
      mailctl journal head --fields digest -o tsv

    """
    from mailctl.store.queries import history

    run.show("head", lambda db: history.head(db).item())


@app.command("verify")
@reading("verification")
def verify(run: Run, head: Head = None) -> int:
    """Compute the whole chain again; exit with status 1 and name the first broken transaction.

    A head that was kept before the store was upgraded to schema 3 is looked up in its old chain.

    Examples:
      mailctl journal verify
      mailctl journal verify --head "$(cat head)"

    """
    from mailctl.store.queries import history

    with run.read() as db:
        found = history.verification(db, head=head)
    run.output.write_thing("verification", asdict(found))
    return 0 if found.ok else 1
