"""Compiles a Schematron to XSLT by SchXslt under Saxon; the same input gives the same bytes."""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

_COMPILER = "SchXslt/1.10.1"
_MADE_AT = re.compile(r"(<dct:created>)\d[^<]*(</dct:created>)")
_NO_TIME = r"\g<1>1970-01-01T00:00:00Z\2"


def compiled(schematron: Path, pipeline: Path) -> str:
    """The XSLT of a Schematron, without the time at which it was made."""
    from saxonche import PySaxonProcessor

    with PySaxonProcessor(license=False) as saxon:
        compiler = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(pipeline))
        xslt = str(compiler.transform_to_string(source_file=str(schematron)))
    return _MADE_AT.sub(_NO_TIME, xslt).replace("SchXslt/${project.version}", _COMPILER)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schematron", type=Path)
    parser.add_argument("pipeline", type=Path, help="SchXslt's xslt/2.0/pipeline-for-svrl.xsl")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    text = compiled(given.schematron, given.pipeline)
    given.out.write_text(text, encoding="utf-8")
    print(hashlib.sha256(text.encode()).hexdigest())
