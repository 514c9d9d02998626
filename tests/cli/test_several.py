"""Several ids in one command, named or on standard input: all of them, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli, contents


@pytest.fixture
def collected(busy: Cli) -> Cli:
    """Three customers who owe the money of their first term; their payments are pending."""
    for who in ("one", "two", "three"):
        email = f"it@{who}.example"
        busy.ok("customer", "add", who, "--name", who, "--email", email)
        busy.ok("platform", "add", f"{who}-pro", "--customer", who, "--offer", "email-pro")
        busy.ok("account", "order", f"{who}-pro", f"a@{who}.example", "-y")
        busy.ok("method", "add", "paypal", who, "--agreement", f"B-{who}")
    assert [one["status"] for one in busy.ok("payment", "list")["items"]] == ["pending"] * 3
    return busy


def statuses(cli: Cli) -> list[str]:
    """The status of each payment, by id."""
    return [one["status"] for one in cli.ok("payment", "list")["items"]]


def test_the_names_that_a_list_prints_are_read(collected: Cli) -> None:
    """One a line; blank lines and repeated ones do no harm, and the answer is a list."""
    names = collected("payment", "list", "-o", "name").out
    assert names.splitlines()[0] == "payment/1"

    got = collected.ok("payment", "settle", "-", stdin=f"{names}\n\n1\n  payment/2  \n")

    assert [one["id"] for one in got["items"]] == [1, 2, 3]
    assert statuses(collected) == ["succeeded"] * 3


def test_one_that_is_named_is_answered_as_one(collected: Cli) -> None:
    """From standard input it is a list all the same: a script cannot know how many there are."""
    one = collected("payment", "fail", "1", "--reason", "AM04", "--dry-run").out
    assert " is tried again on " in one
    assert "The customer is notified." in one
    assert collected.ok("payment", "fail", "1", "--reason", "AM04")["id"] == 1
    several = collected("payment", "fail", "2", "3", "--reason", "AM04", "--dry-run").out
    assert "failed. Customers notified: 2." in several

    got = collected.ok("payment", "fail", "-", "--reason", "AM04", stdin="payment/2\n")

    assert [one["tries"] for one in got["items"]] == [1]


@pytest.mark.parametrize("command", ["payment settle -", "task done -", "method remove - --yes"])
def test_nothing_on_standard_input_is_nothing_to_do(collected: Cli, command: str) -> None:
    """As an empty list in a pipe is."""
    before = contents(collected.store)

    got = collected.ok(*command.split(), stdin="\n")

    assert (got["items"], got["changed"]) == ([], False)
    assert contents(collected.store) == before


def test_each_one_that_is_refused_is_named_with_its_reason(collected: Cli) -> None:
    """Reasons that are the same are one line; nothing is done to the others."""
    collected.ok("payment", "settle", "2")
    before = contents(collected.store)

    got = collected("payment", "return", *"1 2 3 98 99".split(), "--reason", "AM04", "-o", "json")

    assert (got.status, got.error()["code"]) == (4, "payment-not-found")
    assert (
        "4 of 5 payments are refused, so nothing was done: payment 1, payment 3, payment 98 and "
        "payment 99"
    ) in got.error()["message"]
    lines = got.error()["lines"]
    first = "payment 1 is pending: its money has not arrived, so it cannot go back"
    assert lines == [
        f"{first} (the same: payment 3)",
        "there is no payment 98 (the same: payment 99)",
    ]
    assert contents(collected.store) == before


def test_of_thousands_that_are_refused_some_are_named(store: Cli) -> None:
    """And how many more there are."""
    got = store("task", "done", "-", stdin="".join(f"task/{number}\n" for number in range(1, 3001)))

    assert (got.status, got.err.count("\n")) == (4, 3)
    assert "3,000 of 3,000 tasks are refused, so nothing was done: task 1, task 2, " in got.err
    assert "task 10 and 2,990 more" in got.err


def test_a_single_refusal_among_several_is_told_as_it_is(collected: Cli) -> None:
    """It names what it is about."""
    got = collected("payment", "settle", "1", "77")

    assert (got.status, statuses(collected)) == (4, ["pending"] * 3)
    assert got.err.startswith("error: there is no payment 77\n")


def test_a_line_that_is_no_number_is_a_usage_error(collected: Cli) -> None:
    """Which line, and what was expected; a header, for example."""
    got = collected("payment", "settle", "-", stdin="id\tcustomer\n1\n")

    assert (got.status, statuses(collected)) == (2, ["pending"] * 3)
    assert "line 1 of standard input, 'id\\tcustomer', is not the number of a payment" in got.err
    assert "payment list -o name" in got.err


def test_a_key_is_for_one(collected: Cli) -> None:
    """With several it is a usage error, however they are named."""
    for words, stdin in (("1 2", ""), ("-", "1\n")):
        got = collected("payment", "settle", *words.split(), "--key", "K", stdin=stdin)
        assert (got.status, "--key is for one payment" in got.err) == (2, True)
    assert collected.ok("payment", "settle", "1", "1", "--key", "K")["id"] == 1


def test_returns_of_several_payments_are_recorded_together(collected: Cli) -> None:
    """The sentence says how much was taken back, and what is tried again."""
    collected.ok("payment", "settle", "1", "2")

    got = collected("payment", "return", "1", "2", "--reason", "closed")

    assert statuses(collected)[:2] == ["returned", "returned"]
    assert got.out.startswith("Took ")
    assert "back, payments 1 and 2." in got.out


def test_tasks_are_done_or_failed_together(busy: Cli) -> None:
    """In the state that is given; a second time changes nothing."""
    names = busy("task", "list", "--todo", "-o", "name").out
    first, second, *_ = (int(name.removeprefix("task/")) for name in names.splitlines())

    got = busy("task", "fail", str(first), str(second), "--reason", "server down")
    assert got.out.startswith("Noted that 2 tasks are failed.\n")
    assert busy("task", "done", "-", stdin=names).status == 0
    again = busy.ok("task", "done", str(first), str(second))

    assert (again["changed"], busy("task", "list", "--todo", "-o", "name").out) == (False, "")


def test_removing_several_methods_asks_and_shows_which(busy: Cli) -> None:
    """What takes away several things is not done unasked; one that is named is."""
    for agreement in ("B-1", "B-2", "B-3"):
        busy.ok("method", "add", "paypal", "slow", "--agreement", agreement)

    got = busy("method", "remove", "2", "3")
    assert (got.status, "--yes" in got.err, "slow" in got.err) == (2, True, True)
    assert on_terminal(busy.store, "method", "remove", "2", "3", answer="n\n").status == 1
    assert len(busy.ok("method", "list")["items"]) == 3

    # The default one cannot go while another stays; with all others it can.
    assert busy("method", "remove", "2", "1", "-y").status == 1
    assert busy("method", "remove", "1", "2", "3", "-y").out.startswith("Removed 3")
    assert busy.ok("method", "list")["items"] == []


def test_cancelling_several_orders_asks(busy: Cli) -> None:
    """Those that are cancelled already stay as they are."""
    for _ in range(3):
        busy.ok("account", "order", "acme-pro", "--count", "1", "--await-payment", "-y")
    names = busy("order", "list", "--open", "--customer", "acme", "-o", "name").out
    first = names.splitlines()[0].removeprefix("order/")
    assert busy("order", "cancel", first).out.startswith(f"Cancelled order {first}")

    assert busy("order", "cancel", "-", stdin=names).status == 2
    got = busy("order", "cancel", "-", "--yes", stdin=names)

    assert got.out.startswith("Cancelled 2 orders, which had no effect.\n")
    assert busy("order", "list", "--open", "--customer", "acme", "-o", "name").out == ""


def test_a_file_of_payments_is_settled_by_its_number_or_by_itself(
    collected: Cli, tmp_path: Path
) -> None:
    """All that it asked for but those that are excepted, which may be a list."""
    file = tmp_path / "asked.csv"
    collected.ok("payment", "export", "--kind", "paypal", "--format", "csv", "--to", str(file))

    got = collected.ok("payment", "settle", "--file", str(file), "--except", "1,payment/2")
    assert [one["id"] for one in got["items"]] == [3]
    got = collected.ok("payment", "settle", "--file", "payment-file/1", "--except", "-", stdin="2")
    assert [one["id"] for one in got["items"]] == [1]

    got = collected("payment", "settle", "--file", "1", "--except", "1,98,99")
    assert got.status == 2
    assert "file 1 does not ask for payment 98 and payment 99" in got.err
    assert statuses(collected) == ["succeeded", "pending", "succeeded"]

    file.write_text(file.read_text() + "\n", encoding="utf-8")
    got = collected("payment", "settle", "--file", str(file))
    assert (got.status, "with this content" in got.err) == (4, True)


def test_resets_that_are_refused_are_all_named(busy: Cli) -> None:
    """As for every command that takes several accounts."""
    got = busy("account", "reset", "1", "2", "8", "nobody@acme.example", "-y")

    assert got.status == 4
    assert "3 of 4 accounts are refused, so nothing was done: account 2, account 8 and " in got.err
    assert "nobody@acme.example" in got.err
