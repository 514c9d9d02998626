"""A letter read against the store: each thing that it says is so on the day of its sending.

The rules are written down a second time here, from the tables alone; what a letter says is taken
from its text, in any of the three languages.
"""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from tests.notices.letters import plain

MONTHS = (
    ("january", "janvier", "januar"), ("february", "février", "februar"),
    ("march", "mars", "märz"), ("april", "avril", "april"), ("may", "mai", "mai"),
    ("june", "juin", "juni"), ("july", "juillet", "juli"), ("august", "août", "august"),
    ("september", "septembre", "september"), ("october", "octobre", "oktober"),
    ("november", "novembre", "november"), ("december", "décembre", "dezember"),
)  # fmt: skip
DAY = r"(\d{1,2})(?:er|\.)? ([^\W\d]+) (\d{4})"
FIRST = r"(\d{1,2})(?:er|\.)? ([^\W\d]+)(?: (\d{4}))?"
MONEY = r"(?P<minus>[-−]?)(?:€(?P<front>[\d,]+\.\d\d)|(?P<back>[\d .\u202f]*\d,\d\d) €)"

# What stands over mailboxes, by what it says of them; D is a day, F a first one, which has the year
# of D unless it has its own. The first that fits holds.
HEADINGS = {
    "ended": (
        "Paid term ended on D: about", "Période payée terminée le D : suspension",
        "Laufzeit endete am D: wird",
    ),
    "catch-up": (
        "Term ended on D: renewal", "Période terminée le D : renouvellement",
        "Laufzeit endete am D: Verlängerung",
    ),
    "expired": (
        "Paid term ended, deletion on D", "Période payée terminée, suppression le D",
        "Bezahlte Laufzeit beendet, Löschung am D",
    ),
    "debt": (
        "Invoice overdue, deletion on D", "Facture en retard de paiement, suppression le D",
        "Rechnung überfällig, Löschung am D",
    ),
    "runs": ("Runs until D", "Valable jusqu’au D", "Laufzeit bis D"),
    "billed": (
        "Billed from F to D", "Période facturée du F au D", "Berechnet vom F bis D",
        "Billed for D", "Facturé pour la journée du D", "Berechnet für den D",
    ),
    "credited": (
        "Credited from F to D", "Période créditée du F au D", "Gutgeschrieben vom F bis D",
        "Credited for D", "Crédité pour la journée du D", "Gutgeschrieben für den D",
    ),
    "renews": ("Renewal on D", "Renouvellement le D", "Verlängerung am D"),
    "ends": ("Suspension on D", "Suspension le D", "Sperrung am D"),
    "suspended": ("Deletion on D", "Suppression le D", "Löschung am D"),
    "named": ("Mailboxes concerned", "Boîtes e-mail concernées", "Betroffene Postfächer"),
}  # fmt: skip

# Of a live account `a` on a platform `p`, what a heading says of it; a term's day is its last.
SO = {
    "runs": "a.state = 'active' AND a.expires_on = :after AND :after > :today",
    "renews": "a.state = 'active' AND a.expires_on = :day AND a.renewal <> 'none' "
    "AND p.renewal = 'automatic'",
    "ends": "a.state = 'active' AND a.expires_on = :day "
    "AND (a.renewal = 'none' OR p.renewal = 'manual')",
    "catch-up": "a.state = 'active' AND a.expires_on = :after AND :after <= :today "
    "AND a.renewal <> 'none' AND p.renewal = 'automatic'",
    "ended": "a.state = 'active' AND a.expires_on = :after AND :after <= :today "
    "AND (a.renewal = 'none' OR p.renewal = 'manual')",
    "expired": "a.state = 'suspended' AND a.suspended_for = 'expired' AND a.deletes_on = :day",
    "debt": "a.state = 'suspended' AND a.suspended_for = 'debt' AND a.deletes_on = :day",
    "suspended": "a.state = 'suspended' AND a.deletes_on = :day",
}

