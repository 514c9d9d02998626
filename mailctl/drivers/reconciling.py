"""Comparing the mail server with the books, mailbox by mailbox (rules 16).

Both sides come in the order of the mailboxes' names, a part at a time: memory holds what differs,
not what there is. No transaction is open while the driver works, so what happens to an account
meanwhile is looked for afterwards: nothing is said of it then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from mailctl.domain.differences import Comparison, Difference, DifferenceKind
from mailctl.drivers.program import Driver
from mailctl.drivers.protocol import Answer, AskedFor, MailboxState, Verdict
from mailctl.drivers.running import Setup
from mailctl.errors import CapabilityMissingError, DriverFailedError
from mailctl.hints import command
from mailctl.store import reconciliation, restorations
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import Store
from mailctl.store.reconciliation import Wanted
from mailctl.store.restorations import Wait
from mailctl.values import Value


class OnServer(Value):
    """A mailbox as the driver lists it."""

    mailbox: str
    address: str | None
    state: str


def compared(store: Store, setup: Setup, going_on: Callable[[int], None]) -> Comparison:
    """Compare every mailbox; `going_on` is told how many were.

    CapabilityMissingError where the driver lists none, DriverFailedError, DriverTimeoutError.
    """
    found = Comparison()
    with store.read() as db:
        found.row = reconciliation.last_row(db)
        found.unadopted = reconciliation.unadopted(db)
    with setup.program.started(timeout=setup.timeout) as driver:
        if AskedFor.LIST not in driver.hello.capabilities:
            raise CapabilityMissingError(
                f"the driver {driver.hello.name} {driver.hello.version} lists no mailboxes",
                hint=command("driver", "check", setup.program.name),
            )
        for after, upto, part in _parts(driver):
            with store.read() as db:
                _compare(db, found, after, upto, part)
            going_on(found.compared)
    with store.read() as db:
        differences = reconciliation.still_true(db, found)
    found.differences = sorted(differences, key=lambda one: one.mailbox)
    return found


def let_go(store: Store, command: str) -> None:
    """Let mailboxes be made that have waited for the comparison since a restore (rules 18)."""
    with store.read() as db:
        is_waiting = restorations.waits(db, Wait.CREATES)
    if is_waiting:
        store.change(command, lambda tx: restorations.release(tx, Wait.CREATES))


_NOTHING: Mapping[str, Any] = {}
_Part = tuple[str, str | None, list[OnServer]]


def _parts(driver: Driver) -> Iterator[_Part]:
    """What the driver lists: after which name, up to which (None: to the end), what is there."""
    after = ""
    while True:
        answer = driver.ask(AskedFor.LIST, **({"after": after} if after else _NOTHING))
        boxes = _boxes_of(answer, after)
        if answer.more.get("more") is not True:
            yield after, None, boxes
            return
        if not boxes:
            raise DriverFailedError("the driver failed: it says that there is more, and gives none")
        upto = boxes[-1].mailbox
        yield after, upto, boxes
        after = upto


def _boxes_of(answer: Answer, after: str) -> list[OnServer]:
    if answer.verdict is not Verdict.DONE:
        raise DriverFailedError(
            f"the driver does not list the mailboxes: {answer.detail or answer.verdict}"
        )
    given = answer.more.get("mailboxes")
    if not isinstance(given, list):
        raise DriverFailedError("the driver failed: its list has no mailboxes")
    boxes = [_box_of(one) for one in given]
    for before, box in zip(chain([after], (box.mailbox for box in boxes)), boxes, strict=False):
        if box.mailbox <= before:
            raise DriverFailedError(
                f"the driver failed: its list is not in order: {box.mailbox!r} comes after "
                f"{before!r}"
            )
    return boxes


def _box_of(given: object) -> OnServer:
    if isinstance(given, dict):
        name, address, state = given.get("mailbox"), given.get("address"), given.get("state")
        if (
            isinstance(name, str)
            and _is_text(name)
            and (address is None or (isinstance(address, str) and _is_text(address)))
            and state in (MailboxState.ACTIVE, MailboxState.SUSPENDED)
        ):
            return OnServer(mailbox=name, address=address, state=str(state))
    raise DriverFailedError(f"the driver failed: its list has a wrong entry: {given!r:.100}")


def _is_text(text: str) -> bool:
    """Whether a text can be looked for in any database."""
    return (
        bool(text) and "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
    )


def _compare(
    reader: Reader, found: Comparison, after: str, upto: str | None, part: Sequence[OnServer]
) -> None:
    """Go through both sides at once: each name comes once on each."""
    there = {box.mailbox: box for box in part}
    unknown = dict(there)
    for one in reconciliation.wanted(reader, after, upto):
        box = there.get(one.mailbox)
        unknown.pop(one.mailbox, None)
        found.compared += 1
        if one.is_unfinished:
            found.unfinished += 1
        else:
            found.differences += _of_one(one, box)
    addresses = {box.address for box in unknown.values() if box.address}
    owners = reconciliation.unadopted_with(reader, addresses)
    found.compared += len(unknown)
    found.differences += [_unknown(box, owners.get(box.address or "")) for box in unknown.values()]


def _of_one(wanted: Wanted, box: OnServer | None) -> list[Difference]:
    if box is None:
        return [] if wanted.is_gone else [_difference(DifferenceKind.MISSING, wanted, None)]
    if wanted.is_gone:
        return [_difference(DifferenceKind.LEFT, wanted, box)]
    kinds = []
    if box.address != wanted.address:
        kinds.append(DifferenceKind.ADDRESS)
    if wanted.is_suspended and box.state == MailboxState.ACTIVE:
        kinds.append(DifferenceKind.WORKING)
    elif not wanted.is_suspended and box.state == MailboxState.SUSPENDED:
        kinds.append(DifferenceKind.SUSPENDED)
    return [_difference(kind, wanted, box) for kind in kinds]


def _difference(kind: DifferenceKind, wanted: Wanted, box: OnServer | None) -> Difference:
    state = MailboxState.SUSPENDED if wanted.is_suspended else MailboxState.ACTIVE
    return Difference(
        kind=kind,
        mailbox=wanted.mailbox,
        account=wanted.account,
        customer=wanted.customer,
        address=box.address if box else None,
        state=box.state if box else MailboxState.ABSENT.value,
        wanted_address=None if wanted.is_gone else wanted.address,
        wanted_state=MailboxState.ABSENT.value if wanted.is_gone else state.value,
    )


def _unknown(box: OnServer, account: int | None) -> Difference:
    return Difference(
        kind=DifferenceKind.UNKNOWN,
        mailbox=box.mailbox,
        account=account,
        customer=None,
        address=box.address,
        state=box.state,
        wanted_address=None,
        wanted_state=None,
    )
