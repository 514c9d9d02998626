"""Sheets as people's programs save them are read, and what a list prints is read back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from mailctl.domain.cells import protected, unprotected
from tests.helpers import Cli, contents

SHEET = "id;name;email\nacme;Müller & Söhne, Köln;it@acme.example\n"
NAMES = ["=SUM(A1) Ltd", "'=SUM(A1) Ltd", "''+1", "+49 Club", "-minus", "@home", "'s Hertog", "'"]


def customers(cli: Cli) -> list[tuple[str, str]]:
    """The customers that the store has, by id and name."""
    return [(one["id"], one["name"]) for one in cli.ok("customer", "list")["items"]]


@pytest.mark.parametrize(
    "data",
    [
        SHEET.encode(),
        SHEET.replace(";", "\t").encode(),
        ("sep=;\r\n" + SHEET).encode("utf-8-sig"),
        SHEET.replace("Müller & Söhne, Köln", '"Müller & Söhne, Köln"').replace(";", ",").encode(),
        '"id";"name";"email"\n"acme";"Müller & Söhne, Köln";"it@acme.example"\n'.encode(),
        SHEET.replace("\n", "\r\n").replace(";", "\t").encode("utf-16"),
        SHEET.encode("utf-16-be").join((b"\xfe\xff", b"")),
    ],
    ids=[
        "semicolons",
        "tabs",
        "sep=",
        "commas",
        "all in quotes",
        "UTF-16 with tabs",
        "UTF-16, the other way round",
    ],
)
@pytest.mark.parametrize("kind", [("customers",), ()])
def test_a_sheet_is_read_as_the_program_saved_it(
    store: Cli, tmp_path: Path, data: bytes, kind: tuple[str, ...]
) -> None:
    """Whatever separates its cells, and as UTF-16 with its mark; its kind is seen all the same."""
    file = tmp_path / "customers.csv"
    file.write_bytes(data)

    store.ok("import", *kind, str(file))

    assert customers(store) == [("acme", "Müller & Söhne, Köln")]


def test_a_wrong_line_is_named_as_the_editor_counts_it(store: Cli, tmp_path: Path) -> None:
    """The line that says the separator is a line too."""
    file = tmp_path / "customers.csv"
    file.write_text(f"sep=;\n{SHEET}bad;Bad\n")

    assert "line 4: it has 2 values" in store("import", str(file)).err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SHEET.encode("utf-16-le"), "iconv -f utf-16le -t utf-8"),
        (SHEET.encode("latin-1"), "iconv -f windows-1252 -t utf-8"),
        (b"\xff\xfe\x00\xd8\x00", "save it again as CSV in UTF-8"),
    ],
    ids=["UTF-16 without its mark", "Latin-1", "broken UTF-16"],
)
def test_what_cannot_be_read_has_a_hint_that_helps(
    store: Cli, tmp_path: Path, data: bytes, said: str
) -> None:
    """The command that makes it readable, for what it is."""
    file = tmp_path / "it's.csv"
    file.write_bytes(data)

    error = store("import", "customers", str(file), "-o", "json").error()

    assert error["code"] == "usage"
    assert said in error["hint"]


def test_names_that_a_spreadsheet_would_run_come_back_as_they_were(
    store: Cli, tmp_path: Path
) -> None:
    """`customer list -o csv` has them protected by a quote, which the import takes off again."""
    for number, name in enumerate(NAMES):
        mail = ("--email", f"a{number}@a.example", "--phone", "+33199001234")
        store.ok("customer", "add", f"c{number}", "--name", name, *mail)
    sheet = tmp_path / "customers.csv"
    sheet.write_text(store("customer", "list", "-o", "csv", "--fields", "all").out)
    assert all(cell[:1] not in "=+-@" or not cell for row in csv.reader(io.StringIO(
        sheet.read_text())) for cell in row)  # fmt: skip

    elsewhere = Cli(tmp_path / "elsewhere.db")
    elsewhere.ok("init", "--clock", "2026-01-01")
    elsewhere.ok("import", "customers", str(sheet))

    assert customers(elsewhere) == customers(store)
    assert [name for _, name in customers(store)] == NAMES
    assert elsewhere.ok("customer", "show", "c0")["phone"] == "+33199001234"


def test_every_list_that_can_be_imported_is_imported_whole(busy: Cli, tmp_path: Path) -> None:
    """Customers, platforms and their live accounts, with all the columns that the lists print."""
    lists = {
        "customers": "customer list",
        "platforms": "platform list",
        "accounts": "account list --state active --expires-before 2030-01-01",
    }
    folder = tmp_path / "host"
    folder.mkdir()
    for kind, command in lists.items():
        rows = busy.ok(*command.split())["items"]
        printed = busy(*command.split(), "-o", "csv", "--fields", "all").out
        header, *lines = printed.splitlines()
        if kind == "platforms":
            lines = [line for line, row in zip(lines, rows, strict=True)
                     if row["state"] == "active"]  # fmt: skip
        if kind == "accounts":
            late = [row["expires_on"] <= "2026-02-05" for row in rows]
            lines = [line for line, is_late in zip(lines, late, strict=True) if not is_late]
        (folder / f"{kind}.csv").write_text("\n".join((header, *lines, "")))
    elsewhere = Cli(tmp_path / "elsewhere.db")
    elsewhere.ok("init", "--clock", "2026-02-05")

    taken = elsewhere.ok("import", "--dir", str(folder))

    assert (taken["customers"], taken["platforms"]) == (4, 6)
    # All but sam, whose expiry was yesterday.
    assert taken["accounts"] == 5


def test_what_has_ended_is_not_imported(busy: Cli) -> None:
    """A suspended account, a closed platform: the line says why."""
    listed = busy("account", "list", "--state", "suspended", "-o", "csv", "--fields", "all").out

    refused = busy("import", "accounts", "-", stdin=listed)

    assert refused.status == 1
    assert "state is not active: only active accounts are imported" in refused.err


def test_each_text_comes_back_from_its_cell() -> None:
    """However many quotes it begins with."""
    for text in (*NAMES, "", "a", "''", "'-", "''-", "＝1", "'＝1"):  # noqa: RUF001
        assert unprotected(protected(text)) == text


RENEW = ("account", "renew", "--from", "-", "--yes")


@pytest.mark.parametrize("column", ["account", "id", "address"])
@pytest.mark.parametrize("mode", ["mode", "renewal"])
def test_renew_takes_the_columns_that_lists_have(busy: Cli, column: str, mode: str) -> None:
    """The account by its id or address; the mode as it is called in the list."""
    which = "anna@acme.example" if column == "address" else "1"

    busy.ok(*RENEW, stdin=f"{column};{mode}\n{which};yearly\n")

    assert busy.ok("account", "show", "anna@acme.example")["renewal"] == "yearly"


@pytest.mark.parametrize(
    "line", ["1,hugo@acme.example,none", "account/1,anna@acme,none", "3,Anna@acme.example,none"]
)
def test_a_sheet_of_which_one_column_was_sorted_alone_is_refused(busy: Cli, line: str) -> None:
    """Its ids are not those of its addresses any more: other mailboxes would end."""
    before = contents(busy.store)

    got = busy(*RENEW, stdin=f"id,address,mode\n{line}\n")

    assert (got.status, contents(busy.store)) == (1, before)
    assert ", which the line says as its address" in got.err
    assert busy(*RENEW, stdin="id,address,mode\n1,Anna@ACME.example,none\n2,,none\n").status == 0


def test_renew_takes_a_list_of_accounts_with_the_renewals_changed(busy: Cli) -> None:
    """What `account list` printed, edited in a sheet; what else it has is named and left alone."""
    printed = busy(
        *("account", "list", "--customer", "bolt", "-o", "csv"),
        *("--fields", "id,address,platform,renewal"),
    ).out

    outcome = busy(*RENEW, stdin=printed.replace("monthly", "yearly"))

    assert outcome.status == 0
    assert "Columns of the file that are not read: platform." in outcome.err
    assert busy.ok("account", "show", "ben@bolt.example")["renewal"] == "yearly"


def test_a_file_of_accounts_alone_takes_the_mode_that_is_given(busy: Cli) -> None:
    """One column, or the id beside the address."""
    for sheet in ("address\nanna@acme.example\n", "id,address\n1,anna@acme.example\n"):
        busy.ok(*RENEW, "--mode", "yearly", stdin=sheet)
        assert busy.ok("account", "show", "anna@acme.example")["renewal"] == "yearly"
        busy.ok("account", "renew", "anna@acme.example", "--mode", "monthly", "--yes")


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("account,modus\n1,yearly\n", "the file has no column mode, but others"),
        ("account,mode\n1,yearly\n3,none\n", "line 2: it says yearly, but --mode says none"),
        ("konto,mode\n1,none\n", "the file has no column of accounts: it has konto,mode"),
    ],
)
def test_a_mode_beside_a_file_that_says_another_is_refused(
    busy: Cli, sheet: str, said: str
) -> None:
    """Nothing is guessed, and nothing is changed."""
    outcome = busy(*RENEW, "--mode", "none", stdin=sheet)

    assert outcome.status in (1, 2)
    assert said in outcome.err
    assert busy.ok("account", "show", "anna@acme.example")["renewal"] == "monthly"


def test_a_gateways_reference_is_never_altered(busy: Cli) -> None:
    """The token begins with a sign that a spreadsheet would take for a formula."""
    details = ("--token", "-tok_1", "--brand", "Visa", "--last4", "4242", "--expires", "2029-09")
    busy.ok("method", "add", "card", "late", *details, "--default")
    export = busy("payment", "export", "--kind", "card", "--format", "csv").out

    tokens = [row["reference"] for row in csv.DictReader(io.StringIO(export))]
    assert tokens == ["-tok_1"]
