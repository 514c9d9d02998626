"""Documents are checked in a process of their own: this starts it, asks it and ends it."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
from collections.abc import Iterable
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from mailctl.documents.rule_sets import RuleSet
from mailctl.errors import DocumentUncheckedError
from mailctl.values import Value

ANSWERS_IN_SECONDS = 120.0
"""So long one document may take, and the reading of its rules with it."""
_ENDS_IN_SECONDS = 5.0
_MEMORY = "it needs about 350 MB of memory; once there is enough, the same command again"


class Broken(Value):
    """A rule that a document breaks: its set, its number, and what its publisher says of it."""

    rules: str
    rule: str
    sentence: str


class Validator:
    """The checking program, started with the block that it is used in, and ended with it.

    `begin` and `result` let the caller do something else meanwhile; `broken_by` is both. After a
    DocumentUncheckedError the next document has a new one.
    """

    def __init__(self, *, seconds: float = ANSWERS_IN_SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._running()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end(at_once=kind is not None)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._running().pid

    def broken_by(self, xml: bytes, rule_sets: Iterable[RuleSet]) -> tuple[Broken, ...]:
        """The rules of the first set that a document breaks; DocumentUncheckedError."""
        self.begin(xml, rule_sets)
        return self.result()

    def begin(self, xml: bytes, rule_sets: Iterable[RuleSet]) -> None:
        """Have a document checked; its result is asked for before the next."""
        question = {"rules": [rules.name for rules in rule_sets], "length": len(xml)}
        asked = self._running().stdin
        assert asked is not None
        try:
            asked.write(json.dumps(question).encode() + b"\n" + xml)
            asked.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def result(self) -> tuple[Broken, ...]:
        """What was found; DocumentUncheckedError where the program ended or took too long."""
        answers = self._running().stdout
        assert answers is not None
        if not select.select([answers], [], [], self._seconds)[0]:
            self._end(at_once=True)
            raise DocumentUncheckedError(
                f"checking a document took longer than {self._seconds:g} seconds and was ended",
                hint="mailctl invoice render NUMBER, of one invoice at a time",
            )
        line = answers.readline()
        if not line:
            raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        if "failed" in answer:
            raise DocumentUncheckedError(
                f"a document could not be checked: {answer['failed']}",
                hint="pip install --force-reinstall 'mailctl[einvoice]'",
            )
        return tuple(Broken(**found) for found in answer["broken"])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._complaints = TemporaryFile()  # noqa: SIM115 - `_end` closes it
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mailctl.documents.checker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                start_new_session=True,
            )
        return self._process

    def _end(self, *, at_once: bool) -> str:
        """End it, and give back its last words."""
        if self._process is None or self._complaints is None:
            return ""
        with self._process as process, self._complaints as complaints:
            if at_once:
                process.kill()
            try:
                process.communicate(timeout=_ENDS_IN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines()
        self._process = self._complaints = None
        return said[-1] if said else ""

    def _ended(self) -> DocumentUncheckedError:
        process = self._running()
        said = self._end(at_once=False)
        status = process.returncode
        by = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        why = f": {said}" if said else ""
        return DocumentUncheckedError(
            f"the program that checks documents ended with {by}{why}", hint=_MEMORY
        )
