"""What banks say of a movement in field 86 is read in each of their forms."""

from __future__ import annotations

import json

import pytest

from mailctl.domain.statements import ReadEntry
from mailctl.statements.mt940_details import told
from tests.statements.mt940_files import german, line, mt940, wrapped
from tests.statements.no_references import NO_REFERENCES
from tests.statements.reading_files import only

IBAN = "DE02120300000000202051"
MARKS = "EREF+payment-12-1", "KREF+MAILCTL-7-1", "MREF+M-2026-4", "CRED+DE98ZZZ09999999999"


def read(text: str, *, cents: int = 1840, kind: str = "NTRF", more: str = "") -> ReadEntry:
    return only(mt940(line(cents, text=text, kind=kind, more=more)))


def test_the_numbered_form_of_german_banks_is_read():
    entry = read(german("171", *MARKS, "SVWZ+Rechnung 2026-000001", name="Ada Byron", iban=IBAN))
    assert (entry.end_to_end_id, entry.mandate) == ("payment-12-1", "M-2026-4")
    assert (entry.batch_id, entry.message_id) == ("MAILCTL-7-1", "MAILCTL-7-1")
    assert (entry.name, entry.iban) == ("Ada Byron", IBAN)
    assert entry.text == "Rechnung 2026-000001"
    assert entry.bank_code == "NTRF/171"
    assert json.loads(entry.rest) == {
        "?00": "GUTSCHRIFT",
        "?10": "931",
        "CRED+": "DE98ZZZ09999999999",
    }


@pytest.mark.parametrize("before", range(28))
def test_a_mark_that_is_broken_anywhere_is_a_mark(before: int):
    """A part has 27 letters: a text of any length before it moves the break through all of it."""
    start = "x" * before
    whole = f"{start} EREF+payment-12-1 MREF+M-2026-4 SVWZ+Rechnung 2026-000001"
    entry = read(german("166", whole))
    assert entry.end_to_end_id == "payment-12-1"
    assert entry.mandate == "M-2026-4"
    assert entry.text == f"{start} Rechnung 2026-000001".strip()


@pytest.mark.parametrize("width", range(5, 70))
def test_the_lines_of_the_field_break_anywhere(width: int):
    one_line = german("166", *MARKS, "SVWZ+Rechnung 2026-000001", iban=IBAN).replace("\r\n", "")
    entry = read(wrapped(one_line, width))
    assert (entry.end_to_end_id, entry.iban) == ("payment-12-1", IBAN)
    assert entry.text == "Rechnung 2026-000001"


def test_texts_in_parts_of_their_own_have_a_space_between_them():
    """A part that is not full was ended by the bank, so that two numbers do not become one."""
    entry = read(german("166", "SVWZ+Rechnung 2026-000001", "4711", "danke"))
    assert entry.text == "Rechnung 2026-000001 4711 danke"


def test_parts_60_to_63_go_on_after_29():
    long = "SVWZ+" + " ".join(f"w{number:03}" for number in range(70))
    assert read(german("166", long)).text == long.removeprefix("SVWZ+")


@pytest.mark.parametrize(
    "text",
    [
        "SVWZ+danke EREF+payment-13-1",
        "SVWZ+EREF+payment-13-1",
        "EREF+payment-12-1 SVWZ+danke EREF+payment-13-1",
        "EREF+payment-12-1 EREF+payment-13-1",
        "EREF+payment-12-1 MREF+M-7 EREF+payment-13-1",
    ],
)
def test_what_a_payer_writes_is_no_mark(text: str):
    entry = read(german("166", text))
    assert entry.end_to_end_id != "payment-13-1"
    assert "payment-13-1" in entry.text + entry.end_to_end_id + entry.mandate


@pytest.mark.parametrize("text", ["Warum?20 Euro", "Warum? 20", "?", "wann?99x"])
def test_a_question_is_a_part_of_the_text(text: str):
    entry = read(german("166", "SVWZ+Hallo", text, name="Ada", iban=IBAN))
    assert entry.name == "Ada"
    assert entry.iban in (IBAN, "")
    assert "".join(text.split()) in "".join((entry.text + entry.rest).split())


