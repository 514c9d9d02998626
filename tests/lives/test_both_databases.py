"""Random lives on both databases at once: every answer is the same, and every row at the end.

The time stands still and the dice are loaded: keys of seals, salts and stamps are the same too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from tests import on_server
from tests.helpers import Cli
from tests.lives import many
from tests.lives.documents import documents_of
from tests.lives.life import Life, Move, a_life
from tests.lives.test_lives import COMMON, RARE, STARTS, small
from tests.twins import Twins

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
def twins(life: Life, database: str, folder: Path) -> Iterator[Life]:
    """The life goes on in two stores that begin equal."""
    with on_server.place(database, folder) as place:
        on_server.fill(place, life.cli.store)
        both = Twins(life.cli.store, place)
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
        assert isinstance(both.cli, Twins)
        here, there = both.cli.digests()
        assert here == there
        ours, theirs = (
            documents_of(Cli(store)) for store in (both.cli.store, both.cli.there.store)
        )
        assert ours == theirs
