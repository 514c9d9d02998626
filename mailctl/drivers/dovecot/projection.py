"""The file that Dovecot and Postfix read: which mailboxes there are, and what each does.

It is SQLite's, with its log (WAL) beside it, so that a log-in never waits for a change. It has
nothing of money, and can be made again from the books by `mailctl task reconcile --mend`, but for
the passwords.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mailctl.drivers.protocol import MailboxState
from mailctl.values import Value

APPLICATION_ID = 0x6D644276
"""In the file's header: it is of mailctl's driver of Dovecot."""
VERSION = 1
WAITS_SECONDS = 10.0
_MODE = 0o640
_OTHERS = 0o007

# The views are what the configurations of Dovecot and Postfix read. In `user` no name has a capital
# letter or an @: Dovecot makes names small, and an address must never be taken for a name.
_SCHEMA = f"""
    CREATE TABLE mailbox (
        name TEXT PRIMARY KEY,
        user TEXT NOT NULL UNIQUE,
        address TEXT UNIQUE,
        wire_address TEXT UNIQUE,
        domain TEXT,
        hash TEXT,
        state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'gone')),
        gone_at INTEGER,
        CHECK ((state = 'gone') = (gone_at IS NOT NULL)),
        CHECK (state <> 'gone' OR (address IS NULL AND hash IS NULL))
    ) STRICT;

    CREATE INDEX mailbox_domain ON mailbox (domain);

    CREATE INDEX mailbox_gone ON mailbox (gone_at) WHERE gone_at IS NOT NULL;

    CREATE VIEW delivery AS
    SELECT user, address, wire_address, domain, name AS home
    FROM mailbox
    WHERE state <> 'gone';

    CREATE VIEW login AS
    SELECT
        user, address, wire_address,
        CASE WHEN substr(hash, 1, 1) = '{{' THEN hash ELSE '{{ARGON2ID}}' || hash END AS password,
        CASE WHEN state = 'suspended' THEN 'y' END AS nologin
    FROM mailbox
    WHERE state <> 'gone' AND hash IS NOT NULL;

    PRAGMA application_id = {APPLICATION_ID};
    PRAGMA user_version = {VERSION};
