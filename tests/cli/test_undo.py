"""Every change says what undoes it, as a command that does so when run as it is printed.

What it leaves is what the rules say: journal, notices, tasks, movements of money, documents.
"""

from __future__ import annotations

from pathlib import Path
from shlex import quote, split
from typing import Any

import pytest

from tests.cli.terminal import on_terminal
from tests.contract.commands import COMMANDS
from tests.drivers.toy import toy_driver
from tests.helpers import Cli, contents
from tests.ids import last_accounts, last_invoice
from tests.statements import taken

TRADE = """
account order acme-pro --count 1 --await-payment -y
customer edit acme --phone +33199001234
method add card slow --token tok_1 --brand Visa --last4 4242 --expires 2028-09
method add paypal slow --agreement B-1
account order slow-pro --count 10 -y
customer add gone --name Gone --email it@gone.example
customer add past --name Past --email it@past.example
customer close past -y
offer price hosted-exchange monthly 3 --customer acme --from 2026-03-01 --until 2026-05-31
prepaid grace slow --until 2026-04-01 --reason asked
account reset 6 -y
account lock 3 --reason=-spam
"""

EXACTLY = [
    "customer edit acme --phone '' --city Lyon --email new@acme.example",
    "customer edit slow --payment-days 9",
    "customer edit acme --payment-days 9",
    "customer close gone -y",
    "customer reopen past",
    "platform cancel acme-hx -y",
    "platform resume acme-old -y",
    "platform renewal acme-pro --manual -y",
    "domain move bolt.example slow",
    "account lock 1 --reason 'password stolen'",
    "account unlock 3",
    "account renew 1 2 --mode yearly -y",
    "account renew --all --platform acme-pro --mode none -y",
    "account rename 3 neu@acme.example",
    "offer edit email-pro --label 'Mail for all'",
    "offer close email-pro -y",
    "offer reopen retired",
    "prepaid alert acme 20",
    "prepaid grace slow --until 2026-06-01 --reason x",
    "method default 2",
    "settings set payment-days 10",
    "settings set minimum-credit 25",
    "settings set seller-name Host",
    "settings set expiry-reminder-days '30 3'",
    "account order acme-pro --await-payment -y",
    "prepaid credit acme 50 --await-payment",
    "account configure 2 neu@acme.example",
    "method add paypal slow --agreement B-2",
    "method add paypal slow --agreement B-2 --default",
    "tax set FR 21",
    "tax set FR 21 --from 2026-09-01",
    "offer price email-pro monthly 2",
    "offer price email-pro yearly 20 --from 2026-09-01",
    "offer price hosted-exchange monthly 2 --customer acme --from 2026-04-01",
    "offer price hosted-exchange monthly 2 --customer acme --from 2026-03-01 --until 2026-03-31",
    "offer price hosted-exchange monthly --customer acme --remove",
    "offer price email-pro monthly 1 --customer acme",
    "prepaid credit acme 10",
    "prepaid credit acme 10 --received --reference R-1",
    "prepaid refund acme 5 --reason x -y",
    "bank match 3 --customer acme",
    "bank ignore 4 --reason fees",
]
# What these touch on their way is dated anew, as the rules say: invoices that are due again, debts.
IN_MONEY = [
    "prepaid reverse bolt 1 --reason x -y",
    "payment settle 1 --reference r-1",
    "bank undo 1 -y",
]


@pytest.fixture
def trading(busy: Cli) -> Cli:
    """The busy host in the middle of a trading day."""
    for line in TRADE.strip().splitlines():
        busy.ok(*split(line))
    busy.ok(*split(taken.OURS))
    busy.ok("bank", "import", "-", stdin=taken.statement())
    return busy


def commands_of(undo: str) -> list[list[str]]:
    """The words of each command of a line for a shell."""
    return [split(command)[1:] for command in undo.split(" && ")]


def said_of_undoing(cli: Cli, command: str) -> str:
    """What a change says of its undoing in a sentence: the lines after the first."""
    outcome = cli(*split(command))
    assert outcome.status == 0, outcome.err
    return outcome.out.partition("\n")[2]


@pytest.mark.parametrize("command", EXACTLY)
def test_the_undo_that_is_printed_undoes_the_change(trading: Cli, command: str) -> None:
    """Run as printed, it leaves every list and every thing as it was."""
    before = seen(trading)

    done = trading.ok(*split(command))
    assert done["changed"] is True
    assert done["undo"], done
    for words in commands_of(done["undo"]):
        outcome = trading(*words)
        assert outcome.status == 0, (words, outcome.err)

    assert seen(trading) == before


