"""A document's pages: what they say, and where it stands."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mailctl.documents.pdf import missing_letters, render
from mailctl.documents.places import Window, window_of
from mailctl.domain.documents import Collection
from mailctl.domain.money import format_amount
from mailctl.domain.payments import MethodKind
from mailctl.texts.translations import translation
from mailctl.values import replace
from tests.documents.page_samples import ACCOUNT, BUYER, GERMAN, SAMPLES, document, lines
from tests.documents.pages import Word, read, rendered, text_of, words_of


def found(name: str, text: str, page: int = 0) -> Word:
    """The first word of a page that is that text."""
    return next(word for word in words_of(name)[page] if word.text == text)


def lines_on(words: list[Word]) -> list[int]:
    """The numbers of the lines on a sheet: what stands before a service."""
    rows = [word.bottom for word in words if word.text == "hosted-exchange,"]
    first = [word for word in words if word.left < 21 and word.text.isdigit()]
    return [int(word.text) for word in first if any(abs(word.bottom - row) < 1 for row in rows)]


def sum_beside(label: str, words: list[Word]) -> str | None:
    """The amount at the end of the row that a word stands in, if it is there."""
    beside = next((word for word in words if word.text == label), None)
    if beside is None:
        return None
    row = [word for word in words if abs(word.bottom - beside.bottom) < 0.5 and word.left > 150]
    return "\u202f".join(word.text for word in sorted(row, key=lambda word: word.left))


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_stands_on_another_nor_off_the_sheet(name: str) -> None:
    """Whatever the names and numbers are, each can be read."""
    for words in words_of(name):
        for word in words:
            assert 19 < word.left < word.right < 191, word
            assert 10 < word.top < word.bottom < 295, word
        lines = sorted(words, key=lambda word: word.top)
        for at, word in enumerate(lines):
            for other in lines[at + 1 :]:
                if other.top > word.bottom:
                    break
                # A line's box has room for accents, so that boxes below each other meet.
                below = other.top > word.top + (word.bottom - word.top) * 0.5
                apart = other.left >= word.right - 0.1 or other.right <= word.left + 0.1
                assert below or apart, (word, other)


def test_the_buyer_shows_in_the_window_of_the_sellers_envelope() -> None:
    """DIN 5008 form B: 20 to 105 mm from the left, 62.7 to 90 from the top. French: on the right,
    44 to 79 from the top.
    """
    german = ("Gärtnerei", "Lindenallee", "10115", "Berlin")
    for word in (found("german-seller", text) for text in german):
        assert 19.9 < word.left < word.right <= 105
        assert 62.7 <= word.top < word.bottom <= 90
    for text in ("Acme", "quai", "44000", "Nantes"):
        word = found("open", text)
        assert 105 <= word.left < word.right < 190.1
        assert 47 <= word.top < word.bottom <= 79
    many = [word for word in words_of("long-names")[0] if word.left > 100 and 45 < word.top < 85]
    assert len(many) > 30
    assert max(word.bottom for word in many) <= 81


def test_the_window_is_that_of_the_country_unless_it_is_said() -> None:
    """French and Belgian envelopes have it on the right, German and Swiss ones on the left."""
    assert [window_of(country) for country in ("FR", "BE", "DE", "CH", "AT")] == [
        Window.RIGHT, Window.RIGHT, Window.LEFT, Window.LEFT, Window.LEFT,
    ]  # fmt: skip
    assert render(document(), window=Window.RIGHT) == render(document())
    assert render(document(), window=Window.LEFT) != render(document())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_says_everything_that_it_has(name: str) -> None:
    """Numbers, days, lines, sums, mentions: in the words of its language."""
    made, text = SAMPLES[name], "".join(text_of(name).split())
    said = translation(made.language)
    expected = [
        made.number,
        said.day(made.issued_on),
        made.order,
        made.buyer.vat_number,
        made.seller.vat_number,
        made.buyer_reference,
        *(said.number(tax.net_cents) for tax in made.taxes),
        *(said.money(cents, "EUR") for cents in (made.net_cents, made.tax_cents, made.total_cents)),
        *made.mentions,
        *(tax.reason for tax in made.taxes),
        made.reason,
        *(line.address for line in made.lines),
        *(said.term("document.term", line.starts_on, line.last_on) for line in made.lines),
    ]
    if made.due_cents and made.due_on:
        expected.append(said.day(made.due_on))
    for one in filter(None, expected):
        # Long ones go over several lines.
        assert "".join(one.split()) in text, one


def test_a_term_is_written_with_its_last_day() -> None:
    """Never with the day after it, which is not billed (rules 17)."""
    assert "31 January to 27 February 2026" in text_of("twenty")
    assert "31 January 2026 to 30 January 2027" in text_of("year")
    assert "on 30 January 2026" in text_of("one-day")
    assert "du 31 janvier au 27 février 2026" in text_of("open")
    assert "31. Januar bis 27. Februar 2026" in text_of("german-seller")


def test_the_first_of_a_french_month_is_its_premier() -> None:
    """At both ends of a term."""
    said = translation("fr")
    assert (
        said.term("document.term", date(2026, 3, 1), date(2026, 4, 1)).split()
        == "du 1er mars au 1er avril 2026".split()
    )


def test_amounts_stand_below_each_other() -> None:
    """The right edge of a column is the same on every line and every page."""
    edges = {
        round(word.right, 1)
        for words in words_of("five-hundred")
        for word in words
        if re.fullmatch(r"[\d\u202f]+,\d\d", word.text) and word.right > 186
    }
    assert len(edges) == 1


def test_long_documents_carry_their_sums_from_sheet_to_sheet() -> None:
    """What is carried forward is the sum of the lines so far, and the next sheet begins with it."""
    said, pages = translation("fr"), words_of("five-hundred")
    made, so_far, carried = SAMPLES["five-hundred"].lines, 0, ""
    for at, words in enumerate(pages, start=1):
        numbers = lines_on(words)
        text = " ".join(word.text for word in words)
        assert f"Page {at} sur {len(pages)}" in text
        if at > 1:
            assert sum_beside("Report", words) == carried
            assert "Facture 2026-000123" in text
        so_far += sum(made[number - 1].unit_cents for number in numbers)
        carried = said.number(so_far)
        assert sum_beside("reporter", words) == (carried if at < len(pages) else None)
    assert so_far == SAMPLES["five-hundred"].net_cents


@pytest.mark.parametrize("count", [*range(6, 16), *range(28, 33)])
def test_the_sums_never_stand_alone(count: int) -> None:
    """Wherever the lines end, the last one is on the sheet of the sums; no line is lost."""
    pages = read(render(document(count)), "-layout").split("\f")
    sums = next(page for page in pages if "Net à payer" in page)
    rows = re.findall(r"^\s{0,3}(\d+)\s+hosted-exchange", sums, re.MULTILINE)
    assert rows[-1] == str(count)
    everything = re.findall(r"^\s{0,3}(\d+)\s+hosted-exchange", "".join(pages), re.MULTILINE)
    assert [int(row) for row in everything] == list(range(1, count + 1))


def test_what_the_law_wants_said_never_stands_alone() -> None:
    """A second sheet for one sentence would be thrown away."""
    for count in range(6, 12):
        *_, last = read(render(document(count, seller=GERMAN)), "-layout").strip("\f").split("\f")
        assert "Règlement" in last


def test_a_document_that_is_to_be_paid_says_how() -> None:
    """By transfer to which account, for which reference, until when."""
    text = text_of("open")
    for part in ("au plus tard le 7 février 2026", "FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP",
                 "RF94 I202 6000 123", "Bénéficiaire Courriel Clair"):  # fmt: skip
        assert part in text


def test_what_is_prepaid_is_taken_off() -> None:
    """In part: the rest is asked for. In whole: nothing is, and no day to pay by is named."""
    assert "Réglé par votre compte prépayé -5,00 €" in text_of("partly-prepaid")
    assert "Merci de régler 4,58 € par virement" in text_of("partly-prepaid")
    whole = text_of("wholly-prepaid")
    assert "Amount due €0.00" in whole
    assert "Paid in full from your prepaid account." in whole
    assert "To be paid by" not in whole
    assert "RF94" not in whole


def test_what_is_collected_names_method_mandate_and_day() -> None:
    """And asks for no transfer, which would pay it twice."""
    text = text_of("collected")
    for part in ("Crédit Agricole …0189", "au plus tôt le 4 février 2026", "CC-2025-00042",
                 "FR72ZZZ123456"):  # fmt: skip
        assert part in text
    assert "virement" not in text
    assert "Visa …4242" in text_of("by-card")


def test_a_credit_note_names_its_invoice_and_asks_for_nothing() -> None:
    """Its reason too, and that the money is on the prepaid account."""
    text = text_of("credit-note")
    for part in ("Avoir AV2026-000004", "Corrige la facture 2026-000123 du 31 janvier 2026.",
                 "Motif : Facturé deux fois", "9,58 € sont portés au crédit"):  # fmt: skip
        assert part in text
    assert "Net à payer" not in text
    assert "Rechnungskorrektur AV2026-000005" in text_of("credit-note-german")
    made = SAMPLES["credit-note"]
    set_off = replace(made, prepaid_cents=made.total_cents, due_cents=0)
    assert read(render(set_off)) == read(rendered("credit-note"))


def test_without_tax_it_says_why() -> None:
    """Reverse charge and what is outside of the tax."""
    assert "Steuerschuldnerschaft des Leistungsempfängers" in text_of("reverse-charge")
    assert "Outside the scope of EU VAT" in text_of("export")
    unexplained = replace(document().taxes[0], category="AE", rate=0, tax_cents=0, reason=None)
    bare = replace(document(), taxes=(unexplained,))
    assert "Autoliquidation" in read(render(bare))


def test_a_code_for_programs_is_not_for_readers() -> None:
    """A mention that says by a code of EN 16931 what it is about stands without it."""
    text = read(
        render(document(mentions=("#PMT#Une indemnité de 40 € est due.", "Prix en #EUR#.")))
    )
    assert "#PMT#" not in text
    assert "Une indemnité de 40 € est due." in text
    assert "Prix en #EUR#." in text


def test_a_legal_form_stands_with_the_name_and_what_else_is_registered_at_the_foot() -> None:
    """One word goes with the name; a capital or a court would not be read there."""
    seller = replace(GERMAN, legal_form="GmbH, HRB 12345, Amtsgericht Köln")
    words = read(render(document(seller=seller)), "-layout").splitlines()
    assert words[0].split()[0] == "Klarpost"
    assert "GmbH" not in words[0]
    assert any("Klarpost, GmbH, HRB 12345, Amtsgericht Köln" in line for line in words)
    assert "Klarpost GmbH" in text_of("german-seller")
    named = document(buyer=replace(BUYER, name="Acme SAS"))
    assert "Acme SAS SAS" not in read(render(named))


def test_countries_are_named_where_they_differ() -> None:
    """An invoice at home has none."""
    assert "Switzerland" in text_of("export")
    assert "France" not in text_of("open")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("chinese", "北京青云电子邮件科技有限公司"),
        ("japanese", "株式会社さくらメール Sakura Mail"),
        ("korean", "주식회사 한빛메일"),
        ("hebrew", "דואר בהיר בע״מ"),
        ("arabic", "شركة البريد الواضح للخدمات"),
        ("greek-cyrillic", "Ταχυδρομείο Αθηνών Ъгъл Łódź Đặng"),
    ],
)
def test_names_of_other_scripts_can_be_read_and_copied(name: str, text: str) -> None:
    """In the order in which they are spoken."""
    plain = re.sub("[\u202a-\u202e\u2066-\u2069]", "", read(rendered(name)))
    assert text in plain
    assert missing_letters(SAMPLES[name]) == ""


def test_a_number_between_hebrew_words_stays_between_them() -> None:
    """From the right: the first word, the number, the second word; after Latin letters too."""
    made = document(1, buyer=replace(BUYER, name="Acme שלום 12 עולם Ltd", legal_form=None))
    # By their places, for pdftotext turns them around as a whole; letters come as they are drawn.
    places = re.findall(r'xMin="(.+?)".*>(.*?)</word>', read(render(made), "-bbox"))
    left_of = {word: float(left) for left, word in places}
    order = sorted(("Acme", "שלום"[::-1], "12", "עולם"[::-1], "Ltd"), key=left_of.__getitem__)
    assert order == ["Acme", "עולם"[::-1], "12", "שלום"[::-1], "Ltd"]


def test_any_text_may_be_in_any_script() -> None:
    """A bank's name, a method, a reference, a mention: not only who buys."""
    bank = replace(ACCOUNT, bank="中国银行")
    collection = Collection(
        kind=MethodKind.BANK,
        method="בנק לאומי …1234",
        mandate=None,
        iban=None,
        creditor_id=None,
        not_before_on=None,
    )
    made = document(1, seller_account=bank, payment=collection, order="№ 7 한글", reason="ถูกต้อง")
    text = read(render(made))
    for part in ("中国银行", "בנק", "한글", "№ 7"):
        assert part in text


