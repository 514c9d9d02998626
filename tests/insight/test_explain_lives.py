"""Random lives: explaining never fails, and what it says will come is what the ticks then do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailctl.insight.explaining.debt_history import open_after, steps
from mailctl.store.engine.stores import store_at
from mailctl.store.queries.money_explanations import movements
from tests.helpers import Cli
from tests.lives import many
from tests.lives.life import Move, a_life
from tests.lives.money_life import a_life_with_money

lives = many.lives(10)
MAIL = [
    "do_order", "do_configure", "do_rename", "do_renew", "do_renew_all", "do_reset", "do_delete",
    "do_cancel", "do_resume", "do_change_of_mind", "do_platform", "do_credit", "do_edit",
    "do_price", "do_price_removed",
    "do_tax", "do_retention", "do_tick", "do_tick", "do_wait", "do_import",
    "do_two_debts",
]  # fmt: skip
MONEY = [
    "do_order", "do_tick", "do_credit", "do_edit", "do_extend", "do_reopen", "do_later_credit",
    "do_give_back", "do_pay_invoice", "do_pay_order", "do_reverse", "do_grace", "do_method",
    "do_collect", "do_manual", "do_renew", "do_cancel", "do_price",
    "do_price_removed", "do_two_debts", "do_tick",
    "do_later_order", "do_failing_card",
]  # fmt: skip
small = st.integers(0, 15)


def moves(names: list[str]) -> st.SearchStrategy[list[Move]]:
    """Some moves of these kinds."""
    return st.lists(st.tuples(st.sampled_from(names), small, small, small), min_size=3, max_size=20)


def explained(cli: Cli) -> dict[int, Any]:
    """Every account's explanation, checked against what `account list` says."""
    found: dict[int, Any] = {}
    for account in cli.ok("account", "list", "--state", "all")["items"]:
        said = cli.ok("account", "explain", str(account["id"]))
        assert (said["next_event"], said["next_on"]) == (account["next_event"], account["next_on"])
        check_order(said)
        if said["command"]:
            cli.ok(*said["command"].split()[1:], "--dry-run", "-y")
        found[account["id"]] = (account, said)
    for invoice in (
        *cli.ok("invoice", "list")["items"],
        *cli.ok("invoice", "list", "--kind", "credit-note")["items"],
    ):
        check_order(cli.ok("invoice", "explain", invoice["number"]))
        cli.ok("invoice", "explain", invoice["number"], "--line", "1")
    return found


def check_order(said: Any) -> None:
    """Oldest first, what is to come last; the origin of every price is known."""
    ahead = ("next", "way-out", "mail-server")
    past = [one["on"] for one in said["sentences"] if one["kind"] not in ahead]
    assert past == sorted(past)
    sections = [one["kind"] if one["kind"] in ahead else "" for one in said["sentences"]]
    assert sections == sorted(sections, key=("", *ahead).index)
    assert "next" in sections
    assert "does not know" not in str(said)


def check_money(cli: Cli) -> None:
    """What the movements leave open of each invoice is what the store keeps."""
    with store_at(cli.store).read() as reader:
        kept = reader.execute("SELECT invoice_id, customer_id, open_cents FROM invoice_open")
        for invoice_id, customer_id, open_cents in kept.fetchall():
            moved = movements(reader, customer_id)
            assert open_after(moved)[invoice_id] == open_cents
            assert list(steps(moved, invoice_id))[-1].after_cents == open_cents


def cents(text: str) -> int:
    """The cents of an amount as it is shown."""
    return int(re.sub(r"[.,]", "", text))


