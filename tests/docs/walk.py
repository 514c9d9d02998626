"""Walking through a page: where it starts, and its commands in order."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import on_server
from tests.docs.pages import ROOT, Block, Page, matches, page
from tests.docs.shell import STORE, Shell

# The page of the how-tos whose commands make the store that the others start from.
TRIAL = ROOT / "docs" / "howto" / "README.md"


def prepared(block: Block, shell: Shell) -> None:
    """What must be there before the block: its file, its date."""
    if "file" in block.marks:
        path = shell.home / block.marks["file"]
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
    shell.today = block.marks.get("later", shell.today)


def walked(read: Page, shell: Shell) -> None:
    """Type a page from its first line to its last."""
    for block in read.blocks:
        prepared(block, shell)
        for step in block.steps if block.language == "console" else ():
            where = f"{read.name}:{step.line}: {step.command}"
            typed = shell.type(step.command, step.answers)
            assert (typed.status != 0) == step.fails, f"{where}\nexit {typed.status}\n{typed.seen}"
            shown = "\n".join(step.shown)
            assert not step.shown or matches(step.shown, typed.seen, rewrapped=typed.rewrapped), (
                f"{where}\nthe page shows:\n{shown}\n\nit prints:\n{typed.seen}"
            )


def made_trial(home: Path) -> Path:
    """The folder of the how-tos, made by the commands of their first page."""
    home.mkdir()
    walked(page(TRIAL), Shell(home=home))
    return home


def shell_of(read: Page, home: Path, trial: Path, server: on_server.Place | None = None) -> Shell:
    """The folder that a page starts from: `none` is empty, `trial` is that of the how-tos.

    With a server the store is there, and no file of it is in the folder.
    """
    url = "" if server is None else str(server)
    if read.store == "trial":
        shutil.copytree(trial, home, symlinks=True)
        store = home / "trial.db"
        if server is not None:
            on_server.fill(server, store)
            for part in home.glob("trial.db*"):
                part.unlink()
            url = str(server)
        return Shell(home=home, server=url, file=str(store), variables={STORE: url or str(store)})
    assert read.store == "none", f"{read.name}: no folder is named {read.store!r}"
    home.mkdir()
    return Shell(home=home, server=url)