def test_two_accounts_in_a_field_are_none():
    """One of them may be a text of the payer."""
    entry = read(german("166", "SVWZ+x?31DE89370400440532013000", iban=IBAN))
    assert entry.iban == ""


def test_an_account_of_old_is_no_iban_but_kept():
    entry = read(german("051", "DANKE", iban="0012345678"))
    assert entry.iban == ""
    assert json.loads(entry.rest)["?31"] == "0012345678"


@pytest.mark.parametrize("sign", ["<", "~", "^", ">"])
def test_other_signs_than_a_question_mark_number_the_parts(sign: str):
    entry = read(german("166", "SVWZ+Danke", name="Ada", iban=IBAN).replace("?", sign))
    assert (entry.text, entry.name, entry.iban) == ("Danke", "Ada", IBAN)


def test_marks_with_colons_are_marks_where_no_others_are():
    entry = read(german("166", "EREF: payment-12-1 ", "SVWZ: Danke"))
    assert (entry.end_to_end_id, entry.text) == ("payment-12-1", "Danke")


@pytest.mark.parametrize("said", NO_REFERENCES)
def test_no_end_to_end_id_is_none(said: str):
    assert read(german("166", f"EREF+{said}", "SVWZ+x")).end_to_end_id == ""


def test_a_reference_of_iso_is_known_where_the_text_is_one():
    assert read(german("166", "SVWZ+RF18 5390 0754 7034")).creditor_reference == "RF18539007547034"
    assert read(german("166", "SVWZ+RF19 5390 0754 7034")).creditor_reference == ""
    assert read(german("166", "SVWZ+RF18539007547034 und mehr")).creditor_reference == ""


@pytest.mark.parametrize(
    ("code", "texts", "cents", "reason"),
    [
        ("109", ("SVWZ+RETURN/REFUND, MD06",), -1840, "MD06"),
        ("108", ("SVWZ+Rueckgabegrund: AC04 Konto geschlossen",), -1840, "AC04"),
        ("109", ("SVWZ+Rückgabegrund MD01",), -1840, "MD01"),
        ("109", ("SVWZ+Ruecklastschrift AM04 Deckung",), -1840, "AM04"),
        ("109", ("SVWZ+SONSTIGE GRUENDE",), -1840, "MS03"),
        ("109", ("SVWZ+AM04 oder MD06",), -1840, "MS03"),
        ("159", ("SVWZ+RETURN/REFUND AC04",), 1840, "AC04"),
        ("109", ("SVWZ+Rechnung",), 1840, ""),
        ("166", ("SVWZ+AM04",), 1840, ""),
        ("166", ("SVWZ+Rueckgabegrund AM04",), 1840, ""),
        ("105", ("SVWZ+Typ AC04",), -1840, ""),
        ("105", ("SVWZ+Rueckgabegrund XY99",), -1840, ""),
    ],
)
def test_a_return_is_one_only_where_the_bank_says_it(
    code: str, texts: tuple[str, ...], cents: int, reason: str
):
    entry = read(german(code, "EREF+payment-12-1", *texts), cents=cents)
    assert entry.return_code == reason
    assert entry.end_to_end_id == "payment-12-1"


def test_a_returned_item_is_a_return_without_a_code_of_its_kind():
    assert read("RETOURE", cents=-1840, kind="NRTI").return_code == "MS03"
    assert read("RETOURE", cents=-1840).return_code == ""


@pytest.mark.parametrize(
    ("texts", "more", "charges"),
    [
        (("OAMT+18,40 COAM+3,50",), "", -350),
        ((), "/OCMT/EUR18,40//CHGS/EUR3,50/", -350),
        (("OAMT+21,90",), "", 0),
        (("OAMT+25,00",), "", 0),
        ((), "", 0),
    ],
)
def test_charges_in_a_return_are_known_only_where_the_bank_says_them(
    texts: tuple[str, ...], more: str, charges: int
):
    entry = read(german("109", *texts, "SVWZ+MD06"), cents=-2190, kind="NRTI", more=more)
    assert (entry.amount_cents, entry.charges_cents) == (-2190, charges)


