"""`mailctl driver`: the programs that do the tasks on mail servers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.setting_values import SHIPPED_DRIVERS
from mailctl.domain.text import counted
from mailctl.errors import StoreMissingError
from mailctl.values import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailctl.drivers.program import Program
    from mailctl.drivers.trying import Step

app = typer.Typer(
    help="""The programs that do the tasks on mail servers.

    A driver is dovecot, modoboa, or a program of your own. `mailctl settings set driver` names the
    one that `task run` uses.
    """
)

Driver = Annotated[
    str,
    typer.Argument(
        metavar="DRIVER",
        help="dovecot, modoboa, or the path of a program.",
        parser=parse.file_name,
        autocompletion=completers.among(*SHIPPED_DRIVERS),
    ),
]
Domain = Annotated[
    str | None,
    typer.Option(
        "--domain",
        metavar="DOMAIN",
        help="A mail domain of the server, for the addresses of the trial.",
        parser=parse.mail_domain,
    ),
]


Imap = Annotated[
    str | None,
    typer.Option(
        "--imap",
        metavar="HOST:PORT",
        help="Log in, too, where the mail server speaks IMAP.",
        parser=parse.host_and_port,
    ),
]
Lmtp = Annotated[
    str | None,
    typer.Option(
        "--lmtp",
        metavar="HOST:PORT",
        help="Deliver mail, too, where the mail server speaks LMTP.",
        parser=parse.host_and_port,
    ),
]
app.command("dovecot")(Elsewhere("driver_dovecot.dovecot"))


@app.command("check")
@reading("driver-check", many=True)
def check(
    run: Run, driver: Driver, *, domain: Domain = None, imap: Imap = None, lmtp: Lmtp = None
) -> int:
    """Try a driver against the whole protocol; exit with status 1 if it does anything wrong.

    The trial makes mailboxes of its own, called mailctl-check- and random digits, and deletes them
    whatever happens; no other mailbox is touched. Their domain cannot exist, unless --domain names
    one that the mail server knows. The settings are those of the store; a program of your own needs
    none. With --imap and --lmtp the trial looks, too, whether log-in is refused and mail accepted
    as they must be.

    Examples:
      mailctl driver check dovecot
      mailctl driver check /usr/local/lib/mailctl/driver -o jsonl

    """
    from mailctl.cli.render.progress import Progress
    from mailctl.drivers.trial_steps import STEPS
    from mailctl.drivers.trying import Trial

    steps = [*STEPS, *_mail_steps(imap, lmtp)]
    program, timeout = _tried(run, driver)
    rows = []
    with Progress(quiet=run.output.quiet) as progress:
        for result in Trial(program, timeout=timeout, domain=domain).results(steps):
            rows.append(fields(result))
            progress.at(f"{len(rows)} of {len(steps)} steps, at last: {result.sentence}")
    run.output.write_list(InMemoryRows(THINGS["driver-check"], rows))
    wrong = sum(row["ok"] is False for row in rows)
    if wrong:
        run.output.warn(f"the driver does {counted(wrong, 'thing')} wrong")
        return 1
    tried = sum(row["ok"] is True for row in rows)
    left = f"; {len(rows) - tried} were not tried" if tried < len(rows) else ""
    run.output.note(f"The driver does all {tried} things right that were tried{left}.")
    return 0


def _mail_steps(imap: str | None, lmtp: str | None) -> Sequence[Step]:
    """The steps that look at the mail server itself, if it is said where it listens."""
    if imap is None and lmtp is None:
        return ()
    from mailctl.drivers import trial_mail

    places = []
    for text in (imap, lmtp):
        host, _, port = (text or "").rpartition(":")
        places.append(trial_mail.Place(host=host, port=int(port)) if text else None)
    return trial_mail.steps(trial_mail.MailServer(imap=places[0], lmtp=places[1]))


def _tried(run: Run, driver: str) -> tuple[Program, int]:
    """The driver with its settings, and the seconds that it has for an answer."""
    from mailctl.domain.settings import SETTINGS
    from mailctl.drivers import chosen, program

    name = driver if driver in SHIPPED_DRIVERS else str(Path(driver).absolute())
    try:
        with run.read() as db:
            found = chosen.chosen(db, run.location, name)
            return found, db.setting_number("driver-timeout")
    except StoreMissingError:
        if driver in SHIPPED_DRIVERS:
            raise
        return (
            program.of_setting(name, chosen.settings_of(None)),
            int(SETTINGS["driver-timeout"].default),
        )


app.command("adopt")(Elsewhere("driver_adopt.adopt"))
app.command("release")(Elsewhere("driver_adopt.release"))
