"""The documents of a store: every fact is that of the day of issue, whatever comes later."""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from mailctl.domain.documents import Collection, Document, DocumentCode, Identifier, Transfer
from mailctl.domain.tax import TaxCategory
from mailctl.store import invoices
from mailctl.store.engine.stores import store_at
from mailctl.store.queries import documents
from mailctl.values import replace
from tests.helpers import Cli
from tests.lives.documents import said
from tests.store.plain import force, rows

IBAN = "FR7630006000011234567890189"


def one(cli: Cli, number: str) -> Document:
    """The document of that number."""
    with store_at(cli.store).read() as reader:
        return said(documents.document(reader, number))


def identify(cli: Cli, siren: str, reference: str) -> None:
    """Give acme a number, the endpoint that goes with it, and a reference."""
    given = {"--siren": siren, "--endpoint": f"0225:{siren}", "--buyer-reference": reference}
    cli.ok("customer", "edit", "acme", *chain.from_iterable(given.items()))


def complete(cli: Cli, *numbers: str) -> None:
    """Keep what these documents leave open, as their rendering does."""
    with store_at(cli.store).write("test") as transaction:
        keys = [invoices.key_of(transaction, number) for number in numbers]
        documents.keep_what_is_missing(transaction, keys)


def filled(cli: Cli, number: str) -> Document:
    """The document of that number, with what it leaves open as it is today."""
    with store_at(cli.store).read() as reader:
        return said(documents.document(reader, number, filled=True))


def every(cli: Cli) -> list[Document]:
    """All documents, in order of issue."""
    with store_at(cli.store).read() as reader:
        keys = reader.numbers("SELECT id FROM invoice ORDER BY id")
        return [said(document) for document in documents.documents(reader, keys)]


@pytest.fixture
def host(store: Cli) -> Cli:
    """A seller in France with a bank account, and a customer acme with a platform."""
    for line in (
        "settings set seller-name Courrier",
        f"settings set seller-iban {IBAN}",
        "customer add acme --name Acme --email it@acme.example",
        "platform add p --customer acme --offer email-pro",
    ):
        store.ok(*line.split())
    return store


def run(cli: Cli, *lines: str) -> None:
    """Run these commands."""
    for line in lines:
        cli.ok(*line.split())


def test_an_open_invoice_asks_for_a_transfer_with_its_reference(host: Cli) -> None:
    """What the balance paid on the day is prepaid; the rest is due, to the seller's account."""
    run(host, "prepaid credit acme 10 --received", "account order p --count 9 -y")
    made = one(host, "2026-000001")
    assert (made.net_cents, made.tax_cents, made.total_cents) == (1431, 286, 1717)
    assert (made.prepaid_cents, made.due_cents) == (1000, 717)
    assert isinstance(made.payment, Transfer)
    assert (made.payment.account.iban, made.payment.reference) == (IBAN, "RF90I2026000001")
    assert (made.issued_on, made.due_on, made.order) == (
        date(2026, 1, 1), date(2026, 1, 8), "2",
    )  # fmt: skip
    assert len(made.lines) == 9
    assert (made.lines[0].starts_on, made.lines[0].last_on) == (
        date(2026, 1, 1), date(2026, 1, 31),
    )  # fmt: skip


def test_what_the_balance_pays_whole_asks_for_nothing(host: Cli) -> None:
    """All of it is prepaid."""
    run(host, "prepaid credit acme 100 --received", "account order p -y")
    made = one(host, "2026-000001")
    assert (made.prepaid_cents, made.due_cents, made.payment) == (191, 0, None)


def test_a_debit_that_covers_an_invoice_is_said_with_its_mandate_and_day(host: Cli) -> None:
    """No transfer is asked for, also after the payment failed or was made by other means."""
    run(
        host,
        "settings set seller-creditor-id FR72ZZZ123456",
        f"method add bank acme --iban {IBAN} --holder Acme --mandate M-1 --signed 2026-01-01",
        "account order p -y",
    )
    before = one(host, "2026-000001")
    assert isinstance(before.payment, Collection)
    assert (before.payment.mandate, before.payment.creditor_id) == ("M-1", "FR72ZZZ123456")
    assert before.payment.not_before_on == date(2026, 1, 6)
    assert before.due_cents == 191
    run(host, "payment fail 1 --reason AM04", "prepaid credit acme 50 --received", "tick --days 40")
    assert one(host, "2026-000001") == before
    assert one(host, "2026-000002").payment is None


