"""`mailctl settings test-mail`: whether mail goes out, tried with one letter."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.commands.notice_send import password_for
from mailctl.cli.input import parse
from mailctl.cli.run import Run

Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", help="Who gets it.", parser=parse.free_text)
]


@reading("test-mail")
def test_mail(run: Run, address: Address) -> None:
    """Send one letter now, to see that the settings for mail are right.

    It goes through the mail server of the settings, as the notices do. Nothing is recorded: no
    notice is queued or counted. If it is not accepted, the error has the server's words.

    Examples:
      mailctl settings test-mail you@example.com
      mailctl settings test-mail you@example.com --json

    """
    from mailctl.notices import trial
    from mailctl.notices.post import mail_settings_of

    recipient = trial.recipient(address)
    with run.read() as db:
        post = mail_settings_of(db)
        letter = trial.letter(db)
    trial.send(post, post.server(lambda: password_for(run, post)), letter, recipient)
    if run.is_data_asked_for:
        names = ("host", "port", "tls", "user")
        item: dict[str, object] = {name: getattr(post, name) for name in names}
        sender = post.sender.address
        run.output.write_thing("test-mail", {"to": recipient.address, "sender": sender, **item})
        return
    login = f", login {post.user}" if post.user else ""
    run.output.say(
        f"Sent a test letter to {recipient.address}, from {post.sender.address}, through "
        f"{post.host}:{post.port} (TLS: {post.tls}{login}). Look whether it has arrived, also "
        "among the junk."
    )
