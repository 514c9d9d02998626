"""What a document's XML costs: milliseconds of processor a document, and memory.

    python -m benchmarks.documents [COUNT]

For each syntax, COUNT invoices (1000) of two lines: written, and written and checked while the next
is written. The floor is the writing alone. The memory is the checking program's, after the first
tenth and at the end: it must not grow.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from mailctl.documents.rule_sets import rule_sets_of
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.validating import Validator
from mailctl.documents.xml import xml_of
from mailctl.domain.documents import Document
from mailctl.values import replace
from tests.documents.samples import document

_SELLERS = {Syntax.XRECHNUNG: "DE", Syntax.PEPPOL: "BE"}


def _invoices(syntax: Syntax, count: int) -> list[Document]:
    first = document(_SELLERS.get(syntax, "FR"))
    return [replace(first, number=f"I2026{number:06d}") for number in range(1, count + 1)]


def _megabytes(validator: Validator) -> int:
    status = Path(f"/proc/{validator.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def _checked(syntax: Syntax, invoices: list[Document]) -> tuple[float, float, int, int]:
    """Seconds until the first is checked, seconds for all others, megabytes early and late."""
    sets = rule_sets_of(syntax, is_credit_note=False, is_french=syntax not in _SELLERS)
    started = time.perf_counter()
    with Validator() as validator:
        assert validator.broken_by(xml_of(invoices[0], syntax), sets) == ()
        first = time.perf_counter() - started
        started = time.perf_counter()
        early = 0
        validator.begin(xml_of(invoices[1], syntax), sets)
        for number, invoice in enumerate(invoices[2:]):
            xml = xml_of(invoice, syntax)
            assert validator.result() == ()
            validator.begin(xml, sets)
            if number == len(invoices) // 10:
                early = _megabytes(validator)
        assert validator.result() == ()
        return first, time.perf_counter() - started, early, _megabytes(validator)


def main(count: int) -> None:
    """Print a line for each syntax."""
    for syntax in Syntax:
        invoices = _invoices(syntax, count)
        xml_of(invoices[0], syntax)
        started = time.process_time()
        for invoice in invoices:
            xml_of(invoice, syntax)
        written = (time.process_time() - started) / count * 1000
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        first, others, early, late = _checked(syntax, invoices)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        checked = (used - first) / count * 1000
        print(
            f"{syntax:9}  written {written:5.1f} ms  checked {checked:5.1f} ms  "
            f"first {first:4.1f} s  {count} in {others:5.1f} s  memory {early} -> {late} MB  "
            f"ratio {checked / written:.1f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
