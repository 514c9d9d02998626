"""The books, exported: two accounting programs accept them, and find every cent that is changed."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mailctl.exports.entries import component
from tests.conftest import copied
from tests.exports.year import year_2026
from tests.helpers import Cli
from tests.scenarios.host import grown_host
from tests.store.plain import rows

FORMATS = ("hledger", "beancount")
AMOUNT = re.compile(r"(\d+)\.(\d\d)(?= EUR| ~)")
NEEDED = {
    "hledger": ("hledger", "apt-get install hledger"),
    "beancount": ("bean-check", "pip install beancount"),
}


def program(format: str) -> str:
    """The program that reads a format; a test fails where it is missing, and says what to do."""
    name, how = NEEDED[format]
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"the books are checked by {name}, which is not installed: {how}"
    return found


def accepts(format: str, books: str, folder: Path) -> bool:
    """Whether the real program takes the books."""
    file = folder / f"books.{'journal' if format == 'hledger' else 'beancount'}"
    file.write_text(books, encoding="utf-8")
    arguments = {
        "hledger": ["-f", str(file), "check", "--strict", "ordereddates"],
        "beancount": ["--no-cache", str(file)],
    }[format]
    done = subprocess.run(
        [program(format), *arguments],
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    return done.returncode == 0


@pytest.fixture
def host(cli: Cli) -> Cli:
    """A copy of the example host after 400 days."""
    return copied(grown_host() / "mailctl.db", cli)


@pytest.fixture
def random_year(cli: Cli) -> Cli:
    """A year with every kind of movement in it."""
    copied(year_2026(), cli)
    kinds = {kind for (kind,) in rows(cli.store, "SELECT DISTINCT kind FROM ledger")}
    assert kinds == {"credit", "charge", "payment", "credit-note", "refund", "reversal"}
    return cli


@pytest.fixture(params=["host", "random_year"])
def whole_year(request: pytest.FixtureRequest) -> Cli:
    """Each of the two stores."""
    cli: Cli = request.getfixturevalue(request.param)
    return cli


def exported(cli: Cli, format: str, *more: str) -> str:
    done = cli("export", "books", "--format", format, *more)
    assert (done.status, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("format", FORMATS)
def test_the_real_program_accepts_the_books(format: str, whole_year: Cli, tmp_path: Path) -> None:
    """Strictly: every account declared, every transaction balanced, every running balance right."""
    assert accepts(format, exported(whole_year, format), tmp_path)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("times", [("2026-04-01", None), ("2026-06-30", "2026-09-30")])
def test_the_books_of_a_time_open_with_what_was_there(
    format: str, times: tuple[str, str | None], whole_year: Cli, tmp_path: Path
) -> None:
    """With --since the opening balances come first; the same program accepts them."""
    since, until = times
    more = ["--since", since, *(["--until", until] if until else [])]

    books = exported(whole_year, format, *more)

    assert accepts(format, books, tmp_path)
    days = {
        date.fromisoformat(day)
        for day in re.findall(r"^(\d{4}-\d\d-\d\d) [(*]", books, re.MULTILINE)
    }
    assert min(days) == date.fromisoformat(since)
    assert until is None or max(days) <= date.fromisoformat(until)


def changed_by_one_cent(books: str, format: str) -> Iterator[str]:
    """The books with one cent added to one amount: in each part of the file, of each account."""
    found = list(AMOUNT.finditer(books))
    kinds = ("Prepaid", "Income", "VAT", "Bank", "Opening", "balance", " = ")
    for kind in kinds:
        of_kind = [
            match
            for match in found
            if kind in books[books.rfind("\n", 0, match.start()) : match.start()]
        ]
        for match in of_kind[len(of_kind) // 2 :][:1]:
            cents = int(match[1] + match[2]) + 1
            yield f"{books[: match.start()]}{cents // 100}.{cents % 100:02d}{books[match.end() :]}"


@pytest.mark.parametrize("format", FORMATS)
def test_the_real_program_refuses_the_books_when_one_cent_is_changed(
    format: str, random_year: Cli, tmp_path: Path
) -> None:
    """Of a prepaid account, of revenue, of VAT, of the bank, of an asserted balance."""
    books = exported(random_year, format)

    harmed = list(changed_by_one_cent(books, format))

    assert len(harmed) == 6
    assert [accepts(format, text, tmp_path) for text in harmed] == [False] * 6


@pytest.mark.parametrize("format", FORMATS)
def test_the_hosts_books_are_refused_when_one_cent_is_changed(
    format: str, host: Cli, tmp_path: Path
) -> None:
    """The last amount of the file."""
    books = exported(host, format)
    *_, last = AMOUNT.finditer(books)
    cents = int(last[1] + last[2]) + 1

    text = f"{books[: last.start()]}{cents // 100}.{cents % 100:02d}{books[last.end() :]}"

    assert not accepts(format, text, tmp_path)


def hledger_balances(books: str, folder: Path) -> dict[str, int]:
    """Each account's balance in cents by hledger's own report."""
    file = folder / "books.journal"
    file.write_text(books, encoding="utf-8")
    done = subprocess.run(
        [program("hledger"), "-f", str(file), "balance", "-N", "-E", "--flat", "-O", "csv"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    rows = list(csv.reader(io.StringIO(done.stdout.decode())))
    return {account: cents(text) for account, text in rows[1:]}


def cents(text: str) -> int:
    """`-1234.05 EUR` in cents; hledger shows nothing as 0."""
    digits = re.sub(r"[^\d-]", "", text)
    return int(digits)


def beancount_balances(books: str) -> dict[str, int]:
    """Each account's balance in cents as Beancount's own loader adds them up."""
    from beancount import loader
    from beancount.core.data import Transaction

    entries, errors, _ = loader.load_string(books)
    assert errors == []
    found: dict[str, int] = defaultdict(int)
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                assert posting.units is not None
                found[posting.account] += int(posting.units.number * 100)
    return dict(found)


def expected_balances(cli: Cli) -> dict[str, int]:
    """Each account's balance in cents: customers' as shown, the others added up from the rows."""
    found: dict[str, int] = defaultdict(int)
    for customer in cli.ok("customer", "list")["items"]:
        found[f"Liabilities:Prepaid:{component(customer['id'])}"] = -customer["balance_cents"]
    for country, rate, cents in rows(
        cli.store,
        "SELECT buyer_country, tax_rate, CASE series WHEN '' THEN -tax_cents ELSE tax_cents END "
        "FROM invoice",
    ):
        percent = f"{rate / 100:g}".replace(".", "-")
        found[f"Liabilities:VAT:{country}:{percent}"] += cents
    for offer, cents in rows(
        cli.store,
        "SELECT o.name, CASE WHEN k.account_id IS NULL THEN -l.unit_cents ELSE 0 END "
        "FROM invoice_line l JOIN offer o ON o.id = l.offer_id LEFT JOIN credit_line k "
        "ON k.account_id = l.account_id AND k.period_start_on = l.period_start_on",
    ):
        found[f"Income:Sales:{component(offer)}"] += cents
    return {account: amount for account, amount in found.items() if amount}


@pytest.mark.parametrize("format", FORMATS)
def test_the_balances_that_the_program_reports_are_mailctls(
    format: str, whole_year: Cli, tmp_path: Path
) -> None:
    """Every customer's prepaid account, every offer's revenue, every country's VAT, to the cent."""
    books = exported(whole_year, format)

    reported = (
        hledger_balances(books, tmp_path) if format == "hledger" else beancount_balances(books)
    )

    ours = ("Liabilities:", "Income:")
    got = {name: amount for name, amount in reported.items() if name.startswith(ours) and amount}
    assert got == expected_balances(whole_year)
    assert sum(reported.values()) == 0


