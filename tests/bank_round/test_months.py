"""Random months with a bank: each customer's money is what the oracle says, after every step."""

from __future__ import annotations

import pytest

from tests.bank_round.life import a_life
from tests.helpers import Cli
from tests.lives.many import how_many

DAYS = 40


@pytest.mark.parametrize("seed", range(how_many(6)))
def test_months_with_a_bank_end_with_the_books_equal_to_its_account(cli: Cli, seed: int) -> None:
    """Files late, twice, overlapping and out of order, imports killed, debits refused and returned,
    transfers that name much or little, and persons who record and undo between.
    """
    with a_life(cli, seed) as life:
        for _ in range(DAYS):
            life.day()
        life.end()
