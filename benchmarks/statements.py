"""What reading a bank's file costs, as a ratio to expat that does nothing with the same file.

The memory is the peak of a process that only reads, and what it had before.

    python benchmarks/statements.py                  # 100,000 entries with a detail each
    python benchmarks/statements.py --batch          # one entry with 100,000 details
    python benchmarks/statements.py --file bank.xml  # a file of yours
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

ENTRY = """<Ntry><NtryRef>{n}</NtryRef><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt>
<AcctSvcrRef>2026030299{n:010d}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>\
<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls>{details}</NtryDtls></Ntry>
"""
DETAILS = """<TxDtls><Refs><EndToEndId>E2E-{n}</EndToEndId><TxId>T{n}</TxId></Refs>\
<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>Customer number {n}</Nm></Pty></Dbtr><DbtrAcct><Id>\
<IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct><Cdtr><Pty><Nm>Seller</Nm></Pty></Cdtr></RltdPties>
<RltdAgts><DbtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></DbtrAgt></RltdAgts>
<RmtInf><Ustrd>Invoice 2026-{n:06d} with thanks</Ustrd></RmtInf></TxDtls>
"""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-02T20:00:00</CreDtTm></GrpHdr><Stmt><Id>S</Id>
<Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id><Ccy>EUR</Ccy></Acct>
"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>\
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
"""


def cents_of(number: int) -> int:
    """Each entry has an amount of its own."""
    return 100 + number % 9_973


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def lines(count: int, *, is_batch: bool) -> Iterator[str]:
    """A statement of so many movements."""
    total = sum(map(cents_of, range(count)))
    yield HEAD
    for code, cents in (("OPBD", 0), ("CLBD", total)):
        yield BALANCE.format(code=code, amount=money(cents))
    if is_batch:
        before, after = ENTRY.split("{details}")
        yield before.format(n=0, amount=money(total))
    for number in range(count):
        amount = money(cents_of(number))
        details = DETAILS.format(n=number, amount=amount)
        yield details if is_batch else ENTRY.format(n=number, amount=amount, details=details)
    if is_batch:
        yield after
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def floor(path: Path) -> None:
    """Expat over a file, calling nothing."""
    parser = expat.ParserCreate()
    with path.open("rb") as file:
        parser.ParseFile(file)


def called(path: Path) -> None:
    """Expat over a file, calling functions that do nothing: what Python needs at least."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda _name, _attributes: None
    parser.EndElementHandler = lambda _name: None
    parser.CharacterDataHandler = lambda _text: None
    with path.open("rb") as file:
        parser.ParseFile(file)


def whole(path: Path) -> None:
    """A file as `bank import` reads it, and everything of it taken once."""
    from mailctl.statements.reading import read

    with path.open("rb") as file, read(file, name=path.name) as reading:
        count = sum(1 for _, entries in reading.statements() for _ in entries)
        print(f"{count:,} entries", file=sys.stderr)


WAYS = {"floor": floor, "called": called, "whole": whole}


def measured(way: str, path: Path) -> tuple[float, float]:
    """Seconds of processor time, and the peak of memory in MB beyond what Python had."""
    command = (sys.executable, __file__, "--file", str(path), "--way", way)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def run(way: str, path: Path) -> None:
    """In a process of its own: what `measured` reads."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    WAYS[way](path)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(time.process_time() - began, (after - before) / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--batch", action="store_true")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--way", choices=WAYS)
    options = parser.parse_args()
    if options.way:
        run(options.way, options.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder, "statement.xml")
        if options.file is None:
            with path.open("w") as file:
                file.writelines(lines(options.count, is_batch=options.batch))
        print(f"{path.stat().st_size / 1e6:.0f} MB of XML")
        least = measured("floor", path)[0]
        for way in WAYS:
            seconds, memory = measured(way, path)
            print(f"{way:8} {seconds:6.2f} s  {seconds / least:5.1f} x expat  {memory:5.1f} MB")


if __name__ == "__main__":
    main()
