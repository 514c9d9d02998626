"""Statements, reports and notifications of ISO 20022 are read as the bank meant them."""

import hashlib
import io
import json

import pytest

from mailctl.domain.statements import FileKind
from mailctl.statements.reading import read
from tests.statements.camt_files import (
    CUSTOMER_IBAN,
    DAY,
    SELLER_IBAN,
    Page,
    batch,
    camt,
    camt052,
    camt053,
    camt054,
    document,
    entry,
)
from tests.statements.no_references import NO_REFERENCES
from tests.statements.readings import whole

FULL = entry(
    1840,
    value_on="2026-03-03",
    reference="2026030200017",
    name="Zoë Müller",
    iban=CUSTOMER_IBAN,
    end_to_end_id="MAILCTL-17",
    creditor_reference="RF94I2026000123",
    text="Rechnung 2026-000123",
    mandate="M-17",
    message_id="MSG-9",
    batch_id="BATCH-9",
)


@pytest.mark.parametrize("kind", ["camt.052", "camt.053", "camt.054"])
@pytest.mark.parametrize("version", range(1, 15))
def test_every_version_says_the_same(kind, version):
    """Whoever's bank changes to a newer version notices nothing."""
    page = Page(entries=[FULL], opening=None if kind == "camt.054" else 100)
    read_back = whole(camt(kind, page, version=version))
    assert read_back.kind == kind
    assert (read_back.head.account, read_back.head.currency) == (SELLER_IBAN, "EUR")
    found = read_back.entry
    assert (found.booked_on, found.value_on) == (DAY, "2026-03-03")
    assert (found.amount_cents, found.entry_cents, found.currency) == (1840, 1840, "EUR")
    assert (found.name, found.iban) == ("Zoë Müller", CUSTOMER_IBAN)
    assert (found.entry_reference, found.reference) == ("2026030200017", "2026030200017")
    assert (found.end_to_end_id, found.mandate) == ("MAILCTL-17", "M-17")
    assert (found.creditor_reference, found.text) == ("RF94I2026000123", "Rechnung 2026-000123")
    assert (found.message_id, found.batch_id) == ("MSG-9", "BATCH-9")
    assert (found.bank_code, found.rest) == ("PMNT/RCDT/ESCT", "")
    assert not [note for note in read_back.notes if "not understood" in note]


def test_a_newer_version_is_read_and_told():
    """A bank may be ahead of mailctl: what is known is read, and the version is said."""
    notes = whole(camt053(entry(1), version=15)).notes
    assert notes == ("this is version 15 of camt.053, read as version 14",)


