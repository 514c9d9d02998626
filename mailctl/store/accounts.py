"""Accounts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mailctl.close_words import close_addresses
from mailctl.domain.lifecycle import Account
from mailctl.domain.tasks import TaskKind
from mailctl.domain.terms import Period, Renewal
from mailctl.errors import AccountNotFoundError
from mailctl.hints import Hint
from mailctl.store import account_list, domains, locks, mailboxes, platforms, tasks, words
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import NEIGHBOURS, neighbours
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AskedNames, TempTable

if TYPE_CHECKING:
    from mailctl.store.left_addresses import LeftAddress

_SELECT = f"""
    SELECT
        {platforms.columns("platform_")}, a.id, a.address, a.state, a.suspended_for, a.period,
        a.renewal, a.anchor_day, a.expires_on,
        CASE WHEN a.state = 'suspended' THEN a.deletes_on END AS deletes_on
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
    JOIN offer o ON o.id = p.offer_id
"""
_ID = re.compile(r"(?:account/)?(\d{1,18})", re.ASCII)


class NewAccount(NamedTuple):
    """An account to be added; dates are those of its first term."""

    platform_id: int
    address: str | None
    domain_id: int | None
    period: Period
    renewal: Renewal
    anchor_day: int
    expires_on: date


def find(reader: Reader, word: str) -> Account:
    """The account that a word names: an id, `account/ID`, or the address of one not deleted.

    AccountNotFoundError else: it names the account that left that address last, or close addresses
    (CLI, Form).
    """
    found = _live(reader, word)
    if found is not None:
        return found
    left = _left(reader, word)
    if left is not None:
        raise AccountNotFoundError(word, gone=left.what_became, hint=Hint.EXPLAIN(account=left.id))
    from mailctl.store.restorations import loss_of_id

    number = _ID.fullmatch(word)
    domain = domains.get(reader, _kept(word).rpartition("@")[2]) if "@" in word else None
    raise AccountNotFoundError(
        number[1] if number else word,
        close=_close_addresses(reader, word),
        lost=loss_of_id(reader, "account", int(number[1])) if number else None,
        hint=Hint.LIST_OF_DOMAIN(domain=domain.name) if domain else None,
    )


def find_also_deleted(reader: Reader, word: str) -> Account:
    """As `find`, and by address also the account that left it last, if no other has it.

    The reader notes which account that is.
    """
    found = _live(reader, word)
    left = None if found else _left(reader, word)
    if left is None:
        return found or find(reader, word)
    reader.notes.append(f"no account has the address {left.was} now: {left.what_became}")
    return _with_id(reader, left.id) or find(reader, word)


def found(reader: Reader, words: Iterable[str]) -> dict[str, Account]:
    """By word the accounts that `find` gives, asked for together; other words are left out."""
    keys: dict[str, int | str] = {}
    for word in words:
        match = _ID.fullmatch(word)
        keys[word] = int(match[1]) if match else _kept(word)
    ids = {key for key in keys.values() if isinstance(key, int)}
    addresses = {key for key in keys.values() if isinstance(key, str)}
    by_key: dict[int | str | None, Account] = {}
    by_key |= {one.id: one for one in _among(reader, "a.id", ids)}
    of_address = _among(reader, "a.deleted_on IS NULL AND a.address", addresses)
    by_key |= {one.address: one for one in of_address}
    return {word: by_key[key] for word, key in keys.items() if key in by_key}


def _among(reader: Reader, column: str, keys: Collection[int | str]) -> list[Account]:
    if not keys:
        return []
    values = {f"k{n}": key for n, key in enumerate(keys)}
    among = ", ".join(f":{name}" for name in values)
    return reader.held_facts(
        Account, f"{_SELECT} WHERE {column} IN ({among})", values, _customer_of
    )


def _live(reader: Reader, word: str) -> Account | None:
    match = _ID.fullmatch(word)
    if match:
        return _with_id(reader, int(match[1]))
    return reader.held_fact(
        Account,
        f"{_SELECT} WHERE a.address = :address AND a.deleted_on IS NULL",
        {"address": _kept(word)},
        _customer_of,
    )


def _with_id(reader: Reader, account_id: int) -> Account | None:
    return reader.held_fact(
        Account, f"{_SELECT} WHERE a.id = :id", {"id": account_id}, _customer_of
    )


def _customer_of(account: Account) -> int:
    return account.platform.customer_id


def _kept(word: str) -> str:
    # The patterns of addresses take a millisecond, which most lists need not spend.
    from mailctl.domain.addresses import kept_spelling

    return kept_spelling(word)


def _left(reader: Reader, word: str) -> LeftAddress | None:
    """The account that left an address last; None of a word that is none."""
    from mailctl.store import left_addresses

    return left_addresses.last(reader, _kept(word)) if "@" in word else None


def _close_addresses(reader: Reader, word: str) -> tuple[str, ...]:
    if "@" not in word:
        return ()
    address = _kept(word)
    near = neighbours(reader, address, "address", "account WHERE deleted_on IS NULL")
    # Those of the same domain too: a wrong first letter sorts far away.
    near += reader.texts(
        f"""
        SELECT a.address
        FROM domain d
        JOIN account a ON a.domain_id = d.id AND a.deleted_on IS NULL
        WHERE d.name = :domain
        LIMIT {NEIGHBOURS}
        """,
        {"domain": address.rpartition("@")[2]},
    )
    return close_addresses(address, dict.fromkeys(near))


def of_platform(reader: Reader, platform_id: int) -> list[Account]:
    """The accounts of a platform that are not deleted, in order of id."""
    return reader.facts(
        Account,
        f"{_SELECT} WHERE a.platform_id = :id AND a.state <> 'deleted' ORDER BY a.id",
        {"id": platform_id},
    )


def holder_of(reader: Reader, address: str) -> int | None:
    """The id of the account that is not deleted and has the address, or None."""
    return (
        reader.number(
            "SELECT id FROM account WHERE address = :address AND deleted_on IS NULL",
            {"address": address},
        )
        or None
    )


_ADDED = {
    "platform_id": "INTEGER NOT NULL",
    "address": "TEXT",
    "domain_id": "INTEGER",
    "period": "TEXT NOT NULL",
    "renewal": "TEXT NOT NULL",
    "anchor_day": "INTEGER NOT NULL",
    "expires_on": "TEXT NOT NULL",
}


def add_all(
    transaction: Transaction, new: Sequence[NewAccount], *, order_number: int | None = None
) -> range:
    """Add accounts in their order; their ids. Their words are left to `words.learn_new`."""
    columns = ", ".join(_ADDED)
    typed = ", ".join(f"{name} {kind}" for name, kind in _ADDED.items())
    ids = transaction.next_keys("account", len(new))
    # In one statement SQLite makes the sets of its checks (IN) once, not once for every row.
    with TempTable(transaction, "added_account", f"id INTEGER PRIMARY KEY, {typed}") as added:
        transaction.add_rows(
            str(added),
            ("id", *_ADDED),
            [_values(id_, one) for id_, one in zip(ids, new, strict=True)],
        )
        transaction.execute(
            f"""
            INSERT INTO account (id, ordered_on, order_number, {columns})
            SELECT id, :today, CAST(:order_number AS BIGINT), {columns} FROM {added} ORDER BY id
            """,
            {"order_number": order_number},
        )
    return ids


def _values(account_id: int, new: NewAccount) -> tuple[object, ...]:
    # Plain texts: whatever else a database must convert costs more than all the rest.
    return (
        *(account_id, new.platform_id, new.address, new.domain_id),
        *(new.period.value, new.renewal.value, new.anchor_day, new.expires_on.isoformat()),
    )


def holders_of(transaction: Transaction, addresses: Iterable[str]) -> dict[str, int]:
    """By address the accounts that are not deleted and have one of these."""
    with AskedNames(transaction, addresses) as asked:
        return dict(
            transaction.pairs(
                f"""
                SELECT a.address, a.id
                FROM {asked} q
                CROSS JOIN account a
                WHERE a.address = q.name AND a.deleted_on IS NULL
                """
            )
        )


def set_address(
    transaction: Transaction, account_id: int, address: str | None, domain_id: int | None
) -> None:
    """Give an account an address, or take it away."""
    with words.relearned(transaction, "account", account_id):
        transaction.execute(
            "UPDATE account SET address = :address, domain_id = :domain WHERE id = :id",
            {"address": address, "domain": domain_id, "id": account_id},
        )


def mark_reset(transaction: Transaction, account_id: int) -> None:
    """Release an account's address today; the rest of it stays."""
    words.forget(transaction, "account", account_id)
    transaction.execute(
        "UPDATE account SET address = NULL, domain_id = NULL, reset_on = :today WHERE id = :id",
        {"id": account_id},
    )


