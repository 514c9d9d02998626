"""What was done to a mailbox by hand, whatever is paid: a sentence for each event (rules 16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailctl.domain.differences import DifferenceKind
from mailctl.store.queries.explanations import Event

_FOUND = {
    DifferenceKind.MISSING: "was not on the mail server",
    DifferenceKind.WORKING: "worked on the mail server, though it was to be suspended",
    DifferenceKind.SUSPENDED: "was suspended on the mail server, though it was to work",
    DifferenceKind.ADDRESS: "had another address on the mail server",
}


def _locked(event: Event) -> str:
    reason = event.text("reason")
    why = f" ({reason})" if reason else ""
    return f"{event.actor} locked it{why}: nobody could log in. Its billing did not change."


def _unlocked(event: Event) -> str:
    return f"{event.actor} unlocked it."


def _password_set(event: Event) -> str:
    return f"{event.actor} set a new password for its mailbox."


def _export_asked(event: Event) -> str:
    folder = event.text("folder")
    return f"{event.actor} ordered a copy of its mail{f' in {folder}' if folder else ''}."


def _adopted(event: Event) -> str:
    if event.text("to_make"):
        return f"{event.actor} noted that the mail server had no mailbox of it yet."
    name = event.text("mailbox")
    which = f", which is called {name}" if name else ""
    return f"{event.actor} had the driver look after its mailbox{which}."


def _released(event: Event) -> str:
    return f"{event.actor} had the driver leave its mailbox alone."


def _mending_asked(event: Event) -> str:
    found = _FOUND[DifferenceKind(event.text("found") or "")]
    return f"Its mailbox {found}, which {event.actor} had mended."


MAILBOX_WORDINGS: Mapping[str, Callable[[Event], str]] = {
    "locked": _locked,
    "unlocked": _unlocked,
    "password-set": _password_set,
    "export-asked": _export_asked,
    "adopted": _adopted,
    "released": _released,
    "mending-asked": _mending_asked,
}
"""By kind of the journal's row."""
