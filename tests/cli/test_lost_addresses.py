"""An address whose account was deleted: it is said which account had it, and since when.

On the busy host dora@acme.example was account 8's, deleted on 2026-01-01.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Cli
from tests.insight.advised import play

DORA = "dora@acme.example"
NOTE = f"no account has the address {DORA} now: account 8 had it, and was deleted on 2026-01-01\n"


@pytest.mark.parametrize("verb", ["show", "history", "explain"])
def test_what_shows_an_account_takes_the_last_address_of_a_deleted_one(
    verb: str, busy: Cli
) -> None:
    """The caller knows no id; that it is another account than a live one is said on stderr."""
    by_address, by_id = busy("account", verb, DORA, "--json"), busy("account", verb, "8", "--json")
    assert (by_address.status, by_address.out) == (0, by_id.out)
    assert (by_address.err, by_id.err) == (NOTE, "")


def test_the_newest_account_that_had_the_address_is_meant(busy: Cli) -> None:
    """And a live one before all of them, without a word about the others."""
    busy.ok("account", "order", "acme-priv", DORA, "-y")
    live = busy("account", "show", DORA, "--json")
    assert (live.json()["id"], live.err) == (11, "")
    busy.ok("account", "delete", DORA, "-y")
    gone = busy("account", "show", DORA.upper(), "--json")
    assert gone.json()["id"] == 11
    assert "account 11 had it, and was deleted on 2026-02-05" in gone.err


@pytest.mark.parametrize(
    "words",
    [
        ("account", "rename", DORA, "x@acme.example"),
        ("account", "extend", DORA, "-y"),
        ("account", "reset", DORA, "-y"),
        ("account", "renew", DORA, "--mode", "none", "-y"),
        ("account", "reopen", DORA, "-y"),
    ],
)
def test_what_changes_an_account_finds_live_ones_alone_and_says_so(
    words: tuple[str, ...], busy: Cli
) -> None:
    """The refusal names the deleted account, and the command that tells its story."""
    error = busy(*words, "--json").error()
    assert (error["code"], error["exit_status"]) == ("account-not-found", 4)
    assert "account 8 had it, and was deleted on 2026-01-01" in error["message"]
    assert "mailctl account explain 8" in error["hint"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("account", "show", "ana@acme.example"), "anna@acme.example"),
        (("account", "show", "xanna@acme.example"), "anna@acme.example"),
        (("account", "show", "hugo@acme.exmaple"), "hugo@acme.example"),
        (("customer", "show", "amce"), "acme"),
        (("platform", "show", "bolt-hy"), "bolt-hx"),
        (("invoice", "show", "2026-1"), "2026-000001"),
        (("invoice", "show", "2026-00001"), "2026-000001"),
        (("domain", "move", "acme.exmple", "bolt"), "acme.example"),
        (("offer", "show", "email-pr"), "email-pro"),
    ],
)
def test_an_unknown_name_is_refused_with_close_ones(
    words: tuple[str, ...], meant: str, busy: Cli
) -> None:
    """A slip of the fingers, wherever in the word it is."""
    error = busy(*words, "--json").error()
    assert error["exit_status"] == 4
    assert "did you mean" in error["message"]
    assert meant in error["message"]


def test_in_a_large_store_a_wrong_first_letter_is_understood_too(
    store: Cli, tmp_path: Path
) -> None:
    """Addresses of the same domain are compared, and not only what sorts next to the word."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    addresses = ["robert@acme.example", *(f"s{n:03}@two.example" for n in range(150))]
    path = tmp_path / "accounts.csv"
    lines = (f"acme-pro,{address},monthly,2026-01-15,15\n" for address in addresses)
    path.write_text("platform,address,period,expires_on,anchor_day\n" + "".join(lines))
    store.ok("import", "accounts", str(path), "-y")

    error = store("account", "show", "xobert@acme.example", "--json").error()

    assert error["message"].endswith("did you mean robert@acme.example?")


@pytest.fixture
def moved(busy: Cli) -> Cli:
    """The busy host, on which anna@ was renamed and hugo@ reset."""
    busy.ok("account", "rename", "anna@acme.example", "anne@acme.example")
    busy.ok("account", "reset", "hugo@acme.example", "-y")
    return busy


@pytest.mark.parametrize("verb", ["show", "history", "explain"])
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("anna@acme.example", "renamed on 2026-02-05; it is anne@acme.example now"),
        ("hugo@acme.example", "reset on 2026-02-05"),
    ],
)
def test_callers_may_say_the_address_of_before_a_rename_or_a_reset(
    verb: str, address: str, told: str, moved: Cli
) -> None:
    got = moved("account", verb, address, "--json")

    assert got.status == 0
    assert got.err.startswith(f"no account has the address {address} now: account ")
    assert got.err.endswith(f" had it, and was {told}\n")


def test_no_change_is_made_by_an_address_that_was_left(moved: Cli) -> None:
    error = moved("account", "reset", "anna@acme.example", "-y", "--json").error()

    assert error["code"] == "account-not-found"
    assert error["message"].endswith("; it is anne@acme.example now")
    assert "mailctl account explain" in error["hint"]


def test_find_knows_the_addresses_that_accounts_left(moved: Cli) -> None:
    for text in ("anna@acme.example", "anna@ac"):
        labels = [hit["label"] for hit in moved("find", text, "--json").json()["items"]]
        assert any(
            label.startswith("anne@acme.example, formerly anna@acme.example, active")
            for label in labels
        )
    (hit,) = moved("find", "hugo@acme.example", "--json").json()["items"]
    assert hit["label"].startswith("blank, formerly hugo@acme.example, active")


def test_who_left_an_address_last_is_meant(moved: Cli) -> None:
    moved.ok("account", "rename", "anne@acme.example", "hugo@acme.example")
    moved.ok("account", "rename", "hugo@acme.example", "anne@acme.example")

    got = moved("account", "show", "hugo@acme.example", "--json")

    assert got.json()["address"] == "anne@acme.example"


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("xyz@acme.example", "account list --domain acme.example"),
        ("anna@other.example", "account list"),
        ("zz@nowhere.test", "account list"),
    ],
)
def test_an_address_like_no_other_gets_none_proposed(address: str, hint: str, busy: Cli) -> None:
    """Its domain, or its name, alone says nothing: it may be another customer's mailbox."""
    error = busy("account", "reset", address, "-y", "--json").error()

    assert error["message"] == f"there is no account {address}"
    assert error["hint"] == f"mailctl {hint}"


def test_of_two_that_left_an_address_on_one_day_the_last_is_meant(store: Cli) -> None:
    """Though its id is the lower one."""
    play(
        store,
        "customer add acme --name Acme --email it@acme.example\n"
        "platform add pro --customer acme --offer email-pro\n"
        "account order pro ann@acme.example bob@acme.example -y\n"
        "account rename 2 desk@acme.example\naccount rename 2 ben@acme.example\n"
        "account rename 1 desk@acme.example\naccount rename 1 ada@acme.example",
    )

    shown = store("account", "show", "desk@acme.example", "--json")
    assert shown.json()["id"] == 1
    assert "account 1 had it" in shown.err


def test_an_account_that_is_unknown_is_named_by_its_number_alone(busy: Cli) -> None:
    """Also where `account/99` was typed, or a file's line has it as its id."""
    assert busy("account", "show", "account/99").err.startswith("error: there is no account 99\n")
    file = busy("account", "renew", "--from", "-", stdin="id,mode\n99,none\n")
    assert "line 2: there is no account 99\n" in file.err
    other = busy("account", "show", "account/anna@acme.example").err
    assert other.startswith("error: there is no account account/anna@acme.example")
