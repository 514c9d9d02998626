"""Wrong input gets a sentence and the command that helps, and changes nothing.

The cases stand in wrong-input.cases, a line each: code, exit status and command.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers import Cli, Outcome, contents

CASES = Path(__file__).with_name("wrong-input.cases")
COMMAND = re.compile(r"mailctl ([a-z]+)(?: ([a-z]+))?")
# Nouns whose second word is a verb; the others are commands by themselves.
NOUNS = frozenset(
    "customer platform account domain order invoice prepaid method payment notice offer tax task "
    "journal store settings bank".split()
)
# What helps against these is the same command with a better word: the hint shows that word.
SAME_COMMAND = frozenset(
    "usage invalid-address lines-refused confirmation-needed amount-too-large no-periodicity "
    "key-reused address-taken card-number-refused already-exists".split()
)
FILES = {
    "good.csv": "address,period\nnew@acme.example,monthly\n",
    "modes.csv": "account,mode\n1,none\n",
    "weekly.csv": "address,period\nnew@acme.example,monthly\nodd@acme.example,weekly\n",
    "taken.csv": "address,period\nnew@acme.example,\nhugo@acme.example,\nx@bolt.example,\n",
    "twice.csv": "address\nnew@acme.example\nNEW@acme.example\n",
    "gone.csv": "account,mode\n1,none\n999,none\n",
    "badmode.csv": "account,mode\n1,none\n3,weekly\n",
    "empty.csv": "",
    "header.csv": "address,period\n",
    "binary.csv": "\x00\x01\x02\ufffd\x00",
    "columns.csv": "address,perod\nnew@acme.example,monthly\n",
    "broken.jsonl": '{"address": "new@acme.example"}\n{"address": \n',
    "list.jsonl": '["new@acme.example"]\n',
    "bad-customers.csv": (
        "id,name,email\nnew,New,it@new.example\nacme,Acme,it@acme.example\nOld,O,o\n"
    ),
    "bad-platforms.csv": (
        "name,customer,offer,created_on\n"
        "new-pro,acme,email-pro,2025-03-01\n"
        "late-px,nobody,private-exchange,2025-03-01\n"
        "soon-px,acme,private-exchange,2026-02-06\n"
    ),
    "bad-accounts.csv": (
        "platform,address,period,expires_on,anchor_day\n"
        "acme-pro,new@acme.example,monthly,2026-03-01,1\n"
        "acme-pro,was@acme.example,monthly,2026-02-05,5\n"
        "acme-pro,odd@acme.example,monthly,2026-03-02,1\n"
        "acme-priv,old@acme.example,monthly,2026-03-02,2\n"
        "acme-priv,old@acme.example,yearly,2026-03-01,1\n"
    ),
    "mixed-accounts.csv": (
        "platform,address,period,expires_on,anchor_day\n"
        "acme-pro,short@acme.example\n"
        "nowhere,new@acme.example,monthly,2026-02-28,28\n"
        "acme-pro,odd@acme.example,monthly,2026-02-27,28\n"
    ),
    "mixed-orders.csv": "address,period\na@acme.example,monthly,more\nb@@acme.example,\n",
    "taken.xml": "<Document/>",
    "card.csv": "address,period\n4242424242424242@acme.example,monthly\n",
    "short-lines.csv": (
        "platform,address,period,expires_on,anchor_day\nacme-pro,new@acme.example,monthly\n"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of the file of cases."""

    line: int
    code: str
    status: int
    command: str
    words: str


def cases() -> list[Case]:
    """The cases of the file, in order."""
    found = []
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            code, status, rest = line.split(None, 2)
            command, _, words = rest.partition("  ~ ")
            found.append(
                Case(line=number, code=code, status=int(status), command=command, words=words)
            )
    return found


ALL = cases()


