"""What happened to an account and what comes, in the words that a person reads.

hosted-exchange monthly is 3.99 + 0.80 tax = 4.79, yearly 43.08 + 8.62 = 51.70.
"""

from __future__ import annotations

from tests.helpers import Cli
from tests.insight.telling import tell


def test_a_renewing_account_explains_its_order_its_renewals_and_the_next(cli: Cli) -> None:
    """Its order, its renewals with the prices and their origin, and the balance that will be."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ tick --to 2026-04-20
$ account rename 1 anna@acme.example
$ tick --to 2026-06-01
? account explain anna@acme.example
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Renewed monthly 3 times, on 2026-02-10, 2026-03-10 and 2026-04-10: 3.99 EUR net
            each, the price of hosted-exchange, as shipped; invoices 2026-000002, 2026-000003 and
            2026-000004. Expiry 2026-05-10.
2026-04-20  root renamed it from ann@acme.example to anna@acme.example.
2026-05-10  Renewed monthly: 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000005. Expiry 2026-06-10.
Next:
2026-06-10  Renews monthly, until 2026-07-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 171.26 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_many_renewals_are_summed_up_by_the_first_and_the_last(cli: Cli) -> None:
    """Between 2026-000003 and 2026-000013 lie another customer's invoices: no range is given."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ customer add bolt --name "Bolt" --email it@bolt.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ platform add bolt-hx --customer bolt --offer hosted-exchange
$ prepaid credit acme 200
$ prepaid credit bolt 200
$ account order acme-hx ann@acme.example -y
$ account order bolt-hx bob@bolt.example -y
$ tick --to 2026-07-01
? account explain ann@acme.example
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 3, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Renewed monthly 5 times, first on 2026-02-10, last on 2026-06-10: 3.99 EUR net each,
            the price of hosted-exchange, as shipped; the first with invoice 2026-000003, the last
            with 2026-000011. Expiry 2026-07-10.
Next:
2026-07-10  Renews monthly, until 2026-08-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 166.47 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_each_renewal_is_listed_when_all_are_asked_for(cli: Cli) -> None:
    """`--all` gives every renewal its own sentence."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ tick --to 2026-03-10
? account explain 1 --all
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Renewed monthly: 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000002. Expiry 2026-03-10.
2026-03-10  Renewed monthly: 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000003. Expiry 2026-04-10.
Next:
2026-04-10  Renews monthly, until 2026-05-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 180.84 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_an_account_on_none_ends_at_its_expiry_and_is_deleted(cli: Cli) -> None:
    """Who set it to none, when it was suspended and deleted for that; then nothing comes."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ account renew 1 --mode none -y
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root changed its renewal from monthly to none, so that it would end at its expiry on
            2026-02-10.
Next:
2026-02-10  Suspended: its renewal is none. To let it renew: mailctl account renew 1 --mode
            monthly
2026-02-24  Deleted, unless it is reopened before.
$ tick --to 2026-02-10
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice 2026-000001.
            Expiry 2026-02-10.
2026-01-10  root changed its renewal from monthly to none, so that it would end at its expiry on
            2026-02-10.
2026-02-10  Suspended at its expiry: its renewal was none, set by root on 2026-01-10. Its deletion
            was set for 2026-02-24.
Next:
2026-02-24  Deleted for good.
-           Reopened today, it is billed for 1 monthly term from 2026-02-10 (3.99 EUR net, the
            price of hosted-exchange, as shipped).
Ways out:
-           Reopen it: mailctl account reopen 1
$ tick --to 2026-02-24
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root changed its renewal from monthly to none, so that it would end at its expiry on
            2026-02-10.
2026-02-10  Suspended at its expiry: its renewal was none, set by root on 2026-01-10. Its
            deletion was set for 2026-02-24.
2026-02-24  Deleted for good, 14 days after its suspension.
Next:
-           Nothing more: a deleted account never comes back.
""",
    )


def test_a_debt_suspends_and_money_brings_back_what_was_missed(cli: Cli) -> None:
    """Which invoice was not paid, how much was missing, whose money came, what is billed then."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ customer edit acme --payment-days 30
