"""What an action gives back: the thing changed, and the facts that its sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The result of a change.

    `thing` names the shape in the contract; `items` are the things changed, with every key; `many`
    says that they are printed as a list. `changed` is false where everything was so already.
    """

    thing: str
    items: tuple[Mapping[str, object], ...]
    many: bool = False
    changed: bool = True
    facts: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def item(self) -> Mapping[str, object]:
        """The one thing changed."""
        (only,) = self.items
        return only