SHOWN = [
    "customer list --fields all",
    "platform list --fields all",
    "account list --state all --fields all",
    "domain list",
    "invoice list --fields all",
    "method list",
    "order list --open",
    "settings list",
    "payment list --status pending",
]
# Whatever day a price or a rate is asked for.
DAYS = ["2026-02-05", "2026-03-15", "2026-04-15", "2026-09-15"]
# The days on which something was done last; the id of what is new.
PASSING = ("reset_on", "claimed_on", "cancelled_on", "created_on", "ordered_on")


def seen(cli: Cli) -> dict[str, Any]:
    """What the lists show now, and the prices and rates of days to come."""
    found: dict[str, Any] = {}
    for command in SHOWN:
        items = cli.ok(*command.split())["items"]
        found[command] = [
            {key: value for key, value in item.items() if key not in PASSING} for item in items
        ]
    found["prepaid"] = [
        {
            key: cli.ok("prepaid", "show", name)[key]
            for key in ("balance_cents", "alert_cents", "grace_until_on", "pending_cents")
        }
        for name in ("acme", "bolt", "slow")
    ]
    found["offers"] = [
        (one["name"], one["label"], one["closed_on"] is None)
        for one in cli.ok("offer", "list")["items"]
    ]
    found["prices"] = prices(cli)
    return found


def prices(cli: Cli) -> list[tuple[Any, ...]]:
    """Prices of offers, for all and for acme, and the French rate, on each of some days."""
    tables = contents(cli.store)
    held: list[tuple[Any, ...]] = []
    for offer, period in sorted({(row[0], row[1]) for row in tables["price"]}):
        held += _held([row[2:] for row in tables["price"] if row[:2] == (offer, period)], offer)
    held += _held([row[1:] for row in tables["tax_rate"] if row[0] == "FR"], "FR")
    own = cli.ok("customer", "show", "acme")["own_prices"]
    return held + [
        (day, one["offer"], one["period"], one["cents"])
        for day in DAYS
        for one in own
        if one["from_on"] <= day <= (one["until_on"] or "9999")
    ]


def _held(dated: list[tuple[Any, ...]], what: object) -> list[tuple[Any, ...]]:
    return [(day, what, max(row for row in dated if row[0] <= day)[1]) for day in DAYS]


@pytest.mark.parametrize("command", IN_MONEY)
def test_money_is_recorded_again(trading: Cli, command: str) -> None:
    """The same balances, and the same payments pending."""
    before = seen(trading)

    for words in commands_of(trading.ok(*split(command))["undo"]):
        assert trading(*words).status == 0

    after = seen(trading)
    assert after["prepaid"] == before["prepaid"]
    assert after["payment list --status pending"] == before["payment list --status pending"]
    assert (
        after["account list --state all --fields all"]
        == before["account list --state all --fields all"]
    )
    assert trading("store", "check").status == 0


# What they leave is named: an id, a name, accounts that are active again, a credit.
IN_PART = [
    "customer add neu --name Neu --email neu@neu.example",
    "platform add neu --customer acme --offer email-pro",
    "offer add neu --like email-pro",
    "invoice pay 2026-000009",
    "payment return 1 --reason MD06",
    "bank accept 2",
]


@pytest.mark.parametrize("command", IN_PART)
def test_an_undo_that_leaves_something_names_it(trading: Cli, command: str) -> None:
    """It can be run as printed; the balances are as before."""
    trading.ok("payment", "settle", "1")
    before = seen(trading)["prepaid"]

    said = said_of_undoing(trading, command)

    left, _, printed = said.strip().partition(": ")
    assert left.startswith("Undo (")
    for words in commands_of(printed):
        assert trading(*words).status == 0, words
    assert seen(trading)["prepaid"] == before
    assert trading("store", "check").status == 0


def test_every_command_that_changes_something_has_its_case_here() -> None:
    """But those that tell of themselves elsewhere: whole stores, days, letters, files, drivers."""
    told_elsewhere = {
        *(
            "init",
            "import",
            "bank import",
            "tick",
            "notice send",
            "task run",
            "store upgrade",
            "payment export",
        ),
        *(
            "store backup",
            "store copy",
            "store reopen",
            "store restore",
            "driver adopt",
            "driver release",
            "task reconcile",
        ),
        *("platform delete", "settings test-mail", "demo"),
        *("account password", "account export", "invoice render"),
    }
    cases = {" ".join(line.split()[:2]) for line in (*EXACTLY, *IN_MONEY, *IN_PART, *FINAL)}
    changing = {
        name
        for name, command in COMMANDS.items()
        if "dry_run" in {parameter.name for parameter in command.params}
    }
    assert changing - told_elsewhere == cases