def words_of(command: str) -> list[str]:
    """The words of a case's command, `\\x07` made the character that it names."""

    def character(found: re.Match[str]) -> str:
        return chr(int(found[1], 16))

    lexer = shlex.shlex(command, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    return [re.sub(r"\\x([0-9a-f]{2})", character, word) for word in lexer]


def in_json(words: list[str]) -> list[str]:
    """The words, asking for JSON before what follows a `--`."""
    end = words.index("--") if "--" in words else len(words)
    return [*words[:end], "-o", "json", *words[end:]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the files that the cases name."""
    path = tmp_path / "files"
    path.mkdir()
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8", newline="")
    (path / "binary.csv").write_bytes(bytes(range(256)))
    monkeypatch.chdir(path)
    return path


def helps(cli: Cli, outcome: Outcome) -> str:
    """What is wrong with the hint, or nothing: its command is tried with `--help`.

    Where the command itself is the one that helps, given otherwise, words are help enough.
    """
    error = outcome.error()
    hint = error["hint"] or ""
    found = COMMAND.search(hint)
    if found is None:
        return "" if hint and error["code"] in SAME_COMMAND else f"no command: {hint!r}"
    noun, verb = found.groups()
    asked = [noun, verb] if noun in NOUNS and verb else [noun]
    return "" if cli(*asked, "--help").status == 0 else f"no such command: {hint!r}"


@pytest.mark.parametrize("case", ALL, ids=[f"{case.line}-{case.command}" for case in ALL])
def test_wrong_input_is_refused_by_name_and_changes_nothing(
    case: Case, busy: Cli, folder: Path
) -> None:
    """The code, the exit status, a hint that helps, a plain text, and the store as it was."""
    before = contents(busy.store)
    words = words_of(case.command)

    outcome = busy(*in_json(words))
    plain = busy(*words)

    assert (outcome.status, outcome.out) == (case.status, ""), outcome.err
    error = outcome.error()
    assert (error["code"], error["exit_status"]) == (case.code, case.status), outcome.err
    assert helps(busy, outcome) == ""
    assert case.words in error["message"]
    assert (plain.status, plain.out) == (case.status, "")
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain.err) == []
    assert f"error: {error['message']}" in plain.err
    assert contents(busy.store) == before


def bad_lines(cli: Cli, *argv: str) -> list[int]:
    """The line numbers that a refused file's report names."""
    outcome = cli(*argv, "-o", "json")
    assert outcome.error()["code"] == "lines-refused"
    return sorted({int(found) for found in re.findall(r"\bline (\d+)", outcome.err)})


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("import customers bad-customers.csv", [3, 4]),
        ("import platforms bad-platforms.csv", [3, 4]),
        ("import accounts bad-accounts.csv", [3, 4, 5, 6]),
        ("import accounts mixed-accounts.csv", [2, 3, 4]),
        ("account order acme-pro --from mixed-orders.csv -y", [2, 3]),
        ("account order acme-pro --from weekly.csv -y", [3]),
        ("account order acme-pro --from taken.csv -y", [3, 4]),
        ("account order acme-pro --from twice.csv -y", [3]),
        ("account renew --from gone.csv -y", [3]),
        ("account renew --from badmode.csv -y", [3]),
    ],
    ids=[
        "customers",
        "platforms",
        "accounts",
        "accounts, one line short",
        "orders, one line long",
        "an unknown period",
        "addresses that are taken",
        "an address twice",
        "an unknown account",
        "an unknown mode",
    ],
)
def test_every_bad_line_of_a_file_is_named(
    command: str, expected: list[int], busy: Cli, folder: Path
) -> None:
    """One report names every bad line, and no good one."""
    assert bad_lines(busy, *words_of(command)) == expected


@pytest.mark.parametrize("command", ["renew - --mode none", "reset -", "delete -"])
def test_no_accounts_on_standard_input_is_nothing_to_do(busy: Cli, command: str) -> None:
    """A pipe from an empty list changes nothing, says so, and is no failure."""
    before = contents(busy.store)
    answer = busy.ok("account", *command.split(), "-y", stdin="")
    assert (answer["items"], answer["changed"]) == ([], False)
    assert contents(busy.store) == before


