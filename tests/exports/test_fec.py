"""The French FEC, read again by a checker of its own, is the ledger and the taxes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import copied
from tests.exports.fec_reader import Entry, read
from tests.exports.year import year_2026
from tests.helpers import Cli, environment
from tests.restored import restored
from tests.scenarios.host import grown_host
from tests.store.plain import rows

QUARTERS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
SALES = {"706000": "home", "706100": "reverse-charge", "706200": "oss", "706300": "outside"}


@pytest.fixture(params=["host", "random_year"])
def whole_year(request: pytest.FixtureRequest, cli: Cli) -> Cli:
    """The example host after 400 days; and a year with every kind of movement in it."""
    original = grown_host() / "mailctl.db" if request.param == "host" else year_2026()
    return copied(original, cli)


def file_of(cli: Cli, folder: Path, *more: str) -> bytes:
    place = folder / "one.fec"
    done = cli("export", "books", "--format", "fec", "--to", str(place), *more)
    assert (done.status, done.out) == (0, f"Wrote {place}.\n"), done.err
    content = place.read_bytes()
    place.unlink()
    return content


def of_2026(cli: Cli, folder: Path) -> list[Entry]:
    return read(file_of(cli, folder, "--until", "2026-12-31"))


def ledger(cli: Cli) -> list[tuple[str, str, int, int]]:
    """Day, customer, amount and balance of each row of 2026 that moves something."""
    return rows(
        cli.store,
        "SELECT l.moved_on, c.slug, l.amount_cents, l.after_cents FROM ledger l "
        "JOIN customer c ON c.id = l.customer_id "
        "WHERE l.amount_cents <> 0 AND l.moved_on <= '2026-12-31' ORDER BY l.id",
    )


def taxes(cli: Cli) -> list[dict[str, Any]]:
    return [row for one in QUARTERS for row in cli.ok("report", "vat", "--quarter", one)["items"]]


def test_an_entry_is_a_movement_of_a_customers_account(whole_year: Cli, tmp_path: Path) -> None:
    """In the ledger's order: what is owed and what is prepaid move by its amount, together."""
    entries = of_2026(whole_year, tmp_path)

    got = [
        (one.day.isoformat(), {who for _, who, _ in one.lines if who}, -one.on("41"))
        for one in entries
    ]
    assert got == [(day, {slug}, cents) for day, slug, cents, _ in ledger(whole_year)]


def test_what_is_owed_and_what_is_prepaid_are_never_mixed(whole_year: Cli, tmp_path: Path) -> None:
    """After each entry 411 is the customer's debt and 4191 the balance, as in the ledger."""
    held: dict[tuple[str, str], int] = defaultdict(int)

    for entry, (_, slug, _, after) in zip(
        of_2026(whole_year, tmp_path), ledger(whole_year), strict=True
    ):
        for account, who, cents in entry.lines:
            held[account, who] += cents
        assert held["411000", slug] == max(-after, 0)
        assert held["419100", slug] == -max(after, 0)


def test_an_invoice_is_debited_whole_and_settled_from_what_was_prepaid(
    whole_year: Cli, tmp_path: Path
) -> None:
    """Its first line is its total, on 411, whatever the customer had paid ahead."""
    totals = {
        row["number"]: row["total_cents"]
        for row in whole_year.ok("invoice", "list", "--until", "2026-12-31")["items"]
        if row["total_cents"]
    }

    found = {one.piece: one.lines[0] for one in of_2026(whole_year, tmp_path) if one.on("706")}

    invoices = {piece: line for piece, line in found.items() if not piece.startswith("AV")}
    assert {piece: cents for piece, (_, _, cents) in invoices.items()} == totals
    assert {account for account, _, _ in invoices.values()} == {"411000"}


def test_revenue_and_tax_are_those_of_report_vat(whole_year: Cli, tmp_path: Path) -> None:
    """By where a sale is declared; the tax of other member states has an account of its own."""
    entries = of_2026(whole_year, tmp_path)
    net: dict[str, int] = defaultdict(int)
    tax: dict[bool, int] = defaultdict(int)
    for row in taxes(whole_year):
        net[row["declared"]] += row["net_cents"]
        tax[row["declared"] == "oss"] += row["tax_cents"]

    assert {kind: -sum(one.on(number) for one in entries) for number, kind in SALES.items()} == {
        kind: net[kind] for kind in SALES.values()
    }
    assert -sum(one.on("445710") for one in entries) == tax[False]
    assert -sum(one.on("445715") for one in entries) == tax[True]
    assert tax[True]


