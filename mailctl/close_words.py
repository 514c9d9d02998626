"""Words that are spelt like another: what refusals propose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST = 3
"""The most words that one refusal proposes."""


_ALIKE = 0.6
VERY_ALIKE = 0.65
"""Where a word may well be somebody else's own: `since` is no `siren`."""


def close_words(
    word: str, known: Iterable[object], *, most: int = MOST, likeness: float = _ALIKE
) -> tuple[str, ...]:
    """Some of the known words that are spelt like this one, the likeliest first."""
    # Needed for refusals alone, and each command pays for what it imports.
    from difflib import get_close_matches

    return tuple(get_close_matches(word, [str(one) for one in known], n=most, cutoff=likeness))


def close_addresses(address: str, known: Iterable[str], *, most: int = MOST) -> tuple[str, ...]:
    """Some of the known addresses of which both halves are spelt like those of this one.

    Together they are always alike: of short names only the domain, and all of them end in `.com`.
    """
    from difflib import SequenceMatcher

    def alike(one: str, other: str) -> float:
        return SequenceMatcher(None, one, other).ratio()

    def likeness(other: str) -> float:
        (local, domain), (its_local, its_domain) = halves(address), halves(other)
        both = alike(local, its_local), alike(domain, its_domain)
        return sum(both) if min(both) >= _ALIKE else 0

    found = {one: likeness(one) for one in known}
    alikes = sorted((one for one in found if found[one]), key=lambda one: (-found[one], one))
    return tuple(alikes[:most])


def halves(address: str) -> tuple[str, str]:
    """What stands before the @, and the domain without its last part, which many share."""
    local, _, domain = address.rpartition("@")
    return local, domain.rpartition(".")[0]


def begun_or_close(word: str, known: Iterable[str], *, most: int = MOST) -> tuple[str, ...]:
    """Some of the known words that begin with this one; where none does, those spelt like it."""
    words = list(known)
    begun = [one for one in words if word and one.startswith(word)]
    return tuple(begun[:most]) or close_words(word, words, most=most)


def did_you_mean(words: Sequence[str]) -> str:
    """The end of a sentence that proposes words: `; did you mean a, b or c?`; nothing for none."""
    if not words:
        return ""
    first = f"{', '.join(words[:-1])} or " if len(words) > 1 else ""
    return f"; did you mean {first}{words[-1]}?"
