"""Which accounts of a chart the books are written to, for accounting programs (rules 15).

The usual ones of the French plan comptable and of DATEV's SKR03 and SKR04; a setting names what
differs, as `bank=512100 sales=706300`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailctl.close_words import close_words
from mailctl.errors import UsageError

FEC_USUAL = {
    "customers": "411000",
    "prepaid": "419100",
    "sales": "706000",
    "sales-eu": "706100",
    "sales-oss": "706200",
    "sales-outside": "706300",
    "vat": "445710",
    "vat-oss": "445715",
    "bank": "512000",
    "card": "511500",
    "paypal": "517000",
    "opening": "890000",
}
"""By what they are for; `customers` is what is owed, `prepaid` what was paid ahead."""

DATEV_USUAL = {
    "SKR03": {
        "customers": "10000",
        "sales": "8400",
        "sales-net": "8200",
        "sales-eu": "8336",
        "sales-oss": "8320",
        "sales-oss-net": "8339",
        "sales-outside": "8338",
        "vat": "1770",
        "vat-oss": "1768",
        "bank": "1200",
        "card": "1360",
        "paypal": "1360",
        "opening": "9008",
        "oss-key": "240",
    },
    "SKR04": {
        "customers": "10000",
        "sales": "4400",
        "sales-net": "4200",
        "sales-eu": "4336",
        "sales-oss": "4320",
        "sales-oss-net": "4339",
        "sales-outside": "4338",
        "vat": "3800",
        "vat-oss": "3818",
        "bank": "1800",
        "card": "1460",
        "paypal": "1460",
        "opening": "9008",
        "oss-key": "240",
    },
}
"""By chart. `sales` computes German tax of 19 % out of a gross amount; the `-net` ones do not.

`customers` is what each customer's own account is counted from; `oss-key` the tax key of sales to
another member state with its tax, 0 for two rows, net and tax.
"""

CHARTS = tuple(DATEV_USUAL)
_ITEM = re.compile(r"([a-z-]+)=([0-9A-Z]+)", re.ASCII)
_FEC_NUMBER = re.compile(r"[1-8][0-9]{2}[0-9A-Z]{0,17}", re.ASCII)
_DATEV_NUMBER = re.compile(r"[0-9]{1,8}", re.ASCII)


def fec_accounts(setting: str) -> dict[str, str]:
    """All accounts of the FEC, with what the setting changes."""
    return FEC_USUAL | _read(setting)


def datev_accounts(setting: str, chart: str) -> dict[str, str]:
    """All accounts of a chart of DATEV, with what the setting changes."""
    return DATEV_USUAL[chart] | _read(setting)


def _read(kept: str) -> dict[str, str]:
    return dict(item.split("=") for item in kept.split())


def kept_fec_accounts(name: str, text: str) -> str:
    """What differs from the usual accounts, as it is kept; UsageError where it is none."""
    return _kept(name, text, FEC_USUAL, _FEC_NUMBER, "a number of the plan comptable, as 706100")


def kept_datev_accounts(name: str, text: str) -> str:
    """What differs from the usual accounts of either chart; UsageError where it is none."""
    return _kept(name, text, DATEV_USUAL["SKR03"], _DATEV_NUMBER, "at most 8 digits, as 8400")


def _kept(
    name: str, text: str, usual: Mapping[str, str], number: re.Pattern[str], form: str
) -> str:
    found: dict[str, str] = {}
    for item in text.replace(",", " ").split():
        match = _ITEM.fullmatch(item)
        if match is None:
            raise UsageError(
                f"{name} is a list such as bank={usual['bank']}, not {item!r}",
                hint=f"the names are {', '.join(usual)}",
            )
        what, account = match.groups()
        if what not in usual:
            close = close_words(what, usual)
            raise UsageError(
                f"{name} has no account for {what!r}",
                hint=f"did you mean {close[0]}?" if close else f"the names are {', '.join(usual)}",
            )
        if number.fullmatch(account) is None:
            raise UsageError(f"{what} in {name} is {form}, not {account!r}")
        found[what] = account
    return " ".join(f"{what}={account}" for what, account in found.items())
