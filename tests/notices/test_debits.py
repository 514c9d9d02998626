"""Direct debits are announced before they are collected: how much, by what, not before when."""

from __future__ import annotations

from pathlib import Path
from shlex import split
from xml.etree import ElementTree as ET

import pytest

from tests.helpers import Cli
from tests.notices.conftest import Hands
from tests.notices.post_office import PostOffice, configure
from tests.store.plain import opened, rows, twin

PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}"
SEPA = ("payment", "export", "--kind", "bank", "--format", "sepa")
# The 9th of January 2026 is a Friday.
HOST = """
init --clock 2026-01-09 --timezone Europe/Paris --seller-name "Hote SAS"
settings set seller-iban FR7630006000011234567890189
settings set seller-creditor-id FR72ZZZ123456
customer add acme --name "Acme SARL" --email it@acme.example --language en
platform add acme-hx --customer acme --offer hosted-exchange
method add bank acme --iban FR7630006000011234567890189 --holder Acme --mandate M-17 --signed 2026-01-02
account order acme-hx anna@acme.example -y
"""  # noqa: E501 - a command line


@pytest.fixture
def host(cli: Cli) -> Cli:
    """acme is to be debited 4.79 (payment 1); mail is not set."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    return cli


@pytest.fixture
def mailed(host: Cli, office: PostOffice, hands: Hands) -> Cli:
    """The same, with mail set to go to the office."""
    assert hands
    configure(host, office.port)
    return host


def texts(document: str, name: str) -> list[str]:
    """The texts of all elements of a name."""
    return [str(element.text) for element in ET.fromstring(document).iter(f"{PAIN}{name}")]


def letters(host: Cli, kind: str) -> list[str]:
    """The letters of a kind that were sent, as text, lines joined."""
    found = host.ok("notice", "list", "--kind", kind, "--state", "sent")["items"]
    return [" ".join(host.ok("notice", "show", str(one["id"]))["body"].split()) for one in found]


def test_a_debit_is_announced_with_everything_that_the_debtor_must_know(mailed: Cli) -> None:
    """Amount, mandate, creditor, account, and the day: Friday's file is collected on Tuesday."""
    mailed.ok("notice", "send")

    (letter,) = letters(mailed, "debit-coming")

    for fact in (
        "We will collect €4.79",
        "your account FR76…0189",
        "Amount: €4.79",
        "Debited on this day at the earliest: 13 January 2026",
        "Mandate reference: M-17",
        "Creditor identifier: FR72ZZZ123456",
    ):
        assert fact in letter
    assert texts(mailed(*SEPA).out, "ReqdColltnDt") == ["2026-01-13"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Débit au plus tôt le : 13 janvier 2026"),
        ("de", "Abbuchung frühestens am: 13. Januar 2026"),
    ],
)
def test_a_debit_is_announced_in_the_customers_language(
    language: str, said: str, mailed: Cli
) -> None:
    """As every notice."""
    mailed.ok("customer", "edit", "acme", "--language", language)
    mailed.ok("notice", "send")
    assert said in letters(mailed, "debit-coming")[0]


def test_no_debit_is_handed_over_before_its_notice_was_sent(mailed: Cli, tmp_path: Path) -> None:
    """The export says how many wait, and the command that sends; then they go."""
    path = tmp_path / "debits.xml"
    held = mailed(*SEPA, "--to", str(path))
    assert (held.status, path.exists()) == (0, False)
    waits = "1 payment waits: its customer was not notified yet. First: mailctl notice send"
    assert waits in held.err

    assert mailed("notice", "send").status == 0

    assert texts(mailed(*SEPA).out, "EndToEndId") == ["payment-1-1"]


