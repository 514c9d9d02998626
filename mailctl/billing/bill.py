"""From terms to invoices: priced, taxed, numbered, debited and settled in one transaction (SPEC 8).

The terms are the rows of the temporary table `due`; everything is done to the whole set at once, in
account order, because neighbouring rows on the same page are worth as much as set-based statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from mailctl.billing import balance
from mailctl.domain.lifecycle import Platform
from mailctl.effects import account_sets
from mailctl.store import prices
from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
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


_CARDS = ("rate_card", "own_card")
"""The tables of prices, by which the terms in `due` are billed."""


def charge_order(
    transaction: Transaction, where: Platform, lines: Iterable[OrderLine], order_number: int
) -> Billed:
    """Issue the invoice of an order that was delivered, at the prices that its lines have.

    What follows from the debit, and telling the customer, is the caller's.
    """
    account_sets.prepare(transaction)
    account_sets.empty(transaction, "due", *_CARDS)
    terms = [
        {
            "account": line.account_id,
            "customer": where.customer_id,
            "offer": where.offer_id,
            "address": line.address,
            "period": line.period,
            "starts_on": line.period_start_on.isoformat(),
            "ends_on": line.period_end_on.isoformat(),
            "cents": line.unit_cents,
        }
        for line in lines
    ]
    transaction.execute_many(
        """
        INSERT INTO due (account_id, customer_id, offer_id, address, period, starts_on, ends_on)
        VALUES (:account, :customer, :offer, :address, :period, :starts_on, :ends_on)
        """,
        terms,
    )
    transaction.execute_many(
        """
        INSERT INTO rate_card (offer_id, period, starts_on, cents)
        VALUES (:offer, :period, :starts_on, :cents)
        """,
        {(term["period"], term["starts_on"]): term for term in terms}.values(),
    )
    return _charge(transaction, order_number)


def bill(transaction: Transaction) -> Billed:
    """Bill every term in `due`: one invoice per customer, dated today (SPEC 8).

    The invoices are debited whole, the customers' money settles the oldest first, and whoever falls
    below 0 has a debt (SPEC 9). The accounts themselves are the caller's to move on.
    """
    if not transaction.exists("SELECT 1 FROM due LIMIT 1"):
        return Billed()
    account_sets.empty(transaction, *_CARDS)
    prices.fill_cards(transaction)
    billed = _charge(transaction, None)
    followed = balance.charged(transaction)
    warn_of_low_balances(transaction)
    return replace(
        billed,
        debts_opened=followed.debts_opened,
        payments_created=followed.payments_created,
    )


def _charge(transaction: Transaction, order_number: int | None) -> Billed:
    """Issue and debit the invoices of the terms in `due`; their customers are in `settling` then.

    Of an order there is one, and its own notice tells of it.
    """
    account_sets.empty(transaction, "tax_case", "bill", "payable", "settling")
    prices.fill_tax_cases(transaction)
    _fill_bill(transaction)
    last_invoice = transaction.number("SELECT max(id) FROM invoice")
    _issue(transaction, last_invoice, order_number)
    _add_lines(transaction, last_invoice)
    _debit(transaction, last_invoice, order_number)
    _record(transaction, last_invoice)
    if order_number is None:
        _tell(transaction, last_invoice)
    transaction.execute("INSERT INTO settling (customer_id) SELECT customer_id FROM bill")
    return Billed(
        terms=transaction.number("SELECT count(*) FROM due"),
        invoices=transaction.number("SELECT count(*) FROM bill"),
        total_cents=transaction.number("SELECT CAST(sum(total_cents) AS BIGINT) FROM bill"),
    )


def _fill_bill(transaction: Transaction) -> None:
    """One row per customer: net, tax (rounded once, half up, as `money.tax_cents`), due date."""
    default = transaction.setting_number("payment-days")
    days = transaction.execute(
        "SELECT DISTINCT payment_days FROM customer WHERE id IN (SELECT customer_id FROM due)"
    ).fetchall()
    transaction.connection.executemany(
        "INSERT INTO payable (days, due_on) VALUES (?, ?)",
        [
            (count, (transaction.today + timedelta(days=count)).isoformat())
            for count in {default, *(row[0] for row in days if row[0] is not None)}
        ],
    )
    transaction.execute(
        "INSERT INTO bill (n, customer_id, net_cents, rate, note, tax_cents, total_cents, "
        "before_cents, due_on) "
        "SELECT row_number() OVER (ORDER BY s.customer_id), s.customer_id, s.net, s.rate, s.note, "
        "(s.net * s.rate + 5000) / 10000, s.net + (s.net * s.rate + 5000) / 10000, "
        "s.balance_cents, p.due_on FROM ("
        "SELECT q.customer_id, q.net, c.balance_cents, coalesce(c.payment_days, :days) AS days, "
        "x.rate, x.note FROM ("
        "SELECT d.customer_id, "
        "CAST(sum(coalesce(d.kept_cents, o.cents, r.cents)) AS BIGINT) AS net FROM due d "
        "JOIN rate_card r ON r.offer_id = d.offer_id AND r.period = d.period "
        "AND r.starts_on = d.starts_on "
        "LEFT JOIN own_card o ON o.customer_id = d.customer_id AND o.offer_id = d.offer_id "
        "AND o.period = d.period AND o.starts_on = d.starts_on "
        "GROUP BY d.customer_id) q JOIN customer c ON c.id = q.customer_id "
        "JOIN tax_case x ON x.country = c.country "
        "AND x.has_vat_number = CASE WHEN c.vat_number IS NULL THEN 0 ELSE 1 END"
        ") s JOIN payable p ON p.days = s.days ORDER BY s.customer_id",
        {"days": default},
    )


def _issue(transaction: Transaction, last_invoice: int, order_number: int | None) -> None:
    """The invoices, numbered on from the year's last one, in order of the customers' creation."""
    year = transaction.today.year
    transaction.execute(
        "INSERT INTO invoice (id, series, year, seq, customer_id, order_number, issued_on, "
        "net_cents, tax_rate, tax_note, tax_cents, total_cents, seller, buyer_name, buyer_street, "
        "buyer_postcode, buyer_city, buyer_country, buyer_vat_number) "
        "SELECT :last + b.n, '', :year, :seq + b.n, b.customer_id, :order_number, :today, "
        "b.net_cents, b.rate, b.note, b.tax_cents, b.total_cents, :seller, c.name, c.street, "
        "c.postcode, c.city, c.country, c.vat_number FROM bill b "
        "JOIN customer c ON c.id = b.customer_id ORDER BY b.n",
        {
            "last": last_invoice,
            "year": year,
            "seq": transaction.number(
                "SELECT max(seq) FROM invoice WHERE series = '' AND year = :year", {"year": year}
            ),
            "order_number": order_number,
            "today": transaction.today.isoformat(),
            "seller": seller(transaction),
        },
    )
    transaction.execute(
        "INSERT INTO invoice_open (invoice_id, customer_id, due_on, open_cents, paid_on) "
        "SELECT :last + n, customer_id, due_on, total_cents, "
        "CASE WHEN total_cents = 0 THEN :today END FROM bill ORDER BY n",
        {"last": last_invoice, "today": transaction.today.isoformat()},
    )


def _add_lines(transaction: Transaction, last_invoice: int) -> None:
    # CROSS JOIN keeps `due`, which is in account order, as the outer loop.
    transaction.execute(
        "INSERT INTO invoice_line (account_id, period_start_on, period_end_on, invoice_id, "
        "offer_id, address, period, unit_cents) "
        "SELECT d.account_id, d.starts_on, d.ends_on, :last + b.n, d.offer_id, d.address, "
        "d.period, coalesce(d.kept_cents, o.cents, r.cents) FROM due d "
        "CROSS JOIN bill b JOIN rate_card r ON r.offer_id = d.offer_id AND r.period = d.period "
        "AND r.starts_on = d.starts_on "
        "LEFT JOIN own_card o ON o.customer_id = d.customer_id AND o.offer_id = d.offer_id "
        "AND o.period = d.period AND o.starts_on = d.starts_on "
        "WHERE b.customer_id = d.customer_id",
        {"last": last_invoice},
    )


def _debit(transaction: Transaction, last_invoice: int, order_number: int | None) -> None:
    transaction.execute(
        "INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents, "
        "after_cents, order_number, invoice_id) "
        "SELECT :ledger + b.n, b.customer_id, coalesce((SELECT max(l.seq) FROM ledger l "
        "WHERE l.customer_id = b.customer_id), 0) + 1, :today, 'charge', -b.total_cents, "
        "b.before_cents, b.before_cents - b.total_cents, :order_number, :last + b.n "
        "FROM bill b ORDER BY b.n",
        {
            "ledger": transaction.number("SELECT max(id) FROM ledger"),
            "today": transaction.today.isoformat(),
            "order_number": order_number,
            "last": last_invoice,
        },
    )
    transaction.execute(
        "UPDATE customer SET balance_cents = b.before_cents - b.total_cents, "
        "debt_since_on = CASE WHEN b.before_cents - b.total_cents < 0 "
        "THEN coalesce(customer.debt_since_on, :today) END "
        "FROM bill b WHERE b.customer_id = customer.id",
        {"today": transaction.today.isoformat()},
    )


def _record(transaction: Transaction, last_invoice: int) -> None:
    transaction.execute(
        "INSERT INTO journal (seq, batch, happened_on, kind, subject, details) "
        "SELECT :seq + b.n, :batch, :today, 'invoiced', 'customer/' || c.slug, "
        '\'{"balance_cents":\' || c.balance_cents || \',"invoice":"\' || '
        f"{DOCUMENT_NUMBER.format('i')} || "
        "'\",\"total_cents\":' || b.total_cents || '}' "
        "FROM bill b JOIN customer c ON c.id = b.customer_id "
        "JOIN invoice i ON i.id = :last + b.n ORDER BY b.n",
        {
            "seq": transaction.batch.next_seq - 1,
            "batch": transaction.batch.id,
            "today": transaction.today.isoformat(),
            "last": last_invoice,
        },
    )


def _tell(transaction: Transaction, last_invoice: int) -> None:
    transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on, invoice_id, amount_cents, due_on) "
        "SELECT customer_id, 'invoice-issued', :today, :last + n, total_cents, due_on "
        "FROM bill ORDER BY n",
        {"today": transaction.today.isoformat(), "last": last_invoice},
    )


def warn_of_low_balances(transaction: Transaction) -> None:
    """Notify customers whose balance has just fallen below their alert threshold (rules 9)."""
    transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on, amount_cents) "
        "SELECT c.id, 'balance-low', :today, c.balance_cents FROM bill b "
        "JOIN customer c ON c.id = b.customer_id WHERE c.alert_cents > 0 "
        "AND b.before_cents >= c.alert_cents AND c.balance_cents < c.alert_cents ORDER BY b.n",
        {"today": transaction.today.isoformat()},
    )
