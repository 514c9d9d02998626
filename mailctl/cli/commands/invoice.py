"""`mailctl invoice`: what was billed, and what of it was given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import (
    BankReference,
    CustomerFilter,
    Limit,
    PlatformFilter,
    Reason,
    Since,
    Until,
    ValueDate,
)
from mailctl.cli.render.consequences import consequences
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.invoices import DocumentKind, InvoiceStatus
from mailctl.domain.money import money
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.invoices import CreditPlan, InvoiceCredited, InvoicePaid

app = typer.Typer(
    help="Invoices: one per customer and tick for renewals, one for each billed order."
)

Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help="The invoice's number, such as 2026-000001; a credit note's is AV2026-000001.",
        parser=parse.reference("invoice"),
        autocompletion=completers.stored("invoice"),
    ),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="invoice or credit-note.",
        parser=parse.choice(*DocumentKind),
        autocompletion=completers.among(*DocumentKind),
    ),
]
LineNumbers = Annotated[
    list[int] | None,
    typer.Option(
        "--line",
        metavar="N",
        help="Only this line of the invoice; may be repeated.",
        parser=parse.whole(1, 999_999),
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="open or paid.",
        parser=parse.choice(*InvoiceStatus),
        autocompletion=completers.among(*InvoiceStatus),
    ),
]


Open = Annotated[bool, typer.Option("--open", help="Only those that are not paid: --status open.")]
Overdue = Annotated[
    bool, typer.Option("--overdue", help="Only open ones past the last day to pay them.")
]


@app.command("list")
@reading("invoice", many=True)
def list_invoices(
    run: Run,
    *,
    open_: Open = False,
    overdue: Overdue = False,
    customer: CustomerFilter = None,
    platform: PlatformFilter = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = DocumentKind.INVOICE,
    limit: Limit = None,
) -> None:
    """List invoices, or with --kind credit-note the credit notes, in order of issue.

    --since and --until are the days of issue. No invoice is overdue while pending payments cover it
    or its customer has a grace.

    Examples:
      mailctl invoice list --overdue --customer acme
      mailctl invoice list --kind credit-note --since 2026-01-01 -o csv

    """
    from mailctl.store import invoices

    _check_open(kind, status, is_asked=open_ or overdue)
    run.list(
        lambda db: invoices.listing(
            known(db, customer=customer, platform=platform),
            kind=kind,
            customer=customer,
            platform=platform,
            status=InvoiceStatus.OPEN if open_ else status,
            overdue=overdue,
            since=since,
            until=until,
            limit=limit,
        )
    )


def _check_open(kind: str, status: str | None, *, is_asked: bool) -> None:
    """UsageError where open invoices are asked for together with others, which finds nothing."""
    if is_asked and kind == DocumentKind.CREDIT_NOTE:
        raise UsageError(
            "a credit note is neither open nor overdue", hint="mailctl invoice list --overdue"
        )
    if is_asked and status == InvoiceStatus.PAID:
        raise UsageError(
            "a paid invoice is neither open nor overdue", hint="mailctl invoice list --status paid"
        )


@app.command("show")
@reading("invoice")
def show(run: Run, number: Number) -> None:
    """Show an invoice or credit note: seller, buyer, lines, taxes, and what is still due.

    Examples:
      mailctl invoice show 2026-000001
      mailctl invoice show 2026-000001 --json

    """
    from mailctl.store import invoices

    if not run.output.shows_document():
        run.show("invoice", lambda db: invoices.show(db, number))
        return
    from mailctl.cli.render import invoice_document
    from mailctl.store.queries import documents

    with run.read() as db:
        row = invoices.show(db, number)
        invoice_document.show(run.output, documents.document(db, number), row)


app.command("render")(Elsewhere("invoice_render.render"))


@app.command("pay")
@changing("invoice")
def pay(
    run: Run, number: Number, reference: BankReference = None, value_date: ValueDate = None
) -> None:
    """Record the money that settles an invoice and everything older.

    If another amount arrived, record that: `mailctl prepaid credit CUSTOMER AMOUNT --received`.

    Examples:
      mailctl invoice pay 2026-000001 --reference 2026-0117-0042
      mailctl invoice pay 2026-000001 --dry-run

    """
    from mailctl.actions import invoices
    from mailctl.actions import received as came

    run.change(
        lambda tx: invoices.pay(tx, number=number, received=came.received(reference, value_date)),
        _paid,
    )


def _paid(result: InvoicePaid, did: Tense) -> str:
    item = result.item
    if not result.changed:
        return f"Invoice {item['number']} is paid already."
    return (
        f"{did('Credited', 'credit')} {did.money(result.cents)} to {item['customer']}: invoice "
        f"{item['number']} and everything older is paid.{consequences(result, would=did.would)}"
    )


@app.command("credit")
@changing("invoice")
def credit(run: Run, number: Number, *, line: LineNumbers = None, reason: Reason) -> None:
    """Give back an invoice, whole or by lines, with a credit note.

    Its tax is that of the lines, rounded; the note for the last line takes what is left.

    Examples:
      mailctl invoice credit 2026-000001 --reason 'ordered twice'
      mailctl invoice credit 2026-000001 --line 2 --line 3 --reason goodwill --yes

    """
    from mailctl.actions import invoices

    lines = tuple(line or ())
    run.change_as_planned(
        lambda db: invoices.plan_credit(db, number=number, lines=lines, reason=reason),
        lambda tx, _: invoices.credit(tx, number=number, lines=lines, reason=reason),
        show=_show_credit,
        say=_credited,
    )


def _show_credit(plan: CreditPlan, output: Output) -> str:
    output.plan(
        [
            {
                "account": line.account_id,
                "period_start_on": line.period_start_on,
                "net_cents": line.unit_cents,
            }
            for line in plan.lines
        ]
    )
    net, tax, total, before, after = (
        money(cents, output.currency)
        for cents in (
            plan.net_cents,
            plan.tax_cents,
            plan.total_cents,
            plan.before_cents,
            plan.before_cents + plan.total_cents,
        )
    )
    output.note(f"net {net}, tax {tax}, total {total}; balance {before}, after it {after}")
    who = plan.invoice.customer
    return f"Give {total} of invoice {plan.invoice.number} back to {who}?"


def _credited(result: InvoiceCredited, did: Tense) -> str:
    return (
        f"{did('Issued', 'issue')} credit note {result.item['number']} of "
        f"{did.money(result.cents)} for invoice {result.invoice}. The balance of "
        f"{result.item['customer']} is {did.money(result.balance_cents)}."
        + consequences(result, would=did.would)
    )


app.command("explain")(Elsewhere("explain.invoice"))
