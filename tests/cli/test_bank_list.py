"""`bank list` and `bank show`: what a person needs to decide of an entry, on a line and a page."""

from __future__ import annotations

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.insight.planted_entries import plant

IBAN = "FR7630006000011234567890189"
BOOKED = {
    "name": "Acme SARL",
    "text": "FACTURE 2026-000001 MERCI",
    "state": "booked",
    "matched_by": "number",
    "customer_id": 1,
    "invoice_id": 1,
    "evidence": "2026-000001 in the text",
    "reference": "BANK-1",
}
PROPOSED = {
    "name": "Bolt GmbH",
    "text": "abonnement",
    "booked_on": "2026-01-10",
    "state": "proposed",
    "matched_by": "iban",
    "customer_id": 2,
    "evidence": "the IBAN of an earlier transfer of bolt, and exactly what is missing",
    "iban": IBAN,
    "end_to_end_id": "NOTE-17",
}
UNMATCHED = {"name": "Jean Dupont", "text": "pour la boite", "booked_on": "2026-01-20"}
FEE = {
    "text": "FRAIS DE TENUE",
    "amount_cents": -1250,
    "state": "ignored",
    "matched_by": "hand",
    "reason": "bank fees",
    "decided_on": "2026-02-01",
}
ENTRIES = (BOOKED, PROPOSED, UNMATCHED, FEE)
KEYS = (
    "id account on value_on amount_cents currency name iban reference end_to_end_id text state "
    "matched_by customer invoice order payment evidence reason same_as file file_kind statement "
    "taken_on decided_on creditor_reference part parts details"
)


@pytest.fixture
def taken(busy: Cli) -> Cli:
    """The busy host with an entry in each state."""
    plant(busy.store, *ENTRIES)
    return busy


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("--unmatched", [3]),
        ("--proposed", [2]),
        ("--unmatched --proposed", [2, 3]),
        ("--state booked", [1]),
        ("--unmatched --state unmatched", [3]),
        ("--customer acme", [1]),
        ("--search dupont", [3]),
        ("--search BANK-1", [1]),
        ("--search note-17", [2]),
        ("--since 2026-01-10", [2, 3]),
        ("--until 2026-01-10", [1, 2, 4]),
        ("--limit 2", [1, 2]),
        ("--sort amount_cents", [4, 1, 2, 3]),
    ],
)
def test_a_list_has_the_entries_that_are_asked_for(taken: Cli, words: str, ids: list[int]) -> None:
    """Both --unmatched and --proposed: all that wait for a person."""
    assert [one["id"] for one in taken.ok("bank", "list", *words.split())["items"]] == ids


def test_an_entry_has_these_keys_in_a_list_and_when_it_is_shown(taken: Cli) -> None:
    """Of SPEC, and what grew."""
    got = taken.ok("bank", "list")
    assert got["schema"] == "mailctl/bank-entry-list/1"
    assert {" ".join(one) for one in got["items"]} == {KEYS}
    shown = taken.ok("bank", "show", "2")
    assert " ".join(shown) == f"schema {KEYS} bookings"
    assert (shown["customer"], shown["invoice"], shown["details"]) == ("bolt", None, {})


def test_a_pipe_gets_these_columns(taken: Cli) -> None:
    """Every text whole."""
    lines = taken("bank", "list", "--proposed").out.splitlines()
    assert [line.split("\t") for line in lines] == [
        "id on amount_cents name text state customer invoice order payment evidence".split(),
        [
            *("2", "2026-01-10", "1840", "Bolt GmbH", "abonnement", "proposed", "bolt", "", ""),
            *("", "the IBAN of an earlier transfer of bolt, and exactly what is missing"),
        ],
    ]


