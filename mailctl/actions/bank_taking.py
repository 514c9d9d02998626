"""The entries of a file that are not in the store yet are added to it (rules 20).

A file is gone through up to three times: which entries are known by their keys, which are known
from another kind of file, and the rest, which is new. Thousands of entries are asked for together,
and none is kept in memory.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mailctl.billing import bank_facts
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.entry_identity import (
    Seen,
    account_of,
    are_alike,
    are_near,
    key_of,
    reference_of,
    seen,
)
from mailctl.domain.entry_recognition import NEW, Alike, Known, Verdict, What, recognised
from mailctl.domain.statements import ReadEntry
from mailctl.statements.reading import Reading
from mailctl.store import bank_entries, bank_statements, known_entries, words
from mailctl.store.engine.transaction import Transaction
from mailctl.store.known_entries import Again, Elsewhere, Key, Told

_AT_ONCE = 1_000
_MOST_WITH_A_REFERENCE = 100
"""A reference of more movements is none: all that is said of them tells them apart."""


class Place(NamedTuple):
    """Where an entry of a file stands: its number in the file, from 0 on, and its statement's."""

    number: int
    statement: int
    account: str
    currency: str
    entry: ReadEntry

    @property
    def is_first(self) -> bool:
        """Whether it is no later part of a batch, which is known as one by its reference."""
        return self.entry.part == 1 or not reference_of(self.entry)

    @property
    def key(self) -> Key:
        """What it is known again by."""
        return self.account, key_of(self.entry)

    @property
    def seen(self) -> Seen:
        """What tells it apart, a batch as one."""
        return seen(self.entry, self.currency)

    @property
    def itself(self) -> Seen:
        """What tells it apart from other movements, a part of a batch as any other."""
        return self.seen._replace(
            cents=self.entry.amount_cents,
            parts=1,
            end_to_end_id=self.entry.end_to_end_id,
            creditor_reference=self.entry.creditor_reference,
            iban=self.entry.iban,
            name=self.entry.name,
            text=self.entry.text,
        )


class Taken(NamedTuple):
    """What became of a file's entries: how many were new, and known already.

    `doubtful` may be the money of others, `replaced` were known as a whole before their parts;
    `forgotten` are those of erased customers that entries were taken for. `others` are the accounts
    of the file where none of them is the seller's.
    """

    statements: int
    new: int
    known: int
    doubtful: int
    replaced: tuple[int, ...]
    forgotten: tuple[int, ...]
    others: tuple[str, ...]
    last_on: str
    """The last day on which an entry was booked; empty without entries."""


