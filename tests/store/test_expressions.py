"""Rules that SQL and Python both know: each expression against its rule of domain/."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from itertools import product

import pytest

from mailctl.domain import lifecycle, money, payments, settlement
from mailctl.domain.invoices import Series
from mailctl.domain.notices import EndedFor
from mailctl.domain.states import PlatformRenewal
from mailctl.domain.tax import shipped_rates
from mailctl.domain.terms import Renewal
from mailctl.store import expressions
from mailctl.store.engine.journal import compact, details_sql

FIRST = date(2027, 1, 1)
DAYS = tuple(FIRST + timedelta(days=n) for n in range(4 * 365 + 1))
"""Four years, a leap day among them."""
MONTHS = sorted({day.isoformat()[:7] for day in DAYS})
INSTANT = "2027-02-03T04:05:06Z"

Values = Sequence[object]


class Database:
    """SQLite in memory, with no schema: an expression sees the rows that a test gives it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def table(self, name: str, columns: str, rows: Iterable[Values]) -> None:
        """A table of these rows, whose columns have no types."""
        places = ", ".join("?" for _ in columns.split(","))
        self._connection.execute(f"CREATE TABLE {name} ({columns})")
        self._connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    def differences(
        self, expression: str, columns: str, source: str, expected: Callable[..., object]
    ) -> list[Values]:
        """The rows for which the expression is not what Python says; a dozen at the most."""
        rows = self._connection.execute(f"SELECT {expression}, {columns} FROM {source}")
        wrong = ((found, *row) for found, *row in rows if found != expected(*row))
        return [row for row, _ in zip(wrong, range(12), strict=False)]


@pytest.fixture
def database() -> Iterator[Database]:
    """A database that is gone after the test."""
    with closing(sqlite3.connect(":memory:")) as connection:
        yield Database(connection)


def day(text: str | None) -> date | None:
    """The date that a row holds."""
    return None if text is None else date.fromisoformat(text)


def texts(days: Iterable[date | None]) -> Iterator[Values]:
    """Rows of one date each, as the database holds dates."""
    return ((one and one.isoformat(),) for one in days)


def test_the_last_day_to_pay(database: Database) -> None:
    """Every due date of four years with every deadline of four years, and with none."""
    known = {text: day(text) for (text,) in texts((*DAYS, None))}
    database.table("o", "due_on", texts(DAYS))
    database.table("c", "grace_until_on", texts((*DAYS, None)))
    last_days = {one: one.isoformat() for one in DAYS}
    assert not database.differences(
        expressions.last_day_to_pay("o", "c"),
        "o.due_on, c.grace_until_on",
        "o CROSS JOIN c",
        lambda due, grace: last_days[lifecycle.last_day_to_pay(known[due], known[grace])],  # type: ignore[arg-type]
    )


def test_what_is_overdue(database: Database) -> None:
    """On each day around each due date and each deadline, with every state of the invoice."""
    near = (-1, 0, 1)
    cases = {
        (due, grace, around + timedelta(days=off))
        for due in DAYS
        for grace in (None, *(due + timedelta(days=days) for days in (-400, -1, 0, 1, 30, 400)))
        for around in (due, grace or due)
        for off in near
    }
    rows = (
        (due.isoformat(), grace and grace.isoformat(), today.isoformat(), open_cents, is_covered)
        for (due, grace, today), open_cents, is_covered in product(cases, (0, 1, 4_900), (0, 1))
        if open_cents < 2 or due.day == 1
    )
    database.table("o", "due_on, grace_until_on, today, open_cents, is_covered", rows)

    def is_overdue(due: str, grace: str, today: str, open_cents: int, is_covered: int) -> bool:
        last_on = lifecycle.last_day_to_pay(date.fromisoformat(due), day(grace))
        return bool(open_cents and not is_covered and last_on.isoformat() < today)

    assert not database.differences(
        expressions.is_overdue("o", "o").replace(":today", "o.today"),
        "due_on, grace_until_on, today, open_cents, is_covered",
        "o",
        is_overdue,
    )


def test_whether_a_method_can_be_charged(database: Database) -> None:
    """Every day of four years, with cards of every month of them and methods that never expire."""
    known = {one.isoformat(): one for one in DAYS}
    database.table("m", "expires_on", ((month,) for month in (*MONTHS, None)))
    database.table("d", "today", texts(DAYS))
    assert not database.differences(
        expressions.can_be_charged("m", "d.today"),
        "m.expires_on, d.today",
        "m CROSS JOIN d",
        lambda month, today: payments.can_be_charged(month, known[today]),
    )


