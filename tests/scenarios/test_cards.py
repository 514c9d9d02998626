"""A full card number is refused wherever it is given, and is nowhere afterwards."""

from __future__ import annotations

import pytest

from tests.helpers import Cli, Outcome
from tests.store.plain import everything

NUMBER = "4242424242424242"


def assert_silent(cli: Cli, outcome: Outcome) -> None:
    """Neither the store nor what was said has the number, nor most of it."""
    assert outcome.status != 0
    for text in (outcome.out, outcome.err, everything(cli.store)):
        assert NUMBER not in text
        assert "42424242" not in text
        assert "4242 4242" not in text


@pytest.mark.parametrize(
    "argv",
    [
        ["method", "add", "card", "acme", "--token", NUMBER],
        ["method", "add", "card", "acme", "--number", NUMBER],
        ["method", "add", "card", "acme", f"--number={NUMBER}"],
        ["method", "add", "card", "acme", "4242", "4242", "4242", "4242"],
        ["method", NUMBER],
        ["--store", NUMBER, "status"],
        ["prepaid", "credit", "acme", "10", "--key", f"order {NUMBER}"],
        ["prepaid", "grace", "acme", "--until", "2026-03-01", "--reason", NUMBER],
        ["payment", "fail", "1", "--reason", "4242 4242 4242 4242"],
        ["platform", "cancel", "acme-pro", "--comment", f"card {NUMBER}", "-y"],
        ["settings", "set", "seller-name", NUMBER],
        ["customer", "edit", "acme", "--phone", f"+{NUMBER}"],
        ["customer", "edit", "acme", "--phone", NUMBER],
        ["account", "rename", "1", f"{NUMBER}@acme.example"],
    ],
)
@pytest.mark.parametrize("form", [[], ["-o", "json"]])
def test_a_word_with_a_card_number_is_refused_and_repeated_nowhere(
    busy: Cli, argv: list[str], form: list[str]
) -> None:
    """As a value, a stray word, an unknown option's value, in groups."""
    assert_silent(busy, busy(*argv, *form))


@pytest.mark.parametrize(
    ("argv", "stdin"),
    [
        (["account", "order", "acme-pro", "--from", "-", "-y"], f"address\n{NUMBER}@a.example\n"),
        (["account", "renew", "-", "--mode", "none", "-y"], f"{NUMBER}\n"),
        (["import", "-"], f"id,name,email\nnew,Card {NUMBER},it@new.example\n"),
        (["import", "-"], f'{{"id": "new", "name": "{NUMBER}", "email": "it@new.example"}}\n'),
        (["import", "-"], f"id,name,email\n{NUMBER}\n"),
        (["import", "-"], f"id,name,email,{NUMBER}\n"),
        (
            ["import", "-"],
            f'{{"id": "new", "name": "N", "{NUMBER}": "", "email": "a@b.example"}}\n',
        ),
    ],
)
@pytest.mark.parametrize("form", [[], ["-o", "json"]])
def test_a_line_with_a_card_number_is_refused_and_repeated_nowhere(
    busy: Cli, argv: list[str], stdin: str, form: list[str]
) -> None:
    """In files and on standard input, whatever else is wrong with them."""
    assert_silent(busy, busy(*argv, *form, stdin=stdin))


def test_long_numbers_that_are_none_are_taken(busy: Cli) -> None:
    """An IBAN and a phone number whose digits check like a card's, and a VAT number."""
    number = "BE48424242432827"
    taken = busy(
        *("method", "add", "bank", "acme", "--iban", number, "--holder", "Acme"),
        *("--mandate", "M-17", "--signed", "2026-01-15"),
    )

    assert (taken.status, taken.err) == (0, "")
    assert taken.out.startswith("Added method 1 of acme: BE48…2827, the default one.\n")
    assert busy("customer", "edit", "acme", "--phone", "+4915112345678").status == 0


def test_methods_are_masked_wherever_they_are_shown(busy: Cli) -> None:
    """Neither token nor account number is in any answer, nor in the journal."""
    busy.ok(
        *("method", "add", "bank", "acme", "--iban", "FR7630006000011234567890189"),
        *("--holder", "Acme SARL", "--mandate", "M-17", "--signed", "2026-01-15"),
    )
    busy.ok(
        *("method", "add", "card", "acme", "--token", "tok_secret", "--brand", "Visa"),
        *("--last4", "4242", "--expires", "2028-09"),
    )
    busy.ok("method", "add", "paypal", "acme", "--agreement", "B-987654321")

    labels = [row["label"] for row in busy.ok("method", "list")["items"]]
    said = "".join(
        busy(*command, "-o", form).out
        for command in (["method", "list"], ["journal", "list"], ["customer", "history", "acme"])
        for form in ("json", "csv", "table")
    )

    assert labels == ["FR76…0189", "Visa …4242", "PayPal …4321"]
    for secret in ("30006000011234567890", "tok_secret", "B-987654321", "M-17"):
        assert secret not in said
