"""What letters tell: what was promised as it was, what is missing as it is now."""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.notices.letters import DEBTOR, last_of, letter, plain, run
from tests.store.plain import opened


def test_a_mailbox_is_called_what_it_is_called_when_the_letter_is_sent(cli: Cli) -> None:
    """Renamed, and given an address, since; nobody looks for a mailbox under an old name."""
    run(
        cli,
        DEBTOR
        + """
        prepaid credit krull 100
        account renew 1 2 --mode none -y
        tick --to 2026-01-26
        account rename 1 late@krull.example
        account configure 2 new@krull.example
        """,
    )

    text = plain(letter(cli, last_of(cli, "expiry-coming")).text)

    assert "Sperrung am 10. Februar 2026:\n- late@krull.example\n- new@krull.example\n" in text
    assert "ann@" not in text


def test_a_mailbox_that_is_gone_keeps_its_name(cli: Cli) -> None:
    """Its address may be another's by then; whose deletion is told is the one that was deleted."""
    run(
        cli,
        DEBTOR
        + """
        prepaid credit krull 100
        account renew 1 --mode none -y
        tick --to 2026-02-24
        """,
    )
    free = "Sie können die Adresse für ein neues Postfach wieder verwenden."
    assert free in " ".join(letter(cli, last_of(cli, "accounts-deleted")).text.split())

    run(cli, "account order krull-hx ann@krull.example -y")
    text = letter(cli, last_of(cli, "accounts-deleted")).text
    assert "Betroffene Postfächer:\n- ann@krull.example\n" in text
    assert "wieder verwenden" not in text


ENDING = """
prepaid credit krull 100
account renew 1 2 --mode none -y
tick --to 2026-01-26
platform cancel krull-hx -y
platform delete krull-hx -y
"""


def letters_of_an_end(cli: Cli, addresses: str) -> list[str]:
    """What is told of two mailboxes that end on 10 February, as soon as it is."""
    debtor = DEBTOR.replace("--country DE", "--language en").replace("ann@krull.example", addresses)
    run(cli, debtor + ENDING)
    kinds = ("expiry-coming", "cancel-recorded", "delete-token")
    found = [letter(cli, last_of(cli, kind)).text for kind in kinds]
    run(cli, "tick --to 2026-02-17")
    kinds = ("accounts-suspended", "deletion-coming")
    return found + [letter(cli, last_of(cli, kind)).text for kind in kinds]


def test_owners_of_blank_mailboxes_are_never_asked_to_export_mail(cli: Cli) -> None:
    """An end, a cancel, a code, a suspension, a deletion: there is no mail in any of them."""
    for text in letters_of_an_end(cli, ""):
        assert "2 mailboxes without an address" in text
        assert "export" not in text
        assert "receive" not in text


def test_a_customer_with_mail_among_blank_mailboxes_is_asked_to_export_it(cli: Cli) -> None:
    """One of two has an address."""
    for text in letters_of_an_end(cli, "ann@krull.example"):
        assert "- ann@krull.example\n- one mailbox without an address" in text
        assert "export" in text


def test_an_order_whose_mailboxes_have_gone_is_still_accounted_for(cli: Cli) -> None:
    """No mailbox is said to be ready; the money that it took is told."""
    run(
        cli,
        """
        init --clock 2026-01-10
        customer add acme --name Acme --email it@acme.example --language en
        prepaid credit acme 100
        platform add px --customer acme --offer private-exchange
        account order px ann@acme.example -y
        account delete 1 -y
        """,
    )

    got = letter(cli, last_of(cli, "order-confirmed"))

    assert got.subject == "Order 2 carried out"
    text = plain(got.text)
    assert "Your order 2 was carried out on 10 January 2026.\n" in text
    assert "Invoice 2026-000001 has been debited" in text
    assert "ready" not in text
    assert "ann@" not in text


def test_an_order_of_which_some_mailboxes_have_gone_says_how_many_there_were(cli: Cli) -> None:
    """Three were ordered and billed: nobody reads that two new mailboxes cost as much."""
    run(
        cli,
        """
        init --clock 2026-01-10
        customer add acme --name Acme --email it@acme.example --language en
        prepaid credit acme 100
        platform add px --customer acme --offer private-exchange
        account order px ann@acme.example bob@acme.example cat@acme.example -y
        """,
    )
    before = letter(cli, last_of(cli, "order-confirmed"))
    assert before.subject == "Order 2: your 3 new mailboxes"
    assert "3 new mailboxes are ready" in plain(before.text)
    run(cli, "account delete 1 -y")

    got = letter(cli, last_of(cli, "order-confirmed"))

    assert got.subject == "Order 2 carried out"
    text = " ".join(plain(got.text).split())
    assert (
        "Your order 2 for 3 new mailboxes on the platform px was carried out on 10 January 2026. "
        "2 of them still work today." in text
    )
    assert "bob@acme.example" in text
    assert "ann@" not in text


