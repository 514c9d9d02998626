"""What letters ask for and promise is what happens: one day to pay, told once, in order."""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.notices.letters import DEBTOR, last_of, letter, plain, run
from tests.store.plain import rows

ACME = """
customer add acme --name "Acme Ltd" --email a@acme.example --country FR --language en
platform add hx --customer acme --offer hosted-exchange
"""


def said(cli: Cli, kind: str) -> str:
    """The last letter of a kind, its words in a row."""
    return " ".join(plain(letter(cli, last_of(cli, kind)).text).split())


def kinds(cli: Cli) -> list[str]:
    """The kinds of all notices, in the order in which they are sent."""
    return [kind for (kind,) in rows(cli.store, "SELECT kind FROM notice ORDER BY id")]


@pytest.fixture
def two_invoices(cli: Cli) -> Cli:
    """acme renews on 15 March, to pay by the 22nd, and orders 2 more that day; it is 18 March."""
    run(cli, "init --clock 2026-02-18 --seller-name X" + ACME)
    run(
        cli,
        """
        prepaid credit acme 10
        account order hx a@acme.example -y
        tick --to 2026-03-15
        account order hx b@acme.example c@acme.example -y
        tick --to 2026-03-18
        """,
    )
    return cli


def test_all_that_is_missing_is_asked_for_by_the_first_day(two_invoices: Cli) -> None:
    """The invoice of the 18th, due on the 25th, does not put off what is due on the 22nd."""
    assert two_invoices.ok("prepaid", "show", "acme")["debt_due_on"] == "2026-03-22"

    text = said(two_invoices, "invoice-issued")

    assert "your account is €9.16 short. Please pay by 22 March 2026 at the latest." in text
    assert "25 March" not in text


def test_a_reminder_says_that_a_part_is_overdue(two_invoices: Cli) -> None:
    """On 23 March two mailboxes are suspended; the last invoice is to be paid by the 25th."""
    run(two_invoices, "tick --to 2026-03-23")
    text = said(two_invoices, "debt-reminder")
    assert "still €9.16 short. The last day to pay is 25 March 2026." in text
    assert (
        "Part of it is already overdue: the mailboxes on overdue invoices are suspended until it "
        "is paid." in text
    )


def test_a_reminder_of_the_first_day_speaks_of_nothing_overdue(two_invoices: Cli) -> None:
    """On 20 March nothing is late yet."""
    run(two_invoices, "tick --to 2026-03-20")
    text = said(two_invoices, "debt-reminder")
    assert "The last day to pay is 22 March 2026." in text
    assert "overdue" not in text


def test_an_invoice_says_that_an_older_one_is_overdue(cli: Cli) -> None:
    """bob's is overdue since 9 May; ann renews on the 10th, to be paid by the 17th."""
    run(cli, "init --clock 2026-04-10 --seller-name X" + ACME)
    run(
        cli,
        """
        prepaid credit acme 10
        account order hx ann@acme.example -y
        tick --to 2026-05-01
        account order hx bob@acme.example cyd@acme.example -y
        tick --to 2026-05-10
        """,
    )
    text = said(cli, "invoice-issued")
    assert "Please pay by 17 May 2026 at the latest. Part of it is already overdue:" in text


def test_a_reopened_mailbox_is_announced_once_with_its_new_expiry(cli: Cli) -> None:
    """The order says that it works again, and until when it is paid; no second letter does."""
    run(cli, "init --clock 2026-01-15 --seller-name X" + ACME)
    run(
        cli,
        """
        prepaid credit acme 100
        account order hx ann@acme.example -y
        account renew 1 --mode none -y
        tick --to 2026-02-20
        account reopen 1 -y
        """,
    )
    assert kinds(cli)[-1] == "order-confirmed"
    assert "accounts-reopened" not in kinds(cli)
    text = said(cli, "order-confirmed")
    assert "a mailbox on the platform hx works again" in text
    assert "Runs until 14 March 2026: - ann@acme.example" in text


EXPIRED = """
method add card acme --token tok_1 --brand Visa --last4 4242 --expires 2026-03
account order hx ann@acme.example bob@acme.example -y
account order hx cyd@acme.example -y
"""


