"""What Dovecot's driver does for each request (docs/drivers.md).

The file is changed first, durably, so that Dovecot refuses what it must refuse; then sessions are
ended or homes removed. A repeat does the second half again, so a crash in between loses nothing.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep, time

from mailctl.drivers.answering import (
    Handler,
    LaterError,
    RefusedError,
    Reply,
    Request,
    listed,
    serve,
)
from mailctl.drivers.dovecot.exporting import FORMATS, export
from mailctl.drivers.dovecot.projection import (
    UNUSABLE,
    Mailbox,
    Projection,
    ProjectionError,
    new_mailbox,
    opened,
)
from mailctl.drivers.dovecot.sockets import DOVEADM, HOMES, Homes, Mail, Sessions
from mailctl.drivers.protocol import CAPABILITIES, Hello, MailboxState, Verdict
from mailctl.values import replace

VERSION = "1.0"
_LOOKS_AGAIN_IN_SECONDS = 0.5
"""Within it a log-in that was let in before the change has become a session that can be ended."""
_STRAGGLES_SECONDS = 900
"""So long after a mailbox has gone a letter may still arrive that was accepted before."""
_SWEEPS_SECONDS = 7 * 24 * 3600
"""So long it is looked for what such letters left."""
_LONGEST_NAME = 200
_ABSENT = Reply(verdict=Verdict.ABSENT)


class Driver:
    """The driver at work; it is of use after `settings`."""

    projection: Projection
    sessions: Sessions
    mail: Mail
    removing: Homes
    homes: Path

    def __init__(self) -> None:
        self._second_looks: deque[tuple[float, str]] = deque()

    def handlers(self) -> dict[str, Handler]:
        """What is done for each kind of request."""
        kinds: dict[str, Handler] = {
            "settings": self.settings,
            "create": self.create,
            "suspend": self.suspend,
            "reopen": self.reopen,
            "rename": self.rename,
            "password": self.password,
            "wipe": self.remove,
            "delete": self.remove,
            "export": self.export,
            "state": self.state,
            "list": self.list,
        }
        return {kind: self._safely(handler) for kind, handler in kinds.items()}

    def settings(self, request: Request) -> Reply:
        """Open the file; RefusedError where it or the settings are no good."""
        given = request.more.get("settings")
        given = given if isinstance(given, dict) else {}
        self.homes = _folder(given, "dovecot-home")
        run = _folder(given, "dovecot-run")
        self.sessions, self.mail = Sessions(run / DOVEADM), Mail(run / DOVEADM)
        self.removing = Homes(run / HOMES)
        try:
            self.projection = opened(_folder(given, "dovecot-database"))
        except ProjectionError as error:
            raise RefusedError(str(error)) from None
        self._remove_stragglers()
        return Reply(verdict=Verdict.DONE)

    def create(self, request: Request) -> Reply:
        """Accept mail for an address in a home of the mailbox's own."""
        name, address = _name(request), request.address
        found = self.projection.mailbox(name)
        may_exist = request.more.get("existing") is True
        if found and found.is_there:
            if not may_exist and request.attempt < 2:
                raise RefusedError(f"a mailbox {name} is there already")
            if found.address == address:
                return Reply(verdict=Verdict.ALREADY)
            if not may_exist:
                raise RefusedError(
                    f"the mailbox {name} is there with {found.address or 'no address'}"
                )
        elif not may_exist and self._has_home(name) and not self._is_straggler(found):
            raise RefusedError(f"a home {self.homes / name} is there already, of another mailbox")
        self._check_free(name, address)
        if not request.dry_run:
            if found and self._is_straggler(found):
                self.removing.remove(name)
            fresh = new_mailbox(name, address)
            is_kept = found is not None and found.is_there
            kept = replace(found, address=address) if found and is_kept else fresh
            self.projection.put(kept)
        return Reply(verdict=Verdict.DONE, changed=True)

    def suspend(self, request: Request) -> Reply:
        """Refuse log-ins and end the sessions; mail is accepted."""
        found = self._mailbox(request)
        if found is None:
            return _ABSENT
        wanted = replace(found, state=MailboxState.SUSPENDED.value)
        return self._put(request, found, wanted, ends_sessions=True)

    def reopen(self, request: Request) -> Reply:
        """Let its owner log in again."""
        found = self._mailbox(request)
        if found is None:
            return _ABSENT
        wanted = replace(found, state=MailboxState.ACTIVE.value)
        return self._put(request, found, wanted)

    def rename(self, request: Request) -> Reply:
        """Give it another address, or none: then nobody logs in and no mail is accepted."""
        found = self._mailbox(request)
        if found is None:
            return _ABSENT
        self._check_free(found.name, request.address)
        wanted = replace(found, address=request.address)
        return self._put(request, found, wanted, ends_sessions=request.address is None)

    def password(self, request: Request) -> Reply:
        """Let its owner log in with another password; who is in with the old one is sent out."""
        found = self._mailbox(request)
        if found is None:
            return _ABSENT
        wanted = replace(found, hash=request.text("hash"))
        return self._put(request, found, wanted, ends_sessions=True)

    def remove(self, request: Request) -> Reply:
        """Have a mailbox gone with its mail, its folders and its address, for good."""
        name = _name(request)
        found = self.projection.mailbox(name)
        if found is None and self._has_home(name):
            raise RefusedError(
                f"the home {self.homes / name} is there, of a mailbox that the driver does not "
                "know: nothing is removed"
            )
        if found is None:
            return _ABSENT
        if inner := self.projection.inside(name):
            raise RefusedError(f"the home of the mailbox {inner.name} is inside {name}")
        if not found.is_there:
            if self._is_straggler(found) and not request.dry_run:
                self.removing.remove(name)
            return _ABSENT
        if not request.dry_run:
            # Nobody comes in, and no letter, from here on; a crash after it is repeated whole.
            closed = replace(found, address=None, hash=None, state=MailboxState.SUSPENDED.value)
            self.projection.put(closed)
            self.sessions.end(found.user)
            self.removing.remove(name)
            self.projection.put(replace(closed, state="gone", gone_at=int(time())))
        return Reply(verdict=Verdict.DONE, changed=True)

    def export(self, request: Request) -> Reply:
        """Write all its mail into a new folder."""
        found = self._mailbox(request)
        if found is None:
            return _ABSENT
        folder, format = Path(request.text("folder")), request.text("format")
        if not folder.is_absolute() or format not in FORMATS:
            raise RefusedError("an export is maildir or mbox, into an absolute folder")
        if request.dry_run:
            return Reply(verdict=Verdict.DONE, changed=True)
        messages = export(self.mail, found.user, folder, format)
        return Reply(verdict=Verdict.DONE, changed=True, more={"messages": messages})

    def state(self, request: Request) -> Reply:
        """What a mailbox does."""
        found = self.projection.mailbox(_name(request))
        if found is None or not found.is_there:
            return _ABSENT
        return Reply(verdict=Verdict.DONE, more={"state": found.state, "address": found.address})

    def list(self, request: Request) -> Reply:
        """All mailboxes, a thousand an answer."""
        after = request.more.get("after")
        found = self.projection.after(after if isinstance(after, str) else "")
        return listed(mailbox.as_told for mailbox in found)

    def look_again(self, *, at_end: bool = False) -> None:
        """End the sessions of those who logged in while theirs were ended, once it is time."""
        due = []
        while self._second_looks:
            at, name = self._second_looks[0]
            if (left_seconds := at - monotonic()) > 0:
                if not at_end:
                    break
                sleep(left_seconds)
            due.append(name)
            self._second_looks.popleft()
        if not due:
            return
        # One look for all of them: thousands may be suspended in a row.
        users = self.sessions.users()
        for found in map(self.projection.mailbox, due):
            is_closed = found and (found.state != MailboxState.ACTIVE or found.address is None)
            if found and is_closed and found.user.encode() in users:
                self.sessions.kick(found.user)

    def _safely(self, handler: Handler) -> Handler:
        def handled(request: Request) -> Reply:
            with suppress(LaterError):
                self.look_again()
            try:
                return handler(request)
            except UNUSABLE as error:
                raise LaterError(f"the file of mailboxes cannot be used now: {error}") from None

        return handled

    def _mailbox(self, request: Request) -> Mailbox | None:
        """The mailbox of a request; one whose home is there without a line is written first.

        So a mailbox that was adopted becomes known, and one whose line was lost with the file.
        """
        name = _name(request)
        found = self.projection.mailbox(name)
        if found is None and self._has_home(name):
            self._check_free(name, request.address)
            found = new_mailbox(name, request.address)
            if not request.dry_run:
                self.projection.put(found)
        return found if found and found.is_there else None

    def _put(
        self, request: Request, found: Mailbox, wanted: Mailbox, *, ends_sessions: bool = False
    ) -> Reply:
        changes = wanted != found
        if not request.dry_run:
            if changes:
                self.projection.put(wanted)
            # An earlier try may have come no further than the file.
            if ends_sessions:
                self.sessions.end(found.user)
                self._second_looks.append((monotonic() + _LOOKS_AGAIN_IN_SECONDS, found.name))
        return Reply(verdict=Verdict.DONE if changes else Verdict.ALREADY, changed=changes)

    def _check_free(self, name: str, address: str | None) -> None:
        holder = self.projection.holder(address) if address else None
        if holder and holder.name != name:
            raise RefusedError(f"{address} is the address of the mailbox {holder.name}")

    def _has_home(self, name: str) -> bool:
        return self._home_made_at(name) is not None

    def _home_made_at(self, name: str) -> float | None:
        """When a home was made, or got its name back; None where there is none. LaterError."""
        home = self.homes / name
        try:
            return home.lstat().st_ctime
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise LaterError(f"whether {home} is there cannot be seen: {error.strerror}") from None

    def _is_straggler(self, found: Mailbox | None) -> bool:
        """Whether a home is only what came right after its mailbox had gone.

        One that was put back later, from a copy, is not.
        """
        if found is None or found.gone_at is None:
            return False
        made_at = self._home_made_at(found.name)
        return made_at is not None and made_at <= found.gone_at + _STRAGGLES_SECONDS

    def _remove_stragglers(self) -> None:
        """Remove what letters left that had been accepted before their mailbox was gone."""
        for mailbox in self.projection.gone_since(int(time()) - _SWEEPS_SECONDS):
            try:
                if self._is_straggler(mailbox):
                    self.removing.remove(mailbox.name)
            except (LaterError, RefusedError):
                # The next run tries again.
                return


def run() -> int:
    """Serve until the input ends; gives the exit status."""
    driver = Driver()
    hello = Hello(
        name="dovecot",
        version=VERSION,
        capabilities=CAPABILITIES,
        delivery_while_suspended=True,
    )
    # An export that took too long is ended, and leaves nothing behind.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    # The file and its log have a mode of their own; exports are for mailctl's user alone.
    os.umask(0o077)
    status = serve(hello, driver.handlers())
    with suppress(LaterError):
        driver.look_again(at_end=True)
    return status


def _name(request: Request) -> str:
    """The mailbox's name, which is its home below the folder of homes; RefusedError."""
    name = request.mailbox
    parts = name.split("/")
    if (
        not all(parts)
        or len(name.encode()) > _LONGEST_NAME
        or not name.isprintable()
        or any(part in (".", "..") or part.startswith(".gone.") for part in parts)
    ):
        raise RefusedError(f"{name!r} cannot be the name of a mailbox's home")
    return name


def _folder(settings: dict[str, object], name: str) -> Path:
    given = settings.get(name)
    if not isinstance(given, str) or not Path(given).is_absolute():
        raise RefusedError(f"{name} is not set: mailctl driver dovecot --config says how")
    return Path(given)
