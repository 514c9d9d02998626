"""`mailctl store replicate --config`: how Litestream is told to replicate a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailctl.cli.command import explaining
from mailctl.cli.input import parse
from mailctl.cli.run import Run
from mailctl.errors import UsageError

Config = Annotated[bool, typer.Option("--config", help="Print the configuration.")]
To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="PLACE",
        help="A folder, or object storage: s3://BUCKET/FOLDER, gs://... or abs://....",
        parser=parse.file_name,
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days",
        metavar="N",
        help="How long each state can be restored, 30 unless given, and what was erased is kept.",
        parser=parse.whole(1, 3650),
    ),
]


@explaining
def replicate(
    run: Run, *, config: Config = False, to: To = "/var/backups/mailctl/replica", days: Days = None
) -> None:
    """Print the configuration with which Litestream replicates the store.

    Litestream, a program of its own, sends every change of the store's file to another place within
    a second or two. What it reads is printed, with how to run it and how to restore. Nothing secret
    is in it: keys of object storage are read from the environment. A store on a PostgreSQL server
    is replicated by the server.

    Examples:
      mailctl store replicate --config
      mailctl store replicate --config --to s3://backups/mailctl --days 90

    """
    from mailctl.store.engine.sqlite import litestream

    if not config:
        raise UsageError("there is nothing to do", hint="mailctl store replicate --config")
    if not isinstance(run.location, Path):
        raise UsageError(
            "Litestream replicates files, and this store is on a PostgreSQL server, which has its "
            "own means: a standby, and pgBackRest",
            hint='"On several machines" in docs/operations.md',
        )
    try:
        text = litestream.configuration(run.location.resolve(), to, days or 30)
    except ValueError as error:
        raise UsageError(str(error), hint="--to FOLDER, or --to s3://BUCKET/FOLDER") from None
    if not run.location.exists():
        run.output.warn(f"there is no store at {run.location} yet; Litestream waits for it")
    run.output.page(text)
