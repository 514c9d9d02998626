"""What a person decides of an entry of a bank statement: once, with its reason, and taken back."""

from __future__ import annotations

import json
from shlex import split
from typing import Any

import pytest

from tests.helpers import Cli
from tests.insight.planted_entries import plant
from tests.store.plain import rows

CAME = {"booked_on": "2026-02-04", "name": "Jean Dupont", "text": "pour la messagerie"}


@pytest.fixture
def debit(busy: Cli) -> Cli:
    """The busy host, where payment 1 asks late for what is missing: 1.91 EUR."""
    busy.ok("method", "add", "paypal", "late", "--agreement", "B-9")
    (payment,) = busy.ok("payment", "list")["items"]
    assert (payment["id"], payment["amount_cents"], payment["status"]) == (1, OWED, "pending")
    return busy


OWED = 191


def entry(cli: Cli, number: int = 1) -> dict[str, Any]:
    """An entry as it is shown."""
    found: dict[str, Any] = cli.ok("bank", "show", str(number))
    return found


def balance(cli: Cli, customer: str) -> int:
    """A customer's balance, in cents."""
    return int(cli.ok("prepaid", "show", customer)["balance_cents"])


def refused(cli: Cli, line: str) -> tuple[str, str, str]:
    """The code, the sentence and the hint of a command that is refused."""
    got = cli(*split(line), "-o", "json")
    assert got.status != 0, got.out
    error = got.error()
    return error["code"], error["message"], error["hint"]


def whole(cli: Cli) -> None:
    """The checks of the books find nothing, but that a test has planted the entries."""
    found = cli("store", "check", "-o", "json").json()["items"]
    assert [row for row in found if not (row["ok"] or row["name"] == "written-by-mailctl")] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--customer late", {"customer": "late", "invoice": None}),
        ("--invoice 2026-000006", {"invoice": "2026-000006"}),
    ],
)
def test_money_that_a_person_matches_is_a_credit_of_the_customer(
    busy: Cli, words: str, expected: dict[str, Any]
) -> None:
    """It is booked once, with what it was said to be for; the entry names the row."""
    if "invoice" in words:
        expected["customer"] = busy.ok("invoice", "show", "2026-000006")["customer"]
    who = expected["customer"]
    plant(busy.store, CAME)
    before = balance(busy, who)

    got = busy.ok("bank", "match", "1", *words.split())

    assert (got["state"], got["matched_by"], got["changed"]) == ("booked", "hand", True)
    assert {key: got[key] for key in expected} == expected
    assert balance(busy, who) == before + 1840
    (booking,) = got["bookings"]
    assert (booking["kind"], booking["amount_cents"], booking["linked"]) == ("credit", 1840, False)
    assert got["evidence"].startswith("said by hand: ")
    whole(busy)


def test_an_order_that_is_named_is_paid_with_the_money(busy: Cli) -> None:
    """As by `prepaid credit --order`: it is delivered in the same step."""
    order = busy.ok("account", "order", "slow-pro", "--count", "3", "--await-payment", "-y")
    plant(busy.store, {**CAME, "amount_cents": order["total_cents"] + 5000})

    said = busy("bank", "match", "1", "--order", str(order["number"])).out

    assert f", for order {order['number']}; the balance is " in said
    assert f"Order {order['number']} is paid with it." in said
    assert busy.ok("order", "show", str(order["number"]))["status"] == "delivered"
    whole(busy)


def test_what_is_matched_twice_the_same_way_is_booked_once(busy: Cli) -> None:
    """The second time nothing changes; another way is refused, with how it is taken back."""
    plant(busy.store, CAME)
    busy.ok("bank", "match", "1", "--customer", "late")
    before = balance(busy, "late")

    again = busy.ok("bank", "match", "1", "--customer", "late")

    assert (again["changed"], balance(busy, "late")) == (False, before)
    assert refused(busy, "bank match 1 --customer acme") == (
        "entry-refused",
        "entry 1 is booked for late already",
        "to take it back first: mailctl bank undo 1",
    )


