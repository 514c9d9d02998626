"""The store is lost, and goes on from a backup: no number, id, letter or debit comes twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from shlex import split
from typing import Any

import pytest

from tests.helpers import Cli, contents
from tests.restoring import backed_up, damage, kept, lose, restored, said, tried
from tests.store.plain import image, rows

ORDER = ("account", "order", "acme-pro", "--count", "1", "-y")


def numbers(cli: Cli) -> list[str]:
    """The numbers of all invoices."""
    return [one["number"] for one in cli.ok("invoice", "list")["items"]]


def last(cli: Cli) -> int:
    """The count of the last invoice."""
    return int(numbers(cli)[-1].partition("-")[2])


def a_day_passes(cli: Cli) -> None:
    """After the backup somebody orders, and accounts renew."""
    cli.ok(*ORDER)
    cli.ok("tick", "--days", "20")


def test_numbers_go_on_after_those_that_the_lost_store_proves(busy: Cli) -> None:
    """A whole store is replaced: what it gave out since the backup is read from it."""
    backup, before = backed_up(busy), last(busy)
    a_day_passes(busy)
    lost, was = last(busy), image(busy.store)
    assert lost > before
    done = restored(busy, backup)
    assert " ".join(done) == (
        "schema path file backup_at restored_on journal_head replaced lost_numbers steps changed "
        "dry_run undo"
    )
    assert set(done["steps"][0]) == {"kind", "subject", "message", "command"}
    assert done["lost_numbers"] == [f"2026-{before + 1:06d} to 2026-{lost:06d}"]
    busy.ok(*ORDER)
    assert last(busy) == lost + 1
    assert busy("store", "check").status == 0
    assert busy.ok("journal", "verify")["ok"] is True
    (old,) = kept(busy)
    assert str(old) == done["replaced"]
    assert contents(old)["invoice"] != contents(busy.store)["invoice"]
    assert was != image(busy.store)


def test_ids_go_on_after_those_that_the_lost_store_gave(busy: Cli) -> None:
    """An account's id is known to the mail server, an order's number to the customer."""
    backup = backed_up(busy)
    made = busy.ok(*ORDER)
    restored(busy, backup)
    again = busy.ok(*ORDER)
    assert again["number"] == made["number"] + 1
    assert again["accounts"][0] == made["accounts"][0] + 1


def test_of_a_store_that_is_gone_a_person_says_the_last_numbers(busy: Cli) -> None:
    """They are asked for by name; then numbers go on after them, and ids far above the backup's."""
    backup, before = backed_up(busy), last(busy)
    order = busy.ok(*ORDER)
    lose(busy)
    refused = tried(busy, backup)
    assert refused.status == 1
    assert refused.error()["code"] == "restore-numbers-needed"
    assert "--last-invoice 2026-NNNNNN" in refused.err
    assert "--last-credit-note AV2026-NNNNNN" in refused.err
    assert not busy.store.exists()
    restored(busy, backup, *said(before + 30))
    busy.ok(*ORDER)
    assert last(busy) == before + 31
    assert busy.ok("order", "list")["items"][-1]["number"] == order["number"] - 1 + 1_000_001
    assert busy("store", "check").status == 0
    assert kept(busy) == []


def test_ids_are_given_once_though_a_backup_is_restored_twice(busy: Cli) -> None:
    """Nothing is left of the store in between: a file beside it and the backup remembers."""
    backup, before = backed_up(busy), last(busy)
    orders = []
    for _ in range(3):
        lose(busy)
        restored(busy, backup, *said(before + 5))
        orders.append(busy.ok(*ORDER)["number"])
    assert len(set(orders)) == 3


@pytest.mark.parametrize("made", ["a link", "others' to write", "a pipe"])
def test_a_file_of_somebody_else_says_nothing_of_ids(busy: Cli, made: str, tmp_path: Path) -> None:
    """Nothing is written into it, and the restore goes on."""
    backup, before = backed_up(busy), last(busy)
    planted, elsewhere = busy.store.with_name("restored"), tmp_path / "elsewhere"
    elsewhere.write_bytes(b"")
    if made == "a pipe":
        os.mkfifo(planted)
    elif made == "a link":
        planted.symlink_to(elsewhere)
    else:
        planted.write_bytes(b"")
        planted.chmod(0o666)
    lose(busy)
    restored(busy, backup, *said(before + 5))
    assert elsewhere.read_bytes() == b""
    assert not planted.is_file() or planted.read_bytes() == b""


