"""Deleting a platform at once and for good, in two steps: a token, then the deletion (rules 5)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from mailctl.actions import undo
from mailctl.actions.platforms import Ending, endings
from mailctl.actions.result import Result
from mailctl.domain.lifecycle import check_open
from mailctl.domain.notices import NoticeKind
from mailctl.domain.states import PlatformState
from mailctl.effects import deletions
from mailctl.errors import TokenInvalidError
from mailctl.store import customers, notices, platforms
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.platforms import DeletionToken
from mailctl.store.temp_tables import AccountSet
from mailctl.values import Value

VALID_DAYS = 3


class DeletePlan(Value):
    """The accounts that a deletion takes away, and the address that its token is sent to."""

    platform: str
    accounts: tuple[Ending, ...]
    to: str


class DeletionAsked(Result):
    """A platform that a token may delete, to whom the token goes, and until when it is valid."""

    thing: str = "platform"
    accounts: tuple[Ending, ...]
    to: str
    valid_until_on: date


class PlatformDeleted(Result):
    """A platform that was deleted, and the accounts that it had."""

    thing: str = "platform"
    accounts: tuple[Ending, ...]


def plan_delete(reader: Reader, *, name: str) -> DeletePlan:
    """What would be deleted; PlatformClosedError where nothing is left to delete."""
    platform = platforms.find(reader, name)
    if platform.state is PlatformState.CLOSED:
        check_open(platform)
    return DeletePlan(
        platform=name,
        accounts=endings(reader, platform),
        to=str(customers.show(reader, platform.customer)["email"]),
    )


def ask(transaction: Transaction, plan: DeletePlan) -> DeletionAsked:
    """Send the customer a token by notice, valid through the third day after; older ones end."""
    platform = platforms.find(transaction, plan.platform)
    token = secrets.token_urlsafe(12)
    until = transaction.today + timedelta(days=VALID_DAYS)
    kept = DeletionToken(token_digest=_digest(token), valid_until_on=until)
    platforms.keep_token(transaction, platform.id, kept)
    notices.queue(
        transaction,
        platform.customer_id,
        NoticeKind.DELETE_TOKEN,
        platform_id=platform.id,
        due_on=until,
        secret=token,
        account_ids=tuple(account.id for account in plan.accounts),
    )
    transaction.record(
        "deletion-asked", f"platform/{plan.platform}", {"valid_until_on": until.isoformat()}
    )
    return DeletionAsked(
        items=(platforms.show(transaction, plan.platform),),
        accounts=plan.accounts,
        to=plan.to,
        valid_until_on=until,
        undo=undo.never(
            f"the letter is queued. The token ends on {until}, and deletes nothing by itself"
        ),
    )


def plan_with_token(reader: Reader, *, name: str, token: str) -> DeletePlan:
    """What the token deletes; TokenInvalidError where it is wrong, used or too old."""
    plan = plan_delete(reader, name=name)
    kept = platforms.token_of(reader, platforms.find(reader, name).id)
    fits = hmac.compare_digest(kept.token_digest if kept else "", _digest(token.strip()))
    if kept is None or not fits or kept.valid_until_on < reader.today:
        raise TokenInvalidError(
            f"the token does not delete {name}: it is wrong, used or too old",
            hint=f"mailctl platform delete {name}, which sends a new one",
        )
    return plan


def delete(transaction: Transaction, plan: DeletePlan, *, token: str) -> PlatformDeleted:
    """Delete the platform and its accounts now, without refund, if the token is right."""
    plan_with_token(transaction, name=plan.platform, token=token)
    platform = platforms.find(transaction, plan.platform)
    platforms.forget_token(transaction, platform.id)
    ids = tuple(account.id for account in plan.accounts)
    if ids:
        with AccountSet(transaction, "deleted_account", ids) as accounts:
            deletions.delete(transaction, accounts, notify=False)
    platforms.close(transaction, platform.id)
    transaction.record("deleted", f"platform/{plan.platform}", {"accounts": len(ids)})
    notices.queue(
        transaction,
        platform.customer_id,
        NoticeKind.DELETE_CONFIRMED,
        platform_id=platform.id,
        account_ids=ids,
    )
    return PlatformDeleted(
        items=(platforms.show(transaction, plan.platform),),
        accounts=plan.accounts,
        undo=undo.never("the mailboxes and the name of the platform are gone for good"),
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
