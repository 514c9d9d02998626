"""Customers: their profiles."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.actions.result import Changed
from mailctl.domain.addresses import normal_email
from mailctl.domain.names import check_filled, check_name, check_text
from mailctl.domain.profile import (
    check_payment_days,
    normal_country,
    normal_language,
    normal_phone,
    normal_vat_number,
)
from mailctl.errors import AlreadyExistsError, CustomerClosedError, UsageError
from mailctl.store import customers, notice_sending
from mailctl.store.customers import Customer
from mailctl.store.engine.transaction import Transaction

OPTIONAL = ("backup_email", "phone", "street", "postcode", "city", "vat_number")
LONGEST_NOTE = 100


def add(transaction: Transaction, *, id: str, **given: object) -> Changed:
    """Add a customer; `name` and `email` are needed, the rest of the profile may be left out.

    AlreadyExistsError where the id is taken, UsageError for a value that is none (SPEC 4).
    """
    keep(transaction, id, given)
    return Changed(thing="customer", items=(customers.show(transaction, id),))


def keep(transaction: Transaction, slug: str, given: Mapping[str, object]) -> Customer:
    """Check and keep a new customer's profile; for `add` and for imports."""
    check_name(slug, "id of a customer")
    if customers.exists(transaction, slug):
        raise AlreadyExistsError(
            f"there is a customer {slug} already", hint=f"mailctl customer show {slug}"
        )
    profile = normal_profile({"country": transaction.info.seller_country, **_filled(given)})
    customers.add(transaction, slug, profile)
    transaction.record("customer-added", f"customer/{slug}", personal=_said(profile))
    return customers.find(transaction, slug)


def _filled(given: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if value not in (None, "")}


def _said(profile: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in profile.items() if value is not None}


def normal_profile(given: Mapping[str, object]) -> dict[str, object]:
    """Every column of a profile, checked by libraries and in one spelling each."""
    values = {name: str(value) for name, value in given.items() if value not in (None, "")}
    country = normal_country(values["country"])
    backup = values.get("backup_email")
    phone, vat_number = values.get("phone"), values.get("vat_number")
    days = values.get("payment_days")
    return {
        "name": check_filled(values.get("name", ""), "name"),
        "email": normal_email(values.get("email", ""), "e-mail"),
        "backup_email": normal_email(backup, "backup e-mail") if backup else None,
        "phone": normal_phone(phone, country) if phone else None,
        "street": _text(values, "street"),
        "postcode": _text(values, "postcode"),
        "city": _text(values, "city"),
        "country": country,
        "language": normal_language(values.get("language"), country).value,
        "vat_number": normal_vat_number(vat_number, country) if vat_number else None,
        "payment_days": _days(days) if days else None,
    }


def _text(values: Mapping[str, str], name: str) -> str | None:
    return check_text(values[name], name, longest=LONGEST_NOTE) or None if name in values else None


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise UsageError(f"payment days are a whole number, not {text!r}")
    return check_payment_days(int(text))


def edit(transaction: Transaction, *, id: str, **changes: object) -> Changed:
    """Change what is given of a profile; an empty text clears what may be empty.

    What was invoiced before keeps the buyer as they were (SPEC 3).
    """
    customer = find_open(transaction, id)
    asked = {name: value for name, value in changes.items() if value is not None}
    if not asked:
        raise UsageError(
            "nothing to change was given", hint=f"mailctl customer edit {id} --phone +33199001234"
        )
    for name, value in asked.items():
        if value == "" and name not in OPTIONAL:
            raise UsageError(f"the {name.replace('_', '-')} of a customer cannot be empty")
    kept = customers.show(transaction, id)
    # The days shown may be the setting's; only days of the customer's own are kept.
    kept["payment_days"] = customer.payment_days
    before = {name: kept[name] for name in customers.PROFILE}
    after = normal_profile({**before, **asked})
    different = {name: value for name, value in after.items() if value != before[name]}
    if different:
        customers.edit(transaction, customer.id, different)
        if "email" in different or "backup_email" in different:
            notice_sending.address_changed(transaction, customer.id)
        transaction.record(
            "customer-edited",
            f"customer/{id}",
            {"changed": sorted(different)},
            {"old": {name: before[name] for name in different}, "new": different},
        )
    return Changed(
        thing="customer",
        items=(customers.show(transaction, id),),
        changed=bool(different),
        facts={"changed": tuple(sorted(different))},
    )


def find_open(transaction: Transaction, slug: str) -> Customer:
    """A customer who is not closed; CustomerNotFoundError, CustomerClosedError."""
    customer = customers.find(transaction, slug)
    check_open(customer.slug, customer.state)
    return customer


def check_open(
    slug: str, state: str, *, hint: str = "mailctl customer add ID --name N --email E"
) -> None:
    """CustomerClosedError unless the customer is open."""
    if state != "open":
        raise CustomerClosedError(f"the customer {slug} is {state}", hint=hint)
