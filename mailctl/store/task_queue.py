"""The tasks that a driver can do now, and those that later ones have made pointless (rules 16).

Tasks of an account are done in the order of their ids, and a task that gives an address waits for
every earlier one that takes it away. So whoever goes forward by ids meets all that can be done.
Instants are the real ones, on a manual clock too. In the statements `t` is the task that is asked
about, `b` its mailbox, `e` an earlier task, `x` one in between, `l` a later one, `d` a deletion.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailctl import clock
from mailctl.domain.settings import SETTINGS
from mailctl.domain.tasks import DELAYS, TaskKind, lease
from mailctl.store.engine.reader import Reader
from mailctl.values import Value


class Waiting(Value):
    """A task that is still to be done; `mailbox` is what the driver calls the mailbox.

    `pointless_for` is the later task that has made it pointless, or 0: a password without a hash. A
    deletion is pointless for itself where the mailbox was never made.
    """

    id: int
    account: int
    kind: TaskKind
    address: str | None
    old_address: str | None
    format: str | None
    folder: str | None
    mends: bool
    tries: int
    mailbox: str
    customer: int
    pointless_for: int | None


def _holds(task: str) -> str:
    """Whether a task holds the later ones of its account.

    A failed password, and a failed copy that was asked for by hand, hold nothing.
    """
    return f"""
        (
            {task}.status = 'todo'
            OR ({task}.status = 'failed' AND NOT (
                {task}.kind = 'password' OR ({task}.kind = 'export' AND {task}.folder IS NOT NULL)
            ))
        )
    """


def _is_open(task: str) -> str:
    """Whether a task is not done, in the words of the index of what holds."""
    return f"{task}.status IN ('todo', 'failed')"


_IS_HELD = f"""
    EXISTS (
        SELECT 1
        FROM task e
        WHERE e.account_id = b.account_id
            AND e.id < t.id
            AND {_is_open("e")}
            AND {_holds("e")}
    )
"""


def _takes_address(task: str) -> str:
    """Whether a task leaves its address to others, as a wipe and a deletion do.

    A mailbox that gave its address up before its copy was made has none to lose when it is deleted;
    one that lost it for a mending has got one again.
    """
    return f"""
        (
            {task}.kind = 'wipe'
            OR ({task}.kind = 'delete' AND NOT EXISTS (
                SELECT 1
                FROM task r
                WHERE r.account_id = {task}.account_id
                    AND r.kind = 'rename'
                    AND r.address IS NULL
                    AND r.mends = 0
                    AND r.id < {task}.id
                    AND r.status <> 'skipped'
            ))
        )
    """


def _address_is_held(by: str) -> str:
    """Whether a task gives an address that an earlier one, for which `by` is true, takes away."""
    return f"""
        (
            t.kind IN ('create', 'rename')
            AND t.address IS NOT NULL
            AND b.account_id > 0
            AND (
                EXISTS (
                    SELECT 1
                    FROM task e
                    WHERE e.address = t.address
                        AND e.id < t.id
                        AND {_is_open("e")}
                        AND {_takes_address("e")}
                        AND {by}
                )
                OR EXISTS (
                    SELECT 1
                    FROM task e
                    WHERE e.kind = 'rename'
                        AND e.old_address = t.address
                        AND e.id < t.id
                        AND {_is_open("e")}
                        AND {by}
                )
            )
        )
    """


_IS_CLAIMED = """
    (t.claimed_until IS NOT NULL AND t.claimed_until > :now AND t.claimed_until <= :last_claim)
"""
# An instant that lies further ahead than mailctl ever sets it was written under a wrong clock.
_IS_DELAYED = """
    (t.next_try_at IS NOT NULL AND t.next_try_at > :now AND t.next_try_at <= :last_delay)
