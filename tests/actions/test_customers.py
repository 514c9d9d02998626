"""Customers' profiles."""

from __future__ import annotations

import pytest

from mailctl.actions import closing, customers, settings
from mailctl.errors import (
    AlreadyExistsError,
    CustomerClosedError,
    ExtraMissingError,
    UsageError,
)
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


SIREN, SIRET = "732829320", "73282932000074"
OTHER, OTHER_SIRET = "303265045", "30326504500011"
OTHER_VAT_NUMBER = "FR40303265045"


def numbers(tx: Transaction, **changes: object) -> tuple[object, object, object]:
    """SIREN, SIRET and legal id of a customer after a change."""
    item = customers.edit(tx, id="late", **changes).item
    return item["siren"], item["siret"], item["legal_id"]


def test_a_siret_has_its_siren_in_it(tx: Transaction) -> None:
    """It takes the place of the SIREN; taken away, the SIREN stays."""
    assert numbers(tx, siren=SIREN) == (SIREN, None, f"0002:{SIREN}")
    assert numbers(tx, siret=SIRET) == (SIREN, SIRET, f"0009:{SIRET}")
    assert not customers.edit(tx, id="late", siren=SIREN).changed
    assert not customers.edit(tx, id="late", siret=SIRET, siren=SIREN).changed
    assert numbers(tx, siret="") == (SIREN, None, f"0002:{SIREN}")
    assert numbers(tx, siret=SIRET)[1] == SIRET
    assert numbers(tx, siren=SIREN, siret="") == (SIREN, None, f"0002:{SIREN}")
    assert numbers(tx, siren="", city="Paris") == (None, None, None)
    assert numbers(tx, siret=SIRET, siren=SIREN, legal_id=f"0002:{SIREN}")[1] == SIRET
    assert numbers(tx, siren="") == (None, None, None)
    assert not customers.edit(tx, id="late", siret="").changed


def test_a_legal_id_of_another_country_has_no_siren(tx: Transaction) -> None:
    """Neither is it taken away with one."""
    belgian = (None, None, "0208:0403170701")
    assert numbers(tx, legal_id="0208:BE 0403.170.701") == belgian
    assert not customers.edit(tx, id="late", siren="", siret="").changed
    assert numbers(tx, siren=SIREN) == (SIREN, None, f"0002:{SIREN}")
    assert numbers(tx, legal_id="0208:0403170701") == belgian
    assert numbers(tx, legal_id="") == (None, None, None)


@pytest.mark.parametrize(
    ("before", "changes", "message"),
    [
        ({}, {"siren": SIREN, "siret": OTHER_SIRET}, "belong to two businesses"),
        ({}, {"siren": SIREN, "legal_id": "0208:0403170701"}, "belong to two businesses"),
        ({"siren": SIREN}, {"siret": OTHER_SIRET}, "belong to two businesses"),
        ({"siret": SIRET}, {"siret": OTHER_SIRET}, "belong to two businesses"),
        ({"vat_number": OTHER_VAT_NUMBER}, {"siren": SIREN}, "not that of the VAT number"),
        ({"vat_number": OTHER_VAT_NUMBER}, {"siret": SIRET}, "not that of the VAT number"),
        ({"siret": SIRET}, {"vat_number": OTHER_VAT_NUMBER}, "not that of the VAT number"),
        ({}, {"endpoint": "0001:x"}, "not a scheme of electronic addresses"),
        ({}, {"invoice_format": "doc"}, "the invoice format is pdf, facturx"),
        ({"country": "DE"}, {"buyer_reference": "04011000-12345-04"}, "is not a Leitweg-ID"),
    ],
)
def test_numbers_of_two_businesses_are_refused(
    before: dict[str, object], changes: dict[str, object], message: str, tx: Transaction
) -> None:
    """Or of none: an invoice would go to somebody else."""
    if before:
        customers.edit(tx, id="late", **before)
    with pytest.raises(UsageError, match=message):
        customers.edit(tx, id="late", **changes)


def test_a_business_that_becomes_another_gives_both_its_numbers(tx: Transaction) -> None:
    """As when a company is bought, and its contracts go on."""
    customers.edit(tx, id="late", siret=SIRET, vat_number="FR44732829320")
    assert numbers(tx, siren=OTHER, siret=OTHER_SIRET, vat_number=OTHER_VAT_NUMBER) == (
        OTHER,
        OTHER_SIRET,
        f"0009:{OTHER_SIRET}",
    )


def test_what_documents_need_is_taken_away_with_an_empty_text(tx: Transaction) -> None:
    given = {
        "legal_id": f"0009:{SIRET}",
        "buyer_reference": "PO 7",
        "endpoint": f"0225:{SIREN}",
        "invoice_format": "none",
    }
    assert customers.edit(tx, id="late", **given).fields == tuple(sorted(given))
    customers.edit(tx, id="late", **dict.fromkeys(given, ""))
    assert [kept.show(tx, "late")[name] for name in given] == [None] * 4


def test_documents_that_cannot_be_made_are_not_promised(
    tx: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra a format is refused, with what to install; none is always possible."""
    monkeypatch.setattr("mailctl.documents.xml.find_spec", lambda _: None)
    customers.edit(tx, id="late", invoice_format="none")
    with pytest.raises(ExtraMissingError) as refused:
        customers.edit(tx, id="late", invoice_format="pdf")
    assert refused.value.hint == "pip install 'mailctl[einvoice]'"
    with pytest.raises(ExtraMissingError):
        settings.set_all(tx, {"invoice-format": "facturx"})
    settings.set_all(tx, {"invoice-format": "none"})
