"""Whom an answer of a mail server is about (rules 12): real ones, gathered in `answers.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailctl.notices.refusals import Blame, alike, is_about_size, judge

WHO, US = "it@acme.example", "billing@host.example"


def answers() -> Iterator[tuple[str, ...]]:
    """Who says it, where, whom it is about, the answer."""
    for line in Path(__file__).with_name("answers.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            server, where, blame, answer = line.split(" | ", maxsplit=3)
            yield server, where, blame, answer.replace("\\n", "\n")


@pytest.mark.parametrize(("server", "where", "blame", "answer"), list(answers()))
def test_each_answer_is_taken_for_what_it_says(
    server: str, where: str, blame: str, answer: str
) -> None:
    """What speaks of the recipient's mailbox is the recipient's; the doubt is ours."""
    found = judge(
        int(answer[:3]), answer[4:], at_recipient=where == "rcpt", sender=US, recipient=WHO
    )
    assert (server, answer, found) == (server, answer, Blame(blame))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "553 5.7.1 <billing@host.example>: Sender address rejected: not owned by user 17",
            "553 5.7.1 <other@host.example>: Sender address rejected: not owned by user 18",
        ),
        (
            "554 5.7.1 <it@acme.example>: Relay access denied (A1B2C3)",
            "550 5.7.0 <it@bolt.example>: relay access denied (D4E5F6)",
        ),
    ],
)
def test_answers_that_differ_in_addresses_ids_and_numbers_are_alike(one: str, other: str) -> None:
    """What is against us is said to each recipient in the same words."""
    assert alike(one) == alike(other) != ""


def test_answers_of_other_words_are_not_alike() -> None:
    """Two servers that have two things against us are two."""
    assert alike("554 5.7.1 Relay access denied") != alike("554 5.7.1 Spam message rejected")


@pytest.mark.parametrize(
    "answer",
    [
        "552 5.3.4 Message size exceeds fixed limit",
        "552 Message size exceeds maximum permitted",
        "552 sorry, that message size exceeds my databytes limit (#5.3.4)",
        "552 5.2.3 Message length exceeds administrative limit",
        "554 5.7.1 The attachment is too large",
        "523 the message is too big",
    ],
)
def test_a_message_that_is_too_large_is_known(answer: str) -> None:
    """It is refused because of us, for itself: another message may be taken."""
    assert is_about_size(answer[4:])
    assert (
        judge(int(answer[:3]), answer[4:], at_recipient=False, sender=US, recipient=WHO)
        is Blame.OURS
    )


def test_no_other_answer_is_about_the_size() -> None:
    """Of all the answers that were gathered three are, and none that names another reason."""
    found = [answer for *_, answer in answers() if is_about_size(answer[4:])]
    assert found == [
        "552 5.3.4 Message size exceeds fixed limit",
        "552 Message size exceeds maximum permitted",
        "552 sorry, that message size exceeds my databytes limit (#5.3.4)",
    ]