@pytest.mark.parametrize("joined", [True, False])
def test_whether_an_account_renews_by_itself(database: Database, joined: bool) -> None:  # noqa: FBT001
    """Every renewal of an account under every renewal of its platform."""
    platforms = tuple(enumerate(PlatformRenewal))
    database.table("platform", "id, renewal", platforms)
    database.table(
        "a", "platform_id, renewal", ((id_, own) for id_, _ in platforms for own in Renewal)
    )
    both = expressions.renews_by_itself("a", "p")
    assert not database.differences(
        both if joined else expressions.renews_unjoined("a"),
        "p.renewal, a.renewal",
        "a JOIN platform p ON p.id = a.platform_id",
        lambda platform, own: lifecycle.renews_by_itself(PlatformRenewal(platform), Renewal(own)),
    )


def test_the_tax_of_a_sum(database: Database) -> None:
    """Every cent up to 60.00 and large sums, at every rate that is shipped."""
    rates = sorted({rate for dated in shipped_rates().values() for _, rate in dated})
    large = (most + off for most in (10**6, 10**9, 10**13, 10**15) for off in range(-60, 61))
    database.table("t", "net", ((net,) for net in (*range(6_001), *large)))
    database.table("r", "rate", ((rate,) for rate in (0, 1, *rates)))
    assert len(rates) > 10
    assert not database.differences(
        expressions.tax_cents("t.net", "r.rate"),
        "t.net, r.rate",
        "t CROSS JOIN r",
        money.tax_cents,
    )


def test_how_much_of_an_invoice_is_open(database: Database) -> None:
    """What is missing lies on the newest invoices, whatever they ask for and in whatever order."""
    dice = random.Random(9)
    cases = [
        (missing, asked)
        for asked in [[dice.choice((0, 1, 2, 50, 4_900)) for _ in range(4)] for _ in range(400)]
        for missing in (-5, 0, 1, 2, 3, 51, 4_900, 9_801, 20_000)
    ]
    database.table(
        "i",
        "missing, newer, asked, expected",
        (
            (missing, sum(asked[:place]), asked[place], left)
            for missing, asked in cases
            for place, left in enumerate(settlement.open_cents(missing, asked))
        ),
    )
    assert not database.differences(
        expressions.open_cents("i.missing", "i.newer", "i.asked"),
        "i.expected",
        "i",
        lambda expected: expected,
    )


def test_the_number_of_a_document(database: Database) -> None:
    """Six digits at least, and the series before the year; more digits when a year has more."""
    seqs = [*range(1, 1_200), *(10**n + off for n in range(3, 12) for off in (-1, 0, 1))]
    database.table("i", "series, year, seq", product(Series, (2000, 2026, 9999), seqs))
    assert not database.differences(
        expressions.document_number("i"),
        "i.series, i.year, i.seq",
        "i",
        lambda series, year, seq: f"{series}{year}-{seq:06d}",
    )


ENDS = [
    (sent_at, ended_for and INSTANT, ended_for)
    for sent_at in (None, INSTANT)
    for ended_for in (None, *EndedFor)
]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (expressions.is_unsent("n"), lambda sent, why: not sent and not why),
        (expressions.is_announced("n"), lambda sent, why: bool(sent or why == EndedFor.REFUSED)),
        (
            expressions.is_unannounced("n"),
            lambda sent, why: not sent and why not in (EndedFor.REFUSED, EndedFor.ERASED),
        ),
    ],
    ids=["unsent", "announced", "unannounced"],
)
def test_what_became_of_a_notice(
    database: Database, expression: str, expected: Callable[[str | None, str | None], bool]
) -> None:
    """Sent or not, ended for every reason or not: what waits, what counts as notified, what not."""
    database.table("n", "id, sent_at, ended_at, ended_for", ((1, *one) for one in ENDS))
    assert not database.differences(expression, "n.sent_at, n.ended_for", "n", expected)


def test_the_details_of_a_journal_row() -> None:
    """SQL and Python write the same text: keys in their order, numbers bare, texts in quotes."""
    details = {"was": "2026-01-31", "cents": -479, "period": "monthly", "invoice": "AV2026-000001"}
    sql = details_sql(
        numbers={"cents": ":cents"},
        texts={"was": ":was", "invoice": ":invoice", "period": ":period"},
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        (found,) = connection.execute(f"SELECT {sql}", details).fetchone()
    assert found == compact(details)
