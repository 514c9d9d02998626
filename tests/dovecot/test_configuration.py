"""The printed configuration, as Postfix, Dovecot and people meet it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mailctl.drivers.dovecot.configuration import VERSIONS, Places, script
from mailctl.drivers.program import Driver
from mailctl.values import replace
from tests.dovecot.server import IS_ROOT, Box, Server, places, set_up
from tests.helpers import Cli

PLACES = Places(
    database=Path("/d/m.db"), homes=Path("/h"), run=Path("/run/dovecot"), user="mailctl"
)


def test_postfix_knows_who_is_here(driver: Driver, box: Box) -> None:
    """Domains, mailboxes and senders from the same file, as Postfix's own user reads it."""
    address = str(box.address)
    assert _asked(box.server, "mailboxes", address) == ""
    box.make(driver)
    assert _asked(box.server, "mailboxes", address) == box.name
    assert _asked(box.server, "mailboxes", address.upper()) == box.name
    assert _asked(box.server, "domains", "x.example") == "x.example"
    assert _asked(box.server, "senders", address) == f"mailbox.{box.name}"
    box.ask(driver, "suspend")
    assert _asked(box.server, "mailboxes", address) == box.name
    box.ask(driver, "rename", address=None)
    assert _asked(box.server, "mailboxes", address) == ""


def test_postfix_finds_a_domain_beyond_ascii(driver: Driver, box: Box) -> None:
    """It asks for the xn-- form."""
    box.address = f"box{box.name}@grün.example"
    box.make(driver)
    assert _asked(box.server, "domains", "xn--grn-ioa.example") == "xn--grn-ioa.example"
    assert _asked(box.server, "mailboxes", f"box{box.name}@xn--grn-ioa.example") == box.name
    box.ask(driver, "delete")
    assert _asked(box.server, "domains", "xn--grn-ioa.example") == ""


@pytest.mark.parametrize(
    "attack",
    [
        "x' OR 1=1 --",
        "x' OR '1'='1",
        "'; DROP TABLE mailbox; --",
        "%",
        "_@x.example",
        "x'||(SELECT hash FROM login)||'",
        'x" OR ""="',
        "%s",
        "\\' OR 1=1 --",
    ],
)
def test_no_address_is_a_query(driver: Driver, box: Box, attack: str) -> None:
    """Whatever a stranger writes to, or logs in as, is a text that nobody has."""
    box.make(driver)
    for table in ("mailboxes", "domains", "senders"):
        assert _asked(box.server, table, attack) == ""
    assert "AUTHENTICATIONFAILED" in box.server.refusal(attack)
    assert _asked(box.server, "mailboxes", str(box.address)) == box.name
    for stranger in (f"{attack}@x.example", f"x@{attack}"):
        if " " not in stranger:
            assert box.server.accepts(stranger)[0] != 250


def test_the_folders_are_for_whom_they_should_be(server: Server) -> None:
    """mailctl's user sees that a home is there; the file's folder is for its group."""
    where = server.places
    assert where.homes.stat().st_mode & 0o7777 == 0o711
    assert where.database.parent.stat().st_mode & 0o7777 == 0o2750
    for name in ("mailctl-doveadm", "mailctl-homes"):
        found = where.run / name
        assert found.stat().st_mode & 0o777 == 0o600
        assert found.owner() == where.user
    if IS_ROOT:
        assert where.homes.owner() == where.mail_user
        assert where.database.parent.group() == where.group


def test_mailctl_cannot_read_the_mail(driver: Driver, box: Box) -> None:
    """Neither can the file's readers change it."""
    if not IS_ROOT:
        pytest.skip("only root can be others")
    box.make(driver)
    box.server.deliver(str(box.address), "secret")
    home = box.server.places.homes / box.name
    assert _as(box.server.places.user, "ls", str(home)).returncode != 0
    assert _as("postfix", "cat", str(box.server.places.database)).returncode == 0
    assert _as("postfix", "touch", str(box.server.places.database)).returncode != 0
    assert _as("nobody", "cat", str(box.server.places.database)).returncode != 0


def test_it_can_be_run_again(tmp_path: Path) -> None:
    """What an administrator has beside it stays, and nothing is written twice."""
    where = places(tmp_path)
    conf = where.dovecot / "conf.d"
    conf.mkdir()
    (conf / "10-auth.conf").write_text("auth_mechanisms = plain\n!include auth-system.conf.ext\n")
    set_up(where)
    first = _contents(tmp_path)
    set_up(where)
    assert _contents(tmp_path) == first
    assert "#!include auth-system" in (conf / "10-auth.conf").read_text()


