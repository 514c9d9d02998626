"""Sheets of paper: texts, lines and pictures at places in millimetres, from the upper left corner.

With `runs`, which sets lines of several scripts, it alone knows fpdf2. A text's place is its
baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from mailctl.documents import faces
from mailctl.documents.metadata import Description
from mailctl.documents.runs import Run, runs
from mailctl.values import Value

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT = 210.0, 297.0
POINT = 25.4 / 72
INK, GREY, PALE = 0x1D, 0x6B, 0xD0
BAND = 0xF3


class Style(Value):
    """How a text looks: its size in points, its weight and its grey (0 is black)."""

    points: float
    bold: bool = False
    grey: int = INK

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.points * POINT * 1.36


class Paper:
    """The sheets of one document."""

    def __init__(self, description: Description, texts: Iterable[str]) -> None:
        """`texts` are all that may need other fonts than the first."""
        from fpdf import FPDF

        self._pdf: FPDF = FPDF(enforce_compliance="PDF/A-3B", unit="mm", format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._describe(description)
        self._widths: dict[tuple[str, float, bool], float] = {}
        self._load_fonts(texts)

    def _describe(self, description: Description) -> None:
        pdf = self._pdf
        self._made_at = datetime.combine(description.made_on, time(), UTC)
        pdf.set_title(description.title)
        pdf.set_author(description.author)
        pdf.set_producer(description.producer)
        pdf.set_creator(description.producer)
        pdf.set_lang(description.language)
        pdf.set_creation_date(self._made_at)
        pdf.set_xmp_metadata(description.xmp())

    def _load_fonts(self, texts: Iterable[str]) -> None:
        pdf = self._pdf
        pdf.add_font(faces.REGULAR, "", faces.path_of(faces.REGULAR))
        pdf.add_font(faces.REGULAR, "B", faces.path_of(faces.SEMIBOLD))
        others: dict[str, set[int]] = {}
        for char in set().union(*map(faces.writable, texts)):
            font = faces.font_of(char)
            if font not in (None, faces.REGULAR):
                others.setdefault(str(font), set()).add(ord(char))
        for font in sorted(others):
            # What is shaped may need letters that the text does not have.
            used = None if font in faces.SHAPED else sorted(others[font])
            pdf.add_font(font, "", faces.path_of(font), unicode_range=used)

    def new_page(self) -> None:
        """Another sheet."""
        self._pdf.add_page()

    def turn_to(self, page: int) -> None:
        """Go back to a sheet that is there already, from 1."""
        pdf = self._pdf
        pdf.page = page
        pdf.current_font_is_set_on_page = False
        # The library writes what changes, and does not know what that sheet ended with: of two
        # different values the second is always written.
        for grey, thick in ((0, 1.0), (PALE, 0.2)):
            pdf.set_draw_color(grey)
            pdf.set_fill_color(grey)
            pdf.set_line_width(thick)

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        return self._pdf.pages_count

    def width(self, text: str, style: Style) -> float:
        """How wide a text is."""
        key = (text, style.points, style.bold)
        if (found := self._widths.get(key)) is None:
            found = self._widths[key] = self._measured(text, style)
        return found

    def _measured(self, text: str, style: Style) -> float:
        if faces.is_plain(text):
            self._set_font(faces.REGULAR, style)
            return self._pdf.get_string_width(text)
        return sum(self._run_width(run, style) for run in runs(text))

    def _run_width(self, run: Run, style: Style) -> float:
        with self._shaping(run, style):
            return self._pdf.get_string_width(run.text)

    @contextmanager
    def _shaping(self, run: Run, style: Style) -> Iterator[None]:
        """The library set to what a run needs."""
        self._set_font(run.font, style)
        if run.is_shaped:
            direction = "rtl" if run.is_from_right else "ltr"
            self._pdf.set_text_shaping(use_shaping_engine=True, direction=direction)
        yield
        self._pdf.set_text_shaping(use_shaping_engine=False)

    def _set_font(self, font: str, style: Style) -> None:
        """Set a font; other scripts have one weight."""
        bold = "B" if style.bold and font == faces.REGULAR else ""
        self._pdf.set_font(font, bold, style.points)

    def write(self, x: float, y: float, text: str, style: Style, *, right: bool = False) -> None:
        """Write a line that begins at x, or ends there if it is on the right."""
        if not text:
            return
        if right:
            x -= self.width(text, style)
        pdf = self._pdf
        pdf.set_text_color(style.grey)
        if faces.is_plain(text):
            self._set_font(faces.REGULAR, style)
            pdf.text(x, y, text)
            return
        for run in runs(text):
            self._write_run(x, y, run, style)
            x += self._run_width(run, style)

    def _write_run(self, x: float, y: float, run: Run, style: Style) -> None:
        pdf, size = self._pdf, style.points * POINT
        with self._shaping(run, style):
            if not run.is_shaped:
                pdf.text(x, y, run.text)
                return
            # The library puts the baseline at eight tenths of a line as high as its letters.
            pdf.set_xy(x, y - 0.8 * size)
            pdf.cell(None, size, run.text)

    def wrapped(self, text: str, style: Style, width: float) -> list[str]:
        """The lines of a text that are no wider; a word that is wider is broken."""
        text = faces.writable(text)
        if self.width(text, style) <= width:
            return [text]
        lines, line = [], ""
        for piece in _pieces(text):
            if self.width((line + piece).rstrip(" "), style) <= width:
                line += piece
                continue
            if line:
                lines.append(line.rstrip(" "))
            line = piece
            while self.width(line.rstrip(" "), style) > width:
                fitting = self._fitting(line, style, width)
                lines.append(line[:fitting])
                line = line[fitting:]
        return [*lines, line.rstrip(" ")] if line else lines

    def _fitting(self, word: str, style: Style, width: float) -> int:
        """How many letters of a word that is too wide stand on one line: at least one.

        An address is parted after a sign, if that leaves half of the line.
        """
        least, most = 1, len(word)
        while least < most:
            middle = (least + most + 1) // 2
            if self.width(word[:middle], style) <= width:
                least = middle
            else:
                most = middle - 1
        sign = max(word.rfind(sign, 0, least) for sign in "@.-_/")
        return sign + 1 if sign >= least // 2 else least

    def rule(self, x: float, y: float, to: float, *, grey: int = PALE, thick: float = 0.2) -> None:
        """A line from left to right."""
        self._pdf.set_draw_color(grey)
        self._pdf.set_line_width(thick)
        self._pdf.line(x, y, to, y)

    def band(self, x: float, y: float, width: float, height: float, *, grey: int = BAND) -> None:
        """A filled rectangle."""
        self._pdf.set_fill_color(grey)
        self._pdf.rect(x, y, width, height, style="F")

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """A picture, PNG or JPEG."""
        self._pdf.image(BytesIO(data), x, y, width, height)

    def attach(self, name: str, data: bytes, description: str) -> None:
        """Put a file into the document, another form of what it says (PDF/A-3)."""
        self._pdf.embed_file(
            basename=name,
            bytes=data,
            mime_type="text/xml",
            desc=description,
            creation_date=self._made_at,
            modification_date=self._made_at,
            associated_file_relationship="Alternative",
            compress=True,
            checksum=True,
        )

    def finish(self) -> bytes:
        """The bytes of the document, after which no more can be written."""
        from mailctl.documents.producer import Producer

        return bytes(self._pdf.output(output_producer_class=Producer))


def _pieces(text: str) -> Iterator[str]:
    """A text where it can be broken: after spaces, and beside Chinese or Japanese letters."""
    piece = ""
    for char, following in zip(text, f"{text[1:]} ", strict=True):
        piece += char
        is_east = faces.font_of(char) == faces.EAST_ASIAN and following.isalnum()
        is_before_east = faces.font_of(following) == faces.EAST_ASIAN and following.isalnum()
        if (char == " " and following != " ") or is_east or is_before_east:
            yield piece
            piece = ""
    if piece:
        yield piece