"""

# A mailbox that nobody began to make needs no suspension, no copy and no deletion: one that has its
# name is somebody else's. One that was adopted has another name, and may be there.
_NEVER_MADE = """
    SELECT min(d.id)
    FROM task d
    WHERE d.account_id = t.account_id
        AND b.name = '' || t.account_id
        AND d.kind = 'delete'
        AND d.status = 'todo'
        AND d.id >= t.id
        AND EXISTS (
            SELECT 1
            FROM task n
            WHERE n.account_id = t.account_id
                AND n.id <= t.id
                AND n.kind = 'create'
                AND n.mends = 0
                AND n.tries = 0
                AND n.status IN ('todo', 'skipped')
                AND NOT EXISTS (
                    SELECT 1
                    FROM task m
                    WHERE m.account_id = t.account_id AND m.id > n.id AND m.id <= t.id
                        AND m.status = 'done'
                )
        )
"""
# Of suspensions and reopenings the last one counts. One that says the same is not waited for, if
# something else that might take long comes before it.
_LAST_STATE = """
    SELECT l.id
    FROM task l
    WHERE l.account_id = t.account_id
        AND l.id = (
            SELECT max(s.id)
            FROM task s
            WHERE s.account_id = t.account_id
                AND s.kind IN ('suspend', 'reopen')
                AND s.status = 'todo'
                AND s.id > t.id
        )
        AND (
            l.kind <> t.kind
            OR NOT EXISTS (
                SELECT 1
                FROM task x
                WHERE x.account_id = t.account_id
                    AND x.id > t.id
                    AND x.id < l.id
                    AND x.status IN ('todo', 'failed')
                    AND x.kind NOT IN ('suspend', 'reopen')
            )
        )
"""
# What a deletion undoes. A suspension before the copy of a mailbox is needed; an address that is
# given up is given up at once, since somebody may wait for it.
_BEFORE_DELETION = """
    SELECT min(d.id)
    FROM task d
    WHERE d.account_id = t.account_id
        AND d.kind = 'delete'
        AND d.status = 'todo'
        AND d.id > t.id
        AND (
            t.kind <> 'suspend'
            OR NOT EXISTS (
                SELECT 1
                FROM task x
                WHERE x.account_id = t.account_id
                    AND x.id > t.id
                    AND x.id < d.id
                    AND x.kind = 'export'
                    AND x.status IN ('todo', 'failed')
            )
        )
"""
_LATER_ONE = """
    SELECT max(l.id)
    FROM task l
    WHERE l.account_id = t.account_id
        AND l.kind = 'password'
        AND l.status = 'todo'
        AND l.id > t.id
"""
_POINTLESS_FOR = f"""
    coalesce(
        ({_NEVER_MADE}),
        CASE WHEN t.kind IN ('suspend', 'reopen') THEN ({_LAST_STATE}) END,
        CASE WHEN t.kind IN ('suspend', 'reopen', 'password') THEN ({_BEFORE_DELETION}) END,
        CASE WHEN t.kind = 'password' THEN ({_LATER_ONE}) END,
        CASE
            WHEN t.kind = 'password' AND NOT EXISTS (
                SELECT 1 FROM mailbox_password h WHERE h.account_id = t.account_id
            ) THEN 0
        END
    )
"""

_COLUMNS = f"""
    t.id, t.account_id AS account, t.kind, t.address, t.old_address, t.format, t.folder, t.mends,
    t.tries, b.name AS mailbox, {_POINTLESS_FOR} AS pointless_for,
    (
        SELECT p.customer_id
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        WHERE a.id = t.account_id
    ) AS customer
"""
# CROSS JOIN keeps the tasks as the outer loop, in their order: the first is wanted. Conditions name
# the mailbox's account, to be asked only where there is a mailbox.
_FROM = """
    FROM task t
        CROSS JOIN mailbox b
    WHERE t.status = 'todo' AND t.id > :after AND b.account_id = t.account_id
"""
# After a restore nobody knows what is there until it was compared (rules 18).
_WAITS_FOR_COMPARISON = """
    (t.kind = 'create' AND EXISTS (SELECT 1 FROM restoration z WHERE z.creates_wait = 1))
"""
_NEXT = f"""
    SELECT {_COLUMNS}
    {_FROM}
        AND NOT {_IS_CLAIMED}
        AND NOT {_IS_HELD}
        AND NOT {_address_is_held("1 = 1")}
        AND (NOT ({_IS_DELAYED} OR {_WAITS_FOR_COMPARISON}) OR {_POINTLESS_FOR} IS NOT NULL)
    ORDER BY t.id
    LIMIT 1
