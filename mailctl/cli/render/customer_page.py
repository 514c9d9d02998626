"""`customer show` as a page: the whole picture of a customer, cut to what fits a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailctl.cli.render.document import Line, commands, heading, joined, labelled, more, rows
from mailctl.domain.legal_ids import told
from mailctl.domain.money import money
from mailctl.domain.text import counted
from mailctl.hints import command, named
from mailctl.insight.customer_picture import Coming, Picture
from mailctl.store.queries.customer_picture import OpenInvoice, PendingPayment, PlatformFigures

_OF_DOCUMENTS = ("legal_id", "buyer_reference", "endpoint", "invoice_format")
FEW, SOME = 3, 4
"""How many lines of a section are shown: of what waits, and of platforms and what comes next."""


def page(picture: Picture, today: str, width: int) -> Iterator[Line]:
    """The lines of the page: who, money, what is open, what waits, what comes, what helps."""
    return _Page(picture, today, width).lines()


class _Page:
    def __init__(self, picture: Picture, today: str, width: int) -> None:
        self._picture = picture
        self._profile = picture.profile
        self._today = today
        self._width = width
        self._who = str(picture.profile["id"])

    def lines(self) -> Iterator[Line]:
        yield from self._head()
        yield from self._money()
        yield from self._invoices()
        yield from self._payments()
        yield from self._orders()
        yield from self._platforms()
        yield from self._prices()
        yield from self._waiting()
        yield from self._next()
        yield heading("Commands")
        yield from commands(
            ((one.text, one.command) for one in self._picture.commands[:SOME]), self._width
        )

    def _amount(self, cents: object) -> str:
        return money(int(str(cents)), str(self._profile["currency"]))

    def _text(self, name: str) -> str:
        value = self._profile[name]
        return "" if value is None else str(value)

    # Who

    def _head(self) -> Iterator[Line]:
        state = self._text("state")
        since = f"since {self._text('created_on')}"
        if state != "open":
            since += f", {state} on {self._text('closed_on')}"
        name = f"{self._who}: {self._text('name')}" if self._text("name") else self._who
        yield heading(f"{name} ({self._text('country')}, customer {since})")
        town = " ".join(filter(None, (self._text("postcode"), self._text("city"))))
        backup, vat = self._text("backup_email"), self._text("vat_number")
        yield joined(self._text("email"), f"backup {backup}" if backup else "", self._text("phone"))
        yield joined(
            self._text("street"),
            town,
            f"VAT number {vat}" if vat else "",
            f"letters in {self._text('language')}",
            f"{counted(int(self._text('payment_days')), 'day')} to pay",
        )
        if any(self._text(name) for name in _OF_DOCUMENTS):
            yield joined(*self._documents())

    def _documents(self) -> Iterator[str]:
        """What invoices say of the customer, and how they reach it."""
        legal_id, reference, endpoint, form = map(self._text, _OF_DOCUMENTS)
        yield told(legal_id or None)
        yield f"buyer reference {reference}" if reference else ""
        yield f"electronic invoices to {endpoint}" if endpoint else ""
        yield {"": "", "none": "no documents"}.get(form, f"documents as {form}")

    # Money

    def _money(self) -> Iterator[Line]:
        yield labelled("Balance", [self._amount(self._profile["balance_cents"]), *self._debt()])
        came = self._picture.last_money
        if came is None:
            yield labelled("Last money", ["none yet"])
        else:
            by = f"by {came.method}" if came.method else str(came.kind)
            # The entry has the bank's reference.
            known = f"reference {came.reference}" if came.reference else ""
            known = f"bank entry {came.entry}" if came.entry else known
            yield labelled("Last money", [f"{self._amount(came.cents)} on {came.on}", by, known])
        methods = [self._method(row) for row in self._picture.methods]
        yield labelled("Pays by", methods[:FEW] or ["transfer: there is no payment method"])
        yield from more(
            len(methods) - FEW, "payment method", command("method", "list", "--customer", self._who)
        )

    def _debt(self) -> Iterator[str]:
        due, by = self._text("debt_due_on"), self._text("pay_by_on")
        grace = self._text("grace_until_on")
        if due and by and by != due and grace == by:
            yield f"to be paid by {by}, the end of the grace (it was due on {due})"
        elif by and by < self._today:
            yield f"overdue since {by}"
        elif by:
            yield f"to be paid by {by}"
        elif due:
            yield f"due on {due}, and on its way"
        if grace >= self._today and not due:
            yield f"grace until {grace}"
        if self._picture.pending_cents:
            yield f"{self._amount(self._picture.pending_cents)} is being collected"

    def _method(self, row: Mapping[str, object]) -> str:
        marks = [str(row["id"])]
        if row["default"]:
            marks.append("default")
        if row["status"] == "expired":
            marks.append("expired")
        elif row["valid_through"]:
            marks.append(f"until {row['valid_through']}")
        return f"{row['kind']} {row['label']} ({', '.join(marks)})"

    # What is open

    def _invoices(self) -> Iterator[Line]:
        invoices = self._picture.open_invoices
        if not invoices:
            return
        total = self._amount(sum(one.open_cents for one in invoices))
        yield heading(f"Open invoices: {len(invoices):,}, {total}")
        yield from rows(map(self._invoice, invoices[:FEW]))
        yield from more(
            len(invoices) - FEW,
            "open invoice",
            command("invoice", "list", "--customer", self._who, "--status", "open"),
        )

    def _invoice(self, one: OpenInvoice) -> list[str]:
        if one.covered:
            how = "a pending payment covers it"
        elif one.pay_by_on and one.pay_by_on != one.due_on:
            how = f"to be paid by {one.pay_by_on} (grace)"
        elif str(one.due_on) < self._today:
            how = "overdue"
        else:
            how = ""
        return [one.invoice, self._amount(one.open_cents), f"due {one.due_on}", how]

    def _payments(self) -> Iterator[Line]:
        payments = self._picture.payments
        if not payments:
            return
        yield heading(f"Pending payments: {len(payments):,}")
        yield from rows(map(self._payment, payments[:FEW]))
        yield from more(
            len(payments) - FEW,
            "payment",
            command("payment", "list", "--customer", self._who, "--status", "pending"),
        )

    def _payment(self, one: PendingPayment) -> list[str]:
        if one.exported_on:
            how = f"asked for on {one.exported_on}, no answer yet"
        elif one.next_try_on:
            how = f"failed {counted(one.tries, 'time')}, next try {one.next_try_on}"
        else:
            how = f"to be exported since {one.created_on}"
        return [f"payment {one.id}", self._amount(one.amount_cents), one.label, how]

    def _orders(self) -> Iterator[Line]:
        # A debt's order says what the balance says.
        orders = [one for one in self._picture.orders if one.kind != "debt"]
        if not orders:
            return
        yield heading(f"Orders that wait for money: {len(orders):,}")
        yield from rows(
            [
                f"order {one.number}",
                self._amount(one.total_cents),
                str(one.kind),
                f"valid until {one.valid_until_on}" if one.valid_until_on else "",
            ]
            for one in orders[:FEW]
        )
        yield from more(
            len(orders) - FEW, "order", command("order", "list", "--customer", self._who, "--open")
        )

    # What they have

    def _platforms(self) -> Iterator[Line]:
        platforms = self._picture.platforms
        if not platforms:
            yield heading("Platforms: none")
            return
        yield heading(f"Platforms: {len(platforms):,}, accounts: {self._accounts()}")
        yield from rows(map(self._platform, platforms[:SOME]))
        yield from more(
            len(platforms) - SOME, "platform", command("platform", "list", "--customer", self._who)
        )

    def _platform(self, one: PlatformFigures) -> list[str]:
        how = [str(one.offer)]
        if one.state == "cancelled":
            how.append("cancelled")
        elif one.renewal == "manual":
            how.append("renewed by hand")
        accounts = _some(
            (one.accounts_active, "active"),
            (one.accounts_suspended, "suspended"),
            (one.accounts_blank, "blank"),
        )
        return [one.name, ", ".join(how), ", ".join(accounts) or "no accounts"]

    def _accounts(self) -> str:
        """All accounts by state: `10 active, 1 suspended for debt, 2 blank`."""
        count = self._picture.count
        debt = count("accounts_suspended_debt")
        return ", ".join(_some(
            (count("accounts_active"), "active"),
            (debt, "suspended for debt"),
            (count("accounts_suspended") - debt, "suspended as expired"),
            (count("accounts_blank"), "blank"),
        )) or "none"  # fmt: skip

    def _prices(self) -> Iterator[Line]:
        prices = self._profile["own_prices"]
        assert isinstance(prices, list)
        ahead = [one for one in prices if not one["until_on"] or one["until_on"] >= self._today]
        if not ahead:
            return
        yield heading(f"Special prices: {len(ahead):,}")
        yield from rows(
            [
                f"{one['offer']} {one['period']}",
                self._amount(one["cents"]),
                f"from {one['from_on']}" + (f" to {one['until_on']}" if one["until_on"] else ""),
            ]
            for one in ahead[:FEW]
        )
        yield from more(
            len(ahead) - FEW,
            "price",
            command("customer", "show", named("customer", self._who), "-o", "json"),
        )

    # What waits

    def _waiting(self) -> Iterator[Line]:
        found = self._picture.counted
        if found.notices_unsent or found.notices_refused:
            first = self._picture.notices[0]
            many = _some(
                (found.notices_refused, "refused for good"), (found.notices_unsent, "not sent yet")
            )
            why = f": {first.last_error}" if first.last_error else ""
            which = f"first notice {first.id}, {first.kind} of {first.queued_on}{why}"
            yield labelled("Letters", [*many, which])
        if found.tasks_todo or found.tasks_failed:
            task = self._picture.tasks[0]
            many = _some((found.tasks_failed, "failed"), (found.tasks_todo, "not done yet"))
            why = f": {task.reason}" if task.reason else ""
            what = f"{task.kind} {task.address or ''}".rstrip()
            which = f"first task {task.id}, {what}, of {task.on}{why}"
            yield labelled("Mail server", [*many, which])

    # What comes

    def _next(self) -> Iterator[Line]:
        coming = self._picture.coming
        yield heading("Next" if coming else "Next: nothing")
        yield from rows([str(one.on), self._event(one)] for one in coming[:FEW])

    @property
    def _if_paid(self) -> str:
        held = self._picture.count("accounts_suspended_debt")
        return ", if what is owed is paid" if held else ""

    def _event(self, one: Coming) -> str:
        """What happens, in words: `5 accounts renew: 23.94 EUR`."""
        many = one.accounts or 0
        accounts, is_one = counted(many, "account"), many == 1
        amount = self._amount(one.amount_cents) if one.amount_cents is not None else ""
        subject = (one.subject or "").replace("/", " ")
        then = f", then {accounts} {_is(many)} suspended" if many else ""
        passed = "was the" if str(one.on) < self._today else "the"
        words = {
            "renewal": f"{accounts} {'renews' if is_one else 'renew'}: {amount}{self._if_paid}",
            "suspension": f"{accounts} {'expires' if is_one else 'expire'} and {_is(many)} "
            "suspended",
            "deletion": f"{accounts} {_is(many)} deleted",
            "pay-by": f"{passed} last day to pay {amount}{then}",
            "debit": f"{subject} is tried again: {amount}",
            "order-end": f"{subject} ends, unless {amount} is paid for it",
            "card-end": f"the card of {subject} ends",
        }
        return words[one.event]


def _is(many: int) -> str:
    return "is" if many == 1 else "are"


def _some(*pairs: tuple[int, str]) -> list[str]:
    return [f"{many:,} {what}" for many, what in pairs if many]