def test_a_file_with_a_prefix_or_without_a_namespace_is_read():
    """How a bank's program writes names is none of a reader's business."""
    assert whole(camt053(FULL, prefix="n0")).entry == whole(camt053(FULL)).entry
    bare = camt053(FULL).replace(b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"', b"")
    assert whole(bare).entry == whole(camt053(FULL)).entry


def test_a_message_in_an_envelope_is_read():
    """Some banks send the message with its business header around it."""
    inner = camt053(FULL).split(b"\n", 1)[1]
    assert whole(b"<Envelope><AppHdr><Fr>x</Fr></AppHdr>" + inner + b"</Envelope>").entry.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read_as_they_say(encoding):
    """An editor or a mail program may have changed the encoding."""
    text = camt053(FULL).decode().replace("UTF-8", encoding.replace("utf-8-sig", "utf-8"))
    assert whole(text.encode(encoding)).entry.name == "Zoë Müller"


def test_the_digest_is_that_of_the_bytes():
    """By it a file is known again, whatever its name."""
    data = camt053(*[FULL] * 500)
    assert whole(data).digest == hashlib.sha256(data).hexdigest()
    assert whole(data, "other.xml").digest == whole(data).digest


def test_statements_are_read_as_often_as_it_takes():
    """Identities are looked for in one pass, and entries taken in another."""
    pages = [Page(entries=[entry(n), entry(n + 1)], identification=f"S{n}") for n in (1, 5)]
    with read(io.BytesIO(camt("camt.053", *pages)), name="x") as reading:
        for _ in range(2):
            beside = zip(reading.statements(), reading.statements(), strict=True)
            for (head, entries), (_, others) in beside:
                number = int(head.identification[1:])
                pairs = [
                    (a.amount_cents, b.amount_cents) for a, b in zip(entries, others, strict=True)
                ]
                assert pairs == [(number, number), (number + 1, number + 1)]


def test_a_statement_says_its_number_days_and_balances():
    """From them gaps are found."""
    head = whole(camt053(entry(-250), opening=1000, number=17)).head
    assert (head.identification, head.number) == ("STMT-1", 17)
    assert (head.opening_cents, head.closing_cents) == (1000, 750)
    assert (head.opening_on, head.closing_on) == (DAY, DAY)
    assert (head.from_on, head.to_on) == (DAY, DAY)


def test_balances_below_zero_are_below_zero():
    """An account may be overdrawn."""
    head = whole(camt053(entry(-250), opening=-1000)).head
    assert (head.opening_cents, head.closing_cents) == (-1000, -1250)


def test_the_day_before_may_give_the_opening_balance():
    """German banks give PRCD; where both are there, the opening one counts."""
    assert whole(camt053(entry(5), opening=10, opening_code="PRCD")).head.opening_cents == 10


def test_a_statement_of_several_days_has_the_first_and_last_balances():
    """Some banks give a pair of balances for each day."""
    first = camt053(entry(5), entry(7), opening=10, closing=22, closing_on="2026-03-03")
    between = camt053(entry(5), opening=15, closing=15, opening_on="2026-03-03").decode()
    bals = between[between.index("<Bal>") : between.index("<Ntry>")].encode()
    head = whole(first.replace(b"<Bal>", bals + b"<Bal>", 1)).head
    assert (head.opening_cents, head.closing_cents, head.closing_on) == (10, 22, "2026-03-03")


def test_an_account_without_an_iban_is_named_as_the_bank_names_it():
    """Where no IBAN exists."""
    assert whole(camt053(entry(5), account="60 12345-X")).head.account == "6012345-X"


def test_an_iban_is_compared_without_spaces_and_in_capitals():
    """Some banks group its digits."""
    found = whole(camt053(entry(5, iban="de89 3704 0044 0532 0130 00"))).entry
    assert found.iban == CUSTOMER_IBAN


@pytest.mark.parametrize(
    ("text", "cents"), [("18.4", 1840), ("18", 1800), ("018.40000", 1840), ("0", 0), (".5", 50)]
)
def test_amounts_are_exact_however_they_are_written(text, cents):
    """A decimal text becomes whole cents without any float."""
    data = camt053(entry(1840), opening=None).replace(b">18.40<", f">{text}<".encode())
    assert whole(data).entry.amount_cents == cents


def test_the_largest_amount_keeps_each_cent():
    """No float could hold it."""
    cents = 999_999_999_999_999
    assert whole(camt053(entry(cents))).entry.amount_cents == cents


@pytest.mark.parametrize("status", ["PDNG", "INFO", "FUTR"])
@pytest.mark.parametrize("version", [2, 8])
def test_only_booked_entries_are_read(status, version):
    """What the bank only announces may never come; it is said how many there are."""
    read_back = whole(camt053(entry(100), entry(900, status=status), version=version))
    assert read_back.entry.amount_cents == 100
    assert f"1 entry is not booked yet ({status}), and left out" in read_back.notes


def test_days_may_have_a_time():
    """It is the day where the bank is."""
    data = camt053(entry(5)).replace(
        b"<BookgDt><Dt>2026-03-02</Dt>", b"<BookgDt><DtTm>2026-03-02T23:59:59+02:00</DtTm>"
    )
    assert whole(data).entry.booked_on == DAY


def test_an_entry_without_its_own_day_has_the_value_day_else_the_statement_s():
    """The day is never made up from today's."""
    without = b"<BookgDt><Dt>2026-03-02</Dt></BookgDt>"
    data = camt053(entry(5, value_on="2026-03-04"), to_on="2026-03-05")
    assert whole(data.replace(without, b"")).entry.booked_on == "2026-03-04"
    data = camt053(entry(5, value_on=None), to_on="2026-03-05").replace(without, b"")
    assert (whole(data).entry.booked_on, whole(data).entry.value_on) == ("2026-03-05", None)


def test_a_debit_s_counterparty_is_who_was_paid():
    """Of a credit it is who paid."""
    found = whole(camt053(entry(-500, name="Power Company", iban=CUSTOMER_IBAN))).entry
    assert (found.amount_cents, found.name, found.iban) == (-500, "Power Company", CUSTOMER_IBAN)


@pytest.mark.parametrize("version", [2, 8])
def test_a_return_names_the_customer_and_says_why(version):
    """The debtor of a direct debit stays its debtor when the money goes back."""
    back = entry(
        -1840,
        return_code="MD01",
        return_text="no mandate",
        end_to_end_id="MAILCTL-17",
        name="Customer",
        iban=CUSTOMER_IBAN,
    )
    found = whole(camt053(back, version=version)).entry
    assert (found.return_code, found.return_text) == ("MD01", "no mandate")
    assert (found.name, found.iban, found.end_to_end_id) == (
        "Customer",
        CUSTOMER_IBAN,
        "MAILCTL-17",
    )


def test_a_return_without_a_reason_is_still_a_return():
    """MS03 is ISO's word for a reason that is not told."""
    data = camt053(entry(-5, return_text="back")).replace(b"<Rsn></Rsn>", b"")
    assert whole(data).entry.return_code == "MS03"
    assert whole(camt053(entry(-5))).entry.return_code == ""


def test_the_seller_s_own_account_is_never_the_other_side():
    """Some banks name the account's owner on both sides, or on the wrong one."""
    own = entry(100, name="Seller", iban=SELLER_IBAN)
    assert whole(camt053(own)).entry.iban == ""
    other = (
        "<Dbtr><Nm>Seller</Nm></Dbtr><DbtrAcct><Id><IBAN>" + SELLER_IBAN + "</IBAN></Id></DbtrAcct>"
        "<Cdtr><Nm>Buyer</Nm></Cdtr><CdtrAcct><Id><IBAN>"
        + CUSTOMER_IBAN
        + "</IBAN></Id></CdtrAcct>"
    )
    data = camt053(entry(100, end_to_end_id="x")).replace(
        b"<TxDtls>", b"<TxDtls><RltdPties>" + other.encode() + b"</RltdPties>"
    )
    assert (whole(data).entry.name, whole(data).entry.iban) == ("Buyer", CUSTOMER_IBAN)


@pytest.mark.parametrize("word", NO_REFERENCES)
def test_what_payers_write_without_an_end_to_end_id_is_none(word):
    """They are many: their money is not the same."""
    assert whole(camt053(entry(5, end_to_end_id=word))).entry.end_to_end_id == ""


@pytest.mark.parametrize("word", NO_REFERENCES)
def test_a_bank_s_word_for_no_reference_is_none(word):
    """Two payments with it would be taken for the same one."""
    found = whole(camt053(entry(5, reference=word))).entry
    assert (found.entry_reference, found.reference) == ("", "")


def test_lines_of_a_text_are_joined_with_a_space():
    """As payers wrote them."""
    assert whole(camt053(entry(5, text=("Invoice", "2026-000001")))).entry.text == (
        "Invoice 2026-000001"
    )


def test_a_word_that_was_broken_at_the_bank_s_width_is_whole_again():
    """A bank that breaks lines after 35 letters breaks numbers too."""
    text = "Payment of our hosting, invoice 2026-000123, thank you very much"
    lines = [text[at : at + 35] for at in range(0, len(text), 35)]
    assert whole(camt053(entry(5, text=lines))).entry.text == text


def test_numbers_of_documents_are_in_the_text():
    """Some payers' programs fill the structured form with the invoice's number."""
    found = whole(camt053(entry(5, document_number="2026-000123"))).entry
    assert (found.text, found.creditor_reference) == ("2026-000123", "")


def test_the_bank_s_own_words_are_the_text_where_the_payer_wrote_none():
    """Else they are kept beside it."""
    assert whole(camt053(entry(5, note="cash in"))).entry.text == "cash in"
    both = whole(camt053(entry(5, text="from me", note="cash in"))).entry
    assert (both.text, json.loads(both.rest)) == ("from me", {"AddtlTxInf": "cash in"})


def test_texts_have_no_control_characters_and_are_composed():
    """They are compared, and printed on terminals."""
    text = "e\N{COMBINING ACUTE ACCENT}t\tone\N{RIGHT-TO-LEFT OVERRIDE}two"
    assert (
        whole(camt053(entry(5, text=text))).entry.text
        == "\N{LATIN SMALL LETTER E WITH ACUTE}t onetwo"
    )


def test_texts_and_references_have_a_longest_length():
    """A text is cut; a reference is never, as a part of it could be another one."""
    long = entry(5, text="x" * 9000, name="n" * 900, end_to_end_id="e" * 200)
    found = whole(camt053(long)).entry
    assert (len(found.text), len(found.name), found.end_to_end_id) == (4000, 210, "")
    assert json.loads(found.rest) == {"Refs/EndToEndId": "e" * 200}


def test_a_reversal_of_the_bank_is_told():
    """The bank took back a booking of its own."""
    assert whole(camt053(entry(-5, is_reversal=True))).entry.is_reversal


@pytest.mark.parametrize("kind", [camt053, camt054])
@pytest.mark.parametrize("version", [2, 8])
def test_a_batch_is_read_as_its_parts(kind, version):
    """Each payment of a batch credit is a movement of its own."""
    parts = [entry(n, end_to_end_id=f"E{n}", reference=f"R{n}", name=f"N{n}") for n in (1, 20, 300)]
    whole_batch = batch(*parts, reference="BATCH", batch_id="B-1", message_id="M-1")
    found = whole(kind(whole_batch, version=version)).entries
    assert [(one.part, one.parts, one.amount_cents, one.entry_cents) for one in found] == [
        (1, 3, 1, 321),
        (2, 3, 20, 321),
        (3, 3, 300, 321),
    ]
    assert [(one.end_to_end_id, one.reference, one.name) for one in found] == [
        ("E1", "R1", "N1"),
        ("E20", "R20", "N20"),
        ("E300", "R300", "N300"),
    ]
    said = {(one.entry_reference, one.batch_id, one.message_id, one.batch_count) for one in found}
    assert said == {("BATCH", "B-1", "M-1", 3)}
    assert {one.bank_code for one in found} == {"PMNT/RDDT/ESDD"}


def test_a_batch_without_details_keeps_what_is_said_of_it():
    """Its batch and count settle the payments of our file."""
    sum_only = entry(5000, batch_id="B-1", message_id="M-1", batch_count=7)
    found = whole(camt053(sum_only)).entry
    assert (found.batch_id, found.message_id, found.batch_count) == ("B-1", "M-1", 7)
    assert (found.parts, found.amount_cents, found.end_to_end_id) == (1, 5000, "")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((entry(100), entry(200)), "2 details, which add up to 3.00, not 3.01"),
        ((entry(100), entry(None)), "2 details, of which not each has an amount"),
    ],
)
def test_a_batch_whose_details_do_not_add_up_stays_one_entry(parts, why):
    """Money is never divided by guess; why is kept with it."""
    named = [entry(one.cents, end_to_end_id=f"E{n}") for n, one in enumerate(parts)]
    found = whole(camt053(batch(*named, cents=301, batch_id="B-1"))).entry
    assert (found.amount_cents, found.parts, found.batch_id) == (301, 1, "B-1")
    assert (found.end_to_end_id, found.batch_count) == ("", 2)
    assert json.loads(found.rest) == {"parts": why, "parts/EndToEndId": "E0 E1"}


