"""What is typed becomes a value, or is refused with an example that is accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mailctl.cli.input import parse
from mailctl.errors import MailctlError

NUMBER = parse.whole(0, 365)


@pytest.mark.parametrize(
    ("parser", "typed", "value"),
    [
        (parse.day, "2026-01-31", date(2026, 1, 31)),
        (parse.day, "2000-01-01", date(2000, 1, 1)),
        (parse.amount, "10", 1000),
        (parse.amount, "10.5", 1050),
        (parse.amount, "10,50", 1050),
        (parse.rate, "8.1", 810),
        (NUMBER, "0", 0),
        (NUMBER, "365", 365),
        (parse.month, "2028-09", "2028-09"),
        (parse.duration, "90m", timedelta(minutes=90)),
        (parse.duration, "26h", timedelta(hours=26)),
        (parse.duration, "2d", timedelta(days=2)),
        (parse.reference("customer"), "customer/acme", "acme"),
        (parse.number("order"), "order/17", 17),
        (parse.digest, "AB" * 32, "ab" * 32),
        (parse.fields, "id, address,id", ("id", "address")),
        (parse.account_words, [" 3 ", "", "account/4", "a@b.example"], ["3", "4", "a@b.example"]),
        (parse.key, "k" * 100, "k" * 100),
    ],
)
def test_what_is_typed_becomes_a_value(
    parser: Callable[[Any], object], typed: object, value: object
) -> None:
    assert parser(typed) == value


@pytest.mark.parametrize(
    ("parser", "typed"),
    [
        (parse.day, "31.1.2026"),
        (parse.day, "2026-1-31"),
        (parse.day, "20260131"),
        (parse.day, "2026-02-29"),
        (parse.day, "1999-12-31"),
        (parse.day, "2201-01-01"),
        (parse.day, "\u0662026-01-31"),
        (parse.amount, "-10"),
        (parse.amount, "+10"),
        (parse.amount, "1e3"),
        (parse.amount, "10.505"),
        (parse.amount, "1,000.50"),
        (parse.rate, "-20"),
        (parse.rate, "twenty"),
        (NUMBER, "-1"),
        (NUMBER, "366"),
        (NUMBER, "1.0"),
        (parse.month, "2028-13"),
        (parse.month, "9/2028"),
        (parse.duration, "0d"),
        (parse.duration, "2w"),
        (parse.number("order"), "invoice/17"),
        (parse.choice("monthly", "yearly"), "weekly"),
        (parse.file_name, ""),
        (parse.file_name, "a\nb"),
        (parse.file_name, "x" * 256),
        (parse.digest, "ab" * 31),
        (parse.key, ""),
        (parse.key, "k" * 101),
    ],
)
def test_what_is_malformed_is_refused_with_an_example(
    parser: Callable[[str], object], typed: str
) -> None:
    with pytest.raises(parse.BadValue) as refused:
        parser(typed)
    assert refused.value.hint


def test_a_text_of_several_lines_is_refused() -> None:
    with pytest.raises(MailctlError):
        parse.free_text("one\ntwo")
