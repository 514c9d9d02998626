"""`mailctl prepaid`: the customers' prepaid accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli import parse
from mailctl.cli.command import changing, reading
from mailctl.cli.options import CustomerArgument, IdempotencyKey, Limit, Since, Until
from mailctl.cli.run import Did, Run
from mailctl.cli.text import counted

if TYPE_CHECKING:
    from mailctl.actions.result import Changed

app = typer.Typer(
    help="""The customers' prepaid accounts.

    Every invoice is debited from one; it may go below 0, and money that comes in settles the
    oldest invoice first.
    """
)

Amount = Annotated[
    int,
    typer.Argument(metavar="AMOUNT", help="As 10, 10.50 or 10,50.", parser=parse.amount),
]
ForOrder = Annotated[
    int | None,
    typer.Option(
        "--order",
        metavar="NUMBER",
        help="The order that the money is for.",
        parser=parse.number("order"),
    ),
]


@app.command("show")
@reading("prepaid")
def show(run: Run, customer: CustomerArgument) -> None:
    """Show a prepaid account: its balance, and since when and until when a debt.

    Examples:
      mailctl prepaid show acme
      mailctl prepaid show acme --json

    """
    from mailctl.store import ledger

    run.show("prepaid", lambda db: ledger.show(db, customer))


@app.command("statement")
@reading("statement", many=True)
def statement(
    run: Run,
    customer: CustomerArgument,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List every movement of a prepaid account, with the balance before and after.

    Examples:
      mailctl prepaid statement acme
      mailctl prepaid statement acme --since 2026-01-01 -o csv

    """
    from mailctl.store import ledger

    run.list(lambda db: ledger.statement(db, customer, since=since, until=until, limit=limit))


@app.command("credit")
@changing("prepaid")
def credit(
    run: Run,
    customer: CustomerArgument,
    amount: Amount,
    order: ForOrder = None,
    key: IdempotencyKey = None,
) -> None:
    """Record money received; it settles the oldest invoices and lifts suspensions for debt.

    Examples:
      mailctl prepaid credit acme 100
      mailctl prepaid credit acme 45.44 --key bank-2026-0117

    """
    from mailctl.actions import prepaid

    run.change(
        lambda tx: prepaid.credit(tx, customer=customer, cents=amount, order=order, key=key),
        _credited,
    )


def _credited(changed: Changed, did: Did) -> str:
    account, facts = changed.item, changed.facts
    what = f"{did.money(facts['cents'])} to {account['customer']} (order {facts['order']})"
    if not changed.changed:
        return f"The key was given before: it credited {what}. Nothing was changed."
    said = (
        f"{did('Credited', 'credit')} {what}; the balance is {did.money(account['balance_cents'])}."
    )
    if facts["reopened"]:
        assert isinstance(facts["reopened"], int)
        said += f" {counted(facts['reopened'], 'account')} suspended for debt: active again."
    if account["debt_due_on"]:
        said += f" What is still owed is due on {account['debt_due_on']}."
    return said
