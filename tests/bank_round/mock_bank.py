"""mock-bank, a program of others, on loopback: a bank that takes files and puts its answers down.

It has a folder for files handed over and one for what it sends, as a bank with file transfer has,
and a clock of its own, which the tests move beside that of the store.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ACCOUNT = "SELLER"
SELLER_IBAN = "FR7630006000011234567890189"
_LISTENING = re.compile(r"listening on (http://127\.0\.0\.1:\d+)/")
_LONGEST = 30.0


@dataclass(frozen=True, slots=True)
class MockBank:
    """The bank, and the folders of its customer."""

    url: str
    folder: Path

    @property
    def drop(self) -> Path:
        """Where its customer puts payment files."""
        return self.folder / "drop"

    @property
    def pickup(self) -> Path:
        """Where it puts its answers."""
        return self.folder / "pickup"

    def asked(self, method: str, path: str, body: object = None) -> Any:
        """What it answers to a request."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=_LONGEST) as answer:
            return json.loads(answer.read())

    def advance_to(self, day: date) -> None:
        """Its clock shows midnight of a day; all that fell due until then is done and told."""
        self.asked("POST", f"/_mock/advance?to={day}")

    def take(self) -> list[dict[str, Any]]:
        """What it makes of the files that lie in the drop folder."""
        files: list[dict[str, Any]] = self.asked("POST", "/_mock/drop/scan")["files"]
        return files

    def refuse(self, end_to_end_id: str, reason: str) -> None:
        """The debtor's bank says no: before the money came, or by taking it back."""
        path = f"/_mock/collections/{end_to_end_id}/refuse"
        self.asked("POST", path, {"reason": reason})

    def transfer(self, cents: int, **facts: object) -> None:
        """Somebody transfers money to the seller: `note` (lines), `reference`, `debtor` …"""
        self.asked("POST", "/_mock/credits", {"account": ACCOUNT, "amount": cents, **facts})

    def report(self) -> None:
        """It sends a report of the day so far (camt.052)."""
        self.asked("POST", f"/_mock/accounts/{ACCOUNT}/report")

    def sent(self, kind: str = "") -> list[Path]:
        """The files that lie in the pickup folder, in the order in which they came."""
        found = self.pickup.glob(f"{kind or 'camt.05*'}*.xml")
        return sorted(found, key=lambda path: int(path.stem.rpartition("-")[2]))

    def balance_cents(self) -> int:
        """What is on the seller's account."""
        return int(self.asked("GET", f"/_mock/accounts/{ACCOUNT}")["balance"])

    def debited(self) -> Counter[str]:
        """What the debits of each debtor brought, less what went back, by their IBAN."""
        found: Counter[str] = Counter()
        for one in self.asked("GET", "/_mock/collections"):
            is_there = one["booked_at"] is not None and one["returned_at"] is None
            found[one["debtor_iban"]] += one["amount"] if is_there else 0
        return found

    def transferred(self) -> Counter[str]:
        """What each payer transferred, by their IBAN."""
        found: Counter[str] = Counter()
        for one in self.asked("GET", "/_mock/credits"):
            found[one["debtor_iban"]] += one["amount"] if one["booked_at"] is not None else 0
        return found


@contextmanager
def a_bank(folder: Path, today: date) -> Iterator[MockBank]:
    """A bank that holds the seller's account, with nothing on it; it ends with the block."""
    folder.mkdir()
    log = folder / "bank.log"
    words = (
        *("--port", "0", "--clock", f"{today}T09:00", "--timezone", "UTC"),
        *("--drop-dir", str(folder / "drop"), "--pickup-dir", str(folder / "pickup")),
        *("--drop-settle-ms", "0", "--drop-interval-ms", "3600000"),
    )
    with log.open("wb") as told:
        process = subprocess.Popen([sys.executable, "-m", "mockbank", *words], stderr=told)
    try:
        bank = MockBank(_url(log, process), folder)
        bank.asked(
            "POST",
            "/_mock/accounts",
            {"id": ACCOUNT, "iban": SELLER_IBAN, "name": "Mail", "currency": "EUR", "balance": 0},
        )
        yield bank
    finally:
        process.terminate()
        process.wait(timeout=_LONGEST)


def _url(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where it listens, as soon as it says it."""
    deadline = time.monotonic() + _LONGEST
    while (said := _LISTENING.search(log.read_text(encoding="utf-8"))) is None:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, "the bank never listened"
        time.sleep(0.02)
    return said[1]
