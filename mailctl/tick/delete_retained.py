"""Step 5: suspended accounts past their retention are deleted for good (SPEC 6)."""

from __future__ import annotations

from mailctl.store import sets
from mailctl.store.connection import Transaction

_PAST = (
    "FROM account a CROSS JOIN platform p LEFT JOIN notice n ON n.id = a.suspension_notice_id "
    "WHERE p.id = a.platform_id AND a.next_on <= :today AND a.state = 'suspended' "
    "AND p.customer_id NOT IN (SELECT customer_id FROM set_aside) AND "
)
_UNTOLD = "(:mail <> '' AND n.id IS NOT NULL AND n.sent_at IS NULL AND n.ended_at IS NULL)"


def run(transaction: Transaction) -> tuple[int, int]:
    """Delete them; how many, and how many are held because their notice has not been sent.

    While mail is configured nobody's mailbox goes before its suspension was told.
    """
    facts = {"today": transaction.today.isoformat(), "mail": transaction.setting("mail-host")}
    sets.empty(transaction, "chosen")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        f"SELECT a.id, p.customer_id, a.address {_PAST} NOT {_UNTOLD} ORDER BY +a.id",
        facts,
    )
    count = sets.chosen(transaction)
    if count:
        sets.delete(transaction)
    return count, transaction.number(f"SELECT count(*) {_PAST} {_UNTOLD}", facts)
