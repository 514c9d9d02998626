"""What a release installs is named to the byte, and nothing about who locked it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "locks").iterdir()}
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED_FOR = {
    "mailctl": PROJECT["project"]["dependencies"],
    "release": PROJECT["dependency-groups"]["release"],
    **{name: needs for name, needs in EXTRAS.items() if name not in ("test", "dev")},
}
LINE = re.compile(
    r"# Made by scripts/lock\.py.*|--only-binary :all:|"
    r"[a-z0-9-]+==[0-9][\w.]*( ; [a-z_]+ [<>=!]+ '[\w.]+')? \\|"
    r" {4}--hash=sha256:[0-9a-f]{64}( \\)?|"
    r" {4}# {1,3}via( .+)?| {4}# {3}.+|"
)


def locked(name: str) -> dict[str, str]:
    """The version of each package of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCKS[name], flags=re.MULTILINE))


def test_there_is_a_lock_for_mailctl_and_for_each_extra() -> None:
    assert LOCKS.keys() == ASKED_FOR.keys()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_names_versions_and_hashes_and_no_address(name: str) -> None:
    """Whoever installs decides where packages come from; the hashes say whether they are right."""
    for line in LOCKS[name].splitlines():
        assert LINE.fullmatch(line), line
        assert "//" not in line
    entries = re.split(r"^(?=[a-z0-9-]+==)", LOCKS[name], flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("name", ASKED_FOR)
def test_what_is_asked_for_is_locked_in_a_version_within_its_bounds(name: str) -> None:
    for text in ASKED_FOR[name]:
        need = Requirement(text)
        version = locked(name)[need.name.replace(".", "-")]
        assert version in need.specifier, text


def test_any_extras_can_be_installed_together() -> None:
    """No package is locked twice: each is in the lock of all, or of one extra."""
    released = [package for name in LOCKS if name != "release" for package in locked(name)]
    assert len(released) == len(set(released))


def test_the_page_of_licences_names_every_package_that_is_installed() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    table = page.partition("|---|---|---|\n")[2]
    rows = re.findall(r"^\| ([a-z0-9-]+) \| [\w. -]+ \| ([a-z]*) \|$", table, flags=re.MULTILINE)
    assert dict(rows) == {
        package: "" if name == "mailctl" else name
        for name in LOCKS
        if name != "release"
        for package in locked(name)
    }
