"""`mailctl settings`: how long things take, who sells, how mail is sent."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.prompts import ASKED, Asking, Checks, Question
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS
from mailctl.errors import MailctlError, UsageError
from mailctl.values import replace

if TYPE_CHECKING:
    from mailctl.actions.settings import SettingsChanged
    from mailctl.store.engine.transaction import Transaction

app = typer.Typer(help="How long things take, who sells, how mail is sent.")

VALUE = "VALUE"
USES = "mailctl settings set NAME VALUE, or NAME=VALUE for each of several"


def _names(words: Sequence[object]) -> list[str]:
    """The settings' names among the words; those that are asked for are questions by now."""
    if _is_pair(words):
        return [str(words[0])]
    return [
        str(word.flag) if isinstance(word, Question) else str(word).partition("=")[0]
        for word in words
    ]


def _is_pair(words: Sequence[object]) -> bool:
    return len(words) == 2 and isinstance(words[0], str) and "=" not in words[0]


def _check_names(asking: Asking) -> None:
    from mailctl.domain.settings import setting_named

    _pairs(asking.given["words"])
    for name in _names(asking.given["words"]):
        setting_named(name)


def _check_value(asking: Asking, _: str, value: str) -> None:
    from mailctl.actions import settings

    words = asking.given["words"]
    name, text = (str(words[0]), value) if _is_pair(words) else value.split("=", 1)
    with asking.read() as db:
        settings.check(db, name, _with_picture({name: text})[name])


CHECKS = Checks(before=_check_names, answer=_check_value)


def _word(text: str) -> object:
    """A word of `settings set`; a value that is `-` is a question, alone or behind its name."""
    text = parse.reference("setting")(text)
    name, equals, value = text.partition("=")
    if text == ASKED:
        return Question(
            label="Value",
            parse=parse.free_text,
            checks=CHECKS,
            about=lambda asking: str(asking.given["words"][0]),
            flag=VALUE,
        )
    if equals and value == ASKED:
        return Question(
            label="Value",
            parse=lambda answer: f"{name}={parse.free_text(answer)}",
            checks=CHECKS,
            about=lambda _: name,
            flag=name,
        )
    return parse.free_text(text)


Words = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME VALUE|NAME=VALUE...",
        help="A setting and its new value, or several as NAME=VALUE; - asks for a value, or reads "
        "a line of standard input.",
        parser=_word,
        autocompletion=completers.settings,
    ),
]


@app.command("list")
@reading("setting", many=True)
def list_settings(run: Run) -> None:
    """List all settings with their values, defaults and meanings.

    Examples:
      mailctl settings list
      mailctl settings list --json

    """
    from mailctl.store.queries import overview

    if run.is_data_asked_for or run.output.sort or not sys.stdout.isatty():
        run.list(lambda db: InMemoryRows(THINGS["setting"], overview.settings(db)))
        return
    with run.read() as db:
        items = overview.settings(db)
    from mailctl.cli.render import document, settings_page

    shown = [_with_currency(item, run.output.currency) for item in items]
    document.show(run.output, settings_page.page(shown))


def _with_currency(item: dict[str, object], currency: str) -> dict[str, object]:
    """A setting for people, who read no amount without its currency."""
    from mailctl.domain.settings import SETTINGS, SettingKind

    if SETTINGS[str(item["name"])].kind is not SettingKind.AMOUNT:
        return item
    amounts = {name: f"{item[name]} {currency}" for name in ("value", "default") if item[name]}
    return {**item, **amounts}


@app.command("set")
@changing("setting")
def set_settings(run: Run, words: Words) -> None:
    """Change settings from now on; dates that were promised already stay.

    Of several settings all are changed, or none. A logo is given as the path of its file.

    Examples:
      mailctl settings set retention-days 30
      mailctl settings set seller-name='Mail & Co' seller-city=Paris

    """
    from mailctl.actions import settings
    from mailctl.notices import password

    values = _with_picture(_pairs(words))
    has_password = bool(os.environ.get(password.VARIABLE))
    copying = _copying(run, values) if set(values) & set(settings.COPYING) else None

    def change(tx: Transaction) -> SettingsChanged:
        result = settings.set_all(tx, values, has_password=has_password, copying=copying)
        return replace(result, warnings=(*result.warnings, *_unfit(run, values)))

    run.change(change, _set)