class EntryTaker:
    """Takes the entries of one file; `file_id` is its key in the store."""

    def __init__(self, transaction: Transaction, reading: Reading, file_id: int) -> None:
        self._transaction = transaction
        self._reading = reading
        self._file_id = file_id
        self._kind = str(reading.kind)
        self._seller = transaction.setting("seller-iban")
        self._until = transaction.last_key("bank_entry")
        # By an entry's number in the file: 0 where it is new, the id of the one that it is, and
        # less than 0 where it may be that.
        self._is = array("q")
        self._claimed: set[int] = set()
        self._whole: dict[int, int] = {}
        self._kinds: dict[int, str] = {}
        self._replaced: dict[int, int] = {}
        self._forgotten: dict[Told, list[int]] = {}
        self._found_forgotten: list[int] = []
        self._next = self._until + 1
        self._occurrence = self._batch = self._doubtful = 0

    def take(self) -> Taken:
        """Add what is new."""
        self._transaction.connection.keep_little()
        self._know_by_keys()
        if known_entries.has_other_kinds(self._transaction, self._kind):
            self._know_by_other_kinds(surely=True)
            self._know_by_other_kinds(surely=False)
        return self._add()

    def _places(self) -> Iterator[Place]:
        number = 0
        for at, (head, entries) in enumerate(self._reading.statements()):
            account = account_of(head.account, self._seller)
            for entry in entries:
                currency = entry.currency or head.currency or self._transaction.info.currency
                yield Place(number, at, account, currency, entry)
                number += 1

    def _parts(self) -> Iterator[list[Place]]:
        places = self._places()
        while some := list(islice(places, _AT_ONCE)):
            yield some

    def _know_by_keys(self) -> None:
        within: dict[int, list[Place]] = defaultdict(list)
        verdict = NEW
        for places in self._parts():
            firsts = [place for place in places if place.is_first]
            verdicts = iter(self._recognised(firsts))
            again: list[Again] = []
            for place in places:
                if place.is_first:
                    verdict = next(verdicts)
                    again += self._again(verdict)
                    if verdict.what is What.WITHIN:
                        within[verdict.known[0].id].append(place)
                        self._kinds[verdict.known[0].id] = verdict.known[0].kind
                    if verdict.what is What.PARTS:
                        self._whole[place.number] = verdict.known[0].id
                self._is.append(_number_of(verdict))
            known_entries.see_again(self._transaction, self._kind, again)
        self._know_parts_of_wholes(within)

    def _recognised(self, firsts: Sequence[Place]) -> list[Verdict]:
        """What each is: first those of which all the same is said, then the others."""
        keys = [place.key for place in firsts]
        known = known_entries.by_keys(self._transaction, keys, until=self._until)
        if not known:
            return [NEW] * len(firsts)
        alike = Alike(known, self._claimed)
        found: list[Verdict | None] = []
        for place, key in zip(firsts, keys, strict=True):
            one = alike.taken(key, place.seen)
            found.append(None if one is None else self._claim(Verdict(What.KNOWN, (one,))))
        for at, (place, key) in enumerate(zip(firsts, keys, strict=True)):
            if found[at] is None:
                found[at] = self._claim(self._judged(place, known.get(key, [])))
        return [one for one in found if one is not None]

    def _judged(self, place: Place, known: list[Known]) -> Verdict:
        left = [one for one in known if one.id not in self._claimed]
        if not left or len(known) > _MOST_WITH_A_REFERENCE:
            return NEW
        if not reference_of(place.entry):
            # What a digest is of is the same by itself.
            return Verdict(What.KNOWN, (left[0],))
        return recognised(place.seen, self._kind, left, others=len(known))

    def _claim(self, verdict: Verdict) -> Verdict:
        if verdict.what in (What.KNOWN, What.PARTS):
            self._claimed.update(one.id for one in verdict.known)
        for one in verdict.known:
            if verdict.what is What.DOUBTFUL:
                self._kinds[one.id] = one.kind
        return verdict

    def _again(self, verdict: Verdict) -> Iterator[Again]:
        if verdict.what is What.KNOWN:
            for one in verdict.known:
                if one.kind != self._kind:
                    yield Again(one.id, None, one.seen.parts > 1)

    def _know_parts_of_wholes(self, within: dict[int, list[Place]]) -> None:
        """Entries that another kind of file told as one sum are that, if they add up to it."""
        for whole, places in within.items():
            found = known_entries.find(self._transaction, whole)
            if whole in self._claimed or found.seen.cents != sum(
                place.entry.amount_cents for place in places
            ):
                continue
            if found.is_open:
                self._whole[places[0].number] = whole
            else:
                for place in places:
                    self._is[place.number] = whole
                again = [Again(whole)]
                known_entries.see_again(self._transaction, self._kind, again)

    def _know_by_other_kinds(self, *, surely: bool) -> None:
        """What has no reference, or another one, in another kind of file."""
        for some in self._parts():
            places = {place.number: place for place in some if self._is[place.number] == 0}
            seen = defaultdict[int, list[Elsewhere]](list)
            for each in known_entries.elsewhere(
                self._transaction,
                ((number, place.key, place.itself) for number, place in places.items()),
                kind=self._kind,
                until=self._until,
                surely=surely,
            ):
                seen[each.number].append(each)
            again = []
            for number, found in seen.items():
                place = places[number]
                left = [each for each in found if each.id not in self._claimed]
                if surely and not bank_facts.Waiting.payment_try_of(place.entry.end_to_end_id):
                    left = [
                        each
                        for each in left
                        if are_alike(place.itself, each.name or "", each.text or "")
                    ]
                one = _nearest(place.entry.booked_on, left, is_only=surely)
                if one is None:
                    continue
                if surely:
                    self._claimed.add(one.id)
                    again.append(Again(one.id, place.key[1]))
                self._is[number] = one.id if surely else -one.id
                self._kinds[one.id] = one.kind
            known_entries.see_again(self._transaction, self._kind, again)

    def _add(self) -> Taken:
        statements = self._add_statements()
        self._forgotten = known_entries.erased(self._transaction)
        counts = Counter[str]()
        first = self._next
        last_on = ""
        for places in self._parts():
            last_on = max(last_on, *(place.entry.booked_on for place in places))
            rows = self._rows(places, statements)
            counts["new"] += len(rows)
            counts["known"] += len(places) - len(rows)
            bank_entries.add(self._transaction, rows)
            for whole, part in self._replaced.items():
                known_entries.replace_whole(self._transaction, whole, part, self._kind)
            self._replaced.clear()
            self._transaction.add_up()
        words.learn_new(self._transaction, "entry", first)
        return Taken(
            statements=len(statements),
            new=counts["new"],
            known=counts["known"],
            doubtful=self._doubtful,
            replaced=tuple(sorted(self._whole.values())),
            forgotten=tuple(self._found_forgotten),
            others=self._others(),
            last_on=last_on,
        )

    def _others(self) -> tuple[str, ...]:
        accounts = {
            account_of(head.account, self._seller) for head, _ in self._reading.statements()
        }
        return () if self._seller in accounts else tuple(sorted(accounts))

    def _add_statements(self) -> list[int]:
        """The keys of the file's statements, in its order."""
        return [
            bank_statements.add(
                self._transaction,
                self._file_id,
                self._reading.kind,
                head._replace(account=account_of(head.account, self._seller)),
                entries=sum(1 for _ in entries),
            )
            for head, entries in self._reading.statements()
        ]

    def _is_new(self, place: Place) -> bool:
        if self._is[place.number] > 0:
            return False
        movement = place.account, place.entry.booked_on, place.entry.amount_cents
        forgotten = self._forgotten.get(movement)
        if not forgotten:
            return True
        if bank_facts.names_somebody(self._transaction, place.entry):
            # Only the day and the sum are the same: it may be other money, which is not lost so.
            self._is[place.number] = -forgotten[0]
            self._kinds[forgotten[0]] = "a customer who was erased"
            return True
        self._found_forgotten.append(forgotten.pop(0))
        return False

    def _rows(self, places: Sequence[Place], statements: Sequence[int]) -> list[bank_entries.Row]:
        keys = {place.number: place.key for place in places if self._is[place.number] <= 0}
        last = known_entries.last_occurrences(self._transaction, keys.values())
        rows: list[bank_entries.Row] = []
        for place in places:
            if place.is_first:
                self._occurrence, self._batch = 0, place.number
            if not self._is_new(place):
                continue
            key = keys[place.number]
            if self._occurrence == 0:
                self._occurrence = last[key] = last.get(key, 0) + 1
                if self._batch in self._whole:
                    self._replaced[self._whole[self._batch]] = self._next
            rows.append(self._row(place, statements[place.statement], key[1]))
            self._next += 1
        return rows

    def _row(self, place: Place, statement: int, key: str) -> bank_entries.Row:
        entry = place.entry
        state, matched_by, evidence, same_as = self._decided(place)
        if state is EntryState.PROPOSED:
            self._doubtful += 1
        return (
            *(self._next, statement, key, self._occurrence, entry.part, entry.parts),
            *(place.account, entry.booked_on, entry.value_on, entry.amount_cents, place.currency),
            *(entry.name or None, entry.iban or None, entry.reference or None),
            *(entry.end_to_end_id or None, entry.creditor_reference or None, entry.text or None),
            *(_details(entry), state, matched_by, evidence, same_as),
            self._transaction.today if state is EntryState.IGNORED else None,
        )

    def _decided(self, place: Place) -> tuple[EntryState, MatchedBy | None, str | None, int | None]:
        other = -self._is[place.number]
        if place.account != self._seller:
            evidence = f"of account {place.account}, which is not the setting seller-iban"
            # Should the setting be corrected, nobody takes it for other money.
            same_as = other if other > 0 else None
            return EntryState.IGNORED, MatchedBy.OTHER_ACCOUNT, evidence, same_as
        ours = self._transaction.info.currency
        if place.currency != ours:
            evidence = f"in {place.currency}, and the store is in {ours}"
            return EntryState.IGNORED, MatchedBy.OTHER_CURRENCY, evidence, None
        if other > 0:
            evidence = f"may be the money of entry {other}, from {self._kinds[other]}"
            return EntryState.PROPOSED, MatchedBy.SAME_MONEY, evidence, other
        return EntryState.UNMATCHED, None, None, None


