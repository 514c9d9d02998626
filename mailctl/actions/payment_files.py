"""Files that ask banks and gateways for payments, kept in the store as written (rules 10).

A payment that a file cannot carry, or whose customer was not notified yet, is left out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from mailctl.actions.result import Result
from mailctl.domain.debits import SELLER, SEPA_COUNTRIES, Obstacle, needs_address, obstacle
from mailctl.domain.methods import bic_of
from mailctl.domain.payments import FileFormat, MethodKind, end_to_end_id
from mailctl.domain.target import collection_day, first_open
from mailctl.effects import debit_announcements
from mailctl.effects.after_restore import let_go
from mailctl.errors import ExportNotFoundError, FileReducedError, UsageError
from mailctl.exports import gateway, sepa
from mailctl.exports.gateway import Charge
from mailctl.exports.sepa import Creditor, DebtorAddress, DirectDebit, MandateUse
from mailctl.store import mail_settings, payment_files, payments
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payment_files import KeptFile, ToExport
from mailctl.store.restorations import Wait
from mailctl.values import Value

_REFERENCES = {MethodKind.BANK: "iban", MethodKind.CARD: "token", MethodKind.PAYPAL: "agreement"}
"""The detail of a method by which a gateway knows it."""


class LeftOut(Value):
    """A payment that the file cannot carry, and why."""

    payment: int
    customer: str
    amount_cents: int
    obstacle: Obstacle


class PaymentsExported(Result):
    """The payments of a new file; `content` is None where no payment can be asked for.

    `collect_on` are its days of collection. `unnotified` counts the payments left out because their
    customers were not notified yet. `last` is the newest file of the kind and format if there is no
    new one.
    """

    thing: str = "payment"
    many: bool = True
    content: str | None = None
    file: int | None = None
    cents: int = 0
    collect_on: tuple[date, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unnotified: int = 0
    last: KeptFile | None = None


class FileRepeated(Result):
    """A file as it was written; `answered` are its payments that have had their answer since."""

    thing: str = "payment-file"
    many: bool = True
    changed: bool = False
    file: KeptFile
    is_past: bool
    answered: tuple[int, ...]


def export(
    transaction: Transaction, *, kind: MethodKind, form: FileFormat, after_restore: bool = False
) -> PaymentsExported:
    """Write the pending payments of a kind whose try is due; each try is handed over once.

    The first file after a restore wants `after_restore` (ConfirmationNeededError). UsageError for a
    format that the kind does not have, and where the settings lack something that the bank must
    know about the seller.
    """
    check_form(kind, form)
    let_go(transaction, Wait.PAYMENT_EXPORT, confirmed=after_restore)
    if form is FileFormat.SEPA:
        _check_seller(transaction)
    if kind is MethodKind.BANK:
        # Payments of a store from before debits were announced.
        debit_announcements.announce_and_record(transaction)
    found = payment_files.to_export(transaction, kind)
    left_out = _left_out(found) if form is FileFormat.SEPA else {}
    carried = [one for one in found if one.payment.id not in left_out]
    ready = [one for one in carried if not _is_unnotified(transaction, one, kind)]
    if not ready:
        return PaymentsExported(
            items=(),
            changed=False,
            left_out=tuple(left_out.values()),
            unnotified=len(carried),
            last=payment_files.last_file(transaction, kind, form),
        )
    days = _collection_days(transaction, ready) if kind is MethodKind.BANK else {}
    content = _content(transaction, kind, form, ready, days)
    return PaymentsExported(
        content=content,
        file=_hand_over(transaction, kind, form, content, ready, days),
        items=tuple(payments.show(transaction, one.payment.id) for one in ready),
        cents=sum(one.payment.amount_cents for one in ready),
        collect_on=tuple(sorted(set(days.values()))) if form is FileFormat.SEPA else (),
        left_out=tuple(left_out.values()),
        unnotified=len(carried) - len(ready),
    )


def _content(
    transaction: Transaction,
    kind: MethodKind,
    form: FileFormat,
    ready: Sequence[ToExport],
    days: Mapping[int, date],
) -> str:
    if form is FileFormat.SEPA:
        return _direct_debits(transaction, ready, days)
    return gateway.charges(
        (_charge(one, kind, days.get(one.payment.id)) for one in ready),
        currency=transaction.info.currency,
    )


def _hand_over(
    transaction: Transaction,
    kind: MethodKind,
    form: FileFormat,
    content: str,
    ready: Sequence[ToExport],
    days: Mapping[int, date],
) -> int:
    """Keep the file, and record that its payments were handed over; the file's number."""
    ids = [one.payment.id for one in ready]
    collect_on = min(days.values(), default=None) if form is FileFormat.SEPA else None
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
    """By id, the payments that a file of direct debits cannot carry."""
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


