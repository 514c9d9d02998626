"""What the text of a transfer names: our references, invoices and orders (rules 20).

Only what is written in full is sure. What is shorter, or stands where it may be part of something
else, is loose: a person decides. Neither says whether there is such an invoice or order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailctl.domain.payment_references import referred


class Number(NamedTuple):
    """A number of an invoice; the year is None where the text does not say it."""

    year: int | None
    seq: int


class Named(NamedTuple):
    """What a text names; `by_reference` are those of the sure ones that a reference names.

    `is_doubtful`: it seems to name something more, but not in full.
    """

    invoices: frozenset[Number]
    orders: frozenset[int]
    by_reference: frozenset[Number | int]
    loose_invoices: frozenset[Number]
    loose_orders: frozenset[int]
    is_doubtful: bool

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing at all."""
        return not (self.invoices or self.orders or self.loose_invoices or self.loose_orders)


NOTHING = Named(frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), is_doubtful=False)
LONGEST = 4000
"""Characters that are looked at: the texts of a transfer have 140, or a few times as many."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u202f\t\r", " "),
    }
)
_REFERENCE = re.compile(
    r"(?<![0-9A-Z])R\s?F((?:\s?\d){2})\s?([IO])((?:[\s.\-/]{0,2}\d)+)(?![0-9A-Z])", re.ASCII
)
# A number in full: in one piece, with a separator after the year, or in groups of three as well.
_YEAR = r"(?P<year>20\d\d)"
_FULL = re.compile(
    rf"{_YEAR}(?:(?P<seq>\d{{6}}|[1-9]\d{{6,11}})"
    r"|(?P<sep>\ ?[-/._]\ ?|\ )(?P<seq2>\d{6}|[1-9]\d{6,11})"
    r"|(?P<sep3>[-/. ])(?P<a>\d{3})(?P=sep3)(?P<b>\d{3}))(?!\d)",
    re.ASCII | re.VERBOSE,
)
_SHORT_YEAR = re.compile(
    rf"(?<![\w.,/+-]){_YEAR}[-/](?P<seq>[1-9]\d{{0,4}})(?![\w]|[-./,]\d)", re.ASCII
)
_PADDED = re.compile(r"(?<![\w.,/+-])0\d{5}(?!\w|[-./,]\d)", re.ASCII)
_ORDER_LETTER = re.compile(r"(?<![\w])O([1-9]\d{0,11})(?!\d)", re.ASCII)
# An order of other things, or the payer's own: standing order 12, purchase order 12.
_OTHER_ORDER = re.compile(
    r"(?<!\w)(?:STANDING|PURCHASE|PAYMENT|MONEY|POSTAL|TRANSFER|SALES|OUR|OWN|UNSERE[RN]?|EIGENE"
    r"|NOTRE|NOS)\s+\Z"
)
# As our letters write it: Bestellung 12, Order 12, Commande n° 12.
_ORDER_WORD = re.compile(
    r"(?<!\w)(?:(?:BESTELLUNG|ORDER)\s*[:#]?\s*|COMMANDE\s*(?:N\s?[°ºO]?\.?)?\s*[:#]?\s*)"
    r"([1-9]\d{0,11})(?!\d)"
)
_LOOSE_ORDER = re.compile(
    r"(?<![^\W\d_])(?:COMMANDES?|CDE|BESTELL[A-Z]*|ORDERS?|AUFTRAG[A-Z]*)"
    r"[\s.:#°º-]*(?:N[A-ZÉ]{0,6}[\s.:#°º]*)?0*([1-9]\d{0,11})(?!\d)"
)
_LOOSE_INVOICE = re.compile(
    r"(?<![^\W\d_])(?:FACTURES?|FACT|FAC|RECHNUNG[A-Z]*|RE|RG|RNR|INVOICES?|INV)"
    r"[\s.:#°º-]*(?:N[A-ZÉ]{0,6}[\s.:#°º]*)?(?:(20\d\d)[-/ ])?(\d{1,12})(?:/(20\d\d))?(?!\d)"
)
_MORE = re.compile(
    r"\s*(?:[,;+&/]|(?:ET|UND|U|AND|BIS|TO|À|A|JUSQU'À)\b\.?|-\s)\s*(?:N[°ºOR]?\.?\s*)?(\d{1,9})"
    r"(?![\w]|[.,]\d|\s*(?:EUR|€|CHF|USD|GBP))"
)
# Before a number, these say that it is something else's: a telephone, an account, a customer.
_ELSE = re.compile(
    r"(?:TEL|TÉL|PHONE|FAX|MOBIL|HANDY|KUNDE|KD|CUSTOMER|CLIENT|KONTO|ACCOUNT|COMPTE|IBAN|MANDAT"
    r"|STEUER|SIRE|TVA|VAT|UST|VERTRAG|CONTRA|ORDER|BESTELL|COMMANDE|AUFTRAG|POLICE|DOSSIER)"
    r"[^\W\d_]*[\s.:#°º/-]*(?:N[^\W\d_]{0,6}|ID)?[\s.:#°º-]*$"
)
_CREDIT_NOTE = re.compile(
    r"(?<![^\W\d_])(?:AV|AVOIRS?|GUTSCHRIFT(?:EN)?|CREDIT\s*NOTES?|NOTES?\s*DE\s*CR[ÉE]DIT|STORNO)"
    r"[\s.:#°º/-]*(?:N[^\W\d_]{0,6})?[\s.:#°º-]*$"
)
# After an order's word and a number, these say how many of something were ordered, or on which day.
_QUANTITY = re.compile(
    r"\.?\s*(?:X\b|\u00d7|MAILBOX|MAIL|ACCOUNT|ADDRESS|POSTF|ADRESS|KONT|BO[IÎ]TE|COMPTE|LICEN|LIZENZ|MOIS"
    r"|MONTH|MONAT|YEAR|JAHR|ANS?\b|ANN|ST[ÜU]CK|STK|PI[ÈE]CE|PCS|UNIT|JAN|F[EÉ][BV]|M[AÄ]R|APR|AVR"
    r"|MA[IY]|JUI|JUN|JUL|AUG|AO[UÛ]|SEP|O[CK]T|NOV|D[EÉ][CZ])"
)


def named(text: str, reference: str | None = None) -> Named:
    """What a text names, with the structured reference that was given beside it."""
    return _Reading(text[:LONGEST].translate(_PLAIN).upper()).named(reference)


class _Reading:
    """One text; what was read as one thing is not read as another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_reference: set[Number | int] = set()
        self._invoices: set[Number] = set()
        self._orders: set[int] = set()
        self._loose_invoices: set[Number] = set()
        self._loose_orders: set[int] = set()
        self._is_doubtful = False

    def named(self, reference: str | None) -> Named:
        if reference is not None:
            self._take_reference(referred(reference))
        if any(character.isdigit() for character in self._text):
            self._read_references()
            self._read_invoices()
            self._read_orders()
            self._read_loose()
        # The same in short, beside it in full, is no other.
        known = {*self._invoices, *(Number(None, number.seq) for number in self._invoices)}
        loose_invoices = frozenset(self._loose_invoices - known)
        loose_orders = frozenset(self._loose_orders - self._orders)
        return Named(
            invoices=frozenset(self._invoices),
            orders=frozenset(self._orders),
            by_reference=frozenset(self._by_reference),
            loose_invoices=loose_invoices,
            loose_orders=loose_orders,
            is_doubtful=self._is_doubtful or bool(loose_invoices or loose_orders),
        )

    def _take_reference(self, what: str | int | None) -> bool:
        if what is None:
            return False
        if isinstance(what, int):
            self._orders.add(what)
            self._by_reference.add(what)
        else:
            number = Number(int(what[:4]), int(what[5:]))
            self._invoices.add(number)
            self._by_reference.add(number)
        return True

    def _claim(self, start: int, end: int) -> None:
        """What stood here is read: a mark that is no letter, digit or separator takes its place."""
        self._text = f"{self._text[:start]}{'|' * (end - start)}{self._text[end:]}"

    def _read_references(self) -> None:
        for match in _REFERENCE.finditer(self._text):
            head = "RF" + "".join(match[1].split()) + match[2]
            found = [
                (what, match.start(3) + end)
                for digits, end in _beginnings(match[3])
                if (what := referred(head + digits)) is not None
            ]
            if len(found) == 1:
                what, end = found[0]
                self._take_reference(what)
                # What follows its last digit is not of it.
                self._claim(match.start(), end)
            else:
                self._is_doubtful = True
                self._claim(match.start(), match.end())

    def _read_invoices(self) -> None:
        found = [one for one in _full_numbers(self._text) if not self._is_inside(*one.span)]
        spans = {one.span for one in found}
        for one in found:
            before = self._text[: one.span[0]]
            if _CREDIT_NOTE.search(before[-30:]):
                continue
            if _ELSE.search(before[-40:]) or not self._stands_alone(one, spans):
                self._loose_invoices.add(one.number)
            else:
                self._invoices.add(one.number)
        for start, end in spans:
            self._claim(start, end)
        for _, end in spans:
            self._read_more(end)

    def _is_inside(self, start: int, end: int) -> bool:
        """Whether it is part of something longer: of a word, a number, or a chain of them."""
        before, after = self._text[max(0, start - 2) : start], self._text[end : end + 2]
        return bool(
            re.search(r"(?:\w|\+|\d[-/._,])\Z", before)
            or re.match(r"\w|[-/._]\d", after)
            or re.search(r"\+\s?\Z", before)
        )

    def _stands_alone(self, one: _Full, spans: set[tuple[int, int]]) -> bool:
        """Whether no digits beside it may belong to it: after a line's end, or a space."""
        start, end = one.span
        left = re.search(r"\d(\s+)\Z", self._text[max(0, start - 4) : start])
        right = re.match(r"(\s+)(\d+)([.,/]\d)?", self._text[end : end + 24])
        starts, ends = {span[0] for span in spans}, {span[1] for span in spans}
        if left and start - len(left[1]) not in ends and (one.is_open or "\n" in left[1]):
            return False
        if not right or end + len(right[1]) in starts:
            return True
        if "\n" in right[1]:
            return False
        return not one.is_open or right[3] is not None

    def _read_more(self, end: int) -> None:
        """What follows a number as one more of them, without its year."""
        more = _MORE.match(self._text, end)
        while more is not None:
            self._loose_invoices.add(Number(None, int(more[1])))
            more = _MORE.match(self._text, more.end())

    def _read_orders(self) -> None:
        for pattern in (_ORDER_LETTER, _ORDER_WORD):
            for match in list(pattern.finditer(self._text)):
                number, (start, end) = int(match[1]), match.span()
                before, after = self._text[max(0, start - 2) : start], self._text[end:]
                if re.match(r"\w|[-/._,]\d", after) or re.search(r"\w[-/._']\Z", before):
                    continue
                is_open = re.match(r"\s+\d+(?![.,]\d)", after[:24])
                is_other = pattern is _ORDER_WORD and (
                    _QUANTITY.match(after[:24])
                    or _OTHER_ORDER.search(self._text[max(0, start - 12) : start])
                )
                if is_open or is_other:
                    self._loose_orders.add(number)
                else:
                    self._orders.add(number)
                if _MORE.match(after):
                    self._is_doubtful = True
                self._claim(start, end)

    def _read_loose(self) -> None:
        for match in list(_LOOSE_ORDER.finditer(self._text)):
            if not re.match(r"[^\W\d_]|[.,]\d\d(?!\d)", self._text[match.end() :]):
                self._loose_orders.add(int(match[1]))
            self._claim(*match.span())
        for match in list(_LOOSE_INVOICE.finditer(self._text)):
            year, seq = match[1] or match[3], int(match[2])
            is_year = match[1] is None and re.fullmatch(r"(?:19|20)\d\d", match[2])
            if seq and not is_year and not re.match(r"\w|[.,]\d", self._text[match.end() :]):
                self._loose_invoices.add(Number(int(year) if year else None, seq))
                self._claim(*match.span())
        for match in _SHORT_YEAR.finditer(self._text):
            self._loose_invoices.add(Number(int(match["year"]), int(match["seq"])))
        for match in _PADDED.finditer(self._text):
            if int(match[0]):
                self._loose_invoices.add(Number(None, int(match[0])))


class _Full(NamedTuple):
    """A number in full and where it stands; `is_open` if a space beside it may be a part of it."""

    number: Number
    span: tuple[int, int]
    is_open: bool


def _full_numbers(text: str) -> Iterator[_Full]:
    """The numbers in full. What a line's end divides is none: it may be two.

    Lines that a bank broke at their width are whole again when they are read (`statements`).
    """
    for match in _FULL.finditer(text):
        seq = match["seq"] or match["seq2"] or match["a"] + match["b"]
        if int(seq) == 0:
            continue
        separator = match["sep"] or match["sep3"] or ""
        number = Number(int(match["year"]), int(seq))
        yield _Full(number, match.span(), is_open=separator.strip() == "")


def _beginnings(text: str) -> Iterator[tuple[str, int]]:
    """The digits of a text up to each that ends a group, and where they end."""
    digits = ""
    for match in re.finditer(r"\d+", text):
        digits += match[0]
        yield digits, match.end()
