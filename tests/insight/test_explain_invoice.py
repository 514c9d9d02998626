"""Why an invoice was issued, how it was computed, what paid it, and what comes.

hosted-exchange monthly is 3.99 + 0.80 tax = 4.79, yearly 43.08 + 8.62 = 51.70.
"""

from __future__ import annotations

import os
from shlex import split
from unittest.mock import patch

from tests.helpers import Cli
from tests.insight.advised import play
from tests.insight.telling import explained, tell
from tests.store.plain import force


def test_an_invoice_of_a_tick_explains_its_lines_its_tax_and_what_paid_it(cli: Cli) -> None:
    """Lines that differ in nothing but their account are explained together."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example bob@acme.example -y
$ account order acme-hx cyd@acme.example --period yearly -y
$ tick --to 2026-02-10
? invoice explain 2026-000003
2026-02-10  Issued by the tick for what fell due on 2026-02-10: 2 terms of 2 accounts.
2026-02-10  Lines 1 to 2, 2 accounts on acme-hx: monthly, from 2026-02-10 to 2026-03-09, 3.99
            EUR net each, the price of hosted-exchange, as shipped.
2026-02-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            7.98 EUR, rounded once, that is 1.60 EUR; the total is 9.58 EUR.
2026-02-10  Due on 2026-02-17, 7 days after its issue: the setting payment-days.
2026-02-10  Debited from the prepaid account: the balance went from 138.72 EUR to 129.14 EUR, so
            that it was paid at once.
Next:
-           Nothing more: it is paid.
? invoice explain 2026-000003 --all
2026-02-10  Issued by the tick for what fell due on 2026-02-10: 2 terms of 2 accounts.
2026-02-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-02-10 to
            2026-03-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-02-10  Line 2, account 2 (bob@acme.example) on acme-hx: monthly, from 2026-02-10 to
            2026-03-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-02-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            7.98 EUR, rounded once, that is 1.60 EUR; the total is 9.58 EUR.
2026-02-10  Due on 2026-02-17, 7 days after its issue: the setting payment-days.
2026-02-10  Debited from the prepaid account: the balance went from 138.72 EUR to 129.14 EUR, so
            that it was paid at once.
Next:
-           Nothing more: it is paid.
""",
    )


def test_an_open_invoice_explains_what_happens_if_nobody_pays(cli: Cli) -> None:
    """Debited, partly covered, due, then its accounts are suspended, then deleted."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 10
$ account order acme-hx ann@acme.example --period yearly -y
? invoice explain 2026-000001
2026-01-10  Issued for order 2 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: yearly, from 2026-01-10 to
            2027-01-09, 43.08 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            43.08 EUR, rounded once, that is 8.62 EUR; the total is 51.70 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 10.00 EUR to -41.70 EUR, so
            that 41.70 EUR of it stayed open.
Next:
-           41.70 EUR of it is open. To record the money: mailctl invoice pay 2026-000001
2026-01-18  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-01.
$ prepaid credit acme 20
$ tick --to 2026-01-18
? invoice explain 2026-000001
2026-01-10  Issued for order 2 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: yearly, from 2026-01-10 to
            2027-01-09, 43.08 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            43.08 EUR, rounded once, that is 8.62 EUR; the total is 51.70 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 10.00 EUR to -41.70 EUR, so
            that 41.70 EUR of it stayed open.
2026-01-10  root recorded 20.00 EUR from acme, which settled 20.00 EUR of it; 21.70 EUR stayed
            open.
Next:
-           21.70 EUR of it is open. To record the money: mailctl invoice pay 2026-000001
2026-02-01  1 account suspended for debt: deleted unless the invoice is paid, active again as
            soon as it is.
""",
    )


