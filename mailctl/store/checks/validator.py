"""One invariant of the books: its name, what it says, and what finds the rows that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailctl.store.engine.no_text import is_no_text
from mailctl.store.engine.reader import Reader
from mailctl.values import Value


class Fault(Value):
    """A row that breaks an invariant: its name in commands, how it does, and whose it is."""

    subject: str
    message: str
    customer_id: int | None = None


class Validator(Value):
    """An invariant; `finder` is a query for the faults, or a function that yields them."""

    name: str
    sentence: str
    finder: str | Callable[[Reader], Iterable[Fault]]

    def faults(self, reader: Reader) -> list[Fault]:
        """Every row that breaks it; a value of a wrong type is one fault by itself."""
        try:
            if not isinstance(self.finder, str):
                return list(self.finder(reader))
            return reader.facts(Fault, self.finder, {"reached": reader.reached_on})
        except ValueError as error:
            return [Fault(subject="store", message=f"cannot be checked: {error}")]
        except Exception as error:
            if not is_no_text(error):
                raise
            return [Fault(subject="store", message="cannot be checked: a text is not UTF-8")]
