"""`advise` as a whole: its order, one customer alone, the clock, a terminal; answers to tasks."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.insight.advised import ADD_BANK, GONE, found, play


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-01-02", []),
        ("2026-01-03", ["urgent clock-behind mailctl tick"]),
        ("2026-02-20", ["urgent clock-behind mailctl tick --accept-gap"]),
    ],
)
def test_a_clock_that_no_tick_moves_is_found(cli: Cli, today: str, expected: list[str]) -> None:
    """On a wall clock, after more than a day; a gap that is doubted is to be accepted."""
    with freeze_time("2026-01-01 10:00"):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("settings", "set", "backup-days", "0")

    with freeze_time(f"{today} 10:00"):
        assert found(cli) == expected
        for line in expected:
            cli.ok(*shlex.split(line)[3:])
        assert found(cli) == []


def test_a_last_tick_that_is_still_to_come_is_found(cli: Cli) -> None:
    """After a clock that was ahead: monitoring hears of it as of a tick that is too old."""
    with freeze_time("2026-01-01 10:00"):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("settings", "set", "backup-days", "0")
        cli.ok("tick")
        assert cli("status", "--max-age", "26h").status == 0
    with freeze_time("2026-01-20 10:00"):
        cli.ok("tick")
    with freeze_time("2026-01-01 11:00"):
        got = cli("status", "--max-age", "26h")
        assert got.status == 1
        assert (
            "the last tick is recorded at 2026-01-20T10:00:00Z, which is in the future" in got.err
        )
        assert "which is in the future" in cli("status").err
        assert cli("status").status == 0
        assert found(cli) == ["urgent clock-ahead mailctl tick"]
        cli.ok("tick")
        assert found(cli) == []
        assert cli("status", "--max-age", "26h").status == 0


def test_a_clock_that_was_set_right_by_a_little_alarms_nobody(cli: Cli) -> None:
    """A minute that a time server took back is no tick of the future."""
    with freeze_time("2026-01-01 10:01"):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("tick")
    with freeze_time("2026-01-01 10:00"):
        got = cli("status", "--max-age", "26h")
        assert (got.status, got.err) == (0, "")


def test_a_late_tick_that_would_end_many_is_advised_with_its_list(cli: Cli) -> None:
    """The brake on mass changes would refuse a plain tick: the finding says so, and how many."""
    with freeze_time("2026-01-01 10:00"):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        cli.ok("prepaid", "credit", "acme", "100")
        cli.ok("platform", "add", "pro", "--customer", "acme", "--offer", "email-pro")
        cli.ok("account", "order", "pro", "--count", "30", "-y")
        cli.ok("account", "renew", "--all", "--platform", "pro", "--mode", "none", "-y")
    with freeze_time("2026-01-30 10:00"):
        cli.ok("tick")
    with freeze_time("2026-02-03 10:00"):
        (behind,) = [one for one in cli.ok("advise")["items"] if one["code"] == "clock-behind"]
        assert behind["command"] == "mailctl tick --accept-mass"
        assert (
            "But this tick would suspend 30 and delete 0 of 30 accounts: mailctl tick shows the "
            "list, to be looked at first." in behind["message"]
        )
        assert cli("tick").status == 1
        cli.ok(*shlex.split(behind["command"])[1:])
        assert cli.ok("account", "show", "1")["state"] == "suspended"


def test_where_nothing_is_lost_nothing_ends(well: Cli) -> None:
    """Blank accounts hold no mail: they may end, and be extended by nobody."""
    play(
        well,
        "account order pro -y\naccount renew 2 --mode none -y\n"
        "platform add by-hand --customer acme --offer email-pro\naccount order by-hand -y\n"
        "platform renewal by-hand --manual -y\ntick --to 2026-01-20\nquiet",
    )
    assert found(well) == []

    play(well, "tick --to 2026-02-02\nquiet")

    assert found(well) == []


def test_a_host_in_the_middle_of_its_life(busy: Cli) -> None:
    """The most pressing first, then by day and customer."""
    people = ("backup-email-missing", "phone-missing", "address-incomplete", "no-method")
    lines = [line for line in found(busy) if line.split()[1] not in people]

    assert lines == [
        "urgent debt mailctl prepaid credit late 1.91",
        "warning mail-not-configured mailctl settings set mail-host -",
        "warning mail-not-configured mailctl settings set mail-from -",
        "warning example-price mailctl offer price email-pro monthly 1.59",
        "warning example-price mailctl offer price hosted-exchange monthly 3.99",
        "warning example-price mailctl offer price private-exchange monthly 2.99",
        "warning seller-incomplete mailctl settings set seller-name -",
        "warning seller-incomplete mailctl settings set seller-street -",
        "warning seller-incomplete mailctl settings set seller-postcode -",
        "warning seller-incomplete mailctl settings set seller-city -",
        "warning seller-incomplete mailctl settings set seller-vat-number -",
        "warning seller-incomplete mailctl settings set seller-iban -",
        "warning task-waiting mailctl task done --until 2026-02-04 --yes",
        "info platform-ending mailctl platform resume acme-old --yes",
        "info account-suspended mailctl account reopen 7 --yes",
        "info balance-short mailctl prepaid credit late 10.00",
        "info blank-billed mailctl account renew 2 --mode none --yes",
    ]


def test_findings_of_one_customer_are_those_that_concern_them(busy: Cli) -> None:
    """Nothing of the host, nothing of others; their tasks and notices alone."""
    got = [line for line in found(busy, "slow") if "-missing" not in line]

    assert got == [
        "warning mail-not-configured mailctl settings set mail-host -",
        "warning mail-not-configured mailctl settings set mail-from -",
        "warning task-waiting mailctl task done --until 2026-02-04 --customer slow --yes",
        "warning address-incomplete mailctl customer edit slow --street - --postcode - --city -",
        "info no-method mailctl method add bank slow --iban - --holder - --mandate - --signed -",
    ]
    assert {one["customer"] for one in busy.ok("advise", "acme")["items"]} == {"acme"}


def test_of_who_has_gone_nothing_is_advised(well: Cli) -> None:
    """Neither when closed nor when erased; without a profile, a method, an address."""
    play(well, GONE)
    assert found(well) == []

    play(well, "customer erase bolt --confirm bolt\nquiet")

    assert (found(well), found(well, "bolt")) == ([], [])


def test_strict_lets_a_script_know_that_something_was_found(busy: Cli) -> None:
    """Exit status 1 with the findings on stdout, else 0."""
    assert (busy("advise").status, busy("advise", "--strict").status) == (0, 1)
    assert busy("advise").out == busy("advise", "--strict").out


def test_a_customer_that_there_is_not_is_an_error(busy: Cli) -> None:
    """Close names are told."""
    got = busy("advise", "acm", "-o", "json")

    assert (got.status, got.out, got.error()["code"]) == (4, "", "customer-not-found")


def test_names_that_begin_like_options_are_distinguished_from_them(well: Cli) -> None:
    """A customer -x, whose phone is asked for."""
    words = "customer add --name X --email it@x.example --backup-email me@x.example --street a"
    assert well(*words.split(), "--postcode", "b", "--city", "c", "--", "-x").status == 0
    assert found(well) == ["info phone-missing mailctl customer edit customer/-x --phone -"]

    well.ok("customer", "edit", "customer/-x", "--phone", "-", stdin="0199001234\n")

    assert found(well) == []


def test_on_a_terminal_sentences_fit_and_commands_stay_whole(well: Cli) -> None:
    """Grouped by severity; a command is never broken, so that it can be copied."""
    play(well, "method remove 1\ncustomer edit acme --city ''")

    got = on_terminal(well.store, "advise", columns=60)

    assert got.out.splitlines() == [
        "Warnings",
        "",
        "  address-incomplete: acme has no city in the address that",
        "  invoices show.",
        "    mailctl customer edit acme --city -",
        "",
        "Worth knowing",
        "",
        "  no-method: acme has no payment method: nothing can be",
        "  collected.",
        f"    {ADD_BANK}",
    ]
    assert got.err.splitlines() == ["2 findings; mailctl help advice explains them."]


def test_where_a_command_has_no_room_nothing_leads_to_it(busy: Cli) -> None:
    """On a low terminal: no "Once they are done:" with nothing after it."""
    got = on_terminal(busy.store, "advise", columns=80, variables={"LINES": "5", "NO_COLOR": "1"})

    lines = got.out.splitlines()
    followed = dict(zip(lines, [*lines[1:], ""], strict=True))
    leading = [line for line in lines if line.endswith(":")]
    assert all("mailctl" in followed[line] for line in leading)
    assert not all("mailctl" in line for line in lines)


def test_on_a_terminal_a_store_without_findings_gets_a_sentence(well: Cli) -> None:
    """On stderr, as other lists that are empty."""
    got = on_terminal(well.store, "advise")

    assert (got.status, got.out, got.err) == (0, "", "\x1b[32mNothing to do.\x1b[0m\n")
    plain = on_terminal(well.store, "advise", variables={"NO_COLOR": "1"})
    assert (plain.status, plain.out, plain.err) == (0, "", "Nothing to do.\n")


def test_all_tasks_up_to_a_day_are_done_at_once(busy: Cli) -> None:
    """Of one customer or of all; what was asked later waits; a task or a day is to be given."""
    before = {one["id"] for one in busy.ok("task", "list", "--todo")["items"]}
    of_late = {
        one["id"] for one in busy.ok("task", "list", "--todo", "--customer", "late")["items"]
    }

    got = busy.ok("task", "done", "--until", "2026-02-01", "--customer", "late", "--yes")

    done = {one["id"] for one in got["items"]}
    assert done < of_late
    assert done != set()
    assert {one["id"] for one in busy.ok("task", "list", "--todo")["items"]} == before - done
    assert busy("task", "done", "--until", "2026-02-01").status == 2
    for words in ((), ("1", "--until", "2026-02-01"), ("1", "--customer", "late")):
        assert busy("task", "done", *words, "--yes").status == 2


def test_a_store_without_a_backup_is_found_once_it_is_old_enough(cli: Cli, tmp_path: Path) -> None:
    """Not on its first days, nor on a trial; urgent where backups were made, and are no more."""
    folder = tmp_path / "backups"
    folder.mkdir(mode=0o700)

    def missing() -> list[str]:
        cli.ok("tick")
        return [line for line in found(cli) if "no-backup" in line]

    with freeze_time("2026-01-01 10:00"):
        cli.ok("init", "--timezone", "UTC")
    with freeze_time("2026-01-04 10:00"):
        assert missing() == []
    with freeze_time("2026-01-05 10:00"):
        assert missing() == ["warning no-backup mailctl store backup --help"]
        cli.ok("store", "backup", str(folder))
        assert missing() == []
    with freeze_time("2026-01-08 10:00"):
        assert missing() == []
    with freeze_time("2026-01-09 10:00"):
        (again,) = missing()
        assert again == f"urgent no-backup mailctl store backup {folder}"
        cli.ok("settings", "set", "backup-days", "0")
        assert missing() == []
        cli.ok("settings", "set", "backup-days", "3")
        cli.ok(*shlex.split(again)[3:])
        assert missing() == []