def test_reverse_charge_export_and_the_destination_each_have_their_reason(cli: Cli) -> None:
    """Why there is no tax, or another country's."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add bolt --name Bolt --email b@bolt.example --country DE --vat-number DE129273398
$ customer add alp --name Alp --email a@alp.example --country CH
$ customer add lux --name Lux --email l@lux.example --country LU
$ tax set LU 18 --from 2026-01-10
$ platform add bolt-p --customer bolt --offer email-pro
$ platform add alp-p --customer alp --offer email-pro
$ platform add lux-p --customer lux --offer email-pro
$ account order bolt-p a@bolt.example -y
$ account order alp-p a@alp.example -y
$ account order lux-p a@lux.example -y
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (a@bolt.example) on bolt-p: monthly, from 2026-01-10 to
            2026-02-09, 1.59 EUR net, the price of email-pro, as shipped.
2026-01-10  No tax: bolt is in DE, in another country of the EU than the seller (FR), and has a
            VAT number (DE129273398): reverse charge, the buyer accounts for the tax. The
            invoice says: Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and
            196. The total is the lines' sum, 1.59 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -1.59 EUR, so
            that all of it stayed open.
Next:
-           1.59 EUR of it is open. To record the money: mailctl invoice pay 2026-000001
2026-01-18  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-01.
? invoice explain 2026-000002
2026-01-10  Issued for order 3 by root, an order of 1 account.
2026-01-10  Line 1, account 2 (a@alp.example) on alp-p: monthly, from 2026-01-10 to 2026-02-09,
            1.59 EUR net, the price of email-pro, as shipped.
2026-01-10  No tax: alp is in CH, outside the EU: export. The invoice says: Hors champ de la TVA
            / Outside the scope of EU VAT: Directive 2006/112/EC, art. 44 and 59. The total is
            the lines' sum, 1.59 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -1.59 EUR, so
            that all of it stayed open.
Next:
-           1.59 EUR of it is open. To record the money: mailctl invoice pay 2026-000002
2026-01-18  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-01.
? invoice explain 2026-000003
2026-01-10  Issued for order 5 by root, an order of 1 account.
2026-01-10  Line 1, account 3 (a@lux.example) on lux-p: monthly, from 2026-01-10 to 2026-02-09,
            1.59 EUR net, the price of email-pro, as shipped.
2026-01-10  Tax: lux is in LU, in another country of the EU than the seller (FR), and has no VAT
            number: the rate of LU, 18 %, which holds from 2026-01-10. On the lines' sum of 1.59
            EUR, rounded once, that is 0.29 EUR; the total is 1.88 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -1.88 EUR, so
            that all of it stayed open.
Next:
-           1.88 EUR of it is open. To record the money: mailctl invoice pay 2026-000003
2026-01-18  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-01.
""",
    )


def test_a_credit_note_says_what_it_gave_back_and_why(cli: Cli) -> None:
    """The reason, the lines, the tax, the balance; the invoice and the account mention it too."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example bob@acme.example -y
$ tick --days 1
$ invoice credit 2026-000001 --line 2 --reason 'ordered twice' -y
? invoice explain AV2026-000001
2026-01-11  Issued by root to give back lines of invoice 2026-000001: ordered twice.
2026-01-11  Line 1, account 2 (bob@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, as invoiced.
2026-01-11  Tax: its invoice's rate, 20 %, of 3.99 EUR: 0.80 EUR, never more than the invoice's
            tax that was not given back yet. The total is 4.79 EUR.
2026-01-11  4.79 EUR was booked on the prepaid account (row 3); the balance after that was
            195.21 EUR.
Next:
-           Nothing more: a credit note never changes.
? invoice explain AV2026-000001 --line 1
2026-01-11  Line 1 is for account 2 (bob@acme.example) on acme-hx (hosted-exchange): the monthly
            term from 2026-01-10 to 2026-02-09.
2026-01-11  Billed on invoice 2026-000001 for order 2 by root.
2026-01-11  Credit note AV2026-000001 gave it back, 3.99 EUR net.
Next:
-           What became of the account and what is to come: mailctl account explain 2
? invoice explain 2026-000001
2026-01-10  Issued for order 2 by root, an order of 2 accounts.
2026-01-10  Lines 1 to 2, 2 accounts on acme-hx: monthly, from 2026-01-10 to 2026-02-09, 3.99
            EUR net each, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            7.98 EUR, rounded once, that is 1.60 EUR; the total is 9.58 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 200.00 EUR to 190.42 EUR, so
            that it was paid at once.
2026-01-11  Credit note AV2026-000001 gave back 4.79 EUR of it.
Next:
-           Nothing more: it is paid.
? account explain 2
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as bob@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-11  Credit note AV2026-000001 gave back the term from 2026-01-10 to 2026-02-09, 3.99 EUR
            net of invoice 2026-000001.
Next:
2026-02-10  Renews monthly, until 2026-03-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 9.58 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 185.63 EUR.
-           To let it end at its expiry instead: mailctl account renew 2 --mode none
""",
    )


