"""What must become of the example host: a calculation from its CSV files and the rules alone.

It knows one account and one day at a time, nothing of the program, and no customer who pays: the
host's customers live on what they brought.
"""

from __future__ import annotations

import calendar
import csv
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.helpers import Cli
from tests.originals import made_once

HOST = Path(__file__).parent.parent.parent / "examples" / "host"
FIRST_DAY = date(2026, 1, 15)
LAST_DAY = date(2027, 2, 19)
RETENTION = timedelta(days=14)
CENTS = {
    ("email-pro", "monthly"): 159,
    ("email-pro", "yearly"): 1788,
    ("hosted-exchange", "monthly"): 399,
    ("hosted-exchange", "yearly"): 4308,
    ("private-exchange", "monthly"): 299,
}
# Standard rates of 2026 and 2027 in whole percent. The seller is in France: there the home rate, in
# the EU the customer's country's unless they have a VAT number and account for it themselves, in
# Switzerland none.
RATE = {"FR": 20, "DE": 19, "BE": 21, "AT": 20, "LU": 17, "CH": 0}


def grown_host() -> Path:
    """The folder of the host after 400 days: its store, and what the tick said."""

    def make(folder: Path) -> None:
        cli = Cli(folder / "mailctl.db")
        cli.ok("init", "--clock", FIRST_DAY.isoformat())
        cli.ok("import", "--dir", str(HOST))
        said = cli.ok("tick", "--days", "400")
        (folder / "tick.json").write_text(json.dumps(said), encoding="utf-8")

    return made_once("grown-host", make)


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the host's files."""
    with (HOST / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tax_cents(net_cents: int, country: str, vat_number: str) -> int:
    """The tax on a net amount, half a cent up."""
    rate = 0 if vat_number and country != "FR" else RATE[country]
    return (net_cents * rate + 50) // 100


def later(day: date, months: int, anchor_day: int) -> date:
    """So many months after the day's month, on the anchor's day or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor_day, calendar.monthrange(year, month + 1)[1]))


def normal(address: str) -> str | None:
    """An address of the files as the store shows it: the domain in Unicode; blank is None."""
    local, _, domain = address.partition("@")
    parts = (p[4:].encode().decode("punycode") if p[:4] == "xn--" else p for p in domain.split("."))
    return f"{local}@{'.'.join(parts)}" if address else None


@dataclass(slots=True, kw_only=True)
class Slot:
    """One account of the host, by a life of its own."""

    number: int
    address: str | None
    offer: str
    period: str
    renewal: str
    expires_on: date
    anchor_day: int
    state: str = "active"
    deletes_on: date | None = None
    deleted_on: date | None = None


@dataclass(slots=True, kw_only=True)
class Bill:
    """One invoice: its day, what it counts and whom it concerns."""

    issued_on: date
    due_on: date
    net_cents: int
    tax_cents: int
    terms: list[tuple[Slot, date, date, int]]

    @property
    def total_cents(self) -> int:
        """Net and tax."""
        return self.net_cents + self.tax_cents


@dataclass(slots=True, kw_only=True)
class Payer:
    """A customer with a balance that nobody tops up."""

    country: str
    vat_number: str
    payment_days: int
    money_cents: int
    slots: list[Slot] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)

    @property
    def balance_cents(self) -> int:
        """The opening balance less everything billed."""
        return self.money_cents - sum(bill.total_cents for bill in self.bills)

    def open_bills(self) -> list[Bill]:
        """The bills that the money does not reach, which are always the latest ones."""
        left, still_open = self.money_cents, []
        for bill in self.bills:
            left -= bill.total_cents
            if left < 0:
                still_open.append(bill)
        return still_open

    def live(self, day: date) -> None:
        """One day of the customer: overdue, renewals, expiries, deletions."""
        for bill in self.open_bills():
            if bill.due_on < day:
                for slot, *_ in bill.terms:
                    suspend(slot, day)
        terms = []
        for slot in self.slots:
            while slot.state == "active" and slot.renewal != "none" and slot.expires_on <= day:
                slot.period = slot.renewal
                start, months = slot.expires_on, 12 if slot.period == "yearly" else 1
                slot.expires_on = later(start, months, slot.anchor_day)
                cents = CENTS[slot.offer, slot.period]
                terms.append((slot, start, slot.expires_on, cents))
        if terms:
            net = sum(cents for *_, cents in terms)
            self.bills.append(
                Bill(
                    issued_on=day,
                    due_on=day + timedelta(days=self.payment_days),
                    net_cents=net,
                    tax_cents=tax_cents(net, self.country, self.vat_number),
                    terms=terms,
                )
            )
        for slot in self.slots:
            if slot.expires_on <= day:
                suspend(slot, day)
            if slot.deletes_on is not None and slot.deletes_on <= day and not slot.deleted_on:
                slot.state, slot.deleted_on = "deleted", day


def suspend(slot: Slot, day: date) -> None:
    """An active account is suspended, to be deleted two weeks later."""
    if slot.state == "active":
        slot.state, slot.deletes_on = "suspended", day + RETENTION


def expected() -> dict[str, Payer]:
    """The host after 400 days, by this file's own calculation."""
    payers = {
        row["id"]: Payer(
            country=row["country"],
            vat_number=row["vat_number"],
            payment_days=int(row["payment_days"] or 7),
            money_cents=int(row["balance_cents"]),
        )
        for row in rows("customers")
    }
    platforms = {row["name"]: row for row in rows("platforms")}
    for number, row in enumerate(rows("accounts"), start=1):
        platform = platforms[row["platform"]]
        payers[platform["customer"]].slots.append(
            Slot(
                number=number,
                address=normal(row["address"]),
                offer=platform["offer"],
                period=row["period"],
                renewal=row["renewal"],
                expires_on=date.fromisoformat(row["expires_on"]),
                anchor_day=int(row["anchor_day"]),
            )
        )
    for payer in payers.values():
        day = FIRST_DAY
        while (day := day + timedelta(days=1)) <= LAST_DAY:
            payer.live(day)
    return payers
