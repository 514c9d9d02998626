"""The steps of a driver's trial: what each kind must do, alone and in order (rules 16)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from mailctl.domain.tasks import TaskKind
from mailctl.drivers import copies
from mailctl.drivers.protocol import AskedFor, MailboxState, Verdict
from mailctl.drivers.trying import Mailbox, Step, Trial, WrongError, check_verdict

CREATE, SUSPEND, REOPEN = TaskKind.CREATE, TaskKind.SUSPEND, TaskKind.REOPEN
WIPE, RENAME, DELETE = TaskKind.WIPE, TaskKind.RENAME, TaskKind.DELETE
DONE, ALREADY, ABSENT, REFUSED = Verdict.DONE, Verdict.ALREADY, Verdict.ABSENT, Verdict.REFUSED
ACTIVE, SUSPENDED, GONE = MailboxState.ACTIVE, MailboxState.SUSPENDED, MailboxState.ABSENT
KILLED_AFTER_SECONDS = (0.001, 0.02)
STEPS: list[Step] = []


def step(
    name: str, sentence: str, *needs: str
) -> Callable[[Callable[[Trial], None]], Callable[[Trial], None]]:
    """Mark a function as a step, with what the driver must offer for it."""

    def marked(run: Callable[[Trial], None]) -> Callable[[Trial], None]:
        STEPS.append(Step(name=name, sentence=sentence, needs=frozenset(needs), run=run))
        return run

    return marked


@step("first-line", "It says who it is, and takes its settings.")
def _starts(trial: Trial) -> None:
    assert trial.driver.is_well


@step("end-of-input", "It ends when its input ends.")
def _ends(trial: Trial) -> None:
    with trial.program.started(timeout=trial.timeout) as driver:
        pass
    if driver.status is None:
        raise WrongError("it went on after the end of its input, and was killed")
    if driver.status != 0:
        raise WrongError(f"at the end of its input it ended with status {driver.status}, not 0")


@step("unknown-kind", "It refuses what it does not know, and goes on.")
def _refuses_the_unknown(trial: Trial) -> None:
    for _ in range(2):
        answer = trial.driver.ask("mailctl-check", id=trial.next_id())
        check_verdict(answer, REFUSED, "asked for a kind that does not exist")


@step("unknown-key", "It ignores keys that it does not know.", CREATE, DELETE)
def _ignores_new_keys(trial: Trial) -> None:
    mailbox = trial.new_mailbox()
    new = {"of-the-future": ["kind", {"x": None}], "priority": 1}
    trial.asked(CREATE, mailbox, DONE, what="creating with a key that is new", **new)
    trial.check_state(mailbox, ACTIVE, after="creating it with a key that is new")


@step("absent", "It answers absent where there is no mailbox.")
def _knows_what_is_absent(trial: Trial) -> None:
    mailbox = trial.new_mailbox()
    for kind in (SUSPEND, REOPEN, RENAME, TaskKind.PASSWORD, TaskKind.EXPORT, WIPE, DELETE):
        if trial.offers(kind):
            with _more_keys_of(kind) as keys:
                trial.asked(kind, mailbox, ABSENT, what=f"{kind} without a mailbox", **keys)
    trial.check_state(mailbox, GONE, after="nothing")
    if trial.offers(AskedFor.STATE):
        for name in ("..", "../mailctl-check", "mailctl-check/.."):
            answer = trial.driver.ask(AskedFor.STATE, id=trial.next_id(), mailbox=name)
            check_verdict(answer, (ABSENT, REFUSED), f"the state of a mailbox {name!r}")


@step("create", "It creates a mailbox.", CREATE, DELETE)
def _creates(trial: Trial) -> None:
    mailbox = trial.made()
    trial.check_state(mailbox, ACTIVE, after="creating it")
    trial.asked(CREATE, mailbox, ALREADY, what="creating it at the second attempt", attempt=2)
    trial.check_state(mailbox, ACTIVE, after="creating it twice")


@step("takeover", "It takes over no mailbox that is there.", CREATE, DELETE)
def _takes_nothing_over(trial: Trial) -> None:
    mailbox = trial.made()
    other = trial.new_mailbox()
    its_address = other.at(mailbox.address)
    trial.asked(CREATE, mailbox, REFUSED, what="creating it anew at the first attempt")
    trial.asked(CREATE, its_address, REFUSED, what="creating another with the same address")
    trial.asked(CREATE, its_address, REFUSED, what="the same at the second attempt", attempt=2)
    trial.asked(
        CREATE,
        mailbox.at(other.address),
        REFUSED,
        what="creating it with another address at the second attempt",
        attempt=2,
    )
    trial.check_state(mailbox, ACTIVE, after="these refusals")
    trial.check_state(other, GONE, after="these refusals")


@step("existing", "It makes again what it lost, and keeps what is there.", CREATE, DELETE)
def _mends(trial: Trial) -> None:
    mailbox, lost = trial.made(), trial.new_mailbox()
    same = "creating what is there (existing)"
    trial.asked(CREATE, mailbox, ALREADY, what=same, existing=True)
    trial.check_state(mailbox, ACTIVE, after=same)
    moved = mailbox.at(trial.new_mailbox().address)
    other = "creating what is there with another address (existing)"
    trial.asked(CREATE, moved, DONE, what=other, existing=True)
    trial.check_state(moved, ACTIVE, after=other)
    trial.asked(CREATE, lost, DONE, what="creating what was lost (existing)", existing=True)
    trial.check_state(lost, ACTIVE, after="creating what was lost (existing)")
    trial.check_state(moved, ACTIVE, after="creating another")


@step("suspend", "It suspends a mailbox.", CREATE, DELETE, SUSPEND)
def _suspends(trial: Trial) -> None:
    mailbox, other = trial.made(), trial.made()
    _twice(trial, SUSPEND, mailbox, SUSPENDED)
    trial.check_state(other, ACTIVE, after="suspending another")


@step("reopen", "It reopens a mailbox.", CREATE, DELETE, SUSPEND, REOPEN)
def _reopens(trial: Trial) -> None:
    mailbox, other = trial.made(), trial.made()
    trial.asked(REOPEN, mailbox, ALREADY, what="reopening what is active")
    for one in (mailbox, other):
        trial.asked(SUSPEND, one, DONE, what="suspending it")
    _twice(trial, REOPEN, mailbox, ACTIVE)
    trial.check_state(other, SUSPENDED, after="reopening another")


@step("rename", "It renames a mailbox.", CREATE, DELETE, RENAME)
def _renames(trial: Trial) -> None:
    mailbox, other = trial.made(), trial.made()
    old, state = mailbox.address, ACTIVE
    if trial.offers(SUSPEND):
        trial.asked(SUSPEND, mailbox, DONE, what="suspending it")
        state = SUSPENDED
    renamed = mailbox.at(trial.new_mailbox().address)
    _twice(trial, RENAME, renamed, state, old_address=old)
    trial.asked(
        RENAME,
        renamed.at(other.address),
        REFUSED,
        what="renaming it to the address of another",
        old_address=renamed.address,
    )
    trial.check_state(renamed, state, after="that refusal")
    trial.check_state(other, ACTIVE, after="that refusal")
    _give(trial, old)


@step("no-address", "It takes a mailbox's address away.", CREATE, DELETE, RENAME)
def _takes_the_address(trial: Trial) -> None:
    mailbox = trial.made()
    bare = mailbox.at(None)
    _twice(trial, RENAME, bare, ACTIVE, old_address=mailbox.address)
    _give(trial, mailbox.address)
    again = mailbox.at(trial.new_mailbox().address)
    _twice(trial, RENAME, again, ACTIVE, old_address=None)


@step("odd-address", "It keeps odd addresses as they are, or refuses them.", CREATE, DELETE)
def _keeps_odd_addresses(trial: Trial) -> None:
    for part in ("o'neil", "a+b=c", "$HOME`id`", "a/./b", "{a|b}~&x", "100%s", "#*?!", "_a_"):
        fresh = trial.new_mailbox()
        mailbox = fresh.at(f"{part}.{fresh.address}")
        what = f"creating {mailbox.address}"
        if trial.asked(CREATE, mailbox, (DONE, REFUSED), what=what).verdict is DONE:
            trial.check_state(mailbox, ACTIVE, after=what)
        else:
            trial.check_state(mailbox, GONE, after=f"refusing {mailbox.address}")


@step("wipe", "It wipes a mailbox, and makes it anew.", CREATE, DELETE, WIPE)
def _wipes(trial: Trial) -> None:
    mailbox, other = trial.made(), trial.made()
    _gone_twice(trial, WIPE, mailbox)
    trial.check_state(other, ACTIVE, after="wiping another")
    _give(trial, mailbox.address)
    trial.asked(CREATE, mailbox, DONE, what="creating what was wiped")
    trial.check_state(mailbox, ACTIVE, after="creating what was wiped")


@step("delete", "It deletes a mailbox.", CREATE, DELETE)
def _deletes(trial: Trial) -> None:
    mailbox, other = trial.made(), trial.made()
    _gone_twice(trial, DELETE, mailbox)
    trial.check_state(other, ACTIVE, after="deleting another")
    _give(trial, mailbox.address)
    if trial.offers(SUSPEND, RENAME):
        trial.asked(SUSPEND, other, DONE, what="suspending it")
        trial.asked(RENAME, other.at(None), DONE, what="renaming it", old_address=other.address)
        _gone_twice(trial, DELETE, other.at(None))


@step("password", "It sets a password.", CREATE, DELETE, TaskKind.PASSWORD)
def _sets_a_password(trial: Trial) -> None:
    mailbox = trial.made()
    with _more_keys_of(TaskKind.PASSWORD) as keys:
        # Not every mail server can compare.
        for wanted, what in (((DONE,), "setting it"), ((DONE, ALREADY), "setting it again")):
            trial.asked(TaskKind.PASSWORD, mailbox, wanted, what=what, **keys)
    trial.check_state(mailbox, ACTIVE, after="setting its password")


@step("export-maildir", "It exports a mailbox as maildir.", CREATE, DELETE, TaskKind.EXPORT)
def _exports_maildir(trial: Trial) -> None:
    _exports(trial, "maildir")


@step("export-mbox", "It exports a mailbox as mbox.", CREATE, DELETE, TaskKind.EXPORT)
def _exports_mbox(trial: Trial) -> None:
    _exports(trial, "mbox")


@step("dry-run", "It changes nothing on a dry run.", CREATE, DELETE)
def _changes_nothing_dry(trial: Trial) -> None:
    mailbox, other = trial.made(), trial.new_mailbox()
    trial.asked(CREATE, other, DONE, what="a dry run of create", dry_run=True)
    trial.check_state(other, GONE, after="a dry run of create")
    for kind in (SUSPEND, RENAME, TaskKind.PASSWORD, TaskKind.EXPORT, WIPE, DELETE):
        if not trial.offers(kind):
            continue
        what = f"a dry run of {kind}"
        with _more_keys_of(kind) as keys:
            asked = mailbox.at(other.address) if kind == RENAME else mailbox
            trial.asked(kind, asked, DONE, what=what, dry_run=True, **keys)
            if "folder" in keys and Path(str(keys["folder"])).exists():
                raise WrongError(f"{what} made the folder")
        trial.check_state(mailbox, ACTIVE, after=what)
    trial.asked(CREATE, mailbox, ALREADY, what="a dry run of what is so", attempt=2, dry_run=True)


@step("list", "It lists its mailboxes.", CREATE, DELETE, AskedFor.LIST)
def _lists(trial: Trial) -> None:
    mailboxes = [trial.made() for _ in range(3)]
    found = trial.listed()
    for mailbox in mailboxes:
        if found.get(mailbox.name) != (ACTIVE, mailbox.address):
            raise WrongError(f"its list has not {mailbox.name}, active with {mailbox.address}")
        if trial.state_of(mailbox) != found[mailbox.name]:
            raise WrongError(f"its list says something else of {mailbox.name} than its state")
    first, second = sorted(mailboxes, key=lambda one: one.name.encode())[:2]
    answer = trial.driver.ask(AskedFor.LIST, id=trial.next_id(), after=first.name)
    part = answer.more.get("mailboxes")
    following = part[0] if isinstance(part, list) and part else None
    if not isinstance(following, dict) or following.get("mailbox") != second.name:
        raise WrongError(f"its list after {first.name} does not begin with {second.name}")
    trial.asked(DELETE, second, DONE, what="deleting it")
    if second.name in trial.listed():
        raise WrongError(f"its list still has {second.name}, which was deleted")


@step("killed", "It does again what was interrupted.", CREATE, DELETE)
def _survives_kills(trial: Trial) -> None:
    for seconds in KILLED_AFTER_SECONDS:
        mailbox = trial.new_mailbox()
        for kind in (CREATE, SUSPEND, DELETE):
            if not trial.offers(kind):
                continue
            trial.interrupted(kind, mailbox, seconds)
            what = f"{kind} again after it was killed at it"
            repeated = (DONE, ABSENT) if kind == DELETE else (DONE, ALREADY)
            trial.asked(kind, mailbox, repeated, what=what, attempt=2)
            state = {CREATE: ACTIVE, SUSPEND: SUSPENDED, DELETE: GONE}[kind]
            trial.check_state(mailbox, state, after=what)


def _twice(
    trial: Trial, kind: TaskKind, mailbox: Mailbox, state: MailboxState, **keys: object
) -> None:
    """Ask for something that is then so, and again."""
    for wanted, what in ((DONE, kind), (ALREADY, f"{kind} a second time")):
        trial.asked(kind, mailbox, wanted, what=what, **keys)
        trial.check_state(mailbox, state, after=what)


def _gone_twice(trial: Trial, kind: TaskKind, mailbox: Mailbox) -> None:
    for wanted, what in ((DONE, kind), (ABSENT, f"{kind} a second time")):
        trial.asked(kind, mailbox, wanted, what=what)
        trial.check_state(mailbox, GONE, after=what)


def _give(trial: Trial, address: str | None) -> None:
    """Give an address that became free to another mailbox, and delete that one."""
    other = trial.new_mailbox().at(address)
    trial.asked(CREATE, other, DONE, what="creating another with the address that became free")
    trial.check_state(other, ACTIVE, after="giving it the address that became free")
    trial.asked(DELETE, other, DONE, what="deleting that one")


def _exports(trial: Trial, form: str) -> None:
    """As before a deletion: suspended and without an address, where the driver can do that."""
    mailbox = trial.made()
    if trial.offers(SUSPEND, RENAME):
        trial.asked(SUSPEND, mailbox, DONE, what="suspending it")
        old, mailbox = mailbox.address, mailbox.at(None)
        trial.asked(RENAME, mailbox, DONE, what="taking its address away", old_address=old)
    export(trial, mailbox, form, 0)


def export(trial: Trial, mailbox: Mailbox, form: str, messages: int) -> None:
    """Have a mailbox exported, which has so many messages, and again to the same folder."""
    with _more_keys_of(TaskKind.EXPORT) as keys:
        keys["format"] = form
        folder = Path(str(keys["folder"]))
        answer = trial.asked(TaskKind.EXPORT, mailbox, DONE, what="export", **keys)
        fault = copies.fault_of(folder, form, answer.more.get("messages"))
        if fault is not None:
            raise WrongError(fault)
        if answer.more["messages"] != messages:
            raise WrongError(f"it copied {answer.more['messages']} messages of {messages}")
        before = sorted(folder.rglob("*"))
        again = "export to a folder that is there"
        trial.asked(TaskKind.EXPORT, mailbox, REFUSED, what=again, **keys)
        if sorted(folder.rglob("*")) != before:
            raise WrongError("it changed an export that was there")


@contextmanager
def _more_keys_of(kind: str) -> Iterator[dict[str, object]]:
    """The keys of a kind beside the usual ones; an export's folder is removed at the end."""
    if kind == TaskKind.PASSWORD:
        yield {"hash": nobodys_hash()}
    elif kind == TaskKind.EXPORT:
        above = Path(mkdtemp(prefix="mailctl-check-"))
        try:
            yield {"folder": str(above / "export"), "format": "maildir"}
        finally:
            shutil.rmtree(above, ignore_errors=True)
    elif kind == RENAME:
        yield {"old_address": None}
    else:
        yield {}


def nobodys_hash() -> str:
    """A hash whose password nobody knows."""
    from base64 import b64encode

    salt, digest = (b64encode(os.urandom(n)).decode().rstrip("=") for n in (16, 32))
    return f"$argon2id$v=19$m=65536,t=3,p=4${salt}${digest}"
