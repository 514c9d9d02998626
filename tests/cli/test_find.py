"""`mailctl find`: what a caller says on the phone leads to the command that answers it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from shlex import quote, split

import pytest

from tests.conftest import copied
from tests.helpers import Cli
from tests.store.plain import everything, opened, rows

# bolt owns müller.example; zoe has no account of her own.
HOST = """
init --clock 2026-01-01
customer add acme --name "Société Légère SARL" --email it@acme.example --phone "01 99 00 12 34"
  --street "12 rue de la Paix" --postcode 75002 --city Paris --vat-number "40 303 265 045"
  --backup-email patron@elsewhere.example --siret "303 265 045 00011"
customer add bolt --name "Straßenbau Müller" --email post@bolt.example --country DE
  --phone "+49 30 1234567" --legal-id 0246:DE136695976-00001
customer add zoe --name "Zoé Dupont-Martin" --email zoe@dupont.example
prepaid credit acme 500
platform add acme-pro --customer acme --offer email-pro
platform add acme-priv --customer acme --offer private-exchange
platform add bolt-hx --customer bolt --offer hosted-exchange
account order acme-pro alice.martin@acme.example bob@acme.example -y
account order acme-priv dora.roux@acme.example -y
account order bolt-hx jürgen@müller.example jean.roux@müller.example -y
account delete 3 -y
method add bank acme --iban FR7630006000011234567890189 --holder Acme --mandate RUM-ACME/7
  --signed 2026-01-01
prepaid credit zoe 12 --received --reference "NOTPROVIDED 4711-22"
invoice credit 2026-000001 --line 1 --reason wrong -y
"""


@pytest.fixture(scope="session")
def host_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The host of these calls, made once."""
    path = tmp_path_factory.mktemp("find") / "mailctl.db"
    cli = Cli(path)
    for line in HOST.strip().replace("\n  ", " ").splitlines():
        done = cli(*split(line))
        assert done.status == 0, (line, done.err)
    return path


@pytest.fixture
def host(host_original: Path, cli: Cli) -> Cli:
    """A copy of that host."""
    return copied(host_original, cli)


def names(cli: Cli, *words: str) -> list[str]:
    """What is found, as `-o name` says it."""
    done = cli("find", *words, "-o", "name")
    assert done.status == 0, done.err
    return done.out.splitlines()


SAID = {
    # A phone in any way of writing it.
    "01 99 00 12 34": "customer/acme",
    "0199001234": "customer/acme",
    "+33 1 99 00 12 34": "customer/acme",
    "+33 (0)1-99.00.12.34": "customer/acme",
    "0033199001234": "customer/acme",
    "01 99 00": "customer/acme",
    "030 / 123 45 67": "customer/bolt",
    # A VAT number, with its country and without.
    "FR40303265045": "customer/acme",
    "fr 40 303 265 045": "customer/acme",
    "40303265045": "customer/acme",
    # A SIREN or a SIRET, or another register's number, with its scheme and without.
    "303 265 045": "customer/acme",
    "303265045": "customer/acme",
    "30326504500011": "customer/acme",
    "303 265 045 00011": "customer/acme",
    "DE136695976-00001": "customer/bolt",
    "0246:DE136695976-00001": "customer/bolt",
    "13669597600001": "customer/bolt",
    # A name: whole, its beginning, a word of it, without accents, in another spelling.
    "Société Légère SARL": "customer/acme",
    "societe legere": "customer/acme",
    "Legere": "customer/acme",
    "Le\u0301ge\u0300re": "customer/acme",
    "LÉGÈ": "customer/acme",
    "strassenbau": "customer/bolt",
    "STRASSENBAU MUELLER": "customer/bolt",
    "dupont martin": "customer/zoe",
    "martin zoe": "customer/zoe",
    # Where they are, and how they are written to.
    "12 rue de la Paix": "customer/acme",
    "rue de la paix 75002 paris": "customer/acme",
    "75002": "customer/acme",
    "it@acme.example": "customer/acme",
    "patron@elsewhere.example": "customer/acme",
    "post@bolt": "customer/bolt",
    "paris 01 99 00 12 34": "customer/acme",
    # A mailbox, also one that was deleted.
    "alice.martin@acme.example": "account/1",
    "ALICE.Martin@Acme.Example": "account/1",
    "alice.m": "account/1",
    "alice martin": "account/1",
    "martin alice": "account/1",
    "alice acme": "account/1",
    "dora.roux@acme.example": "account/3",
    "dora": "account/3",
    "jurgen": "account/4",
    "juergen@müller.example": "account/4",
    "jürgen@xn--mller-kva.example": "account/4",
    # Domains in both forms.
    "müller.example": "domain/müller.example",
    "xn--mller-kva.example": "domain/müller.example",
    "muller.example": "domain/müller.example",
    "acme.example": "domain/acme.example",
    # Platforms, documents, orders, money.
    "acme-pro": "platform/acme-pro",
    "acmepro": "platform/acme-pro",
    "2026-000001": "invoice/2026-000001",
    "2026-1": "invoice/2026-000001",
    "2026/1": "invoice/2026-000001",
    "RF90I2026000001": "invoice/2026-000001",
    "rf90 i202 6000 001": "invoice/2026-000001",
    "RF90-I202-6000-001": "invoice/2026-000001",
    "RF39 O3": "order/3",
    "rf39o3": "order/3",
    "av2026-1": "invoice/AV2026-000001",
    "invoice/2026-000002": "invoice/2026-000002",
    "order 2": "order/2",
    "O2": "order/2",
    "RUM-ACME/7": "method/1",
    "rum acme 7": "method/1",
    "FR76 3000 6000 0112 3456 7890 189": "method/1",
    "0189": "method/1",
    "notprovided 4711 22": "prepaid/zoe",
    "NOTPROVIDED4711": "prepaid/zoe",
    # What `-o name` prints.
    "customer/acme": "customer/acme",
    "account/2": "account/2",
}


