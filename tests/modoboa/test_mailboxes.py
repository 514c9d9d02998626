"""What each kind of task does in Modoboa, and what its mail server then does."""

from __future__ import annotations

import pytest

from mailctl.drivers.modoboa.mailboxes import HELD_SECONDS
from tests.modoboa.driver import Mailctl, asking, notes_of
from tests.modoboa.server import Modoboa

# Of Modoboa's installer, for Dovecot and for Postfix: who may log in, who gets mail.
LOGS_IN = """
    SELECT u.email FROM core_user u
    INNER JOIN admin_mailbox mb ON u.id = mb.user_id
    INNER JOIN admin_domain dom ON mb.domain_id = dom.id
    WHERE mb.is_send_only = 0 AND u.email = ? AND u.is_active = 1 AND dom.enabled = 1
"""
GETS_MAIL = """
    SELECT mb.quota FROM admin_mailbox mb
    INNER JOIN admin_domain dom ON mb.domain_id = dom.id
    INNER JOIN core_user u ON u.id = mb.user_id
    WHERE mb.is_send_only = 0 AND mb.address || '@' || dom.name = ?
"""
HANDED_ON_TO = """
    SELECT alr.address FROM modoboa_admin_aliasrecipient AS alr
    INNER JOIN admin_alias AS al ON alr.alias_id = al.id
    WHERE al.enabled = 1 AND al.address = ?
"""


def does(modoboa: Modoboa, address: str) -> tuple[bool, bool]:
    """Whether the mailbox of an address may log in, and whether it gets mail."""
    return bool(modoboa.rows(LOGS_IN, address)), bool(modoboa.rows(GETS_MAIL, address))


