"""What machines do at the worst moment; each loss is put right at the end of its block."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.cluster.machines import Cluster, Machine
from tests.cluster.processes import send

Loss = Callable[[Cluster], AbstractContextManager[None]]


def _back(cluster: Cluster, machine: Machine) -> None:
    """The machine is switched on again, and follows the new primary."""
    machine.start()
    cluster.become_whole()


@contextmanager
def machine_of_primary(cluster: Cluster) -> Iterator[None]:
    """The primary's machine is gone."""
    primary = cluster.the("leader")
    primary.lose()
    yield
    _back(cluster, primary)


@contextmanager
def machine_of_standby(cluster: Cluster) -> Iterator[None]:
    """The synchronous standby's machine is gone; the third takes its place."""
    standby = cluster.the("sync_standby")
    standby.lose()
    yield
    _back(cluster, standby)


@contextmanager
def crash_of_primary(cluster: Cluster) -> Iterator[None]:
    """PostgreSQL on the primary is killed; its Patroni lives."""
    os.kill(cluster.the("leader").postmaster(), signal.SIGKILL)
    yield
    cluster.become_whole()


@contextmanager
def lagging(cluster: Cluster) -> Iterator[None]:
    """No standby takes what the primary writes."""
    receivers = [
        pid for machine in cluster.machines.values() for pid in machine.backends("walreceiver")
    ]
    send(signal.SIGSTOP, receivers)
    try:
        yield
    finally:
        send(signal.SIGCONT, receivers)


@contextmanager
def machine_of_primary_while_standbys_lag(cluster: Cluster) -> Iterator[None]:
    """The primary wrote what nobody else has, and nobody was told that it is done."""
    primary = cluster.the("leader")
    with lagging(cluster):
        time.sleep(2)
        primary.lose()
    yield
    _back(cluster, primary)


@contextmanager
def hanging_standby(cluster: Cluster) -> Iterator[None]:
    """The synchronous standby's machine stands still, without a word."""
    standby = cluster.the("sync_standby")
    frozen = [*standby.backends(""), *(service.pid for service in standby.services)]
    send(signal.SIGSTOP, frozen)
    yield
    send(signal.SIGCONT, frozen)
    cluster.become_whole()


@contextmanager
def patroni_of_primary(cluster: Cluster) -> Iterator[None]:
    """Nobody looks after the primary any more: it goes on, and another one is made beside it."""
    primary = cluster.the("leader")
    primary.end("patroni")
    cluster.the("leader", other_than=primary)
    time.sleep(2)
    primary.spawn("patroni", str(primary.folder / "patroni.yml"))
    yield
    cluster.become_whole()


@contextmanager
def majority_of_etcd(cluster: Cluster) -> Iterator[None]:
    """etcd cannot say any more who the primary is; PostgreSQL lives on all three machines."""
    primary = cluster.the("leader")
    others = [each for each in cluster.machines.values() if each is not primary]
    for machine in others:
        machine.end("etcd")
    # Longer than it takes to miss a primary.
    time.sleep(12)
    yield
    for machine in others:
        machine.spawn("etcd")
    cluster.become_whole()


QUICK: tuple[Loss, ...] = (crash_of_primary, machine_of_primary_while_standbys_lag)
ALL: tuple[Loss, ...] = (
    *QUICK,
    machine_of_primary,
    machine_of_standby,
    hanging_standby,
    patroni_of_primary,
    majority_of_etcd,
)
