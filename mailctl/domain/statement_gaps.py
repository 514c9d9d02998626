"""Statements of an account follow one another: where one is missing, a gap is left (rules 20).

Balances say it: what one statement closes with, the next opens with. Numbers say it where a bank
counts the statements of an account by themselves, and the movements between happen to add up to 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mailctl.values import Value


class Balanced(Value):
    """A statement that says what an account held before and after it, in signed cents.

    `opens_on` and `closes_on` are the first and last day of which it tells, both included.
    """

    id: int
    account: str
    currency: str
    kind: str
    identification: str
    number: int | None
    opens_on: date
    opening_cents: int
    closes_on: date
    closing_cents: int


class Gap(Value):
    """Between two statements of an account something is missing; `cents` are its signed sum.

    It is 0 where only the bank's count shows that a statement is missing.
    """

    account: str
    currency: str
    after: Balanced
    before: Balanced

    @property
    def cents(self) -> int:
        """What the movements on the missing statements add up to."""
        return self.before.opening_cents - self.after.closing_cents

    @property
    def days(self) -> int:
        """From the day on which the one before closes to that on which the next one opens."""
        return max(0, (self.before.opens_on - self.after.closes_on).days)


def gaps(statements: Iterable[Balanced]) -> list[Gap]:
    """The gaps between statements, account by account, in the order of their days.

    What is told twice, by a longer statement or by another kind of file, is no gap.
    """
    found: dict[tuple[str, str], list[Balanced]] = {}
    for one in statements:
        found.setdefault((one.account, one.currency), []).append(one)
    return [gap for key in sorted(found) for gap in _of_account(found[key])]


def _of_account(statements: list[Balanced]) -> Iterator[Gap]:
    pairs = list(_neighbours(_told_once(statements)))
    ones = sum(_step(pair) == 1 for pair in pairs if _fits(pair))
    others = sum((_step(pair) or 0) > 1 for pair in pairs if _fits(pair))
    # A bank that counts the statements of all its accounts together has steps everywhere.
    is_counted = ones >= others - 1
    for after, before in pairs:
        is_skipped = is_counted and (_step((after, before)) or 0) > 1
        if is_skipped or not _fits((after, before)):
            yield Gap(account=after.account, currency=after.currency, after=after, before=before)


def _told_once(statements: list[Balanced]) -> list[Balanced]:
    """The statements without those whose days and balances another one has."""
    same: dict[tuple[object, ...], Balanced] = {}
    for one in statements:
        key = (one.opens_on, one.opening_cents, one.closes_on, one.closing_cents)
        if key not in same or (same[key].number is None and one.number is not None):
            same[key] = one
    return sorted(
        same.values(), key=lambda one: (one.opens_on, one.closes_on, one.number or 0, one.id)
    )


def _neighbours(statements: list[Balanced]) -> Iterator[tuple[Balanced, Balanced]]:
    """Each statement with the one that it must follow; what begins within another has none."""
    waiting = statements[:]
    last: Balanced | None = None
    while waiting:
        one = _next(waiting, last)
        if last is None:
            last = one
            continue
        if not _begins_within(one, last):
            yield last, one
        if one.closes_on >= last.closes_on:
            last = one


def _begins_within(one: Balanced, other: Balanced) -> bool:
    """Whether another statement tells of what a statement begins with, too."""
    begins_alike = (one.opens_on, one.opening_cents) == (other.opens_on, other.opening_cents)
    is_on_its_last_day = (
        other.opens_on < one.opens_on == other.closes_on == one.closes_on
        and one.opening_cents != other.closing_cents
    )
    return begins_alike or is_on_its_last_day or one.opens_on < other.closes_on


def _next(waiting: list[Balanced], last: Balanced | None) -> Balanced:
    """The next by its days; of several that begin on a day the one that follows by its balance."""
    found = 0
    for place, one in enumerate(waiting):
        if one.opens_on != waiting[0].opens_on:
            break
        # Of those that follow, the longest, which is the last.
        if last is not None and one.opening_cents == last.closing_cents:
            found = place
    return waiting.pop(found)


def _fits(pair: tuple[Balanced, Balanced]) -> bool:
    after, before = pair
    return before.opening_cents == after.closing_cents


def _step(pair: tuple[Balanced, Balanced]) -> int | None:
    """By how much the bank's count goes on; None where it does not tell."""
    after, before = pair
    if after.kind != before.kind or after.number is None or before.number is None:
        return None
    # The count begins anew each year.
    if after.closes_on.year != before.closes_on.year:
        return None
    return before.number - after.number
