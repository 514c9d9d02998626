"""The example host of examples/host: imported, lived for 400 days, and its books checked.

The books are checked against a small calculation (tests/scenarios/host.py) made from the CSV files
and the rules alone, and against totals that were written down from it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import copied
from tests.helpers import Cli, contents
from tests.originals import made_once
from tests.scenarios.host import (
    HOST,
    LAST_DAY,
    RETENTION,
    Payer,
    expected,
    grown_host,
    rows,
    tax_cents,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that the command line says about the host after its 400 days."""

    tick: dict[str, Any]
    customers: dict[str, dict[str, Any]]
    accounts: dict[int, dict[str, Any]]
    invoices: list[dict[str, Any]]
    statements: dict[str, list[dict[str, Any]]]

    def lines(self) -> dict[int, list[dict[str, Any]]]:
        """The invoices' lines by account, in order of issue."""
        found = defaultdict(list)
        for invoice in self.invoices:
            for line in invoice["lines"]:
                found[line["account"]].append(line)
        return found


@pytest.fixture(scope="module")
def after_400_days(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A store with the host in it, 400 days later."""
    own = tmp_path_factory.mktemp("host") / "mailctl.db"
    return copied(grown_host() / "mailctl.db", Cli(own))


@pytest.fixture(scope="module")
def books(after_400_days: Cli) -> Books:
    """The host's books, read through JSON once for all processes of the run."""
    cli = after_400_days

    def make(folder: Path) -> None:
        customers = {row["id"]: row for row in cli.ok("customer", "list")["items"]}
        listed = cli.ok("invoice", "list")["items"]
        accounts = cli.ok("account", "list", "--state", "all")["items"]
        told = {
            "tick": json.loads((grown_host() / "tick.json").read_text(encoding="utf-8")),
            "customers": customers,
            "accounts": accounts,
            "invoices": [cli.ok("invoice", "show", row["number"]) for row in listed],
            "statements": {
                name: cli.ok("prepaid", "statement", name)["items"] for name in customers
            },
        }
        (folder / "books.json").write_text(json.dumps(told), encoding="utf-8")

    read = json.loads((made_once("books", make) / "books.json").read_text(encoding="utf-8"))
    return Books(**{**read, "accounts": {row["id"]: row for row in read["accounts"]}})


@pytest.fixture(scope="module")
def calculated() -> dict[str, Payer]:
    """The host's books by this file's own calculation."""
    return expected()


def test_an_opening_balance_is_one_row_of_the_ledger(books: Books) -> None:
    """A credit where money was brought, a reversal where a debt was, nothing for zero."""
    got = {
        name: [
            (row["on"], row["kind"], row["amount_cents"])
            for row in statement
            if row["kind"] != "charge"
        ]
        for name, statement in books.statements.items()
    }
    opened = {
        row["id"]: [("2026-01-15", "credit" if cents > 0 else "reversal", cents)] if cents else []
        for row in rows("customers")
        for cents in (int(row["balance_cents"]),)
    }
    assert got == opened


def test_every_balance_is_the_sum_of_its_ledger(books: Books) -> None:
    """The balance shown, the sum of all amounts and the last amount after are the same."""
    for name, statement in books.statements.items():
        cents = books.customers[name]["balance_cents"]
        after = statement[-1]["after_cents"] if statement else 0
        assert (name, sum(row["amount_cents"] for row in statement), after) == (name, cents, cents)


def test_every_row_of_the_ledger_goes_on_from_the_row_before(books: Books) -> None:
    """Before plus amount is after, and the next row begins with it, in date order."""
    for statement in books.statements.values():
        before, day = 0, ""
        for row in statement:
            assert (row["before_cents"], row["after_cents"]) == (
                before,
                before + row["amount_cents"],
            )
            assert row["on"] >= day
            before, day = row["after_cents"], row["on"]


def test_every_invoice_adds_up_with_tax_rounded_half_up_once(books: Books) -> None:
    """Net is the sum of the lines, tax the customer's rate on it, total both, in one tax row."""
    for invoice in books.invoices:
        customer = books.customers[invoice["customer"]]
        net = sum(line["net_cents"] for line in invoice["lines"])
        tax = tax_cents(net, customer["country"], customer["vat_number"] or "")
        got = (invoice["net_cents"], invoice["tax_cents"], invoice["total_cents"])
        assert (invoice["number"], *got) == (invoice["number"], net, tax, net + tax)
        assert [(t["net_cents"], t["tax_cents"]) for t in invoice["taxes"]] == [(net, tax)]


def test_every_invoice_is_debited_once_and_whole(books: Books) -> None:
    """The charges of the ledgers are the invoices' totals, day by day."""
    charges = sorted(
        (name, row["on"], row["invoice"], -row["amount_cents"])
        for name, statement in books.statements.items()
        for row in statement
        if row["kind"] == "charge"
    )
    invoices = sorted(
        (i["customer"], i["issued_on"], i["number"], i["total_cents"]) for i in books.invoices
    )
    assert charges == invoices


def test_invoice_numbers_are_gapless_and_in_date_order(books: Books) -> None:
    """2026-000001, 2026-000002 … and again from 1 in 2027, never before an earlier day."""
    days = [invoice["issued_on"] for invoice in books.invoices]
    counts = Counter(day[:4] for day in days)
    numbers = [f"{y}-{n:06d}" for y in sorted(counts) for n in range(1, counts[y] + 1)]
    assert [invoice["number"] for invoice in books.invoices] == numbers
    assert days == sorted(days)


def test_invoices_of_one_day_are_numbered_as_the_customers_came(books: Books) -> None:
    """Within a day the first customer of the file has the first number."""
    places = {row["id"]: place for place, row in enumerate(rows("customers"))}
    order = [(i["issued_on"], places[i["customer"]]) for i in books.invoices]
    assert order == sorted(order)


def test_no_day_of_an_account_is_billed_twice_or_left_out(books: Books) -> None:
    """From the imported expiry on, each term begins where the one before ended."""
    lines = books.lines()
    for number, row in enumerate(rows("accounts"), start=1):
        reached = row["expires_on"]
        for line in lines[number]:
            assert (number, line["period_start_on"]) == (number, reached)
            reached = line["period_end_on"]
        assert (number, books.accounts[number]["expires_on"]) == (number, reached)


def test_an_account_that_lives_is_paid_for(books: Books) -> None:
    """On the last day every active account's expiry lies ahead."""
    late = [
        row["id"]
        for row in books.accounts.values()
        if row["state"] == "active" and row["expires_on"] <= "2027-02-19"
    ]
    assert late == []


def test_nothing_is_billed_after_suspension_or_deletion(books: Books) -> None:
    """No invoice dated after an account was suspended or deleted has a line of it."""
    wrong = [
        (invoice["number"], line["account"])
        for invoice in books.invoices
        for line in invoice["lines"]
        for account in (books.accounts[line["account"]],)
        if (account["suspended_on"] or "9999") <= invoice["issued_on"]
        or (account["deleted_on"] or "9999") <= invoice["issued_on"]
    ]
    assert wrong == []


def test_accounts_that_were_to_end_are_deleted_after_two_weeks(books: Books) -> None:
    """An account on none of a customer with money goes 14 days after its expiry."""
    owners = {row["name"]: row["customer"] for row in rows("platforms")}
    money = {row["id"]: int(row["balance_cents"]) for row in rows("customers")}
    got: dict[int, tuple[str, str, str | None]] = {}
    wanted: dict[int, tuple[str, str, str | None]] = {}
    for number, row in enumerate(rows("accounts"), start=1):
        gone_on = date.fromisoformat(row["expires_on"]) + RETENTION
        if row["renewal"] == "none" and money[owners[row["platform"]]] > 10_000:
            account = books.accounts[number]
            got[number] = (account["state"], account["suspended_on"], account["deleted_on"])
            wanted[number] = ("deleted", row["expires_on"], gone_on.isoformat())
            if gone_on > LAST_DAY:
                wanted[number] = ("suspended", row["expires_on"], None)
    assert got == wanted
    assert len(wanted) > 30


def test_every_account_ended_as_calculated(books: Books, calculated: dict[str, Payer]) -> None:
    """State, expiry, period and day of deletion of all 1,500 accounts."""
    got = {
        row["id"]: (row["state"], row["expires_on"], row["period"], row["deleted_on"])
        for row in books.accounts.values()
    }
    wanted = {
        slot.number: (
            slot.state,
            slot.expires_on.isoformat(),
            slot.period,
            slot.deleted_on.isoformat() if slot.deleted_on else None,
        )
        for payer in calculated.values()
        for slot in payer.slots
    }
    assert got == wanted


def test_every_invoice_is_as_calculated(books: Books, calculated: dict[str, Payer]) -> None:
    """Customer, day, due date, amounts and every term of every invoice."""
    got = sorted(
        (
            i["customer"],
            i["issued_on"],
            i["due_on"],
            i["total_cents"],
            sorted(
                (n["account"], n["period_start_on"], n["period_end_on"], n["unit_cents"])
                for n in i["lines"]
            ),
        )
        for i in books.invoices
    )
    wanted = sorted(
        (
            name,
            bill.issued_on.isoformat(),
            bill.due_on.isoformat(),
            bill.total_cents,
            sorted((s.number, a.isoformat(), b.isoformat(), c) for s, a, b, c in bill.terms),
        )
        for name, payer in calculated.items()
        for bill in payer.bills
    )
    assert got == wanted


def test_every_customer_ended_as_calculated(books: Books, calculated: dict[str, Payer]) -> None:
    """The balances, and which invoices are open."""
    still_open = Counter(i["customer"] for i in books.invoices if i["status"] == "open")
    got = {name: (row["balance_cents"], still_open[name]) for name, row in books.customers.items()}
    wanted = {
        name: (payer.balance_cents, len(payer.open_bills())) for name, payer in calculated.items()
    }
    assert got == wanted


def test_what_an_invoice_still_asks_for(books: Books) -> None:
    """Open amounts of a debtor add up to the debt, less what came in as an opening debt."""
    opening = {row["id"]: min(int(row["balance_cents"]), 0) for row in rows("customers")}
    asked: Counter[str] = Counter()
    for invoice in books.invoices:
        asked[invoice["customer"]] += invoice["open_cents"]
    got = {name: asked[name] for name in books.customers}
    wanted = {
        name: max(opening[name] - row["balance_cents"], 0)
        if opening[name]
        else max(-row["balance_cents"], 0)
        for name, row in books.customers.items()
    }
    assert got == wanted


def test_the_totals_of_the_400_days(books: Books) -> None:
    """10,120 terms on 855 invoices: 42,069.90 net, 4,014.60 tax; 399 accounts are gone."""
    got = {
        "terms": sum(len(invoice["lines"]) for invoice in books.invoices),
        "invoices": len(books.invoices),
        "net_cents": sum(invoice["net_cents"] for invoice in books.invoices),
        "tax_cents": sum(invoice["tax_cents"] for invoice in books.invoices),
        "total_cents": sum(invoice["total_cents"] for invoice in books.invoices),
        "balances": sum(row["balance_cents"] for row in books.customers.values()),
        "debtors": sum(row["balance_cents"] < 0 for row in books.customers.values()),
        "states": dict(Counter(row["state"] for row in books.accounts.values())),
    }
    assert got == {
        "terms": 10_120,
        "invoices": 855,
        "net_cents": 4_206_990,
        "tax_cents": 401_460,
        "total_cents": 4_608_450,
        "balances": 5_959_310,
        "debtors": 11,
        "states": {"active": 1101, "deleted": 399},
    }


def test_the_tick_counts_what_the_books_show(books: Books, calculated: dict[str, Payer]) -> None:
    """The one long tick's counts are those of the calculation."""
    slots = [slot for payer in calculated.values() for slot in payer.slots]
    bills = [bill for payer in calculated.values() for bill in payer.bills]
    keys = "to_on renewed invoices billed_cents deleted reopened platforms_closed".split()
    assert {key: books.tick[key] for key in keys} == {
        "to_on": "2027-02-19",
        "renewed": sum(len(bill.terms) for bill in bills),
        "invoices": len(bills),
        "billed_cents": sum(bill.total_cents for bill in bills),
        "deleted": sum(slot.state == "deleted" for slot in slots),
        "reopened": 0,
        "platforms_closed": 0,
    }


def test_400_days_in_pieces_end_as_400_days_at_once(after_400_days: Cli, cli: Cli) -> None:
    """Day by day, by weeks or by months: all rows but the journal's own are the same."""
    cli.ok("init", "--clock", "2026-01-15")
    cli.ok("import", "--dir", str(HOST))
    for _ in range(20):
        cli.ok("tick")
    for day in ("2026-02-28", "2026-06-30", "2026-07-01", "2026-12-31", "2026-12-31", "2027-02-19"):
        cli.ok("tick", "--to", day)
    # These hold when and in how many transactions the same was done, and each store's own key.
    told_apart = {"store", "clock", "journal", "journal_personal", "batch", "seal", "seal_key"}
    pieces, at_once = contents(cli.store), contents(after_400_days.store)
    differing = {name for name in at_once if at_once[name] != pieces[name]}
    assert differing <= told_apart
    assert sum(len(at_once[name]) for name in at_once.keys() - told_apart) > 15_000


def test_the_journal_of_400_days_verifies(after_400_days: Cli) -> None:
    """`journal verify` finds the chain whole."""
    verified = after_400_days.ok("journal", "verify")
    assert (verified["ok"], verified["broken"]) == (True, None)
