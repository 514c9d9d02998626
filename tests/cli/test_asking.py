"""The value `-`: asked for on a terminal, a line of standard input in a pipe."""

from __future__ import annotations

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli, contents
from tests.store.plain import everything


def test_values_are_lines_of_standard_input_in_the_order_of_the_command_line(busy: Cli) -> None:
    """Not in the order in which help names the options; values that are given stay."""
    busy.ok(
        *("customer", "edit", "acme", "--city", "-", "--phone", "-", "--street", "1 rue Neuve"),
        stdin="Lyon\n01 99 00 12 34\nleft over\n",
    )

    got = busy.ok("customer", "show", "acme")
    assert (got["city"], got["phone"], got["street"]) == ("Lyon", "+33199001234", "1 rue Neuve")


def test_a_day_that_is_read_is_a_day(busy: Cli) -> None:
    """Options of every kind take it, and are checked as if they were typed."""
    words = ("method", "add", "bank", "acme", "--signed", "-", "--iban", "-", "--holder", "A")
    busy.ok(*words, "--mandate", "-", stdin="2026-01-15\nFR7630006000011234567890189\nM-1\n")
    assert busy.ok("method", "list")["items"][0]["label"] == "FR76…0189"

    got = busy(*words, "--mandate", "M", "-o", "json", stdin="2026/01/15\nx\n")

    assert (got.status, got.out) == (2, "")
    assert got.error()["message"] == "--signed: '2026/01/15' is not a date"


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        ("customer edit acme --phone -", "", "--phone - wants a line of standard input"),
        ("customer edit acme --phone -", "\n", "--phone: nothing was given"),
        ("customer edit acme --phone - --city -", "0199001234\n", "--city - wants a line"),
        ("customer edit acme --phone -", "twelve\n", "'twelve' is not a phone number"),
        ("customer edit acme --city -", "a\x1bb\n", "control characters"),
        ("settings set mail-port -", "99999\n", "mail-port is 1 to 65535"),
        ("settings set mail-host -", "", "VALUE - wants a line"),
    ],
)
def test_a_line_that_is_no_value_is_a_usage_error(
    busy: Cli, words: str, stdin: str, message: str
) -> None:
    """It names the option, and nothing is changed."""
    before = contents(busy.store)

    got = busy(*words.split(), "-o", "json", stdin=stdin)

    assert (got.status, got.out, got.error()["code"]) == (2, "", "usage")
    assert message in got.error()["message"]
    assert contents(busy.store) == before


@pytest.mark.parametrize("number", ["4242424242424242", "4242 4242 4242 4242"])
@pytest.mark.parametrize("option", ["--token", "--brand", "--last4"])
def test_a_cards_number_is_refused_and_not_repeated(busy: Cli, option: str, number: str) -> None:
    """Also where it is read and not typed."""
    given = {"--token": "t", "--brand": "Visa", "--last4": "4242", "--expires": "2028-09"}
    words = [word for pair in (given | {option: "-"}).items() for word in pair]

    got = busy("method", "add", "card", "acme", *words, stdin=f"{number}\n")

    assert got.status == 1
    assert "never keeps" in got.err
    assert "4242" not in got.err + got.out
    assert number not in everything(busy.store)


def test_on_a_terminal_the_value_is_asked_for(busy: Cli) -> None:
    """On stderr, by its name and whose it is."""
    got = on_terminal(busy.store, "customer", "edit", "acme", "--phone", "-", answer="0199001234\n")

    assert (got.status, got.err) == (0, "Phone of acme: ")
    assert got.out == (
        "Changed the phone of the customer acme.\nUndo: mailctl customer edit acme --phone ''\n"
    )


BANK = ["method", "add", "bank", "acme", "--iban", "-", "--holder", "-", "--mandate", "-"]


def test_on_a_terminal_a_wrong_answer_is_told_and_asked_for_again(busy: Cli) -> None:
    """Before the next question: nobody types five answers to learn that the first was wrong."""
    wrong = "FR7630006000011234567890188\n\nBR1800360305000010009795493C1\n"

    got = on_terminal(
        busy.store,
        *BANK,
        *("--signed", "-"),
        answer=f"{wrong}FR7630006000011234567890189\nAcme\nM//1\nM-1\n2026-02-30\n2027-01-01\n2026-02-01\n",
        variables={"NO_COLOR": "1"},
    )

    assert (got.status, "Added method 1 of acme: FR76…0189" in got.out) == (0, True)
    said = got.err.replace("\n", " ")
    assert [
        said.count(f"{label} of acme:") for label in ("IBAN", "Holder of the bank account")
    ] == [
        4,
        1,
    ]
    for text in (
        "error: 'FR7630006000011234567890188' is not an IBAN",
        "error: a value is needed",
        "SEPA direct debits do not reach that country",
        "two together: banks do not accept that",
        "error: there is no day 2026-02-30",
        "error: the mandate cannot be signed on 2027-01-01: today is 2026-02-05",
    ):
        assert text in said, text
    assert said.index("is not an IBAN") < said.index("Holder of the bank account")


