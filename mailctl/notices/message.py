"""A letter as an e-mail: its headers and its two bodies, as bytes that no text can break out of.

The headers are written here and not by the e-mail package, which takes a long name with commas for
several recipients.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType

from mailctl.domain.text import only_seen
from mailctl.notices.letter import SCAN_ID, Letter
from mailctl.values import Value

LONGEST_LINE = 70
NONE: Mapping[str, bytes] = MappingProxyType({})
"""No files."""
_PLAIN = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~.,:;@()<>\[\]-]{1,60}")
_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=^_`{|}~-]+")


class Mailbox(Value):
    """One address, in the two forms that mail servers know, and the `name` of its owner."""

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        """The address as it is given to servers: the domain in ASCII."""
        return f"{self.local}@{self.domain}"

    @property
    def is_international(self) -> bool:
        """Whether only a server that offers SMTPUTF8 accepts the address."""
        return not self.local.isascii()


class Mail(Value):
    """What is handed to the mail server: the sender, the recipient and the bytes of the message."""

    sender: Mailbox
    recipient: Mailbox
    content: bytes


def mailbox(address: str, name: str = "") -> Mailbox:
    """The one mailbox that a stored address names; ValueError for none, or several."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(f"this is not one e-mail address: {error}") from None
    return Mailbox(name=name, local=found.local_part, domain=found.ascii_domain)


def write(
    letter: Letter,
    *,
    sender: Mailbox,
    recipient: Mailbox,
    message_id: str,
    at: datetime,
    files: Mapping[str, bytes] = NONE,
) -> Mail:
    """The e-mail of a letter: plain text and HTML, with the same words in both; `files` by name."""
    body = MIMEMultipart("alternative")
    body.attach(_part(letter.text, "plain"))
    body.attach(_page(letter))
    if files:
        body = MIMEMultipart("mixed", None, [body])
        for name, content in files.items():
            body.attach(_file(name, content))
    headers = {
        "From": _with_name(sender),
        "To": _with_name(recipient),
        "Subject": _encoded(_one_line(letter.subject)),
        "Date": format_datetime(at),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Mail(
        sender=sender, recipient=recipient, content=head.encode() + body.as_bytes(policy=SMTP)
    )


def _file(name: str, content: bytes) -> MIMEApplication:
    """A file of the letter: its type is what its name ends with, `pdf` or `xml`."""
    part = MIMEApplication(content, name.rpartition(".")[2], name=name)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _page(letter: Letter) -> MIMEText | MIMEMultipart:
    """The HTML, with the picture that it shows, if any."""
    html = _part(letter.html, "html")
    if letter.scan is None:
        return html
    picture = MIMEImage(letter.scan.png, "png", policy=SMTP)
    picture.add_header("Content-ID", f"<{SCAN_ID}>")
    picture.add_header("Content-Disposition", "inline", filename="transfer.png")
    return MIMEMultipart("related", None, [html, picture], type="text/html")


def _part(text: str, subtype: str) -> MIMEText:
    # Lines of 7-bit text under 77 characters pass every server, whatever it offers.
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return MIMEText(text, subtype, charset)  # type: ignore[arg-type]


def _with_name(box: Mailbox) -> str:
    name = _one_line(box.name)
    if not name:
        return box.address
    return f"{_phrase(name)} <{box.address}>"


def _phrase(name: str) -> str:
    """A name before an address: as it is, in quotes, or encoded."""
    if _ATOMS.fullmatch(name) and _is_plain(name):
        return name
    return f'"{name}"' if _is_plain(name) else _encoded(name)


def _encoded(text: str) -> str:
    """Text of a header, in encoded words unless it is short and plain."""
    if _is_plain(text):
        return text
    return Header(text, "utf-8", maxlinelen=LONGEST_LINE).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    # What looks like an encoded word would be decoded by its reader.
    return _PLAIN.fullmatch(text) is not None and "=?" not in text


def _one_line(text: str) -> str:
    return " ".join(only_seen(text, lambda _: " ").split())
