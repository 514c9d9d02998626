"""`advise` on bank statements: what waits for a person since when, and what does not come."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.helpers import Cli
from tests.insight.advised import codes, play
from tests.insight.planted_entries import plant
from tests.store.plain import opened

PROPOSED = {
    "state": "proposed",
    "evidence": "its IBAN is that of mandate M-1, and 18.40 EUR is what acme owes.",
    "name": "Acme SARL",
}


def advised(cli: Cli, code: str, *words: str) -> list[dict[str, str]]:
    """The findings of a code."""
    return [one for one in cli.ok("advise", *words)["items"] if one["code"] == code]


def test_a_proposal_is_told_with_what_speaks_for_it(well: Cli) -> None:
    """Whose it would be, since when it waits, and the command that accepts it."""
    plant(well.store, {**PROPOSED, "customer_id": 1}, {**PROPOSED, "amount_cents": -1840})
    unknown, first = advised(well, "bank-proposed")
    assert first["message"] == (
        "Entry 1, 18.40 EUR of 2026-01-01 from Acme SARL, has waited for your yes since "
        "2026-01-01, for acme: its IBAN is that of mandate M-1, and 18.40 EUR is what acme owes. "
        "If that is right: mailctl bank accept 1. All that the bank wrote:"
    )
    assert (first["customer"], first["command"]) == ("acme", "mailctl bank show 1")
    assert unknown["message"].startswith("Entry 2, -18.40 EUR of 2026-01-01 to Acme SARL, has")
    assert [one["subject"] for one in advised(well, "bank-proposed", "acme")] == ["entry/1"]


def test_what_nothing_was_found_for_is_told_in_one(well: Cli) -> None:
    """Credits and debits apart, with the sum of what came; what is decided waits no more."""
    ignored = {"state": "ignored", "matched_by": "hand", "reason": "interest"}
    plant(well.store, {}, {"amount_cents": 160}, {"amount_cents": -350}, ignored)
    (found,) = advised(well, "bank-unmatched")
    assert found["severity"] == "warning"
    assert found["message"].startswith(
        "2 credits (20.00 EUR in all) and 1 debit on the bank's statements have not been matched, "
        "the oldest since 2026-01-01. "
    )
    assert found["command"] == "mailctl bank list --unmatched"
    assert advised(well, "bank-unmatched", "acme") == []


def test_one_credit_is_told_as_one(well: Cli) -> None:
    """A sum of one is no sum."""
    plant(well.store, {})
    (found,) = advised(well, "bank-unmatched")
    assert found["message"].startswith(
        "1 credit (18.40 EUR) on the bank's statements has not been matched, "
    )


def test_only_charges_of_the_bank_are_less_urgent(well: Cli) -> None:
    """No customer waits for them; an entry of 0.00 waits for nobody."""
    plant(well.store, {"amount_cents": -350}, {"amount_cents": 0})
    (found,) = advised(well, "bank-unmatched")
    assert found["severity"] == "info"
    assert found["message"].startswith("1 debit on the bank's statements has not been matched")


@pytest.mark.parametrize(
    ("from_on", "to", "missed"),
    [
        # Of 2026-01-01 alone: the next should be that of the 2nd; the 3rd and 4th are a weekend.
        ("2026-01-01", "2026-01-07", None),
        ("2026-01-01", "2026-01-08", 4),
        ("2026-01-01", "2026-01-12", 6),
        # Of the whole of December: the next may be as long.
        ("2025-12-01", "2026-02-04", None),
        ("2025-12-01", "2026-02-05", 4),
    ],
)
def test_a_bank_that_has_become_silent_is_told(
    well: Cli, from_on: str, to: str, missed: int | None
) -> None:
    """After four banking days; a bank that sends one a month is not silent after a week."""
    plant(well.store)
    with opened(well.store) as base:
        base.execute(
            "INSERT INTO bank_statement "
            "(id, file_id, kind, account, currency, identification, from_on, to_on) "
            f"VALUES (2, 1, 'camt.053', 'FR76', 'EUR', 'S-2', '{from_on}', '2026-01-01')"
        )
    play(well, f"tick --to {to}")
    told = (
        f"The bank's statements reach to 2026-01-01, and the next has been missing for {missed} "
        "banking days"
    )
    found = advised(well, "bank-silent")
    assert [one["message"].split(":")[0] for one in found] == ([told] if missed else [])


def test_a_statement_that_is_missing_between_two_others_is_told(well: Cli) -> None:
    """With the account, the days, and by how much the balances differ; until it is there."""
    plant(well.store)

    def statement(key: int, day: str, opening: int, closing: int) -> None:
        with opened(well.store) as base:
            base.execute(
                "INSERT INTO bank_statement (id, file_id, kind, account, currency, identification, "
                "from_on, to_on, opening_on, opening_cents, closing_on, closing_cents) VALUES "
                f"({key}, 1, 'camt.053', 'FR76', 'EUR', 'S-{key}', '{day}', '{day}', '{day}', "
                f"{opening}, '{day}', {closing})"
            )

    statement(2, "2025-12-29", 0, 1000)
    statement(3, "2025-12-31", 2840, 3000)
    (found,) = advised(well, "bank-gap")
    assert found["message"].startswith(
        "Between the statement of FR76 that ends on 2025-12-29 and the one that begins on "
        "2025-12-31 something is missing: the balances differ by 18.40 EUR. "
    )
    assert advised(well, "bank-gap", "acme") == []
    statement(4, "2025-12-30", 1000, 2840)
    assert advised(well, "bank-gap") == []


def test_each_command_shows_what_it_is_about(well: Cli) -> None:
    """What is printed can be typed; accepted and ignored entries wait no more."""
    plant(well.store, {**PROPOSED, "customer_id": 1, "matched_by": "iban"}, {"amount_cents": -350})
    for code, seen in (("bank-proposed", "mailctl bank accept 1"), ("bank-unmatched", "-3.50")):
        (found,) = advised(well, code)
        done = well(*shlex.split(found["command"])[1:], "-o", "table")
        assert (done.status, seen in done.out) == (0, True), done
    well.ok("bank", "accept", "1")
    well.ok("bank", "ignore", "2", "--reason", "charges")
    assert [one for one in codes(well) if one.startswith("bank-")] == []


def test_who_never_took_a_statement_in_is_not_told_of_any(well: Cli) -> None:
    """Whoever enters transfers by hand is left alone."""
    play(well, "tick --to 2026-03-05")
    assert advised(well, "bank-silent") == []


def test_a_direct_debit_without_answer_leads_to_the_statement(well: Cli, tmp_path: Path) -> None:
    """The bank answers by its statement; a gateway by its own report."""
    play(
        well,
        "prepaid refund acme 498.80 --reason moved -y\n"
        "account order pro ben@acme.example -y\n"
        f"payment export --kind paypal --format csv --to {tmp_path}/p.csv\n"
        "tick --to 2026-01-07",
    )
    (found,) = advised(well, "payment-unanswered")
    assert "Look at the gateway's report. If the money did not arrive" in found["message"]
