"""The last day to pay: it is still to come when it is told, and every letter tells the same one."""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.helpers import Cli
from tests.notices.letters import last_of, letter, plain, run
from tests.store.plain import rows

ACME = """
init --clock 2026-01-01 --seller-name X
customer add acme --name Acme --email a@acme.example --country FR --language en
platform add p --customer acme --offer email-pro
"""
BANK = (
    "method add bank acme --iban FR7630006000011234567890189 --holder A --mandate M "
    "--signed 2025-01-01"
)


def asked(cli: Cli) -> list[tuple[str, str, str | None]]:
    """Which letters asked for money, when, and by which day."""
    return rows(
        cli.store,
        "SELECT queued_on, kind, due_on FROM notice WHERE kind IN ('debt-opened', 'debt-reminder') "
        "ORDER BY id",
    )


def due(cli: Cli) -> list[str]:
    """The due dates of all invoices."""
    return [item["due_on"] for item in cli.ok("invoice", "list")["items"]]


def collect(cli: Cli, day: str, *payments: int) -> None:
    """Hand over what can be; on a day the bank says that it failed."""
    run(cli, f"payment export --kind bank --format csv --to {cli.store.parent}/{day}.csv")
    cli.ok("tick", "--to", day)
    for payment in payments:
        cli.ok("payment", "fail", str(payment), "--reason", "no")


def said(cli: Cli, kind: str) -> str:
    """The last letter of a kind, on one line."""
    return " ".join(plain(letter(cli, last_of(cli, kind)).text).split())


def test_a_debit_that_fails_slowly_leaves_seven_days_to_pay(cli: Cli) -> None:
    """The bank takes its time; on 24 January nobody is asked to pay by the 10th."""
    run(cli, f"{ACME}\n{BANK}\naccount order p a@acme.example -y")
    for day in ("2026-01-03", "2026-01-10", "2026-01-17"):
        collect(cli, day, 1)
        assert due(cli) == ["2026-01-10"]
    collect(cli, "2026-01-24", 1)

    assert asked(cli) == [("2026-01-24", "debt-opened", "2026-01-31")]
    assert plain(letter(cli, last_of(cli, "debt-opened")).subject).endswith("by 31 January 2026")
    assert due(cli) == ["2026-01-31"]
    cli.ok("tick", "--to", "2026-01-31")
    assert cli.ok("account", "show", "1")["state"] == "active"
    assert asked(cli)[1:] == [("2026-01-29", "debt-reminder", "2026-01-31")]
    cli.ok("tick")
    assert cli.ok("account", "show", "1")["state"] == "suspended"


@pytest.mark.parametrize(
    ("last_try", "due_on"), [("2026-01-09", "2026-01-10"), ("2026-01-10", "2026-01-17")]
)
def test_a_day_that_is_still_to_come_is_not_moved(cli: Cli, last_try: str, due_on: str) -> None:
    """Due on 10 January since the first failure; on that day itself a letter comes too late."""
    run(cli, f"{ACME}\n{BANK}\naccount order p a@acme.example -y")
    for day in ("2026-01-03", "2026-01-05", "2026-01-07", last_try):
        collect(cli, day, 1)
    assert asked(cli)[0] == (last_try, "debt-opened", due_on)
    assert due(cli) == [due_on]


def test_two_payments_that_fail_on_a_day_make_one_letter(cli: Cli) -> None:
    """Who had 40 days for one invoice and 7 for the next is asked for both by the first day."""
    run(
        cli,
        f"{ACME}\n{BANK}\ncustomer edit acme --payment-days 40\naccount order p a@acme.example -y"
        "\ncustomer edit acme --payment-days 7\ntick\naccount order p b@acme.example -y",
    )
    for day in ("2026-01-03", "2026-01-04", "2026-01-06", "2026-01-08"):
        collect(cli, day, 1, 2)
        assert "To be paid by: 10 January 2026" in said(cli, "payment-failed")

    assert due(cli) == ["2026-02-10", "2026-01-10"]
    assert asked(cli) == [("2026-01-08", "debt-opened", "2026-01-10")]
    assert "€3.82" in said(cli, "debt-opened")
    cli.ok("tick", "--to", "2026-01-11")
    states = [item["state"] for item in cli.ok("account", "list")["items"]]
    assert (states, len(asked(cli))) == (["active", "suspended"], 1)


def test_who_is_asked_by_the_first_day_is_not_reminded_of_the_next_one_besides(cli: Cli) -> None:
    """Due on 10 and 11 January, both told of on the 9th: in one letter."""
    run(
        cli,
        f"{ACME}\n{BANK}\ncustomer edit acme --payment-days 10\naccount order p a@acme.example -y"
        "\ncustomer edit acme --payment-days 7\ntick\naccount order p b@acme.example -y",
    )
    for day in ("2026-01-03", "2026-01-05", "2026-01-07", "2026-01-09"):
        collect(cli, day, 1, 2)
    assert due(cli) == ["2026-01-11", "2026-01-10"]
    assert asked(cli) == [("2026-01-09", "debt-opened", "2026-01-10")]


