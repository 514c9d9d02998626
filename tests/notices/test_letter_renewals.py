"""What the letter of a renewal says of money: the balance must last for all that is billed by then.

email-pro is 17.88 a year and 1.59 a month, hosted-exchange 3.99 a month, net; with 20 % tax 21.46,
1.91 and 4.79.
"""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

from tests.helpers import Cli
from tests.notices.letters import last_of, letter, plain, run

ACME = """
init --clock 2026-01-05 --seller-name X
customer add acme --name Acme --email a@acme.example --country FR --language en
prepaid credit acme 96
platform add p --customer acme --offer email-pro
account order p a@acme.example --period yearly -y
platform add q --customer acme --offer hosted-exchange
"""
MONTHLY = "account order q b@acme.example --period monthly -y\n"


def renewal_letter(cli: Cli) -> str:
    """The last letter of a renewal, on one line."""
    return " ".join(plain(letter(cli, last_of(cli, "renewal-coming")).text).split())


def test_what_else_is_billed_until_then_must_be_covered_too(cli: Cli) -> None:
    """17.06 are left, 17.88 + 3.99 with tax are 26.24, on one invoice: 9.18 will be missing."""
    run(cli, ACME + MONTHLY + "tick --to 2026-12-21")

    text = renewal_letter(cli)

    assert "- 1 × E-mail Pro, 1 year: €17.88" in text
    assert (
        "Billed in total by 5 January 2027, VAT included: €26.24 Prepaid balance today: €17.06"
        in text
    )
    assert "Your prepaid balance does not cover it: €9.18 is missing, VAT included." in text
    assert "Please add a credit before 5 January 2027" in text
    run(cli, "tick --to 2027-01-05")
    assert cli.ok("prepaid", "show", "acme")["balance_cents"] == -918


def test_forty_days_before_two_more_months_are_counted(cli: Cli) -> None:
    """On 26 November 21.85 are left; 4.79 on 5 December and 26.24 on 5 January are to come."""
    run(cli, ACME + MONTHLY + "tick --to 2026-11-26")

    text = renewal_letter(cli)

    assert "by 5 January 2027, VAT included: €31.03 Prepaid balance today: €21.85" in text
    assert "€9.18 is missing" in text
    assert "covers it" not in text


def test_each_invoice_is_taxed_by_itself(cli: Cli) -> None:
    """1.91 on 20 December and 21.46 on 5 January are 23.37, where both together were 23.36.

    Whoever has that is told that it is enough, and it is.
    """
    run(
        cli,
        ACME
        + """
        tick --to 2026-01-20
        account order p c@acme.example --period monthly -y
        tick --to 2026-11-26
        """,
    )
    balance = cli.ok("prepaid", "show", "acme")["balance_cents"]
    run(cli, f"prepaid refund acme {(balance - 2336) / 100:.2f} --reason x -y")
    text = renewal_letter(cli)
    assert "by 5 January 2027, VAT included: €23.37 Prepaid balance today: €23.36" in text
    assert "€0.01 is missing" in text
    run(cli, "settings set minimum-credit 0.01\nprepaid credit acme 0.01")

    assert "Your prepaid balance covers it, VAT included" in renewal_letter(cli)

    run(cli, "tick --to 2027-01-05")
    assert cli.ok("prepaid", "show", "acme")["balance_cents"] == 0


def test_money_is_asked_for_before_it_falls_short(cli: Cli) -> None:
    """It is missing on 5 December, before the renewal that the letter is about."""
    run(cli, ACME + MONTHLY + "tick --to 2026-11-25")
    run(cli, "prepaid refund acme 20 --reason x -y\ntick")

    text = renewal_letter(cli)

    assert "€29.18 is missing, VAT included. Please add a credit before 5 December 2026" in text


def test_what_debt_has_suspended_is_asked_for_with_the_debt(cli: Cli) -> None:
    """Once it is paid, the mailbox works again and is billed from its expiry on."""
    run(cli, ACME + MONTHLY + "tick --to 2026-11-25")
    run(
        cli,
        """
        prepaid refund acme 21.85 --reason x -y
        tick --to 2026-12-21
        """,
    )
    text = renewal_letter(cli)
    # 4.79 since 5 December, 26.24 on 5 January.
    assert "Billed in total by 5 January 2027, VAT included: €26.24" in text
    assert "€31.03 is missing" in text

    run(cli, "prepaid credit acme 31.03\ntick --to 2027-01-05")

    assert cli.ok("prepaid", "show", "acme")["balance_cents"] == 0


CARD = "method add card acme --token t --brand Visa --last4 4242 --expires {} -y\n"


def test_no_card_collects_that_will_have_expired(cli: Cli) -> None:
    """Valid today, but not on 5 January: what will be missing is said."""
    run(cli, ACME + "prepaid refund acme 74.54 --reason x -y\n" + CARD.format("2026-12"))
    run(cli, "tick --to 2026-12-21")

    text = renewal_letter(cli)

    assert "collected" not in text
    assert "€21.46 is missing, VAT included. Please add a credit before 5 January 2027" in text


def test_a_card_collects_that_will_be_valid(cli: Cli) -> None:
    """Through January: there is nothing to do."""
    run(cli, ACME + "prepaid refund acme 74.54 --reason x -y\n" + CARD.format("2027-01"))
    run(cli, "tick --to 2026-12-21")

    assert "will be collected through Visa …4242" in renewal_letter(cli)


def test_what_a_card_collects_before_it_ends_is_not_missing(cli: Cli) -> None:
    """4.79 of 5 December is collected, 26.24 of 5 January is not."""
    run(cli, ACME + CARD.format("2026-12") + MONTHLY + "tick --to 2026-11-25")
    run(cli, "prepaid refund acme 21.85 --reason x -y\ntick")

    text = renewal_letter(cli)

    assert "by 5 January 2027, VAT included: €31.03 Prepaid balance today: €0.00" in text
    assert "€26.24 is missing, VAT included. Please add a credit before 5 January 2027" in text
