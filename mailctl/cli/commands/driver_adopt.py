"""`mailctl driver adopt` and `release`: whose the mailboxes are that were there before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.input_files import accounts_in, lines_of, note_unread
from mailctl.cli.input.options import AllErrors
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.actions.adoptions import AdoptionPlan, MailboxesAdopted, ReleasePlan

File = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="FILE",
        help="A file, CSV or JSON Lines, or - for standard input.",
        parser=parse.file_name,
    ),
]
Accounts = Annotated[
    list[str],
    typer.Argument(
        metavar="ACCOUNT...",
        help="Ids or addresses; - reads them from standard input, one a line.",
        autocompletion=completers.stored("address"),
    ),
]


@changing("adoption", many=True)
def adopt(run: Run, *, from_: File, all_errors: AllErrors = False) -> None:
    """Say whose the mailboxes are that were on the mail server before the driver.

    The file has the columns account (an id or address) and mailbox: what the driver calls it. An
    empty mailbox says that there is none yet, and that one is to be made, unless the account is
    blank. Nothing is changed on the mail server by this; `task run` and `task reconcile` look after
    these mailboxes from then on. All lines are noted, or none.

    Examples:
      mailctl driver adopt --from mailboxes.csv --dry-run
      mailctl driver adopt --from mailboxes.csv --yes

    """
    from mailctl.actions import adoptions

    records = lines_of(from_, adoptions.COLUMNS)
    assert records is not None
    note_unread(run.output, adoptions.COLUMNS.unread(records.names()))
    every = all_errors or run.output.is_json
    run.change_as_planned(
        lambda db: adoptions.plan_adopt(db, records=records, every_error=every),
        adoptions.adopt,
        show=_show,
        say=_adopted,
    )


def _show(plan: AdoptionPlan, output: Output) -> str | None:
    names = ("account", "address", "mailbox", "to_make")
    items = [one.item({}) for one in plan.new]
    output.plan([{name: item[name] for name in names} for item in items], by=("to_make",))
    if not items:
        return None
    return f"Let the driver look after the mailboxes of {counted(len(items), 'account')}?"


def _adopted(result: MailboxesAdopted, did: Tense) -> str:
    count = len(result.items) - result.known
    known = f" {counted(result.known, 'account')} had that mailbox already." if result.known else ""
    if result.blank:
        known += f" {counted(result.blank, 'blank account has', 'blank accounts have')} none."
    if not count:
        return f"Nothing was changed.{known}"
    whose = counted(count, "account")
    text = f"{did('Adopted', 'adopt')} the mailboxes of {whose}: the driver looks after them."
    if result.to_make:
        text += f" {counted(result.to_make, 'of them is', 'of them are')} yet to be made."
    return f"{text}{known}"


@changing("adoption", many=True)
def release(run: Run, accounts: Accounts) -> None:
    """Have the driver forget the mailboxes of accounts, to correct what was adopted.

    Nothing is changed on the mail server. The tasks of these accounts wait until `driver adopt`
    says which mailboxes are theirs.

    Examples:
      mailctl driver release 17
      mailctl driver release alice@acme.example bob@acme.example --yes

    """
    from mailctl.actions import adoptions

    words = accounts_in(accounts)
    run.change_several(
        lambda db: adoptions.plan_release(db, words=words),
        adoptions.release,
        many=len(words) != 1,
        show=_show_release,
        say=_released,
    )


def _show_release(plan: ReleasePlan, output: Output) -> str | None:
    names = ("account", "address", "mailbox")
    items = [one.item({}) for one in plan.released]
    output.plan([{name: item[name] for name in names} for item in items], by=("address",))
    if not items:
        return None
    return f"Have the driver forget the mailboxes of {counted(len(items), 'account')}?"


def _released(result: MailboxesAdopted, did: Tense) -> str:
    count = len(result.items) - result.known
    if not count:
        return "The driver looks after none of these mailboxes."
    return (
        f"{did('Released', 'release')} the mailboxes of {counted(count, 'account')}: the driver "
        "leaves them alone until they are adopted again."
    )
