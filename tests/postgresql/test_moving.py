"""A store moves from a file to a server and back, and from one schema to another."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailctl.errors import MailctlError, StoreDamagedError
from mailctl.store.engine import copying
from mailctl.store.engine.postgresql.draft_schema import DraftSchema
from mailctl.store.engine.postgresql.server import named
from mailctl.store.engine.stores import store_at
from tests import on_server
from tests.helpers import Cli, contents
from tests.on_server import Place
from tests.store.engine.test_copying import UNFIT, move, takes_changes, without_mark
from tests.store.plain import force

CREDIT = ("prepaid", "credit", "acme", "10")


@pytest.fixture
def there(database: str, tmp_path: Path) -> Iterator[Place]:
    """A schema that does not exist yet."""
    with on_server.place(database, tmp_path) as place:
        yield place


def test_every_row_is_on_the_server_and_comes_back(busy: Cli, there: Place, tmp_path: Path) -> None:
    """The checks have nothing to say against either, and both have the same journal."""
    before, head = without_mark(busy.store), busy.ok("journal", "head")
    move(busy.store, there)
    assert without_mark(there) == before
    assert Cli(there).ok("journal", "head") == head
    assert Cli(there)("store", "check").status == 0
    assert (takes_changes(busy.store), takes_changes(there)) == (False, True)
    Cli(there).ok(*CREDIT)
    Cli(there).ok("tick", "--days", "30")
    changed = without_mark(there)
    back = tmp_path / "back.db"
    move(there, back)
    assert without_mark(back) == changed
    assert Cli(back)("store", "check").status == 0
    assert (takes_changes(there), takes_changes(back)) == (False, True)
    refused = Cli(there)(*CREDIT, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-moved")
    assert str(back) in refused.error()["message"]


def test_from_one_schema_to_another_and_back_at_once(
    busy: Cli, there: Place, database: str, tmp_path: Path
) -> None:
    """The command line's sentence names its undo, which works as it is printed."""
    move(busy.store, there)
    with on_server.place(database, tmp_path) as other:
        done = Cli(there).ok("store", "copy", str(there), str(other))
        assert (takes_changes(there), takes_changes(other)) == (False, True)
        assert done["closed"] == str(there)
        assert done["undo"].startswith("mailctl store copy ")
        Cli(other).ok("store", "copy", str(other), str(there))
        assert (takes_changes(there), takes_changes(other)) == (True, False)


def test_a_copy_is_kept_while_the_server_goes_on(busy: Cli, there: Place, tmp_path: Path) -> None:
    """It is read, and takes no changes; so is a copy on the server of a file."""
    copying.keep(store_at(busy.store), there, dry_run=False, told=lambda *_: None)
    assert (takes_changes(busy.store), takes_changes(there)) == (True, False)
    assert Cli(there)("account", "list").out == busy("account", "list").out
    Cli(there).ok("store", "reopen", "--confirm", str(there))
    file = tmp_path / "kept.db"
    copying.keep(store_at(there), file, dry_run=False, told=lambda *_: None)
    assert (takes_changes(there), takes_changes(file)) == (True, False)


def test_an_empty_schema_may_be_there_and_no_other(busy: Cli, there: Place) -> None:
    """An administrator may have made it for this role."""
    on_server.execute(there, f"CREATE SCHEMA {there.schema}")
    on_server.execute(there, "CREATE TABLE notes (text TEXT)")
    with pytest.raises(MailctlError) as refused:
        move(busy.store, there)
    assert refused.value.code == "already-exists"
    on_server.execute(there, "DROP TABLE notes")
    move(busy.store, there)
    assert takes_changes(there)


def test_a_dry_run_leaves_no_schema(busy: Cli, there: Place) -> None:
    """Its transaction is undone."""
    busy.ok("store", "copy", str(busy.store), str(there), "--dry-run")
    assert contents(there) == {}
    assert takes_changes(busy.store)


def test_a_copy_that_fails_leaves_no_schema(
    busy: Cli, there: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row that is not equal is enough."""
    real = DraftSchema.complete

    def harmed(draft: DraftSchema) -> None:
        draft.connection.execute("UPDATE customer SET city = 'Lyon' WHERE slug = 'acme'")
        real(draft)

    monkeypatch.setattr(DraftSchema, "complete", harmed)
    with pytest.raises(StoreDamagedError, match="the table customer"):
        move(busy.store, there)
    assert contents(there) == {}
    assert takes_changes(busy.store)


@pytest.mark.parametrize("harm", UNFIT.values(), ids=UNFIT)
def test_a_store_whose_rows_do_not_fit_is_not_copied(busy: Cli, there: Place, harm: str) -> None:
    """They came from another program."""
    force(busy.store, harm)
    with pytest.raises(StoreDamagedError):
        move(busy.store, there)
    assert contents(there) == {}
    assert takes_changes(busy.store)


@pytest.mark.parametrize("step", ["put", "complete", "publish", "clear"])
def test_a_move_killed_on_its_way_leaves_one_store_and_can_be_repeated(
    busy: Cli, there: Place, step: str
) -> None:
    """The server undoes what was not committed when the connection ends."""
    child = os.fork()
    if child == 0:
        owner = copying.moved if step == "clear" else DraftSchema
        setattr(owner, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        try:
            move(busy.store, there)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert takes_changes(busy.store) == (step != "clear")
    if step == "clear":
        # The copy finds that its source has moved to it.
        assert takes_changes(there)
    move(busy.store, there)
    assert (takes_changes(busy.store), takes_changes(there)) == (False, True)
    assert Cli(there)("store", "check").status == 0


def test_a_url_is_the_same_place_whoever_the_user_is() -> None:
    """And another schema, or another server, is another place."""
    one = named("postgresql://anna@db.example/mail?schema=a")
    assert one.whereabouts == named("postgresql://bob@db.example/mail?schema=a").whereabouts
    assert one.whereabouts == named("postgresql://db.example/mail?schema=a&user=x").whereabouts
    assert one.whereabouts != named("postgresql://db.example/mail").whereabouts
    assert one.whereabouts != named("postgresql://db2.example/mail?schema=a").whereabouts
