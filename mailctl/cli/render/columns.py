"""What people see of a list: its columns in their order, which of them stay longest, what is next.

Programs get the keys of the contract; here several of them may make one column, such as `renews
2026-12-27`. A column is never cut unless it is free text, so those that matter least give way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mailctl.contract import Key, Kind, Thing, kind_of
from mailctl.domain.terms import last_day
from mailctl.values import Value

Part = Callable[..., str]

HEADINGS = {
    "period_start_on": "from",
    "period_end_on": "to",
    "unit_cents": "price",
    "cents": "price",
    "clock_on": "today",
    "last_tick_at": "last tick at",
    "on": "date",
    "platform_renewal": "renewal of platform",
}
HEADINGS_OF = {
    ("status", "due_7_days"): "events in 7 days",
    ("task", "on"): "asked",
    ("platform", "accounts_active"): "active",
    ("platform", "accounts_suspended"): "suspended",
    ("debt", "accounts_suspended"): "suspended",
}
_SUFFIXES = ("_cents", "_on", "_at")

FREE_TEXT = frozenset(
    "label description evidence meaning message sentence text reason needs note skipped wrong "
    "street city last_error cancel_comment html body".split()
)
"""Keys that hold what people write: it may be broken between words."""
_FREE_TEXT_OF = frozenset(
    (
        ("bank-entry", "name"),
        ("bank-entry", "who"),
        ("customer", "name"),
        ("debt", "name"),
        ("eu-service", "name"),
        ("journal", "summary"),
        ("notice", "subject"),
        ("setting", "default"),
        ("setting", "value"),
        ("tax", "note"),
    )
)

# In the order in which they stay: the last one gives way first.
_STAYING = {
    "account": "address next state platform id renewal",
    "customer": "id balance_cents pay_by name state country",
    "platform": "name next state customer accounts_active offer accounts_suspended renewal",
    "order": "number customer total_cents next status kind ordered_on",
    "invoice": "number customer total_cents next issued_on",
    "payment": "id customer amount_cents next status created_on method",
    "statement": "seq on amount_cents kind after_cents invoice order",
    "notice": "id customer kind next to queued_on",
    "task": "id kind address status on account",
    "journal": "seq on kind subject summary actor command",
    "setting": "name value meaning default",
    "debt": "customer uncovered_cents pay_by age debt_cents since_on accounts_suspended",
    "error": "code meaning exit_status",
    "check": "name ok message customer subject",
    "driver-check": "sentence ok wrong skipped",
    "bank-entry": "id on amount_cents who state evidence",
    "payment-file": "file kind amount_cents collect_on payments exported_on format",
}
_SHOWN = {
    "driver-check": "ok sentence wrong skipped",
    "bank-entry": "id on amount_cents who state evidence",
    "account": "id address platform state next renewal",
    "customer": "id name country balance_cents pay_by state",
    "debt": "customer debt_cents uncovered_cents since_on pay_by age accounts_suspended",
    "platform": "name customer offer state accounts_active accounts_suspended next renewal",
    "order": "number customer kind status ordered_on total_cents next",
    "invoice": "number customer issued_on total_cents next",
    "payment": "id customer method amount_cents status next created_on",
    "notice": "id customer kind to queued_on next",
    "task": "id account kind address on status",
    # Their quarter is said once, below.
    "vat": "country rate category net_cents tax_cents total_cents documents declared",
    "eu-service": "vat_number name country net_cents documents",
    "oss": "of_quarter country rate net_cents tax_cents total_cents documents",
}
# Lists of reference, whose sentences are what they are read for: broken between words, never cut.
_FOLDING = frozenset(
    ("journal", "error", "setting", "check", "driver-check", "sentence", "finding", "find")
)
# Of these every column is needed: where they do not fit, each row becomes a block.
_WHOLE = frozenset(("finding", "find"))
FEWEST = 3
"""At least this many columns stay; where not even they fit, each row becomes a block."""
_FEWEST_OF = {"account": 2, "error": 2}


class Column(Value):
    """A column for people: which keys it is made of, and how it gives way.

    `text` makes its cell of the raw values of its keys; None: of one key, as its kind is shown.
    A text that `folds` is broken between words, of which the `longest` has been measured.
    """

    name: str
    keys: tuple[str, ...]
    kind: Kind = Kind.TEXT
    text: Part | None = None
    is_free: bool = False
    folds: bool = False
    rank: int = 0
    longest: int = 0

    @property
    def is_right(self) -> bool:
        """Numbers stand at the right edge of their column."""
        return self.kind in (Kind.CENTS, Kind.INTEGER)


def heading(name: str, thing: str = "") -> str:
    """A key as the head of a column: its words, without the unit."""
    if (thing, name) in HEADINGS_OF:
        return HEADINGS_OF[thing, name]
    if name in HEADINGS:
        return HEADINGS[name]
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name.replace("_", " ")


def columns_of(thing: Thing) -> tuple[list[Column], int]:
    """The columns of a list as people see it, and how many of them stay at least."""
    shown = _SHOWN.get(thing.name, " ".join(thing.columns)).split()
    staying = _STAYING.get(thing.name, " ".join(shown)).split()
    made = [_column(thing, name, staying.index(name)) for name in shown]
    fewest = len(made) if thing.name in _WHOLE else _FEWEST_OF.get(thing.name, FEWEST)
    return made, min(fewest, len(made))


def chosen_columns(thing: Thing, keys: Sequence[Key]) -> tuple[list[Column], int]:
    """The columns of keys that somebody asked for: all of them stay."""
    return [_of_key(thing.name, key, rank) for rank, key in enumerate(keys)], len(keys)


def columns_of_items(names: Sequence[str]) -> list[Column]:
    """The columns of a few items by their keys' names; texts are broken between words."""
    keys = [Key(name=name, kind=kind_of(name)) for name in names]
    # Whose it is and how much it is stay together; the rest may stand below.
    staying = sorted(keys[2:], key=lambda key: key.kind is not Kind.CENTS)
    ranks = {key.name: rank for rank, key in enumerate((*keys[:2], *staying))}
    return [_of_key("", key, ranks[key.name], folds=True) for key in keys]


