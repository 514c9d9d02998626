"""An order whose money has come: what advice, explanations and letters say of it (rules 9)."""

from __future__ import annotations

import shlex

import pytest

from tests.helpers import Cli
from tests.notices.letters import last_of, letter, plain
from tests.notices.letters import run as tell

ORDERED = """
customer add e --name "E SARL" --email e@e.example --language en
platform add ep --customer e --offer email-pro
account order ep ann@e.example --await-payment -y
"""


def advised(cli: Cli) -> dict[str, str]:
    """The one finding about an order."""
    (found,) = [row for row in cli.ok("advise")["items"] if row["code"] == "order-unpaid"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("between", "named", "why", "command", "due_on"),
    [
        (
            "account order ep ann@e.example -y\nprepaid credit e 1.91",
            "1.91",
            "the mailbox address ann@e.example",
            "mailctl order cancel 1",
            "2026-02-01",
        ),
        (
            "account order ep --count 2 -y",
            "1.91",
            "the balance of e is -1.91 EUR",
            "mailctl prepaid credit e 3.82 --received",
            "2026-02-01",
        ),
        (
            "offer price email-pro monthly 2",
            "1.91",
            "today it would be 2.40",
            "mailctl order cancel 1",
            "2026-01-02",
        ),
    ],
)
def test_what_holds_an_order_up_is_advised_on(
    store: Cli, between: str, named: str, why: str, command: str, due_on: str
) -> None:
    """Nobody is asked for its money a second time; what is advised works, and ends the finding."""
    tell(store, ORDERED)
    tell(store, between)
    tell(store, f"prepaid credit e {named} --order 1")
    found = advised(store)
    assert "is paid for (1.91 EUR)" in found["message"]
    assert (found["severity"], found["due_on"]) == ("warning", due_on)
    assert why.rsplit(maxsplit=1)[-1] in found["message"]
    assert found["command"] == command
    store.ok(*shlex.split(command)[1:], "-y")
    assert not [row for row in store.ok("advise")["items"] if row["code"] == "order-unpaid"]


def test_it_is_not_promised_to_be_tried_where_the_next_tick_ends_it(store: Cli) -> None:
    """Of an order at another price the answer and the advice say what the tick then does."""
    tell(store, ORDERED)
    tell(store, "offer price email-pro monthly 2")
    said = store("prepaid", "credit", "e", "1.91", "--order", "1").err
    assert "the next tick ends the order" in said
    assert "each tick tries again" not in said
    assert "The next tick cancels it" in advised(store)["message"]
    tell(store, "tick")
    assert store.ok("order", "show", "1")["status"] == "cancelled"


def test_who_paid_a_part_is_asked_for_the_rest(store: Cli) -> None:
    """1.00 of 1.91 came: neither the letter nor the advice asks for it again, or books it twice."""
    tell(store, "settings set seller-iban FR7630006000011234567890189")
    tell(store, ORDERED + "prepaid credit e 1 --order 1")
    text = plain(letter(store, last_of(store, "order-awaiting-payment")).text)
    assert "You have already paid €1.00 for it." in text
    assert "Amount: €0.91\n" in text
    found = advised(store)
    assert "is for 1.91 EUR, payable by 2026-01-02; 0.91 EUR is still missing" in found["message"]
    assert found["command"] == "mailctl prepaid credit e 0.91 --order 1"
    store.ok(*shlex.split(found["command"])[1:])
    assert store.ok("order", "show", "1")["status"] == "delivered"
    assert store.ok("prepaid", "show", "e")["balance_cents"] == 0


@pytest.mark.parametrize(
    ("refunded", "part", "rest"), [("1", None, "1.91"), ("0.40", "0.60", "1.31")]
)
def test_a_part_that_was_paid_back_is_asked_for_again(
    store: Cli, refunded: str, part: str | None, rest: str
) -> None:
    """1.00 of 1.91 came, and went back: the letter asks for as much as carries the order out."""
    tell(store, "settings set seller-iban FR7630006000011234567890189")
    tell(
        store, ORDERED + f"prepaid credit e 1 --order 1\nprepaid refund e {refunded} --reason x -y"
    )
    text = plain(letter(store, last_of(store, "order-awaiting-payment")).text)
    assert ("already paid" in text) == (part is not None)
    assert f"already paid €{part}" in text or part is None
    assert f"Amount: €{rest}\n" in text
    assert advised(store)["command"] == f"mailctl prepaid credit e {rest} --order 1"
    store.ok("prepaid", "credit", "e", rest, "--order", "1")
    assert store.ok("order", "show", "1")["status"] == "delivered"


def test_an_order_paid_with_money_received_warns_of_no_debt(store: Cli) -> None:
    """The money that is recorded with it counts, before it is asked whether that is right."""
    tell(store, ORDERED)
    said = store("order", "pay", "1", "--received", "--dry-run", "-o", "table")
    assert "debt" not in said.err
    assert "balance 1.91 EUR, after it 0.00 EUR" in said.err + said.out
    assert "1.91 EUR are recorded as received first" in said.err + said.out


