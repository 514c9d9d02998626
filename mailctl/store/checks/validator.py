"""One invariant of the books: its name, what it says, and what finds the rows that break it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailctl.store.engine.chain import NO_TEXT
from mailctl.store.engine.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A row that breaks an invariant, named as commands name it, and how; whose it is, if known."""

    subject: str
    message: str
    customer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """An invariant; `finder` is SQL that yields subject, message and customer's key, or does so."""

    name: str
    sentence: str
    finder: str | Callable[[Reader], Iterable[Fault]]

    def faults(self, reader: Reader) -> list[Fault]:
        """Every row that breaks it; a value that is not even of its kind is one fault by itself."""
        try:
            return self._found(reader)
        except ValueError as error:
            return [Fault(subject="store", message=f"cannot be looked at: {error}")]
        except sqlite3.OperationalError as error:
            if not str(error).startswith(NO_TEXT):
                raise
            return [Fault(subject="store", message="cannot be looked at: a text is no UTF-8")]

    def _found(self, reader: Reader) -> list[Fault]:
        if not isinstance(self.finder, str):
            return list(self.finder(reader))
        facts = {"reached": reader.reached_on.isoformat()}
        return [
            Fault(subject=str(subject), message=str(message), customer_id=customer_id)
            for subject, message, customer_id in reader.execute(self.finder, facts)
        ]
