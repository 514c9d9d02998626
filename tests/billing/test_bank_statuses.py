"""Status reports: a refusal is a try that failed, once; all else means nothing yet (rules 20)."""

from __future__ import annotations

from typing import Any

import pytest

from mailctl.actions.bank_imports import BankImported, import_files
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.statements import ReadStatus
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import report
from tests.billing.bank_host import amount, came, cli_host, movements, payment, tx

__all__ = ["cli_host", "tx"]


def status(**said: Any) -> ReadStatus:
    """One refusal; what is not given the bank did not write."""
    plain = ReadStatus(
        message_id="",
        batch_id="",
        end_to_end_id="",
        status="RJCT",
        code="AC04",
        text="",
        amount_cents=None,
    )
    return plain._replace(**said)


def answered(tx: Transaction, *statuses: ReadStatus, name: str = "a.xml") -> BankImported:
    """What a report brings."""
    with report(*statuses, name=name) as file:
        return import_files(tx, [file])


def file_of(tx: Transaction) -> str:
    """What we called the file that was handed over."""
    return f"mailctl-file-{tx.number('SELECT max(id) FROM payment_export')}"


@pytest.mark.parametrize("level", ["payment", "batch", "file"])
def test_a_refusal_is_a_try_that_failed(tx: Transaction, level: str) -> None:
    """Of a payment, of a batch with all its payments, or of the whole file; the reason is kept."""
    file = file_of(tx)
    said = {
        "payment": {"end_to_end_id": "payment-1-1"},
        "batch": {"batch_id": f"{file}-1", "message_id": file},
        "file": {"message_id": file},
    }[level]
    result = answered(tx, status(**said))
    assert (result.failed.count, result.failed.cents) == (1, amount(tx))
    assert (payment(tx).tries, payment(tx).status) == (1, PaymentStatus.PENDING)
    assert tx.text("SELECT reason FROM payment WHERE id = 1") == "AC04: closed account"
    assert tx.number("SELECT count(*) FROM notice WHERE kind = 'payment-failed'") == 1


@pytest.mark.parametrize("name", ["OTHER-9", "mailctl-file-99"])
def test_a_refused_file_of_somebody_else_is_told_and_fails_nothing(
    tx: Transaction, name: str
) -> None:
    """Silence would look as if the bank had refused nothing."""
    result = answered(tx, status(message_id=name))
    assert result.failed.count == 0
    (told,) = result.warnings
    assert told == f"the bank refused the file {name} (AC04: closed account), which is none of ours"
    assert payment(tx).tries == 0


def test_the_same_refusal_in_another_report_counts_once(tx: Transaction) -> None:
    """By the file's refusal and the payment's, or by a report that is sent again."""
    file = file_of(tx)
    one = status(end_to_end_id="payment-1-1", message_id=file)
    answered(tx, status(message_id=file), one)
    again = answered(tx, one, status(message_id=file, code="MS03"), name="b.xml")
    assert (payment(tx).tries, again.failed.count) == (1, 0)


@pytest.mark.parametrize("word", ["ACCP", "ACSP", "ACSC", "ACTC", "PDNG", "PART", "RCVD"])
def test_what_is_no_refusal_changes_nothing(tx: Transaction, word: str) -> None:
    """Banks confirm a debit by its credit; a file in part is told by its payments."""
    answered(tx, status(message_id=file_of(tx), status=word))
    answered(tx, status(end_to_end_id="payment-1-1", status=word), name="b.xml")
    assert (payment(tx).tries, payment(tx).status) == (0, PaymentStatus.PENDING)


def test_a_payment_that_the_report_accepts_is_not_refused_with_its_batch(tx: Transaction) -> None:
    """What is said of the one payment counts: nothing is recorded on a guess."""
    file = file_of(tx)
    accepted = status(end_to_end_id="payment-1-1", status="ACSP", code="")
    assert answered(tx, status(message_id=file), accepted).failed.count == 0


def test_a_refusal_after_the_money_came_is_said_and_changes_nothing(tx: Transaction) -> None:
    """A person looks."""
    came(tx, amount(tx), end_to_end_id="payment-1-1")
    result = answered(tx, status(end_to_end_id="payment-1-1"))
    assert payment(tx).status is PaymentStatus.SUCCEEDED
    assert any("whose money has come" in text for text in result.warnings)
    assert len(movements(tx)) == 1


def test_a_refusal_of_an_earlier_try_says_nothing_of_the_next(tx: Transaction) -> None:
    """Nor one of a payment that is none of ours."""
    answered(tx, status(end_to_end_id="payment-1-1"))
    tx.execute("UPDATE payment SET exported_on = :today, next_try_on = NULL WHERE id = 1")
    answered(tx, status(end_to_end_id="payment-1-1", code="MS03"), name="b.xml")
    answered(tx, status(end_to_end_id="payment-77-1"), name="c.xml")
    assert payment(tx).tries == 1
    answered(tx, status(end_to_end_id="payment-1-2"), name="d.xml")
    assert payment(tx).tries == 2


def test_several_refusals_of_a_customer_are_one_letter(tx: Transaction) -> None:
    """As payment fail does."""
    tx.execute(
        """
        INSERT INTO payment (
            id, customer_id, method_id, amount_cents, status, created_on, exported_on
        )
        SELECT 2, customer_id, method_id, 100, 'pending', :today, :today FROM payment WHERE id = 1
        """
    )
    answered(
        tx, status(end_to_end_id="payment-1-1"), status(end_to_end_id="payment-2-1", code="XX00")
    )
    assert [payment(tx, 1).tries, payment(tx, 2).tries] == [1, 1]
    assert tx.number("SELECT count(*) FROM notice WHERE kind = 'payment-failed'") == 1


def test_a_report_of_thousands_of_answers_is_told_in_a_few_lines(tx: Transaction) -> None:
    """What a person must look at comes first, and the rest is counted."""
    came(tx, amount(tx), end_to_end_id="payment-1-1")
    others = [status(end_to_end_id=f"payment-{number}-1") for number in range(100, 1100)]
    result = answered(tx, *others, status(end_to_end_id="payment-1-1"))
    assert len(result.warnings) < 30
    assert "whose money has come" in result.warnings[0]
    assert "the report has 981 more refusals" in result.warnings[20]
