"""System calls that fail, the n-th of each kind, once or for good, in every changing command.

The old state, the new one, or one sentence with exit status 74; never a bug, never a traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.changes import READING, TRIED
from tests.faults.faulty import spread
from tests.faults.forked import ASKING, CHANGING, Call, injected, traced
from tests.faults.scene import Scene, State, difference
from tests.faults.test_every_change import Staged
from tests.helpers import Outcome
from tests.lives.many import how_many

pytestmark = pytest.mark.files_only("what fails is a file")

POINTS = how_many(4)

# Without locks a file looks busy to SQLite.
PATIENCE = ("--wait", "0")

_FULL = ("ENOSPC", "EIO", "EDQUOT", "EFBIG")
_NAMES = ("EIO", "EACCES", "EROFS")
ERRORS = {
    **dict.fromkeys(("pwrite64", "write"), _FULL),
    **dict.fromkeys(("fsync", "fdatasync"), ("EIO", "ENOSPC", "EDQUOT")),
    **dict.fromkeys(("ftruncate", "fallocate"), ("EIO", "ENOSPC")),
    **dict.fromkeys(("unlink", "unlinkat"), _NAMES),
    **dict.fromkeys(("rename", "link", "linkat", "mkdir"), (*_NAMES, "ENOSPC", "EDQUOT")),
    "openat": (*_NAMES, "EMFILE", "ENFILE", "ENOMEM", "ENOSPC"),
    **dict.fromkeys(("pread64", "read", "getdents64"), ("EIO",)),
    **dict.fromkeys(("newfstatat", "fstat", "lstat", "stat"), ("EIO", "EACCES", "ENOMEM")),
    **dict.fromkeys(("fcntl", "flock"), ("EIO", "ENOLCK")),
    **dict.fromkeys(("mmap", "brk", "mremap"), ("ENOMEM",)),
}
"""What each call may answer, of which a disk, a quota, a user or a full system is the cause."""

OTHERWISE = {"fcntl": (75,), "pread64": (1, 10), "openat": (2,), "newfstatat": (10,)}
"""What else may be said: busy, a page, a backup or a store that cannot be read, a FILE."""
ERASED = "so traces of what was erased are still in its file"
"""The customer is erased, and the next change overwrites what is left."""
UNCERTAIN = ("whether it took place is unknown", "the change was made")
"""What is said of a change that may be there."""


def faults(calls: list[Call], here: str) -> Iterator[str]:
    """Every fault of every call on the command's files, of the answer's writing, and of memory."""
    for call in calls:
        ours = call.path.startswith(here) or call.name in ("mmap", "brk", "mremap")
        if ours or (call.name == "write" and "write(1<" in call.text):
            for error in ERRORS.get(call.name, ()):
                # Without any lock SQLite tries again for ten seconds.
                for lasting in ("",) if call.name == "fcntl" else ("", "+"):
                    yield f"{call.name}:error={error}:when={call.number}{lasting}"


def judged(scene: Scene, fault: str, old: State, new: State) -> list[str]:
    """What is wrong after a fault."""
    scene.fresh()
    outcome = injected(scene.cli, fault, (*PATIENCE, *scene.argv, "-o", "json"))
    found = old if scene.is_untouched() else scene.state()
    wrong = said(outcome, fault)
    if not scene.change.in_steps:
        wrong += left(outcome, found, old, new)
    if scene.drafts() and "unlink" not in fault:
        wrong.append(f"drafts are left: {scene.drafts()}")
    if not scene.is_untouched() and not (found == new and scene.change.repeats):
        wrong += repeated(scene, new, is_done=found == new or scene.change.waits)
    return [f"{fault}: {one}" for one in wrong]


def said(outcome: Outcome, fault: str) -> list[str]:
    """What is wrong with the answer: anything but success, or a sentence and exit status 74."""
    call, _, rest = fault.partition(":")
    if "Traceback" in outcome.err:
        return [outcome.err]
    if outcome.status == 1 and ERASED in outcome.err:
        return []
    allowed = (0, 74, *OTHERWISE.get(call, ()))
    # Where nothing can be written at all, the status alone is left.
    is_mute = call == "write" and rest.endswith("+")
    if outcome.status not in allowed or not (
        outcome.status == 0 or is_mute or outcome.error()["code"]
    ):
        return [f"status {outcome.status}: {outcome.err}"]
    return []


def left(outcome: Outcome, found: State, old: State, new: State) -> list[str]:
    """What is wrong with what is left: it must be what is said."""
    if outcome.status == 0:
        return [f"done, but not {difference(found, new)}"] if found != new else []
    if found not in (old, new):
        return [f"neither {difference(found, old)} nor {difference(found, new)}"]
    is_open = '"error"' not in outcome.err or any(words in outcome.err for words in UNCERTAIN)
    return [f"done, which is not said: {outcome.err}"] if found != old and not is_open else []


def repeated(scene: Scene, new: State, *, is_done: bool) -> list[str]:
    """What is wrong when the command is given again and nothing fails."""
    again = scene.given()
    if again.status and not (is_done and again.status in (1, 4)):
        return [f"then {again.err}"]
    if not scene.change.waits and (found := scene.state()) != new:
        return [f"then {difference(found, new)}"]
    return []


@pytest.mark.parametrize("name", [*TRIED, *READING])
def test_a_call_that_fails_leaves_old_or_new_and_a_sentence(
    name: str, staged: Staged, record_property: Callable[[str, object], None]
) -> None:
    """Given again when the disk is well, the command ends as if nothing had been."""
    scene = staged(name)
    old = scene.state()
    assert scene.given().status == 0
    scene.fresh()
    _, calls = traced(scene.cli, (*PATIENCE, *scene.argv, "-o", "json"), f"{CHANGING},{ASKING}")
    new = scene.state()
    every = list(faults(calls, str(scene.here)))
    tried = [every[number - 1] for number in spread(len(every), POINTS)]
    wrong = [one for fault in tried for one in judged(scene, fault, old, new)]
    assert not wrong, "\n".join(wrong)
    record_property("faults of calls", len(tried))
