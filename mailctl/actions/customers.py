"""Customers: their profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailctl.actions import undo
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.addresses import normal_email
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
from mailctl.hints import named
from mailctl.store import customers, notice_queue
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

OPTIONAL = ("backup_email", "phone", "street", "postcode", "city", "vat_number", "payment_days")
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

    AlreadyExistsError where the id is taken, UsageError for an invalid value (rules 4).
    """
    keep(transaction, id, given)
    return CustomerAdded(
        items=(customers.show(transaction, id),),
        undo=undo.by(
            "customer", "close", named("customer", id), "--yes", note="the id stays taken"
        ),
    )


def keep(transaction: Transaction, slug: str, given: Mapping[str, object]) -> Customer:
    """Check and keep a new customer's profile; for `add` and for imports."""
    with in_column("id"):
        check_new(transaction, slug)
    profile = normal_profile({"country": transaction.info.seller_country, **_filled(given)})
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
    after = normal_profile({**{name: kept[name] for name in customers.PROFILE}, **asked})
    different = {name: value for name, value in after.items() if value != kept[name]}
    if different:
        customers.edit(transaction, customer.id, different)
        if {"email", "backup_email"} & different.keys():
            notice_queue.address_changed(transaction, customer.id)
        transaction.record(
            "customer-edited",
            f"customer/{id}",
            {"changed": sorted(different)},
            {"old": {name: kept[name] for name in different}, "new": different},
        )
    return CustomerEdited(
        items=(customers.show(transaction, id),),
        changed=bool(different),
        fields=tuple(sorted(different)),
        undo=_undo_edit(id, {name: kept[name] for name in sorted(different)}),
    )


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


def normal_profile(given: Mapping[str, object]) -> dict[str, object]:
    """Every column of a profile, checked by libraries and in one spelling each."""
    values = {name: str(value) for name, value in _filled(given).items()}
    with in_column("country"):
        country = normal_country(values["country"])
    profile: dict[str, object] = {}
    for name, normal in _FIELDS.items():
        with in_column(name):
            profile[name] = normal(values.get(name, ""), country)
    return profile


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
}


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
    _FIELDS[name](text, normal_country(country or reader.info.seller_country))


def find_open(reader: Reader, slug: str) -> Customer:
    """A customer who is not closed; CustomerNotFoundError, CustomerClosedError."""
    customer = customers.find(reader, slug)
    check_customer_open(customer.slug, customer.state)
    return customer