FINAL = {
    "account order acme-pro new@acme.example -y": "what was billed stays billed",
    "account order acme-priv -y": "what was billed stays billed",
    "account extend 1 -y": "what was billed stays billed",
    "account reopen 7 -y": "what was billed stays billed",
    "order pay 15 -y": "what was billed stays billed",
    "order cancel 15 -y": "a cancelled order stays so; what is still wanted is ordered again",
    "account reset 1 -y": "the mail is erased",
    "account delete 4 -y": "a deleted account never comes back",
    "invoice credit 2026-000001 --line 1 --reason x -y": (
        "a credit note stays; what is to be billed again is ordered again"
    ),
    "method remove 2 -y": "the details are no longer kept; the customer has to give them again",
    "payment fail 1 --reason AM04": "",
    "task done 1": "a task that was done stays done",
    "task fail 1 --reason full": "",
    "customer erase past --confirm past": "the personal data are gone",
}


@pytest.mark.parametrize("command", FINAL)
def test_what_cannot_be_undone_says_so_and_what_helps(trading: Cli, command: str) -> None:
    """Why in a sentence, then commands that help, each of which can be run as printed."""
    first, *helps = said_of_undoing(trading, command).splitlines()

    why = FINAL[command]
    assert first == f"This cannot be undone{f': {why}' if why else ''}."
    for line in helps:
        purpose, _, printed = line.partition(": ")
        assert purpose.startswith("To ")
        outcome = trading(*split(printed)[1:], "-y")
        assert outcome.status == 0, (printed, outcome.err)


def test_what_a_driver_is_to_do_says_how_it_is_prevented(trading: Cli, tmp_path: Path) -> None:
    """A copy can be; a password can only be replaced."""
    trading.ok("settings", "set", "driver", toy_driver(tmp_path))
    said = said_of_undoing(trading, f"account export 1 {tmp_path}")
    first, helped = said.splitlines()
    assert first == "This cannot be undone: the copy is made by the next task run."
    assert helped.startswith("To prevent it: ")
    assert trading(*split(helped.partition(": ")[2])[1:]).status == 0
    said = said_of_undoing(trading, "account password 1 --generate")
    assert said.startswith("This cannot be undone: only a hash of the one before was kept")


def test_an_order_says_how_to_end_it_and_how_to_give_the_money_back(trading: Cli) -> None:
    """Private Exchange ends at once, all else at its expiry."""
    said = said_of_undoing(trading, "account order acme-pro --count 2 -y")
    end = f"account renew {' '.join(last_accounts(trading, 2))} --mode none"
    credit = f"invoice credit {last_invoice(trading)} --reason 'ordered by mistake'"
    assert said.splitlines()[1:] == [
        f"To end them at the expiry: mailctl {end}",
        f"To give the money back: mailctl {credit}",
    ]
    said = said_of_undoing(trading, "account order acme-priv -y")
    (account,) = last_accounts(trading, 1)
    assert f"To delete it at once, without refund: mailctl account delete {account}\n" in said


def test_an_extension_says_only_how_to_give_the_money_back(trading: Cli) -> None:
    """The account was there before, and stays: to end it is no way back."""
    _, *helps = said_of_undoing(trading, "account extend 1 -y").splitlines()
    assert [line.partition(":")[0] for line in helps] == ["To give the money back"]


def test_the_undo_of_returns_names_those_that_were_returned_now(trading: Cli) -> None:
    """What had been returned before is left as it was."""
    trading.ok("method", "add", "paypal", "late", "--agreement", "B-9")
    (first, second) = (str(one["id"]) for one in trading.ok("payment", "list")["items"][-2:])
    trading.ok("payment", "settle", first, second)
    trading.ok("payment", "return", first, "--reason", "closed")
    got = trading.ok("payment", "return", first, second, "--reason", "closed")
    assert got["undo"] == f"mailctl payment settle {second}"