def test_a_method_that_is_added_later_does_not_change_an_invoice(host: Cli) -> None:
    """It asked for a transfer; what the new method collects is of the next ones."""
    run(host, "account order p -y")
    before = one(host, "2026-000001")
    run(host, f"method add bank acme --iban {IBAN} --holder A --mandate M-1 --signed 2026-01-01")
    assert one(host, "2026-000001") == before
    assert isinstance(before.payment, Transfer)
    run(host, "account order p -y")
    assert isinstance(one(host, "2026-000002").payment, Collection)


def test_a_credit_note_returns_what_it_credits_to_the_balance(host: Cli) -> None:
    """It names its invoice and its reason, and asks for nothing."""
    run(
        host,
        "account order p --count 2 -y",
        "invoice credit 2026-000001 --line 2 --reason twice -y",
    )
    made = one(host, "AV2026-000001")
    assert (made.code, made.corrects, made.reason) == (
        DocumentCode.CREDIT_NOTE, ("2026-000001", date(2026, 1, 1)), "twice",
    )  # fmt: skip
    assert (made.total_cents, made.prepaid_cents, made.due_cents) == (191, 191, 0)
    assert (made.payment, made.due_on, len(made.lines)) == (None, None, 1)


def test_every_sort_of_customer_has_its_category(store: Cli) -> None:
    """At home, a business elsewhere in the EU, a consumer there, outside the tax, a rate of 0."""
    for name, country, number in (
        ("home", "FR", None), ("business", "DE", "DE129274202"), ("consumer", "DE", None),
        ("abroad", "US", None), ("guiana", "GF", None),
    ):  # fmt: skip
        given = ["--vat-number", number] if number else []
        store.ok(
            "customer", "add", name, "--name", name, "--email", f"{name}@x.example",
            "--country", country, *given,
        )  # fmt: skip
        run(store, f"platform add {name}-p --customer {name} --offer email-pro")
        run(store, f"account order {name}-p -y")
    run(store, "tax set FR 0", "account order home-p -y")
    found = [(made.buyer.name, made.taxes[0].category, made.taxes[0].rate) for made in every(store)]
    assert found == [
        ("home", TaxCategory.STANDARD, 2000),
        ("business", TaxCategory.REVERSE_CHARGE, 0),
        ("consumer", TaxCategory.STANDARD, 1900),
        ("abroad", TaxCategory.OUTSIDE, 0),
        ("guiana", TaxCategory.OUTSIDE, 0),
        ("home", TaxCategory.ZERO, 0),
    ]  # fmt: skip


def test_later_edits_change_no_document(host: Cli) -> None:
    """Neither the customer's profile nor a setting, an offer's label, or the days to pay."""
    run(host, "account order p --count 2 -y")
    before = every(host)
    run(
        host,
        "customer edit acme --name Other --language de --city Lyon --payment-days 30",
        "settings set seller-name Somebody",
        "settings set seller-legal-form SARL",
        "settings set seller-iban DE89370400440532013000",
        "settings set mentions-fr none",
        "settings set payment-days 20",
        "offer edit email-pro --label Boxes",
        "prepaid credit acme 100 --received",
    )
    assert every(host) == before
    run(host, "account order p -y")
    newest = every(host)[-1]
    assert (newest.seller.name, newest.language, newest.lines[0].label, newest.due_on) == (
        "Somebody", "de", "Boxes", date(2026, 1, 31),
    )  # fmt: skip
    assert before[0].mentions != newest.mentions


# As a mailctl before 0.3 left them.
OLDER = """
    UPDATE invoice
    SET seller_id = NULL, language = NULL, due_on = NULL
"""


