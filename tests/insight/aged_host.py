"""The example host after two months: 1,500 accounts, of which some were lost, and real debts."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import Cli
from tests.originals import made_once

FILES = Path(__file__).parent.parent.parent / "examples" / "host"


def aged_host() -> Cli:
    """Made once; it stands on 2026-03-20, and is only read.

    One customer has a price of their own, another a platform that nothing renews by itself.
    """
    return Cli(made_once("aged-host", _make) / "mailctl.db")


def _make(folder: Path) -> None:
    cli = Cli(folder / "mailctl.db")
    cli.ok("init", "--clock", "2026-01-15", "--seller-name", "Courriel & Cie <SA>")
    cli.ok("import", "--dir", str(FILES))
    first = cli.ok("platform", "list")["items"]
    card = ("--token", "tok_1", "--brand", "Visa", "--last4", "4242", "--expires", "2026-11")
    cli.ok("method", "add", "card", first[0]["customer"], *card)
    renewing = [item for item in first if item["offer"] == "hosted-exchange"]
    own = ("offer", "price", "hosted-exchange", "monthly", "3.33")
    cli.ok(*own, "--customer", renewing[0]["customer"])
    cli.ok("platform", "renewal", renewing[1]["name"], "--manual", "-y")
    cli.ok("tick", "--to", "2026-03-20")
