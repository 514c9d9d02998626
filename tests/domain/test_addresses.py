"""Addresses of a whole host: the short way gives the same verdict as the library."""

from __future__ import annotations

from itertools import product

import pytest
from email_validator import EmailNotValidError, validate_email

from mailctl.domain.addresses import kept_spelling, normal_address, normal_email
from mailctl.errors import InvalidAddressError, UsageError

ODD = (
    "a.Z0!#$%&'*+/=?^_`{|}~-\"(),:;<>@[\\] \t"
    "\u00e9\u0130\u017f\u00df\u0301\u200d\uff41\u0661\u4e2d\u212a"
)
LOCALS = (
    *("a", "A.b", ".a", "a.", "a..b", "", "postmaster", '"a b"', '"a"', "a+b", "x" * 64, "x" * 65),
    *(
        "é",
        "e\u0301",
        "ﬁ",
        "İ",
        "ß",
        "\u017f",
        "ΑΣ",
        "日本",
        "a\u200db",
        "a\u00adb",
        "É" * 33,
        "-a-",
        "_",
    ),
    *(f"x{one}y" for one in ODD),
    *(f"{one}x" for one in ODD),
    *(f"x.{one}" for one in ODD),
)
DOMAINS = (
    *("acme.example", "ACME.Example", "a.test", "localhost", "acme", "", ".", "acme..example"),
    *("-acme.example", "acme-.example", "ac--me.example", "acme.example.", ".acme.example"),
    *("bücher.example", "BÜCHER.example", "bu\u0308cher.example", "xn--bcher-kva.example"),
    *(
        "xn--a.example",
        "xn--.example",
        "faß.example",
        "日本.test",
        "日本。test",
        "\uff41cme.example",
    ),
    *("a_b.example", "a b.example", "acme.example ", " acme.example", "[127.0.0.1]", "127.0.0.1"),
    *("acme.c", "acme.123", "x" * 63 + ".example", "x" * 64 + ".example", "İ.example"),
    *(".".join(["x" * 60] * 3) + ".example", ".".join(["x" * 50] * 5), "a.onion", "a.local"),
    *(
        "é" * 55 + ".example",
        "acme.EXAMPLE",
        "ACME.example",
        "straße.test",
        "ς.test",
        "a\u200db.test",
    ),
    *(f"d{n}.example" for n in range(40)),
)


def verdict_of_library(text: str) -> str | None:
    """The library's normal form in lower case, or None where it refuses the address."""
    try:
        found = validate_email(
            text.strip(), check_deliverability=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        return None
    return found.normalized.lower()


def verdict(text: str) -> str | None:
    """The same of mailctl."""
    try:
        return normal_address(text)
    except InvalidAddressError:
        return None


def test_an_address_is_looked_up_as_it_is_kept() -> None:
    """However an address is typed, what is looked up is the one spelling that the store has."""
    odd = [f"{local}@{domain}" for local, domain in product(LOCALS, DOMAINS)]

    wrong = {
        text: kept_spelling(text)
        for text in odd
        if (kept := verdict(text)) is not None and kept_spelling(text) != kept
    }
    assert wrong == {}
    assert kept_spelling("Not an address") == "Not an address"


def test_ten_thousand_odd_addresses_are_judged_as_the_library_does() -> None:
    """Each domain is judged once and plain local parts by one rule: nothing differs for that."""
    odd = [f"{local}@{domain}" for local, domain in product(LOCALS, DOMAINS)]

    assert len(odd) >= 10_000
    different = {
        text: (mine, other)
        for text in odd
        if (mine := verdict(text)) != (other := verdict_of_library(text))
    }
    assert different == {}


@pytest.mark.parametrize("text", ["Bob <bob@acme.example>", "a@x.example, b@x.example", "nobody"])
def test_wrong_emails_of_a_profile_have_one_cause(text: str) -> None:
    """What helps has the value in it; the cause that lines are grouped by has not."""
    with pytest.raises(UsageError) as refused:
        normal_email(text, "e-mail")

    assert refused.value.general == "is not valid; for example alice@acme.example"
