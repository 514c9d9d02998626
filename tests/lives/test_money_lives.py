"""Random lives with every kind of movement of money must end as the rules say, to the cent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lives import many
from tests.lives.documents import Documents
from tests.lives.life import Move
from tests.lives.money_life import MoneyLife, a_life_with_money

MOVES = [
    "do_order", "do_tick", "do_credit", "do_edit", "do_extend", "do_reopen", "do_later_credit",
    "do_give_back", "do_pay_invoice", "do_pay_order", "do_refund", "do_reverse", "do_grace",
    "do_method", "do_collect", "do_manual", "do_renew", "do_cancel", "do_resume", "do_price",
    "do_two_debts", "do_tick", "do_order", "do_tick", "do_import", "do_retention",
    "do_later_order", "do_failing_card", "do_failing_card", "do_collect", "do_reopen",
    "do_pay_order", "do_return", "do_late_money", "do_returned_debit", "do_return",
    "do_named_credit", "do_named_credit", "do_received",
]  # fmt: skip
# What is edited when all is issued.
LATER = (
    ("settings", "set", "seller-name", "Others"),
    ("settings", "set", "seller-iban", "FR7630006000011234567890189"),
    ("settings", "set", "collection-lead-days", "9"),
    ("settings", "set", "mentions-fr", "none"),
    ("offer", "edit", "email-pro", "--label", "Boxes"),
)
small = st.integers(0, 15)
moves = st.lists(st.tuples(st.sampled_from(MOVES), small, small, small), min_size=1, max_size=25)


def live(life: MoneyLife, moves: Sequence[Move]) -> None:
    """Do every move, looking at the documents, and at the whole store half-way and at the end."""
    documents = Documents(life.cli)
    for done, move in enumerate(moves, start=1):
        life.play(move)
        documents.look()
        if done in (len(moves) // 2, len(moves)):
            life.check()
    for line in LATER:
        life.cli.ok(*line)
    documents.look()


@many.lives(20, shrinking=False)
@given(start=st.sampled_from(["2026-01-29", "2024-01-31", "2026-11-30"]), moves=moves)
def test_a_life_with_all_its_money_ends_as_the_oracle_says(
    start: str, moves: list[Move], server_url: str | None
) -> None:
    with a_life_with_money(start, server_url) as life:
        live(life, moves)


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("between", [[], [("do_price", 0, 3, 0)], [("do_refund", 0, 1, 0)]])
@pytest.mark.parametrize("days", [1, 4, 13])
def test_orders_whose_money_has_come_end_as_the_oracle_says(
    which: int, between: list[Move], days: int, server_url: str | None
) -> None:
    """Paid at once, in parts, in debt, after a price changed, after the money was paid back."""
    with a_life_with_money("2026-01-29", server_url) as life:
        later: list[Move] = [("do_later_order", n, 1, n) for n in range(4)]
        named: list[Move] = [("do_named_credit", which + n, n, 0) for n in range(3)]
        moves = [*later, ("do_named_credit", which, 3, 0), *between, *named]
        for move in [*moves, *[("do_tick", days, 0, 0)] * 3, ("do_received", which, 3, 0)]:
            life.play(move)
        life.check()


@pytest.mark.parametrize("where", range(5))
def test_a_life_with_slow_answers_ends_as_the_oracle_says(
    where: int, server_url: str | None
) -> None:
    """A card is refused four times in two weeks; what it covered is due long since."""
    with a_life_with_money("2026-01-29", server_url) as life:
        slow: list[Move] = [("do_failing_card", where, 4, 3), ("do_reverse", where, 0, 0)]
        for move in [*slow, *[("do_tick", 3, 0, 0)] * 4]:
            life.play(move)
            life.check()


@pytest.mark.parametrize("often", [3, 5, 11])
def test_a_life_with_debits_that_come_back_ends_as_the_oracle_says(
    often: int, server_url: str | None
) -> None:
    """Settled and returned week after week, for lack of funds or by the payer's will."""
    with a_life_with_money("2026-01-29", server_url) as life:
        back: list[Move] = [("do_returned_debit", 0, often, 6), ("do_late_money", 0, 0, 0)]
        for move in [*back, ("do_return", 3, 0, 0), *[("do_tick", 3, 0, 0)] * 4]:
            life.play(move)
            life.check()