def test_parts_may_have_other_signs_than_their_entry():
    """A bank may net a return with the credits of its day."""
    found = whole(camt053(batch(entry(500), entry(-100, return_code="MS03", name="X")))).entries
    assert [(one.amount_cents, one.name) for one in found] == [(500, ""), (-100, "X")]


def test_a_part_in_another_currency_is_none_of_the_entry_s_amount():
    """Only amounts of the account's currency add up to the entry."""
    found = whole(camt053(batch(entry(100, currency="USD"), entry(200), cents=300))).entry
    assert found.parts == 1


@pytest.mark.parametrize("version", [2, 8])
def test_charges_are_told_where_the_bank_says_them(version):
    """A return of 18.40 for which the bank took 3.50 more."""
    back = entry(-2190, original_cents=1840, charges_cents=350, return_code="AM04")
    found = whole(camt053(back, version=version)).entry
    assert (found.amount_cents, found.charges_cents) == (-2190, -350)


def test_charges_of_a_credit_are_below_zero_too():
    """A movement without its charges is its amount less them: 100.00 is 95.00 and 5.00."""
    found = whole(camt053(entry(9500, original_cents=10_000, charges_cents=500))).entry
    assert found.amount_cents - found.charges_cents == 10_000


@pytest.mark.parametrize(("original", "charges"), [(2190, 350), (1840, 340), (None, 350)])
def test_charges_that_are_not_in_the_amount_are_none_of_it(original, charges):
    """They are elsewhere on the statement, or it is not sure what they are."""
    back = entry(-2190, original_cents=original, charges_cents=charges, return_code="AM04")
    assert whole(camt053(back)).entry.charges_cents == 0


