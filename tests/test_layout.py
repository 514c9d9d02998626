"""Rules of this project that no linter knows, read from the syntax trees of all modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailctl
from mailctl.billing import rate_cards
from mailctl.cli.nouns import NOUNS
from mailctl.store.engine.transaction import key_of
from mailctl.store.restorations import LEAVING

HOME = Path(mailctl.__file__).parent
MODULES = {str(path.relative_to(HOME)): path for path in sorted(HOME.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}

SQL = re.compile(
    r"\b(SELECT\b.*\bFROM|INSERT INTO|UPDATE\b.*\bSET|DELETE FROM|CREATE (TEMP )?TABLE|PRAGMA)\b",
    re.DOTALL,
)
MOST_LINES_OF_A_MODULE = 400
TEMPORARY = ("TempTable", "AccountSet", "CustomerSet", "TermSet")
MOST_LINES_OF_A_FUNCTION = 50


def under(*folders: str) -> list[str]:
    """The modules in some packages."""
    return [name for name in MODULES if name.startswith(tuple(f"{f}/" for f in folders))]


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module but its docstrings, with its line; f-strings joined."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            yield node.lineno, "?".join(map(str, parts))


def called(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What a module calls, as it is written, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def imported(tree: ast.Module) -> set[str]:
    """The outermost packages that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def importers(package: str) -> set[str]:
    """The modules that import a package."""
    return {name for name, tree in TREES.items() if package in imported(tree)}


def test_what_never_changes_is_a_value() -> None:
    """A frozen dataclass costs forty times as much to define, and rows become values alone."""
    frozen = [
        f"{name}:{line}"
        for name, path in MODULES.items()
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if text.lstrip().startswith("@dataclass(") and "frozen=True" in text
    ]
    assert frozen == []


def test_there_is_something_to_look_at() -> None:
    """Every package is found, and SQL where it belongs: no rule passes because nothing was read."""
    packages = {name.partition("/")[0] for name in MODULES if "/" in name}
    assert {
        "actions",
        "billing",
        "cli",
        "domain",
        "store",
        "tick",
        "notices",
        "insight",
    } <= packages
    asking = {
        name.partition("/")[0] for name in under("store", "effects", "billing", "tick")
        for _, text in texts(TREES[name]) if SQL.search(text)
    }  # fmt: skip
    assert asking == {"store", "effects", "billing", "tick"}


def test_nothing_prints() -> None:
    """Streams are written by the output of cli/ alone, through their own methods."""
    assert [(name, line) for name, tree in TREES.items()
            for line, call in called(tree) if call in ("print", "pprint")] == []  # fmt: skip


def test_only_the_command_line_knows_the_streams() -> None:
    """Elsewhere results are returned; `--version` is answered before anything is loaded."""
    writers = {
        name for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr")
    }  # fmt: skip
    assert sorted(name for name in writers if not name.startswith("cli/")) == ["__main__.py"]


def test_sql_stands_where_the_store_is_known() -> None:
    """Rules, actions and commands ask the store in Python; they write no SQL of their own."""
    found = [
        (name, line, text.split("FROM")[0][:40])
        for name in under("cli", "actions", "notices", "insight", "exports", "domain")
        for line, text in texts(TREES[name])
        if SQL.search(text)
    ]
    assert found == []


def is_of_seconds(name: str, line: int) -> bool:
    """How long to wait for a lock is the one thing that is not whole: its line says so."""
    text = MODULES[name].read_text(encoding="utf-8").splitlines()[line - 1]
    return re.search(r"wait|timeout|seconds|pause|patience", text, re.IGNORECASE) is not None


def test_money_and_rules_know_no_floats() -> None:
    """Neither a float literal, nor float(), nor a division that makes one."""
    wrong = []
    for name in under(
        "domain", "billing", "effects", "store", "tick", "actions", "notices", "insight", "exports"
    ):
        for node in ast.walk(TREES[name]):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                wrong.append((name, node.lineno, ast.unparse(node)))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "float":
                wrong.append((name, node.lineno, "float()"))
            if (
                isinstance(node, ast.BinOp)
                and isinstance(node.op, ast.Div)
                and not re.search("path|texts", ast.unparse(node.left).lower())
            ):
                wrong.append((name, node.lineno, "division"))
    assert [found for found in wrong if not is_of_seconds(found[0], found[1])] == []


def test_the_clock_is_read_in_one_place() -> None:
    """Nothing but clock.py asks the system what day or time it is."""
    asking = re.compile(r"(^|\.)(now|today|utcnow|time|time_ns|localtime|gmtime)$")
    system = ("datetime.", "date.", "time.", "dt.")
    found = {
        name
        for name, tree in TREES.items()
        for _, call in called(tree)
        if asking.search(call) and (call.startswith(system) or call in ("now", "today"))
    }
    assert found == {"clock.py"}


def test_sql_never_asks_the_database_for_the_date() -> None:
    """Dates are computed in Python: no date(), strftime() or CURRENT_DATE in any statement."""
    asking = re.compile(r"\b(strftime|julianday|unixepoch|CURRENT_(DATE|TIME|TIMESTAMP))\b")
    found = [
        (name, line) for name, tree in TREES.items() for line, text in texts(tree)
        if asking.search(text) and name.startswith(("store/", "effects/", "billing/", "tick/"))
    ]  # fmt: skip
    schema = (HOME / "store" / "engine" / "sqlite" / "schema.sql").read_text(encoding="utf-8")
    assert (found, asking.search(schema)) == ([], None)


