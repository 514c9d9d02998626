"""Machines are lost in the middle of orders, credits and ticks: nothing acknowledged is lost.

Nothing is done twice either: every command is given again with its key until it is acknowledged.
"""

from __future__ import annotations

import random
import time

from tests.cluster import losses
from tests.cluster.client import client_of
from tests.cluster.host import Host
from tests.cluster.losses import Loss
from tests.cluster.machines import started
from tests.lives.many import ASKED, how_many

ROUNDS = how_many(1)


def test_nothing_acknowledged_is_lost_with_a_machine() -> None:
    """Whatever is lost, work goes on within seconds, and the lost machine follows again."""
    chosen: list[Loss] = [*losses.QUICK]
    if ASKED:
        chosen = random.choices(losses.ALL, k=min(ROUNDS, 50))
    with started() as cluster:
        host = Host(client_of(cluster))
        with host.working():
            for loss in chosen:
                host.goes_on()
                host.note_head()
                with loss(cluster):
                    host.goes_on(time.monotonic())
        host.assert_true()
