"""Secrets that are planted through every way in, and then looked for everywhere (rules 4, 10)."""

from __future__ import annotations

import random
import re
import sqlite3
from pathlib import Path
from shlex import split

import pytest

from mailctl.domain.documents import DocumentFormat
from mailctl.store import document_files
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.stores import store_at
from mailctl.store.queries.documents import keep_what_is_missing
from tests.attacks.test_printed_texts import READ, lines
from tests.contract.commands import COMMANDS
from tests.drivers.toy import toy_driver
from tests.helpers import Cli, Outcome
from tests.statements.camt_files import Answer, BatchAnswer, camt053, camt054, entry, pain002
from tests.store.plain import everything, rows, settle

CARD = "5555 5555 5555 4444"
DIGITS = CARD.replace(" ", "")
METHODS = ("DE89370400440532013000", "370400440532", "tok_77", "B-987654321")
"""What banks and gateways know the customers of the rich store by."""
BANK_FILE = "payment export --kind bank --format sepa --again"


def assert_silent(cli: Cli, got: Outcome, what: object) -> None:
    """It is neither said nor kept."""
    assert got.status in (1, 2, 4), (what, got)
    for text in (got.out, got.err, everything(cli.store)):
        assert CARD not in text, what
        assert DIGITS not in text, what


def test_a_card_number_is_refused_by_every_option_and_every_command(busy: Cli) -> None:
    """As an argument of each command, and as the value of each option that takes a text."""
    tried = set()
    for command, found in COMMANDS.items():
        assert_silent(busy, busy(*command.split(), CARD), command)
        for option in found.params:
            names = [name for name in option.opts if name.startswith("--")]
            if not names or getattr(option, "is_flag", False) or names[0] in tried:
                continue
            tried.add(names[0])
            got = busy(*command.split(), names[0], f"of {CARD}", "-o", "json")
            assert_silent(busy, got, names[0])
    assert {"--reason", "--reference", "--comment", "--name", "--key", "--token"} <= tried


@pytest.mark.files_only("the rich store is a file")
def test_what_a_bank_or_gateway_knows_a_customer_by_is_in_their_files_alone(
    rich_original: Path,
) -> None:
    """Neither the IBAN nor a token is in any list, page, book, letter or journal.

    What a bank wrote of a payer is shown as it wrote it (rules 20).
    """
    cli = Cli(rich_original)
    for line in lines(READ):
        words = split(line.format(folder=rich_original.parent))
        for form in ((), ("-o", "json")):
            said = cli(*words, *form)
            found = {secret for secret in METHODS if secret in said.out + said.err}
            if line.startswith(("bank list", "bank show")):
                found -= set(METHODS[:2])
            assert found == (set(METHODS[:2]) if line == BANK_FILE and not form else set()), line


LEAVER = """
init --clock 2026-02-01 --seller-name Host
settings set seller-iban=FR7630006000011234567890189 seller-creditor-id=FR72ZZZ123456
customer add leaver --name "zqname One" --email zqmail@zqhost.example --phone +33612345678
customer edit leaver --legal-id 0244:zqstate --buyer-reference zqroom --endpoint 0130:zqnet
customer edit leaver --name "zqbuyer Two" --street "zqroad 2" --city zqcity
customer edit leaver --legal-id 0244:zqregister --buyer-reference 7-zqorder --endpoint 0130:zqpeppol
customer edit leaver --backup-email zqbackup@home.example
prepaid credit leaver 50 --received --reference zqreference
platform add leaver-hx --customer leaver --offer private-exchange
account order leaver-hx zqbox@zqhost.example zqother@zqhost.example --key zqkey -y
account rename 1 zqrenamed@zqhost.example
account lock 1 --reason zqlock
settings set driver {folder}/toy-driver
account export 1 {folder}/zqcopies
account password 1 --generate
driver adopt --from {folder}/adopted.csv -y
task fail 1 --reason zqtask
method add card leaver --token zqtoken --brand Visa --last4 4242 --expires 2028-09
method add paypal leaver --agreement zqagreement
method add bank leaver --iban DE89370400440532013000 --holder zqholder --mandate ZQ-1 --signed 2026-01-15 --default
account order leaver-hx --count 30 -y
payment export --kind bank --format sepa --to {folder}/debits.xml
payment fail 1 --reason zqfail
payment export --kind bank --format sepa --to {folder}/again.xml
payment settle 1 --reference zqpaid
bank import {folder}/moved.xml {folder}/note.xml {folder}/answer.xml
bank match 3 --customer leaver
bank ignore 4 --reason zqignored
prepaid grace leaver --until 2026-03-20 --reason zqgrace
invoice credit 2026-000002 --reason zqcredit -y
platform cancel leaver-hx --comment zqcomment -y
"""  # noqa: E501 - a command line
KEPT = {
    "zqbuyer": "the invoice's buyer",
    "zqroad": "the invoice's buyer",
    "zqcity": "the invoice's buyer",
    "zqregister": "the invoice's buyer",
    "zqorder": "the invoice's buyer",
    "zqpeppol": "the invoice's buyer",
    "zqbox@zqhost.example": "the invoice's line",
    "zqother@zqhost.example": "the invoice's line",
    "zqcredit": "the reason of a credit note",
    "zqrefund": "the reason of a movement",
    "zqreference": "the bank's reference of a movement",
    "zqkey": "the key of a command, kept for ever",
}
"""What the law or a rule wants kept; everything else that was typed is gone from the bytes."""


