"""The checking program: a process of its own, that nothing outside can stand in for or outlive."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from mailctl.documents import rule_sets, xml
from mailctl.documents.invoiceable import checked
from mailctl.documents.rule_sets import BY_NAME, rule_sets_of
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.validating import Validator
from mailctl.errors import DocumentUncheckedError, ExtraMissingError
from tests.documents.samples import document

XML = xml.xml_of(document(), Syntax.UBL)
SETS = rule_sets_of(Syntax.UBL, is_credit_note=False, is_french=True)[:1]
"""The schema alone: the rules take a second to read."""


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_it_ends_with_its_block():
    with Validator() as validator:
        pid = validator.pid
        assert validator.broken_by(XML, SETS) == ()
    assert not is_there(pid)


def test_it_is_ended_at_once_where_the_block_fails():
    """Whatever it is doing: whoever types Ctrl-C does not wait for it."""
    started = time.monotonic()
    with pytest.raises(KeyError), Validator() as validator:  # noqa: PT012 - the block is tried
        pid = validator.pid
        os.kill(pid, signal.SIGSTOP)
        raise KeyError
    assert not is_there(pid)
    assert time.monotonic() - started < 4


def test_it_ends_with_whoever_started_it(tmp_path):
    """Also where that was killed, and could end nothing."""
    program = (
        "import time; from mailctl.documents.validating import Validator\n"
        "with Validator() as validator:\n"
        "    print(validator.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(200):
        if not is_there(pid) or "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the checking program goes on")


def test_a_killed_one_is_told_and_nothing_counts_as_checked():
    with Validator() as validator:
        assert validator.broken_by(XML, SETS) == ()
        os.kill(validator.pid, signal.SIGKILL)
        with pytest.raises(DocumentUncheckedError, match="ended with signal SIGKILL"):
            validator.broken_by(XML, SETS)
        assert validator.broken_by(XML, SETS) == ()


def test_one_that_does_not_answer_is_ended():
    with Validator(seconds=0.5) as validator:
        pid = validator.pid
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(DocumentUncheckedError, match=r"longer than 0\.5 seconds"):
            validator.broken_by(XML, SETS)
        assert not is_there(pid)


def test_what_it_says_when_it_ends_is_told():
    with Validator() as validator:
        assert validator.broken_by(XML, SETS) == ()
        validator._running().stdin.write(b"no question\n")  # noqa: SLF001 - nothing else ends it
        with pytest.raises(DocumentUncheckedError, match=r"with status 1: .*JSONDecodeError"):
            validator.broken_by(XML, SETS)


def test_the_caller_works_while_a_document_is_checked():
    with Validator() as validator:
        validator.begin(XML, SETS)
        meanwhile = xml.xml_of(document("DE"), Syntax.PEPPOL)
        assert validator.result() == ()
        assert meanwhile


def test_a_program_in_the_folder_where_one_works_is_not_run(tmp_path, monkeypatch):
    """The checking program is mailctl's, whatever lies in the working directory."""
    (tmp_path / "saxonche.py").write_text("raise SystemExit('planted')")
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    (tmp_path / "mailctl").mkdir()
    (tmp_path / "mailctl/__init__.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)
    with Validator() as validator:
        assert validator.broken_by(XML, SETS) == ()


def test_rules_that_were_changed_are_not_used(tmp_path, monkeypatch):
    """A file of rules that lets everything pass would make every document valid."""
    from mailctl.documents.checker import Checker

    (tmp_path / "xrechnung-ubl.xsl").write_text("<xsl:stylesheet/>")
    monkeypatch.setattr(rule_sets, "_OWN", tmp_path)
    with pytest.raises(ValueError, match="not the file that was released"):
        Checker().broken(XML, [BY_NAME["xrechnung"].name])


def test_an_external_entity_is_not_read(tmp_path, validator):
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    doctype = f'<!DOCTYPE Invoice [<!ENTITY e SYSTEM "file://{secret}">]><Invoice'.encode()
    planted = XML.replace(b"<Invoice", doctype, 1).replace(b">I2026000123<", b">&e;<", 1)
    broken = validator.broken_by(planted, SETS)
    assert [(found.rule, found.sentence) for found in broken] == [
        ("XML", "a document type is declared")
    ]


def test_without_the_extra_it_says_what_to_install():
    with (
        patch.object(xml, "find_spec", return_value=None),
        pytest.raises(ExtraMissingError) as refusal,
    ):
        xml.xml_of(document(), Syntax.UBL)
    assert refusal.value.hint == "pip install 'mailctl[einvoice]'"


def test_nothing_of_the_extra_is_loaded_before_a_document_is_made():
    program = (
        "import sys, mailctl.documents.invoiceable, mailctl.documents.validating, "
        "mailctl.documents.rule_sets; "
        "print([name for name in ('facturx', 'lxml', 'saxonche') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_a_document_of_five_hundred_lines_is_checked(validator):
    long = document(cents=(159,) * 500)
    assert checked(long, Syntax.FACTURX, validator)[1] == ()
