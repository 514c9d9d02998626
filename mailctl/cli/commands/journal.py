"""`mailctl journal`: who changed what, when."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import Limit, Since, Until
from mailctl.cli.run import Run
from mailctl.close_words import close_words, did_you_mean
from mailctl.domain.journal_kinds import JournalKind
from mailctl.values import fields

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
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Only those of a kind, such as refunded or deleted.",
        parser=parse.free_text,
        autocompletion=completers.stored("journal-kind"),
    ),
]
Actor = Annotated[
    str | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only what this person changed.",
        parser=parse.free_text,
        autocompletion=completers.stored("actor"),
    ),
]
Command = Annotated[
    str | None,
    typer.Option(
        "--command",
        metavar="COMMAND",
        help="Only what this command changed, such as tick or 'account reset'.",
        parser=parse.free_text,
        autocompletion=completers.stored("journal-command"),
    ),
]
Subject = Annotated[
    str | None,
    typer.Option(
        "--subject",
        metavar="NAME",
        help="Only rows about this alone, such as account/17 or customer/acme.",
        parser=parse.free_text,
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
    run: Run,
    after: After = None,
    kind: Kind = None,
    actor: Actor = None,
    command: Command = None,
    subject: Subject = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List journal rows in order.

    The rows of a customer, a platform or an account with all that is theirs are its history:
    `mailctl customer history acme`.

    Examples:
      mailctl journal list --kind refunded --since 2026-01-01
      mailctl journal list --after 1200 -o jsonl

    """
    from mailctl.store.queries import history

    with run.read() as db:
        if kind is not None and kind not in set(JournalKind):
            _warn_of_none(run, "kind", kind, close_words(kind, JournalKind))
        for column, value in (("actor", actor), ("command", command)):
            if value is not None and (close := history.unknown(db, column, value)) is not None:
                _warn_of_none(run, column, value, close)
        run.output.write_list(
            history.listing(
                db,
                after=after,
                kind=kind,
                actor=actor,
                command=command,
                subject=subject,
                since=since,
                until=until,
                limit=limit,
            )
        )


def _warn_of_none(run: Run, column: str, value: str, close: tuple[str, ...]) -> None:
    run.output.warn(f"no row of the journal has the {column} {value}{did_you_mean(close)}")


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
    from mailctl.cli.render.progress import Progress
    from mailctl.store.queries import history

    with run.read() as db, Progress(quiet=run.output.quiet) as progress:
        found = history.verification(
            db, head=head, at=lambda number: progress.at(f"transaction {number:,}")
        )
    run.output.write_thing("verification", fields(found))
    return 0 if found.ok else 1
