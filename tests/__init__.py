"""The tests of mailctl."""

from __future__ import annotations

import pytest

# What these assert is shown as plainly as in a test.
pytest.register_assert_rewrite("tests.helpers", "tests.scenarios.story")