$ account order acme-hx ann@acme.example -y
$ tick --to 2026-02-12
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 1, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice 2026-000001.
            Expiry 2026-02-10.
2026-02-10  Suspended for debt: invoice 2026-000001, due on 2026-02-09, was not paid; 4.79 EUR of
            it was missing. Its deletion was set for 2026-02-24.
Next:
-           Active again as soon as invoice 2026-000001 is paid: 4.79 EUR is missing. The tick
            after that bills it from 2026-02-10, its expiry, on.
2026-02-24  Deleted for good.
Ways out:
-           4.79 EUR came, for invoice 2026-000001: mailctl invoice pay 2026-000001
-           4.79 EUR came, for whatever is open: mailctl prepaid credit acme 4.79 --received
-           The whole debt came, 4.79 EUR: mailctl order pay 2 --received
-           More time, until 2026-02-19 for one: mailctl prepaid grace acme --until 2026-02-19
            --reason 'promised to pay'
-           It was billed by mistake: mailctl invoice credit 2026-000001 --line 1 --reason 'billed
            by mistake'
$ prepaid credit acme 50
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 1, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Suspended for debt: invoice 2026-000001, due on 2026-02-09, was not paid; 4.79 EUR
            of it was missing. Its deletion was set for 2026-02-24.
2026-02-12  Active again in the books: root recorded 50.00 EUR from acme.
Next:
2026-02-13  The next tick bills 1 monthly term from 2026-02-10 to 2026-03-09: 3.99 EUR net, the
            price of hosted-exchange, as shipped. acme's invoice of that day will be 4.79 EUR
            with 20 % tax. If nothing else is paid or ordered until then, the balance after it
            will be 40.42 EUR.
$ tick --days 1
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 1, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Suspended for debt: invoice 2026-000001, due on 2026-02-09, was not paid; 4.79 EUR
            of it was missing. Its deletion was set for 2026-02-24.
2026-02-12  Active again in the books: root recorded 50.00 EUR from acme.
2026-02-13  Billed for what fell due while it was suspended for debt, the term from 2026-02-10
            to 2026-03-09: 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000002. Expiry 2026-03-10.
Next:
2026-03-10  Renews monthly, until 2026-04-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 35.63 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_terms_missed_up_to_an_expiry_are_explained_with_the_one_that_begins_there(
    cli: Cli,
) -> None:
    """Paid the day before the next expiry: the tick bills what was missed, and the new term."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ settings set retention-days 60
$ customer edit acme --payment-days 30
$ account order acme-hx ann@acme.example -y
$ tick --to 2026-03-09
$ prepaid credit acme 50
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 1, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Suspended for debt: invoice 2026-000001, due on 2026-02-09, was not paid; 4.79 EUR
            of it was missing. Its deletion was set for 2026-04-11.
2026-03-09  Active again in the books: root recorded 50.00 EUR from acme.
Next:
2026-03-10  The next tick bills 2 monthly terms from 2026-02-10 to 2026-04-09: 3.99 EUR net
            each, the price of hosted-exchange, as shipped. acme's invoice of that day will be
            9.58 EUR with 20 % tax. If nothing else is paid or ordered until then, the balance
            after it will be 35.63 EUR.
$ tick --days 1
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 1, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Suspended for debt: invoice 2026-000001, due on 2026-02-09, was not paid; 4.79 EUR
            of it was missing. Its deletion was set for 2026-04-11.
2026-03-09  Active again in the books: root recorded 50.00 EUR from acme.
2026-03-10  Billed for what fell due while it was suspended for debt, 2 monthly terms from
            2026-02-10 to 2026-04-09: 3.99 EUR net each, the price of hosted-exchange, as
            shipped; invoice 2026-000002. Expiry 2026-04-10.
Next:
2026-04-10  Renews monthly, until 2026-05-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 30.84 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_what_was_undone_is_no_reason_any_more(cli: Cli) -> None:
    """Cancelled and resumed, then set to none: that is why it was suspended."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ platform cancel acme-hx -y
$ platform resume acme-hx -y
$ account renew 1 --mode none -y
$ tick --to 2026-02-10
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice 2026-000001.
            Expiry 2026-02-10.