def test_a_reversal_opens_an_invoice_again(cli: Cli) -> None:
    """Money that the bank took back: open again, due later."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ account order acme-hx ann@acme.example -y
$ tick --days 2
$ prepaid credit acme 20
$ tick --days 10
$ prepaid reverse acme 2 --reason bounced -y
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
2026-01-12  root recorded 20.00 EUR from acme, which settled what was open of it, 4.79 EUR.
2026-01-22  root reversed row 2 of the ledger, 20.00 EUR: 4.79 EUR of it is open again.
2026-01-22  Money was taken back: it is due again, on 2026-01-29.
Next:
-           4.79 EUR of it is open. To record the money: mailctl invoice pay 2026-000001
2026-01-30  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-13.
""",
    )


def test_a_payment_covers_an_invoice_until_it_fails(cli: Cli) -> None:
    """Begun, failed, tried again, answered."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ method add card acme --token tok_1 --brand visa --last4 4242 --expires 2028-01
$ account order acme-hx ann@acme.example -y
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
2026-01-10  Payment 1 of 4.79 EUR was begun, through visa …4242.
Next:
-           Payment 1 of 4.79 EUR waits to be asked for: mailctl payment export --kind card
            --format csv
-           It is covered by that, and suspends nobody while it is not answered.
$ payment export --kind card --format csv
$ tick --days 2
$ payment fail 1 --reason 'no funds'
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
2026-01-10  Payment 1 of 4.79 EUR was begun, through visa …4242.
2026-01-12  Try 1 of payment 1 failed (no funds); the next was set for 2026-01-13.
2026-01-12  Payment 1 had covered it: it is due on 2026-01-19 instead.
Next:
2026-01-13  Payment 1 of 4.79 EUR failed, and is tried again on 2026-01-13.
-           It is covered by that, and suspends nobody while it is not answered.
$ tick --days 1
$ payment export --kind card --format csv
$ payment settle 1
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
2026-01-10  Payment 1 of 4.79 EUR was begun, through visa …4242.
2026-01-12  Try 1 of payment 1 failed (no funds); the next was set for 2026-01-13.
2026-01-12  Payment 1 had covered it: it is due on 2026-01-19 instead.
2026-01-13  Payment 1 of 4.79 EUR came in, which settled what was open of it, 4.79 EUR.
Next:
-           Nothing more: it is paid.
""",
    )


def test_a_store_of_an_older_release_is_explained_by_what_it_began_with(cli: Cli) -> None:
    """Its example price was 3.50 and the rate of FR 19.6 %, whatever mailctl ships today."""
    cli.ok("init", "--clock", "2026-03-01")
    force(cli.store, "UPDATE price SET cents = 350 WHERE cents = 399")
    force(cli.store, "UPDATE tax_rate SET rate = 1960 WHERE country = 'FR'")
    for line in """
customer add acme --name Acme --email a@acme.example
platform add hx --customer acme --offer hosted-exchange
account order hx a@acme.example -y
offer price hosted-exchange monthly 4.10 --from 2026-03-02
tax set FR 19 --from 2026-03-02
tick
account order hx b@acme.example -y
""".strip().splitlines():
        cli.ok(*split(line))

    old, new = (
        [text for _, _, text in explained(cli, f"invoice explain 2026-00000{n}")] for n in (1, 2)
    )

    assert [text for text in old if text.startswith(("Line", "Tax"))] == [
        (
            "Line 1, account 1 (a@acme.example) on hx: monthly, from 2026-03-01 to 2026-03-31, "
            "3.50 EUR net, the price of hosted-exchange, as shipped."
        ),
        (
            "Tax: acme is in FR, as the seller is: the rate of FR, 19.6 %. On the lines' sum of "
            "3.50 EUR, rounded once, that is 0.69 EUR; the total is 4.19 EUR."
        ),
    ]
    assert "the price of hosted-exchange valid from 2026-03-02." in new[1]
    assert "the rate of FR, 19 %, which holds from 2026-03-02." in new[2]


