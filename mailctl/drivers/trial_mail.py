"""The steps of a driver's trial that look at the mail server itself, over IMAP and LMTP (rules 16).

What a driver answers is one thing; who can log in and where mail arrives is what it is for.
"""

from __future__ import annotations

import imaplib
import smtplib
from collections.abc import Callable
from contextlib import closing
from functools import partial
from time import monotonic, sleep

from mailctl.domain import passwords
from mailctl.domain.tasks import TaskKind
from mailctl.drivers.trial_steps import CREATE, DELETE, DONE, RENAME, REOPEN, SUSPEND, WIPE, export
from mailctl.drivers.trying import Step, Trial, WrongError
from mailctl.values import Value

_SECONDS = 20.0
_IMAP_OVER_TLS = 993
_ENDS_WITHIN_SECONDS = 3.0
"""So soon after `suspend` was answered no open session may work any more."""
_PERMANENT = 500
_LETTER = b"Subject: mailctl driver check\r\n\r\nThis mailbox is deleted at once.\r\n"


class Place(Value):
    """Where a server listens."""

    host: str
    port: int


class MailServer(Value):
    """Where the mail server that is tried lets people log in and accepts mail, if it is tried."""

    imap: Place | None
    lmtp: Place | None


class _Visitor:
    """A mailbox of the trial, its password, and how much mail was delivered to it."""

    def __init__(self, server: MailServer, trial: Trial) -> None:
        self.server = server
        self.trial = trial
        self.mailbox = trial.made()
        self.delivered = 0
        self.password = passwords.generated()

    def set_password(self) -> None:
        """Give the mailbox its password, where anybody is to log in."""
        if self.server.imap:
            hashed = passwords.hashed(self.password)
            self.ask(TaskKind.PASSWORD, what="setting its password", hash=hashed)

    def ask(self, kind: TaskKind, *, what: str, **keys: object) -> None:
        """Have the driver do something with the mailbox."""
        self.trial.asked(kind, self.mailbox, DONE, what=what, **keys)

    def rename(self, address: str | None) -> str | None:
        """Have it renamed; gives the address that it had."""
        old, self.mailbox = self.mailbox.address, self.mailbox.at(address)
        self.ask(RENAME, what="renaming it", old_address=old)
        return old

    def check_login(
        self, *, works: bool, when: str, password: str | None = None, address: str | None = None
    ) -> None:
        """WrongError unless the mailbox can, or cannot, be logged in to."""
        if self.server.imap is None:
            return
        session = self.logged_in(password, address)
        if session is not None:
            session.shutdown()
        if (session is not None) != works:
            raise WrongError(f"{when} log-in is {'refused' if works else 'possible'}")

    def logged_in(
        self, password: str | None = None, address: str | None = None
    ) -> imaplib.IMAP4 | None:
        """An open session; None where log-in is refused."""
        place = self.server.imap
        assert place is not None
        kind = imaplib.IMAP4_SSL if place.port == _IMAP_OVER_TLS else imaplib.IMAP4
        try:
            session = kind(place.host, place.port, timeout=_SECONDS)
        except (OSError, imaplib.IMAP4.error) as error:
            raise WrongError(
                f"IMAP at {place.host}:{place.port} does not answer: {error}"
            ) from None
        try:
            session.login(address or str(self.mailbox.address), password or self.password)
        except (OSError, imaplib.IMAP4.error):
            session.shutdown()
            return None
        return session

    def check_delivery(self, *, works: bool, when: str, address: str | None = None) -> None:
        """WrongError unless mail to the mailbox is accepted, or refused for good."""
        if self.server.lmtp is None:
            return
        status = _delivered(self.server.lmtp, address or str(self.mailbox.address))
        if works and status:
            raise WrongError(f"{when} mail is refused ({status})")
        if not works and status < _PERMANENT:
            how = f"is refused only for now ({status})" if status else "is accepted"
            raise WrongError(f"{when} mail {how}")
        self.delivered += works

    def check_mail(self, *, when: str) -> None:
        """WrongError unless all the mail that was delivered is there, and no other."""
        if self.server.imap is None:
            return
        session = self.logged_in()
        if session is None:
            raise WrongError(f"{when} log-in is refused")
        try:
            _status, found = session.select("INBOX", readonly=True)
            count = int(found[0] or 0)
        except (OSError, imaplib.IMAP4.error, ValueError) as error:
            raise WrongError(f"{when} the mailbox cannot be opened: {error}") from None
        finally:
            session.shutdown()
        if count != self.delivered:
            raise WrongError(f"{when} it has {count} messages, not {self.delivered}")


