"""Which entries of bank statements are in the store already, asked for in sets (rules 20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mailctl.domain.entry_identity import Seen
from mailctl.domain.entry_recognition import Known
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import TempTable

Key = tuple[str, str]
"""An account, and what an entry is known by."""
Told = tuple[str, str, int]
"""An account, a day, and signed cents."""
_OPEN = ("unmatched", "proposed")
_KEYS = "account TEXT NOT NULL, entry_key TEXT NOT NULL"

# CROSS JOIN keeps what is asked for as the outer loop: few of many entries are wanted.
_OWN_KEY = """
    SELECT
        e.account, e.entry_key, min(e.id) AS first_id, min(s.kind) AS kind, count(*) AS found,
        CASE WHEN max(e.state) = min(e.state) THEN min(e.state) ELSE 'booked' END AS state,
        min(e.booked_on) AS booked_on, CAST(sum(e.amount_cents) AS BIGINT) AS cents,
        min(e.currency) AS currency, max(e.parts) AS parts, min(e.value_on) AS value_on,
        CASE WHEN max(e.parts) = 1 THEN min(e.end_to_end_id) END AS end_to_end_id,
        CASE WHEN max(e.parts) = 1 THEN min(e.creditor_reference) END AS creditor_reference,
        CASE WHEN max(e.parts) = 1 THEN min(e.iban) END AS iban,
        CASE WHEN max(e.parts) = 1 THEN min(e.name) END AS name,
        CASE WHEN max(e.parts) = 1 THEN min(e.text) END AS text
    FROM {asked} k
    CROSS JOIN bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    WHERE e.account = k.account AND e.entry_key = k.entry_key AND e.id <= :until
    GROUP BY e.account, e.entry_key, e.occurrence
    ORDER BY first_id
"""
_OTHER_KEY = """
    SELECT
        k.account, k.entry_key, e.id, s.kind, 1 AS found, e.state, e.booked_on, e.amount_cents,
        e.currency, 1 AS parts, e.value_on, e.end_to_end_id, e.creditor_reference, e.iban,
        e.name, e.text
    FROM {asked} k
    CROSS JOIN bank_sighting g
    CROSS JOIN bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    WHERE g.entry_key = k.entry_key
        AND e.id = g.entry_id
        AND e.account = k.account
        AND e.id <= :until
    ORDER BY e.id
"""


def by_keys(transaction: Transaction, keys: Iterable[Key], *, until: int) -> dict[Key, list[Known]]:
    """By account and key the known entries up to an id, those of a batch as one, by their ids.

    Also those that another kind of file calls so.
    """
    found = defaultdict[Key, list[Known]](list)
    with TempTable(transaction, "read_key", _KEYS) as asked:
        transaction.add_rows(asked.name, ("account", "entry_key"), dict.fromkeys(keys))
        for source in (_OWN_KEY, _OTHER_KEY):
            for row in transaction.execute(source.format(asked=asked), {"until": until}):
                account, key, id_, kind, rows, state, *seen = row
                known = _known(id_, kind, rows, state, seen, key)
                found[account, key].append(known)
    return found


def _known(id_: int, kind: str, rows: int, state: str, seen: Sequence[Any], key: str) -> Known:
    day, cents, currency, parts, value_on, *texts = seen
    end_to_end_id, creditor_reference, iban, name, text = (one or "" for one in texts)
    return Known(
        id=id_,
        kind=kind,
        rows=rows,
        is_open=state in _OPEN,
        seen=Seen(
            booked_on=day,
            cents=cents,
            currency=currency,
            parts=parts,
            has_reference=key.startswith("ref:"),
            value_on=value_on,
            end_to_end_id=end_to_end_id,
            creditor_reference=creditor_reference,
            iban=iban,
            name=name,
            text=text,
        ),
    )


def find(reader: Reader, entry_id: int) -> Known:
    """The entry of an id, by itself."""
    row = reader.execute(
        """
        SELECT
            e.id, s.kind, e.state, e.entry_key, e.booked_on, e.amount_cents, e.currency, 1 AS parts,
            e.value_on, e.end_to_end_id, e.creditor_reference, e.iban, e.name, e.text
        FROM bank_entry e
        JOIN bank_statement s ON s.id = e.statement_id
        WHERE e.id = :id
        """,
        {"id": entry_id},
    ).fetchone()
    id_, kind, state, key, *seen = row
    return _known(id_, kind, 1, state, seen, key)


def last_occurrences(transaction: Transaction, keys: Iterable[Key]) -> dict[Key, int]:
    """By account and key, how many entries or batches are known by it already."""
    with TempTable(transaction, "read_key", _KEYS) as asked:
        transaction.add_rows(asked.name, ("account", "entry_key"), dict.fromkeys(keys))
        rows = transaction.execute(
            f"""
            SELECT e.account, e.entry_key, max(e.occurrence)
            FROM {asked} k
            CROSS JOIN bank_entry e
            WHERE e.account = k.account AND e.entry_key = k.entry_key
            GROUP BY e.account, e.entry_key
            """
        )
        return {(account, key): last for account, key, last in rows}


def has_other_kinds(reader: Reader, kind: str) -> bool:
    """Whether entries came in files of another kind, too."""
    return reader.exists("SELECT 1 FROM bank_statement WHERE kind <> :kind LIMIT 1", {"kind": kind})


class Elsewhere(NamedTuple):
    """An entry that another kind of file told, for one of this file by its number there."""

    number: int
    id: int
    kind: str
    booked_on: str
    name: str | None
    text: str | None


_ASKED = (
    *("number", "account", "entry_key", "booked_on", "value_on", "amount_cents", "currency"),
    *("has_reference", "end_to_end_id", "creditor_reference", "iban", "name", "text"),
)
_ASKED_COLUMNS = """
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, entry_key TEXT NOT NULL,
    booked_on TEXT NOT NULL, value_on TEXT, amount_cents INTEGER NOT NULL, currency TEXT NOT NULL,
    has_reference INTEGER NOT NULL, end_to_end_id TEXT NOT NULL, creditor_reference TEXT NOT NULL,
    iban TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL
