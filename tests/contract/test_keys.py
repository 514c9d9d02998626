"""The keys of every thing, as programs read them: none goes away, none changes its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drivers.toy import toy_driver
from tests.helpers import Cli

CUSTOMER = (
    "id name email backup_email phone street postcode city country language vat_number "
    "payment_days state balance_cents debt_due_on currency created_on closed_on"
)
GRACE = "grace_until_on pay_by_on"
OF_DOCUMENTS = "siren siret legal_id buyer_reference endpoint invoice_format"
PICTURE = (
    f"{CUSTOMER} own_prices {GRACE} pending_cents last_money_on last_money_cents last_money_kind "
    "last_money_by last_money_reference last_money_entry accounts_active accounts_suspended "
    "accounts_suspended_debt accounts_blank platforms_live invoices_open payments_pending "
    "orders_open notices_unsent notices_refused tasks_todo tasks_failed platforms open_invoices "
    f"methods payments orders notices tasks next commands {OF_DOCUMENTS}"
)
OFFER = "name like label monthly_cents yearly_cents closed_on"
PLATFORM = (
    "name customer offer state renewal created_on cancelled_on cancel_reason cancel_comment "
    "closed_on renews_on accounts_active accounts_suspended accounts_blank next_expiry_on "
    "last_expiry_on"
)
ACCOUNT = (
    "id address platform customer offer state configured period renewal billing ordered_on "
    "anchor_day expires_on reset_on suspended_on suspended_for deletes_on deleted_on next_event "
    "next_on"
)
ACCOUNT_SHOWN = (
    f"{ACCOUNT} tasks pay_by_on platform_renewal locked_on lock_reason server_state mailbox"
)
ORDER = (
    "number customer platform kind status needs ordered_on paid_on valid_until_on net_cents "
    "tax_cents total_cents currency invoice accounts lines steps"
)
INVOICE = (
    "number kind customer issued_on due_on status paid_on net_cents tax_cents total_cents "
    "credited_cents open_cents currency order corrects seller buyer"
)
PREPAID = (
    "customer balance_cents currency debt_since_on debt_due_on pending_cents alert_cents "
    "grace_until_on pay_by_on"
)
STATEMENT = (
    "seq on kind amount_cents before_cents after_cents order invoice payment reason reference "
    "value_on entry"
)
TASK = "id account address kind on status tries reason driver next_try_at"
JOURNAL = "seq batch on recorded_at actor command kind subject details summary"
TICK = (
    "from_on to_on dry_run orders_cancelled renewed invoices billed_cents debts_opened "
    "payments_created suspended_expired suspended_debt reopened deleted deletions_held "
    "platforms_closed notices set_aside"
)
STATUS = (
    "clock_on clock last_tick_on last_tick_at accounts_active accounts_suspended customers "
    "platforms debtors debt_cents due_7_days notices_unsent tasks_todo tasks_failed "
    "deletions_held store_bytes schema_version payments_unanswered driver last_backup_at"
)
STORE = (
    "path clock clock_on timezone seller_country currency schema_version created_at "
    "store_bytes journal_head database"
)
VAT = (
    "quarter country rate net_cents tax_cents total_cents currency documents category declared "
    "since_on until_on"
)
OSS = "quarter of_quarter country rate net_cents tax_cents total_cents currency documents"
REVENUE = (
    "offer period active renewing ending suspended recurring_cents won lost currency since_on "
    "until_on"
)
DEBT = (
    "customer name debt_cents pending_cents uncovered_cents since_on due_on days_overdue age "
    "accounts_suspended grace_until_on currency pay_by_on"
)
EXPLANATION = "subject customer sentences next_event next_on command"
OWN_PRICE = "customer period cents from_on until_on"
RENEWAL = "account address old new effective_on changed skipped"

LISTS = {
    "customer list": ("customer", f"{CUSTOMER} {GRACE} {OF_DOCUMENTS}"),
    "offer list": ("offer", OFFER),
    "platform list": ("platform", PLATFORM),
    "account list --state all": ("account", f"{ACCOUNT} pay_by_on platform_renewal"),
    "invoice list": ("invoice", f"{INVOICE} pay_by_on overdue_since_on"),
    "prepaid statement acme": ("statement", STATEMENT),
    "find acme": ("find", "kind id label command"),
    "domain list": ("domain", "name customer claimed_on accounts"),
    "tax list": ("tax", "country rate from_on"),
    "task list": ("task", TASK),
    "journal list": ("journal", JOURNAL),
    "customer history acme": ("journal", JOURNAL),
    "platform history acme-hx": ("journal", JOURNAL),
    "account history 3": ("journal", JOURNAL),
    "advise": ("finding", "code severity customer subject message command due_on"),
    "settings list": ("setting", "name value default meaning"),
    "help errors": ("error", "code exit_status meaning"),
    "help versions": ("version", "name version state extra licence digest"),
    "report revenue": ("revenue", REVENUE),
    "report debts": ("debt", DEBT),
    "report vat --quarter 2026Q1": ("vat", VAT),
    "report vat --quarter 2026Q1 --oss": ("oss", OSS),
}
THINGS = {
    "customer show acme": ("customer", PICTURE),
    "offer show email-pro": ("offer", f"{OFFER} periods prices own_prices"),
    "platform show acme-hx": ("platform", PLATFORM),
    "account show 3": ("account", ACCOUNT_SHOWN),
    "invoice show 2026-000001": ("invoice", f"{INVOICE} lines taxes pay_by_on overdue_since_on"),
    "prepaid show acme": ("prepaid", PREPAID),
    "status": ("status", STATUS),
    "forecast": ("forecast", "until_on months shortfalls"),
    "account explain 3": ("explanation", EXPLANATION),
    "invoice explain 2026-000001": ("explanation", EXPLANATION),
    "journal head": ("head", "batch seq on recorded_at digest"),
    "journal verify": (
        "verification",
        "ok transactions rows head broken reason heads heads_lost",
    ),
    "store info": (
        "store",
        STORE,
    ),
}
ORDER_LINE = (
    "account address offer period period_start_on period_end_on quantity unit_cents net_cents"
)
CHANGES = {
    "customer add neu --name Neu --email neu@neu.example": ("customer", PICTURE),
    "customer edit acme --city Lyon": ("customer", PICTURE),
    "platform add acme-new --customer acme --offer email-pro": ("platform", PLATFORM),
    "platform cancel acme-hx -y": ("platform", PLATFORM),
    "platform resume acme-old -y": ("platform", PLATFORM),
    "account order acme-pro -y": ("order", ORDER),
    "account configure 2 neu@acme.example": ("account", ACCOUNT_SHOWN),
    "account rename 3 neu@acme.example": ("account", ACCOUNT_SHOWN),
    "account reset 3 -y": ("account", ACCOUNT_SHOWN),
    "account delete 4 -y": ("account", ACCOUNT_SHOWN),
    "domain move late.example late": ("domain", "name customer claimed_on accounts"),
    "prepaid credit acme 10": ("prepaid", f"{PREPAID} order"),
    "offer add plus --like email-pro": ("offer", f"{OFFER} periods prices own_prices"),
    "offer price email-pro monthly 2": ("offer", f"{OFFER} periods prices own_prices"),
    "offer close retired -y": ("offer", f"{OFFER} periods prices own_prices"),
    "tax set LU 18": ("tax", "country rate from_on"),
    "task done 1": ("task", TASK),
    "task fail 1 --reason full": ("task", TASK),
    "store upgrade": ("upgrade", "path from_version schema_version copy"),
    "store backup {store}_backup": (
        "backup",
        (
            "path store made_at clock_on batch journal_head last_invoices last_credit_notes rows "
            "bytes removed"
        ),
    ),
    "store copy {store} {store}_copy": ("copy", "from to closed journal_head rows tables"),
    "settings set payment-days 10": ("setting", "name value default meaning"),
}
FORECAST_MONTH = "month renewals net_cents tax_cents total_cents suspensions deletions debts_opened"
LINE = (
    "account address offer description period_start_on period_end_on quantity unit_cents "
    "net_cents tax_rate"
)


@pytest.mark.parametrize("command", LISTS)
def test_a_list_has_its_schema_and_exactly_these_keys(busy: Cli, command: str) -> None:
    """Every row of every list has every key, in the same order."""
    thing, keys = LISTS[command]

    got = busy.ok(*command.split())

    assert list(got) == ["schema", "items"]
    assert got["schema"] == f"mailctl/{thing}-list/1"
    assert {" ".join(item) for item in got["items"]} == {keys}


@pytest.mark.parametrize("command", THINGS)
def test_a_thing_has_its_schema_and_exactly_these_keys(busy: Cli, command: str) -> None:
    """What `show` gives is the thing's keys behind the name of its schema."""
    thing, keys = THINGS[command]

    got = busy.ok(*command.split())

    assert got["schema"] == f"mailctl/{thing}/1"
    assert " ".join(got) == f"schema {keys}"


