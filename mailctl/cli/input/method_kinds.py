"""The option that names a kind of payment method: `--kind card`."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.input import completers, parse
from mailctl.domain.payments import MethodKind

MethodKindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="bank, card or paypal.",
        parser=parse.choice(*MethodKind),
        autocompletion=completers.among(*MethodKind),
    ),
]
