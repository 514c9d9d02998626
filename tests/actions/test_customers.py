"""Customers' profiles."""

from __future__ import annotations

import pytest

from mailctl.actions import closing, customers
from mailctl.errors import AlreadyExistsError, CustomerClosedError, UsageError
from mailctl.store import customers as kept
from mailctl.store.engine.transaction import Transaction


def test_a_new_customer_has_the_sellers_country_and_its_language(tx: Transaction) -> None:
    """Its id is taken from then on."""
    result = customers.add(tx, id="nova", name="Nova", email="it@nova.example", phone="0199001234")
    assert (result.item["country"], result.item["language"]) == ("FR", "fr")
    assert (result.item["phone"], result.item["vat_number"]) == ("+33199001234", None)
    with pytest.raises(AlreadyExistsError):
        customers.add(tx, id="nova", name="Nova", email="it@nova.example")


def test_an_edit_names_the_fields_that_changed(tx: Transaction) -> None:
    """What is the same already is not among them."""
    result = customers.edit(tx, id="late", name="Late and Sons", city="Paris", phone="0199001234")
    assert result.fields == ("city", "phone")
    assert not customers.edit(tx, id="late", city="Paris").changed
    assert customers.edit(tx, id="late", city="").item["city"] is None


def test_days_to_pay_are_the_customers_own_only_if_given(tx: Transaction) -> None:
    """As many as the setting has become the customer's own when they are given."""
    customers.edit(tx, id="late", city="Paris")
    assert kept.find(tx, "late").payment_days is None
    shown = kept.show(tx, "late")["payment_days"]
    assert customers.edit(tx, id="late", payment_days=shown).fields == ("payment_days",)
    assert kept.find(tx, "late").payment_days == shown


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "nothing to change"),
        ({"name": ""}, "the name of a customer cannot be empty"),
        ({"country": "XX"}, "is not a country"),
        ({"email": "nowhere"}, "e-mail"),
        ({"payment_days": "soon"}, "payment days are a whole number"),
    ],
)
def test_a_value_that_is_none_is_refused(
    changes: dict[str, object], message: str, tx: Transaction
) -> None:
    """The error says which field it is about."""
    with pytest.raises(UsageError, match=message):
        customers.edit(tx, id="late", **changes)


def test_a_closed_customer_is_not_edited(tx: Transaction) -> None:
    """nova has nothing active, so it can be closed."""
    customers.add(tx, id="nova", name="Nova", email="it@nova.example")
    closing.close(tx, closing.plan_close(tx, id="nova"))
    with pytest.raises(CustomerClosedError):
        customers.edit(tx, id="nova", city="Paris")
