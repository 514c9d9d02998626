"""Field 86 of an MT940: what a bank says of a movement, in the three forms that banks use.

German banks number its parts (`166?00GUTSCHRIFT?20EREF+…`), Dutch ones name them (`/EREF/…`), the
rest writes a text. A part of a text that only looks like a part is left in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mailctl.domain.answers import CODES, UNSAID
from mailctl.domain.statements import ReadEntry, is_no_reference
from mailctl.statements.references import creditor_reference, is_iban
from mailctl.statements.words import (
    LONGEST_TEXT,
    NOTHING,
    identifier,
    plain,
)

# Where a part of a text ended: it goes on in the next one, or the bank broke it there.
_JOINT, _BREAK = "\x1f", "\x1e"
_PART_WIDTH, _LINE_WIDTH = 27, 65
_NUMBERED = re.compile(r"(\d{3})([^\w\s])(?=\d\d)", re.ASCII)
_TEXT_PARTS = frozenset({f"{number}" for number in (*range(20, 30), *range(60, 64))})
_PARTS = _TEXT_PARTS | {"00", "10", *(f"{number}" for number in (*range(30, 39), 64, 65))}
_WORDS = ("EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE")
_BROKEN = f"[{_JOINT}{_BREAK}]?"
_MARK = re.compile(f"({'|'.join(_BROKEN.join(word) for word in _WORDS)}){_BROKEN}[+]")
_COLON_MARK = re.compile(rf"(?<![^\s{_JOINT}{_BREAK}])(EREF|KREF|MREF|CRED|SVWZ|ABWA): ")
_KEYS = (
    "ADDR BENM BIC CNTP CREF CSID EREF EXCH IBAN ID IREF ISDT MARF NAME NRTX OPRP ORDP PREF PURP "
    "REMI RTRN SVCL TRCD TRTP ULTB ULTC ULTD"
).split()
_NAMED = re.compile(f"/{_BROKEN}({'|'.join(_BROKEN.join(key) for key in _KEYS)}){_BROKEN}/")
_NAMED_START = re.compile(f"/({'|'.join(_KEYS)})/")
# Direct debits that the bank of the debtor gave back, transfers that came back: GVC of Germany.
_RETURNED_DEBITS, _RETURNED_TRANSFERS = ("108", "109"), ("159",)
_RETURNED_ITEM = "RTI"
_REASON = re.compile(
    r"(?:R(?:UE|[UÜ])CKGABEGRUND|RETURN REASON|REASON CODE|RETURN/REFUND)\W{1,3}([A-Z]{2}\d\d)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b[A-Z]{2}\d\d\b")
_AMOUNT = re.compile(r"\s*(?:[A-Z]{3}\s*)?(\d{1,12}),(\d{0,2})\s*")

Rest = dict[str, str]
"""What has no place of its own, by where it stands."""


class Told:
    """What a field 86 says: the entry as far as it goes, and the rest."""

    def __init__(self, entry: ReadEntry, rest: Rest, *, before_charges: int | None = None) -> None:
        self.entry = entry
        self.rest = rest
        self.before_charges = before_charges
        """Unsigned cents of the movement before charges; None where the bank does not say it."""


def told(texts: Sequence[Sequence[str]], *, kind: str, is_debit: bool) -> Told:
    """What the fields 86 of an entry say: each its lines; `kind` is the bank's, as `TRF`."""
    if not texts:
        return Told(NOTHING, {})
    whole = "".join(texts[0])
    numbered = _NUMBERED.match(whole)
    if numbered and len(texts) == 1:
        return _numbered(whole, numbered, kind=kind, is_debit=is_debit)
    if _NAMED_START.match(whole) and len(texts) == 1:
        return _named(_lines_joined(texts[0]), is_debit=is_debit)
    text = _shown(_BREAK.join(_lines_joined(lines) for lines in texts))
    entry = NOTHING._replace(
        text=text, creditor_reference=creditor_reference(text),
        **_returned(text, is_sure=kind == _RETURNED_ITEM, is_debit=is_debit),
    )  # fmt: skip
    return Told(entry, {})


def _numbered(whole: str, start: re.Match[str], *, kind: str, is_debit: bool) -> Told:
    """The numbered form of German banks, also with another sign than `?` before the numbers."""
    code, sign = start[1], start[2]
    parts = _parts(whole[start.end(1) :], sign)
    tagged = _tagged(_parts_joined([parts.pop(part) for part in sorted(_TEXT_PARTS & set(parts))]))
    rest: Rest = {}
    text = _shown(tagged.pop("", ""))
    posting = plain(parts.pop("00", ""))
    sure = (
        kind == _RETURNED_ITEM
        or (code in _RETURNED_DEBITS and is_debit)
        or (code in _RETURNED_TRANSFERS and not is_debit)
    )
    entry = NOTHING._replace(
        name=plain(_shown(_parts_joined([parts.pop("32", ""), parts.pop("33", "")]))),
        text=text,
        creditor_reference=creditor_reference(text),
        bank_code=code,
        **_account(parts, "31"),
        **_identifiers(tagged, EREF="end_to_end_id", MREF="mandate", KREF="batch_id"),
        **_returned(text, is_sure=sure, is_debit=is_debit, posting=posting),
    )
    before = _amount(_shown(tagged.get("OAMT", "")))
    rest |= {f"?{part}": plain(value) for part, value in parts.items()}
    rest |= {f"{tag}+": _shown(value) for tag, value in tagged.items()}
    if posting:
        rest["?00"] = posting
    return Told(entry, _filled(rest), before_charges=before)