def _number_of(verdict: Verdict) -> int:
    if verdict.what is What.KNOWN:
        return verdict.known[0].id
    return -verdict.known[0].id if verdict.what is What.DOUBTFUL else 0


def _nearest(day: str, found: Iterable[Elsewhere], *, is_only: bool) -> Elsewhere | None:
    """The one of that day, or of the days around it; where `is_only`, the only one around it."""
    near = [each for each in found if are_near(each.booked_on, day)]
    of_day = [each for each in near if each.booked_on == day]
    if of_day:
        return of_day[0]
    return near[0] if len(near) == 1 or (near and not is_only) else None


_IN_COLUMNS = frozenset(
    (
        *("part", "parts", "booked_on", "value_on", "amount_cents", "currency", "name", "iban"),
        *("reference", "end_to_end_id", "creditor_reference", "text", "rest", "entry_cents"),
    )
)
_FIELDS = tuple((at, name) for at, name in enumerate(ReadEntry._fields) if name not in _IN_COLUMNS)


def _details(entry: ReadEntry) -> str:
    """What else the bank wrote, as JSON."""
    found: dict[str, object] = {name: entry[at] for at, name in _FIELDS if entry[at]}
    if entry.parts > 1:
        found["entry_cents"] = entry.entry_cents
    if entry.rest:
        found["rest"] = json.loads(entry.rest)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
