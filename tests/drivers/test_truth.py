"""What is said of the mail server: what the books want, what was done, what waits (rules 16)."""

from __future__ import annotations

import pytest

from tests.drivers.conftest import does, ran
from tests.drivers.server import MailServer
from tests.helpers import Cli


@pytest.fixture
def served(host: Cli) -> Cli:
    """Accounts 1 (anna) and 2 (otto) of acme, whose mailboxes are there."""
    does(host, "account order acme-pro anna@acme.example otto@acme.example")
    assert ran(host) == {"done": 2}
    return host


def shown(cli: Cli, account: int) -> tuple[str | None, str | None]:
    """What the mailbox does on the server by what was done there, and what it is called."""
    found = cli.ok("account", "show", str(account))
    return found["server_state"], found["mailbox"]


def said(cli: Cli, account: int) -> list[str]:
    """What an explanation says below "On the mail server"."""
    sentences = cli.ok("account", "explain", str(account))["sentences"]
    return [one["text"] for one in sentences if one["kind"] == "mail-server"]


def advised(cli: Cli, *argv: str) -> dict[str, tuple[str, str]]:
    """Findings about the mail server by code: the message and the command."""
    return {
        one["code"]: (one["message"], one["command"])
        for one in cli.ok("advise", *argv)["items"]
        if one["code"].split("-")[0] in ("task", "export", "mailbox")
    }


def test_an_account_shows_what_was_done_on_the_server(served: Cli, mail: MailServer) -> None:
    """Not what was asked: a mailbox works there until it is suspended there."""
    assert shown(served, 1) == ("active", "1")
    does(served, "account lock 1 --reason spam")
    assert shown(served, 1) == ("active", "1")
    ran(served)
    assert shown(served, 1) == ("suspended", "1")
    does(served, "account unlock 1")
    mail.will(reopen=["refused"])
    ran(served)
    assert shown(served, 1) == ("suspended", "1")
    assert "suspended there: nobody can log in" in served("account", "show", "1").out
    ran(served, "--retry")
    assert shown(served, 1) == ("active", "1")
    does(served, "account reset 1")
    ran(served)
    assert shown(served, 1) == ("absent", "1")
    does(served, "driver release 2")
    assert shown(served, 2) == ("active", None)


def test_an_explanation_says_what_failed_and_what_waits_for_it(
    served: Cli, mail: MailServer
) -> None:
    """With the reason, and the command that has the driver try again."""
    does(served, "account lock 1 --reason spam", "account rename 1 anne@acme.example")
    mail.will(suspend=["refused"])
    ran(served)
    assert said(served, 1) == [
        (
            "Asked to suspend it (task 3), failed on 2026-01-01: because it was told to. Once the "
            "cause is mended: mailctl task run --retry"
        ),
        (
            "Asked to rename it (task 4), not recorded as done since then; it waits for task 3. To "
            "have the driver do it: mailctl task run"
        ),
    ]


def test_an_explanation_says_when_it_is_tried_again(served: Cli, mail: MailServer) -> None:
    """And what the driver said."""
    does(served, "account lock 1 --reason spam")
    mail.will(suspend=["later"])
    ran(served)
    (text,) = said(served, 1)
    assert "since then: because it was told to; it is tried again from " in text


def test_an_explanation_names_the_account_that_still_has_the_address(
    served: Cli, mail: MailServer
) -> None:
    """A new mailbox waits until the old one has given its address up."""
    does(served, "account rename 1 anne@acme.example")
    does(served, "account order acme-pro anna@acme.example")
    mail.will(rename=["refused"])
    ran(served)
    (text,) = said(served, 3)
    assert text == (
        "Asked to make its mailbox (task 4), not recorded as done since then; it waits for task 3, "
        "by which another account gives up anna@acme.example. To have the driver do it: "
        "mailctl task run"
    )


