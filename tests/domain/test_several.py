"""Several things in one command: one refusal names all that are refused, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailctl.domain.several import all_or_none
from mailctl.errors import MailctlError, PaymentNotFoundError, PaymentNotPendingError


def refusing(error: MailctlError) -> Callable[[], int]:
    """A work that is refused."""

    def work() -> int:
        raise error

    return work


def refusal(number: int) -> MailctlError:
    """What one refusal says of so many things, each for a reason of its own."""
    works = [(n, refusing(PaymentNotPendingError(f"reason {chr(97 + n)}"))) for n in range(number)]
    with pytest.raises(MailctlError) as refused:
        all_or_none("payment", works)
    return refused.value


def test_what_is_not_refused_is_made() -> None:
    assert all_or_none("payment", [(1, lambda: 7), (2, lambda: 8)]) == [7, 8]


@pytest.mark.parametrize(
    ("number", "last"), [(10, "reason j"), (11, "and 1 more reason"), (12, "and 2 more reasons")]
)
def test_ten_reasons_are_named_and_how_many_more_there_are(number: int, last: str) -> None:
    error = refusal(number)
    assert (len(error.lines), error.lines[-1]) == (min(number, 11), last)


def test_the_code_is_that_of_the_refusal_that_comes_first() -> None:
    """What does not exist comes before what is not possible, in whatever order they are named."""
    works = [
        (1, refusing(PaymentNotPendingError("payment 1 is failed"))),
        (2, lambda: 7),
        (3, refusing(PaymentNotFoundError("there is no payment 3"))),
    ]
    with pytest.raises(PaymentNotFoundError) as refused:
        all_or_none("payment", works)
    assert "2 of 3 payments are refused" in refused.value.message
    assert len(refused.value.lines) == 2