"""
_MAY_BE = """
    e.account = r.account
    AND e.amount_cents = r.amount_cents
    AND e.currency = r.currency
    AND e.id <= :until
    AND (e.iban IS NULL OR r.iban = '' OR e.iban = r.iban)
    AND (
        e.creditor_reference IS NULL
        OR r.creditor_reference = ''
        OR e.creditor_reference = r.creditor_reference
    )
    AND s.kind <> :kind
    AND NOT EXISTS (SELECT 1 FROM bank_sighting g WHERE g.entry_id = e.id AND g.kind = :kind)
"""
"""SQL: an entry `e` of a statement `s` may be the movement `r` of another kind of file."""
_ONE_HAS_NO_REFERENCE = "(r.has_reference = 0 OR e.entry_key < 'ref:' OR e.entry_key >= 'ref;')"
_HAS_SAME_CONTENT = """(
    (r.iban <> '' OR r.name <> '' OR r.text <> '')
    AND coalesce(e.iban, '') = r.iban
    AND coalesce(e.name, '') = r.name
    AND coalesce(e.text, '') = r.text
)"""
_IS_OF_ITS_DAY = "(e.booked_on = r.booked_on OR e.value_on = r.value_on)"


def _differ(one: str, other: str) -> str:
    """SQL: neither of two texts is how the other begins. MT940 cuts what is long, and wraps it."""
    one, other = (f"replace(lower(coalesce({text}, '')), ' ', '')" for text in (one, other))
    return f"substr({one}, 1, length({other})) <> substr({other}, 1, length({one}))"


_IS_TOLD_OTHERWISE = f"""(
    NOT {_ONE_HAS_NO_REFERENCE}
    AND {_differ("e.entry_key", "r.entry_key")}
    AND {_differ("e.text", "r.text")}
)"""
_SURE_BY_ID = f"""
    SELECT r.number, e.id, s.kind, e.booked_on, e.name, e.text
    FROM {{asked}} r
    CROSS JOIN bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    WHERE r.end_to_end_id <> ''
        AND e.end_to_end_id = r.end_to_end_id
        AND ({_IS_OF_ITS_DAY} OR {_HAS_SAME_CONTENT})
        AND {_ONE_HAS_NO_REFERENCE}
        AND {_MAY_BE}
    ORDER BY r.number, e.id
"""
_SURE_BY_CONTENT = f"""
    SELECT r.number, e.id, s.kind, e.booked_on, e.name, e.text
    FROM {{asked}} r
    CROSS JOIN bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    WHERE r.end_to_end_id = ''
        AND e.booked_on = r.booked_on
        AND e.end_to_end_id IS NULL
        AND {_HAS_SAME_CONTENT}
        AND {_ONE_HAS_NO_REFERENCE}
        AND {_MAY_BE}
    ORDER BY r.number, e.id
"""
_PERHAPS = f"""
    SELECT p.number, p.id, s.kind, e.booked_on, e.name, e.text
    FROM (
        SELECT r.number, min(e.id) AS id
        FROM {{asked}} r
        CROSS JOIN bank_entry e
        JOIN bank_statement s ON s.id = e.statement_id
        WHERE e.booked_on = r.booked_on
            AND (e.end_to_end_id IS NULL OR r.end_to_end_id = '')
            AND NOT {_IS_TOLD_OTHERWISE}
            AND {_MAY_BE}
        GROUP BY r.number
    ) p
    JOIN bank_entry e ON e.id = p.id
    JOIN bank_statement s ON s.id = e.statement_id
    ORDER BY p.number
