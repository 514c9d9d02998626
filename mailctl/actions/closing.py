"""Customers who leave: closed once they have nothing active, then erased (rules 4)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mailctl.actions import payment_files, undo
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.money import money, typed_amount
from mailctl.domain.states import CustomerState, PlatformState
from mailctl.domain.text import listed
from mailctl.errors import (
    CustomerClosedError,
    CustomerNotClosedError,
    MailctlError,
    NotClosableError,
)
from mailctl.hints import Hint, command, named
from mailctl.store import backups, customers, erasure, erasures, tasks
from mailctl.store.engine import stores
from mailctl.store.engine.backups import mark_of
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import bank_candidates
from mailctl.values import Value

_LEFT_ON_SERVER = (
    "the server overwrites what was erased when it vacuums the tables; its archive and copies "
    "have it until they are old enough to be removed"
)
_NOWHERE_TO_TELL = (
    "no folder with a backup is known, where a file could say who was erased: where the server is "
    "restored from its archive, erase them again"
)


class CustomerClosed(Result):
    """A customer who is closed."""

    thing: str = "customer"


class CustomerReopened(Result):
    """A customer who is open again."""

    thing: str = "customer"


class CustomerErased(Result):
    """A customer whose personal data are removed."""

    thing: str = "customer"


class ClosePlan(Value):
    """Who will be closed; `changes_nothing` if that is so already."""

    customer: str
    name: str
    changes_nothing: bool


def plan_close(reader: Reader, *, id: str) -> ClosePlan:
    """Check that a customer may be closed; NotClosableError lists everything still active."""
    customer = customers.find(reader, id)
    is_open = customer.state == CustomerState.OPEN
    if is_open and (blockers := _blockers(reader, customer)):
        raise NotClosableError(
            f"{id} cannot be closed yet", lines=blockers, hint=f"mailctl customer show {id}"
        )
    name = str(customers.show(reader, id)["name"])
    return ClosePlan(customer=id, name=name, changes_nothing=not is_open)


def close(transaction: Transaction, plan: ClosePlan) -> CustomerClosed:
    """Close a customer: nothing more can be ordered for them."""
    id = plan.customer
    if not plan.changes_nothing:
        customers.close(transaction, customers.find(transaction, id).id)
        transaction.record("customer-closed", f"customer/{id}")
    return CustomerClosed(
        items=(customers.show(transaction, id),),
        changed=not plan.changes_nothing,
        undo=undo.by("customer", "reopen", named("customer", id)),
    )


def reopen(transaction: Transaction, *, id: str) -> CustomerReopened:
    """Open a closed customer again; CustomerClosedError where they were erased (rules 4)."""
    customer = customers.find(transaction, id)
    if customer.state == CustomerState.ERASED:
        raise CustomerClosedError(
            f"the customer {id} was erased: the personal data are gone, so it cannot be reopened",
            hint=Hint.ADD_CUSTOMER,
        )
    is_closed = customer.state == CustomerState.CLOSED
    if is_closed:
        customers.reopen(transaction, customer.id)
        transaction.record("customer-reopened", f"customer/{id}")
    return CustomerReopened(
        items=(customers.show(transaction, id),),
        changed=is_closed,
        undo=_undo_reopening(transaction, customer),
    )


def _undo_reopening(reader: Reader, customer: customers.Customer) -> Undo:
    """To close again: where money moved after they left, only once that is settled."""
    who = named("customer", customer.slug)
    if _blockers(reader, customer):
        settled = undo.help_to("see what must be settled first", "customer", "show", who)
        return undo.never("a customer is closed once nothing is open", settled)
    return undo.by("customer", "close", who, "--yes")


def _blockers(reader: Reader, customer: customers.Customer) -> tuple[str, ...]:
    found = [
        f"the platform {one.name} is active: mailctl platform cancel {one.name}"
        if one.state == PlatformState.ACTIVE
        else f"the platform {one.name} is cancelled, and closes with its last account; to delete "
        f"it with all mail before: mailctl platform delete {one.name}"
        for one in customers.live_platforms(reader, customer.id)
    ]
    found += [
        f"invoice {number} is open: mailctl invoice pay {number}"
        for number in customers.open_invoices(reader, customer.id)
    ]
    found += [
        f"order {number} is in progress: mailctl order cancel {number}"
        for number in customers.orders_in_progress(reader, customer.id)
    ]
    found += [
        f"payment {payment} is pending: mailctl payment settle {payment}"
        for payment in customers.pending_payments(reader, customer.id)
    ]
    balance = customer.balance_cents
    if balance > 0:
        found.append(
            f"the balance is {money(balance, reader.info.currency)}: "
            f"mailctl prepaid refund {customer.slug} {typed_amount(balance)} --reason closing"
        )
    elif balance < 0:
        found.append(
            f"the balance is {money(balance, reader.info.currency)}: "
            f"mailctl prepaid credit {customer.slug} {typed_amount(-balance)}"
        )
    return tuple(found)


class ErasePlan(Value):
    """Whose personal data will be removed; `changes_nothing` where they are gone already."""

    customer: str
    changes_nothing: bool


def plan_erase(reader: Reader, *, id: str) -> ErasePlan:
    """Check that a customer may be erased: CustomerNotClosedError, or NotClosableError.

    The mail server's open tasks need the addresses that this removes (rules 4).
    """
    customer = customers.find(reader, id)
    if customer.state == CustomerState.OPEN:
        raise CustomerNotClosedError(
            f"the customer {id} is open", hint=f"mailctl customer close {id}"
        )
    waiting = customers.waiting_tasks(reader, customer.id)
    if waiting and customer.state != CustomerState.ERASED:
        raise NotClosableError(
            f"{id} cannot be erased yet: the mail server still has tasks for them",
            lines=tuple(
                f"task {task.id} {'failed' if task.is_failed else 'waits'}, {task.kind} "
                f"{task.address}: mailctl task done {task.id}"
                for task in waiting
            ),
            hint="mailctl task run --retry"
            if any(task.is_failed for task in waiting)
            else f"mailctl task list --todo --customer {id}",
        )
    return ErasePlan(customer=id, changes_nothing=customer.state == CustomerState.ERASED)


def erase(transaction: Transaction, plan: ErasePlan) -> CustomerErased:
    """Remove a closed customer's personal data; invoices and ledger stay, as the law requires.

    It is also removed from notices, tasks, orders, payment methods, payment files and the journal's
    details (rules 4).
    """
    folders: list[str] = []
    if not plan.changes_nothing:
        customer_id = customers.find(transaction, plan.customer).id
        payment_files.take_out(transaction, customer_id)
        folders = tasks.folders_of(transaction, customer_id)
        ibans = bank_candidates.ibans_of(transaction, customer_id)
        erasure.erase(transaction, customer_id, plan.customer, ibans=ibans)
        transaction.record("customer-erased", f"customer/{plan.customer}")
    told = tuple(_tell_backups(transaction, changed=not plan.changes_nothing))
    return CustomerErased(
        items=(customers.show(transaction, plan.customer),),
        changed=not plan.changes_nothing,
        undo=undo.never("the personal data are gone"),
        warnings=(
            *(
                f"the copy of the store before an upgrade still has their data: delete {copy}"
                for copy in stores.copies(transaction.location)
            ),
            *(
                f"a copy of a mailbox of theirs is left: delete {folder}"
                for folder in folders
                if os.path.lexists(folder)
            ),
            *(() if transaction.connection.overwrites else (_LEFT_ON_SERVER,)),
            *told,
        ),
    )


def _tell_backups(transaction: Transaction, *, changed: bool) -> Iterator[str]:
    """Have the store's folder and those of its backups say who was erased; what is to be known.

    The last step before the commit: what was commanded is then done again after a restore, even if
    the commit fails.
    """
    folders = [Path(one.folder) for one in backups.of_all_folders(transaction)]
    if changed and folders:
        yield (
            f"backups in {listed([str(folder) for folder in folders])} that are older still have "
            "their data; whoever restores one erases it again"
        )
    own = erasures.folder_of(transaction.location)
    if own is None and not folders:
        yield _NOWHERE_TO_TELL
    if transaction.dry_run:
        return
    mark, known = mark_of(transaction), erasures.known(transaction)
    if own is not None:
        erasures.add(own, transaction.location, mark, known)
    for folder in folders:
        if folder == own:
            continue
        try:
            erasures.add(folder, transaction.location, mark, known)
        except MailctlError as error:
            yield (
                f"{error.message}; the next backup there says it: "
                f"{command('store', 'backup', folder)}"
            )
