"""The cluster of contrib/postgresql replaces a machine that is lost, and takes it back."""

from __future__ import annotations

from tests.cluster.machines import started


def test_what_was_committed_outlives_the_machine() -> None:
    """The synchronous standby takes over; the lost machine comes back as a standby of it."""
    with started() as cluster:
        lost, standby = cluster.the("leader"), cluster.the("sync_standby")
        lost.psql("CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES ('committed')")
        lost.lose()
        assert cluster.the("leader", other_than=lost) is standby
        assert standby.psql("SELECT word FROM kept") == "committed\n"
        lost.start()
        cluster.become_whole()
        assert lost.psql("SELECT word, pg_is_in_recovery() FROM kept") == "committed|t\n"
