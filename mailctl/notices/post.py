"""The mail server of the store's settings, and who the letters are from."""

from __future__ import annotations

from collections.abc import Callable

from mailctl.errors import MailNotConfiguredError
from mailctl.notices import message
from mailctl.notices.message import Mailbox
from mailctl.notices.smtp import Server, is_this_machine
from mailctl.store import mail_settings
from mailctl.store.engine.reader import Reader
from mailctl.values import Value


class MailSettings(Value):
    """The store's settings for sending mail."""

    host: str
    port: int
    tls: str
    user: str
    password_file: str
    sender: Mailbox

    def server(self, password: Callable[[], str]) -> Server:
        """The server to send through; the password is asked for only if there is a login."""
        return Server(
            host=self.host,
            port=self.port,
            tls=self.tls,
            user=self.user,
            password=password() if self.user else "",
        )


def mail_settings_of(reader: Reader) -> MailSettings:
    """The settings for sending mail; MailNotConfiguredError if they do not suffice."""
    if mail_settings.is_off(reader):
        raise MailNotConfiguredError(
            "nothing is sent by mail: mail-host is none, so customers are notified by other means",
            hint="mailctl settings set mail-host mail.example.com",
        )
    missing = [name for name in ("mail-host", "mail-from") if not reader.setting(name)]
    if missing:
        raise MailNotConfiguredError(
            f"no mail can be sent: {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not set",
            hint="; ".join(f"mailctl settings set {name} {_EXAMPLES[name]}" for name in missing),
        )
    found = MailSettings(
        host=reader.setting("mail-host"),
        port=reader.setting_number("mail-port"),
        tls=reader.setting("mail-tls"),
        user=reader.setting("mail-user"),
        password_file=reader.setting("mail-password-file"),
        sender=message.mailbox(reader.setting("mail-from"), reader.setting("seller-name")),
    )
    if found.user and found.tls == "none" and not is_this_machine(found.host):
        raise MailNotConfiguredError(
            f"the password would go to {found.host} unprotected: a login needs mail-tls starttls "
            "or tls",
            hint="mailctl settings set mail-tls starttls",
        )
    return found


_EXAMPLES = {"mail-host": "mail.example.com", "mail-from": "billing@example.com"}
