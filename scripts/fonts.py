"""Make the fonts of `mailctl/documents/fonts` from what their makers publish.

    python scripts/fonts.py FOLDER

FOLDER holds the files named in `FACES`: Noto Sans 2.015 as a variable font, the other Noto faces
and Droid Sans Fallback as Debian 12 packs them (fonts-noto-core, fonts-droid-fallback). Hints,
names of glyphs and scripts that another face has are left out. The same files give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
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
    0x25A1,
    0x25CC,
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
    "EastAsian": ("DroidSansFallbackFull.ttf", None, [*range(0x1100, 0x1200), *range(0x2E80, 0x10000)]),
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
    options.layout_features = ["*"] if axes is None else ["ccmp", "mark", "mkmk"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if letters is None or code in letters])
    subsetter.subset(font)
    font.save(FONTS / f"{name}.ttf", reorderTables=True)


def main() -> None:
    """Make all of them."""
    for name in FACES:
        make(Path(sys.argv[1]), name)


if __name__ == "__main__":
    main()
