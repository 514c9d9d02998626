"""Install a Modoboa for the tests: `python -m tests.modoboa.install`, once a machine.

It is in a virtual environment of its own in the folder `.modoboa`, with a site that has a super
administrator, a token and a domain. It needs Debian's librrd-dev, a C compiler and redis-tools.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests.modoboa.redis_server import running_redis

VERSION = "2.12"
HOME = Path(os.environ.get("MAILCTL_MODOBOA") or Path(__file__).parents[2] / ".modoboa")
PYTHON = HOME / "venv/bin/python"
SITE = HOME / "site/mail"
READY = HOME / f"ready-{VERSION}"
SETTINGS = """
import os
DATABASES["default"]["NAME"] = os.environ["MODOBOA_DATABASE"]
DATABASES["default"]["OPTIONS"] = {"timeout": 30}
REDIS_URL = os.environ["MODOBOA_REDIS"]
CACHES["default"]["LOCATION"] = REDIS_URL
for queue in RQ_QUEUES.values():
    queue["URL"] = REDIS_URL
limits = REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
limits.update(user="100000/minute", ddos="1000/second", ddos_lesser="100000/minute")
import pwd
DOVECOT_USER = pwd.getpwuid(os.getuid()).pw_name
"""
CONTENT = """
from modoboa.core.models import User
from rest_framework.authtoken.models import Token
from modoboa.core.models import LocalConfig
from modoboa.admin.models import Domain
admin = User.objects.get(username="admin")
config = LocalConfig.objects.first()
config.parameters.set_value("handle_mailboxes", True, app="admin")
config.save()
for name in ("x.example", "caught.example"):
    Domain(name=name, enabled=True, type="domain", default_mailbox_quota=100).save(creator=admin)
print(Token.objects.get_or_create(user=admin)[0].key)
"""


def main() -> None:
    """Install what is not there yet."""
    if READY.exists():
        return
    shutil.rmtree(HOME, ignore_errors=True)
    venv.create(HOME / "venv", with_pip=True)
    _run(PYTHON, "-m", "pip", "install", "--quiet", f"modoboa=={VERSION}.*")
    SITE.parent.mkdir()
    with running_redis() as redis:
        database = HOME / "empty.db"
        _run(
            HOME / "venv/bin/modoboa-admin.py", "deploy", SITE.name, "--domain", "127.0.0.1",
            "--dburl", f"default:sqlite:///{database}", "--redisurl", redis,
            "--dont-install-extensions", cwd=SITE.parent,
        )  # fmt: skip
        with (SITE / SITE.name / "settings.py").open("a") as settings:
            settings.write(SETTINGS)
        environment = os.environ | {"MODOBOA_DATABASE": str(database), "MODOBOA_REDIS": redis}
        token = _run(PYTHON, "manage.py", "shell", "-c", CONTENT, cwd=SITE, env=environment)
    READY.write_text(token.strip().splitlines()[-1])


def _run(*words: str | Path, cwd: Path = HOME, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{words[0]} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
