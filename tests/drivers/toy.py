"""A driver that says yes to everything, and what it can do, as a program in a folder."""

from __future__ import annotations

import sys
from pathlib import Path

_PROGRAM = """#!{python}
import json, sys
print(json.dumps({{"protocol": "mailctl-driver/1", "name": "toy", "version": "1",
    "capabilities": {capabilities}, "delivery_while_suspended": True}}), flush=True)
for line in sys.stdin:
    print(json.dumps({{"id": json.loads(line)["id"], "result": "done"}}), flush=True)
"""
EVERYTHING = "create suspend reopen wipe rename delete password export state list"


def toy_driver(folder: Path, capabilities: str = EVERYTHING) -> str:
    """The path of a new program that offers these kinds."""
    program = folder / "toy-driver"
    text = _PROGRAM.format(python=sys.executable, capabilities=repr(capabilities.split()))
    program.write_text(text.replace("'", '"'))
    program.chmod(0o755)
    return str(program)
