"""The errors by which damage to a store may show, whichever database keeps it."""

from __future__ import annotations

SYMPTOMS = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""None of it is a refusal that mailctl raises for a person; each database adds its own errors."""
