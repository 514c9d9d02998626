"""However a bank splits a month into files, each movement is in the store once."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from mailctl.actions import settings
from mailctl.actions.bank_imports import import_files
from mailctl.domain.statements import ReadEntry
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import ACCOUNT, batch, entry, reading

KINDS = ("camt.052", "camt.053", "camt.054")


def month(dice: random.Random) -> list[list[ReadEntry]]:
    """Movements and batches of ten days, with amounts that are often equal.

    Each has an EndToEndId of its own: whose are without any in two kinds of file is doubtful.
    """
    found = []
    for number in range(dice.randint(5, 40)):
        day = f"2026-02-{dice.randint(1, 10):02d}"
        cents = dice.choice((990, 990, 1840, -350))
        said: dict[str, Any] = {"end_to_end_id": f"E{number}", "name": dice.choice(("A", "B", ""))}
        if dice.random() < 0.2:
            parts = [
                entry(990, day, end_to_end_id=f"E{number}-{part}")
                for part in range(dice.randint(2, 5))
            ]
            found.append(batch(f"R{number}", *parts))
        else:
            found.append([entry(cents, day, entry_reference=f"R{number}", **said)])
    return found


def written(movement: list[ReadEntry], *, has_references: bool, is_whole: bool) -> list[ReadEntry]:
    """As a kind of file writes it: with or without the bank's reference, a batch whole or not.

    Without references nothing leads from the whole of a batch to its parts.
    """
    first = movement[0]
    if is_whole and len(movement) > 1:
        whole = entry(first.entry_cents, first.booked_on)
        return [whole._replace(entry_reference=first.entry_reference)]
    if has_references:
        return movement
    return [one._replace(entry_reference="", reference="", part=1, parts=1) for one in movement]


@pytest.mark.parametrize("seed", range(25))
def test_any_split_in_any_order_gives_each_movement_once(tx: Transaction, seed: int) -> None:
    """Overlapping files of all kinds, each twice; a kind may have no references at all."""
    dice = random.Random(seed)
    settings.set_all(tx, {"seller-iban": ACCOUNT})
    movements = month(dice)
    with_references = {kind: dice.random() < 0.7 for kind in KINDS}
    is_whole_known = all(with_references.values())
    files = []
    for kind in KINDS:
        for _ in range(3):
            begin, end = sorted(dice.sample(range(12), 2))
            files.append((kind, begin, end))
    files += [("camt.053", 0, 12)]
    files += dice.sample(files, 4)
    dice.shuffle(files)
    for kind, begin, end in files:
        told = [
            one
            for movement in movements
            if begin <= int(movement[0].booked_on[-2:]) < end
            for one in written(
                movement,
                has_references=with_references[kind],
                is_whole=is_whole_known and dice.random() < 0.4,
            )
        ]
        with reading(kind, *told, name=f"{kind}-{begin}-{end}") as file:
            import_files(tx, [file])
    wanted = Counter[str]()
    for movement in movements:
        wanted[movement[0].booked_on] += sum(one.amount_cents for one in movement)
    found = Counter[str]()
    for day, cents in tx.execute(
        """
        SELECT booked_on, amount_cents
        FROM bank_entry
        WHERE state <> 'ignored' AND same_as_id IS NULL
        """
    ):
        found[day] += cents
    assert found == wanted
