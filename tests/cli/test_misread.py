"""A word in the wrong place: the message says how it was read, and what was probably meant."""

from __future__ import annotations

import pytest

from tests.helpers import Cli, contents


@pytest.mark.parametrize(
    ("command", "message", "hint"),
    [
        (
            "offer price private-exchange 5",
            "private-exchange has only the monthly period",
            "mailctl offer price private-exchange monthly 5.00",
        ),
        (
            "offer price private-exchange yearly 5",
            "private-exchange has the monthly period alone",
            "mailctl offer price private-exchange monthly 5.00",
        ),
        (
            "offer price email-pro 5",
            "the period is missing before the amount: email-pro has monthly and yearly",
            "mailctl offer price email-pro monthly 5.00",
        ),
        (
            "offer price email-pro 5 monthly",
            "AMOUNT: 'monthly' is not an amount",
            "the order is: mailctl offer price OFFER PERIOD [AMOUNT]",
        ),
        (
            "offer price email-pro yearly 5 --until 2026-12-31",
            "--until is for one customer's own price",
            "--customer CUSTOMER",
        ),
        (
            "offer price email-pro yearly 5 --customer acme --remove",
            "--remove takes neither an amount nor days",
            "mailctl offer price email-pro yearly --customer acme --remove",
        ),
        ("offer price email-pro yearly", "the amount is missing", "mailctl offer price email-pro"),
        ("tax set 20 FR", "RATE: 'FR' is not a tax rate", "mailctl tax set COUNTRY RATE"),
        ("prepaid credit 10", "AMOUNT is missing (CUSTOMER is '10')", "CUSTOMER AMOUNT"),
        ("account extend 1 3", "a word too many: 3; did you mean --terms 3?", "--help"),
        ("account reopen 7 monthly", "did you mean --mode monthly?", "--help"),
        ("tick 2026-03-01", "did you mean --to 2026-03-01?", "--help"),
        ("tick 5", "did you mean --days 5?", "--help"),
        ("forecast 3", "did you mean --months 3?", "--help"),
        ("report vat 2026Q1", "did you mean --quarter 2026Q1?", "--help"),
        ("platform renewal acme-pro manual", "did you mean --manual?", "--help"),
        ("account order acme-pro 5", "'5' is not a mailbox address", "acme-pro --count 5"),
        ("account order acme-pro yearly", "'yearly' is not a mailbox", "acme-pro --period yearly"),
        ("account order a@acme.example", "there is no platform", "PLATFORM a@acme.example"),
        ("account renew 1 yearly", "yearly is no account", "mailctl account renew 1 --mode yearly"),
        ("domain move acme acme.example", "'acme' is not a mail domain", "mailctl domain move"),
    ],
)
def test_a_word_in_the_wrong_place_is_distinguished_from_a_missing_one(
    busy: Cli, command: str, message: str, hint: str
) -> None:
    """And nothing is done."""
    before = contents(busy.store)

    error = busy(*command.split(), "-o", "json").error()

    assert message in error["message"]
    assert hint in error["hint"]
    assert contents(busy.store) == before


def test_the_periods_of_an_offer_of_ones_own_are_known(busy: Cli) -> None:
    """One that is like private-exchange has its one period."""
    busy.ok("offer", "add", "mine", "--like", "private-exchange")

    error = busy("offer", "price", "mine", "5", "-o", "json").error()

    assert "mine has only the monthly period" in error["message"]
