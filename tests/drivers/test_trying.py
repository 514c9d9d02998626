"""`driver check`: a driver that keeps the protocol passes, and each single fault is found."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mailctl.drivers import child, program, trial_steps, trying
from tests.helpers import Cli

GOOD = Path(__file__).with_name("good.py").read_text()
STEPS = [step.name for step in trial_steps.STEPS]


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not end itself is ended soon."""
    monkeypatch.setattr(child, "ENDS_IN_SECONDS", 1.0)
    monkeypatch.setattr(child, "STOPS_IN_SECONDS", 0.3)


def driver(folder: Path, *faults: tuple[str, str]) -> Path:
    """The good driver with planted faults: each a text of it, and what stands there instead."""
    text = GOOD
    for old, new in faults:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "driver"
    path.write_text(f"#!{sys.executable} -IS\n{text}")
    path.chmod(0o755)
    return path


def left(path: Path) -> Any:
    """What the mail server of a driver has."""
    server = path.with_name("server.json")
    return json.loads(server.read_text()) if server.exists() else {}


def tried(path: Path, timeout: float = 20) -> dict[str, trying.Tried]:
    """What the trial says of a driver, by step."""
    trial = trying.Trial(program.of_setting(str(path), {}), timeout=timeout)
    return {result.step: result for result in trial.results(trial_steps.STEPS)}


def wrong(path: Path, timeout: float = 20) -> dict[str, str]:
    """What a driver does wrong, by step."""
    results = tried(path, timeout).values()
    return {result.step: result.wrong or "" for result in results if result.ok is False}


def test_a_driver_that_keeps_the_protocol_passes(store: Cli, tmp_path: Path) -> None:
    """Every step is tried; the mail server is then as it was, other mailboxes too."""
    path = driver(tmp_path)
    others = {
        str(number): {
            "address": f"a{number}@x.example",
            "state": "active",
            "hash": None,
            "mail": [],
        }
        for number in range(2500)
    }
    path.with_name("server.json").write_text(json.dumps(others))
    outcome = store("driver", "check", str(path), "-o", "json")
    assert outcome.status == 0
    items = outcome.json()["items"]
    assert [item["step"] for item in items] == [*STEPS, "clean-up"]
    keys = {"step", "sentence", "ok", "wrong", "skipped"}
    assert [item for item in items if item["ok"] is not True or set(item) != keys] == []
    assert left(path) == others
    said = store("driver", "check", str(path))
    assert (said.status, said.err) == (
        0,
        "The driver does all 22 things right that were tried.\n",
    )


def test_no_store_is_needed_for_a_program(cli: Cli, tmp_path: Path) -> None:
    """Whoever writes a driver has only that; a driver of mailctl needs its settings."""
    path = driver(tmp_path)
    assert cli("driver", "check", str(path)).status == 0
    outcome = cli("driver", "check", "dovecot", "-o", "json")
    assert outcome.error()["code"] == "store-missing"


