"""By which rule money that came is whose: the rules in their order, each with its evidence.

Never by amount alone, and never by name: what is not sure is proposed, or left to a person
(rules 20).
"""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.billing.bank_decisions import NOTHING, Decision, Doing, Item, unmatched
from mailctl.billing.bank_facts import Facts, Waiting
from mailctl.billing.bank_payments import decide_batch, decide_payment
from mailctl.domain.bank import DAYS_BY_HAND, EntryState, MatchedBy
from mailctl.domain.money import money
from mailctl.domain.payment_references import printed, reference_of_invoice, reference_of_order
from mailctl.domain.text import listed
from mailctl.domain.transfer_texts import Number
from mailctl.store.queries.bank_candidates import Invoice, Movement, Order, Owing

MOST_NAMED = 5
"""A sentence lists no more things than that."""


def decide(entry: Waiting, facts: Facts) -> Decision:
    """What becomes of an entry of money that came, by every rule but that of its IBAN."""
    found = _recorded(entry, facts)
    if found is not None:
        return found
    if entry.payment_try:
        found = decide_payment(entry, facts)
    elif entry.file:
        found = decide_batch(entry, facts)
    else:
        found = _named(entry, facts)
    return _beside_by_hand(entry, facts, found)


def reversal(entry: Waiting, facts: Facts) -> Decision:
    """The bank took back a booking of its own: no rule books that, a person undoes the entry."""
    rows = [one for reference in entry.references for one in facts.recorded.get(reference, ())]
    if entry.payment_try:
        rows += facts.movements.get(entry.payment_try[0], ())
    booked = [one.entry_id for one in rows if one.entry_id and one.amount_cents == -entry.cents]
    if not booked:
        return unmatched("the bank took back a booking of its own: no rule books that")
    return unmatched(
        f"the bank took back a booking of its own, it seems entry {booked[-1]}: bank undo "
        "takes it out of the books"
    )


def _recorded(entry: Waiting, facts: Facts) -> Decision | None:
    """Money that was recorded by hand under the entry's own references is linked (rules 20)."""
    for reference in entry.references:
        rows = [one for one in facts.recorded.get(reference, ()) if one.entry_id is None]
        if not rows:
            continue
        same = [one for one in rows if one.amount_cents == entry.cents]
        if len(same) == 1 or (not same and sum(one.amount_cents for one in rows) == entry.cents):
            found = linked(entry, facts, same or rows, f"reference {reference}")
            is_the_banks = reference == entry.reference
            return found if is_the_banks else _by_payers_words(entry, facts, found, same or rows)
        rows_said = _listed([f"row {one.seq} of {one.customer}" for one in rows])
        amounts = money(sum(one.amount_cents for one in rows), facts.currency)
        return unmatched(
            f"money with the reference {reference} is recorded by hand, {amounts} in {rows_said}: "
            f"not the {money(entry.cents, facts.currency)} of this entry"
        )
    return None


def _by_payers_words(
    entry: Waiting, facts: Facts, found: Decision, rows: Sequence[Movement]
) -> Decision:
    """The same, unless it may be other money: payers give one EndToEndId to many transfers."""
    if entry.payment_try:
        return found
    others = {one.customer for number in entry.named.invoices if (one := _invoice(facts, number))}
    others |= {facts.orders[one].customer for one in entry.named.orders if one in facts.orders}
    others -= {one.customer for one in rows}
    if others:
        return unmatched(f"{found.evidence}, but it names what {_listed(sorted(others))} asked for")
    if len(about_as_much(entry, rows)) == len(rows) or len(rows) > 1:
        return found
    return found._replace(
        state=EntryState.PROPOSED,
        evidence=f"{found.evidence} on {rows[0].moved_on}, long before or after it",
        ledger_id=rows[0].id,
        links=(),
    )


def linked(entry: Waiting, facts: Facts, rows: Sequence[Movement], by_what: str) -> Decision:
    """The entry is money that is in the books: of one customer, or of several."""
    customers = {one.customer_id: one.customer for one in rows}
    of_payments = {one.payment_id for one in rows if one.payment_id is not None}
    is_one = len(customers) == 1
    rows_said = _listed([f"row {one.seq} of {one.customer}" for one in rows])
    return Decision(
        state=EntryState.BOOKED,
        matched_by=MatchedBy.RECORDED,
        evidence=f"{by_what}, {money(entry.cents, facts.currency)}: recorded before in {rows_said}",
        customer_id=next(iter(customers)) if is_one else None,
        customer=next(iter(customers.values())) if is_one else None,
        payment_id=of_payments.pop() if len(of_payments) == 1 else None,
        links=tuple(one.id for one in rows),
    )


