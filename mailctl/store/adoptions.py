"""Mailboxes that were on the mail server before the driver was, and whose they are (rules 16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Self

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.mailboxes import USUAL_NAME
from mailctl.store.temp_tables import TempTable
from mailctl.values import Value


class Mailbox(Value):
    """What the driver calls the mailbox of an account."""

    account: int
    name: str


class Adopted(Value):
    """An account with what the driver calls its mailbox; without a name none is there yet."""

    account: int
    name: str | None


def known(
    reader: Reader, accounts: Collection[int], names: Collection[str]
) -> tuple[dict[int, str], dict[str, int]]:
    """The mailboxes of some accounts, and which accounts have some names of mailboxes."""
    of_accounts = _among(reader, "account_id", accounts)
    of_names = _among(reader, "name", names)
    return (
        {found.account: found.name for found in of_accounts},
        {found.name: found.account for found in of_names},
    )


def _among(reader: Reader, column: str, keys: Collection[int | str]) -> list[Mailbox]:
    if not keys:
        return []
    values: Mapping[str, object] = {f"k{n}": key for n, key in enumerate(keys)}
    among = ", ".join(f":{name}" for name in values)
    return reader.facts(
        Mailbox,
        f"SELECT account_id AS account, name FROM mailbox WHERE {column} IN ({among})",
        values,
    )


def has_tasks(reader: Reader, account: int) -> bool:
    """Whether anything is still asked of the mail server for an account."""
    return reader.exists(
        """
        SELECT 1
        FROM task
        WHERE account_id = :account AND status IN ('todo', 'failed')
        """,
        {"account": account},
    )


class _AdoptedSet(TempTable):
    """Accounts with the names of their mailboxes; without one none is there."""

    def __init__(self, transaction: Transaction, adopted: Iterable[Adopted]) -> None:
        super().__init__(
            transaction, "adopted_mailbox", "account_id INTEGER PRIMARY KEY, name TEXT"
        )
        self._adopted = adopted

    def __enter__(self) -> Self:
        super().__enter__()
        rows = [(one.account, one.name) for one in self._adopted]
        self.transaction.add_rows(self.name, ("account_id", "name"), rows)
        return self


def adopt(transaction: Transaction, adopted: Iterable[Adopted]) -> dict[int, str]:
    """Let the driver look after these mailboxes; the names of those that have yet to be made.

    Where the mailbox is there, its making is done. Where none is, it is asked for.
    """
    with _AdoptedSet(transaction, adopted) as mailboxes:
        transaction.execute(
            f"""
            INSERT INTO mailbox (account_id, name, since_on)
            SELECT account_id, name, :today
            FROM {mailboxes}
            WHERE name IS NOT NULL
            ORDER BY account_id
            """
        )
        # After those with names: none of them is taken.
        transaction.execute(
            f"""
            INSERT INTO mailbox (account_id, name, since_on)
            SELECT a.id, {USUAL_NAME}, :today
            FROM {mailboxes} s
            CROSS JOIN account a
            WHERE s.name IS NULL AND a.id = s.account_id
            ORDER BY a.id
            """
        )
        _note_made(transaction, mailboxes)
        _ask_to_make(transaction, mailboxes)
        return {
            found.account: found.name
            for found in transaction.facts(
                Mailbox,
                f"""
                SELECT m.account_id AS account, m.name
                FROM {mailboxes} s
                CROSS JOIN mailbox m
                WHERE s.name IS NULL AND m.account_id = s.account_id
                """,
            )
        }


def _note_made(transaction: Transaction, mailboxes: _AdoptedSet) -> None:
    """A mailbox that is there was made, whoever did it; one is made anew only after a wipe."""
    which = f"""
        FROM {mailboxes} s
        WHERE s.account_id = {{task}}.account_id
            AND s.name IS NOT NULL
            AND {{task}}.kind = 'create'
            AND {{task}}.status IN ('todo', 'failed')
            AND NOT EXISTS (
                SELECT 1
                FROM task w
                WHERE w.account_id = s.account_id
                    AND w.id < {{task}}.id
                    AND w.kind = 'wipe'
                    AND w.status IN ('todo', 'failed')
            )
    """
    transaction.record_each(
        "task-done",
        subject="'account/' || t.account_id",
        details="""'{"task":' || t.id || '}'""",
        source=f"FROM task t WHERE EXISTS (SELECT 1 {which.format(task='t')})",
        order_by="t.id",
    )
    transaction.execute(
        f"""
        UPDATE task
        SET status = 'done', tries = tries + 1, claimed_until = NULL, next_try_at = NULL,
            driver = NULL, reason = NULL
        WHERE status IN ('todo', 'failed')
            AND EXISTS (SELECT 1 {which.format(task="task")})
        """
    )


def _ask_to_make(transaction: Transaction, mailboxes: _AdoptedSet) -> None:
    """Ask for the mailboxes that are not there, unless they have been asked for last of all."""
    with TempTable(transaction, "mailbox_to_make", "account_id INTEGER PRIMARY KEY") as accounts:
        accounts.fill(
            f"""
            SELECT s.account_id
            FROM {mailboxes} s
            WHERE s.name IS NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM task t
                    WHERE t.account_id = s.account_id
                        AND t.kind = 'create'
                        AND t.status = 'todo'
                        AND NOT EXISTS (
                            SELECT 1
                            FROM task w
                            WHERE w.account_id = s.account_id AND w.kind = 'wipe' AND w.id > t.id
                        )
                )
            """
        )
        _skip(transaction, mailboxes, accounts)
        ask_anew(transaction, str(accounts), mends=False)


def _skip(transaction: Transaction, mailboxes: _AdoptedSet, accounts: TempTable) -> None:
    """Skip what was asked of mailboxes that are not there, even that they be gone.

    For `accounts` all is skipped: their mailboxes are asked for now. A mailbox that has the name
    which one gets is somebody else's, so it is neither emptied nor deleted.
    """
    skipped = f"""
        FROM task t
        JOIN {mailboxes} s ON s.account_id = t.account_id
        WHERE s.name IS NULL
            AND t.status IN ('todo', 'failed')
            AND (
                t.kind IN ('wipe', 'delete')
                OR t.account_id IN (SELECT account_id FROM {accounts})
            )
    """
    transaction.record_each(
        "task-skipped",
        subject="'account/' || t.account_id",
        details="""'{"kind":"' || t.kind || '","task":' || t.id || '}'""",
        source=skipped,
        order_by="t.id",
    )
    transaction.execute(
        f"""
        UPDATE task
        SET status = 'skipped', claimed_until = NULL, next_try_at = NULL,
            reason = 'no mailbox was there'
        WHERE id IN (SELECT t.id {skipped})
        """
    )


def ask_anew(transaction: Transaction, accounts: str, *, mends: bool) -> None:
    """Ask for the mailboxes of a set of accounts, with their passwords, as the books want them.

    With `mends` one that is there keeps its mail. Accounts that are blank or deleted have none.
    """
    transaction.execute(
        f"""
        INSERT INTO task (id, account_id, kind, address, mends, asked_on)
        SELECT
            :last + row_number() OVER (ORDER BY w.id, w.position), w.id, w.kind, w.address,
            CAST(:mends AS BIGINT), :today
        FROM (
            SELECT a.id, a.address, 'create' AS kind, 1 AS position
            FROM {accounts} s
            JOIN account a ON a.id = s.account_id
            WHERE a.state <> 'deleted' AND a.address IS NOT NULL
            UNION ALL
            SELECT a.id, a.address, 'password', 2
            FROM {accounts} s
            JOIN account a ON a.id = s.account_id
            JOIN mailbox_password h ON h.account_id = a.id
            WHERE a.state <> 'deleted' AND a.address IS NOT NULL
            UNION ALL
            SELECT a.id, a.address, 'suspend', 3
            FROM {accounts} s
            JOIN account a ON a.id = s.account_id
            LEFT JOIN account_lock k ON k.account_id = a.id
            WHERE a.address IS NOT NULL
                AND a.state <> 'deleted'
                AND (a.state = 'suspended' OR k.account_id IS NOT NULL)
        ) w
        ORDER BY w.id, w.position
        """,
        {"last": transaction.last_key("task"), "mends": int(mends)},
    )


def release(transaction: Transaction, accounts: Iterable[int]) -> None:
    """Let the driver no longer look after the mailboxes of some accounts."""
    with _AdoptedSet(transaction, [Adopted(account=one, name=None) for one in accounts]) as these:
        transaction.execute(
            f"DELETE FROM mailbox WHERE account_id IN (SELECT account_id FROM {these})"
        )
