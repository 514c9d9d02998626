"""The files of contrib/postgresql, with the addresses and folders of this machine filled in."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cluster.processes import ROOT

SHIPPED = ROOT / "contrib" / "postgresql"
PASSWORD = "correct horse battery staple"
# Ports of the files: etcd for its clients and for its peers, PostgreSQL, Patroni.
PORTS = (2379, 2380, 5432, 8008)
# A name or an address of a machine, with a port.
ADDRESS = re.compile(r"(?:db(\d)\.example\.net|10\.0\.0\.1(\d)):(\d+)")
# What a test that cannot wait for long says in place of the file.
QUICK = {
    "ttl: 30": "ttl: 8",
    "loop_wait: 10": "loop_wait: 1",
    "retry_timeout: 10": "retry_timeout: 3",
}


def filled_in(
    name: str, number: int, *, folder: Path, programs: Path, ports: dict[tuple[int, int], int]
) -> str:
    """A file as the machine with that number has it; `ports` are its and the others' own.

    The repository of the copies is beside the machines' folders.
    """
    text = (SHIPPED / name).read_text(encoding="utf-8")
    if name.endswith(".env"):
        text = _of_machine(number, text)
    text = ADDRESS.sub(lambda at: f"127.0.0.1:{ports[int(at[1] or at[2]), int(at[3])]}", text)
    for place, here in {
        "/etc/patroni/tls": folder / "tls",
        "/etc/etcd/tls": folder / "tls",
        "/var/lib/etcd": folder / "etcd",
        "/var/lib/postgresql": folder,
        "/var/run/postgresql": folder,
        "/usr/lib/postgresql/15/bin": programs,
        # Killed servers leave no segments in the system's memory.
        "  parameters:\n    unix": "  parameters:\n    dynamic_shared_memory_type: mmap\n    unix",
        # Who runs the test need not be called postgres; the socket is in a private folder.
        "peer": "trust",
        "[global]": f"[global]\nlock-path={folder}\nlog-path={folder}",
        "repo1-type=s3": "repo1-type=posix",
        "repo1-path=/mailctl": f"repo1-path={folder.parent}/repository",
        "repo1-s3-key=\n": "",
        "repo1-s3-key-secret=\n": "",
        "repo1-cipher-pass=\n": f"repo1-cipher-pass={PASSWORD}\n",
        "pg1-port=5432": f"pg1-port={ports[number, 5432]}",
    }.items():
        text = text.replace(place, str(here))
    return text


def _of_machine(number: int, text: str) -> str:
    """A file that is shipped as the first machine has it; one line names all three."""
    lines = [
        line
        if line.startswith("ETCD_INITIAL_CLUSTER=")
        else line.replace("db1", f"db{number}").replace("10.0.0.11", f"10.0.0.1{number}")
        for line in text.splitlines()
    ]
    return "\n".join(lines)


def sooner(text: str) -> str:
    """Patroni's file with shorter times."""
    for shipped, shorter in QUICK.items():
        assert shipped in text, shipped
        text = text.replace(shipped, shorter)
    return text


def variables(text: str) -> dict[str, str]:
    """What a file of variables sets; an empty value is left to whoever installs it."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    pairs = (line.split("=", 1) for line in lines)
    return {name: value for name, value in pairs if value}
