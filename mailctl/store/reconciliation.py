"""What the books want of each mailbox, and tasks that bring the mail server there (rules 16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from mailctl.domain.differences import Comparison, Difference
from mailctl.store import adoptions
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import TempTable
from mailctl.values import Value


class Wanted(Value):
    """What a mailbox shall be once all that waits is done; without an address it shall be gone.

    `is_unfinished` if something that changes it is still to be done.
    """

    mailbox: str
    account: int
    customer: str
    address: str | None
    state: str
    is_locked: bool
    is_unfinished: bool

    @property
    def is_gone(self) -> bool:
        """Whether the books have given it up."""
        return self.state == "deleted" or self.address is None

    @property
    def is_suspended(self) -> bool:
        """Whether log-in shall be refused."""
        return self.state == "suspended" or self.is_locked


# A failed password, and a failed copy that was asked for by hand, change no mailbox.
_WANTED = """
    SELECT
        m.name AS mailbox, a.id AS account, c.slug AS customer, a.address, a.state,
        CASE WHEN k.account_id IS NULL THEN 0 ELSE 1 END AS is_locked,
        CASE
            WHEN EXISTS (
                SELECT 1
                FROM task t
                WHERE t.account_id = a.id
                    AND t.status IN ('todo', 'failed')
                    AND t.kind <> 'password'
                    AND NOT (t.kind = 'export' AND t.folder IS NOT NULL)
            ) THEN 1
            ELSE 0
        END AS is_unfinished
    FROM mailbox m
        CROSS JOIN account a
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
    LEFT JOIN account_lock k ON k.account_id = a.id
    WHERE a.id = m.account_id AND m.name > :after AND {upto}
    ORDER BY m.name
"""


def wanted(reader: Reader, after: str, upto: str | None) -> Iterator[Wanted]:
    """The mailboxes with names after one and up to another, in the order of their bytes."""
    limit = "1 = 1" if upto is None else "m.name <= :upto"
    parameters = {"after": after} if upto is None else {"after": after, "upto": upto}
    yield from reader.each(Wanted, _WANTED.format(upto=limit), parameters)


def unadopted_with(reader: Reader, addresses: Collection[str]) -> dict[str, int]:
    """By address the accounts whose mailboxes the driver does not look after yet."""
    if not addresses:
        return {}
    values: Mapping[str, object] = {f"a{n}": address for n, address in enumerate(addresses)}
    among = ", ".join(f":{name}" for name in values)
    return dict(
        reader.pairs(
            f"""
            SELECT a.address, a.id
            FROM account a
            WHERE a.deleted_on IS NULL
                AND a.address IN ({among})
                AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id)
            """,
            values,
        )
    )


def unadopted(reader: Reader) -> int:
    """How many accounts have an address, and no mailbox that the driver looks after."""
    return reader.number(
        """
        SELECT count(*)
        FROM account a
        WHERE a.deleted_on IS NULL
            AND a.address IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id)
        """
    )


def last_row(reader: Reader) -> int:
    """The last row of the journal: what happens later is after it."""
    return reader.number("SELECT coalesce(max(seq), 0) FROM journal")


def still_true(reader: Reader, found: Comparison) -> list[Difference]:
    """What differs of accounts to which nothing has happened since the comparison began."""
    subjects = reader.texts(
        """
        SELECT DISTINCT subject
        FROM journal
        WHERE seq > :row AND substr(subject, 1, 8) = 'account/'
        """,
        {"row": found.row},
    )
    changed = {int(subject.partition("/")[2]) for subject in subjects}
    return [one for one in found.differences if one.account not in changed]


class Mend(Value):
    """What is asked to mend an account's mailbox; without a kind all of it is made anew.

    `old_address` is that of a rename: the one that the mailbox has on the server. One that
    `is_without_address` takes it away.
    """

    account: int
    kind: str | None
    old_address: str | None = None
    is_without_address: bool = False


def ask_to_mend(transaction: Transaction, mends: Iterable[Mend]) -> None:
    """Ask the mail server to make mailboxes as the books want each of them."""
    columns = """
        position INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, kind TEXT, old TEXT,
        without_address INTEGER NOT NULL
    """
    with TempTable(transaction, "mend", columns) as asked:
        rows = [
            (n, one.account, one.kind, one.old_address, int(one.is_without_address))
            for n, one in enumerate(mends)
        ]
        names = ("position", "account_id", "kind", "old", "without_address")
        transaction.add_rows(str(asked), names, rows)
        transaction.execute(
            f"""
            INSERT INTO task (id, account_id, kind, address, old_address, mends, asked_on)
            SELECT
                :last + row_number() OVER (ORDER BY s.position), a.id, s.kind,
                CASE WHEN s.without_address = 0 THEN a.address END, s.old, 1, :today
            FROM {asked} s
            CROSS JOIN account a
            WHERE a.id = s.account_id AND s.kind IS NOT NULL
            ORDER BY s.position
            """,
            {"last": transaction.last_key("task")},
        )
        with TempTable(transaction, "made_anew", "account_id INTEGER PRIMARY KEY") as anew:
            anew.fill(f"SELECT DISTINCT account_id FROM {asked} WHERE kind IS NULL")
            adoptions.ask_anew(transaction, str(anew), mends=True)