def test_what_was_skipped_is_not_left_to_be_done(served: Cli) -> None:
    """Nobody has to act on it."""
    does(served, "account lock 1 --reason spam", "account unlock 1")
    ran(served)
    assert said(served, 1) == []
    page = served("account", "explain", "1").out
    assert "Not done on the mail server" not in page
    assert "that was skipped on 2026-01-01: task 4 has made it pointless" in " ".join(page.split())


def test_an_account_without_an_adopted_mailbox_says_that_it_waits(served: Cli) -> None:
    """And how it is adopted; whoever locks it is not left to believe that it is closed."""
    does(served, "driver release 1")
    for words in ("lock 1 --reason spam", "unlock 1", "lock 1 --reason spam"):
        warned = served("account", *words.split()).err
        assert "nothing changes on the mail server yet" in warned
        assert "mailctl driver adopt --from FILE" in warned
    assert served("account", "lock", "2", "--reason", "spam").err == ""
    assert "mailctl task run" not in " ".join(said(served, 1))
    assert said(served, 1)[-1] == (
        "The driver does not look after its mailbox, so what is asked of it waits until it is "
        "adopted: mailctl driver adopt --from FILE"
    )


def test_advice_tells_what_failed_what_waits_and_what_is_not_adopted(
    served: Cli, mail: MailServer
) -> None:
    """Each with the command that helps; of one customer alone, too."""
    assert advised(served) == {}
    does(served, "account lock 1 --reason spam", "driver release 2", "account lock 2 --reason spam")
    mail.will(suspend=["refused"])
    ran(served)
    served.ok("tick", "--days", "2")
    assert advised(served) == {
        "task-failed": (
            (
                "The mail server could not suspend anna@acme.example (because it was told to). "
                "Once the cause is mended:"
            ),
            "mailctl task run --retry",
        ),
        "mailbox-unadopted": (
            (
                "1 account has no mailbox that the driver looks after, and 1 task of theirs waits "
                "for that. A file says whose each mailbox is (mailctl driver adopt --from FILE):"
            ),
            "mailctl driver adopt --help",
        ),
    }
    assert advised(served, "bolt") == {}
    mail.will(suspend=["later"])
    ran(served, "--retry")
    message, command = advised(served, "acme")["task-waiting"]
    assert message == (
        "1 task of the mail server waits, the oldest since 2026-01-01; the driver said: because it "
        "was told to. Let cron run mailctl task run after each tick."
    )
    assert command == "mailctl task run"


def test_advice_tells_that_a_copy_failed_which_keeps_the_mailbox(
    served: Cli, mail: MailServer
) -> None:
    """No mailbox is deleted before."""
    (mail.folder / "copies").mkdir()
    does(served, f"settings set export-dir {mail.folder / 'copies'}")
    does(served, "account order acme-priv pia@acme.example")
    ran(served)
    does(served, "account delete 3")
    mail.will(export=["refused"])
    ran(served)
    assert advised(served) == {
        "export-failed": (
            (
                "The mail of pia@acme.example (account 3) could not be copied (because it was told "
                "to); no mailbox is deleted before its copy is whole. Once the cause is mended:"
            ),
            "mailctl task run --retry",
        )
    }
    assert "take its address away (task" in served("account", "explain", "3").out


def test_the_customer_the_status_and_the_page_tell_of_failed_tasks(
    served: Cli, mail: MailServer
) -> None:
    """The customer's page has the command that helps; the status names the driver."""
    does(served, "account lock 1 --reason spam")
    mail.will(suspend=["refused"])
    ran(served)
    status = served.ok("status")
    assert (status["tasks_failed"], status["driver"]) == (1, mail.driver)
    customer = served.ok("customer", "show", "acme")
    assert customer["tasks_failed"] == 1
    assert {
        "text": "why task 3 failed is mended",
        "command": "mailctl task run --retry",
    } in customer["commands"]
    page = mail.folder / "page.html"
    served.ok("report", "page", str(page))
    assert "1 failed</small>" in page.read_text()
