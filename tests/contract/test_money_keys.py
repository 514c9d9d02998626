"""The keys of orders, documents, methods, payments and notices, and what their commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal
from tests.contract.test_keys import PICTURE
from tests.helpers import Cli, contents
from tests.store.plain import image

ORDER = (
    "number customer platform kind status needs ordered_on paid_on valid_until_on net_cents "
    "tax_cents total_cents currency invoice"
)
METHOD = "id customer kind label default status expires_on"
PAYMENT = (
    "id customer method amount_cents currency status created_on exported_on next_try_on tries "
    "reference settled_on reason follows entry"
)
NOTICE = "id customer kind language to subject queued_on sent_at tries last_error next_try_at state"
INVOICE = (
    "number kind customer issued_on due_on status paid_on net_cents tax_cents total_cents "
    "credited_cents open_cents currency order corrects seller buyer pay_by_on overdue_since_on"
)
INVOICE_SHOWN = INVOICE.replace("buyer ", "buyer lines taxes ")
PREPAID = (
    "customer balance_cents currency debt_since_on debt_due_on pending_cents alert_cents "
    "grace_until_on pay_by_on order"
)
PLATFORM = (
    "name customer offer state renewal created_on cancelled_on cancel_reason cancel_comment "
    "closed_on renews_on accounts_active accounts_suspended accounts_blank next_expiry_on "
    "last_expiry_on"
)

LISTS = {
    "order list": ("order", ORDER, "number customer kind status ordered_on total_cents"),
    "invoice list --kind credit-note": (
        "invoice",
        INVOICE,
        "number customer issued_on due_on total_cents status paid_on",
    ),
    "method list": ("method", METHOD, "id customer kind label default status"),
    "payment list": (
        "payment",
        PAYMENT,
        "id customer method amount_cents status created_on next_try_on",
    ),
    "notice list": ("notice", NOTICE, "id customer kind to queued_on sent_at state"),
}
THINGS = {
    "order show 2": ("order", f"{ORDER} accounts lines steps"),
    "invoice show AV2026-000001": ("invoice", INVOICE_SHOWN),
    "notice show 1": ("notice", f"{NOTICE} body html attachments"),
}
CHANGES = {
    "account order acme-pro --await-payment": ("order", f"{ORDER} accounts lines steps"),
    "account extend 1": ("order", f"{ORDER} accounts lines steps"),
    "account reopen 7": ("order", f"{ORDER} accounts lines steps"),
    "order pay 15": ("order", f"{ORDER} accounts lines steps"),
    "order cancel 15": ("order", f"{ORDER} accounts lines steps"),
    "invoice pay 2026-000012": ("invoice", INVOICE_SHOWN),
    "invoice credit 2026-000002 --reason x": ("invoice", INVOICE_SHOWN),
    "prepaid credit acme 50 --await-payment": ("prepaid", PREPAID),
    "prepaid refund acme 5 --reason x": ("prepaid", PREPAID),
    "prepaid reverse bolt 1 --reason x": ("prepaid", PREPAID),
    "prepaid grace late --until 2026-03-01 --reason x": ("prepaid", PREPAID),
    "prepaid alert acme 20": ("prepaid", PREPAID),
    "method add paypal acme --agreement B-1234567": ("method", METHOD),
    "method default 2": ("method", METHOD),
    "method remove 2": ("method", METHOD),
    "payment settle 1 --reference r": ("payment", PAYMENT),
    "payment fail 1 --reason x": ("payment", PAYMENT),
    "platform renewal acme-pro --manual": ("platform", PLATFORM),
    "platform delete acme-pro": ("platform", PLATFORM),
    "customer close gone -y": ("customer", PICTURE),
    "customer erase past --confirm past": ("customer", PICTURE),
}
TRADE = (
    "account order acme-pro --count 1 --await-payment -y",
    "invoice credit 2026-000001 --reason test --line 1 -y",
    "method add card slow --token tok_1 --brand Visa --last4 4242 --expires 2028-09",
    "method add paypal slow --agreement B-1",
    "account order slow-pro --count 10 -y",
    "customer add gone --name Gone --email it@gone.example",
    "customer add past --name Past --email it@past.example",
    "customer close past -y",
)


@pytest.fixture
def trading(busy: Cli) -> Cli:
    """The busy host with an order 15 that waits, a credit note, methods 1 and 2 and a payment 1."""
    for command in TRADE:
        busy.ok(*command.split())
    return busy


@pytest.mark.parametrize("command", LISTS)
def test_a_list_has_its_schema_and_exactly_these_keys_and_columns(
    trading: Cli, command: str
) -> None:
    """Every row has every key, in the same order; a pipe gets the columns as TSV."""
    thing, keys, columns = LISTS[command]

    got = trading.ok(*command.split())
    plain = trading(*command.split())

    assert got["schema"] == f"mailctl/{thing}-list/1"
    assert {" ".join(item) for item in got["items"]} == {keys}
    assert plain.out.splitlines()[0].split("\t") == columns.split()


@pytest.mark.parametrize("command", THINGS)
def test_a_thing_has_its_schema_and_exactly_these_keys(trading: Cli, command: str) -> None:
    """What `show` gives is the thing's keys behind the name of its schema."""
    thing, keys = THINGS[command]

    got = trading.ok(*command.split())

    assert " ".join(got) == f"schema {keys}"
    assert got["schema"] == f"mailctl/{thing}/1"


