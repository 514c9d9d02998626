"""Comparing the mail server with the books, and mending what differs (rules 16).

Account 1 is anna's, 2 otto's, 3 ben's; their mailboxes are called like them.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.drivers.conftest import addresses, does, ran
from tests.drivers.server import MailServer
from tests.helpers import Cli


@pytest.fixture
def served(host: Cli, mail: MailServer) -> Cli:
    """Three accounts whose mailboxes are there, of two customers."""
    does(
        host,
        "account order acme-pro anna@acme.example otto@acme.example",
        "account order bolt-pro ben@bolt.example",
    )
    assert ran(host) == {"done": 3}
    for name in ("1", "2", "3"):
        mail.deliver(name, f"of {name}")
    return host


def found(cli: Cli, *argv: str) -> list[tuple[str, str, int | None]]:
    """What differs: its kind, the mailbox and the account."""
    outcome = cli("task", "reconcile", *argv, "-o", "json")
    assert outcome.status == (1 if outcome.json()["items"] else 0), outcome.err
    return [(one["kind"], one["mailbox"], one["account"]) for one in outcome.json()["items"]]


def changed(server: MailServer, name: str, **values: Any) -> None:
    """Somebody changes a mailbox on the server, behind the driver's back."""
    boxes = server.mailboxes
    boxes[name] = {**boxes.get(name, {"hash": None, "mail": []}), **values}
    server.has(boxes)


def lost(mail: MailServer, *names: str) -> None:
    """Mailboxes are lost on the server."""
    mail.has({name: box for name, box in mail.mailboxes.items() if name not in names})


def mended(cli: Cli) -> None:
    """Mend all, and look again: nothing differs, and the books have no contradiction."""
    assert cli("task", "reconcile", "--mend", "-y").status == 0
    ran(cli)
    assert found(cli) == []
    assert [row for row in cli.ok("store", "check")["items"] if not row["ok"]] == []


def test_a_server_that_is_as_the_books_want_has_no_differences(served: Cli) -> None:
    """It says how many mailboxes were compared."""
    outcome = served("task", "reconcile")
    assert outcome.status == 0
    assert outcome.err == "All 3 mailboxes that were compared are as the books want.\n"


def test_each_kind_of_difference_is_named(served: Cli, mail: MailServer) -> None:
    """With the account, what is there and what is wanted."""
    does(served, "account lock 3 --reason spam")
    ran(served)
    changed(mail, "3", state="active")
    changed(mail, "2", state="suspended", address="other@acme.example")
    changed(mail, "zoe", address="zoe@acme.example", state="active")
    lost(mail, "1")
    assert found(served) == [
        ("missing", "1", 1),
        ("address", "2", 2),
        ("suspended", "2", 2),
        ("working", "3", 3),
        ("unknown", "zoe", None),
    ]
    items = served("task", "reconcile", "-o", "json").json()["items"]
    assert items[1] == {
        "kind": "address",
        "mailbox": "2",
        "account": 2,
        "customer": "acme",
        "address": "other@acme.example",
        "state": "suspended",
        "wanted_address": "otto@acme.example",
        "wanted_state": "active",
        "message": "has the address other@acme.example, not otto@acme.example",
    }


def test_what_is_mended_keeps_its_mail(served: Cli, mail: MailServer) -> None:
    """And is as the books want afterwards."""
    does(served, "account lock 3 --reason spam")
    ran(served)
    before = mail.mailboxes
    changed(mail, "3", state="active")
    changed(mail, "2", state="suspended", address="other@acme.example")
    changed(mail, "1", address=None)
    mended(served)
    assert mail.mailboxes == before


@pytest.mark.parametrize("turn", [(2, 1, 3), (3, 1, 2), (2, 3, 1)])
def test_addresses_that_mailboxes_have_of_each_other_are_given_back(
    served: Cli, mail: MailServer, turn: tuple[int, ...]
) -> None:
    """As after a copy of the store from before a swap: whoever has an address leaves it first."""
    before = mail.mailboxes
    for name, other in zip("123", turn, strict=True):
        changed(mail, name, address=before[str(other)]["address"])
    mended(served)
    assert mail.mailboxes == before
    assert all(one["status"] == "done" for one in served.ok("task", "list")["items"])


