"""How much of a store on a server a command holds while it changes it (rules 19).

A file has one writer at a time, whatever the command. On a server a command holds the whole store
unless it stands in one of the two tables below.
"""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What is held from the beginning of a change."""

    WHOLE = "whole"
    """The store, alone: what concerns all customers, or what their plans rely on."""
    CUSTOMERS = "customers"
    """Each customer whose things it finds: plans of other customers are made meanwhile."""
    IN_TURN = "in-turn"
    """The same, and nobody else writes: it compares several customers before it writes."""


CUSTOMERS = frozenset(
    (
        *("account configure", "account delete", "account export"),
        *("account extend", "account lock", "account order", "account password"),
        *("account rename", "account renew", "account reopen", "account reset", "account unlock"),
        *("customer add", "customer close", "customer edit", "customer reopen"),
        *("invoice credit", "invoice pay"),
        *("method default", "method remove"),
        *("order cancel", "order pay"),
        *("payment fail", "payment return", "payment settle"),
        *("platform add", "platform cancel", "platform delete", "platform renewal"),
        "platform resume",
        *("prepaid alert", "prepaid credit", "prepaid grace", "prepaid refund", "prepaid reverse"),
    )
)
"""What such a command reads before its first write is of customers that it holds (`Reader.hold`),
or what only the whole store's lock changes (offers, prices, tax, settings), or a name or address
whose uniqueness the database checks."""

IN_TURN = frozenset(
    ("domain move", "method add", "notice send", "task done", "task fail", "task run")
)
"""A mandate is nobody else's, a domain has one customer, a notice one sender; a task is done by one
process, and has one answer."""


def scope_of(command: str) -> Scope:
    """What a command holds from the beginning."""
    if command in CUSTOMERS:
        return Scope.CUSTOMERS
    return Scope.IN_TURN if command in IN_TURN else Scope.WHOLE
