"""An invoice or a credit note as on paper: seller, buyer, lines, taxes, sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mailctl.cli.render.output import Output
from mailctl.domain.invoices import DocumentKind, InvoiceStatus
from mailctl.domain.money import money

TITLES = {DocumentKind.INVOICE: "Invoice", DocumentKind.CREDIT_NOTE: "Credit note"}
LABELS = 12


def show(output: Output, document: Mapping[str, Any]) -> None:
    """Write a document on stdout: letterhead, dates, lines with periods, taxes and sums."""
    currency = str(document["currency"])
    output.document(_head(document))
    output.items(_lines(document["lines"]), currency)
    output.document("\n")
    output.items(_taxes(document["taxes"]), currency)
    output.document(_foot(document, currency))


def _head(document: Mapping[str, Any]) -> str:
    title = f"{TITLES[document['kind']]} {document['number']}"
    dates = [("Date", document["issued_on"])]
    if document["corrects"]:
        dates.append(("Corrects", f"invoice {document['corrects']}"))
    else:
        dates.append(("Due", document["due_on"]))
    if document["order"]:
        dates.append(("Order", document["order"]))
    dates.append(("Customer", document["customer"]))
    parties = (("Seller", _party(document["seller"])), ("Buyer", _party(document["buyer"])))
    return "\n".join(
        [
            title,
            "",
            *(_labelled(name, str(value)) for name, value in dates),
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


def _party(party: Mapping[str, Any]) -> list[str]:
    town = " ".join(filter(None, (party["postcode"], party["city"])))
    place = ", ".join(filter(None, (party["street"], town, party["country"])))
    number = f"VAT number {party['vat_number']}" if party["vat_number"] else None
    return [line for line in (party["name"], place, number) if line]


def _lines(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    return [
        {
            "line": position,
            "account": line["account"],
            "address": line["address"] or "(blank)",
            "description": line["description"],
            "period_start_on": line["period_start_on"],
            "period_end_on": line["period_end_on"],
            "net_cents": line["net_cents"],
        }
        for position, line in enumerate(lines, start=1)
    ]


def _taxes(taxes: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    return [
        {
            "tax": f"{tax['rate']} %",
            "net_cents": tax["net_cents"],
            "tax_cents": tax["tax_cents"],
            "note": tax["note"] or "",
        }
        for tax in taxes
    ]


def _foot(document: Mapping[str, Any], currency: str) -> str:
    sums = [("Net", "net_cents"), ("Tax", "tax_cents"), ("Total", "total_cents")]
    if document["credited_cents"]:
        sums.append(("Credited", "credited_cents"))
    shown = [(name, money(document[key], currency)) for name, key in sums]
    wide = max(len(text) for _, text in shown)
    lines = [f"{name:<{LABELS}}{text:>{wide}}" for name, text in shown]
    return "\n".join(["", *lines, "", _state(document, currency)])


def _state(document: Mapping[str, Any], currency: str) -> str:
    if document["kind"] == DocumentKind.CREDIT_NOTE:
        return "Refunded to the prepaid account."
    if document["status"] == InvoiceStatus.PAID:
        return f"Paid on {document['paid_on']} from the prepaid account."
    return f"Still due: {money(document['open_cents'], currency)}, by {document['due_on']}."
