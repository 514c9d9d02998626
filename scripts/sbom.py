"""Say what a release is made of, in CycloneDX: `python scripts/sbom.py WHEEL` prints it.

The same locks and wheel give the same bytes. It runs in the environment of locks/release.txt, whose
`uv` unpacks each locked package to read what its metadata says.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageMetadata, distributions
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from lock import LOCKS, OLDEST_PYTHON, PROJECT, Locked, released

# What older metadata says without a doubt.
CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: The Unlicense (Unlicense)": "Unlicense",
}
# Read in the file of the licence, where the metadata names none, several, or a family.
READ = {
    "click-default-group": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "factur-x": "BSD-3-Clause",
    "iso4217": "LicenseRef-public-domain",
    "jinja2": "BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "rstr": "BSD-3-Clause",
    "saxonche": "MPL-2.0",
    "segno": "BSD-3-Clause",
    "sqlite-fts4": "Apache-2.0",
    "text-unidecode": "GPL-2.0-or-later OR Artistic-1.0-Perl",
    "uharfbuzz": "Apache-2.0",
}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str, metadata: PackageMetadata) -> tuple[str, str]:
    """The licence as an SPDX expression, and whether it was `declared` so or `concluded`."""
    if name in READ:
        return READ[name], "concluded"
    said = metadata.get("License-Expression")
    if not said:
        known = [CLASSIFIERS.get(one) for one in metadata.get_all("Classifier") or ()]
        said = next(filter(None, [*known, metadata.get("License")]), "names none")
    if re.fullmatch(r"[\w.-]+( (OR|AND|WITH) [\w.-]+)*", said):
        return said, "declared"
    sys.exit(f"{name}: read its licence ({said}), then name it in scripts/sbom.py")


def component(one: Locked, extra: str | None, metadata: PackageMetadata) -> dict[str, Any]:
    """A package: any of the files with these hashes is it."""
    expression, how = licence(one.name, metadata)
    kind: dict[str, Any] = {"license": {"id": expression, "acknowledgement": how}}
    if " " in expression or expression.startswith("LicenseRef-"):
        kind = {"expression": expression, "acknowledgement": how}
    return {
        "type": "library",
        "bom-ref": one.name,
        "name": one.name,
        "version": one.version,
        "scope": "optional" if extra else "required",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
        "licenses": [kind],
        "purl": f"pkg:pypi/{one.name}@{one.version}",
        "properties": [{"name": "mailctl:extra", "value": extra}] if extra else [],
    }


def bill(wheel: Path, unpacked: dict[str, Distribution]) -> dict[str, Any]:
    """The whole bill of materials."""
    packages = [
        (one, None if name == "mailctl" else name)
        for name, lock in released().items()
        for one in lock
    ]
    packages.sort(key=lambda package: package[0].name)
    absent = [one.name for one, _ in packages if one.name not in unpacked]
    assert not absent, f"Python {OLDEST_PYTHON} needs none of: {absent}"
    version = wheel.name.split("-")[1]
    needs = {name: [] for name in ("mailctl", *(one.name for one, _ in packages))}
    for one, _ in packages:
        for dependent in one.needed_by:
            needs[dependent].append(one.name)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "mailctl",
                "name": "mailctl",
                "version": version,
                "description": PROJECT["description"],
                "hashes": [
                    {"alg": "SHA-256", "content": hashlib.sha256(wheel.read_bytes()).hexdigest()}
                ],
                "licenses": [{"license": {"id": PROJECT["license"]}}],
            },
        },
        "components": [
            component(one, extra, unpacked[one.name].metadata) for one, extra in packages
        ],
        "dependencies": [{"ref": name, "dependsOn": on} for name, on in needs.items()],
    }


def main(wheel: Path) -> None:
    """Print the bill, once it is valid."""
    with TemporaryDirectory() as folder:
        uv = [Path(sys.executable).parent / "uv", "pip", "install", "--no-config", "--quiet"]
        sure = ["--require-hashes", "--no-deps", "--python-version", OLDEST_PYTHON]
        locks = [word for name in released() for word in ("-r", LOCKS / f"{name}.txt")]
        subprocess.run([*uv, *sure, "--target", folder, *locks], check=True)
        made = bill(wheel, {_normal(one.name): one for one in distributions(path=[folder])})
    text = json.dumps(made, indent=2)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert wrong is None, wrong
    print(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
