"""Territories outside the tax of the country that an address names, by postcode (rules 3).

Addresses there are often written with the country that they belong to.
"""

from __future__ import annotations

import re

from mailctl.values import Value


class Territory(Value):
    """A part of a country with another tax; `code` is its own country code, if it has one."""

    name: str
    code: str | None = None


# By country: the beginnings of postcodes, the longer ones before those that they begin with.
_BY_POSTCODE: dict[str, tuple[tuple[str, Territory], ...]] = {
    "ES": (
        ("35", Territory(name="the Canary Islands")),
        ("38", Territory(name="the Canary Islands")),
        ("51", Territory(name="Ceuta")),
        ("52", Territory(name="Melilla")),
    ),
    "DE": (("78266", Territory(name="Büsingen")), ("27498", Territory(name="Helgoland"))),
    "IT": (
        ("23041", Territory(name="Livigno")),
        ("22061", Territory(name="Campione d'Italia")),
        # As it was until 2020, and is still written.
        ("6911", Territory(name="Campione d'Italia")),
    ),
    "GR": (("63086", Territory(name="Mount Athos")),),
    "FI": (("22", Territory(name="Åland", code="AX")),),
    "FR": (
        ("97133", Territory(name="Saint Barthélemy", code="BL")),
        ("97150", Territory(name="Saint Martin", code="MF")),
        ("971", Territory(name="Guadeloupe", code="GP")),
        ("972", Territory(name="Martinique", code="MQ")),
        ("973", Territory(name="French Guiana", code="GF")),
        ("974", Territory(name="Réunion", code="RE")),
        ("975", Territory(name="Saint Pierre and Miquelon", code="PM")),
        ("976", Territory(name="Mayotte", code="YT")),
        ("984", Territory(name="the French Southern Territories", code="TF")),
        ("986", Territory(name="Wallis and Futuna", code="WF")),
        ("987", Territory(name="French Polynesia", code="PF")),
        ("988", Territory(name="New Caledonia", code="NC")),
    ),
}
_PREFIX = re.compile(r"^[A-Z]{1,2}-?")
_LENGTHS = (4, 5)

COUNTRIES = tuple(sorted(_BY_POSTCODE))
"""The countries that have such parts."""


def territory_of(country: str, postcode: str | None) -> Territory | None:
    """The territory that a postcode of a country lies in; None for the country itself."""
    digits = _PREFIX.sub("", "".join((postcode or "").split()).upper())
    if len(digits) not in _LENGTHS or not (digits.isascii() and digits.isdecimal()):
        return None
    for start, territory in _BY_POSTCODE.get(country, ()):
        # Four digits are the old code of Campione alone; elsewhere they begin another place's.
        if digits.startswith(start) and len(digits) == (4 if len(start) == 4 else 5):
            return territory
    return None
