"""The services and the crontab that contrib/ ships: they start, and their sandbox is wide enough.

systemd is not running here. So systemd-analyze reads the units, and strace shows that mailctl makes
no system call, opens no file and no socket that the units would refuse.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests import on_server
from tests.faults.faulty import strace, traced
from tests.helpers import Cli
from tests.notices.post_office import configure, open_office
from tests.process import litestreams

ROOT = Path(__file__).resolve().parent.parent.parent
UNITS = ROOT / "contrib/systemd"
# What a store in PostgreSQL needs beside them.
ADDITIONS = (ROOT / "contrib/postgresql/units.conf",)
SERVICES = sorted(UNITS.glob("*.service"))
OF_MAILCTL = [unit for unit in SERVICES if unit != litestreams.UNIT]
BACKUPS = "/var/backups/mailctl"
INSTALLED = "/opt/mailctl/bin/mailctl"
# The sandbox leaves hardly anything; notices and drivers alone need the network.
# SQLite hands new files to the store's owner where it runs as root, and only there.
OF_ROOT = {"fchown"}
MOST_EXPOSED = {
    "mailctl-litestream.service": 15,
    "mailctl-notices.service": 15,
    "mailctl-tasks.service": 15,
}
DRIVER = """#!/bin/sh
echo '{"protocol":"mailctl-driver/1","name":"idle","version":"1","capabilities":["create"]}'
while read -r line; do id=${line#*:}; echo "{\\"id\\":${id%%,*},\\"result\\":\\"done\\"}"; done
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Where mailctl is installed, in place of /opt."""
    path = tmp_path / "mailctl"
    path.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m mailctl "$@"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def value(unit: Path, key: str) -> list[str]:
    """What a unit says for a key, once for each line."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def started(unit: Path) -> list[tuple[str, ...]]:
    """The words after `mailctl` of each command that a service starts."""
    return [tuple(shlex.split(line)[1:]) for line in value(unit, "ExecStart")]


@pytest.mark.parametrize("addition", [None, *ADDITIONS])
def test_systemd_understands_every_unit(
    addition: Path | None, tmp_path: Path, program: Path
) -> None:
    """No unit has a word that systemd does not know, and each timer has its service."""
    copies = []
    for unit in UNITS.glob("mailctl-*"):
        copy = tmp_path / unit.name
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, str(program))
        text = text.replace(litestreams.INSTALLED, str(litestreams.PROGRAM))
        copy.write_text(text, encoding="utf-8")
        copies.append(str(copy))
    if addition:
        (tmp_path / "mailctl-.service.d").mkdir()
        shutil.copy(addition, tmp_path / "mailctl-.service.d" / "postgresql.conf")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies],
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(copies) == 11
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_is_as_little_exposed_as_it_can_be(unit: Path) -> None:
    """In tenths of the points that systemd gives; 100 is a service without any sandbox."""
    most = MOST_EXPOSED.get(unit.name, 5)
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={most}", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout.splitlines()[-1]


