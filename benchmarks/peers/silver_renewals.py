"""django-silver renews subscriptions: one invoice each, issued, in a SQLite file of its own.

Run by against_silver.py with the Python of an environment where django-silver 0.11.1 is installed.
It prints how many subscriptions it billed and the seconds that this took.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

APPS = (
    *("django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"),
    *("django.contrib.messages", "django.contrib.admin", "dal", "dal_select2", "django_fsm"),
    *("rest_framework", "django_filters", "silver"),
)
BEGUN = date(2025, 12, 1)
BILLED_ON = date(2026, 1, 1)


def configure(store: Path) -> None:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(store)}},
        INSTALLED_APPS=APPS,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        SECRET_KEY="benchmark",
        PAYMENT_METHOD_SECRET=b"benchmark",
        PAYMENT_PROCESSORS={},
        SILVER_AUTOMATICALLY_CREATE_TRANSACTIONS=False,
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        USE_TZ=True,
    )
    django.setup()


def populate(subscriptions: int) -> None:
    from silver.models import Customer, Plan, ProductCode, Provider, Subscription

    provider = Provider.objects.create(
        name="Host",
        company="Host",
        address_1="1 Street",
        city="Paris",
        country="FR",
        flow="invoice",
        invoice_series="I",
        invoice_starting_number=1,
        default_document_state="issued",
    )
    plan = Plan.objects.create(
        name="Mailbox",
        interval="month",
        interval_count=1,
        amount=Decimal("10.00"),
        currency="EUR",
        generate_after=0,
        product_code=ProductCode.objects.create(value="mailbox"),
        provider=provider,
        prebill_plan=True,
    )
    for number in range(subscriptions):
        customer = Customer.objects.create(
            first_name="Customer",
            last_name=str(number),
            address_1="1 Street",
            city="Paris",
            country="FR",
            currency="EUR",
            consolidated_billing=False,
        )
        subscription = Subscription.objects.create(
            plan=plan, customer=customer, start_date=BEGUN, reference=str(number)
        )
        subscription.activate()
        subscription.save()


def main() -> None:
    subscriptions = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        configure(Path(folder) / "silver.db")
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            populate(subscriptions)
        from silver.documents_generator import DocumentsGenerator
        from silver.models import Invoice

        # The first month is not counted: what is renewed has been billed before.
        with transaction.atomic():
            DocumentsGenerator().generate(billing_date=BEGUN)
        before = Invoice.objects.count()
        began = time.perf_counter()
        # In one transaction: each statement's own sync of the disk would be most of the time.
        with transaction.atomic():
            DocumentsGenerator().generate(billing_date=BILLED_ON)
        seconds = time.perf_counter() - began
        print(Invoice.objects.count() - before, seconds)


if __name__ == "__main__":
    main()