def _named(entry: Waiting, facts: Facts) -> Decision:
    """By a reference of ours, or by numbers in full; what is shorter is proposed at most."""
    names = entry.named
    if names.is_empty:
        return NOTHING
    invoices = [one for number in sorted(names.invoices) if (one := _invoice(facts, number))]
    orders = [facts.orders[number] for number in sorted(names.orders) if number in facts.orders]
    # An order that one of the invoices bills is not named besides it.
    billed = {one.order_number for one in invoices}
    orders = [one for one in orders if one.number not in billed]
    things: list[Invoice | Order] = [*invoices, *orders]
    if not things:
        return _loose(entry, facts)
    is_sure = len(things) == len(names.invoices) + len(names.orders) or not billed.isdisjoint(
        names.orders
    )
    if len({one.customer_id for one in things}) > 1:
        return unmatched(f"names {_listed(_words(things))}, of different customers")
    if things[0].state == "erased":
        return unmatched(f"names {_listed(_words(things))} of {things[0].customer}, who is erased")
    by_reference = [one for one in things if _key(one) in names.by_reference]
    doubt = "" if is_sure else "it names something else as well"
    if names.is_doubtful and not (len(things) == 1 and by_reference):
        doubt = "it seems to name something else as well, not in full"
    if len(things) > 1 and not _adds_up(entry.cents, invoices, orders):
        doubt = "together they are another amount"
    return _credit(entry, facts, things, by_reference, doubt)


def _credit(
    entry: Waiting,
    facts: Facts,
    things: Sequence[Invoice | Order],
    by_reference: Sequence[Invoice | Order],
    doubt: str,
) -> Decision:
    """A credit for what is named; where there is a doubt, a person decides."""
    invoices = [one for one in things if isinstance(one, Invoice)]
    orders = [one for one in things if isinstance(one, Order)]
    whose = things[0]
    evidence = (
        f"{_by_what(things, by_reference)}, {money(entry.cents, facts.currency)}: "
        f"{_listed(_words(things))} of {whose.customer}{_state_of(entry, facts, things)}"
    )
    return Decision(
        state=EntryState.PROPOSED if doubt else EntryState.BOOKED,
        matched_by=MatchedBy.REFERENCE if by_reference else MatchedBy.NUMBER,
        evidence=f"{evidence}; {doubt}" if doubt else evidence,
        customer_id=whose.customer_id,
        customer=whose.customer,
        invoice_id=invoices[0].id if len(invoices) == 1 and not orders else None,
        order_number=orders[0].number if len(orders) == 1 and not invoices else None,
        items=() if doubt else _items(entry.cents, whose, invoices, orders),
    )


def _items(
    cents: int, whose: Invoice | Order, invoices: Sequence[Invoice], orders: Sequence[Order]
) -> tuple[Item, ...]:
    """A credit for each order that is named, and one for the invoices."""
    if len(orders) == 1 and not invoices:
        given: list[tuple[int, int | None]] = [(cents, orders[0].number)]
    else:
        given = [(one.total_cents, one.number) for one in orders]
        rest = cents - sum(one.total_cents for one in orders)
        given += [(rest, None)] if rest else []
    return tuple(
        Item(Doing.CREDIT, whose.customer_id, whose.customer, amount, order_number=number)
        for amount, number in given
    )


def _state_of(entry: Waiting, facts: Facts, things: Sequence[Invoice | Order]) -> str:
    """What a reader should know of what one thing asks for, where the money is not exactly that."""
    if len(things) != 1:
        return ""
    one = things[0]
    if isinstance(one, Order):
        if one.status != "not-paid":
            return f", which is {one.status}"
        return _of_which(entry.cents, one.total_cents, facts.currency)
    if not one.open_cents:
        return ", which is paid already"
    return _of_which(entry.cents, one.open_cents, facts.currency)


def _of_which(cents: int, open_cents: int, currency: str) -> str:
    return "" if cents == open_cents else f", of which {money(open_cents, currency)} is open"


def _by_what(things: Sequence[Invoice | Order], by_reference: Sequence[Invoice | Order]) -> str:
    if not by_reference:
        return "number in the text" if len(things) == 1 else "numbers in the text"
    one = by_reference[0]
    reference = (
        reference_of_invoice(one.number)
        if isinstance(one, Invoice)
        else reference_of_order(one.number)
    )
    return f"reference {printed(reference)}"


def _adds_up(cents: int, invoices: Sequence[Invoice], orders: Sequence[Order]) -> bool:
    """Whether the money is exactly what all of them ask for: what is open of them, or in all."""
    ordered = sum(one.total_cents for one in orders)
    is_open = cents == ordered + sum(one.open_cents for one in invoices)
    return is_open or cents == ordered + sum(one.asked_cents for one in invoices)


