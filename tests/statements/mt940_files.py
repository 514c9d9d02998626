"""MT940 as banks write it, for tests: made of what it says, with balances that are right.

mt940(line(1840, text=german("166", "SVWZ+Rechnung 2026-000001")), opening=10_000)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ACCOUNT = "DE89370400440532013000"
DAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A movement: its signed cents, and how its line 61 and its field 86 are written."""

    cents: int
    value_on: date = DAY
    booked_on: date | None = DAY
    mark: str = ""
    """By itself C or D."""
    kind: str = "NTRF"
    reference: str = "NONREF"
    bank_reference: str = ""
    more: str = ""
    text: str | None = None

    def written(self) -> str:
        mark = self.mark or ("D" if self.cents < 0 else "C")
        booked = f"{self.booked_on:%m%d}" if self.booked_on else ""
        reference = self.reference + (f"//{self.bank_reference}" if self.bank_reference else "")
        told = f":61:{self.value_on:%y%m%d}{booked}{mark}{amount(self.cents)}{self.kind}{reference}"
        told += f"\r\n{self.more}" if self.more else ""
        return told + (f"\r\n:86:{self.text}" if self.text is not None else "")


def line(cents: int, **told: object) -> Line:
    return Line(cents=cents, **told)  # type: ignore[arg-type]


def amount(cents: int) -> str:
    return f"{abs(cents) // 100},{abs(cents) % 100:02}"


def balance(cents: int, day: date = DAY, currency: str = "EUR") -> str:
    return f"{'D' if cents < 0 else 'C'}{day:%y%m%d}{currency}{amount(cents)}"


def mt940(
    *lines: Line,
    opening: int = 0,
    closing: int | None = None,
    account: str = ACCOUNT,
    number: str = "7/1",
    opening_tag: str = "60F",
    closing_tag: str = "62F",
    after: str = "",
    envelope: bool = False,
) -> str:
    """One statement; `after` stands behind the closing balance."""
    end = opening + sum(one.cents for one in lines) if closing is None else closing
    fields = [
        ":20:STARTUMS",
        f":25:{account}",
        f":28C:{number}",
        f":{opening_tag}:{balance(opening)}",
        *(one.written() for one in lines),
        f":{closing_tag}:{balance(end)}",
    ]
    if after:
        fields.append(after)
    if envelope:
        return "\r\n".join(["{1:F01BANKDEFFAXXX0000000000}{2:O9401200}{4:", *fields, "-}"]) + "\r\n"
    return "\r\n".join([*fields, "-"]) + "\r\n"


def german(code: str, *texts: str, name: str = "", iban: str = "", more: str = "") -> str:
    """Field 86 of a German bank: each text in parts of 27 letters, the field in lines of 65."""
    parts = [text[at : at + 27] for text in texts for at in range(0, len(text), 27)]
    numbers: Sequence[int] = (*range(20, 30), *range(60, 64))
    whole = f"{code}?00GUTSCHRIFT?10931"
    whole += "".join(f"?{number}{part}" for number, part in zip(numbers, parts, strict=False))
    whole += f"?31{iban}" if iban else ""
    whole += f"?32{name[:27]}?33{name[27:]}" if name else ""
    return wrapped(whole + more)


def wrapped(text: str, width: int = 65) -> str:
    return "\r\n".join(text[at : at + width] for at in range(0, len(text), width))
