"""A FEC, read again by article A47 A-1 VII of the Livre des procédures fiscales alone.

`read` gives the entries, or an AssertionError that says what the tax office would not take.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

HEADER = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\t"
    "CompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\t"
    "Montantdevise\tIdevise"
)
NAMES = HEADER.split("\t")
NEEDED = set(NAMES) - {
    "CompAuxNum", "CompAuxLib", "EcritureLet", "DateLet", "Montantdevise", "Idevise",
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One entry: its lines as (account, customer, cents, debits positive)."""

    number: int
    day: date
    piece: str
    lines: list[tuple[str, str, int]] = field(default_factory=list)

    def on(self, *beginnings: str) -> int:
        """What it moves on the accounts that begin so."""
        return sum(cents for account, _, cents in self.lines if account.startswith(beginnings))


def day_of(text: str) -> date:
    assert re.fullmatch(r"\d{8}", text), f"{text!r} is not a date"
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a date


def cents_of(text: str) -> int:
    match = re.fullmatch(r"(\d+),(\d\d)", text)
    assert match, f"{text!r} is not an amount"
    return int(match[1]) * 100 + int(match[2])


def read(content: bytes, *, first: int = 1) -> list[Entry]:
    """The entries of a file whose first one has the number `first`."""
    text = content.decode("iso8859-15")
    assert text.endswith("\r\n")
    head, *rows = text.removesuffix("\r\n").split("\r\n")
    assert head == HEADER
    entries: list[Entry] = []
    labels: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        values = row.split("\t")
        assert len(values) == 18, f"{len(values)} fields: {row!r}"
        line = dict(zip(NAMES, values, strict=True))
        empty = [name for name in NEEDED if not line[name].strip()]
        assert not empty, f"{empty} empty: {row!r}"
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", "".join(values)), f"a control: {row!r}"
        number, day = int(line["EcritureNum"]), day_of(line["EcritureDate"])
        if not entries or entries[-1].number != number:
            entries.append(Entry(number, day, line["PieceRef"]))
        assert (entries[-1].day, entries[-1].piece) == (day, line["PieceRef"])
        assert day_of(line["PieceDate"]) <= day <= day_of(line["ValidDate"])
        assert re.fullmatch(r"[1-8]\d\d\w*", line["CompteNum"])
        assert bool(line["CompAuxNum"]) == bool(line["CompAuxLib"])
        labels[line["CompteNum"]].add(line["CompteLib"])
        labels[f"journal {line['JournalCode']}"].add(line["JournalLib"])
        debit, credit = cents_of(line["Debit"]), cents_of(line["Credit"])
        assert (debit > 0) != (credit > 0), f"neither or both: {row!r}"
        entries[-1].lines.append((line["CompteNum"], line["CompAuxNum"], debit - credit))
    assert all(len(names) == 1 for names in labels.values()), labels
    assert [one.number for one in entries] == list(range(first, first + len(entries)))
    assert [one.day for one in entries] == sorted(one.day for one in entries)
    for one in entries:
        assert one.on("") == 0, f"entry {one.number} is not balanced: {one.lines}"
    return entries