@pytest.mark.parametrize("command", CHANGES)
def test_a_change_prints_the_thing_changed_and_whether_it_was(busy: Cli, command: str) -> None:
    """A change gives the thing as it is afterwards, then `changed` and `dry_run`."""
    thing, keys = CHANGES[command]

    got = busy.ok(*command.replace("{store}", str(busy.store)).split())

    assert got["schema"] == f"mailctl/{thing}/1"
    assert " ".join(got) == f"schema {keys} changed dry_run undo"
    assert got["dry_run"] is False


def test_what_the_driver_is_to_do_prints_its_own_things(busy: Cli, tmp_path: Path) -> None:
    """`password` is null unless it was generated by this very command."""
    busy.ok("settings", "set", "driver", toy_driver(tmp_path))

    got = busy.ok("account", "password", "1", "--generate")
    assert " ".join(got) == "schema account address task password changed dry_run undo"
    got = busy.ok("account", "export", "1", str(tmp_path))
    assert " ".join(got) == "schema account address task format folder changed dry_run undo"


def test_a_change_of_renewals_prints_a_list(busy: Cli) -> None:
    """`changed` and `dry_run` stand beside the schema, each row says what became of its account."""
    got = busy.ok("account", "renew", "--all", "--platform", "acme-hx", "--mode", "none", "-y")

    assert list(got) == ["schema", "changed", "dry_run", "undo", "items"]
    assert got["schema"] == "mailctl/renewal-list/1"
    assert [" ".join(item) for item in got["items"]] == [RENEWAL, RENEWAL]
    assert [(item["account"], item["changed"], item["skipped"]) for item in got["items"]] == [
        (3, True, None),
        (7, False, "not-active"),
    ]