def test_each_invoice_names_the_payment_that_was_begun_for_it(cli: Cli) -> None:
    """Two payments fail on one day, as their card has expired: neither reads of the other's."""
    with patch.dict(os.environ, {"LOGNAME": "root"}):
        for line in """
init --clock 2026-03-01
customer add acme --name Acme --email a@acme.example --country GB
platform add hx --customer acme --offer hosted-exchange
method add card acme --token tok --brand Visa --last4 4242 --expires 2026-03
account order hx a@acme.example b@acme.example -y
tick --to 2026-03-20
account order hx c@acme.example -y
tick --to 2026-04-02
""".strip().splitlines():
            cli.ok(*split(line))

    def sentences_of(number: str) -> list[str]:
        said = [text for _, _, text in explained(cli, f"invoice explain {number}")]
        return [text for text in said if "ayment" in text and "payment-days" not in text]

    assert sentences_of("2026-000001") == [
        "Payment 1 of 7.98 EUR was begun, through Visa …4242.",
        "Try 1 of payment 1 failed (the card has expired); the next was set for 2026-04-02.",
        "Payment 1 had covered it: it is due on 2026-04-08 instead.",
        "Try 2 of payment 1 failed (the card has expired); the next was set for 2026-04-04.",
        "Payment 1 of 7.98 EUR failed, and is tried again on 2026-04-04.",
    ]
    assert sentences_of("2026-000002") == [
        "Payment 2 of 3.99 EUR was begun, through Visa …4242.",
        "Try 1 of payment 2 failed (the card has expired); the next was set for 2026-04-02.",
        "Payment 2 had covered it: it is due on 2026-04-08 instead.",
        "Try 2 of payment 2 failed (the card has expired); the next was set for 2026-04-04.",
        "Payment 2 of 3.99 EUR failed, and is tried again on 2026-04-04.",
    ]
    assert sentences_of("2026-000003") == []


def test_a_payment_that_fails_moves_what_another_one_covers_too(cli: Cli) -> None:
    """The payment of the second invoice was not asked for yet; what is covered has more time."""
    for line in """
init --clock 2026-03-01
customer add acme --name Acme --email a@acme.example --country GB
platform add hx --customer acme --offer hosted-exchange
method add card acme --token tok --brand Visa --last4 4242 --expires 2028-03
account order hx a@acme.example b@acme.example -y
payment export --kind card --format csv
tick --to 2026-03-09
account order hx c@acme.example --period yearly -y
tick --to 2026-03-10
payment fail 1 --reason refused
""".strip().splitlines():
        assert cli(*split(line)).status == 0

    said = [text for _, _, text in explained(cli, "invoice explain 2026-000002")]

    assert "Payment 2 of 43.08 EUR was begun, through Visa …4242." in said
    assert (
        "Payment 1 failed, and whatever is being collected got more time: it is due on "
        "2026-03-17 instead."
    ) in said
    assert not any(text.startswith("Try") for text in said)


def test_a_second_try_that_fails_moves_nothing(cli: Cli) -> None:
    """It was the other payment's first failure, of the same day, that gave more time."""
    for line in """
init --clock 2026-03-01
customer add acme --name Acme --email a@acme.example --country GB
platform add hx --customer acme --offer hosted-exchange
method add card acme --token tok --brand Visa --last4 4242 --expires 2028-03
account order hx a@acme.example -y
payment export --kind card --format csv
tick --days 1
payment fail 1 --reason refused
tick --days 1
account order hx b@acme.example -y
payment export --kind card --format csv
payment fail 1 --reason refused
payment fail 2 --reason refused
""".strip().splitlines():
        assert cli(*split(line)).status == 0

    said = [text for _, _, text in explained(cli, "invoice explain 2026-000001")]

    assert [text for text in said if text.endswith("instead.")] == [
        (
            "Payment 2 failed, and whatever is being collected got more time: it is due on "
            "2026-03-10 instead."
        )
    ]


