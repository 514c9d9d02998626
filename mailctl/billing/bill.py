"""Terms become invoices: priced, taxed, numbered, debited, settled in one transaction (rules 8).

Everything is done to the whole set of terms at once, in account order, because neighbouring rows on
the same page are worth as much as set-based statements. What a bill computes on the way is in
temporary tables: `invoice_draft` has a row for each customer, numbered from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from mailctl.billing import balance, rate_cards
from mailctl.domain.invoices import Series
from mailctl.domain.lifecycle import Platform
from mailctl.store import ledger, restorations, sellers
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.journal import details_sql
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import document_number, tax_cents
from mailctl.store.orders import OrderLine
from mailctl.store.temp_tables import CustomerSet, TempTable
from mailctl.values import Value, replace


class Billed(Value):
    """What was billed: terms, invoices, gross cents, debts begun, payments made."""

    terms: int = 0
    invoices: int = 0
    total_cents: int = 0
    debts_opened: int = 0
    payments_created: int = 0


SELLER_SETTINGS = ("name", "street", "postcode", "city", "vat_number")


def seller(transaction: Transaction) -> str:
    """The seller as an invoice of today names them, as JSON."""
    facts = {
        key: transaction.setting(f"seller-{key.replace('_', '-')}") or None
        for key in SELLER_SETTINGS
    }
    return json.dumps({**facts, "country": transaction.info.seller_country}, ensure_ascii=False)


class TermSet(TempTable):
    """Terms of accounts to be billed; `ends_on` is a term's first day that is not paid for.

    They are added in the order of their accounts and days, and numbered by the table, on from
    wherever it stood.
    """

    def __init__(self, transaction: Transaction, name: str) -> None:
        super().__init__(
            transaction,
            name,
            """
            n INTEGER PRIMARY KEY,
            account_id INTEGER NOT NULL, customer_id INTEGER NOT NULL, offer_id INTEGER NOT NULL,
            address TEXT, period TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
            kept_cents BIGINT
            """,
        )

    def fill(self, query: str, parameters: Mapping[str, object] = EMPTY) -> None:
        """Add terms at the prices of their first days."""
        self.transaction.execute(
            f"""
            INSERT INTO {self} (
                account_id, customer_id, offer_id, address, period, starts_on, ends_on
            )
            {query}
            """,
            parameters,
        )

    def parts(self, key: str = "n") -> Iterator[Mapping[str, int]]:
        """The same as of any table, computed: the numbers have no gap."""
        first, last = (
            self.transaction.number(f"SELECT {end}({key}) FROM {self}") for end in ("min", "max")
        )
        rows = self.transaction.connection.rows_of_a_part
        for after in range(first - 1, last, rows):
            yield {"after": after, "until": min(after + rows, last)}


def charge_order(
    transaction: Transaction, where: Platform, lines: Iterable[OrderLine], order_number: int
) -> Billed:
    """Issue the invoice of an order that was delivered, at the prices that its lines have.

    What follows from the debit, and notifying the customer, is up to the caller.
    """
    with (
        TermSet(transaction, "ordered_term") as terms,
        _working_tables(transaction) as drafts,
        CustomerSet(transaction, "billed_customer", [where.customer_id]) as customers,
    ):
        transaction.execute_many(
            f"""
            INSERT INTO {terms} (
                account_id, customer_id, offer_id, address, period, starts_on, ends_on, kept_cents
            )
            VALUES (:account, :customer, :offer, :address, :period, :starts_on, :ends_on, :cents)
            """,
            [
                {
                    "account": line.account_id,
                    "customer": where.customer_id,
                    "offer": where.offer_id,
                    "address": line.address,
                    "period": line.period,
                    "starts_on": line.period_start_on,
                    "ends_on": line.period_end_on,
                    "cents": line.unit_cents,
                }
                for line in lines
            ],
        )
        return _charge(transaction, terms, customers, drafts, order_number)


def bill(transaction: Transaction, terms: TermSet) -> Billed:
    """Bill terms: one invoice per customer, dated today (rules 8).

    The invoices are debited whole, the customers' money settles the oldest first, and a customer
    below 0 has a debt (rules 9). Moving the accounts' expiries is up to the caller.
    """
    if not terms:
        return Billed()
    with (
        _working_tables(transaction) as drafts,
        CustomerSet(transaction, "billed_customer") as customers,
    ):
        customers.fill(f"SELECT DISTINCT customer_id FROM {terms}")
        rate_cards.fill(transaction, terms)
        billed = _charge(transaction, terms, customers, drafts, None)
        followed = balance.charged(transaction, customers)
        balance.warn_of_low_balances(transaction, f"SELECT customer_id, before_cents FROM {drafts}")
    return replace(
        billed, debts_opened=followed.debts_opened, payments_created=followed.payments_created
    )


def _charge(
    transaction: Transaction,
    terms: TermSet,
    customers: CustomerSet,
    drafts: TempTable,
    order_number: int | None,
) -> Billed:
    """Issue and debit the invoices of these terms; an order announces its invoice itself.

    `customers` are those of the terms.
    """
    rate_cards.fill_taxes(transaction, customers)
    _fill_due_dates(transaction, customers)
    _draft(transaction, terms)
    last_invoice = transaction.last_key("invoice")
    _issue(transaction, last_invoice, order_number)
    _add_lines(transaction, terms, last_invoice)
    _debit(transaction, last_invoice, order_number)
    _record(transaction, last_invoice)
    if order_number is None:
        _notify(transaction, last_invoice)
    return Billed(
        terms=len(terms),
        invoices=len(drafts),
        total_cents=transaction.number(f"SELECT CAST(sum(total_cents) AS BIGINT) FROM {drafts}"),
    )


_DRAFTS = """
    customer_id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, net_cents BIGINT NOT NULL,
    rate INTEGER NOT NULL, category TEXT NOT NULL, note TEXT, tax_cents BIGINT NOT NULL,
    total_cents BIGINT NOT NULL, before_cents BIGINT NOT NULL, due_on TEXT NOT NULL
