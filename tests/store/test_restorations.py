"""Numbers and ids go on after what a lost store gave (rules 18)."""

from __future__ import annotations

from datetime import date

import pytest

from mailctl.domain.invoices import DocumentNumber, Series
from mailctl.store import restorations
from mailctl.store.engine.stores import store_at
from mailctl.store.restorations import LEAVING, Head, Restoration, Wait
from tests.helpers import Cli
from tests.restored import BACKUP, BACKUP_AT, LOST, highest, restored


def test_a_restoration_is_kept_as_it_was(busy: Cli) -> None:
    """What it was restored from, what was lost, and what waits for a person."""
    told = restored(busy, lost=None, waiting={Wait.TICK, Wait.CREATES})

    assert told == Restoration(
        id=1,
        restored_on=date(2026, 2, 5),
        backup_at=BACKUP_AT,
        backup=BACKUP,
        lost=None,
        tick_waits=True,
        export_waits=False,
        creates_wait=True,
    )
    assert restored(busy).lost == LOST
    with store_at(busy.store).read() as reader:
        assert [one.id for one in restorations.every(reader)] == [1, 2]


def test_documents_go_on_after_lost_numbers(busy: Cli) -> None:
    """Of invoices and of credit notes, each by themselves, in the year that was lost alone."""
    last = busy.ok("invoice", "list")["items"][-1]["number"]
    restored(busy, "2026-000131", "AV2026-000004", "2025-000009")

    assert last < "2026-000131"
    busy.ok("account", "order", "slow-pro", "new@slow.example", "-y")
    assert busy.ok("invoice", "list")["items"][-1]["number"] == "2026-000132"
    busy.ok("invoice", "credit", "2026-000132", "--line", "1", "--reason", "wrong", "-y")
    notes = busy.ok("invoice", "list", "--kind", "credit-note")["items"]
    assert [note["number"] for note in notes] == ["AV2026-000005"]


def test_only_what_the_store_had_not_given_is_lost(busy: Cli) -> None:
    """Neither numbers up to the last one here, nor those that it goes on from already."""
    restored(busy, "2026-000131", "AV2026-000004")
    busy.ok("account", "order", "slow-pro", "new@slow.example", "-y")
    restored(busy, "2026-000132", "AV2026-000007")

    with store_at(busy.store).read() as reader:
        assert [(str(one), one.restoration_id) for one in restorations.lost_numbers(reader)] == [
            ("2026-000012 to 2026-000131", 1),
            ("AV2026-000001 to AV2026-000004", 1),
            ("AV2026-000005 to AV2026-000007", 2),
        ]


@pytest.mark.parametrize(("seq", "is_lost"), [(11, False), (12, True), (131, True), (132, False)])
def test_a_number_is_lost_or_not(busy: Cli, seq: int, is_lost: bool) -> None:  # noqa: FBT001
    """Both ends of what was lost count."""
    restored(busy, "2026-000131")
    with store_at(busy.store).read() as reader:
        number = DocumentNumber(series=Series.INVOICE, year=2026, seq=seq)
        assert (restorations.loss_of(reader, number) is not None) == is_lost


def test_ids_go_on_after_lost_ones(busy: Cli) -> None:
    """Of every table whose ids others know; the highest that was ever lost counts."""
    before = highest(busy)
    restored(busy, **dict.fromkeys(LEAVING, 1_000))
    restored(busy, **dict.fromkeys(LEAVING, 900))

    assert all(0 <= key < 900 for key in before.values())
    assert highest(busy) == dict.fromkeys(LEAVING, 1_000)
    busy.ok("customer", "add", "next", "--name", "Next", "--email", "it@next.example")
    busy.ok("platform", "add", "next-pro", "--customer", "next", "--offer", "email-pro")
    busy.ok("prepaid", "credit", "next", "100")
    busy.ok("account", "order", "next-pro", "a@next.example", "b@next.example", "-y")
    assert [row["id"] for row in busy.ok("account", "list", "--customer", "next")["items"]] == [
        1_001,
        1_002,
    ]
    after = highest(busy)
    assert after == {
        **dict.fromkeys(LEAVING, 1_000),
        "account": 1_002,
        "customer": 1_001,
        "domain": 1_001,
        "invoice": 1_001,
        "notice": 1_001,
        "platform": 1_001,
        "purchase_order": 1_002,
        "task": 1_002,
    }


