"""Customers who were erased after a backup was made are erased again in what is made of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mailctl.actions import closing
from mailctl.domain.states import CustomerState
from mailctl.errors import MailctlError
from mailctl.hints import command, named
from mailctl.store import backups, customers, erasures
from mailctl.store.engine.backups import mark_of
from mailctl.store.engine.location import Location
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Blocked(Value):
    """Somebody who cannot be erased again yet: why, and the command that comes next."""

    slug: str
    why: str
    helps: str


class Repeated(Value):
    """Who was erased again, and who cannot be yet.

    `silent` are the folders, where none of them has a file that says it;
    `unread` are the files that could not be read, as sentences.
    """

    erased: tuple[str, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    silent: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def repeat(
    transaction: Transaction, store: Location, file: Path, proven: Sequence[str]
) -> Repeated:
    """Erase again everybody of whom a file says so: beside the store, and where its backups are.

    `proven` are ids of customers of whom the lost store proves it.
    """
    mark = mark_of(transaction)
    folders = dict.fromkeys(
        (
            *filter(None, (erasures.folder_of(store),)),
            Path(os.path.realpath(file)).parent,
            *(Path(one.folder) for one in backups.of_all_folders(transaction)),
        )
    )
    found: list[erasures.Erasure] = []
    has_any = False
    unread: list[str] = []
    for folder in folders:
        try:
            told = erasures.read(folder, store, mark)
        except MailctlError as error:
            unread.append(error.message)
            continue
        has_any = has_any or told is not None
        found += told or ()
    erased: list[str] = []
    blocked: list[Blocked] = []
    told_of = (one.slug for one in erasures.to_repeat(transaction, found))
    here = (slug for slug in proven if customers.exists(transaction, slug))
    for slug in dict.fromkeys((*told_of, *here)):
        try:
            _erase(transaction, slug)
        except MailctlError as error:
            is_open = customers.find(transaction, slug).state is CustomerState.OPEN
            helps = command("customer", "close" if is_open else "erase", named("customer", slug))
            blocked.append(Blocked(slug=slug, why=error.message, helps=helps))
        else:
            erased.append(slug)
    return Repeated(
        erased=tuple(erased),
        blocked=tuple(blocked),
        silent=() if has_any else tuple(map(str, folders)),
        unread=tuple(unread),
    )


def _erase(transaction: Transaction, slug: str) -> None:
    """Close a customer who is open, if that may be, and erase them."""
    if customers.find(transaction, slug).state is CustomerState.OPEN:
        closing.close(transaction, closing.plan_close(transaction, id=slug))
    closing.erase(transaction, closing.plan_erase(transaction, id=slug))
