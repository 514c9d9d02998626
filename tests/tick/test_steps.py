"""What the steps of one day leave to the next (rules 9, rules 11)."""

from __future__ import annotations

from shlex import split

from tests.helpers import Cli

GIVEN_UP = """
settings set retention-days 40
customer add acme --name Acme --email it@acme.example
platform add acme-pro --customer acme --offer email-pro
prepaid credit acme 1.91 --received
account order acme-pro ben@acme.example -y
method add card acme --token tok_1 --brand Visa --last4 4242 --expires 2028-09
account order acme-pro anna@acme.example -y
account renew anna@acme.example --mode none -y
payment fail 1 --reason no
tick
payment fail 1 --reason no
tick --days 2
payment fail 1 --reason no
tick --days 2
payment fail 1 --reason no
tick --to 2026-01-31
"""


def test_an_account_that_a_new_payment_frees_is_not_suspended_on_the_same_day(store: Cli) -> None:
    """anna is suspended for debt. On the day of her end ben's renewal is collected by card.

    That payment covers anna's invoice: she works again, and has the day to be extended.
    """
    for line in GIVEN_UP.strip().splitlines():
        store.ok(*split(line))
    assert store.ok("account", "show", "anna@acme.example")["suspended_for"] == "debt"
    ticked = store.ok("tick")
    assert (ticked["reopened"], ticked["suspended_expired"]) == (1, 0)
    anna = store.ok("account", "show", "anna@acme.example")
    assert (anna["state"], anna["expires_on"]) == ("active", "2026-02-01")
    assert store.ok("tick")["suspended_expired"] == 1
