"""Terms of an account paid in advance, or missed since its expiry (rules 2, rules 6).

email-pro monthly is 1.59 net, from 2026-04-01 on 2.00.
"""

from __future__ import annotations

import pytest

from mailctl.billing import more_terms
from mailctl.domain.terms import Period
from mailctl.errors import (
    CustomerClosedError,
    MailctlError,
    NoPeriodicityError,
    NotActiveError,
    PlatformCancelledError,
)
from mailctl.store import accounts
from mailctl.store.engine.stores import store_at
from mailctl.store.orders import OrderLine
from tests.helpers import Cli
from tests.ids import account_of
from tests.store.plain import opened

ANN = "ann@acme.example"


@pytest.fixture
def acme(cli: Cli) -> Cli:
    """Ann's monthly mailbox of 31 January, which ends on 28 February; a price of April is set."""
    cli.ok("init", "--clock", "2026-01-31")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    cli.ok("account", "order", "acme-pro", ANN, "-y")
    cli.ok("offer", "price", "email-pro", "monthly", "2.00", "--from", "2026-04-01")
    return cli


def today(cli: Cli, day: str) -> None:
    """Another day comes, of which no step was done."""
    with opened(cli.store) as base:
        base.execute("UPDATE clock SET reached_on = ?", (day,))


def lines(cli: Cli, period: Period = Period.MONTHLY, *, least: int = 1) -> tuple[OrderLine, ...]:
    """What more terms of Ann's would bill."""
    with store_at(cli.store).read() as reader:
        account = accounts.find(reader, f"account/{account_of(cli, ANN)}")
        return more_terms.lines(reader, account, period, least=least)


def terms(found: tuple[OrderLine, ...]) -> list[tuple[str, str, int]]:
    """Each term and its price."""
    return [(str(one.period_start_on), str(one.period_end_on), one.unit_cents) for one in found]


def test_as_many_terms_as_asked_each_at_the_price_of_its_first_day(acme: Cli) -> None:
    """From the expiry, on the anchor day: the end of February, then the 31st and the 30th again."""
    assert terms(lines(acme, least=4)) == [
        ("2026-02-28", "2026-03-31", 159),
        ("2026-03-31", "2026-04-30", 159),
        ("2026-04-30", "2026-05-31", 200),
        ("2026-05-31", "2026-06-30", 200),
    ]


@pytest.mark.parametrize(
    ("day", "number"),
    [("2026-02-27", 1), ("2026-02-28", 1), ("2026-03-30", 1), ("2026-03-31", 2)],
)
def test_the_terms_missed_since_the_expiry_are_paid_until_one_ends_after_today(
    acme: Cli, day: str, number: int
) -> None:
    """On the day on which the next term begins, that one is paid too."""
    today(acme, day)
    assert len(lines(acme)) == number


def test_fewer_terms_than_were_missed_are_not_enough(acme: Cli) -> None:
    today(acme, "2026-04-30")
    assert len(lines(acme, least=2)) == 3


def test_terms_are_of_the_period_that_is_given(acme: Cli) -> None:
    assert terms(lines(acme, Period.YEARLY)) == [("2026-02-28", "2027-02-28", 1788)]


def test_a_line_says_whose_term_it_is(acme: Cli) -> None:
    (line,) = lines(acme)
    assert (line.account_id, line.address, line.period) == (account_of(acme, ANN), ANN, "monthly")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (["customer erased"], CustomerClosedError),
        (["platform cancel acme-pro -y"], PlatformCancelledError),
        (["account renew 1 --mode none -y", "tick --to 2026-02-28"], NotActiveError),
        (["platform add hx --customer acme --offer private-exchange"], NoPeriodicityError),
    ],
    ids=["closed customer", "cancelled platform", "suspended", "private-exchange"],
)
def test_an_account_that_cannot_be_extended_is_refused(
    acme: Cli, changes: list[str], expected: type[MailctlError]
) -> None:
    which = f"account/{account_of(acme, ANN)}"
    for change in changes:
        if change == "customer erased":
            with opened(acme.store) as base:
                base.execute("UPDATE customer SET state = 'closed', closed_on = '2026-01-31'")
        else:
            acme.ok(*change.split())
    if expected is NoPeriodicityError:
        acme.ok("account", "order", "hx", "bob@acme.example", "-y")
        which = f"account/{account_of(acme, 'bob@acme.example')}"
    with store_at(acme.store).read() as reader, pytest.raises(expected):
        more_terms.extension(reader, accounts.find(reader, which), 1)


def test_an_extension_moves_the_expiry_and_leaves_the_renewal_as_it_is(acme: Cli) -> None:
    """Its own term in the history: from which day, until which, by which order."""
    acme.ok("account", "renew", ANN, "--mode", "none", "-y")
    order = acme.ok("account", "extend", ANN, "--terms", "2", "-y")
    ann = acme.ok("account", "show", ANN)
    assert (ann["expires_on"], ann["renewal"], ann["period"]) == ("2026-04-30", "none", "monthly")
    (row,) = [
        one for one in acme.ok("account", "history", ANN)["items"] if one["kind"] == "extended"
    ]
    assert row["details"] == {
        "order": order["number"],
        "terms": 2,
        "was": "2026-02-28",
        "expires_on": "2026-04-30",
    }


def test_what_is_paid_later_has_the_terms_and_prices_of_that_day(acme: Cli) -> None:
    """Meanwhile the tick has renewed the account: the two terms begin where that one ended."""
    order = acme.ok("account", "extend", ANN, "--terms", "2", "--await-payment", "-y")
    today(acme, "2026-02-01")
    acme.ok("account", "extend", ANN, "-y")
    acme.ok("offer", "price", "email-pro", "monthly", "1.59", "--from", "2026-04-01")
    acme.ok("order", "pay", str(order["number"]), "-y")
    assert acme.ok("account", "show", ANN)["expires_on"] == "2026-05-31"


def test_a_reopened_account_is_active_until_the_end_of_the_last_term(acme: Cli) -> None:
    """From the old expiry; its renewal and its period become those that were paid."""
    acme.ok("account", "renew", ANN, "--mode", "none", "-y")
    acme.ok("tick", "--to", "2026-03-05")
    order = acme.ok("account", "reopen", ANN, "--mode", "yearly", "-y")
    ann = acme.ok("account", "show", ANN)
    assert (ann["state"], ann["expires_on"]) == ("active", "2027-02-28")
    assert (ann["renewal"], ann["period"]) == ("yearly", "yearly")
    assert ann["suspended_on"] is None
    (row,) = [
        one for one in acme.ok("account", "history", ANN)["items"] if one["kind"] == "paid-again"
    ]
    assert row["details"] == {
        "order": order["number"],
        "renewal": "yearly",
        "was": "2026-02-28",
        "expires_on": "2027-02-28",
    }
