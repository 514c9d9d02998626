"""Values that the shell completes: fixed words, and names that the store knows.

A completion never fails and never writes: if anything goes wrong, it offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from mailctl.cli.input.common import common_value, environment_location

Completer = Callable[..., list[tuple[str, str]]]


def among(*words: str) -> Completer:
    """A completer of fixed words."""

    def complete(incomplete: str) -> list[tuple[str, str]]:
        return [(str(word), "") for word in words if word.startswith(incomplete)]

    return complete


def stored(kind: str) -> Completer:
    """A completer of what the store has of a kind: `customer`, `platform`, `account` and so on."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from mailctl.store.queries.completion import names

        return names(environment_location(common_value(ctx, "store")), kind, incomplete)

    return complete


def fields(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """A completer of field names, also of the one after the last comma."""
    from mailctl.contract import THINGS

    thing = THINGS.get(getattr(ctx.command, "thing", ""))
    before, comma, last = incomplete.rpartition(",")
    names = ["all", *(key.name for key in thing.keys)] if thing else []
    return [(f"{before}{comma}{name}", "") for name in names if name.startswith(last)]


def sort_keys(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """A completer of the keys that a list can be sorted by."""
    from mailctl.contract import THINGS

    thing = THINGS.get(getattr(ctx.command, "thing", ""))
    keys = thing.list_keys if thing else ()
    return [(key.name, "") for key in keys if key.name.startswith(incomplete)]


def finding_codes(incomplete: str) -> list[tuple[str, str]]:
    """A completer of the codes of findings."""
    from mailctl.domain.advice_codes import CODES

    return [(code, text) for code, text in CODES.items() if code.startswith(incomplete)]


def return_codes(incomplete: str) -> list[tuple[str, str]]:
    """A completer of the codes that banks give when they take money back."""
    from mailctl.domain.answers import CODES

    return [(code, text) for code, text in CODES.items() if code.startswith(incomplete)]


def countries(incomplete: str) -> list[tuple[str, str]]:
    """A completer of all countries' codes."""
    import pycountry

    return [
        (one.alpha_2, one.name) for one in pycountry.countries if one.alpha_2.startswith(incomplete)
    ]


def timezones(incomplete: str) -> list[tuple[str, str]]:
    """A completer of time zones: their names, region by region."""
    from zoneinfo import available_timezones

    return [(name, "") for name in sorted(available_timezones()) if name.startswith(incomplete)]


def cancel_reasons(incomplete: str) -> list[tuple[str, str]]:
    """A completer of the reasons that a cancel may record."""
    from mailctl.domain.lifecycle import CANCEL_REASONS

    return among(*CANCEL_REASONS)(incomplete)


def settings(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """A completer of the settings' names, and behind a name of the values it often has."""
    from mailctl.domain.setting_values import usual_values
    from mailctl.domain.settings import SETTINGS

    before = [str(word) for word in ctx.params.get("words") or ()]
    if len(before) == 1 and before[0] in SETTINGS:
        return among(*usual_values(SETTINGS[before[0]]))(incomplete)
    name, equals, typed = incomplete.partition("=")
    if equals:
        setting = SETTINGS.get(name)
        values = among(*usual_values(setting))(typed) if setting else []
        return [(f"{name}={value}", about) for value, about in values]
    sign = "=" if before else ""
    return [
        (f"{name}{sign}", setting.meaning)
        for name, setting in SETTINGS.items()
        if name.startswith(incomplete) and f"{name}=" not in before
    ]


def movements(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """A completer of the movements that can be reversed, of the customer named before."""
    from mailctl.store.queries.completion import names

    path, customer = environment_location(common_value(ctx, "store")), ctx.params.get("customer")
    return names(path, "movement", incomplete, of=str(customer or ""))
