"""Start the driver: `python -m mailctl.drivers.modoboa`."""

from __future__ import annotations

import sys

from mailctl import __version__
from mailctl.drivers.answering import serve
from mailctl.drivers.modoboa.settings import Driver
from mailctl.drivers.protocol import Hello

CAPABILITIES = ("create", "suspend", "reopen", "rename", "delete", "state", "list")


def main() -> int:
    """Answer until the input ends; gives the exit status."""
    hello = Hello(
        name="modoboa",
        version=__version__,
        capabilities=frozenset(CAPABILITIES),
        # To the mailbox's own address, with the queries of Modoboa's installer; not to its aliases.
        delivery_while_suspended=True,
    )
    return serve(hello, Driver().handlers())


if __name__ == "__main__":
    sys.exit(main())
