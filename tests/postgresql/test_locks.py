"""What a change on a server holds meanwhile, and for what others wait (rules 19)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Timer
from unittest.mock import patch

import pytest

from mailctl.actions import account_orders
from mailctl.actions import customers as profiles
from mailctl.actions.placing import OrderPlaced
from mailctl.errors import AlreadyExistsError, DomainTakenError
from mailctl.store import customers
from mailctl.store.engine.location import location_of
from mailctl.store.engine.scopes import CUSTOMERS, IN_TURN
from mailctl.store.engine.stores import Store, store_at
from mailctl.store.engine.transaction import Transaction
from tests.cli.test_help import COMMANDS
from tests.helpers import Cli
from tests.postgresql.on_server import command_line
from tests.postgresql.server import Server

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHOLE = {
    *("driver adopt", "driver release", "task reconcile"),
    *("customer erase", "import", "init", "invoice render"),
    *("payment export", "tick"),
    *("bank import", "bank match", "bank accept", "bank ignore", "bank undo"),
    *("offer add", "offer close", "offer edit", "offer price", "offer reopen"),
    *("settings set", "store backup", "store copy", "store reopen", "store restore"),
    *("store upgrade", "tax set"),
}
"""What concerns all customers, or what the plans of others rely on."""


@pytest.fixture
def host(postgresql: Server) -> Iterator[Cli]:
    """Customers ada and bob with a platform each, on 2026-03-01 by the real clock."""
    cli = command_line(postgresql)
    with patch("mailctl.clock.now", lambda: NOON):
        cli.ok("init")
        for name in ("ada", "bob"):
            cli.ok("customer", "add", name, "--name", name, "--email", f"{name}@h.example")
            cli.ok("platform", "add", f"{name}-pro", "--customer", name, "--offer", "email-pro")
        yield cli


@dataclass
class Held:
    """A place in a plan where a change stands still, the first time that it comes there."""

    reached: Event = field(default_factory=Event)
    may_go: Event = field(default_factory=Event)
    times: int = 0

    def __call__(self) -> None:
        self.times += 1
        self.reached.set()
        assert self.may_go.wait(30)


def store_of(cli: Cli) -> Store:
    """The store of a command line."""
    return store_at(location_of(str(cli.store)), wait=30)


@contextmanager
def standing(
    cli: Cli, command: str, body: Callable[[Transaction], object], held: Held
) -> Iterator[Future[object]]:
    """A change that stands still in its plan, and goes on after the block."""
    with ThreadPoolExecutor() as pool:
        future: Future[object] = pool.submit(store_of(cli).change, command, body)
        try:
            assert held.reached.wait(30)
            yield future
        finally:
            held.may_go.set()


def ordering(
    address: str, held: Held, *, awaits: bool = False
) -> Callable[[Transaction], OrderPlaced]:
    """An order for ada that stands still once it is planned."""

    def body(tx: Transaction) -> OrderPlaced:
        plan = account_orders.plan_order(
            tx, platform="ada-pro", addresses=(address,), await_payment=awaits
        )
        held()
        return account_orders.order(tx, plan)

    return body


def test_two_customers_do_not_wait_for_each_other(host: Cli) -> None:
    """While an order of ada's is planned bob's goes through; who is about ada waits, and hears."""
    held = Held()
    with standing(host, "account order", ordering("a@ada.example", held), held) as order:
        first = host.ok("account", "order", "bob-pro", "b@bob.example", "-y", "--wait", "0")
        assert host.ok("prepaid", "credit", "bob", "50", "--wait", "0")["changed"]
        assert host.ok("customer", "add", "cyd", "--name", "C", "--email", "c@c.example")
        assert host.ok("customer", "show", "ada")["balance_cents"] == 0
        for argv in (
            ("prepaid", "credit", "ada", "50"),
            ("domain", "move", "bob.example", "ada"),
            ("settings", "set", "payment-days", "20"),
            ("tick",),
        ):
            for wait in ("0", "1"):
                got = host(*argv, "--wait", wait)
                assert got.status == 75, argv
                assert "is busy: mailctl account order, process " in got.err, argv
    placed = order.result()
    assert isinstance(placed, OrderPlaced)
    assert first["invoice"] == "2026-000001"
    assert placed.item["invoice"] == "2026-000002"
    assert host("store", "check").status == 0
    assert host("journal", "verify").status == 0


def test_who_writes_waits_for_who_writes_and_then_goes_on(host: Cli) -> None:
    """Once ada's change has begun to write, bob's waits at its own first write: nothing is lost."""
    held, starts = Held(), []

    def writing(tx: Transaction) -> None:
        customers.set_alert(tx, customers.find(tx, "ada").id, 100)
        held()

    def waiting(tx: Transaction) -> None:
        starts.append(tx)
        customers.set_alert(tx, customers.find(tx, "bob").id, 200)

    with standing(host, "prepaid alert", writing, held):
        for wait in ("0", "1"):
            got = host("prepaid", "credit", "bob", "50", "--wait", wait)
            assert got.status == 75
            assert "is busy: mailctl prepaid alert, process " in got.err
            assert "is in the way" not in got.err
        Timer(0.5, held.may_go.set).start()
        store_of(host).change("prepaid alert", waiting)
    assert len(starts) == 1
    alerts = [host.ok("prepaid", "show", who)["alert_cents"] for who in ("ada", "bob")]
    assert alerts == [100, 200]


def test_a_command_that_starts_again_does_what_it_was_given(host: Cli) -> None:
    """A method is added once its customer is free, with all its details."""
    held = Held()
    with standing(host, "account order", ordering("a@ada.example", held), held):
        Timer(0.5, held.may_go.set).start()
        added = host.ok(
            *("method", "add", "bank", "ada", "--iban", "FR7630006000011234567890189"),
            *("--holder", "Ada", "--mandate", "M-1", "--signed", "2026-02-01"),
        )
    assert added["changed"]


@pytest.mark.parametrize("awaits", [False, True])
def test_an_address_that_another_took_is_refused_as_usual(host: Cli, *, awaits: bool) -> None:
    """It is planned again then, also where it would be paid later; nothing of the first is left."""
    held, wanted = Held(), "it@new.example"
    with standing(host, "account order", ordering(wanted, held, awaits=awaits), held) as order:
        host.ok("account", "order", "bob-pro", "it@new.example", "-y")
    with pytest.raises(DomainTakenError) as refused:
        order.result()
    assert refused.value.hint == "mailctl account list --domain new.example"
    assert {one["customer"] for one in host("order", "list", "-o", "jsonl").jsonl()} == {"bob"}


def test_a_name_that_another_took_is_refused_as_usual(host: Cli) -> None:
    """The same of a customer's id."""
    held, add = Held(), customers.add

    def adding(tx: Transaction) -> object:
        return profiles.add(tx, id="dan", name="Dan", email="d@d.example")

    def late(tx: Transaction, slug: str, profile: dict[str, object]) -> int:
        if not held.reached.is_set():
            held()
        return add(tx, slug, profile)

    with (
        patch("mailctl.store.customers.add", late),
        standing(host, "customer add", adding, held) as added,
    ):
        host.ok("customer", "add", "dan", "--name", "Another", "--email", "x@d.example")
    with pytest.raises(AlreadyExistsError):
        added.result()
    assert host("store", "check").status == 0


