"""A credit note is announced: what it takes back, and what becomes of the money (rules 8, 12)."""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.notices.letters import last_of, letter, plain, run
from tests.store.plain import rows

ACME = """
init --clock 2026-01-10 --seller-name "Hote SAS"
customer add acme --name Acme --email it@acme.example --language {0}
{1}
platform add hx --customer acme --offer hosted-exchange
account order hx ann@acme.example bob@acme.example -y
"""
PAID = ACME.replace("{1}", "prepaid credit acme 100")


def said(cli: Cli) -> str:
    """The last credit note's letter, on one line."""
    return " ".join(plain(letter(cli, last_of(cli, "credit-note-issued")).text).split())


def test_a_credit_note_of_a_whole_invoice_in_english(cli: Cli) -> None:
    """Who never got the invoice reads here that there was one, and that the money is back."""
    run(cli, PAID.format("en") + "tick\ninvoice credit 2026-000001 --reason mistake -y\n")

    got = letter(cli, last_of(cli, "credit-note-issued"))

    assert plain(got.subject) == "Credit note AV2026-000001: €9.58"
    assert (
        plain(got.text)
        == """\
Hello,

Credit note AV2026-000001 cancels the whole of invoice 2026-000001 of
10 January 2026, which was for €9.58.

  Date of the credit note: 11 January 2026
  Net: €7.98
  VAT (20%): €1.60
  Total: €9.58

What is credited (net):
- 2 × Hosted Exchange, 1 month: €7.98

Credited from 10 January to 9 February 2026:
- ann@acme.example
- bob@acme.example

The invoice was debited from your prepaid account; the €9.58 of the
credit note has been credited back to it.

  Prepaid balance today: €100.00

You do not need to do anything.

Kind regards,
Hote SAS

-- \n\
This message concerns the customer account Acme (acme).
"""
    )


@pytest.mark.parametrize(
    ("language", "whole", "part", "rest"),
    [
        (
            "fr",
            (
                "L’avoir AV2026-000001 annule en totalité la facture 2026-000001 "
                "du 10 janvier 2026, d’un montant de 9,58 €."
            ),
            "L’avoir AV2026-000001 annule une partie de la facture 2026-000001",
            "Toute la facture est maintenant annulée.",
        ),
        (
            "de",
            (
                "Mit der Gutschrift AV2026-000001 ist die Rechnung 2026-000001 vom 10. Januar 2026 "
                "über 9,58 € vollständig storniert."
            ),
            "Mit der Gutschrift AV2026-000001 ist ein Teil der Rechnung 2026-000001 vom",
            "Damit ist die ganze Rechnung aufgehoben.",
        ),
    ],
)
def test_a_part_and_the_rest_of_an_invoice(
    cli: Cli, language: str, whole: str, part: str, rest: str
) -> None:
    """In the customer's language; the letter of the part does not say that all is cancelled."""
    run(cli, PAID.format(language) + "invoice credit 2026-000001 --line 2 --reason r -y\n")
    assert part in said(cli)
    assert "bob@acme.example" in said(cli)
    assert "ann@acme.example" not in said(cli)
    assert rest not in said(cli)
    run(cli, "invoice credit 2026-000001 --reason r -y")
    assert rest in said(cli)

    other = Cli(cli.store.with_name("other.db"))
    run(other, PAID.format(language) + "invoice credit 2026-000001 --reason r -y\n")
    assert whole in said(other)


def test_a_customer_who_still_owes_reads_how_much_and_by_when(cli: Cli) -> None:
    """Of 9.58 half is taken back: 4.79 are still to be paid by 17 January."""
    run(cli, ACME.format("en", "") + "invoice credit 2026-000001 --line 1 --reason r -y\n")

    assert (
        "Prepaid balance today: -€4.79 Your prepaid account is still €4.79 short. Please pay by "
        "17 January 2026 at the latest." in said(cli)
    )


def test_the_reason_stays_on_the_document(cli: Cli) -> None:
    """It may be words of an administrator to another."""
    run(cli, PAID.format("en") + 'invoice credit 2026-000001 --reason "Bob is a bore" -y\n')

    assert "bore" not in said(cli)


def test_a_credit_note_is_announced_before_what_follows_from_it(cli: Cli) -> None:
    """First the credit note, then that the debt is settled and that the mailboxes work again."""
    run(cli, ACME.format("en", "") + "tick --to 2026-01-18\n")
    cli.ok("invoice", "credit", "2026-000001", "--reason", "mistake", "-y")

    kinds = [kind for (kind,) in rows(cli.store, "SELECT kind FROM notice ORDER BY id")]
    assert kinds[-3:] == ["credit-note-issued", "debt-settled", "accounts-reopened"]


LEFT = """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add px --customer acme --offer private-exchange
account order px -y
prepaid credit acme 3.59
account delete 1 -y
platform cancel px -y
customer close acme -y
"""


def test_a_closed_customer_is_notified(cli: Cli) -> None:
    """Whoever has left is still somebody whose money it is."""
    run(cli, LEFT + "invoice credit 2026-000001 --reason r -y\n")

    assert letter(cli, last_of(cli, "credit-note-issued")).subject.startswith("Avoir AV2026-000001")


def test_an_erased_customer_is_not_notified(cli: Cli) -> None:
    """There is nobody to write to."""
    run(cli, LEFT)
    cli.ok("customer", "erase", "acme", "--confirm", "acme")
    cli.ok("invoice", "credit", "2026-000001", "--reason", "r", "-y")

    assert rows(cli.store, "SELECT id FROM notice WHERE kind = 'credit-note-issued'") == []
    cli.ok("store", "check")