def test_a_letter_that_no_font_has_is_marked_and_named() -> None:
    """It is not left out in silence."""
    made = document(1, buyer=replace(BUYER, name="Runes ᚠᚢ"))
    assert missing_letters(made) == "ᚠᚢ"
    assert "Runes \ufffd\ufffd SAS" in read(render(made))


def test_a_ligature_without_a_glyph_is_written_as_its_letters() -> None:
    """As text that was copied from a PDF has them; an exponent is no digit beside the others."""
    made = document(1, buyer=replace(BUYER, name="O\ufb03ce \ufb02ow \U0001d400"))
    assert missing_letters(made) == ""
    assert "Office flow A SAS" in read(render(made))
    assert missing_letters(document(1, buyer=replace(BUYER, name="10\u2079 m"))) in ("", "\u2079")
    assert missing_letters(document(1, buyer=replace(BUYER, name="\u2460"))) == "\u2460"


def test_hidden_letters_are_not_written() -> None:
    """What turns texts around or breaks lines in a name has no effect."""
    made = document(1, buyer=replace(BUYER, name="Acme\u202e evil\x07\nBretagne"))
    assert "Acme evil Bretagne SAS" in read(render(made))


def test_one_line_of_the_largest_amount_fits() -> None:
    """Up to what one command may move."""
    made = document(1, lines=(replace(lines(1)[0], unit_cents=99_999_999_99),))
    text = " ".join(read(render(made), "-layout").split())
    assert format_amount(made.total_cents).replace(",", " ").replace(".", ",") in text