def check_future(cli: Cli, account: Any, said: Any) -> None:
    """Let the account's next day come, with nothing done meanwhile, and compare."""
    today = cli.ok("status")["clock_on"]
    if account["next_on"] is None or account["next_on"] > f"{int(today[:4]) + 2}":
        return
    number, coming = str(account["id"]), [s for s in said["sentences"] if s["kind"] == "next"]
    first = date.fromisoformat(today).toordinal() + 1
    day = max(date.fromisoformat(account["next_on"]), date.fromordinal(first))
    if any(one["text"].startswith("If that is paid") for one in coming):
        cli.ok(*said["command"].split()[1:])
    collected = cli.ok("method", "list", "--customer", account["customer"])["items"]
    cli.ok("tick", "--to", str(day))
    now = cli.ok("account", "show", number)
    since = [
        row
        for row in cli.ok("customer", "history", account["customer"])["items"]
        if row["on"] > today
    ]
    if any(row["details"].get("suspended_for") == "debt" for row in since):
        mine = [row for row in since if row["subject"] == f"account/{number}"]
        if mine and mine[0]["details"].get("suspended_for") == "debt":
            told = [s["on"] for s in coming if s["text"].startswith("Suspended for debt")]
            assert mine[0]["on"] in told or "payment covers it" in str(coming)
            return
        # What a method could not collect is asked for again, and suspends on other days.
        if collected:
            return
    if account["next_event"] == "renewal":
        (text,) = [s["text"] for s in coming if s["on"] == str(day) and "enews" in s["text"]] or [
            s["text"] for s in coming if s["text"].startswith("The next tick bills")
        ]
        check_renewal(cli, now, str(day), text)
    elif account["next_event"] == "suspension":
        assert (now["suspended_on"], now["suspended_for"]) == (str(day), "expired")
        assert str(day) in [s["on"] for s in coming if s["text"].startswith("Suspended")]
    elif not any(row["kind"] == "reopened" for row in since):
        assert (now["state"], now["deleted_on"]) == ("deleted", str(day))
        assert str(day) in [s["on"] for s in coming if s["text"].startswith("Deleted")]


def check_renewal(cli: Cli, now: Any, day: str, text: str) -> None:
    """The new expiry, the price, the customer's invoice and the balance are as announced."""
    until = re.search(r"(?:until|to) (\d{4}-\d\d-\d\d):", text)
    total = re.search(r"invoice of that day will be ([\d.,]+) EUR", text)
    balance = re.search(r"balance after it will be (-?[\d.,]+?) EUR", text)
    price = re.search(r": (?:from \S+ )?([\d.,]+) EUR net", text)
    assert until
    assert total
    assert balance
    assert price
    last_on = date.fromisoformat(now["expires_on"]) - timedelta(days=1)
    assert until[1] == str(last_on)
    issued = [
        invoice
        for invoice in cli.ok("invoice", "list", "--customer", now["customer"])["items"]
        if invoice["issued_on"] == day and invoice["order"] is None
    ]
    assert [invoice["total_cents"] for invoice in issued] == [cents(total[1])]
    lines = cli.ok("invoice", "show", issued[0]["number"])["lines"]
    mine = [line["unit_cents"] for line in lines if line["account"] == now["id"]]
    assert mine[0] == cents(price[1])
    kept = cli.ok("prepaid", "show", now["customer"])["balance_cents"]
    assert kept == cents(balance[1])


def play(life: Any, moves: Sequence[Move], which: int) -> None:
    """Live, explain everything, then wait for what comes next to one of the accounts."""
    for move in moves:
        life.play(move)
    found = explained(life.cli)
    check_money(life.cli)
    if not life.frozen:
        live = [pair for pair in found.values() if pair[0]["next_on"] is not None]
        if live:
            check_future(life.cli, *live[which % len(live)])


@lives
@given(start=st.sampled_from(["2026-01-31", "2024-02-29"]), moves=moves(MAIL), which=small)
def test_every_account_is_explained_and_its_next_day_comes_as_explained(
    start: str, moves: list[Move], which: int, server_url: str | None
) -> None:
    """Orders, renewals, cancels, prices, taxes: what is announced for the next day then happens."""
    with a_life(start, server_url) as life:
        play(life, moves, which)


@lives
@given(start=st.sampled_from(["2026-01-29", "2026-11-30"]), moves=moves(MONEY), which=small)
def test_every_movement_of_money_is_explained_and_what_follows_comes_as_explained(
    start: str, moves: list[Move], which: int, server_url: str | None
) -> None:
    """Debts, payments that fail, credit notes, reversals, grace, extensions, kept orders."""
    with a_life_with_money(start, server_url) as life:
        play(life, moves, which)


@lives
@given(start=st.sampled_from(["2026-01-31", "2024-02-29"]), moves=moves(MAIL))
def test_late_ticks_of_a_wall_clock_are_explained(
    start: str, moves: list[Move], server_url: str | None
) -> None:
    """On a wall clock days are missed and the clock goes back; explaining never fails."""
    with a_life(start, server_url, wall=True) as life:
        play(life, moves, 0)
