"""`bank import` as a person and a cron job meet it: what it says, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailctl.cli.commands.bank_import import MOST_FILES
from tests.actions.bank_readings import ACCOUNT
from tests.billing.bank_host import cli_host
from tests.cli.terminal import on_terminal
from tests.helpers import Cli, contents
from tests.statements import taken
from tests.statements.camt_files import SELLER_IBAN, camt053, camt054, entry

__all__ = ["cli_host"]
DAY = taken.DAY
ON = {"opening_on": DAY, "closing_on": DAY, "from_on": DAY, "to_on": DAY}
SAID = (
    "Took in statement.xml: 4 new entries.\n"
    "  booked             1    3.00 EUR\n"
    "  proposed           1    1.91 EUR  mailctl bank list --proposed\n"
    "  unmatched          2   -3.50 EUR  mailctl bank list --unmatched\n"
    "    came                  9.00 EUR\n"
    "    went                -12.50 EUR\n"
)


@pytest.fixture
def host(busy: Cli) -> Cli:
    """The busy host, which knows the seller's account."""
    busy.ok(*taken.OURS.split())
    return busy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A statement with something of everything."""
    path = tmp_path / "statement.xml"
    path.write_text(taken.statement())
    return path


def test_an_import_says_what_became_of_the_entries_and_where_they_are_seen(
    host: Cli, file: Path
) -> None:
    """Counts with their sums, the command that lists each, what the account holds."""
    got = host("bank", "import", str(file))
    assert (got.status, got.err) == (0, "")
    assert got.out == f"{SAID}Account {SELLER_IBAN} holds 101.41 EUR on 2026-02-05.\n"


def test_an_import_says_which_accounts_work_again_and_which_orders_were_paid(
    cli_host: Cli, tmp_path: Path
) -> None:
    """As `prepaid credit` does, by whatever the money was found."""
    cli_host.ok(*"tick --days 20".split())
    cli_host.ok(*"customer add dora --name Dora --email it@dora.example".split())
    cli_host.ok(*"platform add dora-pro --customer dora --offer email-pro".split())
    order = cli_host.ok(*"account order dora-pro --count 1 --await-payment -y".split())
    cents = cli_host.ok(*"prepaid show cole".split())["balance_cents"]
    on = {"day": "2026-01-21", "value_on": "2026-01-21"}
    file = tmp_path / "paid.xml"
    file.write_bytes(
        camt054(
            entry(-cents, reference="R-1", text="Facture 2026-000003", **on),
            entry(order["total_cents"], reference="R-2", text=f"Order {order['number']}", **on),
            account=ACCOUNT,
        )
    )
    got = cli_host("bank", "import", str(file))
    assert got.out.splitlines()[-1] == (
        f"Order {order['number']} is paid with it. 1 account suspended for debt: active again."
    )


def test_money_in_another_currency_is_in_no_sum_and_in_no_balance(host: Cli, file: Path) -> None:
    """Dollars are not told as euros, also where the same account has statements in both."""
    host.ok("bank", "import", str(file))
    dollars = file.with_name("dollars.xml")
    later = dict.fromkeys(ON, "2026-02-06")
    some = entry(700, currency="USD", day="2026-02-06", reference="D1")
    dollars.write_bytes(camt053(some, currency="USD", identification="D", **later))

    got = host("bank", "import", str(dollars), "--dry-run")
    assert got.out == (
        "Would take in dollars.xml: 1 new entry.\n"
        "  ignored          1  in other currencies  mailctl bank list --state ignored\n"
        f"Account {SELLER_IBAN} holds 101.41 EUR on 2026-02-05.\n"
    )
    other = file.with_name("other.xml")
    elsewhere = entry(200, reference="E1")
    other.write_bytes(camt053(elsewhere, account="DE89370400440532013000", **ON))
    got = host("bank", "import", str(dollars), str(other))
    assert "  ignored          2  2.00 EUR without 1 in other currencies  " in got.out
    assert host.ok("bank", "import", str(dollars))["ignored_cents"] == 0


def test_a_file_that_was_taken_already_changes_nothing_and_says_so(host: Cli, file: Path) -> None:
    """Also under another name, and beside one that is new."""
    host.ok("bank", "import", str(file))
    other = file.with_name("again.xml")
    other.write_bytes(file.read_bytes())
    before = contents(host.store)

    got = host("bank", "import", str(other))
    assert got.out.startswith("again.xml was taken on 2026-02-05: nothing changed.\n")
    assert host.ok("bank", "import", str(other))["changed"] is False
    assert contents(host.store) == before
    new = file.with_name("note.xml")
    new.write_bytes(camt054(entry(300, reference="R-1", day=DAY, value_on=DAY)))
    got = host("bank", "import", str(other), str(new))
    assert got.out.splitlines()[:2] == [
        "Took in note.xml: nothing new, 1 entry known already.",
        "again.xml was taken on 2026-02-05: nothing changed.",
    ]


def test_files_of_many_days_that_were_taken_already_are_one_line(host: Cli, tmp_path: Path) -> None:
    """Cron hands over whatever lies in the folder: its mail does not grow with each day."""
    for n in range(7):
        name = tmp_path / f"{n}.xml"
        name.write_bytes(camt054(entry(100 + n, reference=f"R-{n}", day=DAY, value_on=DAY)))
        host.ok("bank", "import", str(name))
        host.ok("tick", "--days", "1")
    got = host("bank", "import", *map(str, sorted(tmp_path.glob("*.xml"))))
    (line,) = got.out.splitlines()
    assert line.endswith(" and 2 more were taken on 2026-02-05 to 2026-02-11: nothing changed.")


def test_an_import_has_these_keys(host: Cli, file: Path) -> None:
    """Sums in cents, an array of the files, of balances and of gaps."""
    got = host.ok("bank", "import", str(file))
    assert " ".join(got) == (
        "schema files entries added known booked booked_cents proposed proposed_cents unmatched "
        "unmatched_cents unmatched_in_cents unmatched_out_cents ignored ignored_cents "
        "returned returned_cents failed failed_cents "
        "balances gaps currency changed dry_run undo"
    )
    assert got["files"] == [
        {
            "file": "statement.xml",
            "kind": "camt.053",
            "statements": 1,
            "entries": 4,
            "added": 4,
            "known": 0,
            "taken_on": None,
        }
    ]
    assert (got["booked"], got["booked_cents"], got["gaps"]) == (1, 300, [])


def test_a_dry_run_shows_each_of_a_few_entries_and_changes_nothing(host: Cli, file: Path) -> None:
    """On stderr, as every plan; the sums stand on stdout."""
    before = contents(host.store)
    got = host("bank", "import", str(file), "--dry-run")
    assert got.out.startswith("Would take in statement.xml: 4 new entries.\n")
    assert "FACTURE 2026-000008" in got.err
    assert "2026-000009" in got.err
    assert contents(host.store) == before
    many = camt053(*(entry(100 + n, reference=f"M-{n}", day=DAY) for n in range(21)), **ON)
    got = host("bank", "import", "-", "--dry-run", stdin=many.decode())
    assert (got.err, got.out.startswith("Would take in standard input: 21 new")) == ("", True)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_dry_run_shows_long_texts_whole_on_every_terminal(
    host: Cli, tmp_path: Path, columns: int
) -> None:
    """Amount, state and each word of the text are there, however narrow it is."""
    text = " ".join(f"word{n}" for n in range(25))
    some = entry(1200, reference="L", name="Somebody with a long name", text=text, day=DAY)
    path = tmp_path / "long.xml"
    path.write_bytes(camt053(some, entry(300, reference="M", day=DAY), **ON))
    seen = on_terminal(host.store, "bank", "import", str(path), "--dry-run", columns=columns)
    assert seen.status == 0
    assert {"12.00", "3.00", "unmatched", *text.split()} <= set(seen.err.replace(",", " ").split())


def test_of_several_files_all_are_taken_or_none(host: Cli, file: Path) -> None:
    """One that is cut off leaves the store as it was, and is named."""
    half = file.with_name("half.xml")
    half.write_bytes(file.read_bytes()[:-200])
    before = contents(host.store)
    got = host("bank", "import", str(file), str(half), "-o", "json")
    error = got.error()
    assert (error["code"], error["message"].startswith("half.xml, line ")) == (
        "bank-file-invalid",
        True,
    )
    assert contents(host.store) == before


def test_statements_are_taken_in_the_order_of_their_days(host: Cli, tmp_path: Path) -> None:
    """Whatever order their names have: so the ids of entries follow the days."""
    for name, day, opening in (("b.xml", "2026-02-01", 0), ("a.xml", "2026-02-02", 500)):
        days = dict.fromkeys(("opening_on", "closing_on", "from_on", "to_on"), day)
        one = entry(500, reference=name, day=day, value_on=day)
        (tmp_path / name).write_bytes(camt053(one, opening=opening, identification=name, **days))
    got = host("bank", "import", str(tmp_path / "a.xml"), str(tmp_path / "b.xml"))
    assert got.out.startswith("Took in b.xml and a.xml: 2 new entries.\n")
    entries = host.ok("bank", "list")["items"]
    assert [one["on"] for one in entries] == ["2026-02-01", "2026-02-02"]


def test_a_missing_statement_is_warned_of_by_the_import_and_under_the_list(
    host: Cli, tmp_path: Path
) -> None:
    """With both neighbours and what is missing; once it comes nobody speaks of it."""
    for name, opening in (("one", 0), ("three", 900)):
        one = entry(500, reference=name, day=DAY, value_on=DAY)
        number = 1 if name == "one" else 3
        statement = camt053(one, opening=opening, identification=name, number=number, **ON)
        (tmp_path / name).write_bytes(statement)
    host.ok("bank", "import", str(tmp_path / "one"))
    missing = (
        f"a statement of account {SELLER_IBAN} is missing between statement one, which ends on "
        f"{DAY}, and statement three, which begins on {DAY}; the balances differ by "
        "4.00 EUR. Fetch it from the bank, then: mailctl bank import FILE"
    )
    got = host("bank", "import", str(tmp_path / "three"))
    assert got.err == f"warning: {missing}\n"
    seen = on_terminal(host.store, "bank", "list", columns=400)
    assert missing in " ".join(seen.err.split())
    assert host("bank", "list").err == ""

    late = camt053(
        entry(400, reference="two", day=DAY, value_on=DAY),
        opening=500,
        identification="two",
        number=2,
        **ON,
    )
    got = host("bank", "import", "-", stdin=late.decode())
    assert (got.status, got.err) == (0, "")
    assert "missing" not in on_terminal(host.store, "bank", "list", columns=400).err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["nowhere.xml"], "usage", "nowhere.xml cannot be read: no such file or directory"),
        (["."], "usage", ". cannot be read: is a directory"),
        (["-", "-"], "usage", "standard input is read once"),
        (["-"], "bank-file-invalid", "standard input: the file is empty"),
    ],
)
def test_what_cannot_be_read_is_refused(
    host: Cli, words: list[str], code: str, sentence: str
) -> None:
    """Before the store is held."""
    error = host("bank", "import", *words, "-o", "json").error()
    assert (error["code"], error["message"]) == (code, sentence)
    assert error["hint"]


def test_too_many_files_are_refused_before_any_is_read(host: Cli) -> None:
    """None of them exists."""
    files = (f"{n}.xml" for n in range(MOST_FILES + 1))
    error = host("bank", "import", *files, "-o", "json").error()
    assert error["message"] == "1,001 files are more than the 1,000 that are taken at once"


def test_without_the_sellers_account_nothing_is_taken(busy: Cli, file: Path) -> None:
    """With the command that sets it."""
    error = busy("bank", "import", str(file), "-o", "json").error()
    assert error["hint"] == "mailctl settings set seller-iban IBAN"
    assert busy.ok("bank", "list")["items"] == []


def test_a_file_that_is_named_twice_is_read_once(host: Cli, file: Path) -> None:
    """As a pattern of a shell and a name may give it."""
    got = host.ok("bank", "import", str(file), str(file))
    assert [one["added"] for one in got["files"]] == [4]
