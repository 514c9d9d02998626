"""`init`: a store that is whole, or none at all; and never in another's place."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from freezegun import freeze_time

from mailctl.actions import stores
from mailctl.errors import AlreadyExistsError
from mailctl.store import offers
from mailctl.store.engine import drafts
from tests.helpers import Cli
from tests.store.plain import opened, rows


def left_in(folder: Path) -> list[str]:
    """The names of all that a folder holds."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.files_only("what is made is a file")
def test_init_leaves_one_complete_file(cli: Cli) -> None:
    """No draft stays beside it, and the journal's first batch tells of its making."""
    cli.ok("init", "--clock", "2026-01-01")
    with opened(cli.store) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("SELECT kind, subject FROM journal").fetchall() == [
            ("store-made", "store")
        ]
    assert left_in(cli.store.parent) == ["mailctl.db"]


def test_init_never_overwrites_a_store(busy: Cli) -> None:
    """A second init is refused, and the store is as it was."""
    head = busy.ok("journal", "head")
    again = busy("init", "--clock", "2026-01-01", "-o", "json")
    assert (again.status, again.error()["code"]) == (1, "already-exists")
    assert busy.ok("journal", "head") == head


@pytest.mark.files_only("a file stands in its place")
@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["real", "dry"])
def test_init_never_overwrites_a_file(dry: tuple[str, ...], cli: Cli) -> None:
    """Whatever stands at the path stays, on a dry run too."""
    cli.store.write_text("a letter", encoding="utf-8")
    refused = cli("init", *dry, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    assert cli.store.read_text(encoding="utf-8") == "a letter"
    assert left_in(cli.store.parent) == ["mailctl.db"]


@pytest.mark.files_only("a link stands in its place")
@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["real", "dry"])
def test_init_does_not_follow_a_link_that_leads_nowhere(
    dry: tuple[str, ...], cli: Cli, tmp_path: Path
) -> None:
    """A dangling symbolic link at the path is something; nothing is made where it points."""
    cli.store.symlink_to(tmp_path / "elsewhere.db")
    refused = cli("init", *dry, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    assert left_in(tmp_path) == ["mailctl.db"]


def test_init_under_a_file_is_refused(tmp_path: Path) -> None:
    """A path whose folder is a file cannot be made: the disk's refusal, in words."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused = Cli(tmp_path / "file" / "mailctl.db")("init", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (74, "disk-failed")
    assert left_in(tmp_path) == ["file"]


def test_an_init_that_fails_leaves_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while the store is filled: no store, no draft, no log."""

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(offers, "ship", fail)
    with pytest.raises(KeyboardInterrupt):
        stores.init(cli.store, clock_on=date(2026, 1, 1))
    assert left_in(cli.store.parent) == []


@pytest.mark.files_only("a file stands in its place")
def test_a_store_that_appears_meanwhile_is_not_replaced(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's store that came while this one was filled stays; this one is refused."""
    ship = offers.ship

    def ship_late(transaction: object) -> None:
        ship(transaction)  # type: ignore[arg-type]
        cli.store.write_text("the other's", encoding="utf-8")

    monkeypatch.setattr(offers, "ship", ship_late)
    with pytest.raises(AlreadyExistsError):
        stores.init(cli.store, clock_on=date(2026, 1, 1))
    assert cli.store.read_text(encoding="utf-8") == "the other's"
    assert left_in(cli.store.parent) == ["mailctl.db"]


@pytest.mark.files_only("a draft is a file")
@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_a_process_id_that_comes_again_does_not_stop_init(end: str, cli: Cli) -> None:
    """In a container every init is process 7: what a killed one left is cleared, by its new name.

    And by the name that mailctl gave before 0.2.
    """
    for name in (f".mailctl.db.{os.getpid()}", ".mailctl.db.draft-0123456789abcdef"):
        cli.store.with_name(name).write_bytes(b"half a store")
        cli.store.with_name(f"{name}{end}").write_bytes(b"half a log")
    cli.ok("init", "--clock", "2026-01-01")
    assert left_in(cli.store.parent) == ["mailctl.db"]


@pytest.mark.files_only("a draft is a file")
def test_what_another_is_writing_just_now_is_left_alone(cli: Cli) -> None:
    """Two inits at once: each has its own draft, and neither takes the other's for a dead one."""
    others = cli.store.with_name(f".mailctl.db.{os.getppid()}")
    others.write_bytes(b"of an older mailctl that is alive")
    with drafts.draft(cli.store) as place:
        cli.ok("init", "--clock", "2026-01-01")
        assert left_in(cli.store.parent) == sorted([others.name, place.name, "mailctl.db"])
    assert left_in(cli.store.parent) == sorted([others.name, "mailctl.db"])


@pytest.mark.files_only("a draft is a file")
def test_files_that_only_look_like_drafts_are_left_alone(cli: Cli) -> None:
    """A person's own hidden files, links and folders beside the store stay."""
    names = [".mailctl.db.draft-notes", ".mailctl.db.bak", ".other.db.draft-0123456789abcdef"]
    for name in names:
        cli.store.with_name(name).write_text("mine")
    cli.store.with_name(".mailctl.db.draft-00000000000000ff").symlink_to(names[0])
    cli.store.with_name(".mailctl.db.draft-000000000000ffff").mkdir()
    before = left_in(cli.store.parent)
    cli.ok("init", "--clock", "2026-01-01")
    assert left_in(cli.store.parent) == sorted([*before, "mailctl.db"])


@pytest.mark.parametrize("argv", [("--seller-country", "XX"), ("--timezone", "Mars/Base")])
def test_an_init_with_a_wrong_word_makes_nothing(argv: tuple[str, str], cli: Cli) -> None:
    """A country or a time zone that does not exist is a usage error, and no file appears."""
    refused = cli("init", *argv, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert left_in(cli.store.parent) == []


@pytest.mark.parametrize(
    "zone",
    ["localtime", "posixrules", "right/UTC", "posix/Europe/Paris", "Factory", "NZST-12NZDT",
     "UTC+3", "+02:00", "europe/paris", "Europe", "../Europe/Paris", "/etc/localtime", ""],
)  # fmt: skip
def test_only_a_name_of_the_tz_database_is_a_time_zone(zone: str, cli: Cli) -> None:
    """A rule, an offset, a file, or what means another zone on the next machine is none."""
    refused = cli("init", "--timezone", zone, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert left_in(cli.store.parent) == []


@pytest.mark.parametrize(
    "said", ["NZST-12NZDT,M9.5.0,M4.1.0/3", "UTC0", "<+03>-3", "right/UTC", "localtime", "Nowhere"]
)
def test_a_rule_in_the_environment_is_not_taken_for_utc(
    said: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `date` says another day than UTC the store would too: the zone is asked for by name."""
    monkeypatch.setenv("TZ", said)
    refused = cli("init", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert "--timezone Europe/Paris" in refused.error()["hint"]
    assert left_in(cli.store.parent) == []
    assert cli.ok("init", "--timezone", "Pacific/Auckland")["timezone"] == "Pacific/Auckland"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Pacific/Auckland", "Pacific/Auckland"),
        (":Europe/Paris", "Europe/Paris"),
        ("/usr/share/zoneinfo/Europe/Paris", "Europe/Paris"),
        ("", "UTC"),
    ],
)
def test_a_zone_that_the_environment_names_is_the_stores(
    said: str, zone: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `date` understands TZ: a name, a file of the database, or empty for UTC."""
    monkeypatch.setenv("TZ", said)
    assert cli.ok("init")["timezone"] == zone


@pytest.mark.parametrize("now", ["1971-03-01", "2000-01-01", "2019-12-31", "2201-01-01"])
def test_a_system_clock_that_cannot_be_right_makes_no_store(now: str, cli: Cli) -> None:
    """A machine whose clock starts at 1970: nothing is dated by it, unless the clock is manual."""
    with freeze_time(now):
        refused = cli("init", "--timezone", "UTC", "-o", "json")
        assert (refused.status, refused.error()["code"]) == (2, "usage")
        assert now in refused.error()["message"]
        assert left_in(cli.store.parent) == []
        cli.ok("init", "--clock", "2026-01-12")


def test_a_new_store_knows_the_shipped_offers_and_their_prices(store: Cli) -> None:
    """Net cents of each offer and period, as rules 3 gives them."""
    assert rows(
        store.store,
        "SELECT o.name, p.period, p.cents FROM price p JOIN offer o ON o.id = p.offer_id "
        "ORDER BY o.id, p.period",
    ) == [
        ("email-pro", "monthly", 159),
        ("email-pro", "yearly", 1788),
        ("hosted-exchange", "monthly", 399),
        ("hosted-exchange", "yearly", 4308),
        ("private-exchange", "monthly", 299),
    ]


def test_where_nothing_can_be_written_no_store_is_made() -> None:
    """/proc takes no files, not even root's: the disk's refusal, in words."""
    refused = Cli(Path("/proc/mailctl.db"))("init", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (74, "disk-failed")