def test_a_detail_of_less_than_its_entry_tells_the_charges():
    """Some banks give the ordered amount in the detail alone."""
    data = camt053(entry(-152_600, charges_cents=2_600)).replace(
        b"<TxDtls>", b'<TxDtls><Amt Ccy="EUR">1500.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
    )
    assert (whole(data).entry.amount_cents, whole(data).entry.charges_cents) == (-152_600, -2_600)


def test_what_is_not_understood_is_kept_and_told():
    """Nothing that a bank says of money is dropped without a word."""
    read_back = whole(camt053(entry(5, extra="<Odd><Deep>why</Deep></Odd>"), entry(6)))
    assert json.loads(read_back.entries[0].rest) == {"Odd/Deep": "why"}
    assert read_back.notes == ("kept with their entries, but not understood: Odd/Deep (1)",)


def test_what_is_kept_of_it_is_bounded():
    """A store does not grow by what nobody reads."""
    extra = "".join(f"<Odd{n}>{'x' * 400}</Odd{n}>" for n in range(100))
    rest = whole(camt053(entry(5, extra=extra))).entry.rest
    assert len(rest) < 4200
    assert "more" in json.loads(rest)["…"]


def test_where_people_live_is_not_kept():
    """An address is of no use here, and an erasure would have to find it."""
    home = b"<PstlAdr><AdrLine>Secret Street 1</AdrLine></PstlAdr></Pty>"
    data = camt053(entry(5, name="Zoe")).replace(b"</Pty>", home)
    assert "Secret" not in repr(whole(data).entry)


