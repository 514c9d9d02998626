from collections.abc import Iterator

import pytest

from mailctl.documents.validating import Validator


@pytest.fixture(scope="session")
def validator() -> Iterator[Validator]:
    with Validator() as checking:
        yield checking
