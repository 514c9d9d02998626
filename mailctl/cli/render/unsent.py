"""Warnings of notices that wait, and of what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.cli.render.output import Output
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.store.unsent import Unsent


def warn_of_held(output: Output, held: int, why: tuple[str, str] | None) -> None:
    """Warn that deletions wait until the customers are notified (rules 6)."""
    if held and why:
        reason, command = why
        are = f"{counted(held, 'deletion')} {'is' if held == 1 else 'are'}"
        output.warn(f"{are} held, since {reason}: {command}")


def warn_of_unsent(output: Output, unsent: Unsent | None) -> None:
    """Warn that notices wait for more than a day; perhaps no mail is sent (rules 12)."""
    if unsent:
        output.warn(
            f"{counted(unsent.notices, 'notice')}, the oldest of {unsent.since_on}, "
            f"{'is' if unsent.notices == 1 else 'are'} still to be sent: mailctl notice send"
        )
