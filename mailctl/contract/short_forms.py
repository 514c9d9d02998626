"""How a thing of the contract is written down: its keys as one text, made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from mailctl.contract.shapes import Key, Kind, Thing, kind_of


def _key(thing: str, text: str, texts: frozenset[str]) -> Key:
    """A key from its short form: `name`, `name[]`, `name[]{a,b}`, `name{}`.

    `name~` is a long text, and `name+` is given by `show` alone.
    """
    name, _, rest = text.partition("[]")
    if rest or text.endswith("[]"):
        return Key(name=name, kind=Kind.LIST, of=tuple(rest.strip("{}").split(",")) if rest else ())
    if text.endswith("{}"):
        return Key(name=text[:-2], kind=Kind.OBJECT)
    if text.endswith("~"):
        return Key(name=text[:-1], is_long=True)
    if text.endswith("+"):
        return Key(name=text[:-1], kind=kind_of(text[:-1]), thing=thing, is_shown_alone=True)
    return Key(name=text, kind=Kind.TEXT if text in texts else kind_of(text), thing=thing)


def made_of(
    name: str,
    *,
    keys: str,
    columns: str,
    name_key: str = "",
    texts: str = "",
    is_named_by_kind: bool = False,
) -> tuple[str, Callable[[], Thing]]:
    """A thing, called by its first column unless a `name_key` is given, and how it is made.

    `texts` are keys whose names suggest another type.
    """

    def made() -> Thing:
        as_text = frozenset(texts.split())
        return Thing(
            name=name,
            keys=tuple(_key(name, part, as_text) for part in keys.split()),
            columns=tuple(columns.split()),
            name_key=name_key or columns.partition(" ")[0],
            is_named_by_kind=is_named_by_kind,
        )

    return name, made


class Things(Mapping[str, Thing]):
    """The things by name, each made when it is first asked for: a command needs one or two."""

    def __init__(self, makers: Iterable[tuple[str, Callable[[], Thing]]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Thing] = {}

    def __getitem__(self, name: str) -> Thing:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
