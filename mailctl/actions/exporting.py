"""Payments handed to the bank or gateway: the file and its record in one breath (SPEC 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from mailctl.domain.methods import MethodKind, bic_of
from mailctl.domain.target import collection_day
from mailctl.errors import ExportNotFoundError, UsageError
from mailctl.exports.gateway import Charge, charges
from mailctl.exports.sepa import Creditor, DirectDebit, MandateUse, direct_debits
from mailctl.store import payments
from mailctl.store.connection import Reader, Transaction
from mailctl.store.listing import Row
from mailctl.store.payments import ToExport

SEPA = "sepa"
SELLER = ("seller-name", "seller-iban", "seller-creditor-id")
# What a gateway knows the money's source by.
REFERENCES = {
    MethodKind.BANK: "iban",
    MethodKind.CARD: "token",
    MethodKind.PAYPAL: "agreement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file for the bank or gateway, None where nothing is to be asked for, and its payments."""

    content: str | None
    payments: tuple[Row, ...] = ()
    collect_on: date | None = None

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
    found = payments.to_export(transaction, kind)
    if not found:
        return Exported(content=None)
    collect_on = collection_day(transaction.today) if form == SEPA else None
    if collect_on:
        content = _direct_debits(transaction, found, collect_on)
    else:
        content = charges(
            (_charge(one, MethodKind(kind)) for one in found), currency=transaction.info.currency
        )
    ids = [one.payment.id for one in found]
    payments.keep_file(transaction, kind, form, content)
    payments.mark_exported(transaction, ids)
    transaction.record(
        "payments-exported",
        f"export/{kind}",
        {
            "format": form,
            "payments": ids,
            "cents": sum(one.payment.amount_cents for one in found),
            "collect_on": collect_on.isoformat() if collect_on else None,
        },
    )
    return Exported(
        content=content,
        payments=tuple(payments.show(transaction, payment_id) for payment_id in ids),
        collect_on=collect_on,
    )


def check_form(kind: str, form: str) -> None:
    """UsageError for a direct debit of what is no bank account."""
    if form == SEPA and kind != MethodKind.BANK:
        raise UsageError(
            f"a SEPA file has direct debits from banks, not payments by {kind}",
            hint=f"mailctl payment export --kind {kind} --format csv",
        )


def again(reader: Reader, *, kind: str, form: str) -> Exported:
    """The last file of a kind and form, unchanged; ExportNotFoundError where there is none."""
    check_form(kind, form)
    content = payments.last_file(reader, kind, form)
    if content is None:
        raise ExportNotFoundError(
            f"of kind {kind} and format {form}",
            hint=f"mailctl payment export --kind {kind} --format {form}",
        )
    return Exported(content=content)


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


def _direct_debits(transaction: Transaction, found: list[ToExport], collect_on: date) -> str:
    iban = transaction.setting("seller-iban")
    begun: set[int] = set()
    debits: list[DirectDebit] = []
    for one in found:
        # Of several payments by one new mandate only the first is its first use.
        first = one.is_first and one.payment.method_id not in begun
        begun.add(one.payment.method_id)
        debits.append(_direct_debit(one, first=first))
    return direct_debits(
        debits,
        Creditor(
            name=transaction.setting("seller-name"),
            iban=iban,
            bic=bic_of(iban),
            creditor_id=transaction.setting("seller-creditor-id"),
        ),
        collect_on=collect_on,
        # Each change of a store has a number of its own, so no two files have the same.
        message_id=f"mailctl-{transaction.batch.id}",
        created_at=datetime.combine(transaction.today, time()),
    )


def _direct_debit(one: ToExport, *, first: bool) -> DirectDebit:
    payment, details = one.payment, one.details
    return DirectDebit(
        end_to_end_id=f"payment-{payment.id}-{payment.tries + 1}",
        amount_cents=payment.amount_cents,
        debtor=str(details["holder"]),
        iban=str(details["iban"]),
        bic=details["bic"],
        mandate=str(details["mandate"]),
        signed_on=date.fromisoformat(str(details["signed_on"])),
        sequence=MandateUse.FIRST if first else MandateUse.RECURRENT,
        description=_description(one),
    )


def _charge(one: ToExport, kind: MethodKind) -> Charge:
    return Charge(
        payment=one.payment.id,
        customer=one.payment.customer,
        amount_cents=one.payment.amount_cents,
        reference=str(one.details[REFERENCES[kind]]),
        description=_description(one),
    )


def _description(one: ToExport) -> str:
    return f"{one.payment.customer}, payment {one.payment.id}"
