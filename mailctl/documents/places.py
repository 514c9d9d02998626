"""Where things stand on a sheet of A4, in millimetres, and how they look.

With the window on the left the address is where DIN 5008 (form B) has it, with the sender's line
above it and marks for folding; with the window on the right it shows in a French envelope of
220 mm by 110 whose window is 100 by 35, 20 mm from its right and lower edges (NF Z10-011).
"""

from __future__ import annotations

from enum import StrEnum

from mailctl.documents.paper import GREY, Style
from mailctl.values import Value

LEFT, RIGHT = 20.0, 190.0
TOP_AGAIN = 24.0
"""Where the second sheet begins, below its running title."""
BOTTOM = 273.0
FOOT, FOOT_HEIGHT = 277.0, 17.0

TITLE = Style(points=17, bold=True)
SELLER = (Style(points=14, bold=True), Style(points=11, bold=True), Style(points=9, bold=True))
HEADING = Style(points=10, bold=True)
BODY = Style(points=9)
STRONG = Style(points=9, bold=True)
DUE = Style(points=11, bold=True)
SMALL = Style(points=8)
FAINT = Style(points=8, grey=GREY)
TINY = Style(points=7, grey=GREY)
ADDRESS = (Style(points=10), Style(points=9), Style(points=8), Style(points=7))
FOOTERS = (TINY, Style(points=6, grey=GREY), Style(points=5, grey=GREY), Style(points=4, grey=GREY))
"""What has its place is written in the largest of these in which it fits."""


class Window(StrEnum):
    """On which side an envelope has its window."""

    LEFT = "left"
    RIGHT = "right"


class Head(Value):
    """Where the first sheet has what stands above its title."""

    buyer: tuple[float, float]
    buyer_width: float
    buyer_height: float
    seller: tuple[float, float]
    facts: tuple[float, float]
    facts_width: float
    folds: tuple[float, ...]
    title: float


HEADS = {
    Window.LEFT: Head(
        buyer=(20, 63.5),
        buyer_width=80,
        buyer_height=27.2,
        seller=(125, 16),
        facts=(125, 56),
        facts_width=65,
        folds=(105, 210),
        title=103,
    ),
    Window.RIGHT: Head(
        buyer=(108, 49),
        buyer_width=80,
        buyer_height=31,
        seller=(20, 28),
        facts=(20, 66),
        facts_width=70,
        folds=(99, 198),
        title=103,
    ),
}

_ON_THE_RIGHT = frozenset("FR MC BE ES IT LU PT".split())


def window_of(country: str) -> Window:
    """Where the envelopes of a seller's country have their window."""
    return Window.RIGHT if country in _ON_THE_RIGHT else Window.LEFT
