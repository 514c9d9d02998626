"""`notice send`: what happens to each notice, whatever the mail server answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mailctl.notices import sending, smtp
from tests.helpers import Cli, contents
from tests.ids import account_of
from tests.notices.conftest import Hands
from tests.notices.post_office import (
    DROP,
    HANG,
    TAKE_AND_DROP,
    PostOffice,
    configure,
    saying,
)
from tests.store.plain import force, image, rows

ACME, BOSS, BOLT = "it@acme.example", "boss@acme.example", "it@bolt.example"
# The notices of the queue, oldest first: two to acme, one to bolt, one more to acme.
FIRST, SECOND, TO_BOLT, LAST = 1, 2, 3, 4
ANNA, OTTO = "anna@acme.example", "otto@acme.example"


def sent(cli: Cli, *words: str) -> dict[str, Any]:
    """The counts of one sending that went well."""
    found: dict[str, Any] = cli.ok("notice", "send", *words)
    return {key: found[key] for key in ("sent", "delayed", "refused", "outdated", "left")}


def counts(**given: int) -> dict[str, int]:
    """The same, with 0 for what is not given."""
    return {"sent": 0, "delayed": 0, "refused": 0, "outdated": 0, "left": 0} | given


def notice(cli: Cli, notice_id: int) -> dict[str, Any]:
    found: dict[str, Any] = cli.ok("notice", "show", str(notice_id))
    return found


def kinds(cli: Cli) -> list[str]:
    """What the journal records of the sending, in short."""
    return [
        row["kind"].removeprefix("notice-")
        for row in cli.ok("journal", "list")["items"]
        if row["command"] == "notice send"
    ]


def test_every_notice_is_sent_once_in_order(post: Cli, office: PostOffice) -> None:
    """Over one connection; the second time there is nothing left to send."""
    assert sent(post) == counts(sent=4)
    assert [mail.to for mail in office.taken] == [ACME, ACME, BOLT, ACME]
    assert office.connections == 1
    assert sent(post) == counts()
    assert len(office.taken) == 4
    assert kinds(post) == ["tried", "sent"] * 4


def test_a_sending_says_in_a_sentence_what_it_did(post: Cli) -> None:
    """In a pipe nothing is said where there is nothing to send: cron stays silent."""
    first = post("notice", "send")
    assert (first.status, first.out, first.err) == (0, "Sent 4 notices.\n", "")
    second = post("notice", "send")
    assert (second.status, second.out, second.err) == (0, "", "")


def test_a_sent_notice_keeps_what_was_read(post: Cli, office: PostOffice) -> None:
    """The text, the subject and the address are those of the mail; the books are whole."""
    sent(post)
    (language, recipient, subject, body) = rows(
        post.store,
        f"SELECT language, recipient, subject, body FROM notice_text WHERE notice_id = {TO_BOLT}",
    )[0]
    (mail,) = [mail for mail in office.taken if mail.to == BOLT]
    text = mail.message.get_body(("plain",))
    assert text is not None
    assert (language, recipient) == ("de", BOLT)
    assert subject == mail.message["Subject"]
    assert body.split() == text.get_content().split()
    assert post("store", "check").status == 0
    assert post("journal", "verify").status == 0


def test_a_mail_says_who_sends_it_to_whom_and_in_what_language(
    post: Cli, office: PostOffice
) -> None:
    """Plain text and HTML; no vacation notice answers it."""
    sent(post, "--limit", "1")
    (mail,) = office.taken
    message = mail.message
    assert str(message["From"]) == "Mail & Co <billing@host.example>"
    assert str(message["To"]) == "Acme SARL <it@acme.example>"
    assert message["Date"].datetime.isoformat() == "2026-11-23T10:00:00+00:00"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message["Message-ID"].startswith("<notice-1.")
    assert message["Message-ID"].endswith("@host.example>")
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert b"\n.\r\n" not in mail.raw


def test_a_limit_deals_with_so_many(post: Cli, office: PostOffice) -> None:
    """The oldest first; the rest is left."""
    assert sent(post, "--limit", "3") == counts(sent=3, left=1)
    assert [mail.to for mail in office.taken] == [ACME, ACME, BOLT]


def test_a_dry_run_connects_to_nobody_and_changes_nothing(post: Cli, office: PostOffice) -> None:
    """It says what would be sent; the file is the same, byte for byte."""
    before = image(post.store)
    outcome = post("notice", "send", "--dry-run", "--limit", "3")
    assert outcome.out == "Would send 3 notices; 1 is left.\n"
    assert [line.split() for line in outcome.err.splitlines()] == [
        ["id", "customer", "kind", "to"],
        ["1", "acme", "order-confirmed", ACME],
        ["2", "acme", "order-confirmed", ACME],
        ["3", "bolt", "order-confirmed", BOLT],
    ]
    assert post.ok("notice", "send", "--dry-run") == {
        "schema": "mailctl/sending/1",
        "sent": 4,
        "delayed": 0,
        "refused": 0,
        "outdated": 0,
        "left": 0,
        "refused_us": 0,
        "undocumented": 0,
        "dry_run": True,
    }
    assert image(post.store) == before
    assert office.connections == 0


@pytest.mark.parametrize("missing", ["mail_host", "mail_from"])
def test_mail_that_is_not_set_is_refused(queue: Cli, missing: str) -> None:
    """And the hint is the command that sets it."""
    configure(queue, 2525, **{missing: "" if missing == "mail_host" else "a@b.example"})
    if missing == "mail_from":
        force(queue.store, "DELETE FROM setting WHERE name = 'mail-from'")
    refused = queue("notice", "send", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "mail-not-configured")
    assert f"mailctl settings set {missing.replace('_', '-')} " in refused.error()["hint"]


def test_a_temporary_refusal_is_tried_again_after_growing_delays(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """5 minutes, 15, then 1 hour, 4, 12, and 24 each time after; always the same Message-ID."""
    office.rcpt[BOLT] = ["450 4.2.2 mailbox full"] * 7
    assert sent(post) == counts(sent=3, delayed=1, left=1)
    assert notice(post, TO_BOLT)["last_error"] == "450 4.2.2 mailbox full"
    for tries, minutes in enumerate((5, 15, 60, 240, 720, 1440, 1440), start=1):
        assert notice(post, TO_BOLT)["tries"] == tries
        hands.go_on(minutes=minutes, seconds=-1)
        assert sent(post) == counts(left=1)
        hands.go_on(seconds=1)
        sent(post)
    assert notice(post, TO_BOLT)["state"] == "sent"
    assert [mail.to for mail in office.taken] == [ACME, ACME, ACME, BOLT]
    assert office.resets == 7


def test_a_delayed_notice_is_reported_with_its_next_try(post: Cli, office: PostOffice) -> None:
    """For the administrator who reads the log of cron."""
    office.data[BOLT] = ["451 later"]
    assert post("notice", "send").out == (
        "Sent 3 notices; 1 is tried again, the first at 2026-11-23 10:05 UTC.\n"
    )
    assert post("notice", "send").out == ""


def test_later_notices_of_a_customer_wait_for_the_one_that_is_delayed(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """What happened is notified in the order in which it happened."""
    office.data[ACME] = ["250 OK", "452 out of space"]
    assert sent(post) == counts(sent=2, delayed=1, left=2)
    assert sent(post, "--dry-run") == counts(left=2)
    hands.go_on(minutes=5)
    assert sent(post, "--dry-run") == counts(sent=2)
    assert sent(post) == counts(sent=2)
    told = [mail.message_id.partition(".")[0] for mail in office.taken if mail.to == ACME]
    assert told == ["<notice-1", "<notice-2", "<notice-4"]


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_what_is_refused_for_good_goes_to_the_backup_address_at_once(
    post: Cli, office: PostOffice, where: str
) -> None:
    """In the same run, as the same message; the store says where it went and why."""
    getattr(office, where)[ACME] = ["550 5.1.1 no such user"]
    assert sent(post) == counts(sent=4)
    assert [mail.to for mail in office.taken] == [BOSS, ACME, BOLT, ACME]
    assert office.connections == 1
    shown = notice(post, FIRST)
    assert (shown["state"], shown["tries"]) == ("sent", 2)
    assert shown["last_error"] == "550 5.1.1 no such user"
    assert kinds(post)[:4] == ["tried", "refused", "tried", "sent"]
    assert office.taken[0].message["To"].addresses[0].addr_spec == BOSS


def test_what_every_address_refuses_is_ended(post: Cli, office: PostOffice, hands: Hands) -> None:
    """It is not tried again; the customer's next ones are."""
    office.rcpt[ACME] = ["550 5.1.1 gone"]
    office.rcpt[BOSS] = ["551 5.1.6 gone too"]
    office.rcpt[BOLT] = ["550 5.1.1 gone"]
    outcome = post("notice", "send")
    assert outcome.out == (
        "Sent 2 notices; 2 were refused for good at every address (mailctl notice list).\n"
    )
    assert [notice(post, each)["state"] for each in (FIRST, SECOND, TO_BOLT, LAST)] == [
        "refused", "sent", "refused", "sent",
    ]  # fmt: skip
    assert notice(post, FIRST)["last_error"] == "551 5.1.6 gone too"
    assert [notice(post, each)["tries"] for each in (FIRST, TO_BOLT)] == [2, 1]
    hands.go_on(days=3)
    assert sent(post) == counts()
    assert post("store", "check").status == 0