2026-01-10  root cancelled the platform acme-hx: its renewal went from monthly to none, so that it
            would end at its expiry on 2026-02-10.
2026-01-10  root resumed the platform acme-hx: its renewal is monthly again.
2026-01-10  root changed its renewal from monthly to none, so that it would end at its expiry on
            2026-02-10.
2026-02-10  Suspended at its expiry: its renewal was none, set by root on 2026-01-10. Its deletion
            was set for 2026-02-24.
Next:
2026-02-24  Deleted for good.
-           Reopened today, it is billed for 1 monthly term from 2026-02-10 (3.99 EUR net, the
            price of hosted-exchange, as shipped).
Ways out:
-           Reopen it: mailctl account reopen 1
""",
    )


def test_what_is_overdue_is_paid_before_an_account_is_reopened(cli: Cli) -> None:
    """A debt of another account refuses the reopening: the answer is to pay it first."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 10
$ account order acme-hx ann@acme.example -y
$ account renew 1 --mode none -y
$ tick --to 2026-02-02
$ account order acme-hx bob@acme.example cyd@acme.example -y
$ tick --to 2026-02-10
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice 2026-000001.
            Expiry 2026-02-10.
2026-01-10  root changed its renewal from monthly to none, so that it would end at its expiry on
            2026-02-10.
2026-02-10  Suspended at its expiry: its renewal was none, set by root on 2026-01-10. Its deletion
            was set for 2026-02-24.
Next:
2026-02-24  Deleted for good.
-           Reopened today, it is billed for 1 monthly term from 2026-02-10 (3.99 EUR net, the
            price of hosted-exchange, as shipped).
Ways out:
-           4.37 EUR came for what is overdue; reopen it: mailctl invoice pay 2026-000002 &&
            mailctl account reopen 1
-           More time for what is overdue, until 2026-02-17 for one; reopen it: mailctl prepaid
            grace acme --until 2026-02-17 --reason 'promised to pay' && mailctl account reopen 1
""",
    )


def test_a_manual_platform_suspends_what_nobody_extended(cli: Cli) -> None:
    """The platform's change is part of the account's life, and extending is what helps."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ platform renewal acme-hx --manual -y
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root set the platform acme-hx to manual: nothing on it renews by itself.
Next:
2026-02-10  Suspended: the platform acme-hx is manual, so nothing renews by itself. To pay
            its next term in advance: mailctl account extend 1
2026-02-24  Deleted, unless it is reopened before.
$ account extend 1 --terms 2 -y
$ tick --to 2026-04-10
$ account reopen 1 -y
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root set the platform acme-hx to manual: nothing on it renews by itself.
2026-01-10  Extended by root with order 3, paid in advance for 2 monthly terms from 2026-02-10
            to 2026-04-09: 3.99 EUR net each, the price of hosted-exchange, as shipped; invoice
            2026-000002. Expiry 2026-04-10.
2026-04-10  Suspended at its expiry: the platform acme-hx had been set to manual by root on
            2026-01-10, and nobody had extended the account. Its deletion was set for
            2026-04-24.
2026-04-10  Reopened by root with order 4, which billed the term from 2026-04-10 to 2026-05-09:
            3.99 EUR net, the price of hosted-exchange, as shipped; invoice 2026-000003. Renewal
            monthly, expiry 2026-05-10.
Next:
2026-05-10  Suspended: the platform acme-hx is manual, so nothing renews by itself. To pay
            its next term in advance: mailctl account extend 1
2026-05-24  Deleted, unless it is reopened before.
""",
    )


def test_a_cancelled_platform_ends_its_accounts_and_a_resume_gives_them_back(cli: Cli) -> None:
    """The cancel and its reason, what the resume gave back."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ platform cancel acme-hx --reason price -y
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root cancelled the platform acme-hx (reason: price): its renewal went from monthly
            to none, so that it would end at its expiry on 2026-02-10.
Next:
2026-02-10  Suspended: the platform acme-hx is cancelled. To undo the cancel: mailctl platform
            resume acme-hx
