"""A driver that is killed, and a Modoboa that fails: everything is done once, or told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailctl.errors import DriverFailedError
from tests.modoboa.driver import Killed, Mailctl, asking, notes_of
from tests.modoboa.proxy import LostError, Proxy, nothing, proxied
from tests.modoboa.server import Modoboa

_TIMES = itertools.count(1)
MOST_REQUESTS = 12


@pytest.fixture
def proxy(modoboa: Modoboa) -> Iterator[Proxy]:
    """A proxy before Modoboa."""
    with proxied(modoboa.url) as found:
        yield found


class Lost:
    """Ends the driver at a request of that number, or at a change of that number."""

    def __init__(self, killed: Killed, at: int, *, only_changes: bool) -> None:
        self.killed = killed
        self.at = at
        self.only_changes = only_changes
        self.count = 0

    def __call__(self, method: str, _path: str) -> None:
        self.count += method != "GET" or not self.only_changes
        if self.count == self.at:
            self.killed.process.kill()
            self.killed.process.wait()
            raise LostError


def prepared(kind: str, mailctl: Mailctl, modoboa: Modoboa, address: str) -> None:
    """What is there before the task."""
    alias = f"alias.{address}"
    if kind != "create":
        assert mailctl.does("create", "1", address) == "done"
        modoboa.asked("POST", "aliases/", address=alias, recipients=[address], enabled=True)
        modoboa.deliver(address, "hello")
    if kind == "reopen":
        assert mailctl.does("suspend", "1", address) == "done"


def begun(kind: str, address: str) -> dict[str, Any]:
    """The task."""
    to = {"rename": f"new.{address}", "bare": None}.get(kind, address)
    return {
        "kind": "rename" if kind == "bare" else kind,
        "mailbox": "1",
        "address": to,
        "old_address": address,
    }


def check_done(kind: str, mailctl: Mailctl, modoboa: Modoboa, address: str) -> None:
    """All of the task was done, once, and nothing else."""
    wanted = {
        "create": ("active", address),
        "suspend": ("suspended", address),
        "reopen": ("active", address),
        "rename": ("active", f"new.{address}"),
        "bare": ("active", None),
        "delete": None,
    }[kind]
    assert mailctl.state("1") == wanted
    assert mailctl.listed() == ({} if wanted is None else {"1": wanted})
    modoboa.do_its_job()
    alias = modoboa.rows("SELECT enabled FROM admin_alias WHERE address = ?", f"alias.{address}")
    kept = {"create": [], "delete": [], "suspend": [(0,)], "bare": [(0,)]}
    assert alias == kept.get(kind, [(1,)])
    found = [path.read_text() for path in modoboa.folder.glob("mail/x.example/*/new/*")]
    assert found == ([] if kind in ("create", "delete") else ["hello"])


def cleared(modoboa: Modoboa) -> None:
    """No mailbox and no mail is left, by an administrator's hand."""
    notes_of(modoboa).unlink(missing_ok=True)
    for account in modoboa.asked("GET", "accounts/?page_size=500")["results"]:
        if account["mailbox"]:
            modoboa.asked("POST", f"accounts/{account['pk']}/delete/", keepdir=False)
    modoboa.do_its_job()


