"""The ids that a test needs on the command line, found by what they are the ids of."""

from __future__ import annotations

from tests.helpers import Cli
from tests.store.plain import rows


def account_of(cli: Cli, address: str) -> int:
    """The account that has this address."""
    return _only(cli, f"SELECT id FROM account WHERE address = '{address}'")


def last_accounts(cli: Cli, number: int) -> list[str]:
    """The accounts that were made last, so many, in their order."""
    found = rows(cli.store, f"SELECT id FROM account ORDER BY id DESC LIMIT {number}")
    return [str(account) for (account,) in reversed(found)]


def last_invoice(cli: Cli) -> str:
    """The number of the last invoice."""
    (*_, invoice) = cli.ok("invoice", "list")["items"]
    return str(invoice["number"])


def last_movement(cli: Cli, customer: str, kind: str) -> str:
    """The number of a customer's last movement of a kind."""
    return str(
        _only(
            cli,
            "SELECT max(l.seq) FROM ledger l JOIN customer c ON c.id = l.customer_id "
            f"WHERE c.slug = '{customer}' AND l.kind = '{kind}'",
        )
    )


def last_order(cli: Cli) -> str:
    """The number of the last order."""
    return str(_only(cli, "SELECT max(number) FROM purchase_order"))


def last_payment(cli: Cli) -> str:
    """The last payment that was asked for."""
    return str(_only(cli, "SELECT max(id) FROM payment"))


def method_of(cli: Cli, customer: str, kind: str) -> str:
    """A customer's last payment method of a kind."""
    return str(
        _only(
            cli,
            "SELECT max(m.id) FROM method m JOIN customer c ON c.id = m.customer_id "
            f"WHERE c.slug = '{customer}' AND m.kind = '{kind}'",
        )
    )


def _only(cli: Cli, sql: str) -> int:
    [(found,)] = rows(cli.store, sql)
    assert found is not None, sql
    return int(found)
