"""`mailctl payment`: money collected through payment methods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.input_files import numbers_in, text_of
from mailctl.cli.input.method_kinds import MethodKindOption
from mailctl.cli.input.options import (
    CustomerFilter,
    IdempotencyKey,
    Limit,
    Reason,
    Since,
    Until,
)
from mailctl.cli.render.consequences import consequences
from mailctl.cli.run import Run, Tense
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.payments import PaymentsReturned, PaymentsSettled, TriesFailed
    from mailctl.actions.result import Result

app = typer.Typer(
    help="""Money collected through payment methods.

    `payment export` writes the file that asks the bank or gateway for money; `payment settle` and
    `payment fail` record the answers, and `payment return` records money that the bank takes back
    later. A failed payment is tried again 1, 3 and 5 days later. Without an answer a payment waits,
    and is not asked for again.
    """
)

NAMED = 10
"""The most payments whose ids a sentence lists."""
NONE_NAMED = "No payment was named."

Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="pending, succeeded, failed, cancelled or returned.",
        parser=parse.choice(*PaymentStatus),
        autocompletion=completers.among(*PaymentStatus),
    ),
]
SettledIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID...]",
        help="The payments' ids, - reads them from standard input; or give --file.",
        parser=parse.number_word("payment"),
        autocompletion=completers.stored("payment"),
    ),
]
SettledFile = Annotated[
    Any,
    typer.Option(
        "--file",
        metavar="N",
        help="All payments of this file that have no answer yet: its number, or the file itself.",
        parser=parse.kept_file,
        autocompletion=completers.stored("payment-file"),
    ),
]
Excepted = Annotated[
    list[str] | None,
    typer.Option(
        "--except",
        metavar="ID,...",
        help="With --file: not these payments; may be repeated.",
        parser=parse.number_words("payment"),
        autocompletion=completers.stored("payment"),
    ),
]
PaymentIds = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help="The payments' ids; - reads them from standard input, one a line.",
        parser=parse.number_word("payment"),
        autocompletion=completers.stored("payment"),
    ),
]
AgainReceived = Annotated[
    bool,
    typer.Option(
        "--again-received", help="The money arrived a second time; needs its --reference."
    ),
]
ReturnCode = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="CODE",
        help="The bank's code, such as AM04 or MD06; for a card or PayPal any word.",
        parser=parse.free_text,
        autocompletion=completers.return_codes,
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(
        "--reference",
        metavar="REFERENCE",
        help="The bank's or gateway's reference.",
        parser=parse.free_text,
    ),
]


@app.command("list")
@reading("payment", many=True)
def list_payments(
    run: Run,
    status: Status = None,
    kind: MethodKindOption = None,
    customer: CustomerFilter = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List payments by their id; --since and --until are the days on which they were created.

    Examples:
      mailctl payment list --status pending
      mailctl payment list --customer acme --json

    """
    from mailctl.store import payments

    run.list(
        lambda db: payments.listing(
            known(db, customer=customer),
            status=status,
            kind=kind,
            customer=customer,
            since=since,
            until=until,
            limit=limit,
        )
    )


app.command("export")(Elsewhere("payment_export.export"))


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
    """Record that the money of payments arrived, for all or none; repeating it changes nothing.

    --file settles every payment that a file asked for and that has no answer yet.

    Money that arrives after its payment failed, was cancelled or was returned becomes a credit that
    names the payment. With --again-received and a --reference of its own, money that arrived twice
    is recorded.

    Examples:
      mailctl payment settle --file 3 --except 17,18
      mailctl payment settle 17 --reference ch_2026_17

    """
    from mailctl.actions import payments

    if file is not None:
        _check_file_alone(file, is_alone=not (payment or again_received or key))
        _settle_file(run, file, excepted or (), reference)
        return
    if not payment or excepted:
        raise UsageError(
            "which payments? give their ids, or the file that asked for them",
            hint="mailctl payment settle 17, or mailctl payment settle --file 3 --except 17,18",
        )
    numbers = numbers_in("payment", payment)
    run.change(
        lambda tx: payments.settle(
            tx,
            ids=numbers.ids,
            reference=reference,
            again=again_received,
            key=key,
            many=numbers.many,
        ),
        _settled,
    )


def _settle_file(run: Run, file: int | str, excepted: Iterable[str], reference: str | None) -> None:
    from mailctl.actions import payments

    export = file if isinstance(file, int) else text_of(file)
    left = numbers_in("payment", excepted)
    run.change(
        lambda tx: payments.settle_file(tx, export=export, excepted=left.ids, reference=reference),
        _settled_file,
    )


def _check_file_alone(file: object, *, is_alone: bool) -> None:
    if not is_alone:
        raise UsageError(
            "--file names the payments itself; only --except and --reference go with it",
            hint=f"mailctl payment settle --file {file}; several with one --except: --except 17,18",
        )


