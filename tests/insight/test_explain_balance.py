"""The balance that an explanation foretells is the one that comes, also where debts suspend.

email-pro is 1.59 net a month and 17.88 a year; with 20 % tax 1.91 and 21.46.
"""

from __future__ import annotations

from tests.helpers import Cli
from tests.insight.advised import play

ACME = """
init --clock 2026-01-01 --seller-name X
customer add acme --name Acme --email a@acme.example --country FR --language en
platform add p --customer acme --offer email-pro
"""


def renewal(cli: Cli, address: str) -> str:
    """What explanations say of an account's next renewal."""
    said = cli.ok("account", "explain", address)["sentences"]
    (text,) = (one["text"] for one in said if "enews" in one["text"])
    return str(text)


def balance(cli: Cli) -> int:
    """The customer's balance in cents."""
    return int(cli.ok("prepaid", "show", "acme")["balance_cents"])


def test_what_a_paid_debt_reopens_renews_too(cli: Cli) -> None:
    """The older invoice has suspended a; paying the newer pays both, and both renew."""
    play(
        cli,
        ACME + "account order p a@acme.example --period monthly -y\ntick --to 2026-01-05\n"
        "account order p b@acme.example --period monthly -y\ntick --to 2026-01-10",
    )
    text = renewal(cli, "b@acme.example")
    assert text.startswith("If that is paid: renews monthly, until 2026-03-04")
    assert text.endswith(
        "If nothing else is paid or ordered until then, the balance after it will be -3.82 EUR; "
        "what is missing is to be paid by 2026-02-12."
    )

    play(cli, "invoice pay 2026-000002\ntick --to 2026-02-05")

    assert balance(cli) == -382


def test_what_nobody_pays_is_suspended_and_not_billed(cli: Cli) -> None:
    """c is paid for a year; b has never been paid for, and is suspended after a week."""
    play(
        cli,
        ACME + "prepaid credit acme 21.46\naccount order p c@acme.example --period yearly -y\n"
        "tick --to 2026-01-05\naccount order p b@acme.example --period monthly -y",
    )
    assert renewal(cli, "c@acme.example").endswith(
        "If nothing else is paid or ordered until then, 1 other account is suspended for debt "
        "before, and the balance after it will be -23.37 EUR; what is missing is to be paid by "
        "2027-01-08."
    )

    play(cli, "tick --to 2027-01-01")

    assert balance(cli) == -2337


def test_a_renewal_to_come_that_nobody_pays_suspends_as_well(cli: Cli) -> None:
    """b and d are paid for until February, then billed once more, and suspended on 9 February."""
    play(
        cli,
        ACME + "prepaid credit acme 25.28\naccount order p c@acme.example --period yearly -y\n"
        "account order p b@acme.example d@acme.example --period monthly -y",
    )
    assert balance(cli) == 0
    assert renewal(cli, "c@acme.example").endswith(
        "If nothing else is paid or ordered until then, 2 other accounts are suspended for debt "
        "before, and the balance after it will be -25.28 EUR; what is missing is to be paid by "
        "2027-01-08."
    )

    play(cli, "tick --to 2027-01-01")

    assert balance(cli) == -2528


def test_two_debts_of_one_account(cli: Cli) -> None:
    """Its first term and one in advance, both unpaid: the command pays both, and then it renews."""
    play(
        cli,
        ACME + "account order p a@acme.example --period monthly -y\ntick --to 2026-01-03\n"
        "account extend a@acme.example -y",
    )
    said = cli.ok("account", "explain", "a@acme.example")
    assert said["command"] == "mailctl invoice pay 2026-000002"
    assert [one["on"] for one in said["sentences"] if "Suspended" in one["text"]] == [
        "2026-01-09",
        "2026-01-11",
    ]
    assert "the balance after it will be -1.91 EUR" in renewal(cli, "a@acme.example")

    play(cli, "invoice pay 2026-000002\ntick --to 2026-03-01")

    assert balance(cli) == -191


def test_a_card_that_will_have_expired_collects_nothing(cli: Cli) -> None:
    """It is valid today, and not on the day of the renewal."""
    card = "method add card acme --token t --brand Visa --last4 4242 --expires {} -y\n"
    play(
        cli,
        ACME + "prepaid credit acme 10\nprepaid refund acme 8.09 --reason x -y\n"
        "account order p a@acme.example --period monthly -y\n" + card.format("2026-01"),
    )
    assert renewal(cli, "a@acme.example").endswith("what is missing is to be paid by 2026-02-08.")

    play(cli, card.format("2026-02").replace(" -y", " --default -y"))

    assert renewal(cli, "a@acme.example").endswith("to be collected through payment method 2.")
