"""`mailctl store copy` and `reopen`: the same store at another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.common import environment_location
from mailctl.cli.input.options import ConfirmedName
from mailctl.cli.render.output import Output
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailctl.actions.result import Result
    from mailctl.actions.store_places import ReopenPlan, StoreCopied

From = Annotated[
    str,
    typer.Argument(
        metavar="FROM", help="The store: a file, or postgresql://….", parser=parse.free_text
    ),
]
To = Annotated[
    str,
    typer.Argument(
        metavar="TO",
        help="Where no store is yet: a file, or postgresql://….",
        parser=parse.free_text,
    ),
]
Keep = Annotated[
    bool, typer.Option("--keep", help="FROM stays the store; the copy takes no changes.")
]


@changing("copy")
def copy(run: Run, source: From, target: To, *, keep: Keep = False) -> None:
    """Move a whole store to another place: from a file to PostgreSQL, or back.

    Every row is copied and read again: the digest of each table and the journal's head must be
    equal. Then TO is the store; FROM can still be read, and takes no changes (store-moved). With
    --keep FROM stays the store, even while it is used, and TO is a copy that takes no changes.

    TO must not exist, or be an empty schema. If the command fails, nothing is left there; if it was
    killed, run it again. From TO to FROM it undoes itself as long as TO has not changed.

    Examples:
      mailctl store copy mailctl.db postgresql://db.example/mailctl
      mailctl store copy postgresql://db.example/mailctl copy.db --keep

    """
    from mailctl.actions import store_places
    from mailctl.store.engine.stores import store_at

    store = store_at(environment_location(source), wait=run.wait, upgraded=run.announce_upgrade)
    with Progress(quiet=run.output.quiet) as progress:
        result = store_places.copy(
            store,
            environment_location(target),
            keep=keep,
            dry_run=run.dry_run,
            told=lambda what, done, total: progress.at(f"{what} {done:,} of {total:,} rows"),
        )
    run.report(result, _kept if keep else _moved)


def _moved(result: StoreCopied, did: Tense) -> str:
    item = result.item
    if not result.changed:
        return f"The store {item['from']} is at {item['to']} already."
    text = f"{did('Moved', 'move')} the store {item['from']} to {item['to']}: {_proven(result)}."
    if did.would:
        return text
    return (
        f"{text} The old one takes no changes any more: give --store or MAILCTL_STORE the new "
        "place everywhere, also in cron or the timers."
    )


def _kept(result: StoreCopied, did: Tense) -> str:
    item = result.item
    return (
        f"{did('Copied', 'copy')} the store {item['from']} to {item['to']}: {_proven(result)}. "
        "The copy can be read and takes no changes."
    )


def _proven(result: StoreCopied) -> str:
    tables = cast("Sequence[object]", result.item["tables"])
    return (
        f"{result.item['rows']:,} rows in {len(tables)} tables, equal by the digest of each table "
        f"and by the journal's head {result.item['journal_head']}"
    )


@changing("store")
def reopen(run: Run, *, confirm: ConfirmedName = None) -> None:
    """Let a store that was moved, or a copy, take changes again.

    For when its successor, or the store that it was copied from, is lost or was a mistake: what
    changed there is not in this one. If both are used from then on, both give the same numbers to
    different invoices. Asks you to type the store's place, or give it with --confirm.

    To come back to a store that still works elsewhere, use store copy in the opposite direction.

    Examples:
      mailctl --store old.db store reopen
      mailctl --store old.db store reopen --confirm old.db

    """
    from mailctl.actions import store_places

    run.takes_moved = True
    run.change_for_good(
        store_places.plan_reopen,
        store_places.reopen,
        show=_show_reopening,
        say=_reopened,
        name=str(run.location),
        confirmed=confirm,
    )


def _show_reopening(plan: ReopenPlan, output: Output) -> str | None:
    if plan.said is None:
        return None
    output.note(f"This store {plan.said}. What has changed there since is not in this one.")
    return "Let this one take changes, and never use the other again?"


def _reopened(result: Result, did: Tense) -> str:
    if not result.changed:
        return f"The store {result.item['path']} takes changes already."
    return f"{did('Reopened', 'reopen')} the store {result.item['path']}: it takes changes again."