@cache
def calls_of(name: str) -> frozenset[str]:
    """The system calls in a set of systemd, those of the sets inside it too."""
    listed = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True
    )
    found: set[str] = set()
    for line in listed.stdout.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            found |= calls_of(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return frozenset(found)


def allowed(unit: Path) -> frozenset[str]:
    """The system calls that a service may make."""
    found: frozenset[str] = frozenset()
    for line in value(unit, "SystemCallFilter"):
        sets = [calls_of(word) for word in line.removeprefix("~").split()]
        found = found.difference(*sets) if line.startswith("~") else found.union(*sets)
    return found


def prepared(cli: Cli, port: int) -> Cli:
    """A store with something to do for a tick, a driver, a sending, and for a look."""
    driver = cli.store.parent / "driver"
    driver.write_text(DRIVER, encoding="utf-8")
    driver.chmod(0o755)
    for line in (
        "init --clock 2026-01-01",
        "customer add acme --name Acme --email it@acme.example",
        "prepaid credit acme 100",
        "platform add acme-pro --customer acme --offer email-pro",
        f"settings set driver {driver}",
        "account order acme-pro anna@acme.example otto@acme.example --yes",
        "account renew otto@acme.example --mode none --yes",
        "tick --to 2026-01-31",
    ):
        cli.ok(*shlex.split(line))
    configure(cli, port)
    return cli


@pytest.mark.parametrize("unit", OF_MAILCTL, ids=lambda unit: unit.stem)
def test_the_sandbox_lets_the_service_work(unit: Path, cli: Cli) -> None:
    """It makes no other system call, writes in the store's folder alone, runs no made code."""
    folder = cli.store.parent
    is_there = isinstance(cli.store, on_server.Place)
    log = folder / "trace.log"
    backups = folder / "backups"
    backups.mkdir(mode=0o700)
    # Only what the unit names besides the store's folder.
    places = {folder, Path("/dev")}
    if value(unit, "ReadWritePaths") == [BACKUPS]:
        places.add(backups)
    with open_office() as office:
        prepared(cli, office.port)
        for given in started(unit):
            words = tuple(word.replace(BACKUPS, str(backups)) for word in given)
            outcome = traced(cli, ["-o", str(log), "-e", "trace=!lseek"], words)
            assert outcome.status in (0, 1), outcome.err
            trace = log.read_text(encoding="utf-8", errors="replace")
            made = set(re.findall(r"^\d+ +(\w+)\(", trace, re.MULTILINE))
            assert made - allowed(unit) - OF_ROOT == set(), words
            written = re.findall(
                r'open(?:at)?\([^"]*"([^"]*)"[^)]*O_(?:WRONLY|RDWR|CREAT)[^)]*\) = \d+', trace
            )
            assert written or is_there, words
            assert {Path(path).parent for path in written} <= places
            assert "PROT_WRITE|PROT_EXEC" not in trace
            families = set(re.findall(r"socket\((AF_\w+)", trace))
            setting = ADDITIONS[0] if is_there else unit
            assert families <= set(value(setting, "RestrictAddressFamilies")[0].split())
        assert bool(office.taken) is (unit.stem == "mailctl-notices")


@pytest.mark.files_only("Litestream replicates files")
def test_the_sandbox_lets_litestream_work(store: Cli) -> None:
    """What it does first is all that it does later, but for the network."""
    replica = litestreams.Replica(store)
    log = store.store.parent / "trace.log"
    replica.send(strace(), "-f", "-qq", "-o", str(log), "-e", "trace=!lseek")
    trace = log.read_text(encoding="utf-8", errors="replace")
    made = set(re.findall(r"^\d+ +(\w+)\(", trace, re.MULTILINE))

    # Litestream does without these where it may not: more open files, the owner of the folder.
    assert made - allowed(litestreams.UNIT) - {"prlimit64", "fchown", "fchownat"} == set()
    assert "PROT_WRITE|PROT_EXEC" not in trace
    written = re.findall(r'openat\([^"]*"([^"]*)"[^)]*O_(?:WRONLY|RDWR|CREAT)[^)]*\) = \d+', trace)
    assert written
    assert {path for path in written if not path.startswith(f"{store.store.parent}/")} == set()


def test_the_crontab_runs_as_cron_runs_it(tmp_path: Path, program: Path, cli: Cli) -> None:
    """Its lines need nothing of a login, and a refused tick does not keep the letters back."""
    with open_office() as office:
        prepared(cli, office.port)
        crontab = (ROOT / "contrib/cron/mailctl").read_text(encoding="utf-8")
        crontab = crontab.replace(INSTALLED, str(program))
        crontab = crontab.replace("/var/lib/mailctl/mailctl.db", str(cli.store))
        backups = tmp_path / "backups"
        backups.mkdir(mode=0o700)
        crontab = crontab.replace(BACKUPS, str(backups))
        settings = dict(re.findall(r"^(\w+)=(.*)$", crontab, re.MULTILINE))
        lines = re.findall(r"^\d+ \S+ \S+ \S+ \S+ mailctl (.*)$", crontab, re.MULTILINE)
        hourly, daily, nightly = lines
        assert "%" not in "".join(lines)
        # A date before the clock's: this tick is refused.
        refused = hourly.replace(" tick;", " tick --to 2020-01-01;")
        for line in (refused, hourly, daily, nightly):
            done = subprocess.run(
                ["/bin/sh", "-c", line],
                cwd="/",
                env={"HOME": str(tmp_path), "LOGNAME": "mailctl", "PATH": "/usr/bin:/bin"}
                | settings,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            assert "not found" not in done.stderr
            if line == refused:
                assert "error: the clock stands at 2026-01-31" in done.stderr
                assert len(office.taken) > 0
            # What cron is told is mailed: nothing, where nobody has to do anything.
            if line in (daily, nightly):
                assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert [path.suffix for path in backups.iterdir()] == [".db"]


def test_a_service_tells_the_journal_how_serious_each_line_is(store: Cli, tmp_path: Path) -> None:
    """journalctl -p err finds the refusal; elsewhere the same line is plain."""
    log = tmp_path / "journal"
    command = [sys.executable, "-m", "mailctl", "tick", "--to", "2020-01-01"]
    texts = []
    for is_journal in (True, False):
        with log.open("w+b") as stream:
            found = os.fstat(stream.fileno())
            env = {
                "PYTHONPATH": str(ROOT),
                "MAILCTL_STORE": str(store.store),
                "JOURNAL_STREAM": f"{found.st_dev}:{found.st_ino + (not is_journal)}",
            }
            subprocess.run(command, env=env, stderr=stream, check=False)
            stream.seek(0)
            texts.append(stream.read().decode().splitlines())
    in_journal, plain = texts

    assert plain[0].startswith("error: the clock stands at 2026-01-01")
    assert in_journal == [f"<3>{line}" for line in plain]
