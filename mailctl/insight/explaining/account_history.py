"""An account's life so far: a sentence for what each transaction of the journal did to it.

What happened to its platform counts too: a cancel, a change to manual. The state that a sentence
needs as a reason (who set the renewal to none, since when the platform is manual) is kept while the
journal is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from mailctl.domain.lifecycle import Account
from mailctl.domain.money import money
from mailctl.domain.orders import OrderKind
from mailctl.domain.states import SuspendedFor
from mailctl.domain.terms import told
from mailctl.domain.text import counted
from mailctl.insight.explaining.debt_history import why_reopened, why_suspended
from mailctl.insight.explaining.mailbox_history import MAILBOX_WORDINGS
from mailctl.insight.explaining.prices import Terms
from mailctl.insight.explaining.renewals import Renewals
from mailctl.insight.explaining.sentences import Sentence
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries.explanations import BilledTerm, Event

_LAST = 2**63
_ORDER_KINDS = ("order-kept", "order-cancelled", "order-expired")
_ORDER_WORDS = {OrderKind.ACCOUNTS: "account order"}


def history(reader: Reader, account: Account, *, every: bool) -> list[Sentence]:
    """An account's life so far, oldest first; with `every`, each renewal has its own sentence."""
    return _History(reader, account, every=every).sentences()


