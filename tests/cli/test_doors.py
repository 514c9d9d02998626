"""What closes can be opened again; what closes, or writes to a customer at once, asks before."""

from __future__ import annotations

from shlex import split

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli, contents

ASKING = {
    "customer close gone": "Close the customer gone (Gone)? [y/N]",
    "offer close email-pro": "Close the offer email-pro to new platforms? [y/N]",
    "platform delete acme-hx": "Send the token that deletes acme-hx? [y/N]",
}


@pytest.fixture
def leaving(busy: Cli) -> Cli:
    """The busy host, with a customer `gone` who has nothing."""
    busy.ok("customer", "add", "gone", "--name", "Gone", "--email", "it@gone.example")
    return busy


@pytest.mark.parametrize("command", ASKING)
def test_it_shows_what_it_will_do_and_asks(leaving: Cli, command: str) -> None:
    """No is nothing done; in a script it takes --yes."""
    before = contents(leaving.store)

    script = leaving(*split(command), "--json")
    no = on_terminal(leaving.store, *split(command), answer="n\n", variables={"NO_COLOR": "1"})

    assert (script.status, script.error()["code"]) == (2, "confirmation-needed")
    assert "--yes" in script.error()["hint"]
    assert no.err.startswith(("Nothing more", "Its ", "account  "))
    assert ASKING[command] in no.err
    assert (no.status, no.out) == (1, "")
    assert contents(leaving.store) == before
    assert leaving(*split(command), "--yes").status == 0
    assert contents(leaving.store) != before


def test_closing_an_offer_says_how_many_platforms_go_on(leaving: Cli) -> None:
    """They are not touched."""
    shown = leaving("offer", "close", "hosted-exchange").err
    assert shown.startswith("Its 3 platforms continue; no new one can be added.")
    assert leaving("offer", "close", "retired").out == "The offer retired is closed already.\n"


def test_a_closed_customer_is_reopened(leaving: Cli) -> None:
    """As they were; orders are accepted again, and the journal says both."""
    before = leaving.ok("customer", "show", "gone")
    leaving.ok("customer", "close", "gone", "-y")
    refused = ("platform", "add", "gone-pro", "--customer", "gone", "--offer", "email-pro")
    assert leaving(*refused, "--json").error()["code"] == "customer-closed"

    got = leaving("customer", "reopen", "gone")

    assert got.out == (
        "Reopened the customer gone: orders are accepted again.\n"
        "Undo: mailctl customer close gone --yes\n"
    )
    assert leaving.ok("customer", "show", "gone") == before
    assert leaving(*refused).status == 0
    kinds = [row["kind"] for row in leaving.ok("customer", "history", "gone")["items"]]
    assert kinds[1:3] == ["customer-closed", "customer-reopened"]


def test_who_is_open_stays_open_and_who_was_erased_stays_erased(leaving: Cli) -> None:
    """The first is no error; the second names the reason and what helps."""
    again = leaving("customer", "reopen", "gone")
    assert (again.status, again.out) == (0, "The customer gone is open already.\n")
    assert leaving.ok("customer", "reopen", "gone")["changed"] is False
    leaving.ok("customer", "close", "gone", "-y")
    leaving.ok("customer", "erase", "gone", "--confirm", "gone")

    got = leaving("customer", "reopen", "gone", "--json")

    assert (got.status, got.error()["code"]) == (1, "customer-closed")
    assert "was erased: the personal data are gone" in got.error()["message"]
    assert leaving("customer", "reopen", "gnoe", "--json").error()["code"] == "customer-not-found"


LEFT_OWING = """
customer add left --name Left --email it@left.example
method add card left --token tok_1 --brand Visa --last4 4242 --expires 2028-09
platform add left-priv --customer left --offer private-exchange
account order left-priv a@left.example -y
payment settle 1
platform cancel left-priv -y
tick --to 2026-02-20
customer close left -y
payment return 1 --reason disputed
"""


def test_who_owes_by_now_is_closed_again_only_once_that_is_settled(store: Cli) -> None:
    """The bank took money back after they left: the reopening says what comes first."""
    for line in LEFT_OWING.strip().splitlines():
        store.ok(*split(line))

    got = store("customer", "reopen", "left")

    assert got.out.splitlines()[1:] == [
        "This cannot be undone: a customer is closed once nothing is open.",
        "To see what must be settled first: mailctl customer show left",
    ]


def test_a_closed_offer_takes_platforms_again(leaving: Cli) -> None:
    """And says so; a second time changes nothing."""
    words = ("platform", "add", "gone-old", "--customer", "gone", "--offer", "retired")
    assert leaving(*words, "--json").error()["code"] == "offer-closed"

    assert leaving("offer", "reopen", "retired").out == (
        "Reopened the offer retired: it takes new platforms again.\n"
        "Undo: mailctl offer close retired --yes\n"
    )
    assert leaving(*words).status == 0
    assert leaving("offer", "reopen", "retired").out == "The offer retired is open already.\n"
    assert leaving.ok("journal", "list")["items"][-2]["kind"] == "offer-reopened"


def test_a_reset_on_a_manual_platform_is_not_billed_any_more(busy: Cli) -> None:
    """Nothing renews by itself there, so nothing is still billed."""
    billed = busy("account", "reset", "3", "-y").out
    busy.ok("platform", "renewal", "acme-pro", "--manual", "-y")

    assert "Still billed at the expiry: 3." in billed
    assert "billed" not in busy("account", "reset", "1", "-y").out


DEBIT = """
init --clock 2026-01-01
customer add acme --name Acme --email it@acme.example
method add card acme --token tok_1 --brand Visa --last4 4242 --expires 2028-09
platform add acme-hx --customer acme --offer hosted-exchange
account order acme-hx -y
tick --to 2026-01-05
payment settle 1
tick --to 2026-01-25
"""


def test_what_is_missing_again_was_due_is_due_or_is_collected(cli: Cli) -> None:
    """A day that is past is said as past; what a payment collects is not asked for."""
    for line in DEBIT.strip().splitlines():
        cli.ok(*split(line))

    got = cli("prepaid", "reverse", "acme", "2", "--mistake", "-y").out.splitlines()[0]
    assert got == (
        "Reversed 4.79 EUR of acme. The balance is -4.79 EUR. 4.79 EUR is being collected."
    )
    cli.ok("method", "remove", "1")
    credit = ("prepaid", "credit", "acme", "1", "--received")
    assert "What is still owed is due on 2026-02-01." in cli(*credit).out
    cli.ok("tick", "--to", "2026-02-15")
    assert "What is still owed was due on 2026-02-01." in cli(*credit).out
