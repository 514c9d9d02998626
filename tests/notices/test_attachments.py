"""`notice send`: the document goes with the letter of its bill, or the letter waits alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from shlex import split
from typing import Any

import facturx
import page
import pytest

from mailctl.documents import invoiceable, validating, xml
from mailctl.documents.validating import Validator
from mailctl.store import erasures
from mailctl.store.engine.backups import mark_of
from mailctl.store.engine.stores import store_at
from mailctl.store.erasures import Erasure
from tests.conftest import copied
from tests.helpers import Cli, environment
from tests.notices.conftest import Hands
from tests.notices.post_office import DROP, HANG, TAKE_AND_DROP, PostOffice, configure, open_office
from tests.originals import made_once
from tests.process.running import LONGEST, ended, started
from tests.restoring import backed_up, restored
from tests.store.plain import force, rows

HOST = """
init --clock 2026-01-10 --seller-name "Klare Post GmbH" --seller-country DE
settings set seller-street="Poststr. 1" seller-postcode=10115 seller-city=Berlin
settings set seller-vat-number=DE136695976 seller-iban=DE89370400440532013000
settings set seller-contact=Buchhaltung seller-email=rechnung@klare-post.example
settings set seller-phone=+49301234567 seller-endpoint=9930:DE136695976
customer add krull --name "Krull GmbH" --email it@krull.example --country DE --language en
customer edit krull --street "Allee 1" --postcode 50667 --city Köln
prepaid credit krull 100
platform add krull-hx --customer krull --offer hosted-exchange
account order krull-hx ann@krull.example -y
customer add moll --name "Moll KG" --email it@moll.example --country DE
prepaid credit moll 100
platform add moll-hx --customer moll --offer hosted-exchange
account order moll-hx ben@moll.example -y
"""
"""Two customers with a bill each, and so far no format: notices 1 and 2 are order-confirmed."""
KRULL, MOLL = "it@krull.example", "it@moll.example"


@pytest.fixture
def host(cli: Cli, office: PostOffice, hands: Hands) -> Cli:
    def make(folder: Path) -> None:
        made = Cli(folder / "mailctl.db")
        for line in HOST.strip().splitlines():
            made.ok(*split(line))

    copied(made_once("attachments", make) / "mailctl.db", cli)
    configure(cli, office.port, seller_name="Klare Post GmbH")
    return cli


@pytest.fixture
def shared(validator: Validator, monkeypatch: pytest.MonkeyPatch) -> Validator:
    """Runs in this process share a checking program: reading its rules takes a second."""
    monkeypatch.setattr(validating, "Validator", lambda: nullcontext(validator))
    return validator


def files_of(message: EmailMessage) -> dict[str, tuple[str, bytes]]:
    """By name, the type and the bytes of the files of a mail."""
    return {
        str(part.get_filename()): (part.get_content_type(), part.get_payload(decode=True))
        for part in message.iter_attachments()
    }


def sent_files(office: PostOffice) -> list[dict[str, tuple[str, bytes]]]:
    return [files_of(mail.message) for mail in office.taken]


def send(cli: Cli, *words: str) -> dict[str, Any]:
    """What a run did that left no letter without its document."""
    found: dict[str, Any] = cli.ok("notice", "send", *words)
    return found


def prefers(cli: Cli, customer: str, form: str) -> None:
    """Let a customer have a format of their own."""
    cli.ok("customer", "edit", customer, "--invoice-format", form)


def waits(cli: Cli, notice: int) -> str:
    """Why a notice was not sent at its last try."""
    return str(cli.ok("notice", "show", str(notice))["last_error"])


def test_letters_carry_no_document_until_a_format_is_set(host: Cli, office: PostOffice) -> None:
    """Neither library nor checking program is loaded for them."""
    code = (
        "import sys\n"
        "from mailctl.__main__ import main\n"
        "assert main(['notice', 'send']) == 0\n"
        "slow = {'fpdf', 'facturx', 'saxonche', 'segno', 'PIL', 'lxml', 'mailctl.documents.pdf'}\n"
        "sys.exit(' '.join(slow & set(sys.modules)) or None)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env=environment(host.store),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sent_files(office) == [{}, {}]
    assert [part.get_content_type() for part in office.taken[0].message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("form", ["pdf", "facturx", "ubl", "xrechnung"])
def test_an_order_that_billed_carries_its_invoice(
    host: Cli, office: PostOffice, form: str, tmp_path: Path
) -> None:
    """As `invoice render` gives it, to the byte; the customer's own format comes first."""
    host.ok("settings", "set", "invoice-format", "pdf")
    prefers(host, "krull", form)
    host.ok("customer", "edit", "krull", "--buyer-reference", "R-17")
    assert send(host)["sent"] == 2
    (krull, moll) = sent_files(office)
    suffix, kind = (
        ("pdf", "application/pdf") if form in ("pdf", "facturx") else ("xml", "application/xml")
    )
    ((name, (found, content)),) = krull.items()
    assert (name, found) == (f"2026-000001.{suffix}", kind)
    assert list(moll) == ["2026-000002.pdf"]
    if suffix == "pdf":
        assert page.is_pdf_compliant_bytes(content, profile=page.ValidationProfile.PDF_A_3B)
        inside = facturx.get_xml_from_pdf(content, check_xsd=False) if form == "facturx" else None
        assert form == "pdf" or b"2026-000001" in inside[1]
    host.ok("invoice", "render", "2026-000001", "--format", form, "--to", f"{tmp_path}/again")
    assert (tmp_path / "again").read_bytes() == content