@pytest.mark.parametrize(
    ("package", "home"),
    [("sqlite3", "sqlite"), ("sqlite_utils", "sqlite"), ("psycopg", "postgresql")],
)
def test_only_its_own_engine_knows_a_database(package: str, home: str) -> None:
    """Another database must be one more package beside these."""
    typed = "store/engine/connection.py"  # It names SQLite's connection for the types alone.
    beside = "drivers/dovecot/projection.py"  # A file for Dovecot, which is no store.
    known = {name for name in importers(package) if name not in (typed, beside)}
    assert {name for name in known if not name.startswith(f"store/engine/{home}/")} == set()


def ours(tree: ast.Module) -> set[str]:
    """The modules of mailctl that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mailctl"):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_engine_of_the_store_knows_no_table() -> None:
    """Opening, locking, migrating and recording are the same whatever is kept."""
    tables = {f"mailctl.store.{Path(name).stem}" for name in under("store") if name.count("/") == 1}
    above = tables | {"mailctl.store.queries", "mailctl.store.checks"}
    assert {name for name in under("store/engine") if ours(TREES[name]) & above} == set()


def test_the_tables_know_no_read_models() -> None:
    """A table's module knows its rows; what is asked across tables stands in queries/."""
    read_models = {"mailctl.store.queries", "mailctl.store.checks"}
    found = {
        name
        for name in under("store")
        if name.count("/") == 1
        for module in ours(TREES[name])
        if ".".join(module.split(".")[:3]) in read_models
    }
    assert found == set()


def test_statements_go_through_a_reader() -> None:
    """There PostgreSQL's check sees them; completion alone asks a connection itself."""
    past = re.compile(r"connection\.execute(many|script)?$")
    found = {name for name, tree in TREES.items() for _, call in called(tree) if past.search(call)}
    # The file that Dovecot reads is no store.
    elsewhere = ("store/engine/", "drivers/dovecot/")
    assert sorted(name for name in found if not name.startswith(elsewhere)) == [
        "store/queries/completion.py"
    ]


def test_sqlite_utils_is_for_making_and_migrating_alone() -> None:
    """It costs more to import than most commands take."""
    assert importers("sqlite_utils") == {"store/engine/sqlite/migrations.py"}


def test_only_what_measures_text_knows_rich() -> None:
    """Machine formats never pass through a terminal renderer."""
    assert importers("rich") == {"cli/render/cells.py"}


@pytest.mark.parametrize("package", ["typer", "click"])
def test_only_the_command_line_knows_its_framework(package: str) -> None:
    """What the store, the rules and the actions do can be called from anywhere."""
    assert sorted(name for name in importers(package) if not name.startswith("cli/")) == []


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is(name: str) -> None:
    """One idea each, named in its first sentence, in no more lines than can be read at once."""
    said = ast.get_docstring(TREES[name]) or ""
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")
    assert (said != "", lines < MOST_LINES_OF_A_MODULE) == (True, True)


def test_functions_are_short() -> None:
    """None is longer than what fits on a screen."""
    long = [
        (name, node.name)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_the_rules_propose_no_command_lines() -> None:
    """What an administrator types for a rule's remedy stands in hints.py."""
    typed = re.compile(rf"\bmailctl ({'|'.join(NOUNS)})\b")
    found = [
        (name, line)
        for name in under("domain")
        for line, text in texts(TREES[name])
        if typed.search(text)
    ]
    assert found == []


def test_nothing_is_left_to_do() -> None:
    """No note to come back later stands in what is shipped."""
    note = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        name for name, path in MODULES.items() if note.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_temporary_and_kept_tables_have_different_names() -> None:
    """A temporary table hides a kept one of the same name: no statement may mean the wrong one."""
    made = re.compile(r"CREATE (TEMP )?TABLE (?:IF NOT EXISTS )?(\w+)")
    text = "\n".join(path.read_text(encoding="utf-8") for path in HOME.rglob("*.sql"))
    text += "\n".join(text for tree in TREES.values() for _, text in texts(tree))
    kept = {name for temporary, name in made.findall(text) if not temporary}
    passing = {name for temporary, name in made.findall(text) if temporary}
    passing |= set(rate_cards.TABLES) | {
        name.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TEMPORARY
        for name in node.args[1:2]
        if isinstance(name, ast.Constant)
    }
    assert (kept & passing, len(kept) > 20, len(passing) > 5) == (set(), True, True)


KEYED = {*LEAVING, "ledger", "offer", "restoration"}


def _added_rows(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """The tables to which a module adds rows, each with the columns that it gives."""
    for _, text in texts(tree):
        for table, columns in re.findall(r"\bINSERT INTO (\w+)\s*(?:\(([^)]*))?", text):
            yield table, [column.strip() for column in columns.split(",")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".add_rows"):
            table, columns = node.args[:2]
            given = columns.elts if isinstance(columns, ast.Tuple) else ()
            if isinstance(table, ast.Constant):
                yield table.value, [one.value for one in given if isinstance(one, ast.Constant)]


def test_every_id_is_given_by_the_program() -> None:
    """A database would give one again that a lost store gave (rules 18)."""
    added = [
        (name, table, columns)
        for name in under("store", "effects", "billing", "tick", "actions")
        for table, columns in _added_rows(TREES[name])
        if table in KEYED
    ]
    assert {table for _, table, _ in added} == KEYED
    assert [one for one in added if key_of(one[1]) not in one[2]] == []
    servers = HOME / "store" / "engine" / "postgresql" / "schema.sql"
    assert "IDENTITY" not in servers.read_text(encoding="utf-8")
