"""A yearly renewal that was announced costs what the customer was told last.

email-pro is 17.88 a year, net; with 20 % tax 21.46. acme renews on 2027-01-05 and is told of it on
2026-11-26 and 2026-12-21; the 15th day before it is 2026-12-21.
"""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.notices.letters import last_of, letter, plain, run

ACME = """
init --clock 2026-01-05 --seller-name X
customer add acme --name Acme --email a@acme.example --country FR --language en
prepaid credit acme 200
platform add p --customer acme --offer email-pro
account order p a@acme.example --period yearly -y
"""
RISE = "offer price email-pro yearly 30"
RENEWAL = "2027-01-05"


def queued_on(cli: Cli, kind: str) -> list[str]:
    """The days on which notices of a kind were queued."""
    return [item["queued_on"] for item in cli.ok("notice", "list", "--kind", kind)["items"]]


def says(cli: Cli, kind: str) -> str:
    """The last letter of a kind, on one line."""
    return " ".join(plain(letter(cli, last_of(cli, kind)).text).split())


def billed(cli: Cli) -> int:
    """Net cents of what the renewal is billed."""
    cli.ok("tick", "--to", RENEWAL)
    (*_, last) = cli.ok("invoice", "list")["items"]
    assert last["issued_on"] == RENEWAL
    return int(last["net_cents"])


def foreseen(cli: Cli) -> list[int]:
    """What is foreseen in each place that says it, in net cents: forecast, balance, explanation."""
    months = cli.ok("forecast", "--until", RENEWAL)["months"]
    text = cli("account", "explain", "1", "--color", "never").out
    words = " ".join(text.split())
    renews = words.partition("Renews yearly")[2].partition("EUR net")[0].rpartition(": ")[2]
    letters = says(cli, "renewal-coming").partition("1 year: €")[2].partition(" ")[0]
    return [
        sum(month["net_cents"] for month in months),
        round(float(renews) * 100),
        round(float(letters) * 100),
    ]


def test_a_rise_fifteen_days_before_is_announced_with_its_amount_and_billed(cli: Cli) -> None:
    """In good time: the customer hears the new price, and pays it."""
    run(cli, ACME + "tick --to 2026-12-21\n" + RISE)

    assert queued_on(cli, "price-changed") == ["2026-12-21"]
    said = says(cli, "price-changed")
    assert "has changed. Below is what it will cost now." in said
    assert "1 × E-mail Pro, 1 year: €30.00" in said
    assert "Billed in total by 5 January 2027, VAT included: €36.00" in said
    assert foreseen(cli) == [3000, 3000, 3000]
    assert billed(cli) == 3000


def test_a_rise_that_comes_later_does_not_apply_to_the_announced_term(cli: Cli) -> None:
    """Fourteen days before, for 17.88 that was announced: 17.88 is what everything says."""
    run(cli, ACME + "tick --to 2026-12-22\n" + RISE)

    assert queued_on(cli, "price-changed") == []
    assert foreseen(cli) == [1788, 1788, 1788]
    # What is to be billed with tax: in the letter, and in the explanation.
    assert "Billed in total by 5 January 2027, VAT included: €21.46" in says(cli, "renewal-coming")
    explained = " ".join(cli("account", "explain", "1").out.split())
    assert "acme's invoice of that day will be 21.46 EUR" in explained
    assert billed(cli) == 1788
    explained = " ".join(cli("invoice", "explain", "2027-000001").out.split())
    assert "17.88 EUR net, the price announced for it: what would raise it was set too late" in (
        explained
    )
    # The next year costs the new price, which is announced with it.
    assert cli.ok("forecast", "--until", "2028-01-05")["months"][-1]["net_cents"] == 3000


def test_what_was_not_announced_rises_whenever_it_is_set(cli: Cli) -> None:
    """Nobody was told of an amount: reminders are off."""
    run(cli, ACME + "settings set renewal-reminder-days ''\ntick --to 2027-01-04\n" + RISE)

    assert billed(cli) == 3000


def test_the_day_of_the_setting_counts_not_the_day_from_which_it_holds(cli: Cli) -> None:
    """Set in November for January, it is in time; set in January, it is not."""
    run(cli, ACME + f"tick --to 2026-11-30\n{RISE} --from 2027-01-01")

    assert queued_on(cli, "price-changed") == ["2026-11-30"]
    assert billed(cli) == 3000


def test_a_price_from_after_the_renewal_changes_nothing_of_it(cli: Cli) -> None:
    """It is for the term after."""
    run(cli, ACME + f"tick --to 2026-12-30\n{RISE} --from 2027-01-06")

    assert queued_on(cli, "price-changed") == []
    assert billed(cli) == 1788


def test_a_lower_price_applies_at_once_and_is_announced(cli: Cli) -> None:
    """On the last day before, too."""
    run(cli, ACME + "tick --to 2027-01-04\noffer price email-pro yearly 10")

    assert queued_on(cli, "price-changed") == ["2027-01-04"]
    assert "1 × E-mail Pro, 1 year: €10.00" in says(cli, "price-changed")
    assert billed(cli) == 1000