def test_a_mailbox_is_made_with_the_quota_of_its_domain(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Nobody knows its password, mail is accepted."""
    assert mailctl.does("create", "1", address) == "done"
    assert mailctl.state("1") == ("active", address)
    assert does(modoboa, address) == (True, True)
    assert modoboa.rows(GETS_MAIL, address) == [(100,)]
    assert mailctl.does("create", "1", address, attempt=2) == "already"


def test_a_suspended_mailbox_refuses_log_in_and_still_gets_mail(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """The driver says so in its first line: delivery_while_suspended."""
    assert mailctl.driver.hello.delivery_while_suspended
    mailctl.does("create", "1", address)
    assert mailctl.does("suspend", "1", address) == "done"
    assert mailctl.does("suspend", "1", address) == "already"
    assert mailctl.state("1") == ("suspended", address)
    assert does(modoboa, address) == (False, True)
    assert mailctl.does("reopen", "1", address) == "done"
    assert mailctl.does("reopen", "1", address) == "already"
    assert does(modoboa, address) == (True, True)


def test_the_aliases_of_a_mailbox_work_again_after_its_reopening(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Modoboa disables them with the mailbox, and would leave them so."""
    alias, off, shared = f"alias.{address}", f"off.{address}", f"shared.{address}"
    mailctl.does("create", "1", address)
    modoboa.asked("POST", "aliases/", address=alias, recipients=[address], enabled=True)
    modoboa.asked("POST", "aliases/", address=off, recipients=[address], enabled=False)
    both = [address, "else@elsewhere.example"]
    modoboa.asked("POST", "aliases/", address=shared, recipients=both, enabled=True)
    mailctl.does("suspend", "1", address)
    assert modoboa.rows(HANDED_ON_TO, alias) == []
    mailctl.does("reopen", "1", address)
    assert modoboa.rows(HANDED_ON_TO, alias) == [(address,)]
    assert modoboa.rows(HANDED_ON_TO, off) == []
    assert len(modoboa.rows(HANDED_ON_TO, shared)) == 2


def test_a_mailbox_beside_a_catch_all_alias_is_not_suspended(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Its mail would go to somebody else, and after its reopening too."""
    mine, everything = address.replace("x.", "caught."), "@caught.example"
    mailctl.does("create", "1", mine)
    mailctl.does("create", "2", f"2.{mine}")
    made = modoboa.asked("POST", "aliases/", address=everything, recipients=[f"2.{mine}"])
    refused = mailctl.ask("suspend", "1", mine)
    assert (refused.verdict, "catch-all" in refused.detail) == ("refused", True)
    assert does(modoboa, mine) == (True, True)
    modoboa.asked("DELETE", f"aliases/{made['pk']}/")
    assert mailctl.does("suspend", "1", mine) == "done"


def test_a_rename_keeps_the_mail(modoboa: Modoboa, mailctl: Mailctl, address: str) -> None:
    """It is there once Modoboa has moved the folder; the old address gets none."""
    new = f"new.{address}"
    mailctl.does("create", "1", address)
    modoboa.deliver(address, "hello")
    assert mailctl.does("rename", "1", new, old_address=address) == "done"
    assert mailctl.does("rename", "1", new, old_address=address) == "already"
    modoboa.do_its_job()
    assert (modoboa.mail(new), modoboa.mail(address)) == (["hello"], [])
    assert (does(modoboa, new), does(modoboa, address)) == ((True, True), (False, False))
    assert mailctl.state("1") == ("active", new)


def test_a_mailbox_without_an_address_keeps_its_mail_and_gets_none(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Nobody logs in either; with an address again it is as before."""
    alias = f"alias.{address}"
    mailctl.does("create", "1", address)
    modoboa.asked("POST", "aliases/", address=alias, recipients=[address], enabled=True)
    modoboa.deliver(address, "hello")
    assert mailctl.does("rename", "1", None, old_address=address) == "done"
    assert mailctl.does("rename", "1", None, old_address=address) == "already"
    assert mailctl.state("1") == ("active", None)
    assert does(modoboa, address) == (False, False)
    assert modoboa.rows(HANDED_ON_TO, alias) == []
    modoboa.do_its_job()
    mailctl.wait()
    assert mailctl.does("rename", "1", address, old_address=None) == "done"
    modoboa.do_its_job()
    assert (modoboa.mail(address), does(modoboa, address)) == (["hello"], (True, True))
    assert modoboa.rows(HANDED_ON_TO, alias) == [(address,)]


def test_what_was_suspended_is_so_when_it_gets_an_address_again(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Taking the address away changes nothing of that."""
    mailctl.does("create", "1", address)
    mailctl.does("suspend", "1", address)
    mailctl.does("rename", "1", None, old_address=address)
    assert mailctl.state("1") == ("suspended", None)
    mailctl.wait()
    mailctl.does("rename", "1", address, old_address=None)
    assert mailctl.state("1") == ("suspended", address)
    assert does(modoboa, address) == (False, True)


def test_a_deletion_takes_the_mail_away(modoboa: Modoboa, mailctl: Mailctl, address: str) -> None:
    """With the folder, once Modoboa has done its job."""
    mailctl.does("create", "1", address)
    modoboa.deliver(address, "hello")
    assert mailctl.does("delete", "1", address) == "done"
    assert mailctl.does("delete", "1", address) == "absent"
    assert (mailctl.state("1"), does(modoboa, address)) == (None, (False, False))
    modoboa.do_its_job()
    assert not modoboa.home(address).exists()


def test_nobody_gets_an_address_that_may_still_have_old_mail(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Modoboa's folders are named by the address, and removed by a job that nobody can watch."""
    mailctl.does("create", "1", address)
    mailctl.does("create", "3", f"3.{address}")
    modoboa.deliver(address, "private")
    mailctl.does("delete", "1", address)
    for refused in (
        mailctl.ask("create", "2", address),
        mailctl.ask("rename", "3", address, old_address=f"3.{address}"),
    ):
        assert (refused.verdict, f"mail of {address} first" in refused.detail) == ("later", True)
    modoboa.do_its_job()
    mailctl.wait()
    assert mailctl.does("create", "2", address) == "done"
    assert modoboa.mail(address) == []


def test_a_mailbox_is_not_deleted_before_its_mail_was_moved(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Modoboa would forget the move, and leave the mail at the old address for ever."""
    new = f"new.{address}"
    mailctl.does("create", "1", address)
    modoboa.deliver(address, "private")
    mailctl.does("rename", "1", new, old_address=address)
    assert mailctl.does("delete", "1", new) == "later"
    modoboa.do_its_job()
    mailctl.wait()
    assert mailctl.does("delete", "1", new) == "done"
    modoboa.do_its_job()
    assert not modoboa.home(address).exists()
    assert not modoboa.home(new).exists()


def test_the_mail_has_five_minutes_to_move() -> None:
    """The page about Modoboa says so."""
    assert HELD_SECONDS == 300


def test_a_mailbox_that_is_there_is_never_taken_over(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Whatever the attempt, and whoever made it."""
    by_hand = {"username": address, "role": "SimpleUsers", "password": "Ab1-by-hand-Ab1"}
    modoboa.asked("POST", "accounts/", **by_hand, mailbox={"use_domain_quota": True})
    for attempt in (1, 2, 3):
        refused = mailctl.ask("create", "1", address, attempt=attempt)
        assert (refused.verdict, refused.detail) == (
            "refused",
            f"a mailbox {address} is there already",
        )
    assert mailctl.state("1") is None
    assert mailctl.does("suspend", "1", address) == "refused"
    assert mailctl.does("delete", "1", address) == "refused"
    assert does(modoboa, address) == (True, True)
    mailctl.does("create", "2", f"2.{address}")
    assert mailctl.does("rename", "2", address, old_address=f"2.{address}") == "refused"
    assert mailctl.does("create", "2", f"2.{address}") == "refused"


def test_an_alias_of_somebody_else_is_no_address_for_a_new_mailbox(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Its recipients would get the mail too."""
    to = "else@elsewhere.example"
    modoboa.asked("POST", "aliases/", address=address, recipients=[to], enabled=True)
    refused = mailctl.ask("create", "1", address)
    assert (refused.verdict, "is an alias in Modoboa" in refused.detail) == ("refused", True)
    mailctl.does("create", "1", f"1.{address}")
    assert mailctl.does("rename", "1", address, old_address=f"1.{address}") == "refused"


def test_a_domain_that_modoboa_does_not_have_is_named(mailctl: Mailctl, address: str) -> None:
    """A person adds it there; mailctl adds none."""
    wanted = "Modoboa has no domain nowhere.example: add it there, then: mailctl task run --retry"
    refused = mailctl.ask("create", "1", "a@nowhere.example")
    assert (refused.verdict, refused.detail) == ("refused", wanted)
    mailctl.does("create", "2", address)
    assert mailctl.ask("rename", "2", "a@nowhere.example", old_address=address).detail == wanted
    # Nothing was moved, so nothing waits.
    assert mailctl.does("rename", "2", f"new.{address}", old_address=address) == "done"


@pytest.mark.parametrize("wrong", ["a/../b", "Anna", "mailctl-gone-1-2"])
def test_an_address_that_modoboa_would_change_or_make_a_path_of_is_refused(
    mailctl: Mailctl, address: str, wrong: str
) -> None:
    """At once; it would not be found again."""
    mailctl.does("create", "1", address)
    assert mailctl.does("create", "2", f"{wrong}@x.example") == "refused"
    assert mailctl.does("rename", "1", f"{wrong}@x.example", old_address=address) == "refused"
    assert mailctl.state("1") == ("active", address)


def test_a_dry_run_changes_nothing(modoboa: Modoboa, mailctl: Mailctl, address: str) -> None:
    """It says what would be answered."""
    mailctl.does("create", "1", address)
    before = modoboa.rows("SELECT * FROM core_user"), mailctl.notes.read_bytes()
    other = f"2.{address}"
    for kind, mailbox, to in (
        ("create", "2", other),
        ("suspend", "1", address),
        ("rename", "1", other),
        ("rename", "1", None),
        ("delete", "1", address),
    ):
        assert mailctl.does(kind, mailbox, to, dry_run=True) == "done"
    assert mailctl.does("reopen", "1", address, dry_run=True) == "already"
    assert (modoboa.rows("SELECT * FROM core_user"), mailctl.notes.read_bytes()) == before


def test_a_mailbox_that_was_adopted_is_known_by_its_address(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """From then on by its account: a rename does not lose it."""
    by_hand = {"username": address, "role": "SimpleUsers", "password": "Ab1-by-hand-Ab1"}
    modoboa.asked("POST", "accounts/", **by_hand, mailbox={"use_domain_quota": True})
    assert mailctl.listed()[address] == ("active", address)
    assert mailctl.state(address) == ("active", address)
    assert mailctl.does("suspend", address, address) == "done"
    new = f"new.{address}"
    assert mailctl.does("rename", address, new, old_address=address) == "done"
    assert mailctl.state(address) == ("suspended", new)
    assert mailctl.listed()[address] == ("suspended", new)


def test_lost_notes_are_made_again_by_a_mend(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Until then nothing is done to a mailbox that could be another's; its mail stays."""
    bare = f"bare.{address}"
    mailctl.does("create", "1", address)
    mailctl.does("create", "2", bare)
    mailctl.does("rename", "2", None, old_address=bare)
    modoboa.deliver(address, "hello")
    notes_of(modoboa).unlink()
    with asking(modoboa) as again:
        for kind in ("suspend", "delete"):
            refused = again.ask(kind, "1", address)
            assert (refused.verdict, "task reconcile --mend" in refused.detail) == ("refused", True)
        assert again.listed()[address] == ("active", address)
        assert again.does("create", "1", address, existing=True) == "already"
        assert again.listed()["1"] == ("active", address)
        assert again.does("suspend", "1", address) == "done"
        # What has no address is found by the name that it got.
        assert again.does("delete", "2", bare) == "done"
    assert modoboa.mail(address) == ["hello"]


def test_a_mailbox_that_was_renamed_in_modoboa_is_left_alone(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """After a restored copy its account could be another's."""
    mailctl.does("create", "1", address)
    [(number,)] = modoboa.rows("SELECT id FROM core_user WHERE username = ?", address)
    modoboa.asked("PATCH", f"accounts/{number}/", username=f"by-hand.{address}")
    for kind in ("suspend", "delete", "create"):
        refused = mailctl.ask(kind, "1", address, attempt=2)
        assert (refused.verdict, "renamed it there" in refused.detail) == ("refused", True)
    assert mailctl.state("1") == ("active", f"by-hand.{address}")


def test_an_administrator_of_modoboa_is_never_deleted(
    modoboa: Modoboa, mailctl: Mailctl, address: str
) -> None:
    """Not even one that was adopted."""
    by_hand = {"username": address, "role": "Resellers", "password": "Ab1-by-hand-Ab1"}
    modoboa.asked("POST", "accounts/", **by_hand, mailbox={"use_domain_quota": True})
    refused = mailctl.ask("delete", address, address)
    assert (refused.verdict, "administers Modoboa" in refused.detail) == ("refused", True)
