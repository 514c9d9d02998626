"""Heads kept outside the store find what no look at the store alone can: another whole chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailctl.store.engine import chain, seals, verification
from tests import on_server
from tests.helpers import Cli, Outcome
from tests.restored import restored
from tests.store.plain import replace, rows, twin, unguarded


def rebuilt(store: Path, *changes: str) -> None:
    """Change rows, then make every seal and digest anew, as whoever has the store and mailctl can.

    The guards are put back as they were.
    """
    guards = []
    if not isinstance(store, on_server.Place):
        guards = [
            sql for (sql,) in rows(store, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        ]
    with unguarded(store) as base:
        base.execute("BEGIN")
        for change in (*changes, "DELETE FROM seal", "DELETE FROM seal_key"):
            assert base.execute(change).rowcount > 0, change
        seals.begin(base)
        last = "SELECT max(id) FROM batch"
        base.execute(f"UPDATE batch SET state = ? WHERE id = ({last})", (seals.state(base),))
        head, start = "", chain.Ends()
        for batch in list(verification.batches(base)):
            head, counts = chain.digest(base, head, batch.facts, start, batch.ends)
            start = batch.ends
            values = {**{f"{table}_rows": count for table, count in counts.items()}, "digest": head}
            base.execute(
                f"UPDATE batch SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
                (*values.values(), batch.facts.id),
            )
        base.execute("COMMIT")
        for guard in guards:
            base.execute(guard)


def heads_of(store: Path) -> str:
    """The line of each transaction, as `journal head --to` would have added it."""
    (made,) = rows(store, "SELECT created_at FROM store")[0]
    found = rows(store, "SELECT happened_on, id, digest FROM batch ORDER BY id")
    return "".join(f"{day} {number} {digest} {made}\n" for day, number, digest in found)


def verified(cli: Cli, heads: str) -> Outcome:
    """What `journal verify --heads` says of some lines."""
    return cli("journal", "verify", "--heads", "-", "-o", "json", stdin=heads)


def assert_content(cli: Cli) -> None:
    """Whoever looks at the store alone finds nothing."""
    assert cli.ok("journal", "verify")["ok"] is True
    checked = cli("store", "check")
    assert checked.status == 0, checked.out


def test_heads_of_every_transaction_are_in_the_chain(busy: Cli, tmp_path: Path) -> None:
    """From a file or standard input; `heads` says how many were found."""
    heads = heads_of(busy.store)
    file = tmp_path / "heads"
    file.write_text(heads, "utf-8")
    found = busy.ok("journal", "verify", "--heads", str(file))
    assert (found["ok"], found["heads"], found["heads_lost"]) == (True, heads.count("\n"), 0)
    # As they look after a mail program has been at them.
    mailed = heads.replace("\n", "\r\n\r\n").replace(" ", "\t")
    assert verified(busy, mailed).json() == found
    assert busy.ok("journal", "verify")["heads"] is None


def test_a_store_rebuilt_whole_with_a_chain_that_fits_is_found(busy: Cli) -> None:
    """An old row forged, every digest and seal made anew: the first head after it is missing."""
    heads = heads_of(busy.store)
    ((forged,),) = rows(
        busy.store, "SELECT min(id) FROM batch WHERE last_ledger_id >= 1 AND ledger_rows > 0"
    )
    rebuilt(busy.store, "UPDATE ledger SET reason = 'forged' WHERE id = 1")
    assert_content(busy)
    found = verified(busy, heads)
    assert (found.status, found.json()["broken"], found.json()["heads"]) == (1, forged, forged - 1)
    assert found.json()["reason"] == (
        f"line {forged}: the head of 2026-01-01, transaction {forged}, is not in the chain: "
        "another is in its place"
    )


def test_what_no_digest_of_the_books_covers_is_found_too(busy: Cli) -> None:
    """A customer who got longer to pay, the seal made anew: the newest head says so."""
    heads = heads_of(busy.store)
    last = heads.count("\n")
    rebuilt(busy.store, "UPDATE customer SET payment_days = 90 WHERE slug = 'bolt'")
    assert_content(busy)
    found = verified(busy, heads)
    assert (found.status, found.json()["broken"], found.json()["heads"]) == (1, last, last - 1)


def test_the_newest_transactions_cannot_be_taken_away(busy: Cli) -> None:
    """An old copy in the store's place is whole in itself; the heads go on after its end."""
    old = twin(busy, "old")
    busy.ok("prepaid", "credit", "acme", "10")
    heads = heads_of(busy.store)
    last = heads.count("\n")
    replace(busy.store, old.store)
    assert_content(busy)
    found = verified(busy, heads)
    assert (found.status, found.json()["broken"]) == (1, last)
    assert found.json()["reason"].endswith(
        f"transaction {last}, is not in the chain: the chain ends before it"
    )


