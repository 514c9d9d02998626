"""The program that checks documents by their rules: a process of its own, without a network.

It is given a line of JSON (the names of rule sets, the length of the XML) and the XML, and answers
with a line of JSON, until its input ends. Saxon has a virtual machine of its own, which survives
neither a fork nor what is done to signals elsewhere; and what it takes of memory ends with it.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from mailctl.documents.rule_sets import BY_NAME, RuleKind, RuleSet

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_HARMLESS = frozenset(("warning", "information", "info"))


class Checker:
    """Reads each rule set once, where it is first needed."""

    def __init__(self) -> None:
        from saxonche import PySaxonProcessor

        self._saxon = PySaxonProcessor(license=False)
        self._xslt = self._saxon.new_xslt30_processor()
        self._read: dict[str, Any] = {}

    def broken(self, xml: bytes, names: list[str]) -> list[dict[str, str]]:
        """The broken rules of the first set that is not kept; none if all are.

        A document that breaks the schema is not asked further: its rules would stumble over it.
        """
        for rules in (BY_NAME[name] for name in names):
            by_schema = rules.kind is RuleKind.SCHEMA
            found = self._schema(rules, xml) if by_schema else self._schematron(rules, xml)
            if found:
                return found
        return []

    def _schema(self, rules: RuleSet, xml: bytes) -> list[dict[str, str]]:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            tree = etree.fromstring(xml, parser)
        except etree.XMLSyntaxError as error:
            return [_finding(rules, "XML", str(error))]
        if tree.getroottree().docinfo.doctype:
            return [_finding(rules, "XML", "a document type is declared")]
        schema = self._read.get(rules.name)
        if schema is None:
            schema = self._read[rules.name] = etree.XMLSchema(file=str(_whole(rules)))
        if schema.validate(tree):
            return []
        return [_finding(rules, "XSD", error.message) for error in schema.error_log]

    def _schematron(self, rules: RuleSet, xml: bytes) -> list[dict[str, str]]:
        from lxml import etree
        from saxonche import PySaxonApiError

        compiled = self._read.get(rules.name)
        if compiled is None:
            compiled = self._xslt.compile_stylesheet(stylesheet_file=str(_whole(rules)))
            self._read[rules.name] = compiled
        try:
            node = self._saxon.parse_xml(xml_text=xml.decode())
            report = compiled.transform_to_string(xdm_node=node)
        except PySaxonApiError as error:
            return [_finding(rules, "XSLT", str(error))]
        if not report:
            return [_finding(rules, "XSLT", "the rules gave no report")]
        tree = etree.fromstring(report.encode())
        return [
            _finding(rules, told.get("id") or rules.name, "".join(told.itertext()))
            for kind in ("failed-assert", "successful-report")
            for told in tree.iter(f"{_SVRL}{kind}")
            if (told.get("flag") or told.get("role") or "fatal").lower() not in _HARMLESS
        ]


def _whole(rules: RuleSet) -> Any:
    """The file of a rule set; one of ours that was changed is refused."""
    if rules.digest and rules.found_digest() != rules.digest:
        raise ValueError(f"{rules.path} is not the file that was released")
    return rules.path


def _finding(rules: RuleSet, rule: str, sentence: str) -> dict[str, str]:
    return {"rules": rules.name, "rule": rule, "sentence": " ".join(sentence.split())}


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer every question of a stream."""
    checker = Checker()
    while line := asked.readline():
        question = json.loads(line)
        xml = asked.read(question["length"])
        try:
            answer: dict[str, Any] = {"broken": checker.broken(xml, question["rules"])}
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever asked must be told
            answer = {"failed": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    with open(0, "rb") as questions, open(1, "wb") as told:
        serve(questions, told)
