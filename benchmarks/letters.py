"""How long `notice send` takes for each letter, with a mail server that accepts everything at once.

Processor time of the sending process alone; the server is another process on this machine.

    python benchmarks/letters.py --letters 1000
"""

from __future__ import annotations

import argparse
import multiprocessing
import socketserver
import sys
import tempfile
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from insight import cost
from renewals import DUE, populate

from mailctl.store.engine.stores import store_at
from mailctl.tick.run import run

ACCOUNTS_OF_A_CUSTOMER = 50
ANSWERS = {b"DATA": b"354 go on", b"EHLO": b"250 sink", b"QUIT": b"221 bye"}


class Sink(socketserver.StreamRequestHandler):
    """Accepts every message, and keeps none."""

    def handle(self) -> None:
        """Answer until the client leaves."""
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self.wfile.write(ANSWERS.get(word, b"250 accepted") + b"\r\n")
            if word == b"DATA":
                while self.rfile.readline() != b".\r\n":
                    pass
                self.wfile.write(b"250 accepted\r\n")


def serve(ports: SimpleQueue[int]) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Sink) as server:
        ports.put(server.server_address[1])
        server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="What a letter costs to send.")
    parser.add_argument("--letters", type=int, default=1_000)
    letters = parser.parse_args().letters
    ports: SimpleQueue[int] = multiprocessing.SimpleQueue()
    server = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    settings = {"mail-host": "127.0.0.1", "mail-port": str(ports.get()), "mail-tls": "none"}
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "mailctl.db"
        populate(store, letters * ACCOUNTS_OF_A_CUSTOMER, 1)
        run(store_at(store), to=DUE)
        mailctl = (sys.executable, "-m", "mailctl", "--store", str(store))
        for name, value in {**settings, "mail-from": "billing@example.com"}.items():
            cost(*mailctl, "settings", "set", name, value)
        spent = cost(*mailctl, "notice", "send", "--limit", str(letters))
    server.terminate()
    print(
        f"{letters:,} letters: {spent.seconds:.1f} s of processor, "
        f"{spent.seconds / letters * 1000:.1f} ms each, {spent.memory} MiB"
    )


if __name__ == "__main__":
    main()
