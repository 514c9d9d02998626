"""Which commands use the network: those that send, and those that talk to a server that was set."""

from __future__ import annotations

import socket
from pathlib import Path
from shlex import split
from typing import Never

import pytest

from tests.attacks.test_printed_texts import NOT_DRY, READ, TRIED, lines
from tests.helpers import Cli

SENDING = ("notice send", "settings test-mail")


@pytest.mark.files_only("a store on a server is reached over the network")
def test_no_other_command_uses_the_network(
    rich_original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to look up a domain, a VAT number or a certificate."""
    used: list[object] = []

    def refuse(*given: object, **_: object) -> Never:
        used.append(given)
        raise OSError("the network is not used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    cli, folder = Cli(rich_original), rich_original.parent
    for line in lines(READ + TRIED):
        if line.startswith(SENDING):
            continue
        words = split(line.format(folder=folder, store=cli.store, driver=folder / "toy-driver"))
        is_dry = line in lines(TRIED) and not line.startswith(tuple(NOT_DRY))
        cli(*words, *(("-n",) if is_dry else ()))
        assert (line, used) == (line, [])


@pytest.mark.files_only("a store on a server is reached over the network")
def test_sending_uses_it(rich_original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above would notice."""
    used: list[object] = []

    def refuse(*given: object, **_: object) -> Never:
        used.append(given)
        raise OSError("the network is not used")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert Cli(rich_original)("settings", "test-mail", "a@b.example").status == 1
    assert used != []
