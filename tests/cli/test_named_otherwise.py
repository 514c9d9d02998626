"""A thing that there is not: the hint is the command that leads to what was probably meant."""

from __future__ import annotations

import pytest

from tests.helpers import Cli

NOT_FOUND = 4
HINTS = (
    ("account configure new@acme.example 2", "account configure 2 new@acme.example"),
    ("account rename new@acme.example 2", "account rename 2 new@acme.example"),
    ("account order new@acme.example acme-pro", "account order acme-pro new@acme.example"),
    ("account list --customer=acmee", "account list --customer=acme"),
    ("platform show acme_pro", "platform show acme-pro"),
    ("invoice show 1", "find 1"),
    ("customer show +33199001234", "find +33199001234"),
    ("customer show nobody", "customer list"),
)


@pytest.mark.parametrize(("typed", "hint"), HINTS, ids=[typed for typed, _ in HINTS])
def test_the_hint_leads_on(busy: Cli, typed: str, hint: str) -> None:
    got = busy(*typed.split())

    assert (got.status, got.out) == (NOT_FOUND, "")
    assert got.err.splitlines()[1:] == [f"hint: mailctl {hint}"]


def test_a_customer_by_name_is_looked_for(busy: Cli) -> None:
    got = busy("customer", "show", "Acme SARL & Co")

    assert got.status == NOT_FOUND
    assert got.err.splitlines()[1:] == ["hint: mailctl find 'Acme SARL & Co'"]


def test_an_address_with_a_name_is_told_bare(busy: Cli) -> None:
    got = busy("account", "rename", "1", "Alice Roy <alice@acme.example>")

    assert got.err.splitlines()[1:] == ["hint: give the address alone: alice@acme.example"]


def test_a_list_of_addresses_is_told_apart(busy: Cli) -> None:
    got = busy("account", "order", "acme-pro", "x@acme.example,y@acme.example", "-y")

    hint = "put blanks between several addresses: x@acme.example y@acme.example"
    assert got.err.splitlines()[1:] == [f"hint: {hint}"]


@pytest.mark.parametrize("begins", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_spreadsheet_is_named_as_such(
    busy: Cli, tmp_path_factory: pytest.TempPathFactory, begins: bytes
) -> None:
    book = tmp_path_factory.mktemp("books") / "a.xlsx"
    book.write_bytes(begins)

    got = busy("account", "renew", "--from", book)

    assert got.status == 2
    assert "is a spreadsheet or another packed file, not CSV" in got.err
