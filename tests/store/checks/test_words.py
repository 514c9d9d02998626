"""The check of the words that `find` looks for computes them by itself, and agrees.

It may neither overlook a word nor raise a false alarm, whatever people are called.
"""

from __future__ import annotations

import random
import unicodedata

import pytest

from mailctl.domain.prepaid import MovementKind
from mailctl.store import customers, domains, ledger
from mailctl.store.checks.words import VALIDATORS
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.word_rows import SOURCES
from tests.helpers import Cli
from tests.store.plain import opened, rows

_SCRIPTS = ((32, 0x250), (0x250, 0x3000), (0x3000, 0xD7FF), (0xE000, 0x1FFFF))


def texts(rng: random.Random) -> str:
    """A text of any script, signs and marks among it, as names are kept."""
    chars = (chr(rng.randrange(*rng.choice(_SCRIPTS))) for _ in range(rng.randint(1, 8)))
    return unicodedata.normalize("NFC", "".join(chars))


def codes(rng: random.Random) -> str:
    """A number with a few letters, spaces and dots, as offices write them."""
    return "".join(rng.choice("abXY019 .-") for _ in range(rng.randint(1, 14)))


def test_the_check_agrees_on_any_name_number_and_place(store: Cli) -> None:
    """In every script, with letters that are two, or none, in another spelling."""
    rng = random.Random(20261127)
    with store_at(store.store).write("test") as transaction:
        for number in range(300):
            profile: dict[str, object] = dict.fromkeys(customers.PROFILE)
            profile |= {name: texts(rng) for name in ("name", "street", "city", "email")}
            profile |= {"vat_number": codes(rng), "postcode": codes(rng), "country": "FR"}
            profile |= {"phone": f"+{rng.randrange(10**9)}", "language": "fr"}
            profile |= {"legal_id": rng.choice((None, f"0{rng.randrange(100, 999)}:{codes(rng)}"))}
            customers.add(transaction, f"c{number}", profile)
            domains.claim(transaction, f"{number}.{texts(rng)}", number + 1)
        first = customers.find(transaction, "c0")
        for _ in range(100):
            ledger.add(transaction, first, MovementKind.CREDIT, 100, reference=texts(rng))

    with store_at(store.store).read() as reader:
        assert [fault for check in VALIDATORS for fault in check.faults(reader)] == []


def test_each_kind_of_word_is_checked(store: Cli) -> None:
    """The kinds that the table allows are those that the check knows."""
    for kind in SOURCES:
        with opened(store.store) as base:
            base.execute("DELETE FROM word")
            base.execute("INSERT INTO word VALUES (?, 'no', 1)", [kind])
        with store_at(store.store).read() as reader:
            (fault,) = VALIDATORS[0].faults(reader)
        assert fault.subject == f"word/{kind}/1"


@pytest.mark.files_only("no earlier version is on a server")
def test_an_upgraded_store_and_a_new_one_have_the_same_words(busy: Cli) -> None:
    """The migration fills the table as the commands do; of who was erased nothing comes back."""
    from mailctl.store.engine.sqlite.migrations import fill_words

    add = ("customer", "add", "gone", "--name", "Gone", "--email", "it@gone.example")
    busy.ok(*add)
    busy.ok("prepaid", "credit", "gone", "10", "--received", "--reference", "GONE-4711")
    busy.ok("prepaid", "refund", "gone", "10", "--reason", "leaves", "-y")
    busy.ok("customer", "close", "gone", "-y")
    busy.ok("customer", "erase", "gone", "--confirm", "gone")
    before = rows(busy.store, "SELECT kind, word, row_id FROM word ORDER BY 1, 2, 3")
    with store_at(busy.store).write("test") as transaction:
        transaction.execute("DELETE FROM word")
        fill_words(transaction.connection)
    assert rows(busy.store, "SELECT kind, word, row_id FROM word ORDER BY 1, 2, 3") == before
    assert len(before) > 50
