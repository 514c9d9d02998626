"""A Dovecot of the tests' own, set up by the printed script; its files are in one folder.

As root, mail, mailctl's driver and the password checker are three users, as on a real host: the
driver gives up root once it has been loaded. As anybody else all of them are that user.
"""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailctl.drivers.dovecot.configuration import Places, script
from mailctl.drivers.program import Driver, Program
from mailctl.drivers.protocol import Answer

# The hash of `pw`, as fast as Argon2id can be.
PASSWORD = (
    "$argon2id$v=19$m=64,t=1,p=1$/rKuchV/6ykEtm6C/JOWOg$t9t0CMol2qhqG+/k2wg6mX+mtTZUFhkbfJv/n7ixp14"
)
SESSIONS: list[imaplib.IMAP4] = []
"""Those that a test has opened."""
IS_ROOT = os.geteuid() == 0
LONGEST_START = 30.0
KEEPER = """
cd /
folder=$1
shift
"$@" &
read -r end
kill $!
wait
rm -rf "$folder"
"""
# What a test wants to happen in the driver is Python that runs before it begins.
LAUNCHER = """
import encodings.idna, encodings.punycode, encodings.utf_16_be, os, signal, sys, idna, socket
import mailctl.drivers.dovecot.driver as driver
{before}
if {user}:
    os.setgroups([])
    os.setgid({group})
    os.setuid({user})
os._exit(driver.run())
"""
MAIN = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
auth_failure_delay = 0
namespace inbox {{
  inbox = yes
  separator = /
}}
# Who typed a wrong password would wait some seconds at the next one.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""
# Without root nobody can become another user, nor lock himself into a folder.
ROOTLESS = """
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {me}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
service stats {{
  user = {me}
}}
"""


@dataclass(slots=True)
class Box:
    """A mailbox as mailctl asks for it."""

    server: Server
    name: str
    address: str | None

    def ask(self, driver: Driver, kind: str, **keys: object) -> str:
        """Ask for something; gives the verdict, and what was said with a refusal."""
        answer = self.answer(driver, kind, **keys)
        said = f": {answer.detail}" if answer.detail else ""
        return f"{answer.verdict}{said}"

    def answer(self, driver: Driver, kind: str, **keys: object) -> Answer:
        """Ask for something."""
        usual = {"mailbox": self.name, "address": self.address, "attempt": 1, "dry_run": False}
        return driver.ask(kind, **usual | keys)

    def make(self, driver: Driver) -> None:
        """Have it made, with the password `pw`."""
        assert self.ask(driver, "create", existing=False) == "done"
        assert self.ask(driver, "password", hash=PASSWORD) == "done"


