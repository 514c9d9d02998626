"""Files that others planted where mailctl writes, and folders in which others exchange them.

Nothing is written through a link or over what mailctl did not make, no pipe makes it wait, and what
it makes is its owner's alone, whatever the umask.
"""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import split

import pytest

from mailctl import write_access
from mailctl.cli.render import new_files, report_files
from mailctl.drivers.dovecot import projection
from mailctl.errors import AlreadyExistsError
from mailctl.secret_files import first_line
from mailctl.store.engine import drafts
from tests.helpers import Cli, environment
from tests.store.plain import opened

BACKUP = "store backup {place}"
BOOKS = "export books --format hledger --to {place}"
INVOICE = "invoice render 2026-000001 --format pdf --to {place}"
WRITING = (
    BACKUP,
    "payment export --kind card --format csv --to {place}",
    "report page {place}",
    "report calendar {place}",
    "store copy {store} {place} --keep",
    "demo --keep {place}",
    "--store {place} init",
    "journal head --to {place}",
    BOOKS,
    INVOICE,
)
LONGEST = 120
STRANGER = 4321


@pytest.fixture(autouse=True)
def not_waiting() -> Iterator[None]:
    """What waits for a pipe's other end fails instead of hanging."""
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)


@pytest.fixture
def charged(busy: Cli) -> Cli:
    """The busy host, with a payment by card to be exported."""
    card = "method add card late --token tok_77 --brand Visa --last4 4242 --expires 2028-09"
    busy.ok(*split(card))
    return busy


def link(place: Path, victim: Path) -> None:
    place.symlink_to(victim)


def lost_link(place: Path, victim: Path) -> None:
    place.symlink_to(victim.with_name("nowhere"))


def second_name(place: Path, victim: Path) -> None:
    place.hardlink_to(victim)


def pipe(place: Path, _: Path) -> None:
    os.mkfifo(place, 0o666)


def endless(place: Path, _: Path) -> None:
    place.symlink_to("/dev/zero")


def folder(place: Path, _: Path) -> None:
    place.mkdir()


def mailbox(place: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))


@pytest.mark.files_only("files are planted")
@pytest.mark.parametrize("command", WRITING)
def test_nothing_is_written_where_something_was_planted(
    command: str, charged: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, second names, pipes, devices, sockets, folders: refused, and left as they are."""
    monkeypatch.chdir(tmp_path)
    victim = tmp_path / "victim"
    victim.write_text("as it was\n")
    for plant in (link, lost_link, second_name, pipe, endless, folder, mailbox):
        if command in (BACKUP, BOOKS, INVOICE) and plant is folder:
            continue  # it goes into a folder that is there
        place = tmp_path / f"place-{plant.__name__}"
        plant(place, victim)
        before = place.lstat()
        refused = charged(*split(command.format(place=place.name, store=charged.store)))
        assert refused.status in (1, 2, 10, 74), (plant, refused)
        assert refused.err.startswith("error: "), (plant, refused)
        after = place.lstat()
        assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode), plant
        assert victim.read_text() == "as it was\n", plant
        assert not victim.with_name("nowhere").exists(), plant
    assert not [one for one in tmp_path.iterdir() if ".draft-" in one.name]


@pytest.fixture
def exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Callable[[], None]]:
    """A victim, and what puts a link to it in the place of every draft beside it."""
    victim = tmp_path / "victim"
    victim.write_text("as it was\n")

    def exchange() -> None:
        (draft,) = tmp_path.glob(".*.draft-*")
        draft.unlink()
        draft.symlink_to(victim)

    return victim, exchange


def test_a_link_that_takes_a_drafts_place_gets_nothing(
    exchanged: tuple[Path, Callable[[], None]], tmp_path: Path
) -> None:
    """In a folder that others may write: what is written goes into the file that was made."""
    victim, exchange = exchanged
    with new_files.prepared(str(tmp_path / "debits.xml")) as write:
        exchange()
        write("secret")
    assert victim.read_text() == "as it was\n"


def test_a_link_that_takes_the_place_of_a_reports_draft_gets_nothing(
    exchanged: tuple[Path, Callable[[], None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where a report of the night before is replaced."""
    victim, exchange = exchanged
    fill = drafts.fill

    def late(number: int, content: bytes) -> None:
        exchange()
        fill(number, content)

    monkeypatch.setattr(drafts, "fill", late)
    report_files.replace(tmp_path / "page.html", b"secret", marker=b"secret")
    assert victim.read_text() == "as it was\n"


def test_what_takes_a_files_name_at_the_last_moment_stays(
    exchanged: tuple[Path, Callable[[], None]], tmp_path: Path
) -> None:
    """Between the look and the writing: the file is refused, not written over."""
    victim, _ = exchanged
    place = tmp_path / "debits.xml"
    with new_files.prepared(str(place)) as write:
        place.symlink_to(victim)
        with pytest.raises(AlreadyExistsError):
            write("secret")
    assert place.readlink() == victim
    assert victim.read_text() == "as it was\n"


def test_a_link_in_the_place_of_dovecots_file_is_not_followed(tmp_path: Path) -> None:
    """Root would give an empty file of the system to whoever owns the folder."""
    victim = tmp_path / "victim"
    victim.touch(0o644)
    victim.chmod(0o644)
    place = tmp_path / "dovecot.db"
    for plant in (link, pipe):
        plant(place, victim)
        with pytest.raises(projection.ProjectionError):
            projection.opened(place)
        place.unlink()
    assert stat.S_IMODE(victim.stat().st_mode) == 0o644


def test_a_secret_is_not_read_where_others_could_replace_it(tmp_path: Path) -> None:
    """By a link to another file of its owner, whose first line would be sent to the mail server."""
    shared = tmp_path / "shared"
    shared.mkdir()
    secret = shared / "password"
    secret.write_text("word\n")
    secret.chmod(0o600)

    def unfit(why: str, _: str | None) -> ValueError:
        return ValueError(why)

    assert first_line(secret, unfit) == "word"
    shared.chmod(0o777)
    with pytest.raises(ValueError, match=r"could be replaced: the folder .* by everybody"):
        first_line(secret, unfit)
    shared.chmod(0o1777)
    assert first_line(secret, unfit) == "word"


@pytest.mark.files_only("files have modes")
def test_whatever_the_umask_files_are_their_owners_alone(charged: Cli, tmp_path: Path) -> None:
    """Every file is 0600 and every folder 0700, from the first moment on."""
    made = tmp_path / "made"
    made.mkdir(mode=0o700)
    commands = (
        f"--store {made}/new/mailctl.db init",
        f"demo --keep {made}/demo.db",
        f"payment export --kind card --format csv --to {made}/cards.csv",
        f"report page {made}/page.html",
        f"report calendar {made}/all.ics",
        f"store copy {charged.store} {made}/copy.db --keep",
        "tick --days 1",
    )
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", *split(command)],
            env=environment(charged.store) | {"PYTHONPATH": str(_home())},
            capture_output=True,
            check=False,
            umask=0,
        )
        assert done.returncode == 0, (command, done.stderr)
    found = {path: stat.S_IMODE(path.lstat().st_mode) for path in made.rglob("*")}
    assert len(found) >= len(commands)
    assert {path.name: oct(mode) for path, mode in found.items() if mode & 0o077} == {}
    for path in charged.store.parent.iterdir():
        if path.name.startswith(charged.store.name):
            assert not path.stat().st_mode & 0o077, path


