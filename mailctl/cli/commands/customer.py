"""`mailctl customer`: who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import REQUIRED, Elsewhere, Options, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import (
    ConfirmedName,
    CustomerArgument,
    Limit,
    Since,
    Until,
)
from mailctl.cli.input.prompts import Asking, Checks, or_asked
from mailctl.cli.render.output import Output
from mailctl.cli.run import ResultT, Run, Tense
from mailctl.domain.text import listed

if TYPE_CHECKING:
    from mailctl.actions.closing import (
        ClosePlan,
        CustomerClosed,
        CustomerErased,
        CustomerReopened,
        ErasePlan,
    )
    from mailctl.actions.customers import CustomerAdded, CustomerEdited
    from mailctl.store.engine.transaction import Transaction

app = typer.Typer(help="Who pays: a name, contact details, a country, one prepaid account.")


def _check_customer(asking: Asking) -> None:
    from mailctl.actions import customers

    with asking.read() as db:
        # `add` needs a name; `edit` changes a customer who is there.
        check = customers.check_new if asking.is_new else customers.find_open
        check(db, asking.given["customer"])


def _check_field(asking: Asking, name: str, value: object) -> None:
    from mailctl.actions import customers

    with asking.read() as db:
        customers.check_field(
            db,
            slug=asking.given["customer"],
            name=name,
            text=str(value),
            country=asking.text("country"),
        )


CHECKS = Checks(before=_check_customer, answer=_check_field)


def _field(
    name: str,
    metavar: str,
    text: str,
    label: str | None = None,
    completer: completers.Completer | None = None,
) -> typer.models.OptionInfo:
    label = label or name.removeprefix("--").capitalize()
    option: typer.models.OptionInfo = typer.Option(
        name,
        metavar=metavar,
        help=text,
        parser=or_asked(parse.free_text, label, CHECKS),
        autocompletion=completer,
    )
    return option


NewId = Annotated[
    str, typer.Argument(metavar="ID", help="The customer's id in commands: 1-60 of a-z0-9.-")
]
Name = Annotated[str | None, _field("--name", "NAME", "The name on invoices.")]
Email = Annotated[str | None, _field("--email", "ADDRESS", "Where service e-mails go.", "E-mail")]
BackupEmail = Annotated[
    str | None, _field("--backup-email", "ADDRESS", "Used if the first refuses.", "Backup e-mail")
]
Phone = Annotated[str | None, _field("--phone", "NUMBER", "A phone number.")]
Street = Annotated[str | None, _field("--street", "TEXT", "Street and number.")]
Postcode = Annotated[str | None, _field("--postcode", "TEXT", "The postcode.")]
City = Annotated[str | None, _field("--city", "TEXT", "The city.")]
Country = Annotated[
    str | None,
    _field(
        "--country",
        "CC",
        "The country's two letters; the seller's unless given.",
        completer=completers.countries,
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="LANGUAGE",
        help="fr, de or en; the country's unless given.",
        parser=parse.free_text,
        autocompletion=completers.among("fr", "de", "en"),
    ),
]
VatNumber = Annotated[
    str | None,
    _field("--vat-number", "NUMBER", "The VAT number, with the country's prefix.", "VAT number"),
]
PaymentDays = Annotated[
    str | None,
    typer.Option(
        "--payment-days",
        metavar="N",
        help="Days to pay an invoice; the setting unless given, or if ''.",
        parser=parse.or_empty(parse.whole(1, 365)),
    ),
]


ClosedCustomer = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER",
        help="The customer's id.",
        parser=parse.reference("customer"),
        autocompletion=completers.stored("closed-customer"),
    ),
]

PROFILE: Options = {
    "name": (Name, None),
    "email": (Email, None),
    "backup_email": (BackupEmail, None),
    "phone": (Phone, None),
    "street": (Street, None),
    "postcode": (Postcode, None),
    "city": (City, None),
    "country": (Country, None),
    "language": (Language, None),
    "vat_number": (VatNumber, None),
    "payment_days": (PaymentDays, None),
}
NEW_PROFILE = {**PROFILE, "name": (Name, REQUIRED), "email": (Email, REQUIRED)}


@app.command("add")
@changing("customer", more=NEW_PROFILE)
def add(run: Run, customer: NewId, **profile: object) -> None:
    """Add a customer.

    A text given as - is asked for, or read as a line of standard input.

    Examples:
      mailctl customer add acme --name 'Acme SARL' --email office@acme.example
      mailctl customer add bolt --name Bolt --email it@bolt.example --country DE

    """
    from mailctl.actions import customers

    run.change(lambda tx: _pictured(run, tx, customers.add(tx, id=customer, **profile)), _added)


def _pictured(run: Run, tx: Transaction, result: ResultT) -> ResultT:
    """A change to a customer with every key of the thing, where it is printed as data."""
    if not run.is_data_asked_for:
        return result
    from mailctl.insight.customer_picture import pictured

    return pictured(tx, result)


def _added(result: CustomerAdded, did: Tense) -> str:
    customer = result.item
    return (
        f"{did('Added', 'add')} the customer {customer['id']} ({customer['name']}, "
        f"{customer['country']}), with {customer['payment_days']} days to pay."
    )


@app.command("edit")
@changing("customer", more=PROFILE)
def edit(run: Run, customer: CustomerArgument, **profile: object) -> None:
    """Change a customer's profile; invoices issued before stay as they are.

    An empty text clears what may be empty: --phone ''. A text given as - is asked for, or read as a
    line of standard input.

    Examples:
      mailctl customer edit acme --phone +33199001234
      mailctl customer edit acme --street '1 rue Neuve' --city Paris

    """
    from mailctl.actions import customers

    run.change(lambda tx: _pictured(run, tx, customers.edit(tx, id=customer, **profile)), _edited)


def _edited(result: CustomerEdited, did: Tense) -> str:
    customer = result.item["id"]
    if not result.changed:
        return f"The customer {customer} has that profile already."
    words = [name.replace("_", " ") for name in result.fields]
    return f"{did('Changed', 'change')} the {listed(words)} of the customer {customer}."


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
        lambda tx, plan: _pictured(run, tx, closing.close(tx, plan)),
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

    run.change(lambda tx: _pictured(run, tx, closing.reopen(tx, id=customer)), _reopened)


def _reopened(result: CustomerReopened, did: Tense) -> str:
    customer = result.item["id"]
    if not result.changed:
        return f"The customer {customer} is open already."
    return f"{did('Reopened', 'reopen')} the customer {customer}: orders are accepted again."


@app.command("erase")
@changing("customer")
def erase(run: Run, customer: CustomerArgument, *, confirm: ConfirmedName = None) -> int:
    """Permanently remove a closed customer's personal data; invoices and ledger stay.

    Asks you to type the customer's id, or give it with --confirm. Refused while the customer has
    open tasks. If another program reads the store for longer than --wait, traces stay in the file:
    exit status 1. The next change removes them, as does this command when repeated.

    Examples:
      mailctl customer erase acme
      mailctl customer erase acme --confirm acme

    """
    from mailctl.actions import closing

    run.change_for_good(
        lambda db: closing.plan_erase(db, id=customer),
        lambda tx, plan: _pictured(run, tx, closing.erase(tx, plan)),
        show=_show_erasure,
        say=_erased,
        name=customer,
        confirmed=confirm,
    )
    if not run.traces_left:
        return 0
    run.output.warn(
        "another program reads the store, so traces of what was erased are still in its file; once "
        "that program has ended, the next change removes them, as does this command when repeated"
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
