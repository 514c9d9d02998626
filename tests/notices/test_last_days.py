"""A term is told by its last day; what happens on the day after keeps it (rules 2)."""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.notices.letters import last_of, letter, plain, run

HOST = """
init --clock 2026-01-31 --seller-name "Hote SAS"
customer add acme --name Acme --email it@acme.example --language {0}
prepaid credit acme 100
platform add hx --customer acme --offer hosted-exchange
account order hx ann@acme.example -y
"""


def said(cli: Cli, kind: str) -> str:
    """The last letter of a kind with its subject, on one line."""
    got = letter(cli, last_of(cli, kind))
    return " ".join(plain(f"{got.subject}\n\n{got.text}").split())


@pytest.mark.parametrize(
    ("language", "runs", "billed", "credited"),
    [
        (
            "en",
            "Runs until 27 February 2026: - ann@acme.example",
            "Billed from 28 February to 30 March 2026: - ann@acme.example",
            "Credited from 28 February to 30 March 2026: - ann@acme.example",
        ),
        (
            "fr",
            "Valable jusqu’au 27 février 2026 : - ann@acme.example",
            "Période facturée du 28 février au 30 mars 2026 : - ann@acme.example",
            "Période créditée du 28 février au 30 mars 2026 : - ann@acme.example",
        ),
        (
            "de",
            "Laufzeit bis 27. Februar 2026: - ann@acme.example",
            "Berechnet vom 28. Februar bis 30. März 2026: - ann@acme.example",
            "Gutgeschrieben vom 28. Februar bis 30. März 2026: - ann@acme.example",
        ),
    ],
)
def test_a_term_is_told_by_its_last_day(
    cli: Cli, language: str, runs: str, billed: str, credited: str
) -> None:
    """The term of 31 January ends on 27 February; the next day is the first of the next term."""
    run(cli, HOST.format(language))
    assert runs in said(cli, "order-confirmed")
    run(cli, "tick --to 2026-02-28")
    assert billed in said(cli, "invoice-issued")
    run(cli, "invoice credit 2026-000002 --reason mistake -y")
    assert credited in said(cli, "credit-note-issued")


@pytest.mark.parametrize(
    ("language", "subject", "paid", "then"),
    [
        (
            "en",
            "One mailbox will not be renewed: suspension on 28 February 2026 ",
            "The paid term of one of your mailboxes ends on 27 February 2026.",
            (
                "Suspension on 28 February 2026: - ann@acme.example "
                "On 28 February 2026 it will be suspended"
            ),
        ),
        (
            "fr",
            "Une boîte e-mail ne sera pas renouvelée : suspension le 28 février 2026 ",
            "La période payée d’une de vos boîtes e-mail se termine le 27 février 2026.",
            (
                "Suspension le 28 février 2026 : - ann@acme.example "
                "Le 28 février 2026, elle sera suspendue"
            ),
        ),
        (
            "de",
            "Ein Postfach wird nicht verlängert: Sperrung am 28. Februar 2026 ",
            "Die bezahlte Laufzeit eines Ihrer Postfächer endet am 27. Februar 2026.",
            "Sperrung am 28. Februar 2026: - ann@acme.example Am 28. Februar 2026 wird es gesperrt",
        ),
    ],
)
def test_a_suspension_keeps_its_own_day(
    cli: Cli, language: str, subject: str, paid: str, then: str
) -> None:
    """The letter tells the last day that is paid for, and that of the suspension, each as it is."""
    run(cli, HOST.format(language) + "account renew 1 --mode none -y\ntick --to 2026-02-14")
    text = said(cli, "expiry-coming")
    assert text.startswith(subject)
    assert paid in text
    assert then in text


def test_terms_that_follow_each_other_are_one_and_others_are_not(cli: Cli) -> None:
    """Three months that were extended at once; of credited ones the month between stays out."""
    run(cli, HOST.format("en"))
    run(cli, "account extend 1 --terms 3 -y")
    credit = "invoice credit 2026-000002 --line 1 --line 3 --reason x -y"
    assert "Runs until 30 May 2026" in said(cli, "order-confirmed")
    run(cli, credit)
    text = said(cli, "credit-note-issued")
    assert "Credited from 28 February to 30 March 2026: - ann@acme.example" in text
    assert "Credited from 30 April to 30 May 2026: - ann@acme.example" in text

    other = Cli(cli.store.with_name("other.db"))
    run(other, HOST.format("en"))
    run(other, "account extend 1 --terms 2 -y\ninvoice credit 2026-000002 --reason x -y")
    assert "Credited from 28 February to 29 April 2026: - ann" in said(other, "credit-note-issued")


@pytest.mark.parametrize(
    ("language", "runs", "credited"),
    [
        ("en", "Runs until 30 January 2026", "Credited for 30 January 2026: - bob@acme"),
        ("fr", "Valable jusqu’au 30 janvier 2026", "Crédité pour la journée du 30 janvier 2026 :"),
        ("de", "Laufzeit bis 30. Januar 2026", "Gutgeschrieben für den 30. Januar 2026: - bob@"),
    ],
)
def test_a_term_of_one_day(cli: Cli, language: str, runs: str, credited: str) -> None:
    """The last day before the platform's own is a term of its own, at the price of a month."""
    run(
        cli,
        f"""
        init --clock 2025-12-31 --seller-name "Hote SAS"
        customer add acme --name Acme --email it@acme.example --language {language}
        prepaid credit acme 100
        platform add px --customer acme --offer private-exchange
        account order px ann@acme.example -y
        tick --to 2026-01-30
        account order px bob@acme.example -y
        """,
    )
    assert runs in said(cli, "order-confirmed")
    order = cli.ok("order", "show", "3")
    assert (order["lines"][0]["period_start_on"], order["lines"][0]["period_end_on"]) == (
        "2026-01-30",
        "2026-01-31",
    )
    run(cli, f"invoice credit {order['invoice']} --reason x -y")
    assert credited in said(cli, "credit-note-issued")
    assert "monthly, on 2026-01-30, 2.99 EUR net" in " ".join(
        cli("invoice", "explain", str(order["invoice"])).out.split()
    )
