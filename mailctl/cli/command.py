"""Commands: a function declares its own parameters, and the shared options are added here.

`@reading("account")` and `@changing("account")` mark a function; only when the command is asked for
is its full signature made, because inspecting signatures is a large part of a start-up.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import typer

from mailctl.cli.input import options, parse
from mailctl.cli.input.common import common_value, environment_location
from mailctl.cli.render.colors import Color
from mailctl.cli.render.output import Format, Output
from mailctl.cli.run import Run
from mailctl.cli.typer_parts import signed
from mailctl.contract import THINGS
from mailctl.errors import UsageError
from mailctl.values import Value

Function = TypeVar("Function", bound=Callable[..., object])

Options = dict[str, tuple[Any, object]]
REQUIRED: object = inspect.Parameter.empty

COMMON: Options = {
    "store": (options.StorePath, None),
    "wait": (options.Wait, None),
    "no_input": (options.NoInput, False),
    "no_pager": (options.NoPager, False),
    "quiet": (options.Quiet, False),
    "verbose": (options.Verbose, 0),
    "color": (options.ColorChoice, None),
}
"""Options that stand before or after the noun: annotation and default."""

SHOWING: Options = {
    "output": (options.Form, None),
    "json": (options.Json, False),
    "fields": (options.Fields, None),
}
LISTING: Options = {"sort": (options.Sort, None)}
ASKED: Options = {"dry_run": (options.DryRun, False), "yes": (options.Yes, False)}


class Traits(Value):
    """What kind of command a function is: what it shows, and whether it changes something.

    `more` are options that come to it as `**keywords`; `also` is another thing that it may show
    instead, whose fields it then checks itself.
    """

    thing: str | None
    many: bool
    changes: bool
    more: Options
    also: str | None = None

    @property
    def shared(self) -> Options:
        """The options that the command gets besides its own."""
        showing = SHOWING if self.thing else {}
        listing = LISTING if self.many and not self.changes else {}
        return {**(ASKED if self.changes else {}), **listing, **showing, **COMMON}


_TRAITS: dict[Callable[..., object], Traits] = {}


class Elsewhere:
    """A command that stands in a module of its own, loaded when it is asked for.

    `app.command("order")(Elsewhere("account_order.order"))` is `order` in that module of commands.
    """

    def __init__(self, place: str) -> None:
        self._place = place

    def __call__(self) -> Callable[..., object]:
        """The command's function."""
        module, _, name = self._place.partition(".")
        function: Callable[..., object] = getattr(command_module(module), name)
        return function


def command_module(name: str) -> Any:
    """A module of commands, loaded now."""
    return import_module(f"mailctl.cli.commands.{name}")


def reading(
    thing: str, *, many: bool = False, also: str | None = None
) -> Callable[[Function], Function]:
    """Mark a command that shows one thing, or with `many` a list of them."""
    return _marked(Traits(thing=thing, many=many, changes=False, more={}, also=also))


def changing(
    thing: str, *, many: bool = False, more: Options | None = None, also: str | None = None
) -> Callable[[Function], Function]:
    """Mark a command that changes one thing, or with `many` a list of them."""
    return _marked(Traits(thing=thing, many=many, changes=True, more=more or {}, also=also))


def explaining(function: Function) -> Function:
    """Mark a command that prints plain text and opens no store."""
    return _marked(Traits(thing=None, many=False, changes=False, more={}))(function)


def _marked(traits: Traits) -> Callable[[Function], Function]:
    def mark(function: Function) -> Function:
        _TRAITS[function] = traits
        return function

    return mark


def traits_of(function: Callable[..., object]) -> Traits:
    """What kind of command a function was marked as."""
    return _TRAITS[function]


def composed(function: Callable[..., object]) -> Callable[..., object]:
    """The function as Typer sees it: its own parameters, then the shared ones (see typer_parts)."""
    traits = traits_of(function)
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    def command(ctx: typer.Context, **given: Any) -> object:
        run = _run(ctx, traits, {name: given.pop(name) for name in traits.shared})
        try:
            with run.output.paged(is_wanted=not (traits.changes or common_value(ctx, "no_pager"))):
                return function(run, **_answered(ctx, given, run))
        except UsageError as error:
            error.hint = error.hint or f"{ctx.command_path} --help"
            raise

    parameters = (one for one in own if one.kind is not inspect.Parameter.VAR_KEYWORD)
    added = {**traits.more, **traits.shared, "ctx": (typer.Context, REQUIRED)}
    signed(command, parameters, ((name, *option) for name, option in added.items()))
    command.__doc__ = function.__doc__
    return command


def _answered(ctx: typer.Context, given: dict[str, Any], run: Run) -> dict[str, Any]:
    """What was given, with every value that is asked for; few commands ask for any."""
    values = list(ctx.params.values())
    several = (one for value in values if isinstance(value, list | tuple) for one in value)
    if not any(isinstance(one, parse.Unanswered) for one in (*values, *several)):
        return given
    from mailctl.cli.input import prompts

    return prompts.answered(ctx, given, output=run.output, no_input=run.no_input, read=run.look)


def _run(ctx: typer.Context, traits: Traits, shared: dict[str, Any]) -> Run:
    output = Output(
        form=_form(shared),
        fields=parse.fields(shared["fields"]) if shared.get("fields") else (),
        sort=shared.get("sort"),
        color=Color(common_value(ctx, "color") or "auto"),
        quiet=bool(common_value(ctx, "quiet")),
        verbose=common_value(ctx, "verbose") or 0,
    )
    if traits.thing and not traits.also:
        output.check_fields(THINGS[traits.thing], many=traits.many)
        output.check_sort(THINGS[traits.thing])
    wait = common_value(ctx, "wait")
    return Run(
        command=" ".join(ctx.command_path.split()[1:]),
        location=environment_location(common_value(ctx, "store")),
        output=output,
        wait=10 if wait is None else wait,
        no_input=bool(common_value(ctx, "no_input")),
        changes=traits.changes,
        dry_run=shared.get("dry_run", False),
        yes=shared.get("yes", False),
    )


def _form(shared: dict[str, Any]) -> Format | None:
    given = shared.get("output")
    if shared.get("json"):
        if given not in (None, "json"):
            raise UsageError(
                f"--json and -o {given} are two different forms", hint="give one of them"
            )
        return Format.JSON
    return Format(given) if given else None
