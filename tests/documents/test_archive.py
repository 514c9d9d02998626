"""The file of a document: an archive takes it, its XML comes out as it went in, its bytes stay."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zlib
from datetime import UTC, date, datetime
from io import BytesIO

import facturx
import page
import pypdf
import pytest
import segno

from mailctl.documents.metadata import Description
from mailctl.documents.pdf import render
from mailctl.documents.pictures import transfer_code
from mailctl.documents.producer import Producer
from tests.documents.page_samples import ACCOUNT, FRENCH, SAMPLES, TRANSFER, document
from tests.documents.pages import rendered

DESCRIPTION = Description(
    title="A page",
    author="Klarpost",
    language="en",
    made_on=date(2026, 1, 31),
    producer="mailctl",
    has_xml=False,
)
XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rsm:CrossIndustryInvoice'
    ' xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">'
    "é</rsm:CrossIndustryInvoice>\n"
).encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_document_is_a_pdf_a_3b(name: str) -> None:
    """With its XML and without, by a checker that is not ours."""
    for data in (rendered(name), render(SAMPLES[name], XML)):
        report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_A_3B)
        assert report.is_compliant, [failure.message for failure in report.failures]


def test_the_checker_would_see_a_fault() -> None:
    """A document that says nothing of its conformance is none."""
    broken = rendered("open").replace(b"pdfaid:part>3<", b"pdfaid:part>9<")
    assert not page.is_pdf_compliant_bytes(broken, profile=page.ValidationProfile.PDF_A_3B)


@pytest.mark.parametrize("last", [b"x", b"\r", b"\n", b"\r\n"])
def test_a_stream_has_the_length_that_it_says_whatever_its_last_byte_is(last: bytes) -> None:
    """One of 256 compressed streams ends with a carriage return, which looks like a line's end."""
    from fpdf import FPDF

    pdf = FPDF(enforce_compliance="PDF/A-3B")
    pdf.set_xmp_metadata(DESCRIPTION.xmp())
    pdf.add_page()
    pdf.embed_file(basename="a.xml", bytes=b"<a/>" + last, mime_type="text/xml",
                   modification_date=datetime(2026, 1, 31, tzinfo=UTC))  # fmt: skip
    done = bytes(pdf.output(output_producer_class=Producer))
    report = page.validate_pdf_bytes(done, profile=page.ValidationProfile.PDF_A_3B)
    assert report.is_compliant, [failure.message for failure in report.failures]
    assert pypdf.PdfReader(BytesIO(done)).attachments["a.xml"] == [b"<a/>" + last]


def test_the_xml_comes_out_as_it_went_in() -> None:
    """By two readers; as another form of the document, under the name that Factur-X wants."""
    data = render(document(), XML)
    name, extracted = facturx.get_xml_from_pdf(data, check_xsd=False)
    assert (name, extracted) == ("factur-x.xml", XML)
    reader = pypdf.PdfReader(BytesIO(data))
    assert {key: value[0] for key, value in reader.attachments.items()} == {"factur-x.xml": XML}
    (associated,) = reader.trailer["/Root"]["/AF"]
    assert associated.get_object()["/AFRelationship"] == "/Alternative"
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    for part in ("<fx:ConformanceLevel>EN 16931<", "<fx:DocumentFileName>factur-x.xml<"):
        assert part in metadata


def test_a_page_alone_has_no_file_inside() -> None:
    """Nor says that it has."""
    reader = pypdf.PdfReader(BytesIO(rendered("open")))
    assert dict(reader.attachments) == {}
    assert "urn:factur-x" not in reader.trailer["/Root"]["/Metadata"].get_data().decode()


def test_a_document_tells_its_title_language_and_day() -> None:
    """What archives file it by; its day is that of its issue, whenever it is made."""
    reader = pypdf.PdfReader(BytesIO(rendered("credit-note-german")))
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert metadata.dc_title == {"x-default": "Rechnungskorrektur AV2026-000005"}
    assert metadata.dc_creator == ["Klarpost"]
    assert str(metadata.xmp_create_date) == "2026-01-31 00:00:00"
    assert reader.trailer["/Root"]["/Lang"] == "de"


@pytest.mark.parametrize("name", ["open-with-logo", "arabic"])
def test_the_same_document_has_the_same_bytes(name: str) -> None:
    """In another process, on another day, in another zone, with other hashes of strings."""
    digests = set()
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Los_Angeles")):
        script = (
            "import hashlib, time; from freezegun import freeze_time\n"
            f"with freeze_time('203{seed}-05-0{seed}'):\n"
            "    from tests.documents.page_samples import SAMPLES\n"
            "    from mailctl.documents.pdf import render\n"
            f"    print(hashlib.sha256(render(SAMPLES[{name!r}], b'<a/>')).hexdigest())"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"},
        )
        digests.add(done.stdout.strip())
    assert digests == {hashlib.sha256(render(SAMPLES[name], b"<a/>")).hexdigest()}