class _History:
    """Reads an account's journal once, and puts it into words."""

    def __init__(self, reader: Reader, account: Account, *, every: bool) -> None:
        self._reader = reader
        self._account = account
        self._platform = account.platform.name
        self._terms = facts.terms_of_account(reader, account.id)
        self._wording = Terms(reader, account.platform.customer)
        self._renewals = Renewals(self._wording, self._terms, every=every)
        self._orders = {
            order.number: order
            for order in facts.orders_of_account(reader, account.id, account.platform.id)
        }
        self._renewal: str | None = None
        self._renewal_set: Event | None = None
        self._manual_set: Event | None = None
        self._cancelled: Event | None = None
        self._suspended: Event | None = None
        self._missed_until: date | None = None
        self._is_born = False
        self._wordings: dict[str, Callable[[Event, Sequence[Event]], Iterator[str]]] = {
            "account/ordered": self._ordered,
            "account/imported": self._imported,
            "account/renewed": self._renewed,
            "account/renewal-changed": self._renewal_changed,
            "account/configured": self._configured,
            "account/renamed": self._renamed,
            "account/reset": self._reset,
            "account/suspended": self._was_suspended,
            "account/reopened": self._was_reopened,
            "account/paid-again": self._paid_again,
            "account/extended": self._extended,
            "account/deletion-moved": self._deletion_moved,
            "account/price-kept": self._price_kept,
            "account/price-released": self._price_released,
            "account/deleted": self._deleted,
            "platform/cancelled": self._platform_cancelled,
            "platform/resumed": self._platform_resumed,
            "platform/renewal-set": self._platform_renewal,
            "platform/deletion-asked": self._deletion_asked,
            **{f"order/{kind}": self._order for kind in _ORDER_KINDS},
            **{f"account/{kind}": self._mailbox for kind in MAILBOX_WORDINGS},
        }

    def sentences(self) -> list[Sentence]:
        """Every sentence, oldest first, those of one day in the order of the journal."""
        placed: list[tuple[int, Sentence]] = []
        for _, batch in groupby(self._events(), key=lambda event: event.batch):
            together = list(batch)
            for event in together:
                for text in self._texts(event, together):
                    self._renewals.interrupt()
                    placed.append((event.seq, Sentence(on=event.on, kind=event.kind, text=text)))
        placed += self._renewals.sentences()
        placed += [(_LAST, sentence) for sentence in self._credited()]
        placed.sort(key=lambda pair: (pair[1].on or date.max, pair[0]))
        return [sentence for _, sentence in placed]

    def _events(self) -> list[Event]:
        mine = f"account/{self._account.id}"
        own = facts.events(self._reader, mine)
        beside = facts.events(self._reader, f"platform/{self._platform}")
        orders = [f"order/{number}" for number in self._orders]
        if orders:
            beside += facts.events(self._reader, *orders, kinds=_ORDER_KINDS)
        ends = [event.seq for event in own if event.kind == "deleted"]
        last = ends[0] if ends else None
        return sorted(
            (event for event in (*own, *beside) if last is None or event.seq <= last),
            key=lambda event: event.seq,
        )

    def _texts(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        noun = event.subject.partition("/")[0]
        wording = self._wordings.get(f"{noun}/{event.kind}")
        if wording is None:
            return
        texts = list(wording(event, together))
        # Before the account existed, its platform's events only change the state.
        if self._is_born or noun == "order":
            yield from texts

    # How it began

    def _ordered(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        self._is_born, self._renewal = True, event.text("period")
        number = event.number("order")
        terms = [term for term in self._terms if term.order_number == number][:1]
        home = f"on {self._platform} ({self._account.platform.offer})"
        by = _by(event)
        text = f"Ordered {by} {home} with order {number}, {_named(event, 'address')}: "
        yield (
            f"{text}{event.text('period')}, {self._wording.together(terms, event.batch)}; "
            f"{_invoiced(terms)}. Expiry {event.text('expires_on')}."
        )

    def _imported(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        self._is_born, self._renewal = True, event.text("renewal")
        yield (
            f"Imported by {event.actor} on {self._platform} ({self._account.platform.offer}), "
            f"{_named(event, 'address')}: {event.text('period')}, with the renewal "
            f"{event.text('renewal')}, paid for elsewhere. Expiry "
            f"{event.text('expires_on')}. Nothing before is known."
        )

    def _order(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        number = int(event.subject.partition("/")[2])
        order = self._orders[number]
        what = f"order {number} ({_ORDER_WORDS.get(order.kind, order.kind)})"
        if event.kind == "order-kept":
            total = money(order.total_cents, self._reader.info.currency)
            yield f"{event.actor} took {what}, to be carried out once {total} is paid."
        elif event.kind == "order-cancelled":
            yield f"{event.actor} cancelled {what}; it had no effect."
        elif why := event.text("why"):
            yield (
                f"O{what[1:]} could not be paid, though its money had arrived, and ended: {why}. "
                "The money stayed on the balance."
            )
        else:
            yield f"O{what[1:]} was not paid in time and ended; it had no effect."

    # What was billed

    def _renewed(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        rows = [row for row in together if (row.subject, row.kind) == (event.subject, "renewed")]
        if rows[0] is event:
            self._renewals.add(rows, missed_until=self._missed_until)
            self._missed_until = None
        yield from ()

    def _extended(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        terms = self._terms_from(event)
        yield (
            f"Extended {_by(event)} with order {event.number('order')}, paid in advance for "
            f"{self._wording.missed(terms)}: {self._wording.together(terms, event.batch)}; "
            f"{_invoiced(terms)}. Expiry {event.text('expires_on')}."
        )

    def _paid_again(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        self._suspended, terms = None, self._terms_from(event)
        self._renewal, self._renewal_set = event.text("renewal"), event
        yield (
            f"Reopened by {event.actor} with order {event.number('order')}, which billed "
            f"{self._wording.missed(terms)}: {self._wording.together(terms, event.batch)}; "
            f"{_invoiced(terms)}. Renewal {event.text('renewal')}, expiry "
            f"{event.text('expires_on')}."
        )

    def _terms_from(self, event: Event) -> list[BilledTerm]:
        start, end = event.day("was"), event.day("expires_on")
        return [term for term in self._terms if start <= term.starts_on < end]

    def _credited(self) -> Iterator[Sentence]:
        for term in self._terms:
            if term.credited_on is not None:
                net = money(term.unit_cents, self._reader.info.currency)
                text = (
                    f"Credit note {term.credit_note} gave back the term "
                    f"{told(term.starts_on, term.ends_on)}, {net} net of invoice {term.invoice}."
                )
                yield Sentence(on=term.credited_on, kind="credited", text=text)

    def _deletion_moved(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        why = (
            "The customer was notified late of the suspension"
            if "notice" in event.details
            else "The store had been restored from a backup"
        )
        yield f"{why}: the deletion was moved from {event.text('old')} to {event.text('new')}."

    def _price_kept(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        net = money(event.number("cents"), self._reader.info.currency)
        yield (
            f"{event.actor} raised the price too late for its term from "
            f"{event.text('starts_on')}, which had been announced: that term keeps {net} net."
        )

    def _price_released(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        yield (
            f"{event.actor} set another price: its term from {event.text('starts_on')} does not "
            "keep an earlier one any more."
        )

    # What changed

    def _configured(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        address = event.text("address") or "an address"
        yield f"{event.actor} gave it {'the address ' if '@' in address else ''}{address}."

    def _renamed(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        old, new = event.text("old"), event.text("address")
        yield f"{event.actor} renamed it" + (f" from {old} to {new}." if new else ".")

    def _reset(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        address = event.text("address")
        released = f"its address {address}" if address else "its address"
        yield (
            f"{event.actor} reset it: the mailbox was erased and {released} released. The account "
            "stayed, blank; its price and expiry did not change."
        )

    def _renewal_changed(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        self._renewal, self._renewal_set = event.text("new"), event
        if any(row.kind in ("cancelled", "resumed") for row in together):
            return
        new, on = event.text("new"), event.text("effective_on")
        then = "end" if new == "none" else f"renew {new}"
        yield (
            f"{event.actor} changed its renewal from {event.text('old')} to {new}, so that it "
            f"would {then} at its expiry on {on}."
        )

    def _platform_cancelled(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        self._cancelled = event
        reason = event.text("reason")
        text = f"{event.actor} cancelled the platform {self._platform}"
        text += f" (reason: {reason})" if reason else ""
        mine = [row for row in together if row.kind == "renewal-changed"]
        if mine:
            yield (
                f"{text}: its renewal went from {mine[0].text('old')} to none, so that it would "
                f"end at its expiry on {mine[0].text('effective_on')}."
            )
        else:
            yield f"{text}; its renewal was none already."

    def _platform_resumed(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        self._cancelled = None
        mine = [row for row in together if row.kind == "renewal-changed"]
        text = f"{event.actor} resumed the platform {self._platform}"
        if mine:
            yield f"{text}: its renewal is {mine[0].text('new')} again."
        else:
            yield f"{text}; its renewal did not change."

    def _platform_renewal(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        is_manual = event.text("renewal") == "manual"
        self._manual_set = event if is_manual else None
        how = (
            "manual: nothing on it renews by itself"
            if is_manual
            else "automatic: its accounts renew by themselves"
        )
        yield f"{event.actor} set the platform {self._platform} to {how}."

    def _deletion_asked(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        yield (
            f"{event.actor} asked for the deletion of the platform {self._platform}; "
            f"{self._account.platform.customer} was sent a token for it, valid through "
            f"{event.text('valid_until_on')}."
        )

    def _mailbox(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        yield MAILBOX_WORDINGS[event.kind](event)

    # How it ended, and came back

    def _was_suspended(self, event: Event, _: Sequence[Event]) -> Iterator[str]:
        self._suspended = event
        deletes = f"Its deletion was set for {event.text('deletes_on')}."
        if event.text("suspended_for") == SuspendedFor.DEBT:
            why = why_suspended(self._reader, self._account, event)
            yield f"Suspended for debt: {why}. {deletes}"
        else:
            yield f"Suspended at its expiry: {self._why_expired()}. {deletes}"

    def _why_expired(self) -> str:
        if self._cancelled is not None:
            by = f"by {self._cancelled.actor} on {self._cancelled.on}"
            return f"the platform {self._platform} had been cancelled {by}"
        if self._renewal == "none" and self._renewal_set is None:
            return "its renewal was none from the start"
        if self._renewal == "none" and self._renewal_set is not None:
            return (
                f"its renewal was none, set by {self._renewal_set.actor} on {self._renewal_set.on}"
            )
        if self._manual_set is not None:
            by = f"by {self._manual_set.actor} on {self._manual_set.on}"
            return (
                f"the platform {self._platform} had been set to manual {by}, and nobody had "
                "extended the account"
            )
        return f"the platform {self._platform} was manual, and nobody had extended the account"

    def _was_reopened(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        if any(row.kind == "paid-again" for row in together):
            return
        if self._suspended is not None:
            self._missed_until = event.on
        self._suspended = None
        yield f"Active again in the books: {why_reopened(self._reader, self._account, event)}."

    def _deleted(self, event: Event, together: Sequence[Event]) -> Iterator[str]:
        for row in together:
            if row.subject.startswith("platform/") and row.kind == "deleted":
                yield (
                    f"Deleted for good: {event.actor} deleted the platform {self._platform} with "
                    "all its accounts."
                )
                return
        if event.command != "tick":
            yield f"Deleted for good by {event.actor}, without refund."
        elif self._suspended is not None:
            days = (event.on - self._suspended.on).days
            late = event.on > self._suspended.day("deletes_on")
            held = ", later than planned: it waited for its notice or for a tick" if late else ""
            yield f"Deleted for good, {counted(days, 'day')} after its suspension{held}."
        else:
            yield "Deleted for good."


def _by(event: Event) -> str:
    """Who ordered; the tick delivers what was ordered and paid for before."""
    if event.command == "tick":
        return "by the tick, as its money had arrived,"
    return f"by {event.actor}"


def _named(event: Event, key: str) -> str:
    """The account's name when it began; unknown for erased customers."""
    address = event.text(key)
    return f"as {address}" if address else "without an address"


def _invoiced(terms: Sequence[BilledTerm]) -> str:
    numbers = list(dict.fromkeys(term.invoice for term in terms))
    return f"invoice {numbers[0]}" if numbers else "no invoice"
