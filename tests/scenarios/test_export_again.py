"""Files for the bank: each is kept, can be had again, and is whole under its name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shlex import split
from xml.etree import ElementTree as ET

import pytest

from tests.faults.faulty import KILLED, injected, left_in
from tests.helpers import Cli, contents, environment
from tests.process.running import HOME
from tests.store.plain import twin

PAIN = "{urn:iso:std:iso:20022:tech:xsd:pain.008.001.08}"
HOST = """
init --clock 2026-03-02 --seller-name Mail
settings set seller-iban FR7630006000011234567890189
settings set seller-creditor-id FR72ZZZ123456
customer add acme --name Acme --email it@acme.example
customer add bolt --name Bolt --email it@bolt.example
platform add acme-hx --customer acme --offer hosted-exchange
platform add bolt-hx --customer bolt --offer private-exchange
method add bank acme --iban DE89370400440532013000 --holder Zora --mandate M-17 --signed 2026-01-15
method add bank bolt --iban FR7630006000011234567890189 --holder Bea --mandate M-18 --signed 2026-01-15
account order acme-hx -y
account order bolt-hx -y
"""  # noqa: E501 - a command line
SEPA = ("payment", "export", "--kind", "bank", "--format", "sepa")
AGAIN = ("payment", "export", "--again")


@pytest.fixture
def host(cli: Cli) -> Cli:
    """acme and bolt are to be debited (payments 1 and 2)."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    return cli


def test_every_file_can_be_had_again_by_its_number(host: Cli, tmp_path: Path) -> None:
    """Not the newest alone: an older one that was lost is the same, byte for byte."""
    first = host(*SEPA).out
    host.ok("account", "order", "acme-hx", "-y")
    second = host(*SEPA).out

    listed = host.ok("payment", "export", "--list")["items"]

    assert listed == [
        {
            "file": 1,
            "kind": "bank",
            "format": "sepa",
            "exported_on": "2026-03-02",
            "collect_on": "2026-03-04",
            "payments": 2,
            "amount_cents": 838,
            "currency": "EUR",
            "state": "kept",
        },
        {**listed[0], "file": 2, "payments": 1, "amount_cents": 479},
    ]
    assert host(*AGAIN, "--file", "1").out == first
    assert host(*AGAIN).out == second
    path = tmp_path / "again.xml"
    assert host(*AGAIN, "--file", "1", "--to", str(path)).status == 0
    assert path.read_text(encoding="utf-8") == first


def test_the_files_are_listed_in_every_form(host: Cli) -> None:
    """As any list; the kinds can be distinguished."""
    assert host("payment", "export", "--list").out.startswith("file\tkind\t")
    host(*SEPA)
    got = host("payment", "export", "--list", "--fields", "file,exported_on", "-o", "csv")
    assert got.out == "file,exported_on\n1,2026-03-02\n"
    assert host("payment", "export", "--list", "-o", "name").out == "payment-file/1\n"
    assert host.ok("payment", "export", "--list", "--kind", "card")["items"] == []


def test_a_file_is_repeated_with_a_warning_where_it_is_out_of_date(host: Cli) -> None:
    """Its day of collection is past, or what it asks for was answered: look before."""
    host(*SEPA)
    assert "warning" not in host(*AGAIN).err
    host.ok("payment", "settle", "1")
    host.ok("tick", "--to", "2026-03-05")

    got = host(*AGAIN, "--file", "1")

    assert "warning: the collection day of file 1, 2026-03-04, is past" in got.err
    assert "warning: 1 payment of file 1 was answered since: 1" in got.err


def test_a_failed_try_counts_as_answered_and_its_retry_does_not(host: Cli) -> None:
    """The file asks for the first try; the second is in another file."""
    host(*SEPA)
    host.ok("payment", "fail", "1", "--reason", "AM04")
    assert "was answered since: 1" in host(*AGAIN, "--file", "1").err
    host.ok("tick")
    assert host(*SEPA).status == 0
    assert "answered" not in host(*AGAIN, "--file", "2").err


@pytest.mark.parametrize(
    ("argv", "status", "code"),
    [
        ((*AGAIN, "--file", "7"), 4, "export-not-found"),
        ((*AGAIN, "--file", "1", "--kind", "card"), 2, "usage"),
        ((*AGAIN, "--kind", "card"), 4, "export-not-found"),
        ((*SEPA, "--file", "1"), 2, "usage"),
        (("payment", "export", "--list", "--again"), 2, "usage"),
        (("payment", "export", "--kind", "bank"), 2, "usage"),
        (("payment", "export"), 2, "usage"),
    ],
)
def test_what_cannot_be_had_is_refused(
    argv: tuple[str, ...], status: int, code: str, host: Cli, tmp_path: Path
) -> None:
    """In a sentence, and nothing is exported."""
    host(*SEPA)
    before = contents(host.store)
    path = tmp_path / "x"
    to = () if "--list" in argv else ("--to", str(path))
    got = host(*argv, *to, "-o", "json")
    assert (got.status, got.error()["code"]) == (status, code)
    assert contents(host.store) == before
    assert not path.exists()


