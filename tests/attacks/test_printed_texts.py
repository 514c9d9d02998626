"""Whatever a store holds: it steers no terminal, is evaluated by nothing, and breaks no command.

A store of an older version, or one that another program has written to, may hold any text.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from shlex import split

import pytest

from tests.attacks.evil import ALL, RESULT, TEXTS, hidden, make_anew, plant
from tests.contract.commands import COMMANDS
from tests.exports import datev_reader, fec_reader
from tests.helpers import Cli
from tests.lives.many import ASKED
from tests.store.plain import opened

READ = """
status
advise
find acme
find x
forecast --months 2
customer list
customer show acme
customer history acme
platform list
platform show acme-hx
platform history acme-hx
account list --state all
account show 1
account history 1
account explain 1
account explain 5
account explain 10
domain list
order list
order show 3
order show 13
invoice list
invoice list --kind credit-note
invoice show 2026-000001
invoice explain 2026-000001
invoice explain 2026-000009
prepaid show acme
prepaid statement acme
method list
payment list
bank list
bank show 1
bank show 2
bank show 3
offer list
offer show email-pro
tax list
report revenue
report debts
report vat --quarter 2026Q1
report calendar -
report page -
notice list
notice show 1
notice show 5
task list
task reconcile
export books --format hledger
export books --format beancount
export books --format fec --to {folder}/books.fec
export books --format datev --to {folder}/books.csv
payment export --kind bank --format sepa --again
journal list
journal head
journal verify
store info
store check
store replicate --config
settings list
help versions
help errors
help output
help environment
help lifecycle
help advice
help schema account
driver dovecot --config
"""
TRIED = """
tick
import {folder}/customers.csv
customer add new --name New --email new@new.example
customer edit acme --city Paris
customer close acme
customer reopen acme
customer erase slow --confirm slow
platform add new-pro --customer acme --offer email-pro
platform cancel acme-hx
platform resume acme-hx
platform renewal acme-hx --manual
platform delete acme-hx
account order acme-hx
account configure 2 new@acme.example
account rename 3 new@acme.example
account renew --all --platform acme-hx --mode monthly
account extend 3
account reopen 7
account reset 3
account delete 4
account lock 3 --reason stolen
account unlock 1
account password 3 --generate
account export 3 {folder}
domain move acme.example bolt
order pay 13 --received
order cancel 17
invoice render 2026-000001 2026-000009 --format pdf --to {folder}
invoice render 2026-000001 --format facturx --to {folder}
invoice render 2026-000009 --format ubl --to {folder}/invoice.xml
invoice pay 2026-000009
invoice credit 2026-000009 --reason mistaken
prepaid credit acme 1
prepaid refund acme 1 --reason returned
prepaid reverse acme 1 --mistake --reason wrong
prepaid grace acme --until 2026-03-01 --reason kind
prepaid alert acme 5
method add paypal acme --agreement B-1
method default 1
method remove 1
payment settle 1
payment fail 2 --reason refused
payment return 1 --reason AC04
payment export --kind card --format csv
bank import {folder}/statement.xml
bank match 3 --customer acme
bank accept 2
bank ignore 4 --reason fees
bank undo 1
offer add new --like own
offer edit email-pro --label New
offer price email-pro monthly 2
offer close email-pro
offer reopen email-pro
tax set CH 8
notice send
task done 1
task fail 2 --reason full
task run
driver check {driver}
driver adopt --from {folder}/adopted.csv
driver release 3
store copy {store} {folder}/copy.db --keep
store backup {folder}/backup.db
store restore {folder}/backup.db
store reopen
store upgrade
settings set retention-days 10
settings test-mail a@b.example
"""
NOT_ON_A_STORE = {"init", "demo"}
NOT_DRY = {"driver check", "settings test-mail", "store reopen"}
# A program reads these; a calendar's lines end in both.
ENDS = {"report calendar -": "\r"}
KNOWN = (0, 1, 2, 4, 74)
"""Done, or refused with a reason: a bug is 70, a damaged store 10."""


def planted(original: Path, folder: Path, text: str) -> Cli:
    """The command line on a copy in which a text is everywhere."""
    cli = Cli(folder / "mailctl.db")
    for part in original.parent.iterdir():
        if part.is_file():
            shutil.copy2(part, folder / part.name)
    columns = plant(cli.store, text)
    assert {"customer.name", "account.address", "notice.last_error", "platform.name"} <= columns
    return cli


def assert_harmless(cli: Cli, line: str, *form: str) -> None:
    """A command prints nothing that steers, evaluates nothing, and ends as it should."""
    folder = cli.store.parent
    words = line.format(folder=folder, store=cli.store, driver=folder / "toy-driver")
    got = cli(*split(words), *form)
    said = (line, form, got.status, got.err[-2000:])
    assert got.status in KNOWN, said
    allowed = ENDS.get(line, "") + ("\t" if not form or "tsv" in form else "")
    assert hidden(got.out, allowed=allowed) is None, said
    assert hidden(got.err) is None, said
    assert RESULT not in got.out + got.err, said
    if form == ("-o", "json") and got.status == 0 and got.out.startswith("{"):
        json.loads(got.out)


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def test_every_command_is_tried() -> None:
    """A new one is named here, or in the list of those that are about no store."""
    tried = {
        command for command in COMMANDS for line in lines(READ + TRIED) if line.startswith(command)
    }
    assert set(COMMANDS) - tried == NOT_ON_A_STORE


@pytest.mark.files_only("another program writes to the file")
def test_no_text_of_a_store_harms_who_reads_it(rich_original: Path, tmp_path: Path) -> None:
    """Tables, sheets, JSON, pages, calendars, books, files for banks: every reading command."""
    cli = planted(rich_original, tmp_path, ALL)
    for line in lines(READ):
        for form in ((), ("-o", "table"), ("-o", "csv"), ("-o", "json")):
            assert_harmless(cli, line, *form)


@pytest.mark.files_only("another program writes to the file")
def test_no_text_of_a_store_breaks_a_file_for_an_accountant(
    rich_original: Path, tmp_path: Path
) -> None:
    """No name begins a field or a line: the readers of the FEC and of DATEV's file take both."""
    cli = planted(rich_original, tmp_path, ALL)
    for form, read in (("fec", fec_reader.read), ("datev", datev_reader.read)):
        place = tmp_path / form
        done = cli("export", "books", "--format", form, "--to", str(place))
        assert done.status == 0, done.err
        assert read(place.read_bytes())


