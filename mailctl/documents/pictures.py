"""Pictures of a document: the seller's logo, and the code that a banking app reads."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from mailctl.domain.documents import Transfer
from mailctl.domain.text import visible
from mailctl.values import Value

if TYPE_CHECKING:
    from segno import QRCode

WIDEST, HIGHEST = 60.0, 18.0
_DOTS_A_MILLIMETRE = 12
LONGEST_NAME = 70
"""The longest payee's name of an EPC QR code (EPC069-12)."""
MOST_CENTS = 999_999_999_99
"""The most that such a code can ask for."""
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{1,30}", re.ASCII)
_BIC = re.compile(r"[A-Z0-9]{8}(?:[A-Z0-9]{3})?", re.ASCII)
DOTS, MARGIN = 4, 4
"""Of a code as a picture: how many dots a square has, and how many squares its margin."""


class Logo(Value):
    """A logo as it is printed: its data, and its size in millimetres."""

    png: bytes
    width: float
    height: float


@lru_cache(8)
def logo(data: bytes) -> Logo:
    """A logo on white, in the colours of a screen, no finer than a printer needs.

    An archive's PDF may not have the colours of a press. ValueError if it is no picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as opened:
            seen = opened.convert("RGBA")
    except UnidentifiedImageError:
        raise ValueError("what its header says is no picture") from None
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(str(error)) from None
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


@cache
def is_installed() -> bool:
    """Whether what draws the codes of transfers is there (the extra `einvoice`)."""
    return find_spec("segno") is not None


def has_code(payee: str, transfer: Transfer, cents: int, currency: str) -> bool:
    """Whether a transfer can have a code: euros, to somebody, to an account that can be one."""
    account = transfer.account
    return (
        currency == "EUR"
        and 0 < cents <= MOST_CENTS
        and payee.strip() != ""
        and _IBAN.fullmatch(account.iban) is not None
        and (account.bic is None or _BIC.fullmatch(account.bic) is not None)
        and is_installed()
    )


def transfer_code(payee: str, transfer: Transfer, cents: int) -> list[list[bool]]:
    """The rows of dark squares of the code of a transfer."""
    return [[bool(module) for module in row] for row in _code(payee, transfer, cents).matrix]


def transfer_png(payee: str, transfer: Transfer, cents: int) -> bytes:
    """The code of a transfer as a picture, on white, with the margin that readers need."""
    written = BytesIO()
    _code(payee, transfer, cents).save(written, kind="png", scale=DOTS, border=MARGIN)
    return written.getvalue()


def _code(payee: str, transfer: Transfer, cents: int) -> QRCode:
    """The EPC QR code of a transfer of euros (EPC069-12, version 2)."""
    from segno.helpers import make_epc_qr

    return make_epc_qr(
        name=visible(payee)[:LONGEST_NAME],
        iban=transfer.account.iban,
        amount=Decimal(cents).scaleb(-2),
        reference=transfer.reference.replace(" ", ""),
        bic=transfer.account.bic,
        encoding="UTF-8",
    )
