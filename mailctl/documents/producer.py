"""How the objects of a PDF are written. Imported where a document is finished: it loads fpdf2."""

from __future__ import annotations

from fpdf.output import OutputProducer

_END = "\nendstream\nendobj"


class Producer(OutputProducer):
    """Ends every stream so that nobody can take its last byte for a part of the line's end.

    The library puts a line feed before `endstream`. A compressed stream whose last byte is a
    carriage return then seems to end with both, one byte before the length that it says: an
    archive's checker refuses the file (ISO 19005-3, 6.1.7.1).
    """

    def _out(self, data: bytes | bytearray | str) -> None:
        if isinstance(data, str) and data.endswith(f"\r{_END}"):
            data = f"{data.removesuffix(_END)}\r{_END}"
        super()._out(data)
