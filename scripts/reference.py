"""The pages under docs/reference/, from the program itself: commands, things, errors, settings.

`generate.py` writes them and checks them; nothing in them is typed by hand but the sentences about
the kinds of notices, which a kind without one stops.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

from typer._click.core import Command, Context

from mailctl.cli.app import program
from mailctl.cli.commands.help_topics import ENVIRONMENT, OUTPUT
from mailctl.cli.nouns import NOUNS, SECTIONS
from mailctl.cli.tree import COMMON_NAMES, Group
from mailctl.contract import THINGS, Key, Kind, Thing
from mailctl.domain.advice_codes import CODES
from mailctl.domain.documents import FORMATS
from mailctl.domain.notices import NoticeKind
from mailctl.domain.setting_values import shown_value
from mailctl.domain.settings import SETTINGS, Setting, SettingKind
from mailctl.errors import all_errors

MADE = "<!-- Made by scripts/generate.py from the program: a change here is lost. -->\n\n"
TYPES = {
    Kind.TEXT: "text",
    Kind.INTEGER: "whole number",
    Kind.CENTS: "cents",
    Kind.BOOLEAN: "true, false",
    Kind.DATE: "date",
    Kind.INSTANT: "instant, UTC",
    Kind.LIST: "list",
    Kind.OBJECT: "object",
}
SETTING_KINDS = {
    SettingKind.AMOUNT: "amount",
    SettingKind.TEXT: "text",
    SettingKind.EMAIL: "e-mail address",
    SettingKind.HOST: "host name or address",
    SettingKind.PATH: "absolute path",
    SettingKind.TLS: "`starttls`, `tls`, `none`",
    SettingKind.VAT_NUMBER: "VAT number",
    SettingKind.IBAN: "IBAN",
    SettingKind.CREDITOR_ID: "creditor identifier",
    SettingKind.CSV_FORM: "columns of a CSV",
    SettingKind.DRIVER: "driver",
    SettingKind.URL: "address",
    SettingKind.CODES: "codes",
    SettingKind.FEC_ACCOUNTS: "`NAME=ACCOUNT`, several",
    SettingKind.DATEV_ACCOUNTS: "`NAME=ACCOUNT`, several",
    SettingKind.CHART: "`SKR03`, `SKR04`",
    SettingKind.LEGAL_ID: "`SCHEME:ID`, SIREN or SIRET",
    SettingKind.ENDPOINT: "`SCHEME:ID`",
    SettingKind.PHONE: "phone number",
    SettingKind.BIC: "BIC",
    SettingKind.LOGO: "PNG or JPEG file",
    SettingKind.MENTIONS: "text",
    SettingKind.FORMAT: ", ".join(f"`{form}`" for form in FORMATS),
}
NOTICES = {
    NoticeKind.ORDER_CONFIRMED: "An order was delivered: what it contains, and its invoice.",
    NoticeKind.ORDER_AWAITING_PAYMENT: "An order waits for its payment: amount, and last day.",
    NoticeKind.ORDER_EXPIRED: "An order was cancelled: it was not paid in time, or can never be.",
    NoticeKind.INVOICE_ISSUED: "Renewals were billed: the invoice, its lines, how it is paid.",
    NoticeKind.CREDIT_NOTE_ISSUED: "A credit note was issued: for which invoice, and how much.",
    NoticeKind.DEBT_OPENED: "The balance is below 0: how much is missing, until when.",
    NoticeKind.DEBT_REMINDER: "A debt is due soon.",
    NoticeKind.DEBT_SETTLED: "A debt is paid.",
    NoticeKind.PAYMENT_FAILED: "A payment failed or was taken back: when it is tried again.",
    NoticeKind.DEBIT_COMING: "A direct debit is coming: amount, mandate, earliest day.",
    NoticeKind.CARD_EXPIRING: "The default card expires soon.",
    NoticeKind.BALANCE_LOW: "The balance fell below the customer's alert.",
    NoticeKind.ACCOUNTS_SUSPENDED: "Accounts were suspended: why, and when they are deleted.",
    NoticeKind.ACCOUNTS_REOPENED: "Suspended accounts work again.",
    NoticeKind.RENEWAL_COMING: "Yearly renewals are coming: days, prices, the balance.",
    NoticeKind.PRICE_CHANGED: "The price of an announced renewal has changed.",
    NoticeKind.EXPIRY_COMING: "Accounts end soon, with the advice to export their mail.",
    NoticeKind.DELETION_COMING: "Suspended accounts are deleted soon.",
    NoticeKind.ACCOUNTS_DELETED: "Accounts were deleted.",
    NoticeKind.CANCEL_RECORDED: "A platform was cancelled: when each account ends.",
    NoticeKind.CANCEL_UNDONE: "A cancellation was undone.",
    NoticeKind.DELETE_TOKEN: "The code that confirms a platform's immediate deletion.",
    NoticeKind.DELETE_CONFIRMED: "A platform was deleted at once.",
}


def reference() -> dict[str, str]:
    """Each page by its path under docs/reference/, with its text."""
    tree = program()
    made = {f"commands/{noun}.md": _noun(tree, noun) for noun in NOUNS}
    made["README.md"] = _index()
    made["common-options.md"] = _common(tree)
    made["keys.md"] = _keys()
    made["errors.md"] = _errors()
    made["settings.md"] = _settings()
    made["notices.md"] = _notices()
    made["advice.md"] = _advice()
    made["environment.md"] = _environment()
    return {
        path: MADE + re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for path, text in made.items()
    }


def _index() -> str:
    lines = ["# Reference\n\n", "Made from the program itself, so that it cannot differ from it.\n"]
    for title, nouns in SECTIONS.items():
        lines.append(f"\n## {title}\n\n")
        lines += (
            f"- [`mailctl {noun}`](commands/{noun}.md): {text}\n" for noun, text in nouns.items()
        )
    lines.append(
        "\n## For all commands\n\n"
        "- [Common options](common-options.md), and the forms of output\n"
        "- [Keys](keys.md): what each thing has in JSON, CSV and TSV\n"
        "- [Errors](errors.md): every code, with its exit status\n"
        "- [Settings](settings.md), with their defaults\n"
        "- [Notices](notices.md): what customers are written to about\n"
        "- [Advice](advice.md): what `mailctl advise` finds\n"
        "- [Environment](environment.md)\n"
    )
    return "".join(lines)


def _noun(tree: Any, noun: str) -> str:
    command = tree.get_command(Context(tree, info_name="mailctl"), noun)
    context = Context(command, info_name=noun, parent=Context(tree, info_name="mailctl"))
    text = f"# mailctl {noun}\n\n"
    if not isinstance(command, Group):
        return text + "".join(_command(command, context))
    text += "".join(_prose(command.help or ""))
    for name in command.names():
        verb = command.get_command(context, name)
        assert verb is not None
        place = Context(verb, info_name=name, parent=context)
        text += f"\n## mailctl {noun} {name}\n\n" + "".join(_command(verb, place))
    return text


def _command(command: Command, context: Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{context.command_path} {pieces}\n```\n\n"
    yield from _prose(command.help or "")
    records = [
        record
        for parameter in command.get_params(context)
        if parameter.name not in COMMON_NAMES and (record := parameter.get_help_record(context))
    ]
    yield from _table(("option", "what it does"), ((f"`{name}`", text) for name, text in records))


def _prose(text: str) -> Iterator[str]:
    """Paragraphs of a docstring; its indented lines are a block of commands."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        lines = paragraph.split("\n")
        words = " ".join(line for line in lines if not line.startswith(" "))
        kept = [line.strip() for line in lines if line.startswith(" ")]
        if words:
            yield f"{_plain(words)}\n\n"
        if kept:
            yield "```text\n" + "".join(f"{line}\n" for line in kept) + "```\n\n"


