"""XML of any size as records: the texts of an element by their path in it (stdlib expat).

What a file names is read only where it is asked for: no document type, no entity, no other file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from mailctl.errors import MailctlError
from mailctl.statements.source import Source
from mailctl.statements.words import plain

Fields = dict[str, str]
"""A record's texts by path, `RmtInf/Ustrd`; lines where it stands several times; `Amt@Ccy`."""

_DEEPEST = 40
_DIFFERENT = 5_000
_LONGEST = 200_000
_LONGEST_MARK = 1_000_000
_DECLARED = ("xmlns", "xsi:", "xml:")


class Place:
    """Where an element may stand; `path` is its place in the record, None where nothing is kept."""

    __slots__ = (
        "children",
        "depth",
        "is_message",
        "is_outside",
        "name",
        "parent",
        "path",
        "record",
    )
    depth: int

    def __init__(self, parent: Place | None, name: str = "") -> None:
        self.parent = parent
        self.name = name
        self.children: dict[str, Place] = {}
        self.depth = 0 if parent is None else parent.depth + 1
        self.path: str | None = None
        self.record: str | None = None
        self.is_message = False
        self.is_outside = parent is None


class Shape:
    """What is a message, which of its elements are records, and what is otherwise called.

    `records` are paths from the message on, with the record's name. Within a record `aliases` name
    a path as another version has it, and nothing is kept of what is `skipped`.
    """

    def __init__(
        self,
        *,
        messages: frozenset[str],
        records: Mapping[str, str],
        aliases: Mapping[str, str],
        skipped: frozenset[str],
    ) -> None:
        self.messages = messages
        self._records = records
        self._aliases = aliases
        self._skipped = skipped

    def place(self, parent: Place, name: str, record_path: str) -> Place:
        """The place of an element of this name; `record_path` is the parent's, from the message."""
        local = name.rpartition(":")[2]
        place = Place(parent, local)
        if parent.path is None:
            place.is_message = parent.is_outside and local in self.messages
            place.is_outside = parent.is_outside and not place.is_message
            place.path = "" if place.is_message else None
            return place
        within = f"{record_path}/{local}" if record_path else local
        if within in self._records:
            place.record, place.path = self._records[within], ""
            return place
        path = f"{parent.path}/{local}" if parent.path else local
        path = self._aliases.get(path, path)
        place.path = None if path in self._skipped else path
        return place


class XmlReader:
    """Reads one file: `ended` is told each record at its end, and what is known around it."""

    def __init__(
        self, source: Source, shape: Shape, ended: Callable[[str, Fields, Fields], None]
    ) -> None:
        self._source = source
        self._shape = shape
        self._ended = ended
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16
        self._place = Place(None)
        self._different = 0
        # How records are called from the message on, by their place.
        self._paths: dict[Place, str] = {}
        self.namespace = ""
        self.names: set[str] = set()
        self.messages = 0

    def refused(self, cause: str) -> MailctlError:
        """The refusal of the file, at the line that is being read."""
        return self._source.refused(cause, line=self._parser.CurrentLineNumber)

    def read(self) -> None:
        """Read all of the file. Raises BankFileInvalidError where it is no whole XML."""
        texts: list[str] = []
        self._attach(texts)
        fed = 0
        try:
            for piece in self._source.pieces():
                self._parser.Parse(piece)
                fed += len(piece)
                if sum(map(len, texts)) > _LONGEST:
                    raise self.refused(f"a text is longer than {_LONGEST:,} letters")
                if fed - max(self._parser.CurrentByteIndex, 0) > _LONGEST_MARK:
                    raise self.refused("a tag or a comment has no end")
            self._parser.Parse(b"", True)  # noqa: FBT003 - it has no name
        except expat.ExpatError as error:
            raise self._malformed(error) from None
        except (LookupError, ValueError):
            raise self.refused("the encoding that the file names is not known") from None
        if not self.messages:
            raise self._source.refused("there is no message in this file")

    def _malformed(self, error: expat.ExpatError) -> MailctlError:
        """What is wrong with the XML, in words."""
        inside = "" if self._place.path is None else f", inside of {self._place.path or 'a record'}"
        said = expat.errors.messages.get(error.code, "")
        line = error.lineno
        if said in (
            "no element found",
            "unclosed token",
            "unclosed CDATA section",
            "partial character",
        ):
            return self._source.refused(f"the file is not whole: it ends here{inside}", line=line)
        return self._source.refused(f"this is not well-formed XML: {said}", line=line)

    def _attach(self, texts: list[str]) -> None:
        """Give the parser what it calls for each element and text: the innermost loop."""
        reader, ended, keep, root = self, self._ended, self._keep, self._place
        place = root
        fields: Fields = {}
        above: list[Fields] = []

        def started(name: str, attributes: dict[str, str]) -> None:
            nonlocal place, fields
            if texts:
                text = "".join(texts).strip()
                texts.clear()
                if text and place.path:
                    keep(fields, place.path, text)
            child = place.children.get(name)
            place = reader._place = reader.place_of(place, name) if child is None else child
            if place.record is not None:
                above.append(fields)
                fields = {}
            if attributes:
                reader._keep_attributes(fields, place, attributes)

        def finished(_: str) -> None:
            nonlocal place, fields
            if texts:
                text = (texts[0] if len(texts) == 1 else "".join(texts)).strip()
                texts.clear()
                if text and place.path:
                    keep(fields, place.path, text)
            if place.record is not None:
                inner, fields = fields, above.pop()
                ended(place.record, inner, fields)
            reader.messages += place.is_message
            place = reader._place = place.parent or root

        self._parser.StartElementHandler = started
        self._parser.EndElementHandler = finished
        self._parser.CharacterDataHandler = texts.append
        self._parser.StartDoctypeDeclHandler = self._doctype

    def _keep(self, fields: Fields, path: str, text: str) -> None:
        """Keep a text; one more line where there is one already."""
        old = fields.get(path)
        if old is not None:
            if len(old) > _LONGEST:
                raise self.refused(f"{path} stands too often in one place")
            text = f"{old}\n{text}"
        fields[path] = text

    def _keep_attributes(self, fields: Fields, place: Place, attributes: dict[str, str]) -> None:
        """Keep attributes, a currency as a rule; what declares the XML itself says the version."""
        for key, value in attributes.items():
            if key.startswith(_DECLARED):
                self.namespace = value if "iso:20022" in value else self.namespace
            elif place.path is not None:
                self._keep(fields, f"{place.path}@{key}", value)

    def place_of(self, parent: Place, name: str) -> Place:
        """A place that is met for the first time."""
        self._different += 1
        if parent.depth >= _DEEPEST:
            raise self.refused(f"elements stand in each other more than {_DEEPEST} deep")
        if self._different > _DIFFERENT:
            raise self.refused(f"the file has more than {_DIFFERENT:,} different elements")
        path = self._paths.get(parent, "")
        place = self._shape.place(parent, name, path)
        if parent.path is not None:
            self._paths[place] = f"{path}/{place.name}" if path else place.name
        elif place.is_message:
            self.names.add(place.name)
        elif parent.is_outside and parent.name == "Document":
            raise self.refused(f"the message {plain(place.name, 40)} is none that is read here")
        parent.children[name] = place
        return place

    def _doctype(self, *_: Any) -> None:
        raise self.refused("it declares a document type (DTD), which no bank's file has")