def test_a_line_says_who_paid_what_for_and_why_it_is_proposed(taken: Cli) -> None:
    """On 160 columns; on 80 the evidence gives way, and it is said."""
    words = ("bank", "list", "--color", "never")
    assert on_terminal(taken.store, *words, "--proposed", columns=160).out.splitlines() == [
        "id  date           amount  who                    state          evidence",
        f" 2  2026-01-10  18.40 EUR  Bolt GmbH: abonnement  proposed bolt  {PROPOSED['evidence']}",
    ]
    got = on_terminal(taken.store, *words, columns=80)
    assert got.out.splitlines()[1:] == [
        " 1  2026-01-01   18.40 EUR  Acme SARL: FACTURE 2026-00…  booked acme 2026-000001",
        " 2  2026-01-10   18.40 EUR  Bolt GmbH: abonnement        proposed bolt",
        " 3  2026-01-20   18.40 EUR  Jean Dupont: pour la boite   unmatched",
        " 4  2026-01-01  -12.50 EUR  FRAIS DE TENUE               ignored",
    ]
    assert "No room for: evidence." in got.err


def test_the_page_of_a_proposal_says_what_the_bank_wrote_and_what_to_type(taken: Cli) -> None:
    """Why it is proposed, and each way on."""
    assert taken("bank", "show", "2").out == (
        "Entry 2: 18.40 EUR on 2026-01-10, Bolt GmbH\n"
        "State        proposed for bolt: nothing is booked\n"
        "Because      the IBAN of an earlier transfer of bolt, and exactly what is\n"
        "             missing\n"
        "Text         abonnement\n"
        f"IBAN         {IBAN}\n"
        "References   EndToEndId NOTE-17\n"
        "Days         booked 2026-01-10\n"
        "Statement    S-1, account FR7630006000011234567890189, camt.053 in\n"
        "             statement.xml, taken 2026-01-01\n"
        "Commands\n"
        "  do what is proposed       mailctl bank accept 2\n"
        "  say what it is for        mailctl bank match 2 --invoice NUMBER\n"
        "  or only whose it is       mailctl bank match 2 --customer CUSTOMER\n"
        "  keep it out of the books  mailctl bank ignore 2 --reason TEXT\n"
        "  the customer's money      mailctl prepaid statement bolt\n"
    )


def test_the_page_says_what_the_bank_says_of_a_return(busy: Cli) -> None:
    """Its code with its meaning, charges, the mandate, and what mailctl did not read."""
    details = (
        '{"return_code": "AM04", "mandate": "M-1", "charges_cents": -350, "batch_id": "B-1", '
        '"batch_count": 3, "rest": "{\\"Ntry/AddtlNtryInf\\": \\"RUECKLASTSCHRIFT\\"}"}'
    )
    plant(busy.store, {"amount_cents": -1840, "details": details})
    page = busy("bank", "show", "1").out
    for line in (
        "References   mandate M-1\n",
        "Returned     AM04: insufficient funds\n",
        "Charges      -3.50 EUR\n",
        "Batch        B-1, transactions: 3\n",
        "Not read     Ntry/AddtlNtryInf: RUECKLASTSCHRIFT\n",
        "  say which debit came back  mailctl bank match 1 --payment ID\n",
    ):
        assert line in page, page


def test_the_page_of_what_is_booked_names_its_rows_and_how_to_take_it_back(busy: Cli) -> None:
    """What was taken back stays on it."""
    plant(busy.store, UNMATCHED)
    busy.ok("bank", "match", "1", "--customer", "late")
    page = busy("bank", "show", "1").out
    assert "State        booked for late, since 2026-02-05\n" in page
    (row,) = busy.ok("bank", "show", "1")["bookings"]
    booked = f"In the books\n  row {row['seq']} of late  credit of 2026-02-05  18.40 EUR\n"
    assert booked in page
    assert "  take it back          mailctl bank undo 1\n" in page
    busy.ok("bank", "undo", "1", "-y")
    assert "18.40 EUR    undone 2026-02-05\n" in busy("bank", "show", "1").out


def test_the_page_names_the_store_that_was_given(taken: Cli) -> None:
    """Its commands can be copied."""
    got = taken("--store", str(taken.store), "bank", "show", "3")
    assert f"mailctl --store {taken.store} bank ignore 3 --reason TEXT" in got.out