def _plain(text: str) -> str:
    """Text of the program as Markdown shows it unchanged."""
    return re.sub(r"[<|]|(?<!\w)\*|\*(?!\w)", lambda found: f"\\{found[0]}", text)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    rows = list(rows)
    if not rows:
        return
    yield f"\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n"


def _common(tree: Any) -> str:
    """The options of the program itself, then those of a command that changes something."""
    context = Context(tree, info_name="mailctl")
    root = [p for p in tree.get_params(context) if p.get_help_record(context)]
    renew = tree.get_command(context, "account").get_command(context, "renew")
    place = Context(renew, info_name="renew", parent=context)
    known = {parameter.name for parameter in root}
    more = [p for p in renew.get_params(place) if p.name in COMMON_NAMES - known]
    records = [parameter.get_help_record(context) for parameter in (*root, *more)]
    rows = ((f"`{name}`", text) for name, text in filter(None, records))
    intro = (
        "# Common options\n\n"
        "`-n` and `-y` belong to commands that change something, `-o` and `--fields` to those\n"
        "that show something. The others are accepted before and after the noun.\n"
    )
    return intro + "".join(_table(("option", "what it does"), rows)) + f"\n```text\n{OUTPUT}```\n"


def _keys() -> str:
    text = (
        "# Keys\n\n"
        "What each thing has, in `-o json` and as `--fields`. Keys are never absent: no value is\n"
        "`null`, and empty in CSV and TSV. Lists and long texts are given only by the command\n"
        "that shows one thing. Words of an enumeration may be added. `mailctl help schema THING`\n"
        "prints the same as JSON Schema.\n"
    )
    return text + "".join(
        f"\n## {thing.name}\n" + "".join(_table(("key", "type", "in lists"), _key_rows(thing)))
        for thing in THINGS.values()
    )