def test_money_is_on_the_bank_with_the_gateways_or_brought_along(
    whole_year: Cli, tmp_path: Path
) -> None:
    """The opening balances of an import are on 890, and nothing else is."""
    entries = of_2026(whole_year, tmp_path)
    first_day = entries[0].day
    ((opened,),) = rows(
        whole_year.store,
        "SELECT sum(amount_cents) FROM ledger WHERE reason = 'opening balance' AND seq = 1",
    )
    ((moved,),) = rows(
        whole_year.store,
        "SELECT sum(amount_cents) FROM ledger "
        "WHERE invoice_id IS NULL AND moved_on <= '2026-12-31'",
    )

    brought = sum(one.on("890") for one in entries if one.day == first_day)
    assert (brought, sum(one.on("5", "890") for one in entries)) == (opened, moved)


def test_the_numbers_are_the_same_whatever_part_is_exported(
    whole_year: Cli, tmp_path: Path
) -> None:
    """Month by month the parts are the year's file, to the byte; each goes on counting."""
    whole = file_of(whole_year, tmp_path, "--until", "2026-12-31")
    head, _, body = whole.partition(b"\r\n")
    last = ("31", "28", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31")

    parts = [
        file_of(
            whole_year, tmp_path, f"--since=2026-{month:02}-01", f"--until=2026-{month:02}-{day}"
        )
        for month, day in enumerate(last, start=1)
    ]

    assert all(part.startswith(head) for part in parts)
    assert b"".join(part.partition(b"\r\n")[2] for part in parts) == body
    june = read(parts[5], first=int(parts[5].split(b"\r\n")[1].split(b"\t")[2]))
    assert june[0].number > 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb",(\d)0\t0,00\t", rb",\g<1>1\t0,00\t"),  # an amount by a cent
        (rb"\r\nMC\t", rb"\r\nMC\tMC\t"),  # a field too many
        (rb"\r\nMC\t[^\t]*\t7\t.*(?=\r\nMC\t[^\t]*\t8\t)", b""),  # an entry that is missing
        (rb"\t20260201\t411000", rb"\t20260230\t411000"),  # no such day
        (rb"\t411000\tClients\t", rb"\t411000\tClient\t"),  # two names of an account
        (rb"\t411000\t", rb"\tCLIENTS\t"),  # no account
        (rb"Debit\tCredit", rb"Montant\tSens"),  # the other form of the law, unannounced
        (rb"\t0,00\t\t\t2026", rb"\t1,00\t\t\t2026"),  # debit and credit in a line
        (rb"(\d),(\d\d)\t0,00\t", rb"\1.\2\t0,00\t"),  # a point
        (rb"\r\n", rb"\n"),  # another end of a line
        (rb"\tFacture 2026", b"\tFacture\x812026"),  # a control character
        (rb"\t[^\t]+(\t2026\d{4}\tFacture)", rb"\t\1"),  # no piece
    ],
)
def test_the_reader_finds_what_is_wrong(old: bytes, new: bytes, host_file: bytes) -> None:
    """One thing of the file is changed, and the checker that accepts it must refuse it."""
    harmed, count = re.subn(old, new, host_file, count=1, flags=re.DOTALL)
    assert count == 1

    with pytest.raises((AssertionError, ValueError)):
        read(harmed)


@pytest.fixture(scope="module")
def host_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the example host's first month and a half."""
    folder = tmp_path_factory.mktemp("fec")
    cli = copied(grown_host() / "mailctl.db", Cli(folder / "mailctl.db"))
    content = file_of(cli, folder, "--until", "2026-02-28", "--since", "2026-01-01")
    read(content)
    return content


def test_a_year_that_begins_in_july_counts_from_july(whole_year: Cli, tmp_path: Path) -> None:
    """The count begins again; a file holds a part of one year alone."""
    whole_year.ok("settings", "set", "fiscal-year-month", "7")

    first = file_of(whole_year, tmp_path, "--since", "2026-01-01")
    second = read(file_of(whole_year, tmp_path, "--since", "2026-07-01"))

    assert read(first)[-1].day.isoformat() <= "2026-06-30"
    assert second[0].day.isoformat() >= "2026-07-01"
    refused = whole_year(
        "export", "books", "--format=fec", "--since=2026-06-01", "--until=2026-07-31"
    )
    assert refused.status == 2
    assert "more than one fiscal year" in refused.err
    assert "--since 2026-06-01 --until 2026-06-30" in refused.err


