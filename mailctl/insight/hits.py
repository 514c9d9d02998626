"""What `find` says of each thing that it found, and the command that shows it."""

from __future__ import annotations

from datetime import date

from mailctl.domain import legal_ids
from mailctl.domain.invoices import DocumentNumber
from mailctl.domain.money import money
from mailctl.domain.search_words import (
    Reading,
    begins,
    legal_words,
    phone_words,
    place,
    vat_words,
    words,
)
from mailctl.domain.states import AccountState, CustomerState, PlatformState
from mailctl.hints import command, named
from mailctl.store.queries.find import rows
from mailctl.store.restorations import RESTORES, LostNumbers
from mailctl.values import Value


class Hit(Value):
    """Something that the text names: what it is, and the command that shows it."""

    kind: str
    id: str
    label: str
    command: str

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {"kind": self.kind, "id": self.id, "label": self.label, "command": self.command}


def of_customer(one: rows.FoundCustomer, asked: tuple[Reading, ...]) -> Hit:
    """A customer: name and address, and what else of them was asked for."""
    where = place(one.street, one.postcode, one.city)
    parts = [one.name, where, *_asked_for(one, asked, where)]
    if one.state is not CustomerState.OPEN:
        parts.append(_since(one.state.value, one.closed_on))
    return Hit(
        kind="customer",
        id=one.slug,
        label=_listed(parts),
        command=command("customer", "show", named("customer", one.slug)),
    )


def _asked_for(one: rows.FoundCustomer, asked: tuple[Reading, ...], where: str) -> list[str]:
    """The values in which a word was found that neither the name nor the address has."""
    told = words([one.slug, one.name, where])
    fields = (
        ("", one.email, words([one.email])),
        ("backup ", one.backup_email, words([one.backup_email])),
        ("phone ", one.phone, phone_words(one.phone)),
        ("VAT number ", one.vat_number, vat_words(one.vat_number)),
        ("", legal_ids.told(one.legal_id), legal_words(one.legal_id)),
    )
    wanted = {token for reading in asked for token in reading if not begins(token, told)}
    return [
        f"{what}{value}"
        for what, value, kept in fields
        if value and any(begins(token, kept) for token in wanted)
    ]


def of_account(one: rows.FoundAccount, by: str | None = None) -> Hit:
    """An account: its address, state and customer; and the address by which it was found."""
    formerly = f"formerly {by}" if by is not None and by != one.address else ""
    if one.state is AccountState.DELETED:
        how = _since("deleted", one.deleted_on)
    elif one.state is AccountState.SUSPENDED:
        why = "debt" if one.suspended_for == "debt" else "its expiry"
        how = f"suspended for {why} since {one.suspended_on}"
    else:
        how = "active"
    return Hit(
        kind="account",
        id=str(one.id),
        label=_listed(
            [one.address or "blank", formerly, how, _of(one.customer, one.customer_name)]
        ),
        command=command("account", "show", one.id),
    )


def of_domain(one: rows.FoundDomain) -> Hit:
    """A domain and whose it is."""
    return Hit(
        kind="domain",
        id=one.name,
        label=_of(one.customer, one.customer_name),
        command=command("account", "list", "--domain", one.name),
    )


def of_platform(one: rows.FoundPlatform) -> Hit:
    """A platform: its offer, state and customer."""
    is_closed = one.state is PlatformState.CLOSED
    how = _since("closed", one.closed_on) if is_closed else one.state.value
    return Hit(
        kind="platform",
        id=one.name,
        label=_listed([one.offer, how, _of(one.customer, one.customer_name)]),
        command=command("platform", "show", named("platform", one.name)),
    )


def of_document(one: rows.FoundDocument, currency: str) -> Hit:
    """An invoice or a credit note: its day, total, and what is open."""
    what = "credit note, " if one.series else ""
    parts = [f"{what}issued {one.issued_on}", money(one.total_cents, currency)]
    if one.open_cents:
        parts.append(f"{money(one.open_cents, currency)} open, due {one.due_on}")
    elif one.open_cents is not None:
        parts.append("paid")
    return Hit(
        kind="invoice",
        id=one.number,
        label=_listed([*parts, _of(one.customer, one.customer_name)]),
        command=command("invoice", "show", one.number),
    )


def of_lost_document(number: DocumentNumber, loss: LostNumbers) -> Hit:
    """A number that this store has no document of, because a lost one gave it."""
    return Hit(kind="invoice", id=str(number), label=loss.told, command=RESTORES)


def of_order(one: rows.FoundOrder, currency: str) -> Hit:
    """A purchase order: what for, its day, total and status."""
    parts = [f"{one.kind} of {one.ordered_on}", money(one.total_cents, currency), one.status.value]
    return Hit(
        kind="order",
        id=str(one.number),
        label=_listed([*parts, _of(one.customer, one.customer_name)]),
        command=command("order", "show", one.number),
    )


def of_payment(one: rows.FoundPayment, currency: str) -> Hit:
    """A payment: amount, method, status and reference."""
    parts = [
        f"{money(one.amount_cents, currency)} of {one.created_on} by {one.method}",
        one.status.value,
        f"reference {one.reference}" if one.reference else "",
        f"of {one.customer}",
    ]
    return Hit(
        kind="payment",
        id=str(one.id),
        label=_listed(parts),
        command=command("payment", "list", "--customer", one.customer),
    )


def of_method(one: rows.FoundMethod) -> Hit:
    """A payment method, masked."""
    parts = [
        f"{one.kind} {one.label}",
        f"mandate {one.mandate}" if one.mandate else "",
        _since("removed", one.removed_on) if one.removed_on else "",
        f"of {one.customer}",
    ]
    return Hit(
        kind="method",
        id=str(one.id),
        label=_listed(parts),
        command=command("method", "list", "--customer", one.customer),
    )


def of_movement(one: rows.FoundMovement, currency: str) -> Hit:
    """A movement of a prepaid account, by the bank's reference."""
    parts = [
        f"{one.kind} of {one.moved_on}, row {one.seq}",
        money(one.amount_cents, currency),
        f"reference {one.reference}",
    ]
    return Hit(
        kind="prepaid",
        id=one.customer,
        label=_listed(parts),
        command=command("prepaid", "statement", named("customer", one.customer)),
    )


def of_entry(one: rows.FoundEntry) -> Hit:
    """An entry of a bank statement: its amount and day, who paid, and how far it is."""
    side = "from" if one.amount_cents > 0 else "to"
    parts = [
        f"{money(one.amount_cents, one.currency)} of {one.booked_on}",
        f"{side} {one.name}" if one.name else "",
        one.state.value,
        f"reference {one.reference}" if one.reference else "",
        f"of {one.customer}" if one.customer else "",
    ]
    return Hit(
        kind="bank-entry",
        id=str(one.id),
        label=_listed(parts),
        command=command("bank", "show", one.id),
    )


def _of(customer: str, name: str) -> str:
    return f"of {customer} ({name})"


def _since(how: str, day: date | None) -> str:
    return f"{how} on {day}" if day else how


def _listed(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)