@pytest.mark.usefixtures("shared")
def test_the_letters_of_renewals_and_credit_notes_carry_theirs(
    host: Cli, office: PostOffice
) -> None:
    """Each its own document, and no other letter any."""
    host.ok("settings", "set", "invoice-format", "pdf")
    host.ok("tick", "--to", "2026-02-10")
    host.ok("invoice", "credit", "2026-000003", "--reason", "kindness", "-y")
    host.ok("account", "order", "krull-hx", "cy@krull.example", "--await-payment", "-y")
    send(host)
    carried = {
        (row["customer"], row["kind"]): [file["name"] for file in shown["attachments"]]
        for row in host.ok("notice", "list")["items"]
        for shown in [host.ok("notice", "show", str(row["id"]))]
    }
    assert carried == {
        ("krull", "order-confirmed"): ["2026-000001.pdf"],
        ("moll", "order-confirmed"): ["2026-000002.pdf"],
        ("krull", "invoice-issued"): [],
        ("moll", "invoice-issued"): ["2026-000004.pdf"],
        ("krull", "credit-note-issued"): ["2026-000003.pdf", "AV2026-000001.pdf"],
        ("krull", "order-awaiting-payment"): [],
    }
    found = {name: file for mail in office.taken for name, file in files_of(mail.message).items()}
    assert sorted(found) == sorted(name for names in carried.values() for name in names)


@pytest.mark.usefixtures("shared")
def test_an_invoice_that_was_taken_back_unsent_goes_with_its_credit_note(
    host: Cli, office: PostOffice
) -> None:
    """Its own letter is out of date; a credit note alone would name what nobody has."""
    host.ok("settings", "set", "invoice-format", "pdf")
    host.ok("invoice", "credit", "2026-000001", "--reason", "mistake", "-y")
    assert send(host)["outdated"] == 1
    assert [list(files) for files in sent_files(office)] == [
        ["2026-000002.pdf"],
        ["2026-000001.pdf", "AV2026-000001.pdf"],
    ]
    text = office.taken[1].message.get_body(("plain",)).get_content()
    assert "The documents are attached: 2026-000001.pdf, AV2026-000001.pdf." in " ".join(
        text.split()
    )


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        ("en", "pdf", "The document is attached: 2026-000001.pdf."),
        ("de", "pdf", "Das Dokument ist beigefügt: 2026-000001.pdf."),
        ("fr", "facturx", "Le document est joint : 2026-000001.pdf."),
        ("en", "ubl", "as a file for accounting programs: 2026-000001.xml."),
        ("de", "ubl", "als Datei für Buchhaltungsprogramme beigefügt: 2026-000001.xml."),
        ("fr", "ubl", "fichier pour logiciels de comptabilité : 2026-000001.xml."),
    ],
)
def test_the_letter_says_what_is_attached(
    host: Cli, office: PostOffice, language: str, form: str, said: str
) -> None:
    """In the customer's language, in plain text and HTML alike, and in what is kept of it."""
    host.ok("customer", "edit", "krull", "--language", language)
    host.ok("settings", "set", "invoice-format", form)
    before = host.ok("notice", "show", "1")
    send(host, "--limit", "1")
    (mail,) = office.taken
    body = {kind: mail.message.get_body((kind,)).get_content() for kind in ("plain", "html")}
    kept = host.ok("notice", "show", "1")
    for text in (*body.values(), before["body"], kept["body"]):
        assert said in " ".join(text.split())
    first, *_ = mail.message.iter_parts()
    assert first.get_content_type() == "multipart/alternative"