def test_a_new_method_collects_what_had_failed_for_good(cli: Cli) -> None:
    """The third payment is for the first invoice: the second is collected by another."""
    for line in """
init --clock 2026-03-01
customer add acme --name Acme --email a@acme.example --country GB
platform add hx --customer acme --offer hosted-exchange
method add card acme --token tok --brand Visa --last4 4242 --expires 2028-03
account order hx a@acme.example -y
payment export --kind card --format csv
payment fail 1 --reason refused
tick --days 1
payment export --kind card --format csv
payment fail 1 --reason refused
tick --days 2
payment export --kind card --format csv
payment fail 1 --reason refused
tick --days 2
payment export --kind card --format csv
payment fail 1 --reason refused
account order hx b@acme.example c@acme.example -y
method add paypal acme --agreement B-1 --default
""".strip().splitlines():
        assert cli(*split(line)).status == 0

    first, second = (
        [text for _, _, text in explained(cli, f"invoice explain 2026-00000{n}")] for n in (1, 2)
    )

    assert [text for text in first if " was begun" in text] == [
        "Payment 1 of 3.99 EUR was begun, through Visa …4242.",
        "Payment 3 of 3.99 EUR was begun, through PayPal …B-1.",
    ]
    assert [text for text in second if " was begun" in text] == [
        "Payment 2 of 7.98 EUR was begun, through Visa …4242.",
    ]


def test_payment_days_that_change_later_do_not_change_why_it_was_due(cli: Cli) -> None:
    """The days are those of the day of issue."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ account order acme-hx ann@acme.example -y
$ customer edit acme --payment-days 30
$ settings set payment-days 10
$ account order acme-hx bob@acme.example -y
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
Next:
-           4.79 EUR of it is open. To record the money: mailctl invoice pay 2026-000001
2026-01-18  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-01.
? invoice explain 2026-000002
2026-01-10  Issued for order 3 by root, an order of 1 account.
2026-01-10  Line 1, account 2 (bob@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-02-09, 30 days after its issue: acme's own payment-days.
2026-01-10  Debited from the prepaid account: the balance went from -4.79 EUR to -9.58 EUR, so
            that all of it stayed open.
Next:
-           4.79 EUR of it is open, and 4.79 EUR of older debts, which are paid first. To record
            the money: mailctl invoice pay 2026-000002
2026-02-10  Suspended for debt unless it is paid: 1 account of it, to be deleted on 2026-02-24.
""",
    )


def test_a_payment_that_fails_at_once_moves_no_due_date(cli: Cli) -> None:
    """Seven days more than the day of issue are what it had."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ method add card acme --token tok_1 --brand visa --last4 4242 --expires 2028-01
$ account order acme-hx ann@acme.example -y
$ payment export --kind card --format csv
$ payment fail 1 --reason 'no funds'
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
2026-01-10  Payment 1 of 4.79 EUR was begun, through visa …4242.
2026-01-10  Try 1 of payment 1 failed (no funds); the next was set for 2026-01-11.
Next:
2026-01-11  Payment 1 of 4.79 EUR failed, and is tried again on 2026-01-11.
-           It is covered by that, and suspends nobody while it is not answered.
""",
    )


def test_one_line_is_explained_in_depth(cli: Cli) -> None:
    """Whose, for which term, billed why, at which price, and where to read on."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example bob@acme.example -y
$ tick --to 2026-02-10
? invoice explain 2026-000002 --line 2
2026-02-10  Line 2 is for account 2 (bob@acme.example) on acme-hx (hosted-exchange): the monthly
            term from 2026-02-10 to 2026-03-09.
2026-02-10  Billed on invoice 2026-000002, by the tick, as it renewed at its expiry.
2026-02-10  Its price is that of its first day, 2026-02-10: 3.99 EUR net, the price of
            hosted-exchange, as shipped.
Next:
-           What became of the account and what is to come: mailctl account explain 2
""",
    )


def test_what_happened_on_one_day_is_told_in_its_order(cli: Cli) -> None:
    """A payment began and failed before the money came by another way, all on the first day."""
    play(
        cli,
        """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
method add paypal acme --agreement B-1
account order hx ann@acme.example -y
""",
    )
    assert cli("payment", "export", "--kind", "paypal", "--format", "csv").status == 0
    play(cli, "payment fail 1 --reason no\nprepaid credit acme 4.79\n")

    said = cli.ok("invoice", "explain", "2026-000001")["sentences"]
    assert [one["kind"] for one in said if one["kind"] != "next"] == [
        "issued",
        "line",
        "tax",
        "due",
        "debited",
        "payment-created",
        "payment-try-failed",
        "settled",
        "payment-cancelled",
    ]
