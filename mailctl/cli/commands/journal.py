"""`mailctl journal`: who changed what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import Limit, Since, Until
from mailctl.cli.run import Run
from mailctl.close_words import close_words, did_you_mean
from mailctl.domain.journal_kinds import JournalKind
from mailctl.domain.text import listed
from mailctl.values import fields, replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mailctl.cli.input.head_lines import HeadLine
    from mailctl.store.queries.history import Verification
    from mailctl.store.queries.kept_heads import Looked

MOST_NAMED = 10
"""How many heads that a restore lost are named."""

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
To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help="Add it to this file, which is made where there is none.",
        parser=parse.file_name,
    ),
]
Heads = Annotated[
    str | None,
    typer.Option(
        "--heads",
        metavar="FILE",
        help="A file that `journal head --to` wrote, or - for standard input.",
        parser=parse.file_name,
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
def head(run: Run, to: To = None) -> None:
    """Show the newest digest of the chain, to be kept in another place.

    With --to a line is added to a file: the day, the transaction, its digest, and when the store
    was made. A head is never added twice, so cron can do it after each tick. Keep the file, or a
    copy of it, where nobody who can change the store can change it.

    Examples:
      mailctl journal head
      mailctl journal head --to /mnt/other/heads

    """
    from mailctl.store.queries import history

    if to is None:
        run.show("head", lambda db: history.head(db).item())
        return
    item, is_new = _kept(run, to)
    if run.output.form is not None or run.output.fields:
        run.output.write_thing("head", item)
        return
    done = f"Added the head of transaction {item['batch']} to {to}."
    run.output.say(done if is_new else f"{to} has the head of transaction {item['batch']} already.")


def _kept(run: Run, to: str) -> tuple[Mapping[str, object], bool]:
    """The newest head, and whether the file did not have it before."""
    from pathlib import Path

    from mailctl.cli.render import head_file
    from mailctl.domain.kept_heads import KeptHead
    from mailctl.store.queries import history

    items: list[Mapping[str, object]] = []

    def newest() -> KeptHead:
        with run.read() as db:
            found = history.head(db)
            items.append(found.item())
            return KeptHead(
                day=found.on,
                transaction=found.batch,
                digest=found.digest,
                store=db.info.created_at,
            )

    is_new = head_file.append(Path(to), newest, trusted=_trusted(run), wait=run.wait)
    return items[-1], is_new


def _trusted(run: Run) -> set[int]:
    """Who may change the file as well: root, who runs this, and who has the store anyway."""
    import os
    from contextlib import suppress
    from pathlib import Path

    trusted = {0, os.geteuid()}
    if isinstance(run.location, Path):
        with suppress(OSError):
            trusted.add(run.location.stat().st_uid)
    return trusted


@app.command("verify")
@reading("verification")
def verify(run: Run, head: Head = None, heads: Heads = None) -> int:
    """Compute the whole chain again; exit with status 1 and name the first broken transaction.

    Whoever has the store's file can make another chain for it that fits. Heads that were kept in
    another place find that: each must still be part of the chain, or have been lost in a restore
    from a backup. A head from before the upgrade to schema 3 is looked up in the old chain.

    Examples:
      mailctl journal verify
      mailctl journal verify --heads /mnt/other/heads

    """
    from mailctl.cli.input.head_lines import heads_in
    from mailctl.cli.render.progress import Progress
    from mailctl.store.queries import history, kept_heads

    lines = () if heads is None else heads_in(heads)
    with run.read() as db, Progress(quiet=run.output.quiet) as progress:
        found = history.verification(
            db, head=head, at=lambda number: progress.at(f"transaction {number:,}")
        )
        looked = None
        if found.ok and lines:
            looked = kept_heads.look_up(db, [one.head for one in lines])
    if looked is not None:
        found = _with_heads(found, looked, lines)
        _name_lost(run, looked)
    run.output.write_thing("verification", fields(found))
    return 0 if found.ok else 1


def _with_heads(found: Verification, looked: Looked, lines: Sequence[HeadLine]) -> Verification:
    """What was found, with what became of the heads; the first that is missing is named."""
    found = replace(found, heads=looked.in_chain, heads_lost=len(looked.lost))
    if looked.at is None:
        return found
    missing = lines[looked.at]
    return replace(
        found,
        ok=False,
        broken=missing.head.transaction,
        reason=f"line {missing.line:,}: the head of {missing.head.day}, transaction "
        f"{missing.head.transaction}, is not in the chain: {looked.reason}",
    )


def _name_lost(run: Run, looked: Looked) -> None:
    """Say which heads are no fault: a restore from a backup lost their transactions."""
    days: dict[date, list[str]] = {}
    for one in looked.lost:
        days.setdefault(one.restored_on, []).append(str(one.head.transaction))
    for day, numbers in days.items():
        which = "transaction" if len(numbers) == 1 else "transactions"
        run.output.note(
            f"Lost in the restore of {day}: the head of {which} {listed(numbers, most=MOST_NAMED)}."
        )
