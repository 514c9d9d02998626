"""Drivers that do everything wrong: small programs in Python, each of a few lines."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent

from mailctl.drivers import program

HEAD = """
import json, os, signal, sys, time

FIRST = {"protocol": "mailctl-driver/1", "name": "hostile", "version": "1",
         "capabilities": ["suspend", "password", "from-the-future"]}

def say(line):
    data = line if isinstance(line, bytes) else (json.dumps(line) + "\\n").encode()
    while data:
        data = data[os.write(1, data):]

def asked():
    line = sys.stdin.buffer.readline()
    return json.loads(line) if line else sys.exit(0)

def done(request, **more):
    say({"id": request["id"], "result": "done", **more})

def begin():
    say(FIRST)
    done(asked())
"""


def written(folder: Path, body: str, *, name: str = "driver") -> Path:
    """A driver with this body, as an executable file."""
    path = folder / name
    path.write_text(f"#!{sys.executable} -IS\n{HEAD}{dedent(body)}")
    path.chmod(0o755)
    return path


def made(folder: Path, body: str) -> program.Program:
    """A driver with this body, as mailctl runs it."""
    return program.of_setting(str(written(folder, body)), {})
