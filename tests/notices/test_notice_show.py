"""Notices as an administrator reads them: the letter, what was kept of it, and the list."""

from __future__ import annotations

import pytest

from mailctl.contract import THINGS
from mailctl.domain.notices import NoticeKind, NoticeState
from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.notices.letters import DEBTOR, last_of, letter, run
from tests.store.plain import opened, rows


def test_the_copy_that_is_kept_has_no_token(cli: Cli) -> None:
    """Nor has its HTML; the letter that is sent has both."""
    run(cli, DEBTOR)
    cli.ok("platform", "delete", "krull-hx", "-y")
    number = last_of(cli, "delete-token")
    ((code,),) = rows(cli.store, f"SELECT secret FROM notice WHERE id = {number}")

    sent, kept = letter(cli, number), letter(cli, number, with_secret=False)

    assert f"\n    {code}\n" in sent.text
    assert code in sent.html
    assert code not in kept.text + kept.html
    assert "    (der Code steht nur in der E-Mail)" in kept.text


def test_a_notice_shows_what_was_kept_of_it(cli: Cli) -> None:
    """Once it is sent: the words, the language and the address as they were then."""
    run(cli, DEBTOR)
    number = str(last_of(cli, "order-confirmed"))
    before = cli.ok("notice", "show", number)
    assert before["subject"] == "Bestellung 1: Ihre 2 neuen Postfächer"
    assert before["body"].startswith("Guten Tag,\n")
    assert before["html"].startswith("<!DOCTYPE html>\n")
    assert (before["language"], before["to"], before["state"]) == (
        "de", "it@krull.example", "queued",
    )  # fmt: skip

    with opened(cli.store) as base:
        base.execute("UPDATE notice SET sent_at = '2026-01-10T10:00:00Z' WHERE id = ?", (number,))
        base.execute(
            "INSERT INTO notice_text VALUES (?, 'de', 'boss@krull.example', 'S', 'B', NULL)",
            (number,),
        )
    cli.ok("customer", "edit", "krull", "--language", "en")

    after = cli.ok("notice", "show", number)
    assert (after["subject"], after["body"], after["html"]) == ("S", "B", None)
    assert (after["language"], after["to"], after["state"]) == ("de", "boss@krull.example", "sent")
    (listed,) = (row for row in cli.ok("notice", "list")["items"] if str(row["id"]) == number)
    assert listed == {key: after[key] for key in listed}


def test_nothing_is_explained_about_an_erased_customer(cli: Cli) -> None:
    """The kind alone is left of what they were told, and of what they would have been."""
    run(
        cli,
        DEBTOR
        + """
        prepaid credit krull 10
        prepaid refund krull 0.50 --reason x -y
        platform delete krull-hx -y
        """,
    )
    ((code,),) = rows(cli.store, "SELECT secret FROM notice WHERE kind = 'delete-token'")
    run(cli, f"platform delete krull-hx --token {code} --confirm krull-hx")
    run(
        cli,
        "task done --until 2030-01-01 --customer krull -y\n"
        "customer close krull -y\ncustomer erase krull --confirm krull",
    )

    found = cli.ok("notice", "list")["items"]

    assert {(row["to"], row["subject"] == row["kind"]) for row in found} == {("erased", True)}
    assert all(not cli.ok("notice", "show", str(row["id"]))["body"] for row in found)


def test_a_list_without_subjects_loads_no_texts(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody looks at the subjects none is written: lists of many notices stay quick."""
    run(cli, DEBTOR)
    asked: list[str] = []
    monkeypatch.setattr("mailctl.notices.reading.translation", asked.append)

    got = cli("notice", "list", "-o", "jsonl", "--fields", "id,kind,to,state")

    assert (got.status, len(got.jsonl()), asked) == (0, 2, [])


def test_a_notice_that_is_out_of_date_says_that_it_is_not_sent(store: Cli) -> None:
    """A person reads it; its state is `queued` until `notice send` has come to it."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "pro", "--customer", "acme", "--offer", "email-pro")
    made = store.ok("account", "order", "pro", "--count", "1", "--await-payment", "-y")
    number = str(last_of(store, "order-awaiting-payment"))
    said = "It is out of date: it will not be sent."
    waiting = on_terminal(store.store, "notice", "show", number, variables={"NO_COLOR": "1"})
    assert said not in waiting.out

    store.ok("order", "cancel", str(made["number"]))

    past = on_terminal(store.store, "notice", "show", number, variables={"NO_COLOR": "1"})
    assert said in past.out.splitlines()
    assert store.ok("notice", "show", number)["state"] == "queued"


def test_notices_are_found_by_kind_state_and_day(store: Cli) -> None:
    """As other lists are; the days are those on which they were queued, both included."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("prepaid", "credit", "acme", "100")
    for day in ("2026-01-02", "2026-01-03", "2026-01-04"):
        store.ok("account", "order", "pro", "--count", "1", "-y")
        store.ok("tick", "--to", day)
    store.ok("account", "order", "pro", "--count", "1", "--await-payment", "-y")
    with opened(store.store) as base:
        base.execute("UPDATE notice SET sent_at = '2026-01-02T10:00:00Z' WHERE id = 1")
        base.execute(
            "UPDATE notice SET ended_at = '2026-01-02T10:00:00Z', ended_for = 'refused' "
            "WHERE id = 2"
        )

    def listed(*words: str) -> list[int]:
        return [item["id"] for item in store.ok("notice", "list", *words)["items"]]

    assert listed() == [1, 2, 3, 4]
    assert listed("--kind", "order-awaiting-payment") == [4]
    assert listed("--state", "sent") == [1]
    assert listed("--state", "refused") == [2]
    assert listed("--state", "queued", "--kind", "order-confirmed") == [3]
    assert listed("--since", "2026-01-02", "--until", "2026-01-03") == [2, 3]
    assert listed("--since", "2026-01-02", "--customer", "acme", "--limit", "1") == [2]
    assert listed("--state", "erased") == []


def test_every_kind_and_state_of_a_notice_can_be_asked_for(queue: Cli) -> None:
    """A word that is none of them is refused with those there are."""
    for option, words in (("--kind", NoticeKind), ("--state", NoticeState)):
        for word in words:
            assert queue("notice", "list", option, word).status == 0
        refused = queue("notice", "list", option, "nonsense")
        assert refused.status == 2
        assert ", ".join(words) in refused.err
    state = THINGS["notice"].key("state")
    assert state is not None
    assert state.values == tuple(NoticeState)


def test_a_person_reads_the_letter_and_not_its_html(cli: Cli) -> None:
    """On a terminal: to whom and what about, then the text as it is laid out."""
    run(cli, DEBTOR)

    got = on_terminal(cli.store, "notice", "show", "1", variables={"NO_COLOR": "1"})
    lines = [line.rstrip() for line in got.out.splitlines()]

    assert "subject     Bestellung 1: Ihre 2 neuen Postfächer" in lines
    assert lines.index("Guten Tag,") > lines.index("to          it@krull.example")
    assert "- ann@krull.example" in lines
    assert "<" not in got.out


def test_what_would_be_sent_is_named_as_in_the_list(cli: Cli) -> None:
    """A notice has its id, and no column of another name."""
    run(cli, DEBTOR)
    run(cli, "settings set mail-host=mail.host.example mail-from=mail@host.example")

    got = cli("notice", "send", "--dry-run")

    assert got.err.splitlines()[0].split() == ["id", "customer", "kind", "to"]