"""
_PERHAPS_BY_ID = f"""
    SELECT r.number, e.id, s.kind, e.booked_on, e.name, e.text
    FROM {{asked}} r
    CROSS JOIN bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    WHERE r.end_to_end_id <> '' AND e.end_to_end_id = r.end_to_end_id AND {_MAY_BE}
    ORDER BY r.number, e.id
"""


def elsewhere(
    transaction: Transaction,
    movements: Iterable[tuple[int, Key, Seen]],
    *,
    kind: str,
    until: int,
    surely: bool,
) -> Iterator[Elsewhere]:
    """What other kinds of file told of movements, and this kind of file did not yet.

    A movement is given as its number, its account and key, and what tells it apart. `surely`: the
    same by its EndToEndId and either a day or all that says whose it is, or by the day and the
    latter; one of both must have no reference. Else what may be the same by its EndToEndId, on any
    day, or by its day and amount, where two references and two texts do not tell them apart.
    """
    with TempTable(transaction, "read_movement", _ASKED_COLUMNS) as asked:
        transaction.add_rows(
            asked.name,
            _ASKED,
            (
                (
                    *(number, account, key, one.booked_on, one.value_on, one.cents, one.currency),
                    *(int(one.has_reference), one.end_to_end_id, one.creditor_reference),
                    *(one.iban, one.name, one.text),
                )
                for number, (account, key), one in movements
            ),
        )
        queries = (_SURE_BY_ID, _SURE_BY_CONTENT) if surely else (_PERHAPS, _PERHAPS_BY_ID)
        for query in queries:
            rows = transaction.execute(query.format(asked=asked), {"kind": kind, "until": until})
            yield from map(Elsewhere._make, rows.fetchall())


def erased(reader: Reader) -> dict[Told, list[int]]:
    """By account, day and cents the entries of customers who were erased: nothing else is known."""
    found = defaultdict[Told, list[int]](list)
    for account, day, cents, key in reader.execute(
        """
        SELECT account, booked_on, amount_cents, id
        FROM bank_entry
        WHERE entry_key >= 'erased:' AND entry_key < 'erased;'
        ORDER BY id
        """
    ):
        found[account, day, cents].append(key)
    return found


class Again(NamedTuple):
    """An entry that was seen in another kind of file: how it is called there, if otherwise.

    `is_batch`: with all parts of its batch.
    """

    id: int
    entry_key: str | None = None
    is_batch: bool = False


def see_again(transaction: Transaction, kind: str, entries: Iterable[Again]) -> None:
    """Record which entries were seen in a kind of file; nothing of those that came in one."""
    columns = "first_id INTEGER NOT NULL, entry_key TEXT, is_batch INTEGER NOT NULL"
    with TempTable(transaction, "seen_again", columns) as again:
        transaction.add_rows(
            again.name,
            ("first_id", "entry_key", "is_batch"),
            ((one.id, one.entry_key, int(one.is_batch)) for one in entries),
        )
        transaction.execute(
            f"""
            INSERT INTO bank_sighting (entry_id, kind, entry_key)
            SELECT e.id, :kind, min(a.entry_key)
            FROM {again} a
            CROSS JOIN bank_entry f
            JOIN bank_entry e
                ON e.account = f.account
                AND e.entry_key = f.entry_key
                AND e.occurrence = f.occurrence
            JOIN bank_statement s ON s.id = e.statement_id
            WHERE f.id = a.first_id
                AND (a.is_batch = 1 OR e.id = f.id)
                AND s.kind <> :kind
                AND NOT EXISTS (
                    SELECT 1 FROM bank_sighting g WHERE g.entry_id = e.id AND g.kind = :kind
                )
            GROUP BY e.id
            """,
            {"kind": kind},
        )


def replace_whole(transaction: Transaction, whole_id: int, first_part_id: int, kind: str) -> None:
    """Set aside an entry whose parts came later: it is their money (rules 20)."""
    transaction.execute(
        """
        UPDATE bank_entry
        SET state = 'ignored', matched_by = 'same-money', same_as_id = :part,
            evidence = :evidence, customer_id = NULL, invoice_id = NULL, order_number = NULL,
            payment_id = NULL, ledger_id = NULL, decided_on = :today
        WHERE id = :id
        """,
        {
            "id": whole_id,
            "part": first_part_id,
            "evidence": f"the parts of this batch came in {kind}, from entry {first_part_id} on",
        },
    )