def test_money_received_and_paid_back_is_on_the_bank_or_with_the_gateway(
    random_year: Cli, tmp_path: Path
) -> None:
    """All of it but the opening balances, which an import brought."""
    books = exported(random_year, "hledger")
    ((moved,),) = rows(
        random_year.store,
        "SELECT sum(amount_cents) FROM ledger "
        "WHERE kind IN ('credit', 'payment', 'refund', 'reversal')",
    )

    reported = hledger_balances(books, tmp_path)

    assets = {name: amount for name, amount in reported.items() if name.startswith("Assets:")}
    assert sum(assets.values()) + reported["Equity:Opening"] == moved
    assert (
        {"Assets:Bank"}
        < set(assets)
        <= {
            "Assets:Bank",
            "Assets:Gateway:Card",
            "Assets:Gateway:PayPal",
        }
    )


def test_the_same_store_gives_the_same_books(random_year: Cli) -> None:
    """Byte for byte, so that two exports can be compared."""
    for format in FORMATS:
        assert exported(random_year, format) == exported(random_year, format)


def test_books_up_to_a_day_are_the_beginning_of_the_books(random_year: Cli) -> None:
    """Nothing that happens later changes what was exported before."""
    whole = exported(random_year, "hledger")
    part = exported(random_year, "hledger", "--until", "2026-06-30")
    assert whole.startswith(part)
    assert 100 < part.count("\n") < whole.count("\n")


