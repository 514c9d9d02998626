"""A document as a PDF that an archive takes (PDF/A-3B), with or without its XML (rules 17).

The same document gives the same bytes, wherever and whenever it is made by the same libraries.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.documents.composition import Composition
from mailctl.documents.faces import unwritable
from mailctl.documents.head import write_frames, write_head
from mailctl.documents.metadata import XML_NAME, Description
from mailctl.documents.paper import Paper
from mailctl.documents.places import Window, window_of
from mailctl.documents.sums import sums_height, write_mentions, write_payment, write_sums
from mailctl.documents.table import write_lines
from mailctl.domain.documents import Document, DocumentCode
from mailctl.texts.translations import translation
from mailctl.values import Value, fields

PRODUCER = "mailctl"


def render(document: Document, xml: bytes | None = None, *, window: Window | None = None) -> bytes:
    """The PDF of a document, with its EN 16931 XML inside where that is given (Factur-X).

    Without `window` the address stands where envelopes of the seller's country show it.
    """
    texts = translation(document.language)
    kind = "credit-note" if document.code is DocumentCode.CREDIT_NOTE else "invoice"
    description = Description(
        title=f"{texts.say(f'document.{kind}')} {document.number}",
        author=document.seller.name,
        language=document.language,
        made_on=document.issued_on,
        producer=PRODUCER,
        has_xml=xml is not None,
    )
    made = Composition(
        document=document,
        window=window or window_of(document.seller.country),
        texts=texts,
        paper=Paper(description, _written(document)),
    )
    write_head(made)
    write_lines(made, sums_height(made))
    made.keep(sums_height(made))
    write_sums(made)
    write_payment(made)
    write_mentions(made)
    write_frames(made)
    if xml is not None:
        made.paper.attach(XML_NAME, xml, made.title)
    return made.paper.finish()


def missing_letters(document: Document) -> str:
    """The letters of a document that no font of mailctl has: a square stands for each."""
    return "".join(sorted(set(unwritable("".join(_written(document))))))


def _written(part: object) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _written(one)
    elif isinstance(part, Value):
        for one in fields(part).values():
            yield from _written(one)