"""


@contextmanager
def _working_tables(transaction: Transaction) -> Iterator[TempTable]:
    """Open the temporary tables of a bill; gives that of the invoice drafts."""
    with ExitStack() as tables:
        for name, columns in rate_cards.TABLES.items():
            tables.enter_context(TempTable(transaction, name, columns))
        tables.enter_context(
            TempTable(transaction, "due_date", "days INTEGER PRIMARY KEY, due_on TEXT NOT NULL")
        )
        yield tables.enter_context(TempTable(transaction, "invoice_draft", _DRAFTS))


def _draft(transaction: Transaction, terms: TermSet) -> None:
    """One row per customer: net, tax, due date and the balance before."""
    transaction.execute(
        f"""
        INSERT INTO invoice_draft (
            n, customer_id, net_cents, rate, category, note,
            tax_cents, total_cents, before_cents, due_on
        )
        WITH sums AS (
            SELECT t.customer_id, CAST(sum({rate_cards.UNIT_CENTS}) AS BIGINT) AS net_cents
            FROM {terms} t {rate_cards.RATES}
            GROUP BY t.customer_id
        ),
        taxed AS (
            SELECT
                s.customer_id, s.net_cents, x.rate, x.category, x.note,
                {tax_cents("s.net_cents", "x.rate")} AS tax_cents,
                c.balance_cents, coalesce(c.payment_days, :days) AS days
            FROM sums s
                JOIN customer c ON c.id = s.customer_id
                JOIN tax_case x
                    ON x.country = c.country
                    AND x.has_vat_number = CASE WHEN c.vat_number IS NULL THEN 0 ELSE 1 END
        )
        SELECT
            row_number() OVER (ORDER BY t.customer_id), t.customer_id, t.net_cents, t.rate,
            t.category, t.note, t.tax_cents, t.net_cents + t.tax_cents, t.balance_cents, d.due_on
        FROM taxed t
            JOIN due_date d ON d.days = t.days
        ORDER BY t.customer_id
        """,
        {"days": transaction.setting_number("payment-days")},
    )


def _fill_due_dates(transaction: Transaction, customers: CustomerSet) -> None:
    """The due date for each number of days to pay that these customers have."""
    days = transaction.numbers(
        f"""
        SELECT DISTINCT payment_days
        FROM customer
        WHERE id IN (SELECT customer_id FROM {customers}) AND payment_days IS NOT NULL
        """
    )
    transaction.execute_many(
        "INSERT INTO due_date (days, due_on) VALUES (:days, :due_on)",
        [
            {"days": count, "due_on": transaction.today + timedelta(days=count)}
            for count in {transaction.setting_number("payment-days"), *days}
        ],
    )


def _issue(transaction: Transaction, last_invoice: int, order_number: int | None) -> None:
    """The invoices, in order of the customers' creation, with the year's next numbers."""
    year = transaction.today.year
    transaction.execute(
        """
        INSERT INTO invoice (
            id, series, year, seq, customer_id, order_number, issued_on, due_on,
            net_cents, tax_rate, tax_category, tax_note, tax_cents, total_cents,
            seller, seller_id, language,
            buyer_name, buyer_street, buyer_postcode, buyer_city, buyer_country, buyer_vat_number,
            buyer_legal_id, buyer_endpoint, buyer_reference
        )
        SELECT
            :last + b.n, '', :year, :seq + b.n, b.customer_id, :order_number, :today, b.due_on,
            b.net_cents, b.rate, b.category, b.note, b.tax_cents, b.total_cents,
            :seller, :seller_id, c.language,
            c.name, c.street, c.postcode, c.city, c.country, c.vat_number,
            c.legal_id, c.endpoint, c.buyer_reference
        FROM invoice_draft b
            JOIN customer c ON c.id = b.customer_id
        ORDER BY b.n
        """,
        {
            "year": year,
            "last": last_invoice,
            "seq": restorations.last_number(transaction, Series.INVOICE, year),
            "order_number": order_number,
            "seller": seller(transaction),
            "seller_id": sellers.of_today(transaction),
        },
    )
    transaction.execute(
        """
        INSERT INTO invoice_open (invoice_id, customer_id, due_on, open_cents, paid_on)
        SELECT
            :last + n, customer_id, due_on, total_cents,
            CASE WHEN total_cents = 0 THEN :today END
        FROM invoice_draft
        ORDER BY n
        """,
        {"last": last_invoice},
    )


def _add_lines(transaction: Transaction, terms: TermSet, last_invoice: int) -> None:
    # CROSS JOIN keeps the terms, which are in account order, as the outer loop.
    for part in terms.parts():
        transaction.execute(
            f"""
            INSERT INTO invoice_line (
                account_id, period_start_on, period_end_on, invoice_id,
                offer_id, address, period, unit_cents
            )
            SELECT
                t.account_id, t.starts_on, t.ends_on, :last + b.n,
                t.offer_id, t.address, t.period, {rate_cards.UNIT_CENTS}
            FROM {terms} t
                CROSS JOIN invoice_draft b
                {rate_cards.RATES}
            WHERE t.n > :after AND t.n <= :until AND b.customer_id = t.customer_id
            """,
            {"last": last_invoice, **part},
        )


def _debit(transaction: Transaction, last_invoice: int, order_number: int | None) -> None:
    ledger.add_each(
        transaction,
        {
            "kind": "'charge'",
            "amount_cents": "-b.total_cents",
            "order_number": ":order_number",
            "invoice_id": ":last_invoice + b.n",
        },
        "invoice_draft b JOIN customer c ON c.id = b.customer_id ORDER BY b.n",
        {"order_number": order_number, "last_invoice": last_invoice},
        position="b.n",
    )


def _record(transaction: Transaction, last_invoice: int) -> None:
    transaction.record_each(
        "invoiced",
        subject="'customer/' || c.slug",
        details=details_sql(
            numbers={"balance_cents": "c.balance_cents", "total_cents": "b.total_cents"},
            texts={"invoice": document_number("i")},
        ),
        source="""
            FROM invoice_draft b
                JOIN customer c ON c.id = b.customer_id
                JOIN invoice i ON i.id = :last + b.n
        """,
        order_by="b.n",
        parameters={"last": last_invoice},
    )


def _notify(transaction: Transaction, last_invoice: int) -> None:
    transaction.execute(
        """
        INSERT INTO notice (id, customer_id, kind, queued_on, invoice_id, amount_cents, due_on)
        SELECT
            :last_notice + n, customer_id, 'invoice-issued', :today, :last + n, total_cents, due_on
        FROM invoice_draft
        ORDER BY n
        """,
        {"last": last_invoice, "last_notice": transaction.last_key("notice")},
    )