# What letters say besides, by language, with the question whether it is so.
SAYINGS = {
    "paid": (
        "It is paid from your prepaid", "Elle est réglée par votre solde", "Sie ist durch Ihr Gut",
    ),
    "collecting": ("being collected through", "en cours de prélèvement", "wird gerade über"),
    "last": ("We will not try again", "d’autre tentative", "versuchen wir es nicht noch einmal"),
    "no-debt": (
        "No mailbox is suspended because", "Aucune boîte e-mail n’est plus suspendue",
        "ist kein Postfach mehr gesperrt",
    ),
    "export": ("export", "export", "xportier"),
}  # fmt: skip
DATED = {
    "pay-by": (
        "Please pay by D at the latest", "régler cette somme au plus tard le D",
        "zahlen Sie bis einschließlich D",
    ),
    "was-due": (
        "The last day to pay was D", "dernier jour pour payer était le D",
        "letzte Tag zum Zahlen war der D",
    ),
    "is-due": (
        "The last day to pay is D", "dernier jour pour payer est le D",
        "letzte Tag zum Zahlen ist der D",
    ),
    "again": ("We will try again on D", "une nouvelle tentative le D", "versuchen es am D noch"),
    "valid": (
        "valid up to and including D", "valable jusqu’au D inclus", "gilt bis einschließlich D",
    ),
}  # fmt: skip
# Letters about mailboxes that end, and what they say of the copies that are kept of them.
ENDING = (
    "expiry-coming", "accounts-suspended", "deletion-coming", "accounts-deleted",
    "cancel-recorded", "delete-token", "delete-confirmed",
)  # fmt: skip
COPIES = ("reply to this message by then", "ce message d’ici là", "bis dahin auf diese Nachricht")
COPIES_FOR = (r"for (\d+) days after", r"conservée (\d+) jours", r"Löschung (\d+) Tage lang")
COPIES_ONE_DAY = ("kept for one day after", "conservée un jour après", "Löschung einen Tag lang")
COPIES_UNTIL = (
    "kept up to and including D", "jusqu’au D inclus : pour", "bis einschließlich D aufbewahrt",
)  # fmt: skip
COPIED = (
    "CASE WHEN a.state = 'deleted' THEN EXISTS (SELECT 1 FROM task t WHERE t.account_id = a.id "
    "AND t.kind = 'export' AND t.id > (SELECT max(r.id) FROM task r WHERE r.account_id = a.id "
    "AND r.kind = 'rename' AND r.address IS NULL)) "
    "ELSE EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id) AND 2 = (SELECT count(*) "
    "FROM setting d WHERE d.name IN ('driver', 'export-dir') AND d.value <> '') END"
)
SHORT = (
    "is M short", "is still M short", "account M short", "M is missing", "outstanding M",
    "il manque M", "manque toujours M", "manque encore M", "les M manquants",
    "fehlen M", "fehlen immer noch M", "fehlen noch M", "offene Betrag von M",
)  # fmt: skip
BALANCE = ("Prepaid balance today: M", "Solde prépayé ce jour : M", "Aktuelles Guthaben: M")