2026-02-24  Deleted, unless it is given back by a resume and reopened before.
$ tick --days 3
$ platform resume acme-hx -y
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root cancelled the platform acme-hx (reason: price): its renewal went from monthly
            to none, so that it would end at its expiry on 2026-02-10.
2026-01-13  root resumed the platform acme-hx: its renewal is monthly again.
Next:
2026-02-10  Renews monthly, until 2026-03-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 190.42 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_private_exchange_renews_with_its_platform_and_is_deleted_at_once(cli: Cli) -> None:
    """The first term is short; the way to end it is to delete it."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ platform add acme-priv --customer acme --offer private-exchange
$ tick --to 2026-01-25
$ account order acme-priv pia@acme.example -y
? account explain 1
2026-01-25  Ordered by root on acme-priv (private-exchange) with order 2, as pia@acme.example:
            monthly, 2.99 EUR net, the price of private-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
Next:
2026-02-10  Renews monthly, until 2026-03-09: 2.99 EUR net, the price of private-exchange, as
            shipped. acme's invoice of that day will be 3.59 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 192.82 EUR.
-           To delete it at once instead: mailctl account delete 1
$ account delete 1 -y
? account explain 1
2026-01-25  Ordered by root on acme-priv (private-exchange) with order 2, as pia@acme.example:
            monthly, 2.99 EUR net, the price of private-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-25  Deleted for good by root, without refund.
Next:
-           Nothing more: a deleted account never comes back.
""",
    )


def test_prices_are_explained_with_their_origin(cli: Cli) -> None:
    """A price from a day, a customer's own, that of the offer it is like, one that is to come."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ offer add budget --like hosted-exchange
$ platform add acme-b --customer acme --offer budget
$ account order acme-b bob@acme.example -y
$ offer price hosted-exchange monthly 4.50 --from 2026-03-01
$ tick --to 2026-03-10
$ offer price budget monthly 4.20 --from 2026-04-10 --customer acme
? account explain 1
2026-01-10  Ordered by root on acme-b (budget) with order 2, as bob@acme.example: monthly, 3.99
            EUR net, the price of hosted-exchange, which budget is like, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-02-10  Renewed monthly: 3.99 EUR net, the price of hosted-exchange, which budget is like,
            as shipped; invoice 2026-000002. Expiry 2026-03-10.
2026-03-10  Renewed monthly: 4.50 EUR net, the price of hosted-exchange, which budget is like,
            valid from 2026-03-01; invoice 2026-000003. Expiry 2026-04-10.
Next:
2026-04-10  Renews monthly, until 2026-05-09: 4.20 EUR net, acme's own price of budget valid
            from 2026-04-10. acme's invoice of that day will be 5.04 EUR with 20 % tax. If
            nothing else is paid or ordered until then, the balance after it will be 179.98 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_a_price_set_too_late_for_a_paid_term_is_explained_as_such(cli: Cli) -> None:
    """Terms paid in advance keep their price; the journal knows what it was then."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ offer price hosted-exchange monthly 4.10 --from 2026-02-01
$ account extend 1 -y
$ tick --days 1
$ offer price hosted-exchange monthly 5.00 --from 2026-02-01
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  Extended by root with order 3, paid in advance for the term from 2026-02-10 to
            2026-03-09: 4.10 EUR net, the price of hosted-exchange valid from 2026-02-01 (it was
            set to 5.00 EUR only on 2026-01-11 by root, after this was billed); invoice
            2026-000002. Expiry 2026-03-10.
Next:
2026-03-10  Renews monthly, until 2026-04-09: 5.00 EUR net, the price of hosted-exchange valid
            from 2026-02-01. acme's invoice of that day will be 6.00 EUR with 20 % tax. If
            nothing else is paid or ordered until then, the balance after it will be 184.29 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
? invoice explain 2026-000002 --line 1
2026-01-10  Line 1 is for account 1 (ann@acme.example) on acme-hx (hosted-exchange): the monthly
            term from 2026-02-10 to 2026-03-09.
2026-01-10  Billed on invoice 2026-000002 for order 3 by root.
2026-01-10  Its price is that of its first day, 2026-02-10: 4.10 EUR net, the price of
            hosted-exchange valid from 2026-02-01 (it was set to 5.00 EUR only on 2026-01-11 by
            root, after this was billed).