@pytest.mark.usefixtures("shared")
def test_a_notice_names_its_attachments(host: Cli, office: PostOffice) -> None:
    """Before it is sent the names alone; then how large each was. `store check` knows the files."""
    host.ok("settings", "set", "invoice-format", "facturx")
    (before,) = host.ok("notice", "show", "1")["attachments"]
    assert before == {
        "invoice": "2026-000001", "name": "2026-000001.pdf", "format": "facturx", "bytes": None,
    }  # fmt: skip
    send(host)
    host.ok("settings", "set", "invoice-format", "none")
    (after,) = host.ok("notice", "show", "1")["attachments"]
    ((_, content),) = sent_files(office)[0].values()
    assert after == before | {"bytes": len(content)}
    page_of_it = host("notice", "show", "1").out
    assert "2026-000001.pdf" in page_of_it
    assert "facturx" in page_of_it


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("answer", [TAKE_AND_DROP, DROP])
def test_what_was_handed_over_is_sent_again_unchanged(
    host: Cli,
    office: PostOffice,
    hands: Hands,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
) -> None:
    """Nobody knows whether it arrived; the seller has another name since, and mailctl is newer."""
    host.ok("settings", "set", "invoice-format", "facturx")
    office.data[KRULL] = [answer]
    assert send(host, "--limit", "1")["delayed"] == 1
    (kept,) = rows(host.store, "SELECT invoice_id, format, digest FROM document_file")
    host.ok("settings", "set", "seller-name=Other", "seller-city=Bonn")
    host.ok("customer", "edit", "krull", "--name", "Other", "--city", "Bonn")

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("it is made again")

    monkeypatch.setattr(invoiceable, "made", never)
    hands.go_on(minutes=6)
    office.taken[:] = office.taken[:1] if answer == TAKE_AND_DROP else []
    send(host, "--limit", "1")
    *first, again = office.taken
    ((_, content),) = files_of(again.message).values()
    for one in first:
        assert one.message_id == again.message_id
        assert files_of(one.message) == files_of(again.message)
    assert rows(host.store, "SELECT invoice_id, format, digest FROM document_file") == [kept]
    assert sha256(content).hexdigest() == kept[2]
    monkeypatch.undo()
    host.ok("invoice", "render", "2026-000001", "--format", "facturx", "--to", f"{tmp_path}/again")
    assert (tmp_path / "again").read_bytes() == content
    entries = [row for row in host.ok("journal", "list")["items"] if row["kind"] == "document-kept"]
    assert [row["details"] for row in entries] == [
        {"invoice": "2026-000001", "format": "facturx", "digest": kept[2]}
    ]
    assert host("store", "check").status == 0


