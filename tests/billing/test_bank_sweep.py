"""Random statements against a model of the rules that shares nothing with them (rules 20)."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from mailctl.domain.payment_references import printed, reference_of_invoice
from mailctl.domain.statements import ReadEntry
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import entry
from tests.billing.bank_host import amount, cli_host, owed, taken
from tests.helpers import Cli

__all__ = ["cli_host"]
OURS = {"end_to_end_id": "payment-1-1"}
WHOSE = {"bolt": 2, "cole": 3}


class Model:
    """What the host's books should be: who has paid how much, and how far payment 1 is."""

    def __init__(self, cents: int) -> None:
        self.cents = cents
        self.paid = dict.fromkeys(("acme", "bolt", "cole"), 0)
        self.payment = "pending"
        self.has_its_credit = False
        self.came_again = False

    def open(self, customer: str) -> int:
        """What the customer's one invoice still asks for."""
        return max(0, self.cents - self.paid[customer])

    def collects(self, cents: int) -> tuple[str, str | None]:
        """Money with the EndToEndId of payment 1."""
        if cents != self.cents:
            return "unmatched", None
        if self.payment == "pending":
            self.payment, self.has_its_credit = "succeeded", True
            self.paid["acme"] += cents
        elif not self.has_its_credit:
            self.has_its_credit = True
        elif self.payment == "returned" and not self.came_again:
            self.came_again = True
            self.paid["acme"] += cents
        else:
            return "proposed", "acme"
        return "booked", "acme"

    def returns(self, code: str) -> tuple[str, str | None]:
        """Payment 1 goes back."""
        if code != "MD01" or self.payment == "returned":
            return "unmatched", None
        if self.payment == "succeeded":
            self.paid["acme"] -= self.cents
        self.payment = "returned"
        return "booked", "acme"

    def names(self, customer: str, cents: int) -> tuple[str, str | None]:
        """A transfer that names an invoice in full."""
        self.paid[customer] += cents
        return "booked", customer


def one(rng: random.Random, model: Model) -> tuple[ReadEntry, tuple[str, str | None]]:
    """An entry, and what should become of it."""
    customer = rng.choice(("bolt", "cole"))
    other = "cole" if customer == "bolt" else "bolt"
    cents = rng.choice((model.cents, model.cents, 100, 1, 5000))
    number, not_theirs = (f"2026-{WHOSE[name]:06}" for name in (customer, other))
    kind = rng.choice(("collect", "return", "number", "reference", "short", "both", "nothing"))
    said: dict[str, Any] = {}
    expected: tuple[str, str | None] = ("unmatched", None)
    if kind == "collect":
        said, expected = dict(OURS), model.collects(cents)
    elif kind == "return":
        code = rng.choice(("MD01", "MD01", "", "ZZ99"))
        said, expected = {**OURS, "return_code": code}, model.returns(code)
        cents = -model.cents
    elif kind == "number":
        form = rng.choice(
            (number, number.replace("-", ""), number.replace("-", " "), f"Nr {number}")
        )
        said, expected = {"text": f"merci {form}"}, model.names(customer, cents)
    elif kind == "reference":
        form = rng.choice((str, printed, str.lower))(reference_of_invoice(number))
        said = rng.choice(({"text": f"{form} x"}, {"creditor_reference": form.upper()}))
        expected = model.names(customer, cents)
    elif kind == "short":
        said = {"text": rng.choice((f"facture {WHOSE[customer]}", number[5:], f"RE {number[5:]}"))}
        if cents == model.open(customer):
            expected = ("proposed", customer)
    elif kind == "both":
        said = {"text": f"{number} {not_theirs}", "name": customer}
    else:
        cents = rng.choice((0, cents, -cents))
        said = {"text": rng.choice(("thanks", f"9{number}", f"{number}9", f"AV{number}", "O99999"))}
    return entry(cents, "2026-01-01", reference=f"X{rng.random()}", **said), expected


def became(tx: Transaction) -> list[tuple[str, str | None]]:
    """What became of each entry."""
    rows = tx.execute(
        """
        SELECT e.state, c.slug
        FROM bank_entry e LEFT JOIN customer c ON c.id = e.customer_id
        ORDER BY e.id
        """
    )
    return [(str(state), slug) for state, slug in rows.fetchall()]


def without_evidence(tx: Transaction) -> list[int]:
    """Entries that a rule booked or proposed, and whose evidence is not in the journal."""
    rows = tx.execute(
        """
        SELECT e.id, e.evidence, j.details, p.details
        FROM bank_entry e
            LEFT JOIN journal j ON j.subject = 'entry/' || e.id
            LEFT JOIN journal_personal p ON p.seq = j.seq
        WHERE e.state IN ('booked', 'proposed')
        """
    )
    return [
        entry
        for entry, evidence, *kept in rows.fetchall()
        if not evidence or evidence not in {json.loads(one or "{}").get("evidence") for one in kept}
    ]


@pytest.mark.parametrize("seed", range(12))
def test_a_random_statement_is_booked_as_the_model_says(cli_host: Cli, seed: int) -> None:
    """In one file, and entry by entry: each state, each customer's balance."""
    rng = random.Random(seed)
    for is_one_file in (True, False):
        with store_at(cli_host.store).write("test", dry_run=True) as tx:
            model = Model(amount(tx))
            told = [one(rng, model) for _ in range(14)]
            entries = [given._replace(entry_reference=given.reference) for given, _ in told]
            if is_one_file:
                taken(tx, *entries)
            else:
                for given in entries:
                    taken(tx, given)
            assert became(tx) == [expected for _, expected in told]
            assert not without_evidence(tx)
            for customer, paid in model.paid.items():
                assert owed(tx, customer) == model.cents - paid, customer