@pytest.mark.parametrize("said", SAID)
def test_whatever_a_caller_says_comes_first(said: str, host: Cli) -> None:
    """Whole values, beginnings and words; case, accents, punctuation and spaces do not count."""
    assert names(host, said)[:1] == [SAID[said]]
    assert names(host, *said.split())[:1] == [SAID[said]]


def test_each_hit_has_the_command_that_shows_it(host: Cli) -> None:
    """Run as printed it answers; what `-o name` prints is taken by it too."""
    for said in ("acme", "0189", "4711", "17", "1", "2026-1", "2", "dora", "müller"):
        for hit in host.ok("find", said)["items"]:
            words = split(hit["command"])
            assert words[0] == "mailctl"
            assert host(*words[1:]).status == 0, hit


def test_a_hit_says_what_it_is_and_whose(host: Cli) -> None:
    """An address leads to its account and names its customer; a deleted one says since when."""
    (alice,) = host.ok("find", "alice")["items"]
    assert alice == {
        "kind": "account",
        "id": "1",
        "label": "alice.martin@acme.example, active, of acme (Société Légère SARL)",
        "command": "mailctl account show 1",
    }
    (dora,) = host.ok("find", "dora")["items"]
    assert dora["label"].startswith("dora.roux@acme.example, deleted on 2026-01-01, of acme")
    (acme,) = host.ok("find", "0199001234")["items"]
    assert "phone +33199001234" in acme["label"]


def test_all_words_must_match(host: Cli) -> None:
    """More words find less."""
    assert sorted(names(host, "roux")) == ["account/3", "account/5"]
    assert names(host, "roux", "jean") == ["account/5"]
    assert names(host, "roux", "alice") == []


def test_the_living_come_before_the_deleted_and_whole_values_before_words(host: Cli) -> None:
    """dora.roux is gone; jean.roux works. A customer called acme comes before their platforms."""
    assert names(host, "roux") == ["account/5", "account/3"]
    assert names(host, "acme")[0] == "customer/acme"


def test_a_short_number_is_looked_for_as_a_whole(host: Cli) -> None:
    """12 is a house, and not each number that begins so."""
    assert "customer/bolt" not in names(host, "12")
    assert "customer/acme" in names(host, "12")


def test_a_number_alone_is_an_account_an_order_and_an_invoice(host: Cli) -> None:
    """Each is named for what it is."""
    assert {"account/2", "order/2", "invoice/2026-000002"} <= set(names(host, "2"))


def test_nothing_found_is_an_empty_list_with_close_words(host: Cli) -> None:
    """A list of nothing is no failure (CLI, Exit statuses)."""
    done = host("find", "allice", "--json")
    assert (done.status, done.json()["items"]) == (0, [])
    assert done.err.startswith("Nothing matches 'allice': allice is close to alice")
    assert "each word alone" in host("find", "alice", "bolt").err


