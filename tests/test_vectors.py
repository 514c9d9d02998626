"""Dated cases with known answers from other systems' own tests, each through the command line.

The cases and their sources are in `vectors.json`; what they give and expect is read from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from mailctl.domain.money import tax_cents
from tests.helpers import Cli, contents
from tests.lives.life import LATE
from tests.lives.life_store import killed_at

FILE = Path(__file__).with_name("vectors.json")
VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector for vector in json.loads(FILE.read_text(encoding="utf-8"))["vectors"]
}
Case = Callable[[Cli, dict[str, Any], dict[str, Any]], None]
CASES: dict[str, Case] = {}


def case(*ids: str) -> Callable[[Case], Case]:
    """Register the test of some vectors."""

    def register(function: Case) -> Case:
        CASES.update(dict.fromkeys(ids, function))
        return function

    return register


@pytest.mark.parametrize("name", sorted(VECTORS))
def test_the_answer_is_the_one_that_is_known(name: str, cli: Cli) -> None:
    CASES[name](cli, VECTORS[name]["given"], VECTORS[name]["expect"])


def test_no_vector_is_forgotten() -> None:
    assert CASES.keys() == VECTORS.keys()


def host(
    cli: Cli,
    *clock: str,
    offer: str = "email-pro",
    balance_cents: int = 1_000_000,
    country: str = "FR",
    created_on: str | None = None,
    payment_days: int = 7,
) -> None:
    """A store with one customer and one platform."""
    cli.ok("init", "--timezone", "UTC", *clock)
    customers = "id,name,email,country,payment_days,balance_cents\n"
    customers += f"acme,Acme,it@acme.example,{country},{payment_days},{balance_cents}\n"
    cli.ok("import", "customers", "-", stdin=customers)
    if created_on is None:
        cli.ok("platform", "add", "home", "--customer", "acme", "--offer", offer)
    else:
        platforms = f"name,customer,offer,created_on\nhome,acme,{offer},{created_on}\n"
        cli.ok("import", "platforms", "-", stdin=platforms)


def bring_in(cli: Cli, *lines: str) -> None:
    """Import accounts: `address,period,expires_on,anchor_day,renewal`."""
    head = "platform,address,period,expires_on,anchor_day,renewal\n"
    cli.ok("import", "accounts", "-", stdin=head + "".join(f"home,{line}\n" for line in lines))


def account(cli: Cli, number: int = 1) -> dict[str, Any]:
    shown: dict[str, Any] = cli.ok("account", "show", str(number))
    return shown


def invoices(cli: Cli) -> list[dict[str, Any]]:
    numbers = [item["number"] for item in cli.ok("invoice", "list")["items"]]
    return [cli.ok("invoice", "show", number) for number in numbers]


def terms(cli: Cli) -> list[tuple[str, str]]:
    """Every term that was billed, as `(start, end)`."""
    return [
        (line["period_start_on"], line["period_end_on"])
        for invoice in invoices(cli)
        for line in invoice["lines"]
    ]


def statement(cli: Cli) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = cli.ok("prepaid", "statement", "acme")["items"]
    return rows


def tick_on(cli: Cli, *days: str) -> None:
    """Ticks of a wall clock on some days, however late."""
    for day in days:
        with freeze_time(f"{day} 12:00:00"):
            cli.ok("tick", *LATE)


@case("A01", "A02", "A04", "A06", "A09", "A12", "A33", "B04")
def check_terms(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["start"])
    cli.ok("account", "order", "home", "--count", "1", "--period", given["period"], "-y")
    ends = expect.get("expiries") or [end for _, end in expect["terms"]]
    seen = []
    for end in ends:
        seen.append(account(cli)["expires_on"])
        cli.ok("tick", "--to", end)
    assert seen == ends
    starts = [given["start"], *ends]
    assert terms(cli)[: len(ends)] == list(zip(starts, ends, strict=False))


@case("C03")
def check_change_of_period(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["asked_on"])
    line = f"{given['period']},{given['expires_on']},{given['anchor_day']},{given['renewal']}"
    bring_in(cli, f"anna@acme.example,{line}")
    cli.ok("account", "renew", "1", "--mode", given["mode"], "-y")
    assert expect["invoice_when_asked"] is None
    assert invoices(cli) == []
    cli.ok("tick", "--to", given["expires_on"])
    assert [invoice["issued_on"] for invoice in invoices(cli)] == [expect["renewed_on"]]
    assert terms(cli) == [tuple(expect["term"])]


@case("C05")
def check_none(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["asked_on"])
    bring_in(cli, f"anna@acme.example,{given['period']},{given['expires_on']},15,monthly")
    cli.ok("account", "renew", "1", "--mode", given["mode"], "-y")
    cli.ok("tick", "--to", given["expires_on"])
    assert account(cli)["suspended_on"] == expect["suspended_on"]
    assert expect["invoice"] is None
    assert invoices(cli) == []


@case("C07")
def check_none_undone(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["asked_on"])
    bring_in(cli, f"anna@acme.example,monthly,{given['expires_on']},15,{given['renewal']}")
    cli.ok("account", "renew", "1", "--mode", given["mode"], "-y")
    cli.ok("tick", "--to", given["expires_on"])
    (invoice,) = invoices(cli)
    assert (invoice["issued_on"], len(invoice["lines"])) == (
        expect["renewed_on"],
        expect["lines"],
    )
    assert account(cli)["state"] == "active"


@case("D11")
def check_private_deletion(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["deleted_on"], offer=given["offer"], created_on="2024-01-31")
    bring_in(cli, f"pia@acme.example,monthly,{given['expires_on']},31,monthly")
    before = statement(cli)
    cli.ok("account", "delete", "1", "-y")
    assert account(cli)["deleted_on"] == given["deleted_on"]
    cli.ok("tick", "--days", "100")
    assert (expect["refund_cents"], expect["billed_afterwards"]) == (0, False)
    assert (statement(cli), invoices(cli)) == (before, [])


@case("D12")
def check_cancelled_platform(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["cancelled_on"])
    first, second, third = given["expiries"]
    bring_in(
        cli,
        f"a@acme.example,monthly,{first},10,monthly",
        f"b@acme.example,monthly,{second},20,yearly",
        f"c@acme.example,yearly,{third},3,yearly",
    )
    cli.ok("platform", "cancel", "home", "-y")
    seen = []
    for number, expires_on in enumerate(given["expiries"], start=1):
        cli.ok("tick", "--to", expires_on)
        seen.append(account(cli, number)["suspended_on"])
    assert seen == expect["suspended_on"]
    assert invoices(cli) == []


@case("E09")
def check_late_tick(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    in_time = Cli(cli.store.with_name("in-time.db"))
    for one in (cli, in_time):
        with freeze_time("2024-02-20 12:00:00"):
            host(one)
            bring_in(one, f"anna@acme.example,{given['period']},{given['expires_on']},1,monthly")
    tick_on(cli, *given["ticks"])
    tick_on(in_time, *given["compared_with"])
    assert (expect["same_terms_billed"], expect["same_net_total"]) == (True, True)
    assert terms(cli) == [("2024-03-01", "2024-04-01"), ("2024-04-01", "2024-05-01")]
    assert terms(in_time) == terms(cli)
    assert [i["net_cents"] for i in invoices(cli)] == [2 * 159]
    assert [i["net_cents"] for i in invoices(in_time)] == [159, 159]


@case("E10")
def check_due_date_of_a_late_tick(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    with freeze_time("2024-02-20 12:00:00"):
        host(cli)
        bring_in(cli, f"anna@acme.example,yearly,{given['term_start']},1,yearly")
    tick_on(cli, given["tick_on"])
    (invoice,) = invoices(cli)
    assert terms(cli) == [(given["term_start"], "2025-03-01")]
    assert invoice["issued_on"] == expect["issued_on"]
    assert invoice["due_on"] == "2024-06-10" >= expect["due_on_at_least"]


@case("E11")
def check_clock_backwards(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", given["clock"])
    bring_in(cli, "anna@acme.example,monthly,2024-02-15,15,monthly")
    refused = cli("tick", "--to", given["tick_to"], "-o", "json")
    assert expect["refused"] is True
    assert (refused.status, refused.error()["code"]) == (1, "clock-backwards")
    assert len(invoices(cli)) == expect["billed"]


@case("F10")
def check_key(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", "2026-01-01", balance_cents=0)
    first, second = given["first_cents"] // 100, given["second_cents"] // 100
    cli.ok("prepaid", "credit", "acme", str(first), "--key", given["key"])
    refused = cli("prepaid", "credit", "acme", str(second), "--key", given["key"], "-o", "json")
    assert expect["second"] == "refused"
    assert (refused.status, refused.error()["code"]) == (1, "key-reused")
    cli.ok("prepaid", "credit", "acme", str(first), "--key", given["key"])
    assert len(statement(cli)) == expect["balance_moves"]


@case("H18")
def check_money_lifts_no_expiry(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", "2026-01-01", balance_cents=0, payment_days=60)
    cli.ok("account", "order", "home", "--count", "1", "-y")
    cli.ok("account", "renew", "1", "--mode", "none", "-y")
    cli.ok("tick", "--to", "2026-02-01")
    assert account(cli)["suspended_for"] == given["suspended_for"]
    assert [invoice["status"] for invoice in invoices(cli)] == ["open"]
    cli.ok("prepaid", "credit", "acme", "10")
    assert [invoice["status"] for invoice in invoices(cli)] == ["paid"]
    assert (account(cli)["state"] == "active") == expect["reactivated"]


def debtor(cli: Cli) -> None:
    """D is 2026-01-01: a private account of 3.59 is bought with a balance of 2.00."""
    given = VECTORS["I09"]["given"]
    balance_cents = given["balance_cents"]
    host(cli, "--clock", "2026-01-01", offer="private-exchange", balance_cents=balance_cents)
    cli.ok("account", "order", "home", "--count", "1", "-y")
    assert [invoice["total_cents"] for invoice in invoices(cli)] == [given["invoice_cents"]]


def debt(cli: Cli) -> tuple[int, str | None]:
    shown = cli.ok("prepaid", "show", "acme")
    return shown["balance_cents"], shown["debt_due_on"]


def states(cli: Cli, on: str) -> list[str]:
    """The accounts' states at the end of a day."""
    cli.ok("tick", "--to", on)
    return [item["state"] for item in cli.ok("account", "list", "--state", "all")["items"]]


