"""SECURITY.md: each promise is one sentence, and the test that it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import mailctl

HOME = Path(mailctl.__file__).parent.parent
TEXT = (HOME / "SECURITY.md").read_text(encoding="utf-8")
_, _PROMISED, _NOT_PROMISED = re.split(r"^## What is (?:not )?promised$", TEXT, flags=re.MULTILINE)
_ROWS = re.findall(r"^\| (.+?) \| (.+?) \|$", _PROMISED, re.MULTILINE)
PROMISES = {promise: test for promise, test in _ROWS if promise != "promise"}


def test_every_row_is_a_promise_with_a_test() -> None:
    """No row of the tables is lost to the pattern."""
    rows = [line for line in _PROMISED.splitlines() if re.match(r"\| (?!promise )", line)]
    assert len(PROMISES) == len(rows) > 30


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_a_sentence_whose_test_exists(promise: str) -> None:
    """By the path of its file and its name."""
    assert re.fullmatch(r"[A-Z][^.]*(?:[.]\w[^.]*)*[.]", promise)
    path, _, name = PROMISES[promise].partition("::")
    tree = ast.parse((HOME / path).read_text(encoding="utf-8"))
    tests = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
    assert name in tests


def test_what_is_not_promised_is_said() -> None:
    """Whom nothing protects from: root, who may run commands, and what keeps copies."""
    for word in ("root", "sudo", "PostgreSQL", "VACUUM", "core files", "command line", "Encrypt"):
        assert word in _NOT_PROMISED
