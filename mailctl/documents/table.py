"""The lines of a document: a row for each, over as many sheets as they take, with carried sums."""

from __future__ import annotations

from mailctl.documents.composition import Composition
from mailctl.documents.paper import GREY, INK, Style
from mailctl.documents.places import BODY, BOTTOM, FAINT, LEFT, RIGHT, SMALL, STRONG
from mailctl.domain.documents import DocumentLine
from mailctl.values import Value

_HEADER = Style(points=7.5, grey=GREY)
_SERVICE, _PERIOD, _QUANTITY, _UNIT = LEFT + 9, 97.0, 152.0, 171.0
_SERVICE_WIDTH, _PERIOD_WIDTH = _PERIOD - _SERVICE - 4, _QUANTITY - _PERIOD - 8
_PADDING = 1.4
_LEADING = 3.75
"""From one line of a row to the next."""
_CARRIED = 7.0


class _Row(Value):
    """A line as it is written."""

    labels: list[str]
    addresses: list[str]
    days: list[str]
    height: float


def write_lines(made: Composition, below: float) -> None:
    """Write all lines; the last one stands on one sheet with what follows, which is so high."""
    lines = made.document.lines
    _write_header(made)
    so_far = 0
    for at, line in enumerate(lines):
        row = _row(made, line)
        is_last = at == len(lines) - 1
        needed = row.height + (below if is_last else _CARRIED)
        if at and not made.fits(needed) and made.y > _top(made):
            _write_sum(made, "carried", so_far)
            made.turn()
            _write_header(made)
            _write_sum(made, "brought", so_far)
        _write_row(made, line, row)
        so_far += line.unit_cents


def _top(made: Composition) -> float:
    """A sheet that has no more than one row above keeps it, however high what follows is."""
    return BOTTOM / 4 if made.paper.pages > 1 else 0.0


def _write_header(made: Composition) -> None:
    paper, currency = made.paper, made.document.currency
    columns = [
        (LEFT, [made.say("position")], False),
        (_SERVICE, [made.say("service")], False),
        (_PERIOD, [made.say("period")], False),
        (_QUANTITY, [made.say("quantity")], True),
        (_UNIT, paper.wrapped(made.say("unit", currency=currency), _HEADER, 17), True),
        (RIGHT, paper.wrapped(made.say("net", currency=currency), _HEADER, 18), True),
    ]
    highest = max(len(lines) for _, lines, _ in columns)
    made.y += highest * _HEADER.leading
    for x, lines, right in columns:
        for at, line in enumerate(reversed(lines)):
            paper.write(x, made.y - at * _HEADER.leading, line, _HEADER, right=right)
    made.y += 1.8
    paper.rule(LEFT, made.y, RIGHT, grey=INK, thick=0.3)


def _row(made: Composition, line: DocumentLine) -> _Row:
    paper = made.paper
    labels = paper.wrapped(line.label, BODY, _SERVICE_WIDTH)
    addresses = paper.wrapped(line.address, FAINT, _SERVICE_WIDTH) if line.address else []
    term = made.texts.term("document.term", line.starts_on, line.last_on)
    days = paper.wrapped(term, SMALL, _PERIOD_WIDTH)
    height = max(len(labels) + len(addresses), len(days)) * _LEADING + 2 * _PADDING
    return _Row(labels=labels, addresses=addresses, days=days, height=height)


def _write_row(made: Composition, line: DocumentLine, row: _Row) -> None:
    paper, top = made.paper, made.y
    first = top + _PADDING + _LEADING * 0.78
    amount = made.texts.number(line.unit_cents)
    paper.write(LEFT, first, str(line.number), FAINT)
    paper.write(_QUANTITY, first, "1", BODY, right=True)
    paper.write(_UNIT, first, amount, BODY, right=True)
    paper.write(RIGHT, first, amount, BODY, right=True)
    y = first
    for at, label in enumerate(row.labels):
        y = first + at * _LEADING
        paper.write(_SERVICE, y, label, BODY)
    for at, address in enumerate(row.addresses, start=1):
        paper.write(_SERVICE, y + at * _LEADING, address, FAINT)
    for at, days in enumerate(row.days):
        paper.write(_PERIOD, first + at * _LEADING, days, SMALL)
    made.y = top + row.height
    paper.rule(LEFT, made.y, RIGHT)


def _write_sum(made: Composition, name: str, cents: int) -> None:
    """What the lines come to so far, at the foot of a sheet and at the head of the next."""
    y = made.y + _PADDING + _LEADING * 0.78
    made.paper.write(_SERVICE, y, made.say(name), STRONG)
    made.paper.write(RIGHT, y, made.texts.number(cents), STRONG, right=True)
    made.y += _CARRIED
    if name == "brought":
        made.paper.rule(LEFT, made.y, RIGHT)
