"""A picture that is given as the path of its file."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path
from stat import S_ISREG

from mailctl.domain.logos import LARGEST
from mailctl.errors import UsageError


def picture_of(name: str) -> str:
    """The bytes of a file in base64, no more than are kept; UsageError where it cannot be read.

    A pipe or a device may never end: only a file is read.
    """
    try:
        number = os.open(Path(name).expanduser(), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(number, "rb") as file:  # noqa: PTH123 - it has no name any more
            if not S_ISREG(os.fstat(number).st_mode):
                raise UsageError(f"{name} is not a file", hint="give the path of a PNG or JPEG")
            if not (data := file.read(LARGEST + 1)):
                raise UsageError(f"{name} is empty", hint="give the path of a PNG or JPEG")
            return b64encode(data).decode()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(
            f"{name} cannot be read: {reason}", hint="give the path of a PNG or JPEG"
        ) from None
