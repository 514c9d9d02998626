"""Customers: their profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailctl.actions import undo
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.addresses import normal_email
from mailctl.domain.documents import NO_DOCUMENT, DocumentFormat, normal_format
from mailctl.domain.identifiers import (
    NOT_AT_PEPPOL,
    check_siren_fits,
    normal_buyer_reference,
    normal_company_number,
    normal_endpoint,
    normal_legal_id,
    normal_siren,
    normal_siret,
)
from mailctl.domain.legal_ids import SIREN, siren_of, siret_of
from mailctl.domain.lifecycle import check_customer_open
from mailctl.domain.names import check_filled, check_name, check_text
from mailctl.domain.profile import (
    check_payment_days,
    normal_country,
    normal_language,
    normal_phone,
    normal_vat_number,
)
from mailctl.domain.records import in_column
from mailctl.errors import AlreadyExistsError, UsageError
from mailctl.hints import command, named
from mailctl.store import customers, notice_queue
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

COMPANY_NUMBERS = ("legal_id", "siren", "siret")
"""The forms in which a business's number in a register is given; it is kept as `legal_id`."""
OPTIONAL = (
    *("backup_email", "phone", "street", "postcode", "city", "vat_number", "payment_days"),
    *(*COMPANY_NUMBERS, "buyer_reference", "endpoint", "invoice_format"),
)
LONGEST_NOTE = 100

Normal = Callable[[str, str], object]
"""How a field's text is checked and kept, in the customer's country."""


class CustomerAdded(Result):
    """A new customer."""

    thing: str = "customer"


class CustomerEdited(Result):
    """A customer, and which fields of the profile changed."""

    thing: str = "customer"
    fields: tuple[str, ...]


def add(transaction: Transaction, *, id: str, **given: object) -> CustomerAdded:
    """Add a customer; `name` and `email` are needed, the rest of the profile may be left out.

    AlreadyExistsError where the id is taken, UsageError for an invalid value (rules 4),
    ExtraMissingError where documents are wanted and cannot be made.
    """
    keep(transaction, id, given)
    shown = customers.show(transaction, id)
    return CustomerAdded(
        items=(shown,),
        warnings=_unreached(transaction, shown),
        undo=undo.by(
            "customer", "close", named("customer", id), "--yes", note="the id stays taken"
        ),
    )


def keep(transaction: Transaction, slug: str, given: Mapping[str, object]) -> Customer:
    """Check and keep a new customer's profile; for `add` and for imports."""
    with in_column("id"):
        check_new(transaction, slug)
    profile = normal_profile({"country": transaction.info.seller_country, **_filled(given)})
    check_makeable(profile)
    customers.add(transaction, slug, profile)
    personal = {name: value for name, value in profile.items() if value is not None}
    transaction.record("customer-added", f"customer/{slug}", personal=personal)
    return customers.find(transaction, slug)


def edit(transaction: Transaction, *, id: str, **changes: object) -> CustomerEdited:
    """Change what is given of a profile; an empty text clears what may be empty.

    Invoices issued before keep the buyer as they were (rules 3).
    """
    customer = find_open(transaction, id)
    asked = _asked(id, changes)
    # The days that `show` gives may be the setting's; only the customer's own are kept.
    kept = {**customers.show(transaction, id), "payment_days": customer.payment_days}
    asked = _with_legal_id(asked, kept["legal_id"])
    after = normal_profile({**{name: kept[name] for name in customers.PROFILE}, **asked})
    different = {name: value for name, value in after.items() if value != kept[name]}
    check_makeable(different)
    if different:
        customers.edit(transaction, customer.id, different)
        if {"email", "backup_email"} & different.keys():
            notice_queue.address_changed(transaction, customer.id)
        notice_queue.documents_mended(transaction, customer.id)
        transaction.record(
            "customer-edited",
            f"customer/{id}",
            {"changed": sorted(different)},
            {"old": {name: kept[name] for name in different}, "new": different},
        )
    shown = customers.show(transaction, id)
    about_documents = {"endpoint", "invoice_format"} & different.keys()
    return CustomerEdited(
        items=(shown,),
        changed=bool(different),
        warnings=_unreached(transaction, shown) if about_documents else (),
        fields=tuple(sorted(different)),
        undo=_undo_edit(id, {name: kept[name] for name in sorted(different)}),
    )


def _unreached(reader: Reader, customer: Mapping[str, object]) -> tuple[str, ...]:
    """The warning that Peppol, by which a customer's invoices go, does not have its endpoint."""
    form = customer["invoice_format"] or reader.setting("invoice-format")
    scheme = str(customer["endpoint"] or "").partition(":")[0]
    if form != DocumentFormat.PEPPOL or scheme not in NOT_AT_PEPPOL:
        return ()
    better = command("customer", "edit", named("customer", str(customer["id"])), "--endpoint")
    refused = f"invoices would be refused (PEPPOL-EN16931-CL008): {better} SCHEME:ID"
    return (f"Peppol reaches nobody by an endpoint of {scheme}, so {refused}",)


def _undo_edit(id: str, old: Mapping[str, object]) -> Undo:
    words = [
        word
        for name, value in old.items()
        for word in (f"--{name.replace('_', '-')}", "" if value is None else value)
    ]
    return undo.by("customer", "edit", named("customer", id), *words)


