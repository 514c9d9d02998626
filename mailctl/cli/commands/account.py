"""`mailctl account`: the mailbox slots on platforms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import (
    AccountArgument,
    CustomerFilter,
    DomainFilter,
    Limit,
    OfferFilter,
    PlatformFilter,
    Search,
    Since,
    Until,
)
from mailctl.cli.run import Run, Tense
from mailctl.domain.states import AccountState

if TYPE_CHECKING:
    from mailctl.actions.accounts import AccountRenamed
    from mailctl.actions.result import Result

app = typer.Typer(
    help="""The mailbox slots that customers pay for.

    An ACCOUNT is named by its id, by its address, or as -o name prints it (account/17).
    """
)

STATES = ("live", *AccountState, "all")
State = Annotated[
    str,
    typer.Option(
        "--state",
        metavar="STATE",
        help="live (not deleted), active, suspended, deleted or all.",
        parser=parse.choice(*STATES),
        autocompletion=completers.among(*STATES),
    ),
]
Renewal = Annotated[
    str | None,
    typer.Option(
        "--renewal",
        metavar="MODE",
        help="Only those whose renewal is monthly, yearly or none.",
        parser=parse.choice(*parse.RENEWALS, also={"expire": "none"}),
        autocompletion=completers.among(*parse.RENEWALS),
    ),
]
ExpiresBefore = Annotated[
    date | None,
    typer.Option(
        "--expires-before",
        metavar="DATE",
        help="Only those that expire before this day.",
        parser=parse.day,
    ),
]
Blank = Annotated[bool, typer.Option("--blank", help="Only those without an address.")]
BlankAccount = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT", help="The blank account's id.", autocompletion=completers.stored("blank")
    ),
]
NewAddress = Annotated[str, typer.Argument(metavar="ADDRESS", help="The mailbox's address.")]

app.command("order")(Elsewhere("account_order.order"))


@app.command("list")
@reading("account", many=True)
def list_accounts(
    run: Run,
    *,
    platform: PlatformFilter = None,
    customer: CustomerFilter = None,
    offer: OfferFilter = None,
    domain: DomainFilter = None,
    state: State = "live",
    renewal: Renewal = None,
    expires_before: ExpiresBefore = None,
    blank: Blank = False,
    search: Search = None,
    limit: Limit = None,
) -> None:
    """List accounts in order of their ids.

    Examples:
      mailctl account list --platform exchange-1 --expires-before 2026-03-01
      mailctl account list --offer email-pro --domain acme.example -o name

    """
    from mailctl.store import account_list

    run.list(
        lambda db: account_list.listing(
            known(db, customer=customer, platform=platform, offer=offer, domain=domain),
            state=state,
            customer=customer,
            platform=platform,
            offer=offer,
            domain=domain,
            renewal=renewal,
            expires_before=expires_before,
            blank=blank,
            search=search,
            limit=limit,
        )
    )


@app.command("show")
@reading("account")
def show(run: Run, account: AccountArgument) -> None:
    """Show an account: its state, renewal and expiry, and what happens next.

    Examples:
      mailctl account show alice@acme.example
      mailctl account show 17 --json

    """
    if not run.output.shows_document():
        from mailctl.store import accounts

        run.show(
            "account", lambda db: accounts.show(db, accounts.find_also_deleted(db, account).id)
        )
        return
    from mailctl.cli.render import document, thing_pages
    from mailctl.insight.account_picture import account_picture

    with run.read() as db:
        found = account_picture(db, account)
    width = document.width_for(run.output)
    document.show(run.output, thing_pages.account(found, run.output.currency, width))


@app.command("configure")
@changing("account")
def configure(run: Run, account: BlankAccount, address: NewAddress) -> None:
    """Give a blank account an address; the mail server is asked to make the mailbox.

    Examples:
      mailctl account configure 17 alice@acme.example
      mailctl account configure 17 alice@acme.example --json

    """
    from mailctl.actions import accounts

    run.change(lambda tx: accounts.configure(tx, account=account, address=address), _configured)


def _configured(result: Result, did: Tense) -> str:
    account = result.item
    return (
        f"{did('Gave', 'give')} account {account['id']} the address {account['address']}; "
        "the mail server is asked to make the mailbox."
    )


@app.command("rename")
@changing("account")
def rename(run: Run, account: AccountArgument, address: NewAddress) -> None:
    """Change an account's address; the mailbox keeps its mail, and the price and expiry stay.

    Examples:
      mailctl account rename alice@acme.example alice.martin@acme.example
      mailctl account rename 17 alice.martin@acme.example

    """
    from mailctl.actions import accounts

    run.change(lambda tx: accounts.rename(tx, account=account, address=address), _renamed)


def _renamed(result: AccountRenamed, did: Tense) -> str:
    account = result.item
    if not result.changed:
        return f"Account {account['id']} is {account['address']} already."
    return (
        f"{did('Renamed', 'rename')} account {account['id']} from {result.old} to "
        f"{account['address']}."
    )


app.command("renew")(Elsewhere("account_renew.renew"))
app.command("extend")(Elsewhere("account_extend.extend"))
app.command("reopen")(Elsewhere("account_extend.reopen"))
app.command("reset")(Elsewhere("account_delete.reset"))
app.command("delete")(Elsewhere("account_delete.delete"))
app.command("lock")(Elsewhere("account_server.lock"))
app.command("unlock")(Elsewhere("account_server.unlock"))
app.command("password")(Elsewhere("account_server.password"))
app.command("export")(Elsewhere("account_server.export"))


@app.command("history")
@reading("journal", many=True)
def history(
    run: Run,
    account: AccountArgument,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List what happened to an account.

    Examples:
      mailctl account history 17
      mailctl account history alice@acme.example -o jsonl

    """
    from mailctl.store.queries import history as journal

    run.list(lambda db: journal.of_account(db, account, since=since, until=until, limit=limit))


app.command("explain")(Elsewhere("explain.account"))
