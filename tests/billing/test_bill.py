"""Terms become invoices: one a customer, priced by each term's first day, taxed once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mailctl.store.engine.stores import store_at
from mailctl.tick.counts import Counts
from mailctl.tick.day import process
from tests.helpers import Cli
from tests.store.plain import rows


@pytest.fixture
def acme(store: Cli) -> Cli:
    """acme, with three monthly mailboxes on two platforms, all of which renew on 2026-02-01."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("prepaid", "credit", "acme", "100")
    for name, offer in (("acme-hx", "hosted-exchange"), ("acme-pro", "email-pro")):
        store.ok("platform", "add", name, "--customer", "acme", "--offer", offer)
    store.ok("account", "order", "acme-hx", "--count", "2", "-y")
    store.ok("account", "order", "acme-pro", "-y")
    return store


def newest(cli: Cli) -> dict[str, Any]:
    """The newest invoice, whole."""
    found: dict[str, Any] = cli.ok(
        "invoice", "show", cli.ok("invoice", "list")["items"][-1]["number"]
    )
    return found


def test_a_customer_gets_one_invoice_a_day_over_all_platforms(acme: Cli) -> None:
    """Three renewals of one day are three lines of one invoice."""
    before = acme.ok("prepaid", "show", "acme")["balance_cents"]
    acme.ok("tick", "--to", "2026-02-01")
    invoice = newest(acme)
    assert (invoice["issued_on"], [line["account"] for line in invoice["lines"]]) == (
        "2026-02-01",
        [1, 2, 3],
    )
    after = acme.ok("prepaid", "show", "acme")["balance_cents"]
    assert before - after == invoice["total_cents"]


def test_tax_is_rounded_once_on_the_sum(acme: Cli) -> None:
    """Three lines of 0.99 at 20 % have 0.59 of tax, not three times 0.20."""
    for offer in ("hosted-exchange", "email-pro"):
        acme.ok("offer", "price", offer, "monthly", "0.99", "--from", "2026-02-01")
    acme.ok("tick", "--to", "2026-02-01")
    invoice = newest(acme)
    assert (invoice["net_cents"], invoice["tax_cents"], invoice["total_cents"]) == (297, 59, 356)


def test_each_missed_term_has_the_price_of_its_first_day(acme: Cli) -> None:
    """A step that is a month late bills both, one at the old price and one at the new."""
    for price, day in (("0.99", "2026-02-01"), ("1.99", "2026-03-01")):
        acme.ok("offer", "price", "email-pro", "monthly", price, "--from", day)
    with store_at(acme.store).write("tick") as transaction:
        transaction.today = date(2026, 3, 1)
        process(transaction, Counts(), last=date(2026, 1, 1), aside={})
    billed = rows(
        acme.store,
        "SELECT period_start_on, unit_cents FROM invoice_line WHERE account_id = 3 ORDER BY 1",
    )
    assert billed[1:] == [("2026-02-01", 99), ("2026-03-01", 199)]


def test_a_customer_who_falls_below_the_alert_is_notified_once(acme: Cli) -> None:
    """By the renewal that crosses it, and not by the next one."""
    left = acme.ok("prepaid", "show", "acme")["balance_cents"]
    acme.ok("prepaid", "alert", "acme", str(left // 100))
    acme.ok("tick", "--to", "2026-03-01")
    queued = acme.ok("notice", "list")["items"]
    low = [item["queued_on"] for item in queued if item["kind"] == "balance-low"]
    assert low == ["2026-02-01"]


def test_a_balance_that_was_just_at_the_alert_has_fallen_below_it(store: Cli) -> None:
    """At 20.00 nobody is warned of 20; the invoice that follows takes it below."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("prepaid", "credit", "acme", "20")
    store.ok("prepaid", "alert", "acme", "20")
    low = ("notice", "list", "--kind", "balance-low")
    assert store.ok(*low)["items"] == []
    store.ok("account", "order", "acme-pro", "-y")
    assert len(store.ok(*low)["items"]) == 1
