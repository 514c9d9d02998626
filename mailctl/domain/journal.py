"""What a journal row says in a few words: what became of what, or the facts that it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailctl.domain.journal_kinds import JournalKind
from mailctl.domain.money import format_rate, money

CHANGED = {
    "renewal-changed": ("renewal", "old", "new"),
    "renewed": ("expiry", "was", "expires_on"),
    "extended": ("expiry", "was", "expires_on"),
    "paid-again": ("expiry", "was", "expires_on"),
    "renamed": ("address", "old", "address"),
    "deletion-moved": ("deletion", "old", "new"),
    "setting-changed": ("", "old", "new"),
}
"""What changed in rows of a kind, and which details hold the old and the new value."""
_NAMES = {"cents": "amount", "until": "until"}
_UNITS = ("_cents", "_on")


def summary(kind: str, details: Mapping[str, object], currency: str) -> str:
    """A row's details in a line, a change as `renewal monthly → none`; amounts with the currency.

    Empty where nothing is kept of it, as of an erased customer.
    """
    left = {name: value for name, value in details.items() if value is not None}
    if kind == JournalKind.STORE_RESTORED:
        return _restored(left)
    return ", ".join((*_changes(kind, left), *_facts(left, currency)))


def _restored(left: Mapping[str, object]) -> str:
    """From when the backup was, and what of the numbers of documents was lost since."""
    numbers = left.get("lost_numbers")
    lost = " and ".join(map(str, numbers)) if isinstance(numbers, list) else ""
    return f"backup of {_value(left.get('backup_at'))}, lost {lost or 'no numbers'}"


def _changes(kind: str, left: dict[str, object]) -> Iterator[str]:
    """The changes, whose details are taken out of what is left to say."""
    old, new = left.get("old"), left.get("new")
    if isinstance(new, Mapping):
        before = old if isinstance(old, Mapping) else {}
        for name in ("old", "new", "changed"):
            left.pop(name, None)
        for name, value in new.items():
            what = str(name).replace("_", " ")
            yield f"{what} {_value(before.get(name))} → {_value(value)}"
        return
    what, was, now = CHANGED.get(kind, ("", "old", "new"))
    if was in left and now in left:
        text = f"{_value(left.pop(was))} → {_value(left.pop(now))}"
        yield f"{what} {text}" if what else text


def _facts(left: Mapping[str, object], currency: str) -> Iterator[str]:
    # What moved comes before the balance after it.
    for name, value in sorted(left.items(), key=lambda pair: pair[0] == "balance_cents"):
        if isinstance(value, Mapping):
            continue
        if name == "cents" or name.endswith("_cents"):
            yield f"{_label(name)} {money(int(str(value)), currency)}"
        elif name == "rate":
            yield f"{format_rate(int(str(value)))} %"
        elif isinstance(value, list):
            yield f"{_label(name)} {' '.join(map(str, value))}"
        else:
            yield f"{_label(name)} {value}"


def _label(name: str) -> str:
    for unit in _UNITS:
        name = name.removesuffix(unit)
    return _NAMES.get(name, name.replace("_", " "))


def _value(value: object) -> str:
    return "nothing" if value in (None, "") else str(value)
