"""Step 3: accounts that renew are billed for their next term, and those they missed (rules 6).

The calendar rule is not per row: Python computes it once for each expiry, renewal and anchor day,
into the temporary table `term_step`, and SQL joins that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from mailctl.billing.bill import Billed, TermSet, bill
from mailctl.domain.terms import Period, terms_from
from mailctl.store.engine.journal import details_sql
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import renews_unjoined
from mailctl.store.temp_tables import CustomerSet, TempTable
from mailctl.values import Value

MANY = 1_000
"""Terms from which guards that are lifted spare more than lifting them costs, a millisecond."""
_NEW_LINES = """
    SELECT count(*)
    FROM invoice_line
    WHERE invoice_id > :last
        AND invoice_id > coalesce(
            (SELECT b.last_invoice_id FROM batch b ORDER BY b.id DESC LIMIT 1), 0
        )
"""
_STEPS = """
    expires_on TEXT NOT NULL, renewal TEXT NOT NULL, anchor_day INTEGER NOT NULL,
    starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, is_last INTEGER NOT NULL,
    PRIMARY KEY (expires_on, renewal, anchor_day, starts_on)
"""


class _Kind(Value):
    """Accounts that are billed for the same days."""

    expires_on: date
    renewal: Period
    anchor_day: int

    def steps(self, today: date) -> Iterator[dict[str, object]]:
        """The terms from the expiry until one ends after today."""
        for start, end in terms_from(self.expires_on, self.renewal, self.anchor_day, today):
            yield {
                "expires_on": self.expires_on.isoformat(),
                "renewal": self.renewal,
                "anchor_day": self.anchor_day,
                "starts_on": start.isoformat(),
                "ends_on": end.isoformat(),
                "is_last": int(end > today),
            }


def run(transaction: Transaction, excluded: CustomerSet, due: TermSet) -> Billed:
    """Bill every term that has come due, and move the accounts on; what was billed.

    The terms are in `due` afterwards.
    """
    renewing = _renewing(excluded)
    if not transaction.exists(f"SELECT 1 FROM account a WHERE {renewing}"):
        return Billed()
    is_any_late = transaction.exists(
        f"SELECT 1 FROM account a WHERE {_renewing(excluded, expires='< :today')}"
    )
    kinds = _kinds(transaction, renewing) if is_any_late else _kinds_of(transaction.today)
    with TempTable(transaction, "term_step", _STEPS) as steps:
        transaction.execute_many(
            f"""
            INSERT INTO {steps} (expires_on, renewal, anchor_day, starts_on, ends_on, is_last)
            VALUES (:expires_on, :renewal, :anchor_day, :starts_on, :ends_on, :is_last)
            """,
            (step for kind in kinds for step in kind.steps(transaction.today)),
        )
        if is_any_late:
            due.fill(_due(steps, renewing, order_by="+a.id, s.starts_on"))
        else:
            due.fill(_due_today(steps, excluded))
        with _asked_by_sets(transaction, due):
            billed = bill(transaction, due)
            _record(transaction, due)
        _move_on(transaction, steps, due)
    return billed


def _kinds(transaction: Transaction, renewing: str) -> list[_Kind]:
    """The kinds of accounts that are due."""
    return transaction.facts(
        _Kind,
        f"SELECT DISTINCT a.expires_on, a.renewal, a.anchor_day FROM account a WHERE {renewing}",
    )


def _kinds_of(day: date) -> list[_Kind]:
    """Every kind that there can be of accounts that expire on a day: no account is asked."""
    return [
        _Kind(expires_on=day, renewal=renewal, anchor_day=anchor_day)
        for renewal in Period
        for anchor_day in range(1, 32)
    ]


@contextmanager
def _asked_by_sets(transaction: Transaction, due: TermSet) -> Iterator[None]:
    """Add the lines and journal rows of many terms without the guards, which ask row by row.

    What they ask holds of the whole set: set_aside.py has left out everybody whose next term does
    not begin where the last one billed ends, and here every new line is counted on an invoice that
    is neither older than the set nor of an earlier batch. ValueError, as of any damage, where not.
    """
    if len(due) < MANY:
        yield
        return
    facts = {"last": transaction.last_key("invoice")}
    before = transaction.number(_NEW_LINES, facts)
    with transaction.connection.unguarded("invoice_line", "journal"):
        yield
    lines = transaction.number(_NEW_LINES, facts) - before
    if lines != len(due):
        raise ValueError(f"{lines} lines on new invoices, of {len(due)} terms")


def _renewing(excluded: CustomerSet, *, expires: str = "<= :today") -> str:
    """SQL for whether an account `a` is billed for its next term today."""
    return f"""
        a.next_on {expires}
            AND a.state = 'active'
            AND {renews_unjoined("a")}
            AND a.platform_id NOT IN (
                SELECT e.id
                FROM platform e
                    JOIN {excluded} x ON x.customer_id = e.customer_id
            )
    """


def _due_today(steps: TempTable, excluded: CustomerSet) -> str:
    """The same as `_due` where nothing is late: each account has one term.

    On one day the index of what comes next has the accounts in their order, and spares the sorting.
    """
    return _due(steps, _renewing(excluded, expires="= :today"), order_by="a.id")


def _due(steps: TempTable, renewing: str, *, order_by: str) -> str:
    """SQL for the terms that are due, in account order."""
    return f"""
        SELECT a.id, p.customer_id, p.offer_id, a.address, a.renewal, s.starts_on, s.ends_on
        FROM account a
            CROSS JOIN platform p
            JOIN {steps} s
                ON s.expires_on = a.expires_on
                AND s.renewal = a.renewal
                AND s.anchor_day = a.anchor_day
        WHERE p.id = a.platform_id AND {renewing}
        ORDER BY {order_by}
    """


def _move_on(transaction: Transaction, steps: TempTable, due: TermSet) -> None:
    """Move accounts on to the end of their last term.

    One whose terms are in two parts is moved by the first, and is not due in the other.
    """
    for part in due.parts():
        transaction.execute(
            f"""
            UPDATE account AS a
            SET period = a.renewal,
                expires_on = (
                    SELECT s.ends_on
                    FROM {steps} s
                    WHERE s.expires_on = a.expires_on
                        AND s.renewal = a.renewal
                        AND s.anchor_day = a.anchor_day
                        AND s.is_last = 1
                )
            WHERE a.id IN (SELECT t.account_id FROM {due} t WHERE t.n > :after AND t.n <= :until)
                AND a.next_on <= :today
            """,
            part,
        )


def _record(transaction: Transaction, due: TermSet) -> None:
    """A journal row for each term, with the days that its account's expiry moved between."""
    for part in due.parts():
        transaction.record_each(
            "renewed",
            subject="'account/' || t.account_id",
            details=details_sql(
                texts={"expires_on": "t.ends_on", "period": "t.period", "was": "t.starts_on"}
            ),
            source=f"FROM {due} t WHERE t.n > :after AND t.n <= :until",
            order_by="t.n",
            number="t.n - :after",
            parameters=part,
        )
