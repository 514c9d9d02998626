"""The calendar, read back by its library and held against the lists that anybody can ask for."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from freezegun import freeze_time
from icalendar import Calendar

from tests.helpers import Cli
from tests.insight.aged_host import aged_host
from tests.store.plain import force

TITLES = {
    "renewal": "accounts? renews?",
    "suspension": "accounts? ends?",
    "deletion": r"accounts? (?:is|are) deleted",
    "invoice-due": r"invoices? (?:is|are) due, [\d,.]+ EUR(?: \(being collected\))?",
    "card-expiry": "cards? expires?",
}


def events(file: Path) -> list[Any]:
    """The events of a file, as the library reads them."""
    return list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))


def made(cli: Cli, file: Path, *argv: str) -> dict[str, Any]:
    """Write a calendar; what the command answers."""
    answer: dict[str, Any] = cli.ok("report", "calendar", str(file), *argv)
    return answer


def kind_of(event: Any) -> str:
    """What kind of event it is, by its category."""
    (kind,) = event["CATEGORIES"].cats
    return str(kind)


def lines_of(event: Any) -> list[str]:
    """What an event lists."""
    lines = str(event["DESCRIPTION"]).partition("\n\n")[0].split("\n")
    return [line.removesuffix(", being collected") for line in lines]


def test_every_account_invoice_and_card_is_in_it_on_its_day(tmp_path: Path) -> None:
    """And nothing else: 1,500 accounts compared one by one."""
    host = aged_host()
    customers = {item["id"]: item["name"] for item in host.ok("customer", "list")["items"]}
    expected: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for item in host.ok("account", "list")["items"]:
        line = f"{item['address'] or '(blank)'}, account/{item['id']}"
        expected[item["next_on"], item["next_event"], item["customer"]].append(line)
    for item in host.ok("invoice", "list", "--status", "open")["items"]:
        line = f"{item['number']}: {item['open_cents'] / 100:.2f} EUR"
        expected[item["due_on"], "invoice-due", item["customer"]].append(line)
    for item in host.ok("method", "list")["items"]:
        expected["2026-11-30", "card-expiry", item["customer"]].append(item["label"])

    answer = made(host, tmp_path / "host.ics", "--until", "2027-12-31")

    found = events(tmp_path / "host.ics")
    told = {}
    for event in found:
        customer = str(event["DESCRIPTION"]).rpartition("customer/")[2]
        kind = kind_of(event)
        told[event.decoded("DTSTART").isoformat(), kind, customer] = lines_of(event)
        lines = len(lines_of(event))
        assert re.fullmatch(
            rf"{re.escape(customers[customer])}: {lines} {TITLES[kind]}", str(event["SUMMARY"])
        )
    assert told == expected
    assert len(told) == len(found) == answer["events"] > 300
    counts: dict[str, int] = defaultdict(int)
    for (_, kind, _), items in expected.items():
        counts[kind] += len(items)
    assert {
        "renewal": answer["renewals"],
        "suspension": answer["suspensions"],
        "deletion": answer["deletions"],
        "invoice-due": answer["invoices"],
        "card-expiry": answer["cards"],
    } == counts
    assert all(counts.values())


def test_the_busy_host_in_words(busy: Cli, tmp_path: Path) -> None:
    """What a calendar shows on which day, in order."""
    made(busy, tmp_path / "busy.ics")

    assert [
        f"{event.decoded('DTSTART')} {event['SUMMARY']}" for event in events(tmp_path / "busy.ics")
    ] == [
        "2026-02-01 Late and Sons: 1 invoice is due, 1.91 EUR",
        "2026-02-04 Slow Office: 1 account renews",
        "2026-02-15 Acme SARL: 2 accounts are deleted",
        "2026-02-16 Late and Sons: 1 account is deleted",
        "2026-03-01 Acme SARL: 4 accounts renew",
        "2026-03-01 Bolt GmbH: 1 account renews",
    ]


def test_events_last_a_day_whatever_the_time_zone(busy: Cli, tmp_path: Path) -> None:
    """They are dates without times; nobody is busy because of them."""
    with freeze_time("2026-02-05 08:30:15"):
        made(busy, tmp_path / "busy.ics")

    text = (tmp_path / "busy.ics").read_bytes().decode()
    for event in events(tmp_path / "busy.ics"):
        first, last = event.decoded("DTSTART"), event.decoded("DTEND")
        assert (type(first), last - first) == (date, timedelta(days=1))
        assert event.decoded("DTSTAMP") == datetime(2026, 2, 5, 8, 30, 15, tzinfo=UTC)
        assert event["TRANSP"] == "TRANSPARENT"
    assert text.count("DTSTART;VALUE=DATE:") == 6
    assert "TZID" not in text


def test_an_event_keeps_its_identifier(busy: Cli, tmp_path: Path) -> None:
    """Read again the next day it is the same event with other words, not a second one."""
    with freeze_time("2026-02-05 08:00:00"):
        made(busy, tmp_path / "one.ics")
    busy.ok("account", "renew", "anna@acme.example", "--mode", "none", "-y")
    busy.ok("customer", "edit", "acme", "--name", "Acme SAS")
    with freeze_time("2026-02-06 08:00:00"):
        made(busy, tmp_path / "two.ics")

    one, two = (
        {str(event["UID"]): str(event["SUMMARY"]) for event in events(tmp_path / name)}
        for name in ("one.ics", "two.ics")
    )
    assert [(title, two[uid]) for uid, title in one.items() if "Acme" in title] == [
        ("Acme SARL: 2 accounts are deleted", "Acme SAS: 2 accounts are deleted"),
        ("Acme SARL: 4 accounts renew", "Acme SAS: 3 accounts renew"),
    ]
    assert [title for uid, title in two.items() if uid not in one] == ["Acme SAS: 1 account ends"]
    assert len(one) == 6


def test_two_stores_share_no_identifier(busy: Cli, tmp_path: Path) -> None:
    """Both can be in one calendar."""
    made(busy, tmp_path / "one.ics")
    force(busy.store, "UPDATE store SET created_at = '2020-01-01T00:00:00Z'")
    made(busy, tmp_path / "two.ics")

    one, two = ({str(event["UID"]) for event in events(tmp_path / name)}
                for name in ("one.ics", "two.ics"))  # fmt: skip
    assert (len(one), one & two) == (6, set())


def test_names_with_commas_and_semicolons_come_back_as_they_are(busy: Cli, tmp_path: Path) -> None:
    r"""Escaped and folded by the library: no line is longer than 75 octets, none is forged.

    What another program wrote and nobody can see has a mark in its place.
    """
    name = "A, B; C\\n\nBEGIN:VEVENT \u00e9\u00e8\u20ac" + "\u00e9" * 80
    force(busy.store, f"UPDATE customer SET name = '{name}\x1b' WHERE slug = 'acme'")

    made(busy, tmp_path / "busy.ics")

    data = (tmp_path / "busy.ics").read_bytes()
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\x1b" not in data
    assert len(events(tmp_path / "busy.ics")) == 6
    titles = [str(event["SUMMARY"]) for event in events(tmp_path / "busy.ics")]
    assert f"{name}\x1b: 4 accounts renew".translate({0x0A: 0xFFFD, 0x1B: 0xFFFD}) in titles


def test_one_customers_alone(busy: Cli, tmp_path: Path) -> None:
    """For a calendar that the customer may see."""
    answer = made(busy, tmp_path / "late.ics", "--customer", "late")

    assert (answer["customer"], answer["events"]) == ("late", 2)
    assert [str(event["SUMMARY"])[:14] for event in events(tmp_path / "late.ics")] == [
        "Late and Sons:",
        "Late and Sons:",
    ]


def test_a_customer_whom_nobody_knows_is_an_error(busy: Cli, tmp_path: Path) -> None:
    """And no file is left behind."""
    got = busy("report", "calendar", str(tmp_path / "x.ics"), "--customer", "acne", "--json")

    assert (got.status, got.error()["code"]) == (4, "customer-not-found")
    assert not (tmp_path / "x.ics").exists()


def test_it_reaches_to_the_day_asked_for(busy: Cli, tmp_path: Path) -> None:
    """That day included; a year unless given."""
    before = made(busy, tmp_path / "a.ics", "--until", "2026-02-28")
    on = made(busy, tmp_path / "a.ics", "--until", "2026-03-01")
    usual = made(busy, tmp_path / "a.ics")

    assert [before["renewals"], on["renewals"]] == [1, 6]
    assert usual["until_on"] == "2027-02-05"


def test_a_card_expires_on_the_last_day_of_its_month(busy: Cli, tmp_path: Path) -> None:
    """It can be charged through that day; one that has expired is not mentioned."""
    for name, month in (("acme", "2026-02"), ("bolt", "2028-02")):
        card = ("--token", "t", "--brand", "Visa", "--last4", "4242", "--expires", month)
        busy.ok("method", "add", "card", name, *card)

    before = made(busy, tmp_path / "a.ics", "--until", "2026-02-27")
    made(busy, tmp_path / "a.ics", "--until", "2028-02-29")

    cards = [event for event in events(tmp_path / "a.ics") if kind_of(event) == "card-expiry"]
    assert before["cards"] == 0
    assert [f"{event.decoded('DTSTART')} {event['SUMMARY']}" for event in cards] == [
        "2026-02-28 Acme SARL: 1 card expires",
        "2028-02-29 Bolt GmbH: 1 card expires",
    ]


def test_an_invoice_that_is_being_collected_says_so(busy: Cli, tmp_path: Path) -> None:
    """Nobody needs to be reminded of it."""
    card = ("--token", "t", "--brand", "Visa", "--last4", "4242", "--expires", "2030-01")
    busy.ok("method", "add", "card", "late", *card)

    made(busy, tmp_path / "a.ics")

    assert str(events(tmp_path / "a.ics")[0]["SUMMARY"]) == (
        "Late and Sons: 1 invoice is due, 1.91 EUR (being collected)"
    )


def test_an_event_lists_a_hundred_accounts_and_counts_all(busy: Cli, tmp_path: Path) -> None:
    """A calendar stays readable where thousands renew on a day."""
    for count in ("100", "5"):
        busy.ok("account", "order", "bolt-hx", "--count", count, "-y")

    answer = made(busy, tmp_path / "a.ics", "--customer", "bolt", "--until", "2026-03-05")

    event = events(tmp_path / "a.ics")[-1]
    assert str(event["SUMMARY"]) == "Bolt GmbH: 105 accounts renew"
    assert len(lines_of(event)) == 101
    assert lines_of(event)[-1] == "and 5 more"
    assert answer["renewals"] == 106


def test_a_day_that_is_past_is_refused(busy: Cli, tmp_path: Path) -> None:
    """The day that would be taken is named."""
    got = busy("report", "calendar", str(tmp_path / "x.ics"), "--until", "2026-02-04", "--json")

    assert (got.status, got.error()["code"]) == (2, "usage")
    assert got.error()["message"] == "--until 2026-02-04 is past: today is 2026-02-05"


def test_without_the_library_the_hint_says_how_to_get_it(busy: Cli, tmp_path: Path) -> None:
    """Few need calendars: it is an extra."""
    with patch.dict(sys.modules, {"icalendar": None}):
        got = busy("report", "calendar", str(tmp_path / "x.ics"), "--json")

    assert (got.status, got.error()["code"]) == (2, "usage")
    assert got.error()["hint"] == "pip install 'mailctl[reports]'"
    assert not (tmp_path / "x.ics").exists()


def test_an_empty_store_has_an_empty_calendar(store: Cli, tmp_path: Path) -> None:
    """A calendar all the same."""
    assert made(store, tmp_path / "x.ics")["events"] == 0
    assert events(tmp_path / "x.ics") == []


def test_a_sentence_says_what_was_written(busy: Cli, tmp_path: Path) -> None:
    """On stdout, nothing on stderr; with -q nothing at all."""
    file = str(tmp_path / "x.ics")
    got = busy("report", "calendar", file)

    assert (got.out, got.err) == (f"Wrote {file}: 6 events up to 2027-02-05.\n", "")
    assert busy("report", "calendar", file, "-q").out == ""


@pytest.mark.parametrize("day", ["2024-02-29", "2028-02-29"])
def test_a_year_from_a_leap_day_ends_in_february(cli: Cli, tmp_path: Path, day: str) -> None:
    """On its last day."""
    cli.ok("init", "--clock", day)

    assert made(cli, tmp_path / "x.ics")["until_on"] == f"{int(day[:4]) + 1}-02-28"
