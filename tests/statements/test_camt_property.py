"""Whatever a bank writes in a statement comes back as it was, in any version."""

import datetime as dt
import unicodedata
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.statements.camt_files import Page, batch, camt, entry
from tests.statements.readings import whole

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
# As texts are kept: composed, with single spaces.
TEXTS = st.text(LETTERS, max_size=30).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
WORDS = st.text(st.sampled_from("ABCdef123/-+"), min_size=1, max_size=35)
# A bank's word for no reference is none: these have digits.
REFERENCES = WORDS.map(lambda word: f"17{word}"[:35])
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)).map(str)
CENTS = st.integers(-(10**13), 10**13).filter(bool)


@st.composite
def movements(draw, parts=True):  # noqa: FBT002 - a part has no parts
    said = {
        "day": draw(DAYS),
        "value_on": draw(st.none() | DAYS),
        "reference": draw(st.just("") | REFERENCES),
    }
    details = {
        "name": draw(TEXTS),
        "iban": draw(
            st.sampled_from(["", "DE89370400440532013000", "FR7630006000011234567890189"])
        ),
        "end_to_end_id": draw(st.just("") | REFERENCES),
        "text": draw(TEXTS),
        "mandate": draw(st.just("") | WORDS),
        "message_id": draw(st.just("") | WORDS),
        "batch_id": draw(st.just("") | WORDS),
        "return_code": draw(st.sampled_from(["", "MD01", "AM04"])),
    }
    if parts and draw(st.booleans()):
        inner = draw(st.lists(movements(parts=False), min_size=2, max_size=4))
        # Old versions cannot say that a part has another sign than its entry.
        sign = draw(st.sampled_from([-1, 1]))
        return batch(*(replace(one, cents=sign * abs(one.cents)) for one in inner), **said)
    return entry(draw(CENTS), **said, **details)


def expected(movement):
    """What is read of a movement: one tuple for each of its parts."""
    for part in movement.parts or (movement,):
        yield (
            *(movement.day, movement.value_on, movement.reference),
            *(part.reference or movement.reference, part.cents, movement.cents),
            *(part.name, part.iban, part.end_to_end_id, part.text, part.mandate),
            *(part.message_id, part.batch_id, part.return_code),
        )


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["camt.052", "camt.053", "camt.054"]),
    st.integers(1, 14),
    st.lists(st.lists(movements(), max_size=4), min_size=1, max_size=3),
    CENTS,
)
def test_a_statement_is_read_back_as_it_was_written(kind, version, statements, opening):
    """Every movement once, in its order, to the cent and the letter."""
    pages = [
        Page(entries=one, opening=None if kind == "camt.054" else opening, identification=f"S{n}")
        for n, one in enumerate(statements)
    ]
    read_back = whole(camt(kind, *pages, version=version))
    found = [
        (
            *(one.booked_on, one.value_on, one.entry_reference),
            *(one.reference, one.amount_cents, one.entry_cents),
            *(one.name, one.iban, one.end_to_end_id, one.text, one.mandate),
            *(one.message_id, one.batch_id, one.return_code),
        )
        for one in read_back.entries
    ]
    assert found == [row for one in statements for movement in one for row in expected(movement)]
    assert len(read_back.heads) == len(statements)
    assert not [note for note in read_back.notes if "balances" not in note]