def test_it_takes_nothing_that_is_somebody_elses(tmp_path: Path) -> None:
    """Dovecot settings of one's own, a folder for other things: it stops before it begins."""
    where = places(tmp_path)
    own = where.dovecot / "local.conf"
    own.write_text("mail_plugins = quota\n")
    assert "local.conf has settings of your own" in _refused(where)
    assert own.read_text() == "mail_plugins = quota\n"
    own.unlink()
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    (shared / "file").touch()
    before = shared.stat()
    if IS_ROOT:
        database = shared / "mailboxes.db"
        assert "is a folder for other things" in _refused(replace(where, database=database))
        assert "does not belong to mail" in _refused(replace(where, homes=shared))
    after = shared.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid
    )  # fmt: skip
    assert not where.homes.exists()


def test_it_begins_nothing_for_a_user_that_is_not_there(tmp_path: Path) -> None:
    """A misspelt name leaves no half of a configuration."""
    where = places(tmp_path)
    assert "there is no user mailclt" in _refused(replace(where, user="mailclt"))
    assert not where.homes.exists()


def _refused(where: Places) -> str:
    done = subprocess.run(
        ["/bin/sh"], input=script("2.3", where), text=True, check=False, capture_output=True
    )
    assert done.returncode == 1
    return done.stderr


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_a_script_that_sh_reads(version: str) -> None:
    """No word is left open, for both versions."""
    text = script(version, PLACES)
    assert not re.search(r"@[A-Z_]+@", text)
    subprocess.run(["/bin/sh", "-n"], input=text, text=True, check=True)


@pytest.mark.parametrize("name", ["a'b", "a\nb", "$(id)", "%u", "a\\b", '"', "a{b", "a#b"])
def test_a_name_that_would_mean_something_else_is_refused(name: str) -> None:
    """It stands in files of the shell, of Dovecot, of Postfix and of SQL."""
    with pytest.raises(ValueError, match="cannot be"):
        script("2.3", replace(PLACES, mail_user=name))


def test_the_command_prints_it(cli: Cli, tmp_path: Path) -> None:
    """The settings and options are in it; without a store the defaults are."""
    text = cli("driver", "dovecot", "--config", "--user", "mailctl").out
    assert "/var/lib/mailctl-dovecot/mailboxes.db" in text
    assert "install -d -o 'vmail' -g 'vmail' -m 0711 '/var/vmail'" in text
    cli.ok("init", "--clock", "2026-01-01", "--timezone", "UTC", "--seller-country", "FR")
    cli.ok("settings", "set", "dovecot-home", "/srv/mail")
    text = cli(
        "driver", "dovecot", "--config", "--version", "2.4", "--mail-user", "virtual",
        "--user", "mailctl",
    ).out  # fmt: skip
    assert "install -d -o 'virtual' -g 'virtual' -m 0711 '/srv/mail'" in text
    assert "passdb sql {" in text
    assert str(tmp_path) not in text


def test_a_wrong_place_is_called_as_it_was_given(cli: Cli) -> None:
    """By its option or its setting, so that it can be corrected; Dovecot's version is an option."""
    cli.ok("init", "--clock", "2026-01-01", "--timezone", "UTC", "--seller-country", "FR")
    asked = ("driver", "dovecot", "--config")
    refused = cli(*asked, "--mail-user", "a'b")
    assert refused.status == 2
    assert '--mail-user cannot be "a\'b"' in refused.err
    cli.ok("settings", "set", "dovecot-home", "/srv/ma'il")
    assert "the setting dovecot-home cannot be" in cli(*asked).err
    options, _, common = cli("driver", "dovecot", "--help").out.partition("Common options:")
    assert "--version" in options
    assert "--version" not in common


def test_a_folder_is_meant_from_where_it_is_typed(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may run the script anywhere."""
    monkeypatch.chdir(tmp_path)
    text = cli("driver", "dovecot", "--config", "--dovecot-folder", "conf").out
    assert f"{tmp_path}/conf/local.conf" in text


def _asked(server: Server, table: str, key: str) -> str:
    """What Postfix finds, asked as its own user, who is in no other group."""
    where = server.places.postfix
    command = [shutil.which("postmap", path="/usr/sbin"), "-c", str(where), "-q", key,
               f"sqlite:{where}/mailctl-{table}.cf"]  # fmt: skip
    done = _as("postfix", *map(str, command))
    assert not done.stderr, done.stderr
    return done.stdout.strip()


def _as(user: str, *command: str) -> subprocess.CompletedProcess[str]:
    extra: dict[str, object] = {"user": user, "group": user, "extra_groups": []} if IS_ROOT else {}
    if user == "nobody":
        extra["group"] = "nogroup"
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **extra)


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