def test_what_a_killed_sender_had_kept_is_what_is_sent(
    host: Cli, office: PostOffice, hands: Hands
) -> None:
    """It died between keeping the document and handing it over; the seller has moved since."""
    host.ok("settings", "set", "invoice-format", "pdf")
    office.data[KRULL] = [HANG]
    process = started(host, "notice", "send")
    assert office.hanging.wait(LONGEST)
    process.kill()
    ended(process)
    ((before,),) = rows(host.store, "SELECT digest FROM document_file WHERE invoice_id = 1")
    host.ok("settings", "set", "seller-city=Bonn")
    hands.now = datetime.now(UTC) + timedelta(minutes=15)
    send(host, "--limit", "1")
    ((_, content),) = sent_files(office)[0].values()
    assert sha256(content).hexdigest() == before


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("content = 'B' || substr(content, 2)", "cannot be read"),
        ("content = substr(content, 1, 40)", "cannot be read"),
        ("content = substr(content, 1, 39) || '€'", "cannot be read"),
        ("digest = replace(digest, substr(digest, 1, 1), 'g')", "is not the one that was sent"),
    ],
)
def test_a_kept_document_that_rotted_is_told_in_a_sentence(
    host: Cli, office: PostOffice, hands: Hands, tmp_path: Path, changed: str, said: str
) -> None:
    """Whoever meets it says what helps, and the customer gets no other document than before."""
    host.ok("settings", "set", "invoice-format", "ubl")
    office.data[KRULL] = [DROP]
    send(host, "--limit", "1")
    force(host.store, f"UPDATE document_file SET {changed}")
    hands.go_on(minutes=6)
    render = ("invoice", "render", "2026-000001", "--format", "ubl", "--to", f"{tmp_path}/again")
    for words in (("notice", "send"), ("notice", "show", "1"), render):
        got = host(*words, "-o", "json")
        assert (got.status, got.error()["code"]) == (10, "store-damaged"), words
        assert f"damaged: 2026-000001, kept as ubl, {said}" in got.error()["message"]
        assert "store restore" in got.error()["hint"]
    assert office.taken == []
    assert f"its file as ubl {said}" in host("store", "check").out


@pytest.mark.usefixtures("shared")
def test_a_restore_keeps_what_the_lost_store_had_sent(host: Cli, office: PostOffice) -> None:
    """The letter counts as sent, and its document is the one that the customer has."""
    host.ok("settings", "set", "invoice-format", "facturx")
    backup = backed_up(host)
    send(host)
    (before,) = host.ok("notice", "show", "1")["attachments"]
    restored(host, backup)
    after = host.ok("notice", "show", "1")
    assert (after["state"], after["attachments"]) == ("sent", [before])
    ((digest,),) = rows(host.store, "SELECT digest FROM document_file WHERE invoice_id = 1")
    ((_, content),) = sent_files(office)[0].values()
    assert sha256(content).hexdigest() == digest
    assert host("store", "check").status == 0


LEAVING = """
settings set mail-host none
platform cancel krull-hx -y
tick --to 2026-04-10
task done --until 2026-12-31 -y
prepaid refund krull {0} --reason left -y
customer close krull -y
"""
ERASE = ("customer", "erase", "krull", "--confirm", "krull")


def leave(cli: Cli) -> None:
    """Let krull go, up to the erasure."""
    for line in LEAVING.strip().splitlines():
        balance = cli.ok("prepaid", "show", "krull")["balance_cents"]
        cli.ok(*split(line.format(f"{balance / 100:.2f}")))


def kept_of(cli: Cli) -> set[str]:
    """The customers of whom documents are kept."""
    found = rows(
        cli.store,
        """
        SELECT c.slug
        FROM document_file f
        JOIN invoice i ON i.id = f.invoice_id
        JOIN customer c ON c.id = i.customer_id
        """,
    )
    return {slug for (slug,) in found}


@pytest.mark.usefixtures("shared")
def test_what_was_sent_goes_with_its_customer_also_after_a_restore(
    host: Cli, office: PostOffice, tmp_path: Path
) -> None:
    """Others' stays. The invoice is made anew from what the books keep, with its buyer."""
    host.ok("settings", "set", "invoice-format", "ubl")
    unsent = backed_up(host, "unsent.db")
    send(host)
    leave(host)
    backup = backed_up(host)
    assert kept_of(host) == {"krull", "moll"}
    host.ok(*ERASE)
    assert kept_of(host) == {"moll"}
    done = host("invoice", "render", "2026-000001", "--format", "ubl", "--to", f"{tmp_path}/anew")
    assert done.out == f"Wrote {tmp_path}/anew.\n"
    anew = (tmp_path / "anew").read_text(encoding="utf-8")
    assert "Krull GmbH" in anew
    assert KRULL not in anew
    assert host("store", "check").status == 0
    restored(host, backup)
    assert kept_of(host) == {"moll"}
    assert host.ok("customer", "show", "krull")["state"] == "erased"
    assert host("store", "check").status == 0
    # The lost store proves that both letters were sent, and has the document of one.
    restored(host, unsent)
    assert kept_of(host) == {"moll"}
    assert host("store", "check").status == 0


