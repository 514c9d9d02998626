"""The kinds of notices: what the store must know of each."""

from __future__ import annotations

from collections.abc import Mapping

_MANUAL = "(SELECT m.id FROM platform m WHERE m.renewal = 'manual')"
_RENEWS_YEARLY = f"a.state = 'active' AND a.renewal = 'yearly' AND a.platform_id NOT IN {_MANUAL}"

ANNOUNCED: Mapping[str, str] = {
    "renewal-coming": _RENEWS_YEARLY,
    "price-changed": _RENEWS_YEARLY,
    "expiry-coming": (f"a.state = 'active' AND (a.renewal = 'none' OR a.platform_id IN {_MANUAL})"),
    "deletion-coming": "a.state = 'suspended'",
}
"""By kind of notice: the accounts `a` whose next event is what the notice announces."""
