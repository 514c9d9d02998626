"""What is final: a platform deleted by token, a customer erased from the very file."""

from __future__ import annotations

import hashlib
from shlex import split

import pytest

from tests.helpers import Cli, contents
from tests.store.plain import everything

HOST = """
init --clock 2026-01-10
customer add acme --name "Acme SARL" --email it@acme.example
prepaid credit acme 100
platform add acme-hx --customer acme --offer hosted-exchange
account order acme-hx ann@acme.example --count 2 -y
"""


@pytest.fixture
def host(cli: Cli) -> Cli:
    """A platform acme-hx with the accounts 1 ann and 2 (blank)."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    return cli


def token_of(cli: Cli) -> str:
    """Ask for the deletion; the token that the customer is sent."""
    cli.ok("platform", "delete", "acme-hx", "-y")
    notice = cli.ok("notice", "list", "--unsent")["items"][-1]
    assert (notice["kind"], notice["to"]) == ("delete-token", "it@acme.example")
    body = cli.ok("notice", "show", str(notice["id"]))["body"]
    (token,) = (line.strip() for line in body.splitlines() if line.startswith("    "))
    return str(token)


def delete(cli: Cli, token: str) -> tuple[int, str]:
    """The second call; its exit status and code."""
    got = cli(*split("platform delete acme-hx --token"), token, *split("--confirm acme-hx -o json"))
    return got.status, got.error()["code"] if got.status else ""


def test_the_first_call_only_sends_a_token_and_says_where(host: Cli) -> None:
    """Nothing has ended; how many mailboxes will is said, and to export them."""
    got = host("platform", "delete", "acme-hx", "-y")

    assert got.out == (
        "Sent a token to it@acme.example, valid until 2026-01-13. It deletes acme-hx with "
        "1 mailbox at once and for good, without refund: export the mail before. To delete: "
        "mailctl platform delete acme-hx --token TOKEN\n"
        "This cannot be undone: the letter is queued. The token ends on 2026-01-13, and deletes "
        "nothing by itself.\n"
    )
    assert host.ok("platform", "show", "acme-hx")["accounts_active"] == 2


def test_blank_accounts_have_no_mail_to_export(host: Cli) -> None:
    """The other account has no address."""
    host.ok("account", "reset", "1", "-y")
    got = host("platform", "delete", "acme-hx", "-y")

    assert "It deletes acme-hx with 0 mailboxes at once and for good, without refund. To" in got.out
    assert "export" not in got.out
    token = token_of(host)
    got = host(*split("platform delete acme-hx --dry-run --confirm acme-hx --token"), token)
    assert got.status == 0
    assert "xport" not in got.out + got.err


def test_the_token_deletes_platform_and_accounts_at_once_and_only_once(host: Cli) -> None:
    """Without refund; the customer is notified, the mail server asked, the address free again."""
    token = token_of(host)

    assert delete(host, token) == (0, "")

    platform = host.ok("platform", "show", "acme-hx")
    assert (platform["state"], platform["closed_on"]) == ("closed", "2026-01-10")
    accounts = host.ok("account", "list", "--state", "all")["items"]
    assert [(row["state"], row["deleted_on"]) for row in accounts] == [
        ("deleted", "2026-01-10"),
        ("deleted", "2026-01-10"),
    ]
    assert host.ok("prepaid", "show", "acme")["balance_cents"] == 10000 - 958
    assert [(row["account"], row["kind"]) for row in host.ok("task", "list")["items"]] == [
        (1, "create"),
        (1, "delete"),
    ]
    assert [row["kind"] for row in host.ok("notice", "list")["items"]] == [
        "order-confirmed",
        "delete-token",
        "delete-confirmed",
    ]
    assert delete(host, token) == (1, "platform-closed")
    assert host.ok("tick", "--days", "60")["renewed"] == 0


def test_a_wrong_token_deletes_nothing(host: Cli) -> None:
    """Nor does none that was never asked for, nor an older one."""
    before = contents(host.store)
    assert delete(host, "guess") == (1, "token-invalid")
    assert contents(host.store) == before

    older = token_of(host)
    newer = token_of(host)
    assert older != newer
    assert delete(host, older) == (1, "token-invalid")
    assert delete(host, newer + "x") == (1, "token-invalid")
    assert delete(host, newer) == (0, "")


@pytest.mark.parametrize(("days", "answer"), [(3, (0, "")), (4, (1, "token-invalid"))])
def test_a_token_is_valid_through_the_third_day_after(
    host: Cli, days: int, answer: tuple[int, str]
) -> None:
    """Asked for on 10 January: 13 January is the last day."""
    token = token_of(host)
    host.ok("tick", "--days", str(days))
    assert delete(host, token) == answer


def test_only_the_digest_of_a_token_is_kept_beside_the_unsent_notice(host: Cli) -> None:
    """Not in the journal, and not in clear anywhere else."""
    token = token_of(host)
    found = contents(host.store)
    digest = hashlib.sha256(token.encode()).hexdigest()

    assert [table for table, rows in found.items() if token in repr(rows)] == ["notice"]
    assert [table for table, rows in found.items() if digest in repr(rows)] == ["platform_deletion"]


def test_a_cancelled_platform_is_deleted_by_token_too(host: Cli) -> None:
    """A suspended account goes with the others."""
    host.ok("platform", "cancel", "acme-hx", "-y")
    host.ok("tick", "--to", "2026-02-10")
    assert delete(host, token_of(host)) == (0, "")
    assert host.ok("account", "list")["items"] == []


PLANTED = (
    "planted-email",
    "planted-backup",
    "planted-box",
    "planted-domain",
    "planted-comment",
    "planted-why",
    "planted-holder",
    "planted-mandate",
    "planted-reference",
    "planted-refused",
    "0199009988",
    "FR7630006000011234567890189",
    "tok_planted",
)
BANK = (
    "method add bank leaver --iban FR7630006000011234567890189 --holder planted-holder "
    "--mandate planted-mandate --signed 2026-01-01"
)
LEAVER = f"""
customer add leaver --name Leaver --email planted-email@leaver.example
customer edit leaver --backup-email planted-backup@leaver.example --phone +33199009988
platform add leaver-hx --customer leaver --offer hosted-exchange
platform add leaver-priv --customer leaver --offer private-exchange
prepaid credit leaver 50
account order leaver-hx -y
account configure 3 planted-box@planted-domain.example
account rename 3 planted-box@other.example
account reset 3 -y
account order leaver-hx planted-box@planted-domain.example --await-payment -y
order cancel 5
method add card leaver --token tok_planted --brand Visa --last4 4242 --expires 2028-09
{BANK}
platform cancel leaver-hx --comment planted-comment -y
platform cancel leaver-priv -y
prepaid grace leaver --until 2026-01-11 --reason planted-why
task fail 3 --reason planted-refused
tick --to 2026-02-24
prepaid refund leaver 45.21 --reason leaving -y
task done --until 2030-01-01 --customer leaver -y
customer close leaver -y
"""


def test_an_erased_customer_is_gone_from_the_very_file_and_the_journal_verifies(
    host: Cli,
) -> None:
    """Profile, addresses, methods, reasons: overwritten; invoices and ledger stay."""
    for line in LEAVER.strip().splitlines():
        host.ok(*split(line))
    statement = host.ok("prepaid", "statement", "leaver")
    invoices = host.ok("invoice", "list", "--customer", "leaver")
    assert {word for word in PLANTED if word in everything(host.store)} >= {
        "planted-email",
        "planted-box",
        "planted-comment",
        "planted-holder",
    }

    host.ok("customer", "erase", "leaver", "--confirm", "leaver")

    assert [word for word in PLANTED if word in everything(host.store)] == []
    customer = host.ok("customer", "show", "leaver")
    assert (customer["state"], customer["name"], customer["email"]) == (
        "erased",
        "erased",
        "erased",
    )
    assert host.ok("prepaid", "statement", "leaver") == statement
    assert host.ok("invoice", "list", "--customer", "leaver") == invoices
    assert invoices["items"][0]["buyer"]["name"] == "Leaver"
    assert host.ok("journal", "verify")["ok"] is True
    assert host.ok("customer", "erase", "leaver", "--confirm", "leaver")["changed"] is False
    # Who is not erased is left alone.
    assert host.ok("account", "show", "1")["address"] == "ann@acme.example"


def test_every_blocker_of_a_close_is_named_with_what_helps(host: Cli) -> None:
    """Platform, invoice, order, payment and balance."""
    host.ok("customer", "add", "bolt", "--name", "Bolt", "--email", "it@bolt.example")
    host.ok("platform", "add", "bolt-pro", "--customer", "bolt", "--offer", "email-pro")
    host.ok("account", "order", "bolt-pro", "-y")
    host.ok("account", "order", "bolt-pro", "--await-payment", "-y")
    host.ok("method", "add", "paypal", "bolt", "--agreement", "B-1")

    error = host("customer", "close", "bolt", "-o", "json").error()
    acme = host("customer", "close", "acme", "-o", "json").error()

    assert error["code"] == "not-closable"
    assert error["lines"] == [
        "the platform bolt-pro is active: mailctl platform cancel bolt-pro",
        "invoice 2026-000002 is open: mailctl invoice pay 2026-000002",
        "order 5 is in progress: mailctl order cancel 5",
        "payment 1 is pending: mailctl payment settle 1",
        "the balance is -1.91 EUR: mailctl prepaid credit bolt 1.91",
    ]
    assert acme["lines"] == [
        "the platform acme-hx is active: mailctl platform cancel acme-hx",
        "the balance is 90.42 EUR: mailctl prepaid refund acme 90.42 --reason closing",
    ]
