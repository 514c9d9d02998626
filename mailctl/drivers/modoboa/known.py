"""Which account of Modoboa a mailbox is, and what it is to mailctl: its state and its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from secrets import token_hex

from mailctl.drivers.answering import RefusedError, Request
from mailctl.drivers.modoboa.accounts import Account, Accounts
from mailctl.drivers.modoboa.notes import Note, Notes
from mailctl.drivers.protocol import MailboxState
from mailctl.values import replace

MADE_WITHIN_SECONDS = 120.0
"""An account that Modoboa made so long after it was asked for one, or before, is another one."""
BARE = "mailctl-gone-"
"""So begin the names of mailboxes whose address was taken away."""
_PLAIN_NAME = re.compile(r"[a-z0-9-]{1,24}")


class Known:
    """The mailboxes that the driver knows by its notes, and those that it does not."""

    def __init__(self, accounts: Accounts, notes: Notes) -> None:
        self._accounts = accounts
        self._notes = notes

    def of(self, request: Request) -> tuple[Note | None, Account | None]:
        """What is noted of a mailbox, and its account; RefusedError where that is in doubt."""
        note = self._notes.of(request.mailbox)
        if request.kind != "create":
            note = note or self._found_again(request)
            note = note and self._begun(note, dry_run=request.dry_run)
        if note is None or note.account is None:
            return note, None
        account = self._accounts.numbered(note.account)
        if account is None:
            return note, None
        if account.username not in (note.username, note.wanted):
            raise RefusedError(
                f"Modoboa's account {account.number} is now {account.username}, and the driver "
                f"knows it as {note.username}: somebody renamed it there"
            )
        if note.wanted is not None and not request.dry_run:
            note = self._notes.write(replace(note, username=account.username, wanted=None))
        return note, account

    def _begun(self, note: Note, *, dry_run: bool) -> Note:
        """A note with the account that a driver was making when it was ended, if it was made.

        RefusedError where another account of that name could be the one that is meant.
        """
        account = self.strange(note.username) if note.account is None else None
        if account is None:
            return note
        if not self.is_begun(note, account):
            raise _unknown(note.mailbox, account)
        return self._taken(note.mailbox, account, dry_run=dry_run)

    def _found_again(self, request: Request) -> Note | None:
        """A mailbox that was adopted, or that has no address and was there before the notes.

        RefusedError where a mailbox with that address could be the one that is meant.
        """
        address = (request.address or "").lower()
        account = self.strange(request.mailbox) if request.mailbox == address else None
        if account is None:
            account = self._bare(request.mailbox)
        if account is not None:
            return self._taken(request.mailbox, account, dry_run=request.dry_run)
        if address and (other := self.strange(address)) is not None:
            raise _unknown(request.mailbox, other)
        return None

    def _bare(self, mailbox: str) -> Account | None:
        """The account that a mailbox's name was given to when its address was taken away."""
        begins = f"{BARE}{_plain(mailbox)}-"
        is_its = re.compile(rf"{re.escape(begins)}[0-9a-f]{{16}}@.*")
        found = self._accounts.matching(begins)
        return next(
            (one for one in found if is_its.fullmatch(one.username) and self.is_free(one)), None
        )

    def _taken(self, mailbox: str, account: Account, *, dry_run: bool) -> Note:
        return _note_of(mailbox, account) if dry_run else self.bind(mailbox, account)

    def strange(self, address: str) -> Account | None:
        """The account of that address, if it is no mailbox's that the driver knows."""
        account = self._accounts.called(address) if "@" in address else None
        return account if account is not None and self.is_free(account) else None

    def is_begun(self, note: Note, account: Account) -> bool:
        """Whether an account is the one that a driver was making when it was ended."""
        is_meant = note.account is None and note.username == account.username
        was_then = abs(account.made - note.begun) <= MADE_WITHIN_SECONDS
        return is_meant and was_then and self.is_free(account)

    def is_free(self, account: Account) -> bool:
        """Whether an account is no mailbox's that the driver knows."""
        return self._notes.of_account(account.number) is None

    def bind(self, mailbox: str, account: Account) -> Note:
        """Note that a mailbox is this account."""
        return self._notes.write(_note_of(mailbox, account))

    def everyone(self) -> Iterator[Mapping[str, object]]:
        """Every mailbox; one that the driver does not know is called by its address."""
        for account in self._accounts.everyone():
            if account.number == self._accounts.own:
                continue
            note = self._notes.of_account(account.number)
            name = note.mailbox if note else account.username
            if note is None and self._notes.of(name) is not None:
                name = f"{name} (account {account.number})"
            yield {"mailbox": name, **entry(account, note)}


def _unknown(mailbox: str, account: Account) -> RefusedError:
    return RefusedError(
        f"Modoboa has a mailbox {account.username}, and the driver does not know it as {mailbox}: "
        "mailctl task reconcile --mend"
    )


def entry(account: Account, note: Note | None) -> dict[str, object]:
    """A mailbox's state and address, as answers give them."""
    address = None if is_bare(account) else account.username
    return {"state": state_of(account, note), "address": address}


def state_of(account: Account, note: Note | None) -> MailboxState:
    """What a mailbox is; one without an address is never active in Modoboa, but may become so."""
    waits = is_bare(account) and note is not None and not note.is_suspended
    return MailboxState.ACTIVE if account.is_active or waits else MailboxState.SUSPENDED


def is_bare(account: Account) -> bool:
    """Whether an account's address was taken away."""
    return account.username.startswith(BARE)


def bare_name(note: Note, account: Account) -> str:
    """A name for a mailbox without an address: nobody can guess it, so no mail comes."""
    domain = account.username.rpartition("@")[2]
    return f"{BARE}{_plain(note.mailbox)}-{token_hex(8)}@{domain}"


def _plain(mailbox: str) -> str:
    if _PLAIN_NAME.fullmatch(mailbox):
        return mailbox
    return sha256(mailbox.encode()).hexdigest()[:24]


def _note_of(mailbox: str, account: Account) -> Note:
    return Note(
        mailbox=mailbox,
        account=account.number,
        username=account.username,
        is_suspended=not account.is_active,
    )