@pytest.mark.files_only("files have owners")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_does_on_a_store_leaves_it_to_its_owner(charged: Cli) -> None:
    """A tick of root's cron, with a reader who keeps the log open, and a backup."""
    folder = charged.store.parent
    for path in (folder, *folder.glob(f"{charged.store.name}*")):
        os.chown(path, STRANGER, STRANGER)
    with opened(charged.store) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM customer").fetchone()
        charged.ok("tick", "--days", "1")
        charged.ok("store", "backup", str(folder / "mailctl.db.backup"))
        found = {path.name: path.stat().st_uid for path in folder.glob(f"{charged.store.name}*")}
        reader.execute("ROLLBACK")
    assert {"mailctl.db", "mailctl.db-wal", "mailctl.db-shm", "mailctl.db.backup"} <= set(found)
    assert set(found.values()) == {STRANGER}


@pytest.mark.files_only("files have owners")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("is_there", [True, False])
def test_what_root_restores_belongs_to_whom_the_store_did(*, is_there: bool, charged: Cli) -> None:
    """The store's owner, or where it is gone that of its folder."""
    backup = charged.store.with_name("backup.db")
    charged.ok("store", "backup", str(backup))
    for path in (charged.store.parent, *charged.store.parent.glob("*")):
        os.chown(path, STRANGER, STRANGER)
    given = ["--confirm", str(charged.store)]
    if not is_there:
        charged.store.unlink()
        given += ["--last-invoice", "2026-000100", "--last-credit-note", "AV2026-000000"]
    charged.ok("store", "restore", str(backup), *given)
    charged.ok("tick", "--days", "1", "--after-restore")
    owners = {path.name: path.stat().st_uid for path in charged.store.parent.glob("mailctl.db*")}
    if not is_there:
        # From which ids the next restore goes on, of which the owner may be the one who does it.
        owners["restored"] = charged.store.with_name("restored").stat().st_uid
    assert set(owners.values()) == {STRANGER}


@pytest.mark.files_only("files have owners")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_gives_nothing_away_that_took_a_drafts_place(
    charged: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder of the store's owner: a second name of another's file stays what it was."""
    victim = tmp_path / "victim"
    victim.write_text("as it was\n")
    backup = charged.store.with_name("backup.db")
    charged.ok("store", "backup", str(backup))
    for path in (charged.store.parent, *charged.store.parent.glob("mailctl.db*")):
        os.chown(path, STRANGER, STRANGER)
    open_draft = drafts.open_draft

    @contextmanager
    def exchanged(path: Path) -> Iterator[tuple[Path, int]]:
        with open_draft(path) as (draft, number):
            draft.unlink()
            draft.hardlink_to(victim)
            yield draft, number

    monkeypatch.setattr(drafts, "open_draft", exchanged)
    for command in (
        ("store", "restore", str(backup), "--confirm", str(charged.store)),
        ("store", "backup", str(backup.with_name("other.db"))),
    ):
        assert charged(*command).status
        assert (victim.read_text(), victim.stat().st_uid) == ("as it was\n", os.geteuid()), command


def _home() -> Path:
    return Path(write_access.__file__).parent.parent
