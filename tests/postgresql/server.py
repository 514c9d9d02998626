"""A PostgreSQL of the tests' own: its files and its socket are in one folder, gone at the end.

Nothing in mailctl speaks to a PostgreSQL yet, so the tests need no driver either: psql does.
"""

from __future__ import annotations

import csv
import io
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailctl.store.engine.postgresql.dialect import for_postgresql

HOME = Path(__file__).parents[2] / "mailctl" / "store" / "engine"
SCHEMA = HOME / "postgresql" / "schema.sql"
LONGEST_START = 90.0
# The server ends with the tests, however they end: the pipe from them closes with them.
KEEPER = """
cd /
folder=$1
shift
"$@" &
read -r end
kill -QUIT $!
wait
rm -rf "$folder"
"""


def programs() -> Path | None:
    """The folder of a PostgreSQL's programs; Debian keeps those of the server outside PATH."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    newest = sorted(debian, key=lambda path: int(path.parts[-3]))
    return newest[-1].parent if newest else None


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `folder` holds its socket."""

    programs: Path
    folder: Path
    owner: str

    def psql(self, script: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Run a script in one session."""
        return subprocess.run(
            [self.programs / "psql", "-XqAt", "-h", self.folder, "-U", self.owner, "-d", "postgres",
             "-v", "VERBOSITY=terse", *options],
            input=script, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """The rows of a query; NULL is an empty text."""
        done = self.psql(query, "--csv", "-v", "ON_ERROR_STOP=1")
        assert done.returncode == 0, done.stderr
        return [tuple(row) for row in csv.reader(io.StringIO(done.stdout))]

    def refusal(self, script: str) -> str:
        """What PostgreSQL says against a script, of which nothing is kept; '' where it takes it."""
        done = self.psql(f"BEGIN;\n{script};\nSET CONSTRAINTS ALL IMMEDIATE;\nROLLBACK;")
        said = done.stderr.partition("ERROR:")[2].strip()
        return said.partition("\n")[0]


@contextmanager
def started() -> Iterator[Server]:
    """A server with the schema of a store in it."""
    with running() as server:
        done = server.psql(SCHEMA.read_text(encoding="utf-8"), "-v", "ON_ERROR_STOP=1")
        assert done.returncode == 0, done.stderr
        yield server


@contextmanager
def running(*options: str) -> Iterator[Server]:
    """A server with nothing in it; what its machine forgets in a power cut is no matter here.

    Options are those of `postgres`.
    """
    found = programs()
    assert found is not None, "apt install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="mailctl-pg-"))
    server = Server(found, folder, _owner(folder))
    _as_owner(server, "initdb", "--no-sync", "--auth=trust", "--encoding=UTF8",
              "--locale=C.UTF-8", "--pgdata", folder / "data")  # fmt: skip
    with (folder / "log").open("w") as log:
        keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "keeper", folder, found / "postgres", "-D", folder / "data",
             "-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}",
             "-c", "fsync=off", *options],
            stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
            user=server.owner if os.geteuid() == 0 else None,
        )  # fmt: skip
    assert keeper.stdin is not None
    try:
        _await(server, keeper)
        yield server
    finally:
        keeper.stdin.close()
        keeper.wait()


def _await(server: Server, keeper: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections."""
    state = server.folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + LONGEST_START
    while not (state.exists() and "ready" in state.read_text()):
        log = server.folder / "log"
        assert keeper.poll() is None, "the server has ended at once"
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.02)


def _owner(folder: Path) -> str:
    """Who may run the server: not root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {user.pw_name for user in pwd.getpwall()}
    owner = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, owner)
    return owner


def _as_owner(server: Server, program: str, *arguments: str | Path) -> None:
    """Run a program of the server's; what it says is shown where it fails."""
    log = server.folder / f"{program}.txt"
    with log.open("w") as said:
        done = subprocess.run(
            [server.programs / program, *arguments],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=server.folder, check=False,
            user=server.owner if os.geteuid() == 0 else None,
        )  # fmt: skip
    assert done.returncode == 0, log.read_text()


_MADE = re.compile(r"\s*CREATE TEMP TABLE\b")
_SHARED = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b")


def refused(server: Server, statements: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The statements that PostgreSQL does not prepare, and what it says of each.

    Temporary tables are made first: others stand on them.
    """
    script = [f"{for_postgresql(sql)[0]};" for sql in statements if _MADE.match(sql)]
    for number, sql in enumerate(statements):
        if _SHARED.match(sql):
            script.append(f"\\warn @{number}\nPREPARE s{number} AS {for_postgresql(sql)[0]}\n;")
        elif not _MADE.match(sql):
            yield sql, "it neither reads nor writes rows"
    said = server.psql("\n".join(script)).stderr
    first, *rest = re.split(r"^@(\d+)\n", said, flags=re.MULTILINE)
    for line in first.splitlines():
        if "ERROR" in line and "already exists" not in line:
            yield "a temporary table", line
    for number, text in zip(rest[::2], rest[1::2], strict=True):
        if "ERROR" in text:
            yield statements[int(number)], text.partition("ERROR:")[2].strip()