"""


def _instants() -> dict[str, object]:
    longest = SETTINGS["driver-timeout"].most
    assert longest is not None
    return {
        "now": clock.stamp(),
        "last_claim": clock.stamp(after=lease(TaskKind.EXPORT, longest)),
        "last_delay": clock.stamp(after=DELAYS[-1]),
    }


def next_task(reader: Reader, after_id: int = 0) -> Waiting | None:
    """The first task after that one which can be done now, or which is pointless by now."""
    return reader.fact(Waiting, _NEXT, {**_instants(), "after": after_id})


class _Met(Waiting):
    is_kept_back: bool


_IS_NOT_DONE_NOW = """
    (
        e.status = 'failed'
        OR NOT EXISTS (SELECT 1 FROM mailbox o WHERE o.account_id = e.account_id)
    )
"""
# Whatever comes before it and will not be done in this run; what is not adopted is among it.
_FORESEEN = f"""
    SELECT
        {_COLUMNS},
        CASE
            WHEN {_IS_CLAIMED}
                OR {_IS_DELAYED}
                OR {_WAITS_FOR_COMPARISON}
                OR EXISTS (
                    SELECT 1
                    FROM task e
                    WHERE e.account_id = t.account_id
                        AND e.id < t.id
                        AND e.status = 'failed'
                        AND {_is_open("e")}
                        AND {_holds("e")}
                )
                OR {_address_is_held(_IS_NOT_DONE_NOW)}
            THEN 1
            ELSE 0
        END AS is_kept_back
    {_FROM}
    ORDER BY t.id
"""


def foreseen(reader: Reader) -> Iterator[Waiting]:
    """What a run would do now, in its order, if all goes well."""
    kept_back, leaving = set[int](), set[str]()
    for task in reader.each(_Met, _FORESEEN, {**_instants(), "after": 0}):
        gives = task.kind in (TaskKind.CREATE, TaskKind.RENAME) and task.address in leaving
        if task.account in kept_back or (
            task.pointless_for is None and (task.is_kept_back or gives)
        ):
            kept_back.add(task.account)
            leaving.update(left_by(task))
        else:
            yield task


def left_by(task: Waiting) -> Iterator[str]:
    """The address that a task takes away, if any."""
    address = task.old_address if task.kind is TaskKind.RENAME else task.address
    if address and task.kind in (TaskKind.RENAME, TaskKind.WIPE, TaskKind.DELETE):
        yield address


class Left(Value):
    """What is still to be done: how many tasks, and of these how many of no adopted mailbox.

    `failed` are others, which wait for a person; `uncompared` wait for a comparison of the mail
    server with the books.
    """

    tasks: int
    failed: int
    unadopted: int
    uncompared: int
    next_try_at: str | None


def left(reader: Reader) -> Left:
    """What is still to be done, and when the first of what waits is tried again."""
    # Both words of a failed one's status: the index has the rows of both.
    (found,) = reader.facts(
        Left,
        f"""
        SELECT
            count(*) AS tasks,
            coalesce(sum(CASE WHEN b.account_id IS NULL THEN 1 ELSE 0 END), 0) AS unadopted,
            coalesce(sum(CASE
                WHEN b.account_id IS NOT NULL AND {_WAITS_FOR_COMPARISON} THEN 1 ELSE 0
            END), 0) AS uncompared,
            min(CASE
                WHEN b.account_id IS NULL THEN NULL
                WHEN {_IS_DELAYED} THEN t.next_try_at
                WHEN {_IS_CLAIMED} THEN t.claimed_until
            END) AS next_try_at,
            (
                SELECT count(*)
                FROM task f
                WHERE f.status IN ('todo', 'failed') AND f.status = 'failed'
            ) AS failed
        FROM task t
        LEFT JOIN mailbox b ON b.account_id = t.account_id
        WHERE t.status = 'todo'
        """,
        _instants(),
    )
    return found
