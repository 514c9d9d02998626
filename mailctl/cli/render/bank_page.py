"""An entry of a bank statement as a page: what the bank wrote, whose it is, what it booked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mailctl.cli.render.document import Line, commands, heading, labelled, rows
from mailctl.domain.money import money
from mailctl.hints import command, named

Values = Mapping[str, Any]

_STATES = {
    "unmatched": "unmatched: nobody knows yet whose money it is",
    "proposed": "proposed, not booked",
    "booked": "booked",
    "ignored": "ignored: it stays out of the books",
}


def entry(one: Values, width: int) -> Iterator[Line]:
    """How far it is and why, the bank's words, its bookings, and the commands that go on."""
    yield heading(
        f"Entry {one['id']}: {money(one['amount_cents'], one['currency'])} on {one['on']}"
        f"{_if(one['name'], ', {}')}"
    )
    yield labelled("State", [_STATES[one["state"]], *_whose(one), _if(one["decided_on"], "on {}")])
    for label, value in (
        ("Because", one["evidence"]),
        ("Reason", one["reason"]),
        ("Text", one["text"]),
    ):
        if value:
            yield labelled(label, [str(value)])
    yield from _bank(one)
    yield from _bookings(one)
    if pairs := list(_commands(one)):
        yield heading("Commands")
        yield from commands(pairs, width)


def _if(value: object, text: str) -> str:
    return "" if value in (None, "") else text.format(value)


def _whose(one: Values) -> list[str]:
    return [
        _if(one["customer"], "customer {}"),
        _if(one["invoice"], "invoice {}"),
        _if(one["order"], "order {}"),
        _if(one["payment"], "payment {}"),
        _if(one["same_as"], "see entry {}"),
    ]


def _bank(one: Values) -> Iterator[Line]:
    """What the bank wrote, and in which file."""
    if one["iban"]:
        yield labelled("IBAN", [str(one["iban"])])
    references = [
        _if(one["creditor_reference"], "{}"),
        _if(one["end_to_end_id"], "EndToEndId {}"),
        _if(one["reference"], "the bank's {}"),
    ]
    if any(references):
        yield labelled("References", references)
    yield labelled("Days", [f"booked {one['on']}", _if(one["value_on"], "value {}")])
    if one["parts"] > 1:
        yield labelled("Batch", [f"part {one['part']:,} of {one['parts']:,}"])
    yield labelled("Statement", [
        _if(one["statement"], "{}"),
        f"account {one['account']}",
        f"{one['file_kind']} in {one['file']}",
        f"taken {one['taken_on']}",
    ])  # fmt: skip
    for name, value in sorted(one["details"].items()):
        if value not in (None, "", 0, False, {}, []):
            yield labelled("Bank", [f"{name.replace('_', ' ')}: {_plain(value)}"])


def _plain(value: object) -> str:
    if value is True:
        return "yes"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _bookings(one: Values) -> Iterator[Line]:
    found: Sequence[Values] = one["bookings"]
    if not found:
        return
    yield heading("In the books")
    yield from rows(
        [
            f"row {row['seq']} of {row['customer']}",
            f"{row['kind']} of {row['on']}",
            money(row["amount_cents"], one["currency"]),
            "recorded before, linked" if row["linked"] else "",
            _if(row["undone_on"], "undone {}"),
        ]
        for row in found
    )


def _commands(one: Values) -> Iterator[tuple[str, str]]:
    """What a person may type next, by the state."""
    number, state = one["id"], one["state"]
    if state == "proposed":
        yield "do what is proposed", command("bank", "accept", number)
    if state in ("unmatched", "proposed"):
        if one["amount_cents"] > 0:
            yield "say whose it is", command("bank", "match", number, "--customer", "C")
        yield "keep it out", command("bank", "ignore", number, "--reason", "T")
    if state == "booked" or (state == "ignored" and one["matched_by"] == "hand"):
        yield "take it back", command("bank", "undo", number)
    if one["customer"]:
        who = named("customer", one["customer"])
        yield "the money of the customer", command("prepaid", "statement", who)
    if one["same_as"]:
        yield "the other entry", command("bank", "show", one["same_as"])
    if state == "unmatched" and one["name"]:
        yield "who that may be", command("find", one["name"])
