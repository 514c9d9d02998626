"""What every refusal is made of: `errors.py` has them all.

A refusal is a sentence, the command that helps, and what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mailctl.close_words import did_you_mean
from mailctl.hints import Hint

if TYPE_CHECKING:
    from mailctl.wrong_lines import WrongLines


class MailctlError(Exception):
    """A command could not be carried out; nothing was changed.

    `message` is a sentence, `hint` the command or the input that helps, `lines` what it is about.

    A refused value of a file's line says its `column`, and as `reason` what is wrong with every
    value like it, after the column's name: `is not a date such as 2026-01-31`. `wrong` are the
    lines, or the words, that were refused together.
    """

    code: ClassVar[str] = ""
    exit_status: ClassVar[int] = 1
    meaning: ClassVar[str] = ""
    column: str | None = None
    reason: str | None = None
    wrong: WrongLines | None = None

    def __init_subclass__(cls, *, code: str = "", exit_status: int | None = None) -> None:
        super().__init_subclass__()
        cls.code = code
        cls.exit_status = cls.exit_status if exit_status is None else exit_status
        cls.meaning = cls.__doc__ or ""

    def __init__(
        self, message: str, *, hint: str | None = None, lines: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.lines = lines

    @property
    def general(self) -> str | None:
        """What is wrong with every value that is refused like this one, after its column's name."""
        if self.reason is not None or not self.meaning:
            return self.reason
        return f"{self.meaning[0].lower()}{self.meaning[1:].rstrip('.')}"


class NotFoundError(MailctlError):
    """The thing named does not exist; `close` are up to three names like it.

    `gone` says what had the name, and since when it is no more; `lost` that there may have been
    one in a store that was lost.
    """

    exit_status = 4
    noun: ClassVar[str] = ""

    def __init_subclass__(cls, *, code: str, noun: str) -> None:
        super().__init_subclass__(code=code)
        cls.noun = noun

    def __init__(
        self,
        name: str,
        *,
        close: tuple[str, ...] = (),
        gone: str | None = None,
        lost: str | None = None,
        hint: str | None = None,
    ) -> None:
        left = f": {lost}" if lost else did_you_mean(close)
        what = f" any more: {gone}" if gone else left
        message = f"there is no {self.noun} {name or repr(name)}{what}"
        super().__init__(message, hint=hint or Hint.LIST(noun=self.noun))
        self.name = name
        self.close = close
