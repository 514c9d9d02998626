"""A driver may hang, lie, flood or die: it is told, it is ended, and nothing counts as done."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from mailctl.drivers import child
from mailctl.drivers.program import Program, of_setting
from mailctl.errors import DriverFailedError, DriverTimeoutError, MailctlError
from tests.drivers.hostile import made, written

SOON = 20
"""Seconds that are enough for a good answer on a busy machine."""
AT_ONCE = 0.5


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not end itself is ended soon."""
    monkeypatch.setattr(child, "ENDS_IN_SECONDS", 1.0)
    monkeypatch.setattr(child, "STOPS_IN_SECONDS", 0.3)


def failure(program: Program, seconds: float = SOON) -> MailctlError:
    """How starting a driver and asking it for one thing fails."""
    with (
        pytest.raises((DriverFailedError, DriverTimeoutError)) as caught,
        program.started(timeout=seconds) as driver,
    ):
        driver.ask("suspend", id=17, mailbox="1", address="a@x.example")
    assert caught.value.hint == f"mailctl driver check {program.name}"
    return caught.value


def is_there(pid: int) -> bool:
    """Whether a process lives."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def gone(pid: int) -> bool:
    """Whether a process is gone, or will be in a moment."""
    for _ in range(200):
        if not is_there(pid):
            return True
        sleep(0.01)
    return False


def test_a_good_driver_is_heard_asked_and_ends_itself(tmp_path: Path) -> None:
    """Its first line, its settings, its answers; keys and capabilities that are new are ignored."""
    program = made(
        tmp_path,
        """
        FIRST["of-the-future"] = {"a": [1]}
        begin()
        while True:
            request = asked()
            done(request, changed=True, detail=json.dumps(request), more="more")
        """,
    )
    with program.started(timeout=SOON) as driver:
        assert (driver.hello.name, driver.hello.version) == ("hostile", "1")
        assert driver.hello.capabilities == {"suspend", "password"}
        assert not driver.hello.delivery_while_suspended
        answer = driver.ask("suspend", id=17, mailbox="1", address="é@x.example")
        assert json.loads(answer.detail) == {
            "id": 17,
            "kind": "suspend",
            "mailbox": "1",
            "address": "é@x.example",
        }
        assert (answer.verdict, answer.changed, answer.more) == ("done", True, {"more": "more"})
        assert '"id": 18' in driver.ask("state", mailbox="1").detail
    assert driver.status == 0


def test_settings_may_change_what_it_offers_or_be_refused(tmp_path: Path) -> None:
    """What it says then counts; a refusal is told with its reason."""
    with made(tmp_path, "say(FIRST)\ndone(asked(), capabilities=['list', 'fly'])\nasked()").started(
        timeout=SOON
    ) as driver:
        assert driver.hello.capabilities == {"list"}
    refusing = """
    say(FIRST)
    say({"id": asked()["id"], "result": "refused", "detail": "no\\tfolder \\u001b[31m"})
    asked()
    """
    said = failure(made(tmp_path, refusing)).message
    assert said == "the driver hostile cannot work with its settings: no folder [31m"


def test_a_shipped_driver_gets_its_own_settings_and_a_program_none(tmp_path: Path) -> None:
    """The settings of a driver are those that begin with its name."""
    settings = {"dovecot-home": "/h", "modoboa-url": "u", "seller-name": "S"}
    assert of_setting("dovecot", settings).settings == {"dovecot-home": "/h"}
    assert of_setting("modoboa", settings).settings == {"modoboa-url": "u"}
    assert of_setting(str(written(tmp_path, "")), settings).settings == {}


def test_it_gets_no_words_and_a_clean_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shell reads its name; nothing of the caller's environment, folder or files reaches it."""
    monkeypatch.setenv("MAILCTL_MAIL_PASSWORD", "secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/x")
    folder = tmp_path / "a $(touch b) 'c'"
    folder.mkdir()
    opened = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(opened, True)  # noqa: FBT003 - its only form
    told = """
    begin()
    done(asked(), env=dict(os.environ), words=sys.argv[1:], folder=os.getcwd(),
         files=os.listdir("/proc/self/fd"), group=os.getpgid(0) == os.getsid(0) == os.getpid())
    asked()
    """
    with made(folder, told).started(timeout=SOON) as driver:
        more = driver.ask("suspend").more
    os.close(opened)
    assert set(more["env"]) - {"LC_CTYPE"} == {"PATH", "LANG", "HOME"}  # type: ignore[call-overload]
    assert (more["words"], more["folder"], more["group"]) == ([], "/", True)
    assert len(more["files"]) == 4  # type: ignore[arg-type] - three streams and the folder listed