def test_the_day_advised_is_the_one_on_which_the_order_ends(store: Cli) -> None:
    """An address that is taken holds it up: it is tried until then, and ended on that day."""
    tell(store, ORDERED)
    tell(store, "account order ep ann@e.example -y\nprepaid credit e 10 --received")
    tell(store, "prepaid credit e 1.91 --order 1")
    found = advised(store)
    assert f"It is cancelled on {found['due_on']}" in found["message"]
    tell(store, "tick --to 2026-01-31")
    assert store.ok("order", "show", "1")["status"] == "not-paid"
    tell(store, f"tick --to {found['due_on']}")
    assert store.ok("order", "show", "1")["status"] == "cancelled"


def test_an_extension_held_up_says_that_it_is_tried(store: Cli) -> None:
    """Its money has come, and a debt is in its way: each tick tries it."""
    tell(store, ORDERED.replace(" --await-payment", ""))
    tell(store, "prepaid credit e 1.91\naccount extend 1 --await-payment -y")
    tell(store, "account order ep bob@e.example -y\nprepaid credit e 1.91 --order 4")
    said = [row["text"] for row in store.ok("account", "explain", "1")["sentences"]]
    (found,) = [text for text in said if text.startswith("Order 4 (extension)")]
    assert "its money has arrived, and each tick tries it" in found


def test_a_customer_reads_what_became_of_the_money(store: Cli) -> None:
    """Paid, and not carried out: where the money is, and how to have it back."""
    tell(store, ORDERED)
    tell(store, "offer price email-pro monthly 2\nprepaid credit e 1.91 --order 1\ntick")
    got = letter(store, last_of(store, "order-expired"))
    text = plain(got.text).replace("\n", " ")
    assert got.subject == "Order 1 cancelled: your payment is on your prepaid account"
    assert "was paid, but we could not carry it out." in text
    assert "The €1.91 that you paid for it has been credited to your prepaid account." in text


def test_a_customer_who_paid_a_part_reads_so(store: Cli) -> None:
    """The order was not paid in time; what came is not lost."""
    tell(store, ORDERED)
    tell(store, "prepaid credit e 1 --order 1\ntick --days 2")
    text = plain(letter(store, last_of(store, "order-expired")).text).replace("\n", " ")
    assert "was to be paid by 2 January 2026. As it was not" in text
    assert "The €1.00 that you paid for it has been credited" in text


def test_nobody_is_asked_to_pay_what_is_paid(store: Cli) -> None:
    """A letter that waits is not sent once the money is there."""
    from mailctl.store.engine.stores import store_at
    from mailctl.store.queries.notice_validity import is_outdated

    tell(store, ORDERED)
    number = last_of(store, "order-awaiting-payment")
    with store_at(store.store).read() as reader:
        assert not is_outdated(reader, number)
    tell(store, "offer price email-pro monthly 2\nprepaid credit e 1.91 --order 1")
    with store_at(store.store).read() as reader:
        assert is_outdated(reader, number)


def test_an_account_says_that_the_tick_ordered_it(store: Cli) -> None:
    """Its order was held up, and carried out when nothing did any more."""
    tell(store, ORDERED)
    tell(
        store,
        """
        account order ep ann@e.example -y
        prepaid credit e 1.91
        prepaid credit e 1.91 --order 1
        account rename ann@e.example anna@e.example
        tick
        """,
    )
    said = store.ok("account", "explain", "ann@e.example")["sentences"]
    (ordered,) = [row["text"] for row in said if row["text"].startswith("Ordered")]
    assert ordered.startswith("Ordered by the tick, as its money had arrived, on ep")


def test_an_extension_says_what_it_waits_for(store: Cli) -> None:
    """That its money has come, and that the next tick ends it: it costs another amount by now."""
    tell(store, ORDERED.replace(" --await-payment", ""))
    tell(
        store,
        """
        prepaid credit e 1.91
        account extend 1 --await-payment -y
        offer price email-pro monthly 2
        prepaid credit e 1.91 --order 4
        """,
    )
    said = [row["text"] for row in store.ok("account", "explain", "1")["sentences"]]
    (found,) = [text for text in said if text.startswith("Order 4 (extension)")]
    assert "ends with the next tick, and its money stays on the balance" in found
    assert "order 4 was for 1.91 EUR; today it would be 2.40 EUR" in found
    tell(store, "tick")
    said = [row["text"] for row in store.ok("account", "explain", "1")["sentences"]]
    (found,) = [text for text in said if text.startswith("Order 4 (extension)")]
    assert "could not be paid, though its money had arrived" in found


def test_money_that_was_paid_back_is_not_booked_a_second_time(store: Cli) -> None:
    """A credit is ordered: its money came, a part went back, another order took some of the rest.

    No money came for what is missing then, so none is recorded: the credit waits.
    """
    tell(store, ORDERED)
    tell(store, "account order ep bob@e.example -y\nprepaid credit e 10 --await-payment -y")
    tell(store, "prepaid credit e 5 --order 4\nprepaid refund e 3.09 --reason x -y")
    tell(store, "account order ep eve@e.example -y\nprepaid credit e 1.91 --order 1")
    said = store("prepaid", "credit", "e", "10", "--order", "4")
    assert "the balance of e is 8.09 EUR; the order needs 10.00 EUR" in said.err
    assert store.ok("order", "show", "1")["status"] == "delivered"
    assert store.ok("order", "show", "4")["status"] == "not-paid"
    came = [row["amount_cents"] for row in store.ok("prepaid", "statement", "e")["items"]]
    assert sum(came) == 809
    assert [cents for cents in came if cents > 0] == [500, 191, 1000]
