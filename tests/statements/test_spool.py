"""What was read waits outside of memory, and ends with its reader."""

import io
import tracemalloc
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pytest

from mailctl.errors import BankFileInvalidError
from mailctl.statements import source
from mailctl.statements.reading import read
from mailctl.statements.spool import Rows
from tests.statements.camt_files import DAY, SELLER_IBAN, batch, camt053, entry

COUNT = 8_000
OPEN = Path("/proc/self/fd")


def many(count=COUNT):
    return [entry(1 + n, end_to_end_id=f"E{n}", text="x" * 100) for n in range(count)]


@pytest.mark.parametrize(
    "data", [camt053(*many()), camt053(batch(*many()))], ids=["entries", "one batch"]
)
def test_many_entries_take_no_memory(data):
    """A large host's month is imported on a small server."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    with read(io.BytesIO(data), name="x") as reading:
        assert sum(1 for _, entries in reading.statements() for _ in entries) == COUNT
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert peak < 1_500_000 < len(data)


def test_a_batch_of_many_has_each_part_in_its_order():
    """Also where they did not fit into memory together."""
    with read(io.BytesIO(camt053(batch(*many(1_300)))), name="x") as reading:
        ((_, entries),) = reading.statements()
        found = [(one.part, one.parts, one.amount_cents, one.end_to_end_id) for one in entries]
    assert found == [(n + 1, 1_300, n + 1, f"E{n}") for n in range(1_300)]


def test_batches_beside_each_other_stay_apart():
    """The details of one are none of the next."""
    data = camt053(batch(*many(700)), entry(7), batch(*many(600)))
    with read(io.BytesIO(data), name="x") as reading:
        ((_, entries),) = reading.statements()
        assert [one.parts for one in entries] == [700] * 700 + [1] + [600] * 600


def test_rows_are_read_beside_each_other():
    """Two passes at once, as a comparison needs them."""
    with Rows() as rows:
        for number in range(1_000):
            rows.add((number, "text", None))
        first, second = rows.rows(), rows.rows()
        assert next(first) == (0, "text", None)
        assert [number for number, *_ in islice(second, 500)] == list(range(500))
        assert [number for number, *_ in first] == list(range(1, 1_000))
        rows.clear()
        assert list(rows.rows()) == []


def test_a_hundred_small_files_wait_without_a_file_each():
    """A folder of a year's statements is imported in one command."""
    data = camt053(entry(5))
    before = len(list(OPEN.iterdir()))
    with ExitStack() as opened:
        for _ in range(100):
            opened.enter_context(read(io.BytesIO(data), name="x"))
        assert len(list(OPEN.iterdir())) - before < 5


def test_a_file_without_end_is_given_up(monkeypatch):
    """No bank sends as much; a program that writes without end does."""
    monkeypatch.setattr(source, "LARGEST", 1 << 20)
    with pytest.raises(BankFileInvalidError, match="the file has more than"):
        read(io.BytesIO(camt053(*many(4_000))), name="x")


def test_a_reading_that_ended_gives_its_files_back():
    """Nothing stays on the disk, also after a refusal."""
    with read(io.BytesIO(camt053(entry(5))), name="x") as reading:
        statements = reading.statements()
        assert next(statements)[0][:2] == (SELLER_IBAN, "EUR")
    with pytest.raises(ValueError, match="closed file"):
        list(next(reading.statements())[1])


def test_a_stream_that_cannot_be_read_twice_is_enough():
    """`bank import -` reads from a pipe, which gives what is there."""

    class Pipe(io.RawIOBase):
        left = io.BytesIO(camt053(entry(5)))

        def read(self, size=-1):
            return self.left.read(min(size, 7))

    with read(Pipe(), name="-") as reading:
        ((_, entries),) = reading.statements()
        assert [one.booked_on for one in entries] == [DAY]
