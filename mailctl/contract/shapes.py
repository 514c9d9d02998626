"""What a thing of the contract consists of: its keys, their types, and how a name tells a type."""

from __future__ import annotations

from enum import StrEnum

from mailctl.values import Value


class Kind(StrEnum):
    """How a key's value is written in JSON, and shown in a table."""

    TEXT = "text"
    INTEGER = "integer"
    CENTS = "cents"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"
    LIST = "list"
    OBJECT = "object"


class Key(Value):
    """One key of a thing: its type, what it is an array of, and whether only `show` has it."""

    name: str
    kind: Kind = Kind.TEXT
    thing: str = ""
    of: tuple[str, ...] = ()
    is_long: bool = False
    is_shown_alone: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The words that it may hold; none where it may hold any."""
        from mailctl.contract.words import WORDS

        return tuple(map(str, WORDS.get(self.thing, {}).get(self.name, ())))

    @property
    def in_lists(self) -> bool:
        """Arrays inside a thing, long texts and what is marked so are given by `show` alone."""
        return self.kind is not Kind.LIST and not (self.is_long or self.is_shown_alone)


class Thing(Value):
    """A thing's public shape; `name_key` is what `-o name` prints after `thing/`.

    A thing without a name of its own has several keys there, which identify it together.
    """

    name: str
    keys: tuple[Key, ...]
    columns: tuple[str, ...]
    name_key: str
    is_named_by_kind: bool = False
    """Whether the name key says what a row is, instead of the thing's own name: `account/17`."""

    def key(self, name: str) -> Key | None:
        """The key of that name, or None."""
        return next((key for key in self.keys if key.name == name), None)

    @property
    def list_keys(self) -> tuple[Key, ...]:
        """The keys that a list gives."""
        return tuple(key for key in self.keys if key.in_lists)


SUFFIXES = {
    "_cents": Kind.CENTS,
    "cents": Kind.CENTS,
    "_on": Kind.DATE,
    "on": Kind.DATE,
    "_at": Kind.INSTANT,
}
INTEGERS = frozenset(
    "number id seq batch tries terms renewed invoices debts_opened payments_created "
    "orders_cancelled suspended_expired suspended_debt reopened deleted deletions_held "
    "platforms_closed notices accounts_active accounts_suspended accounts_blank customers "
    "platforms debtors due_7_days notices_unsent tasks_todo store_bytes schema_version "
    "payment_days anchor_day account quantity accounts renewals suspensions deletions line "
    "transactions rows until_seq order alert_units exit_status broken documents payment "
    "method active renewing ending suspended won lost days_overdue cards events bytes "
    "sent delayed refused outdated left from_version follows payments_unanswered tasks_failed "
    "accounts_suspended_debt platforms_live invoices_open payments_pending orders_open "
    "notices_refused refused_us undocumented task file payments same_as part parts entries added "
    "known booked proposed unmatched ignored linked returned failed statements entry "
    "last_money_entry".split()
)
BOOLEANS = frozenset(
    "configured dry_run changed ok default covered to_make written as_sent".split()
)


def kind_of(name: str) -> Kind:
    """The type of a key, from its name: units stand last in names."""
    if name in INTEGERS:
        return Kind.INTEGER
    if name in BOOLEANS:
        return Kind.BOOLEAN
    for suffix, kind in SUFFIXES.items():
        if name == suffix or (suffix.startswith("_") and name.endswith(suffix)):
            return kind
    return Kind.TEXT
