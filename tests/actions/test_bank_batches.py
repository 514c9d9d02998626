"""One sum for a file of direct debits, of which the bank says another count, is accepted."""

from __future__ import annotations

import pytest

from tests import originals
from tests.actions.bank_readings import ACCOUNT
from tests.billing.bank_host import host
from tests.conftest import copied
from tests.helpers import Cli
from tests.statements.camt_files import camt053, entry

DAY = "2026-01-01"


@pytest.fixture
def asking(cli: Cli) -> Cli:
    """A host whose payment 1, of acme, was handed over in file 1."""
    return copied(originals.made_once("bank-host", host) / "mailctl.db", cli)


def proposed(cli: Cli) -> None:
    """Entry 1 is the sum of what file 1 asks for, as that of two payments; there is one."""
    days = dict.fromkeys(("opening_on", "closing_on", "from_on", "to_on"), DAY)
    whole = {"batch_id": "mailctl-file-1-1", "batch_count": 2, "reference": "B-1"}
    cents = cli.ok("payment", "list")["items"][0]["amount_cents"]
    statement = camt053(
        entry(cents, day=DAY, value_on=DAY, **whole), account=ACCOUNT, **days
    ).decode()
    assert cli.ok("bank", "import", "-", stdin=statement)["proposed"] == 1


def payment(cli: Cli) -> str:
    """How far payment 1 is."""
    return str(cli.ok("payment", "list")["items"][0]["status"])


def whole(cli: Cli) -> None:
    """The checks of the books find nothing."""
    assert cli("store", "check").status == 0


def test_its_payments_are_settled_when_it_is_accepted(asking: Cli) -> None:
    """As they would be if the bank's count agreed; its undo lets them wait again."""
    proposed(asking)
    assert (payment(asking), asking.ok("bank", "show", "1")["matched_by"]) == (
        *("pending", "batch"),
    )

    got = asking.ok("bank", "accept", "1")

    assert (got["state"], payment(asking)) == ("booked", "succeeded")
    assert [one["kind"] for one in got["bookings"]] == ["payment"]
    whole(asking)
    asking.ok("bank", "undo", "1", "-y")
    assert payment(asking) == "pending"
    whole(asking)


def test_it_is_refused_where_its_payments_have_their_answer_by_now(asking: Cli) -> None:
    """The money may be what was recorded by hand meanwhile: nothing is booked."""
    proposed(asking)
    asking.ok("payment", "settle", "1")

    error = asking("bank", "accept", "1", "-o", "json").error()

    assert error["message"] == ("the payments without an answer do not add up to entry 1 any more")
    assert asking.ok("bank", "show", "1")["state"] == "proposed"
