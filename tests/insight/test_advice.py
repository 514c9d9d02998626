"""`advise`: each finding in a store that has nothing else, and the printed command mends it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

import pytest

from mailctl.domain.advice_codes import CODES
from tests.helpers import Cli
from tests.insight.advised import (
    ADD_BANK,
    ADD_CARD,
    BANK,
    CARD,
    COLLECTED,
    GONE,
    OLD_CARD,
    SHORT,
    UNPAID,
    codes,
    found,
    play,
)

CONTACT = (
    "settings set seller-contact=Accounts seller-phone=+33199001234 seller-email=a@host.example"
)
TRY = "payment export --kind paypal --format csv --to {}.csv\npayment fail 1 --reason refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is done to the host that is well, what is found, and what is typed where it is asked.

    `found` are all findings as `severity code command`, the one that is mended first; `left` are
    the codes that remain then.
    """

    done: str
    found: str
    typed: tuple[str, ...] | list[str] = ()
    left: tuple[str, ...] = ()


def case(done: str, found: str, *typed: str, left: tuple[str, ...] = ()) -> Case:
    return Case(done=done, found=found, typed=typed, left=left)


CASES = {
    "no backup e-mail": case(
        "customer edit acme --backup-email ''",
        "info backup-email-missing mailctl customer edit acme --backup-email -",
        "me@home.example",
    ),
    "the backup e-mail is the first": case(
        "customer edit acme --backup-email it@acme.example",
        "info backup-email-same mailctl customer edit acme --backup-email -",
        "me@home.example",
    ),
    "the e-mail is a mailbox that ends": case(
        "customer edit acme --email anna@acme.example\naccount renew 1 --mode none -y\n"
        "tick --to 2026-01-12\nquiet",
        "warning contact-ending mailctl customer edit acme --email -",
        "it@acme.example",
    ),
    "the e-mail is a mailbox that is suspended": case(
        "customer edit acme --email anna@acme.example\naccount renew 1 --mode none -y\n"
        "tick --to 2026-02-01\nquiet",
        "urgent contact-ending mailctl customer edit acme --email -\n"
        "info account-suspended mailctl account reopen 1 --yes",
        "it@acme.example",
        left=("account-suspended",),
    ),
    "the backup e-mail is a mailbox on a cancelled platform": case(
        "customer edit acme --backup-email anna@acme.example\nplatform cancel pro -y\n"
        "tick --to 2026-01-12\nquiet",
        "warning contact-ending mailctl customer edit acme --backup-email -",
        "me@home.example",
    ),
    "no phone": case(
        "customer edit acme --phone ''",
        "info phone-missing mailctl customer edit acme --phone -",
        "01 99 00 12 34",
    ),
    "no street and city": case(
        "customer edit acme --street '' --city ''",
        "warning address-incomplete mailctl customer edit acme --street - --city -",
        "1 rue Neuve",
        "Paris",
    ),
    "a postcode of Réunion under France": case(
        "customer edit acme --postcode 97400",
        "warning tax-territory mailctl customer edit acme --country RE",
    ),
    "no payment method": case("method remove 1", f"info no-method {ADD_BANK}", *BANK),
    "the card has expired": case(
        f"{OLD_CARD}\nmethod remove 1\ntick --to 2026-02-05\nquiet",
        f"warning card-expired {ADD_CARD}",
        *CARD,
    ),
    "the card has expired, another method is there": case(
        f"{OLD_CARD}\ntick --to 2026-02-05\nquiet",
        "warning card-expired mailctl method default 1",
    ),
    "a bank account that cannot be debited": case(
        "method add bank acme --iban CH9300762011623852957 --bic UBSWCHZH80A --holder A "
        "--mandate M-1 --signed 2026-01-01 --default\ncustomer edit acme --city ''",
        "warning method-not-debitable mailctl customer edit acme --city -\n"
        "warning address-incomplete mailctl customer edit acme --city -",
        "Paris",
    ),
    "the card expires before the renewal": case(
        f"{OLD_CARD}\nmethod remove 1", f"info card-expiring {ADD_CARD}", *CARD
    ),
    "the card expires before the renewal, another method is there": case(
        OLD_CARD, "info card-expiring mailctl method default 1"
    ),
    "the card expires, and the other one too": case(
        f"{OLD_CARD}\n{OLD_CARD}\nmethod remove 1", f"info card-expiring {ADD_CARD}", *CARD
    ),
    "the card has expired, and nothing renews": case(
        f"{OLD_CARD}\nmethod remove 1\naccount renew 1 --mode none -y\n"
        "account extend 1 --terms 3 -y\ntick --to 2026-02-05\nquiet",
        f"warning card-expired {ADD_CARD}",
        *CARD,
    ),
    "both cards have expired, and nothing renews": case(
        f"{OLD_CARD}\n{OLD_CARD}\nmethod remove 1\naccount renew 1 --mode none -y\n"
        "account extend 1 --terms 3 -y\ntick --to 2026-02-05\nquiet",
        f"warning card-expired {ADD_CARD}",
        *CARD,
    ),
    "a debt": case(
        UNPAID,
        f"info debt mailctl prepaid credit acme 1.20\ninfo no-method {ADD_BANK}",
        left=("no-method",),
    ),
    "a debt two days before it is due": case(
        f"{UNPAID}\ntick --to 2026-01-06\nquiet\nprepaid credit acme 10\n"
        "prepaid refund acme 8.80 --reason moved -y\naccount order pro cleo@acme.example -y\n"
        "account order pro dora@acme.example -y\nquiet\ntick --to 2026-01-11\nquiet",
        "urgent debt mailctl prepaid credit acme 2.40\n"
        "info balance-short mailctl prepaid credit acme 10.00\n"
        f"info no-method {ADD_BANK}",
        left=("balance-short", "no-method"),
    ),
    "an overdue debt, and accounts suspended for it": case(
        f"{UNPAID}\ntick --to 2026-01-09\nquiet",
        "urgent debt mailctl prepaid credit acme 1.20\n"
        "info balance-short mailctl prepaid credit acme 10.00\n"
        f"info no-method {ADD_BANK}",
        left=("balance-short", "no-method"),
    ),
    "the balance does not cover the next 30 days": case(
        f"method remove 1\n{SHORT}\ntick --to 2026-01-02\nquiet",
        f"info balance-short mailctl prepaid credit acme 10.00\ninfo no-method {ADD_BANK}",
        left=("no-method",),
    ),
    "a collection failed for good": case(
        "\n".join(
            (
                COLLECTED,
                TRY.format("a"),
                f"tick\n{TRY.format('b')}",
                f"tick --days 2\n{TRY.format('c')}",
                f"tick --days 2\n{TRY.format('d')}",
                "quiet",
            )
        ),
        f"warning collection-failed {ADD_BANK} --default\n"
        "urgent debt mailctl prepaid credit acme 1.20",
        *BANK,
    ),
    "payments that nobody exports": case(
        f"{COLLECTED}\ntick --days 4\nquiet",
        "warning payment-not-exported mailctl payment export --kind paypal --format csv "
        "--to paypal-2026-01-05.csv",
    ),
    "direct debits that nobody exports": case(
        "method add bank acme --iban FR7630006000011234567890189 --holder Acme --mandate M "
        "--signed 2026-01-01 --default\nsettings set seller-creditor-id FR72ZZZ123456\n"
        f"{COLLECTED}\ntick --days 4\nquiet",
        "warning payment-not-exported mailctl payment export --kind bank --format sepa "
        "--to bank-2026-01-05.xml",
    ),
    "a payment without an answer": case(
        f"{COLLECTED}\npayment export --kind paypal --format csv --to a.csv\ntick --days 4\nquiet",
        "info payment-unanswered mailctl payment settle 1",
    ),
    "money left of a customer who has gone": case(
        f"{GONE}\ninvoice credit 2026-000002 --reason goodwill -y",
        "info balance-left mailctl prepaid refund bolt 36.00 --reason 'left at the end' --yes",
    ),
    "an order waits for its payment": case(
        "account order pro ben@acme.example --await-payment -y",
        "info order-unpaid mailctl order pay 3 --received --yes",
    ),
    "an order can be paid no more": case(
        "account order pro ben@acme.example --await-payment -y\noffer price email-pro monthly 2",
        "info order-unpaid mailctl order cancel 3",
    ),
    "a credit waits for its payment on its last day": case(
        "prepaid credit acme 20 --await-payment\ntick\nquiet",
        "info order-unpaid mailctl order pay 3 --received --yes",
    ),
    "a cancelled platform ends": case(
        "platform cancel pro -y\ntick --to 2026-01-17\nquiet",
        "info platform-ending mailctl platform resume pro --yes",
    ),
    "a cancelled platform with a suspended account": case(
        "platform cancel pro -y\ntick --to 2026-02-01\nquiet",
        "info platform-ending mailctl platform resume pro --yes",
        left=("account-suspended",),
    ),
    "an account ends": case(
        "account renew 1 --mode none -y\ntick --to 2026-01-29\nquiet",
        "info account-ending mailctl account renew 1 --mode monthly --yes",
    ),
    "several accounts end": case(
        "account order pro ben@acme.example cleo@acme.example -y\nquiet\n"
        "account renew --all --platform pro --mode none -y\ntick --to 2026-01-17\nquiet",
        "info account-ending mailctl account renew 1 2 3 --mode monthly --yes",
    ),
    "an account of a manual platform ends": case(
        "platform renewal pro --manual -y\ntick --to 2026-01-17\nquiet",
        "info extension-needed mailctl account extend 1 --yes",
    ),
    "an account without renewal of a manual platform ends": case(
        "platform renewal pro --manual -y\naccount renew 1 --mode none -y\n"
        "tick --to 2026-01-17\nquiet",
        "info extension-needed mailctl account extend 1 --yes",
    ),
    "several accounts of a manual platform end": case(
        "account order pro ben@acme.example -y\nplatform renewal pro --manual -y\n"
        "tick --to 2026-01-29\nquiet",
        "info extension-needed mailctl platform renewal pro --automatic --yes",
    ),
    "an account was suspended": case(
        "account renew 1 --mode none -y\ntick --to 2026-02-01\nquiet",
        "info account-suspended mailctl account reopen 1 --yes",
    ),
    "an account is deleted the day after tomorrow": case(
        "account renew 1 --mode none -y\ntick --to 2026-02-13\nquiet",
        "info account-suspended mailctl account reopen 1 --yes",
    ),
    "blank accounts are billed": case(
        "account order pro --count 2 -y",
        "info blank-billed mailctl account renew 2 3 --mode none --yes",
    ),
    "a blank account of private-exchange is billed": case(
        "platform add priv --customer acme --offer private-exchange\naccount order priv -y",
        "info blank-billed mailctl account delete 2 --yes",
    ),
    "a reset account renews": case(
        "account reset 1 -y", "info reset-renewing mailctl account renew 1 --mode none --yes"
    ),
    "a task failed": case(
        "account order pro ben@acme.example -y\ntask fail 2 --reason full",
        "warning task-failed mailctl task done 2",
    ),
    "tasks wait": case(
        "account order pro ben@acme.example cleo@acme.example -y\nposted\ntick",
        "warning task-waiting mailctl task done --until 2026-01-01 --yes",
    ),
    "no mail server": case(
        "settings set mail-host ''\nprepaid credit acme 20 --await-payment\norder pay 3 -y\n"
        "account order pro ben@acme.example -y",
        "warning mail-not-configured mailctl settings set mail-host -",
        "mail.host.example",
    ),
    "no sender": case(
        "settings set mail-from ''\naccount order pro ben@acme.example -y",
        "warning mail-not-configured mailctl settings set mail-from -",
        "billing@host.example",
    ),
    "the address refuses mail": case(
        "account order pro ben@acme.example -y\nrefused",
        "warning address-refused mailctl customer edit acme --email -",
        "boss@acme.example",
    ),
    "the address refuses the notice of a suspension": case(
        "settings set retention-days 30\naccount renew 1 --mode none -y\ntick --to 2026-02-01\n"
        "refused\nquiet",
        "urgent address-refused mailctl customer edit acme --email -\n"
        "info account-suspended mailctl account reopen 1 --yes",
        "boss@acme.example",
        left=("account-suspended",),
    ),
    "an example price": case(
        "platform add hx --customer acme --offer hosted-exchange\n"
        "account order hx ben@acme.example --period yearly -y\nquiet",
        "warning example-price mailctl offer price hosted-exchange yearly 43.08",
    ),
    "an example price of an offer that is like another": case(
        "offer add plus --like hosted-exchange\nplatform add hx --customer acme --offer plus\n"
        "account order hx ben@acme.example --period yearly -y\nquiet",
        "warning example-price mailctl offer price hosted-exchange yearly 43.08",
    ),
    "documents want a number of the seller": case(
        "settings set invoice-format facturx",
        "warning document-refused mailctl settings set seller-legal-id -",
        "303265045",
    ),
    "documents want the law's mentions": case(
        "settings set invoice-format=facturx seller-legal-id=303265045 mentions-de=none\n"
        "customer edit acme --language de",
        "warning document-refused mailctl settings set mentions-de -",
        "#PMT#a|#PMD#b|#AAB#c",
    ),
    "a German office wants its reference": case(
        f"{CONTACT}\ncustomer edit acme --invoice-format xrechnung",
        "warning document-refused mailctl customer edit acme --buyer-reference -",
        "Service 7",
    ),
    "Peppol wants addresses of both": case(
        "customer edit acme --invoice-format peppol --buyer-reference 7",
        "warning document-refused mailctl customer edit acme --endpoint -\n"
        "warning document-refused mailctl settings set seller-endpoint -",
        "0225:303265045",
        left=("document-refused",),
    ),
    "a page cannot print the customer's name": case(
        "customer edit acme --invoice-format pdf --name ᚠᚢ",
        "warning document-refused mailctl customer edit acme --name -",
        "Acme",
    ),
    "the seller has no IBAN": case(
        "settings set seller-iban ''",
        "warning seller-incomplete mailctl settings set seller-iban -",
        "FR7630006000011234567890189",
    ),
}