def test_a_notice_that_could_not_be_sent_yet_holds_its_debit_alone(
    mailed: Cli, office: PostOffice
) -> None:
    """Others were told and are collected."""
    mailed.ok("customer", "add", "bolt", "--name", "Bolt", "--email", "it@bolt.example")
    mailed.ok("platform", "add", "bolt-hx", "--customer", "bolt", "--offer", "hosted-exchange")
    mailed.ok(
        *("method", "add", "bank", "bolt", "--iban", "DE89370400440532013000", "--holder", "B"),
        *("--mandate", "M-18", "--signed", "2026-01-02"),
    )
    mailed.ok("account", "order", "bolt-hx", "-y")
    office.rcpt["it@acme.example"] = ["450 4.2.0 later"] * 3
    mailed("notice", "send")

    got = mailed(*SEPA)

    assert texts(got.out, "EndToEndId") == ["payment-2-1"]
    assert "1 payment waits" in got.err


def test_no_debit_is_collected_before_the_announced_day(mailed: Cli) -> None:
    """Two weeks were agreed upon: the file names that day, however early it is handed over."""
    mailed.ok("settings", "set", "prenotification-days", "15")
    mailed.ok("notice", "send")
    # The 24th is a Saturday: banks collect on the Monday.
    assert "24 January 2026" in letters(mailed, "debit-coming")[0]
    mailed.ok("settings", "set", "prenotification-days", "1")
    assert texts(mailed(*SEPA).out, "ReqdColltnDt") == ["2026-01-26"]


def test_the_announced_day_counts_from_the_sending(mailed: Cli) -> None:
    """A notice that waited for a week tells a day that lies ahead of its reader."""
    mailed.ok("tick", "--to", "2026-01-16")
    mailed.ok("notice", "send")
    assert "20 January 2026" in letters(mailed, "debit-coming")[0]


def test_debits_announced_for_different_days_are_collected_on_theirs(mailed: Cli) -> None:
    """One file, a batch for each day."""
    mailed.ok("settings", "set", "prenotification-days", "14")
    mailed.ok("notice", "send")
    mailed.ok("settings", "set", "prenotification-days", "1")
    mailed.ok("tick")
    mailed.ok("account", "order", "acme-hx", "-y")
    mailed.ok("notice", "send")
    got = mailed(*SEPA)
    assert sorted(texts(got.out, "ReqdColltnDt")) == ["2026-01-14", "2026-01-23"]
    assert "To be collected on 2026-01-14 and 2026-01-23." in got.err


def test_an_invoices_letter_announces_its_debit_and_no_other_does(mailed: Cli) -> None:
    """Renewals: what is billed and what is taken stand in one letter."""
    mailed.ok("notice", "send")
    mailed(*SEPA)
    mailed.ok("payment", "settle", "1")
    mailed.ok("tick", "--to", "2026-02-09")
    mailed.ok("notice", "send")

    (letter,) = letters(mailed, "invoice-issued")

    for fact in ("M-17", "FR72ZZZ123456", "Amount: €4.79", "11 February 2026"):
        assert fact in letter
    assert len(letters(mailed, "debit-coming")) == 1
    assert texts(mailed(*SEPA).out, "ReqdColltnDt") == ["2026-02-11"]


def test_every_try_is_announced(mailed: Cli) -> None:
    """The first failure's letter says the next try; the later tries have a notice of their own."""
    mailed.ok("notice", "send")
    told = [len(letters(mailed, "debit-coming"))]
    for _ in range(3):
        assert mailed(*SEPA).out
        mailed.ok("payment", "fail", "1", "--reason", "AM04")
        mailed.ok("notice", "send")
        told.append(len(letters(mailed, "debit-coming")))
        next_try_on = mailed.ok("payment", "list")["items"][0]["next_try_on"]
        mailed.ok("tick", "--to", next_try_on)
    assert told == [1, 1, 2, 3]
    (failed,) = letters(mailed, "payment-failed")
    # Tried again on Saturday the 10th: the bank has it on Monday and collects on Wednesday.
    for fact in ("on 10 January 2026", "M-17", "FR72ZZZ123456", "14 January 2026"):
        assert fact in failed


