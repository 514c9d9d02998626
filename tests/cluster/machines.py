"""Three machines in one: the files of contrib/postgresql with loopback addresses filled in.

A machine is a folder. All its processes stand in it (their working directory is below it), so
whoever loses a machine, or clears up, ends what stands there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from tests.postgresql.server import programs

SHIPPED = Path(__file__).parents[2] / "contrib" / "postgresql"
NAMES = ("db1", "db2", "db3")
PORTS = (2379, 2380, 5432, 8008)
PASSWORD = "correct horse battery staple"
# Seconds, on a machine that does much else at the same time.
LONGEST = 90.0
# What the shipped file says, and what a test that cannot wait for long says in its place.
QUICK = {"ttl: 30": "ttl: 8", "loop_wait: 10": "loop_wait: 1", "retry_timeout: 10": "retry_timeout: 3"}


def pids_in(folder: Path) -> list[int]:
    """The processes whose working directory is in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink().is_relative_to(folder):
                found.append(int(process.name))
    return found


def end_all_in(folder: Path) -> None:
    """SIGKILL for every process in a folder, and for what they start meanwhile."""
    while pids := pids_in(folder):
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


@contextmanager
def waiting_for(what: str, longest: float = LONGEST) -> Iterator[Iterator[None]]:
    """Steps of a tenth of a second, up to an end."""

    def steps() -> Iterator[None]:
        deadline = time.monotonic() + longest
        while time.monotonic() < deadline:
            yield
            time.sleep(0.1)
        raise AssertionError(f"{what}: not in {longest:.0f} s")

    yield steps()


