"""Three machines in one: etcd, Patroni and PostgreSQL of contrib/postgresql, a folder each."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from tests.cluster import shipped
from tests.cluster.processes import (
    end_all_in,
    hand_over,
    pids_in,
    private_folder,
    server_owner,
    until,
)
from tests.postgresql.server import programs

NUMBERS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One of the three: its folder, and the ports that it uses in place of those in the files."""

    number: int
    folder: Path
    programs: Path
    ports: dict[tuple[int, int], int]
    """By machine and the file's port, those of the others too."""
    services: list[subprocess.Popen[bytes]] = field(default_factory=list, compare=False)

    @property
    def name(self) -> str:
        """What etcd and Patroni call it."""
        return f"db{self.number}"

    @property
    def data(self) -> Path:
        """The folder of its PostgreSQL."""
        return self.folder / "15" / "mailctl"

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its services."""
        passwords = ("SUPERUSER", "REPLICATION", "REWIND")
        return {
            "PATH": os.environ["PATH"],
            **shipped.variables(self.filled_in("etcd.env")),
            **shipped.variables(self.filled_in("node.env")),
            **{f"PATRONI_{role}_PASSWORD": shipped.PASSWORD for role in passwords},
            "PGBACKREST_CONFIG": str(self.folder / "pgbackrest.conf"),
        }

    def port(self, of_file: int) -> int:
        """Its own port in place of one in the files."""
        return self.ports[self.number, of_file]

    def filled_in(self, name: str) -> str:
        """A file of contrib/postgresql as it is on this machine."""
        return shipped.filled_in(
            name, self.number, folder=self.folder, programs=self.programs, ports=self.ports
        )

    def start(self) -> None:
        """Switch it on: etcd, and Patroni, which starts PostgreSQL."""
        self.spawn("etcd")
        self.spawn("patroni", str(self.folder / "patroni.yml"))

    def lose(self) -> None:
        """End all that runs on it, at once."""
        end_all_in(self.folder)
        self.reap()

    def reap(self) -> None:
        """Take note of the services that have ended."""
        while self.services:
            self.services.pop().wait()

    def end(self, service: str) -> None:
        """End one of its services at once."""
        for each in [each for each in self.services if each.args[0] == service]:
            each.kill()
            each.wait()
            self.services.remove(each)

    def stop_patroni(self) -> None:
        """Stop Patroni, which stops its PostgreSQL, as a service is stopped."""
        for each in [each for each in self.services if each.args[0] == "patroni"]:
            each.terminate()
            each.wait()
            self.services.remove(each)

    def postmaster(self) -> int:
        """The process of its PostgreSQL that starts all others."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def backends(self, title: str) -> list[int]:
        """The processes of its PostgreSQL that are called so, such as `walreceiver`."""
        return pids_in(self.data, title=title)

    def run(self, *command: str | Path, script: str = "") -> str:
        """What a program says that its administrator runs on it."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, user=server_owner(), input=script,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def psql(self, script: str, *, database: str = "postgres") -> str:
        """What a script prints to the superuser."""
        return self.run(
            self.programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-U", "postgres",
            "-h", self.folder, "-p", str(self.port(5432)), "-d", database, script=script,
        )  # fmt: skip

    def spawn(self, *command: str) -> None:
        """Start one of its services."""
        with (self.folder / f"{command[0]}.log").open("a") as log:
            service = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, user=server_owner(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.services.append(service)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The three machines, and what they say of each other."""

    folder: Path
    machines: dict[str, Machine]
    trusted: ssl.SSLContext

    def url(self, user: str = "mailctl") -> str:
        """How a client reaches whichever machine is the primary."""
        hosts = ",".join(f"127.0.0.1:{each.port(5432)}" for each in self.machines.values())
        return (
            f"postgresql://{user}@{hosts}/mailctl?target_session_attrs=read-write"
            f"&sslmode=verify-full&sslrootcert={self.folder / 'ca.crt'}"
        )

    def state(self) -> list[dict[str, object]]:
        """What the first machine that answers says of each: name, role, state, timeline, lag."""
        for machine in self.machines.values():
            where = f"https://127.0.0.1:{machine.port(8008)}/cluster"
            with (
                suppress(OSError, ValueError),
                urllib.request.urlopen(where, timeout=2, context=self.trusted) as answer,
            ):
                members: list[dict[str, object]] = json.load(answer)["members"]
                return members
        return []

    def roles(self) -> dict[str, str]:
        """The role of each machine that is running: leader, sync_standby, replica."""
        running = (each for each in self.state() if each["state"] in ("running", "streaming"))
        return {str(each["name"]): str(each["role"]) for each in running}

    def the(self, role: str, *, other_than: Machine | None = None) -> Machine:
        """The machine with a role, waited for."""

        def found() -> Machine | None:
            for name, its_role in self.roles().items():
                if its_role == role and self.machines[name] is not other_than:
                    return self.machines[name]
            return None

        return until(found, f"a {role}")

    def become_whole(self) -> None:
        """Wait until there are a leader, a synchronous standby and a replica on one timeline."""

        def is_whole() -> bool:
            timelines = {each.get("timeline") for each in self.state()}
            roles = sorted(self.roles().values())
            return roles == ["leader", "replica", "sync_standby"] and len(timelines) == 1

        until(is_whole, "three machines that follow each other")

    def said(self) -> str:
        """The last words of each Patroni, for whoever reads why a test failed."""
        logs = sorted(self.folder.glob("*/patroni.log"))
        lines = {log: log.read_text(errors="replace").splitlines()[-15:] for log in logs}
        return "\n".join("\n".join([str(log), *said]) for log, said in lines.items())