def test_what_an_older_invoice_lacks_is_kept_when_its_document_is_first_made(host: Cli) -> None:
    """Until then it is as of today; what the invoice does say stays as it was."""
    run(host, "account order p --count 2 -y")
    force(host.store, OLDER)
    run(
        host,
        "settings set seller-name Others",
        "settings set seller-legal-form SARL",
        "settings set seller-city Lyon",
        "customer edit acme --language de --name Other",
    )
    identify(host, "303265045", "R-1")
    before = one(host, "2026-000001")
    assert (before.seller.name, before.seller.legal_form, before.seller.city) == (
        "Courrier", "SARL", "Lyon",
    )  # fmt: skip
    assert (before.buyer.name, before.buyer.legal_id, before.language) == (
        "Acme", Identifier(scheme="0002", id="303265045"), "de",
    )  # fmt: skip
    complete(host, "2026-000001")
    run(
        host,
        "settings set seller-legal-form SAS",
        "settings set seller-city Paris",
        "customer edit acme --language fr",
        "settings set payment-days 30",
    )
    identify(host, "732829320", "R-2")
    assert one(host, "2026-000001") == before
    (row, *_) = [
        item for item in host.ok("journal", "list")["items"] if item["kind"] == "document-completed"
    ]
    assert (row["subject"], row["details"]) == ("customer/acme", {"invoice": "2026-000001"})


def test_what_nobody_had_entered_is_filled_where_it_is_asked_for(host: Cli) -> None:
    """A document that is refused for a blank is mended by filling that in, and nothing else."""
    run(
        host,
        "customer edit acme --street Quai --city Nantes",
        "account order p -y",
        "customer edit acme --postcode 44000 --name Other --siren 303265045",
        "settings set seller-legal-id 0002:732829320",
        "settings set seller-name Others",
    )
    before = one(host, "2026-000001")
    assert (before.buyer.postcode, before.buyer.legal_id, before.seller.legal_id) == (None,) * 3
    after = filled(host, "2026-000001")
    assert (after.buyer.name, after.seller.name) == ("Acme", "Courrier")
    assert after.buyer.postcode == "44000"
    assert after.buyer.legal_id == Identifier(scheme="0002", id="303265045")
    assert after.seller.legal_id == Identifier(scheme="0002", id="732829320")
    complete(host, "2026-000001")
    assert one(host, "2026-000001") == after
    # What was blank then can be filled later still; what is kept stays.
    run(
        host,
        "customer edit acme --siren 732829320 --buyer-reference R-7",
        "settings set seller-phone +33472000000",
        "settings set seller-legal-id 0002:303265045",
    )
    again = filled(host, "2026-000001")
    assert again.buyer == after.buyer
    assert (again.buyer_reference, again.seller.legal_id) == ("R-7", after.seller.legal_id)
    complete(host, "2026-000001")
    assert one(host, "2026-000001") == again
    assert again.seller.phone is not None
    assert host("store", "check").status == 0


def test_a_new_address_is_not_mixed_into_an_old_one(host: Cli) -> None:
    """A customer who moved: the invoice has the street of then, and no town of now."""
    run(
        host,
        "customer edit acme --street Quai",
        "account order p -y",
        "customer edit acme --street Avenue --city Lyon",
    )
    assert filled(host, "2026-000001").buyer == one(host, "2026-000001").buyer


def test_a_credit_note_has_the_buyer_of_its_invoice(host: Cli) -> None:
    """Its number, its endpoint and its reference, also where the customer has others now."""
    identify(host, "303265045", "R-1")
    run(host, "account order p --count 2 -y")
    identify(host, "732829320", "R-2")
    run(
        host,
        "settings set seller-legal-form SAS",
        "invoice credit 2026-000001 --reason twice -y",
    )
    invoice, note = every(host)
    assert note.buyer == invoice.buyer
    assert (invoice.buyer_reference, note.buyer_reference) == ("R-1", "R-1")
    assert (invoice.seller.legal_form, note.seller.legal_form) == (None, "SAS")


def test_settings_that_are_set_back_make_no_second_seller(host: Cli) -> None:
    """A row for each state that was used, however many documents have it."""
    for name in ("Others", "Courrier", "Others"):
        run(host, f"settings set seller-name {name}", "account order p -y", "account order p -y")
    assert rows(host.store, "SELECT count(*) FROM seller") == [(2,)]


