"""`invoice render`: each document is checked and written by itself, whole or not at all."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from shlex import split
from unittest.mock import patch

import page
import pytest

from mailctl.actions import documents
from mailctl.documents import pdf, xml
from mailctl.documents.validating import Validator
from mailctl.domain.documents import DocumentFormat
from mailctl.store import document_files
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.stores import store_at
from tests.cli.terminal import on_terminal
from tests.helpers import Cli, environment
from tests.store.plain import rows

HOST = """
init --clock 2026-01-10 --seller-name "Klare Post GmbH" --seller-country DE
settings set seller-street "Poststr. 1"
settings set seller-postcode 10115
settings set seller-city Berlin
settings set seller-vat-number DE136695976
settings set seller-iban DE89370400440532013000
customer add krull --name "Krull GmbH" --email it@krull.example --country DE --street "Allee 1"
customer edit krull --postcode 50667 --city Köln
platform add krull-hx --customer krull --offer hosted-exchange
account order krull-hx ann@krull.example --count 2 -y
account order krull-hx ben@krull.example -y
invoice credit 2026-000002 --reason 'ordered twice' -y
customer add odd --name Odd --email it@odd.example --country DE
platform add odd-hx --customer odd --offer hosted-exchange
account order odd-hx cy@odd.example -y
"""
"""Two invoices of one customer and a credit note, and one of another whose name has runes below."""
RUNES = "ᚠᚢ & Co"
LEAVING = """
prepaid credit krull 100 --received
platform cancel krull-hx -y
tick --days 60
prepaid refund krull {balance} --reason left -y
task done --until 2026-12-31 -y
customer close krull -y
customer erase krull --confirm krull
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    cli = Cli(tmp_path_factory.mktemp("host") / "mailctl.db")
    for line in HOST.strip().splitlines():
        cli.ok(*split(line.replace("--name Odd", f"--name '{RUNES}'")))
    return cli


