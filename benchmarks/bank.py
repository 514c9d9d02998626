"""What `bank import` costs on a large store, as a ratio to executemany of the same finished rows.

The store has so many accounts and the invoices of a week; customers pay by debit or by transfer.
Two statements are taken in, each by a process of its own: one whose entries all say something of
what is open (EndToEndIds, payment references, numbers in texts, IBANs), and a larger one of which a
tenth does. The floor gives the rows that the import wrote to executemany in a copy of the store
before, which has no guards
and asks for no keys: one transaction, no seals.

    python benchmarks/bank.py --accounts 200000 --entries 20000 --more 100000
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from imports import MAILCTL, run, write_host
from imports import _new_rows as new_rows

from mailctl.actions import methods
from mailctl.domain.methods import bank
from mailctl.domain.payment_references import reference_of_invoice
from mailctl.store.engine.location import location_of
from mailctl.store.engine.sqlite.connection import configure
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction

DAY = "2026-02-09"
SELLER = "FR7630006000011234567890189"
TABLES = {
    "bank_file": "id",
    "bank_statement": "id",
    "bank_entry": "id",
    "bank_booking": None,
    "purchase_order": "number",
    "ledger": "id",
    "notice": "id",
    "journal": "seq",
    "journal_personal": "seq",
}
_SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def made(path: Path, folder: Path, accounts: int) -> None:
    """A store of so many accounts with the invoices of a week; every fourth customer is debited."""
    write_host(folder, accounts, wrong=False)
    run(path, "init", "--clock", "2026-01-31", "--timezone", "UTC")
    run(path, "settings", "set", f"seller-iban={SELLER}", "mail-host=none", "seller-name=Mail")
    run(path, "import", "--dir", str(folder))

    def body(transaction: Transaction) -> None:
        for number in range(0, max(1, accounts // 50), 4):
            method = bank(
                iban=iban(number),
                holder=f"Cabinet {number}",
                mandate=f"M-{number}",
                signed_on=date(2025, 1, 1),
                today=transaction.today,
                bic="COBADEFFXXX",
            )
            methods.add(transaction, customer=f"c{number}", method=method)

    store_at(location_of(str(path))).change("method add", body)
    run(path, "tick", "--to", DAY)
    run(path, "payment", "export", "--kind", "bank", "--format", "csv", "--to", f"{folder}/out.csv")


def iban(number: int) -> str:
    """A German IBAN with right check digits."""
    account = f"37040044{number:010}"
    return f"DE{98 - int(f'{account}131400') % 97:02}{account}"


def told(path: Path, entries: int, share: float) -> Iterator[tuple[int, str]]:
    """Cents and details of so many entries, of which a share speaks of what is open."""
    rng = random.Random(15)
    with closing(sqlite3.connect(path)) as store:
        invoices = store.execute(
            "SELECT i.year, i.seq, i.total_cents, c.slug FROM invoice i "
            "JOIN customer c ON c.id = i.customer_id WHERE c.balance_cents < 0 "
            "ORDER BY i.id LIMIT :n",
            {"n": entries},
        ).fetchall()
        payments = store.execute("SELECT id, amount_cents FROM payment ORDER BY id").fetchall()
    for number in range(entries):
        if rng.random() >= share:
            yield rng.randrange(100, 99999), _details(number, text=f"Purchase {number} at a shop")
        elif payments and rng.random() < 0.2:
            payment, cents = payments.pop()
            yield cents, _details(number, end_to_end_id=f"payment-{payment}-1")
        else:
            year, seq, cents, slug = invoices[number % len(invoices)]
            named = f"{year}-{seq:06}"
            yield cents, _details(number, **_words(rng, named, slug))


def _words(rng: random.Random, named: str, slug: str) -> dict[str, str]:
    """How a payer says what the money is for."""
    payer = iban(int(slug[1:]))
    way = rng.randrange(10)
    if way < 4:
        return {"reference": reference_of_invoice(named), "iban": payer}
    if way < 8:
        return {"text": f"Facture {named.replace('-', ' ')} merci", "iban": payer}
    return {"text": "for the mailboxes", "iban": payer}


def _details(
    number: int, *, text: str = "", reference: str = "", end_to_end_id: str = "", iban: str = ""
) -> str:
    told = f"<Ustrd>{text}</Ustrd>" if text else ""
    if reference:
        told += f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>"
    account = f"<DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct>" if iban else ""
    return (
        f"<Refs><EndToEndId>{end_to_end_id or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties><Dbtr><Pty><Nm>Payer {number}</Nm></Pty></Dbtr>{account}</RltdPties>"
        f"<RmtInf>{told}</RmtInf>"
    )


def write_statement(path: Path, entries: Sequence[tuple[int, str]], name: str) -> None:
    """A camt.053 of these entries, with balances that agree."""
    total = sum(cents for cents, _ in entries)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'<?xml version="1.0"?><Document xmlns="{_SPACE}"><BkToCstmrStmt><GrpHdr><MsgId>{name}'
            f"</MsgId><CreDtTm>{DAY}T20:00:00</CreDtTm></GrpHdr><Stmt><Id>{name}</Id>"
            f"<CreDtTm>{DAY}T20:00:00</CreDtTm><Acct><Id><IBAN>{SELLER}</IBAN></Id>"
            f"<Ccy>EUR</Ccy></Acct>{_balance('OPBD', 0)}{_balance('CLBD', total)}"
        )
        for number, (cents, details) in enumerate(entries):
            file.write(
                f'<Ntry><Amt Ccy="EUR">{cents // 100}.{cents % 100:02}</Amt>'
                "<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
                f"<BookgDt><Dt>{DAY}</Dt></BookgDt><ValDt><Dt>{DAY}</Dt></ValDt>"
                f"<AcctSvcrRef>{name}-{number:07}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>"
                "<Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
                f"<NtryDtls><TxDtls>{details}</TxDtls></NtryDtls></Ntry>\n"
            )
        file.write("</Stmt></BkToCstmrStmt></Document>")


def _balance(code: str, cents: int) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{cents // 100}.{cents % 100:02}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
    )


def least(made: Path, path: Path) -> float:
    """Processor seconds to write the rows of the made store into another, which asks nothing."""
    source = sqlite3.connect(f"{made.as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(path, isolation_level=None)) as store:
        configure(store)
        store.execute("PRAGMA foreign_keys = OFF")
        guards = store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in guards.fetchall():
            store.execute(f"DROP TRIGGER {name}")
        rows = [new_rows(source, store, table, key) for table, key in TABLES.items()]
        began = time.process_time()
        store.execute("BEGIN IMMEDIATE")
        for insert, found in rows:
            store.executemany(insert, found)
        store.execute("COMMIT")
        return time.process_time() - began


def states(path: Path) -> str:
    """How the entries ended."""
    with closing(sqlite3.connect(path)) as store:
        found = store.execute("SELECT state, count(*) FROM bank_entry GROUP BY state ORDER BY 1")
        return ", ".join(f"{count:,} {state}" for state, count in found)


def measured(
    before: Path, folder: Path, entries: int, share: float, rounds: int, asked: str
) -> None:
    """Take a statement in and print what it cost, beside what was asked for."""
    file, store, work = folder / f"{entries}.xml", folder / "made.db", folder / "work.db"
    write_statement(file, list(told(before, entries, share)), f"N{entries}")
    ratios, seconds, walls, peaks = [], [], [], []
    for _ in range(rounds):
        for copy in (store, work):
            shutil.copy(before, copy)
        began = time.perf_counter()
        took, peak = run(store, "bank", "import", str(file))
        walls.append(time.perf_counter() - began)
        seconds.append(took)
        peaks.append(peak)
        ratios.append(took / least(store, work))
    print(
        f"{entries:,} entries: {statistics.median(ratios):.2f} x the floor, "
        f"{statistics.median(seconds):.1f} s of processor time, {statistics.median(walls):.1f} s, "
        f"{max(peaks)} MB; asked: {asked} ({states(store)})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Statements, as a ratio to finished rows.")
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--more", type=int, default=100_000, help="entries of the larger statement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="make the store here, and leave it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        before = folder / "before.db"
        if not before.exists():
            made(before, folder, options.accounts)
            # All of it is in the file itself, so that a copy of the file is a copy of the store.
            subprocess.run([*MAILCTL, "--store", before, "store", "check"], check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
            with closing(sqlite3.connect(before)) as store:
                store.execute("PRAGMA wal_checkpoint (TRUNCATE)")
        # What was asked for is of 20,000 and 100,000 entries.
        measured(before, folder, options.entries, 1.0, options.rounds, "10 s")
        measured(before, folder, options.more, 0.1, options.rounds, "30 s, 60 MB")
        _, bare = run(before, "status")
        print(f"a process that only reads, `status`: {bare} MB")


if __name__ == "__main__":
    main()