def test_a_corrected_address_gets_what_waits_at_once(post: Cli, office: PostOffice) -> None:
    """The delay and the turn of the backup address belonged to the old one."""
    office.rcpt[ACME] = ["550 5.1.1 gone"]
    office.rcpt[BOSS] = ["450 mailbox full"]
    assert sent(post) == counts(sent=1, delayed=1, left=3)
    post.ok("customer", "edit", "acme", "--email", "new@acme.example")
    assert sent(post) == counts(sent=3)
    assert [mail.to for mail in office.taken] == [BOLT, *["new@acme.example"] * 3]


def test_a_backup_address_that_is_the_same_is_not_tried(post: Cli, office: PostOffice) -> None:
    """Who has just refused it would refuse it again."""
    post.ok("customer", "edit", "acme", "--backup-email", ACME)
    office.rcpt[ACME] = ["550 5.1.1 gone"]
    assert sent(post) == counts(sent=3, refused=1)
    assert office.asked.count(ACME) == 3


SENDER = "553 5.7.1 <billing@host.example>: Sender address rejected: not owned by user billing"
CLIENT = "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org"


def refused_us(cli: Cli, *words: str) -> dict[str, Any]:
    """The counts of a sending in which we were refused."""
    outcome = cli("notice", "send", "-o", "json", *words)
    assert outcome.status == 1
    found: dict[str, Any] = outcome.json()
    return {key: found[key] for key in ("sent", "delayed", "refused", "left", "refused_us")}


