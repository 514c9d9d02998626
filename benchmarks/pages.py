"""What a thousand invoices cost as PDFs with their XML: seconds on all cores, and memory.

    python benchmarks/pages.py [--count 1000] [--lines 30] [--processes 2]

The floor is an empty PDF/A-3B page of fpdf2 with the two fonts of a document: its ratio is what
the page, the words and the code take beyond the library's own work. Memory is the largest of a
process after a tenth of its documents, and at the end.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from mailctl.documents import faces
from mailctl.documents.pdf import render
from mailctl.values import replace
from tests.documents.page_samples import document, logo


def empty_page() -> None:
    """What the library does for any document of two fonts."""
    from fpdf import FPDF

    pdf = FPDF(enforce_compliance="PDF/A-3B")
    pdf.add_page()
    for style, face in (("", faces.REGULAR), ("B", faces.SEMIBOLD)):
        pdf.add_font("main", style, faces.path_of(face))
        pdf.set_font("main", style, 9)
        pdf.text(20, 20, "mailctl")
    pdf.output()


def peak_mb() -> int:
    """The largest that this process has been."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def make(first: int, count: int, lines: int) -> tuple[float, int, int]:
    """Make so many documents: processor seconds, and the memory early on and at the end."""
    base, xml, early = document(lines, logo=logo()), b"<xml/>" * 2000, 0
    begun = time.process_time()
    for at in range(count):
        render(replace(base, number=f"2026-{first + at:06d}"), xml)
        if at == count // 10:
            early = peak_mb()
    return time.process_time() - begun, early, peak_mb()


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=30)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    empty_page()
    begun = time.process_time()
    for _ in range(20):
        empty_page()
    floor = (time.process_time() - begun) / 20
    share = given.count // given.processes
    begun = time.perf_counter()
    with ProcessPoolExecutor(given.processes) as pool:
        firsts = range(1, share * given.processes + 1, share)
        made = list(pool.map(make, firsts, [share] * len(firsts), [given.lines] * len(firsts)))
    wall = time.perf_counter() - begun
    each = sum(seconds for seconds, _, _ in made) / (share * given.processes)
    print(f"{share * given.processes} documents on {given.processes} processes: {wall:.1f} s")
    print(f"each: {each * 1000:.0f} ms of a processor, {each / floor:.1f} times an empty page")
    print(f"memory of a process: {max(m[1] for m in made)} MB, then {max(m[2] for m in made)} MB")


if __name__ == "__main__":
    main()