def test_a_card_number_is_not_repeated(host: Cli) -> None:
    """Typed in groups it is several words."""
    done = host("find", "4242", "4242", "4242", "4242")
    assert (done.status, "4242 4242" in done.out + done.err) == (0, False)


def test_text_without_a_letter_or_digit_is_refused(host: Cli) -> None:
    """There is nothing to look for."""
    done = host("find", "?!")
    assert done.status == 2
    assert "nothing to look for" in done.err


def test_more_hits_than_are_shown_are_counted(host: Cli) -> None:
    """Ten of each kind, and how to see the others; with --limit as many as asked."""
    host.ok("account", "order", "bolt-hx", *(f"team.n{n}@müller.example" for n in range(13)), "-y")
    done = host("find", "team", "-o", "name")
    assert len(done.out.splitlines()) == 10
    assert done.err == "There are 3 more accounts. More: mailctl find team --limit 13\n"
    one = host("find", "team", "--limit", "12", "-o", "name").err
    assert one == "There is 1 more account. More: mailctl find team --limit 13\n"
    assert len(names(host, "team", "--limit", "13")) == 13
    assert len(names(host, "team", "--limit", "2")) == 2


def test_a_change_is_found_at_once_and_what_was_before_is_not(host: Cli) -> None:
    """Edits, renames, resets, new mailboxes: each in the transaction that makes it."""
    host.ok("customer", "edit", "acme", "--name", "Plume SAS", "--phone", "01 40 00 00 01")
    assert (names(host, "plume"), names(host, "legere")) == (["customer/acme"], [])
    assert (names(host, "0140000001"), names(host, "0199001234")) == (["customer/acme"], [])
    host.ok("account", "rename", "1", "ann.petit@acme.example")
    # What a mailbox was called is found by its beginning alone.
    assert names(host, "petit") == names(host, "alice.martin") == ["account/1"]
    host.ok("account", "reset", "ann.petit@acme.example", "-y")
    assert names(host, "petit") == []
    host.ok("account", "configure", "1", "eve.grand@acme.example")
    assert names(host, "grand") == ["account/1"]
    assert host("store", "check").status == 0


def test_the_reference_of_a_settled_payment_is_found(busy: Cli) -> None:
    """And no longer once the settlement was a mistake."""
    busy.ok("method", "add", "paypal", "late", "--agreement", "B-17")
    (payment,) = busy.ok("payment", "list", "--customer", "late")["items"]
    assert busy("payment", "export", "--kind", "paypal", "--format", "csv").status == 0
    busy.ok("payment", "settle", str(payment["id"]), "--reference", "PP 77-AB")
    assert names(busy, "pp77ab") == [f"payment/{payment['id']}"]
    assert names(busy, f"payment-{payment['id']}-1") == [f"payment/{payment['id']}"]
    row = busy.ok("prepaid", "statement", "late")["items"][-1]["seq"]
    busy.ok("prepaid", "reverse", "late", str(row), "--reason", "x", "--mistake", "-y")
    assert names(busy, "pp77ab") == []
    assert busy("store", "check").status == 0