def test_a_change_that_midnight_overtakes_starts_again(host: Cli) -> None:
    """Its document has the day on which it is issued, after those of others."""
    held = Held()
    with standing(host, "account order", ordering("a@ada.example", held), held) as order:
        clock = patch("mailctl.clock.now", lambda: NOON + timedelta(days=1))
        clock.start()
        host.ok("account", "order", "bob-pro", "b@bob.example", "-y")
    placed = order.result()
    assert isinstance(placed, OrderPlaced)
    assert held.times == 2
    assert (placed.item["invoice"], placed.item["ordered_on"]) == ("2026-000002", "2026-03-02")
    assert host("store", "check").status == 0
    clock.stop()


def test_customers_in_any_order_never_wait_in_a_circle(host: Cli) -> None:
    """Both changes go through, and neither waits for the server to find a deadlock."""
    both, starts = Barrier(2), []

    def changing(*names: str) -> Callable[[Transaction], None]:
        def body(tx: Transaction) -> None:
            starts.append(names)
            customers.find(tx, names[0])
            if starts.count(names) == 1:
                both.wait(30)
            customers.find(tx, names[1])
            for name in names:
                customers.set_alert(tx, customers.find(tx, name).id, 100 * len(starts))

        return body

    with ThreadPoolExecutor() as pool:
        done = [
            pool.submit(store_of(host).change, "prepaid alert", changing(*names))
            for names in (("ada", "bob"), ("bob", "ada"))
        ]
        for one in done:
            one.result(30)
    assert starts.count(("ada", "bob")) == 1
    assert starts.count(("bob", "ada")) == 2


def test_what_the_database_refuses_is_no_bug_until_nobody_else_is_there(host: Cli) -> None:
    """An error that another change may have caused is seen again under the whole store's lock."""
    scopes: list[bool] = []

    def body(tx: Transaction) -> None:
        scopes.append(tx.is_planning)
        raise LookupError("as a bug would")

    with pytest.raises(LookupError):
        store_of(host).change("prepaid credit", body)
    assert scopes == [True, False]


def test_every_command_that_changes_something_says_what_it_holds() -> None:
    """One that is in no table holds the whole store; it is named here, so that it is meant."""
    changing = {
        name
        for name, command in COMMANDS.items()
        if any("--dry-run" in p.opts for p in command.params)
    }
    assert changing == CUSTOMERS | IN_TURN | WHOLE
    assert not CUSTOMERS & IN_TURN
