"""Passwords of mailboxes: which are strong enough, and how one is made (rules 16)."""

from __future__ import annotations

import secrets
import unicodedata
from importlib.util import find_spec

from mailctl.errors import ExtraMissingError, UsageError, WeakPasswordError

LONGEST = 128
STRONG = 3
"""The least score of zxcvbn, of 0 to 4: fewer than 10^8 guesses are too few."""
_JUDGED = 72
"""Of so many characters zxcvbn judges the strength."""
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 18
"""Of 31 signs that are not taken for one another: 89 bits."""
_HELPS = "use several uncommon words, or have one made by --generate"


def generated() -> str:
    """A new password, which nobody can guess and everybody can type."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def check_strong(password: str, address: str) -> str:
    """The password as it is hashed, if it is strong enough for the mailbox of an address.

    WeakPasswordError with what makes it weak, UsageError where no mail program could send it. No
    refusal has the password in it.
    """
    kept = unicodedata.normalize("NFC", password)
    if len(kept) > LONGEST:
        raise UsageError(f"the password has more than {LONGEST} characters")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in kept):
        raise UsageError(
            "the password has control characters in it", hint="it is one line of plain text"
        )
    if not kept:
        raise WeakPasswordError("the password is empty", hint=_HELPS)
    names = (address, address.rpartition("@")[0])
    if kept.casefold() in (name.casefold() for name in names):
        raise WeakPasswordError("the password is the address", hint=_HELPS)
    check_installed()
    from zxcvbn import zxcvbn

    parts = address.replace("@", " ").replace(".", " ").replace("-", " ").split()
    judged = zxcvbn(kept[:_JUDGED], user_inputs=[*names, *parts])
    if judged["score"] < STRONG:
        why = judged["feedback"]["warning"] or "It is too short or too simple."
        said = f"{why[0].lower()}{why[1:].rstrip('.')}"
        raise WeakPasswordError(f"the password could be guessed: {said}", hint=_HELPS)
    return kept


def check_installed() -> None:
    """ExtraMissingError where passwords can be neither judged nor hashed."""
    if find_spec("zxcvbn") is None or find_spec("argon2") is None:
        raise ExtraMissingError(
            "passwords need libraries that are not installed",
            hint="pip install 'mailctl[passwords]'",
        )


def hashed(password: str) -> str:
    """The Argon2id hash of a password, as Dovecot 2.3 and 2.4 read it.

    46 MiB, one pass, one lane (OWASP's first choice): 50 ms of a processor, also at each log-in.
    """
    from argon2.low_level import Type, hash_secret

    salt = secrets.token_bytes(16)
    return hash_secret(password.encode(), salt, 1, 47_104, 1, 32, Type.ID).decode()