Next:
-           What became of the account and what is to come: mailctl account explain 1
""",
    )


def test_an_import_is_explained_as_where_knowledge_begins(cli: Cli) -> None:
    """Nothing before the import is known."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ import customers - <<< id,name,email,balance_cents | bolt,Bolt,b@bolt.example,5000
$ import platforms - <<< name,customer,offer,created_on | b-p,bolt,email-pro,2024-05-31
$ import accounts - <<< platform,address,period,expires_on,anchor_day | b-p,,yearly,2026-01-31,31
$ account renew 1 --mode none -y
$ tick --to 2026-01-31
? account explain 1
2026-01-10  Imported by root on b-p (email-pro), without an address: yearly, with the renewal
            yearly, paid for elsewhere. Expiry 2026-01-31. Nothing before is known.
2026-01-10  root changed its renewal from yearly to none, so that it would end at its expiry on
            2026-01-31.
2026-01-31  Suspended at its expiry: its renewal was none, set by root on 2026-01-10. Its deletion
            was set for 2026-02-14.
Next:
2026-02-14  Deleted for good.
-           Reopened today, it is billed for 1 yearly term from 2026-01-31 (17.88 EUR net, the
            price of email-pro, as shipped).
Ways out:
-           Reopen it: mailctl account reopen 1
""",
    )


def test_a_reset_is_explained_and_the_account_goes_on(cli: Cli) -> None:
    """The mailbox went, the account is still billed."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example -y
$ account reset 1 -y
$ account configure 1 new@acme.example
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root reset it: the mailbox was erased and its address ann@acme.example released. The
            account stayed, blank; its price and expiry did not change.
2026-01-10  root gave it the address new@acme.example.
Next:
2026-02-10  Renews monthly, until 2026-03-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 190.42 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_an_order_that_waits_for_its_money_is_explained(cli: Cli) -> None:
    """A kept order has no effect yet; then it was paid, or ended unpaid."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ account order acme-hx ann@acme.example --await-payment -y
$ order pay 2 -y
$ account extend 1 --await-payment -y
? account explain 1
2026-01-10  root took order 2 (account order), to be carried out once 4.79 EUR is paid.
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root took order 3 (extension), to be carried out once 4.79 EUR is paid.
Next:
2026-01-11  Order 3 (extension) ends after this day, unless 4.79 EUR is paid for it: mailctl
            order pay 3 --received
2026-02-10  Renews monthly, until 2026-03-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 190.42 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
$ tick --days 2
? account explain 1
2026-01-10  root took order 2 (account order), to be carried out once 4.79 EUR is paid.
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-10  root took order 3 (extension), to be carried out once 4.79 EUR is paid.
2026-01-12  Order 3 (extension) was not paid in time and ended; it had no effect.
Next:
2026-02-10  Renews monthly, until 2026-03-09: 3.99 EUR net, the price of hosted-exchange, as
            shipped. acme's invoice of that day will be 4.79 EUR with 20 % tax. If nothing else
            is paid or ordered until then, the balance after it will be 190.42 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )


def test_a_grace_reopens_and_puts_the_suspension_off(cli: Cli) -> None:
    """Who gave more time, until when, and what comes after it."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ account order acme-hx ann@acme.example -y
$ tick --to 2026-01-18
$ prepaid grace acme --until 2026-02-05 --reason holidays
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 1, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice
            2026-000001. Expiry 2026-02-10.
2026-01-18  Suspended for debt: invoice 2026-000001, due on 2026-01-17, was not paid; 4.79 EUR
            of it was missing. Its deletion was set for 2026-02-01.
2026-01-18  Active again in the books: root gave acme until 2026-02-05 to pay.
Next:
2026-02-06  Suspended for debt, unless invoice 2026-000001 is paid, of which 4.79 EUR is open,
            due on 2026-01-17 (acme has time until 2026-02-05); then deleted on 2026-02-20. To
            record the money: mailctl invoice pay 2026-000001
