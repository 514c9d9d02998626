"""`account explain`: an account's life so far, why it is as it is, and what happens next."""

from __future__ import annotations

from datetime import date

from mailctl.insight.explaining.asked import asked, not_done
from mailctl.insight.explaining.coming import Ahead
from mailctl.insight.explaining.past import Past
from mailctl.insight.explaining.sentences import Explanation
from mailctl.store import accounts
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts


def explain(reader: Reader, word: str, *, every: bool = False) -> Explanation:
    """Explain the account that a word names; with `every` each renewal is told by itself.

    AccountNotFoundError with close addresses else (SPEC 13).
    """
    account = accounts.find(reader, word)
    item = accounts.show(reader, account.id)
    event = item["next_event"]
    past = [*Past(reader, account, every=every).told(), *asked(reader, account.id)]
    return Explanation(
        subject=f"account/{account.id}",
        customer=account.platform.customer,
        title=_title(item) + not_done(facts.tasks_of_account(reader, account.id)),
        past=tuple(sorted(past, key=lambda sentence: sentence.on or date.max)),
        coming=Ahead(reader, account).coming(
            None if event is None else str(event), _day(item["next_on"])
        ),
    )


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _title(item: dict[str, object]) -> str:
    """The account in a line: who, where, and its state."""
    address = item["address"] or "blank"
    where = f"{item['platform']} of {item['customer']} ({item['offer']})"
    state = str(item["state"])
    if state == "suspended":
        reason = {"expired": "its expiry", "debt": "debt"}[str(item["suspended_for"])]
        how = f"suspended for {reason} since {item['suspended_on']}"
    elif state == "deleted":
        how = f"deleted on {item['deleted_on']}"
    else:
        how = (
            f"active, {item['period']}, renewal {item['renewal']}, expires on {item['expires_on']}"
        )
    return f"Account {item['id']} ({address}) on {where}: {how}."
