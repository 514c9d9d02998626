"""`mailctl driver dovecot --config`: the configuration that has Dovecot and Postfix obey."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from mailctl.cli.command import explaining
from mailctl.cli.input import completers, parse
from mailctl.cli.run import Run
from mailctl.errors import StoreMissingError, UsageError

_VERSIONS = ("2.3", "2.4")


def _name(option: str, metavar: str, meaning: str) -> object:
    return typer.Option(option, metavar=metavar, help=meaning, parser=parse.free_text)


Config = Annotated[bool, typer.Option("--config", help="Print the configuration, as a script.")]
Version = Annotated[
    str,
    typer.Option(
        "--version",
        metavar="|".join(_VERSIONS),
        help="Dovecot's version.",
        parser=parse.choice(*_VERSIONS),
        autocompletion=completers.among(*_VERSIONS),
    ),
]
User = Annotated[
    str | None,
    _name("--user", "USER", "The user who runs mailctl; if not given, the store's owner."),
]
MailUser = Annotated[str, _name("--mail-user", "USER", "The user, and group, that owns the mail.")]
Group = Annotated[str, _name("--group", "GROUP", "The group that reads the file: Postfix's own.")]
DovecotFolder = Annotated[
    str, _name("--dovecot-folder", "DIR", "The folder of Dovecot's configuration.")
]
PostfixFolder = Annotated[
    str, _name("--postfix-folder", "DIR", "The folder of Postfix's configuration.")
]


@explaining
def dovecot(
    run: Run,
    *,
    config: Config = False,
    dovecot_version: Version = "2.3",
    user: User = None,
    mail_user: MailUser = "vmail",
    group: Group = "postfix",
    dovecot_folder: DovecotFolder = "/etc/dovecot",
    postfix_folder: PostfixFolder = "/etc/postfix",
) -> None:
    """Print the configuration with which Dovecot and Postfix obey mailctl.

    It is a script for root to read and run: the users, folders and modes, Dovecot's configuration
    and Postfix's. It may be run again, and starts nothing. Where the file of mailboxes, their homes
    and Dovecot's sockets are is said by the settings dovecot-database, dovecot-home and
    dovecot-run.

    Examples:
      mailctl driver dovecot --config
      mailctl driver dovecot --config --version 2.4 --user mailctl

    """
    from mailctl.drivers.dovecot import configuration

    if not config:
        raise UsageError("there is nothing to do", hint="mailctl driver dovecot --config")
    settings = _settings(run)
    places = configuration.Places(
        database=_beside_no_store(run, Path(settings["dovecot-database"])),
        homes=Path(settings["dovecot-home"]),
        run=Path(settings["dovecot-run"]),
        user=user or _user(run),
        mail_user=mail_user,
        mail_group=mail_user,
        group=group,
        dovecot=Path(dovecot_folder).absolute(),
        postfix=Path(postfix_folder).absolute(),
    )
    try:
        run.output.page(configuration.script(dovecot_version, places))
    except ValueError as error:
        raise UsageError(str(error)) from None


def _beside_no_store(run: Run, database: Path) -> Path:
    """The file of mailboxes; UsageError where it is in the store's folder."""
    if isinstance(run.location, Path) and run.location.resolve().parent == database.parent:
        raise UsageError(
            f"{database} is beside the store, whose folder Dovecot must not read",
            hint="mailctl settings set dovecot-database /var/lib/mailctl-dovecot/mailboxes.db",
        )
    return database


def _settings(run: Run) -> dict[str, str]:
    from mailctl.drivers import chosen

    try:
        with run.read() as db:
            return dict(chosen.settings_of(db))
    except StoreMissingError:
        return dict(chosen.settings_of(None))


def _user(run: Run) -> str:
    """The name of the store's owner, or of the user who runs this."""
    import pwd

    from mailctl.store.engine.location import owner_of

    owner = owner_of(run.location)
    return pwd.getpwuid(os.geteuid() if owner is None else owner).pw_name