@dataclass(slots=True, kw_only=True)
class Machine:
    """One of the three: its folder, and its own port for each that the files name."""

    name: str
    folder: Path
    ports: dict[int, int]

    @property
    def data(self) -> Path:
        """The folder of its PostgreSQL's files."""
        return self.folder / "15" / "mailctl"

    @property
    def postmaster(self) -> int:
        """The process of its PostgreSQL that starts all others."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def pids(self, *, title: str = "") -> list[int]:
        """The processes of its PostgreSQL whose title has this text, such as `walreceiver`."""
        found = []
        for pid in pids_in(self.data):
            with suppress(OSError):
                if title in Path(f"/proc/{pid}/cmdline").read_text(errors="replace"):
                    found.append(pid)
        return found


@dataclass(slots=True, kw_only=True)
class Cluster:
    """The three machines."""

    folder: Path
    programs: Path
    owner: str | None
    quick: bool
    machines: dict[str, Machine] = field(default_factory=dict)
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def start(self, machine: Machine) -> None:
        """Switch a machine on: etcd and Patroni, which starts PostgreSQL."""
        self._spawn(machine, "etcd", ["etcd"], self._variables(machine, "etcd.env"))
        variables = self._variables(machine, "node.env")
        for role in ("SUPERUSER", "REPLICATION", "REWIND"):
            variables[f"PATRONI_{role}_PASSWORD"] = PASSWORD
        variables["PGBACKREST_CONFIG"] = str(machine.folder / "pgbackrest.conf")
        self._spawn(machine, "patroni", ["patroni", str(machine.folder / "patroni.yml")], variables)

    def lose(self, machine: Machine) -> None:
        """End all that runs on a machine, at once."""
        end_all_in(machine.folder)

    def _spawn(
        self, machine: Machine, name: str, command: list[str], variables: dict[str, str]
    ) -> None:
        with (machine.folder / f"{name}.log").open("a") as log:
            subprocess.Popen(
                command, cwd=machine.folder, env=dict(PATH=os.environ["PATH"]) | variables,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=self.owner,
                start_new_session=True,
            )  # fmt: skip

    def filled_in(self, machine: Machine, name: str) -> str:
        """A file of contrib/postgresql as it is on a machine."""
        text = (SHIPPED / name).read_text(encoding="utf-8")
        if name.endswith(".env"):
            # The first machine's are shipped, but for the line that names all three.
            other = (int(machine.name[-1]), machine.name)
            text = re.sub(r"^(?!ETCD_INITIAL_CLUSTER=)(.*)\bdb1\b", rf"\1{other[1]}", text, flags=re.M)
            text = text.replace("10.0.0.11", f"10.0.0.1{other[0]}")

        def address(found: re.Match[str]) -> str:
            number, port = found[1] or found[2], int(found[3])
            return f"127.0.0.1:{self.machines[f'db{number}'].ports[port]}"

        text = re.sub(r"(?:db(\d)\.example\.net|10\.0\.0\.1(\d)):(\d+)", address, text)
        for place, here in {
            "/etc/patroni/tls": machine.folder / "tls",
            "/etc/etcd/tls": machine.folder / "tls",
            "/var/lib/etcd": machine.folder / "etcd",
            "/var/lib/postgresql": machine.folder,
            "/var/run/postgresql": machine.folder,
            "/usr/lib/postgresql/15/bin": self.programs,
            "repo1-type=s3": "repo1-type=posix",
            "repo1-path=/mailctl": f"repo1-path={self.folder}/repository",
            "[global]": f"[global]\nlock-path={machine.folder}\nlog-path={machine.folder}",
            "pg1-port=5432": f"pg1-port={machine.ports[5432]}",
            "repo1-s3-key=\n": "",
            "repo1-s3-key-secret=\n": "",
            "repo1-cipher-pass=\n": f"repo1-cipher-pass={PASSWORD}\n",
        }.items():
            text = text.replace(place, str(here))
        # Who runs the test need not be called postgres; the socket is in a private folder.
        text = text.replace("peer", "trust")
        for shipped, shorter in QUICK.items() if self.quick else ():
            assert shipped in text or name != "patroni.yml", shipped
            text = text.replace(shipped, shorter)
        return text

    def _variables(self, machine: Machine, name: str) -> dict[str, str]:
        lines = self.filled_in(machine, name).splitlines()
        pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
        return {name: value for name, value in pairs if value}

    def url(self, user: str = "mailctl") -> str:
        """How a client reaches whichever machine is the primary."""
        hosts = ",".join(f"127.0.0.1:{each.ports[5432]}" for each in self.machines.values())
        certificate = self.folder / "ca.crt"
        return (
            f"postgresql://{user}@{hosts}/mailctl?target_session_attrs=read-write"
            f"&connect_timeout=3&sslmode=verify-full&sslrootcert={certificate}"
        )

    def state(self) -> dict[str, dict[str, object]]:
        """What a machine that answers says of all: role, state, timeline, lag by name."""
        for machine in self.machines.values():
            with suppress(OSError, ValueError):
                where = f"https://127.0.0.1:{machine.ports[8008]}/cluster"
                with urllib.request.urlopen(where, timeout=2, context=self.trusted) as answer:
                    return {each["name"]: each for each in json.load(answer)["members"]}
        return {}

    def roles(self) -> dict[str, str]:
        """The role of each machine that is running: leader, sync_standby, replica."""
        return {
            name: str(each["role"])
            for name, each in self.state().items()
            if each["state"] in ("running", "streaming")
        }

    def one_with(self, role: str, *, other_than: Machine | None = None) -> Machine:
        """The machine with a role, waited for."""
        with waiting_for(f"no {role}; {self.state()}") as steps:
            for _ in steps:
                for name, its_role in self.roles().items():
                    found = self.machines[name]
                    if its_role == role and found is not other_than:
                        return found
        raise AssertionError

    def whole(self) -> None:
        """Wait until there are a leader, a synchronous standby and a replica on one timeline."""
        with waiting_for("a machine is missing") as steps:
            for _ in steps:
                state = self.state()
                roles = sorted(self.roles().values())
                if roles == ["leader", "replica", "sync_standby"]:
                    timelines = {each.get("timeline") for each in state.values()}
                    if len(timelines) == 1:
                        return

    def psql(self, script: str, *, role: str = "leader") -> str:
        """What a script prints as the superuser, on the machine with a role, over its socket."""
        machine = self.one_with(role)
        done = subprocess.run(
            [self.programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-U", "postgres",
             "-h", machine.folder, "-p", str(machine.ports[5432]), "-d", "postgres"],
            input=script, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


# A process that outlives the test for as long as it takes to end what the test started.
JANITOR = """
import sys
from pathlib import Path
from tests.cluster.machines import end_all_in
import shutil
sys.stdin.read()
folder = Path(sys.argv[1])
end_all_in(folder)
shutil.rmtree(folder, ignore_errors=True)
"""


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that is gone at the end with all who stand in it, however the test ends."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="mailctl-ha-", dir=memory if memory.is_dir() else None))
    janitor = subprocess.Popen(
        [sys.executable, "-c", JANITOR, str(folder)], stdin=subprocess.PIPE,
        cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip
    try:
        yield folder
    finally:
        if os.environ.get("MAILCTL_KEEP_CLUSTER_LOGS"):
            shutil.copytree(folder, os.environ["MAILCTL_KEEP_CLUSTER_LOGS"], dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("15", "etcd", "tls", ".s.*", "repository"))
        janitor.communicate(b"")


@contextmanager
def started(*, quick: bool = True) -> Iterator[Cluster]:
    """A whole cluster with the roles and the empty database of a store."""
    found = programs()
    assert found is not None, "apt install postgresql"
    with _folder() as folder:
        cluster = Cluster(folder=folder, programs=found, owner=_owner(), quick=quick)
        ports = iter(_free_ports(len(NAMES) * len(PORTS)))
        for name in NAMES:
            own = {port: next(ports) for port in PORTS}
            cluster.machines[name] = Machine(name=name, folder=folder / name, ports=own)
        _furnish(cluster)
        for machine in cluster.machines.values():
            cluster.start(machine)
        cluster.whole()
        cluster.psql((SHIPPED / "roles.sql").read_text(encoding="utf-8"))
        for role in ("mailctl", "mailctl_reader"):
            cluster.psql(f"ALTER ROLE {role} PASSWORD '{PASSWORD}'")
        yield cluster


def _owner() -> str | None:
    """Who runs the servers: not root, whom PostgreSQL refuses."""
    return "postgres" if os.geteuid() == 0 else None


def _furnish(cluster: Cluster) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(cluster.folder / "ca.crt"))
    authority.configure_trust(cluster.trusted)
    for machine in cluster.machines.values():
        tls = machine.folder / "tls"
        tls.mkdir(parents=True)
        machine.data.parent.mkdir()
        pair = authority.issue_cert("127.0.0.1", "localhost")
        authority.cert_pem.write_to_path(str(tls / "ca.crt"))
        pair.private_key_pem.write_to_path(str(tls / "node.key"))
        (tls / "node.crt").write_bytes(b"".join(each.bytes() for each in pair.cert_chain_pems))
        (tls / "node.key").chmod(0o600)
        for name in ("patroni.yml", "pgbackrest.conf"):
            text = cluster.filled_in(machine, name)
            (machine.folder / name).write_text(text, encoding="utf-8")
    if cluster.owner:
        for path in (cluster.folder, *cluster.folder.rglob("*")):
            shutil.chown(path, cluster.owner)
