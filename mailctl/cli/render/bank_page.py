"""An entry of a bank statement as a page: what the bank wrote, whose it is, what it booked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mailctl.cli.render.document import Line, commands, heading, labelled, rows
from mailctl.domain.answers import CODES
from mailctl.domain.money import money
from mailctl.hints import command, named

Values = Mapping[str, Any]

_STATES = {
    "unmatched": "unmatched: nobody knows yet whose money it is",
    "proposed": "proposed{}: nothing is booked",
    "booked": "booked{}",
    "ignored": "ignored: it stays out of the books",
}


def entry(one: Values, width: int) -> Iterator[Line]:
    """How far it is and why, the bank's words, its bookings, and the commands that go on."""
    yield heading(
        f"Entry {one['id']}: {money(one['amount_cents'], one['currency'])} on {one['on']}"
        f"{_if(one['name'], ', {}')}"
    )
    yield labelled("State", [
        _STATES[one["state"]].format(_whose(one)),
        _if(one["decided_on"], "since {}"),
        _if(one["same_as"], "see entry {}"),
    ])  # fmt: skip
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
    return "" if value in (None, "", 0) else text.format(value)


def _whose(one: Values) -> str:
    """For whom, and for what of theirs."""
    parts = [
        _if(one["customer"], "{}"),
        _if(one["invoice"], "invoice {}"),
        _if(one["order"], "order {}"),
        _if(one["payment"], "payment {}"),
    ]
    return _if(", ".join(filter(None, parts)), " for {}")


def _bank(one: Values) -> Iterator[Line]:
    """What the bank wrote, and in which file."""
    if one["iban"]:
        yield labelled("IBAN", [str(one["iban"])])
    details: Values = one["details"]
    yield from _lines(
        "References",
        _if(one["creditor_reference"], "{}"),
        _if(one["end_to_end_id"], "EndToEndId {}"),
        _if(details.get("mandate"), "mandate {}"),
        _if(one["reference"], "the bank's {}"),
    )
    yield labelled("Days", [f"booked {one['on']}", _if(one["value_on"], "value {}")])
    yield from _lines("Returned", _returned(details))
    yield from _lines(
        "Reversal", "the bank took it back itself" if details.get("is_reversal") else ""
    )
    charges = details.get("charges_cents")
    yield from _lines("Charges", money(charges, one["currency"]) if charges else "")
    yield from _lines(
        "Batch",
        f"part {one['part']:,} of {one['parts']:,}" if one["parts"] > 1 else "",
        _if(details.get("batch_id"), "{}"),
        _if(details.get("message_id"), "message {}"),
        _if(details.get("batch_count"), "transactions: {}"),
    )
    yield from _lines("Kind", _if(details.get("bank_code"), "{}"))
    yield labelled("Statement", [
        _if(one["statement"], "{}"),
        f"account {one['account']}",
        f"{one['file_kind']} in {one['file']}",
        f"taken {one['taken_on']}",
    ])  # fmt: skip
    for place, text in _rest(details.get("rest")):
        yield labelled("Not read", [f"{place}: {text}"])


def _lines(label: str, *parts: str) -> Iterator[Line]:
    """A line, where there is anything to say."""
    if any(parts):
        yield labelled(label, parts)


def _returned(details: Values) -> str:
    """Why the bank took the money back, as it says it."""
    code = details.get("return_code")
    if not code:
        return ""
    return ": ".join(filter(None, (code, CODES.get(code, ""), details.get("return_text", ""))))


def _rest(written: object) -> Iterator[tuple[str, str]]:
    """What of the entry was not understood, by its place in the file."""
    found = json.loads(written) if isinstance(written, str) and written else written
    if isinstance(found, dict):
        for place, text in found.items():
            yield (
                str(place),
                text if isinstance(text, str) else json.dumps(text, ensure_ascii=False),
            )


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
    is_open = state in ("unmatched", "proposed")
    if state == "proposed":
        yield "do what is proposed", command("bank", "accept", number)
    if is_open and one["amount_cents"] > 0:
        yield "say what it is for", command("bank", "match", number, "--invoice", "NUMBER")
        yield "or only whose it is", command("bank", "match", number, "--customer", "CUSTOMER")
    if is_open and one["details"].get("return_code"):
        yield "say which debit came back", command("bank", "match", number, "--payment", "ID")
    if is_open:
        yield "keep it out of the books", command("bank", "ignore", number, "--reason", "TEXT")
    if state == "booked" or (state == "ignored" and one["matched_by"] == "hand"):
        yield "take it back", command("bank", "undo", number)
    if one["customer"]:
        who = named("customer", one["customer"])
        yield "the customer's money", command("prepaid", "statement", who)
    if one["same_as"]:
        yield "the other entry", command("bank", "show", one["same_as"])
    if state == "unmatched" and one["name"]:
        yield "who that may be", command("find", one["name"])
