"""The settings of a store: changed together or not at all, and doubted where they do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from mailctl.actions import undo
from mailctl.actions.result import Result
from mailctl.actions.setting_doubts import doubts
from mailctl.domain.documents import NO_DOCUMENT
from mailctl.domain.setting_values import kept_value, shown_value
from mailctl.domain.settings import LOGO, SETTINGS, setting_named
from mailctl.domain.several import all_or_none
from mailctl.effects import held_deletions, money_reminders, reminders
from mailctl.errors import NoDriverError, PlanChangedError, UsageError
from mailctl.hints import last
from mailctl.store import notice_queue
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import overview

COPYING = ("driver", "export-dir")
"""Where these are set, the driver must be able to copy mailboxes."""
ON_DOCUMENTS = ("seller-", "mentions-", "invoice-format")
"""What the names of settings begin with that documents are made of."""


class SettingsChanged(Result):
    """Settings with their new values; `changed_names` are those that were not so before."""

    thing: str = "setting"
    changed_names: tuple[str, ...]


def set_all(
    transaction: Transaction,
    values: Mapping[str, str],
    *,
    has_password: bool = False,
    copying: str | None = None,
) -> SettingsChanged:
    """Change settings from now on; dates that were promised already stay (rules 15).

    SettingNotFoundError, UsageError, ExtraMissingError: then none is changed. Values that are
    possible, but do not go with others, are warned of; `has_password`: the mail server's password
    comes from elsewhere.
    """
    works = ((name, partial(_kept, transaction, name, text)) for name, text in values.items())
    kept = dict(zip(values, all_or_none("setting", works), strict=True))
    old = {name: transaction.setting(name) for name in kept}
    held = held_deletions.count(transaction)
    changed = tuple(name for name in kept if kept[name] != old[name])
    for name in changed:
        _set(transaction, name, old[name], kept[name])
    if kept.get(LOGO):
        _check_printable(kept[LOGO])
    if kept.get("invoice-format", NO_DOCUMENT) != NO_DOCUMENT:
        from mailctl.documents.xml import check_installed

        check_installed()
    if set(changed) & set(COPYING):
        _check_copying(transaction, copying, changed)
    items = {row["name"]: row for row in overview.settings(transaction)}
    known = {name: transaction.setting(name) for name in SETTINGS}
    still_held = held if held_deletions.are_held(transaction) else 0
    return SettingsChanged(
        items=tuple(items[name] for name in kept),
        many=len(kept) != 1,
        changed=bool(changed),
        changed_names=changed,
        warnings=(
            *_released(held - still_held),
            *doubts(known, about=frozenset(kept), has_password=has_password),
        ),
        undo=_undo({name: old[name] for name in changed}) if changed else None,
    )


def planned(reader: Reader, values: Mapping[str, str]) -> dict[str, str]:
    """Every setting as it would be with these values; SettingNotFoundError, UsageError."""
    works = ((name, partial(_kept, reader, name, text)) for name, text in values.items())
    now = {name: reader.setting(name) for name in SETTINGS}
    return now | dict(zip(values, all_or_none("setting", works), strict=True))


def _check_copying(transaction: Transaction, copying: str | None, changed: tuple[str, ...]) -> None:
    """Mailboxes are copied before their deletion only where a driver does it (rules 16)."""
    if not transaction.setting("export-dir"):
        return
    driver = transaction.setting("driver")
    if not driver:
        raise NoDriverError(
            "export-dir copies mailboxes before their deletion, and no driver is set that could",
            hint="mailctl settings set driver= export-dir="
            if "driver" in changed
            else "mailctl settings set driver dovecot",
        )
    if driver != copying:
        raise PlanChangedError(
            "the driver was changed meanwhile; nothing was done", hint="mailctl settings list"
        )


def _check_printable(kept: str) -> None:
    """UsageError for a picture that cannot be unpacked, where the library that does it is there."""
    from importlib.util import find_spec

    from mailctl.domain.logos import logo_of

    if find_spec("PIL") is None:
        return
    from mailctl.documents.pictures import logo

    try:
        logo(logo_of(kept) or b"")
    except ValueError as error:
        raise UsageError(
            f"{LOGO} cannot be unpacked: {error}", hint="save the picture again as PNG"
        ) from None


def _undo(old: Mapping[str, str]) -> undo.Undo:
    if old.get(LOGO):
        return undo.never(f"the old {LOGO} is not kept: set it again from its file")
    shown = {name: shown_value(SETTINGS[name], value) for name, value in old.items()}
    one = [word for name, value in shown.items() for word in (name, *last(value))]
    several = [f"{name}={value}" for name, value in shown.items()]
    return undo.by("settings", "set", *(one if len(shown) == 1 else several))


def check(reader: Reader, name: str, value: str) -> None:
    """Check one value by itself: SettingNotFoundError, UsageError."""
    _kept(reader, name, value)


def _kept(reader: Reader, name: str, value: str) -> str:
    return kept_value(setting_named(name), value, seller_country=reader.info.seller_country)


def _set(transaction: Transaction, name: str, old: str, new: str) -> None:
    overview.set_setting(transaction, name, new)
    told = {"old": _told(name, old), "new": _told(name, new)}
    transaction.record("setting-changed", f"setting/{name}", told)
    reminders.remind_by_setting(transaction, name)
    money_reminders.remind_by_setting(transaction, name)
    if name.startswith(ON_DOCUMENTS):
        notice_queue.documents_mended(transaction)


def _told(name: str, value: str) -> str:
    """A value as the journal keeps it: of a picture what it is, and the sum of its bytes."""
    if name != LOGO or not value:
        return value
    from hashlib import sha256

    from mailctl.domain.logos import logo_of

    return (
        f"{shown_value(SETTINGS[name], value)}, SHA-256 {sha256(logo_of(value) or b'').hexdigest()}"
    )


def _released(held: int) -> tuple[str, ...]:
    """The warning that deletions no longer wait for their notice."""
    if not held:
        return ()
    warning = f"accounts past their retention that the next tick deletes, notified or not: {held}"
    return (f"{warning}; to see what it will do: mailctl tick --dry-run",)