def test_an_invoice_says_what_was_credited_since(cli: Cli) -> None:
    """One of its two lines was credited before the letter went out."""
    run(
        cli,
        """
        init --clock 2026-01-10
        customer add acme --name Acme --email it@acme.example --language en
        prepaid credit acme 100
        platform add hx --customer acme --offer hosted-exchange
        account order hx ann@acme.example bob@acme.example -y
        tick --to 2026-02-10
        invoice credit 2026-000002 --line 1 --reason mistake -y
        """,
    )

    text = " ".join(plain(letter(cli, last_of(cli, "invoice-issued")).text).split())

    assert "Invoice 2026-000002 for €9.58 has been debited" in text
    assert "€4.79 of it has been credited back to your prepaid account since" in text


def test_what_is_missing_is_read_now(cli: Cli) -> None:
    """Who has paid a part since is told the rest."""
    run(cli, DEBTOR)
    number = last_of(cli, "debt-opened")
    cli.ok("settings", "set", "minimum-credit", "1")
    cli.ok("prepaid", "credit", "krull", "4")

    got = letter(cli, number)

    assert plain(got.subject) == "Guthabenkonto: 5,50 € bis 17. Januar 2026 zu zahlen"
    assert "Es fehlen 5,50 €." in plain(got.text)


def test_a_debt_without_a_day(store: Cli) -> None:
    """Where no invoice is open nobody is told of a day, nor of a suspension."""
    run(
        store,
        """
        customer add acme --name Acme --email it@acme.example --language en
        prepaid credit acme 12.50
        prepaid refund acme 12.50 --reason x -y
        prepaid reverse acme 1 --reason x -y
        """,
    )

    got = letter(store, last_of(store, "debt-opened"))

    assert got.subject == "Prepaid account €12.50 short"
    assert "Pay order 2, which is for exactly the outstanding amount." in got.text
    assert "suspended" not in got.text


YEARLY = """
settings set renewal-reminder-days 15
customer add acme --name Acme --email it@acme.example --language en
prepaid credit acme 1000
platform add acme-pro --customer acme --offer email-pro
account order acme-pro ann@acme.example bob@acme.example --period yearly -y
"""
EVE = "tick --to 2026-12-17"


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ("", "Your prepaid balance covers it, VAT included"),
        (
            # 1000.00 - 42.91 - 914.19 leaves 42.90, and 2 x 17.88 with 20 % are 42.91.
            "prepaid refund acme 914.19 --reason x -y",
            "Your prepaid balance does not cover it: €0.01 is missing, VAT included.",
        ),
        ("prepaid refund acme 914.18 --reason x -y", "Your prepaid balance covers it"),
        (
            "prepaid refund acme 950 --reason x -y\nmethod add paypal acme --agreement B-1234",
            "collected through PayPal …1234",
        ),
    ],
)
def test_a_renewal_says_whether_the_balance_covers_it(
    store: Cli, commands: str, expected: str
) -> None:
    """To the cent, with tax; where a method collects the rest there is nothing to do."""
    run(store, YEARLY + commands + "\n" + EVE)

    text = plain(letter(store, last_of(store, "renewal-coming")).text)

    assert expected in " ".join(text.split())
    assert "- 2 × E-mail Pro, 1 year: €35.76\n" in text


def test_a_renewal_has_the_price_of_its_day(store: Cli) -> None:
    """The customer's own, and of several the one that holds when the term starts."""
    run(store, YEARLY)
    run(store, "offer price email-pro yearly 20 --from 2027-01-01 -y")
    run(store, EVE)
    assert "2 × E-mail Pro, 1 year: €40.00" in letter(store, last_of(store, "renewal-coming")).text

    run(store, "offer price email-pro yearly 15 --from 2027-01-01 --customer acme -y")
    assert "2 × E-mail Pro, 1 year: €30.00" in letter(store, last_of(store, "renewal-coming")).text


def test_a_reminder_names_only_what_will_still_happen(store: Cli) -> None:
    """Whoever changed one renewal since is reminded of the other; the list says so too."""
    run(store, YEARLY + EVE)
    number = last_of(store, "renewal-coming")
    assert "2 mailboxes" in letter(store, number).subject
    run(store, "account renew 1 --mode none -y")

    got = letter(store, number)

    assert plain(got.subject) == "Renewal of one mailbox on 1 January 2027"
    assert "ann@" not in got.text
    assert "1 × E-mail Pro" in got.text
    listed = {row["id"]: row["subject"] for row in store.ok("notice", "list")["items"]}
    assert listed[number] == got.subject


def test_renewals_of_several_days(store: Cli) -> None:
    """The first day is told, and over each mailbox its own."""
    run(store, YEARLY + EVE)
    number = last_of(store, "renewal-coming")
    with opened(store.store) as base:
        base.execute("UPDATE account SET expires_on = '2027-01-03' WHERE id = 2")
        base.execute("UPDATE notice_account SET happens_on = '2027-01-03' WHERE account_id = 2")

    got = letter(store, number)

    assert plain(got.subject) == "Renewal of 2 mailboxes from 1 January 2027"
    assert "Renewal on 1 January 2027:\n- ann@acme.example\n" in plain(got.text)
    assert "Renewal on 3 January 2027:\n- bob@acme.example\n" in plain(got.text)
    assert "each on its own date" in " ".join(got.text.split())