def _key_rows(thing: Thing) -> Iterator[tuple[str, str, str]]:
    for key in thing.keys:
        yield f"`{key.name}`", _type(key), "yes" if key.in_lists else ""


def _type(key: Key) -> str:
    if key.values:
        return ", ".join(f"`{value}`" for value in key.values)
    if key.of:
        return f"{TYPES[key.kind]} of " + ", ".join(f"`{name}`" for name in key.of)
    return TYPES[key.kind]


def _errors() -> str:
    rows = ((f"`{one.code}`", str(one.exit_status), _plain(one.meaning)) for one in all_errors())
    return (
        "# Errors\n\n"
        "With a JSON output the last line on stderr is the error as an object, with its `code`. A\n"
        "code never changes its meaning. [The command line](../cli.md#exit-statuses) explains the\n"
        "exit statuses.\n" + "".join(_table(("code", "exit status", "meaning"), rows))
    )


def _settings() -> str:
    rows = (
        (f"`{one.name}`", _setting_kind(one), f"`{value}`" if value else "", one.meaning)
        for one in SETTINGS.values()
        for value in (shown_value(one, one.default),)
    )
    return (
        "# Settings\n\n"
        "`mailctl settings list` shows them with their present values, `mailctl settings set`\n"
        "changes them.\n" + "".join(_table(("setting", "value", "default", "meaning"), rows))
    )


def _setting_kind(setting: Setting) -> str:
    bounds = f"{setting.least} to {setting.most}"
    if setting.kind is SettingKind.DAY_LIST:
        return f"days, each {bounds}"
    return SETTING_KINDS.get(setting.kind, bounds)


def _notices() -> str:
    rows = ((f"`{kind}`", NOTICES[kind]) for kind in NoticeKind)
    return (
        "# Notices\n\n"
        "What customers are written to about, in French, German or English. `mailctl notice list\n"
        "--kind KIND` shows those of one kind. [The rules](../rules.md#12-notices) say when each\n"
        "is sent, and when it is not sent any more.\n"
        + "".join(_table(("kind", "what it says"), rows))
    )


def _advice() -> str:
    rows = ((f"`{code}`", text) for code, text in CODES.items())
    return (
        "# Advice\n\n"
        "What `mailctl advise` finds. [Monitoring](../howto/monitoring.md) shows how to use it.\n"
        + "".join(_table(("code", "meaning"), rows))
    )


def _environment() -> str:
    return f"# Environment\n\n```text\n{ENVIRONMENT}```\n"
