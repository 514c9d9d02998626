"""Debits that come back, and answers that never come: nobody pays twice, or never."""

from __future__ import annotations

import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.helpers import Cli, contents
from tests.notices.letters import last_of, letter, plain, run
from tests.store.plain import rows

SHOP = """
init --clock 2026-01-12 --timezone Europe/Paris --seller-name Mail
customer add c1 --name One --email one@c1.example --language en
platform add p --customer c1 --offer hosted-exchange
method add bank c1 --iban FR7630006000011234567890189 --holder One --mandate M-1 --signed 2025-01-01
account order p a@c1.example --period yearly -y
"""


def export(cli: Cli, name: str) -> list[int]:
    """Hand over what can be asked for; the payments of the file."""
    path = str(Path(cli.store.parent) / name)
    done = cli.ok("payment", "export", "--kind", "bank", "--format", "csv", "--to", path)
    return [item["id"] for item in done["items"]]


def state(cli: Cli) -> str:
    """Whether the mailbox works."""
    return str(cli.ok("account", "show", "1")["state"])


def kinds(cli: Cli) -> list[str]:
    """The kinds of the letters so far, but for those before a debit."""
    found = [item["kind"] for item in cli.ok("notice", "list")["items"]]
    return [kind for kind in found if kind != "debit-coming"]


def days_until_suspended(cli: Cli, code: str) -> int:
    """Debit whatever can be, settle it, and let each come back a week later; ten weeks at most."""
    for day in range(70):
        if state(cli) == "suspended":
            return day
        for number in export(cli, f"{day}.csv"):
            cli.ok("payment", "settle", str(number))
        today = date.fromisoformat(cli.ok("status")["clock_on"])
        for item in cli.ok("payment", "list", "--status", "succeeded")["items"]:
            if today - date.fromisoformat(item["settled_on"]) == timedelta(days=7):
                cli.ok("payment", "return", str(item["id"]), "--reason", code)
        cli.ok("tick")
    return 70


@pytest.mark.parametrize(
    ("code", "days", "tries"),
    [
        # Back on day 7, 15, 25 and 37, asked for again after 1, 3 and 5 days; 3 days are left.
        ("AM04", 41, 4),
        # Back on day 7, and 7 days to pay.
        ("MD06", 15, 1),
    ],
)
def test_debits_returned_week_after_week_end_in_a_suspension(
    cli: Cli, code: str, days: int, tries: int
) -> None:
    """Ten weekly returns were three months unpaid, and still active."""
    run(cli, SHOP)
    assert days_until_suspended(cli, code) == days
    tried = cli.ok("payment", "list")["items"]
    assert [item["status"] for item in tried] == ["returned"] * tries


def test_money_that_is_taken_back_week_after_week_gives_days_to_pay_once(cli: Cli) -> None:
    """A transfer that is recorded and reversed ten times moves the due date by a week, then not."""
    run(cli, SHOP + "\nmethod remove 1 -y")
    due = []
    for _ in range(10):
        cli.ok("tick", "--days", "3")
        if state(cli) == "suspended":
            break
        missing = -cli.ok("prepaid", "show", "c1")["balance_cents"]
        cli.ok("prepaid", "credit", "c1", f"{missing // 100}.{missing % 100:02}")
        seq = cli.ok("prepaid", "statement", "c1")["items"][-1]["seq"]
        cli.ok("prepaid", "reverse", "c1", str(seq), "--reason", "bounced", "-y")
        due.append(cli.ok("invoice", "show", "2026-000001")["due_on"])

    assert due[:3] == ["2026-01-22", "2026-01-22", "2026-01-24"]
    told = rows(cli.store, "SELECT queued_on, due_on FROM notice WHERE kind = 'debt-opened'")
    assert all(
        date.fromisoformat(day) - date.fromisoformat(on) >= timedelta(days=3)
        for on, day in told[1:]
    )


def test_a_customer_with_a_day_to_pay_has_three_after_a_return(cli: Cli) -> None:
    """The letter says so, and names the day."""
    run(cli, SHOP + "\ncustomer edit c1 --payment-days 1")
    export(cli, "1.csv")
    run(cli, "payment settle 1\ntick --to 2026-01-20\npayment return 1 --reason MD06")

    assert cli.ok("invoice", "show", "2026-000001")["due_on"] == "2026-01-23"
    text = " ".join(plain(letter(cli, last_of(cli, "payment-failed")).text).split())
    assert "had been collected, and was taken back afterwards" in text
    assert "We will not try again by ourselves." in text
    assert "Please pay by 23 January 2026 at the latest." in text


