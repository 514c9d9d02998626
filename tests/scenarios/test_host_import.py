"""The example host of examples/host: what is in it, and how it comes in, whole or not at all."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

from tests.helpers import Cli, contents
from tests.scenarios.host import HOST, normal, rows


def test_the_host_is_as_large_and_as_mixed_as_promised() -> None:
    """40 customers in six countries, 60 platforms of three offers, 1,500 accounts, late anchors."""
    accounts = rows("accounts")
    anchors = Counter(int(row["anchor_day"]) for row in accounts)
    got = {
        "customers": len(rows("customers")),
        "countries": sorted({row["country"] for row in rows("customers")}),
        "offers": sorted(Counter(row["offer"] for row in rows("platforms")).items()),
        "accounts": len(accounts),
        "late anchors": [anchors[day] > 50 for day in (28, 29, 30, 31)],
        "renewals": sorted({(row["period"], row["renewal"]) for row in accounts}),
        "blank": sum(1 for row in accounts if not row["address"]),
        "written as xn--": sum("@xn--" in row["address"] for row in accounts),
    }
    assert got == {
        "customers": 40,
        "countries": ["AT", "BE", "CH", "DE", "FR", "LU"],
        "offers": [("email-pro", 26), ("hosted-exchange", 22), ("private-exchange", 12)],
        "accounts": 1500,
        "late anchors": [True, True, True, True],
        "renewals": [
            ("monthly", "monthly"),
            ("monthly", "none"),
            ("monthly", "yearly"),
            ("yearly", "monthly"),
            ("yearly", "none"),
            ("yearly", "yearly"),
        ],
        "blank": 87,
        "written as xn--": 70,
    }


def test_the_files_are_what_their_script_makes(tmp_path: Path) -> None:
    """examples/host/make.py makes the three files again, byte for byte."""
    spec = importlib.util.spec_from_file_location("make_host", HOST / "make.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    script.make(tmp_path)
    names = ("customers.csv", "platforms.csv", "accounts.csv")
    assert [(tmp_path / n).read_bytes() for n in names] == [(HOST / n).read_bytes() for n in names]


def test_importing_bills_nothing_and_brings_everything_in(cli: Cli) -> None:
    """The import counts what it took; balances are opened, no invoice is written."""
    cli.ok("init", "--clock", "2026-01-15")
    imported = cli.ok("import", "--dir", str(HOST))
    balances = {row["id"]: int(row["balance_cents"]) for row in rows("customers")}
    got = {key: imported[key] for key in ("customers", "platforms", "accounts")}
    got |= {"invoices": len(cli.ok("invoice", "list")["items"])}
    customers = cli.ok("customer", "list")["items"]
    got |= {"balances": {row["id"]: row["balance_cents"] for row in customers}}
    listed = cli.ok("account", "list")["items"]
    got |= {"expiries": [row["expires_on"] for row in listed]}
    got |= {"addresses": [row["address"] for row in listed]}
    assert got == {
        "customers": 40,
        "platforms": 60,
        "accounts": 1500,
        "invoices": 0,
        "balances": balances,
        "expiries": [row["expires_on"] for row in rows("accounts")],
        "addresses": [normal(row["address"]) for row in rows("accounts")],
    }


def test_three_bad_lines_are_all_named_and_nothing_is_taken(cli: Cli, tmp_path: Path) -> None:
    """A copy with an unknown platform, a false expiry and a second use of an address."""
    shutil.copytree(HOST, tmp_path / "copy")
    path = tmp_path / "copy" / "accounts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = rows("accounts")[0]
    lines[499] = "nowhere,nobody@nowhere.example,monthly,2026-02-01,1,monthly\n"
    lines[799] = f"{first['platform']},,monthly,2026-02-02,1,monthly\n"
    lines[1199] = f"{first['platform']},{first['address']},monthly,2026-01-26,26,monthly\n"
    path.write_text("".join(lines), encoding="utf-8")
    cli.ok("init", "--clock", "2026-01-15")
    before = contents(cli.store)

    refused = cli("import", "--dir", str(tmp_path / "copy"))

    told = [
        (line, word in said)
        for line, word in ((500, "nowhere"), (800, "2026-02-02"), (1200, "rosa.paul"))
        for said in refused.err.splitlines()
        if re.search(rf"accounts\.csv\b.*\b{line}\b", said)
    ]
    assert (refused.status, told) == (1, [(500, True), (800, True), (1200, True)]), refused.err
    error = cli("import", "--dir", str(tmp_path / "copy"), "-o", "json").error()
    assert (error["code"], error["exit_status"]) == ("lines-refused", 1)
    assert contents(cli.store) == before


def test_an_import_tried_out_changes_nothing(cli: Cli) -> None:
    """`--dry-run` counts what it would take and leaves the store as it was."""
    cli.ok("init", "--clock", "2026-01-15")
    before = contents(cli.store)
    tried = cli.ok("import", "--dir", str(HOST), "--dry-run")
    assert (tried["dry_run"], tried["accounts"]) == (True, 1500)
    assert contents(cli.store) == before


def test_the_same_host_comes_in_from_json_lines(cli: Cli, tmp_path: Path) -> None:
    """The files as JSON Lines, imported one after the other, bring in the same accounts."""
    cli.ok("init", "--clock", "2026-01-15")
    for name in ("customers", "platforms", "accounts"):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(name))
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
        cli.ok("import", name, str(tmp_path / f"{name}.jsonl"))
    got = [
        (row["platform"], row["address"], row["expires_on"], row["anchor_day"], row["renewal"])
        for row in cli.ok("account", "list")["items"]
    ]
    assert got == [
        (
            row["platform"],
            normal(row["address"]),
            row["expires_on"],
            int(row["anchor_day"]),
            row["renewal"],
        )
        for row in rows("accounts")
    ]