def test_several_accounts_reset_at_once_print_a_list(busy: Cli) -> None:
    """One account is a thing, several are a list."""
    got = busy.ok("account", "reset", "1", "6", "-y")

    assert list(got) == ["schema", "changed", "dry_run", "undo", "items"]
    assert [item["id"] for item in got["items"]] == [1, 6]


def test_a_tick_prints_its_counts(busy: Cli) -> None:
    """`dry_run` is one of a tick's own keys."""
    got = busy.ok("tick", "--dry-run")

    assert " ".join(got) == f"schema {TICK}"
    assert (got["schema"], got["dry_run"], got["to_on"]) == ("mailctl/tick/1", True, "2026-02-06")


def test_an_import_prints_what_came_in(store: Cli) -> None:
    """Counts of things, and opening balances in cents."""
    got = store.ok("import", "-", stdin="id,name,email,balance_cents\na,A,a@a.example,1250\n")

    assert got == {
        "schema": "mailctl/import/1",
        "customers": 1,
        "platforms": 0,
        "accounts": 0,
        "credited_cents": 1250,
        "owed_cents": 0,
        "changed": True,
        "dry_run": False,
        "undo": None,
    }


def test_init_prints_the_store(cli: Cli) -> None:
    """The store's own facts, as `store info` shows them."""
    got = cli.ok("init", "--clock", "2026-01-01", "--timezone", "Europe/Paris")

    assert " ".join(got) == f"schema {STORE} changed dry_run undo"


