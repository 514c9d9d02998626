"""The pages of a PDF as poppler's pdftotext reads them: words and where they stand."""

from __future__ import annotations

import subprocess
from functools import cache
from html import unescape
from pathlib import Path
from re import findall
from tempfile import TemporaryDirectory

from mailctl.documents.pdf import render
from mailctl.values import Value
from tests.documents.page_samples import SAMPLES

MILLIMETRE = 72 / 25.4


class Word(Value):
    """A word in its box, in millimetres from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@cache
def rendered(name: str) -> bytes:
    """The PDF of a sample, made once."""
    return render(SAMPLES[name])


def read(data: bytes, *options: str) -> str:
    """What pdftotext makes of a PDF."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "document.pdf")
        file.write_bytes(data)
        done = subprocess.run(
            ["pdftotext", *options, str(file), "-"], check=True, capture_output=True, text=True
        )
    return done.stdout


@cache
def text_of(name: str) -> str:
    """A sample's text in reading order, every space a plain one."""
    return " ".join(read(rendered(name), "-raw").split())


@cache
def words_of(name: str) -> list[list[Word]]:
    """The words of a sample, page by page."""
    pages = read(rendered(name), "-bbox").split("<page ")[1:]
    box = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>'
    return [
        [
            Word(
                text=unescape(text),
                left=float(left) / MILLIMETRE,
                top=float(top) / MILLIMETRE,
                right=float(right) / MILLIMETRE,
                bottom=float(bottom) / MILLIMETRE,
            )
            for left, top, right, bottom, text in findall(box, page)
        ]
        for page in pages
    ]
