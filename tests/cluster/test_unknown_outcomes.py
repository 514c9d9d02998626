"""What only the primary has written is acknowledged to nobody, however its wait ends."""

from __future__ import annotations

import signal
import time
from contextlib import suppress

from tests.cluster.client import Client, client_of
from tests.cluster.host import SETTING_UP
from tests.cluster.losses import lagging
from tests.cluster.machines import Machine, started
from tests.cluster.processes import send, until

ORDER = ("account", "order", "ann-mail", "--yes", "--key")
WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND usename = 'mailctl'"


def waiting_backend(primary: Machine) -> int:
    """The server's process of a command whose COMMIT waits for the standby."""

    def found() -> str:
        # A server that begins again refuses everybody for a moment.
        with suppress(AssertionError):
            return primary.psql(WAITING)
        return ""

    return int(until(found, "a commit that waits for the standby", longest=15))


def ordered(client: Client) -> int:
    """How many orders of mailboxes Ann has."""
    orders = client.ok("order", "list", "--customer", "ann")["items"]
    return sum(each["kind"] == "accounts" for each in orders)


def assert_killed_is_unknown(client: Client, primary: Machine) -> None:
    """The server's process is killed, and the command with it: the order is there, for the moment.

    A second try of the same key finds it, and does not answer before a standby has it too.
    """
    with lagging(client.cluster):
        first = client.started(*ORDER, "killed")
        send(signal.SIGKILL, [waiting_backend(primary), first.pid])
        first.communicate()
        second = client.started(*ORDER, "killed")
        waiting_backend(primary)
        time.sleep(1)
        assert second.poll() is None
    said, _ = second.communicate()
    assert (second.returncode, '"changed": false' in said) == (0, True)
    assert ordered(client) == 1


def assert_interrupted_is_unknown(client: Client, primary: Machine) -> None:
    """Ctrl-C ends the wait: the order is on the primary alone, and the command says that."""
    with lagging(client.cluster):
        process = client.started(*ORDER, "interrupted")
        waiting_backend(primary)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        assert process.returncode == 74, said
        assert "on the primary alone" in said
    client.insist(*ORDER, "interrupted")
    assert ordered(client) == 2


def test_what_no_standby_has_is_acknowledged_to_nobody() -> None:
    """Neither by the command itself nor by one that finds its key."""
    with started() as cluster:
        client = client_of(cluster)
        for line in SETTING_UP:
            client.ok(*line.split())
        primary = cluster.the("leader")
        assert_killed_is_unknown(client, primary)
        assert_interrupted_is_unknown(client, primary)
        client.ok("store", "check")
