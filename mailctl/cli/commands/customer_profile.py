"""`mailctl customer add` and `edit`: the profile, with what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import REQUIRED, Options, changing
from mailctl.cli.commands.customer import pictured
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import CustomerArgument
from mailctl.cli.input.prompts import Asking, Checks, or_asked
from mailctl.cli.run import Run, Tense
from mailctl.domain.documents import FORMATS
from mailctl.domain.text import listed

if TYPE_CHECKING:
    from mailctl.actions.customers import CustomerAdded, CustomerEdited


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
Siren = Annotated[
    str | None, _field("--siren", "NUMBER", "The SIREN of a French business.", "SIREN")
]
Siret = Annotated[
    str | None,
    _field("--siret", "NUMBER", "The SIRET of its establishment, which has the SIREN.", "SIRET"),
]
LegalId = Annotated[
    str | None,
    _field(
        "--legal-id",
        "SCHEME:ID",
        "Its number in a register of another country (ISO 6523).",
        "Legal id",
    ),
]
BuyerReference = Annotated[
    str | None,
    _field(
        "--buyer-reference",
        "TEXT",
        "What it wants on its invoices: a department, an order, a Leitweg-ID.",
        "Buyer reference",
    ),
]
Endpoint = Annotated[
    str | None,
    _field(
        "--endpoint",
        "SCHEME:ID",
        "Where it takes electronic invoices, at Peppol or a French platform (EAS).",
    ),
]
InvoiceFormat = Annotated[
    str | None,
    typer.Option(
        "--invoice-format",
        metavar="FORMAT",
        help="What letters of invoices carry: pdf, facturx, ubl, xrechnung, peppol or none; the "
        "setting unless given, or if ''.",
        parser=parse.free_text,
        autocompletion=completers.among(*FORMATS),
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
    "siren": (Siren, None),
    "siret": (Siret, None),
    "legal_id": (LegalId, None),
    "buyer_reference": (BuyerReference, None),
    "endpoint": (Endpoint, None),
    "invoice_format": (InvoiceFormat, None),
}
NEW_PROFILE = {**PROFILE, "name": (Name, REQUIRED), "email": (Email, REQUIRED)}


@changing("customer", more=NEW_PROFILE)
def add(run: Run, customer: NewId, **profile: object) -> None:
    """Add a customer.

    A text given as - is asked for, or read as a line of standard input.

    Examples:
      mailctl customer add acme --name 'Acme SARL' --email office@acme.example
      mailctl customer add bolt --name Bolt --email it@bolt.example --country DE

    """
    from mailctl.actions import customers

    run.change(lambda tx: pictured(run, tx, customers.add(tx, id=customer, **profile)), _added)


def _added(result: CustomerAdded, did: Tense) -> str:
    customer = result.item
    return (
        f"{did('Added', 'add')} the customer {customer['id']} ({customer['name']}, "
        f"{customer['country']}), with {customer['payment_days']} days to pay."
    )


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

    run.change(lambda tx: pictured(run, tx, customers.edit(tx, id=customer, **profile)), _edited)


def _edited(result: CustomerEdited, did: Tense) -> str:
    customer = result.item["id"]
    if not result.changed:
        return f"The customer {customer} has that profile already."
    words = [name.replace("_", " ") for name in result.fields]
    return f"{did('Changed', 'change')} the {listed(words)} of the customer {customer}."
