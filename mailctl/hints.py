"""The command lines that refusals of the rules propose, in one table.

The rules know what would help; what an administrator types for it stands here.
"""

from __future__ import annotations

from enum import StrEnum


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
    HISTORY = "mailctl account history {account}"
    EXPLAIN_FINDINGS = "mailctl help advice"
    LIST = "mailctl {noun} list"
    LIST_TAXES = "mailctl tax list"
    NAME_TIMEZONE = "mailctl init --timezone Europe/Paris"
    PAY_ORDER = "mailctl order pay {order}"
    RENAME = "mailctl account rename {account} ADDRESS"
    RESUME = "mailctl platform resume {platform}"
    SET_TAX = "mailctl tax set {country} RATE"
    SHOW = "mailctl account show {account}"