def free_ports(count: int) -> list[int]:
    """So many ports that nobody uses."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def started(*, quick: bool = True) -> Iterator[Cluster]:
    """A whole cluster with the roles and the empty database of a store.

    It misses a machine after 8 s, or after as many as the shipped file says.
    """
    found = programs()
    assert found is not None, "apt install postgresql"
    with private_folder() as folder:
        wanted = [(number, port) for number in NUMBERS for port in shipped.PORTS]
        ports = dict(zip(wanted, free_ports(len(wanted)), strict=True))
        machines = [
            Machine(number=number, folder=folder / f"db{number}", programs=found, ports=ports)
            for number in NUMBERS
        ]
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.crt"))
        for machine in machines:
            _furnish(machine, authority, quick=quick)
        hand_over(folder)
        trusted = ssl.create_default_context()
        authority.configure_trust(trusted)
        named = {machine.name: machine for machine in machines}
        cluster = Cluster(folder=folder, machines=named, trusted=trusted)
        try:
            _begin(cluster)
            yield cluster
        except BaseException as error:
            error.add_note(cluster.said())
            raise
    for machine in machines:
        machine.reap()


def _furnish(machine: Machine, authority: trustme.CA, *, quick: bool) -> None:
    tls = machine.folder / "tls"
    tls.mkdir(parents=True)
    pair = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(str(tls / "ca.crt"))
    pair.private_key_pem.write_to_path(str(tls / "node.key"))
    pair.cert_chain_pems[0].write_to_path(str(tls / "node.crt"))
    (tls / "node.key").chmod(0o600)
    patroni = machine.filled_in("patroni.yml")
    (machine.folder / "patroni.yml").write_text(shipped.sooner(patroni) if quick else patroni)
    (machine.folder / "pgbackrest.conf").write_text(machine.filled_in("pgbackrest.conf"))


def _begin(cluster: Cluster) -> None:
    for machine in cluster.machines.values():
        machine.start()
    cluster.become_whole()
    primary = cluster.the("leader")
    primary.psql((shipped.SHIPPED / "roles.sql").read_text(encoding="utf-8"))
    for role in ("mailctl", "mailctl_reader"):
        primary.psql(f"ALTER ROLE {role} PASSWORD '{shipped.PASSWORD}'")
    primary.run("pgbackrest", "--stanza=mailctl", "stanza-create")
