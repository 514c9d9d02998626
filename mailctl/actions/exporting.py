"""Payments handed to the bank or gateway: the file and its record in one transaction (SPEC 10).

What a file cannot carry, or nobody was told of yet, is left out of it; the others are collected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from mailctl.domain.debits import SELLER, SEPA_COUNTRIES, Obstacle, needs_address, obstacle
from mailctl.domain.methods import bic_of
from mailctl.domain.payments import MethodKind
from mailctl.domain.target import collection_day, first_open
from mailctl.errors import ExportNotFoundError, FileReducedError, UsageError
from mailctl.exports import gateway, sepa
from mailctl.exports.gateway import Charge
from mailctl.exports.sepa import Creditor, DebtorAddress, DirectDebit, MandateUse
from mailctl.store import debit_announcements, mail_settings, payment_files, payments
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payment_files import KeptFile, ToExport

SEPA = "sepa"
# What a gateway knows the money's source by.
REFERENCES = {
    MethodKind.BANK: "iban",
    MethodKind.CARD: "token",
    MethodKind.PAYPAL: "agreement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A payment that the file cannot carry, and why."""

    payment: int
    customer: str
    amount_cents: int
    obstacle: Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file for the bank or gateway, None where nothing is to be asked for, and its payments.

    `collect_on` are its days of collection. `untold` counts the payments whose customers were not
    told yet. `last` is the newest file of the kind and form where this one has nothing.
    """

    content: str | None
    file: int | None = None
    payments: tuple[Row, ...] = ()
    collect_on: tuple[date, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    untold: int = 0
    last: KeptFile | None = None

    @property
    def cents(self) -> int:
        """What the file asks for."""
        return sum(int(str(payment["amount_cents"])) for payment in self.payments)


def export(transaction: Transaction, *, kind: str, form: str) -> Exported:
    """Write the pending payments of a kind whose try has come; each try is handed over once.

    UsageError for a form that the kind does not have, and where the seller's settings lack what the
    bank must know.
    """
    check_form(kind, form)
    if form == SEPA:
        _check_seller(transaction)
    if kind == MethodKind.BANK:
        # Those of an older store, which nothing announces yet.
        debit_announcements.announce_and_record(transaction)
    found = payment_files.to_export(transaction, kind)
    left_out = _left_out(found) if form == SEPA else {}
    untold = {
        one.payment.id
        for one in found
        if one.payment.id not in left_out and _is_untold(transaction, one, kind)
    }
    ready = [one for one in found if one.payment.id not in {*left_out, *untold}]
    if not ready:
        return Exported(
            content=None,
            left_out=tuple(left_out.values()),
            untold=len(untold),
            last=payment_files.last_file(transaction, kind, form),
        )
    days = _collection_days(transaction, ready) if kind == MethodKind.BANK else {}
    if form == SEPA:
        content = _direct_debits(transaction, ready, days)
    else:
        content = gateway.charges(
            (_charge(one, MethodKind(kind), days.get(one.payment.id)) for one in ready),
            currency=transaction.info.currency,
        )
    return Exported(
        content=content,
        file=_hand_over(transaction, kind, form, content, ready, days),
        payments=tuple(payments.show(transaction, one.payment.id) for one in ready),
        collect_on=tuple(sorted(set(days.values()))) if form == SEPA else (),
        left_out=tuple(left_out.values()),
        untold=len(untold),
    )


def _hand_over(
    transaction: Transaction,
    kind: str,
    form: str,
    content: str,
    ready: Sequence[ToExport],
    days: Mapping[int, date],
) -> int:
    """Keep the file and that its payments are in it; its number."""
    ids = [one.payment.id for one in ready]
    collect_on = min(days.values(), default=None) if form == SEPA else None
    file = payment_files.keep_file(
        transaction, kind, form, content, collect_on, (one.payment for one in ready)
    )
    payment_files.mark_exported(transaction, ids)
    transaction.record(
        "payments-exported",
        f"export/{kind}",
        {
            "format": form,
            "file": file,
            "payments": ids,
            "cents": sum(one.payment.amount_cents for one in ready),
            "collect_on": collect_on.isoformat() if collect_on else None,
        },
    )
    return file


def _left_out(found: Sequence[ToExport]) -> dict[int, LeftOut]:
    """By payment, what a file of direct debits cannot carry."""
    left_out: dict[int, LeftOut] = {}
    for one in found:
        wrong = obstacle(one.details, city=one.debtor.city, shared_with=one.shared_with)
        if wrong:
            left_out[one.payment.id] = LeftOut(
                payment=one.payment.id,
                customer=one.payment.customer,
                amount_cents=one.payment.amount_cents,
                obstacle=wrong,
            )
    return left_out


def _is_untold(reader: Reader, one: ToExport, kind: str) -> bool:
    """Whether a direct debit waits for its notice: only where notices are sent by mailctl."""
    return kind == MethodKind.BANK and mail_settings.has_server(reader) and not one.is_announced


def _collection_days(reader: Reader, ready: Sequence[ToExport]) -> dict[int, date]:
    """By payment, the day of its collection: never before the day that the customer was told."""
    soonest = collection_day(reader.today, reader.setting_number("collection-lead-days"))
    return {
        one.payment.id: max(soonest, first_open(one.told_on)) if one.told_on else soonest
        for one in ready
    }


def check_form(kind: str, form: str) -> None:
    """UsageError for a direct debit of what is no bank account."""
    if form == SEPA and kind != MethodKind.BANK:
        raise UsageError(
            f"a SEPA file has direct debits from banks, not payments by {kind}",
            hint=f"mailctl payment export --kind {kind} --format csv",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A file as it was written; `is_past`: its day of collection, `answered`: payments since."""

    file: KeptFile
    is_past: bool
    answered: tuple[int, ...]


