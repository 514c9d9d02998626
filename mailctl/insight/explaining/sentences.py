"""What an explanation is made of: dated sentences, oldest first, then what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NEXT = "next"
"""The kind of the sentences that tell what is to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What happened on a day, or will; without a day where it can come at any moment."""

    on: date | None
    kind: str
    text: str

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "kind": self.kind,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What comes next: the event and its day, and the command that changes it where one helps."""

    sentences: tuple[Sentence, ...]
    event: str | None = None
    on: date | None = None
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The whole: of what, whose, how it stands now, what happened, what comes."""

    subject: str
    customer: str
    title: str
    past: tuple[Sentence, ...]
    coming: Coming

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        said = (*self.past, *self.coming.sentences)
        return {
            "subject": self.subject,
            "customer": self.customer,
            "sentences": [sentence.item() for sentence in said],
            "next_event": self.coming.event,
            "next_on": self.coming.on.isoformat() if self.coming.on else None,
            "command": self.coming.command,
        }
