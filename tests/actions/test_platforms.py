"""Platforms: cancelled, resumed, renewed by hand, deleted."""

from __future__ import annotations

import pytest

from mailctl.actions import platform_deletion, platforms
from mailctl.errors import AlreadyExistsError, TokenInvalidError, UsageError
from mailctl.store.engine.transaction import Transaction
from tests.actions.journalled import renewals_changed
from tests.helpers import Cli

ANNA = "anna@acme.example"
HUGO = "hugo@acme.example"
OTTO = "otto@acme.example"
SUSI = "susi@acme.example"


def renewals(tx: Transaction, platform: str) -> dict[str, tuple[str, str | None]]:
    """Of each account of a platform its renewal, and the one kept for a resume."""
    rows = tx.execute(
        """
        SELECT coalesce(a.address, 'blank'), a.renewal, a.renewal_before_cancel
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        WHERE p.name = :platform AND a.state <> 'deleted'
        """,
        {"platform": platform},
    )
    return {address: (renewal, before) for address, renewal, before in rows}


def test_a_cancel_ends_every_renewal_and_keeps_it(tx: Transaction) -> None:
    """Hugo's account renews monthly, Susi's does not: one journal row."""
    result = platforms.cancel(tx, platforms.plan_cancel(tx, name="acme-hx"), reason="moving")
    assert [account.address for account in result.accounts] == [HUGO, SUSI]
    assert renewals(tx, "acme-hx") == {HUGO: ("none", "monthly"), SUSI: ("none", "none")}
    assert renewals_changed(tx) == [HUGO]
    assert not platforms.cancel(tx, platforms.plan_cancel(tx, name="acme-hx")).changed
    with pytest.raises(UsageError, match="not a reason"):
        platforms.cancel(tx, platforms.plan_cancel(tx, name="acme-hx"), reason="whim")


def test_a_resume_gives_renewals_back_as_its_plan_says(tx: Transaction) -> None:
    """An account that reached its expiry is too late, unless it is suspended for that."""
    platforms.cancel(tx, platforms.plan_cancel(tx, name="acme-pro"))
    tx.execute(
        """
        UPDATE account
        SET state = 'suspended', suspended_for = 'debt', expires_on = '2026-02-05',
            suspended_on = '2026-02-05', deletes_on = '2026-03-01'
        WHERE platform_id = (SELECT id FROM platform WHERE name = 'acme-pro') AND address IS NULL
        """
    )
    plan = platforms.plan_resume(tx, name="acme-pro")
    found = [
        [one.address for one in ones] for ones in (plan.restored, plan.suspended, plan.expired)
    ]
    assert found == [[ANNA], [], [None]]
    assert platforms.resume(tx, plan).changed
    assert renewals(tx, "acme-pro") == {ANNA: ("monthly", None), "blank": ("none", None)}
    assert renewals_changed(tx)[-1] == ANNA


def test_a_resume_lets_a_suspended_account_be_reopened_with_its_own_renewal(
    tx: Transaction,
) -> None:
    """Otto's account was suspended at its expiry, since its platform was cancelled."""
    plan = platforms.plan_resume(tx, name="acme-old")
    assert [account.address for account in plan.suspended] == [OTTO]
    platforms.resume(tx, plan)
    assert renewals(tx, "acme-old") == {OTTO: ("monthly", None)}


def test_a_resume_records_what_it_changes_alone(tx: Transaction) -> None:
    """Susi's account did not renew before the cancel either: nothing changes for it."""
    platforms.cancel(tx, platforms.plan_cancel(tx, name="acme-hx"))
    platforms.resume(tx, platforms.plan_resume(tx, name="acme-hx"))
    assert renewals(tx, "acme-hx") == {HUGO: ("monthly", None), SUSI: ("none", None)}
    assert renewals_changed(tx) == [HUGO, HUGO]


def test_a_platform_renews_by_hand_or_by_itself(tx: Transaction) -> None:
    """The second time changes nothing."""
    plan = platforms.plan_renewal(tx, name="acme-pro", manual=True)
    assert platforms.renewal(tx, plan).item["renewal"] == "manual"
    assert platforms.plan_renewal(tx, name="acme-pro", manual=True).changes_nothing


def test_a_name_is_never_used_again(tx: Transaction) -> None:
    """acme-gone is closed."""
    with pytest.raises(AlreadyExistsError):
        platforms.add(tx, name="acme-gone", customer="bolt", offer="email-pro")


def test_the_newest_token_deletes_a_platform_once(tx: Transaction) -> None:
    """An older one does not."""
    plan = platform_deletion.plan_delete(tx, name="acme-pro")
    tokens = []
    for _ in range(2):
        asked = platform_deletion.ask(tx, plan)
        tokens.append(tx.text("SELECT secret FROM notice ORDER BY id DESC LIMIT 1") or "")
    assert (asked.to, str(asked.valid_until_on)) == ("it@acme.example", "2026-02-08")
    old, new = tokens
    with pytest.raises(TokenInvalidError):
        platform_deletion.plan_with_token(tx, name="acme-pro", token=old)
    plan = platform_deletion.plan_with_token(tx, name="acme-pro", token=new)
    result = platform_deletion.delete(tx, plan, token=new)
    assert [account.address for account in result.accounts] == [ANNA, None]
    assert renewals(tx, "acme-pro") == {}


def test_a_change_to_manual_says_which_mailboxes_end_unless_paid_for(busy: Cli) -> None:
    """Blank accounts have no mail, and a suspended one has ended already."""
    outcome = busy("platform", "renewal", "acme-hx", "--manual", "-y")
    assert outcome.out.splitlines()[0] == (
        "Set the renewal of the platform acme-hx to manual. Unless they are paid in advance: "
        "1 mailbox ends, on 2026-03-01: export the mail before. "
        "To pay for one: mailctl account extend 3"
    )