def _is_unnotified(reader: Reader, one: ToExport, kind: MethodKind) -> bool:
    """Whether a direct debit waits for its notice: only where notices are sent by mailctl."""
    return kind is MethodKind.BANK and mail_settings.has_server(reader) and not one.is_announced


def _collection_days(reader: Reader, ready: Sequence[ToExport]) -> dict[int, date]:
    """By payment, its day of collection: never before the one that the customer was notified of."""
    soonest = collection_day(reader.today, reader.setting_number("collection-lead-days"))
    return {
        one.payment.id: max(soonest, first_open(one.told_on)) if one.told_on else soonest
        for one in ready
    }


def check_form(kind: MethodKind, form: FileFormat) -> None:
    """UsageError for direct debits from anything but bank accounts."""
    if form is FileFormat.SEPA and kind is not MethodKind.BANK:
        raise UsageError(
            f"a SEPA file has direct debits from banks, not payments by {kind}",
            hint=f"mailctl payment export --kind {kind} --format csv",
        )


def repeat(
    reader: Reader,
    *,
    kind: MethodKind | None = None,
    form: FileFormat | None = None,
    number: int | None = None,
) -> FileRepeated:
    """A file once more, unchanged: the one of a number, else the newest of a kind and format.

    ExportNotFoundError where there is none, FileReducedError for one that lacks an erased
    customer's entries, UsageError for a number of another kind or format.
    """
    if kind and form:
        check_form(kind, form)
    if number is None:
        found = payment_files.last_file(reader, kind, form)
    else:
        found = payment_files.file(reader, number)
    if found is None:
        raise _no_file(kind, form)
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
    return FileRepeated(
        items=tuple(payment_files.files(reader, number=found.id).dicts()),
        file=found,
        is_past=found.collect_on is not None and found.collect_on < reader.today,
        answered=tuple(payment_files.answered(reader, found.id)),
    )


def _no_file(kind: MethodKind | None, form: FileFormat | None) -> ExportNotFoundError:
    given = " and ".join(
        f"{name} {value}" for name, value in (("kind", kind), ("format", form)) if value
    )
    return ExportNotFoundError(
        f"of {given}" if given else "yet",
        hint=f"mailctl payment export --kind {kind} --format {form}"
        if kind and form
        else "mailctl payment export --list",
    )


def take_out(transaction: Transaction, customer_id: int) -> None:
    """Remove a customer's entries from every kept file; the others stay (rules 4)."""
    for number, ids in payment_files.files_of_customer(transaction, customer_id).items():
        found = payment_files.file(transaction, number)
        without = sepa.without if found.form == FileFormat.SEPA else gateway.without
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
        # Of several payments by a new mandate only the first is its first use.
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
        # No file has the number of another, not even of one that was lost (rules 18).
        message_id=f"mailctl-file-{transaction.next_key('payment_export')}",
        created_at=datetime.combine(transaction.today, time()),
    )


def _direct_debit(
    one: ToExport, collect_on: date, invoices: Sequence[str], *, first: bool
) -> DirectDebit:
    payment, details, debtor = one.payment, one.details, one.debtor
    iban, bic = str(details["iban"]), details["bic"]
    return DirectDebit(
        end_to_end_id=end_to_end_id(payment.id, payment.tries + 1),
        amount_cents=payment.amount_cents,
        debtor=str(details["holder"]),
        address=DebtorAddress(
            street=debtor.street, postcode=debtor.postcode, city=debtor.city, country=debtor.country
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
        reference=str(one.details[_REFERENCES[kind]]),
        description=_description(one),
        collect_on=collect_on,
    )


def _description(one: ToExport) -> str:
    return f"{one.payment.customer}, payment {one.payment.id}"
