"""Random years: nothing ends unannounced, nothing is announced that does not happen, all once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailctl.store.engine.stores import store_at
from mailctl.store.queries.notice_validity import accounts_still_named, is_outdated
from tests.lives import many
from tests.lives.life import Move
from tests.notices.announced import outdated_debts, still_true, wrong
from tests.notices.announced_lives import AnnouncedLife, a_watched_life

MOVES = [
    "do_rest", "do_order", "do_tick", "do_tick", "do_tick", "do_near_end", "do_near_end",
    "do_near_end", "do_renew", "do_renew_all", "do_manual", "do_cancel", "do_resume",
    "do_change_of_mind", "do_import", "do_import", "do_extend", "do_reopen", "do_days",
    "do_retention", "do_card", "do_remove", "do_collect", "do_failing_card", "do_two_debts",
    "do_credit", "do_pay_some", "do_pay_some", "do_reverse", "do_grace", "do_give_back",
    "do_later_order", "do_pay_order", "do_edit", "do_platform", "do_wait", "do_delete",
    "do_method", "do_break", "do_break", "do_last_term", "do_rescue", "do_rescue",
    "do_late_days", "do_return", "do_returned_debit", "do_returned_debit", "do_late_money",
]  # fmt: skip
small = st.integers(0, 15)
moves = st.lists(st.tuples(st.sampled_from(MOVES), small, small, small), min_size=15, max_size=30)
starts = st.sampled_from(["2026-01-29", "2024-01-31", "2026-11-30", "2026-06-15"])


def live(start: str, moves: list[Move], *, wall: bool) -> None:
    """Do every move, then read what was told and what happened."""
    with a_watched_life(start, wall=wall) as life:
        for move in moves:
            life.play(move)
        check_what_is_outdated(life)
        life.do_tick(9, 0, 0)
        assert wrong(life.looks) == []


def check_what_is_outdated(life: AnnouncedLife) -> None:
    """Each reminder that was ever queued is true now for whom it should be."""
    with store_at(life.cli.store).read() as reader:
        expected = still_true(life.looks, reader.today)
        assert {number: accounts_still_named(reader, number) for number in expected} == expected
        debts = outdated_debts(life.looks, reader.today)
        ended = debts | {number: not accounts for number, accounts in expected.items()}
        assert {number: is_outdated(reader, number) for number in ended} == ended


@many.lives(9)
@given(start=starts, moves=moves)
def test_in_a_life_of_daily_ticks_all_is_announced_once_and_happens(
    start: str, moves: list[Move]
) -> None:
    live(start, moves, wall=False)


@many.lives(9)
@given(start=starts, moves=moves)
def test_in_a_life_of_late_ticks_all_is_announced_once_and_happens(
    start: str, moves: list[Move]
) -> None:
    live(start, moves, wall=True)
