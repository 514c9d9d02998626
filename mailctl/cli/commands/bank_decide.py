"""What a person decides of an entry: `bank match`, `accept`, `ignore` and `undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.entries import THING, EntriesArgument, EntryArgument
from mailctl.cli.input.input_files import Numbers, numbers_in
from mailctl.cli.input.options import Reason
from mailctl.cli.render.consequences import consequences
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.bank import EntryState
from mailctl.domain.money import money
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailctl.actions.bank_decisions import AcceptPlan, EntriesDecided
    from mailctl.actions.bank_undoing import UndoPlan

NAMED = 10
"""The most entries whose ids a sentence lists."""
NONE_NAMED = "No entry was named."

OfCustomer = Annotated[
    str | None,
    typer.Option(
        "--customer",
        metavar="CUSTOMER",
        help="It is this customer's money, for nothing special.",
        parser=parse.reference("customer"),
        autocompletion=completers.stored("customer"),
    ),
]
ForInvoice = Annotated[
    str | None,
    typer.Option(
        "--invoice",
        metavar="NUMBER",
        help="It is the money for this invoice.",
        parser=parse.reference("invoice"),
        autocompletion=completers.stored("invoice"),
    ),
]
ForOrder = Annotated[
    int | None,
    typer.Option(
        "--order",
        metavar="NUMBER",
        help="It is the money for this order.",
        parser=parse.number("order"),
        autocompletion=completers.stored("order"),
    ),
]
OfPayment = Annotated[
    int | None,
    typer.Option(
        "--payment",
        metavar="ID",
        help="It is the money of this payment; or the bank took that money back.",
        parser=parse.number("payment"),
        autocompletion=completers.stored("payment"),
    ),
]

AgainReceived = Annotated[
    bool,
    typer.Option(
        "--again-received",
        help="It is other money than that which is in the books already: book it too.",
    ),
]


@changing(THING)
def match(
    run: Run,
    entry: EntryArgument,
    *,
    customer: OfCustomer = None,
    invoice: ForInvoice = None,
    order: ForOrder = None,
    payment: OfPayment = None,
    again_received: AgainReceived = False,
) -> None:
    """Say whose money an entry is: it is booked as a credit that names it.

    An invoice or an order says whose it is, and the money is for it. With --payment the money is
    that of a direct debit: of one that is awaited, or of one that the bank took back. Money that
    was recorded by hand before is linked, and not booked a second time.

    Examples:
      mailctl bank match 12 --invoice 2026-000123
      mailctl bank match 12 --customer acme --dry-run

    """
    from mailctl.actions import bank_decisions

    given = [one for one in (customer, invoice, order, payment) if one is not None]
    if len(given) != 1:
        raise UsageError(
            "whose money is it? say it once: by --customer, --invoice, --order or --payment",
            hint=f"mailctl bank match {entry} --invoice NUMBER; what the bank wrote: "
            f"mailctl bank show {entry}",
        )
    run.change(
        lambda tx: bank_decisions.match(
            tx,
            entry,
            customer=customer,
            invoice=invoice,
            order=order,
            payment=payment,
            again=again_received,
        ),
        _booked,
    )


@changing(THING)
def accept(run: Run, entry: EntriesArgument) -> None:
    """Do what is proposed for entries: book them, or link them to money recorded before.

    Of several entries all are accepted, or none; they are shown first, and it is asked.

    Examples:
      mailctl bank accept 12
      mailctl bank accept 12 13 --yes

    """
    from mailctl.actions import bank_decisions

    numbers = _numbers(entry)
    run.change_several(
        lambda db: bank_decisions.plan_accept(db, ids=numbers.ids),
        lambda tx, plan: bank_decisions.accept(tx, plan, many=numbers.many),
        many=numbers.many,
        show=_show_accepted,
        say=_booked,
    )


@changing(THING)
def ignore(run: Run, entry: EntriesArgument, *, reason: Reason) -> None:
    """Keep entries out of the books, and why: bank fees, rent, money that is no customer's.

    Of several entries all are ignored, or none.

    Examples:
      mailctl bank ignore 12 --reason 'bank fees'
      mailctl bank ignore 12 13 --reason rent --json

    """
    from mailctl.actions import bank_decisions

    numbers = _numbers(entry)
    run.change(
        lambda tx: bank_decisions.ignore(tx, ids=numbers.ids, reason=reason, many=numbers.many),
        _ignored,
    )


@changing(THING)
def undo(run: Run, entry: EntryArgument) -> None:
    """Take back what was decided of an entry; it is unmatched then, and stays so.

    What it booked is reversed: a payment is pending again, an invoice open. Money that had been
    recorded before and was only linked stays in the books. Nothing books the entry by itself again.

    Examples:
      mailctl bank undo 12
      mailctl bank undo 12 --yes

    """
    from mailctl.actions import bank_undoing

    run.change_as_planned(
        lambda db: bank_undoing.plan_undo(db, entry),
        bank_undoing.undo_entry,
        show=_show_undone,
        say=_undone,
    )


def _numbers(words: Iterable[str]) -> Numbers:
    return numbers_in(THING, words, called="entry", listed_by="bank list")


def _entries(result: EntriesDecided) -> str:
    numbers = [str(one["id"]) for one in result.items]
    if len(numbers) == 1:
        return f"entry {numbers[0]}"
    return f"{len(numbers):,} entries" if len(numbers) > NAMED else f"entries {listed(numbers)}"


def _show_accepted(plan: AcceptPlan, output: Output) -> str | None:
    output.plan(plan.items, by=("customer", "invoice"))
    return f"Accept {counted(len(plan.items), 'proposal')}?" if plan.items else None


def _booked(result: EntriesDecided, did: Tense) -> str:
    if not result.items:
        return NONE_NAMED
    if len(result.items) == 1:
        return _one_booked(result, did)
    text = f"{did('Accepted', 'accept')} {_entries(result)}: {_sums(result, did)}."
    return f"{text}{consequences(result, would=did.would)}"


def _one_booked(result: EntriesDecided, did: Tense) -> str:
    item, entry = result.item, _entries(result)
    if not result.changed:
        return f"Entry {item['id']} is booked so already; nothing was changed."
    if item["state"] == EntryState.IGNORED:
        kept = f"{did('Kept', 'keep')} {entry} out of the books"
        return f"{kept}: it is the money of entry {item['same_as']}."
    if result.linked:
        text = f"{did('Linked', 'link')} {entry} to money of {item['customer']} that "
        return f"{text}was in the books before; the balance stays."
    text = f"{did('Booked', 'book')} {entry}, {did.money(result.cents)}, {_whose(result)}"
    if result.customer is not None:
        text += f"; the balance is {did.money(result.balance_cents)}"
    return f"{text}.{consequences(result, would=did.would)}"


def _whose(result: EntriesDecided) -> str:
    """For whom and what one entry was booked."""
    item = result.item
    if result.customer is None:
        return "the money of payments of several customers"
    if result.cents < 0:
        return f"taken back from {item['customer']}, payment {item['payment']}"
    what = {
        "invoice": "for invoice {}",
        "payment": "the money of payment {}",
        "order": "for order {}",
    }
    named = next((text.format(item[key]) for key, text in what.items() if item[key]), "")
    return f"to {item['customer']}{f', {named}' if named else ''}"


def _sums(result: EntriesDecided, did: Tense) -> str:
    booked = len(result.items) - result.linked
    parts = (
        [f"{did.money(result.cents)} in {counted(booked, 'entry', 'entries')}"] if booked else []
    )
    if result.linked:
        parts.append(f"{result.linked:,} linked to money that was in the books before")
    return ", ".join(parts)


def _ignored(result: EntriesDecided, did: Tense) -> str:
    if not result.items:
        return NONE_NAMED
    if not result.changed:
        are = "is" if len(result.items) == 1 else "are"
        return f"{_entries(result).capitalize()} {are} ignored already; nothing was changed."
    them = "it stays" if len(result.items) == 1 else "they stay"
    what = f"{_entries(result)}, {did.money(result.cents)}"
    return f"{did('Ignored', 'ignore')} {what}: {them} out of the books."


def _show_undone(plan: UndoPlan, output: Output) -> str | None:
    if not plan.takes_back:
        return None
    if plan.customer is not None:
        before, after = (money(c, output.currency) for c in (plan.before_cents, plan.after_cents))
        output.note(f"balance of {plan.customer} {before}, after it {after}")
    return f"Take {money(plan.cents, output.currency)}, entry {plan.entry}, back from the books?"


def _undone(result: EntriesDecided, did: Tense) -> str:
    item = result.item
    entry, state = f"entry {item['id']}", item["state"]
    if not result.changed:
        return f"{entry.capitalize()} is {state} already; nothing was changed."
    now = f"The entry {'would be' if did.would else 'is'} {state}."
    if not result.cents:
        return f"{did('Took', 'take')} back what was decided of {entry}. {now}"
    reversed_ = f"{did('Reversed', 'reverse')} {did.money(result.cents)} of {entry}"
    if result.customer is None:
        return f"{reversed_}, which is of several customers. {now}"
    balance = f"the balance of {result.customer} is {did.money(result.balance_cents)}"
    return f"{reversed_}; {balance}. {now}"
