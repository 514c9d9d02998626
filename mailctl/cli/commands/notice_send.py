"""`mailctl notice send`: hand what is queued to the mail server."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted
from mailctl.errors import ConfirmationNeededError, DeclinedError, MailctlError

if TYPE_CHECKING:
    from datetime import datetime

    from mailctl.notices.planning import Counts
    from mailctl.notices.post import MailSettings

Most = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        help="Send at most N notices; outdated ones do not count.",
        parser=parse.whole(1, 999_999_999),
    ),
]
Retry = Annotated[
    bool,
    typer.Option(
        "--retry",
        help="Retry now what was refused because of us, or lacks its document: the cause is fixed.",
    ),
]


@changing("sending")
def send(run: Run, *, limit: Most = None, retry: Retry = False) -> int:
    """Send the queued notices through the mail server of the settings.

    Needs the settings mail-host and mail-from. The password of a login (mail-user) comes from
    MAILCTL_MAIL_PASSWORD or the file mail-password-file, else it is asked for. Mail that the server
    does not accept is tried again later; run this from cron after each tick. Exit status 1 if mail
    was refused because of us: the sender, the host, the login, or the content; or if a letter waits
    for its document, which cannot be made. With mail-host none there is nothing to do.

    Letters of invoices, orders that billed and credit notes carry the document, in the form of
    invoice-format or the customer's own.

    Examples:
      mailctl notice send
      mailctl notice send --limit 100 --dry-run

    """
    from mailctl.effects.after_restore import check_letters
    from mailctl.notices import planning
    from mailctl.notices.post import mail_settings_of
    from mailctl.store import mail_settings

    with run.read() as db:
        if mail_settings.is_off(db):
            return _none_is_sent(run)
        post = mail_settings_of(db)
        waiting = planning.due(db, retry=retry)
        if not run.dry_run:
            check_letters(db)
    counts = planning.Counts()
    if run.dry_run:
        _plan(run, limit, retry=retry)
    elif waiting:
        _send(run, post, counts, limit, retry=retry)
    else:
        _report(run, counts)
    return 1 if counts.refused_us or counts.undocumented else 0


def _none_is_sent(run: Run) -> int:
    from mailctl.notices import planning

    if not run.is_data_asked_for:
        if sys.stdout.isatty():
            run.output.say(
                "Nothing is sent: with mail-host none customers are notified by other means."
            )
    else:
        _show(run, planning.Counts())
    return 0


def _plan(run: Run, limit: int | None, *, retry: bool) -> None:
    from mailctl.notices import planning

    with run.store.read() as db:
        counts, found = planning.planned(db, limit=limit, retry=retry)
    run.output.plan(
        [
            {
                "id": one.notice_id,
                "customer": one.customer,
                "kind": one.kind,
                "to": one.recipient,
            }
            for one in found
        ],
        by=("kind",),
    )
    _show(run, counts)


def _send(run: Run, post: MailSettings, counts: Counts, limit: int | None, *, retry: bool) -> None:
    from mailctl.notices import sending

    server = post.server(lambda: password_for(run, post))
    try:
        with Progress(quiet=run.output.quiet) as progress, run.store.kept_open() as store:
            sending.Sender(store, post, server, counts).run(
                limit=limit,
                retry=retry,
                going_on=lambda: progress.at(f"notices: {counts.handled:,} done"),
            )
    except BaseException:
        # Whatever stopped it, some notices were sent until then. Why it stopped matters more than a
        # store that cannot be read now.
        if counts.handled:
            with suppress(MailctlError):
                _report(run, counts)
        raise
    _report(run, counts)


def password_for(run: Run, post: MailSettings) -> str:
    """The password of the mail server's login: from the environment, its file, or as typed."""
    from mailctl.notices.password import password

    return password(os.environ, post.password_file, lambda: _asked(run, post))


def _asked(run: Run, post: MailSettings) -> str:
    if not run.can_ask():
        raise ConfirmationNeededError(
            f"the login of {post.user} at {post.host} needs a password, and there is no terminal "
            "to ask on",
            hint="set MAILCTL_MAIL_PASSWORD, or: mailctl settings set mail-password-file -",
        )
    from getpass import getpass

    try:
        return getpass(f"Password of {post.user} at {post.host}: ", stream=sys.stderr)
    except EOFError:
        raise DeclinedError("no password was given; nothing was sent") from None


def _report(run: Run, counts: Counts) -> None:
    from mailctl.notices import planning

    with run.store.read() as db:
        planning.count_rest(db, counts)
    _show(run, counts)


def _show(run: Run, counts: Counts) -> None:
    if counts.refused_us:
        run.output.warn(
            f"{_were(counts.refused_us)} refused because of us, not of the recipient: {counts.why}"
            ": mailctl advise"
        )
    if counts.undocumented:
        waiting = counted(
            counts.undocumented,
            "letter waits for its document",
            "letters wait for their documents",
        )
        others = "; all of them: mailctl advise" * (counts.undocumented > 1)
        run.output.warn(f"{waiting}: {counts.lacking}{others}")
    if run.is_data_asked_for:
        names = ("sent", "delayed", "refused", "outdated", "left", "refused_us", "undocumented")
        item: dict[str, object] = {name: getattr(counts, name) for name in names}
        run.output.write_thing("sending", {**item, "dry_run": run.dry_run})
    elif counts.handled or sys.stdout.isatty():
        run.output.say(_said(counts, Tense(would=run.dry_run, currency=run.output.currency)))


def _said(counts: Counts, did: Tense) -> str:
    if not counts.handled:
        return _nothing(counts)
    done = [f"{did('Sent', 'send')} {counted(counts.sent, 'notice')}"]
    if counts.delayed:
        when = f", the first at {_minute(counts.next_try_at)}" if counts.next_try_at else ""
        done.append(f"{_are(counts.delayed)} tried again{when}")
    if counts.refused:
        done.append(
            f"{_were(counts.refused)} refused for good at every address (mailctl notice list)"
        )
    if counts.outdated:
        are = _are if did.would else _were
        done.append(f"{are(counts.outdated)} out of date and not sent")
    rest = counts.left - counts.delayed
    if rest > 0:
        others = f"{rest:,} {'other waits' if rest == 1 else 'others wait'}"
        done.append(others if counts.delayed else f"{_are(rest)} left")
    return f"{'; '.join(done)}."


def _nothing(counts: Counts) -> str:
    if not counts.left:
        return "No notice is to be sent."
    when = f" before {_minute(counts.next_try_at)}" if counts.next_try_at else " now"
    return f"No notice is to be sent{when}; {counts.left:,} wait for that."


def _are(count: int) -> str:
    return f"{count:,} {'is' if count == 1 else 'are'}"


def _were(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
