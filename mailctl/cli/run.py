"""What a command works with: the store, the output, and the options of every command.

A command says what to read or change; when the store is opened, when a person is asked and what is
shown is decided here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeVar

from mailctl.cli.render.machine_formats import InMemoryRows, Rows
from mailctl.cli.render.output import Output
from mailctl.cli.render.printed_commands import complete_command, quoted
from mailctl.contract import THINGS
from mailctl.domain.money import money
from mailctl.errors import ConfirmationNeededError, DeclinedError, PlanChangedError, UsageError

if TYPE_CHECKING:
    from mailctl.actions.result import Result
    from mailctl.actions.undo import Undo
    from mailctl.store.engine.location import Location
    from mailctl.store.engine.reader import Reader
    from mailctl.store.engine.stores import Store
    from mailctl.store.engine.transaction import Transaction
    from mailctl.store.engine.upgraded import Upgrade

Plan = TypeVar("Plan")
ResultT = TypeVar("ResultT", bound="Result")
Made = TypeVar("Made")


class Tense:
    """The verb for what a command did or, on a dry run, would do: `did("Renamed", "rename")`."""

    def __init__(self, *, would: bool, currency: str) -> None:
        self.would = would
        self.currency = currency

    def __call__(self, past: str, plain: str) -> str:
        """The verb as a sentence begins with it: `Renamed`, or on a dry run `Would rename`."""
        return f"Would {plain}" if self.would else past

    def money(self, cents: int) -> str:
        """An amount in the store's currency."""
        return money(cents, self.currency)


Say = Callable[[ResultT, Tense], str]


