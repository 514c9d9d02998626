"""The mail server: one connection for many messages, and what each answer means (rules 12).

`refusals` decides what a refusal is about. A failure of the server itself is MailFailedError, and
concerns every notice.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from io import BufferedReader
from ipaddress import ip_address

from mailctl.domain.text import printable
from mailctl.errors import MailFailedError
from mailctl.notices.message import Mail
from mailctl.notices.refusals import Blame, is_about_size, judge
from mailctl.values import Value

CONNECT_SECONDS = 15
REPLY_SECONDS = 60
DATA_SECONDS = 120
"""How long the server may take to accept a connection, a command, and a whole message."""
LONGEST_REASON = 200
LONGEST_REPLY = 65_536
CLOSING = 421
_HOSTNAME = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{1,63}")


class Verdict(StrEnum):
    """What became of a message.

    SENT was accepted; DELAYED is tried again; FULL, a full mailbox, for some days; OURS was refused
    because of us; REFUSED was refused for good at that address. DOCUMENT was not handed in, for
    want of its document, or is too large with it.
    """

    SENT = "sent"
    DELAYED = "delayed"
    FULL = "full"
    DOCUMENT = "document"
    OURS = "ours"
    REFUSED = "refused"


_VERDICTS = {
    Blame.LATER: Verdict.DELAYED,
    Blame.FULL: Verdict.FULL,
    Blame.OURS: Verdict.OURS,
    Blame.RECIPIENT: Verdict.REFUSED,
}


class Outcome(Value):
    """What became of a message, and why.

    `is_alarming`: the server itself may be at fault. `other_may_do`: the customer's other address
    may work. `is_too_large`: it was refused for its size, which is nobody else's.
    """

    verdict: Verdict
    reason: str = ""
    is_alarming: bool = False
    other_may_do: bool = False
    is_too_large: bool = False


class Server(Value, unshown=("password",)):
    """Where mail is handed in; `tls` is starttls, tls or none; an empty `user` means no login."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""


def is_this_machine(host: str) -> bool:
    """Whether traffic to that host stays on this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def shortened(text: str) -> str:
    """A reason on one line, without invisible characters, and short enough to be kept."""
    line = " ".join(printable(text, " ").split())
    return line if len(line) <= LONGEST_REASON else f"{line[: LONGEST_REASON - 1]}…"


class _Bounded:
    """A server's answers, line by line; an endless answer is an error."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self.left = LONGEST_REPLY

    def readline(self, size: int) -> bytes:
        line = self._file.readline(size)
        self.left -= len(line)
        if self.left < 0:
            raise OSError("its answer has no end")
        return line

    def close(self) -> None:
        self._file.close()


class _Patient(smtplib.SMTP):
    """A client with a limit on the time for a whole answer, however slowly it trickles in."""

    gives_data = False

    def getreply(self) -> tuple[int, bytes]:
        sock = self.sock
        assert sock is not None
        if self.file is None:
            self.file = _Bounded(sock.makefile("rb"))
        self.file.left = LONGEST_REPLY
        seconds = DATA_SECONDS if self.gives_data else REPLY_SECONDS
        sock.settimeout(seconds)
        late = threading.Event()
        timer = threading.Timer(seconds, _cut, (sock, late))
        timer.daemon = True
        timer.start()
        try:
            return super().getreply()
        except smtplib.SMTPServerDisconnected as error:
            if late.is_set() or "timed out" in str(error):
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()