@dataclass(frozen=True, slots=True)
class Server:
    """A running Dovecot, and the driver that is set for it."""

    folder: Path
    places: Places
    imap_port: int
    lmtp_port: int

    @property
    def settings(self) -> dict[str, str]:
        """The driver's settings."""
        return {
            "dovecot-database": str(self.places.database),
            "dovecot-home": str(self.places.homes),
            "dovecot-run": str(self.places.run),
        }

    @contextmanager
    def driver(self, before: str = "", **settings: str) -> Iterator[Driver]:
        """The driver at work, as mailctl's user; `before` is Python that it runs first."""
        with self.program(before, **settings).started(timeout=30) as driver:
            yield driver

    def mailbox(self, name: str) -> Box:
        """A mailbox of that name whose address is free."""
        return Box(self, name, f"box{name}@x.example")

    def program(self, before: str = "", **settings: str) -> Program:
        """The driver as it is started."""
        found = pwd.getpwnam(self.places.user)
        launched = LAUNCHER.format(
            before=before, user=found.pw_uid if IS_ROOT else 0, group=found.pw_gid
        )
        given = self.settings | {
            f"dovecot-{name}": value for name, value in settings.items() if value
        }
        return Program(
            name="dovecot", command=(sys.executable, "-I", "-c", launched), settings=given
        )

    def imap(self) -> imaplib.IMAP4:
        """A connection that nobody has logged in on."""
        return imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=20)

    def session(self, address: str, password: str = "pw") -> imaplib.IMAP4:
        """A session of somebody who logged in and opened the inbox."""
        session = self.imap()
        SESSIONS.append(session)
        session.login(_quoted(address), password)
        session.select()
        return session

    def refusal(self, address: str, password: str = "pw") -> str:
        """What Dovecot says to somebody who may not log in; '' where it lets them in."""
        connection = self.imap()
        try:
            connection.login(_quoted(address), password)
        except imaplib.IMAP4.error as error:
            return str(error)
        else:
            return ""
        finally:
            connection.shutdown()

    def subjects(self, address: str, mailbox: str = "INBOX") -> list[str]:
        """The subjects of the mail that an owner reads."""
        session = self.session(address)
        try:
            return self.headers(session, mailbox)
        finally:
            session.logout()

    def headers(self, session: imaplib.IMAP4, mailbox: str = "INBOX") -> list[str]:
        """The subjects of the mail that a session finds."""
        session.select(mailbox, readonly=True)
        _, found = session.search(None, "ALL")
        return [_subject(session, number) for number in found[0].split()]

    def deliver(self, address: str, subject: str, body: str = "text") -> None:
        """Hand a letter to Dovecot as Postfix does; smtplib's errors."""
        letter = f"From: b@else.example\r\nSubject: {subject}\r\n\r\n{body}\r\n"
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, timeout=20) as lmtp:
            lmtp.sendmail("b@else.example", [address], letter.encode())

    def accepts(self, address: str) -> tuple[int, str]:
        """What Dovecot says to a letter for an address."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, timeout=20) as lmtp:
            lmtp.ehlo_or_helo_if_needed()
            lmtp.mail("b@else.example")
            code, said = lmtp.rcpt(address)
            return code, said.decode()

    def files(self, mailbox: str) -> dict[str, bytes]:
        """Every file below a home, with what is in it."""
        home = self.places.homes / mailbox
        return {
            str(path.relative_to(home)): path.read_bytes()
            for path in sorted(home.rglob("*"))
            if path.is_file()
        }

    def old_mailbox(self, home: Path, subject: str) -> None:
        """A mailbox that was there before mailctl, with one letter."""
        for part in ("cur", "new", "tmp"):
            (home / "Maildir" / part).mkdir(parents=True)
        letter = f"Subject: {subject}\n\ntext\n".encode()
        (home / "Maildir" / "cur" / "1600000000.M1P1.old:2,S").write_bytes(letter)
        self.give(self.places.homes / home.relative_to(self.places.homes).parts[0])

    def give(self, home: Path) -> None:
        """Have a home belong to the mail's user."""
        for path in (home, *home.rglob("*")):
            if IS_ROOT:
                shutil.chown(path, self.places.mail_user, self.places.mail_group)
            path.chmod(0o755 if path.is_dir() else 0o600)

    def log(self) -> str:
        """What Dovecot has logged."""
        return (self.folder / "log").read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _subject(session: imaplib.IMAP4, number: bytes) -> str:
    _, found = session.fetch(number.decode(), "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    (_, text), *_ = found
    return text.decode().removeprefix("Subject: ").strip()


def places(folder: Path) -> Places:
    """Everything below a folder, of users that any Debian has."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    group = grp.getgrgid(os.getegid()).gr_name
    paths = Places(
        database=folder / "db" / "mailboxes.db",
        homes=folder / "homes",
        run=folder / "run",
        user="daemon" if IS_ROOT else me,
        mail_user="mail" if IS_ROOT else me,
        mail_group="mail" if IS_ROOT else group,
        group="postfix" if IS_ROOT else group,
        auth_user="dovecot" if IS_ROOT else me,
        postfix_user="postfix" if IS_ROOT else me,
        postfix_group="postfix" if IS_ROOT else group,
        dovecot=folder / "dovecot",
        postfix=folder / "postfix",
        spool=folder / "spool",
        script=folder / "lib" / "remove-homes",
    )
    for path in (paths.dovecot, paths.postfix, paths.spool / "private", paths.run):
        path.mkdir(parents=True)
    (paths.postfix / "main.cf").write_text("compatibility_level = 3.6\n")
    (paths.postfix / "master.cf").touch()
    return paths


def set_up(where: Places, version: str = "2.3") -> None:
    """Run the printed script."""
    subprocess.run(
        ["/bin/sh", "-e"], input=script(version, where), text=True, check=True, capture_output=True
    )


@contextmanager
def running(prefix: Path = Path("/"), version: str = "2.3") -> Iterator[Server]:
    """A Dovecot with nothing in it; `prefix` is where another one than Debian's is installed."""
    folder = Path(tempfile.mkdtemp(prefix="mailctl-dovecot-"))
    with ExitStack() as stack:
        # Later the keeper does it, however the tests end.
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        server = _prepared(folder, version)
        program = shutil.which("dovecot", path=f"{prefix}/sbin:{prefix}/usr/sbin")
        assert program is not None, "apt install dovecot-imapd dovecot-lmtpd dovecot-sqlite postfix"
        with (folder / "said").open("w") as said:
            keeper = subprocess.Popen(
                ["/bin/sh", "-c", KEEPER, "keeper", folder,
                 program, "-F", "-c", server.places.dovecot / "dovecot.conf"],
                stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
        assert keeper.stdin is not None
        stack.callback(keeper.wait)
        stack.callback(keeper.stdin.close)
        _await(server, keeper)
        yield server


def _prepared(folder: Path, version: str) -> Server:
    """What is there before Dovecot is started: its configuration, and the file."""
    folder.chmod(0o755)
    where = places(folder)
    set_up(where, version)
    server = Server(folder, where, _free_port(), _free_port())
    (folder / "state").mkdir()
    _write_main(server, version)
    with server.driver():
        pass
    return server


def _write_main(server: Server, version: str) -> None:
    me = {"me": server.places.user, "group": server.places.group}
    text = MAIN.format(folder=server.folder, imap=server.imap_port, lmtp=server.lmtp_port)
    text += "" if IS_ROOT else ROOTLESS.format(**me)
    if version == "2.3":
        text += "disable_plaintext_auth = no\n"
    else:
        text = f"dovecot_config_version = 2.4.1\ndovecot_storage_version = 2.4.1\n{text}"
        text += "auth_allow_cleartext = yes\n"
    text += "!include local.conf\n"
    (server.places.dovecot / "dovecot.conf").write_text(text)


def _await(server: Server, keeper: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while True:
        said = (server.folder / "said").read_text()
        assert keeper.poll() is None, said
        try:
            with socket.create_connection(("127.0.0.1", server.imap_port), timeout=1) as found:
                if found.recv(4) == b"* OK":
                    return
        except OSError:
            pass
        assert time.monotonic() < deadline, said + server.log()
        time.sleep(0.02)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
