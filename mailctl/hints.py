"""Command lines that are printed to be run: how they are made, and those that rules propose.

The rules know what would help; what an administrator types for it stands here, in one table.
"""

from __future__ import annotations

from enum import StrEnum


def command(*words: object) -> str:
    """A command line of mailctl as it is typed in a shell, each word quoted where it must be."""
    import shlex

    return shlex.join(("mailctl", *map(str, words)))


def named(thing: str, name: str) -> str:
    """A name as a word of a command line; a leading dash does not make it an option."""
    return f"{thing}/{name}" if name.startswith("-") else name


def last(value: str) -> tuple[str, ...]:
    """A value as the last argument of a command line; a leading dash does not make it an option."""
    return ("--", value) if value.startswith("-") else (value,)


class Hint(StrEnum):
    """A command line, perhaps with blanks: `Hint.EXTEND(account=17)` fills them in."""

    def __call__(self, **blanks: object) -> str:
        """The command line with its blanks filled in."""
        return self.format(**blanks)

    ADD_CUSTOMER = "mailctl customer add ID --name N --email E"
    ADD_METHOD = "mailctl method add --help"
    ADD_PLATFORM = "mailctl platform add NAME --customer C --offer O"
    CANCEL_OR_DELETE = "mailctl platform cancel {platform}, or mailctl account delete ACCOUNT"
    CONFIGURE = "mailctl account configure {account} ADDRESS"
    CREDIT = "mailctl prepaid credit {customer} AMOUNT"
    DELETE = "mailctl account delete {account}"
    END_OR_RESET = "mailctl account renew {account} --mode none, or mailctl account reset {account}"
    EXPLAIN = "mailctl account explain {account}"
    EXTEND = "mailctl account extend {account}"
    GRACE = "mailctl prepaid grace {customer} --reason T --until {day}, or later"
    HISTORY = "mailctl account history {account}"
    EXPLAIN_FINDINGS = "mailctl help advice"
    LIST = "mailctl {noun} list"
    LIST_OF_DOMAIN = "mailctl account list --domain {domain}"
    LIST_TAXES = "mailctl tax list"
    NAME_TIMEZONE = "mailctl init --timezone Europe/Paris"
    PAY_ORDER = "mailctl order pay {order}"
    RENAME = "mailctl account rename {account} ADDRESS"
    RESUME = "mailctl platform resume {platform}"
    SET_TAX = "mailctl tax set {country} RATE"
    SHOW = "mailctl account show {account}"
