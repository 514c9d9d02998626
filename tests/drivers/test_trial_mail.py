"""`driver check --imap --lmtp`: who can log in and where mail arrives, whatever a driver says."""

from __future__ import annotations

from pathlib import Path

import argon2
import pytest

from mailctl.domain import passwords
from mailctl.drivers import program, trial_mail, trial_steps, trying
from tests.drivers.mail_server import Rules, running
from tests.drivers.test_trying import driver
from tests.helpers import Cli

STEPS = [
    "mail-new",
    "mail-password",
    "mail-suspended",
    "mail-renamed",
    "mail-no-address",
    "mail-wiped",
    "mail-deleted",
    "mail-exported",
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hashes cost nothing, and nobody waits long for a session that goes on."""
    cheap = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hashed", cheap.hash)
    monkeypatch.setattr(trial_mail, "_ENDS_WITHIN_SECONDS", 0.5)


def place(text: str) -> trial_mail.Place:
    """Where one of the servers listens."""
    host, _, port = text.rpartition(":")
    return trial_mail.Place(host=host, port=int(port))


def tried(
    path: Path, rules: Rules, *, imap: bool = True, lmtp: bool = True
) -> dict[str, trying.Tried]:
    """What the trial says of a driver and a mail server, by step of those about mail."""
    trial = trying.Trial(program.of_setting(str(path), {}), timeout=20)
    with running(path.with_name("server.json"), rules) as (logs_in, delivers):
        server = trial_mail.MailServer(
            imap=place(logs_in) if imap else None, lmtp=place(delivers) if lmtp else None
        )
        steps = [trial_steps.STEPS[0], *trial_mail.steps(server)]
        return {
            result.step: result
            for result in trial.results(steps)
            if result.step.startswith("mail-")
        }


@pytest.mark.parametrize("tries", ["imap lmtp", "imap", "lmtp"])
def test_a_mail_server_that_does_what_its_driver_says_passes(tries: str, tmp_path: Path) -> None:
    """With either of them alone, too."""
    found = tried(driver(tmp_path), Rules(), imap="imap" in tries, lmtp="lmtp" in tries)
    assert list(found) == STEPS
    assert {step: row.wrong for step, row in found.items() if not row.ok} == {}


@pytest.mark.parametrize(
    ("rules", "step", "said"),
    [
        (
            Rules(suspended_are_refused=False),
            "mail-suspended",
            "while it is suspended log-in is possible",
        ),
        (Rules(sessions_end=False), "mail-suspended", "a session that was open goes on"),
        (Rules(sessions_end=False), "mail-deleted", "a session that was open goes on"),
        (
            Rules(suspended_get_mail=False),
            "mail-suspended",
            "while it is suspended mail is refused (550)",
        ),
        (
            Rules(passwords_are_checked=False),
            "mail-new",
            "before it has a password log-in is possible",
        ),
        (
            Rules(passwords_are_checked=False),
            "mail-password",
            "with another password log-in is possible",
        ),
        (
            Rules(unknown=450),
            "mail-no-address",
            "without an address mail is refused only for now (450)",
        ),
        (Rules(unknown=250), "mail-deleted", "after its deletion mail is accepted"),
    ],
)
def test_what_a_mail_server_does_otherwise_is_found(
    rules: Rules, step: str, said: str, tmp_path: Path
) -> None:
    """A driver may answer what it likes."""
    row = tried(driver(tmp_path), rules)[step]
    assert (row.ok, row.wrong) == (False, said)


@pytest.mark.parametrize(
    ("fault", "step", "said"),
    [
        (
            (
                "    return change(box, address=address)\n\n\ndef export",
                "    box['mail'] = []\n    return change(box, address=address)\n\n\ndef export",
            ),
            "mail-renamed",
            "under its new address it has 1 messages, not 2",
        ),
        (
            ('"wipe": delete', '"wipe": lambda boxes, box, request: ("done", {})'),
            "mail-wiped",
            "after it was wiped log-in is possible",
        ),
        (
            ('write(folder, box["mail"],', 'write(folder, box["mail"][:1],'),
            "mail-exported",
            "it copied 1 messages of 2",
        ),
    ],
)
def test_mail_that_a_driver_loses_is_missed(
    fault: tuple[str, str], step: str, said: str, tmp_path: Path
) -> None:
    """In a rename, in an export; and what a wipe leaves is seen."""
    faults = [fault]
    if step == "mail-exported":
        faults.append(
            (
                '"done", {"messages": len(box["mail"])}',
                '"done", {"messages": min(1, len(box["mail"]))}',
            )
        )
    assert tried(driver(tmp_path, *faults), Rules())[step].wrong == said


def test_the_command_takes_both_and_tells_where_nothing_listens(cli: Cli, tmp_path: Path) -> None:
    """Then the step has not passed, though it is no fault of the driver."""
    path = driver(tmp_path)
    with running(path.with_name("server.json"), Rules()) as (logs_in, delivers):
        words = ("driver", "check", str(path), "--lmtp", delivers, "-o", "json")
        good = cli(*words, "--imap", logs_in)
    assert (good.status, [item["step"] for item in good.json()["items"]][-9:-1]) == (0, STEPS)
    bad = cli("driver", "check", str(path), "--imap", "[::1]:1", "-o", "json")
    rows = {item["step"]: item["wrong"] for item in bad.json()["items"]}
    assert "IMAP at ::1:1 does not answer" in rows["mail-new"]
    assert bad.status == 1


@pytest.mark.parametrize(
    "place", ["localhost", "localhost:", ":143", "localhost:0", "a:b", "a:70000"]
)
def test_a_place_is_a_host_and_a_port(place: str, cli: Cli, tmp_path: Path) -> None:
    """A typing mistake is told before anything is tried."""
    for option in ("--imap", "--lmtp"):
        outcome = cli("driver", "check", str(driver(tmp_path)), option, place)
        assert (outcome.status, "is not a host and a port" in outcome.err) == (2, True)


def test_the_domain_of_the_trial_can_be_one_that_the_server_knows(cli: Cli, tmp_path: Path) -> None:
    """Some mail servers accept no mailbox at another; what is no domain is refused."""
    first = "    if box is None:\n        boxes"
    check = (
        "    if not address.endswith('@acme.example'):\n"
        "        return 'refused', {'detail': 'no such domain'}\n"
    )
    here = (first, check + first)
    path = str(driver(tmp_path, here))
    assert cli("driver", "check", path, "--domain", "acme.example").status == 0
    outcome = cli("driver", "check", path, "-o", "json")
    rows = {item["step"]: item for item in outcome.json()["items"]}
    assert "creating a mailbox: it answered refused (no such domain)" in rows["create"]["wrong"]
    assert cli("driver", "check", path, "--domain", "a b").status == 2
