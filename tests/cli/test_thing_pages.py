"""One account, platform, prepaid account or order as a person reads it, in a pipe too."""

from __future__ import annotations

from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.ids import last_order
from tests.insight.advised import play


def page(cli: Cli, *words: str) -> str:
    """What is shown, which is the same on a terminal."""
    outcome = cli(*words)
    assert (outcome.status, outcome.err) == (0, "")
    return outcome.out


def test_an_account_says_its_state_its_price_and_when_its_money_and_its_tasks(busy: Cli) -> None:
    """An active one renews for a price; the mail server has not made its mailbox yet."""
    assert page(busy, "account", "show", "hugo@acme.example") == (
        "Account 3: hugo@acme.example (acme-hx of acme, hosted-exchange)\n"
        "State        active\n"
        "Next         renews monthly on 2026-03-01 for 3.99 EUR net\n"
        "Paid for     monthly, until 2026-02-28, renewal monthly\n"
        "Money        no open invoice\n"
        "Mail server  create of 2026-01-01, not recorded as done yet (task 2)\n"
        "Dates        ordered 2026-01-01, anchor day 1\n"
        "Commands\n"
        "  why, and what comes  mailctl account explain 3\n"
        "  what happened        mailctl account history 3\n"
        "  its customer         mailctl customer show acme\n"
    )


def test_a_suspended_account_says_why_and_what_it_takes(busy: Cli) -> None:
    """For debt, for its expiry; and a deleted one that nothing comes."""
    debt = page(busy, "account", "show", "lea@late.example")
    assert "State        suspended for debt since 2026-02-02\n" in debt
    assert "Next         deleted on 2026-02-16, unless what is overdue of it is paid\n" in debt
    assert "1.91 EUR of invoice 2026-000009 open (overdue, due 2026-02-01)\n" in debt
    expired = page(busy, "account", "show", "7")
    assert "unless it is reopened; a term costs 3.99 EUR net" in " ".join(expired.split())
    assert "Next         nothing: it never comes back\n" in page(busy, "account", "show", "8")
    assert "State        active, blank: it has no address yet\n" in page(
        busy, "account", "show", "2"
    )


def test_the_end_of_a_grace_is_told(busy: Cli) -> None:
    """Of an account and of the prepaid account, beside the due date."""
    play(busy, "prepaid grace late --until 2026-02-20 --reason ill")

    account = page(busy, "account", "show", "lea@late.example")
    assert "to be paid by 2026-02-20" in " ".join(account.split())
    prepaid = page(busy, "prepaid", "show", "late")
    assert prepaid.startswith(
        "Prepaid account of late\n"
        "Balance      -1.91 EUR\n"
        "Debt         since 2026-01-25, due 2026-02-01, to be paid by 2026-02-20\n"
        "Grace        until 2026-02-20\n"
        "Alert        off\n"
    )


def test_a_platform_and_an_order_have_pages(busy: Cli) -> None:
    """Accounts by state; lines with their amounts, sums, steps, what is needed."""
    platform = page(busy, "platform", "show", "acme-old")
    assert "State        cancelled on 2026-01-01, added on 2026-01-01\n" in platform
    assert "Renewal      none: each account ends at its expiry\n" in platform
    play(busy, "platform cancel acme-hx --reason other --comment 'moves away' -y")
    assert "\nComment      moves away\n" in page(busy, "platform", "show", "acme-hx")
    assert "Accounts     0 active, 1 suspended, 0 blank\n" in platform
    play(busy, "account order acme-pro new@acme.example --await-payment -y")
    number = last_order(busy)
    order = page(busy, "order", "show", number)
    assert "Status       not-paid, ordered 2026-02-05, valid until 2026-02-06\n" in order
    assert "  new@acme.example  email-pro, monthly  " in order
    assert "1.59 EUR\nTotal        1.91 EUR, 1.59 EUR net and 0.32 EUR tax\n" in order
    assert f"mailctl order pay {number}" in order


def test_machine_formats_are_as_before(busy: Cli) -> None:
    """Keys in a row; a table of chosen fields."""
    assert page(busy, "account", "show", "3", "-o", "tsv").startswith("id\taddress\tplatform\t")
    assert page(busy, "platform", "show", "acme-hx", "--fields", "name,state") == (
        "name\tstate\nacme-hx\tactive\n"
    )


def test_a_narrow_page_breaks_no_address_date_or_amount(busy: Cli) -> None:
    """On 40 columns each of them is whole; commands are, however long."""
    for words in (("customer", "show", "late"), ("account", "show", "10"), ("order", "show", "2")):
        got = on_terminal(busy.store, *words, columns=40, variables={"NO_COLOR": "1"}).out
        lines = [line for line in got.splitlines() if "mailctl" not in line]
        assert max(map(len, lines)) <= 40
    customer = on_terminal(busy.store, "customer", "show", "late", columns=40).out
    assert "1.91 EUR" in customer
    assert "2026-02-01" in customer
    assert "it@late.example" in customer