def test_what_changed_nothing_and_what_was_only_tried_names_no_undo(trading: Cli) -> None:
    """There is nothing to undo; asked for as data, a trial says what would undo it."""
    assert said_of_undoing(trading, "offer close retired") == ""
    assert trading.ok("offer", "close", "retired")["undo"] is None
    assert said_of_undoing(trading, "offer close email-pro --dry-run") == ""
    tried = trading.ok("offer", "close", "email-pro", "--dry-run")
    assert (tried["undo"], trading.ok("offer", "show", "email-pro")["closed_on"]) == (
        "mailctl offer reopen email-pro",
        None,
    )
    assert trading("prepaid", "alert", "acme", "7", "-q").out == ""


def test_an_undo_names_the_store_and_quotes_what_people_wrote(busy: Cli) -> None:
    """A name that reads like a command, with quotes and blanks, is one word."""
    name = "it's mailctl tick; $(reboot)"
    busy.ok("customer", "edit", "acme", "--name", name)

    got = busy("--store", str(busy.store), "customer", "edit", "acme", "--name", "Acme")

    line = got.out.splitlines()[1]
    store = quote(str(busy.store))
    assert line.startswith(f"Undo: mailctl --store {store} customer edit acme --name ")
    words = split(line.removeprefix("Undo: "))
    assert words[-1] == name
    assert busy(*words[1:]).status == 0
    assert busy.ok("customer", "show", "acme")["name"] == name


def test_an_undo_of_a_name_with_a_leading_dash_is_no_option(store: Cli) -> None:
    """Ids may begin with one."""
    store("customer", "add", "--name", "Dash", "--email", "d@dash.example", "--", "-dash")
    undo = store.ok("customer", "edit", "customer/-dash", "--name", "Dot")["undo"]

    assert store(*split(undo)[1:]).status == 0
    assert store.ok("customer", "show", "customer/-dash")["name"] == "Dash"


def test_an_undo_says_what_it_leaves(trading: Cli) -> None:
    """Before the colon, so that the command stays alone."""
    assert said_of_undoing(trading, "customer add neu --name Neu --email neu@neu.example") == (
        "Undo (the id stays taken): mailctl customer close neu --yes\n"
    )
    assert said_of_undoing(trading, "prepaid grace late --until 2026-03-01 --reason x") == (
        "Undo (it then ends with today; accounts that it reopened stay active until their debt is "
        "overdue): mailctl prepaid grace late --reason 'entered by mistake' --until 2026-02-05\n"
    )


def test_an_undo_is_one_line_on_a_narrow_terminal(busy: Cli) -> None:
    """It is not broken: what is copied can be run."""
    got = on_terminal(
        busy.store, "account", "renew", "1", "2", "3", "--mode", "none", "-y", columns=40
    )

    assert got.out.splitlines()[-1] == "Undo: mailctl account renew 1 2 3 --mode monthly --yes"


def test_a_mass_change_names_its_platform_or_its_journal(store: Cli) -> None:
    """Not a hundred accounts: all of a platform, if all had the same renewal."""
    store.ok("customer", "add", "c", "--name", "C", "--email", "c@c.example")
    store.ok("platform", "add", "p", "--customer", "c", "--offer", "email-pro")
    for _ in range(2):
        store.ok("account", "order", "p", "--count", "60", "-y")
    change = "account renew --all --platform p --mode none -y"

    assert said_of_undoing(store, change) == (
        "Undo: mailctl account renew --all --platform p --mode monthly --yes\n"
    )
    store.ok("account", "renew", "1", "--mode", "monthly", "-y")
    store.ok("account", "renew", "2", "--mode", "yearly", "-y")
    assert said_of_undoing(store, "account renew --all --platform p --mode monthly -y") == (
        "This cannot be undone: the accounts are too many to name; the journal says which renewal "
        "each had.\n"
    )


def test_an_undone_first_price_says_that_another_is_no_longer_followed(trading: Cli) -> None:
    """The offer has a price of its own from then on; of what had one, there is nothing to say."""
    trading.ok("offer", "add", "mine", "--like", "email-pro")

    # A price of a later day is none until then.
    for day in ("2026-09-01", "2026-08-01"):
        first = trading("offer", "price", "mine", "monthly", "5", "--from", day).out
        assert "Undo (it then no longer follows the price of email-pro): mailctl" in first
    trading.ok("offer", "price", "mine", "monthly", "5")
    assert "no longer follows" not in trading("offer", "price", "mine", "monthly", "6").out
    assert "no longer follows" not in trading("offer", "price", "email-pro", "monthly", "6").out
