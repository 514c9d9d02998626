"""What a bank answers to a file of direct debits is read payment by payment."""

import pytest

from mailctl.domain.statements import FileKind, ReadStatus
from tests.statements.camt_files import Answer, BatchAnswer, pain002
from tests.statements.readings import refusal, whole

REFUSED = Answer(end_to_end_id="E1", code="AC04", text="account closed", cents=1840)
TAKEN = Answer(end_to_end_id="E2", status="ACCP", code="")


@pytest.mark.parametrize("version", range(2, 15))
def test_every_version_says_the_same(version):
    """Each payment's answer with its reason."""
    data = pain002(
        BatchAnswer(batch_id="B1", answers=[REFUSED, TAKEN]), message_id="M1", version=version
    )
    read_back = whole(data)
    assert (read_back.kind, read_back.entries, read_back.notes) == (FileKind.STATUS, [], ())
    assert read_back.statuses == [
        ReadStatus("M1", "B1", "E1", "RJCT", "AC04", "account closed", 1840),
        ReadStatus("M1", "B1", "E2", "ACCP", "", "", None),
    ]


def test_a_whole_batch_and_a_whole_file_are_answered_after_their_payments():
    """What is said of one payment counts before what is said of all."""
    batches = [
        BatchAnswer(batch_id="B1", status="PART", answers=[REFUSED]),
        BatchAnswer(batch_id="B2", status="RJCT", code="AM05", text="sent twice"),
    ]
    found = whole(pain002(*batches, message_id="M1", status="PART")).statuses
    assert [(one.batch_id, one.end_to_end_id, one.status, one.code) for one in found] == [
        ("B1", "E1", "RJCT", "AC04"),
        ("B1", "", "PART", ""),
        ("B2", "", "RJCT", "AM05"),
        ("", "", "PART", ""),
    ]
    assert {one.message_id for one in found} == {"M1"}


def test_a_whole_file_may_be_refused():
    """Then no payment of it is named."""
    (found,) = whole(pain002(message_id="M1", status="RJCT", code="FF01", text="bad")).statuses
    assert found == ReadStatus("M1", "", "", "RJCT", "FF01", "bad", None)


@pytest.mark.parametrize(
    ("batch_status", "file_status", "status"),
    [("RJCT", "PART", "RJCT"), ("", "RJCT", "RJCT"), ("PART", "RJCT", "RJCT")],
)
def test_a_payment_without_an_answer_of_its_own_has_that_of_its_batch(
    batch_status, file_status, status
):
    """Some banks name the payments of a refused batch without repeating it."""
    one = BatchAnswer(
        batch_id="B1",
        status=batch_status,
        code="AM05",
        answers=[Answer(end_to_end_id="E1", status="", code="")],
    )
    found = whole(pain002(one, message_id="M1", status=file_status)).statuses[0]
    assert (found.end_to_end_id, found.status, found.code) == ("E1", status, "AM05")


def test_a_payment_that_is_not_answered_at_all_is_told():
    """A part of a batch was refused, but not which."""
    one = BatchAnswer(
        batch_id="B1", status="PART", answers=[Answer(end_to_end_id="E1", status=""), TAKEN]
    )
    read_back = whole(pain002(one, message_id="M1"))
    assert [found.end_to_end_id for found in read_back.statuses] == ["E2", ""]
    assert read_back.notes == ("1 answer has no status, and is left out",)


def test_a_report_that_answers_nothing_is_refused():
    """There is nothing to take."""
    assert refusal(pain002(message_id="M1")) == ": there is no answer in this status report"


def test_a_report_about_no_file_is_refused():
    """Nobody knows which payments it means."""
    data = pain002(message_id="M1", status="RJCT")
    data = data.replace(b"<OrgnlMsgId>M1</OrgnlMsgId>", b"")
    assert "does not say of which file" in refusal(data)