def test_an_address_is_passed_on_along_a_row_of_mailboxes(served: Cli, mail: MailServer) -> None:
    """Each takes the one that the next has left, whichever of them comes first."""
    before = mail.mailboxes
    changed(mail, "3", address="free@bolt.example")
    changed(mail, "2", address=before["3"]["address"])
    changed(mail, "1", address=before["2"]["address"])
    mended(served)
    assert mail.mailboxes == before
    assert all(one["status"] == "done" for one in served.ok("task", "list")["items"])


def test_after_a_ring_an_address_is_given_only_when_its_mailbox_is_gone(
    served: Cli, mail: MailServer
) -> None:
    """That it lost its address once for the others frees it for nobody."""
    boxes = mail.mailboxes
    changed(mail, "1", address=boxes["2"]["address"])
    changed(mail, "2", address=boxes["1"]["address"])
    mended(served)
    does(served, "platform cancel acme-pro", "tick --days 60 -y")
    mail.will(any_delete=["later"], delete=["later", "later"])
    does(served, "platform add anew --customer acme --offer email-pro")
    does(served, "account order anew anna@acme.example otto@acme.example")
    ran(served)
    assert all(one["status"] != "failed" for one in served.ok("task", "list")["items"])


def test_lost_mailboxes_are_made_again_with_their_password_and_state(
    served: Cli, mail: MailServer
) -> None:
    """One that the books suspend is suspended; its mail is lost, which nobody can mend."""
    does(served, "account password 1 --generate", "account lock 1 --reason spam")
    ran(served)
    lost(mail, "1", "2", "3")
    mended(served)
    assert addresses(mail) == {
        "1": ("anna@acme.example", "suspended"),
        "2": ("otto@acme.example", "active"),
        "3": ("ben@bolt.example", "active"),
    }
    assert mail.mailboxes["1"]["hash"].startswith("$argon2id$")
    assert mail.asked[-1]["kind"] == "create"
    assert mail.asked[-1]["existing"] is True


def test_a_mailbox_of_no_account_is_left_alone(served: Cli, mail: MailServer) -> None:
    """Nothing that nobody asked for is deleted; the status says that it is left."""
    changed(mail, "zoe", address="zoe@acme.example", state="active")
    outcome = served("task", "reconcile", "--mend", "-y")
    assert outcome.status == 1
    assert (
        "warning: mailbox zoe is no account's: adopt it, or delete it on the mail server"
        in outcome.err
    )
    assert outcome.out == "Nothing is to be mended.\n"
    ran(served)
    assert "zoe" in mail.mailboxes


def test_a_deleted_accounts_mailbox_that_is_back_is_left_alone(
    served: Cli, mail: MailServer
) -> None:
    """A copy of the server was put back: its administrator deletes it, mailctl does not."""
    does(served, "account order acme-priv pia@acme.example")
    ran(served)
    before = mail.mailboxes["4"]
    does(served, "account delete 4", "account reset 1")
    ran(served)
    changed(mail, "4", **before)
    changed(mail, "1", address="anna@acme.example", state="active")
    assert found(served) == [("left", "1", 1), ("left", "4", 4)]
    assert served("task", "reconcile", "--mend", "-y").status == 1
    assert ran(served) == {}


def test_accounts_whose_tasks_are_not_done_are_not_compared(served: Cli, mail: MailServer) -> None:
    """Something else than this is under way there, and it is said how many they are."""
    does(served, "account rename 1 anne@acme.example", "account lock 2 --reason spam")
    outcome = served("task", "reconcile")
    assert outcome.status == 0
    assert (
        "2 accounts have tasks that are not done, and are not compared: mailctl task list\n"
        in outcome.err
    )
    lost(mail, "1", "3")
    assert found(served) == [("missing", "3", 3)]


def test_accounts_without_an_adopted_mailbox_are_never_made_one(
    served: Cli, mail: MailServer
) -> None:
    """A mailbox with the address of one is named with it."""
    does(served, "driver release 1")
    assert found(served) == [("unknown", "1", 1)]
    outcome = served("task", "reconcile")
    assert (
        "1 account has no mailbox that the driver looks after: mailctl driver adopt --from FILE\n"
        in outcome.err
    )
    lost(mail, "1")
    assert found(served) == []
    assert served("task", "reconcile", "--mend", "-y").status == 0
    assert ran(served) == {}