"""


UNUSABLE = sqlite3.Error
"""What is raised where the file cannot be read or written now."""


class ProjectionError(Exception):
    """The file cannot be used; its text says why."""


class Mailbox(Value, unshown=("hash",)):
    """A mailbox as Dovecot knows it; `gone_at` is when it was wiped, in seconds since 1970."""

    name: str
    user: str
    address: str | None
    hash: str | None
    state: str
    gone_at: int | None

    @property
    def is_there(self) -> bool:
        """Whether it was not wiped."""
        return self.state != "gone"

    @property
    def as_told(self) -> Mapping[str, object]:
        """It as the protocol tells of it."""
        return {"mailbox": self.name, "address": self.address, "state": self.state}


_READ = "SELECT name, user, address, hash, state, gone_at FROM mailbox"


class Projection:
    """The open file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def mailbox(self, name: str) -> Mailbox | None:
        """The mailbox of a name, also one that was wiped."""
        return next(self._mailboxes(f"{_READ} WHERE name = :name", name=name), None)

    def holder(self, address: str) -> Mailbox | None:
        """The mailbox that has an address."""
        sql = f"{_READ} WHERE address = :address OR wire_address = :wire"
        return next(self._mailboxes(sql, address=address, wire=wire_address(address)), None)

    def after(self, name: str) -> Iterator[Mailbox]:
        """The mailboxes after a name, in the order of the bytes of their names."""
        return self._mailboxes(
            f"{_READ} WHERE name > :name AND state <> 'gone' ORDER BY name", name=name
        )

    def gone_since(self, seconds: int) -> list[Mailbox]:
        """What was wiped since then."""
        return list(self._mailboxes(f"{_READ} WHERE gone_at >= :since", since=seconds))

    def inside(self, name: str) -> Mailbox | None:
        """A mailbox whose home is inside that of another."""
        sql = f"""
            {_READ}
            WHERE state <> 'gone' AND substr(name, 1, length(:name) + 1) = :name || '/'
            LIMIT 1
        """
        return next(self._mailboxes(sql, name=name), None)

    def put(self, mailbox: Mailbox) -> None:
        """Have a mailbox as it is given, durably."""
        wire = wire_address(mailbox.address) if mailbox.address else None
        with self._written():
            self._connection.execute(
                """
                INSERT INTO mailbox
                    (name, user, address, wire_address, domain, hash, state, gone_at)
                VALUES (:name, :user, :address, :wire, :domain, :hash, :state, :gone_at)
                ON CONFLICT (name) DO UPDATE SET
                    address = excluded.address, wire_address = excluded.wire_address,
                    domain = excluded.domain, hash = excluded.hash, state = excluded.state,
                    gone_at = excluded.gone_at
                """,
                {
                    "name": mailbox.name,
                    "user": mailbox.user,
                    "address": mailbox.address,
                    "wire": wire,
                    "domain": wire.rpartition("@")[2] if wire else None,
                    "hash": mailbox.hash,
                    "state": mailbox.state,
                    "gone_at": mailbox.gone_at,
                },
            )

    @contextmanager
    def _written(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _mailboxes(self, sql: str, **values: object) -> Iterator[Mailbox]:
        for name, user, address, hash, state, gone_at in self._connection.execute(sql, values):
            yield Mailbox(
                name=name, user=user, address=address, hash=hash, state=state, gone_at=gone_at
            )


def opened(path: Path) -> Projection:
    """The file, made where there is none; ProjectionError, UNUSABLE."""
    _be_private(path)
    connection = sqlite3.connect(path, timeout=WAITS_SECONDS, isolation_level=None)
    application, version = _marks(connection, path)
    if not application and not version:
        _make(connection, path)
    elif application != APPLICATION_ID:
        raise ProjectionError(f"{path} is a file of another program")
    elif version > VERSION:
        raise ProjectionError(f"{path} is of a newer mailctl (version {version}, here {VERSION})")
    # What was answered with `done` is there after a power cut too.
    connection.execute("PRAGMA synchronous = FULL")
    return Projection(connection)


def new_mailbox(name: str, address: str | None) -> Mailbox:
    """A mailbox that accepts mail and that nobody can log in to yet."""
    return Mailbox(
        name=name,
        user=user_of(name),
        address=address,
        hash=None,
        state=MailboxState.ACTIVE.value,
        gone_at=None,
    )


def user_of(name: str) -> str:
    """What Dovecot calls the user of a mailbox: `mailbox.42`."""
    signs = (
        chr(byte) if chr(byte) in "abcdefghijklmnopqrstuvwxyz0123456789._-" else f"={byte:02x}"
        for byte in name.encode()
    )
    return "mailbox." + "".join(signs)


def wire_address(address: str) -> str:
    """An address as mail servers send it: a domain beyond ASCII in its xn-- form."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    import idna

    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return address


def _be_private(path: Path) -> None:
    """Have the file, which others than its group may not read."""
    folder = path.parent
    if not folder.is_dir():
        raise ProjectionError(f"there is no folder {folder}")
    try:
        flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        number = os.open(path, flags, _MODE)
    except OSError as error:
        raise ProjectionError(f"{path} cannot be opened: {error.strerror}") from None
    # It is closed before SQLite locks it: closing releases every lock that a process has.
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise ProjectionError(f"{path} is no ordinary file")
        if os.geteuid() == 0 and found.st_size == 0 and found.st_nlink == 1:
            # Made by an administrator: it must be mailctl's user's all the same.
            os.fchown(number, folder.stat().st_uid, folder.stat().st_gid)
        mode = os.fstat(number).st_mode & 0o777
        if mode & _OTHERS or mode & _MODE != _MODE:
            os.fchmod(number, (mode | _MODE) & ~_OTHERS)
    except OSError as error:
        raise ProjectionError(f"{path} is open to others: {error.strerror}") from None
    finally:
        os.close(number)


def _marks(connection: sqlite3.Connection, path: Path) -> tuple[int, int]:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise ProjectionError(f"{path} is no SQLite file: {error}") from None
    if tables and not application:
        raise ProjectionError(f"{path} is a file of another program")
    return application, version


def _make(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, all or none; two drivers at once make them once."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not any(_marks(connection, path)):
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