2026-02-10  If that is paid: renews monthly, until 2026-03-09: 3.99 EUR net, the price of
            hosted-exchange, as shipped. acme's invoice of that day will be 4.79 EUR with 20 %
            tax. If nothing else is paid or ordered until then, the balance after it will be
            -4.79 EUR; what is missing is to be paid by 2026-02-17.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
? invoice explain 2026-000001
2026-01-10  Issued for order 1 by root, an order of 1 account.
2026-01-10  Line 1, account 1 (ann@acme.example) on acme-hx: monthly, from 2026-01-10 to
            2026-02-09, 3.99 EUR net, the price of hosted-exchange, as shipped.
2026-01-10  Tax: acme is in FR, as the seller is: the rate of FR, 20 %. On the lines' sum of
            3.99 EUR, rounded once, that is 0.80 EUR; the total is 4.79 EUR.
2026-01-10  Due on 2026-01-17, 7 days after its issue: the setting payment-days.
2026-01-10  Debited from the prepaid account: the balance went from 0.00 EUR to -4.79 EUR, so
            that all of it stayed open.
2026-01-18  root gave more time to pay, until 2026-02-05.
Next:
-           4.79 EUR of it is open. To record the money: mailctl invoice pay 2026-000001
2026-02-06  Suspended for debt unless it is paid (acme has time until 2026-02-05): 1 account of
            it, to be deleted on 2026-02-20.
""",
    )


def test_a_deletion_waits_for_its_notice(cli: Cli) -> None:
    """While mail is configured everybody is notified."""
    tell(
        cli,
        """
$ init --clock 2026-01-10
$ customer add acme --name "Acme SARL" --email it@acme.example
$ platform add acme-hx --customer acme --offer hosted-exchange
$ prepaid credit acme 200
$ settings set mail-host mail.acme.example
$ account order acme-hx ann@acme.example -y
$ account renew 1 --mode none -y
$ tick --to 2026-02-24
? account explain 1
2026-01-10  Ordered by root on acme-hx (hosted-exchange) with order 2, as ann@acme.example:
            monthly, 3.99 EUR net, the price of hosted-exchange, as shipped; invoice 2026-000001.
            Expiry 2026-02-10.
2026-01-10  root changed its renewal from monthly to none, so that it would end at its expiry on
            2026-02-10.
2026-02-10  Suspended at its expiry: its renewal was none, set by root on 2026-01-10. Its deletion
            was set for 2026-02-24.
Next:
2026-02-25  Deleted by the next tick, once the notice of its suspension was sent: mailctl settings
            set mail-from -
-           Reopened today, it is billed for 1 monthly term from 2026-02-10 (3.99 EUR net, the
            price of hosted-exchange, as shipped).
Ways out:
-           Reopen it: mailctl account reopen 1
""",
    )


def test_a_rise_that_came_too_late_is_a_sentence(cli: Cli) -> None:
    """The announced term keeps its price, until a lower one is set."""
    tell(
        cli,
        """
$ init --clock 2026-01-05
$ customer add acme --name "Acme SARL" --email it@acme.example
$ prepaid credit acme 200
$ platform add p --customer acme --offer email-pro
$ account order p a@acme.example --period yearly -y
$ tick --to 2026-12-25
$ offer price email-pro yearly 30
$ offer price email-pro yearly 15
? account explain 1
2026-01-05  Ordered by root on p (email-pro) with order 2, as a@acme.example: yearly, 17.88 EUR
            net, the price of email-pro, as shipped; invoice 2026-000001. Expiry 2027-01-05.
2026-12-25  root raised the price too late for its term from 2027-01-05, which had been announced:
            that term keeps 17.88 EUR net.
2026-12-25  root set another price: its term from 2027-01-05 does not keep an earlier one any
            more.
Next:
2027-01-05  Renews yearly, until 2028-01-04: 15.00 EUR net, the price of email-pro valid from
            2026-12-25. acme's invoice of that day will be 18.00 EUR with 20 % tax. If nothing
            else is paid or ordered until then, the balance after it will be 160.54 EUR.
-           To let it end at its expiry instead: mailctl account renew 1 --mode none
""",
    )