def test_a_store_without_movements_has_empty_books(store: Cli, tmp_path: Path) -> None:
    """Both programs accept a beginning."""
    for format in FORMATS:
        assert accepts(format, exported(store, format), tmp_path)
        assert accepts(format, exported(store, format, "--since", "2026-01-01"), tmp_path)


BUSY = """\
2026-01-04 (2026-000008) Slow Office | invoice 2026-000008 order 15
    Liabilities:Prepaid:Slow  1.91 EUR = 1.91 EUR
    Income:Sales:Email-pro  -1.59 EUR
    Liabilities:VAT:FR:20  -0.32 EUR
"""


def test_an_invoice_is_revenue_and_vat_against_the_prepaid_account(busy: Cli) -> None:
    """A net amount of 1.59 at 20 % is 1.91 that the customer owes."""
    books = exported(busy, "hledger")
    invoice = next(row for row in busy.ok("invoice", "list")["items"] if row["customer"] == "slow")

    expected = BUSY.replace("2026-000008", invoice["number"]).replace(
        "order 15", f"order {invoice['order']}"
    )
    assert expected in books


def test_names_cannot_break_the_books(store: Cli, tmp_path: Path) -> None:
    """Quotes, backslashes, comments and separators are data."""
    names = [
        'A "B"',
        "back\\slash",
        "semi; colon ; x:2020-01-01",
        "pipe | payee",
        "(paren) * !",
        "=1",
    ]
    for number, name in enumerate(names):
        store.ok("customer", "add", f"c{number}", f"--name={name}", "--email", "a@b.example")
        store.ok("prepaid", "credit", f"c{number}", "10")
    for format in FORMATS:
        books = exported(store, format)
        assert accepts(format, books, tmp_path)
        assert books.count("10.00 EUR") >= 2 * len(names)


def test_no_two_names_become_one_account() -> None:
    """Dots, dashes, digits and letters, at the beginning, inside and at the end."""
    alphabet = ".-0ahostxd"
    names = {""}
    for _ in range(3):
        names |= {name + letter for name in names for letter in alphabet}
    names |= {"a.b", "a-b", "adotb", ".ash", "x.ash", "dotx", "dashx", ".otx", "x.otx", "-dotx"}
    names.discard("")
    found = {component(name) for name in names}
    assert len(found) == len(names)
    wrong = [name for name in found if not re.fullmatch(r"[A-Z0-9][A-Za-z0-9-]*", name)]
    assert wrong == []


def test_books_of_an_unknown_format_are_a_usage_error(store: Cli) -> None:
    """So is a time that ends before it begins."""
    assert store("export", "books", "--format", "excel").status == 2
    assert store("export", "books").status == 2
    refused = store(
        "export", "books", "--format", "hledger", "--since", "2026-02-01", "--until", "2026-01-31"
    )
    assert refused.status == 2
    assert "--until 2026-01-31 is before --since 2026-02-01" in refused.err


def statement(cli: Cli, slug: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = cli.ok("prepaid", "statement", slug)["items"]
    return items


def test_every_movement_asserts_the_balance_that_the_ledger_has(busy: Cli) -> None:
    """Row by row: the assertions in the journal are the statement's balances, in its order."""
    books = exported(busy, "hledger")
    for customer in busy.ok("customer", "list")["items"]:
        account = f"Liabilities:Prepaid:{component(customer['id'])}"
        asserted = re.findall(rf"{account}  \S+ EUR = (\S+) EUR", books)
        assert [cents(text) for text in asserted] == [
            -row["after_cents"] for row in statement(busy, customer["id"])
        ]