def _parts(text: str, sign: str) -> dict[str, str]:
    """The numbered parts: a number that is unknown or was there before is a part of a text."""
    parts: dict[str, str] = {}
    last = ""
    for piece in text.split(sign)[1:]:
        number = piece[:2]
        if number in _PARTS and number not in parts:
            parts[number] = piece[2:]
            last = number
        elif last:
            parts[last] += sign + piece
        else:
            parts[last := "00"] = piece
    return parts


def _parts_joined(values: Sequence[str]) -> str:
    """Parts of one text: a full one goes on in the next, also in the middle of a word."""
    text = ""
    for value in values:
        text += value + (_JOINT if len(value) >= _PART_WIDTH else _BREAK)
    return text


def _lines_joined(lines: Sequence[str]) -> str:
    """Lines of one text, of which a full one goes on in the next."""
    text = ""
    for line in lines:
        text += line + (_JOINT if len(line) >= _LINE_WIDTH else _BREAK)
    return text


def _tagged(text: str) -> dict[str, str]:
    """A text by its SEPA marks; the text itself, which is what `SVWZ+` says, is under "".

    After `SVWZ+` the payer writes: another mark counts only where a part begins, and no mark counts
    twice.
    """
    marks = list(_MARK.finditer(text)) or list(_COLON_MARK.finditer(text))
    tagged: dict[str, str] = {}
    name, begin = "", 0
    for mark in marks:
        found = mark[1].replace(_JOINT, "").replace(_BREAK, "")
        is_inside = mark.start() and text[mark.start() - 1] not in (_JOINT, _BREAK)
        if found in tagged or found == name or (name == "SVWZ" and is_inside):
            continue
        tagged[name] = text[begin : mark.start()]
        name, begin = found, mark.end()
    tagged[name] = text[begin:]
    tagged[""] = _BREAK.join((tagged.get("", ""), tagged.pop("SVWZ", "")))
    return tagged


def _named(text: str, *, is_debit: bool) -> Told:
    """The form of Dutch banks, whose parts have names."""
    values: dict[str, str] = {}
    name, begin = "", 0
    for mark in _NAMED.finditer(text):
        found = mark[1].replace(_JOINT, "").replace(_BREAK, "")
        # After REMI the payer writes: no reason for a return stands there.
        if found in values or found == name or (found == "RTRN" and "REMI" in {*values, name}):
            continue
        values[name] = text[begin : mark.start()]
        name, begin = found, mark.end()
    values[name] = text[begin:]
    values = {key: value.strip(f"/ {_JOINT}{_BREAK}") for key, value in values.items()}
    party = values.pop("CNTP", "").split("/")
    if len(party) > 2:
        values = {"IBAN": party[0], "BIC": party[1], "NAME": party[2], **values}
    text, reference = _remittance(values.pop("REMI", ""))
    count = values.get("NRTX", "").strip("0")
    returned = _tight(values.pop("RTRN", ""))
    entry = NOTHING._replace(
        name=plain(_shown(values.pop("NAME", ""))),
        text=text,
        creditor_reference=reference,
        batch_count=int(values.pop("NRTX")) if count.isdecimal() and len(count) < 7 else None,
        **_account(values, "IBAN"),
        **_identifiers(values, EREF="end_to_end_id", MARF="mandate", PREF="batch_id"),
    )
    if returned:
        entry = entry._replace(return_code=plain(returned, 35))
    else:
        entry = entry._replace(**_returned(text, is_sure=False, is_debit=is_debit))
    return Told(entry, _filled({f"/{key}/": _shown(value) for key, value in values.items()}))


def _remittance(value: str) -> tuple[str, str]:
    """A text and a structured reference of `REMI`, which may say which of both it is."""
    kind, _, said = value.partition("/")
    if kind in ("USTD", "UNST"):
        return _shown(said.lstrip("/")), creditor_reference(_shown(said.lstrip("/")))
    if kind in ("STRD", "STRU"):
        reference = _tight(said.rpartition("/")[2])
        return _shown(said), creditor_reference(reference)
    return _shown(value), creditor_reference(_shown(value))


def _account(values: dict[str, str], key: str) -> dict[str, Any]:
    """The account of the other side, taken out where it is an IBAN."""
    account = _tight(values.get(key, "")).replace(" ", "").upper()
    if not is_iban(account):
        return {}
    del values[key]
    return {"iban": account}


def _identifiers(values: dict[str, str], **fields: str) -> dict[str, Any]:
    """References under the names of our fields, taken out of what the bank says."""
    found = {}
    for key, field in fields.items():
        value = identifier(_tight(values.get(key, "")))
        if value is None:
            continue
        values.pop(key, None)
        if not is_no_reference(value):
            found[field] = value
    return found


def _returned(text: str, *, is_sure: bool, is_debit: bool, posting: str = "") -> dict[str, Any]:
    """Why money came back, where the bank says that it did."""
    said = _REASON.search(text)
    if said and said[1].upper() in CODES and (is_sure or is_debit):
        return {"return_code": said[1].upper(), "return_text": posting}
    if not is_sure:
        return {}
    codes = {code for code in _CODE.findall(text) if code in CODES}
    code = codes.pop() if len(codes) == 1 else UNSAID
    return {"return_code": code, "return_text": posting}


def _amount(text: str) -> int | None:
    found = _AMOUNT.fullmatch(text)
    return None if found is None else int(found[1]) * 100 + int(f"{found[2]}00"[:2])


def _tight(text: str) -> str:
    """A reference, which has no space where the bank broke it."""
    return plain(text.replace(_JOINT, "").replace(_BREAK, ""), LONGEST_TEXT)


def _shown(text: str) -> str:
    """A text on one line."""
    return plain(text.replace(_JOINT, "").replace(_BREAK, " "), LONGEST_TEXT)


def _filled(rest: Rest) -> Rest:
    return {key: value for key, value in rest.items() if value}