def test_a_folder_gets_the_file_under_the_name_of_the_law(busy: Cli, tmp_path: Path) -> None:
    """SIREN, FEC, the last day of the fiscal year; without a SIREN it has no such name."""
    argv = ("export", "books", "--format", "fec", "--to", str(tmp_path))
    refused = busy(*argv)
    busy.ok("settings", "set", "seller-vat-number", "FR40303265045")

    done = busy(*argv)

    assert refused.status == 2
    assert "SIREN" in refused.err
    assert done.out == f"Wrote {tmp_path}/303265045FEC20261231.txt.\n"
    assert (tmp_path / "303265045FEC20261231.txt").stat().st_mode & 0o777 == 0o600
    assert read((tmp_path / "303265045FEC20261231.txt").read_bytes())
    assert busy(*argv).status == 1, "a file is never replaced"


def test_stdout_has_the_same_bytes(busy: Cli, tmp_path: Path) -> None:
    """A pipe gets the file; what is said about it is on stderr."""
    command = [sys.executable, "-m", "mailctl", "export", "books", "--format", "fec"]

    done = subprocess.run(command, env=environment(busy.store), capture_output=True, check=True)

    assert done.stdout == file_of(busy, tmp_path)
    assert b"\xe7" in done.stdout
    assert done.stderr == b"FEC of 2026-01-01 to 2026-12-31, which is not over yet.\n"


def test_the_accounts_are_settings(busy: Cli, tmp_path: Path) -> None:
    """What is named differs, the others stay; one account for what is owed and prepaid is fine."""
    busy.ok("settings", "set", "fec-accounts", "bank=512300, prepaid=411000 sales-eu=706000")

    entries = read(file_of(busy, tmp_path))

    used = {account for one in entries for account, _, _ in one.lines}
    assert "512300" in used
    assert not used & {"512000", "419100", "706100"}
    assert all(len(one.lines) <= 3 for one in entries)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("bank", "a list such as bank=512000"),
        ("bnak=512000", "did you mean bank?"),
        ("bank=12", "a number of the plan comptable"),
        ("bank=BQ1", "a number of the plan comptable"),
        ("bank=912000", "a number of the plan comptable"),
    ],
)
def test_accounts_that_are_none_are_refused(value: str, said: str, store: Cli) -> None:
    """By name, with what helps; nothing is set."""
    refused = store("settings", "set", "fec-accounts", value, "-y")

    assert refused.status == 2
    assert said in refused.err


def test_letters_that_the_encoding_lacks_are_written_near_and_named(
    store: Cli, tmp_path: Path
) -> None:
    """ISO 8859-15 is what the law allows; a customer's id tells who it is."""
    for slug, name in (("lodz", "Zakład Łódź"), ("kyoto", "京都メール"), ("plain", "Œuvre à 5 €")):
        store.ok("customer", "add", slug, f"--name={name}", "--email", "a@b.example")
        store.ok("prepaid", "credit", slug, "10")

    done = store("export", "books", "--format", "fec", "--to", str(tmp_path / "a"))

    text = (tmp_path / "a").read_bytes().decode("iso8859-15")
    assert "\tlodz\tZaklad Lódz\t" in text
    assert "\tkyoto\t?????\t" in text
    assert "\tplain\tŒuvre à 5 €\t" in text
    assert "2 texts have letters that ISO 8859-15 lacks" in done.err
    assert done.err.index("京都メール (?????)") < done.err.index("Zakład Łódź")


def test_numbers_that_were_lost_are_named_beside_the_file(busy: Cli, tmp_path: Path) -> None:
    """A FEC has no comments: they are warnings, which -q does not hide; the count has no gap."""
    before = read(file_of(busy, tmp_path))
    restored(busy, "2026-000030", "AV2026-000002")

    for form in ("fec", "datev"):
        done = busy("-q", "export", "books", "--format", form, "--to", str(tmp_path / form))
        assert done.err.count("warning:") == 2
        assert "to 2026-000030: lost in the restore of " in done.err.replace("\n", " ")
    assert read((tmp_path / "fec").read_bytes()) == before


def test_a_store_in_another_currency_is_refused(cli: Cli) -> None:
    """Both formats are in euro; hledger and beancount have any currency."""
    cli.ok("init", "--clock", "2026-01-01", "--seller-country", "CH", "--currency", "CHF")

    for form in ("fec", "datev"):
        refused = cli("export", "books", "--format", form)
        assert refused.status == 2
        assert "in euro" in refused.err
