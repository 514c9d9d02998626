"""What the driver does for each kind: which account of Modoboa it is, and what must hold before.

Modoboa keeps mail in a folder that is named by the address. After a rename or a deletion a job of
its own moves or removes that folder, once a minute, and nobody can see whether it has. So a folder
is left alone for a while: nobody gets an address whose last mailbox may still have mail there, and
no mailbox is deleted before its folder has moved, or its mail would stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from secrets import token_hex

from mailctl import clock
from mailctl.drivers.answering import LaterError, RefusedError, Reply, Request, listed
from mailctl.drivers.modoboa.accounts import ORDINARY, Account, Accounts
from mailctl.drivers.modoboa.notes import Note, Notes
from mailctl.drivers.protocol import AskedFor, MailboxState, Verdict
from mailctl.values import replace

HELD_SECONDS = 300.0
"""So long a folder that Modoboa is to move or remove is left alone."""
MADE_WITHIN_SECONDS = 120.0
"""An account that Modoboa made so long after it was asked for one, or before, is another one."""
_BARE = "mailctl-gone-"
_PLAIN_NAME = re.compile(r"[a-z0-9-]{1,24}")
_ABSENT = Reply(verdict=Verdict.ABSENT)


class Mailboxes:
    """Answers requests about mailboxes."""

    def __init__(self, accounts: Accounts, notes: Notes, *, moves_folders: bool) -> None:
        self._accounts = accounts
        self._notes = notes
        self._moves_folders = moves_folders
        self._listed: list[Mapping[str, object]] = []
        self._does = {
            "create": self._create,
            "suspend": self._suspend,
            "reopen": self._reopen,
            "rename": self._rename,
            "delete": self._delete,
            AskedFor.STATE: self._state,
            AskedFor.LIST: self._list,
        }

    def answer(self, kind: str, request: Request) -> Reply:
        """The answer to a request; RefusedError, LaterError."""
        if not request.mailbox and kind != AskedFor.LIST:
            raise RefusedError("the request names no mailbox")
        self._accounts.api.begin()
        with self._notes.held():
            return self._does[kind](request)

    # What is asked for

    def _create(self, request: Request) -> Reply:
        address, existing = _address(request), request.more.get("existing") is True
        note, account = self._known(request)
        if account is None:
            return self._make(request, address, note, existing=existing)
        assert note is not None
        if account.username == address and (existing or request.attempt > 1):
            return Reply(verdict=Verdict.ALREADY)
        if not existing:
            raise RefusedError(f"a mailbox {request.mailbox} is there already")
        return self._move(request, note, account, address)

    def _make(self, request: Request, address: str, note: Note | None, *, existing: bool) -> Reply:
        found = self._accounts.called(address)
        if found is not None:
            is_own = note is not None and self._is_begun(note, found)
            if not (self._is_free(found) and (is_own or existing)):
                raise RefusedError(f"a mailbox {address} is there already")
            if not request.dry_run:
                self._bind(request.mailbox, found)
            return Reply(verdict=Verdict.ALREADY)
        self._check_free(address)
        if not request.dry_run:
            self._notes.write(
                Note(
                    mailbox=request.mailbox,
                    account=None,
                    username=address,
                    begun=self._accounts.api.server_seconds,
                )
            )
            try:
                made = self._accounts.make(address)
            except RefusedError:
                # Or an account that somebody makes there by hand would be taken for ours.
                self._notes.forget(request.mailbox)
                raise
            self._bind(request.mailbox, made)
        return Reply(verdict=Verdict.DONE, changed=not request.dry_run)

    def _suspend(self, request: Request) -> Reply:
        note, account = self._known(request)
        if note is None or account is None:
            return _ABSENT
        if _state_of(account, note) is MailboxState.SUSPENDED:
            if not note.is_suspended and not request.dry_run:
                self._notes.write(replace(note, is_suspended=True))
            return Reply(verdict=Verdict.ALREADY)
        if not _is_bare(account):
            self._check_no_catch_all(account)
            note = self._with_aliases(note, account)
        if not request.dry_run:
            self._notes.write(replace(note, is_suspended=True))
            if not _is_bare(account):
                self._accounts.change(account, is_active=False)
        return Reply(verdict=Verdict.DONE, changed=not request.dry_run)

    def _reopen(self, request: Request) -> Reply:
        note, account = self._known(request)
        if note is None or account is None:
            return _ABSENT
        is_so = _state_of(account, note) is MailboxState.ACTIVE
        if is_so and not note.is_suspended:
            return Reply(verdict=Verdict.ALREADY)
        if request.dry_run:
            return Reply(verdict=Verdict.ALREADY if is_so else Verdict.DONE)
        if not _is_bare(account):
            self._accounts.change(account, is_active=True)
            self._enable_aliases(note)
            note = replace(note, aliases=())
        # Last: a driver that was killed before does all of it again.
        self._notes.write(replace(note, is_suspended=False))
        return Reply(verdict=Verdict.DONE, changed=True)

    def _rename(self, request: Request) -> Reply:
        note, account = self._known(request)
        if note is None or account is None:
            return _ABSENT
        return self._move(request, note, account, request.address and _address(request))

    def _delete(self, request: Request) -> Reply:
        note, account = self._known(request)
        if account is None:
            if note is not None and not request.dry_run:
                self._notes.forget(note.mailbox)
            return _ABSENT
        assert note is not None
        if account.number == self._accounts.own or account.role != ORDINARY:
            raise RefusedError(f"{account.username} administers Modoboa: delete it there by hand")
        self._check_folders()
        self._check_settled(note)
        if not request.dry_run:
            self._notes.free(account.username, _now())
            self._accounts.delete(account)
            self._notes.free(account.username, _now())
            self._notes.forget(note.mailbox)
        return Reply(verdict=Verdict.DONE, changed=not request.dry_run)

    def _state(self, request: Request) -> Reply:
        note = self._notes.of(request.mailbox)
        if note is not None and note.account is not None:
            account = self._accounts.numbered(note.account)
        else:
            account = self._strange(request.mailbox)
        if account is None:
            return _ABSENT
        return Reply(verdict=Verdict.DONE, more=_entry(account, note))

    def _list(self, request: Request) -> Reply:
        after = request.more.get("after")
        if not isinstance(after, str):
            after = ""
        if not after or not self._listed:
            self._listed = sorted(self._everyone(), key=lambda one: _as_bytes(one["mailbox"]))
        rest = (one for one in self._listed if _as_bytes(one["mailbox"]) > after.encode())
        return listed(rest)

    # Which account it is

    def _known(self, request: Request) -> tuple[Note | None, Account | None]:
        """What is noted of a mailbox, and its account; RefusedError where that is in doubt."""
        note = self._notes.of(request.mailbox)
        if request.kind != "create":
            note = note or self._found_again(request)
            note = note and self._begun(note)
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

    def _begun(self, note: Note) -> Note:
        """A note with the account that a driver was making when it was ended, if it was made.

        RefusedError where another account of that name could be the one that is meant.
        """
        account = self._strange(note.username) if note.account is None else None
        if account is None:
            return note
        if not self._is_begun(note, account):
            raise _unknown(note.mailbox, account)
        return self._bind(note.mailbox, account)

    def _found_again(self, request: Request) -> Note | None:
        """A mailbox that was adopted, or that has no address and was there before the notes.

        RefusedError where a mailbox with that address could be the one that is meant.
        """
        address = (request.address or "").lower()
        account = self._strange(request.mailbox) if request.mailbox == address else None
        if account is None:
            found = self._accounts.matching(f"{_BARE}{_plain(request.mailbox)}-")
            account = next((one for one in found if self._is_free(one)), None)
        if account is not None:
            if request.dry_run:
                return _note_of(request.mailbox, account)
            return self._bind(request.mailbox, account)
        if address and (other := self._strange(address)) is not None:
            raise _unknown(request.mailbox, other)
        return None

    def _strange(self, address: str) -> Account | None:
        """The account of that address, if it is no mailbox's that the driver knows."""
        account = self._accounts.called(address) if "@" in address else None
        return account if account is not None and self._is_free(account) else None

    def _is_begun(self, note: Note, account: Account) -> bool:
        """Whether an account is the one that a driver was making when it was ended."""
        is_meant = note.account is None and note.username == account.username
        was_then = abs(account.made - note.begun) <= MADE_WITHIN_SECONDS
        return is_meant and was_then and self._is_free(account)

    def _is_free(self, account: Account) -> bool:
        return self._notes.of_account(account.number) is None

    def _bind(self, mailbox: str, account: Account) -> Note:
        return self._notes.write(_note_of(mailbox, account))

    def _everyone(self) -> Iterator[Mapping[str, object]]:
        """Every mailbox; one that the driver does not know is called by its address."""
        for account in self._accounts.everyone():
            if account.number == self._accounts.own:
                continue
            note = self._notes.of_account(account.number)
            name = note.mailbox if note else account.username
            if note is None and self._notes.of(name) is not None:
                name = f"{name} (account {account.number})"
            yield {"mailbox": name, **_entry(account, note)}

    # What must hold, and what follows

    def _move(self, request: Request, note: Note, account: Account, address: str | None) -> Reply:
        """Give a mailbox another address, or none; Modoboa moves its mail."""
        if account.username == address or (address is None and _is_bare(account)):
            if account.is_active and note.aliases and not request.dry_run:
                self._enable_aliases(note)
                self._notes.write(replace(note, aliases=()))
            return Reply(verdict=Verdict.ALREADY)
        self._check_folders()
        if address is not None and self._accounts.called(address) is not None:
            raise RefusedError(f"a mailbox {address} is there already")
        self._check_settled(note)
        if address is not None:
            self._check_free(address)
        if request.dry_run:
            return Reply(verdict=Verdict.DONE)
        wanted = address or _bare_name(note, account)
        is_open = address is not None and not note.is_suspended
        if account.is_active and not is_open:
            note = self._with_aliases(note, account)
        self._notes.free(account.username, _now())
        self._notes.write(replace(note, wanted=wanted, moved=_now()))
        try:
            self._accounts.change(account, username=wanted, is_active=is_open)
        except RefusedError:
            self._notes.write(note)
            raise
        self._notes.free(account.username, _now())
        if is_open:
            self._enable_aliases(note)
            note = replace(note, aliases=())
        self._notes.write(replace(note, username=wanted, wanted=None, moved=_now()))
        return Reply(verdict=Verdict.DONE, changed=True)

    def _check_folders(self) -> None:
        if not self._moves_folders:
            raise RefusedError(
                "Modoboa would leave the mail where it is: turn on “Handle mailboxes on "
                "filesystem” in its settings, under Administration, Mailboxes"
            )

    def _check_settled(self, note: Note) -> None:
        """LaterError while Modoboa may still have to move a mailbox's folder."""
        left = note.moved + HELD_SECONDS - _now()
        if left > 0:
            raise LaterError(f"Modoboa moves the mail of a rename first: in {left:.0f} seconds")

    def _check_free(self, address: str) -> None:
        """LaterError while an address may have old mail; RefusedError where it is an alias."""
        left = self._notes.freed_at(address) + HELD_SECONDS - _now()
        if left > 0:
            raise LaterError(
                f"Modoboa clears away the mail of {address} first: in {left:.0f} seconds"
            )
        if self._accounts.alias(address) is not None:
            raise RefusedError(
                f"{address} is an alias in Modoboa, whose recipients would get the mail"
            )

    def _check_no_catch_all(self, account: Account) -> None:
        domain = account.username.rpartition("@")[2]
        alias = self._accounts.alias(f"@{domain}")
        if alias is not None and alias.is_enabled:
            raise RefusedError(
                f"Modoboa would give the mail of a suspended mailbox to the catch-all alias "
                f"@{domain}, and go on after its reopening: remove that alias first"
            )

    def _with_aliases(self, note: Note, account: Account) -> Note:
        """A note that also has the aliases that Modoboa will disable with an account."""
        found = (self._accounts.alias(address) for address in account.aliases)
        own = {one.address for one in found if one and one.is_enabled and len(one.recipients) == 1}
        return replace(note, aliases=tuple(sorted(own.union(note.aliases))))

    def _enable_aliases(self, note: Note) -> None:
        for address in note.aliases:
            alias = self._accounts.alias(address)
            if alias is not None and not alias.is_enabled:
                self._accounts.enable(alias)


