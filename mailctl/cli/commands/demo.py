"""`mailctl demo`: a year of a small host in its own store, by commands that anybody can type."""

from __future__ import annotations

import os
import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mailctl.cli.command import explaining
from mailctl.cli.input import parse
from mailctl.cli.input.common import environment_location
from mailctl.cli.run import Run
from mailctl.errors import AlreadyExistsError, UsageError

app = typer.Typer()

STORY = (
    (
        "A host opens on the last day of January.",
        "init --clock 2026-01-31 --timezone Europe/Paris --seller-name 'Demo Mail'",
    ),
    (
        "Three customers come, and pay something in.",
        "customer add acme --name 'Acme SARL' --email office@acme.example",
        "customer add muster --name 'Muster GmbH' --email post@muster.example --country DE",
        "customer add lumen --name 'Lumen ASBL' --email info@lumen.example --country BE",
        "prepaid credit acme 150",
        "prepaid credit muster 100",
        "prepaid credit lumen 20",
    ),
    (
        "Each offer finds a customer.",
        "platform add acme-mail --customer acme --offer email-pro",
        "platform add acme-exchange --customer acme --offer hosted-exchange",
        "platform add muster-private --customer muster --offer private-exchange",
        "platform add lumen-mail --customer lumen --offer email-pro",
        "account order acme-mail alice@acme.example bob@acme.example --yes",
        "account order acme-mail carol@acme.example --period yearly --yes",
        "account order acme-exchange sales@acme.example --count 2 --yes",
        "account order muster-private post@muster.example b\u00fcro@muster.example --yes",
        "account order lumen-mail anne@lumen.example jean@lumen.example --yes",
    ),
    (
        "Months pass. Bob leaves: his mailbox ends at its expiry.",
        "tick --to 2026-03-15",
        "account renew bob@acme.example --mode none --yes",
    ),
    (
        "Lumen's money is used up: a debt. It is not paid in time; the mailboxes are suspended.",
        "tick --to 2026-07-15",
    ),
    (
        "Money arrives, and the mailboxes work again at once.",
        "prepaid credit lumen 60 --key bank-0715",
    ),
    (
        "Acme gives Exchange up: each account ends at its own expiry, then the platform is closed.",
        "platform cancel acme-exchange --reason not-needed --yes",
    ),
    ("The year goes by.", "tick --to 2027-01-31"),
)
TABLES = (
    ("Accounts", "account list --state all -o table"),
    ("Platforms", "platform list -o table"),
    ("Invoices of lumen", "invoice list --customer lumen -o table"),
    ("Statement of lumen", "prepaid statement lumen -o table"),
)

Keep = Annotated[
    str | None,
    typer.Option(
        "--keep",
        metavar="PATH",
        help="Make the store here, and leave it there.",
        parser=parse.file_name,
    ),
]


@app.command("demo")
@explaining
def demo(run: Run, keep: Keep = None) -> None:
    """Show a host at work: a year of orders, renewals, a debt and its rescue.

    It runs in a store of its own, which is removed afterwards unless it is kept. The commands are
    shown on stderr as they run.

    Examples:
      mailctl demo
      mailctl demo --keep demo.db

    """
    if keep is None:
        with TemporaryDirectory() as folder:
            _play(run, Path(folder) / "demo.db")
        return
    path = environment_location(keep)
    if not isinstance(path, Path):
        raise UsageError(f"a demo is kept in a file, not at {path}", hint="--keep PATH")
    if os.path.lexists(path):
        raise AlreadyExistsError(
            f"there is something at {path} already", hint="mailctl demo --keep ANOTHER-PATH"
        )
    _play(run, path)
    run.output.page(f"\nThe store is kept: mailctl --store {shlex.quote(keep)} status\n")


def _play(run: Run, path: Path) -> None:
    for sentence, *commands in STORY:
        run.output.note(f"\n{sentence}")
        for command in commands:
            run.output.note(f"  mailctl {command}")
            with redirect_stdout(StringIO()):
                _carry_out(path, command)
    for title, command in TABLES:
        run.output.page(f"\n{title}\n\n")
        _carry_out(path, command)


def _carry_out(path: Path, command: str) -> None:
    from mailctl.cli.app import carry_out

    carry_out(["--store", str(path), *shlex.split(command)])
