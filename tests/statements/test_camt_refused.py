"""What is hostile, half, or contradicts itself is refused in one sentence; nothing is taken."""

import contextlib
import gzip
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailctl.errors import BankFileInvalidError
from mailctl.statements.reading import read
from tests.statements.camt_files import (
    Page,
    batch,
    camt,
    camt052,
    camt053,
    camt054,
    document,
    entry,
    pain002,
)
from tests.statements.readings import refusal, whole

WHOLE = camt053(
    batch(entry(100, end_to_end_id="E1"), entry(200, text="Grüße")),
    entry(-1840, return_code="MD01"),
)


def with_doctype(declared: str, data: bytes = WHOLE) -> bytes:
    """The file with a document type before its root."""
    return data.replace(b"<Document", f"<!DOCTYPE Document {declared}><Document".encode(), 1)


@pytest.mark.parametrize(
    "declared",
    [
        "",
        '[<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]',
        '[<!ENTITY own SYSTEM "file:///etc/passwd">]',
        'SYSTEM "http://127.0.0.1:9/evil.dtd"',
        '[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]',
    ],
)
def test_document_types_and_entities_are_refused(declared):
    """A file that grows while it is read, or reads other files, is none of a bank's."""
    said = refusal(with_doctype(declared))
    assert said == ", line 2: it declares a document type (DTD), which no bank's file has"


def test_an_entity_of_nothing_is_refused():
    """Without a document type there are none."""
    assert "undefined entity" in refusal(WHOLE.replace(b"MD01", b"&own;"))


def test_a_deep_file_is_refused():
    """Nobody's statement is forty levels deep."""
    data = camt053(entry(5, extra="<a>" * 60 + "</a>" * 60))
    assert "more than 40 deep" in refusal(data)


def test_a_file_of_ever_new_elements_is_refused():
    """Each would be remembered."""
    data = camt053(entry(5, extra="".join(f"<a{n}/>" for n in range(6000))))
    assert "more than 5,000 different elements" in refusal(data)


@pytest.mark.parametrize(
    "extra",
    ["<a>" + "x" * 300_000 + "</a>", "<a>x</a>" * 150_000, "<a b='" + "x" * 1_500_000 + "'/>"],
)
def test_a_text_without_end_is_refused(extra):
    """No text of a bank is as long as a book."""
    assert refusal(camt053(entry(5, extra=extra)))


def test_a_comment_without_end_is_refused_before_it_fills_the_memory():
    """Expat would keep all of it."""

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += 1
            return WHOLE[:200] + b"<!--" if self.given == 1 else b"x" * size

    tracemalloc.start()
    with pytest.raises(BankFileInvalidError, match="a tag or a comment has no end"):
        read(Endless(), name="x")
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ": the file is empty"),
        (b" \n\t", ": the file is empty"),
        (b"\xef\xbb\xbf", ": this is not a file from a bank: neither XML nor MT940"),
        (b"hello", ": this is not a file from a bank: neither XML nor MT940"),
        (b"\x00\x01\x02", ": this is not a file from a bank: neither XML nor MT940"),
        (
            b"<html><body>Log in</body></html>",
            ": this XML is no camt.052, camt.053, camt.054 or pain.002",
        ),
        (b"%PDF-1.7 ...", ": this is a PDF, made for people"),
        (gzip.compress(WHOLE), ": this is a gzip file"),
    ],
)
def test_other_files_are_told_what_they_are(data, said):
    """A person may take the wrong file."""
    assert refusal(data) == said


def test_a_zip_is_to_be_unpacked():
    """German banks offer statements in one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.xml", WHOLE)
    with pytest.raises(BankFileInvalidError) as refused:
        read(io.BytesIO(packed.getvalue()), name="x.zip")
    assert refused.value.hint == "unpack it, and import the files in it"


def test_a_payment_file_is_no_answer():
    """A file of ours is not what the bank says of it."""
    data = document("pain.008.001.08", "<CstmrDrctDbtInitn><GrpHdr/></CstmrDrctDbtInitn>")
    assert refusal(data) == ": this XML is no camt.052, camt.053, camt.054 or pain.002"


def test_two_kinds_in_one_file_are_refused():
    """The same money could be in both: only files of one kind are compared with others."""
    inner = [one.split(b"\n", 1)[1] for one in (camt053(entry(5)), camt054(entry(5)))]
    said = refusal(b"<Envelope>" + b"".join(inner) + b"</Envelope>")
    assert said == ": it has messages of several kinds: they come one a file"
    answer = pain002(message_id="M", status="RJCT").split(b"\n", 1)[1]
    said = refusal(b"<Envelope>" + inner[0] + answer + b"</Envelope>")
    assert "the message CstmrPmtStsRpt is none that is read here" in said


def test_two_files_in_one_are_refused():
    """XML has one root; nothing after it is read by half."""
    assert "junk after document element" in refusal(WHOLE + WHOLE)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_letters_of_another_encoding_are_refused(encoding):
    """A name in wrong letters is not the customer's."""
    data = WHOLE.decode().replace("UTF-8", encoding).encode("latin-1")
    assert "line 2: this is not well-formed XML" in refusal(data)


def test_an_unknown_encoding_is_refused():
    """Nobody knows what it says."""
    assert "ncoding" in refusal(WHOLE.replace(b"UTF-8", b"klingon"))