def _copying(run: Run, values: Mapping[str, str]) -> str | None:
    """The driver that is to copy mailboxes, once it has said that it can."""
    from pathlib import Path

    from mailctl.actions import settings
    from mailctl.domain.tasks import TaskKind
    from mailctl.drivers import copies, program
    from mailctl.drivers.offering import check_offered
    from mailctl.store.engine.location import owner_of

    with run.look() as db:
        planned = settings.planned(db, values)
    if not (planned["export-dir"] and planned["driver"]):
        return None
    owner = owner_of(run.location)
    copies.check_place(Path(planned["export-dir"]), owner)
    driver = program.of_setting(planned["driver"], planned, owner=owner)
    check_offered(driver, TaskKind.EXPORT, timeout=int(planned["driver-timeout"]))
    return planned["driver"]


def _with_picture(values: Mapping[str, str]) -> dict[str, str]:
    """The values, with the bytes of the picture whose path was given; UsageError."""
    from mailctl.domain.settings import LOGO

    if not values.get(LOGO):
        return dict(values)
    from mailctl.cli.input.pictures import picture_of

    return {**values, LOGO: picture_of(values[LOGO])}


def _pairs(words: Sequence[object]) -> dict[str, str]:
    """The value of each setting named; UsageError for words that are no such pairs."""
    if _is_pair(words):
        return {str(words[0]): str(words[1])}
    pairs: dict[str, str] = {}
    for word, name in zip(words, _names(words), strict=True):
        is_named = name != VALUE if isinstance(word, Question) else "=" in str(word)
        if not is_named:
            raise UsageError(
                f"{name} has no value"
                if len(words) == 1
                else f"of several settings each has its own value, {name} has none",
                hint=f"mailctl settings set {name} VALUE" if len(words) == 1 else USES,
            )
        if name in pairs:
            raise UsageError(f"{name} is given twice", hint="give each setting once")
        pairs[name] = str(word).partition("=")[2]
    return pairs


def _unfit(run: Run, values: Mapping[str, str]) -> Iterator[str]:
    """A warning for each file, program and folder that cannot be used by whoever sets it."""
    from shlex import quote

    if file := values.get("mail-password-file"):
        from mailctl.notices import password

        yield from _refusal(partial(password.check_file, file))
    if driver := values.get("driver"):
        from mailctl.drivers import program
        from mailctl.store.engine.location import owner_of

        owner = owner_of(run.location)
        yield from _refusal(partial(program.of_setting, driver, {}, owner=owner))
    folder = values.get("export-dir")
    if folder and not Path(folder).is_dir():
        yield (
            f"there is no folder {folder}, and until then no mailbox is deleted: "
            f"mkdir -m 700 {quote(folder)}"
        )


def _refusal(check: Callable[[], object]) -> Iterator[str]:
    try:
        check()
    except MailctlError as unfit:
        yield f"{unfit.message}: {unfit.hint}"


def _set(result: SettingsChanged, did: Tense) -> str:
    if result.many:
        if not result.changed:
            return "These settings have these values already."
        pairs = ", ".join(
            f"{one['name']} to {one['value'] or 'nothing'}"
            for one in result.items
            if one["name"] in result.changed_names
        )
        return f"{did('Set', 'set')} {pairs}."
    setting = result.item
    value = setting["value"] or "nothing"
    if not result.changed:
        return f"{setting['name']} is {value} already."
    return f"{did('Set', 'set')} {setting['name']} to {value} ({setting['meaning']})."


app.command("test-mail")(Elsewhere("settings_test_mail.test_mail"))
