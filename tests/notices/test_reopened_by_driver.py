"""A letter never says of a mailbox that it works again before the mail server has reopened it."""

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.notices.letters import DEBTOR, last_of, letter, plain, run
from tests.notices.post_office import PostOffice, configure

PAID_LATE = """
settings set driver dovecot
tick --to 2026-02-12
"""


@pytest.fixture
def late(cli: Cli, office: PostOffice) -> Cli:
    """A debtor whose two mailboxes are suspended, at a host whose mail server has a driver."""
    two = DEBTOR.replace("--country DE", "--language en --payment-days 20")
    run(cli, two.replace("ann@krull.example", "ann@krull.example bob@krull.example") + PAID_LATE)
    configure(cli, office.port)
    cli.ok("notice", "send")
    return cli


def reopenings(cli: Cli) -> list[str]:
    """The ids of the tasks to reopen a mailbox that are still to be done."""
    found = cli.ok("task", "list", "--todo", "--kind", "reopen")["items"]
    return [str(task["id"]) for task in found]


def sent_kinds(cli: Cli) -> list[str]:
    """The kinds of notices that one sending brought."""
    before = {one["id"] for one in cli.ok("notice", "list", "--state", "sent")["items"]}
    cli.ok("notice", "send")
    after = cli.ok("notice", "list", "--state", "sent")["items"]
    return [one["kind"] for one in after if one["id"] not in before]


def test_the_letter_waits_for_the_mail_server_and_keeps_no_other_back(late: Cli) -> None:
    """Once the mailboxes are reopened it says so."""
    run(late, "prepaid credit krull 100")

    first = sent_kinds(late)
    run(late, f"task done {' '.join(reopenings(late))}")

    assert "debt-settled" in first
    assert "accounts-reopened" not in first
    assert sent_kinds(late) == ["accounts-reopened"]
    assert letter(late, last_of(late, "accounts-reopened")).subject == "2 mailboxes work again"


def test_after_a_day_the_letter_says_that_work_is_under_way(late: Cli) -> None:
    """It names what works again, and what is being reopened."""
    run(late, "prepaid credit krull 100")
    sent_kinds(late)
    first, _ = reopenings(late)
    run(late, f"task done {first}\ntick --days 1")

    told = letter(late, last_of(late, "accounts-reopened"))

    assert told.subject == "2 mailboxes are being reopened"
    text = " ".join(plain(told.text).split())
    working, under_way = text.split("One of your mailboxes is being reopened: we are working on it")
    assert "one of your suspended mailboxes works again" in working
    assert "- ann@krull.example" in working
    assert "- bob@krull.example" in under_way
    assert "accounts-reopened" in sent_kinds(late)


def test_without_a_driver_the_letter_says_what_the_books_say(late: Cli) -> None:
    """Nobody tells mailctl then what the mail server has done."""
    run(late, "settings set driver ''\nprepaid credit krull 100")

    assert "accounts-reopened" in sent_kinds(late)


def test_a_mailbox_that_is_locked_does_not_work_again(late: Cli) -> None:
    """Its debt is paid, and an administrator keeps it closed: the letter leaves it out."""
    (ann, _) = late.ok("account", "list", "--state", "suspended")["items"]
    run(late, f"account lock {ann['id']} --reason 'sends spam' -y\nprepaid credit krull 100")

    text = letter(late, last_of(late, "accounts-reopened")).text

    assert "bob@krull.example" in text
    assert "ann@krull.example" not in text
