"""The busy host of the fixtures is what its description says."""

from __future__ import annotations

from tests.helpers import Cli


def test_the_busy_hosts_accounts_are_as_described(busy: Cli) -> None:
    """Every account's state, reason, renewal and expiry on 2026-02-05."""
    keys = ("id", "address", "platform", "state", "suspended_for", "renewal", "expires_on")
    listed = busy.ok("account", "list", "--state", "all")["items"]
    assert [tuple(row[key] for key in keys) for row in listed] == [
        (1, "anna@acme.example", "acme-pro", "active", None, "monthly", "2026-03-01"),
        (2, None, "acme-pro", "active", None, "monthly", "2026-03-01"),
        (3, "hugo@acme.example", "acme-hx", "active", None, "monthly", "2026-03-01"),
        (4, "pia@acme.example", "acme-priv", "active", None, "monthly", "2026-03-01"),
        (5, "otto@acme.example", "acme-old", "suspended", "expired", "none", "2026-02-01"),
        (6, "ben@bolt.example", "bolt-hx", "active", None, "monthly", "2026-03-01"),
        (7, "susi@acme.example", "acme-hx", "suspended", "expired", "none", "2026-02-01"),
        (8, "dora@acme.example", "acme-priv", "deleted", None, "monthly", "2026-02-01"),
        (9, "sam@slow.example", "slow-pro", "active", None, "monthly", "2026-02-04"),
        (10, "lea@late.example", "late-pro", "suspended", "debt", "monthly", "2026-02-25"),
    ]


def test_the_busy_hosts_balances_are_as_described(busy: Cli) -> None:
    """acme 500.00 less 25.37 of orders and 12.19 of renewals; bolt 100.00 less two of 4.75."""
    listed = busy.ok("customer", "list")["items"]
    assert [(row["id"], row["balance_cents"], row["debt_due_on"]) for row in listed] == [
        ("acme", 46_244, None),
        ("bolt", 9_050, None),
        ("late", -191, "2026-02-01"),
        ("slow", 809, None),
    ]


def test_the_busy_hosts_status_counts_them(busy: Cli) -> None:
    """Six active accounts, three suspended, one debtor of 1.91."""
    status = busy.ok("status")
    keys = ("clock_on", "clock", "last_tick_on", "accounts_active", "accounts_suspended")
    assert [status[key] for key in (*keys, "customers", "debtors", "debt_cents")] == [
        "2026-02-05",
        "manual",
        "2026-02-05",
        6,
        3,
        4,
        1,
        191,
    ]


def test_the_busy_host_goes_on(busy: Cli) -> None:
    """The next day bills sam's missed term; on the 15th otto and susi go, and acme-old closes."""
    next_day = busy.ok("tick")
    assert (next_day["renewed"], next_day["billed_cents"]) == (1, 191)
    assert busy.ok("account", "show", "sam@slow.example")["expires_on"] == "2026-03-04"
    later = busy.ok("tick", "--to", "2026-02-15")
    assert (later["deleted"], later["platforms_closed"]) == (2, 1)
    assert busy.ok("platform", "show", "acme-old")["state"] == "closed"
