"""The pages as a test reads them: blocks of commands with what they show, files, inline commands.

A page says in comments, which a reader of the source sees and a reader of the page does not, what a
test must know:

    <!-- store: trial -->      the folder that the page starts from (test_pages.py, STARTS)
    <!-- file: new.csv -->     the next block is a file of that name
    <!-- later: 2026-03-20 --> from here on that is the system's date
    <!-- not run: REASON -->   the next block of commands cannot be run by a test

Every ```console block is typed: each line after `$ ` is a command, the lines under it are what the
reader sees. A line of only `…` stands for any lines, and `…` inside a line for any text. Shown
`error:` means that the command fails; any other command must succeed. A question that ends in
`[y/N] y` is answered so. A command that shows nothing must succeed, whatever it prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = re.compile(r"<!-- (store|file|later|not run): (.+?) -->")
FENCE = re.compile(r"^```(\w*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command as it is typed, and the lines shown under it."""

    line: int
    command: str
    shown: tuple[str, ...]
    continued: int = 0

    @property
    def fails(self) -> bool:
        """Whether the page says that the command is refused."""
        return any(line.startswith("error:") for line in self.shown)

    @property
    def answers(self) -> list[str]:
        """What is typed at the questions that are shown."""
        return [found[1] for line in self.shown if (found := re.search(r"\[y/N\] (\w+)$", line))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: its language, the marks before it, its lines."""

    line: int
    language: str
    marks: dict[str, str]
    lines: tuple[str, ...]

    @property
    def steps(self) -> list[Step]:
        """The commands of a block of commands, in order."""
        found: list[Step] = []
        for number, line in enumerate(self.lines, self.line + 1):
            last = found[-1] if found else None
            if line.startswith("$ "):
                found.append(Step(line=number, command=line.removeprefix("$ "), shown=()))
            elif last and last.command.endswith("\\") and line.startswith("> "):
                whole = last.command[:-1] + line.removeprefix("> ")
                found[-1] = replace(last, command=whole, continued=last.continued + 1)
            elif last:
                found[-1] = replace(last, shown=(*last.shown, line))
        return [replace(step, shown=_trimmed(step.shown)) for step in found]


@dataclass(slots=True, kw_only=True)
class Page:
    """One page: where it starts, its blocks, its running text."""

    path: Path
    store: str = ""
    blocks: list[Block] = field(default_factory=list)
    text: str = ""

    @property
    def name(self) -> str:
        """The page's path in the project."""
        return str(self.path.relative_to(ROOT))


def _trimmed(lines: tuple[str, ...]) -> tuple[str, ...]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def pages() -> list[Page]:
    """The README and all pages under docs/, but those that are generated."""
    found = sorted((ROOT / "docs").rglob("*.md"))
    kept = [path for path in found if "reference" not in path.relative_to(ROOT).parts]
    return [page(path) for path in (ROOT / "README.md", *kept)]


def page(path: Path) -> Page:
    """Read a page."""
    read = Page(path=path)
    marks: dict[str, str] = {}
    prose: list[str] = []
    lines = iter(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        if fence := FENCE.match(line):
            inside = tuple(_until_fence(lines))
            read.blocks.append(Block(line=number, language=fence[1], marks=marks, lines=inside))
            marks = {}
        elif mark := MARK.fullmatch(line):
            marks[mark[1]] = mark[2]
            read.store = marks.pop("store", read.store)
        else:
            prose.append(line)
    read.text = "\n".join(prose)
    return read


def _until_fence(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        if line == "```":
            return
        yield line


def matches(shown: tuple[str, ...], seen: str, *, rewrapped: bool = False) -> bool:
    """Whether what was seen is what the page shows, `…` standing for anything.

    `rewrapped` where lines broke elsewhere, since a folder's real name is longer than on the page.
    """
    text = "".join(f"{line.rstrip()}\n" for line in seen.rstrip().splitlines())
    if rewrapped:
        shown, text = (" ".join(" ".join(shown).split()),), " ".join(text.split()) + "\n"
    parts = []
    for line in shown:
        if line == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            pieces = map(re.escape, line.rstrip().split("…"))
            parts.append(r"[^\n]*?".join(pieces) + r"\n")
    return re.fullmatch("".join(parts) + r"\n*", text) is not None


def inline_commands(text: str) -> Iterator[str]:
    """What stands between backticks in running text."""
    for found in re.finditer(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", text, re.DOTALL):
        yield " ".join(found[2].split())
