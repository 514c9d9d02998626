"""Write locks/, the versions and hashes of everything that a release installs.

`python scripts/lock.py` follows pyproject.toml and keeps the versions that still fit; `--upgrade`
takes the newest; `--check` only says what does not follow. It runs in the environment of
locks/release.txt, or of any Python that has `uv` beside it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HOME = Path(__file__).resolve().parent.parent
LOCKS = HOME / "locks"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OLDEST_PYTHON = PROJECT["requires-python"].removeprefix(">=")
# These extras are a developer's; the rest is released.
EXTRAS = sorted(PROJECT["optional-dependencies"].keys() - {"test", "dev"})
# Wheels alone: what is installed runs nothing of its own before its hash is known to be right.
HEADER = (
    "# Made by scripts/lock.py: pip install --require-hashes --no-deps -r\n--only-binary :all:\n"
)
ENTRY = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\\n]+?))?(?: \\)?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A package of a lock; `needed_by` are the packages that ask for it, `text` is its entry."""

    name: str
    version: str
    marker: str | None
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    text: str


def read(text: str) -> list[Locked]:
    """The packages of a lock, but for those that only Windows needs."""
    found = []
    for entry in re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]:
        first = ENTRY.match(entry)
        assert first, f"not a line of a lock: {entry}"
        one = Locked(
            **first.groupdict(),
            hashes=tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)),
            needed_by=tuple(
                re.findall(
                    r"^ +#(?: via)? +(?!via$)([\w.-]+)(?: \(.*\))?$", entry, flags=re.MULTILINE
                )
            ),
            text=entry,
        )
        if one.marker not in ("sys_platform == 'win32'", "os_name == 'nt'"):
            found.append(one)
    return found


def released() -> dict[str, list[Locked]]:
    """What is locked for mailctl itself and, beyond that, for each extra."""
    return {name: read((LOCKS / f"{name}.txt").read_text("utf-8")) for name in ("mailctl", *EXTRAS)}


def _compiled(pins: Path, *wanted: str) -> list[Locked]:
    """Everything that is `wanted`, in the versions that `pins` has as far as they fit."""
    compile_ = [Path(sys.executable).parent / "uv", "pip", "compile", "--no-config", "--quiet"]
    form = ["--universal", "--generate-hashes", "--only-binary", ":all:", "--no-header"]
    versions = ["--python-version", OLDEST_PYTHON, "--output-file", pins]
    command = [*compile_, *form, *versions, *wanted]
    subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.DEVNULL)
    return read(pins.read_text(encoding="utf-8"))


def _kept(names: Iterable[str]) -> str:
    files = [LOCKS / f"{name}.txt" for name in names]
    texts = [path.read_text(encoding="utf-8") for path in files if path.exists()]
    return "".join(one.text for text in texts for one in read(text))


def made(*, upgrade: bool) -> dict[str, list[Locked]]:
    """Every lock by its name: mailctl's, what each extra adds to it, and a release's tools."""
    extras = {name: ("pyproject.toml", "--extra", name) for name in EXTRAS}
    with TemporaryDirectory() as folder:
        pins, tools = Path(folder, "pins.txt"), Path(folder, "tools.txt")
        if not upgrade:
            pins.write_text(_kept(["mailctl", *EXTRAS]), encoding="utf-8")
            tools.write_text(_kept(["release"]), encoding="utf-8")
        # Once for all, so that any extras go together; then what of it each one needs.
        everything = _compiled(pins, *sum(extras.values(), ()))
        part = Path(folder, "part.txt")
        base = {one.name for one in _compiled(part, "pyproject.toml", "--constraint", str(pins))}
        locks = {"mailctl": [one for one in everything if one.name in base]}
        for extra, wanted in extras.items():
            names = {one.name for one in _compiled(part, *wanted, "--constraint", str(pins))} - base
            locks[extra] = [one for one in everything if one.name in names]
        locks["release"] = _compiled(tools, "--group", "pyproject.toml:release")
    return locks


def main() -> int:
    """Write what does not follow pyproject.toml, or with `--check` name it."""
    new = made(upgrade="--upgrade" in sys.argv[1:])
    # A hash more is no difference: a version may get a wheel for another machine later.
    stale = {
        name: packages
        for name, packages in new.items()
        if not (LOCKS / f"{name}.txt").exists()
        or {(one.name, one.version, one.marker) for one in packages}
        != {
            (one.name, one.version, one.marker) for one in read((LOCKS / f"{name}.txt").read_text())
        }
    }
    unknown = [path for path in LOCKS.glob("*") if path.stem not in new]
    if "--check" in sys.argv[1:]:
        for name in (*stale, *(path.stem for path in unknown)):
            sys.stderr.write(f"locks/{name}.txt does not follow pyproject.toml: just lock\n")
        return 1 if stale or unknown else 0
    LOCKS.mkdir(exist_ok=True)
    for name, packages in stale.items():
        text = HEADER + "\n" + "".join(one.text for one in packages)
        (LOCKS / f"{name}.txt").write_text(text, encoding="utf-8")
    for path in unknown:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
