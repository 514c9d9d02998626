"""What mailctl runs on: the versions of itself, Python, SQLite, the libraries and rule sets."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib import metadata

from mailctl import __version__
from mailctl.documents.rule_sets import RULE_SETS, RuleSet
from mailctl.store.engine.sqlite.connection import engine_version
from mailctl.values import Value

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*(?:;.*extra == ['\"](?P<extra>[\w-]+)['\"])?")
_RULES_EXTRA = "einvoice"
_EXTRAS = ("bank", _RULES_EXTRA, "passwords", "postgresql", "reports", "sepa")
"""What adds to mailctl itself; the other extras are for those who work on it."""


class Component(Value):
    """A program, library or rule set: its version, None where it is missing, and its extra.

    A rule set has its licence and the SHA-256 of its file as it is here.
    """

    name: str
    version: str | None
    state: str
    extra: str | None
    licence: str | None = None
    digest: str | None = None


def components() -> Iterator[Component]:
    """The program first, then what it runs on, its libraries by name, and the rule sets."""
    yield _component("mailctl", __version__)
    yield _component("Python", platform.python_version())
    yield _component("SQLite", engine_version())
    for name, extra in sorted(_libraries(), key=lambda one: (one[1] or "", one[0])):
        yield _component(name, _version_of(name), extra)
    yield from map(_rule_set, RULE_SETS)


def _rule_set(rules: RuleSet) -> Component:
    is_here = rules.is_here()
    return Component(
        name=f"rules: {rules.title}",
        version=rules.version if is_here else None,
        state="present" if is_here else "missing",
        extra=_RULES_EXTRA,
        licence=rules.licence,
        digest=rules.found_digest() if is_here else None,
    )


def _component(name: str, version: str | None, extra: str | None = None) -> Component:
    state = "missing" if version is None else "present"
    return Component(name=name, version=version, state=state, extra=extra)


def _version_of(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _libraries() -> Iterator[tuple[str, str | None]]:
    """The libraries that mailctl asks for, with the extra that each is of."""
    try:
        asked = metadata.requires("mailctl") or []
    except metadata.PackageNotFoundError:
        return
    for text in asked:
        found = _REQUIREMENT.match(text)
        if found and (found["extra"] is None or found["extra"] in _EXTRAS):
            yield found["name"], found["extra"]
