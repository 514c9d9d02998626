"""Seconds until work goes on after each kind of loss, on the cluster of contrib/postgresql.

Orders, credits and ticks run all the time, each command given again until it is acknowledged; the
time is until each of the three has a new command acknowledged. The machines are folders of this
one, with the times of the shipped files. At the end all is checked: nothing lost, nothing twice.

    python -m benchmarks.failover --rounds 3
"""

from __future__ import annotations

import argparse
import statistics
import time

from tests.cluster import losses
from tests.cluster.client import client_of
from tests.cluster.host import Host
from tests.cluster.machines import started


def main() -> None:
    parser = argparse.ArgumentParser(description="How long work stands still after a loss.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--quick", action="store_true", help="a machine is missed after 8 s, not 30"
    )
    options = parser.parse_args()
    seconds: dict[str, list[float]] = {loss.__name__: [] for loss in losses.ALL}
    with started(quick=options.quick) as cluster:
        host = Host(client_of(cluster))
        with host.working():
            for _ in range(options.rounds):
                for loss in losses.ALL:
                    host.goes_on()
                    with loss(cluster):
                        seconds[loss.__name__].append(host.goes_on(time.monotonic()))
        host.assert_true()
        done = {name: len(worker.done) for name, worker in host.workers.items()}
    for name, found in seconds.items():
        spread = f"{min(found):.0f} to {max(found):.0f}"
        print(f"{name.replace('_', ' '):40} {statistics.median(found):5.1f} s  ({spread})")
    print(f"acknowledged, and found once: {done}")


if __name__ == "__main__":
    main()
