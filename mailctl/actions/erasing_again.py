"""Customers who were erased after a backup was made are erased again in what is made of it."""

from __future__ import annotations

import os
from pathlib import Path

from mailctl.actions import closing
from mailctl.domain.states import CustomerState
from mailctl.errors import MailctlError
from mailctl.store import backups, customers, erasures
from mailctl.store.engine.backups import mark_of
from mailctl.store.engine.location import Location
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Repeated(Value):
    """Who was erased again; who is to be closed first, with the reason; which folders say nothing.

    `unread` are the files that could not be read, as sentences.
    """

    erased: tuple[str, ...] = ()
    blocked: tuple[tuple[str, str], ...] = ()
    silent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def repeat(transaction: Transaction, store: Location, file: Path) -> Repeated:
    """Erase again everybody of whom a file says so: beside the store, and where its backups are."""
    mark = mark_of(transaction)
    folders = dict.fromkeys(
        (
            *filter(None, (erasures.folder_of(store),)),
            Path(os.path.realpath(file)).parent,
            *(Path(one.folder) for one in backups.of_all_folders(transaction)),
        )
    )
    found: list[erasures.Erasure] = []
    silent: list[str] = []
    unread: list[str] = []
    for folder in folders:
        try:
            told = erasures.read(folder, store, mark)
        except MailctlError as error:
            unread.append(error.message)
            continue
        if told is None:
            silent.append(str(folder))
        found += told or ()
    erased: list[str] = []
    blocked: list[tuple[str, str]] = []
    for one in erasures.to_repeat(transaction, found):
        try:
            _erase(transaction, one.slug)
        except MailctlError as error:
            blocked.append((one.slug, error.message))
        else:
            erased.append(one.slug)
    return Repeated(
        erased=tuple(erased), blocked=tuple(blocked), silent=tuple(silent), unread=tuple(unread)
    )


def _erase(transaction: Transaction, slug: str) -> None:
    """Close a customer who is open, if that may be, and erase them."""
    if customers.find(transaction, slug).state is CustomerState.OPEN:
        closing.close(transaction, closing.plan_close(transaction, id=slug))
    closing.erase(transaction, closing.plan_erase(transaction, id=slug))
