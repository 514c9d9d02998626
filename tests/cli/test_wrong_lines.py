"""Wrong lines of a file: by cause to people, each of them in JSON and with --all-errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import Cli, contents

MEANT = "; did you mean acme-pro, acme-old or acme-priv?"
MORE = "; with --all-errors it lists each of them"
HEADER = "platform,address,period,expires_on,anchor_day"


@pytest.fixture
def accounts(busy: Cli, tmp_path: Path) -> Path:
    """A file with twelve lines that are wrong for three reasons, among good ones."""
    lines = [HEADER]
    lines += [f"acme-pro,a{n}@acme.example,monthly,{n + 10}.03.2026,1" for n in range(8)]
    lines += [f"acme-prod,b{number}@acme.example,monthly,2026-03-01,1" for number in range(3)]
    lines += ["acme-pro,good@acme.example,monthly,2026-03-01,1"]
    lines += ["acme-pro,c@acme.example,monthly,2026-03-01,1,more,values"]
    path = tmp_path / "accounts.csv"
    path.write_text("\n".join((*lines, "")))
    return path


def test_wrong_lines_are_grouped_by_cause_with_the_first_of_each(busy: Cli, accounts: Path) -> None:
    """The most frequent cause first; a cause of a single line is that line."""
    before = contents(busy.store)

    got = busy("import", str(accounts))

    assert got.status == 1
    assert got.err.splitlines() == [
        "error: 12 lines are wrong, for 3 reasons; nothing was imported",
        "  8 lines: expires_on is not a date such as 2026-01-31",
        "    accounts.csv, line 2: '10.03.2026'",
        "    accounts.csv, line 3: '11.03.2026'",
        "    accounts.csv, line 4: '12.03.2026'",
        "    and 5 more",
        "  3 lines: platform: no platform has this name",
        *[
            f"    accounts.csv, line {n}: there is no platform acme-prod{MEANT}"
            for n in (10, 11, 12)
        ],
        "  accounts.csv, line 14: it has 7 values, but the header has 5",
        f"hint: correct the lines and run the command again{MORE}",
    ]
    assert contents(busy.store) == before


def test_every_wrong_line_is_listed_where_that_is_asked_for(busy: Cli, accounts: Path) -> None:
    """In the order of the file, after the causes with their counts."""
    lines = busy("import", str(accounts), "--all-errors").err.splitlines()

    assert lines[1:4] == [
        "  8 lines: expires_on is not a date such as 2026-01-31",
        "  3 lines: platform: no platform has this name",
        "  1 line: has more or fewer values than the header",
    ]
    assert [line.split(":")[0].split()[-1] for line in lines[4:-1]] == [
        str(number) for number in (*range(2, 13), 14)
    ]
    assert lines[-1] == "hint: correct the lines and run the command again"


def test_json_has_each_wrong_line_with_its_column_and_code(busy: Cli, accounts: Path) -> None:
    """In the one error object that is the last line; and the causes with their counts."""
    got = busy("import", str(accounts), "-o", "json")

    error = got.error()
    assert len(got.err.splitlines()) == 1
    assert (len(error["errors"]), len(error["lines"])) == (12, 12)
    assert error["errors"][0] == {
        "file": "accounts.csv",
        "line": 2,
        "column": "expires_on",
        "value": "10.03.2026",
        "code": "usage",
        "message": "expires_on is '10.03.2026', not a date such as 2026-01-31",
    }
    assert [(cause["code"], cause["column"], cause["count"]) for cause in error["causes"]] == [
        ("usage", "expires_on", 8),
        ("platform-not-found", "platform", 3),
        ("usage", None, 1),
    ]


def test_a_profiles_wrong_values_are_grouped_by_their_column(busy: Cli) -> None:
    """What would be right stands in the heading, as the hint of a single refusal has it."""
    lines = "".join(f"c{n},C,c{n}@c.example,0{n},F{n}\n" for n in range(4))
    got = busy("import", "customers", "-", stdin=f"id,name,email,phone,country\n{lines}")

    assert "4 lines: country is not valid; give its two letters, for example FR" in got.err
    assert "standard input, line 2: 'F0'" in got.err


def test_orders_and_renewals_from_files_group_their_wrong_lines_too(busy: Cli) -> None:
    """With the same option and the same keys in JSON."""
    order = ("account", "order", "acme-pro", "--from", "-", "-y")
    sheet = "address,period\n" + "".join(f"n{n}@acme.example,weekly\n" for n in range(5))
    got = busy(*order, stdin=sheet)
    assert "error: 5 lines are wrong; nothing was ordered" in got.err
    assert "  5 lines: period is not monthly or yearly\n    line 2: 'weekly'\n" in got.err
    assert busy(*order, "--all-errors", stdin=sheet).err.count("is not a period") == 5

    sheet = "address,period\nno@@one,monthly\nno@@two,monthly\n"
    assert busy(*order, "--key", "new", stdin=sheet).err == busy(*order, stdin=sheet).err
    assert "line 3: 'no@@two' is not a mailbox address" in busy(*order, stdin=sheet).err

    renew = ("account", "renew", "--from", "-", "-y")
    sheet = "account,mode\n" + "".join(f"{n},none\n" for n in range(900, 905))
    got = busy(*renew, stdin=sheet)
    assert "5 lines: account: no account has this id" in got.err
    errors = busy(*renew, "-o", "json", stdin=sheet).error()["errors"]
    assert [one["code"] for one in errors] == ["account-not-found"] * 5
    assert [one["value"] for one in errors] == ["900", "901", "902", "903", "904"]


@pytest.mark.parametrize("character", [r"\u0000", r"\ud800", r"a\udc00b"])
@pytest.mark.parametrize(
    ("command", "line", "column"),
    [
        ("account renew --from - --mode none -y", '"account": "x"', "account"),
        ("account order acme-pro --from - -y", '"address": "x"', "address"),
        ("import platforms -", '"name": "new", "customer": "x"', "customer"),
        ("import accounts -", '"platform": "x", "address": ""', "platform"),
    ],
)
def test_a_line_of_json_with_what_no_text_can_hold_is_a_wrong_line(
    command: str, line: str, column: str, character: str, busy: Cli
) -> None:
    """JSON can write half of a character, and the one that ends texts in many programs."""
    others = ', "offer": "email-pro", "created_on": "2026-01-01"'
    others += ', "period": "monthly", "expires_on": "2026-03-01", "anchor_day": 1'
    lines = f"{{{line}{others}}}\n".replace('"x"', f'"{character}"')

    got = busy(*command.split(), stdin=lines)

    assert (got.status, got.out) == (1, ""), got.err
    assert (
        f"line 1: {column} has a \\u0000 or half of a character, such as \\ud800, in it" in got.err
    )


def test_of_a_million_wrong_lines_only_the_first_are_kept(busy: Cli) -> None:
    """The same refusal may come again and again: memory holds it once."""
    import tracemalloc

    sheet = f"{HEADER}\n" + "nowhere,x@x.example,monthly,2026-03-01,1\n" * 20_000
    tracemalloc.start()
    got = busy("import", "accounts", "-", stdin=sheet)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "20,000 lines are wrong" in got.err
    # The text itself is a megabyte, read three times.
    assert most < 8_000_000


def test_a_card_number_is_repeated_in_no_list_of_wrong_lines(busy: Cli) -> None:
    """Neither by its value nor in a message."""
    sheet = "address,period\n4242424242424242@acme.example,weekly\n"
    for words in ((), ("--all-errors",), ("-o", "json")):
        got = busy("account", "order", "acme-pro", "--from", "-", "-y", *words, stdin=sheet)
        assert got.status == 1
        assert "4242424242424242" not in got.err
    assert json.loads(got.err)["error"]["errors"][0]["line"] == 2
