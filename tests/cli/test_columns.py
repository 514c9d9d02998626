"""What the columns that are made of several keys say of each state, in a few words and a day."""

from __future__ import annotations

import pytest

from mailctl.cli.render.columns import columns_of
from mailctl.contract import THINGS


def made(thing: str, heading: str, **values: object) -> str:
    """The cell of a column; keys that are not given have no value."""
    column = next(one for one in columns_of(THINGS[thing])[0] if one.name == heading)
    assert column.text is not None
    assert values.keys() <= set(column.keys)
    return column.text(*(values.get(key) for key in column.keys))


RENEWS = {"state": "active", "next_event": "renewal", "next_on": "2026-03-01"}
ENDS = {"state": "active", "next_event": "suspension", "next_on": "2026-03-01"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (RENEWS, "renews 2026-03-01"),
        (ENDS, "suspends 2026-03-01"),
        (ENDS | {"platform_renewal": "manual"}, "suspends 2026-03-01 (manual)"),
        (RENEWS | {"platform_renewal": "manual"}, "renews 2026-03-01"),
        (RENEWS | {"pay_by_on": "2026-02-28"}, "pay by 2026-02-28"),
        (RENEWS | {"pay_by_on": "2026-03-01"}, "pay by 2026-03-01"),
        (RENEWS | {"pay_by_on": "2026-03-02"}, "renews 2026-03-01"),
        (
            {"state": "suspended", "next_event": "deletion", "next_on": "2026-03-01"}
            | {"pay_by_on": "2026-02-01"},
            "deletes 2026-03-01",
        ),
        ({"state": "deleted", "deleted_on": "2026-01-02"}, "deleted 2026-01-02"),
    ],
)
def test_what_comes_next_of_an_account(values: dict[str, object], said: str) -> None:
    """The day to pay, if it is not after the event that it endangers."""
    assert made("account", "next", **values) == said


def test_a_blank_account_is_called_as_commands_take_it() -> None:
    assert made("account", "address", id=7) == "account/7 (blank)"
    assert made("account", "address", id=7, address="ann@acme.example") == "ann@acme.example"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "active", "next_expiry_on": "2026-03-01"}, "expires 2026-03-01"),
        (
            {"state": "active", "renewal": "manual", "next_expiry_on": "2026-03-01"},
            "expires 2026-03-01 (manual)",
        ),
        ({"state": "active"}, ""),
        (
            {"state": "cancelled", "next_expiry_on": "2026-03-01", "last_expiry_on": "2026-09-01"},
            "ends 2026-09-01",
        ),
        ({"state": "closed", "closed_on": "2026-01-02"}, "closed 2026-01-02"),
    ],
)
def test_what_comes_next_of_a_platform(values: dict[str, object], said: str) -> None:
    """A cancelled one ends with its last account."""
    assert made("platform", "next", **values) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "open", "due_on": "2026-02-01"}, "due 2026-02-01"),
        ({"status": "open", "due_on": "2026-02-01", "pay_by_on": "2026-03-01"}, "due 2026-03-01"),
        (
            {"status": "open", "due_on": "2026-02-01", "pay_by_on": "2026-02-03"}
            | {"overdue_since_on": "2026-02-03"},
            "overdue since 2026-02-03",
        ),
        ({"status": "paid", "paid_on": "2026-01-05", "due_on": "2026-02-01"}, "paid 2026-01-05"),
        ({"corrects": "2026-000007", "due_on": "2026-02-01"}, "corrects 2026-000007"),
    ],
)
def test_what_comes_next_of_an_invoice(values: dict[str, object], said: str) -> None:
    """A grace moves the day."""
    assert made("invoice", "next", **values) == said


@pytest.mark.parametrize(
    ("thing", "values", "said"),
    [
        ("order", {"status": "not-paid", "valid_until_on": "2026-02-02"}, "pay by 2026-02-02"),
        ("order", {"status": "not-paid"}, "to be paid"),
        ("order", {"status": "delivered", "paid_on": "2026-02-01"}, "paid 2026-02-01"),
        ("order", {"status": "cancelled", "valid_until_on": "2026-02-02"}, ""),
        ("payment", {"status": "pending"}, "to be exported"),
        ("payment", {"status": "pending", "next_try_on": "2026-02-02"}, "try on 2026-02-02"),
        (
            "payment",
            {"status": "pending", "exported_on": "2026-02-01", "next_try_on": "2026-01-31"},
            "asked 2026-02-01",
        ),
        ("payment", {"status": "succeeded", "settled_on": "2026-02-03"}, "settled 2026-02-03"),
        ("payment", {"status": "failed", "exported_on": "2026-02-01"}, ""),
        ("notice", {"state": "waiting"}, "waiting"),
        (
            "notice",
            {"state": "waiting", "next_try_at": "2026-02-01T08:00:00Z"},
            "waiting, again 2026-02-01",
        ),
        ("notice", {"state": "sent", "sent_at": "2026-02-01T08:00:00Z"}, "sent 2026-02-01"),
    ],
)
def test_what_comes_next_of_orders_payments_and_notices(
    thing: str, values: dict[str, object], said: str
) -> None:
    assert made(thing, "next", **values) == said


@pytest.mark.parametrize("thing", ["customer", "debt"])
def test_a_debt_on_its_way_has_its_due_date_in_brackets(thing: str) -> None:
    """Nothing need be done by that day; of who owes nothing there is no day at all."""
    due = "debt_due_on" if thing == "customer" else "due_on"
    assert made(thing, "pay by", **{due: "2026-02-01", "pay_by_on": "2026-02-03"}) == "2026-02-03"
    assert made(thing, "pay by", **{due: "2026-02-01"}) == "(2026-02-01)"
    assert made(thing, "pay by") == ""
