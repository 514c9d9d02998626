"""Documents as files: each written whole to a new file, or to standard output."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl.cli.render import new_files
from mailctl.cli.render.text import clean
from mailctl.domain.documents import DocumentFormat
from mailctl.errors import AlreadyExistsError, MailctlError, NotInvoiceableError, UsageError
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.actions.documents import MadeDocument
    from mailctl.cli.render.output import Output
    from mailctl.store.queries.issued_documents import Issued

STDOUT = "-"


class Delivered(Value):
    """A document that is in its file now, or is refused; `written` if it was not there before."""

    issued: Issued
    path: str | None
    length: int | None = None
    digest: str | None = None
    written: bool = False
    is_as_sent: bool = False
    refused: MailctlError | None = None

    def item(self, form: DocumentFormat) -> dict[str, object]:
        """Its keys in the contract."""
        reasons = [reason for reason, _ in self.shortcomings]
        mends = [mend for _, mend in self.shortcomings if mend]
        return {
            "number": self.issued.number,
            "kind": self.issued.kind,
            "customer": self.issued.customer,
            "format": form,
            "path": self.path,
            "bytes": self.length,
            "digest": self.digest,
            "written": self.written,
            "as_sent": self.is_as_sent,
            "ok": self.refused is None,
            "reason": "; ".join(reasons) or None,
            "command": "; ".join(dict.fromkeys(mends)) or None,
        }

    @property
    def shortcomings(self) -> tuple[tuple[str, str], ...]:
        """What holds it back: every rule that it breaks, each with what fixes it."""
        if self.refused is None:
            return ()
        first = self.refused.message.removesuffix("."), self.refused.hint or ""
        others = self.refused.others if isinstance(self.refused, NotInvoiceableError) else ()
        return first, *others


class Target(Value):
    """Where documents of a format go: standard output, a file, or a folder."""

    to: str
    form: DocumentFormat

    def check(self, output: Output, *, is_many: bool) -> None:
        """UsageError where the documents cannot go there."""
        if self.to != STDOUT:
            if (is_many or self.to.endswith("/")) and not Path(self.to).is_dir():
                raise UsageError(
                    f"{self.to} is no folder",
                    hint="--to DIR, a folder that is there: each document has its own name in it",
                )
            return
        if is_many:
            raise UsageError("stdout takes one document", hint="--to DIR, a folder, for several")
        if output.form is not None or output.fields:
            raise UsageError("stdout has the document itself; -o needs a file", hint="--to FILE")
        if self.form.is_page and sys.stdout.isatty():
            raise UsageError("a PDF is not for a terminal", hint="--to FILE, or --to - in a pipe")

    def path_of(self, number: str) -> str | None:
        """The file of a document; in a folder it is called by its number."""
        if self.to == STDOUT:
            return None
        if Path(self.to).is_dir():
            return str(Path(self.to) / f"{number}.{self.form.suffix}")
        return self.to

    def delivered(self, one: MadeDocument, *, dry_run: bool) -> Delivered:
        """A document that was made, in its place; on a dry run, where it would be."""
        path = self.path_of(one.issued.number)
        if one.content is None:
            return Delivered(issued=one.issued, path=path, refused=one.refused)
        refused, written = None, False
        try:
            written = not dry_run and self._write(path, one.content)
        except AlreadyExistsError as taken:
            refused = taken
        return Delivered(
            issued=one.issued,
            path=path,
            length=len(one.content),
            digest=hashlib.sha256(one.content).hexdigest(),
            written=written,
            is_as_sent=one.is_as_sent,
            refused=refused,
        )

    def _write(self, path: str | None, content: bytes) -> bool:
        """Whether it was not there yet; AlreadyExistsError where something else is."""
        if path is None:
            _show(content)
            return True
        try:
            with new_files.prepared(path) as write:
                write((content,))
        except AlreadyExistsError:
            if new_files.has(path, content):
                return False
            raise
        return True


def _show(content: bytes) -> None:
    """A terminal reads it as text; what is in a pipe is the file."""
    if sys.stdout.isatty():
        sys.stdout.write("\n".join(map(clean, content.decode().split("\n"))))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