@pytest.mark.usefixtures("shared")
def test_what_the_lost_store_had_sent_goes_with_an_erasure_that_is_repeated(
    host: Cli, office: PostOffice
) -> None:
    """The file says that they were erased, and the erasure was never committed."""
    host.ok("settings", "set", "invoice-format", "ubl")
    leave(host)
    backup = backed_up(host)
    configure(host, office.port, seller_name="Klare Post GmbH")
    send(host)
    assert kept_of(host) == {"krull", "moll"}
    with store_at(host.store).read() as db:
        mark = mark_of(db)
    krull = Erasure(erased_on=date(2026, 4, 10), customer_id=1, slug="krull")
    erasures.add(host.store.parent, host.store, mark, [krull])
    restored(host, backup)
    assert kept_of(host) == {"moll"}
    assert host("store", "check").status == 0


LACKING = "BR-DE-15"


@pytest.mark.usefixtures("shared")
def test_a_letter_without_its_document_waits_alone_and_is_named(
    host: Cli, office: PostOffice, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds back no letter, its customer's own neither; the run ends with status 1."""
    host.ok("settings", "set", "invoice-format", "pdf")
    prefers(host, "krull", "xrechnung")
    host.ok("account", "order", "krull-hx", "cy@krull.example", "--await-payment", "-y")
    done = host("notice", "send")
    assert done.status == 1
    assert done.err.startswith("warning: 1 letter waits for its document: invoice 2026-000001 ")
    assert done.err.rstrip().endswith(" BUYER-REFERENCE")
    assert [(mail.to, list(files_of(mail.message))) for mail in office.taken] == [
        (MOLL, ["2026-000002.pdf"]),
        (KRULL, []),
    ]
    why = waits(host, 1)
    assert why.startswith(f"invoice 2026-000001 cannot leave as xrechnung: {LACKING}: ")
    mend = "mailctl customer edit krull --buyer-reference BUYER-REFERENCE"
    assert why.endswith(f". What mends it: {mend}")
    (found,) = [one for one in host.ok("advise")["items"] if one["code"] == "document-missing"]
    assert (found["severity"], found["customer"], found["command"]) == ("urgent", "krull", mend)
    assert found["message"] == (
        "1 letter waits for its document, the oldest since 2026-01-10: "
        f"{why.partition('. What')[0]}."
    )

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("it is made at once again")

    with monkeypatch.context() as patched:
        patched.setattr(invoiceable, "made", never)
        assert send(host)["left"] == 1
        hands.go_on(minutes=4)
        assert send(host)["left"] == 1
    hands.go_on(minutes=2)
    assert host("notice", "send", "-o", "json").json()["undocumented"] == 1
    assert host.ok("notice", "show", "1")["next_try_at"].startswith("2026-11-23T10:21:00")


@pytest.mark.usefixtures("shared")
def test_it_goes_by_itself_once_it_is_mended(host: Cli, office: PostOffice) -> None:
    """By the next run, without a wait: what documents are made of has changed."""
    prefers(host, "krull", "xrechnung")
    assert host("notice", "send").status == 1
    (found,) = [one for one in host.ok("advise")["items"] if one["code"] == "document-missing"]
    host.ok(*split(found["command"].replace("BUYER-REFERENCE", "R-17"))[1:])
    assert send(host)["sent"] == 1
    ((_, content),) = sent_files(office)[1].values()
    assert b"<cbc:BuyerReference>R-17<" in content
    assert "document-missing" not in {one["code"] for one in host.ok("advise")["items"]}


def without_extra(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(xml, "LIBRARIES", (*xml.LIBRARIES, "no_such_library"))
    return "documents need libraries that are not installed. What mends it: pip install "


def with_a_program_that_ends(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(validating.sys, "executable", "/bin/false")
    return "the program that checks documents ended with status 1. What mends it: "


def with_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> str:
    def broken(*_: object) -> bytes:
        raise KeyError("BT-1")

    monkeypatch.setattr(invoiceable, "xml_of", broken)
    return "2026-000001 could not be made as pdf: KeyError: 'BT-1'. What mends it: mailctl invoice"


@pytest.mark.parametrize("happens", [without_extra, with_a_program_that_ends, with_a_fault_of_ours])
def test_whatever_keeps_a_document_from_being_made_is_named(
    host: Cli,
    office: PostOffice,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[pytest.MonkeyPatch], str],
) -> None:
    """Both letters wait with the reason, others would go; with --retry they go once it is over."""
    host.ok("settings", "set", "invoice-format", "pdf")
    with monkeypatch.context() as patched:
        said = happens(patched)
        done = host("notice", "send", "-o", "json")
    assert (done.status, done.json()["undocumented"], done.json()["left"]) == (1, 2, 2)
    assert waits(host, 1).startswith(said)
    assert {one["code"] for one in host.ok("advise")["items"]} >= {"document-missing"}
    commands = [
        one["command"] for one in host.ok("advise")["items"] if one["code"] == "document-missing"
    ]
    assert all(one.startswith("mailctl ") for one in commands)
    assert office.taken == []
    assert send(host, "--retry")["sent"] == 2


@pytest.mark.usefixtures("shared")
def test_a_name_that_no_font_has_is_no_square_on_paper(host: Cli, office: PostOffice) -> None:
    """The letter waits, and says which letters."""
    host.ok("settings", "set", "invoice-format", "pdf")
    force(host.store, "UPDATE invoice SET buyer_name = 'ᚠᚢ & Co' WHERE seq = 1")
    assert host("notice", "send").status == 1
    assert "no font of mailctl has ᚠᚢ" in waits(host, 1)
    assert [mail.to for mail in office.taken] == [MOLL]


@pytest.mark.usefixtures("shared")
def test_a_letter_that_is_too_large_with_its_document_waits_alone(host: Cli, hands: Hands) -> None:
    """Whether the server says so before it is handed over, or after; others to the domain go."""
    host.ok("settings", "set", "invoice-format", "ubl")
    prefers(host, "krull", "pdf")
    host.ok("customer", "edit", "moll", "--email", "moll@krull.example")
    with open_office(data_size_limit=25_000) as office:
        configure(host, office.port)
        done = host("notice", "send", "-o", "json")
        assert (done.status, done.json()["sent"], done.json()["undocumented"]) == (1, 1, 1)
        assert [mail.to for mail in office.taken] == ["moll@krull.example"]
        assert (
            "bytes, and the mail server takes 25,000 at most. What mends it: mailctl notice "
            in (waits(host, 1))
        )
    with open_office() as office:
        configure(host, office.port)
        office.data[KRULL] = ["552 5.3.4 Message size exceeds fixed limit"]
        done = host("notice", "send", "--retry", "-o", "json")
        assert done.json()["undocumented"] == 1
        assert waits(host, 1).startswith("552 5.3.4 Message size exceeds fixed limit. What mends ")
        assert send(host, "--retry")["sent"] == 1
        assert [list(files_of(mail.message)) for mail in office.taken] == [["2026-000001.pdf"]]


@pytest.mark.usefixtures("shared")
def test_direct_debits_that_wait_with_a_letter_are_told(
    host: Cli, office: PostOffice, tmp_path: Path
) -> None:
    """Nobody is debited whose announcement waits; `advise` says how much waits."""
    host.ok(
        *split("method add bank krull --iban DE89370400440532013000 --holder Krull"),
        *split("--mandate M-1 --signed 2025-12-01"),
    )
    host.ok("settings", "set", "seller-creditor-id", "DE98ZZZ09999999999")
    host.ok("prepaid", "refund", "krull", "95", "--reason", "x", "-y")
    prefers(host, "krull", "xrechnung")
    host.ok("tick", "--to", "2026-02-10")
    assert host("notice", "send").status == 1
    (found,) = [one for one in host.ok("advise")["items"] if one["code"] == "document-missing"]
    assert "Direct debits of " in found["message"]
    assert found["message"].endswith(" EUR wait with them.")
