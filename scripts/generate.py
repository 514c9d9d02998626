"""Write completions/, man/ and docs/reference/ from the program itself.

`python scripts/generate.py` writes what is stale, with `--check` it only says what is.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference import reference
from typer._click.core import Command, Context

from mailctl import __version__
from mailctl.cli.app import Program, program
from mailctl.cli.commands.help_topics import ENVIRONMENT, LIFECYCLE, OUTPUT
from mailctl.cli.completion import SCRIPTS
from mailctl.cli.nouns import NOUNS, SECTIONS
from mailctl.cli.tree import COMMON_NAMES, Group, summary
from mailctl.errors import all_errors

HOME = Path(__file__).resolve().parent.parent
REFERENCE = HOME / "docs" / "reference"
COMPLETION_FILES = {"bash": "mailctl.bash", "zsh": "_mailctl", "fish": "mailctl.fish"}
STATUSES = (
    ("0", "done, or nothing to do"),
    ("1", "refused by a rule, declined, or a check that found something"),
    ("2", "usage: the command line is malformed, or nobody was there to be asked"),
    ("4", "the thing named does not exist"),
    ("10", "the store is missing, foreign, newer than the program, or damaged"),
    ("70", "a bug"),
    ("74", "the disk failed"),
    ("75", "the store is busy; try again"),
    ("130, 141, 143", "interrupted, pipe closed, terminated"),
)


def files() -> dict[Path, str]:
    """Every generated file with the text that it should have."""
    tree = program()
    made = {HOME / "completions" / COMPLETION_FILES[name]: text for name, text in SCRIPTS.items()}
    made[HOME / "man" / "mailctl.1"] = "".join(_main_page(tree))
    for noun in NOUNS:
        made[HOME / "man" / f"mailctl-{noun}.1"] = "".join(_page(tree, noun))
    made |= {REFERENCE / path: text for path, text in reference().items()}
    return made


def quoted(text: str) -> str:
    """Text that roff shows as it is."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{safe}" if safe.startswith((".", "\\(aq")) else safe


def _head(name: str, about: str) -> Iterator[str]:
    title = name.upper().replace(" ", "-")
    yield f'.TH "{quoted(title)}" 1 "" "mailctl {__version__}" "mailctl"\n'
    yield f".SH NAME\n{quoted(name.replace(' ', '-'))} \\- {quoted(_phrase(about))}\n"


def _phrase(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _verbatim(text: str) -> Iterator[str]:
    yield ".PP\n.nf\n"
    for line in text.rstrip("\n").split("\n"):
        yield f"{quoted(line)}\n"
    yield ".fi\n"


def _prose(text: str) -> Iterator[str]:
    """Paragraphs of a docstring; indented lines stay as they are."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        lines = paragraph.split("\n")
        words = [line for line in lines if not line.startswith(" ")]
        if words:
            yield f".PP\n{quoted(' '.join(words))}\n"
        kept = [line for line in lines if line.startswith(" ")]
        if kept:
            yield from _verbatim("\n".join(kept))


def _main_page(tree: Program) -> Iterator[str]:
    context = tree.make_context("mailctl", ["--help"], resilient_parsing=True)
    yield from _head("mailctl", summary(tree.help))
    yield ".SH SYNOPSIS\n.B mailctl\n[OPTIONS] NOUN VERB [ARGUMENTS]\n"
    yield ".SH DESCRIPTION\n"
    yield from _prose(tree.help or "")
    for title, nouns in SECTIONS.items():
        yield f".SS {quoted(title)}\n"
        for noun, about in nouns.items():
            yield f".TP\n.BR mailctl\\-{quoted(noun)} (1)\n{quoted(about)}\n"
    yield ".SH OPTIONS\nThey stand before or after the noun, and with every command.\n"
    yield from _options(context, tree, common=True)
    yield ".SH OUTPUT\n"
    yield from _verbatim(OUTPUT)
    yield ".SH EXIT STATUS\n"
    for status, meaning in STATUSES:
        yield f".TP\n{quoted(status)}\n{quoted(meaning)}\n"
    yield ".SH ERRORS\n"
    for error in all_errors():
        yield f".TP\n{quoted(error.code)} ({error.exit_status})\n{quoted(error.meaning)}\n"
    yield ".SH ENVIRONMENT\n"
    yield from _verbatim(ENVIRONMENT)
    yield ".SH THE LIFE OF AN ACCOUNT\n"
    yield from _verbatim(LIFECYCLE)


def _page(tree: Program, noun: str) -> Iterator[str]:
    root = Context(tree, info_name="mailctl")
    command = tree.get_command(root, noun)
    assert command is not None
    context = Context(command, info_name=noun, parent=root)
    yield from _head(f"mailctl {noun}", NOUNS[noun])
    yield ".SH SYNOPSIS\n"
    verbs: list[tuple[Command, Context]] = [(command, context)]
    if isinstance(command, Group):
        verbs = list(_verbs(command, context))
    for verb, place in verbs:
        pieces = " ".join(verb.collect_usage_pieces(place))
        yield f".B {quoted(place.command_path)}\n{quoted(pieces)}\n.br\n"
    if isinstance(command, Group):
        yield ".SH DESCRIPTION\n"
        yield from _prose(command.help or "")
        yield ".SH COMMANDS\n"
    else:
        yield ".SH DESCRIPTION\n"
    for verb, place in verbs:
        if isinstance(command, Group):
            yield f".SS {quoted(place.command_path)}\n"
        yield from _prose(verb.help or "")
        yield from _options(place, verb, common=False)
    yield ".SH SEE ALSO\n.BR mailctl (1),\nfor the options that all commands share.\n"


def _verbs(noun: Group, context: Context) -> Iterator[tuple[Command, Context]]:
    for name in noun.names():
        verb = noun.get_command(context, name)
        assert verb is not None
        yield verb, Context(verb, info_name=name, parent=context)


def _options(context: Context, command: Any, *, common: bool) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and (common or parameter.name not in COMMON_NAMES):
            yield f".TP\n{quoted(record[0])}\n{quoted(record[1])}\n"


def main() -> int:
    """Write what is stale, or with `--check` name it; gives the exit status."""
    made = files()
    stale = {
        path: text
        for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    unknown = [
        path
        for folder in (HOME / "completions", HOME / "man", REFERENCE)
        for path in folder.rglob("*")
        if path.is_file() and path not in made
    ]
    if "--check" in sys.argv[1:]:
        for path in (*stale, *unknown):
            sys.stderr.write(f"{path.relative_to(HOME)} is stale: python scripts/generate.py\n")
        return 1 if stale or unknown else 0
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in unknown:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
