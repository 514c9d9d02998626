"""The whole round with a bank on loopback: after every step the books equal the bank's account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bank_round.books import entries, money
from tests.bank_round.rounds import Round, a_round
from tests.helpers import Cli, contents
from tests.store.plain import rows

YEAR, TWO = 5170, 10339
"""Cents of a mailbox for a year with tax, and of two."""


@pytest.fixture
def host(cli: Cli, tmp_path: Path) -> Iterator[Round]:
    """A host with three customers, and its bank."""
    with a_round(cli, tmp_path) as found:
        yield found


def debited(host: Round, *names: str) -> None:
    """These customers order, and their debits are accepted and credited on Wednesday."""
    for name in names:
        host.order(name)
    host.hand_over()
    host.take_in()
    host.compare()
    host.days(2)


def test_what_is_accepted_and_credited_is_settled_by_cron_alone(host: Round) -> None:
    """The acceptance alone settles nothing; the credit on the statement does."""
    host.order("anna")
    host.order("bert", count=2)
    host.hand_over()
    host.take_in()
    assert host.statuses() == ["pending", "pending"]
    host.days(1)
    assert host.statuses() == ["pending", "pending"]

    host.days(1)

    assert host.statuses() == ["succeeded", "succeeded"]
    assert money(host.cli) == {"anna": YEAR, "bert": TWO}
    host.days(3)
    assert money(host.cli) == {"anna": YEAR, "bert": TWO}


def test_what_is_refused_before_its_day_fails_and_is_tried_again(host: Round) -> None:
    """Lack of funds is asked for again on the next day, under a new EndToEndId, and comes."""
    host.order("anna")
    host.order("bert")
    host.hand_over()
    host.take_in()
    host.bank.refuse("payment-1-1", "AM04")
    host.take_in()
    host.compare()
    (one, two) = host.cli.ok("payment", "list")["items"]
    assert (one["status"], one["tries"], one["next_try_on"]) == ("pending", 1, "2026-01-13")
    assert (two["status"], two["tries"]) == ("pending", 0)

    host.days(4)

    assert host.statuses() == ["succeeded", "succeeded"]
    assert money(host.cli) == {"anna": YEAR, "bert": YEAR}


@pytest.mark.parametrize("reason", ["AM04", "MD01", "MD06"])
def test_what_comes_back_after_its_day_is_returned(host: Round, reason: str) -> None:
    """The notification and the statement tell of the same return, which is booked once."""
    debited(host, "anna", "bert")
    host.bank.refuse("payment-1-1", reason)
    host.take_in()
    host.compare()

    assert host.statuses()[:2] == ["returned", "succeeded"]
    host.days(7)
    is_tried_again = reason == "AM04"
    assert host.statuses()[2:] == ["succeeded"] * is_tried_again
    assert +money(host.cli) == {"bert": YEAR} | ({"anna": YEAR} if is_tried_again else {})


def test_a_return_that_the_bank_sends_back_again_is_money_of_that_payment(host: Round) -> None:
    """It comes with the EndToEndId of the debit, weeks after it was returned."""
    debited(host, "anna")
    host.bank.refuse("payment-1-1", "MD06")
    host.days(9)
    assert +money(host.cli) == {}

    host.transfer("anna", YEAR, end_to_end_id="payment-1-1", note=["RETURN OF RETURN"])
    host.take_in()
    host.compare()

    assert money(host.cli)["anna"] == YEAR
    host.days(2)


def test_money_told_by_report_notification_and_statement_is_one_entry(host: Round) -> None:
    """Whichever of them comes first, and whichever are never taken."""
    debited(host, "anna")
    host.transfer("cleo", 1234, note=["for the year"])
    host.bank.report()
    host.take_in("camt.052")
    before = entries(host.cli)

    host.take_in("camt.054")
    host.night()
    host.take_in("camt.053")

    assert [one["id"] for one in entries(host.cli)] == [one["id"] for one in before]


def test_files_taken_twice_change_nothing_and_say_so(host: Round) -> None:
    """Cron takes everything that lies there once more, under other names too."""
    debited(host, "anna", "bert")
    host.bank.refuse("payment-1-1", "AM04")
    host.take_in()
    files = [*host.bank.sent("pain.002*-SELLER-"), *host.bank.sent("camt.05*-SELLER-")]
    for path in files:
        path.with_name(f"again-{path.name}").write_bytes(path.read_bytes())
    before = contents(host.cli.store)

    done = host.cli.ok("bank", "import", *map(str, files))
    again = host.cli.ok("bank", "import", *map(str, sorted(host.bank.pickup.glob("again-*"))))

    assert not done["changed"]
    assert not again["changed"]
    assert contents(host.cli.store) == before
    host.compare()


def test_a_payment_file_handed_over_twice_fails_nothing(host: Round) -> None:
    """The bank refuses the copy as a duplicate; the first one is collected, and nobody is asked for
    money again.
    """
    host.order("anna")
    host.hand_over()
    (first,) = host.bank.drop.rglob("*.xml")
    (host.bank.drop / "copy.xml").write_bytes(first.read_bytes())
    assert [one["reason"] for one in host.bank.take()] == ["DUPL"]

    host.take_in()

    (payment,) = host.cli.ok("payment", "list")["items"]
    assert (payment["status"], payment["tries"]) == ("pending", 0)
    host.days(7)
    assert host.statuses() == ["succeeded"]
    assert money(host.cli) == {"anna": YEAR}


def test_an_answer_that_was_lost_and_comes_again_is_taken_late(host: Round) -> None:
    """Silence is no failure: nobody is debited twice meanwhile, and the gap is told."""
    host.order("anna")
    host.hand_over()
    lost: set[Path] = set()
    for _ in range(4):
        host.night()
        lost |= set(host.bank.sent("camt.05"))
        host.taken |= lost
        host.hand_over()
    assert host.statuses() == ["pending"]

    host.taken -= lost
    host.take_in()

    host.compare()
    assert host.statuses() == ["succeeded"]


def test_transfers_that_name_what_they_are_for_are_booked(host: Round) -> None:
    """By reference, by number in pieces, by a third person; too little and too much."""
    for _ in range(4):
        host.order("cleo")
    host.transfer("cleo", YEAR, reference=reference_of(host, 1))
    host.transfer("cleo", YEAR, note=["INVOICE 2026 - 000002 THANK YOU"], wrap=35)
    host.transfer("cleo", 2000, payer="uncle", reference=reference_of(host, 3))
    host.transfer("cleo", YEAR + 1, note=["RE: invoice 2026-000004."])
    host.take_in()

    host.compare()

    assert host.states() == ["booked"] * 4
    host.days(2)


def test_what_names_nobody_for_certain_waits_for_a_person(host: Round) -> None:
    """Never by amount, never by name; a person's word brings the books to the bank's sum."""
    host.order("cleo")
    host.order("bert", count=2)
    for note in ("Cleo thanks", "2026", "12026-000001", "2026-0000011", "AV2026-000001"):
        host.transfer("cleo", YEAR, payer="uncle", note=[note])
    host.take_in()
    host.night()
    host.take_in()

    assert money(host.cli) == {}
    assert "booked" not in host.states()
    for entry in entries(host.cli):
        host.cli.ok("bank", "match", str(entry["id"]), "--customer", "cleo", "-y")
    host.compare()


def test_a_day_of_everything_leaves_a_row_of_the_ledger_for_each_movement(host: Round) -> None:
    """Each row of money has its entry, and no entry has two."""
    debited(host, "anna", "bert")
    host.bank.refuse("payment-2-1", "AM04")
    host.order("cleo")
    host.transfer("cleo", YEAR, note=["Invoice 2026-000003"])
    host.days(9)

    of_the_bank = rows(
        host.cli.store,
        "SELECT ledger.id FROM ledger WHERE kind IN ('credit', 'payment', 'reversal')",
    )
    booked = rows(host.cli.store, "SELECT ledger_id, entry_id FROM bank_booking")
    assert sorted(ledger for ledger, _ in booked) == sorted(ledger for (ledger,) in of_the_bank)
    assert len({entry for _, entry in booked}) == len(booked)


def reference_of(host: Round, invoice: int) -> str:
    """The payment reference that stands on an invoice."""
    from stdnum.iso7064 import mod_97_10

    content = f"I2026{invoice:06}"
    return f"RF{mod_97_10.calc_check_digits(content + 'RF')}{content}"
