"""`customer show`: who it is, what is open, what waits, what comes next, and what helps."""

from __future__ import annotations

import shlex
import time

import pytest

from tests.helpers import Cli
from tests.insight.advised import play, sql

DEBT = """
init --clock 2026-01-10
customer add acme --name "Acme SARL" --email it@acme.example --phone +33199001234
platform add acme-hx --customer acme --offer hosted-exchange
prepaid credit acme 10 --received --reference BANK-7
account order acme-hx ann@acme.example bob@acme.example -y
account order acme-hx cid@acme.example -y
"""
"""Balance 10.00 - 9.58 - 4.79 = -4.37; everything is due on 2026-01-17."""


def page(cli: Cli, customer: str = "acme") -> str:
    """What a person reads, in a pipe as on a terminal."""
    outcome = cli("customer", "show", customer)
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.out


def test_one_page_says_all_of_a_customer_in_debt(cli: Cli) -> None:
    """The profile, the money, what is open, the platform, what waits, what comes, what helps."""
    play(cli, DEBT)

    assert page(cli) == (
        "acme: Acme SARL (FR, customer since 2026-01-10)\n"
        "  it@acme.example, +33199001234\n"
        "  letters in fr, 7 days to pay\n"
        "Balance      -4.37 EUR, to be paid by 2026-01-17\n"
        "Last money   10.00 EUR on 2026-01-10, credit, reference BANK-7\n"
        "Pays by      transfer: there is no payment method\n"
        "Open invoices: 1, 4.37 EUR\n"
        "  2026-000002  4.37 EUR  due 2026-01-17\n"
        "Platforms: 1, accounts: 3 active\n"
        "  acme-hx  hosted-exchange  3 active\n"
        "Letters      3 not sent yet, first notice 1, order-confirmed of 2026-01-10\n"
        "Mail server  3 not done yet, first task 1, create ann@acme.example, of\n"
        "             2026-01-10\n"
        "Next\n"
        "  2026-01-17  the last day to pay 4.37 EUR, then 1 account is suspended\n"
        "  2026-02-10  3 accounts renew: 14.36 EUR\n"
        "Commands\n"
        "  money that came for all of it  mailctl prepaid credit acme 4.37 --received\n"
        "  all accounts                   mailctl account list --customer acme\n"
        "  what happened                  mailctl customer history acme\n"
        "  what to improve                mailctl advise acme\n"
    )


def test_the_grace_moves_the_last_day_to_pay_everywhere(cli: Cli) -> None:
    """The due date stays what it was; `pay_by_on` is the day that counts, wherever it is asked."""
    play(cli, f"{DEBT}\ntick --to 2026-01-20\nprepaid grace acme --until 2026-02-03 --reason 'ill'")

    assert "to be paid by 2026-02-03, the end of the grace (it was due on 2026-01-17)" in " ".join(
        page(cli).split()
    )
    shown = {
        "customer show": cli.ok("customer", "show", "acme"),
        "customer list": cli.ok("customer", "list")["items"][0],
        "prepaid show": cli.ok("prepaid", "show", "acme"),
        "report debts": cli.ok("report", "debts")["items"][0],
        "invoice show": cli.ok("invoice", "show", "2026-000002"),
        "account show": cli.ok("account", "show", "3"),
        "account list": cli.ok("account", "list")["items"][2],
    }
    assert {name: one["pay_by_on"] for name, one in shown.items()} == dict.fromkeys(
        shown, "2026-02-03"
    )
    assert shown["customer show"]["debt_due_on"] == shown["invoice show"]["due_on"] == "2026-01-17"
    assert shown["customer show"]["grace_until_on"] == "2026-02-03"
    # Nothing of these two is to be paid.
    assert [one["pay_by_on"] for one in cli.ok("account", "list")["items"][:2]] == [None, None]
    assert cli.ok("invoice", "show", "2026-000001")["pay_by_on"] is None


def test_a_debt_that_a_payment_covers_is_on_its_way(cli: Cli) -> None:
    """Nobody has to pay by a day what is being collected; the method is masked."""
    play(cli, f"{DEBT}\nmethod add card acme --token t --brand Visa --last4 4242 --expires 2026-02")

    text = page(cli)
    assert "Balance      -4.37 EUR, due on 2026-01-17, and on its way, 4.37 EUR is being" in text
    assert "Pays by      card Visa" in text
    assert "4242 (1, default, until 2026-02)" in text
    assert "Pending payments: 1\n  payment 1  4.37 EUR  " in text
    assert "a pending payment covers it" in text
    shown = cli.ok("customer", "show", "acme")
    assert (shown["pay_by_on"], shown["pending_cents"], shown["payments_pending"]) == (None, 437, 1)
    assert shown["methods"][0]["valid_through"] == "2026-02"
    assert [one["event"] for one in shown["next"]] == ["renewal", "card-end", "renewal"][:2]
    assert shown["open_invoices"][0]["covered"] is True


def test_what_the_mail_server_and_the_post_could_not_do_comes_first(cli: Cli) -> None:
    """Failed before waiting, refused before unsent; a letter that was sent since ends a refusal."""
    play(cli, f"{DEBT}\ntask done 1\ntask fail 3 --reason 'no such domain'\nrefused")

    text = " ".join(page(cli).split())
    assert "Letters 3 refused for good, first notice 1, order-confirmed" in text
    assert "1 failed, 1 not done yet, first task 3, create cid@acme.example" in text
    assert "no such domain" in text
    assert "mailctl task done 3" in text
    sql(cli.store, "UPDATE notice SET ended_at = NULL, ended_for = NULL, "
        "sent_at = '2026-01-10T00:00:00Z' WHERE id = 3")  # fmt: skip
    assert "Letters" not in page(cli)
    assert cli.ok("customer", "show", "acme")["notices_refused"] == 0