def _loose(entry: Waiting, facts: Facts) -> Decision:
    """What is named in short is proposed, if it is open with exactly this amount (rules 20)."""
    names = entry.named
    things: list[Invoice | Order] = []
    for number in dict.fromkeys(entry.numbers(facts.this_year)):
        invoice = facts.invoices.get(number)
        is_loose = Number(*number) not in names.invoices
        if invoice and is_loose and invoice.open_cents == entry.cents:
            things.append(invoice)
    for order_number in sorted(names.loose_orders):
        order = facts.orders.get(order_number)
        if order and order.status == "not-paid" and order.total_cents == entry.cents:
            things.append(order)
    if not things:
        return NOTHING
    if len(things) > 1:
        return unmatched(f"may name {_listed(_words(things))}, not in full")
    (one,) = things
    if one.state == "erased":
        return NOTHING
    return Decision(
        state=EntryState.PROPOSED,
        matched_by=MatchedBy.NUMBER,
        evidence=f"a number that is not written in full, and exactly "
        f"{money(entry.cents, facts.currency)} open: {_words([one])[0]} of {one.customer}",
        customer_id=one.customer_id,
        customer=one.customer,
        invoice_id=one.id if isinstance(one, Invoice) else None,
        order_number=one.number if isinstance(one, Order) else None,
    )


def decide_by_iban(
    entry: Waiting, whose: dict[int, str], owing: dict[int, list[Owing]], currency: str
) -> Decision:
    """Propose the customer whose IBAN it is, where it is exactly what they owe or ordered."""
    known = {customer: how for customer, how in whose.items() if customer in owing}
    if not known:
        return NOTHING
    if len(known) > 1:
        names = sorted(owing[customer][0].customer for customer in known)
        return unmatched(f"the IBAN is of several customers: {_listed(names)}")
    ((customer_id, how),) = known.items()
    found = owing[customer_id]
    of_orders = [one.order_number for one in found if one.order_cents == entry.cents]
    is_missing = found[0].missing_cents == entry.cents
    if is_missing + len(of_orders) != 1:
        return NOTHING
    who = found[0].customer
    what = f"exactly what {who} owes" if is_missing else f"exactly order {of_orders[0]} of {who}"
    return Decision(
        state=EntryState.PROPOSED,
        matched_by=MatchedBy.IBAN,
        evidence=f"IBAN {how}, {money(entry.cents, currency)}: {what}",
        customer_id=customer_id,
        customer=who,
        order_number=None if is_missing else of_orders[0],
    )


def _beside_by_hand(entry: Waiting, facts: Facts, found: Decision) -> Decision:
    """Whatever rule matches: money recorded by hand that may be this is proposed for linking."""
    if found.links or found.customer_id is None or len({i.customer_id for i in found.items}) > 1:
        return found
    rows = about_as_much(entry, facts.by_hand.get(found.customer_id, ()))
    # The settlement of another payment is not the money of this one.
    rows = [one for one in rows if found.payment_id in (None, one.payment_id) or not one.payment_id]
    return beside(found, rows)


def about_as_much(entry: Waiting, rows: Sequence[Movement]) -> list[Movement]:
    """Money of the same amount that was recorded by hand within the days that count."""
    days = [entry.booked_on.toordinal()]
    if entry.value_on:
        days.append(type(entry.booked_on).fromisoformat(entry.value_on).toordinal())
    return [
        one
        for one in rows
        if one.amount_cents == entry.cents
        and min(
            abs(type(entry.booked_on).fromisoformat(one.moved_on).toordinal() - day) for day in days
        )
        <= DAYS_BY_HAND
    ]


def beside(found: Decision, rows: Sequence[Movement]) -> Decision:
    """The same, proposed for linking with the first of these movements, if there is one."""
    if not rows:
        return found
    row = rows[0]
    return found._replace(
        state=EntryState.PROPOSED,
        evidence=f"{found.evidence}; it may be the money that was recorded by hand on "
        f"{row.moved_on} in row {row.seq} of {row.customer}",
        ledger_id=row.id,
        items=(),
    )


def _invoice(facts: Facts, number: Number) -> Invoice | None:
    return facts.invoices.get((number.year, number.seq)) if number.year is not None else None


def _key(one: Invoice | Order) -> Number | int:
    return Number(one.year, one.seq) if isinstance(one, Invoice) else one.number


def _words(things: Sequence[Invoice | Order]) -> list[str]:
    return [f"{'invoice' if isinstance(one, Invoice) else 'order'} {one.number}" for one in things]


def _listed(words: Sequence[str]) -> str:
    return listed(words, most=MOST_NAMED)
