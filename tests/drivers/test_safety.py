"""A driver acts with the rights of whoever runs mailctl: nobody else may be able to change it.

The files of somebody else are made by root; where the tests run as another user, who runs them is
taken to be somebody else.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailctl import write_access
from mailctl.drivers.program import of_setting
from mailctl.errors import DriverFailedError, DriverUnsafeError, MailctlError
from tests.drivers.hostile import written

STRANGER = 4321


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    """A good driver, two folders below the test's own."""
    folder = tmp_path / "lib" / "mailctl"
    folder.mkdir(parents=True)
    return written(folder, "begin(); asked()")


def refusal(path: Path | str, owner: int | None = None) -> MailctlError:
    """Why a driver is not run."""
    with pytest.raises(DriverUnsafeError) as caught:
        of_setting(str(path), {}, owner=owner)
    return caught.value


def works(path: Path) -> bool:
    """Whether a driver may be run, and starts."""
    with of_setting(str(path), {}).started(timeout=20) as driver:
        return driver.hello.name == "hostile"


@pytest.mark.parametrize("mode", [0o757, 0o777, 0o702])
def test_a_driver_that_everybody_may_write_is_refused(mode: int, driver: Path) -> None:
    """The hint is what mends it."""
    assert works(driver)
    driver.chmod(mode)
    error = refusal(driver)
    assert error.message == (
        f"others could have the driver {driver} do what they like: it can be written by everybody"
    )
    assert error.hint == f"chmod go-w {driver}"
    driver.chmod(mode & ~0o022)
    assert works(driver)


def test_a_driver_that_a_group_may_write_is_refused_unless_it_is_the_owners_alone(
    driver: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As systems make one for each user."""
    driver.chmod(0o770)
    monkeypatch.setattr(write_access, "_is_private", lambda _group, _owner: True)
    assert works(driver)
    monkeypatch.setattr(write_access, "_is_private", lambda _group, _owner: False)
    assert "can be written by its group" in refusal(driver).message


@pytest.mark.parametrize("up", [0, 1, 2])
def test_a_folder_above_that_everybody_may_write_is_refused(up: int, driver: Path) -> None:
    """Who may write it puts another program in the place of this one, or of its folder."""
    above = driver.parents[up]
    above.chmod(0o777)
    error = refusal(driver)
    assert f"the folder {above} can be written by everybody" in error.message
    assert error.hint == f"chmod go-w {above}"
    above.chmod(0o1777)
    if up:
        assert works(driver)
    else:
        refusal(driver)
    above.chmod(0o755)
    assert works(driver)


def test_a_link_is_followed_and_both_its_ends_are_looked_at(driver: Path, tmp_path: Path) -> None:
    """Its owner leads it elsewhere, whoever owns what it leads to."""
    way = tmp_path / "way"
    way.mkdir()
    link = way / "link"
    link.symlink_to(driver)
    assert works(link)
    way.chmod(0o777)
    assert f"the folder {way} " in refusal(link).message
    way.chmod(0o755)
    driver.parent.chmod(0o777)
    assert f"the folder {driver.parent} " in refusal(link).message
    driver.parent.chmod(0o755)
    driver.chmod(0o777)
    assert refusal(link).hint == f"chmod go-w {driver}"


def test_only_root_this_user_and_the_stores_owner_may_own_it(
    driver: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root runs the driver of the store's owner; nobody runs that of a stranger."""
    stranger = STRANGER
    if os.geteuid() == 0:
        os.chown(driver, stranger, -1)
    else:
        stranger = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: STRANGER)
    error = refusal(driver)
    assert "belongs to another user" in error.message
    of_setting(str(driver), {}, owner=stranger)
    refusal(driver, owner=1)
    if os.geteuid() == 0:
        assert error.hint == f"chown root {driver}"
        os.chown(driver, 0, -1)
        os.chown(driver.parent, stranger, -1)
        assert f"the folder {driver.parent} belongs to another user" in refusal(driver).message


@pytest.mark.parametrize("text", ["driver", "./driver", "../x", "", "dovecot2", "~/driver"])
def test_a_driver_is_named_by_its_absolute_path(text: str) -> None:
    """Cron runs in another folder, and nobody's PATH decides what is run."""
    assert "absolute path" in refusal(text).message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe, a device."""
    os.mkfifo(tmp_path / "pipe", 0o700)
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/null")):
        assert "is no ordinary file" in refusal(path).message


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (None, 0o755, "No such file"),
        ("#!/bin/sh\n", 0o644, "is not executable"),
        ("echo 1\n", 0o755, "does not say what runs it, such as #!/bin/sh"),
        ("", 0o755, "does not say what runs it, such as #!/bin/sh"),
        ("#!/usr/bin/no-such-thing\n", 0o755, "names is not there"),
        ("#!/bin/sh\r\n", 0o755, "names is not there"),
    ],
)
def test_what_cannot_be_started_says_why(
    text: str | None, mode: int, said: str, tmp_path: Path
) -> None:
    """It is nobody's attack, but a driver that fails."""
    path = tmp_path / "driver"
    if text is not None:
        path.write_text(text)
        path.chmod(mode)
    with pytest.raises(DriverFailedError) as caught, of_setting(str(path), {}).started(timeout=5):
        pass
    assert said in caught.value.message
    assert caught.value.hint
