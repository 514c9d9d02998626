"""`advise` on balances and debts: to the cent, and on the day."""

from __future__ import annotations

from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.helpers import Cli
from tests.insight.advised import COLLECTED, SHORT, UNPAID, codes, found, play

COMING = """
offer price email-pro monthly 1.11 --from 2026-02-10
settings set minimum-credit 0.01
settings set payment-days 90
settings set retention-days 40
customer add home --name Home --email it@home.example
customer add away --name Away --email it@away.example --country DE
customer add firm --name Firm --email it@firm.example --country DE --vat-number DE136695976
customer add far --name Far --email it@far.example --country CH
customer add dual --name Dual --email it@dual.example --country BE
customer add owes --name Owes --email it@owes.example --payment-days 7
offer price email-pro monthly 0.33 --customer dual
"""
CUSTOMERS = ("home", "away", "firm", "far", "dual", "owes")


@pytest.mark.parametrize("today", ["2026-01-31", "2026-02-02"])
def test_what_is_missing_is_what_the_next_30_days_bill(store: Cli, today: str) -> None:
    """To the cent: with tax, prices that change, prices of one's own, and two terms of one account.

    Each customer pays what advise says, and 30 days later nothing is left and nothing is missing.
    Of 31 January accounts renew on 1 February and 1 March: 30 days end on 2 March. On 2 February
    those that are suspended for a debt are billed a term that they missed, the day after.
    """
    play(store, COMING)
    for name in CUSTOMERS:
        play(
            store,
            f"platform add {name}-pro --customer {name} --offer email-pro\n"
            f"platform add {name}-priv --customer {name} --offer private-exchange\n"
            f"account order {name}-pro --count 3 --period monthly -y\n"
            f"account order {name}-priv -y",
        )
    play(store, f"tick --to 2026-01-29\naccount order home-pro --count 2 -y\ntick --to {today}")
    for name in CUSTOMERS[:-1]:
        debt = -store.ok("prepaid", "show", name)["balance_cents"]
        play(store, f"prepaid credit {name} {debt // 100}.{debt % 100:02}")
    short = [one for one in store.ok("advise")["items"] if one["code"] == "balance-short"]
    assert {one["customer"]: one["due_on"] for one in short} == dict.fromkeys(
        CUSTOMERS, "2026-02-01" if today == "2026-01-31" else "2026-03-01"
    ) | {"owes": "2026-02-01" if today == "2026-01-31" else "2026-02-03"} | (
        {} if today == "2026-01-31" else {"home": "2026-02-28"}
    )

    for one in short:
        play(store, one["command"].removeprefix("mailctl "))
    assert [code for code in codes(store) if code in ("debt", "balance-short")] == []
    play(store, "tick --days 30")

    balances = {name: store.ok("prepaid", "show", name)["balance_cents"] for name in CUSTOMERS}
    assert balances == dict.fromkeys(CUSTOMERS, 0)


def test_what_todays_tick_will_bill_yet_is_counted(cli: Cli) -> None:
    """On a wall clock, on the morning of a renewal."""
    with freeze_time("2026-01-01 10:00"):
        cli.ok("init", "--timezone", "UTC")
        play(
            cli,
            "customer add acme --name Acme --email it@acme.example\n"
            "platform add pro --customer acme --offer email-pro\naccount order pro -y\n"
            "prepaid credit acme 10\nprepaid refund acme 8.09 --reason moved -y",
        )

    with freeze_time("2026-02-01 10:00"):
        (short,) = (one for one in cli.ok("advise")["items"] if one["code"] == "balance-short")
        assert short["due_on"] == "2026-02-01"
        assert short["message"] == (
            "acme will run short on 2026-02-01: it has 0.00 EUR, and 3.82 EUR will be billed by "
            "2026-03-03. To cover that, 3.82 EUR is needed. Once it has arrived:"
        )


def test_money_that_comes_otherwise_ends_what_nobody_was_asked_for(well: Cli) -> None:
    """The payment that waits to be exported is cancelled then: what it would bring is asked for."""
    play(
        well,
        f"{SHORT}\nplatform add hx --customer acme --offer hosted-exchange\n"
        "account order hx -y\nmethod add card acme --token t --brand Visa --last4 4242 "
        "--expires 2026-01 --default\ntick --to 2026-02-02\nquiet",
    )
    (short,) = (one for one in well.ok("advise")["items"] if one["code"] == "balance-short")
    assert short["message"] == (
        "acme is already 10.80 EUR short, and 6.00 EUR will be billed by 2026-03-04. To cover "
        "that, 16.80 EUR is needed. Once it has arrived:"
    )

    play(well, short["command"].removeprefix("mailctl "))

    assert "balance-short" not in codes(well)


def test_a_debt_is_due_with_what_no_payment_covers(well: Cli) -> None:
    """The older invoice is being collected: the newer one says when accounts are suspended."""
    play(
        well,
        f"{COLLECTED}\npayment export --kind paypal --format csv --to a.csv\nmethod remove 1\n"
        "tick --to 2026-01-03\naccount order pro cleo@acme.example -y\nquiet",
    )

    (debt,) = (one for one in well.ok("advise")["items"] if one["code"] == "debt")

    assert (debt["due_on"], debt["severity"]) == ("2026-01-10", "info")
    assert debt["message"] == (
        "acme owes 2.40 EUR, payable by 2026-01-10 (in 7 days); after that, what is unpaid is "
        "suspended. Once the money has arrived:"
    )