def test_money_that_was_recorded_by_hand_is_linked_and_not_booked_again(busy: Cli) -> None:
    """The row of the amount and of a day near the entry's is this money, unless it came again."""
    busy.ok("prepaid", "credit", "late", "18.40")
    plant(busy.store, CAME, {**CAME, "name": "Jean again"})
    before = balance(busy, "late")

    said = busy("bank", "match", "1", "--customer", "late").out

    assert said.startswith(
        "Linked entry 1 to money of late that was in the books before; the balance stays.\n"
    )
    assert (entry(busy)["matched_by"], balance(busy, "late")) == ("recorded", before)
    # The row is an entry's money now, and no other's.
    busy.ok("bank", "match", "2", "--customer", "late")
    assert balance(busy, "late") == before + 1840
    whole(busy)


def test_money_that_came_again_is_booked_where_a_person_says_so(busy: Cli) -> None:
    """--again-received: it is other money than that recorded by hand."""
    busy.ok("prepaid", "credit", "late", "18.40")
    plant(busy.store, CAME)
    before = balance(busy, "late")

    got = busy.ok("bank", "match", "1", "--customer", "late", "--again-received")

    assert (got["matched_by"], balance(busy, "late")) == ("hand", before + 1840)


def test_money_recorded_long_before_is_other_money(busy: Cli) -> None:
    """More than ten days apart without a reference: booked."""
    busy.ok("prepaid", "credit", "late", "18.40")
    plant(busy.store, {**CAME, "booked_on": "2026-01-20"})
    before = balance(busy, "late")
    busy.ok("bank", "match", "1", "--customer", "late")
    assert balance(busy, "late") == before + 1840


def test_money_recorded_with_the_entrys_reference_is_linked_whenever_it_was(busy: Cli) -> None:
    """And money with another reference is other money, though of the same day."""
    credit = ("prepaid", "credit", "late", "18.40", "--received", "--reference")
    busy.ok(*credit, "B-1")
    busy.ok(*credit, "B-2")
    plant(busy.store, {**CAME, "reference": "B-2", "booked_on": "2026-01-02"}, CAME)
    before = balance(busy, "late")

    busy.ok("bank", "match", "1", "--customer", "late")
    assert balance(busy, "late") == before
    busy.ok("bank", "match", "2", "--customer", "late")
    assert balance(busy, "late") == before + 1840
    whole(busy)


def test_the_money_of_a_debit_settles_its_payment(debit: Cli) -> None:
    """--payment: as by `payment settle`; a second entry is refused unless it came twice."""
    plant(debit.store, {**CAME, "amount_cents": OWED}, {**CAME, "amount_cents": OWED, "name": "B"})

    debit.ok("bank", "match", "1", "--payment", "1")

    (payment,) = debit.ok("payment", "list")["items"]
    assert payment["status"] == "succeeded"
    code, message, hint = refused(debit, "bank match 2 --payment 1")
    assert (code, message) == ("already-recorded", "payment 1 has its money already by entry 1")
    assert hint.endswith("mailctl bank match 2 --payment 1 --again-received")
    before = balance(debit, "late")
    debit.ok("bank", "match", "2", "--payment", "1", "--again-received")
    assert balance(debit, "late") == before + OWED
    whole(debit)


def test_a_payment_that_was_settled_by_hand_has_its_money_linked(debit: Cli) -> None:
    """Nothing is booked; the entry names the row of the settlement."""
    debit.ok("payment", "settle", "1")
    plant(debit.store, {**CAME, "amount_cents": OWED})
    before = balance(debit, "late")

    got = debit.ok("bank", "match", "1", "--payment", "1")

    assert (got["state"], got["payment"], balance(debit, "late")) == ("booked", 1, before)
    assert [one["linked"] for one in got["bookings"]] == [True]


def test_a_payment_of_another_amount_is_refused(debit: Cli) -> None:
    """With both amounts, and the command that books it as money of the customer."""
    plant(debit.store, CAME)
    assert refused(debit, "bank match 1 --payment 1") == (
        "entry-refused",
        "payment 1 is for 1.91 EUR, and entry 1 for 18.40 EUR",
        "as money of the customer: mailctl bank match 1 --customer late",
    )


