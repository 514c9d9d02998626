"""An explanation as a page: dated sentences, what is to come, what helps, the mail server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mailctl.cli.render.document import BLANK, Line, heading
from mailctl.cli.render.printed_commands import complete

if TYPE_CHECKING:
    from mailctl.insight.explaining.sentences import Explanation, Sentence

DATES = 12
"""How wide the column of the dates is."""
COMMAND = ": mailctl "


def page(explanation: Explanation) -> Iterator[Line]:
    """The lines of the page; sections in which there is nothing are left out."""
    yield Line(text=explanation.title, is_heading=True)
    yield BLANK
    yield from _dated(explanation.past)
    for title, sentences in (
        ("Next:", explanation.outlook.sentences),
        ("Ways out:", explanation.ways_out),
        ("On the mail server:", explanation.mail_server),
    ):
        if sentences:
            yield BLANK
            yield heading(title)
            yield from _dated(sentences)


def _dated(sentences: Sequence[Sentence]) -> Iterator[Line]:
    """Each sentence beside its date; the command at its end is on a line of its own."""
    for sentence in sentences:
        label = str(sentence.on or "")
        text, sign, command = sentence.text.rpartition(COMMAND)
        text = f"{text}:" if sign else command
        yield Line(text=f"{label:<{DATES}}{complete(text)}", indent=DATES)
        if sign:
            yield Line(text=f"{'':{DATES + 2}}mailctl {command}", is_command=True)
