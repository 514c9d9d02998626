"""`mailctl account lock`, `unlock`, `password`, `export`: what is done to a mailbox by hand."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import AccountArgument, Reason
from mailctl.cli.run import Run, Tense
from mailctl.domain.tasks import ExportFormat, TaskKind
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.locks import AccountLocked, AccountUnlocked
    from mailctl.actions.mailbox_exports import ExportAsked
    from mailctl.actions.mailbox_passwords import PasswordSet

Generate = Annotated[
    bool, typer.Option("--generate", help="Make one that nobody can guess, and show it once.")
]
Place = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help="An existing folder; the copy is a new one in it.",
        parser=parse.file_name,
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="maildir or mbox; maildir unless given.",
        parser=parse.choice(*ExportFormat),
        autocompletion=completers.among(*ExportFormat),
    ),
]


@changing("account")
def lock(run: Run, account: AccountArgument, reason: Reason) -> None:
    """Refuse log-in to a mailbox, for abuse or a stolen password; mail still arrives.

    Billing goes on, and no payment ends it: account unlock does.

    Examples:
      mailctl account lock alice@acme.example --reason 'password stolen'
      mailctl account lock 17 --reason 'sends spam' --dry-run

    """
    from mailctl.actions import locks

    run.change(lambda tx: locks.lock(tx, account=account, reason=reason), _locked)


def _locked(result: AccountLocked, did: Tense) -> str:
    who = f"{result.label[0].upper()}{result.label[1:]}"
    if not result.changed:
        return f"{who} is locked already, since {result.since_on}: {result.reason}"
    then = (
        "the mail server is asked to refuse its log-in, and keeps what arrives"
        if result.asks
        else "it is suspended already, and stays so whatever is paid"
    )
    return f"{did('Locked', 'lock')} {result.label}: {then}. Billing goes on."


@changing("account")
def unlock(run: Run, account: AccountArgument) -> None:
    """Let a locked mailbox work again, unless its account is suspended.

    Examples:
      mailctl account unlock alice@acme.example
      mailctl account unlock 17 --json

    """
    from mailctl.actions import locks

    run.change(lambda tx: locks.unlock(tx, account=account), _unlocked)


def _unlocked(result: AccountUnlocked, did: Tense) -> str:
    if not result.changed:
        return f"{result.label[0].upper()}{result.label[1:]} is not locked."
    then = (
        "it stays suspended until it is paid for or reopened"
        if result.still_suspended
        else "the mail server is asked to let it work again"
    )
    return f"{did('Unlocked', 'unlock')} {result.label}: {then}."


@changing("password")
def password(run: Run, account: AccountArgument, *, generate: Generate = False) -> None:
    """Set the password of a mailbox: it is asked for twice, unseen, or read from standard input.

    Only a hash of it is kept, for the mail server's driver.

    Examples:
      mailctl account password alice@acme.example
      mailctl account password 17 --generate

    """
    from mailctl.actions import mailbox_passwords
    from mailctl.cli.input.unseen import new_password
    from mailctl.domain import passwords
    from mailctl.drivers.chosen import chosen
    from mailctl.drivers.offering import check_offered

    with run.look() as db:
        address = mailbox_passwords.check(db, account=account)
        driver, timeout = chosen(db, run.location), db.setting_number("driver-timeout")
    check_offered(driver, TaskKind.PASSWORD, timeout=timeout)
    passwords.check_installed()
    check = partial(passwords.check_strong, address=address)
    typed = (
        check(passwords.generated())
        if generate
        else new_password(run.output, address, check, can_ask=run.can_ask())
    )
    hash = passwords.hashed(typed)
    shown = typed if generate and not run.dry_run else None
    run.change(
        lambda tx: mailbox_passwords.set_hash(tx, account=account, hash=hash, shown=shown),
        _password_set,
    )
    if shown and run.output.quiet and not run.is_data_asked_for:
        run.output.page(f"{shown}\n")


def _password_set(result: PasswordSet, did: Tense) -> str:
    text = f"{did('Set', 'set')} a new password for {result.label}; {_WHEN}."
    shown = result.item["password"]
    return f"{text} It is shown only now: {shown}" if shown else text


_WHEN = "the mail server has it after the next mailctl task run"


@changing("mailbox-export")
def export(
    run: Run, account: AccountArgument, place: Place, form: Form = ExportFormat.MAILDIR
) -> None:
    """Have a mailbox copied into a new folder, with all its mail; the mailbox stays as it is.

    Examples:
      mailctl account export alice@acme.example /srv/copies
      mailctl account export 17 /srv/copies --format mbox

    """
    from mailctl.actions import mailbox_exports
    from mailctl.drivers import copies
    from mailctl.drivers.chosen import chosen
    from mailctl.drivers.offering import check_offered
    from mailctl.store.engine.location import owner_of

    folder = Path(place).absolute()
    with run.look() as db:
        mailbox_exports.check(db, account=account)
        driver, timeout = chosen(db, run.location), db.setting_number("driver-timeout")
    if not folder.is_dir():
        raise UsageError(
            f"there is no folder {folder}",
            hint=f"make it, for you alone: mkdir -m 700 {quote(str(folder))}",
        )
    copies.check_place(folder, owner_of(run.location))
    check_offered(driver, TaskKind.EXPORT, timeout=timeout)
    run.change(
        lambda tx: mailbox_exports.order(
            tx, account=account, place=folder, form=ExportFormat(form)
        ),
        _export_asked,
    )


def _export_asked(result: ExportAsked, did: Tense) -> str:
    one = result.item
    asked = f"{did('Asked', 'ask')} the mail server to copy the mail of {result.label}"
    return (
        f"{asked} (task {one['task']}). It is in {one['folder']} after the next mailctl task run."
    )