@case("I09")
def check_debt(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    debtor(cli)
    assert debt(cli) == (expect["balance_cents"], "2026-01-08")
    assert (states(cli, "2026-01-08"), states(cli, "2026-01-09")) == (["active"], ["suspended"])
    told = [row for row in contents(cli.store)["notice"] if "debt-opened" in row]
    assert len(told) == expect["notices"]


@case("I12")
def check_second_debt(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    debtor(cli)
    cli.ok("tick", "--to", "2026-01-07")
    cli.ok("account", "order", "home", "--count", "1", "-y")
    second = invoices(cli)[1]
    assert second["total_cents"] == given["charge_on_D_plus_6_cents"]
    assert second["due_on"] == "2026-01-14"
    assert debt(cli) == (-159 - 359, "2026-01-08")
    assert states(cli, "2026-01-09") == ["suspended", "active"]
    assert states(cli, "2026-01-14") == ["suspended", "active"]
    assert states(cli, "2026-01-15") == ["suspended", "suspended"]


@case("I13")
def check_smallest_credit(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    host(cli, "--clock", "2026-01-01", balance_cents=0)
    accepted = []
    for cents in given["amounts_cents"]:
        outcome = cli("prepaid", "credit", "acme", f"{cents // 100}.{cents % 100:02d}")
        accepted.append(outcome.status == 0)
    assert accepted == expect["accepted"]
    debtors = Cli(cli.store.with_name("debtors.db"))
    host(debtors, "--clock", "2026-01-01", balance_cents=-999)
    assert debtors("prepaid", "credit", "acme", "9.98").status == 1
    assert debtors.ok("prepaid", "credit", "acme", "9,99")["balance_cents"] == 0


@case("I16")
def check_balance(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    debtor(cli)
    cli.ok("prepaid", "credit", "acme", "100")
    cli.ok("tick", "--to", "2026-04-10")
    rows = statement(cli)
    # 2.00, 100.00, and 3.59 on the first of January, February, March and April.
    amounts = [row["amount_cents"] for row in rows]
    assert amounts == [200, -359, 10_000, -359, -359, -359]
    assert debt(cli) == (sum(amounts), None)
    assert all(row["before_cents"] + row["amount_cents"] == row["after_cents"] for row in rows)
    assert [row["before_cents"] for row in rows[1:]] == [row["after_cents"] for row in rows[:-1]]


@case("K01", "K02", "K05", "K19")
def check_tax(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    lines: Sequence[int] = given["lines_net_cents"]
    host(cli, "--clock", "2026-01-01", balance_cents=100_000_000)
    unit = f"{lines[0] // 100}.{lines[0] % 100:02d}"
    cli.ok("offer", "price", "email-pro", "monthly", unit, "-y")
    cli.ok("tax", "set", "FR", given["rate"], "-y")
    cli.ok("account", "order", "home", "--count", str(len(lines)), "-y")
    (invoice,) = invoices(cli)
    assert [line["net_cents"] for line in invoice["lines"]] == lines
    assert invoice["tax_cents"] == expect["tax_cents"] != expect.get("wrong_half_even")
    assert invoice["total_cents"] == expect.get("total_cents", sum(lines) + expect["tax_cents"])
    assert tax_cents(sum(lines), int(given["rate"]) * 100) == expect["tax_cents"]


@case("N02")
def check_no_gap(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    """Undone by a dry run, and by a kill at each later statement, after the number was taken."""
    host(cli, "--clock", "2026-01-01")
    order = ["account", "order", "home", "--count", "1", "-y"]
    cli.ok(*order)
    cli.ok(*order, "--dry-run")
    kills = [killed_at(statement, cli, *order) for statement in range(10, 60, 5)]
    assert kills.count(True) >= 5
    cli.ok(*order)
    numbers = [invoice["number"] for invoice in invoices(cli)]
    assert expect["next_number"] == "the same: no gap"
    assert numbers == [f"2026-{n:06d}" for n in range(1, len(numbers) + 1)]
    assert len(numbers) >= 2


@case("L05")
def check_credit_notes_of_lines(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    """An invoice whose lines are credited one by one gives back its whole tax, not a cent more."""
    host(cli, "--clock", "2026-01-01")
    for n, cents in enumerate(given["lines_net_cents"], start=1):
        name = f"offer-{n}"
        cli.ok("offer", "add", name, "--like", "email-pro")
        cli.ok("offer", "price", name, "monthly", f"{cents // 100}.{cents % 100:02d}")
        cli.ok("platform", "add", f"place-{n}", "--customer", "acme", "--offer", name)
        line = f"place-{n},a{n}@acme.example,monthly,2026-01-02,2,monthly\n"
        head = "platform,address,period,expires_on,anchor_day,renewal\n"
        cli.ok("import", "accounts", "-", stdin=head + line)
    cli.ok("tick", "--to", "2026-01-02")
    (invoice,) = invoices(cli)
    assert {line["tax_rate"] for line in invoice["lines"]} == {given["rate"]}
    assert invoice["total_cents"] == given["invoice_total_cents"]
    assert given["credit_each_line_alone"] is True
    notes = [
        cli.ok("invoice", "credit", invoice["number"], "--line", str(n), "--reason", "wrong", "-y")
        for n in range(1, 5)
    ]
    assert sum(note["total_cents"] for note in notes) == expect["credited_total_cents"]
    assert notes[-1]["total_cents"] == expect["last_credit_note_cents"]


@case("O04")
def check_late_reminders(cli: Cli, given: dict[str, Any], expect: dict[str, Any]) -> None:
    """The reminders of a renewal on 1 March fall on 20 January and 14 February."""
    assert given["the tick is so late that both reminders are past"] is True
    assert expect["sent"] == "only the latest that still helps; none after the renewal itself"
    for name, ticks, told in (
        ("before", ("2026-01-10", "2026-02-20", "2026-02-21"), ["2026-02-20"]),
        ("after", ("2026-01-10", "2026-03-05", "2026-03-06"), []),
    ):
        late = Cli(cli.store.with_name(f"{name}.db"))
        with freeze_time("2026-01-09 12:00:00"):
            host(late)
            bring_in(late, "anna@acme.example,yearly,2026-03-01,1,yearly")
        tick_on(late, *ticks)
        queued = late.ok("notice", "list", "--customer", "acme")["items"]
        assert [item["queued_on"] for item in queued if item["kind"] == "renewal-coming"] == told, (
            name
        )
        assert [item["kind"] for item in queued].count("invoice-issued") == (not told), name
