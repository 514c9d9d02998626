"""Values are what frozen, slotted, keyword-only dataclasses are, at a fraction of the cost."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pytest

from mailctl.values import Value, fields, maker, names, replace

Some = TypeVar("Some")


class Line(Value):
    """An amount with its text."""

    text: str
    amount_cents: int = 0

    @property
    def shown(self) -> str:
        """Both."""
        return f"{self.text}: {self.amount_cents}"


class Reversal(Line, unshown=("key",)):
    """A line that takes back another, with a field that nobody may read."""

    of: Line
    key: str = "none"


class Pair(Value, Generic[Some]):
    """Two of a kind."""

    first: Some
    second: Some


class Nothing(Value):
    """A value without fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """What the standard library makes of the fields of a line."""

    text: str
    amount_cents: int = 0


RENT = Line(text="rent", amount_cents=500)


def test_a_value_has_its_fields_and_defaults() -> None:
    """A field that is not given has what stands beside it in the class; bases come first."""
    back = Reversal(text="back", of=RENT)

    assert (back.text, back.amount_cents, back.of, back.key) == ("back", 0, RENT, "none")
    assert names(Reversal) == ("text", "amount_cents", "of", "key")
    assert fields(RENT) == {"text": "rent", "amount_cents": 500}
    assert RENT.shown == "rent: 500"
    assert Pair(first=1, second=2).second == 2
    assert fields(Nothing()) == {}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"amount_cents": 1},
        {"text": "rent", "amount": 1},
        {"text": "rent", "amount_cents": 1, "amount": 1},
        {"amount": 1, "amount_cents": 1},
    ],
)
def test_missing_and_unknown_fields_are_refused(given: dict[str, Any]) -> None:
    """As by a dataclass: nothing is half made, nothing is ignored."""
    for kind in (Line, Same):
        with pytest.raises(TypeError):
            kind(**given)


def test_a_refusal_names_what_is_wrong() -> None:
    """A field that is left out and has a default is not what is wrong."""
    with pytest.raises(TypeError, match="Line has no 'amount'"):
        Line(text="rent", amount=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Line needs 'text'"):
        Line(amount_cents=1)  # type: ignore[call-arg]


def test_fields_are_given_by_name() -> None:
    """Two texts that change places would not be noticed."""
    with pytest.raises(TypeError):
        Line("rent", 500)


def test_values_are_equal_by_class_and_fields() -> None:
    """And so they can be found in sets and dictionaries."""
    same = Line(text="rent", amount_cents=500)

    assert same == RENT
    assert hash(RENT) == hash(same)
    assert len({RENT, same, Line(text="rent")}) == 2
    assert Same(text="rent", amount_cents=500) != RENT
    assert Nothing() == Nothing()
    assert Reversal(text="rent", of=RENT) != Line(text="rent")


def test_a_value_stays_as_it_is() -> None:
    """Neither a field nor anything else can be set or deleted."""
    for name in ("text", "other"):
        with pytest.raises(AttributeError):
            setattr(RENT, name, "changed")
    with pytest.raises(AttributeError):
        del RENT.text
    assert not hasattr(RENT, "__dict__")
    assert RENT.text == "rent"


def test_another_is_made_like_it() -> None:
    """With some fields changed, all of which it must have."""
    assert replace(RENT, amount_cents=7) == Line(text="rent", amount_cents=7)
    assert RENT.amount_cents == 500
    with pytest.raises(TypeError):
        replace(RENT, amount=7)


def test_it_is_shown_as_it_is_written() -> None:
    """But for what a class names as unshown: a password is in no traceback."""
    assert repr(RENT) == "Line(text='rent', amount_cents=500)"
    assert "secret" not in repr(Reversal(text="back", of=RENT, key="secret"))


def test_it_can_be_matched_copied_and_pickled() -> None:
    """Like any value of the language."""
    match RENT:
        case Line(text=text, amount_cents=500):
            assert text == "rent"
        case _:
            pytest.fail("is not matched")
    for one in (RENT, Nothing(), Reversal(text="back", of=RENT)):
        assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one


def test_a_deep_copy_shares_nothing() -> None:
    """What is changed in a part of the copy is not changed in the value."""
    pair = Pair(first=[1], second=[2])

    copied = copy.deepcopy(pair)
    copied.first.append(3)

    assert pair.first == [1]
    assert copy.copy(pair).first is pair.first


def test_what_a_base_leaves_unshown_no_subclass_shows() -> None:
    """A password that a class hides is hidden in all that is made of it."""

    class Dated(Reversal):
        on: str

    assert "secret" not in repr(Dated(text="back", of=RENT, key="secret", on="2026-01-01"))


def test_many_are_made_of_their_parts() -> None:
    """In the order of the names that are given once; what has no name has its default."""
    assert maker(Line, ("amount_cents", "text"))((500, "rent")) == RENT
    assert maker(Line, ("text",))(["rent"]) == Line(text="rent")
    with pytest.raises(TypeError, match="text"):
        maker(Line, ("amount_cents",))
    with pytest.raises(TypeError, match="Line has no 'amount'"):
        maker(Line, ("text", "amount"))
    with pytest.raises(ValueError, match="longer"):
        maker(Line, ("text",))(("rent", 500))


@pytest.mark.parametrize("default", [[], {}, set()])
def test_no_default_can_be_changed_through_a_value(default: object) -> None:
    """It would be changed in all values; the standard library's dataclasses refuse it too."""
    body = {"__annotations__": {"items": "object"}, "items": default}
    with pytest.raises(TypeError, match="items would be the same in all values"):
        type(Value)("Basket", (Value,), body)
