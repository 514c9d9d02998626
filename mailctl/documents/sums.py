"""What stands below the lines: the taxes, the sums, how it is paid, and what the law wants said."""

from __future__ import annotations

import re

from mailctl.documents import pictures
from mailctl.documents.composition import Composition
from mailctl.documents.head import grouped
from mailctl.documents.paper import GREY, INK, Style
from mailctl.documents.places import BODY, DUE, FAINT, HEADING, LEFT, RIGHT, SMALL, STRONG
from mailctl.domain.documents import Collection, TaxSum, Transfer
from mailctl.domain.tax import TaxCategory
from mailctl.values import Value

_HEADER = Style(points=7.5, grey=GREY)
_SUMS, _BASE, _TAX = 112.0, 78.0, 102.0
_REASON_WIDTH = _TAX - LEFT
_BAND = 9.0
_CODE = 30.0
_CODE_X = RIGHT - _CODE
_LABELS = 38.0
_CODED = re.compile(r"^#[A-Z]{3}#\s*")
_UNTAXED = {
    TaxCategory.REVERSE_CHARGE: "reverse-charge",
    TaxCategory.OUTSIDE: "outside",
}


class _Tax(Value):
    """A row of the table of taxes: its name, and why there is none, on so many lines."""

    names: list[str]
    reasons: list[str]
    tax: TaxSum


def sums_height(made: Composition) -> float:
    """How high taxes and sums are, which stand together on one sheet."""
    rows = len(_sums(made))
    taxes = 8 + sum(
        len(row.names) * BODY.leading + len(row.reasons) * FAINT.leading + 1.2
        for row in _taxes(made)
    )
    return max(taxes, 5 + rows * 5.2 + _BAND) + 4


def write_sums(made: Composition) -> None:
    """Write the taxes on the left and the sums on the right."""
    top = made.y + 4
    made.y = top
    _write_taxes(made)
    left, made.y = made.y, top
    _write_totals(made)
    made.y = max(left, made.y)


def _taxes(made: Composition) -> list[_Tax]:
    rows = []
    for tax in made.document.taxes:
        name = made.texts.rate(tax.rate)
        if tax.category in _UNTAXED:
            unrated = "\N{EN DASH}" if tax.category is TaxCategory.OUTSIDE else name
            name = unrated if tax.reason else made.say(_UNTAXED[tax.category])
        names = made.paper.wrapped(name, BODY, _BASE - LEFT - 20)
        reasons = made.paper.wrapped(tax.reason, FAINT, _REASON_WIDTH) if tax.reason else []
        rows.append(_Tax(names=names, reasons=reasons, tax=tax))
    return rows


def _write_taxes(made: Composition) -> None:
    paper, texts = made.paper, made.texts
    made.y += _HEADER.leading
    paper.write(LEFT, made.y, made.say("label.tax"), _HEADER)
    paper.write(_BASE, made.y, made.say("base"), _HEADER, right=True)
    paper.write(_TAX, made.y, made.say("tax"), _HEADER, right=True)
    made.y += 1.5
    paper.rule(LEFT, made.y, _TAX)
    for row in _taxes(made):
        made.y += 1.2
        first = made.y + BODY.leading * 0.85
        paper.write(_BASE, first, texts.number(row.tax.net_cents), BODY, right=True)
        paper.write(_TAX, first, texts.number(row.tax.tax_cents), BODY, right=True)
        for name in row.names:
            made.y += BODY.leading
            paper.write(LEFT, made.y - BODY.leading * 0.15, name, BODY)
        for reason in row.reasons:
            made.y += FAINT.leading
            paper.write(LEFT, made.y, reason, FAINT)


def _sums(made: Composition) -> list[tuple[str, int]]:
    """The sums above the one that counts."""
    document = made.document
    rates = [tax.rate for tax in document.taxes]
    tax = (
        made.say("label.tax-at", rate=made.texts.rate(rates[0]))
        if len(rates) == 1 and document.tax_cents
        else made.say("label.tax")
    )
    sums = [
        (made.say("label.net"), document.net_cents),
        (tax, document.tax_cents),
        (made.say("label.total"), document.total_cents),
    ]
    if document.prepaid_cents and not made.is_credit_note:
        sums.append((made.say("prepaid"), -document.prepaid_cents))
    return sums


def _write_totals(made: Composition) -> None:
    paper, document = made.paper, made.document
    total = 2
    for at, (label, cents) in enumerate(_sums(made)):
        style = STRONG if at == total else BODY
        if at == total:
            paper.rule(_SUMS, made.y + 1.5, RIGHT)
        made.y += 5.2
        paper.write(_SUMS + 2, made.y, label, style)
        paper.write(RIGHT - 2, made.y, made.money(cents), style, right=True)
    made.y += 3
    paper.band(_SUMS, made.y, RIGHT - _SUMS, _BAND)
    paper.rule(_SUMS, made.y, RIGHT, grey=INK, thick=0.3)
    made.y += _BAND
    name, cents = ("open", document.due_cents)
    if made.is_credit_note:
        name, cents = ("returned", document.total_cents)
    paper.write(_SUMS + 2, made.y - 3.1, made.say(name), DUE)
    paper.write(RIGHT - 2, made.y - 3.1, made.money(cents), DUE, right=True)