RESTORATION = """
    INSERT INTO restoration (id, restored_on, backup_at, batch_id, head, lost_batch_id, lost_head,
        tick_waits, export_waits, creates_wait)
    VALUES (1, '2026-02-06', '2026-02-05T10:00:00Z', {}, '{}', {}, {}, 0, 0, 0)
"""


@pytest.mark.parametrize("known", ["its head known", "its head unknown"])
def test_what_a_restore_lost_is_accepted_and_named(known: str, busy: Cli) -> None:
    """A head above the backup's last one, of a day until the restore's; and no other."""
    heads = heads_of(busy.store)
    backup = heads.count("\n")
    (_, _, head, made) = heads.splitlines()[-1].split()
    lost = [f"2026-02-05 {backup + 1} {'1' * 64} {made}", f"2026-02-06 {backup + 2} {'2' * 64}"]
    is_known = known == "its head known"
    values = (str(backup + 2), f"'{'2' * 64}'") if is_known else ("NULL", "NULL")
    rebuilt(busy.store, RESTORATION.format(backup, head, *values))
    rebuilt_heads = heads_of(busy.store).splitlines()[:-1]

    found = verified(busy, "\n".join([*rebuilt_heads, *lost]))

    assert (found.status, found.json()["heads_lost"]) == (0, 2), found.out
    assert (
        f"Lost in the restore of 2026-02-06: the head of transactions {backup + 1} and "
        f"{backup + 2}."
    ) in found.err
    later = f"2026-02-07 {backup + 1} {'1' * 64}"
    # A manual clock is set back by a restore.
    assert verified(busy, later).status == 0
    rebuilt(busy.store, "UPDATE store SET clock = 'wall'")
    for never in (
        later,
        f"2026-02-05 {backup} {'1' * 64}",
        *(
            [f"2026-02-05 {backup + 2} {'1' * 64}", f"2026-02-05 {backup + 3} {'1' * 64}"]
            * is_known
        ),
    ):
        assert verified(busy, never).status == 1, never


def test_a_restore_does_not_explain_what_was_kept_after_it(busy: Cli) -> None:
    """An old copy took the restored store's place, on the very day of the restore."""
    before = heads_of(busy.store)
    restored(busy, lost=None)
    kept = heads_of(busy.store).removeprefix(before)
    old = twin(busy, "old")
    busy.ok("prepaid", "credit", "acme", "10")
    heads = heads_of(busy.store)
    replace(busy.store, old.store)
    assert kept in heads
    assert_content(busy)
    found = verified(busy, heads)
    assert (found.status, found.json()["broken"]) == (1, heads.count("\n"))


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        ("hello\n", 1),
        ("{}\n\nhello\n", 4),
        ("{}\n2026-02-05 3 abc", 4),
        ("2026-02-30 1 " + "0" * 64, 1),
        ("2026-02-05 0 " + "0" * 64, 1),
        ("0" * 64, 1),
    ],
)
def test_a_line_that_is_no_head_is_refused_with_its_number(lines: str, at: int, busy: Cli) -> None:
    """Nothing is taken for proven that was not looked at."""
    good = "".join(heads_of(busy.store).splitlines(keepends=True)[:2])
    refused = verified(busy, lines.replace("{}\n", good))
    if lines.startswith("{}\n2026"):
        at -= 1
    assert (refused.status, refused.error()["code"], refused.out) == (2, "usage", "")
    assert f"line {at} of standard input" in refused.error()["message"]


@pytest.mark.parametrize("lines", ["", "\n\n"])
def test_a_file_without_heads_proves_nothing(lines: str, busy: Cli) -> None:
    """Whoever emptied it must not be told that all is well."""
    refused = verified(busy, lines)
    assert (refused.status, "has no heads" in refused.error()["message"]) == (2, True)