def _settled_file(result: PaymentsSettled, did: Tense) -> str:
    if not result.changed:
        return "All payments of the file have their answer already; nothing was changed."
    return (
        f"{did('Settled', 'settle')} {counted(len(result.items), 'payment')}: "
        f"{did.money(result.cents)} arrived.{consequences(result, would=did.would)}"
    )


def _settled(result: PaymentsSettled, did: Tense) -> str:
    if not result.items:
        return NONE_NAMED
    if not result.changed:
        return _settled_before(result)
    cents = did.money(result.cents)
    text = f"{did('Settled', 'settle')} {_named(result)}: {cents} arrived."
    if result.is_credit and len(result.items) == 1:
        item = result.item
        status = str(item["status"])
        why = {"succeeded": "was paid twice", "failed": "had failed"}.get(status, f"was {status}")
        text = (
            f"{did('Credited', 'credit')} {cents} to {item['customer']}, for payment "
            f"{item['id']}, which {why}."
        )
    return text + consequences(result, would=did.would)


def _settled_before(result: PaymentsSettled) -> str:
    text = f"The money of {_named(result)} had arrived already; nothing was changed."
    if len(result.items) > 1:
        return text
    return (
        f"{text} If it arrived twice: mailctl payment settle {result.item['id']} --again-received "
        "--reference R"
    )


@app.command("fail")
@changing("payment")
def fail(run: Run, payment: PaymentIds, *, reason: Reason, key: IdempotencyKey = None) -> None:
    """Record that a try failed; the next tries are 1, 3 and 5 days after the first failure.

    Of several payments all are recorded, or none.

    Examples:
      mailctl payment fail 17 --reason 'insufficient funds'
      mailctl payment fail 17 18 --reason AM04 --json

    """
    from mailctl.actions import payments

    numbers = numbers_in("payment", payment)
    run.change(
        lambda tx: payments.fail(tx, ids=numbers.ids, reason=reason, key=key, many=numbers.many),
        _failed,
    )


def _named(result: Result) -> str:
    if len(result.items) == 1:
        return f"payment {result.item['id']} of {result.item['customer']}"
    numbers = [str(one["id"]) for one in result.items]
    if len(numbers) > NAMED:
        return f"{len(numbers):,} payments"
    return f"payments {listed(numbers)}"


def _failed(result: TriesFailed, did: Tense) -> str:
    if not result.items:
        return NONE_NAMED
    what = _named(result)
    if len(result.items) > 1:
        text = f"{did('Noted', 'note')} that a try of each of {what} failed."
        return f"{text} Customers notified: {result.notified:,}." if result.notified else text
    if not result.changed:
        return f"The key was given before for {what}; nothing was changed."
    item = result.item
    if item["next_try_on"]:
        then = f"It is tried again on {item['next_try_on']}"
    elif item["status"] == PaymentStatus.CANCELLED:
        then = "Nothing is missing any more: it is not tried again"
    else:
        then = "That was the last try; it is not collected again until a method is added or chosen"
    told = " The customer is notified." if result.notified else ""
    return f"{did('Noted', 'note')} that try {item['tries']} of {what} failed. {then}.{told}"


@app.command("return")
@changing("payment")
def take_back(run: Run, payment: PaymentIds, *, reason: ReturnCode) -> None:
    """Record that the bank or gateway took back the money of settled payments.

    The money is reversed, and the customers are notified. For lack of funds (AM04) a debit is tried
    again, up to four tries in all; for any other reason nothing is collected until a method is
    added or chosen. Of several payments all are recorded, or none.

    Examples:
      mailctl payment return 17 --reason AM04
      mailctl payment return 17 --reason MD06 --dry-run

    """
    from mailctl.actions import payments

    numbers = numbers_in("payment", payment)
    run.change(
        lambda tx: payments.take_back(tx, ids=numbers.ids, code=reason, many=numbers.many),
        _returned,
    )


def _returned(result: PaymentsReturned, did: Tense) -> str:
    if not result.items:
        return NONE_NAMED
    what = _named(result)
    if not result.changed:
        return f"The money of {what} was taken back already; nothing was changed."
    if len(result.items) > 1:
        again = listed([str(number) for number in result.again], most=5)
        then = f" Tried again as payment {again}." if again else ""
        return f"{did('Took', 'take')} {did.money(result.cents)} back, {what}.{then}"
    if result.again:
        then = f"It is tried again as payment {result.again[0]}"
    elif result.owed_cents:
        then = "It is not collected again until a method is added or chosen"
    else:
        then = "The balance covers it: nothing is missing"
    return f"{did('Took', 'take')} {did.money(result.cents)} back, {what}. {then}."
