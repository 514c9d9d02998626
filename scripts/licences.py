"""Write docs/licences.md from a release's bill of materials: `python scripts/licences.py SBOM`.

With `--check` it only says whether the page is stale. A licence that is not known here is refused:
somebody must read first whether it may stand beside mailctl.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "licences.md"
# What each asks of who gives a package on as it is. One that is not here is to be read first.
LICENCES = {
    "Apache-2.0": "keep its text and notices",
    "BSD-2-Clause": "keep its text",
    "BSD-3-Clause": "keep its text",
    "GPL-2.0-or-later OR Artistic-1.0-Perl": "by the second: keep its text and notices",
    "ISC": "keep its text",
    "LGPL-2.1-only": "keep its text, and let it be replaced by another version",
    "LGPL-2.1-or-later": "keep its text, and let it be replaced by another version",
    "LGPL-3.0-only": "keep its text, and let it be replaced by another version",
    "LicenseRef-public-domain": "nothing",
    "MIT": "keep its text",
    "MIT-0": "nothing",
    "MIT-CMU": "keep its text",
    "MPL-2.0": "keep its text, and say where its source is",
    "PSF-2.0": "keep its text",
    "Unlicense": "nothing",
}
HEAD = """# Licences

mailctl is under the [MIT licence](../LICENSE). What it needs is installed beside it, each package
as its authors publish it and under its own licence. All of these let everybody use mailctl, sell
it, and give it on together with the packages. Those under the LGPL may be used by any program as
the separate packages that they are here. The packages carry the texts that are to be kept, but for
fluent's two and saxonche: whoever gives those on adds the text of Apache-2.0, or that of MPL-2.0.
The wheels of psycopg-binary (libpq, OpenSSL, Kerberos, OpenLDAP, SASL) and of Pillow (readers of
pictures) also contain libraries in C, each under its own licence. mailctl's own wheel has two files
of rules for documents that others publish, and fonts; what their publishers say stands beside them,
in `mailctl/documents/rules/` and `mailctl/documents/fonts/`.

What is locked for a release, and which extra needs it:

"""


def _licence(component: dict[str, Any]) -> str:
    (one,) = component["licenses"]
    name: str = one.get("expression") or one["license"]["id"]
    if name not in LICENCES:
        sys.exit(f"{component['name']}: may {name} stand beside mailctl? Say so in {__file__}")
    return name


def page(bill: dict[str, Any]) -> Iterator[str]:
    """The page, line by line."""
    yield HEAD
    yield "| package | licence | extra |\n|---|---|---|\n"
    for one in bill["components"]:
        extra = "".join(known["value"] for known in one.get("properties", ()))
        yield f"| {one['name']} | {_licence(one)} | {extra} |\n"
    yield "\nWhat each asks of those who give such a package on unchanged:\n\n"
    yield "| licence | asks to |\n|---|---|\n"
    used = {_licence(one) for one in bill["components"]}
    yield from (f"| {name} | {asks} |\n" for name, asks in LICENCES.items() if name in used)


def main(bill: Path, *, check: bool) -> int:
    """Write the page, or say that it is stale."""
    text = "".join(page(json.loads(bill.read_text(encoding="utf-8"))))
    if check and (not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text):
        sys.stderr.write("docs/licences.md is stale: just release dist && just licences dist\n")
        return 1
    if not check:
        PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main(Path(arguments[0]), check="--check" in arguments))
