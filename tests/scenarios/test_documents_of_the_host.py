"""The example host's invoices as files: other people's programs accept each, in every format."""

from __future__ import annotations

import stat
import subprocess
import sys
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from shlex import split
from typing import Any
from unittest.mock import patch

import einvoice
import mockeinvoice
import page
import pypdf
import pytest

from mailctl.actions import documents
from mailctl.documents.validating import Validator
from mailctl.domain.documents import DocumentFormat
from tests.helpers import Cli, environment

HOST = Path(__file__).parents[2] / "examples/host"
SELLER = """
settings set seller-name='Courriel Clair' seller-street='14 rue des Facteurs' seller-postcode=35000
settings set seller-city=Rennes seller-vat-number=FR40303265045 seller-legal-id=30326504500011
settings set seller-iban=FR7630006000011234567890189 seller-endpoint=0225:303265045
settings set seller-contact=Comptabilité seller-phone=+33299000000 seller-email=a@clair.example
"""
FAMILIES = {
    "standard": "2026-000003",
    "reverse charge": "2026-000001",
    "export": "2026-000010",
    "consumer elsewhere": "2026-000018",
    "prepaid": "2026-000007",
    "several lines": "2026-000006",
    "credit note": "AV2026-000001",
    "zero": "2026-000024",
}
CUSTOMERS = (
    "garage-beranger backerei-gross zurcher-uhrenhaus bergfuehrer-groesstal vet-tilleuls "
    "amis-theatre lefevre-noel"
).split()
RENDER = f"invoice render {' '.join(FAMILIES.values())} --format %s --to %s -o json"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """Billed for two weeks; what documents need is entered afterwards, before the first is made."""
    cli = Cli(tmp_path_factory.mktemp("host") / "mailctl.db")
    done = [
        *("init --clock 2026-01-15", f"import --dir {HOST} -y", "tick --to 2026-01-28"),
        "invoice credit 2026-000003 --line 1 --reason 'ordered twice' -y",
        *("tax set FR 0", "account order lefevre-noel-px -y"),
        *SELLER.strip().splitlines(),
    ]
    for line in done:
        cli.ok(*split(line))
    for name in CUSTOMERS:
        cli.ok(*split(f"customer edit {name} --buyer-reference 7 --endpoint 0088:4012345000009"))
    return cli


@pytest.fixture(scope="module")
def made(
    host: Cli, validator: Validator, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, Any]]]:
    """What is said of the files of each format."""
    said = {}
    for form in DocumentFormat:
        folder = tmp_path_factory.mktemp(form.value)
        with patch.object(documents, "Validator", lambda: nullcontext(validator)):
            done = host(*split(RENDER % (form, folder)))
        assert (done.status, done.err) == (0, ""), form
        said[form.value] = done.json()["items"]
    return said


def content(made: dict[str, list[dict[str, Any]]], form: str, family: str) -> bytes:
    (path,) = (item["path"] for item in made[form] if item["number"] == FAMILIES[family])
    return Path(path).read_bytes()


@pytest.mark.parametrize("family", FAMILIES)
def test_other_programs_accept_it(made, family: str) -> None:
    for form in ("ubl", "xrechnung", "peppol"):
        xml = content(made, form, family)
        profile = "xrechnung" if form == "xrechnung" else "en16931"
        found = einvoice.validate_bytes(xml, profile=profile)
        assert found["valid"], (form, found)
        if form != "ubl":
            _, report = mockeinvoice.validate(xml)
            assert report.verdict == "valid", [(one.code, one.text) for one in report.failures]


@pytest.mark.parametrize("family", FAMILIES)
def test_an_archive_takes_the_page_and_programs_what_is_inside(made, family: str) -> None:
    for form in ("pdf", "facturx"):
        data = content(made, form, family)
        report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_A_3B)
        assert report.is_compliant, [failure.message for failure in report.failures]
        inside = pypdf.PdfReader(BytesIO(data)).attachments
        assert list(inside) == (["factur-x.xml"] if form == "facturx" else [])
    (xml,) = inside["factur-x.xml"]
    found = einvoice.validate_bytes(xml, profile="en16931")
    assert found["valid"], found


@pytest.mark.parametrize("family", FAMILIES)
def test_a_person_reads_what_the_books_say(host: Cli, made, family: str, tmp_path: Path) -> None:
    """Number, buyer, total, and each address that is billed."""
    invoice = host.ok("invoice", "show", FAMILIES[family])
    place = tmp_path / "page.pdf"
    place.write_bytes(content(made, "facturx", family))
    text = subprocess.run(
        ["pdftotext", "-layout", place, "-"], capture_output=True, text=True, check=True
    ).stdout
    total = f"{invoice['total_cents'] // 100}[.,]{invoice['total_cents'] % 100:02}"
    assert FAMILIES[family] in text
    assert invoice["buyer"]["name"] in text
    assert total.replace("[.,]", ",") in text or total.replace("[.,]", ".") in text
    assert all(line["address"] in text for line in invoice["lines"][:1] if line["address"])


def test_another_machine_makes_the_same_bytes(host: Cli, made, tmp_path: Path) -> None:
    """With other hashes, another zone, language, home, mask and day."""
    elsewhere = environment(host.store) | {
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(HOST.parents[1]),
    }
    program = (
        "import os, sys; os.umask(0o077); from freezegun import freeze_time\n"
        "with freeze_time('2031-05-06 07:08:09'):\n"
        "    from mailctl.__main__ import main\n"
        "    sys.exit(main(sys.argv[1:]))"
    )
    words = split(RENDER % ("facturx", tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=elsewhere, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for item in made["facturx"]:
        again = tmp_path / Path(item["path"]).name
        assert again.read_bytes() == Path(item["path"]).read_bytes(), item
        assert stat.S_IMODE(again.stat().st_mode) == 0o600
