"""A Modoboa at work: its database a copy, its folders and its port its own, gone at the end."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from json import dumps, loads
from pathlib import Path
from typing import Any

from tests.modoboa import install
from tests.modoboa.redis_server import await_port, free_port, running_redis

LONGEST_START = 120.0
# What Modoboa asks Dovecot: where a mailbox's home is.
DOVEADM = """#!/bin/sh
[ "$1 $2 $3" = "user -f home" ] || exit 64
echo "{mail}/${{4#*@}}/${{4%@*}}"
"""
# What Modoboa's own job does once a minute, of a mailbox's folder.
JOB = """
import sys
from modoboa.admin.jobs import handle_mailbox_operations
for line in sys.stdin:
    handle_mailbox_operations()
    print("done", flush=True)
"""


@dataclass(slots=True)
class Modoboa:
    """A running Modoboa, and what an administrator does with it."""

    folder: Path
    url: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    worker: subprocess.Popen[str] | None = field(default=None)

    @property
    def token_file(self) -> Path:
        """The file with the token of its super administrator."""
        return self.folder / "token"

    def asked(self, method: str, path: str, **body: object) -> Any:
        """What its API answers to the administrator."""
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=60)
        headers = {
            "Authorization": f"Token {self.token_file.read_text()}",
            "Content-Type": "application/json",
        }
        with closing(connection):
            connection.request(method, f"/api/v2/{path}", dumps(body) if body else None, headers)
            with connection.getresponse() as response:
                said = response.read()
        assert 200 <= response.status < 300, said
        return loads(said) if said else None

    def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """What its database says, as Dovecot and Postfix ask it."""
        with closing(sqlite3.connect(self.folder / "modoboa.db", timeout=30)) as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str, *values: object) -> None:
        """Change its database."""
        with closing(sqlite3.connect(self.folder / "modoboa.db", timeout=30)) as connection:
            connection.execute(sql, values)
            connection.commit()

    def home(self, address: str) -> Path:
        """Where the mail of an address is."""
        user, _, domain = address.partition("@")
        return self.folder / "mail" / domain / user

    def deliver(self, address: str, text: str) -> None:
        """Put a message where Dovecot would."""
        new = self.home(address) / "new"
        new.mkdir(parents=True, exist_ok=True)
        (new / str(len(list(new.iterdir())))).write_text(text)

    def mail(self, address: str) -> list[str]:
        """The messages of an address."""
        new = self.home(address) / "new"
        return [path.read_text() for path in sorted(new.iterdir())] if new.is_dir() else []

    def do_its_job(self) -> None:
        """Move and remove the folders of what was renamed and deleted, as it does once a minute."""
        if self.worker is None:
            self.worker = subprocess.Popen(
                [install.PYTHON, "manage.py", "shell", "--no-imports", "-c", JOB],
                cwd=install.SITE, env=self.environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert self.worker.stdin is not None
        assert self.worker.stdout is not None
        self.worker.stdin.write("\n")
        self.worker.stdin.flush()
        assert self.worker.stdout.readline() == "done\n"


@contextmanager
def running(folder: Path) -> Iterator[Modoboa]:
    """A Modoboa with the domains x.example and caught.example, and no mailbox."""
    shutil.copy(install.HOME / "empty.db", folder / "modoboa.db")
    (folder / "token").touch(mode=0o600)
    (folder / "token").write_text(install.READY.read_text())
    programs = folder / "programs"
    programs.mkdir()
    (programs / "doveadm").write_text(DOVEADM.format(mail=folder / "mail"))
    (programs / "doveadm").chmod(0o755)
    port = free_port()
    with running_redis() as redis, (folder / "log").open("w") as log:
        environment = os.environ | {
            "MODOBOA_DATABASE": str(folder / "modoboa.db"),
            "MODOBOA_REDIS": redis,
            "PATH": f"{programs}:{os.environ['PATH']}",
        }
        process = subprocess.Popen(
            [install.PYTHON, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=install.SITE, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        modoboa = Modoboa(folder, f"http://127.0.0.1:{port}", environment, process)
        try:
            await_port(port, process, LONGEST_START)
            yield modoboa
        finally:
            process.terminate()
            process.wait()
            if modoboa.worker is not None:
                modoboa.worker.communicate()
