"""Imports beside each other and beside everything else: each movement of money is booked once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shlex import split

import pytest

from tests.bank_round.books import entries, is_sound, money
from tests.bank_round.payers import reference
from tests.bank_round.simulated import SELLER_IBAN
from tests.helpers import Cli, Outcome, contents
from tests.process.running import ended, started, wait_for_opening
from tests.statements.camt_files import Movement, camt053, camt054
from tests.store.plain import held, rows

DAY = date(2026, 1, 12)
HOST = f"""
init --clock {DAY} --timezone UTC --seller-name Mail
settings set seller-iban={SELLER_IBAN} mail-host=none
"""
CUSTOMERS = ("anna", "bert", "cleo")
EACH, YEAR = 8, 5170


@pytest.fixture
def host(cli: Cli) -> Cli:
    """Three customers with eight open invoices each."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    for name in CUSTOMERS:
        cli.ok("customer", "add", name, "--name", name.title(), "--email", f"it@{name}.example")
        cli.ok("platform", "add", f"{name}-hx", "--customer", name, "--offer", "hosted-exchange")
        for _ in range(EACH):
            cli.ok("account", "order", f"{name}-hx", "--period", "yearly", "-y")
    return cli


def transfers(first: int, last: int, *, has_references: bool = True) -> list[Movement]:
    """The transfers for these invoices, each from an account and with a payment reference."""
    return [
        Movement(
            cents=YEAR, day=str(DAY), value_on=str(DAY), name=f"Payer {number}",
            reference=f"REF{number}" if has_references else "", iban=iban(number),
            creditor_reference=reference(f"I2026{number:06}"),
        )
        for number in range(first, last + 1)
    ]  # fmt: skip


def iban(number: int) -> str:
    """A German account's, with its check digits."""
    account = f"37040044{number:010}"
    return f"DE{98 - int(f'{account}131400') % 97:02}{account}"


def statement(host: Cli, name: str, *movements: Movement) -> str:
    """A statement that lies beside the store."""
    path = host.store.parent / name
    path.write_bytes(camt053(*movements, account=SELLER_IBAN, identification=name, number=None))
    return str(path)


def together(cli: Cli, *commands: tuple[str, ...]) -> list[Outcome]:
    """Commands that all wait for the store, and then have it at once."""
    with held(cli.store):
        processes = [started(cli, *command, "-o", "json") for command in commands]
        for process in processes:
            wait_for_opening(cli, process)
    return [ended(process) for process in processes]


def test_the_same_file_taken_by_two_at_once_is_taken_once(host: Cli) -> None:
    """The second one is told that it was known, whoever of them that is."""
    path = statement(host, "a.xml", *transfers(1, 24))

    done = together(host, *[("bank", "import", path)] * 3)

    assert [one.status for one in done] == [0, 0, 0], [one.err for one in done]
    assert sorted(one.json()["changed"] for one in done) == [False, False, True]
    assert money(host) == dict.fromkeys(CUSTOMERS, EACH * YEAR)
    is_sound(host)


@pytest.mark.parametrize("has_references", [True, False])
def test_overlapping_files_at_once_book_what_is_in_both_once(
    host: Cli, *, has_references: bool
) -> None:
    """Also where the bank gives nothing to know an entry by."""
    first = statement(host, "a.xml", *transfers(1, 16, has_references=has_references))
    second = statement(host, "b.xml", *transfers(9, 24, has_references=has_references))
    third = host.store.parent / "c.xml"
    told = transfers(4, 20, has_references=has_references)
    third.write_bytes(camt054(*told, account=SELLER_IBAN))

    files = (first, second, str(third))
    done = together(host, *[("bank", "import", path) for path in files])

    assert [one.status for one in done] == [0, 0, 0], [one.err for one in done]
    assert money(host) == dict.fromkeys(CUSTOMERS, EACH * YEAR)
    assert len(entries(host)) == 3 * EACH
    is_sound(host)


def test_an_import_beside_ticks_orders_and_credits_loses_nothing(host: Cli) -> None:
    """Whatever order they get the store in; the money that a person records meanwhile is linked."""
    path = statement(host, "a.xml", *transfers(1, 24))
    by_hand = ("prepaid", "credit", "anna", "51.70", "--received", "--reference", "REF3")

    done = together(
        host,
        ("bank", "import", path),
        ("account", "order", "bert-hx", "--period", "monthly", "-y"),
        ("tick", "--days", "1"),
        by_hand,
        ("invoice", "pay", "2026-000009"),
    )

    # A person's word that comes after the bank's is refused: that money is there.
    assert [one.status for one in done[:3]] == [0, 0, 0], [one.err for one in done]
    assert done[3].status == 0 or done[3].error()["code"] == "already-recorded"
    held_by = money(host)
    assert held_by["anna"] == held_by["cleo"] == EACH * YEAR
    assert len({entry["id"] for entry in entries(host)}) == 24
    is_sound(host)


def test_a_second_import_after_a_first_leaves_the_store_as_it_is(host: Cli, tmp_path: Path) -> None:
    """Every row of every table, and what it prints says that nothing was changed."""
    path = statement(host, "a.xml", *transfers(1, 24))
    host.ok("bank", "import", path)
    before = contents(host.store)
    copy = tmp_path / "other-name.xml"
    copy.write_bytes(Path(path).read_bytes())

    again = host.ok("bank", "import", str(copy), path)

    assert not again["changed"]
    assert contents(host.store) == before
    assert rows(host.store, "SELECT count(*) FROM bank_file") == [(1,)]