def test_a_refusal_is_the_same_from_a_process_of_its_own(busy: Cli) -> None:
    """Exit status, code and silence on standard output do not hang on how mailctl is started."""
    outcome = busy.process("account", "reset", "2", "-y", "-o", "json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.error()["code"] == "not-configured"
    assert busy.process("account", "show", "nobody@acme.example").status == 4
    assert busy.process("account", "list", "-o", "yaml").status == 2


def test_a_head_that_is_not_in_the_chain_is_found_out(busy: Cli) -> None:
    """`journal verify --head` with a digest of another journal fails, without an error."""
    outcome = busy("journal", "verify", "--head", "0" * 64, "-o", "json")
    assert (outcome.status, outcome.json()["ok"]) == (1, False)
    head = busy.ok("journal", "head")["digest"]
    assert busy.ok("journal", "verify", "--head", head)["ok"] is True


def test_an_output_format_that_does_not_exist_is_refused(busy: Cli) -> None:
    """`-o xml` names the formats that there are."""
    outcome = busy("account", "list", "-o", "xml")
    assert (outcome.status, outcome.out) == (2, "")
    named = [name for name in ("table", "json", "jsonl", "csv", "tsv") if name in outcome.err]
    assert named == ["table", "json", "jsonl", "csv", "tsv"]


def test_unknown_fields_are_refused_with_those_that_there_are(busy: Cli) -> None:
    """`--fields colour` names the fields of the thing."""
    outcome = busy("account", "list", "--fields", "colour")
    assert (outcome.status, outcome.out) == (2, "")
    named = [name for name in ("address", "expires_on", "renewal") if name in outcome.err]
    assert named == ["address", "expires_on", "renewal"]


def test_close_names_are_at_most_three(store: Cli) -> None:
    """Of four customers with almost the same name three are offered."""
    for number in "1234":
        store.ok("customer", "add", f"acme{number}", "--name", "A", "--email", "a@acme.example")
    message = store("customer", "show", "acme9", "-o", "json").error()["message"]
    assert len(re.findall(r"\bacme[1-4]\b", message)) == 3


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "account list",
        "tick",
        "prepaid credit new 10",
        "customer add new --name N --email n@new.example",
    ],
)
def test_without_a_store_every_command_says_how_to_make_one(cli: Cli, command: str) -> None:
    """A missing store is named, with `mailctl init`, and none is made by accident."""
    outcome = cli(*command.split(), "-o", "json")
    error = outcome.error()
    assert (outcome.status, error["code"]) == (10, "store-missing")
    assert str(cli.store) in error["message"]
    assert "mailctl init" in error["hint"]
    assert not cli.store.exists()


@pytest.mark.files_only("what is refused is the file")
def test_a_file_that_is_no_database_is_foreign(cli: Cli) -> None:
    """Any other file is left alone."""
    cli.store.write_bytes(b"Dear diary\n" * 500)
    cli.store.chmod(0o600)
    outcome = cli("status", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (10, "store-foreign")
    assert cli.store.read_bytes() == b"Dear diary\n" * 500


@pytest.mark.files_only("what is refused is the file")
def test_another_programs_database_is_foreign(cli: Cli) -> None:
    """An SQLite file of something else is not taken for a store."""
    base = sqlite3.connect(cli.store)
    base.execute("CREATE TABLE thing (id INTEGER)")
    base.commit()
    base.close()
    cli.store.chmod(0o600)
    outcome = cli("tick", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (10, "store-foreign")


@pytest.mark.files_only("what is refused is the file")
def test_a_store_of_a_later_mailctl_is_refused(busy: Cli) -> None:
    """A schema that this program does not know is not touched."""
    base = sqlite3.connect(busy.store)
    base.execute("PRAGMA user_version = 9999")
    base.close()
    outcome = busy("account", "list", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (10, "store-newer")


@pytest.mark.files_only("what is refused is the file")
def test_a_store_that_is_cut_short_is_damaged(busy: Cli) -> None:
    """Half a store is refused by name, not by a traceback."""
    size = busy.store.stat().st_size
    for part in busy.store.parent.glob("mailctl.db-*"):
        part.unlink()
    with busy.store.open("r+b") as file:
        file.truncate(size // 2)
    outcome = busy("account", "list", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (10, "store-damaged")


@pytest.mark.files_only("what is refused is the file")
def test_a_store_that_others_may_read_is_refused(busy: Cli) -> None:
    """A store opened to the group or to everybody is exposed."""
    busy.store.chmod(0o644)
    outcome = busy("account", "list", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (10, "store-exposed")


def test_a_second_init_leaves_the_store_alone(busy: Cli) -> None:
    """`init` where a store exists is refused."""
    before = contents(busy.store)
    outcome = busy("init", "--clock", "2026-01-01", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (1, "already-exists")
    assert contents(busy.store) == before


@pytest.mark.parametrize(
    "words",
    [
        "--clock 2026-02-30",
        "--clock 20260101",
        "--clock 1999-12-31",
        "--timezone Mars/Olympus",
        "--seller-country XX",
        "--currency EURO",
    ],
)
def test_a_wrong_init_makes_no_store(cli: Cli, words: str) -> None:
    """A store is made whole or not at all."""
    outcome = cli("init", *words.split(), "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (2, "usage")
    assert list(cli.store.parent.iterdir()) == []


def test_the_store_may_be_named_wrongly_in_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    """`--store` in a folder that is not there is a missing store."""
    outcome = Cli(tmp_path / "no" / "where.db")("status", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (10, "store-missing")


def test_nothing_of_the_fixture_is_shared(busy: Cli, busy_original: Path) -> None:
    """Each test has a copy of the busy store of its own."""
    shutil.rmtree(busy.store.parent)
    assert busy_original.exists()
