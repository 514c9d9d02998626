"""A mail server that is a JSON file, and its driver: a program of its own, told how to misbehave.

`state` is what the server has; `orders` is what the driver is to do wrong, by id of task or kind:
`later`, `refused`, `die-before`, `die-after`, `kill-before`, `kill-after` (of mailctl), `hang`,
`rubbish`. `log` is what it was asked, in order.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

KINDS = ("create", "suspend", "reopen", "wipe", "rename", "delete", "password", "export")

_PROGRAM = '''
import fcntl, json, os, signal, sys, time
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent

KINDS = ("create", "suspend", "reopen", "wipe", "rename", "delete", "password", "export")

def read(name, usual):
    path = HERE / name
    return json.loads(path.read_text()) if path.exists() else usual

def write(name, value):
    path = HERE / (name + "." + str(os.getpid()))
    path.write_text(json.dumps(value))
    os.replace(path, HERE / name)

@contextmanager
def alone():
    """No other process of the driver reads or writes meanwhile, as a real server sees to it."""
    with open(HERE / "lock", "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

def say(line):
    sys.stdout.write(json.dumps(line) + "\\n")
    sys.stdout.flush()

def order_of(request):
    """What to do wrong with a request: the first of the orders for its task, or its kind."""
    orders = read("orders", {})
    for key in (str(request["id"]), request["kind"]):
        if orders.get(key):
            order, *rest = orders[key]
            if rest != ["again"]:
                orders[key] = rest
            write("orders", orders)
            return order
    return ""

def answer(state, q):
    """What is done: result, changed, and more."""
    if q["kind"] == "list":
        names = sorted((one for one in state if one > q.get("after", "")), key=str.encode)
        most = read("at-most", 1000)
        listed = [{"mailbox": one, "address": state[one]["address"], "state": state[one]["state"]}
                  for one in names[:most]]
        return "done", False, "", {"mailboxes": listed, "more": len(names) > most}
    name, kind, boxes = q["mailbox"], q["kind"], state
    box = boxes.get(name)
    others = [other for other in boxes if other != name and boxes[other]["address"] == q["address"]]
    if kind in ("wipe", "delete"):
        return ("done", True) if boxes.pop(name, None) else ("absent", False)
    if kind == "create":
        if others:
            return "refused", False, "the address is taken"
        if box is None:
            boxes[name] = {"address": q["address"], "state": "active", "hash": None, "mail": []}
            return "done", True
        if q["existing"]:
            changed, box["address"] = box["address"] != q["address"], q["address"]
            return "done" if changed else "already", changed
        if q["attempt"] > 1 and box["address"] == q["address"]:
            return "already", False
        return "refused", False, "a mailbox " + name + " is there already"
    if box is None:
        return "absent", False
    if kind in ("suspend", "reopen"):
        wanted = "suspended" if kind == "suspend" else "active"
        changed, box["state"] = box["state"] != wanted, wanted
        return "done" if changed else "already", changed
    if kind == "rename":
        if q["address"] is not None and others:
            return "refused", False, "the address is taken"
        changed, box["address"] = box["address"] != q["address"], q["address"]
        return "done" if changed else "already", changed
    if kind == "password":
        changed, box["hash"] = box["hash"] != q["hash"], q["hash"]
        return "done" if changed else "already", changed
    if kind == "export":
        if q["dry_run"]:
            return "done", False
        folder = Path(q["folder"])
        folder.mkdir(0o700)
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir()
        for n, text in enumerate(box["mail"]):
            (folder / "cur" / str(n)).write_text(text)
        lies = read("lies", 0)
        return "done", False, "", {"messages": len(box["mail"]) + lies}
    return "refused", False, "what is " + kind + "?"

def log(q):
    with open(HERE / "log", "a") as file:
        file.write(json.dumps(q) + "\\n")

def main():
    say({"protocol": "mailctl-driver/1", "name": "json", "version": "1",
         "capabilities": read("capabilities", CAPABILITIES), "delivery_while_suspended": True})
    for line in sys.stdin:
        q = json.loads(line)
        if q["kind"] == "settings":
            say({"id": q["id"], "result": "done"})
            continue
        q.setdefault("dry_run", False)
        if not q["dry_run"] and q["kind"] in KINDS:
            log(q)
        with alone():
            order = order_of(q) if not q["dry_run"] else ""
        if order in ("later", "refused"):
            say({"id": q["id"], "result": order, "detail": "because it was told to"})
            continue
        if order == "slow":
            time.sleep(0.05)
        if order == "die-before":
            sys.exit(3)
        if order == "late":
            time.sleep(1.5)
        if order == "hang":
            time.sleep(600)
        if order == "kill-before":
            os.kill(os.getppid(), signal.SIGKILL)
            sys.exit()
        if order.startswith("signal-"):
            os.kill(os.getppid(), int(order[7:]))
            time.sleep(600)
        with alone():
            state = read("state", {})
            result, changed, *more = answer(state, q)
            if not q["dry_run"]:
                write("state", state)
        if order == "die-after":
            sys.exit(3)
        if order == "kill-after":
            os.kill(os.getppid(), signal.SIGKILL)
            sys.exit()
        if order == "rubbish":
            print("What?", flush=True)
            continue
        if order == "answer-and-kill":
            say({"id": q["id"], "result": result, "changed": changed})
            os.kill(os.getppid(), signal.SIGKILL)
            sys.exit()
        found = {"id": q["id"], "result": result, "changed": changed}
        if more:
            found["detail"] = more[0]
        if len(more) > 1:
            found.update(more[1])
        say(found)

main()
'''


@dataclass(frozen=True, slots=True)
class MailServer:
    """The files of one server, below a folder of its own."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> MailServer:
        """A server without mailboxes, and its driver."""
        folder.mkdir()
        driver = folder / "driver"
        text = dedent(_PROGRAM).replace("CAPABILITIES", repr([*KINDS, "state", "list"]))
        driver.write_text(f"#!{sys.executable} -IS\n{text}")
        driver.chmod(0o755)
        return cls(folder)

    @property
    def driver(self) -> str:
        """The path of its driver."""
        return str(self.folder / "driver")

    def _read(self, name: str, usual: Any) -> Any:
        path = self.folder / name
        return json.loads(path.read_text()) if path.exists() else usual

    def _write(self, name: str, value: object) -> None:
        (self.folder / name).write_text(json.dumps(value))

    @property
    def mailboxes(self) -> dict[str, dict[str, Any]]:
        """The mailboxes by the names that the driver knows: address, state, hash, mail."""
        found: dict[str, dict[str, Any]] = self._read("state", {})
        return found

    def has(self, mailboxes: Mapping[str, object]) -> None:
        """Let the server have these mailboxes."""
        self._write("state", mailboxes)

    def deliver(self, name: str, text: str) -> None:
        """Put a message into a mailbox."""
        found = self.mailboxes
        found[name]["mail"].append(text)
        self.has(found)

    def will(self, **orders: list[str]) -> None:
        """Have the driver misbehave: by kind, or by `task_ID` or `any_`, one after the other."""
        named = {
            key.removeprefix("task_").replace("any_", "*"): value for key, value in orders.items()
        }
        self._write("orders", named)

    def can(self, *kinds: str) -> None:
        """Let the driver offer these alone."""
        self._write("capabilities", list(kinds))

    def lies(self, messages: int) -> None:
        """Let the driver say so many messages too many."""
        self._write("lies", messages)

    def lists(self, at_most: int) -> None:
        """Let it list so many mailboxes at once."""
        self._write("at-most", at_most)

    @property
    def asked(self) -> list[dict[str, Any]]:
        """What the driver was asked, in order, without dry runs."""
        path = self.folder / "log"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def told(self) -> list[tuple[str, str]]:
        """The kinds and mailboxes that it was asked for, in order."""
        return [(one["kind"], one["mailbox"]) for one in self.asked]