@pytest.mark.files_only("the bytes are those of files")
def test_an_erasure_leaves_in_no_byte_more_than_the_books_need(cli: Cli) -> None:
    """Whatever was typed about a customer, in the store and beside it; not even whole pages."""
    folder = cli.store.parent
    toy_driver(folder)
    (folder / "zqcopies").mkdir(mode=0o700)
    (folder / "adopted.csv").write_text("account,mailbox\n2,zqmailbox\n")
    for name, content in bank_files().items():
        (folder / name).write_bytes(content)
    for line in LEAVER.strip().splitlines():
        done = cli(*split(line.format(folder=folder)))
        assert done.status == 0, (line, done.err)
    for account in cli.ok("account", "list")["items"]:
        cli.ok("account", "delete", str(account["id"]), "-y")
    todo = [str(task["id"]) for task in cli.ok("task", "list", "--todo")["items"]]
    cli.ok("task", "done", *todo, "-y")
    cli.ok("task", "done", "1")
    left = cli.ok("prepaid", "show", "leaver")["balance_cents"]
    cli.ok(*split(f"prepaid refund leaver {left / 100:.2f} --reason zqrefund -y"))
    cli.ok("customer", "close", "leaver", "-y")
    file = sent_document(cli)
    assert canaries(cli) > {*KEPT, "zqlater"}
    assert len(found_of(file, stored(cli))) > 50

    cli.ok("customer", "erase", "leaver", "--confirm", "leaver")

    assert canaries(cli) == set(KEPT)
    assert not [one for one in (b"DE8937", b"612345678", b"ZQ-1") if one in stored(cli)]
    assert not found_of(file, stored(cli))
    assert cli("store", "check").status == 0


def bank_files() -> dict[str, bytes]:
    """What a bank says of the customer, in every field that takes a text."""
    account, day = "FR7630006000011234567890189", "2026-02-01"
    told = {
        "name": "zqpayer",
        "iban": "DE89370400440532013000",
        "note": "zqnote",
        "mandate": "zqmandate",
        "message_id": "zqmessage",
        "day": day,
        "value_on": day,
        "extra": "<AddtlNtryInf>zqextra</AddtlNtryInf>",
    }
    named = entry(100, text="2026-000001 zqtext", end_to_end_id="zqend", reference="B-1", **told)
    recorded = entry(5000, end_to_end_id="zqreference", reference="B-2", **told)
    proposed = entry(5000, text="zqmatched", reference="B-3", **told)
    refund = entry(-700, text="zqpaidback", reference="B-4", **told)
    moved = (named, recorded, proposed, refund)
    again = entry(100, text="zqagain", **told)
    refused = BatchAnswer(
        batch_id="mailctl-file-1-1",
        answers=(
            Answer(end_to_end_id="payment-1-1", status="RJCT", code="AM04", text="zqrefused"),
        ),
    )
    on = dict.fromkeys(("opening_on", "closing_on", "from_on", "to_on"), day)
    return {
        "moved.xml": camt053(*moved, account=account, **on),
        "note.xml": camt054(again, account=account),
        "answer.xml": pain002(refused, message_id="mailctl-file-1"),
    }


def sent_document(cli: Cli) -> bytes:
    """A document of many pages that is kept as sent, as the store has it, and what it left open."""
    cli.ok("customer", "reopen", "leaver")
    cli.ok("customer", "edit", "leaver", "--postcode", "zqlater")
    cli.ok("customer", "close", "leaver", "-y")
    with store_at(cli.store).write("notice send") as tx:
        keep_what_is_missing(tx, [1])
        sent = DocumentFile(invoice_id=1, number="2026-000001", format=DocumentFormat.PDF)
        document_files.keep(tx, sent, random.Random(4).randbytes(50_000), subject="customer/leaver")
    assert rows(cli.store, "SELECT buyer_postcode FROM invoice_kept") == [("zqlater",)]
    ((content,),) = rows(cli.store, "SELECT content FROM document_file")
    return str(content).encode()


def found_of(file: bytes, text: bytes) -> list[bytes]:
    """The parts of a file that are in a text, each short enough to stand on one page."""
    parts = [file[at : at + 64] for at in range(0, len(file), 64)]
    return [part for part in parts if part in text]


def stored(cli: Cli) -> bytes:
    """The bytes of the store, and of the files beside it."""
    settle(cli.store)
    return b"".join(path.read_bytes() for path in cli.store.parent.glob(f"{cli.store.name}*"))


def canaries(cli: Cli) -> set[str]:
    """The canaries in those bytes; letters of the next column that follow them are cut off."""
    found = set(re.findall(r"zq[a-z]+(?:@zqhost\.example)?", stored(cli).decode("latin1")))
    typed = LEAVER + str(bank_files())
    known = {*KEPT, *re.findall(r"zq[a-z]+(?:@zqhost\.example)?", typed), "zqmailbox", "zqlater"}
    return {next((one for one in known if text.startswith(one)), text) for text in found}


def test_the_database_overwrites_what_it_deletes(busy: Cli) -> None:
    """Whatever the system's SQLite does by itself."""
    from mailctl.store.engine.sqlite.connection import configure

    connection = sqlite3.connect(":memory:")
    configure(connection)
    assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
