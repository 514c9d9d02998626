"""What stands around a document: the seller's head, the buyer in the window, and the foot."""

from __future__ import annotations

from mailctl.documents import pictures
from mailctl.documents.composition import Composition
from mailctl.documents.faces import writable
from mailctl.documents.paper import PALE
from mailctl.documents.places import (
    ADDRESS,
    BODY,
    FAINT,
    FOOT,
    FOOT_HEIGHT,
    FOOTERS,
    HEADS,
    LEFT,
    RIGHT,
    SELLER,
    SMALL,
    STRONG,
    TINY,
    TITLE,
    Window,
)
from mailctl.domain.documents import Identifier, Party
from mailctl.domain.legal_ids import SIREN, SIRET

_REGISTERS = {SIREN: "SIREN", SIRET: "SIRET"}
"""By scheme of ISO 6523, what a company's number is called where it has a name of its own."""


def write_head(made: Composition) -> None:
    """Write the first sheet down to the title."""
    made.paper.new_page()
    head = HEADS[made.window]
    below = _write_seller(made)
    buyer_end = _write_buyer(made)
    made.y = max(head.facts[1], below + 6)
    _write_facts(made)
    made.y = max(made.y, buyer_end)
    for fold in head.folds:
        made.paper.rule(4, fold, 8, grey=PALE)
    made.y = max(head.title, made.y + 12)
    made.paper.write(LEFT, made.y, made.title, TITLE)
    document = made.document
    if document.corrects is not None:
        number, day = document.corrects
        made.y += 1
        made.paragraph(made.say("corrects", number=number, day=day), BODY, LEFT, RIGHT - LEFT)
    if document.reason:
        made.paragraph(made.say("reason", text=document.reason), BODY, LEFT, RIGHT - LEFT)
    made.y += 5


def _write_seller(made: Composition) -> float:
    """Write the logo, or the seller's name, and the address; give back where they end."""
    document, paper = made.document, made.paper
    seller, head = document.seller, HEADS[made.window]
    x, y = head.seller
    end = 21.0
    if document.logo is not None:
        logo = pictures.logo(document.logo)
        paper.picture(logo.png, LEFT, 13, logo.width, logo.height)
        end = 13 + logo.height
    else:
        for style in SELLER:
            called = paper.wrapped(seller.called, style, 90)
            if len(called) <= 2:
                break
        for at, line in enumerate(called):
            end = 19 + at * style.leading
            paper.write(LEFT, end, line, style)
    if made.window is Window.RIGHT:
        y = end + (2 if document.logo is None else 3)
    name = paper.wrapped(seller.called, STRONG, 65) if document.logo is not None else []
    lines = [(line, STRONG) for line in name]
    lines += [
        (line, SMALL) for text in _address(made, seller) for line in paper.wrapped(text, SMALL, 65)
    ]
    lines += [(line, FAINT) for text in _ways(seller) for line in paper.wrapped(text, FAINT, 65)]
    for line, style in lines:
        y += style.leading
        paper.write(x, y, line, style)
    return y


def _write_buyer(made: Composition) -> float:
    """Write the buyer into the window, in letters as large as fit; give back where it ends.

    What does not fit at all goes on below the window: no part of an address is left out.
    """
    paper, head, buyer = made.paper, HEADS[made.window], made.document.buyer
    (x, y), width = head.buyer, head.buyer_width
    if made.window is Window.LEFT:
        sender = writable(
            " · ".join([made.document.seller.name, *_address(made, made.document.seller)])
        )
        line = paper.wrapped(sender, TINY, width)[0]
        paper.write(x, y - 2.5, line, TINY)
        paper.rule(x, y - 1.4, x + width, grey=PALE)
    texts = [buyer.called, *([buyer.contact] if buyer.contact else []), *_address(made, buyer)]
    for style in ADDRESS:
        lines = [line for text in texts for line in paper.wrapped(text, style, width)]
        if len(lines) * style.leading <= head.buyer_height:
            break
    for line in lines:
        y += style.leading
        paper.write(x, y, line, style)
    return y


def _write_facts(made: Composition) -> None:
    document, head = made.document, HEADS[made.window]
    buyer = document.buyer
    dated = "credit-date" if made.is_credit_note else "label.invoice-date"
    due_on = document.due_on if document.due_cents else None
    facts = [
        (made.say(dated), made.texts.day(document.issued_on)),
        (made.say("label.due"), made.texts.day(due_on) if due_on else None),
        (made.say("order"), document.order),
        (made.say("buyer-reference"), document.buyer_reference),
        (made.say("buyer-vat"), buyer.vat_number),
        (_register(made, buyer.legal_id, "buyer-id"), buyer.legal_id and buyer.legal_id.id),
    ]
    for label, value in facts:
        if value:
            made.pair(label, value, head.facts[0], head.facts_width, (FAINT, BODY))


def write_frames(made: Composition) -> None:
    """Write the foot of every sheet, and the running title of all but the first."""
    paper = made.paper
    texts = _foot(made)
    for style in FOOTERS:
        lines = [line for text in texts for line in paper.wrapped(text, style, 145)]
        if len(lines) * style.leading <= FOOT_HEIGHT:
            break
    for page in range(1, paper.pages + 1):
        paper.turn_to(page)
        if page > 1:
            paper.write(LEFT, 17, made.title, FAINT)
            name = paper.wrapped(made.document.seller.name, FAINT, 100)[0]
            paper.write(RIGHT, 17, name, FAINT, right=True)
            paper.rule(LEFT, 19.5, RIGHT)
        paper.rule(LEFT, FOOT - 1.5, RIGHT)
        for at, line in enumerate(lines):
            paper.write(LEFT, FOOT + 2 + at * style.leading, line, style)
        count = made.say("page", page=page, pages=paper.pages)
        paper.write(RIGHT, FOOT + 2, count, TINY, right=True)


def _foot(made: Composition) -> list[str]:
    """The seller by law: who and where, under which numbers, with which bank."""
    seller, account = made.document.seller, made.document.seller_account
    number = seller.legal_id
    parts: list[list[str | None]] = [
        [seller.by_law, *_address(made, seller)],
        [
            _labelled(_register(made, number, "company-id"), number.id if number else None),
            _labelled(made.say("vat"), seller.vat_number),
            _labelled(made.say("phone"), seller.phone),
            seller.email,
        ],
    ]
    if account is not None:
        iban = _labelled("IBAN", grouped(account.iban))
        parts.append([account.bank, iban, _labelled("BIC", account.bic)])
    return [" · ".join(filter(None, part)) for part in parts if any(part)]


def grouped(code: str) -> str:
    """An account or a reference in groups of four, which do not part."""
    code = code.replace(" ", "")
    return "\N{NO-BREAK SPACE}".join(code[at : at + 4] for at in range(0, len(code), 4))


def _labelled(label: str, value: str | None) -> str | None:
    return f"{label} {value}" if value else None


def _register(made: Composition, number: Identifier | None, name: str) -> str:
    """What a company's number is called, where it has one."""
    if number is None:
        return ""
    return made.say(name, register=_REGISTERS.get(number.scheme, "other"))


def _address(made: Composition, party: Party) -> list[str]:
    """Street and town; the country too, where the two parties are not in the same."""
    abroad = made.document.seller.country != made.document.buyer.country
    town = " ".join(filter(None, [party.postcode, party.city]))
    streets = (party.street or "").splitlines()
    return [
        line
        for line in [*streets, town, made.texts.country(party.country) if abroad else ""]
        if line
    ]


def _ways(seller: Party) -> list[str]:
    return [text for text in (seller.contact, seller.phone, seller.email) if text]