class Run:
    """One command at work."""

    def __init__(
        self,
        *,
        command: str,
        location: Location,
        output: Output,
        wait: int = 10,
        no_input: bool = False,
        changes: bool = False,
        dry_run: bool = False,
        yes: bool = False,
    ) -> None:
        self.command = command
        self.location = location
        self.output = output
        self.wait = wait
        self.no_input = no_input
        self.changes = changes and not dry_run
        self.dry_run = dry_run
        self.yes = yes
        self.takes_moved = False
        """Whether the command may change a store that is elsewhere now."""
        self.traces_left = False
        self._has_greeted = False

    @property
    def store(self) -> Store:
        """The store, which is opened by every use of it; a changing command upgrades it first."""
        from mailctl.store.engine.stores import store_at

        return store_at(
            self.location, wait=self.wait, upgraded=self.announce_upgrade if self.changes else None
        )

    def announce_upgrade(self, done: Upgrade) -> None:
        """Warn that a store was upgraded on the way, and of what that changes."""
        from mailctl.store.engine.sqlite import migrations

        self.output.warn(
            f"the store had schema {done.from_version} and was upgraded to {done.version}; a copy "
            f"of it as it was is in {done.copy}"
        )
        for text in migrations.news(done.from_version, done.version):
            self.output.warn(text)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """The store, open for reading."""
        with self.store.read() as db:
            self._greet(db)
            yield db
            for note in db.notes:
                self.output.note(note)

    def look(self) -> AbstractContextManager[Reader]:
        """The store, open for a check before the command itself begins."""
        return self.store.read()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """The store, open for one change; undone on a dry run and on an error."""
        with self.store.write(
            self.command, dry_run=self.dry_run, takes_moved=self.takes_moved
        ) as tx:
            self._greet(tx)
            yield tx
        self.traces_left = tx.traces_left

    def _changed(self, body: Callable[[Transaction], Made]) -> Made:
        """What a change makes; where others are in its way, it may be begun several times."""

        def greeted(tx: Transaction) -> Made:
            self._greet(tx)
            return body(tx)

        store = self.store
        made = store.change(
            self.command, greeted, dry_run=self.dry_run, takes_moved=self.takes_moved
        )
        self.traces_left = store.traces_left
        return made

    def list(self, query: Callable[[Reader], Rows]) -> None:
        """Show a list."""
        with self.read() as db:
            self.output.write_list(query(db))

    def show(
        self,
        thing: str,
        query: Callable[[Reader], Mapping[str, object]],
        *,
        has_page: bool = False,
    ) -> None:
        """Show one thing with all its keys; to people as its page, where it has one."""
        with self.read() as db:
            found = query(db)
        if not (has_page and self.output.shows_document()):
            self.output.write_thing(thing, found)
            return
        from mailctl.cli.render import document, thing_pages

        page = thing_pages.PAGES[thing]
        document.show(self.output, page(found, document.width_for(self.output)))

    def change(self, action: Callable[[Transaction], ResultT], say: Say[ResultT]) -> None:
        """Change the store at once, and say what changed."""
        self.report(self._changed(action), say)

    def change_as_planned(
        self,
        plan: Callable[[Reader], Plan],
        apply: Callable[[Transaction, Plan], ResultT],
        *,
        show: Callable[[Plan, Output], str | None],
        say: Say[ResultT],
    ) -> None:
        """Show a plan, ask, and carry it out if it is still the same under the lock.

        `show` prints the plan and gives the question, or None where there is nothing to ask about.
        PlanChangedError if the store changed while waiting for the answer.
        """
        self._plan_and_change(plan, apply, show, say, None if self.yes else self._confirm)

    def change_several(
        self,
        plan: Callable[[Reader], Plan],
        apply: Callable[[Transaction, Plan], ResultT],
        *,
        many: bool,
        show: Callable[[Plan, Output], str | None],
        say: Say[ResultT],
    ) -> None:
        """One thing is changed at once; of several (`many`) the plan is shown and asked about."""
        if many:
            self.change_as_planned(plan, apply, show=show, say=say)
        else:
            self.change(lambda tx: apply(tx, plan(tx)), say)

    def change_for_good(
        self,
        plan: Callable[[Reader], Plan],
        apply: Callable[[Transaction, Plan], ResultT],
        *,
        show: Callable[[Plan, Output], str | None],
        say: Say[ResultT],
        name: str,
        confirmed: str | None,
    ) -> None:
        """As `change_as_planned`, for what is final: the name is typed, or was with --confirm.

        --yes alone is not enough. UsageError where another name was given.
        """
        self.check_name(name, confirmed)

        def confirm(question: str) -> None:
            self._confirm_by_name(question, name)

        self._plan_and_change(plan, apply, show, say, None if confirmed else confirm)

    def check_name(self, name: str, confirmed: str | None) -> None:
        """Raise UsageError where another name was given by --confirm."""
        if confirmed is not None and confirmed != name:
            raise UsageError(
                f"--confirm {confirmed} is not the name {name}", hint=f"--confirm {quoted(name)}"
            )

    def confirm_for_good(self, question: str, name: str, confirmed: str | None) -> None:
        """Ask for the name before something final, unless it was given with --confirm."""
        if confirmed is None:
            self._confirm_by_name(question, name)

    def _plan_and_change(
        self,
        plan: Callable[[Reader], Plan],
        apply: Callable[[Transaction, Plan], ResultT],
        show: Callable[[Plan, Output], str | None],
        say: Say[ResultT],
        confirm: Callable[[str], None] | None,
    ) -> None:
        if confirm is None or self.dry_run:
            result = self._change_at_once(plan, apply, show)
        else:
            # Where nobody can say yes nothing may change, not even the schema of the store.
            self.changes = self.can_ask()
            with self.read() as db:
                made = plan(db)
            question = show(made, self.output)
            if question is not None:
                confirm(question)

            def as_shown(tx: Transaction) -> ResultT:
                if plan(tx) != made:
                    raise PlanChangedError(
                        "the store changed while waiting for your answer; nothing was done",
                        hint=f"mailctl {self.command}, to see the new plan",
                    )
                return apply(tx, made)

            result = self._changed(as_shown)
        self.report(result, say)

    def _change_at_once(
        self,
        plan: Callable[[Reader], Plan],
        apply: Callable[[Transaction, Plan], ResultT],
        show: Callable[[Plan, Output], str | None],
    ) -> ResultT:
        planned: list[Plan] = []

        def planned_now(tx: Transaction) -> ResultT:
            planned.append(plan(tx))
            return apply(tx, planned[-1])

        try:
            return self._changed(planned_now)
        finally:
            # A plan that was made again is shown once, and one that is refused then too.
            if self.dry_run and planned:
                show(planned[-1], self.output)

    @property
    def is_data_asked_for(self) -> bool:
        """Whether -o or --fields ask for data instead of a sentence."""
        return self.output.form is not None or bool(self.output.fields)

    def report(self, result: ResultT, say: Say[ResultT]) -> None:
        """Say what changed: in a sentence, or as the data that was asked for."""
        for warning in result.warnings:
            self.output.warn(warning)
        undo = result.undo if result.changed else None
        beside = {
            "changed": result.changed,
            "dry_run": self.dry_run,
            "undo": _typed(undo) if undo and undo.commands else None,
        }
        if not self.is_data_asked_for:
            self.output.say(say(result, Tense(would=self.dry_run, currency=self.output.currency)))
            if undo and not self.dry_run:
                self._say_undo(undo)
        elif result.many:
            self.output.write_list(InMemoryRows(THINGS[result.thing], result.items), beside=beside)
        else:
            self.output.write_thing(result.thing, result.item, beside=beside)

    def _say_undo(self, undo: Undo) -> None:
        """How what was done is undone; a command is not broken over lines, to be copied."""
        if undo.commands:
            left = f" ({undo.note})" if undo.note else ""
            self.output.say_whole(f"Undo{left}: {_typed(undo)}")
            return
        self.output.say(f"This cannot be undone{': ' if undo.note else ''}{undo.note}.")
        for one in undo.helps:
            self.output.say_whole(f"To {one.purpose}: {complete_command(one.command)}")

    def _confirm(self, question: str) -> None:
        self._check_can_ask("look at what it would do with --dry-run, then give --yes")
        if not self.output.ask(question):
            raise DeclinedError("nothing was done")

    def _confirm_by_name(self, question: str, name: str) -> None:
        self._check_can_ask(
            f"look at what it would do with --dry-run, then give --confirm {quoted(name)}"
        )
        if self.output.ask_for(f"{question} Type {name} to go on:") != name:
            raise DeclinedError("nothing was done")

    def _check_can_ask(self, hint: str) -> None:
        if not self.can_ask():
            raise ConfirmationNeededError(
                f"{self.command} asks before it acts, and there is no terminal to ask on",
                hint=hint,
            )

    def can_ask(self) -> bool:
        """Whether there is a terminal to ask on."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    def _greet(self, db: Reader) -> None:
        self.output.currency = db.info.currency
        if self._has_greeted:
            return
        self._has_greeted = True
        for warning in db.warnings:
            self.output.warn(warning)
        self.output.detail(f"store: {self.location}, today: {db.today}")


def _typed(undo: Undo) -> str:
    """The commands of an undo as one line for a shell, for the store that was given."""
    return " && ".join(map(complete_command, undo.commands))
