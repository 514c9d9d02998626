"""Trying a driver against the whole protocol, on mailboxes that the trial makes and deletes.

Each step has mailboxes of its own, with names and addresses that nobody else can have; they are
deleted whatever happens. A driver that fails in one step is started anew for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from secrets import token_hex
from time import monotonic, sleep

from mailctl.domain.tasks import TaskKind
from mailctl.domain.text import listed
from mailctl.drivers.program import Driver, Program
from mailctl.drivers.protocol import Answer, AskedFor, MailboxState, Verdict
from mailctl.errors import DriverFailedError, DriverTimeoutError
from mailctl.values import Value, replace

NOWHERE = "mailctl-check.invalid"
"""A domain that cannot exist (RFC 6761)."""
_FIRST_ID = 2**53 - 1
# Answers that change nothing.
_IDLE = frozenset((Verdict.ALREADY, Verdict.ABSENT, Verdict.LATER, Verdict.REFUSED))
LATER_SECONDS = 400.0
"""So long the trial tries to delete what the driver will only delete later."""
SOON_SECONDS = 20.0
"""So long it waits for the first deletion: where that never comes, it makes no more mailboxes."""
_PAUSE_SECONDS = 2.0
_MOST_NAMED = 5
_AGAIN = 2
"""The attempt of a request that was begun before."""


class Mailbox(Value):
    """A mailbox of the trial: its name, and the address that it has now."""

    name: str
    address: str | None

    def at(self, address: str | None) -> Mailbox:
        """The same mailbox with another address."""
        return replace(self, address=address)


class Step(Value):
    """One thing that a driver must do right, and what it must offer for it."""

    name: str
    sentence: str
    needs: frozenset[str]
    run: Callable[[Trial], None]


class Tried(Value):
    """What came of a step: `wrong` says what was wrong, `skipped` why it was not tried."""

    step: str
    sentence: str
    ok: bool | None
    wrong: str | None = None
    skipped: str | None = None


class WrongError(Exception):
    """The driver did something else than it must; the text says what."""


class LaterError(Exception):
    """The driver cannot do it now, which is no fault; the text says why."""


class Trial:
    """A driver that is tried, and the mailboxes that were made for it."""

    def __init__(self, program: Program, *, timeout: float, domain: str | None = None) -> None:
        self.program = program
        self.timeout = timeout
        self._name = f"mailctl-check-{token_hex(3)}"
        self._domain = domain or NOWHERE
        self._made: dict[str, Mailbox] = {}
        self._has_deleted = False
        self._why_left = ""
        self._count = 0
        self._id = _FIRST_ID
        self._driver: Driver | None = None
        self._running = ExitStack()

    def results(self, steps: Sequence[Step]) -> Iterator[Tried]:
        """Every step and what came of it; if it cannot be started, that alone.

        None comes after the first one whose mailboxes cannot be deleted.
        """
        try:
            first = self._result_of(steps[0])
            yield first
            if not first.ok:
                return
            patience = LATER_SECONDS
            for step in steps[1:]:
                yield self._result_of(step)
                if self._made and not (self._has_deleted or self._is_tidied(SOON_SECONDS)):
                    patience = 0.0
                    break
            yield self._left_nothing(patience)
        finally:
            self._running.close()

    @property
    def driver(self) -> Driver:
        """The driver at work; started anew where it failed before."""
        if self._driver is None or not self._driver.is_well:
            self._running.close()
            self._driver = self._running.enter_context(self.program.started(timeout=self.timeout))
        return self._driver

    def offers(self, *kinds: str) -> bool:
        """Whether the driver offers all of these."""
        return set(kinds) <= self.driver.hello.capabilities

    def new_mailbox(self) -> Mailbox:
        """A mailbox that is not there yet."""
        self._count += 1
        name = f"{self._name}-{self._count}"
        return Mailbox(name=name, address=f"{name}@{self._domain}")

    def made(self) -> Mailbox:
        """A mailbox that was made for a step."""
        mailbox = self.new_mailbox()
        self.asked(TaskKind.CREATE, mailbox, Verdict.DONE, what="creating a mailbox")
        return mailbox

    def next_id(self) -> int:
        """A number for a request; they go down, so that a driver must repeat what it is given."""
        self._id -= 3
        return self._id

    def keys(self, kind: str, mailbox: Mailbox, given: dict[str, object]) -> dict[str, object]:
        """What a task says of a mailbox; whatever is made is remembered, to be deleted."""
        keys: dict[str, object] = {"mailbox": mailbox.name, "address": mailbox.address}
        if kind == TaskKind.CREATE:
            keys["existing"] = False
            if not given.get("dry_run"):
                self._made[mailbox.name] = mailbox
        return {**keys, "attempt": 1, "dry_run": False, **given}

    def asked(
        self,
        kind: str,
        mailbox: Mailbox,
        wanted: Verdict | Collection[Verdict],
        *,
        what: str,
        **given: object,
    ) -> Answer:
        """The answer to a task, which must be one of the wanted ones; WrongError."""
        answer = self.driver.ask(kind, id=self.next_id(), **self.keys(kind, mailbox, given))
        check_verdict(answer, wanted, what)
        if answer.changed and answer.verdict in _IDLE:
            raise WrongError(f"{what}: it answered {answer.verdict}, and that it changed something")
        return answer

    def check_state(self, mailbox: Mailbox, state: MailboxState, *, after: str) -> None:
        """WrongError unless the driver says that a mailbox has this state, and its address."""
        found = self.state_of(mailbox)
        if found is None:
            return
        wanted = None if state is MailboxState.ABSENT else mailbox.address
        if found != (state, wanted):
            raise WrongError(
                f"after {after} the mailbox is {found[0]} with {found[1] or 'no address'}, not "
                f"{state}" + ("" if state is MailboxState.ABSENT else f" with {wanted or 'none'}")
            )

    def state_of(self, mailbox: Mailbox) -> tuple[str, str | None] | None:
        """A mailbox's state and address; None from a driver that cannot say it."""
        if self.offers(AskedFor.STATE):
            answer = self.driver.ask(AskedFor.STATE, id=self.next_id(), mailbox=mailbox.name)
            check_verdict(answer, (Verdict.DONE, Verdict.ABSENT), "asked for a mailbox's state")
            if answer.verdict is Verdict.ABSENT:
                return MailboxState.ABSENT, None
            return entry_of(answer.more)
        if self.offers(AskedFor.LIST):
            return self.listed().get(mailbox.name, (MailboxState.ABSENT, None))
        return None

    def listed(self) -> dict[str, tuple[str, str | None]]:
        """Every mailbox that the driver lists, with its state and its address."""
        found: dict[str, tuple[str, str | None]] = {}
        keys: dict[str, object] = {}
        while True:
            answer = self.driver.ask(AskedFor.LIST, id=self.next_id(), **keys)
            check_verdict(answer, Verdict.DONE, "asked for a list")
            part = answer.more.get("mailboxes")
            if not isinstance(part, list) or not all(isinstance(one, dict) for one in part):
                raise WrongError("its list has no mailboxes as the protocol wants them")
            for one in part:
                name, last = one.get("mailbox"), next(reversed(found), "")
                if not isinstance(name, str) or not name:
                    raise WrongError("its list has a mailbox without a name")
                if found and name.encode() <= last.encode():
                    raise WrongError(
                        f"its list is not sorted, or has one twice: {name} after {last}"
                    )
                found[name] = entry_of(one)
            if not part or answer.more.get("more") is not True:
                return found
            keys = {"after": next(reversed(found))}

    def interrupted(self, kind: str, mailbox: Mailbox, after_seconds: float) -> None:
        """Ask a driver of its own for a task and kill it after so long, whatever it has done."""
        with self.program.started(timeout=self.timeout) as driver:
            driver.timeout = after_seconds
            try:
                driver.ask(kind, id=self.next_id(), **self.keys(kind, mailbox, {}))
            except (DriverFailedError, DriverTimeoutError):
                pass
            finally:
                driver.end(at_once=True)

    def _result_of(self, step: Step) -> Tried:
        ok: bool | None = True
        wrong = skipped = None
        try:
            missing = step.needs and step.needs - self.driver.hello.capabilities
            if missing:
                ok, skipped = None, f"no {', '.join(sorted(missing))}"
            else:
                self._run(step)
        except LaterError as error:
            ok, skipped = None, str(error)
        except (WrongError, DriverFailedError, DriverTimeoutError) as error:
            ok, wrong = False, str(error)
        return Tried(step=step.name, sentence=step.sentence, ok=ok, wrong=wrong, skipped=skipped)

    def _run(self, step: Step) -> None:
        try:
            step.run(self)
        finally:
            self._tidy()

    def _tidy(self) -> bool:
        """Delete what a step has made; what cannot be deleted stays remembered.

        Gives whether some of it is to be deleted later.
        """
        is_later = False
        for mailbox in list(self._made.values()):
            # A driver that failed is started anew, once for each mailbox.
            try:
                answer = self.driver.ask(
                    TaskKind.DELETE,
                    id=self.next_id(),
                    **self.keys(TaskKind.DELETE, mailbox, {"attempt": _AGAIN}),
                )
            except DriverFailedError:
                continue
            except DriverTimeoutError:
                # The others would take as long; they are tried again at the end.
                return is_later
            is_later = is_later or answer.verdict is Verdict.LATER
            self._why_left = answer.detail
            if answer.verdict in (Verdict.DONE, Verdict.ABSENT):
                del self._made[mailbox.name]
                self._has_deleted = True
        return is_later

    def _is_tidied(self, patience: float) -> bool:
        """Whether all is deleted, within so many seconds if the driver does it later."""
        until = monotonic() + patience
        while self._tidy() and monotonic() < until:
            sleep(_PAUSE_SECONDS)
        return not self._made

    def _left_nothing(self, patience: float) -> Tried:
        step, sentence = "clean-up", "It deletes all that the trial made."
        if self._is_tidied(patience):
            return Tried(step=step, sentence=sentence, ok=True)
        why = f" ({self._why_left})" if self._why_left else ""
        left = listed(sorted(self._made), most=_MOST_NAMED)
        wrong = f"these mailboxes are still there: {left}{why}"
        return Tried(step=step, sentence=sentence, ok=False, wrong=wrong)


def check_verdict(answer: Answer, wanted: Verdict | Collection[Verdict], what: str) -> None:
    """WrongError unless a driver answers as it must, LaterError where it cannot do it now."""
    words = (wanted,) if isinstance(wanted, Verdict) else tuple(wanted)
    if answer.verdict in words:
        return
    why = f" ({answer.detail})" if answer.detail else ""
    if answer.verdict is Verdict.LATER and not answer.changed:
        raise LaterError(f"{what}: it answered later{why}")
    raise WrongError(f"{what}: it answered {answer.verdict}{why}, not {' or '.join(words)}")


def entry_of(found: object) -> tuple[str, str | None]:
    """The state and the address that a driver gives of a mailbox; WrongError."""
    keys = found if hasattr(found, "get") else {}
    state, address = keys.get("state"), keys.get("address", 0)
    if state not in (MailboxState.ACTIVE, MailboxState.SUSPENDED):
        raise WrongError("it gives a state that is neither active nor suspended")
    if not (address is None or (isinstance(address, str) and address)):
        raise WrongError("it gives no address, which is a text, or null where there is none")
    return str(state), address
