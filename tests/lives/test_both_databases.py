"""Random lives on both databases at once: every answer is the same, and every row at the end.

The time stands still and the dice are loaded: keys of seals, salts and stamps are the same too.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from mailctl.store.engine import copying
from mailctl.store.engine.stores import store_at
from tests import on_server
from tests.helpers import Cli, Outcome
from tests.lives import many
from tests.lives.life import Life, Move, a_life
from tests.lives.test_lives import COMMON, RARE, STARTS, small

lives = many.lives(6)
# A crash inside of one of the two is the business of other tests.
MOVES = st.lists(
    st.tuples(
        st.sampled_from(COMMON) | st.sampled_from([move for move in RARE if move != "do_crash"]),
        small,
        small,
        small,
    ),
    min_size=5,
    max_size=25,
)


@contextmanager
def loaded(throw: int) -> Iterator[None]:
    """Random bytes that are the same for the same throw."""
    dice = random.Random(throw)
    with patch.object(os, "urandom", dice.randbytes), patch("random._urandom", dice.randbytes):
        yield


class Twins(Cli):
    """The command line on the same store in a file and on a server; they must say the same."""

    __slots__ = ("there", "throws")

    there: Cli
    throws: Iterator[int]

    def __call__(self, *argv: str, stdin: str = "") -> Outcome:
        """Run a command on both."""
        throw = next(self.throws)
        with loaded(throw):
            here = super().__call__(*argv, stdin=stdin)
        with loaded(throw):
            there = self.there(*argv, stdin=stdin)
        assert unplaced(here, self.store) == unplaced(there, self.there.store), argv
        return here


def unplaced(outcome: Outcome, store: object) -> tuple[int, str, str]:
    """What a command left, without the store's name."""
    out, err = (text.replace(str(store), "STORE") for text in (outcome.out, outcome.err))
    return outcome.status, out, err


@contextmanager
def twins(life: Life, database: str, folder: Path) -> Iterator[Life]:
    """The life goes on in two stores that begin equal."""
    with on_server.place(database, folder) as place:
        on_server.fill(place, life.cli.store)
        both = Twins(life.cli.store)
        object.__setattr__(both, "there", Cli(place))
        object.__setattr__(both, "throws", iter(range(1_000_000)))
        yield Life(both, life.oracle, life.frozen)


@lives
@given(start=st.sampled_from(STARTS), moves=MOVES, wall=st.booleans())
def test_a_life_is_the_same_in_a_file_and_on_a_server(
    start: str, moves: list[Move], database: str, *, wall: bool
) -> None:
    """To the digest of every table, and the head of the journal."""
    with ExitStack() as stack:
        if not wall:
            stack.enter_context(freeze_time(f"{start} 12:00:00"))
        life = stack.enter_context(a_life(start, wall=wall))
        both = stack.enter_context(twins(life, database, life.cli.store.parent))
        for move in moves:
            both.play(move)
        both.check()
        digests = []
        for store in (both.cli.store, both.cli.there.store):
            with store_at(store).read() as reader:
                digests.append(copying.digested(reader, lambda *_: None))
        assert digests[0] == digests[1]
