"""Entries find the customers whose money they are (rules 20)."""

from __future__ import annotations

from mailctl.store.engine.transaction import Transaction


def match(transaction: Transaction, *, after: int) -> None:
    """Match the unmatched entries after an id."""
