"""A statement with something of everything, for hosts of tests: what is booked, and what waits."""

from __future__ import annotations

from tests.statements.camt_files import CUSTOMER_IBAN, SELLER_IBAN, camt053, entry

DAY = "2026-02-05"
OURS = f"settings set seller-iban {SELLER_IBAN}"
"""Without it nothing is taken."""
TAKEN = (OURS, "bank import {here}/statement.xml")
"""Typed where `statement.xml` is, on the host `busy`: the entries get these ids in this order.

1 names an invoice of slow and is booked; 2 names one of late half, with exactly what is open of it:
it is proposed; 3 is anybody's, 4 is a fee.
"""


def statement(account: str = SELLER_IBAN) -> str:
    """The file, of an account."""
    told = {"day": DAY, "value_on": DAY}
    surely = {"text": "FACTURE 2026-000008", "name": "SLOW", "iban": CUSTOMER_IBAN}
    return camt053(
        entry(300, reference="R-1", **surely, **told),
        entry(191, text="facture 000009", name="Late and Sons", reference="R-2", **told),
        entry(900, text="abonnement", name="J. Dupont", reference="R-3", **told),
        entry(-1250, text="FRAIS DE TENUE", reference="R-4", **told),
        account=account,
        opening=10_000,
        opening_on=DAY,
        closing_on=DAY,
        from_on=DAY,
        to_on=DAY,
    ).decode()