def test_what_waited_goes_on_when_a_person_says_so(busy: Cli) -> None:
    """Each by itself; the journal says that it did, once."""
    restored(busy, waiting={Wait.TICK, Wait.PAYMENT_EXPORT})
    store = store_at(busy.store)

    def waiting() -> set[Wait]:
        with store.read() as reader:
            return {what for what in Wait if restorations.waits(reader, what)}

    assert waiting() == {Wait.TICK, Wait.PAYMENT_EXPORT}
    for _ in range(2):
        store.change("tick", lambda transaction: restorations.release(transaction, Wait.TICK))
    assert waiting() == {Wait.PAYMENT_EXPORT}
    rows = busy.ok("journal", "list", "--kind", "wait-ended")["items"]
    assert [row["details"] for row in rows] == [{"of": "tick"}]


def test_the_journal_says_what_was_lost(busy: Cli) -> None:
    """The row is chained: it is the proof of the ranges."""
    restored(busy, "2026-000131", account=1_000)

    (row,) = busy.ok("journal", "list", "--kind", "store-restored")["items"]
    assert row["details"] == {
        "backup_at": BACKUP_AT,
        "backup_batch": BACKUP.batch_id,
        "backup_head": BACKUP.head,
        "lost_batch": LOST.batch_id,
        "lost_head": LOST.head,
        "lost_numbers": ["2026-000012 to 2026-000131"],
        "lost_ids": {"account": [11, 1_000]},
    }
    with store_at(busy.store).read() as reader:
        (told,) = restorations.recorded(reader)
        assert restorations.lost_id_on(reader, "account", 11) == date(2026, 2, 5)
        assert restorations.lost_id_on(reader, "account", 10) is None
        assert restorations.lost_id_on(reader, "account", 1_001) is None
        assert restorations.lost_id_on(reader, "task", 11) is None
    assert told.lost_ids == {"account": (11, 1_000)}
    assert told.lost == Head(batch_id=LOST.batch_id, head=LOST.head)


def test_a_lost_number_is_told_wherever_it_is_asked_for(busy: Cli) -> None:
    """Customers hold such documents: who looks for one learns why it is not there."""
    restored(busy, "2026-000013", "AV2026-000001")
    busy.ok("account", "order", "slow-pro", "new@slow.example", "-y")
    told = "lost in the restore of 2026-02-05, with the document that had it"

    for what in (("show",), ("explain",), ("credit", "--reason", "r", "-y"), ("pay",)):
        refused = busy("invoice", what[0], "2026-000012", *what[1:], "-o", "json")
        assert refused.status == 4
        assert refused.error()["message"] == (
            f"there is no invoice 2026-000012 any more: it was {told}"
        )
        assert refused.error()["hint"] == "mailctl journal list --kind store-restored"
    for text in ("2026-000013", "2026/13", "13", "av2026-1"):
        (hit,) = [hit for hit in busy.ok("find", text)["items"] if hit["kind"] == "invoice"]
        assert hit["label"] == told
        assert hit["command"] == "mailctl journal list --kind store-restored"
    assert busy("invoice", "show", "2026-000015").err.startswith(
        "error: there is no invoice 2026-000015; did you mean 2026-000014"
    )


def test_a_list_of_documents_names_its_gaps(busy: Cli) -> None:
    """Of that series and of those years; not where only some documents are asked for."""
    restored(busy, "2026-000013", "AV2026-000001")
    gap = "2026-000012 to 2026-000013: lost in the restore of 2026-02-05, with their documents"

    assert gap in busy("invoice", "list").err
    assert "AV2026" not in busy("invoice", "list").err
    assert (
        "AV2026-000001: lost in the restore of 2026-02-05, with its document"
        in busy("invoice", "list", "--kind", "credit-note").err
    )
    assert busy("invoice", "list", "--customer", "acme").err == ""
    assert busy("invoice", "list", "--until", "2025-12-31").err == ""
    for form in ("hledger", "beancount"):
        lines = busy("export", "books", "--format", form).out.splitlines()
        assert lines[0] == f"; {gap}"
        assert lines[1].startswith("; AV2026-000001: lost")
        assert "lost" not in busy("export", "books", "--format", form, "--since", "2027-01-01").out


LOST_IDS = {
    "account": ("account", "show"),
    "method": ("method", "default"),
    "notice": ("notice", "show"),
    "payment": ("payment", "settle"),
    "payment_export": ("payment", "export", "--again", "--file"),
    "purchase_order": ("order", "show"),
    "task": ("task", "done"),
}


@pytest.mark.parametrize("table", LOST_IDS)
def test_an_id_that_may_have_been_lost_is_told(table: str, busy: Cli) -> None:
    """Others know it: the customer a letter's, the bank a payment's."""
    restored(busy, **{table: 500})

    told = "if there was one, it was lost in the restore of 2026-02-05"
    assert told in busy(*LOST_IDS[table], "500").err
    assert "lost" not in busy(*LOST_IDS[table], "501").err
