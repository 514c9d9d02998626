"""What documents need of a customer: given, shown, listed, imported, explained and taken away."""

from __future__ import annotations

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli

KEYS = ("siren", "siret", "legal_id", "buyer_reference", "endpoint", "invoice_format")
GIVEN = (
    *("--siret", "732 829 320 00074", "--buyer-reference", "Service 7"),
    *("--endpoint", "0225:732829320_COMPTA", "--invoice-format", "none"),
)
KEPT = {
    "siren": "732829320",
    "siret": "73282932000074",
    "legal_id": "0009:73282932000074",
    "buyer_reference": "Service 7",
    "endpoint": "0225:732829320_COMPTA",
    "invoice_format": "none",
}


@pytest.fixture
def given(store: Cli) -> Cli:
    """A customer with all of it, and one with nothing."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example", *GIVEN)
    store.ok("customer", "add", "bolt", "--name", "Bolt", "--email", "it@bolt.example")
    return store


def of_documents(cli: Cli, customer: str) -> dict[str, object]:
    shown = cli.ok("customer", "show", customer)
    return {key: shown[key] for key in KEYS}


def test_it_is_shown_on_the_page_where_there_is_something(given: Cli) -> None:
    page = given("customer", "show", "acme").out
    assert (
        "  SIRET 73282932000074, buyer reference Service 7, electronic invoices to\n"
        "  0225:732829320_COMPTA, no documents\n"
    ) in page
    page = given("customer", "show", "bolt").out
    assert not [word for word in ("SIR", "reference", "electronic", "documents") if word in page]
    given.ok("customer", "edit", "bolt", "--legal-id", "0208:0403170701")
    assert "  legal id 0208:0403170701\n" in given("customer", "show", "bolt").out


@pytest.mark.parametrize("form", ["csv", "jsonl", "tsv"])
def test_a_list_is_imported_with_all_of_it(given: Cli, form: str) -> None:
    """The three forms of one number agree with each other."""
    assert of_documents(given, "acme") == KEPT
    listed = given("customer", "list", "-o", form, "--fields", "all").out
    again = listed.replace("acme", "nova").replace("bolt", "late")
    assert given("import", "customers", "-", stdin=again).status == 0
    assert of_documents(given, "nova") == KEPT
    assert of_documents(given, "late") == dict.fromkeys(KEYS)


def test_a_file_may_have_one_form_of_the_number(store: Cli) -> None:
    """And none of its other columns."""
    lines = "a,A,a@a.example,,73282932000074\nb,B,b@b.example,732829320,\n"
    assert (
        store("import", "customers", "-", stdin=f"id,name,email,siren,siret\n{lines}").status == 0
    )
    assert of_documents(store, "a")["legal_id"] == "0009:73282932000074"
    assert of_documents(store, "b")["legal_id"] == "0002:732829320"


def test_numbers_that_look_like_those_of_cards_are_taken(store: Cli) -> None:
    """Some Leitweg-IDs and some `SIREN_SIRET` have in them what a card's number has."""
    office, platform = "04011000-0000001029-40", "303260111_30326011100016"
    for name, country, endpoint in (("a", "DE", f"0204:{office}"), ("b", "FR", f"0225:{platform}")):
        words = ("--name", name, "--email", "it@a.example", "--country", country)
        given = ("--endpoint", endpoint, "--buyer-reference", office)
        store.ok("customer", "add", name, *words, *given)
        store.ok("settings", "set", f"seller-endpoint={endpoint}")
        header = "id,name,email,country,buyer_reference,endpoint\n"
        line = f"{name}{name},A,a@a.example,{country},{office},{endpoint}\n"
        assert store("import", "customers", "-", stdin=header + line).status == 0
        for one in (name, name * 2):
            kept = of_documents(store, one)
            assert (kept["buyer_reference"], kept["endpoint"]) == (office, endpoint)


