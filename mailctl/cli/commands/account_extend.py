"""`mailctl account extend` and `reopen`: terms paid in advance, and terms missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.commands.account_order import billed, kept, show_terms
from mailctl.cli.commands.account_renew import Mode
from mailctl.cli.input import parse
from mailctl.cli.input.options import AccountArgument, AwaitPayment, IdempotencyKey
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.terms import Renewal, last_day
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.actions.placing import OrderPlaced
    from mailctl.billing.order_plans import OrderPlan

Terms = Annotated[
    int | None,
    typer.Option(
        "--terms",
        metavar="N",
        help="How many terms, 1 to 36; one unless given.",
        parser=parse.whole(1, 36),
    ),
]


@changing("order")
def extend(
    run: Run,
    account: AccountArgument,
    *,
    terms: Terms = None,
    await_payment: AwaitPayment = False,
    key: IdempotencyKey = None,
) -> None:
    """Pay the next terms of an account in advance; its renewal does not change.

    The new expiry follows from the old one. If that is past, as many terms are billed as are needed
    to reach a day after today.

    Examples:
      mailctl account extend alice@acme.example --terms 3
      mailctl account extend 17 --await-payment --yes

    """
    from mailctl.actions import extensions

    run.change_as_planned(
        lambda db: extensions.plan_extend(
            db, account=account, terms=terms or 1, await_payment=await_payment, key=key
        ),
        extensions.extend,
        show=_show_extension,
        say=_extended,
    )


@changing("order")
def reopen(
    run: Run, account: AccountArgument, *, mode: Mode = None, key: IdempotencyKey = None
) -> None:
    """Reopen an account that was suspended at its expiry, before it is deleted.

    The terms since the old expiry are billed, of the given mode or of the period that it had; the
    renewal becomes that mode.

    Examples:
      mailctl account reopen alice@acme.example
      mailctl account reopen 17 --mode yearly --yes

    """
    from mailctl.actions import extensions

    chosen = None if mode is None else Renewal(mode)
    run.change_as_planned(
        lambda db: extensions.plan_reopen(db, account=account, mode=chosen, key=key),
        extensions.reopen,
        show=_show_reopening,
        say=_reopened,
    )


def _show_extension(plan: OrderPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    show_terms(plan, output)
    until = last_day(plan.lines[-1].period_end_on)
    return f"Extend {_who(plan)} by {counted(len(plan.lines), 'term')}, until {until}?"


def _show_reopening(plan: OrderPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    show_terms(plan, output)
    until = last_day(plan.lines[-1].period_end_on)
    return f"Reopen {_who(plan)}, paid until {until}, with the renewal {plan.renewal}?"


def _who(order: OrderPlan | OrderPlaced) -> str:
    line = order.lines[0]
    return f"account {line.account_id}" + (f" ({line.address})" if line.address else "")


def _extended(result: OrderPlaced, did: Tense) -> str:
    return kept(result, did) or _more_terms(result, did, did("Extended", "extend"))


def _reopened(result: OrderPlaced, did: Tense) -> str:
    return kept(result, did) or _more_terms(result, did, did("Reopened", "reopen"))


def _more_terms(result: OrderPlaced, did: Tense, verb: str) -> str:
    return (
        f"{verb} {_who(result)} by {counted(len(result.lines), 'term')}, paid until "
        f"{last_day(result.lines[-1].period_end_on)}: {billed(result, did)}"
    )