def test_charges_of_a_credit_are_not_taken_apart():
    more = "/OCMT/EUR18,40//CHGS/EUR3,50/"
    assert read(german("166", "SVWZ+x"), cents=2190, more=more).charges_cents == 0


def test_the_named_form_of_dutch_banks_is_read():
    text = f"/TRTP/SEPA OVERBOEKING/IBAN/{IBAN}/BIC/BANKDEFF/NAME/A. Byron/REMI/Factuur 7/EREF/p-1"
    entry = read(wrapped(text))
    assert (entry.iban, entry.name, entry.text) == (IBAN, "A. Byron", "Factuur 7")
    assert entry.end_to_end_id == "p-1"
    assert json.loads(entry.rest) == {"/TRTP/": "SEPA OVERBOEKING", "/BIC/": "BANKDEFF"}


def test_the_party_of_ing_and_the_count_of_a_batch_are_read():
    text = f"/PREF/MAILCTL-7-1//NRTX/12//CNTP/{IBAN}/BANKDEFF/A. Byron/PARIS//REMI/USTD//Factuur 7/"
    entry = read(wrapped(text))
    assert (entry.batch_id, entry.batch_count) == ("MAILCTL-7-1", 12)
    assert (entry.iban, entry.name, entry.text) == (IBAN, "A. Byron", "Factuur 7")


def test_a_structured_reference_of_the_named_form_is_read():
    entry = read("/REMI/STRD/CUR/RF18539007547034/")
    assert entry.creditor_reference == "RF18539007547034"


def test_a_dutch_return_has_its_reason_before_the_payers_text():
    text = "/RTRN/MS03/EREF/payment-12-1//REMI/USTD//x/"
    entry = read(text, cents=-1840)
    assert (entry.return_code, entry.end_to_end_id) == ("MS03", "payment-12-1")
    assert read("/EREF/x//REMI/USTD//y/RTRN/MD06/").return_code == ""


def test_a_mark_of_the_named_form_is_broken_anywhere():
    for before in range(60, 80):
        text = f"/NAME/{'n' * before}/IBAN/{IBAN}/REMI/Factuur/EREF/payment-12-1"
        entry = read(wrapped(text))
        assert (entry.name, entry.iban) == ("n" * before, IBAN)
        assert (entry.text, entry.end_to_end_id) == ("Factuur", "payment-12-1")


def test_an_account_alone_under_line_61_is_the_other_sides():
    entry = read("/BENM//NAME/A. Byron/REMI/x", more=IBAN)
    assert (entry.iban, entry.text) == (IBAN, "x")
    assert read("Text", more="W.P. Jansen").text == "Text W.P. Jansen"


def test_several_fields_86_are_one_text():
    text = "Terugboeking\r\n:86:NIET AKKOORD\r\n:86:20095731"
    assert read(text).text == "Terugboeking NIET AKKOORD 20095731"


def test_a_text_without_form_keeps_words_that_are_broken_at_65_letters_whole():
    text = "Betaling van factuur nummer " + "x" * 30 + " 2026-000123 met dank"
    assert read(wrapped(text)).text == text
    assert read("eins\r\nzwei").text == "eins zwei"


def test_nothing_is_said_where_there_is_no_field_86():
    assert told([], kind="TRF", is_debit=False).entry.text == ""
    assert read("").text == ""


def test_what_has_no_place_is_kept_up_to_a_bound():
    entry = read(german("166", "ABWA+" + "y" * 200, "SVWZ+x") + "?35" + "z" * 9_000)
    assert json.loads(entry.rest)["ABWA+"] == "y" * 200
    assert len(entry.rest) < 4_100
