"""A noun or a verb that there is not: which command was probably meant, as a whole line."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from mailctl.cli import synonyms
from mailctl.cli.command_lines import (
    command_at,
    line,
    nouns_of_verbs,
    options_for,
    parses,
    ratio,
    root_of,
    verbs_of,
    without_store,
)
from mailctl.cli.typer_parts import Context, program_context
from mailctl.close_words import begun_or_close, close_words, did_you_mean
from mailctl.errors import UsageError

_MOST = 3
_INVOICE = re.compile(r"(AV)?\d{4}-\d{6,}")
# Things that have a number, an address or another name with a digit or an @ in it.
_NUMBERED = frozenset(("account", "invoice", "order", "notice", "task", "payment", "bank"))
_NUMBER = re.compile(r"[\d@]")
# What takes something away is never proposed of another noun.
_FINAL = frozenset(("delete", "erase", "close", "cancel", "remove"))
# What is shown one by one of most nouns, and only in a list of the others.
_SHOWING = frozenset(
    ("show", *(word for word, verbs in synonyms.VERBS.items() if "show" in verbs))
) - {"status", "balance"}
# The nouns that a verb alone is likeliest about.
_FIRST = "account customer platform invoice order settings"
_SURE = 0.75
_JOINTS = re.compile(r"[-_.:/ ]")
Line = list[str]


def unknown_command(context: Context, words: Sequence[str]) -> UsageError:
    """The refusal of a word that is no command: what was probably meant, and how to type it."""
    program = root_of(context)
    noun = context.command_path.split()[1:]
    if noun == ["help"]:
        return _unknown_topic(program, list(words))
    typed = [*noun, *words]
    meant = _meant(program, noun, list(words))
    shown = shlex.join((*noun, words[0]))
    paths = list(dict.fromkeys(" ".join(command_at(program, one)[0]) for one in meant))[:_MOST]
    return UsageError(
        f"there is no command {shown}{did_you_mean(paths)}", hint=_hint(program, meant, typed)
    )


def _unknown_topic(program: Any, words: Line) -> UsageError:
    """The refusal of `help WORDS` where there is neither such a command nor such a topic."""
    topics = [[one] for one in _close(words[0].lower(), verbs_of(program, "help"))]
    paths = [command_at(program, one)[0] for one in _meant(program, [], words)]
    meant = list(
        dict.fromkeys(" ".join(one) for one in (*topics, *paths) if one[:1] not in ([], ["help"]))
    )[:_MOST]
    return UsageError(
        f"there is no command and no topic {words[0]}{did_you_mean(meant)}",
        hint=f"mailctl help {meant[0]}" if meant else "mailctl help",
    )


def _hint(program: Any, meant: Sequence[Line], typed: Line) -> str:
    """The commands meant, whole where they parse; else the help of the likeliest."""
    whole = [one for one in meant if parses(program, without_store(one))]
    if whole:
        return ", or ".join(line(*one) for one in whole[:2])
    if meant and meant[0][1:2] == ["list"]:
        return line(*command_at(program, meant[0])[0])
    if meant:
        return line(*command_at(program, meant[0])[0], "--help")
    path = command_at(program, typed)[0]
    return line(*path, "--help") if path else "mailctl help"


def _meant(program: Any, noun: Line, words: Line) -> list[Line]:
    """The command lines that were probably meant: those of the first rule that finds any."""
    rules = _verbs_meant(program, noun[0], words) if noun else _nouns_meant(program, words)
    for found in rules:
        complete: list[Line] = []
        for fixed in (fixed for one in found for fixed in _completed(program, one)):
            if fixed not in complete:
                complete.append(fixed)
        if complete:
            return complete
    return []


def _completed(program: Any, words: Line) -> list[Line]:
    """A line whose noun is right, with its verb put right too."""
    path, rest = command_at(program, words)
    if not path:
        return []
    verbs = verbs_of(program, path[0])
    if len(path) == 1 and verbs and rest and not rest[0].startswith("-"):
        for found in _verbs_meant(program, path[0], rest):
            if found:
                return [one for one in found if command_at(program, one)[0]]
        return [path]
    return [words]


def _nouns_meant(program: Any, words: Line) -> Iterator[list[Line]]:
    """What a line may mean whose first word is no noun, a list for each rule."""
    word, rest = words[0].lower(), words[1:]
    nouns = list(program.names())
    phrase = synonyms.PHRASES.get((word, rest[0].lower())) if rest else None
    yield [[*phrase.split(), *rest[1:]]] if phrase else []
    # Pasted behind a command's name that was typed already.
    yield [rest] if word == "mailctl" and rest and _begins(program, rest[:1]) else []
    yield [[noun, *rest] for noun in nouns if noun in _spellings(word)]
    yield [[*parts, *rest] for parts in _joined(word) if _begins(program, parts)]
    yield [
        [*synonyms.NOUNS[one].split(), *rest]
        for one in _spellings(word)
        if one in synonyms.NOUNS and _begins(program, synonyms.NOUNS[one].split())
    ]
    yield list(_verb_first(program, word, rest))
    yield list(_by_looks(program, words[0], rest))
    yield [[noun, *rest] for noun in _close(word, nouns)]
    yield [
        [noun, verb, *rest]
        for verb in _close(word, nouns_of_verbs(program))
        for noun in nouns_of_verbs(program)[verb]
    ]


def _verbs_meant(program: Any, noun: str, words: Line) -> Iterator[list[Line]]:
    """What a line may mean whose second word is no verb of its noun, a list for each rule."""
    word, rest = words[0].lower(), words[1:]
    verbs = verbs_of(program, noun)
    if word in verbs:
        yield [[noun, word, *rest]]
    yield [[noun, one, *rest] for one in verbs if one in _spellings(word)]
    if word in _SHOWING and "list" in verbs and "show" not in verbs:
        yield _listed(program, noun, rest)
    own = synonyms.VERBS_OF.get(noun, {}).get(word)
    meant = [one for one in (own, *synonyms.VERBS.get(word, ())) if one in verbs]
    yield [[noun, meant[0], *_searched(word, meant[0], rest)]] if meant else []
    yield list(_filtered(program, noun, verbs, words))
    # `order account`, `list accounts`: the verb stands first.
    yield [[one, noun, *rest] for one in _spellings(word) if noun in _verbs_or_none(program, one)]
    # `account 17 renew`: the verb stands after what it is about.
    if rest and rest[0] in verbs:
        yield [[noun, rest[0], words[0], *rest[1:]]]
    if word not in _FINAL:
        yield [[other, word, *rest] for other in nouns_of_verbs(program).get(word, [])]
    close = [[noun, one, *rest] for one in _close_verbs(word, verbs)]
    value = _about(noun, verbs, words)
    yield close if close and ratio(word, close[0][1]) >= _SURE else [*close, *value]


def _listed(program: Any, noun: str, rest: Line) -> list[Line]:
    """The list of what cannot be shown one by one, searched where a name was given."""
    names = list(takewhile(lambda word: word[:1] != "-", rest))
    lines = [[noun, "list", *rest[len(names) :]]]
    if names and not names[0].isdigit():
        lines.insert(0, [noun, "list", "--search", *rest])
    return _fitting(program, lines)[:1]


def _verbs_or_none(program: Any, noun: str) -> list[str]:
    return verbs_of(program, noun) if noun in program.names() else []


def _searched(word: str, verb: str, rest: Line) -> Line:
    """`search acme` is `list --search acme`."""
    if verb == "list" and word in ("search", "find", "grep", "query") and rest:
        return rest if rest[0].startswith("-") else ["--search", *rest]
    return rest


def _verb_first(program: Any, word: str, rest: Line) -> Iterator[Line]:
    """`list accounts`, `renew 17`: a verb where the noun should be."""
    known = nouns_of_verbs(program)
    verbs = [
        verb
        for verb in dict.fromkeys((word, *_spellings(word), *synonyms.VERBS.get(word, ())))
        if verb in known
    ]
    second = _spellings(rest[0].lower()) if rest else []
    named = [one for one in second if one in program.names()]
    named += [
        synonyms.NOUNS[one]
        for one in second
        if one in synonyms.NOUNS and _begins(program, [synonyms.NOUNS[one]])
    ]
    for verb in verbs:
        for noun in known[verb]:
            if noun in named:
                # `get accounts` of other tools asks for all of them.
                is_list = not rest[1:] and "list" in verbs and "list" in verbs_of(program, noun)
                yield [noun, "list" if is_list else verb, *rest[1:]]
                return
    if verbs and not named:
        is_name = bool(rest) and not _NUMBER.search(rest[0])
        nouns = sorted(
            (one for one in known[verbs[0]] if not (is_name and one in _NUMBERED)),
            key=lambda noun: _FIRST.find(noun) % len(_FIRST),
        )
        rest = _searched(word, verbs[0], rest)
        yield from _fitting(program, [[noun, verbs[0], *rest] for noun in nouns])


def _fitting(program: Any, lines: list[Line]) -> list[Line]:
    """The lines that parse, or all where none does; what looks like an account comes first."""
    whole = [one for one in lines if parses(program, without_store(one))]
    likely = [
        one
        for one in whole
        if (one[0] == "invoice") == any(_INVOICE.fullmatch(word) for word in one[2:])
        and (one[0] == "account" or not any("@" in word for word in one[2:]))
    ]
    return likely or whole or lines


def _by_looks(program: Any, word: str, rest: Line) -> Iterator[Line]:
    """A thing where a command should be: shown, by what its name looks like."""
    if rest and not rest[0].startswith("-"):
        return
    if _INVOICE.fullmatch(word):
        yield ["invoice", "show", word, *rest]
    elif "@" in word or word.isdigit():
        yield ["account", "show", word, *rest]
    elif "find" in program.names() and (word.startswith("+") or " " in word):
        yield ["find", word, *rest]


def _filtered(program: Any, noun: str, verbs: Sequence[str], words: Line) -> Iterator[Line]:
    """`account suspended`, `invoice overdue`: what the list, or the only verb, is asked for."""
    verb = "list" if "list" in verbs else verbs[0] if len(verbs) == 1 else None
    if verb is None:
        return
    place: Any = program_context(program)
    group = program.get_command(place, noun)
    command = group.get_command(place, verb)
    for option in options_for(command, Context(command, info_name=verb), words[0].lower()):
        if not option.startswith("--search "):
            yield [noun, verb, *option.split(" ", 1), *words[1:]]


def _about(noun: str, verbs: Sequence[str], words: Line) -> Iterator[Line]:
    """A thing where the verb should be: `customer acme` shows it, `tax FR 21` sets it."""
    if words[0].startswith("-") or (noun in _NUMBERED and not _NUMBER.search(words[0])):
        return
    if "show" in verbs:
        yield [noun, "show", *words]
    elif "set" in verbs and len(words) > 1:
        yield [noun, "set", *words]
    elif "list" in verbs and words[0] not in synonyms.VERBS:
        yield [noun, "list", "--search", *words]


def _spellings(word: str) -> list[str]:
    """A word as it stands, and without the ending of a plural; then with one."""
    found = [word]
    if word.endswith("ies"):
        found.append(f"{word[:-3]}y")
    if word.endswith("es"):
        found.append(word[:-2])
    if word.endswith("s"):
        found.append(word[:-1])
    return [*found, f"{word}s"]


def _joined(word: str) -> Iterator[Line]:
    """`account-list` and `list_accounts` as two words, in both orders."""
    parts = [part for part in _JOINTS.split(word) if part]
    if len(parts) == 2:
        for first, second in (parts, parts[::-1]):
            for noun in _spellings(first):
                yield [noun, second]


def _begins(program: Any, words: Line) -> bool:
    """Whether the words are a command or a noun, to the last of them."""
    return not command_at(program, words)[1]


def _close(word: str, known: Iterable[str]) -> list[str]:
    """Up to three words that begin with this one, or else are spelt like it."""
    words = list(known)
    return list(begun_or_close(word, words) if len(word) > 1 else close_words(word, words))


def _close_verbs(word: str, verbs: Sequence[str]) -> list[str]:
    """Verbs of a noun that are spelt like a word, or mean what is spelt like it."""
    meanings = {
        synonym: [one for one in meant if one in verbs][:1]
        for synonym, meant in synonyms.VERBS.items()
        if synonym not in verbs
    }
    known = [*verbs, *(synonym for synonym, meant in meanings.items() if meant)]
    found = (meanings.get(one) or [one] for one in _close(word, known))
    return list(dict.fromkeys(one for (one,) in found))