@pytest.mark.parametrize(("code", "told"), [("md06", "MD06"), ("$(reboot)", "CODE"), ("", "CODE")])
def test_a_return_with_charges_that_the_bank_does_not_tell_apart_is_recorded_by_hand(
    debit: Cli, code: str, told: str
) -> None:
    """The hint has both commands, and no words of the file."""
    debit.ok("payment", "settle", "1")
    details = json.dumps({"return_code": code})
    plant(debit.store, {"booked_on": "2026-02-04", "amount_cents": -OWED - 350, "details": details})
    _, message, hint = refused(debit, "bank match 1 --payment 1")
    assert message == "payment 1 is for 1.91 EUR, and entry 1 for -5.41 EUR"
    first, second = hint.split("mailctl ")[1:]
    assert first == f"payment return 1 --reason {told}, then "
    debit.ok(*split(first.removesuffix(", then ").replace("CODE", "MD06")))
    debit.ok(*split(second))
    assert entry(debit)["reason"] == "payment 1 with charges"
    whole(debit)


def test_money_that_went_back_since_is_not_taken_out_of_the_books_again(debit: Cli) -> None:
    """Refused before anybody is asked: the balance after it would be a wrong one."""
    plant(debit.store, {**CAME, "amount_cents": OWED})
    debit.ok("bank", "match", "1", "--payment", "1")
    debit.ok("payment", "return", "1", "--reason", "MD06")
    for line in ("bank undo 1", "bank undo 1 -y"):
        code, message, _ = refused(debit, line)
        assert code == "not-reversible"
        assert message.startswith("the money of payment 1 went back since: row ")
    whole(debit)


def test_a_debit_that_the_bank_took_back_is_a_return(debit: Cli) -> None:
    """For the bank's own reason; where it says none, by `payment return` and then linked."""
    debit.ok("payment", "settle", "1")
    back = {"booked_on": "2026-02-04", "amount_cents": -OWED}
    plant(debit.store, {**back, "details": '{"return_code": "MD06"}'})

    said = debit("bank", "match", "1", "--payment", "1").out

    assert said.startswith("Booked entry 1, -1.91 EUR, taken back from late, payment 1; ")
    (payment,) = debit.ok("payment", "list")["items"]
    assert (payment["status"], payment["reason"]) == ("returned", "MD06")
    whole(debit)


def test_a_return_without_the_banks_reason_says_how_it_is_recorded(debit: Cli) -> None:
    """The command of its hint, then the same again: linked, and booked once."""
    debit.ok("payment", "settle", "1")
    plant(debit.store, {"booked_on": "2026-02-04", "amount_cents": -OWED})

    code, message, hint = refused(debit, "bank match 1 --payment 1")

    assert (code, message) == (
        "entry-refused",
        "the bank does not say why it took entry 1 back",
    )
    assert hint.endswith("mailctl payment return 1 --reason CODE")
    debit.ok("payment", "return", "1", "--reason", "MD06")
    before = balance(debit, "late")
    got = debit.ok("bank", "match", "1", "--payment", "1")
    assert (got["state"], balance(debit, "late")) == ("booked", before)
    whole(debit)


REFUSED = {
    "-1250": (
        "bank match 1 --customer late",
        "entry 1, -12.50 EUR, left the account: it cannot be money that a customer paid",
    ),
    "0": ("bank match 1 --customer late", "entry 1 is of 0.00 EUR: there is nothing to book"),
}


@pytest.mark.parametrize("cents", REFUSED)
def test_what_is_no_money_that_came_is_never_booked(busy: Cli, cents: str) -> None:
    """A debit and an entry of 0."""
    line, sentence = REFUSED[cents]
    plant(busy.store, {**CAME, "amount_cents": int(cents)})
    code, message, hint = refused(busy, line)
    assert (code, message) == ("entry-refused", sentence)
    assert "mailctl bank ignore 1 --reason " in hint


