"""A host at work: orders, credits and ticks, whatever happens to the machines."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.cluster.client import Acknowledged, Client
from tests.cluster.processes import until

BEGINS = date(2026, 1, 1)
# Days that each tick goes through: enough that machines are lost in the middle of it.
DAYS = 10
SETTING_UP = (
    f"init --clock {BEGINS}",
    "customer add ann --name Ann --email ann@ann.example",
    "customer add bob --name Bob --email bob@bob.example",
    "prepaid credit ann 100000",
    "prepaid credit bob 10000",
    "platform add ann-mail --customer ann --offer email-pro",
    "platform add bob-mail --customer bob --offer email-pro",
    "account order bob-mail --count 20 --yes",
)


def ordering(number: int) -> tuple[str, ...]:
    """One more mailbox for Ann."""
    return ("account", "order", "ann-mail", "--key", f"order-{number}", "--yes")


def crediting(number: int) -> tuple[str, ...]:
    """Bob pays again."""
    return ("prepaid", "credit", "bob", "10", "--key", f"credit-{number}")


def ticking(number: int) -> tuple[str, ...]:
    """Some days pass."""
    return ("tick", "--to", str(BEGINS + timedelta(days=DAYS * number)), "--accept-mass")


@dataclass(slots=True)
class Worker:
    """Somebody who gives one command after the other, each until it is acknowledged."""

    client: Client
    command: Callable[[int], tuple[str, ...]]
    done: list[Acknowledged] = field(default_factory=list)
    error: BaseException | None = None

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work that ends with a command that is acknowledged."""
        ends = threading.Event()
        thread = threading.Thread(target=self._work, args=(ends,))
        thread.start()
        try:
            yield
        finally:
            ends.set()
            thread.join()

    def _work(self, ends: threading.Event) -> None:
        try:
            while not ends.is_set():
                self.done.append(self.client.insist(*self.command(len(self.done) + 1)))
        except BaseException as error:  # noqa: BLE001 - raised where somebody waits for it
            self.error = error

    def first_after(self, moment: float) -> Acknowledged | None:
        """The first command that was begun after a moment, once it is acknowledged."""
        if self.error:
            raise self.error
        return next((each for each in self.done if each.began > moment), None)


@dataclass(slots=True)
class Host:
    """The workers, and what they may rely on."""

    client: Client
    heads: list[str] = field(default_factory=list)
    """Of the journal, as they were printed."""
    workers: dict[str, Worker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in SETTING_UP:
            self.client.ok(*line.split())
        for command in (ordering, crediting, ticking):
            self.workers[command.__name__] = Worker(self.client, command)

    @contextmanager
    def working(self) -> Iterator[None]:
        """All workers at once."""
        with ExitStack() as stack:
            for worker in self.workers.values():
                stack.enter_context(worker.working())
            yield

    def goes_on(self, moment: float | None = None) -> float:
        """Wait for a new command of each worker after a moment; seconds until the last of them."""
        since = time.monotonic() if moment is None else moment

        def first_of_each() -> list[float] | None:
            found = [worker.first_after(since) for worker in self.workers.values()]
            return [each.ended for each in found if each] if all(found) else None

        return max(until(first_of_each, "new work")) - since

    def note_head(self) -> None:
        """Keep the journal's digest, as an auditor does."""
        self.heads.append(self.client.ok("journal", "head")["digest"])

    def assert_true(self) -> None:
        """Nothing acknowledged was lost, nothing was done twice, and the books hold."""
        ok, workers = self.client.ok, self.workers
        orders = {
            each["number"]: each
            for each in ok("order", "list", "--customer", "ann")["items"]
            if each["kind"] == "accounts"
        }
        assert sorted(orders) == sorted(each.answer["number"] for each in workers["ordering"].done)
        accounts = ok("account", "list", "--platform", "ann-mail", "--state", "all")["items"]
        assert len(accounts) == len(orders)
        statement = ok("prepaid", "statement", "bob")["items"]
        credits_of_bob = [each for each in statement if each["kind"] == "credit"]
        assert len(credits_of_bob) == len(workers["crediting"].done) + 1
        assert ok("status")["clock_on"] == workers["ticking"].done[-1].argv[2]
        numbers = [each["number"] for each in ok("invoice", "list")["items"]]
        for year in {number[:4] for number in numbers}:
            of_year = [int(number[5:]) for number in numbers if number.startswith(year)]
            assert sorted(of_year) == list(range(1, len(of_year) + 1))
        ok("store", "check")
        for head in self.heads:
            ok("journal", "verify", "--head", head)