@pytest.mark.parametrize("kind", ["create", "suspend", "reopen", "rename", "bare", "delete"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_driver_that_is_killed_at_any_request_does_it_again(
    modoboa: Modoboa, proxy: Proxy, kind: str, moment: str
) -> None:
    """Before Modoboa hears the request, or the driver the answer; nothing is done twice."""
    for at in range(1, MOST_REQUESTS):
        cleared(modoboa)
        address = f"killed-{next(_TIMES)}@x.example"
        with asking(modoboa, proxy.url) as mailctl:
            prepared(kind, mailctl, modoboa, address)
        killed = Killed(modoboa, proxy.url)
        lost = Lost(killed, at, only_changes=moment == "after")
        setattr(proxy, moment, lost)
        answer = killed.ask(**begun(kind, address))
        setattr(proxy, moment, nothing)
        killed.end()
        modoboa.do_its_job()
        with asking(modoboa, proxy.url) as mailctl:
            again = mailctl.ask(**begun(kind, address), attempt=2)
            if again.verdict == "later":
                assert "moves the mail" in again.detail
                mailctl.wait()
                again = mailctl.ask(**begun(kind, address), attempt=3)
            assert again.verdict in ("done", "already", "absent" if kind == "delete" else "done")
            check_done(kind, mailctl, modoboa, address)
        if answer:
            # There were no more requests.
            assert lost.count < at
            assert at > 1
            return
    pytest.fail("so many requests for one task")


@pytest.mark.parametrize("kind", ["create", "suspend", "rename", "delete"])
def test_a_change_whose_answer_was_lost_is_made_once(
    modoboa: Modoboa, proxy: Proxy, kind: str
) -> None:
    """The driver says later; the next try finds it made."""
    cleared(modoboa)
    address = f"lost-{next(_TIMES)}@x.example"

    def lose_changes(method: str, _path: str) -> None:
        if method != "GET":
            raise LostError

    with asking(modoboa, proxy.url) as mailctl:
        prepared(kind, mailctl, modoboa, address)
        proxy.changes.clear()
        proxy.after = lose_changes
        first = mailctl.ask(**begun(kind, address))
        assert (first.verdict, "does not answer" in first.detail) == ("later", True)
        proxy.after = nothing
        again = mailctl.does(**begun(kind, address), attempt=2)
        assert again == ("absent" if kind == "delete" else "already")
        assert len(proxy.changes) == 1
        check_done(kind, mailctl, modoboa, address)


def test_an_account_made_by_hand_after_a_failed_try_is_not_taken_for_ours(
    modoboa: Modoboa, proxy: Proxy
) -> None:
    """Modoboa has no such domain; then somebody adds it, and the mailbox too."""
    by_hand = {"username": "a@late.example", "role": "SimpleUsers", "password": "Ab1-by-hand-Ab1"}
    cleared(modoboa)
    with asking(modoboa, proxy.url) as mailctl:
        assert mailctl.does("create", "late", "a@late.example") == "refused"
        modoboa.asked("POST", "domains/", name="late.example", type="domain", enabled=True)
        modoboa.asked("POST", "accounts/", **by_hand, mailbox={"use_domain_quota": True})
        assert mailctl.does("create", "late", "a@late.example", attempt=2) == "refused"


def test_an_account_made_by_hand_long_after_a_lost_request_is_not_taken_for_ours(
    modoboa: Modoboa, proxy: Proxy, address: str
) -> None:
    """The driver knows when it asked for one, and Modoboa when it made it."""

    def lose_changes(method: str, _path: str) -> None:
        if method != "GET":
            raise LostError

    by_hand = {"username": address, "role": "SimpleUsers", "password": "Ab1-by-hand-Ab1"}
    cleared(modoboa)
    with asking(modoboa, proxy.url) as mailctl:
        proxy.before = lose_changes
        assert mailctl.does("create", "1", address) == "later"
        proxy.before = nothing
        mailctl.wait()
        modoboa.asked("POST", "accounts/", **by_hand, mailbox={"use_domain_quota": True})
        assert mailctl.does("create", "1", address, attempt=2) == "refused"
        assert mailctl.does("delete", "1", address, attempt=2) == "refused"


def test_a_modoboa_that_leaves_folders_alone_renames_and_deletes_nothing(
    modoboa: Modoboa, address: str
) -> None:
    """Mail would stay at an address that somebody else gets; the setting is named."""
    cleared(modoboa)
    parameters = modoboa.asked("GET", "parameters/global/admin/")["params"]
    modoboa.asked("PUT", "parameters/global/admin/", **parameters | {"handle_mailboxes": False})
    try:
        with asking(modoboa) as mailctl:
            assert mailctl.does("create", "1", address) == "done"
            assert mailctl.does("suspend", "1", address) == "done"
            for kind, to in (("rename", f"new.{address}"), ("rename", None), ("delete", address)):
                refused = mailctl.ask(kind, "1", to, old_address=address)
                wanted = "Handle mailboxes on filesystem"
                assert (refused.verdict, wanted in refused.detail) == ("refused", True)
            assert mailctl.state("1") == ("suspended", address)
    finally:
        modoboa.asked("PUT", "parameters/global/admin/", **parameters)


def test_a_token_that_modoboa_does_not_take_ends_the_run_before_a_task(modoboa: Modoboa) -> None:
    """The sentence has not the token."""
    right = modoboa.token_file.read_text()
    wrong = "f" * len(right)
    modoboa.token_file.write_text(wrong)
    try:
        with pytest.raises(DriverFailedError) as caught, asking(modoboa):
            pass
    finally:
        modoboa.token_file.write_text(right)
    assert "does not take the token: Invalid token." in str(caught.value)
    assert wrong not in str(caught.value)


def test_the_token_of_an_ordinary_administrator_is_not_enough(modoboa: Modoboa) -> None:
    """It does not see every mailbox, so what it does not see would count as gone."""
    by_hand = {"username": "less", "role": "Resellers", "password": "Ab1-by-hand-Ab1"}
    number = modoboa.asked("POST", "accounts/", **by_hand)["pk"]
    right, less = modoboa.token_file.read_text(), "e" * 40
    modoboa.write("INSERT INTO authtoken_token VALUES (?, '2026-01-01', ?)", less, number)
    modoboa.token_file.write_text(less)
    try:
        with pytest.raises(DriverFailedError, match="not of a super admin"), asking(modoboa):
            pass
    finally:
        modoboa.token_file.write_text(right)


def test_a_token_that_others_can_read_is_not_used(modoboa: Modoboa) -> None:
    """As with the password of the mail server."""
    modoboa.token_file.chmod(0o644)
    try:
        with pytest.raises(DriverFailedError, match="may be opened by other"), asking(modoboa):
            pass
    finally:
        modoboa.token_file.chmod(0o600)


def test_the_token_stands_in_no_process_list_and_no_note(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """The driver reads it from its file alone."""
    mailctl.does("create", "1", address)
    token = modoboa.token_file.read_bytes()
    for process in Path("/proc").glob("[0-9]*"):
        for what in ("cmdline", "environ"):
            try:
                assert token not in (process / what).read_bytes()
            except OSError:
                continue
    assert token not in notes_of(modoboa).read_bytes()


def test_a_modoboa_that_is_away_ends_the_run(modoboa: Modoboa, proxy: Proxy) -> None:
    """Nothing is asked of it, and it is said."""

    def lose(_method: str, _path: str) -> None:
        raise LostError

    cleared(modoboa)
    proxy.before = lose
    with pytest.raises(DriverFailedError, match="does not answer"), asking(modoboa, proxy.url):
        pass
