"""Letters' joiners are a part of words, and still no way to hide anything (rules 4)."""

from __future__ import annotations

import pytest

from mailctl.cli.render.text import clean
from mailctl.domain.names import check_text
from mailctl.errors import UsageError
from tests.cli.terminal import on_terminal
from tests.helpers import Cli

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
HINDI = "\u0915\u094d\u200d\u0937"
CODER = "\U0001f469\u200d\U0001f4bb"


@pytest.mark.parametrize("name", [PERSIAN, HINDI, CODER, "Auf\u200clage", f"{PERSIAN} {HINDI}"])
def test_a_name_keeps_its_joiners(store: Cli, name: str) -> None:
    """`--name 'می‌خواهم'` was "control characters": it is kept, shown and written in letters."""
    store.ok("customer", "add", "c", "--name", name, "--email", "c@c.example")
    assert store.ok("customer", "show", "c")["name"] == name
    assert name in store("customer", "list", "-o", "csv").out
    assert name in store("customer", "list").out
    store.ok("customer", "edit", "c", "--street", name, "--city", name)
    store.ok("platform", "add", "p", "--customer", "c", "--offer", "email-pro")
    store.ok("account", "order", "p", "-y")
    assert name in store.ok("notice", "show", "1")["body"]
    assert store.ok("invoice", "show", "2026-000001")["buyer"]["name"] == name


@pytest.mark.parametrize(
    "text",
    [
        "\u200cacme", "acme\u200d", "ac \u200cme", "ac\u200c me", "ac\u200c\u200dme", "1\u200c2",
        "ac\u200bme", "ac\u200eme", "ac\u202eme", "ac\u2066me", "ac\xadme", "ac\ufeffme",
        "-\u200d-",
    ],
)  # fmt: skip
def test_what_joins_no_letters_is_refused(store: Cli, text: str) -> None:
    """At an end, beside a space, twice, between digits; and what steers a text, as before."""
    with pytest.raises(UsageError):
        check_text(text, "name")
    refused = store("customer", "add", "c", "--name", text, "--email", "c@c.example")
    assert (refused.status, refused.out) == (2, "")
    assert clean(text).isascii()


@pytest.mark.parametrize(
    "argv",
    [
        ("customer", "add", "ac\u200cme", "--name", "N", "--email", "c@c.example"),
        ("customer", "add", "c", "--name", "N", "--email", "ac\u200cme@c.example"),
        ("customer", "add", "c", "--name", "N", "--email", "a@ac\u200cme.example"),
        ("offer", "add", "ac\u200dme", "--like", "email-pro"),
    ],
)
def test_what_is_told_apart_by_its_name_has_none(store: Cli, argv: tuple[str, ...]) -> None:
    """Two ids or addresses that look alike would be two customers."""
    assert store(*argv).status == 2


def test_a_table_stays_in_line(store: Cli) -> None:
    """A joiner takes no place on the screen."""
    store.ok("customer", "add", "a", "--name", "Auf\u200clage", "--email", "a@c.example")
    store.ok("customer", "add", "b", "--name", "Auflage", "--email", "b@c.example")
    shown = on_terminal(store.store, "customer", "list", columns=80).out
    first, second = [line for line in shown.splitlines() if "lage" in line]
    assert first.replace("\u200c", "").partition("Auflage")[2] == second.partition("Auflage")[2]
