"""What the driver does for each kind: which account of Modoboa it is, and what must hold before.

Modoboa keeps mail in a folder that is named by the address. After a rename or a deletion a job of
its own moves or removes that folder, once a minute, and nobody can see whether it has. So a folder
is left alone for a while: nobody gets an address whose last mailbox may still have mail there, and
no mailbox is deleted before its folder has moved, or its mail would stay.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailctl import clock
from mailctl.drivers.answering import LaterError, RefusedError, Reply, Request, listed
from mailctl.drivers.modoboa.accounts import ORDINARY, Account, Accounts
from mailctl.drivers.modoboa.known import BARE, Known, bare_name, entry, is_bare, state_of
from mailctl.drivers.modoboa.notes import Note, Notes
from mailctl.drivers.protocol import AskedFor, MailboxState, Verdict
from mailctl.values import replace

HELD_SECONDS = 300.0
"""So long a folder that Modoboa is to move or remove is left alone."""
_ABSENT = Reply(verdict=Verdict.ABSENT)


class Mailboxes:
    """Answers requests about mailboxes."""

    def __init__(self, accounts: Accounts, notes: Notes, *, moves_folders: bool) -> None:
        self._accounts = accounts
        self._notes = notes
        self._known = Known(accounts, notes)
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
        note, account = self._known.of(request)
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
            is_own = note is not None and self._known.is_begun(note, found)
            if not (self._known.is_free(found) and (is_own or existing)):
                raise RefusedError(f"a mailbox {address} is there already")
            if not request.dry_run:
                self._known.bind(request.mailbox, found)
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
            self._known.bind(request.mailbox, made)
        return Reply(verdict=Verdict.DONE, changed=not request.dry_run)

    def _suspend(self, request: Request) -> Reply:
        note, account = self._known.of(request)
        if note is None or account is None:
            return _ABSENT
        if state_of(account, note) is MailboxState.SUSPENDED:
            if not note.is_suspended and not request.dry_run:
                self._notes.write(replace(note, is_suspended=True))
            return Reply(verdict=Verdict.ALREADY)
        if not is_bare(account):
            self._check_no_catch_all(account)
            note = self._with_aliases(note, account)
        if not request.dry_run:
            self._notes.write(replace(note, is_suspended=True))
            if not is_bare(account):
                self._accounts.change(account, is_active=False)
        return Reply(verdict=Verdict.DONE, changed=not request.dry_run)

    def _reopen(self, request: Request) -> Reply:
        note, account = self._known.of(request)
        if note is None or account is None:
            return _ABSENT
        is_so = state_of(account, note) is MailboxState.ACTIVE
        if is_so and not note.is_suspended:
            return Reply(verdict=Verdict.ALREADY)
        if request.dry_run:
            return Reply(verdict=Verdict.ALREADY if is_so else Verdict.DONE)
        if not is_bare(account):
            self._accounts.change(account, is_active=True)
            self._enable_aliases(note)
            note = replace(note, aliases=())
        # Last: a driver that was killed before does all of it again.
        self._notes.write(replace(note, is_suspended=False))
        return Reply(verdict=Verdict.DONE, changed=True)

    def _rename(self, request: Request) -> Reply:
        note, account = self._known.of(request)
        if note is None or account is None:
            return _ABSENT
        return self._move(request, note, account, request.address and _address(request))

    def _delete(self, request: Request) -> Reply:
        note, account = self._known.of(request)
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
            account = self._known.strange(request.mailbox)
        if account is None:
            return _ABSENT
        return Reply(verdict=Verdict.DONE, more=entry(account, note))

    def _list(self, request: Request) -> Reply:
        after = request.more.get("after")
        if not isinstance(after, str):
            after = ""
        if not after or not self._listed:
            # An account that changes its page meanwhile may come twice.
            found = {_as_bytes(one["mailbox"]): one for one in self._known.everyone()}
            self._listed = [found[name] for name in sorted(found)]
        rest = (one for one in self._listed if _as_bytes(one["mailbox"]) > after.encode())
        return listed(rest)

    # What must hold, and what follows

    def _move(self, request: Request, note: Note, account: Account, address: str | None) -> Reply:
        """Give a mailbox another address, or none; Modoboa moves its mail."""
        if account.username == address or (address is None and is_bare(account)):
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
        wanted = address or bare_name(note, account)
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
    if address.startswith(BARE):
        raise RefusedError(f"addresses that begin with {BARE} are the driver's own")
    return address


def _now() -> float:
    return clock.now().timestamp()


def _as_bytes(name: object) -> bytes:
    return str(name).encode()
