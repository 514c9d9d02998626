"""Why banks and gateways take money back: a bank's reason is a code, a gateway's any word."""

from __future__ import annotations

import pytest

from mailctl.domain.answers import CODES, LACK_OF_FUNDS, check_code
from mailctl.domain.payments import MethodKind
from mailctl.errors import UsageError


def test_a_bank_gives_a_code_of_the_list_in_either_case() -> None:
    assert check_code(MethodKind.BANK, "am04") == "AM04"
    assert (MethodKind.BANK.value, "AM04") == LACK_OF_FUNDS
    assert CODES["AM04"] == "insufficient funds"


@pytest.mark.parametrize("reason", ["XX99", "insufficient funds", "AM4"])
def test_a_reason_that_no_bank_gives_is_refused(reason: str) -> None:
    """A slip must not decide whether a customer is asked for money again."""
    with pytest.raises(UsageError) as refused:
        check_code(MethodKind.BANK, reason)
    assert refused.value.hint is not None
    assert "AM04 (insufficient funds)" in refused.value.hint


@pytest.mark.parametrize("kind", [MethodKind.CARD, MethodKind.PAYPAL])
def test_a_gateway_says_it_in_its_own_words(kind: MethodKind) -> None:
    assert check_code(kind, "am04 do not honour") == "am04 do not honour"
    with pytest.raises(UsageError):
        check_code(kind, "")