@pytest.mark.parametrize(
    ("matched_by", "currency", "sentence"),
    [
        ("other-account", "EUR", "which is not the seller's, and is never booked"),
        ("other-currency", "CHF", "is in CHF, and is never booked"),
    ],
)
def test_money_of_another_account_or_currency_is_never_booked_or_reopened(
    busy: Cli, matched_by: str, currency: str, sentence: str
) -> None:
    """Not by hand either."""
    state = {"state": "ignored", "matched_by": matched_by, "currency": currency}
    plant(busy.store, {**CAME, **state})
    for line in ("bank match 1 --customer late", "bank accept 1", "bank undo 1 -y"):
        code, message, _ = refused(busy, line)
        assert code == "entry-refused"
        assert sentence in message
    assert busy.ok("bank", "ignore", "1", "--reason", "x")["changed"] is False
    assert entry(busy)["matched_by"] == matched_by


def test_an_erased_customer_gets_no_money(busy: Cli) -> None:
    """Nothing personal is kept of them that it could be explained by."""
    busy.ok("customer", "add", "gone", "--name", "Gone", "--email", "it@gone.example")
    busy.ok("customer", "close", "gone", "-y")
    busy.ok("customer", "erase", "gone", "--confirm", "gone")
    plant(busy.store, CAME)
    code, message, hint = refused(busy, "bank match 1 --customer gone")
    assert (code, message) == (
        "entry-refused",
        "gone was erased: nothing is booked for them any more",
    )
    assert hint == "mailctl bank ignore 1 --reason REASON"


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("bank match 9 --customer late", "entry-not-found", "there is no entry 9"),
        ("bank show 9", "entry-not-found", "there is no entry 9"),
        ("bank accept 9", "entry-not-found", "there is no entry 9"),
        ("bank match 1 --customer nobody", "customer-not-found", ""),
        ("bank match 1 --invoice AV2026-000001", "invoice-not-found", ""),
        ("bank match 1", "usage", "whose money is it? say it once: by --customer, --invoice"),
        ("bank match 1 --customer late --payment 1", "usage", "whose money is it?"),
        ("bank accept 1", "entry-refused", "nothing is proposed for entry 1"),
        ("bank ignore 1 --reason ''", "usage", "the reason is empty"),
    ],
)
def test_a_refusal_says_what_is_wrong(busy: Cli, line: str, code: str, sentence: str) -> None:
    """With a command that helps."""
    plant(busy.store, CAME)
    found, message, hint = refused(busy, line)
    assert (found, message[: len(sentence)]) == (code, sentence)
    assert hint


def test_a_credit_note_is_nothing_that_is_paid(busy: Cli) -> None:
    """Its number is not its invoice's."""
    busy.ok("invoice", "credit", "2026-000001", "--line", "1", "--reason", "x", "-y")
    plant(busy.store, CAME)
    code, message, _ = refused(busy, "bank match 1 --invoice AV2026-000001")
    assert (code, message) == ("usage", "AV2026-000001 is a credit note: nobody pays it")


PROPOSED = {
    **CAME,
    "state": "proposed",
    "matched_by": "iban",
    "customer_id": 3,
    "evidence": "its IBAN paid for late before",
}


def test_a_proposal_that_is_accepted_is_booked_with_its_evidence(busy: Cli) -> None:
    """What led to it stays; what is accepted twice is booked once."""
    plant(busy.store, PROPOSED)
    before = balance(busy, "late")

    got = busy.ok("bank", "accept", "1")

    assert (got["state"], got["matched_by"]) == ("booked", "iban")
    assert got["evidence"] == "its IBAN paid for late before"
    assert balance(busy, "late") == before + 1840
    assert busy.ok("bank", "accept", "1")["changed"] is False
    whole(busy)


