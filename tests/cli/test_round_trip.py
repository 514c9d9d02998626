"""What comes out goes in: every list as each program saves it, into each form that takes a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import Cli

Rows = list[list[str]]


def saved(rows: Rows, separator: str, end: str = "\r\n", *, quoted: bool = False) -> str:
    """The rows as a spreadsheet writes them."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def padded(rows: Rows) -> Rows:
    """With two empty columns and two empty rows at the end."""
    return [[*row, "", ""] for row in rows] + [[""] * (len(rows[0]) + 2)] * 2


def trimmed(rows: Rows) -> Rows:
    """Without the empty cells at the end of each row, as Excel saves what is far down."""
    return [row[: max(i for i, cell in enumerate(row, 1) if cell)] for row in rows]


SAVED: dict[str, Callable[[Rows], bytes]] = {
    "as it was printed": lambda rows: saved(rows, ",", "\n").encode(),
    "Excel, commas": lambda rows: saved(rows, ",").encode("utf-8-sig"),
    "Excel, semicolons": lambda rows: saved(rows, ";").encode("utf-8-sig"),
    "Excel, Unicode text": lambda rows: saved(rows, "\t").encode("utf-16"),
    "UTF-16, big end first": lambda rows: b"\xfe\xff" + saved(rows, ";").encode("utf-16-be"),
    "LibreOffice, all quoted": lambda rows: saved(rows, ";", "\n", quoted=True).encode(),
    "LibreOffice, tabs quoted": lambda rows: saved(rows, "\t", "\n", quoted=True).encode(),
    "sep= first": lambda rows: b"sep=;\r\n" + saved(rows, ";").encode(),
    "sep= with all columns": lambda rows: b"sep=;;;\r\n" + saved(rows, ";").encode(),
    "empty columns and rows": lambda rows: saved(padded(rows), ";").encode(),
    "cells left out at the end": lambda rows: saved(trimmed(rows), ";").encode(),
    "an old Mac": lambda rows: saved(rows, ";", "\r").encode(),
}


def table(text: str) -> Rows:
    """The cells of a CSV text."""
    return list(csv.reader(io.StringIO(text)))


def with_column(rows: Rows, name: str, value: str) -> Rows:
    """One more column that somebody has added."""
    return [[*rows[0], name], *([*row, value] for row in rows[1:])]


@pytest.mark.parametrize("how", SAVED)
def test_a_list_of_accounts_edited_in_any_program_feeds_the_renewals(busy: Cli, how: str) -> None:
    """With all its columns, and one that somebody added, which is named and left alone."""
    printed = busy("account", "list", "--customer", "bolt", "-o", "csv", "--fields", "all").out
    rows = with_column(table(printed.replace("monthly", "yearly")), "note", "for Ben, see mail")
    path = busy.store.parent / "sheet.csv"
    path.write_bytes(SAVED[how](rows))

    got = busy("account", "renew", "--from", str(path), "--yes")

    assert (got.status, got.err if got.status else "") == (0, "")
    assert "are not read: platform," in got.err
    assert "note" in got.err
    assert busy.ok("account", "show", "ben@bolt.example")["renewal"] == "yearly"


@pytest.mark.parametrize("how", SAVED)
@pytest.mark.parametrize("kind", ["customer", "platform"])
def test_lists_in_any_form_feed_the_import(store: Cli, tmp_path: Path, kind: str, how: str) -> None:
    """Of customers and platforms, with all the columns of their lists."""
    add = "--name", 'A "B" & Söhne; Köln', "--email", "it@acme.example"
    store.ok("customer", "add", "acme", *add, "--phone", "+33199001234")
    store.ok("platform", "add", "pro", "--customer", "acme", "--offer", "email-pro")
    elsewhere = Cli(tmp_path / "elsewhere.db")
    elsewhere.ok("init", "--clock", "2026-02-05")
    if kind == "platform":
        elsewhere.ok("customer", "add", "acme", *add)
    rows = table(store(kind, "list", "-o", "csv", "--fields", "all").out)
    path = tmp_path / "sheet.csv"
    path.write_bytes(SAVED[how](rows))

    elsewhere.ok("import", str(path))

    assert elsewhere.ok("customer", "show", "acme")["name"] == 'A "B" & Söhne; Köln'
    if kind == "platform":
        assert elsewhere.ok("platform", "show", "pro")["customer"] == "acme"