def test_a_file_of_several_accounts_keeps_them_apart():
    """A bank sends one file for all of an owner's accounts."""
    pages = [Page(entries=[entry(1)]), Page(entries=[entry(2)], account=CUSTOMER_IBAN)]
    assert [head.account for head in whole(camt("camt.053", *pages)).heads] == [
        SELLER_IBAN,
        CUSTOMER_IBAN,
    ]


def test_a_statement_without_entries_is_read():
    """A day without movements still has balances, and its place in the count."""
    assert whole(camt053(opening=100)).head.closing_cents == 100


def test_a_report_of_a_part_of_a_day_is_read_and_told():
    """Reports may give the day's opening balance and the last hour's entries."""
    read_back = whole(camt052(entry(5), opening=100, closing=200))
    assert read_back.entry.amount_cents == 5
    assert "the difference is 0.95 EUR; it is taken" in read_back.notes[0]


def test_a_page_of_a_statement_is_read_and_told():
    """Its other pages come in other files."""
    paged = "<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>"
    notes = whole(camt053(entry(5), opening=100, closing=200, extra=paged)).notes
    assert "since its other pages are elsewhere" in notes[0]


def test_that_nothing_could_be_compared_is_told():
    """Nobody should take a file without balances for a checked one."""
    assert "has no balances" in whole(camt053(entry(5), opening=None)).notes[0]
    assert whole(camt054(entry(5))).notes == ()