def test_an_expired_card_is_announced_once_and_not_tried_again(cli: Cli) -> None:
    """Two payments of 9.58 and 4.79 wait for a card whose last month was March."""
    run(cli, "init --clock 2026-03-30 --seller-name X" + ACME + EXPIRED)
    run(cli, "tick --to 2026-04-01")

    assert kinds(cli).count("payment-failed") == 1
    got = letter(cli, last_of(cli, "payment-failed"))
    text = " ".join(plain(got.text).split())
    assert got.subject == "We could not collect €14.37"
    assert "Your card Visa …4242 has expired: we could not collect €14.37." in text
    assert "Please pay by 8 April 2026 at the latest." in text
    assert "You can also give us another payment method" in text
    assert "again" not in text
    assert "tried" not in text

    run(cli, "tick --to 2026-04-08")
    assert kinds(cli).count("payment-failed") == 1


def test_a_card_in_its_last_month_is_not_promised_another_try(cli: Cli) -> None:
    """The gateway refuses on 31 March; on 1 April the card cannot be charged any more."""
    run(cli, "init --clock 2026-03-31 --seller-name X" + ACME + EXPIRED)
    run(cli, f"payment export --kind card --format csv --to {cli.store.parent}/c.csv")
    run(cli, "payment fail 1 --reason refused")

    text = said(cli, "payment-failed")

    assert "We could not collect €9.58 through Visa …4242." in text
    assert "We will not try again by ourselves." in text
    assert "has expired" not in text


def test_a_payment_that_is_tried_again_asks_for_nothing_else(cli: Cli) -> None:
    """Whoever pays by transfer besides would pay twice."""
    run(cli, "init --clock 2026-03-02 --seller-name X" + ACME + EXPIRED)
    run(cli, f"payment export --kind card --format csv --to {cli.store.parent}/c.csv")
    run(cli, "payment fail 1 --reason refused")
    text = said(cli, "payment-failed")
    assert "We will try again on 3 March 2026." in text
    assert "If that attempt succeeds, you do not need to do anything else." in text


def test_two_payments_that_fail_at_once_are_announced_in_one_letter(cli: Cli) -> None:
    """9.58 and 4.79, asked for on 2 March: nobody is told while there is no answer."""
    run(cli, "init --clock 2026-03-02 --seller-name X" + ACME + EXPIRED)
    run(cli, f"payment export --kind card --format csv --to {cli.store.parent}/c.csv")
    run(cli, "tick --to 2026-03-12")
    assert "payment-failed" not in kinds(cli)
    run(cli, "payment fail 1 2 --reason declined")
    assert kinds(cli).count("payment-failed") == 1
    text = said(cli, "payment-failed")
    assert "We could not collect €14.37 through Visa …4242." in text
    assert "We will try again on 13 March 2026." in text


def test_an_address_is_free_only_where_there_was_one(cli: Cli) -> None:
    """Of two deleted mailboxes one had an address, the other customer's had none."""
    run(cli, DEBTOR.replace("--country DE", "--country DE --language en"))
    run(cli, ACME + "account order hx -y\ntick --to 2026-02-01")
    text = said(cli, "accounts-deleted")
    assert "- one mailbox without an address (hx)" in text
    assert "It will not be billed any more. Kind regards" in text
    assert "yet" not in said(cli, "deletion-coming")

    ((first,),) = rows(cli.store, "SELECT min(id) FROM notice WHERE kind = 'accounts-deleted'")
    text = " ".join(letter(cli, first).text.split())
    assert "- ann@krull.example - one mailbox without an address (krull-hx) They will" in text
    assert "You can use the address again for a new mailbox. Kind regards" in text


def test_an_order_is_announced_before_the_debt_that_it_makes(cli: Cli) -> None:
    """What happened is told in order; the confirmation says by when to pay."""
    run(cli, DEBTOR.replace("--country DE", "--country DE --language en"))
    assert kinds(cli) == ["order-confirmed", "debt-opened"]
    assert rows(cli.store, "SELECT due_on FROM notice") == [("2026-01-17",), ("2026-01-17",)]
    assert "Please pay by 17 January 2026 at the latest." in said(cli, "order-confirmed")


def test_a_low_balance_is_announced_after_the_order_that_lowered_it(cli: Cli) -> None:
    """100.00 less 4.79 falls below an alert of 98."""
    run(cli, "init --clock 2026-01-10" + ACME)
    run(cli, "prepaid credit acme 100\nprepaid alert acme 98\naccount order hx -y")
    assert kinds(cli) == ["order-confirmed", "balance-low"]


