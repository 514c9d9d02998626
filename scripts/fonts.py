"""Make the fonts of `mailctl/documents/fonts` from what their makers publish.

    python scripts/fonts.py FOLDER

FOLDER holds the files named in `FACES`: Noto Sans 2.015 as a variable font, Noto Sans KR 2.004, the
other Noto faces and Droid Sans Fallback as Debian 12 packs them (fonts-noto-core,
fonts-droid-fallback). Hints,
names of glyphs and scripts that another face has are left out. The same files give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parent.parent / "mailctl" / "documents" / "fonts"
EVERY_LATIN = "NotoSans[wdth,wght].ttf"
LATIN = [
    *range(0x20, 0x250),
    *range(0x2B0, 0x37F),  # modifiers, accents
    *range(0x37F, 0x530),  # Greek, Cyrillic
    *range(0x1E00, 0x2000),  # Vietnamese, more Greek
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20D0),
    *range(0x2100, 0x2150),
    0x2212,
    0x25CC,
    0xFFFD,
]
FACES: dict[str, tuple[str, dict[str, float] | None, list[int] | None]] = {
    "Regular": (EVERY_LATIN, {"wght": 400, "wdth": 90}, LATIN),
    "SemiBold": (EVERY_LATIN, {"wght": 600, "wdth": 90}, LATIN),
    "Hebrew": ("NotoSansHebrew-Regular.ttf", None, None),
    "Arabic": ("NotoSansArabic-Regular.ttf", None, None),
    "Armenian": ("NotoSansArmenian-Regular.ttf", None, None),
    "Georgian": ("NotoSansGeorgian-Regular.ttf", None, None),
    "Devanagari": ("NotoSansDevanagari-Regular.ttf", None, None),
    "Thai": ("NotoSansThai-Regular.ttf", None, None),
    "Korean": (
        "NotoSansKR-Regular.otf",
        None,
        [*range(0x1100, 0x1200), *range(0x3130, 0x3190), *range(0xAC00, 0xD7B0)],
    ),
    "EastAsian": (
        "DroidSansFallbackFull.ttf",
        None,
        [*range(0x2E80, 0x3130), *range(0x3190, 0xAC00), *range(0xF900, 0x10000)],
    ),
}


def make(folder: Path, name: str) -> None:
    """Write one face."""
    file, axes, letters = FACES[name]
    font = TTFont(folder / file, recalcTimestamp=False)
    if axes is not None:
        font = instantiateVariableFont(font, axes, updateFontNames=False)
        full = f"Noto Sans {name}"
        for record, text in ((1, full), (2, "Regular"), (4, full), (6, full.replace(" ", ""))):
            font["name"].setName(text, record, 3, 1, 0x409)
    options = Options(
        hinting=False, glyph_names=False, notdef_outline=True, recommended_glyphs=True
    )
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += ["STAT", "MVAR", "HVAR", "avar", "DSIG"]
    shaped = name not in ("Regular", "SemiBold", "Korean", "EastAsian")
    options.layout_features = ["*"] if shaped else ["ccmp", "mark", "mkmk"]
    subsetter = Subsetter(options)
    subsetter.populate(
        unicodes=[code for code in font.getBestCmap() if letters is None or code in letters]
    )
    subsetter.subset(font)
    if "CFF " in font:
        _make_quadratic(font)
    font.save(FONTS / f"{name}.ttf", reorderTables=True)


def _make_quadratic(font: TTFont) -> None:
    """Turn the curves of PostScript into those of TrueType, as all the others are."""
    order = font.getGlyphOrder()
    glyphs, made = font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = outlines = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, made
    font["maxp"].tableVersion = 0x00010000
    for field in (
        "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements"
        " maxSizeOfInstructions maxComponentElements maxComponentDepth maxPoints maxContours"
        " maxCompositePoints maxCompositeContours"
    ).split():
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = "\0\1\0\0"


def main() -> None:
    """Make all of them."""
    for name in FACES:
        make(Path(sys.argv[1]), name)


if __name__ == "__main__":
    main()