def test_of_several_proposals_all_are_accepted_or_none(busy: Cli) -> None:
    """They are asked about; one that is refused leaves all as they were."""
    plant(busy.store, PROPOSED, {**PROPOSED, "name": "B", "amount_cents": 500}, CAME)
    before = balance(busy, "late")

    code, message, _ = refused(busy, "bank accept 3 9")
    assert message == "2 of 2 entries are refused, so nothing was done: entry 3 and entry 9"
    # Said before anybody is asked.
    for line in ("bank accept 1 2 3", "bank accept 1 2 3 -y"):
        code, message, _ = refused(busy, line)
        assert (code, message) == ("entry-refused", "nothing is proposed for entry 3")
    assert balance(busy, "late") == before
    assert refused(busy, "bank accept 1 2")[0] == "confirmation-needed"
    said = busy("bank", "accept", "1", "2", "-y").out
    assert said.startswith("Accepted entries 1 and 2: 23.40 EUR in 2 entries. 1 account ")
    assert balance(busy, "late") == before + 2340


def test_a_list_of_proposals_is_accepted_from_a_pipe(busy: Cli) -> None:
    """`bank list -o name` is what `bank accept -` reads; a line that is none says what reads so."""
    plant(busy.store, PROPOSED, CAME)
    names = busy("bank", "list", "--proposed", "-o", "name").out
    assert names == "bank-entry/1\n"
    assert busy("bank", "accept", "-", "-y", stdin=names).status == 0
    wrong = busy("bank", "accept", "-", "-y", stdin="x\n")
    assert wrong.err.splitlines() == [
        "error: line 1 of standard input, 'x', is not the number of an entry",
        "hint: one a line, as mailctl bank list -o name prints them",
    ]


def test_accepting_a_link_books_nothing(busy: Cli) -> None:
    """The row that is proposed is the entry's money from then on."""
    busy.ok("prepaid", "credit", "late", "18.40")
    ((row,),) = rows(busy.store, "SELECT max(id) FROM ledger")
    plant(busy.store, {**PROPOSED, "matched_by": "recorded", "ledger_id": row})
    before = balance(busy, "late")

    got = busy.ok("bank", "accept", "1")

    assert (got["state"], got["matched_by"], balance(busy, "late")) == (
        *("booked", "recorded"),
        before,
    )
    whole(busy)


SAME = {**CAME, "state": "proposed", "matched_by": "same-money", "same_as_id": 1}


def test_the_money_of_another_entry_is_kept_out_when_it_is_accepted(busy: Cli) -> None:
    """It is never booked as well, unless a person says that it is other money."""
    same = {**SAME, "evidence": "may be the money of entry 1, from camt.054"}
    plant(busy.store, CAME, same)
    busy.ok("bank", "match", "1", "--customer", "late")
    before = balance(busy, "late")

    code, message, hint = refused(busy, "bank match 2 --customer late")
    assert (code, message) == (
        "entry-refused",
        "entry 1 is this money, as it seems (booked): may be the money of entry 1, from camt.054",
    )
    assert hint.startswith("if so: mailctl bank accept 2; ")
    said = busy("bank", "accept", "2").out
    assert said == (
        "Kept entry 2 out of the books: it is the money of entry 1.\n"
        "Undo: mailctl bank undo 2 --yes\n"
    )
    assert (entry(busy, 2)["state"], balance(busy, "late")) == ("ignored", before)
    code, message, _ = refused(busy, "bank match 2 --customer late --again-received")
    assert message == "the money of entry 2 is that of entry 1"
    # Taken back, it is only proposed again; so it takes two words to book it.
    busy.ok("bank", "undo", "2")
    assert entry(busy, 2)["state"] == "proposed"
    busy.ok("bank", "match", "2", "--customer", "late", "--again-received")
    assert balance(busy, "late") == before + 1840
    whole(busy)


def test_a_booking_that_the_bank_took_back_is_undone_by_its_own_command(busy: Cli) -> None:
    """Accepting says which, since both entries are concerned."""
    back = {**SAME, "amount_cents": -1840, "evidence": "the bank took entry 1 back"}
    plant(busy.store, CAME, back)
    busy.ok("bank", "match", "1", "--customer", "late")
    assert refused(busy, "bank accept 2") == (
        "entry-refused",
        "the bank took entry 1 back by entry 2: neither is money that came",
        "mailctl bank undo 1; then mailctl bank ignore 2 --reason reversal",
    )


