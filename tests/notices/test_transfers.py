"""A letter that asks for a transfer says what the transfer is to name, and has a code to scan."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import pytest
from PIL import Image

from mailctl.documents import pictures
from mailctl.domain.documents import BankAccount, Transfer
from tests.helpers import Cli
from tests.notices.conftest import Hands
from tests.notices.letters import last_of, letter, plain, run
from tests.notices.post_office import PostOffice, configure
from tests.store.plain import force

IBAN = "FR7630006000011234567890189"
PRINTED = "FR76 3000 6000 0112 3456 7890 189"
HOST = f"""
init --clock 2026-01-10 --seller-name "Hote SAS"
settings set seller-iban {IBAN}
customer add krull --name "Krull GmbH" --email it@krull.example --language en
platform add hx --customer krull --offer hosted-exchange
"""
OWING = f"{HOST}account order hx ann@krull.example -y"
LABELS = {"en": "Payment reference", "fr": "Motif du virement", "de": "Verwendungszweck"}


def said(cli: Cli, kind: str) -> str:
    """The text of the last letter of a kind."""
    return plain(letter(cli, last_of(cli, kind)).text)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_the_transfer_names_what_the_letter_is_about(cli: Cli, language: str) -> None:
    """An invoice's letter names the invoice; that of a debt, and reminders, the debt's order."""
    run(cli, OWING.replace("--language en", f"--language {language}"))
    label = f"  {LABELS[language]}{' ' if language == 'fr' else ''}: "
    assert f"{label}RF90 I202 6000 001\n" in said(cli, "order-confirmed")
    assert f"{label}RF66 O2\n" in said(cli, "debt-opened")
    run(cli, "tick --to 2026-01-15")
    assert f"{label}RF66 O2\n" in said(cli, "debt-reminder")
    run(cli, "tick --to 2026-01-18")
    assert f"{label}RF66 O2\n" in said(cli, "accounts-suspended")
    for kind in ("order-confirmed", "debt-opened", "debt-reminder", "accounts-suspended"):
        assert f" {PRINTED}\n" in said(cli, kind)


def test_a_renewal_that_nothing_covers_is_paid_by_its_own_reference(cli: Cli) -> None:
    """Also where the customer is behind with an older invoice, whose order is open."""
    run(cli, f"{OWING}\nprepaid credit krull 4.79\ntick --to 2026-02-10")
    assert "  Payment reference: RF63 I202 6000 002\n" in said(cli, "invoice-issued")


def test_an_invoice_that_was_paid_in_part_says_what_is_left(cli: Cli) -> None:
    """As its page does; once money has come, the letter tells only what is missing now."""
    run(cli, f"{HOST}prepaid credit krull 10\naccount order hx ann@krull.example -y")
    run(cli, "prepaid refund krull 2.21 --reason x -y\ntick --to 2026-02-10")
    text = said(cli, "invoice-issued")
    assert "  Total: €4.79\n  Paid from your prepaid account: €3.00\n  Amount due: €1.79\n" in text
    assert "  Amount: €1.79\n  Payment reference: RF63 I202 6000 002\n" in text
    run(cli, "prepaid credit krull 1 --received --reference x")
    text = said(cli, "invoice-issued")
    assert "Amount due" not in text
    assert "  Amount: €0.79\n" in text


def test_an_order_that_waits_for_its_money_is_named(cli: Cli) -> None:
    """Bank and person need no other word."""
    run(cli, f"{HOST}account order hx ann@krull.example --await-payment -y")
    assert "  Payment reference: RF93 O1\n" in said(cli, "order-awaiting-payment")


def test_what_a_failed_payment_leaves_is_paid_by_its_order(cli: Cli) -> None:
    """The order of the debt is for just what is missing, also while another try is to come."""
    run(
        cli,
        f"{HOST}method add paypal krull --agreement B-1234\n"
        "account order hx ann@krull.example -y\n"
        f"payment export --kind paypal --format csv --to {cli.store.parent}/p.csv\n"
        "payment fail 1 --reason declined",
    )
    assert "  Payment reference: RF66 O2\n" in said(cli, "payment-failed")


def test_a_top_up_names_the_customer(cli: Cli) -> None:
    """Where nothing is owed there is no invoice and no order to name, nor an amount to scan."""
    run(
        cli,
        f"{HOST}prepaid credit krull 100\nprepaid alert krull 99\n"
        "account order hx ann@krull.example -y",
    )
    assert "  Payment reference: Customer krull\n" in said(cli, "balance-low")
    assert letter(cli, last_of(cli, "balance-low")).scan is None


def test_what_a_payment_covers_is_not_asked_for(cli: Cli) -> None:
    """There stand the method, its mandate, the creditor and the first possible day instead."""
    run(
        cli,
        f"{HOST}settings set seller-creditor-id FR72ZZZ123456\n"
        f"method add bank krull --iban {IBAN} --holder Krull --mandate M-17 --signed 2026-01-02\n"
        "account order hx ann@krull.example -y",
    )
    got = letter(cli, last_of(cli, "order-confirmed"))
    text = plain(got.text)
    assert "is being collected through" in " ".join(text.split())
    assert "  Mandate reference: M-17\n  Creditor identifier: FR72ZZZ123456\n" in text
    assert "  Debited on this day at the earliest: 14 January 2026\n" in text
    assert PRINTED not in text
    assert "RF" not in text
    assert got.scan is None


def test_the_code_asks_for_what_the_letter_asks_for(cli: Cli) -> None:
    """Square by square: the payee, the account, all that is missing, and the reference alone."""
    run(cli, OWING)
    got = letter(cli, last_of(cli, "order-confirmed"))
    assert got.scan is not None
    transfer = Transfer(
        account=BankAccount(iban=IBAN, bic=None, bank=None), reference="RF90I2026000001"
    )
    rows = pictures.transfer_code("Hote SAS", transfer, 479)
    with Image.open(BytesIO(got.scan.png)) as opened:
        seen = opened.convert("L")
    step, margin = pictures.DOTS, pictures.MARGIN
    assert seen.size == ((len(rows) + 2 * margin) * step,) * 2
    assert [
        [
            seen.getpixel(((x + margin) * step + 1, (y + margin) * step + 1)) == 0
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ] == rows


def test_the_picture_comes_with_the_mail(cli: Cli, office: PostOffice, hands: Hands) -> None:
    """Inside of the message, beside the HTML that shows it: nothing is fetched from anywhere."""
    assert hands
    run(cli, OWING)
    configure(cli, office.port)
    cli.ok("notice", "send")
    mail = next(one for one in office.taken if b"order" in one.raw.lower())
    message = message_from_bytes(mail.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = {part.get_content_type(): part for part in message.walk()}
    assert list(parts) == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    assert parts["image/png"]["Content-ID"] == "<transfer-code@mailctl>"
    assert parts["image/png"].get_content_disposition() == "inline"
    assert 'src="cid:transfer-code@mailctl"' in parts["text/html"].get_content()
    assert parts["image/png"].get_content().startswith(b"\x89PNG")
    assert "RF90 I202 6000 001" in plain(parts["text/plain"].get_content())


def test_a_program_that_reads_the_notice_gets_the_picture_inside(cli: Cli) -> None:
    """The HTML of `notice show` is one whole: who looks at it has no mail to look in."""
    run(cli, OWING)
    number = last_of(cli, "order-confirmed")
    html = cli.ok("notice", "show", str(number))["html"]
    found = re.search(r'src="data:image/png;base64,([^"]+)"', html)
    scan = letter(cli, number).scan
    assert found
    assert scan
    assert b64decode(found[1]) == scan.png


def test_other_currencies_have_no_code(cli: Cli) -> None:
    """The code of the European banks knows euros alone; reference and account stand there."""
    run(cli, OWING.replace("--clock", "--currency GBP --seller-country GB --clock"))
    got = letter(cli, last_of(cli, "order-confirmed"))
    assert "RF90 I202 6000 001" in plain(got.text)
    assert got.scan is None
    assert "<img" not in got.html


def test_without_the_extra_there_is_no_code(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missed in the words, and no picture stays empty."""
    monkeypatch.setitem(sys.modules, "segno", None)
    pictures.is_installed.cache_clear()
    try:
        run(cli, OWING)
        got = letter(cli, last_of(cli, "order-confirmed"))
    finally:
        pictures.is_installed.cache_clear()
    assert "RF90 I202 6000 001" in plain(got.text)
    assert got.scan is None
    assert "<img" not in got.html


@pytest.mark.parametrize(
    ("name", "value"), [("seller-iban", "FR76\nEUR1"), ("seller-bic", "X"), ("seller-name", " ")]
)
def test_what_no_code_can_hold_stops_no_letter(cli: Cli, name: str, value: str) -> None:
    """Another program wrote it into the store: a line of its own in a code would be obeyed."""
    run(cli, OWING)
    force(
        cli.store,
        f"INSERT INTO setting (name, value) VALUES ('{name}', '{value}') "
        f"ON CONFLICT (name) DO UPDATE SET value = '{value}'",
    )
    got = letter(cli, last_of(cli, "debt-opened"))
    assert "RF66 O2" in plain(got.text)
    assert got.scan is None
