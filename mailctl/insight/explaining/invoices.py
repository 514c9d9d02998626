"""`invoice explain`: why a document was issued, how it was computed, what paid it, what comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mailctl.domain.legal_ids import told
from mailctl.domain.money import format_rate, money
from mailctl.domain.tax import EU_COUNTRIES, Exemption, TaxCategory, tax_case
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError
from mailctl.insight.explaining.invoice_lines import Lines
from mailctl.insight.explaining.prices import Rates
from mailctl.insight.explaining.sentences import Explanation, Outlook, Sentence, coming
from mailctl.insight.explaining.settlement import Settlement
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.explanations import BilledTerm, Document, Event


def explain(
    reader: Reader, number: str, *, lines: tuple[int, ...] = (), every: bool = False
) -> Explanation:
    """Explain an invoice or a credit note; with `lines` those alone, in depth.

    InvoiceNotFoundError with close numbers, UsageError for a line that it does not have (rules 13).
    """
    document = facts.document(reader, number)
    terms = facts.terms_of_document(reader, document.id)
    chosen = sorted(set(lines))
    for line in chosen:
        if not 1 <= line <= len(terms):
            raise UsageError(
                f"{document.number} has no line {line}: it has {len(terms)}",
                hint=f"mailctl invoice show {document.number}",
            )
    cause = _cause(reader, document, terms)
    wording = Lines(reader, document, terms, batch=cause.batch if cause else None)
    past: Iterable[Sentence]
    if chosen:
        past = (sentence for line in chosen for sentence in wording.in_depth(line))
        outlook = wording.after(chosen)
    elif document.is_credit_note:
        past = _of_note(reader, document, wording, every=every)
        nothing = coming(None, "Nothing more: a credit note never changes.")
        outlook = Outlook(sentences=(nothing,))
    else:
        settlement = Settlement(reader, document)
        past = (
            *_issued(document, terms, cause),
            *wording.sentences(every=every),
            *_tax(reader, document, cause),
            *settlement.sentences(),
        )
        outlook = settlement.outlook()
    return Explanation(
        subject=f"invoice/{document.number}",
        customer=document.customer,
        title=_title(reader, document, chosen),
        past=tuple(past),
        outlook=outlook,
    )


def _title(reader: Reader, document: Document, lines: Sequence[int]) -> str:
    what = "Credit note" if document.is_credit_note else "Invoice"
    total = money(document.total_cents, reader.info.currency)
    if lines:
        which = f"Line{'s' if len(lines) > 1 else ''} {listed([str(line) for line in lines])}"
        return f"{which} of {what.lower()} {document.number} to {document.customer}."
    text = f"{what} {document.number} to {document.customer} of {document.issued_on}: {total}"
    if document.is_credit_note:
        return f"{text}, for invoice {document.corrects}."
    if document.open_cents:
        left = money(document.open_cents, reader.info.currency)
        return f"{text}, of which {left} is open, due on {document.due_on}."
    return f"{text}, paid on {document.paid_on}."


def _cause(reader: Reader, document: Document, terms: Sequence[BilledTerm]) -> Event | None:
    """The journal's row of what it bills: the order, or the renewal of its first line."""
    if document.is_credit_note:
        found = facts.events(reader, f"customer/{document.customer}", kinds=("invoice-credited",))
        return next((row for row in found if row.text("credit_note") == document.number), None)
    if document.order_number is not None:
        found = facts.events(reader, f"order/{document.order_number}", kinds=("ordered",))
        return next(iter(found), None)
    if not terms:
        return None
    found = facts.events(reader, f"account/{terms[0].account_id}", kinds=("renewed",))
    start = terms[0].starts_on.isoformat()
    return next((row for row in found if row.text("was") == start), None)


def _issued(
    document: Document, terms: Sequence[BilledTerm], cause: Event | None
) -> Iterator[Sentence]:
    accounts = counted(len({term.account_id for term in terms}), "account")
    if document.order_number is not None:
        by = f" by {cause.actor}" if cause else ""
        kind = cause.text("kind") if cause else None
        what = {"extension": "an extension", "reopening": "a reopening"}.get(
            kind or "", f"an order of {accounts}"
        )
        text = f"Issued for order {document.order_number}{by}, {what}."
    else:
        days = sorted({term.starts_on for term in terms})
        late = [day for day in days if day < document.issued_on]
        when = f"from {days[0]} to {days[-1]}" if len(days) > 1 else f"on {days[0]}"
        text = (
            f"Issued by the tick for what fell due {when}: "
            f"{counted(len(terms), 'term')} of {accounts}."
        )
        if late:
            text += " A term keeps its own days and price, however late it is billed."
    yield Sentence(on=document.issued_on, kind="issued", text=text)


