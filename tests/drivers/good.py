"""A driver that does everything right, in Python: tests plant their faults in it.

Its mail server is a file of JSON beside it, which it replaces at once. mailctl starts it with a
clean environment, so it stands on its own.
"""

# ruff: noqa: ARG005 - every kind is answered by a function of the same words

import json
import os
import sys
from pathlib import Path

SERVER = Path(__file__).with_name("server.json")
OFFERS = "create suspend reopen wipe rename delete password export state list".split()


def say(**line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def load():
    return json.loads(SERVER.read_text()) if SERVER.exists() else {}


def save(boxes):
    new = SERVER.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps(boxes))
    new.replace(SERVER)


def create(boxes, box, request):
    name, address = request["mailbox"], request["address"]
    if any(one["address"] == address for other, one in boxes.items() if other != name):
        return "refused", {"detail": "another mailbox has this address"}
    if box is None:
        boxes[name] = {"address": address, "state": "active", "hash": None, "mail": []}
        return "done", {}
    if request["existing"]:
        return change(box, address=address)
    if request["attempt"] == 1 or box["address"] != address:
        return "refused", {"detail": f"a mailbox {name} is there already"}
    return "already", {}


def rename(boxes, box, request):
    address = request["address"]
    if address is not None and any(
        one["address"] == address for one in boxes.values() if one is not box
    ):
        return "refused", {"detail": "another mailbox has this address"}
    return change(box, address=address)


def export(boxes, box, request):
    folder = Path(request["folder"])
    if folder.exists():
        return "refused", {"detail": "the folder is there already"}
    if not request["dry_run"]:
        folder.mkdir(0o700)
        write(folder, box["mail"], request["format"])
    return "done", {"messages": len(box["mail"])}


def write(folder, mails, form):
    if form == "mbox":
        head = "From a@x.example Sat Jan 31 12:00:00 2026\n"
        (folder / "inbox").write_text("".join(f"{head}{mail}\n" for mail in mails))
        return
    (folder / "cur").mkdir()
    for number, mail in enumerate(mails):
        (folder / "cur" / str(number)).write_text(mail)


def change(box, **keys):
    if all(box[key] == value for key, value in keys.items()):
        return "already", {}
    box.update(keys)
    return "done", {}


def entry(name, box):
    return {"mailbox": name, "state": box["state"], "address": box["address"]}


def listed(boxes, request):
    names = sorted((name for name in boxes if name > request.get("after", "")), key=str.encode)
    mailboxes = [entry(name, boxes[name]) for name in names[:1000]]
    return "done", {"mailboxes": mailboxes, "more": len(names) > 1000}


def delete(boxes, box, request):
    del boxes[request["mailbox"]]
    return "done", {}


KINDS = {
    "state": lambda boxes, box, request: ("done", entry(request["mailbox"], box)),
    "suspend": lambda boxes, box, request: change(box, state="suspended"),
    "reopen": lambda boxes, box, request: change(box, state="active"),
    "password": lambda boxes, box, request: change(box, hash=request["hash"]),
    "rename": rename,
    "export": export,
    "wipe": delete,
    "delete": delete,
}


def answered(boxes, request):
    kind, box = request["kind"], boxes.get(request.get("mailbox"))
    if kind == "settings":
        return "done", {}
    if kind == "list":
        return listed(boxes, request)
    if kind == "create":
        return create(boxes, box, request)
    if kind not in KINDS:
        return "refused", {"detail": f"{kind} is not known here"}
    return KINDS[kind](boxes, box, request) if box else ("absent", {})


def main():
    say(
        protocol="mailctl-driver/1",
        name="good",
        version="1",
        capabilities=OFFERS,
        delivery_while_suspended=True,
    )
    for line in sys.stdin:
        request = json.loads(line)
        boxes = load()
        result, more = answered(boxes, request)
        if result == "done" and not request.get("dry_run"):
            save(boxes)
        say(id=request["id"], result=result, changed=result == "done", **more)
    return 0


sys.exit(main())