def test_notes_are_bounded():
    """A file with a thousand statements has not a thousand notes."""
    pages = [Page(entries=[entry(1)], opening=None, identification=f"S{n}") for n in range(50)]
    assert len(whole(camt("camt.053", *pages)).notes) == 21


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("camt.052", FileKind.REPORT),
        ("camt.053", FileKind.STATEMENT),
        ("camt.054", FileKind.NOTIFICATION),
    ],
)
def test_the_kind_is_seen_in_the_file(name, kind):
    """Whatever the file is called, and whatever its namespace says."""
    data = camt(name, Page(entries=[entry(1)])).replace(name.encode() + b".001", b"camt.999.001")
    assert whole(data, "statement.txt").kind == kind


def test_a_summary_that_agrees_is_read():
    """It is compared with what was read."""
    assert whole(camt053(entry(500), entry(-100), has_summary=True)).head.closing_cents == 400


def test_a_message_in_what_is_not_read_is_no_message():
    """What a bank puts into its own extension is no statement."""
    inner = document("camt.053.001.08", "<BkToCstmrStmt><Stmt></Stmt></BkToCstmrStmt>").decode()
    extension = inner.split("\n", 1)[1]
    data = camt053(entry(5, extra=f"<CardTx>{extension}</CardTx>"))
    assert len(whole(data).heads) == 1


def with_names(cents, debtor, creditor, **said):
    """A movement whose bank names both sides, without their accounts."""
    sides = f"<Dbtr><Nm>{debtor}</Nm></Dbtr><Cdtr><Nm>{creditor}</Nm></Cdtr>".encode()
    data = camt053(entry(cents, end_to_end_id="x", **said))
    return data.replace(b"<TxDtls>", b"<TxDtls><RltdPties>" + sides + b"</RltdPties>")


def test_who_is_on_the_other_side_is_said_by_the_direction():
    """Banks name both sides; a return keeps those of the order that came back."""
    assert whole(with_names(100, "Payer", "Seller")).entry.name == "Payer"
    assert whole(with_names(-100, "Seller", "Paid")).entry.name == "Paid"
    back = whole(with_names(-100, "Customer", "Seller", return_code="MD01")).entry
    assert back.name == "Customer"
    assert whole(with_names(100, "Seller", "Paid", return_code="AC04")).entry.name == "Paid"


def test_a_side_that_may_be_the_seller_is_no_counterparty():
    """Of a credit only the creditor is named: that is the seller."""
    data = camt053(entry(100, end_to_end_id="x")).replace(
        b"<TxDtls>", b"<TxDtls><RltdPties><Cdtr><Nm>Seller</Nm></Cdtr></RltdPties>"
    )
    assert whole(data).entry.name == ""


def test_what_a_bank_says_of_a_batch_is_the_text_of_none_of_its_parts():
    """Numbers in it would name another customer's invoice."""
    said = "<AddtlNtryInf>2026-000001</AddtlNtryInf>"
    parts = whole(camt053(batch(entry(1), entry(2), extra=said))).entries
    assert [one.text for one in parts] == ["", ""]
    assert json.loads(parts[0].rest) == {"AddtlNtryInf": "2026-000001"}
    assert whole(camt053(entry(1, extra=said))).entry.text == "2026-000001"


