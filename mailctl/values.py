"""Values: what is made once, compared by its parts, and never changed.

A subclass of `Value` is used as a frozen, slotted, keyword-only dataclass is, and mypy takes it for
one. The standard library compiles six methods for each dataclass when its module is loaded, a third
of a millisecond every time, and a command loads more than fifty; values share their methods. What
changes while it is put together stays a dataclass.
"""

# ruff: noqa: SLF001 - what a kind of values keeps for its values is used in this module alone

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Never, dataclass_transform


class _Kind(type):
    """Makes slots of what a class annotates, and defaults of what is assigned there."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], unshown: Iterable[str] = ()
    ) -> Any:
        own = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in own if field in body}
        for field, default in defaults.items():
            if isinstance(default, list | dict | set):
                raise TypeError(f"{name}.{field} would be the same in all values: {default!r}")
        kind: Any = super().__new__(cls, name, bases, {**body, "__slots__": own})
        for base in reversed(bases):
            own = (*getattr(base, "_setters", ()), *own)
            defaults = getattr(base, "_defaults", {}) | defaults
            unshown = (*getattr(base, "_unshown", ()), *unshown)
        kind._setters = {field: getattr(kind, field).__set__ for field in own}
        kind._defaults = defaults
        kind._parts = attrgetter(*(own or ("__class__",)))
        kind._unshown = frozenset(unshown)
        return kind


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value(metaclass=_Kind):
    """Its fields are what it annotates, after those of its bases.

    Values are equal if their classes are the same and all fields are equal. `repr` leaves out the
    fields that their class or a base names in `unshown`.
    """

    if not TYPE_CHECKING:  # mypy knows what each class takes, and that nothing changes it

        def __init__(self, /, **given: Any) -> None:
            setters = self._setters
            if len(given) < len(setters):
                given = self._defaults | given
            try:
                for name, put in setters.items():
                    put(self, given[name])
            except KeyError:
                raise _unfitting(type(self), given) from None
            if len(given) > len(setters):
                raise _unfitting(type(self), given)

        def __setattr__(self, name: str, _: object) -> Never:
            raise AttributeError(f"{type(self).__name__} is a value: {name!r} cannot be changed")

        def __delattr__(self, name: str) -> Never:
            raise AttributeError(f"{type(self).__name__} is a value: {name!r} cannot be deleted")

        def __eq__(self, other: object) -> bool:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return self._parts(self) == self._parts(other)

        def __hash__(self) -> int:
            return hash(self._parts(self))

        def __repr__(self) -> str:
            shown = {name: part for name, part in fields(self).items() if name not in self._unshown}
            parts = ", ".join(f"{name}={part!r}" for name, part in shown.items())
            return f"{type(self).__qualname__}({parts})"

        def __reduce__(self) -> tuple[Callable[..., Value], tuple[type[Value], dict[str, Any]]]:
            return _made, (type(self), fields(self))


def _made(kind: type[Value], given: dict[str, Any]) -> Value:
    """A value as it was before it was copied or pickled."""
    return kind(**given)


def _unfitting(kind: Any, given: Iterable[str]) -> TypeError:
    """The refusal of names that are not a kind's fields, or not all that it needs."""
    unknown = set(given) - kind._setters.keys()
    missing = kind._setters.keys() - kind._defaults.keys() - set(given)
    what = ", ".join(map(repr, sorted(unknown or missing)))
    return TypeError(f"{kind.__name__} {'has no' if unknown else 'needs'} {what}")


def names(kind: type[Value]) -> tuple[str, ...]:
    """The names of a kind's fields, in their order."""
    return tuple(kind._setters)  # type: ignore[attr-defined]


def fields(value: Value) -> dict[str, Any]:
    """The fields of a value by name, in their order."""
    return {name: getattr(value, name) for name in names(type(value))}


if TYPE_CHECKING:
    # mypy compares what is changed with the fields.
    from dataclasses import replace as replace  # noqa: PLC0414
else:

    def replace(value: Value, /, **changes: object) -> Value:
        """A value like this one but for some fields."""
        return type(value)(**fields(value) | changes)


def maker(kind: Any, order: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """What makes many values of a kind, each from its fields of these names in this order.

    TypeError where a field has neither a name there nor a default, or a name no field.
    """
    if (
        kind._setters.keys() - kind._defaults.keys() - set(order)
        or set(order) - kind._setters.keys()
    ):
        raise _unfitting(kind, order)
    new = kind.__new__
    given = [kind._setters[name] for name in order]
    others = [
        (put, kind._defaults[name]) for name, put in kind._setters.items() if name not in order
    ]

    def make(parts: Iterable[Any]) -> Any:
        made = new(kind)
        for put, part in zip(given, parts, strict=True):
            put(made, part)
        for put, part in others:
            put(made, part)
        return made

    return make
