"""Step 3: accounts that renew are billed for their next term, or for all they have missed (SPEC 6).

The calendar rule is not per row: Python computes it once for each distinct expiry, renewal and
anchor day that is due, into the temporary table `step`, and SQL joins that.
"""

from __future__ import annotations

from datetime import date

from mailctl.billing.bill import Billed, bill
from mailctl.domain.terms import Period, term_end
from mailctl.effects import account_sets
from mailctl.store.engine.transaction import Transaction

_RENEWING = (
    "a.next_on <= :today AND a.state = 'active' AND a.renewal <> 'none' "
    "AND a.platform_id NOT IN (SELECT m.id FROM platform m WHERE m.renewal = 'manual') "
    "AND a.platform_id NOT IN (SELECT s.id FROM platform s "
    "JOIN set_aside x ON x.customer_id = s.customer_id)"
)


def run(transaction: Transaction) -> Billed:
    """Bill every term that has come due, and move the accounts on; what was billed."""
    account_sets.empty(transaction, "step", "due")
    facts = {"today": transaction.today.isoformat()}
    kinds = transaction.execute(
        f"SELECT DISTINCT expires_on, renewal, anchor_day FROM account a WHERE {_RENEWING}", facts
    ).fetchall()
    if not kinds:
        return Billed()
    transaction.connection.executemany(
        "INSERT INTO step (expires_on, renewal, anchor_day, starts_on, ends_on, is_last) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            row
            for expires_on, renewal, anchor_day in kinds
            for row in _terms(expires_on, renewal, anchor_day, transaction.today)
        ],
    )
    transaction.execute(
        "INSERT INTO due (account_id, customer_id, offer_id, address, period, starts_on, ends_on) "
        "SELECT a.id, p.customer_id, p.offer_id, a.address, a.renewal, s.starts_on, s.ends_on "
        "FROM account a CROSS JOIN platform p "
        "JOIN step s ON s.expires_on = a.expires_on AND s.renewal = a.renewal "
        f"AND s.anchor_day = a.anchor_day WHERE p.id = a.platform_id AND {_RENEWING} "
        "ORDER BY +a.id, s.starts_on",
        facts,
    )
    billed = bill(transaction)
    _record(transaction)
    transaction.execute(
        "UPDATE account AS a SET period = a.renewal, expires_on = (SELECT s.ends_on FROM step s "
        "WHERE s.expires_on = a.expires_on AND s.renewal = a.renewal "
        f"AND s.anchor_day = a.anchor_day AND s.is_last = 1) WHERE {_RENEWING}",
        facts,
    )
    return billed


def _terms(
    expires_on: str, renewal: str, anchor_day: int, today: date
) -> list[tuple[str, str, int, str, str, int]]:
    """The terms from an expiry until one ends after today, oldest first."""
    terms: list[tuple[str, str, int, str, str, int]] = []
    start = date.fromisoformat(expires_on)
    while start <= today:
        end = term_end(start, Period(renewal), anchor_day)
        terms.append(
            (expires_on, renewal, anchor_day, start.isoformat(), end.isoformat(), int(end > today))
        )
        start = end
    return terms


def _record(transaction: Transaction) -> None:
    """A journal row for each account, with the days that its expiry moved between."""
    transaction.execute(
        "INSERT INTO journal (seq, batch, happened_on, kind, subject, details) "
        "SELECT :last + row_number() OVER (ORDER BY d.account_id, d.starts_on), :batch, :today, "
        "'renewed', 'account/' || d.account_id, "
        '\'{"expires_on":"\' || d.ends_on || \'","period":"\' || d.period || \'","was":"\' '
        "|| d.starts_on || '\"}' FROM due d ORDER BY d.account_id, d.starts_on",
        {
            "last": transaction.batch.next_seq - 1,
            "batch": transaction.batch.id,
            "today": transaction.today.isoformat(),
        },
    )