def test_special_prices_and_waiting_orders_are_there(cli: Cli) -> None:
    """A price of their own with its last day, an order with the command that records its money."""
    play(
        cli,
        f"{DEBT}\noffer price hosted-exchange monthly 3 --customer acme --until 2026-03-31"
        "\naccount order acme-hx dan@acme.example --await-payment -y",
    )

    text = page(cli)
    assert (
        "Special prices: 1\n  hosted-exchange monthly  3.00 EUR  from 2026-01-10 to 2026-03-31\n"
        in text
    )
    assert "Orders that wait for money: 1\n  order 5  3.60 EUR  accounts  valid until" in text
    assert "mailctl order pay 5 --received" in text


def test_a_customer_with_nothing_has_a_page_too(store: Cli) -> None:
    """New, closed and erased customers."""
    play(store, "customer add acme --name Acme --email it@acme.example")
    assert "Platforms: none\nNext: nothing\n" in page(store)
    play(store, "customer close acme -y\ncustomer erase acme --confirm acme")
    assert page(store).startswith("acme: erased (FR, customer since 2026-01-01, erased on")


def test_a_huge_customer_is_one_screen_and_as_fast_as_a_small_one(store: Cli) -> None:
    """120 platforms and 1,200 accounts: counts, the most urgent few, the command that lists all."""
    platforms = "".join(f"p{n},big,email-pro,2026-01-01\n" for n in range(120))
    accounts = "".join(
        f"p{n % 120},u{n}@big.example,monthly,2026-01-{n % 28 + 2:02},{n % 28 + 2}\n"
        for n in range(1200)
    )
    play(store, "customer add big --name Big --email it@big.example")
    store.ok("import", "-", stdin=f"name,customer,offer,created_on\n{platforms}")
    store.ok("import", "-", stdin=f"platform,address,period,expires_on,anchor_day\n{accounts}")

    began = time.perf_counter()
    text = page(store, "big")
    assert time.perf_counter() - began < 1
    assert text.count("\n") <= 23
    assert "Platforms: 120, accounts: 1,200 active\n" in text
    assert "  and 116 more platforms: mailctl platform list --customer big\n" in text
    shown = store.ok("customer", "show", "big")
    assert (len(shown["platforms"]), shown["platforms_live"]) == (10, 120)
    assert shown["accounts_active"] == 1200


def test_every_command_of_the_page_runs(busy: Cli) -> None:
    """As printed, for each customer of a busy host."""
    for customer in busy.ok("customer", "list")["items"]:
        for one in busy.ok("customer", "show", customer["id"])["commands"]:
            assert busy(*shlex.split(one["command"])[1:]).status == 0, one["command"]


def test_history_says_old_and_new(busy: Cli) -> None:
    """On a terminal, in a pipe and in JSON; of a customer and of an account, personal parts too."""
    play(busy, "customer edit acme --city Lyon\naccount renew 3 --mode none -y")

    edited = busy.ok("customer", "history", "acme", "--sort", "-seq", "--limit", "2")["items"]
    assert {row["kind"]: row["summary"] for row in edited} == {
        "renewal-changed": "renewal monthly → none, effective 2026-03-01",
        "customer-edited": "city nothing → Lyon",
    }
    assert "\trenewal monthly → none, effective 2026-03-01\n" in busy("account", "history", "3").out


def test_money_that_was_taken_back_is_not_the_last_money(cli: Cli) -> None:
    """The one before it is; where there was none, none is."""
    play(cli, f"{DEBT}\nprepaid credit acme 20\nprepaid reverse acme 4 --reason mistyped -y")

    assert "Last money   10.00 EUR on 2026-01-10" in page(cli)
    shown = cli.ok("customer", "show", "acme")
    assert (shown["last_money_cents"], shown["last_money_reference"]) == (1000, "BANK-7")


@pytest.mark.parametrize(("today", "is_told"), [("01-29", False), ("01-30", True), ("03-31", True)])
def test_the_end_of_the_card_is_told_from_60_days_before_it_to_its_last_day(
    cli: Cli, today: str, *, is_told: bool
) -> None:
    """Of the card that is charged: another one, of a customer who pays by PayPal, ends unseen."""
    card = "--token t --brand Visa --last4 4242 --expires 2026-03"
    play(
        cli,
        f"init --clock 2026-{today}\n"
        "customer add acme --name Acme --email it@acme.example\n"
        f"method add card acme {card}\n"
        "customer add bolt --name Bolt --email it@bolt.example\n"
        f"method add paypal bolt --agreement B-1\nmethod add card bolt {card}",
    )

    shown = [(one["on"], one["subject"]) for one in cli.ok("customer", "show", "acme")["next"]]
    assert shown == ([("2026-03-31", "method/1")] if is_told else [])
    assert cli.ok("customer", "show", "bolt")["next"] == []


def test_what_is_to_be_paid_by_a_day_names_the_newest_invoice(store: Cli) -> None:
    """Once it is paid, so are all older ones."""
    play(
        store,
        "customer add acme --name Acme --email it@acme.example\n"
        "platform add hx --customer acme --offer hosted-exchange\n"
        "account order hx ann@acme.example -y\naccount order hx bob@acme.example -y",
    )

    invoices = [one["number"] for one in store.ok("invoice", "list")["items"]]
    (due,) = [
        one for one in store.ok("customer", "show", "acme")["next"] if one["event"] == "pay-by"
    ]
    assert len(invoices) == 2
    assert due["subject"] == f"invoice/{max(invoices)}"