def test_where_all_is_well_nothing_is_advised(well: Cli) -> None:
    """Neither of the host, nor of a customer; in a pipe the header is left, on stderr nothing."""
    assert (found(well), found(well, "acme"), well("advise", "--strict").status) == ([], [], 0)
    assert well("advise").out == ("severity\tcode\tcustomer\tsubject\tdue_on\tmessage\tcommand\n")


@pytest.mark.parametrize("name", CASES)
def test_the_printed_command_makes_the_finding_go_away(well: Cli, name: str) -> None:
    """Exactly what was done is found; the command, as a shell reads it, mends it."""
    case = CASES[name]
    play(well, case.done)
    first = case.found.splitlines()[0]

    assert sorted(found(well)) == sorted(case.found.splitlines())
    words = shlex.split(first.split(" ", 2)[2])
    assert words[0] == "mailctl"
    outcome = well(*words[1:], stdin="".join(f"{line}\n" for line in case.typed))
    assert (outcome.status, outcome.err if outcome.status else "") == (0, "")
    assert sorted(codes(well)) == sorted(case.left)


def test_every_code_is_tested_and_explained(cli: Cli) -> None:
    """Each stands in `help advice` with a sentence, and none is found that does not."""
    tried = {one.found.split()[1] for one in CASES.values()}
    elsewhere = {
        "clock-behind", "clock-ahead", "restore-unfinished", "erasure-unfinished", "no-backup",
        "notices-unsent", "deletion-held", "mail-refused", "document-missing",
        "mail-password", "export-failed", "mailbox-unadopted",
        "bank-proposed", "bank-unmatched", "bank-gap", "bank-silent",
    }  # fmt: skip

    assert tried | elsewhere == set(CODES)
    page = cli("help", "advice").out
    assert [code for code in CODES if f"\n{code} " not in page] == []
    assert max(map(len, page.splitlines())) <= 80