def test_a_debit_that_is_not_collected_any_more_is_not_announced(mailed: Cli) -> None:
    """Other money came first."""
    mailed.ok("prepaid", "credit", "acme", "20")
    mailed.ok("notice", "send")
    assert letters(mailed, "debit-coming") == []


def test_a_debit_by_another_account_is_announced_anew(mailed: Cli) -> None:
    """The mandate that was told is not the one that is used."""
    mailed.ok("notice", "send")
    mailed.ok(
        *("method", "add", "bank", "acme", "--iban", "DE89370400440532013000", "--holder", "A"),
        *("--mandate", "M-99", "--signed", "2026-01-02", "--default"),
    )
    assert mailed(*SEPA).out == ""
    mailed.ok("notice", "send")
    assert ["M-17" in letter for letter in letters(mailed, "debit-coming")] == [True, False]
    assert texts(mailed(*SEPA).out, "MndtId") == ["M-99"]


def test_several_debits_of_a_day_are_one_letter(mailed: Cli) -> None:
    """Its subject has their sum, its lines each of them."""
    mailed.ok("account", "order", "acme-hx", "-y")
    (coming,) = mailed.ok("notice", "list", "--kind", "debit-coming")["items"]
    assert coming["subject"] == "Direct debit of €9.58 to come"
    mailed.ok("notice", "send")
    (letter,) = letters(mailed, "debit-coming")
    assert letter.count("Amount: €4.79") == 2
    assert texts(mailed(*SEPA).out, "InstdAmt") == ["4.79", "4.79"]


def test_what_nothing_announces_is_announced_by_the_next_tick_or_export(mailed: Cli) -> None:
    """As of a store of an older mailctl: it is not collected unannounced, and not forgotten."""
    with opened(mailed.store) as connection:
        connection.execute("UPDATE payment SET notice_id = NULL")
        connection.execute("DELETE FROM notice WHERE kind = 'debit-coming'")
    other = twin(mailed, "twin")
    mailed.ok("tick")
    assert "1 payment waits" in other(*SEPA).err
    for one in (mailed, other):
        assert len(one.ok("notice", "list", "--kind", "debit-coming")["items"]) == 1


def test_without_mail_nothing_is_held(host: Cli) -> None:
    """Customers are notified by other means; the notice waits, readable, as all do."""
    assert texts(host(*SEPA).out, "ReqdColltnDt") == ["2026-01-13"]
    assert rows(host.store, "SELECT sent_at FROM notice WHERE kind = 'debit-coming'") == [(None,)]


def test_cards_are_not_announced(mailed: Cli) -> None:
    """Pre-notification is what the rules of direct debits ask for."""
    mailed.ok(
        *("method", "add", "card", "acme", "--token", "t", "--brand", "Visa"),
        *("--last4", "4242", "--expires", "2028-09", "--default"),
    )
    assert mailed("payment", "export", "--kind", "card", "--format", "csv").out.count("\n") == 2
    mailed.ok("notice", "send")
    assert letters(mailed, "debit-coming") == []


def test_a_csv_of_debits_says_from_which_day_they_may_be_collected(mailed: Cli) -> None:
    """Whoever hands them to a bank another way keeps what was told."""
    mailed.ok("settings", "set", "prenotification-days", "15")
    mailed.ok("notice", "send")
    header, row = mailed("payment", "export", "--kind", "bank", "--format", "csv").out.splitlines()
    assert header.endswith(",description,collect_on")
    assert row.endswith(",2026-01-26")


def test_a_letter_that_was_tried_already_announces_no_further_debit(host: Cli) -> None:
    """A server may have it, without the second debit: that is announced by a letter of its own."""
    with opened(host.store) as base:
        base.execute("UPDATE notice SET tries = 1 WHERE kind = 'debit-coming'")
    host.ok("account", "order", "acme-hx", "ben@acme.example", "-y")
    announced = rows(host.store, "SELECT DISTINCT notice_id FROM payment WHERE status = 'pending'")
    assert len(announced) == 2
    assert len(host.ok("notice", "list", "--kind", "debit-coming")["items"]) == 2
