"""Heads that were kept outside the store, looked up in its chain (rules 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mailctl.clock import ClockKind
from mailctl.domain.kept_heads import KeptHead
from mailctl.store.engine import old_chain
from mailctl.store.engine.reader import Reader
from mailctl.values import Value


class Lost(Value):
    """A head of transactions that a restore from a backup lost, and the day of the restore."""

    head: KeptHead
    restored_on: date


class Looked(Value):
    """How many heads are in the chain, which were lost in a restore, and the first that is neither.

    `at` is the place of the missing one among those given, from 0.
    """

    in_chain: int = 0
    lost: tuple[Lost, ...] = ()
    at: int | None = None
    reason: str = ""


class _Restoration(Value):
    """What is known of a store that was replaced by a backup of it."""

    restored_on: date
    batch_id: int
    lost_batch_id: int | None
    lost_head: str | None

    def lost(self, head: KeptHead, clock: ClockKind) -> bool:
        """Whether the replaced store may have had a head that is not in the chain.

        On a manual clock it may have been at any later day.
        """
        if (head.transaction, head.digest) == (self.lost_batch_id, self.lost_head):
            return True
        is_later = head.day > self.restored_on and clock is ClockKind.WALL
        if head.transaction <= self.batch_id or is_later:
            return False
        # A store that ends before the backup does was made of an older one, in between.
        return not self.batch_id < (self.lost_batch_id or 0) <= head.transaction


def look_up(reader: Reader, heads: Sequence[KeptHead]) -> Looked:
    """Look for each head in the chain, in their order, until one is missing.

    They are in the order in which they were kept. The chain itself is known to fit. One from
    before an upgrade computed the chain again is looked for in the old chain.
    """
    wanted = {head.transaction for head in heads}
    digests = {
        number: digest
        for number, digest in reader.stream("SELECT id, digest FROM batch")
        if number in wanted
    }
    restorations = reader.facts(
        _Restoration,
        """
        SELECT restored_on, batch_id, lost_batch_id, lost_head
        FROM restoration
        ORDER BY id DESC
        """,
    )
    old, clock = _Old(reader), reader.info.clock
    in_chain, lost = 0, []
    for at, head in enumerate(heads):
        now = digests.get(head.transaction)
        if head.store not in (None, reader.info.created_at):
            reason = f"it is of another store, made at {head.store}"
        elif head.digest in (now, old.digest(head, now)):
            in_chain += 1
            # What was kept after a restore is no longer explained by it.
            restorations = [one for one in restorations if one.batch_id >= head.transaction]
            continue
        elif restoration := next((one for one in restorations if one.lost(head, clock)), None):
            lost.append(Lost(head=head, restored_on=restoration.restored_on))
            continue
        else:
            reason = "the chain ends before it" if now is None else "another is in its place"
        return Looked(in_chain=in_chain, lost=tuple(lost), at=at, reason=reason)
    return Looked(in_chain=in_chain, lost=tuple(lost))


class _Old:
    """The chain as it was before the store was upgraded to schema 3, computed once it is needed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._digests: Mapping[int, str] | None = None

    def digest(self, head: KeptHead, now: str | None) -> str | None:
        """What the transaction of a head had as digest then; None where it had none."""
        if now is None or head.digest == now:
            return None
        if self._digests is None:
            self._digests = dict(enumerate(old_digests(self._reader), start=1))
        return self._digests.get(head.transaction)


def old_digests(reader: Reader) -> Iterator[str]:
    """The digests of the transactions before an upgrade computed the chain again, in order."""
    rechained = reader.number("SELECT min(batch) FROM journal WHERE kind = 'journal-rechained'")
    return old_chain.heads(reader.connection, rechained)
