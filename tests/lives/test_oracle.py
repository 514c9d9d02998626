"""The oracle itself, against stories worked out by hand: literal dates, literal cents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.lives.oracle import Oracle
from tests.lives.oracle_state import RefusedError


def day(iso: str) -> date:
    return date.fromisoformat(iso)


def host(today: str, credit_cents: int = 10_000, payment_days: int = 7) -> Oracle:
    """One French customer with a platform of each offer; 20 % tax."""
    oracle = Oracle(day(today))
    oracle.add_customer("acme", "FR", payment_days, opening_cents=credit_cents)
    oracle.add_platform("pro", "acme", "email-pro")
    oracle.add_platform("hx", "acme", "hosted-exchange")
    oracle.add_platform("priv", "acme", "private-exchange")
    return oracle


def expiry(oracle: Oracle, number: int) -> str:
    return oracle.accounts[number - 1].expires_on.isoformat()


def refusal(command: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as refused:
        command()
    return refused.value.code


def test_a_monthly_account_of_31_january_ends_on_each_months_last_day_or_31st() -> None:
    oracle = host("2026-01-31")
    oracle.order("pro", ["anna@acme.example"])
    seen = [expiry(oracle, 1)]
    for tick in ("2026-02-28", "2026-03-31", "2026-04-30"):
        oracle.tick_to(day(tick))
        seen.append(expiry(oracle, 1))
    assert seen == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    # 1.59 and 20 % (31.8, so 32 cents) four times.
    assert oracle.customers["acme"].balance == 10_000 - 4 * 191


def test_a_yearly_account_of_29_february_comes_back_to_29_february() -> None:
    oracle = host("2024-02-29")
    oracle.order("pro", ["anna@acme.example"], period="yearly")
    seen = [expiry(oracle, 1)]
    for year in (2025, 2026, 2027):
        oracle.tick_to(date(year, 2, 28))
        seen.append(expiry(oracle, 1))
    assert seen == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_private_account_costs_the_full_month_and_ends_with_its_platforms() -> None:
    oracle = host("2026-01-31")
    oracle.tick_to(day("2026-02-10"))
    oracle.order("priv", ["pia@acme.example"])
    assert (oracle.customers["acme"].balance, expiry(oracle, 1)) == (10_000 - 359, "2026-02-28")
    oracle.tick_to(day("2026-02-28"))
    assert (oracle.customers["acme"].balance, expiry(oracle, 1)) == (10_000 - 718, "2026-03-31")
    oracle.delete(1)
    oracle.tick_to(day("2026-06-30"))
    assert oracle.customers["acme"].balance == 10_000 - 718


def test_a_change_to_yearly_is_billed_at_the_expiry_and_not_before() -> None:
    oracle = host("2026-01-15")
    oracle.order("pro", ["anna@acme.example"])
    oracle.renew([1], "yearly")
    oracle.tick_to(day("2026-02-14"))
    assert (oracle.accounts[0].period, len(oracle.invoices)) == ("monthly", 1)
    oracle.tick_to(day("2026-02-15"))
    assert (oracle.accounts[0].period, expiry(oracle, 1)) == ("yearly", "2027-02-15")
    # 17.88 and 3.576, so 3.58 of tax.
    assert oracle.customers["acme"].balance == 10_000 - 191 - 2146


def test_renewal_none_suspends_on_the_expiry_and_deletes_14_days_later() -> None:
    oracle = host("2026-01-15")
    oracle.order("hx", ["anna@acme.example"])
    oracle.renew([1], "none")
    oracle.tick_to(day("2026-02-15"))
    account = oracle.accounts[0]
    assert (account.state, account.suspended_for) == ("suspended", "expired")
    assert account.deletes_on == day("2026-03-01")
    assert refusal(lambda: oracle.renew([1], "monthly")) == "not-active"
    oracle.tick_to(day("2026-02-28"))
    assert account.state == "suspended"
    oracle.tick_to(day("2026-03-01"))
    assert (account.state, account.deleted_on) == ("deleted", day("2026-03-01"))
    assert len(oracle.invoices) == 1


def test_a_debt_suspends_the_day_after_the_due_date_and_money_lifts_it_at_once() -> None:
    oracle = host("2026-01-01", credit_cents=200)
    oracle.order("priv", ["pia@acme.example"])
    assert oracle.customers["acme"].balance == -159
    assert oracle.snapshot()["customers"] == {
        "acme": {
            "balance_cents": -159,
            "debt_due_on": "2026-01-08",
            "debt_since_on": "2026-01-01",
        }
    }
    account = oracle.accounts[0]
    oracle.tick_to(day("2026-01-08"))
    assert account.state == "active"
    oracle.tick_to(day("2026-01-09"))
    assert (account.suspended_for, account.deletes_on) == ("debt", day("2026-01-23"))
    assert refusal(lambda: oracle.order("pro", count=1)) == "customer-in-debt"
    assert refusal(lambda: oracle.credit("acme", 158)) == "amount-too-small"
    oracle.credit("acme", 159)
    assert (account.state, account.suspended_for, account.deletes_on) == ("active", None, None)
    assert oracle.invoices[0].paid_on == day("2026-01-09")


def test_what_fell_due_during_a_debt_is_billed_from_the_old_expiry_at_the_next_tick() -> None:
    oracle = host("2026-01-01", credit_cents=0)
    oracle.set_retention(30)
    oracle.order("hx", ["hugo@acme.example"])
    oracle.tick_to(day("2026-02-03"))
    assert (expiry(oracle, 1), oracle.accounts[0].suspended_for) == ("2026-02-01", "debt")
    oracle.credit("acme", 2000)
    assert (expiry(oracle, 1), len(oracle.invoices)) == ("2026-02-01", 1)
    oracle.tick_to(day("2026-02-04"))
    invoice = oracle.invoices[1]
    assert (invoice.issued_on, invoice.due_on) == (day("2026-02-04"), day("2026-02-11"))
    assert invoice.lines == [(1, "hugo@acme.example", day("2026-02-01"), day("2026-03-01"), 399)]
    # 3.99 and 0.798, so 0.80 of tax, twice.
    assert oracle.customers["acme"].balance == 2000 - 2 * 479


def test_a_debt_that_nobody_pays_deletes_the_accounts_on_its_invoice_alone() -> None:
    oracle = host("2026-01-01", credit_cents=0)
    oracle.set_retention(3)
    oracle.order("pro", ["anna@acme.example"])
    oracle.tick_to(day("2026-01-05"))
    oracle.order("pro", ["ben@acme.example"], period="yearly")
    oracle.tick_to(day("2026-01-12"))
    # Seven days at least: suspended on the 9th, deleted on the 16th, though the setting is 3.
    assert [a.state for a in oracle.accounts] == ["suspended", "active"]
    assert oracle.accounts[0].deletes_on == day("2026-01-16")
    oracle.tick_to(day("2026-01-16"))
    assert [a.state for a in oracle.accounts] == ["deleted", "suspended"]
    assert oracle.snapshot()["customers"]["acme"] == {
        "balance_cents": -191 - 2146,
        "debt_due_on": "2026-01-08",
        "debt_since_on": "2026-01-01",
    }


def test_money_settles_the_oldest_invoice_first() -> None:
    oracle = host("2026-01-01", credit_cents=0, payment_days=30)
    oracle.order("priv", count=3)
    oracle.order("priv", count=1)
    oracle.tick_to(day("2026-01-10"))
    oracle.credit("acme", 1200)
    # 8.97 and 1.794, so 1.79 of tax: 10.76; then 3.59, of which 1.24 are there.
    assert [(i.net + i.tax, i.open_cents) for i in oracle.invoices] == [(1076, 0), (359, 235)]
    assert [i.paid_on for i in oracle.invoices] == [day("2026-01-10"), None]


def test_a_cancelled_platform_ends_account_by_account_and_then_closes() -> None:
    oracle = host("2026-01-10")
    oracle.order("pro", ["anna@acme.example"])
    oracle.tick_to(day("2026-01-20"))
    oracle.order("pro", ["ben@acme.example"])
    oracle.cancel("pro")
    assert refusal(lambda: oracle.order("pro", count=1)) == "platform-cancelled"
    assert refusal(lambda: oracle.renew([1], "monthly")) == "platform-cancelled"
    oracle.tick_to(day("2026-02-20"))
    assert [str(a.suspended_on) for a in oracle.accounts] == ["2026-02-10", "2026-02-20"]
    oracle.tick_to(day("2026-03-05"))
    assert oracle.platforms["pro"].state == "cancelled"
    oracle.tick_to(day("2026-03-06"))
    assert oracle.platforms["pro"].closed_on == day("2026-03-06")
    assert refusal(lambda: oracle.resume("pro")) == "platform-closed"


def test_a_resumed_platform_gives_each_account_its_own_renewal_back() -> None:
    oracle = host("2026-01-10")
    oracle.order("pro", count=3)
    oracle.renew([2], "yearly")
    oracle.renew([3], "none")
    oracle.order("pro", count=1, period="yearly")
    oracle.cancel("pro")
    assert [a.renewal for a in oracle.accounts] == ["none"] * 4
    oracle.tick_to(day("2026-02-10"))
    oracle.resume("pro")
    assert [a.renewal for a in oracle.accounts] == ["monthly", "yearly", "none", "yearly"]
    assert [a.state for a in oracle.accounts] == ["suspended"] * 3 + ["active"]
    oracle.tick_to(day("2026-02-24"))
    assert [a.state for a in oracle.accounts] == ["deleted"] * 3 + ["active"]


def test_a_late_step_bills_missed_terms_in_one_invoice_and_shortens_no_grace() -> None:
    oracle = host("2026-01-15")
    oracle.order("pro", ["anna@acme.example"])
    oracle.order("hx", ["hugo@acme.example"])
    oracle.renew([2], "none")
    oracle.set_price("email-pro", "monthly", 200, day("2026-03-01"))
    oracle.wall_tick(day("2026-03-20"))
    invoice = oracle.invoices[-1]
    assert [line[2:] for line in invoice.lines] == [
        (day("2026-02-15"), day("2026-03-15"), 159),
        (day("2026-03-15"), day("2026-04-15"), 200),
    ]
    assert (invoice.net, invoice.tax, str(invoice.due_on)) == (359, 72, "2026-03-27")
    assert str(oracle.accounts[1].deletes_on) == "2026-04-03"


def test_a_domain_stays_with_its_first_customer_until_it_is_moved() -> None:
    oracle = host("2026-01-15")
    oracle.add_customer("bolt", "DE", opening_cents=1000)
    oracle.add_platform("bolt-pro", "bolt", "email-pro")
    oracle.order("pro", ["Anna@Acme.example"])
    assert oracle.accounts[0].address == "anna@acme.example"
    assert refusal(lambda: oracle.order("bolt-pro", ["new@acme.example"])) == "domain-taken"
    assert refusal(lambda: oracle.order("pro", ["anna@ACME.example"])) == "address-taken"
    assert refusal(lambda: oracle.move_domain("acme.example", "bolt")) == "domain-taken"
    oracle.reset(1)
    assert refusal(lambda: oracle.order("bolt-pro", ["new@acme.example"])) == "domain-taken"
    oracle.move_domain("acme.example", "bolt")
    oracle.order("bolt-pro", ["anna@acme.example"])
    assert refusal(lambda: oracle.configure(1, "anna@acme.example")) == "domain-taken"
    # A blank account goes on: 1.59 in France at 20 %, 1.59 in Germany at 19 % (30.21, so 30).
    oracle.tick_to(day("2026-02-15"))
    balances = [customer.balance for customer in oracle.customers.values()]
    assert balances == [10_000 - 2 * 191, 1000 - 2 * 189]


def test_a_term_costs_the_customers_own_price_of_the_day_on_which_it_starts() -> None:
    oracle = host("2026-01-15")
    oracle.add_offer("budget", like="email-pro")
    assert oracle.price("budget", "acme", "monthly", day("2026-01-15")) == 159
    oracle.set_price("budget", "monthly", 120, day("2026-03-01"))
    oracle.set_price("budget", "monthly", 130, day("2026-03-01"))
    oracle.set_price("email-pro", "monthly", 100, day("2026-02-01"), customer="acme")
    days = ("2026-01-31", "2026-02-01", "2026-03-01")
    assert [oracle.price("email-pro", "acme", "monthly", day(d)) for d in days] == [159, 100, 100]
    assert [oracle.price("email-pro", "bolt", "monthly", day(d)) for d in days] == [159, 159, 159]
    assert [oracle.price("budget", "bolt", "monthly", day(d)) for d in days] == [159, 159, 130]


def test_tax_is_the_rate_of_the_invoices_day_rounded_half_up_once() -> None:
    oracle = host("2026-01-15")
    oracle.set_rate("FR", 550, day("2026-02-15"))
    oracle.set_price("email-pro", "monthly", 100, day("2026-02-15"))
    oracle.order("pro", ["anna@acme.example"])
    oracle.wall_tick(day("2026-02-15"))
    # 5.5 % of 100 is 5.5, so 6 cents.
    assert [(i.net, i.tax) for i in oracle.invoices] == [(159, 32), (100, 6)]


def test_invoices_are_numbered_by_year_in_the_order_of_the_customers() -> None:
    oracle = host("2026-12-15")
    oracle.add_customer("bolt", "CH", opening_cents=-500)
    oracle.add_platform("bolt-pro", "bolt", "email-pro")
    oracle.order("bolt-pro", count=1)
    oracle.order("pro", count=1)
    oracle.tick_to(day("2027-01-15"))
    assert [(i.number, i.customer.id, i.open_cents) for i in oracle.invoices] == [
        ("2026-000001", "bolt", 159),
        ("2026-000002", "acme", 0),
        ("2027-000001", "acme", 0),
    ]
    assert oracle.customers["bolt"].ledger == [
        (day("2026-12-15"), "reversal", -500, 0, -500, None),
        (day("2026-12-15"), "charge", -159, -500, -659, "2026-000001"),
    ]


def test_ticking_in_pieces_is_ticking_at_once_and_never_backwards() -> None:
    whole, pieces = host("2026-01-29"), host("2026-01-29")
    for oracle in (whole, pieces):
        oracle.order("pro", count=2)
        oracle.order("priv", count=1)
        oracle.renew([2], "none")
    whole.tick_to(day("2027-03-03"))
    pieces.tick_to(day("2026-02-28"))
    pieces.tick_to(day("2027-03-03"))
    assert pieces.snapshot() == whole.snapshot()
    assert refusal(lambda: whole.tick_to(day("2027-03-02"))) == "clock-backwards"