def test_an_erased_customers_documents_name_no_address_for_mail(host: Cli) -> None:
    """What the books keep stays."""
    run(host, "prepaid credit acme 10 --received", "account order p -y")
    before = one(host, "2026-000001")
    run(
        host, "platform cancel p -y", "tick --days 60", "prepaid refund acme 8.09 --reason left -y",
        "customer close acme -y", "customer erase acme --confirm acme",
    )  # fmt: skip
    after = one(host, "2026-000001")
    assert (before.buyer.email, after.buyer.email) == ("it@acme.example", None)
    assert replace(after, buyer=before.buyer) == before
    assert after.buyer.name == "Acme"


def test_what_was_entered_later_for_a_document_goes_with_its_customer(host: Cli) -> None:
    """The buyer is as invoiced again; what was kept of the seller stays."""
    run(host, "customer edit acme --street Quai", "prepaid credit acme 10 --received",
        "account order p -y")  # fmt: skip
    before = one(host, "2026-000001")
    run(
        host,
        "customer edit acme --postcode 44000 --city Nantes",
        "settings set seller-contact Anna",
    )
    identify(host, "303265045", "R-1")
    complete(host, "2026-000001")
    assert one(host, "2026-000001").buyer.city == "Nantes"
    run(host, "platform cancel p -y", "tick --days 60", "prepaid refund acme 8.09 --reason left -y",
        "customer close acme -y", "customer erase acme --confirm acme")  # fmt: skip
    after = one(host, "2026-000001")
    assert after.buyer == replace(before.buyer, email=None)
    assert after.buyer.street == "Quai"
    assert (after.buyer_reference, after.seller.contact) == (None, "Anna")
    assert filled(host, "2026-000001") == after
    assert host("store", "check").status == 0


def test_a_debit_of_somebody_who_was_erased_has_neither_mandate_nor_method(host: Cli) -> None:
    """That it was being collected stays."""
    run(
        host,
        f"method add bank acme --iban {IBAN} --holder Acme --mandate M-1 --signed 2026-01-01",
        "account order p -y", "payment settle 1", "platform cancel p -y", "tick --days 60",
        "customer close acme -y", "customer erase acme --confirm acme",
    )  # fmt: skip
    payment = one(host, "2026-000001").payment
    assert isinstance(payment, Collection)
    assert (payment.method, payment.mandate, payment.iban) == (None, None, None)


def test_money_that_would_go_to_an_older_invoice_covers_no_newer_one(host: Cli) -> None:
    """A debit came back for good: what is collected since settles the older invoice first."""
    run(
        host,
        "method add paypal acme --agreement B-1",
        "account order p --count 5 -y",
        "payment settle 1",
        "payment return 1 --reason MD06",
        "account order p -y",
    )
    older, newer = every(host)
    assert isinstance(older.payment, Collection)
    assert isinstance(newer.payment, Transfer)
    assert rows(host.store, "SELECT status FROM payment WHERE id = 2") == [("pending",)]
    assert rows(host.store, "SELECT is_covered FROM invoice_open WHERE invoice_id = 2") == [(0,)]


def test_a_payment_that_is_pending_already_covers_the_next_invoice(
    host: Cli, tmp_path: Path
) -> None:
    """Money came by other means meanwhile: the debit that is on its way brings enough for both."""
    run(
        host,
        f"method add bank acme --iban {IBAN} --holder Acme --mandate M-1 --signed 2026-01-01",
        "account order p --count 5 -y",
    )
    run(
        host,
        "settings set seller-creditor-id FR72ZZZ123456",
        f"payment export --kind bank --format sepa --to {tmp_path}/1.xml",
        "prepaid credit acme 9 --received",
        "account order p -y",
    )
    older, newer = every(host)
    assert isinstance(newer.payment, Collection)
    assert (newer.payment.mandate, newer.payment.not_before_on) == ("M-1", None)
    assert isinstance(older.payment, Collection)
    assert rows(host.store, "SELECT count(*) FROM payment") == [(1,)]