@pytest.mark.parametrize("where", ["rcpt", "data"])
@pytest.mark.parametrize(
    "answer",
    [
        SENDER,
        CLIENT,
        "554 5.7.1 <it@acme.example>: Relay access denied",
        "530 5.7.0 Authentication required",
        "550 5.7.1 message content rejected",
        "550 5.4.5 Daily user sending quota exceeded",
        "550 no",
        "550 5.1.1 <billing@host.example>: Sender address rejected: User unknown",
    ],
)
def test_a_refusal_of_us_ends_no_notice_and_the_run_goes_on(
    post: Cli, office: PostOffice, hands: Hands, where: str, answer: str
) -> None:
    """It is said when the recipient is named, and is wrong with the sender, the host, the login.

    The others get their mail; the backup address, which would be refused too, is not tried.
    """
    getattr(office, where)[ACME] = [answer]
    outcome = post("notice", "send")
    assert outcome.status == 1
    assert outcome.out == (
        "Sent 1 notice; 1 is tried again, the first at 2026-11-23 10:05 UTC; 2 others wait.\n"
    )
    assert outcome.err == (
        f"warning: 1 was refused because of us, not of the recipient: {answer}: mailctl advise\n"
    )
    shown = notice(post, FIRST)
    assert (shown["state"], shown["tries"], shown["last_error"]) == ("queued", 1, answer)
    assert BOSS not in office.asked
    hands.go_on(minutes=5)
    assert sent(post) == counts(sent=3)