@pytest.mark.parametrize(
    ("command", "array", "keys"),
    [
        ("invoice show 2026-000001", "lines", LINE),
        ("invoice show 2026-000001", "taxes", "rate net_cents tax_cents note category"),
        ("offer show email-pro", "prices", "period cents from_on"),
        ("offer price email-pro monthly 1 --customer acme", "own_prices", OWN_PRICE),
        ("account order acme-pro -y", "lines", ORDER_LINE),
        ("account order acme-pro -y", "steps", "step status on"),
    ],
)
def test_what_stands_in_an_array_has_these_keys(
    busy: Cli, command: str, array: str, keys: str
) -> None:
    """Arrays inside a thing are part of the contract too."""
    got = busy.ok(*command.split())

    assert {" ".join(item) for item in got[array]} == {keys}


def test_the_seller_and_the_buyer_of_an_invoice_have_these_keys(busy: Cli) -> None:
    """Objects inside a thing are part of the contract too."""
    got = busy.ok("invoice", "show", "2026-000001")

    assert " ".join(got["seller"]) == "name street postcode city vat_number country"
    assert " ".join(got["buyer"]) == "name street postcode city country vat_number"


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        ("customer list", "id name country balance_cents debt_due_on state"),
        ("offer list", "name like label monthly_cents yearly_cents closed_on"),
        (
            "platform list",
            "name customer offer state accounts_active accounts_suspended next_expiry_on",
        ),
        ("account list", "id address platform state renewal expires_on next_event next_on"),
        ("invoice list", "number customer issued_on due_on total_cents status paid_on"),
        ("prepaid statement acme", "seq on kind amount_cents after_cents order invoice"),
        ("find acme", "kind id label command"),
        ("domain list", "name customer accounts claimed_on"),
        ("tax list", "country rate from_on"),
        ("task list", "id account kind address on status tries next_try_at"),
        ("journal list", "seq on actor command kind subject summary"),
        ("settings list", "name value default meaning"),
        ("help errors", "code exit_status meaning"),
        ("help versions", "name version state extra licence digest"),
        ("account explain 3 -o tsv", "on kind text"),
        ("invoice explain 2026-000001 -o tsv", "on kind text"),
        ("report revenue", "offer period active ending suspended recurring_cents won lost"),
        (
            "report vat --quarter 2026Q1",
            "quarter country rate net_cents tax_cents total_cents documents category declared",
        ),
        (
            "report vat --quarter 2026Q1 --oss",
            "quarter of_quarter country rate net_cents tax_cents total_cents documents",
        ),
        (
            "report vat --eu-services",
            "quarter vat_number country name net_cents documents",
        ),
        (
            "report debts",
            "customer debt_cents uncovered_cents since_on due_on age accounts_suspended",
        ),
    ],
)
def test_a_list_in_a_pipe_has_these_columns(busy: Cli, command: str, columns: str) -> None:
    """The default in a pipe is TSV under a header of key names."""
    got = busy(*command.split())

    assert got.status == 0
    assert got.out.splitlines()[0].split("\t") == columns.split()
    assert {line.count("\t") for line in got.out.splitlines()} == {len(columns.split()) - 1}


def test_the_schema_of_a_thing_names_its_keys(cli: Cli) -> None:
    """`help schema` needs no store, and requires every key."""
    got = cli("help", "schema", "account").json()

    assert got["required"] == ["schema", *ACCOUNT_SHOWN.split()]
    assert list(got["properties"]) == ["schema", *ACCOUNT_SHOWN.split()]
    assert got["properties"]["schema"] == {"const": "mailctl/account/1"}
    assert got["properties"]["expires_on"] == {"type": ["string", "null"], "format": "date"}
    assert got["properties"]["id"] == {"type": ["integer", "null"]}
    assert got["properties"]["configured"] == {"type": ["boolean", "null"]}


def test_a_forecast_has_months_and_shortfalls_with_exactly_these_keys(busy: Cli) -> None:
    """In JSON Lines the months are bare, with the same keys."""
    got = busy.ok("forecast")

    assert {" ".join(month) for month in got["months"]} == {FORECAST_MONTH}
    assert {" ".join(short) for short in got["shortfalls"]} == {"customer on_on amount_cents"}
    assert busy("forecast", "-o", "jsonl").jsonl() == got["months"]