def prolong(transaction: Transaction, account_id: int, expires_on: date) -> None:
    """Move an account's expiry."""
    transaction.execute(
        "UPDATE account SET expires_on = :expires_on WHERE id = :id",
        {"expires_on": expires_on, "id": account_id},
    )


def set_period(transaction: Transaction, account_id: int, period: Period, renewal: Renewal) -> None:
    """Change what an account's running term was paid for, and what happens at its end."""
    transaction.execute(
        "UPDATE account SET period = :period, renewal = :renewal WHERE id = :id",
        {"period": period, "renewal": renewal, "id": account_id},
    )


def add_task(
    transaction: Transaction,
    account_id: int,
    kind: TaskKind,
    address: str,
    *,
    old_address: str | None = None,
) -> None:
    """Ask the mail server for something."""
    transaction.execute(
        """
        INSERT INTO task (id, account_id, kind, address, old_address, asked_on)
        VALUES (:id, :account, :kind, :address, :old_address, :today)
        """,
        {
            "id": transaction.next_key("task"),
            "account": account_id,
            "kind": kind,
            "address": address,
            "old_address": old_address,
        },
    )


def first_ordered_period(reader: Reader, platform_id: int) -> str | None:
    """The period of the first line of the platform's first order that was paid (rules 6, rules 7).

    None where there is no such order.
    """
    return reader.text(
        """
        SELECT l.period
        FROM purchase_order o
        JOIN order_line l ON l.order_number = o.number
        WHERE o.platform_id = :id AND o.kind = 'accounts' AND o.status = 'delivered'
        ORDER BY o.number, l.line LIMIT 1
        """,
        {"id": platform_id},
    )


def show(reader: Reader, account_id: int) -> Row:
    """One account, with every key of the contract."""
    (row,) = account_list.listing(reader, state="all", account_id=account_id).dicts()
    lock = locks.of_account(reader, account_id)
    return {
        **row,
        "tasks": tasks.of_account(reader, account_id),
        "locked_on": lock.locked_on.isoformat() if lock else None,
        "lock_reason": lock.reason if lock else None,
        "server_state": tasks.server_state(reader, account_id),
        "mailbox": mailboxes.name_of(reader, account_id),
    }
