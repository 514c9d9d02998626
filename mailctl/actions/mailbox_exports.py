"""Copies of mailboxes that an administrator orders (rules 16)."""

from __future__ import annotations

from pathlib import Path

from mailctl.actions import unadopted, undo
from mailctl.actions.result import Result
from mailctl.domain.copy_names import copy_name
from mailctl.domain.lifecycle import check_mailbox
from mailctl.domain.tasks import ExportFormat, TaskKind
from mailctl.store import accounts, tasks
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


class ExportAsked(Result):
    """A copy that is to be made, of which mailbox and where."""

    thing: str = "mailbox-export"
    label: str


def check(reader: Reader, *, account: str) -> None:
    """NotActiveError, NotConfiguredError: nothing that could be copied."""
    check_mailbox(accounts.find(reader, account))


def order(
    transaction: Transaction, *, account: str, place: Path, form: ExportFormat
) -> ExportAsked:
    """Have the driver copy a mailbox into a new folder in `place`, which is absolute.

    NotActiveError for a deleted account, NotConfiguredError for a blank one.
    """
    found = accounts.find(transaction, account)
    address = check_mailbox(found)
    task = tasks.ask(transaction, found.id, TaskKind.EXPORT, address, form=form, folder=str(place))
    folder = str(place.joinpath(copy_name(address, found.id, task)))
    tasks.set_folder(transaction, task, folder)
    transaction.record(
        "export-asked",
        f"account/{found.id}",
        {"task": task, "format": form.value},
        personal={"folder": folder},
    )
    return ExportAsked(
        items=(
            {
                "account": found.id,
                "address": address,
                "task": task,
                "format": form.value,
                "folder": folder,
            },
        ),
        label=found.label,
        warnings=unadopted.warnings(transaction, found.id),
        undo=undo.never(
            "the copy is made by the next task run",
            undo.help_to("prevent it", "task", "fail", task, "--reason", "not wanted"),
        ),
    )
