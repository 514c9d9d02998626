"""The seller's logo: a small PNG or JPEG, told by its own bytes, and never run or unpacked here."""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator

from mailctl.errors import UsageError
from mailctl.values import Value

LARGEST = 200_000
"""The most bytes that are kept."""
MOST_PIXELS = 4_000_000
"""A small file may be a huge picture."""
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
# SOF: all but those between them that say something else (DHT, JPG, DAC).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_SCAN = 0xDA


_DAMAGED = "damaged, no picture"
_SMALLER = "save the picture smaller: 700 pixels of width are enough for print"


class Picture(Value):
    """What a picture is."""

    kind: str
    width: int
    height: int
    size: int

    def __str__(self) -> str:
        """As it is shown: `PNG, 320 x 80, 12 kB`."""
        return f"{self.kind}, {self.width} x {self.height}, {max(1, (self.size + 500) // 1000)} kB"


def kept_logo(name: str, data: bytes) -> str:
    """A picture as it is kept, in base64; UsageError where it is none, or is too large."""
    if len(data) > LARGEST:
        raise UsageError(
            f"{name} is a file of at most {LARGEST // 1000} kB",
            hint=_SMALLER,
        )
    found = picture(data)
    if found is None:
        raise UsageError(
            f"{name} is a picture in PNG or JPEG, and this is neither, or only a part of one",
            hint="save it as PNG; an SVG can be exported as one",
        )
    if not 0 < found.width * found.height <= MOST_PIXELS:
        raise UsageError(
            f"{name} has {found.width} x {found.height} pixels, {MOST_PIXELS:,} in all are the "
            "most",
            hint=_SMALLER,
        )
    return b64encode(data).decode()


def logo_of(kept: str) -> bytes | None:
    """The bytes of a kept logo; None where there is none."""
    return b64decode(kept) if kept else None


def shown_logo(kept: str) -> str:
    """What a kept logo is, without its bytes."""
    if not kept:
        return ""
    try:
        return str(picture(b64decode(kept)) or _DAMAGED)
    except ValueError:
        return _DAMAGED


def picture(data: bytes) -> Picture | None:
    """What whole picture the bytes are; None for anything else."""
    try:
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_JPEG):
            return _jpeg(data)
    except (struct.error, IndexError):
        pass
    return None


def _png(data: bytes) -> Picture | None:
    """A PNG whose parts are whole: header first, end last, each as its sum says."""
    kinds = list(_chunks(data))
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return Picture(kind="PNG", width=width, height=height, size=len(data))


def _chunks(data: bytes) -> Iterator[bytes]:
    from zlib import crc32

    at = len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 8 + length
        (told,) = struct.unpack_from(">I", data, end)
        if crc32(data[at + 4 : end]) != told:
            return
        yield data[at + 4 : at + 8]
        at = end + 4


def _jpeg(data: bytes) -> Picture | None:
    """A JPEG by its frame, which stands before the picture itself."""
    if not data.rstrip(b"\0").endswith(_JPEG_END):
        return None
    at, size = len(_JPEG), None
    while data[at] == 0xFF and data[at + 1] != _SCAN:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = Picture(kind="JPEG", width=width, height=height, size=len(data))
        at += 2 if marker in _ALONE else 2 + struct.unpack_from(">H", data, at + 2)[0]
    return size if data[at] == 0xFF else None
