"""How shells read words, and how a word is written so that a shell reads it back as it is.

A name from the store may hold whatever e-mail's rules allow in an address; completed on a command
line it must stay one word, and run nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What bash takes literally anywhere in a word. Not `~`, which is expanded after `=`.
_BASH_PLAIN = re.compile(r"[\w@%+,./:=-]")
# Inside double quotes these still mean something; a backslash takes that from all but `!`.
_BASH_IN_DOUBLE = frozenset('$`"\\')
_FISH_ESCAPED = {"": None, "'": "\\'", '"': '\\"$'}
_BASH_ESCAPED = {"": None, "'": "", '"': '\\"$`'}


@dataclass(slots=True)
class Word:
    """A word of a line as it was typed so far: as it stands, what it means, the quote left open."""

    typed: str = ""
    value: str = ""
    quote: str = ""


def words_of(line: str, shell: str) -> list[Word]:
    """The words of a line up to the cursor; the last is the one being typed, perhaps empty."""
    escaped = _FISH_ESCAPED if shell == "fish" else _BASH_ESCAPED
    words = [Word()]
    rest = iter(line)
    for char in rest:
        word = words[-1]
        if not word.quote and char.isspace():
            if word.typed:
                words.append(Word())
            continue
        word.typed += char
        if char == word.quote:
            word.quote = ""
        elif not word.quote and char in "'\"":
            word.quote = char
        elif char == "\\" and escaped[word.quote] != "":
            follower = next(rest, "")
            word.typed += follower
            taken = escaped[word.quote]
            word.value += follower if taken is None or follower in taken else char + follower
        else:
            word.value += char
    return words


def quoted_for_bash(text: str, quote: str = "") -> str:
    """Text as bash reads it back, where `quote` has been opened before it.

    The quote stays open: readline closes it. `!` recalls old commands even inside double quotes.
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return "".join(
            f"\\{char}" if char in _BASH_IN_DOUBLE else '"\\!"' if char == "!" else char
            for char in text
        )
    return "".join(char if _BASH_PLAIN.fullmatch(char) else f"\\{char}" for char in text)


def rest_for_bash(word: Word, replaced: str, name: str) -> str | None:
    """What bash puts in the place of `replaced`, the end of a typed word, to make it a name.

    bash breaks a word at `@`, `:`, `=` and at its quotes, and replaces the last piece alone. None
    where the name does not begin as what is kept.
    """
    if not word.typed.endswith(replaced):
        return None
    kept = words_of(word.typed[: len(word.typed) - len(replaced)], "bash")[-1]
    if not name.startswith(kept.value):
        return None
    return quoted_for_bash(name[len(kept.value) :], kept.quote)
