"""What a letter says of an invoice or a credit note, all of it taken from its document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from mailctl.domain.documents import Document, DocumentLine
from mailctl.domain.tax import Exemption
from mailctl.notices.draft import Draft
from mailctl.store.queries import letter_money
from mailctl.store.queries.letter_money import TermCount
from mailctl.values import Value, replace

# An invoice has its mention in the languages that the law takes, a letter in its reader's.
_MENTIONS = {
    Exemption.REVERSE_CHARGE: "bill.reverse-charge",
    Exemption.EXPORT: "bill.outside",
    Exemption.NOT_APPLIED: "bill.not-applied",
}


class MailboxTerms(Value):
    """Terms of a mailbox that follow each other; without an address while it is blank."""

    account_id: int
    address: str | None
    platform: str
    starts_on: date
    last_on: date

    @property
    def next_on(self) -> date:
        """The first day after it."""
        return self.last_on + timedelta(days=1)


def document_of(draft: Draft, document_id: int) -> Document:
    """The document with that key, as its page shows it."""
    # Most letters are about no document.
    from mailctl.store.queries.documents import documents

    (found,) = documents(draft.reader, [document_id])
    return found


def write_of_sums(draft: Draft, label: str, document: Document, *, with_due: bool = False) -> None:
    """Add a document's day, under its label, its sums, and why it has no tax.

    `with_due`: also what the prepaid account paid of it, and what that left.
    """
    rates = [tax.rate for tax in document.taxes]
    sums = draft.sums(
        document.net_cents,
        document.tax_cents,
        document.total_cents,
        rate=rates[0] if len(rates) == 1 else None,
    )
    if with_due:
        sums += [
            (draft.say("document.prepaid"), draft.money(document.prepaid_cents)),
            (draft.say("document.open"), draft.money(document.due_cents)),
        ]
    draft.labelled([(draft.say(f"label.{label}"), draft.texts.day(document.issued_on)), *sums])
    for tax in document.taxes:
        if tax.reason is not None:
            draft.write(_MENTIONS[Exemption(tax.reason)])


def list_lines(draft: Draft, document: Document) -> None:
    """Add what is billed or credited, alike terms together."""
    alike = Counter((line.label, line.period, line.unit_cents) for line in document.lines)
    draft.lines(
        draft.say("lines"),
        [
            TermCount(count=count, label=label, period=period, unit_cents=cents)
            for (label, period, cents), count in sorted(alike.items())
        ],
    )


def list_mailboxes(draft: Draft, document_id: int, document: Document, name: str) -> None:
    """Add the mailboxes of a document under their days, which the text of that name says."""
    blank = any(line.address is None for line in document.lines)
    platforms = letter_money.platforms_of_blank(draft.reader, document_id) if blank else {}
    draft.mailboxes(
        sorted(_joined(document.lines, platforms), key=_place),
        lambda term: draft.texts.term(name, term.starts_on, term.last_on),
    )


def _joined(lines: Iterable[DocumentLine], platforms: Mapping[int, str]) -> list[MailboxTerms]:
    joined: list[MailboxTerms] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and (last.account_id, last.next_on) == (line.account_id, line.starts_on):
            joined[-1] = replace(last, last_on=line.last_on)
        else:
            joined.append(
                MailboxTerms(
                    account_id=line.account_id,
                    address=line.address,
                    platform=platforms.get(line.account_id, ""),
                    starts_on=line.starts_on,
                    last_on=line.last_on,
                )
            )
    return joined


def _place(term: MailboxTerms) -> tuple[date, date, bool, str, str]:
    return term.last_on, term.starts_on, term.address is None, term.address or "", term.platform
