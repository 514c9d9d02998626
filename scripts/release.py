"""Build what a release publishes: `python scripts/release.py FOLDER`, which must not exist.

The wheel, the sdist, the bill of materials, a file for pip that installs the wheel and all that it
needs by their hashes, one more for each extra, and the sums of all of it. The same source gives the
same bytes, wherever and whenever it is built. It runs in the environment of locks/release.txt.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from lock import EXTRAS, HOME, LOCKS


def sums(folder: Path) -> str:
    """The files of a folder, as `sha256sum --check` reads them."""
    digests = {path: hashlib.sha256(path.read_bytes()) for path in sorted(folder.iterdir())}
    return "".join(f"{digest.hexdigest()}  {path.name}\n" for path, digest in digests.items())


def main(folder: Path) -> None:
    """Build all of it."""
    if folder.exists():
        sys.exit(f"{folder} is there already")
    folder.mkdir(parents=True)
    # Without one, hatchling gives every file one fixed date.
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, HOME]
    subprocess.run(build, env=environment, check=True, stdout=sys.stderr)
    wheel = next(folder.glob("*.whl"))
    release = "-".join(wheel.name.split("-")[:2])
    bill = [sys.executable, HOME / "scripts" / "sbom.py", wheel]
    made = subprocess.run(bill, check=True, stdout=subprocess.PIPE).stdout
    (folder / f"{release}.cdx.json").write_bytes(made)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    itself = f"./{wheel.name} \\\n    --hash=sha256:{digest}\n"
    locked = (LOCKS / "mailctl.txt").read_text(encoding="utf-8")
    (folder / f"{release}.txt").write_text(locked + itself, encoding="utf-8")
    for extra in EXTRAS:
        (folder / f"{release}-{extra}.txt").write_bytes((LOCKS / f"{extra}.txt").read_bytes())
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
