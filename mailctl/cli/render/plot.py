"""Bars drawn in a terminal with characters alone, without colour.

The only module that knows plotext (the extra `reports`).
"""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.domain.money import format_amount
from mailctl.errors import UsageError

LINES = 16
LEAST_COLUMNS, MOST_COLUMNS = 40, 160
TICKS = 5
"""At most so many amounts beside the bars, apart from 0."""


def bars(title: str, labels: Sequence[str], cents: Sequence[int], width: int) -> str:
    """A bar for each amount, with as many labels below as there is room for, 16 lines high.

    UsageError where plotext is not installed.
    """
    try:
        from plotext import figure, terminal
    except ModuleNotFoundError:
        raise UsageError(
            "--plot needs a library that is not installed", hint="pip install 'mailctl[reports]'"
        ) from None
    width = min(max(width, LEAST_COLUMNS), MOST_COLUMNS)
    amounts = _ticks(max(cents, default=0))
    texts = [format_amount(amount) for amount in amounts]
    places = list(range(len(labels)))
    labelled = _labelled(labels, width - max(map(len, texts)) - 3)
    terminal.limit(width=False, height=False)
    figure.clear()
    figure.theme("colorless")
    figure.title(title)
    figure.draw(figure.bar(places, list(cents), marker="█", width=0.6))
    figure.ruler("y").ticks(amounts, texts)
    figure.ruler("y").lim(0, amounts[-1])
    figure.ruler("x").lim(-1, len(labels))
    figure.ruler("x").ticks(labelled, [labels[place] for place in labelled])
    figure.plot_size(width, LINES)
    text = str(figure.build().string(colorless=True))
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _ticks(most: int) -> list[int]:
    """Round amounts in cents, evenly from 0 to the first that is not below the largest."""
    step = 100
    for factor in _factors():
        step = factor
        if step * TICKS >= most:
            break
    return [step * n for n in range(max(1, -(-most // step)) + 1)]


def _factors() -> Sequence[int]:
    """1, 2, 5, 10, 20, 50 ... whole units, in cents."""
    return [first * 10**zeros for zeros in range(2, 17) for first in (1, 2, 5)]


def _labelled(labels: Sequence[str], room: int) -> list[int]:
    """Which labels are written: every so many, evenly, so that none touches the next."""
    widest = max(map(len, labels), default=0) + 1
    most = max(1, room // widest)
    every = -(-len(labels) // most)
    return list(range(0, len(labels), max(1, every)))
