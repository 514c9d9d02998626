"""What an explanation consists of: dated sentences, oldest first, then what happens next."""

from __future__ import annotations

from datetime import date

from mailctl.values import Value

NEXT = "next"
"""The kind of the sentences about what is to come."""


class Sentence(Value):
    """What happened on a day, or will; without a day where it can happen at any moment."""

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


class Outlook(Value):
    """What comes next: the event and its day, and the command that changes it where one helps."""

    sentences: tuple[Sentence, ...]
    event: str | None = None
    on: date | None = None
    command: str | None = None


class Explanation(Value):
    """All of it: about what, whose, how it stands now, what happened, what comes."""

    subject: str
    customer: str
    title: str
    past: tuple[Sentence, ...]
    outlook: Outlook
    ways_out: tuple[Sentence, ...] = ()
    mail_server: tuple[Sentence, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences: what happened, what comes, what helps, what the mail server has to do."""
        return (*self.past, *self.outlook.sentences, *self.ways_out, *self.mail_server)

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "subject": self.subject,
            "customer": self.customer,
            "sentences": [sentence.item() for sentence in self.sentences],
            "next_event": self.outlook.event,
            "next_on": self.outlook.on.isoformat() if self.outlook.on else None,
            "command": self.outlook.command,
        }


def coming(on: date | None, text: str) -> Sentence:
    """A sentence about what is to come."""
    return Sentence(on=on, kind=NEXT, text=text)