# Payments that may still bring money: not through a card that cannot be charged by then.
COMING = (
    "payment y JOIN method m ON m.id = y.method_id WHERE y.customer_id = :customer "
    "AND y.status = 'pending' AND (y.exported_on IS NOT NULL OR m.expires_on IS NULL "
    "OR m.expires_on >= substr(max(:today, coalesce(y.next_try_on, '')), 1, 7))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailboxes:
    """Mailboxes under a heading: an address, or so many without one on a platform."""

    says: str
    first: str | None
    day: str | None
    address: str | None
    count: int
    platform: str | None

    @property
    def after(self) -> str | None:
        """The day after, on which a term that has this last day ends."""
        return self.day and str(date.fromisoformat(self.day) + timedelta(days=1))


def money_of(text: re.Match[str]) -> int:
    """The cents of an amount as a language writes it."""
    digits = re.sub(r"\D", "", text["front"] or text["back"])
    return -int(digits) if text["minus"] else int(digits)


def days_of(pattern: str, text: str) -> list[str]:
    """The days that stand where a pattern has its D."""
    return [iso(day) for day in re.findall(filled(pattern, "D", DAY), text)]


def filled(pattern: str, letter: str, what: str) -> str:
    """A pattern for what a letter says, with another in the place of a letter that stands alone."""
    return re.sub(rf"\b{letter}\b", lambda _: what, re.escape(pattern), count=1)


def iso(found: tuple[str, ...], year_of: str = "") -> str:
    """A day in digits, with another's year if it has none."""
    day, month, year = found
    year = year or year_of[:4]
    number = next(n for n, names in enumerate(MONTHS, 1) if month.lower() in names)
    return date(int(year), number, int(day)).isoformat()


def mailboxes_of(text: str) -> Iterator[Mailboxes]:
    """All mailboxes that a letter names, each with what stands over it."""
    for block in text.split("\n\n"):
        head, *entries = block.split("\n")
        says, first, day = _heading(head)
        for entry in entries if says else ():
            blank = re.fullmatch(r"- (?:(\d+)|\S+) .*\((\S+)\)", entry)
            yield Mailboxes(
                says=says,
                first=first,
                day=day,
                address=None if blank else entry.removeprefix("- "),
                count=int(blank[1] or 1) if blank else 1,
                platform=blank[2] if blank else None,
            )


def _heading(head: str) -> tuple[str, str | None, str | None]:
    for says, patterns in HEADINGS.items():
        for pattern in patterns:
            dated = filled(pattern, "D", DAY)
            found = re.match(re.sub(r"\bF\b", lambda _: FIRST, dated), head)
            if found:
                *first, day = [
                    found.groups()[at : at + 3] for at in range(0, found.re.groups, 3)
                ] or [()]
                last = iso(day) if day else None
                return says, iso(first[0], last or "") if first else last, last
    return "", None, None


class Reading:
    """One letter that was sent, and the store as it is then."""

    def __init__(self, base: sqlite3.Connection, notice: int, subject: str, text: str) -> None:
        self.base = base
        self.subject = plain(subject)
        self.text = plain(text).replace("\r\n", "\n")
        self.line = " ".join(self.text.split())
        ((today,),) = base.execute("SELECT reached_on FROM clock")
        self.facts: dict[str, Any] = {"today": today, "notice": notice}
        names = "kind customer queued invoice order platform method payment".split()
        (row,) = base.execute(
            "SELECT kind, customer_id, queued_on, invoice_id, order_number, platform_id, "
            "method_id, payment_id FROM notice WHERE id = ?",
            (notice,),
        )
        self.facts |= dict(zip(names, row, strict=True))
        self.kind = str(row[0])
        self.mailboxes = list(mailboxes_of(self.text))

    def number(self, sql: str, **facts: object) -> int:
        """The one number that a query gives."""
        ((found,),) = self.base.execute(sql, self.facts | facts)
        return int(found or 0)

    def so(self, where: str, **facts: object) -> bool:
        """Whether there is such a row."""
        return self.number(f"SELECT EXISTS (SELECT 1 FROM {where})", **facts) == 1

    def says(self, what: str) -> bool:
        """Whether the letter has one of the sayings."""
        return any(saying in self.line for saying in SAYINGS[what])

    def days(self, what: str) -> list[str]:
        """The days of which it says something."""
        return [day for pattern in DATED[what] for day in days_of(pattern, self.line)]

    def amounts(self, patterns: tuple[str, ...]) -> list[int]:
        """The amounts that stand where the patterns have their M."""
        return [
            money_of(found)
            for pattern in patterns
            for found in re.finditer(filled(pattern, "M", MONEY), self.line)
        ]

    @property
    def missing(self) -> int:
        """What the customer is short of, in cents."""
        return max(0, -self.number("SELECT balance_cents FROM customer WHERE id = :customer"))

    def wrong(self) -> Iterator[str]:
        """What the letter says that is not so."""
        for one in self.mailboxes:
            if not self._is_so(one):
                yield f"{one} is not so"
        yield from self._sayings()
        yield from self._days()
        yield from self._money()
        if self.kind in ENDING:
            yield from self._copies()
        if not self._holds():
            yield "what it is about is not so"
        if self.says("export") and not any(one.address for one in self.mailboxes):
            yield "there is no mail to export"

    def _is_so(self, one: Mailboxes) -> bool:
        """Whether what stands over a mailbox is true of it."""
        if one.says in ("billed", "credited"):
            return self._is_billed(one)
        if one.says == "named":
            return self._is_named(one)
        where = (
            "account a JOIN platform p ON p.id = a.platform_id WHERE p.customer_id = :customer "
            f"AND {SO[one.says]}"
        )
        if one.address:
            return self.so(
                f"{where} AND a.address = :address",
                day=one.day, after=one.after, address=one.address,
            )  # fmt: skip
        count = self.number(
            f"SELECT count(*) FROM {where} AND a.address IS NULL AND p.name = :name",
            day=one.day, after=one.after, name=one.platform,
        )  # fmt: skip
        return count >= one.count

    def _is_billed(self, one: Mailboxes) -> bool:
        """Lines of the invoice fill these days; of a credit note, lines that it takes back."""
        assert one.first
        assert one.after
        whose = "l" if one.says == "billed" else "k"
        filled = self.number(
            "SELECT sum(julianday(l.period_end_on) - julianday(l.period_start_on)) "
            "FROM invoice_line l LEFT JOIN credit_line k ON k.account_id = l.account_id "
            f"AND k.period_start_on = l.period_start_on WHERE {whose}.invoice_id = :invoice "
            "AND l.period_start_on >= :first AND l.period_end_on <= :after "
            "AND coalesce(l.address, '') = :address",
            first=one.first, after=one.after, address=one.address or "",
        )  # fmt: skip
        days = (date.fromisoformat(one.after) - date.fromisoformat(one.first)).days
        return filled == days if one.address else filled >= days * one.count

    def _is_named(self, one: Mailboxes) -> bool:
        """Deleted ones are gone, those of a code on the platform, ordered ones asked for."""
        if self.kind == "order-awaiting-payment":
            return self.so("order_line l WHERE l.order_number = :order")
        gone = self.kind in ("accounts-deleted", "delete-confirmed")
        where = (
            "account a JOIN platform p ON p.id = a.platform_id WHERE p.customer_id = :customer "
            "AND coalesce(:platform, p.id) = p.id AND "
            + ("a.deleted_on = :queued" if gone else "a.state <> 'deleted'")
        )
        if one.address:
            return self.so(f"{where} AND a.address = :address", address=one.address)
        return one.count <= self.number(
            f"SELECT count(*) FROM {where} AND a.address IS NULL AND p.name = :name",
            name=one.platform,
        )

    def _sayings(self) -> Iterator[str]:
        """Of payments and mailboxes."""
        if self.says("collecting") and not self.so(COMING):
            yield "nothing is being collected"
        if self.says("last") and self.so(f"{COMING} AND y.method_id = :method"):
            yield "it is tried again"
        if self.says("paid") and self.so(
            "invoice i JOIN invoice_open o ON o.invoice_id = i.id WHERE o.open_cents > 0 "
            "AND (i.id = :invoice OR i.order_number = :order)"
        ):
            yield "the invoice is not paid"
        if self.says("no-debt") and self.so(
            "account a JOIN platform p ON p.id = a.platform_id WHERE p.customer_id = :customer "
            "AND a.state = 'suspended' AND a.suspended_for = 'debt'"
        ):
            yield "a mailbox is suspended for a debt"

    def _days(self) -> Iterator[str]:
        """Of days to pay and tries to come."""
        today = self.facts["today"]
        for day in self.days("again"):
            if day < today or not self.so(f"{COMING} AND y.next_try_on = :day", day=day):
                yield f"it is not tried again on {day}"
        for what in ("pay-by", "is-due", "was-due"):
            for day in self.days(what):
                if (day < today) != (what == "was-due"):
                    yield f"{day} is on the other side of today"
                if not self._is_due(day):
                    yield f"nothing is to be paid by {day}"

    def _copies(self) -> Iterator[str]:
        """Whether a copy is kept of each mailbox, and how long, from the day of its deletion."""
        gone = self.kind in ("accounts-deleted", "delete-confirmed")
        found = [
            row
            for one in self.mailboxes
            if one.address
            for row in self.base.execute(
                f"SELECT {COPIED}, coalesce(a.deleted_on, a.deletes_on) FROM account a "
                "JOIN platform p ON p.id = a.platform_id WHERE p.customer_id = :customer "
                "AND a.address = :address AND (a.deleted_on IS NOT NULL) = :gone "
                "AND coalesce(a.deleted_on, :queued) = :queued",
                self.facts | {"address": one.address, "gone": gone},
            )
        ]
        says = any(saying in self.line for saying in COPIES)
        if says != (bool(found) and all(is_copied for is_copied, _ in found)):
            yield f"it {'speaks' if says else 'does not speak'} of copies"
        if not says:
            return
        kept = self.number("SELECT max(value) FROM setting WHERE name = 'export-days'") or 30
        told = [int(days) for what in COPIES_FOR for days in re.findall(what, self.line)]
        told += [1 for saying in COPIES_ONE_DAY if saying in self.line]
        until = [day for pattern in COPIES_UNTIL for day in days_of(pattern, self.line)]
        if [days for days in told if days != kept] or len(told) + len(until) != 1:
            yield f"copies are kept for {kept} days"
        last = {str(date.fromisoformat(day) + timedelta(days=kept)) for _, day in found if day}
        if until and set(until) != last:
            yield f"copies are kept up to {last}"

    def _is_due(self, day: str) -> bool:
        """Whether an open invoice may be paid through a day; a failed debit's is covered still."""
        # Nor do payments cover it in truth that can bring no money any more.
        waits = self.kind == "payment-failed" or self.missing > self._collected()
        covered = "" if waits else "AND o.is_covered = 0 "
        return self.so(
            "invoice_open o JOIN customer c ON c.id = o.customer_id WHERE c.id = :customer "
            f"AND o.open_cents > 0 {covered}"
            "AND :day = max(o.due_on, coalesce(c.grace_until_on, ''))",
            day=day,
        )

    def _money(self) -> Iterator[str]:
        """What is missing, and the balance; what the subject says is missing, too."""
        if self.kind not in ("renewal-coming", "price-changed"):
            for cents in self.amounts(SHORT):
                if cents != self.missing:
                    yield f"{self.missing} is missing, not {cents}"
        balance = self.number("SELECT balance_cents FROM customer WHERE id = :customer")
        for cents in self.amounts(BALANCE):
            if cents != balance:
                yield f"the balance is {balance}, not {cents}"
        if self.kind in ("debt-opened", "debt-reminder", "balance-low"):
            (found,) = re.finditer(MONEY, self.subject)
            told = self.missing if self.kind != "balance-low" else balance
            if money_of(found) != told:
                yield f"the subject should say {told}"

    def _holds(self) -> bool:
        """Whether what this kind of letter is about is so."""
        about = getattr(self, f"_{self.kind.replace('-', '_')}", None)
        return about is None or about()

    def _covers(self, name: str) -> bool:
        """Whether all mailboxes have one heading of these, and the subject counts them."""
        found = re.search(r"\b(\d+) [\w ]*(?:mailbox|boîte|Postf)", self.subject)
        count = sum(one.count for one in self.mailboxes)
        return all(one.says in name.split() for one in self.mailboxes) and count == (
            int(found[1]) if found else 1
        )

    def _accounts_suspended(self) -> bool:
        return self._covers("expired debt")

    def _deletion_coming(self) -> bool:
        return self._covers("expired debt") and all(
            (one.day or "") > self.facts["today"] for one in self.mailboxes
        )

    def _accounts_reopened(self) -> bool:
        return self._covers("runs catch-up ended")

    def _accounts_deleted(self) -> bool:
        return self._covers("named")

    def _renewal_coming(self) -> bool:
        return self._covers("renews") and self._lie_ahead()

    def _price_changed(self) -> bool:
        return self._lie_ahead() and all(one.says == "renews" for one in self.mailboxes)

    def _expiry_coming(self) -> bool:
        return self._covers("ends") and self._lie_ahead()

    def _lie_ahead(self) -> bool:
        """Whether letters about what is to come name mailboxes, and days to come."""
        days = [one.day or "" for one in self.mailboxes]
        return days != [] and min(days) > self.facts["today"]

    def _order_awaiting_payment(self) -> bool:
        return (
            self.so(
                "purchase_order o LEFT JOIN platform p ON p.id = o.platform_id "
                "WHERE o.number = :order "
                "AND o.status = 'not-paid' AND o.valid_until_on >= :today "
                "AND coalesce(p.state, 'active') = 'active'"
            )
            and len(self.days("valid")) == 1
        )

    def _order_expired(self) -> bool:
        return self.so("purchase_order o WHERE o.number = :order AND o.status = 'cancelled'")

    def _order_confirmed(self) -> bool:
        return self._stands("i.order_number = :order")

    def _invoice_issued(self) -> bool:
        return self._stands("i.id = :invoice")

    def _stands(self, which: str) -> bool:
        """Whether a line of the invoice is not credited."""
        return self.so(
            f"invoice i JOIN invoice_line l ON l.invoice_id = i.id WHERE {which} "
            "AND i.customer_id = :customer AND NOT EXISTS (SELECT 1 FROM credit_line k "
            "WHERE k.account_id = l.account_id AND k.period_start_on = l.period_start_on)"
        )

    def _debt_opened(self) -> bool:
        number = self.facts["order"]
        return (
            self.missing > 0
            and f" {number}" in self.line
            and self.so("purchase_order o WHERE o.number = :order AND o.status = 'not-paid'")
            and self.missing > self._collected()
        )

    def _collected(self) -> int:
        return self.number(f"SELECT sum(y.amount_cents) FROM {COMING}")

    def _debt_reminder(self) -> bool:
        return self.missing > 0 and len(self.days("is-due")) == 1

    def _debt_settled(self) -> bool:
        return self.missing == 0

    def _payment_failed(self) -> bool:
        """Money is missing, and what could not be collected has not come in the meantime."""
        (found,) = re.finditer(MONEY, self.subject)
        failed = self.number(
            "SELECT sum(amount_cents) FROM payment WHERE customer_id = :customer AND "
            "CASE WHEN :payment IS NULL THEN first_failed_on = :queued AND follows_id IS NULL "
            "AND (method_id = coalesce(:method, method_id) OR 1 = (SELECT count(*) FROM notice "
            "WHERE customer_id = :customer AND kind = :kind AND queued_on = :queued "
            "AND payment_id IS NULL)) AND status <> 'succeeded' "
            "ELSE id = :payment END"
        )
        return self.missing > 0 and money_of(found) == failed

    def _debit_coming(self) -> bool:
        """So much will be debited, each by its mandate, and not before a day that is to come."""
        (found,) = re.finditer(MONEY, self.subject)
        coming = self.number(
            "SELECT sum(amount_cents) FROM payment WHERE customer_id = :customer "
            "AND notice_id = :notice AND status = 'pending' AND exported_on IS NULL"
        )
        return money_of(found) == coming

    def _card_expiring(self) -> bool:
        return self.so(
            "method m WHERE m.id = :method AND m.is_default = 1 AND m.removed_on IS NULL "
            "AND m.expires_on >= substr(:today, 1, 7)"
        )

    def _balance_low(self) -> bool:
        return self.so("customer c WHERE c.id = :customer AND c.balance_cents < c.alert_cents")

    def _cancel_recorded(self) -> bool:
        return self.so("platform p WHERE p.id = :platform AND p.state <> 'active'") and all(
            one.says in ("ends", "suspended") for one in self.mailboxes
        )

    def _cancel_undone(self) -> bool:
        return self.so("platform p WHERE p.id = :platform AND p.state = 'active'")

    def _delete_token(self) -> bool:
        """The code works today, and every mailbox that it would delete is named."""
        found = re.search(r"^ {4}(\S+)$", self.text, re.MULTILINE)
        digest = sha256(found[1].encode()).hexdigest() if found else ""
        live = self.number(
            "SELECT count(*) FROM account WHERE platform_id = :platform AND state <> 'deleted'"
        )
        return sum(one.count for one in self.mailboxes) == live and self.so(
            "platform_deletion d WHERE d.platform_id = :platform AND d.valid_until_on >= :today "
            "AND d.token_digest = :digest",
            digest=digest,
        )

    def _delete_confirmed(self) -> bool:
        return self.so("platform p WHERE p.id = :platform AND p.state = 'closed'")