def test_an_import_is_found(store: Cli, tmp_path: Path) -> None:
    """All of its addresses, by every word."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    path = tmp_path / "accounts.csv"
    path.write_text(
        "platform,address,period,expires_on,anchor_day\n"
        "acme-pro,anna.blau@acme.example,monthly,2026-01-15,15\n"
        "acme-pro,élan@acme.example,monthly,2026-01-15,15\n"
    )
    store.ok("import", "accounts", str(path), "-y")
    assert (names(store, "blau"), names(store, "elan")) == (["account/1"], ["account/2"])
    assert store("store", "check").status == 0


ENDING = """
platform add zoe-priv --customer zoe --offer private-exchange
account order zoe-priv jeanne.petit@dupont.example -y
method add bank zoe --iban DE89370400440532013000 --holder Zoe --mandate ZM-77 --signed 2026-01-01
account delete jeanne.petit@dupont.example -y
task done 7
task done 8
platform cancel zoe-priv -y
prepaid refund zoe 8.41 --reason end -y
customer close zoe -y
"""


def test_an_erased_customer_is_found_by_id_alone(host: Cli) -> None:
    """No word of theirs is left, of whatever kind, and the checks agree."""
    for line in ENDING.strip().splitlines():
        done = host(*split(line))
        assert done.status == 0, (line, done.err)
    theirs = ("dupont", "4711", "petit", "zm77", "jeanne", "3000")
    assert all(names(host, said) for said in theirs)
    assert "dupontmartin" in everything(host.store)

    assert host("customer", "erase", "zoe", "--confirm", "zoe").status == 0

    assert [said for said in theirs if names(host, said)] == []
    assert names(host, "zoe") == ["customer/zoe", "platform/zoe-priv"]
    assert "dupontmartin" not in everything(host.store)
    assert host("store", "check").status == 0


def test_an_iban_is_nowhere_among_the_words(host: Cli) -> None:
    """Only its last digits, which every list shows."""
    kept = [word for (word,) in rows(host.store, "SELECT word FROM word WHERE kind = 'method'")]
    assert "0189" in kept
    assert not [word for word in kept if "30006000" in word]


@pytest.mark.files_only("the plans are SQLite's")
def test_find_reads_by_index_alone(host: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """No statement of it goes through a whole table of rows that grow with the host."""
    asked: list[tuple[str, dict[str, object]]] = []
    from mailctl.store.engine.reader import Reader

    execute = Reader.execute

    def heard(self: Reader, sql: str, parameters: dict[str, object] = {}) -> sqlite3.Cursor:  # noqa: B006
        asked.append((sql, {"today": "2026-01-01", **parameters}))
        return execute(self, sql, parameters)

    monkeypatch.setattr(Reader, "execute", heard)
    for said in (*SAID, "alice nobody", "allice", "2", "rue de"):
        host("find", said)
    with opened(host.store) as base:
        plans = {
            step[3]
            for sql, values in asked
            for step in base.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        }
    # One row each; `one` is what was read of an index already.
    small = {"setting", "store", "clock", "moved", "one"}
    assert {plan.split()[1] for plan in plans if plan.startswith("SCAN")} - small == set()


def test_three_commands_from_the_phone_number_to_the_answer(host: Cli) -> None:
    """The call at 3 a.m.: who is it, what have they got, why is it so."""
    (customer,) = host.ok("find", "01 99 00 12 34")["items"]
    assert customer["command"] == "mailctl customer show acme"
    assert host("customer", "show", "acme").status == 0
    assert host("account", "explain", "alice.martin@acme.example").status == 0


def test_the_command_names_the_store_that_was_given(host: Cli) -> None:
    """As every command that is printed to be run."""
    other = Cli(host.store.with_name("none.db"))
    done = other("--store", str(host.store), "find", "alice", "--json")
    (hit,) = json.loads(done.out)["items"]
    assert hit["command"] == f"mailctl --store {quote(str(host.store))} account show 1"


def test_a_name_with_a_leading_dash_is_no_option_in_the_command(store: Cli) -> None:
    """Ids may begin with one; the command is run as it is printed."""
    store("customer", "add", "--name", "Dash", "--email", "d@dash.example", "--", "-dash")
    store("platform", "add", "--customer", "-dash", "--offer", "email-pro", "--", "-pro")

    found = [hit for text in ("dash", "pro") for hit in store.ok("find", text)["items"]]

    assert [hit["command"] for hit in found] == [
        "mailctl customer show customer/-dash",
        "mailctl platform show platform/-pro",
    ]
    assert all(store(*hit["command"].split()[1:]).status == 0 for hit in found)


def test_a_full_answer_says_that_there_may_be_more(store: Cli) -> None:
    """Also where each of them has exactly the word that was asked for."""
    lines = [f"c{number},Rue {number},{number}@x.example" for number in range(101)]
    sheet = "\n".join(["id,name,email", *lines])
    assert store("import", "customers", "-", stdin=sheet).status == 0
    full = store("find", "rue", "--limit", "100", "-o", "name")
    assert len(full.out.splitlines()) == 100
    assert full.err == (
        "Not all customers with such words were compared: add a word. "
        "More: mailctl find rue --limit 1000\n"
    )
    whole = store("find", "rue", "--limit", "1000", "-o", "name")
    assert (len(whole.out.splitlines()), whole.err) == (101, "")


def test_a_mistyped_payment_reference_names_no_invoice(host: Cli) -> None:
    """A digit that is wrong is seen by the check digits, whichever invoice the rest would name."""
    assert names(host, "RF90", "I202", "6000", "001") == ["invoice/2026-000001"]
    for wrong in ("RF90 I202 6000 002", "RF91 I202 6000 001", "RF90 O3"):
        assert names(host, *wrong.split()) == []
