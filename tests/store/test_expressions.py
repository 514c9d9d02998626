"""Rules that SQL and Python both know: they agree in every case."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from itertools import product

from mailctl.domain.lifecycle import last_day_to_pay
from mailctl.domain.money import tax_cents
from mailctl.store import expressions
from mailctl.store.engine.journal import compact, details_sql

# The ends of months, of years, and of February in a leap year and another.
DAYS = [date(2027, 12, 25) + timedelta(days=n) for n in range(0, 500, 5)]


def test_tax_is_rounded_half_up() -> None:
    """Sums around every half cent, at the rates from 0 to 30 % in steps of a tenth."""
    base = sqlite3.connect(":memory:")
    sql = f"SELECT {expressions.tax_cents(':net', ':rate')}"
    for net, rate in product([*range(1, 60), 99_999, 123_456_789], range(0, 3001, 10)):
        (found,) = base.execute(sql, {"net": net, "rate": rate}).fetchone()
        assert found == tax_cents(net, rate), (net, rate)


def test_the_last_day_to_pay_is_the_due_date_or_the_end_of_a_later_grace() -> None:
    """Every due date with no grace, and with a grace on every day."""
    base = sqlite3.connect(":memory:")
    sql = f"""
        SELECT {expressions.last_day_to_pay("o", "c")}
        FROM (SELECT :due_on AS due_on) o, (SELECT :grace AS grace_until_on) c
    """
    for due_on, grace in product(DAYS, [None, *DAYS]):
        (found,) = base.execute(
            sql, {"due_on": due_on.isoformat(), "grace": grace and grace.isoformat()}
        ).fetchone()
        assert found == last_day_to_pay(due_on, grace).isoformat(), (due_on, grace)


def test_an_account_renews_by_itself_unless_it_or_its_platform_says_otherwise() -> None:
    """With the platform at hand, and without it, for every pair of renewals."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE platform (id INTEGER PRIMARY KEY, renewal TEXT)")
    base.execute("INSERT INTO platform VALUES (1, 'automatic'), (2, 'manual')")
    base.execute("CREATE TABLE account (platform_id INTEGER, renewal TEXT)")
    base.execute(
        "INSERT INTO account SELECT p.id, r.column1 FROM platform p, "
        "(VALUES ('monthly'), ('yearly'), ('none')) r"
    )
    found = base.execute(
        f"""
        SELECT p.renewal, a.renewal,
            {expressions.renews_by_itself("a", "p")}, {expressions.renews_unjoined("a")}
        FROM account a JOIN platform p ON p.id = a.platform_id
        """
    ).fetchall()
    renews = {("automatic", "monthly"), ("automatic", "yearly")}
    assert len(found) == 6
    assert [(p, a) for p, a, joined, _ in found if joined] == [
        (p, a) for p, a, _, unjoined in found if unjoined
    ]
    assert {(p, a) for p, a, joined, _ in found if joined} == renews


def test_details_of_the_journal_are_the_same_text_from_sql_and_python() -> None:
    """Keys in their order, numbers bare, texts in quotes."""
    details = {"was": "2026-01-31", "cents": -479, "period": "monthly", "invoice": "AV2026-000001"}
    sql = details_sql(
        numbers={"cents": ":cents"},
        texts={"was": ":was", "invoice": ":invoice", "period": ":period"},
    )
    (found,) = sqlite3.connect(":memory:").execute(f"SELECT {sql}", details).fetchone()
    assert found == compact(details)
