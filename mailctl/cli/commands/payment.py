"""`mailctl payment`: money collected through payment methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.commands.payment_export import export
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import CustomerFilter, IdempotencyKey, Limit, Reason
from mailctl.cli.render.text import paid_orders
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.result import Changed

app = typer.Typer(
    help="""Money collected through payment methods.

    `payment export` writes what the bank or gateway is asked for; `payment settle` and
    `payment fail` record the answers, `payment return` what the bank takes back later. A payment
    that fails is tried again 1, 3 and 5 days later. Without an answer it waits, and is not asked
    for again.
    """
)

STATUSES = ("pending", "succeeded", "failed", "cancelled", "returned")
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="pending, succeeded, failed, cancelled or returned.",
        parser=parse.choice(*STATUSES),
        autocompletion=completers.among(*STATUSES),
    ),
]
PaymentId = Annotated[
    int,
    typer.Argument(
        metavar="ID",
        help="The payment's id.",
        parser=parse.number("payment"),
        autocompletion=completers.stored("payment"),
    ),
]
SettledIds = Annotated[
    list[int] | None,
    typer.Argument(
        metavar="[ID...]",
        help="The payments' ids; or give --file.",
        parser=parse.number("payment"),
        autocompletion=completers.stored("payment"),
    ),
]
SettledFile = Annotated[
    int | None,
    typer.Option(
        "--file",
        metavar="N",
        help="All that this file asked for and that has no answer yet.",
        parser=parse.number("payment-file"),
    ),
]
Excepted = Annotated[
    list[int] | None,
    typer.Option(
        "--except",
        metavar="ID",
        help="With --file: not this payment; may be given several times.",
        parser=parse.number("payment"),
    ),
]
PaymentIds = Annotated[
    list[int],
    typer.Argument(
        metavar="ID...",
        help="The payments' ids.",
        parser=parse.number("payment"),
        autocompletion=completers.stored("payment"),
    ),
]
AgainReceived = Annotated[
    bool,
    typer.Option(
        "--again-received", help="The money came a second time; needs the --reference of that."
    ),
]
ReturnCode = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="CODE",
        help="The bank's code, as AM04 or MD06; of a card or PayPal any word.",
        parser=parse.free_text,
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
    run: Run,
    payment: SettledIds = None,
    *,
    file: SettledFile = None,
    excepted: Excepted = None,
    reference: Reference = None,
    again_received: AgainReceived = False,
    key: IdempotencyKey = None,
) -> None:
    """Record that the money of payments came, of all or of none; a second time changes nothing.

    Money that comes after the payment failed, was cancelled or was returned is a credit that names
    it. With --again-received and a --reference of its own, money that came twice is recorded.

    Examples:
      mailctl payment settle --file 3 --except 17
      mailctl payment settle 17 --reference ch_2026_17

    """
    from mailctl.actions import payments

    if file is not None:
        if payment or again_received or key:
            raise UsageError(
                "--file names the payments itself, and goes with --except and --reference alone",
                hint=f"mailctl payment settle --file {file}",
            )
        run.change(
            lambda tx: payments.settle_file(
                tx, export=file, excepted=excepted or (), reference=reference
            ),
            _settled_file,
        )
        return
    if not payment or excepted:
        raise UsageError(
            "which payments? give their ids, or the file that asked for them",
            hint="mailctl payment settle 17, or mailctl payment settle --file 3 --except 17",
        )
    run.change(
        lambda tx: payments.settle(
            tx, ids=payment, reference=reference, again=again_received, key=key
        ),
        _settled,
    )


def _settled_file(changed: Changed, did: Tense) -> str:
    if not changed.changed:
        return "All that the file asked for has its answer already; nothing was changed."
    said = (
        f"{did('Settled', 'settle')} {counted(len(changed.items), 'payment')}: "
        f"{did.money(changed.facts['cents'])} came."
    )
    return f"{said}{_paid_orders(changed, did)}{_working_again(changed)}"


def _paid_orders(changed: Changed, did: Tense) -> str:
    return paid_orders(changed.facts["paid"], would=did.would)


def _working_again(changed: Changed) -> str:
    reopened = changed.facts["reopened"]
    assert isinstance(reopened, int)
    if not reopened:
        return ""
    return f" {counted(reopened, 'account')} suspended for debt: active again."


def _settled(changed: Changed, did: Tense) -> str:
    item = changed.items[0]
    what = _named(changed)
    if not changed.changed:
        said = f"The money of {what} had come already; nothing was changed."
        if len(changed.items) > 1:
            return said
        return (
            f"{said} If it came twice: mailctl payment settle {item['id']} --again-received "
            "--reference R"
        )
    cents = did.money(changed.facts["cents"])
    said = f"{did('Settled', 'settle')} {what}: {cents} came."
    if changed.facts["credited"] and len(changed.items) == 1:
        status = str(item["status"])
        why = {"succeeded": "came twice", "failed": "had failed"}.get(status, f"was {status}")
        said = (
            f"{did('Credited', 'credit')} {cents} to {item['customer']}, for payment "
            f"{item['id']}, which {why}."
        )
    return f"{said}{_paid_orders(changed, did)}{_working_again(changed)}"


@app.command("fail")
@changing("payment")
def fail(run: Run, payment: PaymentIds, *, reason: Reason, key: IdempotencyKey = None) -> None:
    """Record that a try failed; the next follows 1, 3 and 5 days after the first failure.

    Of several payments all are recorded, or none.

    Examples:
      mailctl payment fail 17 --reason 'insufficient funds'
      mailctl payment fail 17 18 --reason AM04 --json

    """
    from mailctl.actions import payments

    run.change(lambda tx: payments.fail(tx, ids=payment, reason=reason, key=key), _failed)


def _named(changed: Changed) -> str:
    item = changed.items[0]
    if len(changed.items) == 1:
        return f"payment {item['id']} of {item['customer']}"
    return "payments " + ", ".join(str(one["id"]) for one in changed.items)


def _failed(changed: Changed, did: Tense) -> str:
    item = changed.items[0]
    what = _named(changed)
    if len(changed.items) > 1:
        return f"{did('Noted', 'note')} that a try of each of {what} failed."
    if not changed.changed:
        return f"The key was given before for {what}; nothing was changed."
    if item["next_try_on"]:
        then = f"It is tried again on {item['next_try_on']}"
    elif item["status"] == "cancelled":
        then = "Nothing is missing any more: it is not tried again"
    else:
        then = "That was the last; it is not collected again until a method is added or chosen"
    return f"{did('Noted', 'note')} that try {item['tries']} of {what} failed. {then}."


@app.command("return")
@changing("payment")
def take_back(run: Run, payment: PaymentId, *, reason: ReturnCode) -> None:
    """Record that the bank or gateway took back the money of a settled payment.

    The money is reversed, and the customer is told. For lack of funds (AM04) a debit is tried
    again, up to four tries in all; for another reason nothing is collected until a method is added
    or chosen.

    Examples:
      mailctl payment return 17 --reason AM04
      mailctl payment return 17 --reason MD06 --dry-run

    """
    from mailctl.actions import payments

    run.change(lambda tx: payments.take_back(tx, id=payment, code=reason), _returned)


def _returned(changed: Changed, did: Tense) -> str:
    item, again = changed.item, changed.facts.get("again")
    what = f"payment {item['id']} of {item['customer']}"
    if not changed.changed:
        return f"The money of {what} was taken back already; nothing was changed."
    if again:
        then = f"It is tried again as payment {again}"
    elif changed.facts["owed_cents"]:
        then = "It is not collected again until a method is added or chosen"
    else:
        then = "The balance covers it: nothing is missing"
    money = did.money(item["amount_cents"])
    return f"{did('Took', 'take')} {money} back, {what}. {then}."