@pytest.mark.parametrize(
    ("done", "said", "due_on", "severity"),
    [
        (
            "prepaid grace acme --until 2026-01-20 --reason asked",
            (
                "acme owes 1.20 EUR, with a grace until 2026-01-20 (in 19 days); after that, what "
                "is unpaid is suspended. Once the money has arrived:"
            ),
            "2026-01-20",
            "info",
        ),
        (
            "tick --to 2026-01-07",
            (
                "acme owes 1.20 EUR, payable by 2026-01-08 (tomorrow); after that, what is unpaid "
                "is suspended. Once the money has arrived:"
            ),
            "2026-01-08",
            "urgent",
        ),
        (
            "tick --to 2026-01-09",
            (
                "acme owes 1.20 EUR; 1 account is suspended for it and will be deleted on "
                "2026-01-23, in 14 days. Once the money has arrived:"
            ),
            "2026-01-23",
            "urgent",
        ),
    ],
)
def test_a_debt_says_what_follows_and_when(
    well: Cli, done: str, said: str, due_on: str, severity: str
) -> None:
    """With a grace, and once accounts are suspended."""
    play(well, f"{UNPAID}\n{done}")

    (debt,) = (one for one in well.ok("advise")["items"] if one["code"] == "debt")

    assert (debt["message"], debt["due_on"], debt["severity"]) == (said, due_on, severity)


@pytest.mark.parametrize(
    ("until", "when"),
    [
        ("2026-12-31", "overdue since 2026-01-08 (357 days ago)"),
        ("2026-01-07", "payable by 2026-01-08 (tomorrow)"),
    ],
)
def test_a_debt_of_accounts_that_are_gone_suspends_nobody(well: Cli, until: str, when: str) -> None:
    """The account was deleted on the day of its order: nothing follows from the debt."""
    play(
        well,
        "customer add bolt --name Bolt --email it@bolt.example\n"
        "platform add bolt-priv --customer bolt --offer private-exchange\n"
        "account order bolt-priv --count 1 -y\naccount delete 2 -y\n"
        f"tick --to {until}",
    )

    (debt,) = (one for one in well.ok("advise", "bolt")["items"] if one["code"] == "debt")

    assert debt["message"] == (
        f"bolt owes 3.60 EUR, {when}; no account is left to suspend for it. Once the money has "
        "arrived:"
    )
    assert (debt["due_on"], debt["severity"]) == (None, "warning")


def test_a_debt_suspends_the_accounts_on_it_and_no_others(well: Cli) -> None:
    """The account of the debt is gone, the one that was paid before is not suspended for it."""
    play(
        well,
        "customer add bolt --name Bolt --email it@bolt.example\n"
        "platform add bolt-priv --customer bolt --offer private-exchange\n"
        "prepaid credit bolt 10.80\naccount order bolt-priv --count 3 -y\n"
        "account order bolt-priv --count 1 -y\naccount delete 5 -y\ntick --to 2026-01-20",
    )

    (debt,) = (one for one in well.ok("advise", "bolt")["items"] if one["code"] == "debt")

    assert debt["message"].startswith("bolt owes 3.60 EUR, overdue since 2026-01-08 (12 days ago)")
    states = [one["state"] for one in well.ok("account", "list", "--customer", "bolt")["items"]]
    assert states == ["active", "active", "active"]


def test_an_imported_debt_has_no_due_date(well: Cli, tmp_path: Path) -> None:
    """Nobody is suspended for it."""
    (tmp_path / "customers.csv").write_text(
        "id,name,email,balance_cents\nold,Old,it@old.example,-700\n"
    )
    play(well, "import customers customers.csv -y")

    (debt,) = (one for one in well.ok("advise", "old")["items"] if one["code"] == "debt")

    assert (debt["severity"], debt["due_on"]) == ("warning", None)
    assert debt["message"].startswith("old owes 7.00 EUR, with no due date; nothing is suspended")


def test_nothing_is_advised_that_an_overdue_invoice_forbids(well: Cli) -> None:
    """No account can be extended or reopened then: the debt comes first.

    A platform may renew by itself again all the same.
    """
    play(
        well,
        "settings set retention-days 60\naccount order pro cleo@acme.example -y\n"
        "account renew 1 --mode none -y\nplatform renewal pro --manual -y\nmethod remove 1\n"
        "prepaid refund acme 497.60 --reason moved -y\n"
        "platform add hx --customer acme --offer hosted-exchange\n"
        "account order hx ben@acme.example -y\ntick --to 2026-01-20\nquiet",
    )
    manual = "info extension-needed mailctl platform renewal pro --automatic --yes"
    assert [line for line in found(well) if "extension" in line] == [manual]
    play(well, "tick --to 2026-02-02\nquiet")
    assert "account-suspended" not in codes(well)

    play(well, "prepaid credit acme 10")

    assert codes(well).count("account-suspended") == 2