def test_no_number_below_what_is_known_is_taken(busy: Cli) -> None:
    """Neither below the backup's, nor below what can be read of the lost store."""
    backup, before = backed_up(busy), last(busy)
    a_day_passes(busy)
    lost = last(busy)
    refused = tried(busy, backup, *said(lost - 1)).error()
    assert (refused["code"], f"2026-{lost:06d} was given out" in refused["message"]) == (
        "usage",
        True,
    )
    lose(busy)
    refused = tried(busy, backup, *said(before - 1)).error()
    assert (refused["code"], f"2026-{before:06d} was given out" in refused["message"]) == (
        "usage",
        True,
    )


def test_numbers_of_a_year_that_has_not_begun_are_asked_about(busy: Cli) -> None:
    """A clock that was ahead, or a manual one, has given them all the same."""
    backup, before = backed_up(busy), last(busy)
    busy.ok("tick", "--days", "360", "--accept-mass", "--accept-gap")
    numbered = numbers(busy)[-1]
    assert numbered.startswith("2027-")
    lose(busy)
    every = (*said(before + 50), "--last-invoice", numbered)
    assert tried(busy, backup, *every).error()["code"] == "confirmation-needed"
    restored(busy, backup, *every, "--yes")
    busy.ok("tick", "--days", "360", "--accept-mass", "--accept-gap", "--after-restore")
    assert numbered not in numbers(busy)
    assert next(one for one in numbers(busy) if one.startswith("2027-")) > numbered
    assert busy("store", "check").status == 0


def test_numbers_are_asked_for_though_those_of_a_later_year_are_known(busy: Cli) -> None:
    """The clock was ahead once, and what it numbered was lost: this year goes on all the same."""
    backup = backed_up(busy)
    lose(busy)
    later = ("--last-invoice", "2027-000007", "--yes")
    restored(busy, backup, *said(50), *later)
    backup = backed_up(busy, "later.db")
    lose(busy)
    refused = tried(busy, backup)
    assert refused.error()["code"] == "restore-numbers-needed"
    for year in ("2026-NNNNNN", "2027-NNNNNN"):
        assert f"--last-invoice {year}" in refused.err


@pytest.mark.files_only("a file is copied to the place")
def test_a_copy_that_was_put_in_the_stores_place_proves_nothing(busy: Cli) -> None:
    """Somebody copied the backup there before reading on: the numbers are asked for."""
    backup = backed_up(busy).with_name("whole.db")
    busy.ok("store", "backup", str(backup))
    order, given = busy.ok(*ORDER), last(busy)
    lose(busy)
    shutil.copy2(backup, busy.store)
    refused = tried(busy, backup)
    assert refused.error()["code"] == "restore-numbers-needed"
    assert "it is a copy of" in refused.err
    restored(busy, backup, *said(given))
    assert busy.ok(*ORDER)["number"] > order["number"]
    assert last(busy) == given + 1


def test_a_store_that_was_moved_proves_nothing(busy: Cli) -> None:
    """The one that went on is elsewhere, and has given numbers since."""
    backup = backed_up(busy)
    busy.ok("store", "copy", str(busy.store), str(busy.store.with_name("other.db")))
    refused = tried(busy, backup)
    assert refused.error()["code"] == "restore-numbers-needed"
    assert "it was moved to" in refused.err