@pytest.mark.parametrize(
    ("language", "subject", "again"),
    [
        ("en", "was taken back", "We will try again on 21 January 2026."),
        ("fr", "a été rejeté", "Nous ferons une nouvelle tentative le 21 janvier 2026."),
        ("de", "wurde zurückgegeben", "Wir versuchen es am 21. Januar 2026 noch einmal."),
    ],
)
def test_a_customer_reads_that_the_bank_took_the_money_back_and_what_comes(
    cli: Cli, language: str, subject: str, again: str
) -> None:
    """Told once, with the next try and the last day to pay; a payment under way is no debt."""
    run(cli, f"{SHOP}\ncustomer edit c1 --language {language}")
    export(cli, "1.csv")
    run(cli, "payment settle 1\ntick --to 2026-01-20\npayment return 1 --reason AM04")

    got = letter(cli, last_of(cli, "payment-failed"))
    text = " ".join(plain(got.text).split())
    assert subject in got.subject
    assert again in text
    assert "27" in text
    assert kinds(cli) == ["order-confirmed", "debt-settled", "payment-failed"]


def test_twelve_days_of_silence_debit_nobody_twice(cli: Cli) -> None:
    """No second debit, no letter "could not collect": the administrator is warned."""
    run(cli, SHOP)
    assert export(cli, "1.csv") == [1]
    cli.ok("tick", "--days", "12")

    assert export(cli, "2.csv") == []
    assert kinds(cli) == ["order-confirmed"]
    assert state(cli) == "active"
    assert cli.ok("status")["payments_unanswered"] == 1
    (found,) = [
        one for one in cli.ok("advise", "c1")["items"] if one["code"] == "payment-unanswered"
    ]
    assert found["severity"] == "warning"
    assert found["command"].endswith("payment settle 1")
    forecast = cli.ok("forecast", "--months", "3", "--no-payments")
    assert sum(month["suspensions"] for month in forecast["months"]) == 0


def test_a_return_of_a_customer_who_has_gone_is_recorded(cli: Cli) -> None:
    """Banks return debits for 13 months; a debt is left, and can be paid."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1\nplatform cancel p -y\ntick --to 2027-02-20\ncustomer close c1 -y")
    cli.ok("payment", "return", "1", "--reason", "MD01")

    assert cli.ok("prepaid", "show", "c1")["balance_cents"] == -5170
    assert cli.ok("payment", "list", "--status", "pending")["items"] == []
    assert cli.ok("payment", "settle", "1", "--reference", "r2")["changed"]
    assert cli("store", "check").status == 0


def test_a_dry_run_of_a_return_says_what_it_would_do(cli: Cli) -> None:
    """And changes nothing."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1")
    before = contents(cli.store)

    would = cli("payment", "return", "1", "--reason", "AM04", "--dry-run")

    assert would.out == (
        "Would take 51.70 EUR back, payment 1 of c1. It is tried again as payment 2.\n"
    )
    assert contents(cli.store) == before


def test_reversing_the_row_of_a_payment_asks_what_happened(cli: Cli) -> None:
    """Both answers are named, also where --yes was given."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1")
    refused = cli("prepaid", "reverse", "c1", "2", "--reason", "x", "-y", "-o", "json")

    assert (refused.status, refused.error()["code"]) == (2, "confirmation-needed")
    assert "mailctl" in refused.error()["hint"]
    assert "--returned CODE" in refused.error()["hint"]
    assert "--mistake" in refused.error()["hint"]


def test_a_return_recorded_twice_says_so_in_words(cli: Cli) -> None:
    """The bank's paper comes twice: nothing is taken back again, and the answer says it."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1\ntick --to 2026-01-20\npayment return 1 --reason AM04")

    before = contents(cli.store)
    again = cli("payment", "return", "1", "--reason", "AM04")

    assert again.status == 0, again.err
    assert (
        again.out == "The money of payment 1 of c1 was taken back already; nothing was changed.\n"
    )
    assert contents(cli.store) == before