HANGS = {
    "before its first line": "time.sleep(60)",
    "after half a first line": "say(b'{\"protocol\":'); time.sleep(60)",
    "before it accepts its settings": "say(FIRST); time.sleep(60)",
    "before its answer": "begin(); time.sleep(60)",
    "after half an answer": 'begin(); asked(); say(b\'{"id":17,"result":"done"\'); time.sleep(60)',
    "with its output closed": "begin(); os.close(1); asked(); time.sleep(60)",
    "while it talks on standard error": """
        begin()
        while True:
            os.write(2, b"x" * 5000 + b"\\nstill at it\\n")
    """,
    "while it ignores every signal": """
        begin()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
            signal.signal(number, signal.SIG_IGN)
        while True:
            time.sleep(60)
    """,
}


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS)
def test_a_driver_that_hangs_is_ended_after_its_time(body: str, tmp_path: Path) -> None:
    """At whatever point it hangs; half a line counts for no answer."""
    began = monotonic()
    error = failure(made(tmp_path, body.strip("\n") if "\n" not in body else body), 1.5)
    assert monotonic() - began < 1.5 + 0.3 + 0.3 + 3
    if "os.close(1)" in body:
        assert "it closed its output without an answer" in error.message
        return
    assert isinstance(error, DriverTimeoutError)
    assert "did not answer within 1.5 seconds and was ended" in error.message
    if "still at it" in body:
        assert "; its last words on standard error: " in error.message
        assert len(error.message) < 400


LIES = {
    "nothing": ("", "it ended with status 0 without an answer"),
    "another protocol": ("say({**FIRST, 'protocol': 'x/2'})", "does not say mailctl-driver/1"),
    "no JSON at first": ("say(b'Starting...\\n')", "that is not JSON: Starting..."),
    "no object": ("say([1])", "that is no JSON object: [1]"),
    "settings answered twice": (
        "say(FIRST); r = asked(); done(r); done(r); asked(); time.sleep(9)",
        '{"id": 0, "result": "done"}',
    ),
    "an answer before it is asked": (
        'say(FIRST); asked(); say(b\'{"id":0,"result":"done"}\\n{"id":17}\\n\'); time.sleep(9)',
        'that it was not asked for: {"id":17}',
    ),
    "another id": ("begin(); asked(); done({'id': 16})", "something else than request 17"),
    "an id as text": ("begin(); asked(); done({'id': '17'})", "something else than request 17"),
    "true as an id": ("begin(); asked(); done({'id': True})", "something else than request 17"),
    "an unknown result": (
        "begin(); say({'id': asked()['id'], 'result': 'fine'})",
        "no result that the protocol knows",
    ),
    "a list as a result": (
        "begin(); say({'id': asked()['id'], 'result': ['done']})",
        "no result that the protocol knows",
    ),
    "a number as a detail": ("begin(); done(asked(), detail=1)", "no changed and detail"),
    "death": ("begin(); asked(); sys.exit('jq: not found')", "it ended with status 1 without"),
    "death by a signal": (
        "begin(); asked(); os.kill(os.getpid(), 9)",
        "it ended by signal 9 without an answer",
    ),
    "death in a line": (
        'begin(); asked(); say(b\'{"id":17,"res\'); sys.exit(1)',
        'it ended with status 1 without an answer, after half a line: {"id":17,"res',
    ),
    "NUL bytes": ("begin(); asked(); say(b'\\0\\0{\"id\":17}\\n')", "not JSON"),
    "no UTF-8": ('begin(); asked(); say(b\'{"id":17,"detail":"\\xff"}\\n\')', "not JSON"),
    "a deep line": ("begin(); asked(); say(b'[' * 200000 + b'\\n')", "not JSON: [[[["),
    "a long line": (
        "begin(); asked(); say(b'{\"x\":\"' + b'y' * 2_000_000 + b'\"}\\n')",
        "its line is longer than 1,000,000 bytes: ",
    ),
    "an endless line": ("begin(); asked()\nwhile True: say(b'y' * 5000)", "longer than 1,000,000"),
    "endless lines": (
        "begin(); asked()\nwhile True: say({'id': 16, 'result': 'done'})",
        "something else than request 17",
    ),
    "a closed input": ("begin(); os.close(0); time.sleep(0.5); sys.exit(3)", "ended with status 3"),
}