def test_an_erased_customers_entries_leave_the_files_and_the_others_stay(host: Cli) -> None:
    """No account, mandate or holder of theirs is kept; such a file is not written again."""
    host(*SEPA)
    host.ok("payment", "settle", "2")
    host.ok("account", "delete", "2", "-y")
    host.ok("platform", "cancel", "bolt-hx", "-y")
    host.ok("account", "order", "acme-hx", "-y")
    untouched = host(*SEPA).out
    host.ok("customer", "close", "bolt", "-y")
    host.ok("customer", "erase", "bolt", "--confirm", "bolt")

    kept = [str(row) for row in contents(host.store)["payment_export"]]

    assert "M-17" in kept[0]
    assert not any(word in str(kept) for word in ("M-18", "Bea"))
    refused = host(*AGAIN, "--file", "1", "--to", str(host.store.parent / "x"), "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "file-reduced")
    assert host(*AGAIN, "--file", "2").out == untouched
    states = [one["state"] for one in host.ok("payment", "export", "--list")["items"]]
    assert states == ["erased", "kept"]


@pytest.mark.parametrize(
    "fault",
    [
        f"{call}:signal=KILL:when={number}"
        for call, numbers in (("write", (1, 2, 3)), ("fsync", (1, 2)), ("link", (1,)))
        for number in numbers
    ],
)
def test_killed_while_the_file_is_written_it_can_be_had_again(
    fault: str, host: Cli, tmp_path: Path
) -> None:
    """Under its name it is whole or not there; the next export names the command that gives it."""
    place = tmp_path / "place"
    place.mkdir()
    path = place / "debits.xml"
    got = injected(host, fault, *SEPA, "--to", str(path))
    if path.exists():
        assert ET.fromstring(path.read_text(encoding="utf-8")).tag == f"{PAIN}Document"
    if got.status != KILLED:
        assert got.status == 0, got.err
    if all(one["exported_on"] for one in host.ok("payment", "list")["items"]):
        second = " ".join(host(*SEPA).err.split())
        command = second[second.index("mailctl ") :]
        assert ET.fromstring(host(*split(command)[1:]).out).tag == f"{PAIN}Document"
    else:
        # Killed before the store said so: nothing was handed over, and nothing is there.
        assert not path.exists()
        assert host(*SEPA).out.startswith("<?xml")


@pytest.mark.parametrize(
    "fault",
    [
        # The first thing that is written is who holds the store.
        "write:error=ENOSPC:when=2",
        "fsync:error=EIO:when=1",
        "link:error=ENOSPC:when=1",
    ],
)
@pytest.mark.files_only("the calls of a program that fail are counted, those to a server too")
def test_a_file_that_cannot_be_written_names_how_to_have_it(
    fault: str, host: Cli, tmp_path: Path
) -> None:
    """A full disk: the payments count as exported, no half of a file stays, the hint gives it."""
    place = tmp_path / "place"
    place.mkdir()
    path = place / "debits.xml"
    victim = twin(host, "victim")
    got = injected(victim, fault, *SEPA, "--to", str(path), "-o", "json")
    assert (got.status, left_in(place)) == (74, [])
    hint = got.error()["hint"]
    assert hint == f"mailctl payment export --again --file 1 --to {path}"
    assert victim(*split(hint)[1:]).status == 0
    assert path.read_text(encoding="utf-8").startswith("<?xml")


def test_a_closed_pipe_says_how_to_have_the_file(host: Cli) -> None:
    """Nobody reads it: 141, and the command that gives it once more."""
    with subprocess.Popen(
        [sys.executable, "-m", "mailctl", *SEPA],
        env=environment(host.store) | {"PYTHONPATH": HOME},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(timeout=30) == 141
    assert "mailctl payment export --again --file 1" in " ".join(said.split())
    assert host(*AGAIN, "--file", "1").out.startswith("<?xml")


def test_a_full_disk_behind_stdout_says_how_to_have_the_file(host: Cli) -> None:
    """As `> debits.xml` on a full disk: 74, and the command that gives it once more."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", *SEPA],
            env=environment(host.store) | {"PYTHONPATH": HOME},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 74
    assert "hint: mailctl payment export --again --file 1" in done.stderr.decode()