def test_money_of_a_customer_who_has_gone_is_recorded_whatever_it_names(cli: Cli) -> None:
    """The debt that a return left is paid by its order; other money as the refusal says."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1\naccount renew 1 --mode none -y\ntick --to 2027-02-10")
    run(cli, "platform cancel p -y\ncustomer close c1 -y\npayment return 1 --reason MD06")
    (debt,) = [o for o in cli.ok("order", "list")["items"] if o["status"] == "not-paid"]

    pay = ("order", "pay", str(debt["number"]), "--received", "--reference", "b7", "-y")
    cli.ok(*pay)
    assert cli.ok("order", "show", str(debt["number"]))["status"] == "delivered"
    # The command is given twice: it is the order that is paid, and no customer to be made again.
    twice = cli(*pay, "-o", "json").error()
    assert twice["message"] == f"order {debt['number']} is delivered"
    assert cli.ok("prepaid", "show", "c1")["balance_cents"] == 0

    refused = cli("prepaid", "credit", "c1", "5.98", "--order", "1", "-o", "json").error()
    assert refused["code"] == "customer-closed"
    said, _, command = refused["hint"].partition(": ")
    assert said == "if the money has arrived"
    cli.ok(*shlex.split(command)[1:])
    assert cli.ok("prepaid", "show", "c1")["balance_cents"] == 598


def test_a_try_that_fails_when_all_is_paid_waits_for_no_method(cli: Cli) -> None:
    """The money came by transfer meanwhile: no other method is asked for."""
    run(cli, SHOP)
    export(cli, "1.csv")
    missing = -cli.ok("prepaid", "show", "c1")["balance_cents"]
    run(cli, f"prepaid credit c1 {missing / 100:.2f} --received")

    said = cli("payment", "fail", "1", "--reason", "AC04").out
    assert "Nothing is missing any more: it is not tried again." in said
    assert "until a method" not in said


def test_a_return_that_the_balance_covers_waits_for_no_method(cli: Cli) -> None:
    """The customer had paid more: nothing is missing, so nothing is to be collected."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1\nprepaid credit c1 500 --received")

    said = cli("payment", "return", "1", "--reason", "AM04").out
    assert "The balance covers it: nothing is missing." in said
    assert not cli.ok("payment", "list", "--status", "pending")["items"]


def test_a_settlement_by_mistake_does_not_bring_the_next_try_forward(cli: Cli) -> None:
    """The wrong payment was settled while it waited for its next try: it waits on for that day."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment fail 1 --reason AM04\ntick")
    export(cli, "2.csv")
    run(cli, "payment fail 1 --reason AM04")
    assert cli.ok("payment", "list")["items"][0]["next_try_on"] == "2026-01-15"

    run(cli, "payment settle 1\nprepaid reverse c1 2 --mistake -y")
    assert cli.ok("payment", "list")["items"][0]["next_try_on"] == "2026-01-15"
    run(cli, "tick")
    assert export(cli, "3.csv") == []
    run(cli, "tick")
    assert export(cli, "4.csv") == [1]


def test_an_invoice_explains_how_its_money_came_and_went(cli: Cli) -> None:
    """The return, the try that follows it, the date that it moved."""
    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1\ntick --to 2026-01-20\npayment return 1 --reason AM04")
    run(cli, "tick --to 2026-01-21")
    export(cli, "2.csv")
    run(cli, "payment settle 2\nprepaid reverse c1 4 --mistake -y")

    told = [item["text"] for item in cli.ok("invoice", "explain", "2026-000001")["sentences"]]

    assert "The money of payment 1 was taken back (AM04)." in told
    assert any("to be asked for on 2026-01-21: it follows payment 1." in text for text in told)
    assert "The money of payment 1 was taken back: it is due again, on 2026-01-27." in told
    assert any("Payment 2 had been settled by mistake" in text for text in told)
    assert any("was asked for on 2026-01-21 and waits for its answer" in text for text in told)


def test_of_several_unanswered_payments_no_two_tries_are_booked_as_one(cli: Cli) -> None:
    """The database itself refuses the money of a payment a second time while the first stands."""
    from tests.store.plain import REFUSALS, opened

    run(cli, SHOP)
    export(cli, "1.csv")
    run(cli, "payment settle 1")
    twice = (
        "INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, "
        "after_cents, payment_id) SELECT customer_id, seq + 1, moved_on, kind, amount_cents, "
        "after_cents, after_cents + amount_cents, payment_id FROM ledger WHERE kind = 'payment'"
    )
    with opened(cli.store) as base, pytest.raises(REFUSALS, match="recorded once"):
        base.execute(twice)
