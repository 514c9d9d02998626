"""Each limit that docs/cli.md names: what goes beyond is refused by name, soon, in little memory.

Those of what other programs answer are tested where these are spoken with: `SPOKEN_WITH`.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path
from shlex import split

import pytest

import mailctl
from tests.drivers.toy import toy_driver
from tests.helpers import Cli, environment
from tests.statements.camt_files import camt053

HOME = Path(mailctl.__file__).parent.parent
BANK = ("bank", "import", "-")
STATEMENT = camt053(opening=None).decode()
ONE = STATEMENT[STATEMENT.index("<Stmt>") : STATEMENT.index("</Stmt>")] + "</Stmt>"
LONG = {n: "x" * n for n in (36, 61, 101, 129, 201, 1001)}
CUSTOMERS = ("import", "customers", "-")
HEAD = "id,name,email\n"
REFUSED = {
    "a file, or standard input": (CUSTOMERS, "\n" * 3_000_001, "more than 3,000,000 lines"),
    "a file, or standard input: a line": (
        CUSTOMERS,
        f"{HEAD}new,{'x' * (2 << 20)},new@new.example\n",
        "a line of more than 1 MiB",
    ),
    "a file from a bank": (
        BANK,
        STATEMENT.replace(ONE, ONE * 10_001),
        "the file has more than 10,000 statements",
    ),
    "what stands in it": (
        BANK,
        STATEMENT.replace("<Acct>", "<X>" * 50 + "</X>" * 50 + "<Acct>"),
        "elements stand in each other more than 40 deep",
    ),
    "what stands in it: a text": (
        BANK,
        STATEMENT.replace("STMT-1", "x" * 400_000),
        "a text is longer than 200,000 letters",
    ),
    "what stands in it: a line": (
        BANK,
        f":20:1\n:25:1\n:28C:1\n:60F:C260101EUR0,\n:86:{'x' * 100_001}\n",
        "a line is too long",
    ),
    "files of one `bank import`": (
        ("bank", "import", *(f"{n}.xml" for n in range(1001))),
        "",
        "1,001 files are more than the 1,000 that are taken at once",
    ),
    "a cell of CSV": (
        CUSTOMERS,
        f"{HEAD}new,{'x' * 131_073},new@new.example\n",
        "field larger than field limit (131072)",
    ),
    "a value of JSON Lines": (
        CUSTOMERS,
        '{"id": "new", "name": ["N"], "email": "new@new.example"}\n',
        "name is neither text, an integer nor null",
    ),
    "the name of a customer, platform or offer": (
        split(f"customer add {LONG[61]} --name N --email n@n.example"),
        "",
        "1 to 60 of a-z, 0-9, . and - are",
    ),
    "a text, such as a name, a street or a reason": (
        split(f"customer edit acme --name {LONG[201]}"),
        "",
        "the name has 201 characters, 200 is the most",
    ),
    "a text, such as a name, a street or a reason: a comment": (
        split(f"platform cancel acme-pro --comment {LONG[1001]} -y"),
        "",
        "the comment has 1001 characters, 1000 is the most",
    ),
    "an address": (
        split(f"account configure 2 {'x' * 65}@acme.example"),
        "",
        "before the @",
    ),
    "`--key`": (
        split(f"prepaid credit acme 10 --key {LONG[101]}"),
        "",
        "a key has 1 to 100 characters, not 101",
    ),
    "a mandate's reference": (
        split(
            f"method add bank acme --iban DE89370400440532013000 --holder A --mandate {LONG[36]} "
            "--signed 2026-01-15"
        ),
        "",
        "has 36 characters: 1 to 35 are possible",
    ),
    "a buyer's reference, a legal id or an address for electronic invoices": (
        split(f"customer edit acme --buyer-reference {LONG[101]}"),
        "",
        "the buyer reference has 101 characters, 100 is the most",
    ),
    "the mentions of a language": (
        split(f"settings set mentions-de {LONG[1001]}"),
        "",
        "mentions-de has 1001 characters, 1000 is the most",
    ),
    "a logo": (
        split(f"settings set seller-logo {HOME}/mailctl/documents/fonts/Korean.ttf"),
        "",
        "seller-logo is a file of at most 200 kB",
    ),
    "a password": (
        split("account password 1"),
        LONG[129] + "\n",
        "the password has more than 128 characters",
    ),
    "an amount": (split("prepaid credit acme 10000000"), "", "9,999,999.99"),
    "a date": (split("tick --to 2201-01-01"), "", "outside the years 2000 to 2200"),
    "accounts of one `account order`": (split("account order acme-hx --count 101"), "", "1 to 100"),
    "terms of `account extend`": (split("account extend 3 --terms 37"), "", "1 to 36"),
    "days of `tick --days`": (split("tick --days 80001"), "", "1 to 80,000"),
    "months of `forecast`": (split("forecast --months 121"), "", "1 to 120"),
    "seconds of `--wait`": (split("status --wait 86401"), "", "0 to 86,400"),
    "the path of a file": (
        split(f"report page {'x' * 256}"),
        "",
        "255 bytes at most, a path 4,095",
    ),
}
SPOKEN_WITH = {
    "the first line of a file with a password or a token",
    "a line of a driver",
    "an answer of the mail server that sends",
    "an answer of Modoboa",
}


def test_every_limit_is_named_and_tried() -> None:
    """The table of docs/cli.md has these, and no other."""
    text = (HOME / "docs" / "cli.md").read_text(encoding="utf-8")
    table = text.partition("## Limits")[2].partition("\n## ")[0]
    named = re.findall(r"^\| (.+?) \| ", table, re.MULTILINE)[1:]
    assert {name.partition(":")[0] for name in REFUSED} | SPOKEN_WITH == set(named)


@pytest.mark.parametrize("name", REFUSED)
def test_what_goes_beyond_is_refused_by_name(name: str, busy: Cli, tmp_path: Path) -> None:
    """In a sentence, by a rule or as usage; nothing is done."""
    busy.ok("settings", "set", "driver", toy_driver(tmp_path))
    argv, stdin, said = REFUSED[name]
    head = busy.ok("journal", "head")
    refused = busy(*argv, stdin=stdin)
    assert refused.status in (1, 2), refused
    assert said in " ".join(refused.err.split())
    assert busy.ok("journal", "head") == head


@pytest.mark.parametrize("file", ["/dev/zero", "-"])
def test_what_never_ends_is_given_up_soon_and_in_little_memory(file: str, busy: Cli) -> None:
    """A device, or a program that writes without end: no more is kept than the largest file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, "import", "customers", file],
            env=environment(busy.store) | {"PYTHONPATH": str(HOME)},
            stdin=endless.stdout,
            capture_output=True,
            check=False,
            text=True,
        )
        endless.kill()
    assert (done.returncode, "has more than 256 MiB" in done.stderr) == (2, True), done
    assert int(done.stderr.splitlines()[-1]) < 400 * 1024, "KiB"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 10, "seconds"


_MEASURED = """
import sys
from mailctl.__main__ import main
status = main(sys.argv[1:])
# Not getrusage: its peak is also that of the process which started this one.
with open("/proc/self/status") as lines:
    peak = next(line for line in lines if line.startswith("VmHWM"))
print(peak.split()[1], file=sys.stderr)
sys.exit(status)
"""