@pytest.mark.files_only("another program writes to the file")
def test_no_text_of_a_store_harms_who_changes_it(rich_original: Path, tmp_path: Path) -> None:
    """Plans, questions, warnings and refusals: every other command, as far as it goes."""
    cli = planted(rich_original, tmp_path, ALL)
    for line in lines(TRIED):
        dry = () if any(map(line.startswith, NOT_DRY)) else ("-n",)
        assert_harmless(cli, line, *dry)
    assert not (tmp_path / "run-me").exists()


@pytest.mark.files_only("another program writes to the file")
def test_a_value_that_no_version_allows_is_damage_to_a_copy(busy: Cli) -> None:
    """Though the digests fit: it is named (10), and is no bug."""
    with opened(busy.store) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        connection.execute("UPDATE account SET address = 'A@acme.example' WHERE id = 1")
        make_anew(connection)
        connection.execute("COMMIT")
    copy = busy.store.with_name("copy.db")
    refused = busy("store", "copy", str(busy.store), str(copy), "--keep", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-damaged"), refused
    assert "a row of its account does not fit" in refused.error()["message"]
    assert not copy.exists()


@pytest.mark.skipif(ASKED is None, reason="takes half an hour: just long")
@pytest.mark.files_only("another program writes to the file")
@pytest.mark.parametrize("name", TEXTS)
def test_each_text_by_itself(name: str, rich_original: Path, tmp_path: Path) -> None:
    """In every form, with and without more words."""
    cli = planted(rich_original, tmp_path, TEXTS[name])
    for line in lines(READ):
        for form in ((), *(("-o", one) for one in "table csv tsv json jsonl name".split())):
            assert_harmless(cli, line, *form)
    for line in lines(TRIED):
        assert_harmless(cli, line, *(() if any(map(line.startswith, NOT_DRY)) else ("-n",)), "-v")