@pytest.mark.parametrize(("body", "said"), LIES.values(), ids=LIES)
def test_what_is_no_answer_is_told_with_its_first_words(
    body: str, said: str, tmp_path: Path
) -> None:
    """Each is a failure of the driver: nothing is done that it did not answer for."""
    error = failure(made(tmp_path, body))
    assert isinstance(error, DriverFailedError)
    assert said in error.message
    assert len(error.message) < 500
    assert error.message.isprintable()


def test_the_last_words_on_standard_error_are_told(tmp_path: Path) -> None:
    """That is where programs say why; a flood of them is cut and cannot move a cursor."""
    body = """
    begin()
    asked()
    os.write(2, b"x\\n" * 1_000_000 + b"jq: \\x1b[2Jnot found\\n\\n")
    sys.exit(5)
    """
    assert failure(made(tmp_path, body)).message == (
        "the driver failed: it ended with status 5 without an answer; its last words on standard "
        "error: jq: [2Jnot found"
    )


@pytest.mark.parametrize("says", ["say", "os.write(2, b'x' * 300_000);"])
def test_a_driver_may_say_much_that_is_an_answer(says: str, tmp_path: Path) -> None:
    """A long answer, and a long log: neither blocks the other side."""
    body = f"""
    begin()
    request = asked()
    {says}{"" if ";" in says else "(b' ' * 999_000);"}
    done(request)
    asked()
    """
    with made(tmp_path, body).started(timeout=SOON) as driver:
        assert driver.ask("suspend").verdict == "done"
    assert driver.status == 0


def test_a_driver_that_reads_nothing_blocks_nobody(tmp_path: Path) -> None:
    """A request that is longer than what a pipe takes."""
    program = made(tmp_path, "begin(); time.sleep(60)")
    with pytest.raises(DriverTimeoutError), program.started(timeout=1.5) as driver:
        driver.ask("suspend", address="x" * 900_000)


def test_what_failed_is_asked_nothing_more(tmp_path: Path) -> None:
    """An answer that comes too late is not taken for that of the next request."""
    program = made(tmp_path, "begin(); r = asked(); time.sleep(1); done(r)")
    with program.started(timeout=SOON) as driver:
        driver.timeout = AT_ONCE
        with pytest.raises(DriverTimeoutError):
            driver.ask("suspend", id=17)
        sleep(1.5)
        with pytest.raises(DriverFailedError, match="asked nothing more"):
            driver.ask("suspend", id=18)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[tuple[Program, Path]]:
    """A driver whose child lives on, holds its pipes open and ignores SIGTERM; both say who."""
    told = tmp_path / "told"
    body = f"""
    begin()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        open({str(told)!r}, "w").write(str(os.getpid()))
        time.sleep(60)
    while not os.path.exists({str(told)!r}) or not open({str(told)!r}).read():
        time.sleep(0.01)
    request = asked()
    if request["kind"] == "suspend":
        done(request)
        asked()
    sys.exit(4)
    """
    yield made(tmp_path, body), told
    if told.exists() and told.read_text():
        with suppress(ProcessLookupError):
            os.kill(int(told.read_text()), signal.SIGKILL)


def test_what_a_driver_started_ends_with_it(family: tuple[Program, Path]) -> None:
    """A grandchild that keeps the pipes open makes nobody wait, and does not stay."""
    program, told = family
    began = monotonic()
    with program.started(timeout=SOON) as driver:
        driver.ask("suspend")
    assert driver.status == 0
    assert gone(int(told.read_text()))
    assert monotonic() - began < SOON


def test_a_dead_driver_is_seen_though_its_child_keeps_the_pipe_open(
    family: tuple[Program, Path],
) -> None:
    """It can answer no more: nobody waits out the time limit."""
    program, told = family
    began = monotonic()
    with (
        pytest.raises(DriverFailedError, match="ended with status 4"),
        program.started(timeout=60) as driver,
    ):
        driver.ask("reopen")
    assert monotonic() - began < 30
    assert gone(int(told.read_text()))