@pytest.mark.parametrize("at_most", [1, 2, 3, 1000])
def test_a_long_list_comes_in_parts(served: Cli, mail: MailServer, at_most: int) -> None:
    """However it is cut, what is missing is found before, between and after."""
    does(served, "account order acme-pro --count 1", "account configure 4 neu@acme.example")
    ran(served)
    mail.lists(at_most)
    assert found(served) == []
    changed(mail, "0", address=None, state="active")
    changed(mail, "éa", address=None, state="active")
    lost(mail, "2", "4")
    assert found(served) == [
        ("unknown", "0", None),
        ("missing", "2", 2),
        ("missing", "4", 4),
        ("unknown", "éa", None),
    ]


def test_without_yes_or_a_terminal_nothing_is_asked_for(served: Cli, mail: MailServer) -> None:
    """The plan is shown; a dry run says what it would ask for."""
    lost(mail, "1")
    assert served("task", "reconcile", "--mend").status == 2
    tried = served("task", "reconcile", "--mend", "--dry-run")
    assert tried.out == ("Would ask the mail server to mend 1 mailbox; mailctl task run does it.\n")
    assert ran(served) == {}


def test_a_driver_that_lists_nothing_is_refused(served: Cli, mail: MailServer) -> None:
    """It cannot be compared with what nobody tells."""
    mail.can("create", "suspend")
    outcome = served("task", "reconcile", "-o", "json")
    assert outcome.error()["code"] == "capability-missing"


def test_without_a_driver_there_is_nothing_to_compare(store: Cli) -> None:
    """The refusal says how one is set."""
    assert store("task", "reconcile", "-o", "json").error()["code"] == "no-driver"


def test_the_accounts_explanation_tells_of_the_mending(served: Cli, mail: MailServer) -> None:
    """What was found, and that it was asked to be mended."""
    lost(mail, "1")
    mended(served)
    texts = [one["text"] for one in served.ok("account", "explain", "1")["sentences"]]
    assert any("was not on the mail server" in text for text in texts), texts


LISTS = {
    '{"mailboxes": [], "more": true}': "it says that there is more, and gives none",
    '{"mailboxes": [B, A]}': "its list is not in order: 'a' comes after 'b'",
    '{"mailboxes": [A, A]}': "its list is not in order",
    '{"mailboxes": [A], "more": true}': "its list is not in order",
    '{"mailboxes": [{"mailbox": "a", "address": null, "state": "asleep"}]}': "a wrong entry",
    '{"mailboxes": [{"mailbox": "a", "address": 7, "state": "active"}]}': "a wrong entry",
    '{"mailboxes": [{"mailbox": "", "address": null, "state": "active"}]}': "a wrong entry",
    '{"mailboxes": ["a"]}': "a wrong entry",
    '{"mailboxes": "a"}': "its list has no mailboxes",
    "{}": "its list has no mailboxes",
}

_LISTING = """#!/bin/sh
echo '{"protocol":"mailctl-driver/1","name":"x","version":"1","capabilities":["list"]}'
n=0
while read -r line; do
    printf '{"id":%d,"result":"done"%s\\n' $n 'ANSWER'
    n=$((n+1))
done
"""


@pytest.mark.parametrize("given", LISTS)
def test_a_list_that_is_none_is_the_drivers_fault(
    served: Cli, mail: MailServer, given: str
) -> None:
    """Nothing is concluded from it, however often it says that there is more."""
    text = given
    for name in "AB":
        box = f'{{"mailbox": "{name.lower()}", "address": null, "state": "active"}}'
        text = text.replace(name, box)
    answer = text[1:] if text == "{}" else f",{text[1:]}"
    (mail.folder / "driver").write_text(_LISTING.replace("ANSWER", answer))
    outcome = served("task", "reconcile", "-o", "json")
    assert outcome.error()["code"] == "driver-failed"
    assert LISTS[given] in outcome.error()["message"]
