"""What is said where the driver is asked for something it will not do yet (rules 16)."""

from __future__ import annotations

from mailctl.hints import command
from mailctl.store import mailboxes
from mailctl.store.engine.reader import Reader


def warnings(reader: Reader, account_id: int) -> tuple[str, ...]:
    """A warning where there is a driver, and it does not look after an account's mailbox."""
    if not reader.setting("driver") or mailboxes.name_of(reader, account_id) is not None:
        return ()
    said = (
        "nothing changes on the mail server yet: the driver does not look after this mailbox, and "
        "what is asked waits until it is adopted"
    )
    return (f"{said}: {command('driver', 'adopt', '--from', 'FILE')}",)