def test_a_method_that_is_removed_after_the_due_date_leaves_seven_days(cli: Cli) -> None:
    """What it covered was due on 8 January; without it nobody is suspended the next day."""
    run(cli, f"{ACME}\n{BANK}\naccount order p a@acme.example -y\ntick --to 2026-01-20")
    cli.ok("method", "remove", "1", "-y")
    assert asked(cli) == [("2026-01-20", "debt-opened", "2026-01-27")]
    texts = [item["text"] for item in cli.ok("invoice", "explain", "2026-000001")["sentences"]]
    assert any("removed: it is due on 2026-01-27 instead." in text for text in texts), texts
    cli.ok("tick", "--to", "2026-01-27")
    assert cli.ok("account", "show", "1")["state"] == "active"
    cli.ok("tick")
    assert cli.ok("account", "show", "1")["state"] == "suspended"


def test_a_grace_that_lasts_needs_no_more_days(cli: Cli) -> None:
    """Without the method there is still the grace: its last day is told, and nothing moves."""
    run(
        cli,
        f"{ACME}\n{BANK}\naccount order p a@acme.example -y\n"
        "prepaid grace acme --until 2026-02-02 --reason asked\ntick --to 2026-01-20\n"
        "method remove 1 -y",
    )
    assert asked(cli) == [("2026-01-20", "debt-opened", "2026-02-02")]
    assert due(cli) == ["2026-01-08"]


def test_money_taken_back_leaves_days_for_what_a_payment_no_longer_covers(cli: Cli) -> None:
    """The card has expired; its payment covers the older invoice now, and not the later one."""
    run(
        cli,
        f"{ACME}\naccount order p a@acme.example -y\nprepaid credit acme 1.91\n{BANK}\n"
        "account order p b@acme.example -y\ntick --to 2026-01-15\n"
        f"payment export --kind bank --format csv --to {cli.store.parent}/x.csv\n"
        "method remove 1 -y\nprepaid reverse acme 2 --reason returned -y",
    )
    assert due(cli) == ["2026-01-22", "2026-01-22"]
    cli.ok("tick", "--to", "2026-01-22")
    assert cli.ok("account", "show", "2")["state"] == "active"


def test_what_nothing_covered_gets_no_more_days(cli: Cli) -> None:
    """A part of the money comes after the due date: the invoice stays overdue."""
    run(cli, f"{ACME}\naccount order p --count 9 -y\ntick --to 2026-01-09")
    cli.ok("prepaid", "credit", "acme", "10", "-y")
    assert due(cli) == ["2026-01-08"]
    assert cli.ok("account", "show", "1")["state"] == "suspended"


LATE = {
    "en": ("€1.91 short: was due by 8 January 2026", "The last day to pay was 8 January 2026."),
    "fr": ("échéance passée le 8 janvier 2026", "Le dernier jour pour payer était le 8 janvier"),
    "de": ("1,91 € waren bis 8. Januar 2026", "Der letzte Tag zum Zahlen war der 8. Januar 2026."),
}


@pytest.mark.parametrize("language", list(LATE))
def test_letters_that_are_sent_late_ask_to_pay_now(cli: Cli, language: str) -> None:
    """Queued on 1 January, read on the 9th: none says to pay by the 8th."""
    run(cli, f"{ACME}\naccount order p a@acme.example -y")
    run(cli, f"customer edit acme --language {language}\ntick --to 2026-01-09")
    subject, text = LATE[language]
    assert subject in plain(letter(cli, last_of(cli, "debt-opened")).subject)
    for kind in ("debt-opened", "order-confirmed"):
        body = said(cli, kind)
        assert text.rstrip(".") in body
        for asking in ("pay by", "jusqu’au 8", "bis einschließlich"):
            assert asking not in body


def test_letters_that_are_sent_late_mention_a_grace(cli: Cli) -> None:
    """Whoever has until 20 January by now is not told that the 8th is past."""
    run(
        cli,
        f"{ACME}\naccount order p a@acme.example -y\ntick --to 2026-01-09\n"
        "prepaid grace acme --until 2026-01-20 --reason asked",
    )
    assert plain(letter(cli, last_of(cli, "debt-opened")).subject).endswith("by 20 January 2026")
    for kind in ("debt-opened", "order-confirmed"):
        assert "Please pay by 20 January 2026" in said(cli, kind)


def test_the_calendar_and_the_advice_have_the_last_day_of_a_grace(cli: Cli, tmp_path: Path) -> None:
    """The reminder comes for the 20th: so the event stands there, and not on the 8th."""
    run(
        cli,
        f"{ACME}\naccount order p a@acme.example -y\n"
        "prepaid grace acme --until 2026-01-20 --reason asked",
    )
    cli.ok("report", "calendar", str(tmp_path / "x.ics"), "--until", "2026-01-30")
    events: list[Any] = Calendar.from_ical((tmp_path / "x.ics").read_bytes()).walk("VEVENT")
    assert [str(event["DTSTART"].dt) for event in events] == ["2026-01-20"]
    found = cli.ok("advise", "acme")["items"]
    assert [one["due_on"] for one in found if one["code"] == "debt"] == ["2026-01-20"]
    cli.ok("report", "calendar", str(tmp_path / "y.ics"), "--until", "2026-01-19")
    assert Calendar.from_ical((tmp_path / "y.ics").read_bytes()).walk("VEVENT") == []
