"""The seller's logo: whole small pictures are told from everything else by their bytes."""

from __future__ import annotations

from io import BytesIO

import pytest

from mailctl.domain.logos import LARGEST, kept_logo, logo_of, picture, shown_logo
from mailctl.errors import UsageError

Image = pytest.importorskip("PIL.Image", reason="pictures are made by what the extra brings")


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (320, 80), **how: object) -> bytes:
    """A picture as a drawing program saves it."""
    written = BytesIO()
    Image.new(mode, size, 1).save(written, kind, **how)
    return written.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_a_png_is_recognised(mode: str) -> None:
    data = drawn("PNG", mode)
    kept = kept_logo("seller-logo", data)
    assert shown_logo(kept) == "PNG, 320 x 80, 1 kB"
    assert logo_of(kept) == data


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"comment": b"\xff\xc0 x" * 99}])
def test_a_jpeg_is_recognised(how: dict[str, object]) -> None:
    found = picture(drawn("JPEG", **how))
    assert found is not None
    assert (found.kind, found.width, found.height) == ("JPEG", 320, 80)


def test_a_part_of_a_picture_is_none() -> None:
    """A download that broke off would be a document without its logo."""
    for kind in ("PNG", "JPEG"):
        data = drawn(kind)
        assert all(picture(data[:end]) is None for end in range(len(data)))


def test_a_png_with_a_changed_byte_is_none() -> None:
    data = drawn("PNG")
    for at in range(8, len(data) - 4):
        harmed = bytearray(data)
        harmed[at] ^= 1
        assert picture(bytes(harmed)) is None, at


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PNG or JPEG"),
        (b"%PDF-1.7", "PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" * 2, "PNG or JPEG"),
        (b"\xff\xd8\xff\xd9", "PNG or JPEG"),
        (b"\xff\xd8" + b"\xff" * 99 + b"\xff\xd9", "PNG or JPEG"),
        (drawn("GIF"), "PNG or JPEG"),
        (drawn("PNG", size=(4000, 1001)), "4000 x 1001 pixels, 4,000,000 in all are the most"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * LARGEST, "at most 200 kB"),
    ],
)
def test_anything_else_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        kept_logo("seller-logo", data)


def test_a_damaged_logo_is_shown_as_that() -> None:
    """Whoever lists the settings of a store sees why documents have none."""
    assert shown_logo("") == ""
    assert shown_logo("AAAA") == shown_logo("no base64, é") == "damaged, no picture"