def _address(request: Request) -> str:
    """The address that a request gives to a mailbox; RefusedError."""
    address = request.address or ""
    if "@" not in address:
        raise RefusedError("the request has no address")
    if address != address.lower():
        raise RefusedError("Modoboa knows addresses in small letters alone")
    if "/" in address:
        raise RefusedError("Modoboa makes a folder of the address, so / cannot be in it")
    if address.startswith(_BARE):
        raise RefusedError(f"addresses that begin with {_BARE} are the driver's own")
    return address


def _unknown(mailbox: str, account: Account) -> RefusedError:
    return RefusedError(
        f"Modoboa has a mailbox {account.username}, and the driver does not know it as {mailbox}: "
        "mailctl task reconcile --mend"
    )


def _entry(account: Account, note: Note | None) -> dict[str, object]:
    address = None if _is_bare(account) else account.username
    return {"state": _state_of(account, note), "address": address}


def _state_of(account: Account, note: Note | None) -> MailboxState:
    """What a mailbox is; one without an address is never active in Modoboa, but may become so."""
    waits = _is_bare(account) and note is not None and not note.is_suspended
    return MailboxState.ACTIVE if account.is_active or waits else MailboxState.SUSPENDED


def _is_bare(account: Account) -> bool:
    return account.username.startswith(_BARE)


def _bare_name(note: Note, account: Account) -> str:
    """A name for a mailbox without an address: nobody can guess it, so no mail comes."""
    domain = account.username.rpartition("@")[2]
    return f"{_BARE}{_plain(note.mailbox)}-{token_hex(8)}@{domain}"


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


def _as_bytes(name: object) -> bytes:
    return str(name).encode()


def _now() -> float:
    return clock.now().timestamp()