def test_entries_of_another_currency_than_their_account_are_read_and_told():
    """They are kept, and never booked; the balances cannot be compared."""
    read_back = whole(camt053(entry(500), entry(300, currency="USD"), opening=0, closing=780))
    assert [one.currency for one in read_back.entries] == ["EUR", "USD"]
    assert "some of its entries are in another currency" in read_back.notes[0]


def test_a_summary_may_count_what_is_not_booked_yet():
    """Banks differ in what they count."""
    data = camt053(entry(500), entry(900, status="PDNG"), has_summary=True)
    assert whole(data).entry.amount_cents == 500


def test_where_both_are_there_the_opening_balance_counts():
    """The closing balance of the day before may miss what was booked back."""
    data = camt053(entry(5), opening=10)
    opening = data[data.index(b"<Bal>") : data.index(b"</Bal>") + 6]
    before = opening.replace(b"OPBD", b"PRCD").replace(b"0.10", b"9.99")
    for both in (before + opening, opening + before):
        assert whole(data.replace(opening, both)).head.opening_cents == 10


@pytest.mark.parametrize(
    ("opening", "closing"), [("ITBD", "ITBD"), ("ITBD", "CLBD"), ("OPBD", "ITBD")]
)
def test_interim_balances_may_stand_around_the_entries(opening, closing):
    """A report during the day, or one page of several, has them."""
    head = whole(camt052(entry(5), opening=10, opening_code=opening, closing_code=closing)).head
    assert (head.opening_cents, head.closing_cents) == (10, 15)


def test_a_text_between_elements_is_kept():
    """It stands where none should: nobody knows what it means."""
    found = whole(camt053(entry(5, extra="<Odd>why <Deep>not</Deep></Odd>"))).entry
    assert json.loads(found.rest) == {"Odd": "why", "Odd/Deep": "not"}


def test_the_same_note_is_told_once():
    """Two statements with the same name say nothing new."""
    pages = [Page(entries=[entry(n)], opening=None) for n in (1, 2)]
    assert len(whole(camt("camt.053", *pages)).notes) == 1


def test_details_of_what_is_not_booked_are_none_of_the_next_entry():
    """Each entry has its own."""
    parts = [entry(100, end_to_end_id="E1"), entry(200, end_to_end_id="E2")]
    data = camt053(batch(*parts, status="PDNG"), batch(entry(5), entry(6)))
    assert [one.amount_cents for one in whole(data).entries] == [5, 6]


def test_groups_of_details_are_counted_together():
    """Some banks write a group for each kind of payment, or for each payment."""
    data = camt053(batch(entry(5), entry(6), batch_id="B"), opening=None).decode()
    group = data[data.index("<NtryDtls>") : data.index("</NtryDtls>") + 11]
    both = data.replace(group, group + group).replace("0.11", "0.22")
    found = whole(both.encode()).entries
    assert [(one.part, one.amount_cents, one.batch_count) for one in found] == [
        (1, 5, 4),
        (2, 6, 4),
        (3, 5, 4),
        (4, 6, 4),
    ]
    unlike = group.replace(">B<", ">C<").replace("0.06", "0.07")
    (kept,) = whole(data.replace(group, group + unlike).encode()).entries
    assert (kept.batch_id, kept.batch_count, kept.parts) == ("", 4, 1)


def test_what_all_details_say_alike_is_said_of_their_entry():
    """Some banks name our batch with each payment, and give no sums."""
    parts = [entry(None, batch_id="B-1", message_id="M-1", end_to_end_id=f"E{n}") for n in "12"]
    found = whole(camt053(batch(*parts, cents=900))).entry
    assert (found.batch_id, found.message_id, found.end_to_end_id) == ("B-1", "M-1", "")