class _PatientTls(_Patient, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def _cut(sock: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        # Below TLS, whose closing could wait for an answer.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


class Connection:
    """A connection that is opened when it is needed, and again after it was lost."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: _Patient | None = None
        self.has_worked = False
        """Whether it has carried a message: then its loss is worth a second try."""
        self.is_in_doubt = False
        """Whether a message was being handed over whose outcome is not known yet."""

    def open(self) -> None:
        """Connect, encrypt and log in, unless that is done; MailFailedError."""
        if self._smtp is not None:
            return
        self.has_worked = False
        with self._troubles("cannot be reached"):
            self._smtp = self._connected()
        try:
            with self._troubles("cannot be used"):
                self._begin(self._smtp)
        except BaseException:
            self._drop()
            raise

    def close(self) -> None:
        """Say goodbye to the server, and ignore its answer."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._drop()

    def abandon(self) -> None:
        """Close the connection at once, as a run that is interrupted does."""
        self._drop()

    def deliver(self, mail: Mail, *, secret: str = "") -> Outcome:
        """Hand in one message; MailFailedError as long as the recipient was not named.

        `secret` is removed from the reasons, in case the server repeats it.
        """
        self.open()
        assert self._smtp is not None
        international = mail.sender.is_international or mail.recipient.is_international
        if international and not self._smtp.has_extn("smtputf8"):
            return self._not_spoken(mail)
        if 0 < self._most < len(mail.content):
            return Outcome(
                verdict=Verdict.OURS,
                reason=f"the message has {len(mail.content):,} bytes, and the mail server takes "
                f"{self._most:,} at most",
                is_too_large=True,
            )
        options = ("SMTPUTF8", "BODY=8BITMIME") if international else ()
        with self._troubles("does not take messages"):
            self._expect(self._smtp.mail(mail.sender.address, options), "refused the sender")
        try:
            outcome = self._hand_over(self._smtp, mail, secret)
        except (OSError, smtplib.SMTPException) as error:
            outcome = Outcome(
                verdict=Verdict.DELAYED, reason=self._said(error, secret), is_alarming=True
            )
            self._drop()
        self.is_in_doubt = False
        self.has_worked = self._smtp is not None
        return outcome

    @property
    def _most(self) -> int:
        """How many bytes of a message the server says that it takes; 0 where it does not say."""
        assert self._smtp is not None
        said = self._smtp.esmtp_features.get("size", "")
        return int(said) if said.isdecimal() else 0

    def _not_spoken(self, mail: Mail) -> Outcome:
        if mail.sender.is_international:
            raise MailFailedError(
                f"{self._name} cannot send from {mail.sender.address}: it does not offer SMTPUTF8",
                hint="mailctl settings set mail-from -",
            )
        return Outcome(
            verdict=Verdict.OURS,
            reason="the address needs SMTPUTF8, which the mail server does not offer",
            other_may_do=True,
        )

    def _hand_over(self, smtp: _Patient, mail: Mail, secret: str) -> Outcome:
        code, text = smtp.rcpt(mail.recipient.address)
        if not 200 <= code <= 299:
            return self._refused(smtp, (code, text), mail, secret, at_recipient=True)
        smtp.gives_data = self.is_in_doubt = True
        try:
            code, text = smtp.data(mail.content)
        except smtplib.SMTPDataError as error:
            code, text = error.smtp_code, _bytes(error.smtp_error)
        smtp.gives_data = False
        if 200 <= code <= 299:
            return Outcome(verdict=Verdict.SENT)
        return self._refused(smtp, (code, text), mail, secret, at_recipient=False)

    def _refused(
        self,
        smtp: smtplib.SMTP,
        answer: tuple[int, bytes],
        mail: Mail,
        secret: str,
        *,
        at_recipient: bool,
    ) -> Outcome:
        self.is_in_doubt = False
        code, text = answer
        if code == CLOSING:
            self._drop()
        else:
            self._reset(smtp)
        answered = text.decode("utf-8", errors="replace")
        blame = judge(
            code,
            answered,
            at_recipient=at_recipient,
            sender=mail.sender.address,
            recipient=mail.recipient.address,
        )
        return Outcome(
            verdict=_VERDICTS[blame],
            reason=self._clean(code, text, secret),
            is_alarming=code == CLOSING,
            is_too_large=blame is Blame.OURS and is_about_size(answered),
        )

    def _reset(self, smtp: smtplib.SMTP) -> None:
        """Reset the server after a refusal; drop the connection if that fails."""
        try:
            code, _ = smtp.rset()
        except (OSError, smtplib.SMTPException):
            code = CLOSING
        if code != 250:
            self._drop()

    def _connected(self) -> _Patient:
        name = socket.gethostname()
        # To look up the full name could take longer than to send the mail.
        known_as = name if _HOSTNAME.fullmatch(name) else "[127.0.0.1]"
        where = (self._server.host.strip("[]"), self._server.port, known_as)
        if self._server.tls == "tls":
            return _PatientTls(
                *where, timeout=CONNECT_SECONDS, context=ssl.create_default_context()
            )
        return _Patient(*where, timeout=CONNECT_SECONDS)

    def _begin(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._server.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
        if self._server.user:
            self._log_in(smtp)

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.login(self._server.user, self._server.password)
        except smtplib.SMTPAuthenticationError as error:
            # Without the server's answer, which may repeat the password.
            raise MailFailedError(
                f"{self._name} refused the login of {self._server.user} ({error.smtp_code})",
                hint="check mail-user and the password",
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise MailFailedError(
                f"{self._name} takes no login on this connection",
                hint="mailctl settings set mail-tls starttls; without a login: "
                "mailctl settings set mail-user ''",
            ) from None

    def _expect(self, answer: tuple[int, bytes], otherwise: str) -> None:
        code, text = answer
        if not 200 <= code <= 299:
            self._drop()
            raise MailFailedError(
                f"{self._name} {otherwise}: {self._clean(code, text)}",
                hint="check mail-from and mail-user: mailctl settings list",
            )

    @contextmanager
    def _troubles(self, what: str) -> Iterator[None]:
        """Turn errors into MailFailedError, which names the server, never what was sent to it."""
        try:
            yield
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._drop()
            raise MailFailedError(
                f"{self._name} {what}: {self._said(error)}",
                hint="check mail-host, mail-port and mail-tls: mailctl settings list",
            ) from None

    @property
    def _name(self) -> str:
        return f"the mail server {self._server.host}:{self._server.port}"

    def _said(self, error: Exception, secret: str = "") -> str:
        """The reason of a failure, in a few words."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted: {error.verify_message}"
        if isinstance(error, smtplib.SMTPResponseException):
            return self._clean(error.smtp_code, _bytes(error.smtp_error), secret)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return "it does not offer STARTTLS"
        if isinstance(error, TimeoutError):
            return "it did not answer in time"
        text = str(error.strerror) if isinstance(error, OSError) and error.strerror else str(error)
        return self._clean(None, text.encode(), secret) or type(error).__name__

    def _clean(self, code: int | None, answer: bytes, secret: str = "") -> str:
        """The server's answer on one line, shortened, without anything secret."""
        text = " ".join(answer.decode("utf-8", errors="replace").split())
        for hidden in (*self._login_words(), secret):
            if hidden:
                text = text.replace(" ".join(hidden.split()), "***")
        return shortened(text if code is None or code < 0 else f"{code} {text}")

    def _login_words(self) -> Iterator[str]:
        """The password in each form in which a login sends it."""
        password = self._server.password
        if password:
            # The longer one first, since it may contain the other.
            for text in (f"\0{self._server.user}\0{password}", password):
                yield b64encode(text.encode()).decode()
            yield password

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError):
                smtp.close()


def _bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()