def _column(thing: Thing, name: str, rank: int) -> Column:
    made = _MADE.get((thing.name, name))
    if made:
        keys, text = made
        return Column(
            name=heading(name, thing.name),
            keys=tuple(keys.split()),
            text=text,
            rank=rank,
            is_free=(thing.name, name) in _FREE_TEXT_OF,
        )
    key = thing.key(name) or Key(name=name, kind=kind_of(name))
    return _of_key(thing.name, key, rank, folds=thing.name in _FOLDING)


def _of_key(thing: str, key: Key, rank: int, *, folds: bool = False) -> Column:
    is_free = is_free_text(thing, key)
    return Column(
        name=heading(key.name, thing),
        keys=(key.name,),
        kind=key.kind,
        text=_TOLD.get(key.name),
        is_free=is_free,
        folds=is_free and folds,
        rank=rank,
    )


def _last_day(ends_on: str) -> str:
    return str(last_day(date.fromisoformat(ends_on)))


_TOLD: dict[str, Part] = {"period_end_on": _last_day}
"""Keys that people read as something else: of a term, its last day."""


def is_free_text(thing: str, key: Key) -> bool:
    """Whether a key holds what people write, and no id, address, date or amount."""
    return key.kind is Kind.TEXT and (
        key.name in FREE_TEXT or (thing, key.name) in _FREE_TEXT_OF or key.is_long
    )


_VERBS = {"renewal": "renews", "suspension": "suspends", "deletion": "deletes"}


def _address(address: str | None, account_id: int) -> str:
    """A blank account has no address, but a name that commands take."""
    return address or f"account/{account_id} (blank)"