def steps(server: MailServer) -> list[Step]:
    """The steps for a mail server, as far as it is said where it listens; ExtraMissingError."""
    if server.imap:
        passwords.check_installed()
    logs_in = (TaskKind.PASSWORD,) if server.imap else ()

    def step(name: str, sentence: str, run: Callable[[_Visitor], None], *needs: str) -> Step:
        return Step(
            name=name,
            sentence=sentence,
            needs=frozenset((CREATE, DELETE, *logs_in, *needs)),
            run=partial(_visit, server, run),
        )

    return [
        step("mail-new", "A new mailbox accepts mail, and nobody logs in.", _new),
        step("mail-password", "Its password opens a mailbox, no other does.", _opened),
        step(
            "mail-suspended",
            "A suspended mailbox is closed at once; reopened it has its mail.",
            _suspended,
            SUSPEND,
            REOPEN,
        ),
        step("mail-renamed", "A renamed mailbox keeps its mail.", _renamed, RENAME),
        step("mail-no-address", "Without an address it accepts no mail.", _bare, RENAME),
        step("mail-wiped", "A wiped mailbox is made anew empty.", _wiped, WIPE),
        step("mail-deleted", "A deleted mailbox accepts no mail, and opens no more.", _deleted),
        step("mail-exported", "An export has all the mail.", _exported, TaskKind.EXPORT),
    ]


def _visit(server: MailServer, run: Callable[[_Visitor], None], trial: Trial) -> None:
    run(_Visitor(server, trial))


def _new(visitor: _Visitor) -> None:
    visitor.check_login(works=False, when="before it has a password")
    visitor.check_delivery(works=True, when="before it has a password")


def _opened(visitor: _Visitor) -> None:
    visitor.set_password()
    visitor.check_delivery(works=True, when="with a password")
    visitor.check_mail(when="with its password")
    visitor.check_login(works=False, when="with another password", password="wrong")  # noqa: S106


def _suspended(visitor: _Visitor) -> None:
    visitor.set_password()
    session = visitor.logged_in() if visitor.server.imap else None
    visitor.ask(SUSPEND, what="suspending it")
    if session is not None:
        _check_ended(session)
    visitor.check_login(works=False, when="while it is suspended")
    if visitor.trial.driver.hello.delivery_while_suspended:
        visitor.check_delivery(works=True, when="while it is suspended")
    visitor.ask(REOPEN, what="reopening it")
    visitor.check_delivery(works=True, when="after its reopening")
    visitor.check_mail(when="after its reopening")


def _renamed(visitor: _Visitor) -> None:
    visitor.set_password()
    visitor.check_delivery(works=True, when="at first")
    old = visitor.rename(visitor.trial.new_mailbox().address)
    visitor.check_delivery(works=False, when="to the old address", address=old)
    visitor.check_delivery(works=True, when="to the new address")
    visitor.check_mail(when="under its new address")


def _bare(visitor: _Visitor) -> None:
    visitor.set_password()
    visitor.check_delivery(works=True, when="at first")
    old = visitor.rename(None)
    visitor.check_delivery(works=False, when="without an address", address=old)
    visitor.check_login(works=False, when="without an address", address=old)
    visitor.rename(old)
    visitor.check_mail(when="with its address again")


def _wiped(visitor: _Visitor) -> None:
    visitor.set_password()
    visitor.check_delivery(works=True, when="at first")
    visitor.ask(WIPE, what="wiping it")
    visitor.check_login(works=False, when="after it was wiped")
    visitor.check_delivery(works=False, when="after it was wiped")
    visitor.ask(CREATE, what="making it anew")
    visitor.check_login(works=False, when="made anew, with the old password,")
    visitor.delivered = 0
    visitor.set_password()
    visitor.check_mail(when="made anew")


def _deleted(visitor: _Visitor) -> None:
    visitor.set_password()
    session = visitor.logged_in() if visitor.server.imap else None
    visitor.ask(DELETE, what="deleting it")
    if session is not None:
        _check_ended(session)
    visitor.check_login(works=False, when="after its deletion")
    visitor.check_delivery(works=False, when="after its deletion")


def _exported(visitor: _Visitor) -> None:
    for _ in range(2):
        visitor.check_delivery(works=True, when="at first")
    for form in ("maildir", "mbox"):
        export(visitor.trial, visitor.mailbox, form, visitor.delivered)


def _check_ended(session: imaplib.IMAP4) -> None:
    """WrongError unless an open session works no more."""
    until = monotonic() + _ENDS_WITHIN_SECONDS
    try:
        while monotonic() < until:
            session.noop()
            sleep(0.05)
    except (OSError, imaplib.IMAP4.error):
        return
    finally:
        session.shutdown()
    raise WrongError("a session that was open goes on")


def _delivered(place: Place, address: str) -> int:
    """The status with which mail to an address is refused; 0 where it is accepted."""
    try:
        # Closed without QUIT: what is said to that is no answer to the letter.
        with closing(
            smtplib.LMTP(place.host, place.port, "localhost", timeout=_SECONDS)
        ) as session:
            session.sendmail("", [address], _LETTER)
    except smtplib.SMTPRecipientsRefused as error:
        return int(error.recipients[address][0])
    except smtplib.SMTPResponseException as error:
        return int(error.smtp_code)
    except (OSError, smtplib.SMTPException) as error:
        raise WrongError(f"LMTP at {place.host}:{place.port} does not answer: {error}") from None
    return 0
