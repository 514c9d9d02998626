"""`mailctl payment`: money collected through payment methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli import parse, values
from mailctl.cli.command import changing, reading
from mailctl.cli.exporting import export
from mailctl.cli.filters import known
from mailctl.cli.options import CustomerFilter, IdempotencyKey, Limit, Reason
from mailctl.cli.run import Did, Run
from mailctl.cli.text import counted

if TYPE_CHECKING:
    from mailctl.actions.result import Changed

app = typer.Typer(
    help="""Money collected through payment methods.

    `payment export` writes what the bank or gateway is asked for; `payment settle` and
    `payment fail` record the answers. A payment that fails is tried again 1, 3 and 5 days later.
    """
)

STATUSES = ("pending", "succeeded", "failed", "cancelled")
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="pending, succeeded, failed or cancelled.",
        parser=parse.choice(*STATUSES),
        autocompletion=values.among(*STATUSES),
    ),
]
PaymentId = Annotated[
    int,
    typer.Argument(
        metavar="ID",
        help="The payment's id.",
        parser=parse.number("payment"),
        autocompletion=values.stored("payment"),
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(
        "--reference",
        metavar="REFERENCE",
        help="What the bank or gateway calls it.",
        parser=parse.free_text,
    ),
]


@app.command("list")
@reading("payment", many=True)
def list_payments(
    run: Run, status: Status = None, customer: CustomerFilter = None, limit: Limit = None
) -> None:
    """List payments by their id.

    Examples:
      mailctl payment list --status pending
      mailctl payment list --customer acme --json

    """
    from mailctl.store import payments

    run.list(
        lambda db: payments.listing(
            known(db, customer=customer), status=status, customer=customer, limit=limit
        )
    )


app.command("export")(export)


@app.command("settle")
@changing("payment")
def settle(
    run: Run, payment: PaymentId, *, reference: Reference = None, key: IdempotencyKey = None
) -> None:
    """Record that the money of a payment came; a second time changes nothing.

    Examples:
      mailctl payment settle 17
      mailctl payment settle 17 --reference ch_2026_17

    """
    from mailctl.actions import payments

    run.change(lambda tx: payments.settle(tx, id=payment, reference=reference, key=key), _settled)


def _settled(changed: Changed, did: Did) -> str:
    item = changed.item
    what = f"payment {item['id']} of {item['customer']}"
    if not changed.changed:
        return f"The money of {what} had come already; nothing was changed."
    said = f"{did('Settled', 'settle')} {what}: {did.money(item['amount_cents'])} came."
    if reopened := changed.facts["reopened"]:
        assert isinstance(reopened, int)
        said += f" {counted(reopened, 'account')} suspended for debt: active again."
    return said


@app.command("fail")
@changing("payment")
def fail(run: Run, payment: PaymentId, *, reason: Reason, key: IdempotencyKey = None) -> None:
    """Record that a try failed; the next follows 1, 3 and 5 days after the first failure.

    Examples:
      mailctl payment fail 17 --reason 'insufficient funds'
      mailctl payment fail 17 --reason AM04 --json

    """
    from mailctl.actions import payments

    run.change(lambda tx: payments.fail(tx, id=payment, reason=reason, key=key), _failed)


def _failed(changed: Changed, did: Did) -> str:
    item = changed.item
    what = f"payment {item['id']} of {item['customer']}"
    if not changed.changed:
        return f"The key was given before for {what}; nothing was changed."
    if item["next_try_on"]:
        then = f"It is tried again on {item['next_try_on']}"
    else:
        then = "That was the last; it is not collected again until a method is added or chosen"
    return f"{did('Noted', 'note')} that try {item['tries']} of {what} failed. {then}."
