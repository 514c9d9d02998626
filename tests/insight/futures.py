"""What really happens: a store lived day by day with the command line, in a forecast's shape.

Who pays, and when, is decided here again, from the store's rows, one customer at a time.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.helpers import Cli
from tests.store.plain import opened, rows

FIGURES = (
    "renewals",
    "net_cents",
    "tax_cents",
    "total_cents",
    "suspensions",
    "deletions",
    "debts_opened",
)


def really(cli: Cli, until: str, *, paying: bool, mailing: bool = False) -> dict[str, Any]:
    """Live a store on a manual clock to a day, with its ticks.

    With `paying`, each debt is paid on its last day and each payment succeeds when it is tried;
    with `mailing`, each notice has gone out by the end of its day.
    """
    day = date.fromisoformat(cli.ok("status")["clock_on"])
    before = _last_rows(cli)
    known = {item["number"] for item in cli.ok("invoice", "list")["items"]}
    abstaining = {name for name, *_ in _debtors(cli, str(day - timedelta(days=1)))}
    months: dict[str, dict[str, int]] = {}
    while True:
        months.setdefault(str(day)[:7], dict.fromkeys(FIGURES, 0))
        if paying:
            _pay(cli, str(day), abstaining)
        if mailing:
            with opened(cli.store) as base:
                base.execute("UPDATE notice SET sent_at = '2026-01-01T00:00:00Z'")
        if str(day) >= until:
            break
        day += timedelta(days=1)
        _add(months, str(day)[:7], cli.ok("tick"))
    for invoice in cli.ok("invoice", "list")["items"]:
        if invoice["number"] not in known:
            for key in ("net_cents", "tax_cents", "total_cents"):
                months[invoice["issued_on"][:7]][key] += invoice[key]
    return {
        "until_on": until,
        "months": [{"month": month, **found} for month, found in months.items()],
        "shortfalls": _shortfalls(cli, before),
    }


def _add(months: dict[str, dict[str, int]], month: str, tick: dict[str, Any]) -> None:
    found = months.setdefault(month, dict.fromkeys(FIGURES, 0))
    found["renewals"] += tick["renewed"]
    found["suspensions"] += tick["suspended_expired"] + tick["suspended_debt"]
    found["deletions"] += tick["deleted"]
    found["debts_opened"] += tick["debts_opened"]


def _last_rows(cli: Cli) -> dict[str, int]:
    return dict(
        rows(
            cli.store,
            "SELECT c.slug, max(l.seq) FROM customer c JOIN ledger l ON l.customer_id = c.id "
            "GROUP BY c.slug",
        )
    )


def _debtors(cli: Cli, day: str) -> list[tuple[str, int]]:
    """Who has an uncovered invoice due on or before a day, and no grace after it; what they owe."""
    found = {}
    for slug, balance, grace, due in rows(
        cli.store,
        "SELECT c.slug, c.balance_cents, coalesce(c.grace_until_on, ''), o.due_on FROM customer c "
        "JOIN invoice_open o ON o.customer_id = c.id WHERE o.open_cents > 0 AND o.is_covered = 0",
    ):
        if balance < 0 and due <= day and grace <= day:
            found[slug] = -balance
    return sorted(found.items())


def _pay(cli: Cli, day: str, abstaining: set[str]) -> None:
    for number, exported, next_try, expires in rows(
        cli.store,
        "SELECT p.id, p.exported_on, coalesce(p.next_try_on, ''), coalesce(m.expires_on, '9999') "
        "FROM payment p JOIN method m ON m.id = p.method_id WHERE p.status = 'pending'",
    ):
        if exported or (next_try <= day and expires >= day[:7]):
            cli("payment", "settle", str(number))
    for slug, cents in _debtors(cli, day):
        if slug not in abstaining:
            cli.ok("prepaid", "credit", slug, f"{cents // 100}.{cents % 100:02d}")


def _shortfalls(cli: Cli, before: dict[str, int]) -> list[dict[str, Any]]:
    found = []
    for customer in cli.ok("customer", "list")["items"]:
        slug = customer["id"]
        for row in cli.ok("prepaid", "statement", slug)["items"]:
            is_new_charge = row["seq"] > before.get(slug, 0) and row["kind"] == "charge"
            if is_new_charge and row["after_cents"] < 0:
                found.append(
                    {"customer": slug, "on_on": row["on"], "amount_cents": -row["after_cents"]}
                )
                break
    return sorted(found, key=lambda item: (item["on_on"], item["customer"]))