def write_payment(made: Composition) -> None:
    """Write how it is paid: nothing to do, by a debit, or by a transfer, with its code."""
    payment, due = made.document.payment, made.document.due_cents
    if made.is_credit_note or not due or payment is None:
        made.keep(18 + _mentions_height(made))
        _write_title(made)
        made.paragraph(_sentence(made), BODY, LEFT, RIGHT - LEFT)
    elif isinstance(payment, Transfer):
        _write_transfer(made, payment)
    else:
        _write_collection(made, payment)


def _write_title(made: Composition) -> None:
    made.y += 9
    made.paper.write(LEFT, made.y, made.say("settling.title"), HEADING)
    made.y += 0.8


def _sentence(made: Composition) -> str:
    """What is to be done where there are no figures to it."""
    document = made.document
    if made.is_credit_note:
        return made.say("settling.credited", amount=made.money(document.total_cents))
    if not document.due_cents:
        return made.say("settling.paid" if document.prepaid_cents else "settling.nothing")
    amount = made.money(document.due_cents)
    if document.due_on is None:
        return made.say("settling.ask", amount=amount)
    return made.say("settling.ask-by", amount=amount, day=document.due_on)


def _write_transfer(made: Composition, payment: Transfer) -> None:
    document, account = made.document, payment.account
    amount = made.money(document.due_cents)
    sentence = (
        made.say("settling.transfer", amount=amount)
        if document.due_on is None
        else made.say("settling.transfer-by", amount=amount, day=document.due_on)
    )
    figures = [
        (made.say("label.beneficiary"), document.seller.name),
        (made.say("label.iban"), grouped(account.iban)),
        (made.say("settling.bic"), account.bic),
        (made.say("settling.bank"), account.bank),
        (made.say("settling.reference"), grouped(payment.reference)),
    ]
    has_code = document.currency == "EUR"
    width = (_CODE_X if has_code else RIGHT) - LEFT - 8
    made.keep(_CODE + 12 + _mentions_height(made))
    top = made.y
    _write_title(made)
    made.paragraph(sentence, BODY, LEFT, width)
    _write_figures(made, figures, width)
    if has_code:
        _write_code(made, payment, top + 6)
        made.y = max(made.y, top + 6 + _CODE + 5)


def _write_collection(made: Composition, payment: Collection) -> None:
    amount, day = made.money(made.document.due_cents), payment.not_before_on
    made.keep(32 + _mentions_height(made))
    _write_title(made)
    method = payment.method or made.say("payment-failed.some-method")
    sentence = (
        made.say("settling.collected", amount=amount, method=method)
        if day is None
        else made.say("settling.collected-after", amount=amount, method=method, day=day)
    )
    made.paragraph(sentence, BODY, LEFT, RIGHT - LEFT)
    figures = [
        (made.say("label.mandate"), payment.mandate),
        (made.say("label.creditor"), payment.creditor_id),
    ]
    _write_figures(made, figures, RIGHT - LEFT)


def _write_figures(made: Composition, figures: list[tuple[str, str | None]], width: float) -> None:
    made.y += 1
    for label, value in figures:
        if value:
            made.paper.write(LEFT, made.y + BODY.leading, label, FAINT)
            made.paragraph(value, BODY, LEFT + _LABELS, width - _LABELS)


def _write_code(made: Composition, payment: Transfer, y: float) -> None:
    """Draw the code, each run of dark squares as one rectangle, and say what it is for."""
    document = made.document
    rows = pictures.transfer_code(document.seller.name, payment, document.due_cents)
    side = _CODE / len(rows)
    for at, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                made.paper.band(
                    _CODE_X + start * side, y + at * side, (end - start) * side, side, grey=0
                )
            start = end + 1
    caption = made.say("settling.scan")
    x = RIGHT - (_CODE + made.paper.width(caption, _HEADER)) / 2
    made.paper.write(
        min(x, RIGHT - made.paper.width(caption, _HEADER)), y + _CODE + 4, caption, _HEADER
    )


def _mentions(made: Composition) -> list[str]:
    """What the law wants said, without the code that tells programs what it is about (BT-21)."""
    return [_CODED.sub("", mention) for mention in made.document.mentions]


def _mentions_height(made: Composition) -> float:
    """How high they are, up to a third of a sheet: so few go with the payment, not alone."""
    lines = [made.paper.wrapped(text, SMALL, RIGHT - LEFT) for text in _mentions(made)]
    return min(sum(len(one) * SMALL.leading + 1 for one in lines) + 5, 90) if lines else 0


def write_mentions(made: Composition) -> None:
    """Write what the law wants said, a paragraph each."""
    made.y += 5
    for mention in _mentions(made):
        made.paragraph(mention, SMALL, LEFT, RIGHT - LEFT)
        made.y += 1