def test_a_driver_that_ignores_its_end_is_killed(tmp_path: Path) -> None:
    """Its input ended, it was asked to stop, then it is killed; its status says so."""
    body = """
    begin()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    done(asked(), pid=os.getpid())
    while True:
        say(b"x" * 1000)
    """
    with made(tmp_path, body).started(timeout=SOON) as driver:
        pid = driver.ask("suspend").more["pid"]
    assert driver.status is None
    assert gone(int(str(pid)))


def test_a_driver_that_is_ended_may_put_things_in_order(tmp_path: Path) -> None:
    """After a time limit too it gets SIGTERM first, and a moment."""
    told = tmp_path / "told"
    body = f"""
    begin()
    def stop(*_):
        open({str(told)!r}, "w").write("in order")
        sys.exit(0)
    signal.signal(signal.SIGTERM, stop)
    asked()
    time.sleep(60)
    """
    failure(made(tmp_path, body), 1.5)
    assert told.read_text() == "in order"


def test_little_of_what_a_driver_logs_is_kept(tmp_path: Path) -> None:
    """A driver may log for hours."""
    body = """
    begin()
    request = asked()
    for n in range(200):
        os.write(2, b"a line of a log\\n" * 1000)
    done(request)
    asked()
    """
    with made(tmp_path, body).started(timeout=SOON) as driver:
        driver.ask("suspend")
        assert len(driver._process._complaints) <= 4096  # noqa: SLF001


def test_an_interrupted_command_leaves_no_driver(tmp_path: Path) -> None:
    """Whoever waits for an answer and is stopped ends the driver at once."""
    program = made(tmp_path, "begin(); done(asked(), pid=os.getpid()); time.sleep(60)")

    pids = []

    def interrupted() -> None:
        with program.started(timeout=SOON) as driver:
            pids.append(int(str(driver.ask("suspend").more["pid"])))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert gone(pids[0])


HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b/dWRWJTmaaJObG"
ECHOES = {
    "as a wrong line": "say(json.dumps(request).encode() + b'\\n')",
    "before its answer": "say({'id': 16, 'detail': request['hash']})",
    "as a detail": "done(request, detail='set ' + request['hash'])",
    "as another key": "done(request, hash=request['hash'])",
    "on standard error": "os.write(2, request['hash'].encode()); sys.exit(1)",
    "in half a line": "say(request['hash'].encode()); sys.exit(1)",
    "late in a long line": "say(b'z' * 150 + request['hash'].encode() + b'\\n')",
    "half eaten by a shell": "say(('=19=65536' + request['hash'][30:]).encode() + b'\\n')",
    "escaped as by PHP": (
        "text = json.dumps({'id': 17, 'result': 'later', 'detail': request['hash']})\n"
        "say(text.replace('/', chr(92) + '/').encode() + b'\\n')"
    ),
    "in numbers": (
        "told = ''.join(chr(92) + 'u%04X' % ord(sign) for sign in request['hash'])\n"
        'say(b\'{"id":17,"result":"later","detail":"\' + told.encode() + b\'"}\\n\')'
    ),
    "as a text within a text": (
        "text = json.dumps({'id': 17, 'result': 'later', 'detail': json.dumps(request)})\n"
        "say(text.replace('/', chr(92) * 3 + '/').encode() + b'\\n')"
    ),
    "after its answer": "done(request); say(request); time.sleep(60)",
}


@pytest.mark.parametrize("body", ECHOES.values(), ids=ECHOES)
def test_a_hash_that_a_driver_repeats_is_shown_to_nobody(body: str, tmp_path: Path) -> None:
    """What is told of a driver is kept as the reason of a task, and read by everybody."""
    said = []
    try:
        with made(tmp_path, f"begin(); request = asked(); {body}\nasked()").started(
            timeout=SOON
        ) as driver:
            said.append(repr(driver.ask("password", id=17, hash=HASH)))
            sleep(0.3)
            said.append(repr(driver.ask("suspend", id=18)))
    except DriverFailedError as error:
        said.append(error.message)
    parts = HASH.split("$")
    assert said
    assert [part for part in (*parts[-2:], parts[-1][:10]) if part in "".join(said)] == []
