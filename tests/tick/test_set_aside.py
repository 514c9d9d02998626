"""A customer whose books do not hold: left alone and named, while the others go on."""

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.store.plain import force, rows, twin
from tests.tick.dumps import dump

# The day of acme's and bolt's next renewals.
DAY = "2026-03-01"
HARM = {
    "balance": "UPDATE customer SET balance_cents = balance_cents + 1 WHERE slug = 'acme'",
    "expiry later": "UPDATE account SET expires_on = '2026-02-27' WHERE id = 1",
    "expiry earlier": "UPDATE account SET expires_on = '2026-02-20' WHERE id = 1",
}


@pytest.mark.parametrize("harm", HARM)
def test_a_customer_with_wrong_books_is_set_aside_and_the_others_go_on(
    harm: str, busy: Cli
) -> None:
    """Exit status 1, acme named with the reason, bolt billed, nothing of acme touched."""
    force(busy.store, HARM[harm])
    outcome = busy("tick", "--to", DAY, "-o", "json")
    counts = outcome.json()
    assert (outcome.status, [row["customer"] for row in counts["set_aside"]]) == (1, ["acme"])
    assert "acme" in outcome.err
    assert counts["to_on"] == DAY
    billed = rows(
        busy.store,
        "SELECT c.slug FROM invoice i JOIN customer c ON c.id = i.customer_id "
        f"WHERE i.issued_on = '{DAY}'",
    )
    assert billed == [("bolt",)]
    account = busy.ok("account", "show", "anna@acme.example")
    assert (account["state"], account["expires_on"] <= DAY) == ("active", True)


def test_what_happens_to_the_others_is_what_would_happen_anyway(busy: Cli) -> None:
    """bolt, late and slow end as in a store in which acme is in order."""
    other = twin(busy, "other")
    force(busy.store, HARM["balance"])
    assert busy("tick", "--to", DAY).status == 1
    other.ok("tick", "--to", DAY)
    for table in ("customer", "account"):
        got, expected = (
            [
                row
                for row in dump(cli.store)[table]
                if row.get("slug") != "acme" and row.get("platform_id") not in range(1, 6)
            ]
            for cli in (busy, other)
        )
        assert got == expected


def test_a_customer_set_aside_is_not_deleted_and_not_notified(busy: Cli) -> None:
    """otto and susi, whose retention ends on 2026-02-15, stay until acme's books are repaired."""
    force(busy.store, HARM["balance"])
    outcome = busy("tick", "--to", "2026-02-15", "-o", "json")
    assert outcome.json()["deleted"] == 0
    states = {row["id"]: row["state"] for row in busy.ok("account", "list")["items"]}
    assert (states[5], states[7]) == ("suspended", "suspended")
    assert rows(busy.store, "SELECT kind FROM notice WHERE queued_on = '2026-02-15'") == []


def test_a_customer_whose_books_are_repaired_is_caught_up_with(busy: Cli) -> None:
    """After the repair the next tick bills what was left, and ends with 0."""
    force(busy.store, HARM["balance"])
    assert busy("tick", "--to", DAY).status == 1
    force_back = "UPDATE customer SET balance_cents = balance_cents - 1 WHERE slug = 'acme'"
    rows(busy.store, f"{force_back} RETURNING 1")
    caught_up = busy.ok("tick")
    assert (caught_up["set_aside"], caught_up["renewed"], caught_up["invoices"]) == ([], 4, 1)
    assert busy.ok("account", "show", "anna@acme.example")["expires_on"] == "2026-04-01"


def test_a_dry_tick_names_who_would_be_set_aside(busy: Cli) -> None:
    """On paper too, with the same exit status."""
    force(busy.store, HARM["balance"])
    outcome = busy("tick", "--to", DAY, "--dry-run", "-o", "json")
    assert (outcome.status, outcome.json()["set_aside"][0]["customer"]) == (1, "acme")


def test_a_tick_that_sets_somebody_aside_still_chains_its_work(busy: Cli) -> None:
    """What was done for the others is in the journal, and the journal holds."""
    force(busy.store, HARM["balance"])
    busy("tick", "--to", DAY)
    assert busy.ok("journal", "verify")["ok"] is True


def test_a_customer_in_order_is_not_set_aside(busy: Cli) -> None:
    """A year of ticks of the busy host sets nobody aside."""
    assert busy.ok("tick", "--days", "365")["set_aside"] == []


def test_a_payment_of_a_customer_set_aside_is_left_alone(store: Cli) -> None:
    """Its card has expired; no try fails, and nobody is notified, until the books are fixed."""
    for line in (
        "customer add acme --name Acme --email it@acme.example",
        "method add card acme --token tok_1 --brand Visa --last4 4242 --expires 2026-01",
        "platform add acme-hx --customer acme --offer hosted-exchange",
        "account order acme-hx -y",
        "tick --to 2026-01-31",
    ):
        store.ok(*line.split())
    force(store.store, HARM["balance"])
    assert store("tick").status == 1
    (payment,) = store.ok("payment", "list")["items"]
    assert (payment["status"], payment["tries"]) == ("pending", 0)
    assert rows(store.store, "SELECT kind FROM notice WHERE queued_on = '2026-02-01'") == []


def test_an_order_of_a_customer_set_aside_is_left_alone(busy: Cli) -> None:
    """It is past its validity; it ends on the first tick after the books are fixed."""
    busy.ok("tick", "--to", "2026-02-14")
    order = busy.ok("account", "order", "acme-pro", "--await-payment", "-y")["number"]
    force(busy.store, HARM["balance"])
    ticked = busy("tick", "--to", DAY, "-o", "json").json()
    assert ticked["orders_cancelled"] == 0
    assert busy.ok("order", "show", str(order))["status"] == "not-paid"


def test_of_several_reasons_the_first_is_named(busy: Cli) -> None:
    """A wrong balance comes before a wrong term."""
    force(busy.store, HARM["expiry later"])
    force(busy.store, HARM["balance"])
    (aside,) = busy("tick", "--to", DAY, "-o", "json").json()["set_aside"]
    assert aside == {"customer": "acme", "reason": "the balance is not that of the ledger"}


def test_a_debit_of_a_customer_set_aside_is_not_announced(store: Cli) -> None:
    """One that no notice announces yet waits until the books are fixed; the others' do not."""
    for who, iban in (("acme", "FR7630006000011234567890189"), ("bolt", "BE71096123456769")):
        store.ok("customer", "add", who, "--name", who, "--email", "it@host.example")
        store.ok(
            *("method", "add", "bank", who, "--iban", iban, "--holder", who),
            *("--mandate", f"M-{who}", "--signed", "2025-12-01"),
        )
        store.ok("platform", "add", f"{who}-hx", "--customer", who, "--offer", "hosted-exchange")
        store.ok("account", "order", f"{who}-hx", "-y")
    store.ok("tick", "--to", "2026-01-31")
    force(store.store, "UPDATE payment SET notice_id = NULL")
    force(store.store, HARM["balance"])

    assert store("tick").status == 1

    announced = "SELECT c.slug FROM payment y JOIN customer c ON c.id = y.customer_id {} ORDER BY 1"
    assert rows(store.store, announced.format("WHERE y.notice_id IS NULL")) == [("acme",)]
    assert "acme" not in {
        row["customer"] for row in store.ok("notice", "list", "--since", "2026-02-01")["items"]
    }