def test_what_was_made_before_changes_nothing() -> None:
    """A document in other scripts, or a large one, leaves nothing behind."""
    first = render(SAMPLES["open"])
    render(SAMPLES["five-hundred"])
    render(SAMPLES["arabic"])
    assert render(SAMPLES["open"]) == first


def test_the_code_asks_for_what_the_page_asks_for() -> None:
    """The lines of EPC069-12, version 2: payee, account, amount, and the reference alone."""
    head = "BCD\n002\n1\nSCT\nAGRIFRPP\nCourriel Clair"
    expected = f"{head}\n{ACCOUNT.iban}\nEUR14.36\n\nRF94I2026000123"
    code = segno.make_qr(expected, error="m", boost_error=False, encoding="utf-8")
    drawn = transfer_code(FRENCH.name, TRANSFER, 1436)
    assert drawn == [[bool(module) for module in row] for row in code.matrix]


def test_the_code_is_drawn_as_it_is() -> None:
    """Square by square, black on white, on the page of an open invoice; none on a paid one."""
    assert drawn_squares("wholly-prepaid") == set()
    rows = transfer_code(FRENCH.name, TRANSFER, SAMPLES["open"].due_cents)
    dark = {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}
    assert drawn_squares("open", len(rows)) == dark


def drawn_squares(name: str, size: int = 1) -> set[tuple[int, int]]:
    """The squares that the black rectangles of a page cover, in steps of a code so wide."""
    reader = pypdf.PdfReader(BytesIO(rendered(name)))
    contents = reader.pages[0]["/Contents"].get_data().decode("latin-1")
    is_black, boxes = False, []
    for line in contents.splitlines():
        if line.endswith(" g"):
            is_black = float(line.split()[0]) == 0
        elif is_black and line.endswith(" re f"):
            boxes.append([float(part) for part in line.split()[:4]])
    if not boxes:
        return set()
    left, top = min(box[0] for box in boxes), max(box[1] for box in boxes)
    side = 30 * 72 / 25.4 / size
    return {
        (round((x - left) / side) + step, round((top - y) / side))
        for x, y, width, _ in boxes
        for step in range(round(width / side))
    }


def test_another_currency_has_no_code() -> None:
    """The banks' code is for euros alone."""
    data = render(document(currency="CHF"))
    assert len(data) < len(rendered("open"))
    assert zlib.crc32(data) != zlib.crc32(rendered("open"))


def test_a_logo_of_a_press_or_with_a_clear_ground_is_printed_in_colours_of_a_screen() -> None:
    """An archive takes no CMYK, and a clear ground is white."""
    from PIL import Image

    written = BytesIO()
    Image.new("CMYK", (400, 100), (0, 200, 200, 0)).save(written, "JPEG")
    data = render(document(logo=written.getvalue()))
    assert page.is_pdf_compliant_bytes(data, profile=page.ValidationProfile.PDF_A_3B)
    (image,) = pypdf.PdfReader(BytesIO(data)).pages[0].images
    assert image.image is not None
    assert image.image.mode == "RGB"


def test_many_documents_take_no_more_memory_than_a_few() -> None:
    """Fonts of one document are given up before the next, by the library too."""
    import gc

    from fpdf.fonts import TTFFont

    for _ in range(3):
        render(SAMPLES["open"])
    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, TTFFont)] == []


def test_what_makes_pages_is_loaded_where_one_is_made() -> None:
    """A command that makes none does not wait for it."""
    slow = ("fpdf", "fontTools", "PIL", "segno", "uharfbuzz", "babel")
    script = (
        "import sys, mailctl.documents.pdf;"
        f"sys.exit(' '.join(name for name in {slow!r} if name in sys.modules) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.stderr.strip() == ""


def test_every_font_has_its_row_and_its_licence() -> None:
    """Who gives mailctl away gives them away too."""
    from mailctl.documents import faces

    told = (faces.FONTS / "README.md").read_text(encoding="utf-8")
    for font in (faces.REGULAR, faces.SEMIBOLD, *faces.SCRIPTS):
        assert f"`{font}.ttf`" in told
        assert faces.path_of(font).exists()
    assert {path.name for path in faces.FONTS.glob("*.txt")} == {"OFL.txt", "Apache-2.0.txt"}
