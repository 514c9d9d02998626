"""`mailctl bank`: what arrived at the seller's account, as the bank's files say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.entries import EntryArgument
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import CustomerFilter, Limit, Search, Since, Until
from mailctl.cli.run import Run
from mailctl.domain.bank import EntryState
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.store.engine.reader import Reader

app = typer.Typer(
    help="""What the bank says: statements, the money in them, and whose it is.

    `bank import` takes in the files of the bank, and books what names a payment, an invoice or an
    order. What it could not book waits: `bank accept` books what it proposes, `bank match` says
    whose money an entry is, `bank ignore` keeps an entry out of the books. `bank undo` takes any of
    these back.
    """
)

Unmatched = Annotated[
    bool, typer.Option("--unmatched", help="Only those of which nobody knows whose they are.")
]
Proposed = Annotated[
    bool, typer.Option("--proposed", help="Only those that wait for `bank accept`.")
]
State = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help="unmatched, proposed, booked or ignored.",
        parser=parse.choice(*EntryState),
        autocompletion=completers.among(*EntryState),
    ),
]

app.command("import")(Elsewhere("bank_import.import_files"))


@app.command("list")
@reading("bank-entry", many=True)
def list_entries(
    run: Run,
    *,
    unmatched: Unmatched = False,
    proposed: Proposed = False,
    state: State = None,
    customer: CustomerFilter = None,
    search: Search = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List the entries of bank statements; --since and --until are the days they were booked on.

    --unmatched and --proposed together are all that wait for a person. --search looks into names,
    texts, IBANs and references.

    Examples:
      mailctl bank list --unmatched
      mailctl bank list --customer acme --since 2026-01-01 --json

    """
    from mailctl.store.queries import bank_list

    wanted = _state(state, is_unmatched=unmatched, is_proposed=proposed)
    is_open = unmatched and proposed

    with run.read() as db:
        run.output.write_list(
            bank_list.listing(
                known(db, customer=customer),
                state=wanted,
                is_open=is_open,
                customer=customer,
                search=search,
                since=since,
                until=until,
                limit=limit,
            )
        )
        if run.output.is_read_by_people():
            _say_gaps(run, db)


def _state(state: str | None, *, is_unmatched: bool, is_proposed: bool) -> str | None:
    """The one state that is asked for; UsageError where two of the options contradict."""
    flags = {EntryState.UNMATCHED: is_unmatched, EntryState.PROPOSED: is_proposed}
    asked = [str(one) for one, is_given in flags.items() if is_given]
    if state is not None and asked not in ([], [state]):
        raise UsageError(
            f"an entry that is {state} is not {' or '.join(asked)}",
            hint=f"mailctl bank list --state {state}",
        )
    if len(asked) == 1:
        return asked[0]
    return None if asked else state


def _say_gaps(run: Run, db: Reader) -> None:
    """Below the list: which statements are missing, since what is on them is in no list."""
    from mailctl.cli.render.bank_gaps import gap_texts
    from mailctl.store.queries import bank_gaps

    run.output.warn_of_some(gap_texts(bank_gaps.gaps(db)), "gaps")


@app.command("show")
@reading("bank-entry")
def show(run: Run, entry: EntryArgument) -> None:
    """Show one entry: what the bank wrote, whose money it is and why, what it booked.

    Examples:
      mailctl bank show 12
      mailctl bank show 12 --json

    """
    from mailctl.store.queries import bank_list

    run.show("bank-entry", lambda db: bank_list.shown(db, entry), has_page=True)


app.command("match")(Elsewhere("bank_decide.match"))
app.command("accept")(Elsewhere("bank_decide.accept"))
app.command("ignore")(Elsewhere("bank_decide.ignore"))
app.command("undo")(Elsewhere("bank_decide.undo"))