def test_an_unpaid_order_says_how_to_pay(store: Cli) -> None:
    """From a balance that is enough, by transfer where the seller's account is known, or asked."""
    run(
        store,
        YEARLY + "account order acme-pro --await-payment -y",
    )
    number = last_of(store, "order-awaiting-payment")
    assert "€957.09 covers it" in letter(store, number).text

    run(store, "prepaid refund acme 950 --reason x -y")
    assert "we will tell you how to pay" in letter(store, number).text

    run(store, "settings set seller-iban FR7630006000011234567890189")
    text = letter(store, number).text
    assert "  IBAN: FR76 3000 6000 0112 3456 7890 189\n" in text
    assert "  Payment reference: RF39 O3\n" in text


def test_an_invoice_says_how_it_is_paid(cli: Cli) -> None:
    """Under reverse charge with its mention; collected through the method that is asked."""
    run(cli, DEBTOR.replace("--country DE", "--country DE --language en --vat-number DE136695976"))
    assert "reverse charge" in letter(cli, last_of(cli, "order-confirmed")).text.lower()

    run(cli, "method add paypal krull --agreement B-1234\ntick --to 2026-02-10")
    text = " ".join(letter(cli, last_of(cli, "invoice-issued")).text.split())
    assert "being collected through PayPal …1234: you do not need to do anything." in text
    assert "IBAN" not in text

    run(cli, "prepaid credit krull 100")
    assert (
        "It is paid from your prepaid balance" in letter(cli, last_of(cli, "invoice-issued")).text
    )


def test_a_payment_that_failed_for_good(cli: Cli) -> None:
    """It is not tried again: what is missing is to be paid, and until when."""
    run(cli, DEBTOR.replace("--country DE", "--language en"))
    run(cli, "method add paypal krull --agreement B-1234")
    run(cli, f"payment export --kind paypal --format csv --to {cli.store.parent}/p.csv")
    run(cli, "method remove 1 -y\npayment fail 1 --reason refused")

    text = " ".join(plain(letter(cli, last_of(cli, "payment-failed")).text).split())

    assert "We could not collect €9.58 through PayPal …1234." in text
    assert "We will not try again by ourselves." in text
    assert "Outstanding today: €9.58 To be paid by: 17 January 2026" in text
    assert "Please pay by 17 January 2026 at the latest." in text


def test_ends_of_a_platform(cli: Cli) -> None:
    """A mailbox that renews, one that ends, one that waits for its deletion: each with its day."""
    run(cli, DEBTOR.replace("--country DE", "--language en"))
    run(
        cli,
        """
        prepaid credit krull 100
        account order krull-hx bob@krull.example -y
        account renew 1 --mode none -y
        account renew 2 --mode yearly -y
        tick --to 2026-02-10
        platform cancel krull-hx -y
        """,
    )
    text = plain(letter(cli, last_of(cli, "cancel-recorded")).text)
    assert "Deletion on 24 February 2026:\n- ann@krull.example\n" in text
    assert "Suspension on 10 March 2026:\n- bob@krull.example\n" in text

    run(cli, "platform resume krull-hx -y")
    text = plain(letter(cli, last_of(cli, "cancel-undone")).text)
    assert "Renewal on 10 March 2026:\n- bob@krull.example\n" in text
    assert "One mailbox remains suspended" in text
    assert "Deletion on 24 February 2026:\n- ann@krull.example\n" in text


def test_the_end_of_an_empty_platform(cli: Cli) -> None:
    """There is nothing to export."""
    run(cli, DEBTOR + "platform add empty --customer krull --offer email-pro\n")
    run(cli, "platform cancel empty -y")

    got = letter(cli, last_of(cli, "cancel-recorded"))

    assert "hat kein Postfach mehr" in got.text
    assert "exportieren" not in got.text


def test_a_mailbox_that_works_again_after_its_term(cli: Cli) -> None:
    """It is renewed with the next invoice."""
    run(cli, DEBTOR.replace("--country DE", "--language en --payment-days 20"))
    run(cli, "tick --to 2026-02-12\nprepaid credit krull 100")

    text = plain(letter(cli, last_of(cli, "accounts-reopened")).text)

    assert "Term ended on 9 February 2026: renewal with the next invoice:\n- ann@krull" in text


def test_a_code_names_all_that_it_would_delete(cli: Cli) -> None:
    """A mailbox that was ordered after the code goes with it too; one that is gone is not named."""
    run(
        cli,
        """
        init --clock 2026-01-10
        customer add acme --name Acme --email it@acme.example --language en
        prepaid credit acme 100
        platform add px --customer acme --offer private-exchange
        account order px ann@acme.example bob@acme.example -y
        platform delete px -y
        account order px new@acme.example -y
        account delete 1 -y
        """,
    )

    text = letter(cli, last_of(cli, "delete-token")).text

    assert "with its 2" in text
    assert "Mailboxes concerned:\n- bob@acme.example\n- new@acme.example\n" in text
