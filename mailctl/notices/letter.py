"""A notice as a letter that the customer reads, in their language (SPEC 12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from mailctl.notices import about_mailboxes, about_money
from mailctl.notices.draft import Code, Draft, Figures, Items, Part
from mailctl.notices.words import Fact, Words, words
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.letters import Head, head

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH = 72
RECIPES: dict[str, Callable[[Draft], None]] = {
    "order-confirmed": about_money.order_confirmed,
    "order-awaiting-payment": about_money.order_awaiting_payment,
    "order-expired": about_money.order_expired,
    "invoice-issued": about_money.invoice_issued,
    "credit-note-issued": about_money.credit_note_issued,
    "debt-opened": about_money.debt_opened,
    "debt-reminder": about_money.debt_reminder,
    "debt-settled": about_money.debt_settled,
    "payment-failed": about_money.payment_failed,
    "debit-coming": about_money.debit_coming,
    "card-expiring": about_money.card_expiring,
    "balance-low": about_money.balance_low,
    "accounts-suspended": about_mailboxes.accounts_suspended,
    "accounts-reopened": about_mailboxes.accounts_reopened,
    "renewal-coming": about_mailboxes.renewal_coming,
    "price-changed": about_mailboxes.price_changed,
    "expiry-coming": about_mailboxes.expiry_coming,
    "deletion-coming": about_mailboxes.deletion_coming,
    "accounts-deleted": about_mailboxes.accounts_deleted,
    "cancel-recorded": about_mailboxes.cancel_recorded,
    "cancel-undone": about_mailboxes.cancel_undone,
    "delete-token": about_mailboxes.delete_token,
    "delete-confirmed": about_mailboxes.delete_confirmed,
}
"""By kind of notice, what writes its letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent: the same words as plain text, wrapped, and as a whole HTML document."""

    language: str
    subject: str
    text: str
    html: str


def compose(reader: Reader, notice_id: int, *, with_secret: bool = True) -> Letter:
    """The letter of a notice as it would be sent now; NoticeNotFoundError.

    `with_secret=False` leaves the token out, for what is kept after the sending.
    """
    notice = head(reader, notice_id)
    said = words(notice.language)
    draft = Draft(reader, notice, said, with_secret=with_secret)
    RECIPES[notice.kind](draft)
    title = subject(notice, said, reader.info.currency)
    return Letter(
        language=notice.language,
        subject=title,
        text=_as_text(draft),
        html=_as_html(draft, title),
    )


def subject(notice: Head, said: Words, currency: str) -> str:
    """The subject of a notice's letter, from its head alone."""
    name = "subject"
    if notice.kind == "debt-opened" and notice.pay_by_on is None:
        name = "subject-undated"
    elif notice.kind == "debt-opened" and notice.is_late:
        name = "subject-overdue"
    elif notice.kind == "order-expired" and notice.amount_cents:
        name = "subject-kept"
    elif notice.was_returned:
        name = "subject-returned"
    cents = notice.amount_cents
    if notice.kind in ("debt-opened", "debt-reminder"):
        cents = notice.missing_cents or cents
    facts: dict[str, Fact | None] = {
        "what": notice.order_kind,
        "count": notice.accounts,
        "dates": 1 if notice.first_on == notice.last_on else 2,
        "order": notice.order_number and str(notice.order_number),
        "invoice": notice.invoice,
        "platform": notice.platform,
        "method": notice.method,
        "amount": None if cents is None else said.money(cents, currency),
        "day": notice.first_on or notice.valid_until_on or notice.pay_by_on or notice.due_on,
        "month": notice.due_on and said.month(notice.due_on),
    }
    known = {key: fact for key, fact in facts.items() if fact is not None}
    return said.say(f"{notice.kind}.{name}", **known)


def _signature(draft: Draft) -> str:
    return draft.reader.setting("seller-name") or draft.say("frame.team")


def _footer(draft: Draft) -> list[str]:
    contact = draft.reader.setting("mail-from")
    notice = draft.notice
    about = draft.say("frame.about", name=notice.customer_name, customer=notice.customer)
    return [*([draft.say("frame.questions", contact=contact)] if contact else []), about]


def _as_text(draft: Draft) -> str:
    """Plain text; words are kept whole, however long."""
    blocks = [draft.say("frame.greeting")]
    blocks += [_block(draft, part) for part in draft.parts]
    blocks.append(f"{draft.say('frame.closing')}\n{_signature(draft)}")
    footer = "\n".join(_wrapped(line) for line in _footer(draft))
    return "\n\n".join(blocks) + f"\n\n-- \n{footer}\n"


def _block(draft: Draft, part: Part) -> str:
    if isinstance(part, Figures):
        return "\n".join(f"  {line}" for line in part.lines)
    if isinstance(part, Items):
        heading = _wrapped(draft.say("frame.heading", text=part.heading))
        return "\n".join([heading, *(_wrapped(entry, "- ") for entry in part.entries)])
    return f"    {part.code}" if isinstance(part, Code) else _wrapped(part.text)


def _wrapped(text: str, bullet: str = "") -> str:
    lines = wrap(
        text,
        WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _as_html(draft: Draft, title: str) -> str:
    return _template().render(
        language=draft.words.language,
        subject=title,
        greeting=draft.say("frame.greeting"),
        parts=draft.parts,
        closing=draft.say("frame.closing"),
        signature=_signature(draft),
        footer=_footer(draft),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter.html.j2")