def _account(
    state: str,
    event: str | None,
    on: str | None,
    deleted_on: str | None,
    by_platform: str,
    pay_by_on: str | None,
) -> str:
    if state == "deleted":
        return f"deleted {deleted_on}"
    if state == "active" and pay_by_on and pay_by_on <= (on or pay_by_on):
        return f"pay by {pay_by_on}"
    if event is None or on is None:
        return ""
    by_hand = " (manual)" if by_platform == "manual" and event == "suspension" else ""
    return f"{_VERBS[event]} {on}{by_hand}"


def _platform(
    state: str, renewal: str, first: str | None, last: str | None, closed_on: str | None
) -> str:
    if state == "closed":
        return f"closed {closed_on}"
    if state == "cancelled":
        return f"ends {last}" if last else "ends"
    by_hand = " (manual)" if renewal == "manual" else ""
    return f"expires {first}{by_hand}" if first else ""


def _invoice(
    status: str | None,
    pay_by_on: str | None,
    due_on: str | None,
    paid_on: str | None,
    overdue_since_on: str | None,
    corrects: str | None,
) -> str:
    if corrects:
        return f"corrects {corrects}"
    if status == "paid":
        return f"paid {paid_on}" if paid_on else "paid"
    return f"overdue since {overdue_since_on}" if overdue_since_on else f"due {pay_by_on or due_on}"


def _order(status: str, valid_until_on: str | None, paid_on: str | None) -> str:
    if status == "not-paid":
        return f"pay by {valid_until_on}" if valid_until_on else "to be paid"
    return f"paid {paid_on}" if paid_on else ""


def _payment(
    status: str, exported_on: str | None, next_try_on: str | None, settled_on: str | None
) -> str:
    if status == "succeeded":
        return f"settled {settled_on}"
    if status != "pending":
        return ""
    if exported_on:
        return f"asked {exported_on}"
    return f"try on {next_try_on}" if next_try_on else "to be exported"


def _notice(state: str, sent_at: str | None, next_try_at: str | None) -> str:
    if sent_at:
        return f"sent {sent_at[:10]}"
    return f"{state}, again {next_try_at[:10]}" if next_try_at else state


def _task(status: str, tries: int, next_try_at: str | None) -> str:
    if status != "todo" or not next_try_at:
        return status
    return f"todo, try {tries + 1} at {next_try_at[:10]} {next_try_at[11:16]} UTC"


def _entry(
    state: str,
    customer: str | None,
    invoice: str | None,
    order: int | None,
    payment: int | None,
) -> str:
    if state not in ("proposed", "booked"):
        return state
    what = invoice or (payment and f"payment {payment}") or (order and f"order {order}")
    return " ".join(filter(None, (state, customer, what or "")))


def _who(name: str | None, text: str | None) -> str:
    """Who paid, and what they wrote."""
    return ": ".join(filter(None, (name, text)))


def _pay_by(due_on: str | None, pay_by_on: str | None) -> str:
    """The last day to pay, a grace included; in brackets the due date of what is on its way."""
    return pay_by_on or (f"({due_on})" if due_on else "")


_MADE: dict[tuple[str, str], tuple[str, Part]] = {
    ("account", "address"): ("address id", _address),
    ("account", "next"): (
        "state next_event next_on deleted_on platform_renewal pay_by_on",
        _account,
    ),
    ("platform", "next"): (
        "state renewal next_expiry_on last_expiry_on closed_on",
        _platform,
    ),
    ("customer", "pay_by"): ("debt_due_on pay_by_on", _pay_by),
    ("debt", "pay_by"): ("due_on pay_by_on", _pay_by),
    ("invoice", "next"): ("status pay_by_on due_on paid_on overdue_since_on corrects", _invoice),
    ("order", "next"): ("status valid_until_on paid_on", _order),
    ("payment", "next"): ("status exported_on next_try_on settled_on", _payment),
    ("notice", "next"): ("state sent_at next_try_at", _notice),
    ("task", "status"): ("status tries next_try_at", _task),
    ("bank-entry", "who"): ("name text", _who),
    ("bank-entry", "state"): ("state customer invoice order payment", _entry),
}
"""Columns that are made of several keys, by thing and name."""
