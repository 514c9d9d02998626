"""Mailbox addresses: one spelling for each, so that an address exists at most once.

They are compared lower-cased, the domain in NFC Unicode form (rules 6). No network is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mailctl.errors import InvalidAddressError, UsageError

# What is valid without asking a library; millions of imported addresses are of this form.
_PLAIN_LOCAL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII
)
# A domain whose one spelling, if it is valid at all, is itself in lower case: not an xn-- one.
_PLAIN_DOMAIN = re.compile(r"(?!(?:.*\.)?xn--)[a-z0-9.-]+", re.ASCII)
_NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_EXAMPLE = "for example alice@acme.example"
LONGEST_LOCAL = 64
LONGEST_ADDRESS = 254


@lru_cache(maxsize=262_144)
def _domain_of(domain: str) -> str:
    return _validated(f"postmaster@{domain}").rpartition("@")[2]


def _validated(text: str) -> str:
    # email-validator costs more to import than most commands take; see CONTRIBUTING.md.
    from email_validator import EmailNotValidError, validate_email

    try:
        # Trial stores use reserved domains such as .test.
        found = validate_email(text, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    return found.normalized.lower()


def normal_address(text: str) -> str:
    """The one spelling of a mailbox address; InvalidAddressError if it is not an address.

    Lower case, NFC, an xn-- domain in its Unicode form: `É.Roy@xn--bcher-kva.example` becomes
    `é.roy@bücher.example`.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        lowered = local.lower()
        if at and len(local) <= LONGEST_LOCAL and _PLAIN_LOCAL.fullmatch(lowered):
            address = f"{lowered}@{_domain_of(domain.lower())}"
            if len(address) <= LONGEST_ADDRESS:
                return address
        return _validated(text.strip())
    except ValueError as error:
        raise InvalidAddressError(
            f"{text!r} is not a mailbox address: {error}",
            hint=_hint(text.strip()),
        ) from None


def kept_spelling(text: str) -> str:
    """How an address is spelt in the store, if it is an address; else the text as it is.

    For looking up: whether a plain text is valid makes no difference where nobody has it, so the
    library is not asked.
    """
    lowered = text.strip().lower()
    local, _, domain = lowered.rpartition("@")
    if _PLAIN_LOCAL.fullmatch(local) and _PLAIN_DOMAIN.fullmatch(domain):
        return lowered
    try:
        return normal_address(text)
    except InvalidAddressError:
        return text


def _hint(text: str) -> str:
    """What was probably meant: mail programs copy a name before an address, or a list of them."""
    if bare := _NAMED.fullmatch(text):
        return f"give the address alone: {bare[1]}"
    several = re.split(r"\s*[,;]\s*", text)
    if len(several) > 1 and all("@" in part for part in several):
        return f"put blanks between several addresses: {' '.join(several)}"
    return _EXAMPLE


def domain_of(address: str) -> str:
    """The domain of a normal address."""
    return address.rpartition("@")[2]


def normal_email(text: str, what: str) -> str:
    """A profile's e-mail as `normal_address`, or UsageError (CLI, Exit statuses)."""
    try:
        return normal_address(text)
    except InvalidAddressError as error:
        refused = UsageError(f"the {what} {error.message}", hint=error.hint)
        # The hint has the value in it: every wrong one would be a cause of its own.
        refused.reason = f"is not valid; {_EXAMPLE}"
        raise refused from None
