"""Pictures of a document: the seller's logo, and the code that a banking app reads."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from io import BytesIO

from mailctl.domain.documents import Party, Transfer
from mailctl.values import Value

WIDEST, HIGHEST = 60.0, 18.0
_DOTS_A_MILLIMETRE = 12
LONGEST_NAME = 70
"""The longest payee's name of an EPC QR code (EPC069-12)."""


class Logo(Value):
    """A logo as it is printed: its data, and its size in millimetres."""

    png: bytes
    width: float
    height: float


@lru_cache(8)
def logo(data: bytes) -> Logo:
    """A logo on white, in the colours of a screen, no finer than a printer needs.

    An archive's PDF may not have the colours of a press. Raises OSError if it is no picture.
    """
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        seen = opened.convert("RGBA")
    scale = min(WIDEST / seen.width, HIGHEST / seen.height)
    width, height = seen.width * scale, seen.height * scale
    dots = (max(round(width * _DOTS_A_MILLIMETRE), 1), max(round(height * _DOTS_A_MILLIMETRE), 1))
    if dots[0] < seen.width:
        seen = seen.resize(dots, Image.Resampling.LANCZOS)
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen)
    written = BytesIO()
    flat.save(written, "PNG")
    return Logo(png=written.getvalue(), width=width, height=height)


def transfer_code(seller: Party, transfer: Transfer, cents: int) -> list[list[bool]]:
    """The rows of dark squares of an EPC QR code for a transfer of euros (EPC069-12, version 2)."""
    from segno.helpers import make_epc_qr

    code = make_epc_qr(
        name=seller.name[:LONGEST_NAME],
        iban=transfer.account.iban,
        amount=Decimal(cents).scaleb(-2),
        reference=transfer.reference.replace(" ", ""),
        bic=transfer.account.bic,
        encoding="UTF-8",
    )
    return [[bool(module) for module in row] for row in code.matrix]