def _asked(id: str, changes: Mapping[str, object]) -> dict[str, object]:
    """The changes that were given; UsageError for none, or where a needed field is emptied."""
    asked = {name: value for name, value in changes.items() if value is not None}
    if not asked:
        raise UsageError(
            "nothing to change was given", hint=f"mailctl customer edit {id} --phone +33199001234"
        )
    for name, value in asked.items():
        if value == "" and name not in OPTIONAL:
            raise UsageError(f"the {name.replace('_', '-')} of a customer cannot be empty")
    return asked


def _with_legal_id(asked: Mapping[str, object], kept: object) -> dict[str, object]:
    """The changes with the legal id that was given in any of its forms, or taken away."""
    numbers = {name: str(asked[name]) for name in COMPANY_NUMBERS if name in asked}
    others = {name: value for name, value in asked.items() if name not in numbers}
    before = None if kept is None else str(kept)
    given = {name: text for name, text in numbers.items() if text}
    if given:
        legal_id = normal_company_number(**given, known=before)
        # A SIREN alone leaves the SIRET that begins with it.
        is_same = "siret" not in numbers and siren_of(before) == siren_of(legal_id)
        keeps = given.keys() == {"siren"} and is_same
        return {**others, "legal_id": before if keeps else legal_id}
    if "legal_id" in numbers or ("siren" in numbers and siren_of(before)):
        return {**others, "legal_id": ""}
    if "siret" in numbers and siret_of(before):
        return {**others, "legal_id": f"{SIREN}:{siren_of(before)}"}
    return others


def check_makeable(profile: Mapping[str, object]) -> None:
    """ExtraMissingError where a profile wants documents that cannot be made here."""
    if profile.get("invoice_format") not in (None, NO_DOCUMENT):
        from mailctl.documents.xml import check_installed

        with in_column("invoice_format"):
            check_installed()


def normal_profile(given: Mapping[str, object]) -> dict[str, object]:
    """Every column of a profile, checked by libraries and in one spelling each."""
    values = {name: str(value) for name, value in _filled(given).items()}
    with in_column("country"):
        country = normal_country(values["country"])
    profile: dict[str, object] = {}
    for name, normal in _FIELDS.items():
        with in_column(name):
            profile[name] = normal(values.get(name, ""), country)
    numbers = {name: values[name] for name in COMPANY_NUMBERS if name in values}
    with in_column(next(reversed(numbers), "legal_id")):
        profile["legal_id"] = normal_company_number(**numbers)
        check_siren_fits(_text(profile["legal_id"]), _text(profile["vat_number"]))
    return profile


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _filled(given: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if value not in (None, "")}


def _optional(normal: Normal) -> Normal:
    return lambda text, country: (normal(text, country) or None) if text else None


def _note(name: str) -> Normal:
    return _optional(lambda text, _: check_text(text, name, longest=LONGEST_NOTE))


def _payment_days(text: str, _country: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise UsageError(f"payment days are a whole number, not {text!r}")
    return check_payment_days(int(text))


_FIELDS: Mapping[str, Normal] = {
    "name": lambda text, _: check_filled(text, "name"),
    "email": lambda text, _: normal_email(text, "e-mail"),
    "backup_email": _optional(lambda text, _: normal_email(text, "backup e-mail")),
    "phone": _optional(normal_phone),
    "street": _note("street"),
    "postcode": _note("postcode"),
    "city": _note("city"),
    "country": lambda _, country: country,
    "language": lambda text, country: normal_language(text, country).value,
    "vat_number": _optional(normal_vat_number),
    "payment_days": _optional(_payment_days),
    "legal_id": _optional(lambda text, _: normal_legal_id(text)),
    "buyer_reference": _optional(normal_buyer_reference),
    "endpoint": _optional(lambda text, _: normal_endpoint(text)),
    "invoice_format": _optional(lambda text, _: normal_format(text, "the invoice format")),
}
_CHECKED: Mapping[str, Normal] = {
    **_FIELDS,
    "siren": lambda text, _: normal_siren(text),
    "siret": lambda text, _: normal_siret(text),
}
"""What can be given of a profile, each by itself."""


def check_new(reader: Reader, slug: str) -> None:
    """UsageError for an id that no customer can have, AlreadyExistsError for one that is taken."""
    check_name(slug, "id of a customer")
    if customers.exists(reader, slug):
        raise taken(slug)


def taken(slug: str) -> AlreadyExistsError:
    """The refusal of a customer's id that is not free."""
    return AlreadyExistsError(
        f"there is a customer {slug} already", hint=f"mailctl customer show {slug}"
    )


def check_field(
    reader: Reader, *, slug: str, name: str, text: str, country: str | None = None
) -> None:
    """Check one field of a profile by itself: UsageError.

    Phone and VAT number are judged in the `country` given, else in the customer's, else in the
    seller's.
    """
    if name == "country":
        normal_country(text)
        return
    if country is None and customers.exists(reader, slug):
        country = str(customers.show(reader, slug)["country"])
    _CHECKED[name](text, normal_country(country or reader.info.seller_country))


def find_open(reader: Reader, slug: str) -> Customer:
    """A customer who is not closed; CustomerNotFoundError, CustomerClosedError."""
    customer = customers.find(reader, slug)
    check_customer_open(customer.slug, customer.state)
    return customer