def test_bank_fees_are_ignored_with_a_reason(busy: Cli) -> None:
    """Of several all; another reason replaces the first; one that is booked is refused."""
    fee = {"booked_on": "2026-02-04", "amount_cents": -1250, "text": "FRAIS"}
    plant(busy.store, fee, {**fee, "amount_cents": -300}, CAME)

    said = busy("bank", "ignore", "1", "2", "--reason", "bank fees").out

    assert said.startswith("Ignored entries 1 and 2, -15.50 EUR: they stay out of the books.\n")
    assert entry(busy)["reason"] == "bank fees"
    assert busy.ok("bank", "ignore", "1", "--reason", "bank fees")["changed"] is False
    assert busy.ok("bank", "ignore", "1", "--reason", "fees")["reason"] == "fees"
    busy.ok("bank", "match", "3", "--customer", "late")
    assert refused(busy, "bank ignore 3 --reason x") == (
        "entry-refused",
        "entry 3 is booked for late already",
        "to take it back first: mailctl bank undo 3",
    )


def test_undoing_a_booking_reverses_it_and_leaves_the_entry_unmatched(busy: Cli) -> None:
    """It asks first, with the balance; the row stays in the statement with its reversal."""
    plant(busy.store, CAME)
    before = balance(busy, "late")
    busy.ok("bank", "match", "1", "--customer", "late")

    assert refused(busy, "bank undo 1")[0] == "confirmation-needed"
    got = busy.ok("bank", "undo", "1", "-y")

    assert (got["state"], got["customer"], balance(busy, "late")) == ("unmatched", None, before)
    (booking,) = got["bookings"]
    assert booking["undone_on"] == "2026-02-05"
    assert busy.ok("prepaid", "statement", "late")["items"][-1]["kind"] == "reversal"
    assert busy.ok("bank", "undo", "1", "-y")["changed"] is False
    whole(busy)


def test_undoing_a_settlement_lets_the_payment_wait_again(debit: Cli) -> None:
    """As `prepaid reverse --mistake`."""
    plant(debit.store, {**CAME, "amount_cents": OWED})
    debit.ok("bank", "match", "1", "--payment", "1")
    debit.ok("bank", "undo", "1", "-y")
    (payment,) = debit.ok("payment", "list")["items"]
    assert payment["status"] == "pending"
    whole(debit)


def test_undoing_a_link_leaves_the_money_in_the_books_without_a_question(busy: Cli) -> None:
    """Only the link is gone."""
    busy.ok("prepaid", "credit", "late", "18.40")
    plant(busy.store, CAME)
    busy.ok("bank", "match", "1", "--customer", "late")
    before = balance(busy, "late")
    got = busy.ok("bank", "undo", "1")
    assert (got["state"], balance(busy, "late")) == ("unmatched", before)
    whole(busy)


def test_a_decision_is_in_the_journal_with_its_reason(busy: Cli) -> None:
    """Each is one transaction: the entry's row stands beside those of the money."""
    plant(busy.store, CAME, {**CAME, "amount_cents": -5, "name": "B"})
    busy.ok("bank", "match", "1", "--customer", "late")
    busy.ok("bank", "ignore", "2", "--reason", "fees")
    busy.ok("bank", "undo", "1", "-y")
    said = [
        (one["command"], one["kind"], one["subject"])
        for one in busy.ok("journal", "list")["items"]
        if one["subject"].startswith("entry/")
    ]
    assert said == [
        ("bank match", "entry-booked", "entry/1"),
        ("bank ignore", "entry-ignored", "entry/2"),
        ("bank undo", "entry-undone", "entry/1"),
    ]


def test_a_dry_run_says_what_it_would_do_and_changes_nothing(busy: Cli) -> None:
    """The same sentence, in another mood."""
    plant(busy.store, CAME)
    before = balance(busy, "late")
    said = busy("bank", "match", "1", "--customer", "late", "--dry-run").out
    assert said.startswith("Would book entry 1, 18.40 EUR, to late; the balance is ")
    assert (entry(busy)["state"], balance(busy, "late")) == ("unmatched", before)