def test_a_cancel_that_is_undone_is_announced_as_things_stand(cli: Cli) -> None:
    """Whoever reopens a mailbox before the letter goes out does not read that it is suspended."""
    run(cli, DEBTOR.replace("--country DE", "--country DE --language en"))
    run(
        cli,
        """
        prepaid credit krull 100
        account order krull-hx bob@krull.example -y
        account renew 1 2 --mode none -y
        tick --to 2026-02-10
        account renew 3 --mode yearly -y
        platform cancel krull-hx -y
        platform resume krull-hx -y
        """,
    )
    text = plain(letter(cli, last_of(cli, "cancel-undone")).text)
    assert "2 mailboxes remain suspended because their paid term has ended." in (
        " ".join(text.split())
    )
    assert "Deletion on 24 February 2026:\n- ann@krull.example\n- one mailbox" in text
    assert "Renewal on 10 March 2026:\n- bob@krull.example\n" in text
    assert "The renewal of its mailbox was set back to what it was before." in " ".join(
        text.split()
    )

    run(cli, "account reopen 1 --mode monthly -y")
    text = plain(letter(cli, last_of(cli, "cancel-undone")).text)
    assert "One mailbox remains suspended" in text
    assert "Deletion on 24 February 2026:\n- one mailbox without an address" in text
    assert "Renewal on 10 March 2026:\n- ann@krull.example\n- bob@krull.example\n" in text


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        (
            "--country DE --vat-number DE136695976 --language en",
            "Reverse charge: the VAT is yours to account for (Directive 2006/112/EC,",
        ),
        (
            "--country DE --vat-number DE136695976 --language de",
            "Steuerschuldnerschaft des Leistungsempfängers: Die Umsatzsteuer führen Sie ab (",
        ),
        (
            "--country CH --language de",
            "Nicht im Anwendungsbereich der EU-Umsatzsteuer (Richtlinie 2006/112/EG,",
        ),
        (
            "--country CH --language fr",
            "Hors champ de la TVA de l’Union européenne (directive 2006/112/CE,",
        ),
        (
            "--country US --language en",
            "Outside the scope of EU VAT (Directive 2006/112/EC, articles 44 and 59).",
        ),
    ],
)
def test_why_there_is_no_tax_is_explained_in_the_readers_language(
    cli: Cli, customer: str, expected: str
) -> None:
    """The invoice has the mention in French and English; the letter in one language alone."""
    run(cli, DEBTOR.replace("--country DE", customer))
    text = said(cli, "order-confirmed")
    assert expected in text
    assert " / " not in text
    note = cli.ok("invoice", "show", "2026-000001")["taxes"][0]["note"]
    assert " / " in note


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "outstanding €9.50 has been paid. Please pay before 1 February 2026."),
        ("fr", "dès que les 9,50 € manquants seront payés. Merci de payer avant le 1er février"),
        ("de", "sobald der offene Betrag von 9,50 € bezahlt ist. Bitte zahlen Sie vor dem 1. Feb"),
    ],
)
def test_a_customer_suspended_for_a_debt_reads_by_when_to_pay(
    cli: Cli, language: str, expected: str
) -> None:
    """Suspended on 18 January, deleted on 1 February; the reminder says the same days."""
    run(cli, DEBTOR.replace("--country DE", f"--country DE --language {language}"))
    run(cli, "tick --to 2026-01-18")
    assert expected in said(cli, "accounts-suspended")
    run(cli, "tick --to 2026-01-25")
    text = said(cli, "deletion-coming")
    assert expected in text
    day = {"en": "On 1 February 2026, 2 of", "fr": "Le 1er février 2026, 2 de", "de": "Am 1. Febr"}
    assert day[language] in text


@pytest.mark.parametrize(
    "ends", ["account renew 1 --mode none -y", "platform renewal hx --manual -y"]
)
def test_a_customer_who_pays_after_the_end_reads_that_it_is_the_end(cli: Cli, ends: str) -> None:
    """A paid debt lifts its own suspension; that the paid term is over meanwhile is said."""
    run(cli, "init --clock 2026-01-01 --seller-name X" + ACME)
    run(cli, "settings set retention-days 60\naccount order hx a@acme.example -y\n" + ends)
    run(cli, "tick --to 2026-02-10\nprepaid credit acme 4.79")
    told = said(cli, "accounts-reopened")
    assert "Paid term ended on 31 January 2026: about to be suspended again" in told
    assert "To keep it, please reply to this message right away" in told
    assert "do not need to do anything" not in told
    run(cli, "tick")
    assert cli.ok("account", "show", "1")["suspended_for"] == "expired"
