"""Renewals of accounts: what changes, what is skipped, what a file may say."""

from __future__ import annotations

import json

import pytest

from mailctl.actions import renewal_files, renewals
from mailctl.domain.records import Record, Records
from mailctl.domain.terms import Renewal
from mailctl.errors import LinesRefusedError, UsageError
from mailctl.store import accounts
from mailctl.store.engine.transaction import Transaction
from tests.actions.journalled import renewals_changed

ANNA = "anna@acme.example"
BEN = "ben@bolt.example"
HUGO = "hugo@acme.example"
SUSI = "susi@acme.example"


def _file(*records: Record) -> Records:
    return Records(columns=(), read=lambda: iter(records))


def test_a_whole_platform_changes_and_what_cannot_is_skipped(tx: Transaction) -> None:
    """Susi's account is suspended; each change has its journal row."""
    plan = renewals.plan_renew(tx, all_of="acme-hx", mode=Renewal.YEARLY)
    result = renewals.renew(tx, plan)
    assert [(one.address, one.changes, one.skipped) for one in result.changes] == [
        (HUGO, True, None),
        (SUSI, False, "not-active"),
    ]
    assert renewals_changed(tx) == [HUGO]
    details = tx.text("SELECT details FROM journal ORDER BY seq DESC LIMIT 1") or ""
    assert json.loads(details) == {
        "old": "monthly",
        "new": "yearly",
        "effective_on": "2026-03-01",
    }
    assert accounts.find(tx, HUGO).renewal is Renewal.YEARLY


def test_journal_rows_have_the_order_of_the_words(tx: Transaction) -> None:
    """An account that is named twice changes once."""
    plan = renewals.plan_renew(tx, words=(BEN, ANNA, BEN), mode=Renewal.NONE)
    renewals.renew(tx, plan)
    assert renewals_changed(tx) == [BEN, ANNA]
    assert renewals.plan_renew(tx, words=(BEN, ANNA), mode=Renewal.NONE).changes_nothing


def test_a_file_names_all_its_wrong_lines(tx: Transaction) -> None:
    """An account may come twice with one mode, not with two."""
    lines = ((ANNA, "none"), (ANNA, "none"), (ANNA, "yearly"), ("nobody", "none"), (BEN, "weekly"))
    records = tuple(
        Record(line=n, values={"account": account, "mode": mode})
        for n, (account, mode) in enumerate(lines, start=2)
    )
    with pytest.raises(LinesRefusedError) as refused:
        renewals.plan_renew(tx, records=_file(*records))
    assert [line.partition(":")[0] for line in refused.value.lines] == [
        "line 4",
        "line 5",
        "line 6",
    ]
    assert len(renewals.plan_renew(tx, records=_file(*records[:2])).changes) == 1


def test_a_file_is_read_in_parts_and_its_accounts_are_asked_for_together(
    tx: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accounts are named by id or address, in any part, and change in the order of their lines."""
    monkeypatch.setattr(renewal_files, "_AT_ONCE", 2)
    words = (BEN, "account/2", ANNA.upper(), HUGO, BEN)
    lines = [Record(line=n, values={"account": word}) for n, word in enumerate(words, start=2)]
    asked: list[str] = []
    monkeypatch.setattr(accounts, "find", lambda _, word: asked.append(word))

    plan = renewals.plan_renew(tx, records=_file(*lines), mode=Renewal.NONE)

    assert asked == []
    assert [(one.address, one.old, one.new) for one in plan.changes] == [
        (BEN, Renewal.MONTHLY, Renewal.NONE),
        (None, Renewal.MONTHLY, Renewal.NONE),
        (ANNA, Renewal.MONTHLY, Renewal.NONE),
        (HUGO, Renewal.MONTHLY, Renewal.NONE),
    ]
    assert plan.changes[-1] == plan.changes[1:][2]
    assert plan == renewals.plan_renew(tx, records=_file(*lines), mode=Renewal.NONE)
    assert plan != renewals.plan_renew(tx, records=_file(*lines), mode=Renewal.YEARLY)
    result = renewals.renew(tx, plan)
    assert renewals_changed(tx) == [BEN, "blank", ANNA, HUGO]
    assert [item["address"] for item in result.items] == [BEN, None, ANNA, HUGO]


def test_a_file_of_unclear_columns_is_refused(tx: Transaction) -> None:
    """Columns that are not read are named beforehand."""
    record = Record(line=2, values={"account": ANNA, "note": "ends"})
    assert renewal_files.unread_columns(_file(record).names()) == ("note",)
    with pytest.raises(UsageError, match="others beside"):
        renewals.plan_renew(tx, records=_file(record), mode=Renewal.NONE)
