"""Changes of renewals: one account's, and those of a whole file in a few bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from typing import overload

from mailctl.domain.lifecycle import Account, check_renewable
from mailctl.domain.terms import Renewal
from mailctl.values import Value, maker

_MODES = tuple(Renewal)
_CODES = {mode: code for code, mode in enumerate(_MODES)}


class RenewalChange(Value):
    """One account's renewal, old and new; `skipped` says why it does not change."""

    account: int
    address: str | None
    old: Renewal
    new: Renewal
    effective_on: date
    skipped: str | None = None

    @property
    def changes(self) -> bool:
        """Whether the account's renewal changes."""
        return self.skipped is None and self.old is not self.new

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "account": self.account,
            "address": self.address,
            "old": self.old.value,
            "new": self.new.value,
            "effective_on": self.effective_on.isoformat(),
            "changed": self.changes,
            "skipped": self.skipped,
        }


_PACKED = ("account", "address", "old", "new", "effective_on")
_made = maker(RenewalChange, _PACKED)


class PackedChanges(Sequence[RenewalChange]):
    """Changes without any that is skipped, each made when it is read: a million fill no memory."""

    def __init__(self) -> None:
        self._accounts = array("q")
        self._days = array("q")
        self._old = bytearray()
        self._new = bytearray()
        self._addresses = bytearray()
        self._ends = array("q", (0,))

    def append(self, change: RenewalChange) -> None:
        """Add one as the last."""
        self._accounts.append(change.account)
        self._days.append(change.effective_on.toordinal())
        self._old.append(_CODES[change.old])
        self._new.append(_CODES[change.new])
        self._addresses += (change.address or "").encode()
        self._ends.append(len(self._addresses))

    def __len__(self) -> int:
        return len(self._accounts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackedChanges) and vars(self) == vars(other)

    def __hash__(self) -> int:
        raise TypeError("changes that can be added to have no hash")

    def __iter__(self) -> Iterator[RenewalChange]:
        return map(self.__getitem__, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> RenewalChange: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RenewalChange]: ...
    def __getitem__(self, at: int | slice) -> RenewalChange | Sequence[RenewalChange]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(len(self))[at])
        at = range(len(self))[at]
        account = self._accounts[at]
        address = self._addresses[self._ends[at] : self._ends[at + 1]].decode() or None
        day = date.fromordinal(self._days[at])
        change: RenewalChange = _made(
            (account, address, _MODES[self._old[at]], _MODES[self._new[at]], day)
        )
        return change


def change_of(account: Account, mode: Renewal, skipped: str | None = None) -> RenewalChange:
    """The change of an account to a mode; it keeps its own where it is `skipped`."""
    return RenewalChange(
        account=account.id,
        address=account.address,
        old=account.renewal,
        new=account.renewal if skipped else mode,
        effective_on=account.expires_on,
        skipped=skipped,
    )


def checked_change(account: Account, mode: Renewal, today: date) -> RenewalChange:
    """The same of an account that can be changed; else the refusal."""
    check_renewable(account, today)
    return change_of(account, mode)