@pytest.mark.parametrize("command", CHANGES)
def test_a_change_prints_the_thing_and_a_dry_run_the_same_without_a_change(
    trading: Cli, command: str
) -> None:
    """`changed` and `dry_run` stand last; what was tried is what is then done."""
    thing, keys = CHANGES[command]
    before = contents(trading.store), image(trading.store)

    tried = trading.ok(*command.split(), "-y", "--dry-run")

    assert (contents(trading.store), image(trading.store)) == before
    done = trading.ok(*command.split(), "-y")
    assert tried == done | {"dry_run": True}
    assert " ".join(done) == f"schema {keys} changed dry_run undo"
    assert done["schema"] == f"mailctl/{thing}/1"
    assert done["changed"] is True
    assert contents(trading.store) != before[0]
    assert trading.ok("journal", "verify")["ok"] is True


@pytest.mark.parametrize("command", CHANGES)
def test_a_change_says_in_a_sentence_what_it_did(trading: Cli, command: str) -> None:
    """On stdout, with a capital and a full stop; on a dry run what it would do."""
    would = trading(*command.split(), "-y", "--dry-run")
    did = trading(*command.split(), "-y")

    assert (would.status, did.status) == (0, 0)
    assert would.out.startswith("Would ")
    assert did.out[0].isupper()
    assert not did.out.startswith("Would ")
    assert did.out.endswith("\n")


ASKED = (
    "account order acme-pro --await-payment",
    "account extend 1",
    "account reopen 7",
    "order pay 15",
    "invoice credit 2026-000002 --reason x",
    "prepaid refund acme 5 --reason x",
    "prepaid reverse bolt 1 --reason x",
    "platform renewal acme-pro --manual",
)


@pytest.mark.parametrize("command", ASKED)
def test_what_bills_gives_back_or_ends_mail_is_asked_about(trading: Cli, command: str) -> None:
    """Nobody there is exit status 2; a no changes nothing; a yes does it."""
    before = contents(trading.store)
    plain = {"NO_COLOR": "1"}

    silent = trading(*command.split(), "--json")
    no = on_terminal(trading.store, *command.split(), answer="n\n", variables=plain)

    assert (silent.status, silent.error()["code"]) == (2, "confirmation-needed")
    assert silent.error()["hint"].endswith("then give --yes")
    assert (no.status, no.out) == (1, "")
    assert contents(trading.store) == before
    yes = on_terminal(trading.store, *command.split(), answer="y\n", variables=plain)
    assert (yes.status, yes.err.count("[y/N]")) == (0, 1)
    assert contents(trading.store) != before


def test_what_is_final_wants_the_name_typed(trading: Cli) -> None:
    """--yes is not enough; another word is a no; the name itself does it."""
    before = contents(trading.store)
    words = ["customer", "erase", "past"]

    silent = trading(*words, "-y", "--json")
    no = on_terminal(trading.store, *words, "-y", answer="yes\n", variables={"NO_COLOR": "1"})

    assert (silent.status, silent.error()["code"]) == (2, "confirmation-needed")
    assert silent.error()["hint"].endswith("then give --confirm past")
    assert (no.status, no.out) == (1, "")
    assert contents(trading.store) == before
    yes = on_terminal(trading.store, *words, answer="past\n", variables={"NO_COLOR": "1"})
    assert "Type past to go on:" in yes.err
    assert (yes.status, yes.out) == (
        0,
        (
            "Erased the personal data of the customer past.\n"
            "This cannot be undone: the personal data are gone.\n"
        ),
    )


def test_a_file_of_payments_prints_the_payments_where_it_is_kept_elsewhere(
    trading: Cli, tmp_path: Path
) -> None:
    """stdout has the file; with --to it has what -o asks for."""
    path = str(tmp_path / "cards.csv")

    refused = trading("payment", "export", "--kind", "card", "--format", "csv", "--json")
    got = trading.ok("payment", "export", "--kind", "card", "--format", "csv", "--to", path)

    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert list(got) == [
        *("schema", "changed", "dry_run", "file", "collect_on", "left_out", "untold", "items")
    ]
    assert got["schema"] == "mailctl/payment-list/1"
    assert [" ".join(item) for item in got["items"]] == [PAYMENT]


def test_the_schema_of_a_notice_has_its_text(cli: Cli) -> None:
    """A long text is given by `show` alone, and is part of the schema."""
    got = cli("help", "schema", "notice").json()

    assert got["required"] == ["schema", *NOTICE.split(), "body", "html", "attachments"]
    assert got["properties"]["body"] == {"type": ["string", "null"]}
