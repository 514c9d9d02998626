"""How many random lives a run has: a few fixed ones, or as many at random as MAILCTL_LIVES asks.

`just long` asks for a thousand of each sort.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

ASKED = os.environ.get("MAILCTL_LIVES")


def how_many(few: int) -> int:
    """So many lives, unless more were asked for."""
    return int(ASKED or few)


def lives(few: int, *, shrinking: bool = True) -> settings:
    """Hypothesis settings for so many lives; explaining a failure beyond its moves is slow."""
    return settings(
        max_examples=how_many(few),
        derandomize=ASKED is None,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink] if shrinking else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
