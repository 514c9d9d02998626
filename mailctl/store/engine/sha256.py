"""SHA-256, for little without OpenSSL, which hashlib loads: that takes longer than the digest."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

# What the interpreter has of its own, since Python 3.12 and before.
_OWN = ("_sha2", "_sha256")


def of_text(text: str) -> str:
    """The digest of a short text, as digits."""
    digest: str = _own()(text.encode()).hexdigest()
    return digest


def begun(data: bytes, *, is_much: bool) -> Any:
    """A digest that goes on; OpenSSL's is several times faster where much follows."""
    return _openssl()(data) if is_much else _own()(data)


@cache
def _own() -> Any:
    for name in _OWN:
        try:
            return import_module(name).sha256
        except ImportError:
            continue
    return _openssl()


def _openssl() -> Any:
    from hashlib import sha256

    return sha256