def test_a_path_may_be_relative_and_unsafe_drivers_are_not_run(
    store: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person in a shell stands somewhere; cron does not, so the setting takes none."""
    path = driver(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert store("driver", "check", "./driver").status == 0
    path.chmod(0o777)
    assert store("driver", "check", "./driver", "-o", "json").error()["code"] == "driver-unsafe"
    assert store("settings", "set", "driver", "./driver").status == 2


FAULTS = {
    "no first line": (
        '    say(\n        protocol="mailctl-driver/1"',
        '    dict(\n        protocol="x"',
    ),
    "another protocol": ('"mailctl-driver/1"', '"mailctl-driver/2"'),
    "refuses its settings": (
        'if kind == "settings":\n        return "done"',
        'if kind == "settings":\n        return "refused"',
    ),
}
"""After these nothing else can be tried."""


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_driver_that_cannot_begin_is_told_so_alone(
    fault: tuple[str, str], tmp_path: Path
) -> None:
    """The first line, the protocol, the settings."""
    assert list(tried(driver(tmp_path, fault), 1)) == ["first-line"]


# Where a fault is planted, what stands there instead, and a step that finds it.
PLANTED: list[tuple[str, str, str]] = [
    ("    return 0\n", "    return 3\n", "end-of-input"),
    ("    return 0\n", "    import time; time.sleep(60)\n", "end-of-input"),
    ('"refused", {"detail": f"{kind} is not known here"}', '"done", {}', "unknown-kind"),
    ('"refused", {"detail": f"{kind} is not known here"}', "sys.exit(1), {}", "unknown-kind"),
    (
        "    kind, box = request",
        "    assert 'priority' not in request\n    kind, box = request",
        "unknown-key",
    ),
    ('if box else ("absent", {})', 'if box else ("done", {})', "absent"),
    ('if box else ("absent", {})', 'if box else ("already", {})', "absent"),
    ('if box else ("absent", {})', 'if box else ("refused", {})', "absent"),
    (
        'if box else ("absent", {})',
        'if box or kind == "delete" else ("absent", {})',
        "delete",
    ),
    ('"state": "active", "hash"', '"state": "suspended", "hash"', "create"),
    ("return change(box, address=address)\n    if", 'return "already", {}\n    if', "existing"),
    ('    if request["existing"]:', "    if False:", "existing"),
    ('    return "already", {}\n\n\ndef rename', '    return "done", {}\n\n\ndef rename', "create"),
    ('request["attempt"] == 1 or ', "", "takeover"),
    ('request["attempt"] == 1 or box["address"] != address', 'request["attempt"] == 1', "takeover"),
    (
        'one["address"] == address for other, one in boxes.items() if other != name',
        "False for _ in ()",
        "takeover",
    ),
    ('change(box, state="suspended")', '("done", {})', "suspend"),
    ('change(box, state="suspended")', 'change(box, state="suspended", address=None)', "suspend"),
    (
        'change(box, state="suspended")',
        '("done", [b.update(state="suspended") for b in boxes.values()] and {})',
        "suspend",
    ),
    ('change(box, state="active")', '("already", {})', "reopen"),
    ('change(box, state="active")', '("done", box.update(state="active") or {})', "reopen"),
    (
        'one["address"] == address for one in boxes.values() if one is not box',
        "False for _ in ()",
        "rename",
    ),
    (
        (
            '        return "refused", {"detail": "another mailbox has this address"}\n'
            "    return change(box, address=address)"
        ),
        "        return \"refused\", {}\n    return change(box, address=address, state='active')",
        "rename",
    ),
    (
        '    address = request["address"]\n    if address is not None',
        "    address = request['address'] or box['address']\n    if address is not None",
        "no-address",
    ),
    (
        '    name, address = request["mailbox"], request["address"]',
        '    name, address = request["mailbox"], request["address"].replace("\'", "")',
        "odd-address",
    ),
    ('"wipe": delete', '"wipe": lambda boxes, box, request: ("done", {})', "wipe"),
    ('"wipe": delete', '"wipe": lambda boxes, box, request: ("done", boxes.clear() or {})', "wipe"),
    (
        '"delete": delete',
        '"delete": lambda boxes, box, request: ("done", box.update(address="gone") or {})',
        "delete",
    ),
    ('change(box, hash=request["hash"])', '("refused", {})', "password"),
    ("        folder.mkdir(0o700)", "        folder.mkdir(0o755)", "export-maildir"),
    ("        folder.mkdir(0o700)", "        folder.write_text('')", "export-mbox"),
    ("    if folder.exists():", "    if False:", "export-maildir"),
    (
        '    return "done", {"messages": len(box["mail"])}',
        '    return "done", {}',
        "export-maildir",
    ),
    (
        '    return "done", {"messages": len(box["mail"])}',
        '    return "done", {"messages": 7}',
        "export-maildir",
    ),
    ('    if not request["dry_run"]:', "    if True:", "dry-run"),
    ('and not request.get("dry_run")', "", "dry-run"),
    (
        "        result, more = answered(boxes, request)",
        (
            "        result, more = answered(boxes, request)\n"
            "        result = 'already' if request.get('dry_run') else result"
        ),
        "dry-run",
    ),
    ("key=str.encode)", "key=str.encode, reverse=True)", "list"),
    ("names[:1000]", "names[:1]", "list"),
    ('if name > request.get("after", "")', "if True", "list"),
    ('return {"mailbox": name,', 'return {"name": name,', "list"),
    ('"address": box["address"]}', '"address": box["address"] or ""}', "no-address"),
    ('id=request["id"]', "id=request['id'] and 1", "unknown-kind"),
    ('id=request["id"]', 'id=str(request["id"])', "first-line"),
    ('changed=result == "done"', "changed=True", "absent"),
    (
        "    new.write_text(json.dumps(boxes))\n    new.replace(SERVER)",
        (
            "    SERVER.write_text('')\n    import time; time.sleep(0.05)\n"
            "    SERVER.write_text(json.dumps(boxes))"
        ),
        "killed",
    ),
    (
        "        result, more = answered(boxes, request)",
        (
            "        import time; time.sleep(60 if request['kind'] == 'rename' else 0)\n"
            "        result, more = answered(boxes, request)"
        ),
        "rename",
    ),
    (
        "        say(id=request",
        (
            "        print('Renamed.' if request['kind'] == 'rename' else '', end='', flush=True)\n"
            "        say(id=request"
        ),
        "rename",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "step"), PLANTED, ids=[f"{i}-{step}" for i, (*_, step) in enumerate(PLANTED)]
)
def test_one_fault_in_a_good_driver_is_found(old: str, new: str, step: str, tmp_path: Path) -> None:
    """At the step that is about it."""
    found = wrong(driver(tmp_path, (old, new)), timeout=1.5)
    assert step in found, found
    assert found[step]


def test_later_is_no_fault_and_what_is_deleted_later_is_waited_for(
    store: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some servers move mail first. The step is left out, and in the end nothing stays."""
    monkeypatch.setattr(trying, "_PAUSE_SECONDS", 0.05)
    faults = (
        ('"rename": rename', '"rename": lambda boxes, box, request: ("later", {"detail": "soon"})'),
        (
            "def delete(boxes, box, request):\n",
            (
                "def delete(boxes, box, request):\n"
                "    asked = SERVER.with_name('asked')\n"
                "    so_often = asked.stat().st_size if asked.exists() else 0\n"
                "    if request['mailbox'].endswith('-1') and so_often < 40:\n"
                "        asked.write_text('x' * (so_often + 1))\n"
                "        return 'later', {}\n"
            ),
        ),
    )
    path = driver(tmp_path, *faults)
    outcome = store("driver", "check", str(path), "-o", "json")
    rows = {item["step"]: item for item in outcome.json()["items"]}
    assert (outcome.status, rows["rename"]["ok"]) == (0, None)
    assert rows["rename"]["skipped"] == "rename: it answered later (soon)"
    assert rows["clean-up"]["ok"] is True
    assert left(path) == {}
    assert "; 6 were not tried." in store("driver", "check", str(path)).err


def test_what_cannot_be_deleted_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tried a driver must know what it leaves behind."""
    monkeypatch.setattr(trying, "SOON_SECONDS", 0.1)
    monkeypatch.setattr(trying, "_PAUSE_SECONDS", 0.05)
    why = '{"detail": "the server is down"}'
    fault = ('"delete": delete', f'"delete": lambda boxes, box, request: ("later", {why})')
    path = driver(tmp_path, fault)
    *_, before, last = tried(path).values()
    assert last.wrong is not None
    assert [box for box in left(path) if box not in last.wrong] == []
    assert last.wrong.startswith("these mailboxes are still there: mailctl-check-")
    assert last.wrong.endswith("(the server is down)")
    # One that deletes nothing is left no more than it has.
    assert (before.step, len(left(path))) == ("unknown-key", 1)


def test_a_person_who_stops_the_trial_leaves_no_mailbox(tmp_path: Path) -> None:
    """What was made is deleted whatever happens."""
    path = driver(tmp_path)
    trial = trying.Trial(program.of_setting(str(path), {}), timeout=20)

    def stopped(trial: trying.Trial) -> None:
        trial.made()
        assert left(path) != {}
        raise KeyboardInterrupt

    step = trying.Step(name="stopped", sentence="", needs=frozenset(), run=stopped)
    with pytest.raises(KeyboardInterrupt):
        list(trial.results([trial_steps.STEPS[0], step]))
    assert left(path) == {}
