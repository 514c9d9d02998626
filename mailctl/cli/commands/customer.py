"""`mailctl customer`: who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import (
    ConfirmedName,
    CustomerArgument,
    Limit,
    Since,
    Until,
)
from mailctl.cli.render.output import Output
from mailctl.cli.run import ResultT, Run, Tense

if TYPE_CHECKING:
    from mailctl.actions.closing import (
        ClosePlan,
        CustomerClosed,
        CustomerErased,
        CustomerReopened,
        ErasePlan,
    )
    from mailctl.store.engine.transaction import Transaction

app = typer.Typer(help="Who pays: a name, contact details, a country, one prepaid account.")


ClosedCustomer = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER",
        help="The customer's id.",
        parser=parse.reference("customer"),
        autocompletion=completers.stored("closed-customer"),
    ),
]


def pictured(run: Run, tx: Transaction, result: ResultT) -> ResultT:
    """A change to a customer with every key of the thing, where it is printed as data."""
    if not run.is_data_asked_for:
        return result
    from mailctl.insight.customer_picture import pictured

    return pictured(tx, result)


app.command("add")(Elsewhere("customer_profile.add"))
app.command("edit")(Elsewhere("customer_profile.edit"))
app.command("list")(Elsewhere("customer_list.list_customers"))


@app.command("show")
@reading("customer")
def show(run: Run, customer: CustomerArgument) -> None:
    """Show the whole picture of a customer on one screen.

    Profile, balance and last money, what is open, platforms with their accounts by state, payment
    methods, special prices, letters and tasks that wait, what comes next, and the commands that
    help. Long lists are cut to the most urgent, with their number and the command that lists all.

    Examples:
      mailctl customer show acme
      mailctl customer show acme --json

    """
    from mailctl.insight.customer_picture import picture

    with run.read() as db:
        found, today = picture(db, customer), db.today
    if not run.output.shows_document():
        run.output.write_thing("customer", found.item())
        return
    from mailctl.cli.render import customer_page, document

    width = document.width_for(run.output)
    document.show(run.output, customer_page.page(found, str(today), width))


@app.command("close")
@changing("customer")
def close(run: Run, customer: CustomerArgument) -> None:
    """Close a customer without active services; what is still active is listed.

    Asks before; `mailctl customer reopen` undoes it.

    Examples:
      mailctl customer close acme
      mailctl customer close acme --yes

    """
    from mailctl.actions import closing

    run.change_as_planned(
        lambda db: closing.plan_close(db, id=customer),
        lambda tx, plan: pictured(run, tx, closing.close(tx, plan)),
        show=_show_closing,
        say=_closed,
    )


def _show_closing(plan: ClosePlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    output.note("Nothing more can be ordered for a closed customer; the books stay.")
    return f"Close the customer {plan.customer} ({plan.name})?"


def _closed(result: CustomerClosed, did: Tense) -> str:
    customer = result.item["id"]
    if not result.changed:
        return f"The customer {customer} is {result.item['state']} already."
    return (
        f"{did('Closed', 'close')} the customer {customer}. To remove the personal data: "
        f"mailctl customer erase {customer}"
    )


@app.command("reopen")
@changing("customer")
def reopen(run: Run, customer: ClosedCustomer) -> None:
    """Open a closed customer again; not one whose personal data were erased.

    Examples:
      mailctl customer reopen acme
      mailctl customer reopen acme --json

    """
    from mailctl.actions import closing

    run.change(lambda tx: pictured(run, tx, closing.reopen(tx, id=customer)), _reopened)


def _reopened(result: CustomerReopened, did: Tense) -> str:
    customer = result.item["id"]
    if not result.changed:
        return f"The customer {customer} is open already."
    return f"{did('Reopened', 'reopen')} the customer {customer}: orders are accepted again."


@app.command("erase")
@changing("customer")
def erase(run: Run, customer: CustomerArgument, *, confirm: ConfirmedName = None) -> int:
    """Permanently remove a closed customer's personal data; invoices and ledger stay.

    The documents that were sent are removed too: invoice render makes them anew from the invoices.
    Asks you to type the customer's id, or give it with --confirm. Refused while the customer has
    open tasks. If another program reads the store for longer than --wait, or the disk is full,
    traces stay in the file: exit status 1. The next change removes them, as does this command when
    repeated.

    Examples:
      mailctl customer erase acme
      mailctl customer erase acme --confirm acme

    """
    from mailctl.actions import closing

    run.change_for_good(
        lambda db: closing.plan_erase(db, id=customer),
        lambda tx, plan: pictured(run, tx, closing.erase(tx, plan)),
        show=_show_erasure,
        say=_erased,
        name=customer,
        confirmed=confirm,
    )
    if not run.traces_left:
        return 0
    run.output.warn(
        "another program reads the store, or the disk failed, so traces of what was erased are "
        "still in its file; afterwards the next change removes them, as does this command when "
        "repeated"
    )
    return 1


def _show_erasure(plan: ErasePlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    output.note(
        "Profile, addresses, payment methods, reasons and the journal's personal details are "
        "removed; invoices and ledger stay."
    )
    return f"Erase the personal data of the customer {plan.customer} for good?"


def _erased(result: CustomerErased, did: Tense) -> str:
    customer = result.item["id"]
    if not result.changed:
        return f"The customer {customer} is erased already."
    return f"{did('Erased', 'erase')} the personal data of the customer {customer}."


@app.command("history")
@reading("journal", many=True)
def history(
    run: Run,
    customer: CustomerArgument,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List what happened to a customer and to everything that belongs to them.

    Examples:
      mailctl customer history acme
      mailctl customer history acme -o jsonl

    """
    from mailctl.store.queries import history as journal

    run.list(lambda db: journal.of_customer(db, customer, since=since, until=until, limit=limit))
