"""Offers, their prices, and tax rates."""

from __future__ import annotations

from datetime import date

from mailctl.clock import FIRST_DAY
from mailctl.contract import THINGS
from mailctl.domain.money import format_rate
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.tax import shipped_rates
from mailctl.domain.terms import Period
from mailctl.errors import OfferNotFoundError
from mailctl.store import own_prices
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to, containing
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_example_price
from mailctl.store.prices import price_on
from mailctl.values import Value


class Offer(Value):
    """What the rules need to know of an offer."""

    id: int
    name: str
    expiry_of: ExpiryOf
    is_closed: bool


def find(reader: Reader, name: str) -> Offer:
    """The offer of that name; otherwise OfferNotFoundError with similar names."""
    found = reader.fact(
        Offer,
        """
        SELECT id, name, expiry_of, closed_on IS NOT NULL AS is_closed
        FROM offer
        WHERE name = :name
        """,
        {"name": name},
    )
    if found is None:
        raise OfferNotFoundError(name, close=close_to(reader, name, "name", "offer"))
    return found


def exists(reader: Reader, name: str) -> bool:
    """Whether the name is taken."""
    return reader.exists("SELECT 1 FROM offer WHERE name = :name", {"name": name})


def add(
    transaction: Transaction, name: str, label: str, expiry_of: ExpiryOf, like_id: int | None
) -> int:
    """Add an offer; its key."""
    offer_id = transaction.next_key("offer")
    transaction.execute(
        """
        INSERT INTO offer (id, name, label, like_id, expiry_of)
        VALUES (:id, :name, :label, :like_id, :expiry_of)
        """,
        {
            "id": offer_id,
            "name": name,
            "label": label,
            "like_id": like_id,
            "expiry_of": expiry_of.value,
        },
    )
    return offer_id


def set_label(transaction: Transaction, offer_id: int, label: str) -> None:
    """Call an offer otherwise from now on; documents that were issued keep its label."""
    transaction.execute(
        """
        INSERT INTO past_offer_label (offer_id, last_invoice_id, label)
        SELECT o.id, i.id, o.label
        FROM offer o
        JOIN (SELECT max(id) AS id FROM invoice) i ON i.id IS NOT NULL
        WHERE o.id = :id
        ON CONFLICT (offer_id, last_invoice_id) DO NOTHING
        """,
        {"id": offer_id},
    )
    transaction.execute(
        "UPDATE offer SET label = :label WHERE id = :id", {"label": label, "id": offer_id}
    )


def example_priced(reader: Reader) -> list[str]:
    """The offers with a price that still is the example that mailctl came with."""
    return reader.texts(
        f"""
        SELECT o.name
        FROM offer o
        WHERE EXISTS (
            SELECT 1
            FROM price r
            WHERE r.offer_id = o.id AND {is_example_price("r")}
        )
        ORDER BY o.id
        """,
        {"first": FIRST_DAY},
    )


def close(transaction: Transaction, offer_id: int) -> None:
    """Accept no new platform of the offer from today."""
    transaction.execute("UPDATE offer SET closed_on = :today WHERE id = :id", {"id": offer_id})


def reopen(transaction: Transaction, offer_id: int) -> None:
    """Accept new platforms of the offer again."""
    transaction.execute("UPDATE offer SET closed_on = NULL WHERE id = :id", {"id": offer_id})


def platforms_of(reader: Reader, offer_id: int) -> int:
    """How many platforms of the offer are not closed."""
    return reader.number(
        "SELECT count(*) FROM platform WHERE offer_id = :id AND state <> 'closed'", {"id": offer_id}
    )


def set_price(
    transaction: Transaction, offer_id: int, period: Period, from_on: date, cents: int
) -> None:
    """Set a price from a day on; the last one set for a day counts."""
    transaction.execute(
        """
        INSERT INTO price (offer_id, period, from_on, cents)
        VALUES (:offer, :period, :day, :cents)
        ON CONFLICT (offer_id, period, from_on) DO UPDATE SET cents = excluded.cents
        """,
        {"offer": offer_id, "period": period, "day": from_on, "cents": cents},
    )


def ship(transaction: Transaction) -> None:
    """Fill a new store with the offers, prices and tax rates that mailctl ships.

    Their prices apply from the first possible day, which distinguishes them from those people set.
    """
    from mailctl.domain.shipped_offers import SHIPPED_OFFERS

    for shipped in SHIPPED_OFFERS:
        offer_id = add(transaction, shipped.name, shipped.label, shipped.expiry_of, None)
        for period, cents in shipped.prices:
            set_price(transaction, offer_id, period, FIRST_DAY, cents)
    for country, dated in shipped_rates().items():
        for from_on, rate in dated:
            set_rate(transaction, country, from_on, rate)


def _finished(reader: Reader, row: Row) -> Row:
    offer_id = int(str(row.pop("row_id")))
    periods = ExpiryOf(str(row.pop("expiry_of"))).periods
    for period in Period:
        row[f"{period.value}_cents"] = (
            price_on(reader, offer_id, period, reader.today) if period in periods else None
        )
    row["periods"] = [period.value for period in periods]
    row["prices"] = [
        {"period": period, "cents": cents, "from_on": from_on}
        for period, cents, from_on in reader.execute(
            """
            SELECT period, cents, from_on
            FROM price
            WHERE offer_id = :id
            ORDER BY period, from_on
            """,
            {"id": offer_id},
        )
    ]
    row["own_prices"] = [
        {name: value for name, value in own.items() if name != "offer"}
        for own in own_prices.listing(reader, offer=str(row["name"]))
    ]
    return row


def listing(
    reader: Reader,
    *,
    is_open: bool = False,
    search: str | None = None,
    name: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Offers in order of their creation; the open ones take new platforms."""
    condition, values = where(
        is_open=("o.closed_on IS NULL", is_open or None),
        search=(f"({containing('o.name')} OR {containing('o.label')})", search),
        name=("o.name = :name", name),
    )
    return Listing(
        reader,
        THINGS["offer"],
        f"""
        SELECT o.name, l.name AS "like", o.label, o.closed_on, o.expiry_of, o.id AS row_id
        FROM offer o
        LEFT JOIN offer l ON l.id = o.like_id
        {condition}
        """,
        values,
        order_by="row_id",
        limit=limit,
        finish=lambda row: _finished(reader, row),
        finishes=frozenset(("monthly_cents", "yearly_cents")),
    )


def show(reader: Reader, name: str) -> Row:
    """One offer, with every key of the contract."""
    find(reader, name)
    (row,) = listing(reader, name=name).dicts()
    return row


def set_rate(transaction: Transaction, country: str, from_on: date, rate: int) -> None:
    """Set a country's standard rate, in hundredths of a percent, from a day on."""
    transaction.execute(
        """
        INSERT INTO tax_rate (country, from_on, rate)
        VALUES (:country, :day, :rate)
        ON CONFLICT (country, from_on) DO UPDATE SET rate = excluded.rate
        """,
        {"country": country, "day": from_on, "rate": rate},
    )


def rate_listing(
    reader: Reader, *, country: str | None = None, limit: int | None = None
) -> Listing:
    """Every dated rate, by country and day."""
    return Listing(
        reader,
        THINGS["tax"],
        "SELECT country, rate, from_on FROM tax_rate WHERE country = coalesce(:country, country)",
        {"country": country},
        order_by="country, from_on",
        limit=limit,
        finish=lambda row: {**row, "rate": format_rate(int(str(row["rate"])))},
        finishes=frozenset(("rate",)),
        sorts={"rate": "t.rate"},
    )