FORMS = {"csv": ("-o", "csv"), "tsv": ("-o", "tsv"), "in a pipe": (), "jsonl": ("-o", "jsonl")}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_list_is_read(busy: Cli, tmp_path: Path, form: str) -> None:
    """The accounts of one host are imported, ordered and renewed on another."""
    busy.ok("customer", "edit", "bolt", "--name", 'Bolt "Nuts" =1+1')
    asked = FORMS[form]
    every = ("--fields", "all") if form != "jsonl" else ()
    elsewhere = Cli(tmp_path / "elsewhere.db")
    elsewhere.ok("init", "--clock", "2026-02-05")
    for noun, more in (
        ("customer", ()),
        ("platform", ("--customer", "bolt")),
        ("account", ("--customer", "bolt", "--state", "active", "--sort=-id")),
    ):
        printed = busy(noun, "list", *more, *asked, *every).out
        got = elsewhere("import", f"{noun}s", "-", stdin=printed)
        assert (got.status, got.err) == (0, "")
    name = elsewhere.ok("customer", "show", "bolt")["name"]
    assert name == 'Bolt "Nuts" =1+1'

    live = elsewhere("account", "list", *asked, *every).out
    got = elsewhere("account", "renew", "--from", "-", "-y", stdin=live.replace("monthly", "none"))
    assert got.status == 0
    modes = {one["renewal"] for one in elsewhere.ok("account", "list")["items"]}
    assert modes == {"none"}

    elsewhere.ok("customer", "add", "new", "--name", "New", "--email", "it@new.example")
    elsewhere.ok("platform", "add", "new-pro", "--customer", "new", "--offer", "email-pro")
    order = live.replace("@bolt.example", "@new.example")
    got = elsewhere("account", "order", "new-pro", "--from", "-", "-y", stdin=order)
    assert (got.status, got.err if got.status else "") == (0, "")
    assert "are not read: id, platform" in got.err
    ordered = elsewhere.ok("account", "list", "--platform", "new-pro")["items"]
    assert len(ordered) == len(elsewhere.ok("account", "list", "--customer", "bolt")["items"])


@pytest.mark.parametrize("fields", ["address,renewal", "renewal,id", "id,platform,renewal,state"])
def test_any_choice_of_columns_feeds_the_renewals(busy: Cli, fields: str) -> None:
    """As long as the account and its renewal are among them."""
    printed = busy("account", "list", "--customer", "bolt", "-o", "csv", "--fields", fields).out

    busy.ok("account", "renew", "--from", "-", "-y", stdin=printed.replace("monthly", "none"))

    assert busy.ok("account", "show", "ben@bolt.example")["renewal"] == "none"


@pytest.mark.parametrize(
    ("argv", "sheet", "said"),
    [
        (("account", "order", "acme-pro"), "address;Periode\n", "did you mean period?"),
        (("account", "order", "acme-pro"), "Address,period\n", "did you mean address?"),
        (("import", "customers"), "id,name,email,phone_number\n", "did you mean phone?"),
        (("import", "customers"), "id,name,email,VAT-Number\n", "did you mean vat_number?"),
    ],
)
def test_a_column_that_seems_mistyped_is_not_left_alone(
    busy: Cli, argv: tuple[str, ...], sheet: str, said: str
) -> None:
    """Its values would be lost without a word."""
    words = (*argv, "-") if argv[0] == "import" else (*argv, "--from", "-", "-y")

    got = busy(*words, "-o", "json", stdin=f"{sheet}x,y,z,1\n")

    assert got.status == 2
    assert said in got.error()["message"]


def test_a_column_that_is_not_known_is_named_and_left_alone(store: Cli) -> None:
    """In imports too; those that lists print are not even named."""
    sheet = "id,name,email,state,since,remark\nacme,Acme,it@acme.example,open,2019,nice\n"

    got = store("import", "customers", "-", stdin=sheet)

    assert (got.status, got.err) == (
        0,
        "Columns of standard input that are not read: since, remark.\n",
    )


def test_a_row_that_was_cut_off_is_refused(store: Cli) -> None:
    """Only cells that nobody reads may be missing: half a line is no line."""
    sheet = "platform,address,period,expires_on,anchor_day,state\np,a@b.example,monthly\n"

    got = store("import", "accounts", "-", stdin=sheet)

    assert got.status == 1
    assert "line 2: it has 3 values, but the header has 6" in got.err


def test_latin_1_is_refused_with_its_name_and_what_to_do(store: Cli, tmp_path: Path) -> None:
    """The line, the encoding that it seems to be, and two ways out."""
    path = tmp_path / "customers.csv"
    path.write_bytes("id;name;email\na;Müller;it@a.example\n".encode("cp1252"))

    error = store("import", str(path), "-o", "json").error()

    assert error["message"].endswith(
        "customers.csv is not UTF-8 (line 2): it seems to be Windows-1252 or Latin-1"
    )
    assert error["hint"].startswith('save it again as "CSV UTF-8", or convert it: iconv -f win')