@pytest.fixture
def host(original: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The same store for all, which none of them changes; each has a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return original


@pytest.fixture(autouse=True)
def _one_checker(validator: Validator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process share a checking program: reading its rules takes a second."""
    monkeypatch.setattr(documents, "Validator", lambda: nullcontext(validator))


def names_in(folder: str) -> list[str]:
    return sorted(one.name for one in Path(folder).iterdir())


def render(cli: Cli, *words: str, form: str = "ubl", to: str = "."):
    return cli("invoice", "render", *words, "--format", form, "--to", to)


def test_an_invoice_becomes_a_file_of_its_owner(host: Cli) -> None:
    """Under the name that was given, or in a folder under its number."""
    done = render(host, "2026-000001", form="pdf", to="first.pdf")
    assert (done.status, done.out, done.err) == (0, "Wrote first.pdf.\n", "")
    assert stat.S_IMODE(Path("first.pdf").stat().st_mode) == 0o600
    data = Path("first.pdf").read_bytes()
    assert page.is_pdf_compliant_bytes(data, profile=page.ValidationProfile.PDF_A_3B)
    assert render(host, "AV2026-000001").out == "Wrote AV2026-000001.xml.\n"


def test_in_a_pipe_it_is_the_file_itself(host: Cli) -> None:
    words = [sys.executable, "-m", "mailctl", *"invoice render 2026-000001 --format pdf".split()]
    piped = subprocess.run(
        [*words, "--to", "-"], env=environment(host.store), capture_output=True, check=True
    )
    assert render(host, "2026-000001", form="pdf", to="first.pdf").status == 0
    assert piped.stdout == Path("first.pdf").read_bytes()
    assert piped.stderr == b""


def test_a_terminal_shows_xml_and_no_pdf(host: Cli) -> None:
    shown = on_terminal(
        host.store, *"invoice render 2026-000001 --format ubl --to -".split(), columns=80
    )
    assert render(host, "2026-000001", to="first.xml").status == 0
    assert shown.out.splitlines() == Path("first.xml").read_text(encoding="utf-8").splitlines()
    refused = on_terminal(host.store, *"invoice render 2026-000001 --format pdf --to -".split())
    assert (refused.status, refused.out) == (2, "")
    assert "a PDF is not for a terminal" in refused.err


def test_many_are_chosen_by_what_they_share(host: Cli) -> None:
    """Invoices and credit notes, unless one kind is asked for; into a folder."""
    Path("krull").mkdir()
    done = render(host, "--customer", "krull", to="krull")
    assert (done.status, done.out) == (0, "Wrote 3 documents into krull/.\n")
    names = ["2026-000001.xml", "2026-000002.xml", "AV2026-000001.xml"]
    assert names_in("krull") == names
    Path("notes").mkdir()
    done = render(host, "--kind", "credit-note", "--since", "2026-01-10", to="notes")
    assert (done.status, names_in("notes")) == (0, names[2:])
    none = render(host, "--until", "2026-01-09")
    assert (none.status, none.out, none.err) == (0, "", "No documents match.\n")


def test_numbers_come_from_a_list_in_a_pipe(host: Cli) -> None:
    listed = host("invoice", "list", "--customer", "krull", "-o", "name").out
    done = host(*split("invoice render - --format ubl --to ."), stdin=listed)
    assert (done.status, done.out) == (0, "Wrote 2 documents into ./.\n")
    none = host(*split("invoice render - --format ubl --to ."), stdin="\n")
    assert (none.status, none.out, none.err) == (0, "", "No documents match.\n")


def test_what_was_rendered_before_is_there_already(host: Cli) -> None:
    """The same bytes: a run that was interrupted is given again. Others are never overwritten."""
    assert render(host, "2026-000001").status == 0
    again = render(host, "2026-000001")
    assert (again.status, again.out) == (0, "2026-000001.xml is there already, and is the same.\n")
    done = render(host, "2026-000001", "2026-000002")
    assert done.out == "Wrote 1 document into ./. 1 was there already, and the same.\n"
    Path("2026-000002.xml").write_text("mine", encoding="utf-8")
    refused = render(host, "2026-000002")
    assert (refused.status, "exists already" in refused.err) == (1, True)
    assert Path("2026-000002.xml").read_text(encoding="utf-8") == "mine"
    assert render(host, "2026-000001", "2026-000002").status == 1


def test_one_that_is_refused_holds_back_no_other(host: Cli) -> None:
    """It is named with why, and with what helps; the exit status says it."""
    done = render(host, "--since", "2026-01-01", form="pdf")
    assert done.status == 1
    assert done.out == "Wrote 3 documents into ./. 1 is refused.\n"
    assert done.err.startswith(
        "warning: invoice 2026-000003 cannot leave as pdf: no font of mailctl has ᚠᚢ: "
        "mailctl customer show odd"
    )
    assert not Path("2026-000003.pdf").exists()
    alone = render(host, "2026-000003", form="pdf")
    assert (alone.status, alone.out) == (1, "")
    assert alone.err.startswith("error: invoice 2026-000003 cannot leave as pdf: no font")
    assert render(host, "2026-000003").status == 0


def test_a_refusal_names_every_rule_with_its_command(host: Cli) -> None:
    refused = render(host, "2026-000001", form="xrechnung")
    assert refused.status == 1
    assert refused.err.startswith(
        "error: invoice 2026-000001 cannot leave as xrechnung: PEPPOL-EN16931-R020: "
    )
    assert "hint: mailctl settings set seller-endpoint" in refused.err
    assert "  BR-DE-15: " in refused.err
    assert ": mailctl customer edit krull --buyer-reference" in refused.err
    as_json = host(*split("invoice render 2026-000001 --format xrechnung --to . -o json"))
    assert as_json.error()["code"] == "not-invoiceable"


def test_of_several_too_every_rule_is_named_with_its_command(host: Cli) -> None:
    """Each once for all documents that break it, so that one pass mends them."""
    numbers = ("2026-000001", "2026-000002")
    refused = render(host, *numbers, form="xrechnung")
    assert refused.status == 1
    start = "warning: 2026-000001 and 2026-000002 cannot leave as xrechnung: "
    warnings = [line for line in refused.err.splitlines() if line.startswith(start)]
    rules = [line.removeprefix(start).partition(": ")[0] for line in warnings]
    assert rules[0] == "PEPPOL-EN16931-R020"
    assert warnings[0].endswith(": mailctl settings set seller-endpoint SCHEME:ID")
    assert "BR-DE-15" in rules
    assert len(set(rules)) == len(rules)
    both = host(*split(f"invoice render {' '.join(numbers)} --format xrechnung --to . -o json"))
    for item in both.json()["items"]:
        assert all(f": {rule}: " in f": {item['reason'].replace('; ', ': ')}" for rule in rules)
        assert item["command"].startswith("mailctl settings set seller-endpoint SCHEME:ID; mailctl")
        assert "; mailctl customer edit krull --buyer-reference" in item["command"]


def test_programs_get_every_document_with_its_digest(host: Cli) -> None:
    done = host(*split("invoice render --since 2026-01-01 --format facturx --to . -o json"))
    assert done.status == 1
    items = done.json()["items"]
    first, refused = items[0], items[-1]
    data = Path("2026-000001.pdf").read_bytes()
    assert first == {
        "number": "2026-000001",
        "kind": "invoice",
        "customer": "krull",
        "format": "facturx",
        "path": "2026-000001.pdf",
        "bytes": len(data),
        "digest": hashlib.sha256(data).hexdigest(),
        "written": True,
        "as_sent": False,
        "ok": True,
        "reason": None,
        "command": None,
    }
    assert [item["number"] for item in items[1:3]] == ["2026-000002", "AV2026-000001"]
    assert (refused["ok"], refused["written"], refused["digest"]) == (False, False, None)
    assert "no font" in refused["reason"]
    assert refused["command"].startswith("mailctl customer show odd")


def test_a_dry_run_checks_and_writes_nothing(host: Cli) -> None:
    done = render(host, "--since", "2026-01-01", "-n", form="pdf")
    assert (done.status, done.out) == (1, "Would write 3 documents into ./. 1 is refused.\n")
    assert names_in(".") == []
    assert render(host, "2026-000001", "-n", to="a.xml").out == "Would write a.xml.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--format ubl --to .", "no document is named"),
        ("2026-000001 --since 2026-01-01 --format ubl --to .", "give one or the other"),
        ("--since 2026-02-01 --until 2026-01-01 --format ubl --to .", "is before --since"),
        ("2026-000001 2026-000002 --format ubl --to nowhere", "nowhere is no folder"),
        ("2026-000001 --format ubl --to nowhere/", "nowhere/ is no folder"),
        ("2026-000001 --format ubl --to nowhere/a.xml", "cannot be written: no such file"),
        ("2026-000001 2026-000002 --format ubl --to -", "stdout takes one document"),
        ("2026-000001 --format ubl --to - -o json", "-o needs a file"),
        ("2026-000001 --format word --to .", "'word' is not one of pdf, facturx, ubl"),
    ],
)
def test_a_wrong_line_gets_a_sentence(host: Cli, words: str, said: str) -> None:
    refused = host("invoice", "render", *split(words))
    assert (refused.status, refused.out) == (2, "")
    assert said in refused.err
    assert "hint: " in refused.err or refused.err.startswith("{")
    assert names_in(".") == []


def test_an_unknown_number_writes_none(host: Cli) -> None:
    refused = render(host, "2026-000001", "2026-000009")
    assert (refused.status, "no invoice 2026-000009" in refused.err) == (4, True)
    assert names_in(".") == []


def test_without_the_extra_it_says_what_to_install(host: Cli) -> None:
    with patch.object(xml, "find_spec", return_value=None):
        refused = render(host, "2026-000001")
    assert (refused.status, "pip install 'mailctl[einvoice]'" in refused.err) == (1, True)


def test_it_says_on_a_terminal_how_far_it_is(host: Cli) -> None:
    done = on_terminal(
        host.store, *split("invoice render --customer krull --format facturx --to . -n"), columns=80
    )
    assert (done.status, done.out) == (0, "Would write 3 documents into ./.\n")


def test_what_was_missing_is_entered_and_stays(cli: Cli, tmp_path: Path) -> None:
    """An invoice that could not leave can, once somebody entered it; later changes do not count."""
    for line in HOST.strip().splitlines()[:10]:
        french = line.replace("DE136695976", "FR40303265045").replace("country DE", "country FR")
        cli.ok(*split(french))
    words = split("invoice render 2026-000001 --format ubl --to")
    refused = cli(*words, str(tmp_path / "a.xml"))
    assert (refused.status, "BR-FR-10" in refused.err) == (1, True)
    assert "hint: mailctl settings set seller-legal-id SCHEME:ID" in refused.err
    cli.ok(*split("settings set seller-legal-id 303265045"))
    assert cli(*words, str(tmp_path / "a.xml"), "-n").status == 0
    assert cli(*split("journal list --kind document-completed -o name")).out == ""
    assert cli(*words, str(tmp_path / "a.xml")).status == 0
    cli.ok(*split("settings set seller-legal-id='' seller-contact=Somebody"))
    again = cli(*words, str(tmp_path / "a.xml"))
    assert again.out.endswith("is there already, and is the same.\n")
    assert cli(*split("journal list --kind document-completed -o name")).out.count("\n") == 1
    assert cli("store", "check").status == 0


def test_what_was_completed_for_one_format_is_completed_for_another(
    cli: Cli, tmp_path: Path
) -> None:
    """Each refusal proposes what mends it; nobody has to credit an invoice for a reference."""
    for line in HOST.strip().splitlines()[:10]:
        french = line.replace("DE136695976", "FR40303265045").replace("country DE", "country FR")
        cli.ok(*split(french))
    cli.ok(*split("settings set seller-legal-id 303265045"))
    words = split(f"invoice render 2026-000001 --to {tmp_path} --format")
    assert cli(*words, "facturx").status == 0
    refused = cli(*words, "peppol")
    assert "hint: mailctl settings set seller-endpoint SCHEME:ID" in refused.err
    assert "mailctl customer edit krull --endpoint SCHEME:ID\n" in refused.err
    cli.ok(*split("settings set seller-endpoint 0225:303265045"))
    cli.ok(*split("customer edit krull --endpoint 0225:303265045"))
    assert cli(*words, "peppol").status == 0
    assert cli(*split("journal list --kind document-completed -o name")).out.count("\n") == 2
    assert cli("store", "check").status == 0


def test_what_was_sent_is_given_as_it_was_sent(cli: Cli, tmp_path: Path) -> None:
    """Whatever a newer release would make of it; in another format it is made anew."""
    for line in HOST.strip().splitlines()[:10]:
        cli.ok(*split(line))
    with store_at(cli.store).write("notice send") as tx:
        file = DocumentFile(invoice_id=1, number="2026-000001", format=DocumentFormat.UBL)
        document_files.keep(tx, file, b"<as-it-was/>", subject="customer/krull")
    words = split("invoice render 2026-000001 --to .. --format")
    done = cli(*words[:4], str(tmp_path), "--format", "ubl")
    assert done.out == f"Wrote {tmp_path}/2026-000001.xml, as it was sent.\n"
    assert (tmp_path / "2026-000001.xml").read_bytes() == b"<as-it-was/>"
    (tmp_path / "2026-000001.xml").unlink()
    assert cli(*words[:4], str(tmp_path), "--format", "xrechnung").status == 1


def test_what_an_invoice_takes_no_more_is_not_proposed_alone(cli: Cli, tmp_path: Path) -> None:
    """A postcode, once the rest of its address has changed: it is credited, and billed again."""
    for line in HOST.replace("--postcode 50667 ", "").strip().splitlines()[:10]:
        cli.ok(*split(line))
    cli.ok(*split("settings set seller-endpoint=9930:DE136695976 seller-contact=Buchhaltung"))
    cli.ok(*split("settings set seller-phone=+49301234567 seller-email=rechnung@klare.example"))
    edit = "mailctl customer edit krull"
    words = split(f"invoice render 2026-000001 --to {tmp_path} --format")
    credit = "mailctl invoice credit 2026-000001 --reason REASON, and bill it again"
    missing = cli(*words, "xrechnung").err
    assert f"{edit} --postcode POSTCODE\n" in missing
    assert credit not in missing
    cli.ok(*split("customer edit krull --postcode 50667 --buyer-reference R-17"))
    cli.ok(*("customer", "edit", "krull", "--street", "Neue Gasse 9"))
    moved = cli(*words, "xrechnung").err
    assert f"hint: {edit} --postcode POSTCODE; then {credit}" in " ".join(moved.split())


def test_the_document_of_somebody_who_was_erased_is_made_anew(cli: Cli, tmp_path: Path) -> None:
    """From the invoice alone. Where that lacks what a format wants, its page is what is left."""
    for line in HOST.strip().splitlines()[:10]:
        cli.ok(*split(line))
    cli.ok(*split("settings set seller-endpoint=9930:DE136695976 seller-contact=Buchhaltung"))
    cli.ok(*split("settings set seller-phone=+49301234567 seller-email=rechnung@klare.example"))
    cli.ok(*split("customer edit krull --buyer-reference R-17"))
    words = split("invoice render 2026-000001 --to .. --format")[:4]
    assert cli(*words, str(tmp_path / "a.xml"), "--format", "xrechnung").status == 0
    with store_at(cli.store).write("notice send") as tx:
        for form in (DocumentFormat.XRECHNUNG, DocumentFormat.PDF):
            file = DocumentFile(invoice_id=1, number="2026-000001", format=form)
            document_files.keep(tx, file, b"as it was", subject="customer/krull")
    for line in LEAVING.strip().splitlines():
        balance = cli.ok("prepaid", "show", "krull")["balance_cents"]
        cli.ok(*split(line.format(balance=f"{balance / 100:.2f}")))
    with store_at(cli.store).write("notice send") as tx:
        # A sender that was at work meanwhile.
        assert document_files.keep(tx, file, b"late", subject="customer/krull") == b"late"
    assert rows(cli.store, "SELECT * FROM document_file") == []
    refused = cli(*words, str(tmp_path / "b.xml"), "--format", "xrechnung")
    assert (refused.status, "BR-DE-15" in refused.err) == (1, True)
    hint = "mailctl invoice render 2026-000001 --format pdf --to ."
    assert f"hint: {hint}: the customer was erased, and" in refused.err
    made = cli(*words, str(tmp_path / "c.pdf"), "--format", "pdf")
    assert made.out == f"Wrote {tmp_path}/c.pdf.\n"
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert cli("store", "check").status == 0


def test_a_fault_of_ours_holds_back_no_other(host: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone it is reported as what it is."""

    def broken(document, *args):
        if document.number == "2026-000001":
            raise KeyError("planted")
        return render_page(document, *args)

    render_page = pdf.render
    monkeypatch.setattr(pdf, "render", broken)
    done = render(host, "2026-000001", "2026-000002", form="pdf")
    assert (done.status, done.out) == (1, "Wrote 1 document into ./. 1 is refused.\n")
    assert "2026-000001 could not be made as pdf: KeyError: 'planted'" in done.err
    assert render(host, "2026-000001", form="pdf").status == 70


@pytest.mark.files_only("the file's own mode is about a file")
def test_a_store_that_takes_no_changes_renders_all_the_same(host: Cli, tmp_path: Path) -> None:
    """What was issued by this version needs no write: on a copy, or where nobody may write."""
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    assert host("store", "copy", "--keep", str(host.store), str(copy)).status == 0
    read_only = Cli(copy)
    assert render(read_only, "2026-000001").status == 0
