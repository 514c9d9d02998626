"""One letter that only shows whether mail goes out: it is no notice, and nothing keeps it."""

from __future__ import annotations

from uuid import uuid4

from mailctl import clock
from mailctl.domain.addresses import normal_email
from mailctl.domain.profile import normal_language
from mailctl.errors import MailFailedError
from mailctl.notices import message
from mailctl.notices.draft import Paragraph
from mailctl.notices.letter import Letter, laid_out
from mailctl.notices.message import Mailbox
from mailctl.notices.post import MailSettings
from mailctl.notices.smtp import Connection, Server, Verdict
from mailctl.store.engine.reader import Reader
from mailctl.texts.translations import translation

_HINTS = {
    Verdict.OURS: "check mail-from and mail-user: mailctl settings list",
    Verdict.REFUSED: "check the address, or try another one",
}


def letter(reader: Reader) -> Letter:
    """The letter, in the language of the seller's country."""
    texts = translation(normal_language(None, reader.info.seller_country))
    return laid_out(
        texts,
        title=texts.say("test.subject"),
        paragraphs=[Paragraph(text=texts.say(f"test.{name}")) for name in ("works", "nothing")],
        signature=reader.setting("seller-name") or texts.say("frame.team"),
    )


def recipient(address: str) -> Mailbox:
    """Who gets it; UsageError for what is no address."""
    return message.mailbox(normal_email(address, "address"))


def send(post: MailSettings, server: Server, text: Letter, to: Mailbox) -> None:
    """Hand the letter to the mail server; MailFailedError with its words if it does not take it."""
    mail = message.write(
        text,
        sender=post.sender,
        recipient=to,
        message_id=f"<test-{uuid4().hex}@{post.sender.domain}>",
        at=clock.now(),
    )
    connection = Connection(server)
    try:
        outcome = connection.deliver(mail)
    finally:
        connection.close()
    if outcome.verdict is not Verdict.SENT:
        raise MailFailedError(
            f"the mail server {post.host}:{post.port} did not take the test letter to "
            f"{to.address}: {outcome.reason}",
            hint=_HINTS.get(outcome.verdict, "try again later"),
        )