@pytest.mark.parametrize(
    "data", [WHOLE, camt052(entry(5)), camt054(entry(5)), pain002(message_id="M", status="RJCT")]
)
def test_a_file_cut_anywhere_is_refused(data):
    """A download that broke off never books the half of a day."""
    ends = data.rstrip()
    for length in range(len(ends)):
        with pytest.raises(BankFileInvalidError):
            read(io.BytesIO(ends[:length]), name="x")


def test_a_cut_file_is_told_where_it_ends():
    """The administrator fetches it again."""
    said = refusal(WHOLE[: WHOLE.index(b"<NbOfTxs>")])
    assert said == ", line 2: the file is not whole: it ends here, inside of Btch"


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_changed_byte_never_breaks_the_reader(place, byte):
    """It is read, or refused in a sentence: nothing else happens."""
    data = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    with contextlib.suppress(BankFileInvalidError):
        read(io.BytesIO(data), name="x").close()


@pytest.mark.parametrize(
    "amount",
    [
        *("-18.40", "18,40", "1e3", "18.405", "1 840.00", "NaN", "Infinity", "", ".", "+"),
        *("\N{ARABIC-INDIC DIGIT THREE}.00", "9" * 14, "9" * 400),
    ],
)
def test_what_is_no_amount_in_cents_is_refused(amount):
    """Money is never rounded, and never read by guess."""
    data = camt053(entry(1840), opening=None).replace(b">18.40<", f">{amount}<".encode())
    assert "the entry has" in refusal(data)


def test_a_balance_that_is_no_amount_is_refused():
    """It could not be compared."""
    assert "the balance OPBD has no amount" in refusal(
        camt053(entry(5), opening=1840).replace(b">18.40<", b">18.4051<", 1)
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", "the entry does not say for credit"),
        (
            "<CdtDbtInd>CRDT</CdtDbtInd><Sts>",
            "<CdtDbtInd>PLUS</CdtDbtInd><Sts>",
            "the entry says “PLUS” for credit",
        ),
        (
            '<Amt Ccy="EUR">0.05</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>',
            "<CdtDbtInd>CRDT</CdtDbtInd><Sts>",
            "the entry has no amount",
        ),
        (
            "2026-03-02</Dt></BookgDt>",
            "2026-02-30</Dt></BookgDt>",
            "the entry's day is “2026-02-30”, which is no date",
        ),
        (
            "2026-03-02</Dt></BookgDt>",
            "02.03.2026</Dt></BookgDt>",
            "the entry's day is “02.03.2026”, which is no date",
        ),
        (
            "2026-03-02</Dt></ValDt>",
            "soon</Dt></ValDt>",
            "the entry's day is “soon”, which is no date",
        ),
        (
            "2026-03-02</Dt></BookgDt>",
            "0001-03-02</Dt></BookgDt>",
            "the entry's day is “0001-03-02”",
        ),
        ('<Amt Ccy="EUR">0.05', '<Amt Ccy="Euro">0.05', "the entry's currency is “Euro”"),
        ("<Acct>", "<Other>", "the statement does not say of which account it is"),
    ],
)
def test_what_an_entry_must_say_is_missed(old, new, said):
    """Nothing about money is made up."""
    text = camt053(entry(5), opening=None).decode()
    assert old in text
    changed = text.replace(old, new, 1).replace(
        "</Acct>", new.replace("<", "</") if old == "<Acct>" else "</Acct>"
    )
    assert said in refusal(changed.encode())


def test_a_statement_must_agree_with_its_balances():
    """The difference is named, so that a person can look for it."""
    said = refusal(camt053(entry(500), opening=1000, closing=1600))
    assert (
        "statement STMT-1 of FR1420041010050500013M02606: opening 10.00, entries 5.00 and closing "
        "16.00 do not add up: the difference is 1.00 EUR"
    ) in said


def test_entries_that_are_not_booked_are_none_of_the_balance():
    """Only booked ones moved money."""
    data = camt053(entry(500), entry(900, status="PDNG"), opening=0, closing=1400)
    assert "do not add up" in refusal(data)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "<NbOfNtries>2<",
            "<NbOfNtries>3<",
            "the summary's TtlNtries says 3 entries, but there are 2",
        ),
        ("<Sum>5.00<", "<Sum>6.00<", "the summary's TtlCdtNtries says 6.00, but there are 5.00"),
    ],
)
def test_a_summary_that_disagrees_is_refused(old, new, said):
    """The bank counted other entries than the file has."""
    data = camt053(entry(500), entry(-100), has_summary=True, opening=None)
    assert old.encode() in data
    assert said in refusal(data.replace(old.encode(), new.encode()))


def test_one_wrong_statement_refuses_the_whole_file():
    """All of a file, or nothing."""
    pages = [Page(entries=[entry(1)]), Page(entries=[entry(2)], closing=3)]
    assert "do not add up" in refusal(camt("camt.053", *pages))


def test_a_file_without_a_statement_is_refused():
    """There is nothing to take."""
    assert refusal(camt("camt.053")) == ": there is no statement in this file"


def test_hostile_names_stay_on_their_line():
    """A refusal is one sentence, whatever the file says."""
    data = camt053(entry(5), identification="a\nb\x85c", opening=0, closing=9)
    assert "\n" not in refusal(data)
    assert whole(camt053(entry(5), identification="a\nb")).head.identification == "a b"
