"""The same document gives the same bytes, everywhere; those of factur-x 7.8 are kept here.

Where another version writes others: look at them, then python -m tests.documents.test_bytes
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailctl.documents.syntaxes import Syntax
from mailctl.documents.xml import xml_of
from tests.documents.samples import credit_note, document

GOLDEN = Path(__file__).parent / "golden"
KEPT = {
    f"{name}.{syntax}.xml": (made, syntax)
    for syntax, seller in zip(Syntax, ("FR", "FR", "DE", "BE"), strict=True)
    for name, made in (("invoice", document(seller)), ("credit-note", credit_note(seller)))
}


@pytest.mark.parametrize("name", KEPT)
def test_the_bytes_are_those_that_were_looked_at(name):
    assert xml_of(*KEPT[name]) == (GOLDEN / name).read_bytes()


def test_another_process_elsewhere_writes_the_same_bytes(tmp_path):
    shown = (
        "import sys; from tests.documents.test_bytes import KEPT, xml_of; "
        "sys.stdout.buffer.write(b''.join(xml_of(*made) for made in KEPT.values()))"
    )
    elsewhere = {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PATH": os.environ["PATH"],
    }
    run = subprocess.run(
        [sys.executable, "-c", shown], cwd=tmp_path, env=elsewhere, capture_output=True, check=True
    )
    assert run.stdout == b"".join((GOLDEN / name).read_bytes() for name in KEPT)


if __name__ == "__main__":
    for kept, made in KEPT.items():
        (GOLDEN / kept).write_bytes(xml_of(*made))