def test_after_a_rise_that_came_too_late_a_price_above_the_announced_one_is_still_a_rise(
    cli: Cli,
) -> None:
    """17.88 was told: neither 30 nor 20 applies, 15 does, and 16 after it does not."""
    run(cli, ACME + f"tick --to 2026-12-25\n{RISE}\noffer price email-pro yearly 20")
    assert foreseen(cli) == [1788, 1788, 1788]

    run(cli, "offer price email-pro yearly 15")
    assert foreseen(cli) == [1500, 1500, 1500]

    run(cli, "offer price email-pro yearly 16")
    assert foreseen(cli) == [1500, 1500, 1500]
    assert billed(cli) == 1500
    assert queued_on(cli, "price-changed") == ["2026-12-25"]


@pytest.mark.parametrize(
    ("set_up", "change"),
    [
        ("", "--remove"),
        ("", "10 --until 2027-01-04"),
        ("--until 2027-06-30", "10 --until 2026-12-31"),
    ],
)
def test_the_end_of_a_customers_own_price_is_a_rise(cli: Cli, set_up: str, change: str) -> None:
    """Removed, or given an end, ten days before: the announced 10.00 holds for that term."""
    own = f"offer price email-pro yearly 10 --customer acme {set_up}\n"
    end = f"offer price email-pro yearly {change} --customer acme"
    run(cli, ACME + own + "tick --to 2026-12-26\n" + end)

    assert foreseen(cli) == [1000, 1000, 1000]
    assert queued_on(cli, "price-changed") == []
    assert billed(cli) == 1000


def test_the_end_of_a_customers_own_price_in_time_is_announced(cli: Cli) -> None:
    """A month before: the offer's price is billed, and they know."""
    run(cli, ACME + "offer price email-pro yearly 10 --customer acme\ntick --to 2026-12-05")
    run(cli, "offer price email-pro yearly --customer acme --remove")

    assert "1 × E-mail Pro, 1 year: €17.88" in says(cli, "price-changed")
    assert billed(cli) == 1788


def test_an_offer_like_another_follows_its_price_and_its_customers_are_notified(cli: Cli) -> None:
    """Its price is the other's until it has one of its own."""
    run(cli, ACME.replace("--offer email-pro", "--offer mine").replace(
        "platform add", "offer add mine --like email-pro\nplatform add"
    ) + "tick --to 2026-12-01\n" + RISE)  # fmt: skip

    assert queued_on(cli, "price-changed") == ["2026-12-01"]
    assert billed(cli) == 3000


def test_paying_the_announced_term_in_advance_costs_the_announced_price(cli: Cli) -> None:
    """`account extend` bills the same term; the one after it costs the new price."""
    run(cli, ACME + "tick --to 2026-12-26\n" + RISE)

    order = cli.ok("account", "extend", "1", "--terms", "2", "--yes")

    assert [line["net_cents"] for line in order["lines"]] == [1788, 3000]
    assert cli.ok("store", "check")["items"] == [] or cli("store", "check").status == 0


def test_an_account_set_to_end_meanwhile_keeps_its_announced_price(cli: Cli) -> None:
    """Who could not be told of a rise, and comes back, pays what was announced."""
    run(cli, ACME + "tick --to 2026-12-01\naccount renew 1 --mode none -y\n" + RISE)
    run(cli, "account renew 1 --mode yearly -y")

    assert queued_on(cli, "price-changed") == []
    assert billed(cli) == 1788


def test_one_letter_a_customer_and_the_command_says_how_many(cli: Cli) -> None:
    """Two mailboxes, one letter; the plain answer says what became of them."""
    run(cli, ACME + "account order p b@acme.example --period yearly -y\ntick --to 2026-12-01")

    said = cli(*RISE.split(), "--dry-run").out
    assert (
        "2 announced renewals would cost another amount, and the customers would be notified"
        in said
    )
    said = cli(*RISE.split()).out
    assert "2 announced renewals now cost another amount, and the customers are notified." in said
    assert queued_on(cli, "price-changed") == ["2026-12-01"]
    run(cli, "tick --to 2026-12-25")
    said = cli("offer", "price", "email-pro", "yearly", "40").out
    assert "2 announced renewals keep their price: the rise is set too late for them." in said


def test_what_was_kept_is_in_the_journal(cli: Cli) -> None:
    """Who looks at the account's history sees why it costs less than the offer."""
    run(cli, ACME + f"tick --to 2026-12-25\n{RISE}\noffer price email-pro yearly 15")

    kept, released = cli.ok("account", "history", "1")["items"][-2:]
    assert (kept["kind"], kept["details"]) == ("price-kept", {"cents": 1788, "starts_on": RENEWAL})
    assert (released["kind"], released["details"]) == ("price-released", {"starts_on": RENEWAL})


@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_the_letter_is_out_of_date_once_the_account_will_not_renew(cli: Cli, language: str) -> None:
    """In every language there is one, until the renewal is set to none."""
    run(cli, ACME.replace("--language en", f"--language {language}") + "tick --to 2026-12-01\n")
    run(cli, RISE)
    assert "30" in says(cli, "price-changed")

    run(cli, "account renew 1 --mode none -y")

    number = last_of(cli, "price-changed")
    assert "out of date" in cli("notice", "show", str(number), "-o", "table").out