def test_the_end_of_input_ends_the_questions(busy: Cli) -> None:
    """Ctrl-D is a no: nothing is changed."""
    before = contents(busy.store)

    got = on_terminal(busy.store, *BANK, "--signed", "2026-02-01", answer="FR76\n\x04")

    assert (got.status, got.out) == (1, "")
    assert contents(busy.store) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("method add bank nobody --iban - --holder A --mandate M --signed -", "no customer nobody"),
        ("method add card acme --token - --brand Visa", "card needs --last4"),
        ("method add paypal acme --iban -", "--iban is not for paypal"),
        ("customer add acme --name - --email -", "there is a customer acme already"),
        ("customer edit nobody --city -", "no customer nobody"),
    ],
)
def test_what_no_answer_could_save_is_told_before_the_first_question(
    busy: Cli, words: str, message: str
) -> None:
    """Such as a customer who does not exist."""
    got = on_terminal(busy.store, *words.split())

    assert got.status != 0
    assert message in got.err
    assert " of " not in got.err


def test_what_is_missing_is_proposed_as_a_question(busy: Cli) -> None:
    """The hint has what was given, and `-` for the rest: it can be run as printed."""
    words = ("--iban", "-", "--holder", "Acme SARL")
    got = on_terminal(
        busy.store,
        "method",
        "add",
        "bank",
        "acme",
        *words,
        columns=200,
        variables={"NO_COLOR": "1"},
    )

    assert got.status == 2
    assert got.err.splitlines() == [
        "error: bank needs --mandate and --signed; - asks for a value",
        "hint: mailctl method add bank acme --iban - --holder 'Acme SARL' --mandate - --signed -",
    ]


def test_a_profile_is_checked_as_it_is_typed(busy: Cli) -> None:
    """Phone and VAT number by the country that was given or typed before them."""
    words = "customer add neu --name - --email - --country - --phone - --vat-number -"

    got = on_terminal(
        busy.store,
        *words.split(),
        answer="Neu\nit@\nit@neu.example\nXX\nDE\n12\n030 123456\nFR40303265045\nDE136695976\n",
        variables={"NO_COLOR": "1"},
    )

    assert got.status == 0
    assert got.err.count("error: ") == 4
    shown = busy.ok("customer", "show", "neu")
    assert (shown["phone"], shown["vat_number"]) == ("+4930123456", "DE136695976")


@pytest.mark.parametrize("kind", ["token", "last4"])
def test_a_cards_number_that_is_typed_is_refused_at_once(busy: Cli, kind: str) -> None:
    """It is asked for again, and not repeated."""
    given = {"token": "t", "brand": "Visa", "last4": "4242", "expires": "2028-09"} | {kind: "-"}
    words = [word for name, value in given.items() for word in (f"--{name}", value)]

    got = on_terminal(
        busy.store, "method", "add", "card", "acme", *words, answer="4242424242424242\n4242\n"
    )

    assert (got.status, "4242424242424242" in got.err) == (0, False)


def test_a_terminal_that_may_not_be_asked_gets_an_error(busy: Cli) -> None:
    """With --no-input, wherever it stands; a pipe is read all the same."""
    words = ("settings", "set", "mail-host", "-")
    got = on_terminal(busy.store, "--no-input", *words, "-o", "json")
    assert (got.status, got.out, got.error()["code"]) == (2, "", "confirmation-needed")

    assert busy.ok(*words, "--no-input", stdin="mail.example\n")["value"] == "mail.example"


def test_another_method_becomes_the_default_one_at_once(busy: Cli) -> None:
    """With --default: what is missing is collected by it in the same transaction."""
    busy.ok("method", "add", "paypal", "late", "--agreement", "B-1")
    busy.ok("payment", "fail", "1", "--reason", "no")

    got = busy.ok("method", "add", "paypal", "late", "--agreement", "B-2", "--default")

    assert (got["default"], got["id"]) == (True, 2)
    assert [one["default"] for one in busy.ok("method", "list")["items"]] == [False, True]
