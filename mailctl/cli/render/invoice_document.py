"""An invoice or a credit note as on paper: seller, buyer, lines, taxes, sums; and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mailctl.cli.render.output import Output
from mailctl.domain.documents import Collection, Document, DocumentCode, Party, Transfer
from mailctl.domain.invoices import InvoiceStatus
from mailctl.domain.legal_ids import told
from mailctl.domain.money import format_rate, money
from mailctl.domain.payment_references import printed

TITLES = {DocumentCode.INVOICE: "Invoice", DocumentCode.CREDIT_NOTE: "Credit note"}
LABELS = 12


def show(output: Output, document: Document, row: Mapping[str, Any]) -> None:
    """Write a document on stdout: letterhead, dates, lines with periods, taxes and sums.

    It says what it said on its day; `row` has the accounts that it names, and what became of it.
    """
    output.document(_head(document, row))
    output.items(_lines(document, row["lines"]), document.currency)
    output.document("\n")
    output.items(_taxes(document), document.currency)
    output.document(_foot(document, row))


def _head(document: Document, row: Mapping[str, Any]) -> str:
    title = f"{TITLES[document.code]} {document.number}"
    facts: list[tuple[str, object]] = [("Date", document.issued_on)]
    if document.corrects:
        facts.append(("Corrects", f"invoice {document.corrects[0]}"))
    else:
        facts.append(("Due", document.due_on))
    facts.append(("Order", document.order))
    facts.append(("Customer", row["customer"]))
    facts.append(("For", document.buyer_reference))
    parties = (("Seller", _party(document.seller)), ("Buyer", _party(document.buyer)))
    return "\n".join(
        [
            title,
            "",
            *(_labelled(name, str(value)) for name, value in facts if value is not None),
            "",
            *(
                _labelled(name, line)
                for party, lines in parties
                for name, line in _under(party, lines)
            ),
            "",
            "",
        ]
    )


def _labelled(name: str, text: str) -> str:
    return f"{name:<{LABELS}}{text}".rstrip()


def _under(name: str, lines: Sequence[str]) -> list[tuple[str, str]]:
    """The name stands beside the first line alone."""
    return [(name if not position else "", line) for position, line in enumerate(lines)]


def _party(party: Party) -> list[str]:
    town = " ".join(filter(None, (party.postcode, party.city)))
    place = ", ".join(filter(None, (party.street, town, party.country)))
    number = f"VAT number {party.vat_number}" if party.vat_number else None
    legal = told(str(party.legal_id)) if party.legal_id else None
    return [line for line in (party.by_law, place, number, legal) if line]


def _lines(document: Document, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    return [
        {
            "line": line.number,
            "account": row["account"],
            "address": line.address or "(blank)",
            "description": row["description"],
            "period_start_on": row["period_start_on"],
            "period_end_on": row["period_end_on"],
            "net_cents": line.unit_cents,
        }
        for line, row in zip(document.lines, rows, strict=True)
    ]


def _taxes(document: Document) -> list[dict[str, object]]:
    return [
        {
            "tax": f"{format_rate(tax.rate)} %",
            "net_cents": tax.net_cents,
            "tax_cents": tax.tax_cents,
            "note": tax.reason or "",
        }
        for tax in document.taxes
    ]


def _foot(document: Document, row: Mapping[str, Any]) -> str:
    sums = [
        ("Net", document.net_cents),
        ("Tax", document.tax_cents),
        ("Total", document.total_cents),
    ]
    if document.due_cents and document.prepaid_cents:
        sums.append(("Prepaid", document.prepaid_cents))
    if row["credited_cents"]:
        sums.append(("Credited", row["credited_cents"]))
    shown = [(name, money(cents, document.currency)) for name, cents in sums]
    wide = max(len(text) for _, text in shown)
    lines = [f"{name:<{LABELS}}{text:>{wide}}" for name, text in shown]
    return "\n".join(["", *lines, "", *_state(document, row)])


def _state(document: Document, row: Mapping[str, Any]) -> list[str]:
    if document.code is DocumentCode.CREDIT_NOTE:
        return ["Refunded to the prepaid account."]
    if row["status"] == InvoiceStatus.PAID:
        return [f"Paid on {row['paid_on']} from the prepaid account."]
    lines = [f"Still due: {money(row['open_cents'], document.currency)}, by {row['due_on']}."]
    if isinstance(document.payment, Transfer):
        lines.append(f"By transfer, with the reference {printed(document.payment.reference)}.")
    elif isinstance(document.payment, Collection):
        method = document.payment.method or "a method that was erased"
        lines.append(f"When it was issued, it was being collected: {method}.")
    return lines