@pytest.mark.files_only("its log")
def test_a_store_whose_log_is_gone_proves_nothing(busy: Cli) -> None:
    """What was written last stood in the log alone, and the file is whole without it."""
    backup = backed_up(busy)
    with closing(sqlite3.connect(busy.store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM invoice").fetchone()
        busy.ok(*ORDER)
        left = {end: busy.store.with_name(busy.store.name + end) for end in ("", "-shm")}
        saved = {path: path.read_bytes() for path in left.values()}
    for path, found in saved.items():
        path.write_bytes(found)
        path.chmod(0o600)
    refused = tried(busy, backup)
    assert refused.error()["code"] == "restore-numbers-needed"
    assert "-wal is gone" in refused.err


def test_whoever_knows_a_higher_number_than_the_store_is_believed(busy: Cli) -> None:
    """Then that store is not the newest, and ids go on far above what it has given."""
    backup = backed_up(busy)
    order = busy.ok(*ORDER)
    above = last(busy) + 1
    refused = tried(busy, backup, "--last-invoice", f"2026-{above:06d}")
    assert refused.error()["code"] == "restore-numbers-needed"
    assert f"2026-{above:06d} was given out" in refused.err
    restored(busy, backup, *said(above))
    assert busy.ok(*ORDER)["number"] > order["number"] + 900_000
    assert last(busy) == above + 1


def test_ids_are_given_once_though_an_older_backup_is_restored_later(busy: Cli) -> None:
    """Each restore goes on above all that those before it may have given."""
    before = last(busy)
    backups, orders = [backed_up(busy)], []
    for chosen in (0, 1, 0, 2, 0):
        lose(busy)
        restored(busy, backups[chosen], *said(before + 9))
        orders += [busy.ok(*ORDER)["number"] for _ in range(3)]
        before = last(busy)
        backups.append(backed_up(busy, f"backup-{len(backups)}.db"))
    assert len(set(orders)) == len(orders)


def test_a_number_far_above_is_asked_about(busy: Cli) -> None:
    """It is probably mistyped: without a terminal it wants --yes."""
    backup, before = backed_up(busy), last(busy)
    lose(busy)
    far = said(before + 10_001)
    assert tried(busy, backup, *far).error()["code"] == "confirmation-needed"
    restored(busy, backup, *far, "--yes")
    busy.ok(*ORDER)
    assert last(busy) == before + 10_002


@pytest.mark.parametrize("table", ["invoice", "account", "batch", "journal", "notice", "clock"])
def test_a_damaged_page_costs_only_what_stood_there(busy: Cli, table: str) -> None:
    """What can be read of a damaged store is the least: a lower number is refused."""
    backup, before = backed_up(busy), last(busy)
    a_day_passes(busy)
    lost = last(busy)
    damage(busy.store, table)
    assert tried(busy, backup).error()["code"] == "restore-numbers-needed"
    if table != "invoice":
        assert tried(busy, backup, *said(lost - 1)).error()["code"] == "usage"
    restored(busy, backup, *said(lost + 2))
    busy.ok(*ORDER)
    assert (last(busy), before < lost) == (lost + 3, True)
    assert busy("store", "check").status == 0
    assert len(kept(busy)) == 1


@pytest.mark.files_only("its bytes")
def test_what_is_no_store_any_more_is_kept_and_replaced(busy: Cli) -> None:
    """It is overwritten with zeros; the log beside it meets no new file."""
    backup, before = backed_up(busy), last(busy)
    size = busy.store.stat().st_size
    busy.store.write_bytes(b"\0" * size)
    log = busy.store.with_name(busy.store.name + "-wal")
    log.write_bytes(b"a log that nothing can read")
    restored(busy, backup, *said(before))
    (old,) = kept(busy)
    assert old.read_bytes() == b"\0" * size
    assert not log.exists()
    assert busy("store", "check").status == 0


@pytest.mark.files_only("its log")
def test_a_log_that_was_left_alone_does_not_meet_the_new_store(busy: Cli) -> None:
    """The file is gone, its log is not: SQLite would take it for the log of the new file."""
    backup, before = backed_up(busy), last(busy)
    with closing(sqlite3.connect(busy.store, isolation_level=None)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("DELETE FROM setting")
        db.execute("CREATE TABLE planted (x)")
        log = busy.store.with_name(busy.store.name + "-wal")
        there = log.read_bytes()
    lose(busy)
    log.write_bytes(there)
    log.chmod(0o600)
    restored(busy, backup, *said(before))
    assert "planted" not in contents(busy.store)
    assert busy("store", "check").status == 0


def test_the_backup_is_checked_before_anything_is_done(busy: Cli, tmp_path: Path) -> None:
    """Damage in it, another program's file, a folder, a pipe, nothing: the store stays as it is."""
    backup = backed_up(busy)
    before = image(busy.store)
    broken = backed_up(busy, "broken.db")
    damage(broken, "invoice")
    changed = backed_up(busy, "changed.db")
    with closing(sqlite3.connect(changed)) as db:
        db.execute("UPDATE customer SET name = 'X' WHERE id = 1")
        db.commit()
    text = tmp_path / "text.db"
    text.write_text("no database")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE theirs (x)")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    gone = tmp_path / "gone.db"
    empty = tmp_path / "empty.db"
    empty.touch()
    for file in (broken, changed, text, other, pipe, gone, empty, tmp_path, busy.store):
        refused = tried(busy, file)
        assert (file.name, refused.error()["code"]) == (file.name, "backup-invalid")
        assert image(busy.store) == before
    link = tmp_path / "newest.db"
    link.symlink_to(backup)
    assert tried(busy, link).status == 0
    assert sorted(busy.store.parent.glob(".*")) == []


def test_a_backup_of_another_store_is_refused(busy: Cli, tmp_path: Path) -> None:
    """A wrong store over the right one would be a catastrophe."""
    other = Cli(tmp_path / "other" / "mailctl.db")
    other.ok("init", "--clock", "2026-01-01")
    refused = tried(busy, backed_up(other)).error()
    assert (refused["code"], "of another store" in refused["message"]) == ("backup-invalid", True)
    assert busy("store", "check").status == 0


@pytest.mark.files_only("what is no file")
@pytest.mark.parametrize("made", ["folder", "pipe", "link to a folder"])
def test_what_is_no_file_is_not_replaced(busy: Cli, made: str) -> None:
    """A folder or a pipe at the place of the store is named."""
    backup = backed_up(busy)
    lose(busy)
    if made == "folder":
        busy.store.mkdir()
    elif made == "pipe":
        os.mkfifo(busy.store)
    else:
        busy.store.symlink_to(backup.parent)
    assert tried(busy, backup, *said(9)).error()["code"] == "store-foreign"


@pytest.mark.files_only("links")
def test_through_a_link_the_file_is_replaced_and_the_link_stays(busy: Cli, tmp_path: Path) -> None:
    """The store may lie on another disk than its name."""
    backup = backed_up(busy)
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir(mode=0o700)
    busy.store.rename(elsewhere / "real.db")
    busy.store.symlink_to(elsewhere / "real.db")
    done = restored(busy, backup)
    assert busy.store.is_symlink()
    assert Path(str(done["replaced"])).parent == elsewhere
    assert busy("store", "check").status == 0


def test_the_same_command_again_changes_nothing(busy: Cli) -> None:
    """Whoever does not know whether it was done may type it again."""
    backup = backed_up(busy)
    a_day_passes(busy)
    assert restored(busy, backup)["changed"] is True
    before = image(busy.store)
    again = restored(busy, backup)
    assert (again["changed"], image(busy.store), len(kept(busy))) == (False, before, 1)


def test_the_replaced_store_takes_no_changes(busy: Cli) -> None:
    """It is read for what it knows; a change in it would be lost."""
    backup = backed_up(busy)
    a_day_passes(busy)
    restored(busy, backup)
    (old,) = kept(busy)
    assert (
        Cli(old)("prepaid", "credit", "acme", "10", "-o", "json").error()["code"] == "store-moved"
    )
    assert Cli(old).ok("invoice", "list")["items"]
    assert Cli(old)("store", "check").status == 0


def test_a_dry_run_says_what_would_be_done_and_does_nothing(busy: Cli) -> None:
    """Neither the store nor its folder changes."""
    backup = backed_up(busy)
    a_day_passes(busy)
    before, there = image(busy.store), sorted(busy.store.parent.iterdir())
    done = busy.ok("store", "restore", str(backup), "--dry-run")
    assert (done["dry_run"], done["replaced"], bool(done["steps"])) == (True, None, True)
    assert (image(busy.store), sorted(busy.store.parent.iterdir())) == (before, there)


def test_the_name_is_typed_or_given(busy: Cli) -> None:
    """Without a terminal and without the name nothing is done."""
    backup = backed_up(busy)
    refused = busy("store", "restore", str(backup), "-y", "-o", "json").error()
    assert refused["code"] == "confirmation-needed"
    wrong = busy("store", "restore", str(backup), "--confirm", "other.db", "-o", "json").error()
    assert wrong["code"] == "usage"
    assert kept(busy) == []


def test_the_first_tick_waits_for_a_person_and_letters_with_it(busy: Cli) -> None:
    """Cron's tick fails with a sentence; status, advise and the letters say the same."""
    busy.ok("settings", "set", "mail-host=localhost", "mail-from=billing@host.example")
    backup = backed_up(busy)
    a_day_passes(busy)
    restored(busy, backup)
    before = contents(busy.store)
    for argv in (("tick",), ("notice", "send")):
        refused = busy(*argv, "-o", "json")
        assert (refused.status, refused.error()["code"]) == (2, "confirmation-needed")
        assert "tick --after-restore" in str(refused.error()["hint"])
    assert contents(busy.store) == before
    assert "--after-restore" in busy("status").err
    assert busy("status", "--max-age", "9999d").status == 1
    found = [one["subject"] for one in busy.ok("advise")["items"] if one["code"].startswith("rest")]
    assert "tick" in found
    assert busy("tick", "--dry-run").status == 0
    busy.ok("tick", "--after-restore")
    busy.ok("tick")
    assert busy("tick", "--after-restore", "-o", "json").error()["code"] == "usage"
    assert busy("store", "check").status == 0


def test_the_store_never_goes_back_behind_the_lost_ones_day(busy: Cli) -> None:
    """Documents are in the order of their dates, with those that were lost."""
    backup = backed_up(busy)
    a_day_passes(busy)
    day = busy.ok("status")["clock_on"]
    restored(busy, backup)
    assert busy.ok("status")["clock_on"] == day


def with_a_debit(cli: Cli) -> int:
    """A customer whose debt is collected from a bank account; the payment's id."""
    cli.ok(
        *("method", "add", "bank", "late", "--iban", "FR1420041010050500013M02606"),
        *("--holder", "Late", "--mandate", "M-1", "--signed", "2026-01-01"),
    )
    cli.ok(
        *("settings", "set", "seller-name=Host", "seller-iban=FR7630006000011234567890189"),
        "seller-creditor-id=FR72ZZZ123456",
    )
    (payment,) = cli.ok("payment", "list")["items"]
    return int(payment["id"])


EXPORT = ("payment", "export", "--kind", "bank", "--format", "sepa")


@pytest.mark.parametrize("fate", ["whole", "gone"])
def test_a_pending_payment_is_asked_for_once(busy: Cli, fate: str) -> None:
    """It counts as handed over, since it may have been, until its failure is recorded."""
    payment = with_a_debit(busy)
    backup, before = backed_up(busy), last(busy)
    assert busy(*EXPORT).status == 0
    if fate == "gone":
        lose(busy)
    restored(busy, backup, *said(before))
    (found,) = busy.ok("payment", "list")["items"]
    assert (found["id"], found["status"], found["exported_on"]) == (
        payment,
        "pending",
        busy.ok("status")["clock_on"],
    )
    assert busy(*EXPORT, "-o", "json", "--to", "/nowhere").status != 0
    refused = busy(*EXPORT, "--to", str(busy.store.with_name("a.xml")), "-o", "json").error()
    assert refused["code"] == "confirmation-needed"
    file = busy.store.with_name("debits.xml")
    busy.ok(*EXPORT, "--after-restore", "--to", str(file))
    assert not file.exists()
    busy.ok("payment", "fail", str(payment), "--reason", "AM04")
    assert busy("store", "check").status == 0


def test_a_payment_that_was_never_handed_over_goes_with_the_next_file(busy: Cli) -> None:
    """The lost store proves that nobody was asked for it."""
    payment = with_a_debit(busy)
    backup = backed_up(busy)
    busy.ok(*ORDER)
    restored(busy, backup)
    file = busy.store.with_name("debits.xml")
    busy.ok(*EXPORT, "--after-restore", "--to", str(file))
    assert f"payment-{payment}-1" in file.read_text()


def test_files_for_the_bank_have_ids_that_no_lost_file_had(busy: Cli) -> None:
    """A bank refuses a second file of the same id, or takes it for the first."""
    with_a_debit(busy)
    backup = backed_up(busy)
    first = busy(*EXPORT).out
    restored(busy, backup)
    (payment,) = busy.ok("payment", "list")["items"]
    busy.ok("payment", "fail", str(payment["id"]), "--reason", "AM04")
    busy.ok("tick", "--days", "5", "--after-restore")
    second = busy(*EXPORT, "--after-restore").out

    def id_of(text: str) -> str:
        return text.partition("<MsgId>")[2].partition("<")[0]

    assert (id_of(first), id_of(second)) == ("mailctl-file-1", "mailctl-file-2")
    assert "payment-1-1" in first
    assert "payment-1-2" in second


def test_letters_that_the_lost_store_proves_are_sent_count_as_sent(busy: Cli) -> None:
    """Nobody is written to twice; what was queued after the backup is named."""
    backup = backed_up(busy)
    unsent = rows(busy.store, "SELECT id FROM notice WHERE sent_at IS NULL ORDER BY id")
    sent = int(unsent[0][0])
    assert rows(busy.store, "SELECT count(*) FROM notice WHERE sent_at IS NOT NULL") == [(0,)]
    from tests.restoring import send_one

    send_one(busy, sent)
    done = restored(busy, backup)
    shown = busy.ok("notice", "show", str(sent))
    assert (bool(shown["sent_at"]), shown["body"]) == (True, "said")
    assert f"notice/{sent}" not in [step["subject"] for step in done["steps"]]
    assert busy("store", "check").status == 0


def test_what_was_recorded_since_is_named_with_the_command_that_enters_it(busy: Cli) -> None:
    """Money first: without it everybody who paid would be asked for it again."""
    backup = backed_up(busy)
    busy.ok("prepaid", "credit", "bolt", "42.50", "--received", "--reference", "B-7")
    steps = restored(busy, backup)["steps"]
    kinds = [step["kind"] for step in steps]
    assert kinds[0] == "money"
    assert kinds[-2:] == ["tick", "export"]
    (bolt,) = [step for step in steps if step["subject"] == "customer/bolt"]
    assert "prepaid credit bolt 42.50 --received --reference B-7" in bolt["command"]
    busy.ok(*bolt["command"].split()[1:])


def test_the_list_of_what_to_do_is_numbered_with_each_command_on_a_line(busy: Cli) -> None:
    """So that it is ticked off in its order, and a command is copied whole."""
    backup = backed_up(busy)
    said = busy("store", "restore", str(backup), "--confirm", str(busy.store)).out
    listed = said.partition("What is to do, in this order:\n")[2].splitlines()
    numbers = [line.partition(". ")[0] for line in listed if line[0].isdigit()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert any(line.startswith("   mailctl ") and "tick --after-restore" in line for line in listed)


@pytest.mark.files_only("the name that it is kept under")
def test_the_replaced_store_says_what_it_was_and_is_read_only(busy: Cli) -> None:
    """Not that somebody moved it: at night nobody should have to guess what it is."""
    kept = Cli(Path(restored(busy, backed_up(busy))["replaced"]))
    read = kept("account", "list")
    assert read.status == 0
    assert f"was the store at {busy.store} until a backup took its place at" in read.err
    refused = kept("prepaid", "credit", "bolt", "10")
    assert (refused.status, "takes no changes" in refused.err) == (10, True)
    assert "store restore --help" in refused.err


@pytest.mark.files_only("processes that have it open")
def test_somebody_who_reads_the_store_is_waited_for_and_named(busy: Cli) -> None:
    """Nothing is replaced under a program that has it open."""
    backup = backed_up(busy)
    before = image(busy.store)
    with closing(sqlite3.connect(busy.store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM customer").fetchone()
        refused = busy.process(
            *("--wait", "0", "store", "restore", str(backup), "--confirm", str(busy.store))
        )
        assert refused.status == 75
        assert f"process {os.getpid()}" in refused.err
    assert image(busy.store) == before


@pytest.mark.files_only("a file beside it says who was erased")
def test_who_was_erased_since_is_erased_again(busy: Cli) -> None:
    """The file `erased` beside the store says so; of somebody who is still open it is said."""
    busy.ok("platform", "add", "gone-pro", "--customer", "bolt", "--offer", "email-pro")
    busy.ok("customer", "add", "leaver", "--name", "Lena Leaver", "--email", "lena@leaver.example")
    backup = backed_up(busy)
    busy.ok("customer", "close", "leaver", "-y")
    busy.ok("customer", "erase", "leaver", "--confirm", "leaver")
    done = restored(busy, backup)
    assert busy.ok("customer", "show", "leaver")["state"] == "erased"
    erased = [step for step in done["steps"] if step["subject"] == "customer/leaver"]
    assert "is erased again" in erased[0]["message"]
    assert b"Leaver" not in busy.store.read_bytes()
    assert busy("store", "check").status == 0


def test_who_was_erased_and_is_in_debt_in_the_backup_is_named(busy: Cli) -> None:
    """Nobody with open invoices is erased by itself: a person ends it."""
    backup = backed_up(busy)
    debt = -busy.ok("customer", "show", "late")["balance_cents"]
    busy.ok("prepaid", "credit", "late", f"{debt / 100:.2f}", "--received")
    busy.ok("platform", "cancel", "late-pro", "-y")
    busy.ok("tick", "--days", "80")
    busy.ok("task", "done", "--until", "2026-12-31", "-y")
    assert busy("customer", "close", "late", "-y").status == 0
    busy.ok("customer", "erase", "late", "--confirm", "late")
    done = restored(busy, backup)
    assert busy.ok("customer", "show", "late")["state"] == "open"
    (step,) = [
        one
        for one in done["steps"]
        if (one["kind"], one["subject"]) == ("erasure", "customer/late")
    ]
    assert "must be erased again" in step["message"]
    assert step["command"].endswith("customer close late")


def test_a_lost_store_that_is_whole_says_who_was_erased(busy: Cli) -> None:
    """The file `erased` is gone, the store that is replaced is not."""
    busy.ok("customer", "add", "leaver", "--name", "Lena Leaver", "--email", "lena@leaver.example")
    backup = backed_up(busy)
    busy.ok("customer", "close", "leaver", "-y")
    busy.ok("customer", "erase", "leaver", "--confirm", "leaver")
    busy.store.with_name("erased").unlink(missing_ok=True)
    restored(busy, backup)
    assert busy.ok("customer", "show", "leaver")["state"] == "erased"


def test_where_no_file_says_who_was_erased_that_is_said(busy: Cli) -> None:
    """Whoever was erased after the backup must be erased again by hand."""
    steps = restored(busy, backed_up(busy))["steps"]
    assert "no file `erased`" in " ".join(one["message"] for one in steps)


def of_kind(done: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The steps of a kind that a restore leaves."""
    return [step for step in done["steps"] if step["kind"] == kind]


def test_a_try_that_failed_since_is_recorded_again_and_the_next_is_asked_for(busy: Cli) -> None:
    """It was handed over before the backup; nobody was asked for the next try yet."""
    payment = str(with_a_debit(busy))
    busy.ok(*EXPORT, "--to", str(busy.store.with_name("first.xml")))
    backup = backed_up(busy)
    busy.ok("payment", "fail", payment, "--reason", "AM04")
    (step,) = of_kind(restored(busy, backup), "payment")
    assert step["command"] == f"mailctl payment fail {payment} --reason AM04"
    busy.ok(*split(step["command"])[1:])
    assert busy.ok("payment", "list")["items"][0]["tries"] == 1
    busy.ok("tick", "--days", "2", "--after-restore")
    second = busy.store.with_name("second.xml")
    busy.ok(*EXPORT, "--to", str(second), "--after-restore")
    assert f"payment-{payment}-2" in second.read_text()
    assert busy("store", "check").status == 0


def test_a_payment_that_was_cancelled_since_is_not_asked_for(busy: Cli) -> None:
    """The money that came otherwise is entered again, and it is cancelled again, as it was."""
    with_a_debit(busy)
    backup = backed_up(busy)
    busy.ok("prepaid", "credit", "late", "100", "--received", "--reference", "Z")
    assert busy.ok("payment", "list")["items"][0]["status"] == "cancelled"
    done = restored(busy, backup)
    assert "was cancelled before anybody was asked" in of_kind(done, "payment")[0]["message"]
    for step in of_kind(done, "money")[1:]:
        busy.ok(*split(step["command"])[1:])
    assert busy.ok("payment", "list")["items"][0]["status"] == "cancelled"
    assert busy("store", "check").status == 0


def test_money_that_went_out_since_is_named_too(busy: Cli) -> None:
    """Refunded, taken back by the bank, or entered wrongly: each with the command that enters it.

    What came and was reversed since is not among what came.
    """
    payment = str(with_a_debit(busy))
    busy.ok(*EXPORT, "--to", str(busy.store.with_name("first.xml")))
    busy.ok("payment", "settle", payment)
    busy.ok("prepaid", "credit", "bolt", "7", "--received", "--reference", "B-1")
    backup = backed_up(busy)
    busy.ok("payment", "return", payment, "--reason", "AM04")
    busy.ok("prepaid", "refund", "acme", "50", "--reason", "good will", "-y")
    seq = busy.ok("prepaid", "statement", "bolt")["items"][-1]["seq"]
    busy.ok("prepaid", "reverse", "bolt", str(seq), "--reason", "typo", "-y")
    busy.ok("prepaid", "credit", "slow", "3", "--received", "--reference", "S-1")
    seq = busy.ok("prepaid", "statement", "slow")["items"][-1]["seq"]
    busy.ok("prepaid", "reverse", "slow", str(seq), "--reason", "typo", "-y")
    balances = [(one["id"], one["balance_cents"]) for one in busy.ok("customer", "list")["items"]]
    _, *steps = of_kind(restored(busy, backup), "money")
    assert len(steps) == 3
    for step in steps:
        busy.ok(*split(step["command"])[1:], "-y")
    assert balances == [
        (one["id"], one["balance_cents"]) for one in busy.ok("customer", "list")["items"]
    ]
    assert busy("store", "check").status == 0


def test_money_of_a_debit_that_the_backup_does_not_know_is_named(busy: Cli) -> None:
    """It arose and was paid since: it came, so nobody waits for the bank's answer."""
    backup = backed_up(busy)
    payment = str(with_a_debit(busy))
    busy.ok(*EXPORT, "--to", str(busy.store.with_name("first.xml")))
    done = busy.ok("store", "restore", str(backup), "--dry-run")
    assert f"payment-{payment}-1" in of_kind(done, "debit")[0]["message"]
    busy.ok("payment", "settle", payment, "--reference", "CAMT-1")
    done = restored(busy, backup)
    assert of_kind(done, "debit") == []
    (step,) = of_kind(done, "money")[1:]
    assert step["command"].endswith("late 1.91 --received --reference CAMT-1")


def test_what_was_changed_since_is_to_be_read_in_the_replaced_store(busy: Cli) -> None:
    """Nobody ordered anything, but somebody cancelled: the journal of that store says so."""
    backup = backed_up(busy)
    busy.ok("account", "renew", "1", "--mode", "none", "-y")
    (step,) = of_kind(restored(busy, backup), "order")
    told = step["message"].partition("mailctl ")[2]
    (old,) = kept(busy)
    assert str(old) in told
    (row,) = busy.ok(*split(told))["items"]
    assert row["subject"] == "account/1"


@pytest.mark.files_only("a file beside it says who was erased")
def test_whoever_the_backup_does_not_know_needs_no_erasure(busy: Cli) -> None:
    """A customer who came and was erased after it; somebody else may have the id now."""
    backup = backed_up(busy)
    busy.ok("customer", "add", "zed", "--name", "Zed", "--email", "zed@zed.example")
    busy.ok("customer", "close", "zed", "-y")
    busy.ok("customer", "erase", "zed", "--confirm", "zed")
    assert of_kind(restored(busy, backup), "erasure") == []
    busy.ok("customer", "add", "zed", "--name", "Another", "--email", "zed@other.example")
    again, before = backed_up(busy, "again.db"), last(busy)
    lose(busy)
    assert of_kind(restored(busy, again, *said(before)), "erasure") == []
    assert busy.ok("customer", "show", "zed")["name"] == "Another"


@pytest.mark.files_only("a file beside it says who was erased")
def test_whoever_is_closed_already_and_cannot_be_erased_yet_is_named(busy: Cli) -> None:
    """The mail server still has tasks of the backup: erasing is what is left to do."""
    busy.ok("platform", "cancel", "late-pro", "-y")
    busy.ok("prepaid", "credit", "late", "100", "--received")
    busy.ok("tick", "--days", "80")
    left = f"{busy.ok('customer', 'show', 'late')['balance_cents'] / 100:.2f}"
    busy.ok("prepaid", "refund", "late", left, "--reason", "end", "-y")
    busy.ok("customer", "close", "late", "-y")
    backup = backed_up(busy)
    busy.ok("task", "done", "--until", "2026-12-31", "-y")
    busy.ok("customer", "erase", "late", "--confirm", "late")
    before = last(busy)
    lose(busy)
    (step,) = of_kind(restored(busy, backup, *said(before)), "erasure")
    assert step["command"] == "mailctl customer erase late"
    assert "still has tasks" in step["message"]


def test_the_first_tick_deletes_no_mailbox_that_may_have_been_reopened_since(busy: Cli) -> None:
    """Suspended in the backup, paid again since, and nobody knows: there is a week to find out."""
    backup, before = backed_up(busy), last(busy)
    busy.ok("account", "reopen", "7", "-y")
    day = busy.ok("tick", "--days", "30")["to_on"]
    assert busy.ok("account", "show", "7")["state"] == "active"
    restored(busy, backup, *said(before + 20))
    assert busy.ok("account", "show", "7")["deletes_on"] < day
    would = busy("tick", "--dry-run").out
    assert "deleted" not in would
    soon = date.fromisoformat(day) + timedelta(days=7)
    coming_months = busy.ok("forecast", "--until", str(soon))["months"]
    assert sum(month["deletions"] for month in coming_months) == 0
    busy.ok("tick", "--after-restore")
    found = busy.ok("account", "show", "7")
    week = date.fromisoformat(day) + timedelta(days=8)
    assert (found["state"], found["deletes_on"]) == ("suspended", week.isoformat())
    assert "restored from a backup" in busy("account", "explain", "7").out
    coming = [one for one in busy.ok("notice", "list")["items"] if one["kind"] == "deletion-coming"]
    assert coming[-1]["queued_on"] == busy.ok("status")["clock_on"]
    busy.ok("tick", "--days", "7")
    assert busy.ok("account", "show", "7")["state"] == "deleted"
    assert busy("store", "check").status == 0
