"""`mailctl store`: the store's file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.commands import store_copy, store_damage
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS
from mailctl.domain.text import counted
from mailctl.errors import StoreDamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailctl.actions.stores import StoreUpgraded

app = typer.Typer(
    help="The store itself: where it is, checking, backing up, moving and upgrading it."
)
MOST_FAULTS = 3
"""How many faults of one check are shown to people."""


@app.command("info")
@reading("store")
def info(run: Run) -> None:
    """Show where the store is, its clock, and the head of its journal.

    Examples:
      mailctl store info
      mailctl store info --fields path,store_bytes

    """
    from mailctl.store.queries import overview

    run.show("store", overview.info)


@app.command("check")
@reading("check", many=True)
def check(run: Run) -> int:
    """Check the books for contradictions; exit with status 1 if any are found.

    Each check has one row, or one for every row of the store that breaks it; on a terminal the
    first few of them, unless -v is given. Of a file so damaged that it cannot be checked it lists
    which tables can be read, and whose rows cannot, with status 10.

    Examples:
      mailctl store check
      mailctl store check -o jsonl --fields name,ok,subject,message

    """
    from mailctl.cli.render.progress import Progress
    from mailctl.store import checks

    try:
        with run.read() as db, Progress(quiet=run.output.quiet) as progress:
            rows = checks.run(db, progress.at)
    except StoreDamagedError as error:
        raise store_damage.described(run, error) from error
    broken = [row for row in rows if not row["ok"]]
    is_summary = run.output.is_read_by_people() and not run.output.verbose
    shown = _first_of_each(rows) if is_summary else rows
    run.output.write_list(InMemoryRows(THINGS["check"], shown))
    if len(shown) < len(rows):
        left = f"{len(rows) - len(shown):,} more faults are not shown"
        run.output.note(f"{left}: mailctl store check -v, or mailctl store check -o jsonl.")
    names = {row["name"] for row in broken}
    if broken:
        run.output.warn(
            f"{counted(len(names), 'check')} found {counted(len(broken), 'fault')} in the books"
        )
        store_damage.note_way_out(run, names)
        return 1
    run.output.note(f"All {len(rows)} checks hold.")
    return 0


app.command("backup")(Elsewhere("store_backup.backup"))
app.command("restore")(Elsewhere("store_restore.restore"))
app.command("copy")(store_copy.copy)
app.command("reopen")(store_copy.reopen)
app.command("replicate")(Elsewhere("store_replicate.replicate"))


def _first_of_each(rows: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The rows without the faults of a check beyond its first few."""
    seen: Counter[object] = Counter()
    shown = []
    for row in rows:
        seen[row["name"]] += 1
        if seen[row["name"]] <= MOST_FAULTS:
            shown.append(row)
    return shown


@app.command("upgrade")
@changing("upgrade")
def upgrade(run: Run) -> None:
    """Upgrade the store of an older mailctl to this version; a copy of it is kept beside it.

    Every command that changes an older store upgrades it first. Commands that only read refuse an
    older store, and so do dry runs.

    Examples:
      mailctl store upgrade --dry-run
      mailctl store upgrade

    """
    from mailctl.actions import stores

    run.report(stores.upgrade(run.location, wait=run.wait, dry_run=run.dry_run), _upgraded)


def _upgraded(result: StoreUpgraded, did: Tense) -> str:
    item = result.item
    if not result.changed:
        return f"The store {item['path']} is of schema {item['schema_version']} already."
    kept = "would be kept" if did.would else "is kept"
    return (
        f"{did('Upgraded', 'upgrade')} the store {item['path']} from schema {item['from_version']} "
        f"to {item['schema_version']}; as it was it {kept} in {item['copy']}"
        + "".join(f"\n{text[0].upper()}{text[1:]}" for text in result.news)
    )