def again(
    reader: Reader, *, kind: str | None = None, form: str | None = None, number: int | None = None
) -> Repeated:
    """A file once more, unchanged: that of a number, else the newest, of a kind and form if given.

    ExportNotFoundError where there is none, FileReducedError for one that lacks an erased
    customer's entries, UsageError for a number of another kind or form.
    """
    if kind and form:
        check_form(kind, form)
    if number is None:
        found = payment_files.last_file(reader, kind, form)
    else:
        found = payment_files.file(reader, number)
    if found is None:
        given = " and ".join(
            f"{name} {value}" for name, value in (("kind", kind), ("format", form)) if value
        )
        command = f"mailctl payment export --kind {kind} --format {form}"
        raise ExportNotFoundError(
            f"of {given}" if given else "yet",
            hint=command if kind and form else "mailctl payment export --list",
        )
    if (kind or found.kind, form or found.form) != (found.kind, found.form):
        raise UsageError(
            f"file {found.id} is of kind {found.kind} and format {found.form}",
            hint=f"mailctl payment export --again --file {found.id}",
        )
    if found.is_reduced:
        raise FileReducedError(
            f"file {found.id} had entries of a customer who was erased: it is not written again",
            hint="mailctl payment export --list",
        )
    return Repeated(
        file=found,
        is_past=found.collect_on is not None and found.collect_on < reader.today,
        answered=tuple(payment_files.answered(reader, found.id)),
    )


def listed(reader: Reader, number: int) -> Row:
    """A file with every key of the contract."""
    (row,) = payment_files.files(reader, number=number).dicts()
    return row


def take_out(transaction: Transaction, customer_id: int) -> None:
    """Take a customer's entries out of every kept file; the others' stay (SPEC 4)."""
    for number, ids in payment_files.files_of_customer(transaction, customer_id).items():
        found = payment_files.file(transaction, number)
        without = sepa.without if found.form == SEPA else gateway.without
        payment_files.reduce_file(transaction, number, without(found.content, ids))


def _check_seller(transaction: Transaction) -> None:
    if transaction.info.currency != "EUR":
        raise UsageError(
            f"a SEPA file is in EUR; this store has {transaction.info.currency}",
            hint="mailctl payment export --kind bank --format csv",
        )
    missing = [name for name in SELLER if not transaction.setting(name)]
    if missing:
        raise UsageError(
            f"the bank must know the seller's {' and '.join(missing)}",
            hint="; ".join(f"mailctl settings set {name} VALUE" for name in missing),
        )
    country = transaction.setting("seller-iban")[:2]
    if country not in SEPA_COUNTRIES:
        raise UsageError(
            f"SEPA direct debits do not reach {country}, the country of seller-iban",
            hint="mailctl settings set seller-iban IBAN; for this account: "
            "mailctl payment export --kind bank --format csv",
        )


def _direct_debits(
    transaction: Transaction, ready: Sequence[ToExport], days: Mapping[int, date]
) -> str:
    iban = transaction.setting("seller-iban")
    invoices = payment_files.invoices_by_payment(
        transaction, (one.payment.customer_id for one in ready)
    )
    begun: set[int] = set()
    debits: list[DirectDebit] = []
    for one in ready:
        # Of several payments by one new mandate only the first is its first use.
        first = one.is_first and one.payment.method_id not in begun
        begun.add(one.payment.method_id)
        numbers = invoices.get(one.payment.id, [])
        debits.append(_direct_debit(one, days[one.payment.id], numbers, first=first))
    return sepa.direct_debits(
        debits,
        Creditor(
            name=transaction.setting("seller-name"),
            iban=iban,
            bic=bic_of(iban),
            creditor_id=transaction.setting("seller-creditor-id"),
        ),
        # Each change of a store has a number of its own, so no two files have the same.
        message_id=f"mailctl-{transaction.batch.id}",
        created_at=datetime.combine(transaction.today, time()),
    )


def _direct_debit(
    one: ToExport, collect_on: date, invoices: Sequence[str], *, first: bool
) -> DirectDebit:
    payment, details, debtor = one.payment, one.details, one.debtor
    iban, bic = str(details["iban"]), details["bic"]
    return DirectDebit(
        end_to_end_id=f"payment-{payment.id}-{payment.tries + 1}",
        amount_cents=payment.amount_cents,
        debtor=str(details["holder"]),
        address=DebtorAddress(
            street=debtor.street,
            postcode=debtor.postcode,
            city=debtor.city,
            country=debtor.country,
        )
        if debtor.city and needs_address(iban, bic)
        else None,
        iban=iban,
        bic=bic,
        mandate=str(details["mandate"]),
        signed_on=date.fromisoformat(str(details["signed_on"])),
        sequence=MandateUse.FIRST if first else MandateUse.RECURRENT,
        collect_on=collect_on,
        description=sepa.bill_text(invoices, debtor.language) or _description(one),
    )


def _charge(one: ToExport, kind: MethodKind, collect_on: date | None) -> Charge:
    return Charge(
        payment=one.payment.id,
        customer=one.payment.customer,
        amount_cents=one.payment.amount_cents,
        reference=str(one.details[REFERENCES[kind]]),
        description=_description(one),
        collect_on=collect_on,
    )


def _description(one: ToExport) -> str:
    return f"{one.payment.customer}, payment {one.payment.id}"
