"""pgBackRest's copies of the cluster give back any moment, and mailctl finds it whole.

The commands are those of docs/operations.md.
"""

from __future__ import annotations

import time
from pathlib import Path

from tests.cluster.client import Client, client_of
from tests.cluster.host import SETTING_UP
from tests.cluster.machines import Cluster, Machine, free_ports, started
from tests.cluster.processes import until
from tests.lives.many import ASKED

STANZA = "--stanza=mailctl"


def pg_ctl(machine: Machine, data: Path, *arguments: str | Path) -> None:
    """Start or stop a server that no Patroni looks after."""
    machine.run(machine.programs / "pg_ctl", "-D", data, "-w", *arguments)


def restored(machine: Machine, moment: str, *options: str) -> None:
    """Restore as of a moment."""
    machine.run(
        "pgbackrest", STANZA, "--type=time", f"--target={moment}", "--target-action=promote",
        *options, "restore",
    )  # fmt: skip


def copied_before_a_mistake(client: Client, primary: Machine) -> str:
    """A full copy, an order after it, and then a wrong command; the moment between the two."""
    for line in SETTING_UP:
        client.ok(*line.split())
    primary.run("pgbackrest", STANZA, "--type=full", "backup")
    # pgBackRest looks for a copy that ended in an earlier second.
    time.sleep(2)
    client.ok("account", "order", "ann-mail", "--key", "after the copy", "--yes")
    moment = primary.psql("SELECT now()").strip()
    client.ok("platform", "cancel", "ann-mail", "--yes")
    primary.psql("SELECT pg_switch_wal()")
    primary.run("pgbackrest", STANZA, "check")
    return moment


def assert_is_before_the_mistake(client: Client) -> None:
    """The order is there, the cancellation is not, and all checks hold."""
    client.ok("store", "check")
    client.ok("journal", "verify")
    assert client.ok("platform", "show", "ann-mail")["state"] == "active"
    assert len(client.ok("account", "list", "--platform", "ann-mail")["items"]) == 1


def look_aside(client: Client, primary: Machine, moment: str) -> None:
    """How the store was, beside the cluster that goes on."""
    aside, (port,) = primary.data.with_name("aside"), free_ports(1)
    restored(primary, moment, f"--pg1-path={aside}", "--archive-mode=off")
    options = f"-p {port} -c synchronous_standby_names= -c unix_socket_directories={aside}"
    pg_ctl(primary, aside, "-l", aside / "log", "-o", options, "start")
    assert_is_before_the_mistake(client.at(port))
    pg_ctl(primary, aside, "-m", "fast", "stop")
    assert client.ok("platform", "show", "ann-mail")["state"] == "cancelled"


def put_in_place(cluster: Cluster, primary: Machine, moment: str) -> None:
    """All machines go back to the moment."""
    others = [each for each in cluster.machines.values() if each is not primary]
    for machine in (*others, primary):
        machine.stop_patroni()
    settings = str(primary.folder / "patroni.yml")
    answers = "mailctl\nYes I am aware\n"
    primary.run("patronictl", "-c", settings, "remove", "mailctl", script=answers)
    restored(primary, moment, "--delta")
    options = f"-p {primary.port(5432)} -c synchronous_standby_names= -c archive_mode=off"
    pg_ctl(primary, primary.data, "-l", primary.folder / "restored.log", "-o", options, "start")
    until(lambda: primary.psql("SELECT pg_is_in_recovery()") == "f\n", "the end of the restore")
    pg_ctl(primary, primary.data, "-m", "fast", "stop")
    primary.spawn("patroni", settings)
    cluster.the("leader")
    for machine in others:
        machine.run("rm", "-rf", machine.data)
        machine.spawn("patroni", str(machine.folder / "patroni.yml"))
    cluster.become_whole()


def test_a_copy_gives_back_any_moment() -> None:
    """A wrong command is on all three machines at once; a copy shows what was before it."""
    with started() as cluster:
        client, primary = client_of(cluster), cluster.the("leader")
        moment = copied_before_a_mistake(client, primary)
        look_aside(client, primary, moment)
        if ASKED:
            put_in_place(cluster, primary, moment)
            assert_is_before_the_mistake(client)
            primary.run("pgbackrest", STANZA, "--type=full", "backup")