def test_an_endpoint_that_peppol_does_not_reach_is_warned_of(given: Cli) -> None:
    """As soon as a customer's invoices would go by it; other networks may."""
    edit = ("customer", "edit", "bolt")
    assert "warning" not in given(*edit, "--endpoint", "EM:it@bolt.example").err
    warned = given(*edit, "--invoice-format", "peppol")
    assert warned.status == 0
    assert warned.err.startswith(
        "warning: Peppol reaches nobody by an endpoint of EM, so invoices would be refused "
        "(PEPPOL-EN16931-CL008): mailctl customer edit bolt --endpoint SCHEME:ID"
    )
    assert "warning" not in given(*edit, "--phone", "+33199001234").err
    assert "warning" not in given(*edit, "--endpoint", "9930:DE136695976").err
    given.ok("settings", "set", "invoice-format", "peppol")
    new = ("customer", "add", "c", "--name", "C", "--email", "c@c.example")
    assert "PEPPOL-EN16931-CL008" in given(*new, "--endpoint", "EM:c@c.example").err


def test_each_wrong_line_of_a_file_is_named_with_its_column(store: Cli) -> None:
    header = "id,name,email,country,vat_number,siren,siret,legal_id,buyer_reference,endpoint\n"
    lines = (
        "a,A,a@a.example,FR,,732829321,,,,\n"
        "b,B,b@b.example,FR,,732829320,30326504500011,,,\n"
        "c,C,c@c.example,FR,FR40303265045,,73282932000074,,,\n"
        "d,D,d@d.example,BE,,,,0208:1,,\n"
        "e,E,e@e.example,DE,,,,,04011000-12345-04,\n"
        "f,F,f@f.example,FR,,,,,,0001:x\n"
    )
    got = store("import", "customers", "-", "-o", "json", stdin=header + lines)
    assert got.status == 1
    assert [(one["line"], one["column"]) for one in got.error()["errors"]] == [
        *((2, "siren"), (3, "siret"), (4, "siret"), (5, "legal_id")),
        *((6, "buyer_reference"), (7, "endpoint")),
    ]
    assert store.ok("customer", "list")["items"] == []


def test_it_is_asked_for_and_checked_as_it_is_typed(given: Cli) -> None:
    """As the VAT number is, which must not lie in a shell's history either."""
    got = on_terminal(
        given.store,
        *"customer edit bolt --siren - --endpoint - --buyer-reference -".split(),
        answer="732829321\n732829320\n0225:1\n0225:732829320\nService 8\n",
        variables={"NO_COLOR": "1"},
    )
    assert (got.status, got.err.count("error: ")) == (0, 2)
    assert of_documents(given, "bolt")["buyer_reference"] == "Service 8"


def test_an_erased_customer_has_none_of_it(given: Cli) -> None:
    given.ok("customer", "close", "acme", "-y")
    given.ok("customer", "erase", "acme", "--confirm", "acme")
    assert of_documents(given, "acme") == dict.fromkeys(KEYS)
    assert given("find", "732829320", "-o", "name").out == ""


def test_an_undo_brings_a_siret_back(given: Cli) -> None:
    undo = given.ok("customer", "edit", "acme", "--siren", "")["undo"]
    assert of_documents(given, "acme")["siret"] is None
    given.ok(*undo.split()[1:])
    assert of_documents(given, "acme") == KEPT


def test_a_legal_id_alone_does_not_leave_the_tax_to_the_buyer(store: Cli) -> None:
    """And the explanation of the invoice says so."""
    store.ok(
        "customer", "add", "noord", "--name", "N", "--email", "it@n.example", "--country", "BE"
    )
    store.ok("customer", "edit", "noord", "--legal-id", "0208:0403170701")
    store.ok("platform", "add", "noord-pro", "--customer", "noord", "--offer", "email-pro")
    store.ok("prepaid", "credit", "noord", "100")
    invoice = store.ok("account", "order", "noord-pro", "a@n.example", "-y")["invoice"]
    told = " ".join(one["text"] for one in store.ok("invoice", "explain", invoice)["sentences"])
    assert "has no VAT number, only the legal id 0208:0403170701: " in told