def test_a_domain_whose_server_refuses_us_is_not_asked_again_before_its_time(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """Customers at one provider wait together, for longer each time, whichever of them is tried."""
    post.ok("customer", "edit", "bolt", "--email", "info@acme.example")
    office.rcpt[ACME] = [SENDER] * 3
    office.rcpt["info@acme.example"] = [SENDER]
    assert refused_us(post)["left"] == 4
    for minutes, asked in ((5, "info@acme.example"), (15, ACME), (15, ACME)):
        hands.go_on(minutes=minutes, seconds=-1)
        before = list(office.asked)
        assert sent(post, "--dry-run") == counts(left=4)
        assert sent(post) == counts(left=4)
        assert office.asked == before
        hands.go_on(seconds=1)
        assert refused_us(post) == {
            "sent": 0, "delayed": 1, "refused": 0, "left": 4, "refused_us": 1,
        }  # fmt: skip
        assert office.asked == [*before, asked]
    hands.go_on(minutes=59)
    assert sent(post) == counts(left=4)
    hands.go_on(minutes=1)
    assert sent(post) == counts(sent=4)


def test_what_is_refused_of_one_keeps_nobody_elses_mail_back(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """At the next try the others at that provider come first; from then on they do not wait."""
    post.ok("customer", "edit", "bolt", "--email", "info@acme.example")
    office.rcpt[ACME] = ["550 Utilisateur inconnu"] * 9
    assert refused_us(post)["left"] == 4
    hands.go_on(minutes=5)
    assert refused_us(post)["sent"] == 1
    assert [mail.to for mail in office.taken] == ["info@acme.example"]
    for number in range(3):
        post.ok("account", "order", "bolt-pro", f"new{number}@bolt.example", "-y")
        assert sent(post)["sent"] == 1
        hands.go_on(days=2)
        assert refused_us(post)["sent"] == 0


def test_what_was_refused_because_of_us_is_tried_at_once_when_that_is_fixed(
    post: Cli, office: PostOffice
) -> None:
    """Nobody waits for a day because of a setting that is right by now."""
    office.rcpt[ACME] = [SENDER]
    refused_us(post)
    assert sent(post) == counts(left=3)
    assert sent(post, "--retry", "--dry-run") == counts(sent=3)
    assert sent(post, "--retry") == counts(sent=3)


def others(cli: Cli, *names: str) -> None:
    """Customers with an order each, whose addresses are in domains of their own."""
    for who in names:
        cli.ok("customer", "add", who, "--name", who, "--email", f"it@{who}.example")
        cli.ok("prepaid", "credit", who, "10")
        cli.ok("platform", "add", f"{who}-pro", "--customer", who, "--offer", "email-pro")
        cli.ok("account", "order", f"{who}-pro", f"x@{who}.example", "-y")


def test_three_domains_that_refuse_us_alike_end_the_run(post: Cli, office: PostOffice) -> None:
    """The rest is not even tried: it would be refused in the same words."""
    others(post, "a", "b")
    office.rcpt[ACME] = ["554 5.7.1 <it@acme.example>: Relay access denied (A1)"]
    office.rcpt[BOLT] = ["554 5.7.1 <it@bolt.example>: Relay access denied (B2)"]
    office.rcpt["it@a.example"] = ["550 5.7.0 <it@a.example>: relay access denied"]
    failed = post("notice", "send", "-o", "json")
    assert (failed.status, failed.error()["code"]) == (1, "mail-failed")
    assert failed.error()["message"] == (
        "mail to 3 domains in a row was refused alike, because of us and not of the recipients: "
        "550 5.7.0 <it@a.example>: relay access denied"
    )
    assert office.asked == [ACME, BOLT, "it@a.example"]
    assert sent(post) == counts(sent=1, left=5)


def test_domains_that_refuse_us_for_reasons_of_their_own_end_no_run(
    post: Cli, office: PostOffice
) -> None:
    """Neither three that say other things, nor three between which somebody was reached."""
    others(post, "a", "b", "c")
    office.rcpt[ACME] = [SENDER]
    office.rcpt[BOLT] = [CLIENT]
    office.rcpt["it@a.example"] = [SENDER]
    office.rcpt["it@c.example"] = [SENDER]
    assert refused_us(post) == {"sent": 1, "delayed": 4, "refused": 0, "left": 6, "refused_us": 4}


@pytest.mark.parametrize("answer", ["552 5.2.2 mailbox full", "552", "452 4.2.2 over quota"])
def test_a_full_mailbox_is_tried_for_days_and_then_the_backup_address(
    post: Cli, office: PostOffice, hands: Hands, answer: str
) -> None:
    """Five days from the first try; the mailbox's later notices do not wait as long again."""
    office.rcpt[ACME] = [answer] * 99
    assert sent(post) == counts(sent=1, delayed=1, left=3)
    for _ in range(4):
        hands.go_on(days=1)
        assert sent(post) == counts(delayed=1, left=3)
    assert BOSS not in office.asked
    hands.go_on(days=1)
    assert sent(post) == counts(sent=3)
    assert office.asked[-6:] == [ACME, BOSS] * 3


def test_a_full_mailbox_without_another_address_counts_as_refused_after_days(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """A mailbox that took mail meanwhile starts again from the beginning."""
    office.rcpt[BOLT] = ["552 5.2.2 mailbox full"] * 2
    sent(post)
    hands.go_on(days=4)
    sent(post)
    hands.go_on(days=2)
    assert sent(post) == counts(sent=1)
    office.rcpt[BOLT] = ["552 5.2.2 mailbox full"] * 3
    post.ok("account", "order", "bolt-pro", "kim@bolt.example", "-y")
    for result in (counts(delayed=1, left=1), counts(delayed=1, left=1), counts(refused=1)):
        assert sent(post) == result
        hands.go_on(days=2, hours=13)
    assert notice(post, 5)["state"] == "refused"


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 <it@acme.example>: User unknown in relay recipient table",
        "550 no such user at the relay mx1",
        "553 5.1.2 we do not relay for an address without a domain",
    ],
)
def test_a_relay_that_knows_no_such_address_refuses_it_for_good(
    post: Cli, office: PostOffice, answer: str
) -> None:
    """The word alone does not make it the server's fault: the backup address gets the notice."""
    office.rcpt[ACME] = [answer]
    assert sent(post) == counts(sent=4)
    assert office.taken[0].to == BOSS


@pytest.mark.parametrize("answer", [DROP, TAKE_AND_DROP])
def test_a_connection_dropped_in_mid_message_concerns_that_notice_alone(
    post: Cli, office: PostOffice, hands: Hands, answer: str
) -> None:
    """Whether the server has it is not known: it comes again under the same Message-ID."""
    office.data[ACME] = [answer]
    assert sent(post) == counts(sent=1, delayed=1, left=3)
    assert office.connections == 2
    assert notice(post, FIRST)["last_error"] == "Connection unexpectedly closed"
    hands.go_on(minutes=5)
    assert sent(post) == counts(sent=3)
    times = {mail.message_id.partition(".")[0]: 0 for mail in office.taken}
    for mail in office.taken:
        times[mail.message_id.partition(".")[0]] += 1
    twice = 2 if answer == TAKE_AND_DROP else 1
    assert times == {"<notice-1": twice, "<notice-2": 1, "<notice-3": 1, "<notice-4": 1}


def test_a_server_that_drops_one_after_another_is_left_alone(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """After three in a row; nobody's notice is ended for it."""
    for who in ("a", "b", "c"):
        post.ok("customer", "add", who, "--name", who, "--email", f"it@{who}.example")
        post.ok("prepaid", "alert", who, "5")
        post.ok("prepaid", "credit", who, "10")
        post.ok("platform", "add", f"{who}-pro", "--customer", who, "--offer", "email-pro")
        post.ok("account", "order", f"{who}-pro", f"x@{who}.example", "-y")
        office.data[f"it@{who}.example"] = [DROP]
    office.data[ACME] = office.data[BOLT] = []
    sent(post, "--limit", "4")
    failed = post("notice", "send", "-o", "json")
    assert (failed.status, failed.error()["code"]) == (1, "mail-failed")
    assert "took none of 3 messages in a row" in failed.error()["message"]
    assert failed.json()["delayed"] == 3
    hands.go_on(minutes=5)
    assert sent(post) == counts(sent=3)


def test_a_slow_server_is_not_waited_for_longer_than_that(
    post: Cli, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message may have been taken: it is tried again later, and the others are sent."""
    monkeypatch.setattr(smtp, "DATA_SECONDS", 0.3)
    office.data[ACME] = [HANG]
    assert sent(post) == counts(sent=1, delayed=1, left=3)
    assert notice(post, FIRST)["last_error"] == "it did not answer in time"


def test_an_answer_that_trickles_in_is_not_waited_for(
    queue: Cli, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte now and then is no answer; nothing is claimed for it."""
    monkeypatch.setattr(smtp, "REPLY_SECONDS", 0.3)
    with saying(b"220-wait for me\r\n220-", drip=b".") as port:
        configure(queue, port)
        before = contents(queue.store)
        failed = queue("notice", "send", "-o", "json")
    assert (failed.status, failed.out, failed.error()["code"]) == (1, "", "mail-failed")
    assert "did not answer in time" in failed.error()["message"]
    assert contents(queue.store) == before


def test_a_greeting_without_end_is_left_before_it_fills_the_memory(
    queue: Cli, hands: Hands
) -> None:
    """Nobody needs more than some lines to say who they are."""
    with saying(
        b"220-" + b"y" * 2000 + b"\r\n", drip=(b"220-" + b"y" * 2000 + b"\r\n") * 20
    ) as port:
        configure(queue, port)
        failed = queue("notice", "send", "-o", "json")
    assert (failed.status, failed.error()["code"]) == (1, "mail-failed")
    assert "its answer has no end" in failed.error()["message"]


@pytest.mark.parametrize("greeting", [b"421 too busy\r\n", b"554 go away\r\n", b"hello\r\n"])
def test_a_server_that_does_not_want_us_concerns_no_notice(
    queue: Cli, hands: Hands, greeting: bytes
) -> None:
    """The store is as it was; the error names the server."""
    with saying(greeting) as port:
        configure(queue, port)
        before = contents(queue.store)
        failed = queue("notice", "send", "-o", "json")
    assert (failed.status, failed.out, failed.error()["code"]) == (1, "", "mail-failed")
    assert failed.error()["message"].startswith(f"the mail server 127.0.0.1:{port} ")
    assert contents(queue.store) == before


def test_an_absent_server_concerns_no_notice(queue: Cli, hands: Hands) -> None:
    """However often it is tried, nothing grows: neither tries, nor delays, nor the journal."""
    configure(queue, 1)
    before = contents(queue.store)
    for _ in range(3):
        failed = queue("notice", "send", "-o", "json")
        assert (failed.status, failed.out, failed.error()["code"]) == (1, "", "mail-failed")
    assert failed.error()["message"] == (
        "the mail server 127.0.0.1:1 cannot be reached: Connection refused"
    )
    assert contents(queue.store) == before


def test_a_sender_that_is_refused_concerns_no_notice(post: Cli, office: PostOffice) -> None:
    """It is the setting mail-from that is wrong: the claim is given back, no try is counted."""
    office.mail = ["553 sender not allowed"] * 5
    failed = post("notice", "send", "-o", "json")
    assert (failed.status, failed.out, failed.error()["code"]) == (1, "", "mail-failed")
    assert "refused the sender: 553 sender not allowed" in failed.error()["message"]
    shown = notice(post, FIRST)
    assert (shown["tries"], shown["next_try_at"], shown["last_error"]) == (0, None, None)
    assert kinds(post) == ["tried", "released"]
    office.mail = []
    assert sent(post) == counts(sent=4)


def test_a_connection_that_was_closed_between_messages_is_made_again(
    post: Cli, office: PostOffice
) -> None:
    """Many servers end one after so many messages."""
    office.mail = ["250 OK", "421 enough for one connection", "250 OK", DROP]
    assert sent(post) == counts(sent=4)
    assert office.connections == 3
    assert len(office.taken) == 4


def test_what_was_sent_before_the_server_failed_is_reported_and_kept(
    post: Cli, office: PostOffice
) -> None:
    """The error comes after it, as the last line of stderr."""
    office.mail = ["250 OK", "250 OK", "451 not now", "451 not now"]
    failed = post("notice", "send")
    assert (failed.status, failed.out) == (1, "Sent 2 notices; 2 are left.\n")
    assert failed.err.startswith("error: the mail server 127.0.0.1:")
    assert sent(post) == counts(sent=2)
    assert set(office.ids().values()) == {1}


def test_a_claim_that_nobody_answers_for_lapses(
    post: Cli, office: PostOffice, hands: Hands
) -> None:
    """Until then nobody else sends it, nor the customer's next ones."""
    force(
        post.store,
        f"UPDATE notice SET tries = 1, claimed_until = '2026-11-23T10:10:00Z' WHERE id = {FIRST}",
    )
    assert sent(post) == counts(sent=1, left=3)
    hands.go_on(minutes=10)
    assert sent(post) == counts(sent=3)


def test_a_claim_and_a_delay_of_a_clock_that_was_ahead_do_not_hold(
    post: Cli, office: PostOffice
) -> None:
    """Nothing waits for years because the system's clock was wrong for a minute."""
    force(
        post.store,
        f"UPDATE notice SET tries = 1, claimed_until = '2031-01-01T00:00:00Z' WHERE id = {FIRST}",
    )
    force(
        post.store,
        f"UPDATE notice SET tries = 1, next_try_at = '2031-01-01T00:00:00Z' WHERE id = {TO_BOLT}",
    )
    assert sent(post) == counts(sent=4)


def test_a_limit_counts_messages_and_not_what_is_out_of_date(
    queue: Cli, office: PostOffice, hands: Hands
) -> None:
    """The oldest notice is of an order that was cancelled: two others are sent, as was asked."""
    force(queue.store, "UPDATE notice SET sent_at = '2026-01-01T00:00:00Z'")
    made = queue.ok("account", "order", "bolt-pro", "--count", "1", "--await-payment", "-y")
    queue.ok("order", "cancel", str(made["number"]))
    for address in ("kim", "lea", "mia"):
        queue.ok("account", "order", "acme-pro", f"{address}@acme.example", "-y")
    configure(queue, office.port)
    assert sent(queue, "--dry-run", "--limit", "2") == counts(sent=2, outdated=1, left=1)
    assert sent(queue, "--limit", "2") == counts(sent=2, outdated=1, left=1)
    assert [mail.to for mail in office.taken] == [ACME, ACME]


def test_what_is_out_of_date_is_not_sent(queue: Cli, office: PostOffice, hands: Hands) -> None:
    """An order is notified as waiting for its payment only while it waits."""
    made = queue.ok("account", "order", "bolt-pro", "--count", "1", "--await-payment", "-y")
    queue.ok("order", "cancel", str(made["number"]))
    configure(queue, office.port)
    assert sent(queue, "--dry-run") == counts(sent=4, outdated=1)
    assert queue("notice", "send").out == ("Sent 4 notices; 1 was out of date and not sent.\n")
    assert notice(queue, 5)["state"] == "outdated"
    assert kinds(queue)[-1] == "outdated"
    assert queue("store", "check").status == 0


def test_what_a_sent_reminder_left_out_counts_as_not_announced(
    post: Cli, office: PostOffice
) -> None:
    """An account that was saved before the sending, and then is to end after all, is announced."""
    post.ok("account", "renew", ANNA, OTTO, "--mode", "none", "-y")
    post.ok("tick", "--to", "2026-01-17")
    post.ok("account", "renew", ANNA, "--mode", "monthly", "-y")
    assert sent(post) == counts(sent=5)
    said = str(office.taken[-1].message)
    assert (OTTO in said, ANNA in said) == (True, False)
    post.ok("account", "renew", ANNA, "--mode", "none", "-y")
    assert sent(post) == counts(sent=1)
    said = str(office.taken[-1].message)
    assert (OTTO in said, ANNA in said) == (False, True)
    assert post("store", "check").status == 0


def test_a_suspension_that_is_notified_late_leaves_a_week(post: Cli, office: PostOffice) -> None:
    """Suspended on 1 February until the 15th, notified on the 20th: deleted on the 27th."""
    post.ok("account", "renew", ANNA, "--mode", "none", "-y")
    post.ok("tick", "--to", "2026-02-14")
    assert post.ok("account", "show", ANNA)["deletes_on"] == "2026-02-15"
    assert post.ok("tick", "--to", "2026-02-20")["deletions_held"] == 1
    post.ok("notice", "send")
    (said,) = [str(mail.message) for mail in office.taken if "27 f" in str(mail.message["Subject"])]
    assert "15 f" not in said
    assert post.ok("account", "show", ANNA)["deletes_on"] == "2026-02-27"
    told = [one["text"] for one in post.ok("account", "explain", ANNA)["sentences"]]
    assert (
        "The customer was notified late of the suspension: the deletion was moved from 2026-02-15 "
        "to 2026-02-27."
    ) in told
    assert post.ok("tick", "--to", "2026-02-26")["deleted"] == 0
    assert post.ok("tick", "--to", "2026-02-27")["deleted"] == 1
    assert post("store", "check").status == 0


@pytest.mark.parametrize(("retention", "day"), [("0", "2026-02-20"), ("3", "2026-02-23")])
def test_a_short_retention_that_is_notified_late_counts_from_the_sending(
    post: Cli, office: PostOffice, retention: str, day: str
) -> None:
    """Without any, the first tick after the sending deletes."""
    # A deleted account no longer has its address.
    account = str(account_of(post, ANNA))
    post.ok("settings", "set", "retention-days", retention)
    post.ok("account", "renew", account, "--mode", "none", "-y")
    post.ok("tick", "--to", "2026-02-20")
    post.ok("notice", "send")
    assert post.ok("account", "show", account)["deletes_on"] == day
    post.ok("tick", "--to", "2026-02-22")
    assert post.ok("account", "show", account)["state"] == (
        "deleted" if retention == "0" else "suspended"
    )
    post.ok("tick", "--to", "2026-02-23")
    assert post.ok("account", "show", account)["state"] == "deleted"


def test_an_erased_customer_is_sent_nothing(queue: Cli, office: PostOffice, hands: Hands) -> None:
    """Their notices have ended."""
    queue.ok("platform", "cancel", "bolt-pro", "-y")
    queue.ok("tick", "--to", "2026-03-01")
    queue.ok("prepaid", "refund", "bolt", "98.11", "--reason", "end", "-y")
    queue.ok("task", "done", "--until", "2030-01-01", "--customer", "bolt", "-y")
    queue.ok("customer", "close", "bolt", "-y")
    queue.ok("customer", "erase", "bolt", "--confirm", "bolt")
    configure(queue, office.port)
    sent(queue)
    assert {mail.to for mail in office.taken} == {ACME}
    assert queue("store", "check").status == 0


def test_a_token_is_in_the_mail_and_nowhere_after_it(
    post: Cli, office: PostOffice, tmp_path: Path
) -> None:
    """Not in the store's files, the journal, the kept text, nor in what is printed."""
    post.ok("platform", "delete", "bolt-pro", "-y")
    ((token,),) = rows(post.store, "SELECT secret FROM notice WHERE kind = 'delete-token'")
    office.rcpt[BOLT] = ["250 OK", f"450 no {token} here"]
    outcome = post("notice", "send", "-vv")
    assert token not in outcome.out + outcome.err
    assert notice(post, 5)["last_error"] == "450 no *** here"
    force(post.store, "UPDATE notice SET next_try_at = NULL")
    assert sent(post) == counts(sent=1)
    assert token.encode() in office.taken[-1].raw
    for path in tmp_path.iterdir():
        assert token.encode() not in path.read_bytes(), path.name
    assert token not in post("journal", "list", "--json").out
    assert token not in post("notice", "show", "5").out
    assert post.ok("platform", "delete", "bolt-pro", "--token", token, "--confirm", "bolt-pro")


def test_a_customer_whose_name_is_hostile_gets_one_mail(post: Cli, office: PostOffice) -> None:
    """It is a name, not two recipients and not a header."""
    name = '"Bolt", evil@x.example <a@b.example>' + ", ü" * 40
    post.ok("customer", "edit", "bolt", "--name", name)
    sent(post)
    (mail,) = [mail for mail in office.taken if mail.to == BOLT]
    assert [box.addr_spec for box in mail.message["To"].addresses] == [BOLT]


@pytest.mark.parametrize("address", ["a@x.example, b@y.example", "a@x.example\r\nBcc: b@y.example"])
def test_an_address_that_is_not_one_is_refused_for_good(
    post: Cli, office: PostOffice, address: str
) -> None:
    """Whoever wrote it into the file: the server never hears of it."""
    force(post.store, f"UPDATE customer SET email = '{address}' WHERE slug = 'bolt'")
    assert sent(post) == counts(sent=3, refused=1)
    assert notice(post, TO_BOLT)["last_error"].startswith("this is not one e-mail address")
    assert set(office.asked) == {ACME}


def test_an_international_domain_is_sent_in_ascii(post: Cli, office: PostOffice) -> None:
    """As every server understands it."""
    post.ok("customer", "edit", "bolt", "--email", "it@bücher.example")
    sent(post)
    assert "it@xn--bcher-kva.example" in office.asked


def test_a_name_with_letters_of_its_own_needs_a_server_that_knows_them(
    queue: Cli, hands: Hands
) -> None:
    """Else the backup address has it, or it waits: it is our server that cannot."""
    from tests.notices.post_office import open_office

    queue.ok("customer", "edit", "acme", "--email", "jérôme@acme.example")
    queue.ok("customer", "edit", "bolt", "--email", "jürgen@bolt.example")
    with open_office(enable_SMTPUTF8=False) as office:
        configure(queue, office.port)
        outcome = refused_us(queue, "--limit", "3")
        assert (outcome["sent"], outcome["refused_us"], outcome["left"]) == (2, 1, 2)
        assert set(office.asked) == {BOSS}
        assert "SMTPUTF8" in notice(queue, TO_BOLT)["last_error"]
    with open_office(enable_SMTPUTF8=True) as office:
        configure(queue, office.port)
        assert sent(queue, "--retry") == counts(sent=2)
        assert office.asked == ["jérôme@acme.example", "jürgen@bolt.example"]
        assert "<jérôme@acme.example>".encode() in office.taken[0].raw


@pytest.mark.files_only("another program locks the file")
def test_a_sent_notice_that_cannot_be_recorded_is_named(
    post: Cli, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy store is waited for longer than usual; then it says which mail will come twice."""
    import sqlite3

    monkeypatch.setattr(sending, "RECORD_SECONDS", 0.2)
    holder = sqlite3.connect(post.store, isolation_level=None, check_same_thread=False)
    original = office.handle_DATA

    async def hold(server: Any, session: Any, envelope: Any) -> str:
        holder.execute("BEGIN IMMEDIATE")
        return await original(server, session, envelope)

    monkeypatch.setattr(office, "handle_DATA", hold)
    failed = post("notice", "send", "--wait", "0", "-o", "json")
    holder.close()
    assert (failed.status, failed.error()["code"]) == (75, "store-busy")
    assert failed.error()["message"].startswith(
        f"notice 1 was sent to {ACME}, but that is not recorded: "
    )
    assert len(office.taken) == 1