def _tax(reader: Reader, document: Document, cause: Event | None) -> Iterator[Sentence]:
    currency = reader.info.currency
    net, tax, total = (
        money(cents, currency)
        for cents in (document.net_cents, document.tax_cents, document.total_cents)
    )
    why = _why_taxed(reader, document, cause)
    if document.tax_rate:
        text = (
            f"Tax: {why}. On the lines' sum of {net}, rounded once, that is {tax}; the total is "
            f"{total}."
        )
    else:
        mention = f" The invoice says: {document.tax_note}." if document.tax_note else ""
        text = f"No tax: {why}.{mention} The total is the lines' sum, {total}."
    yield Sentence(on=document.issued_on, kind="tax", text=text)


def _why_taxed(reader: Reader, document: Document, cause: Event | None) -> str:
    """Which tax rule held, by the invoice's own seller and buyer (rules 3)."""
    seller, buyer, who = document.seller_country, document.buyer_country, document.customer
    abroad = f"{who} is in {buyer}, in another country of the EU than the seller ({seller}), and "
    # Its category shows the rule by which it was issued, even if another would hold now.
    if document.tax_category is TaxCategory.REVERSE_CHARGE:
        number = None if document.is_erased else document.buyer_vat_number
        shown = f" ({number})" if number else ""
        return f"{abroad}has a VAT number{shown}: reverse charge, the buyer accounts for the tax"
    case = tax_case(seller, buyer, has_vat_number=False)
    if document.tax_category is TaxCategory.OUTSIDE or case.rated_by is None:
        french = f"where a seller in {seller} charges no VAT"
        why = french if document.tax_note == Exemption.NOT_APPLIED else "outside the EU: export"
        return f"{who} is in {buyer}, {why}"
    batch = cause.batch if cause else 1
    rate = Rates(reader, case.rated_by).origin(document.tax_rate, document.issued_on, before=batch)
    if seller == buyer:
        return f"{who} is in {buyer}, as the seller is: {rate}"
    if case.rated_by != buyer:
        return f"{who} is in {buyer}, which is taxed as {case.rated_by}: {rate}"
    if {seller, buyer} <= EU_COUNTRIES:
        legal_id = None if document.is_erased else document.buyer_legal_id
        known = f", only the {told(legal_id)}" if legal_id else ""
        return f"{abroad}has no VAT number{known}: {rate}"
    return f"{who} is in {buyer}, which has a rate of its own from a seller in {seller}: {rate}"


def _of_note(
    reader: Reader, document: Document, lines: Lines, *, every: bool
) -> Iterator[Sentence]:
    """A credit note: what it gave back, why, its tax, and what became of the money."""
    currency = reader.info.currency
    by = books.origin_of(reader, document.id).actor
    reason = "" if document.is_erased else f": {document.reason}"
    yield Sentence(
        on=document.issued_on,
        kind="issued",
        text=f"Issued by {by} to give back lines of invoice {document.corrects}{reason}.",
    )
    yield from lines.sentences(every=every)
    net, tax, total = (
        money(cents, currency)
        for cents in (document.net_cents, document.tax_cents, document.total_cents)
    )
    yield Sentence(
        on=document.issued_on,
        kind="tax",
        text=(
            f"Tax: its invoice's rate, {format_rate(document.tax_rate)} %, of {net}: {tax}, never "
            f"more than the invoice's tax that was not given back yet. The total is {total}."
        ),
    )
    for movement in books.movements(reader, document.customer_id):
        if movement.document_id == document.id:
            after = money(movement.after_cents, currency)
            text = (
                f"{total} was booked on the prepaid account (row {movement.seq}); the balance "
                f"after that was {after}."
            )
            yield Sentence(on=movement.on, kind="booked", text=text)
