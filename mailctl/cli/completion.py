"""Completion for bash, zsh and fish: the scripts, and the answers that they ask the program for.

`_MAILCTL_COMPLETE=source_bash mailctl` prints a script; the scripts call the program again with the
line typed so far. Typer's own are not used: they split words at `@` and load rich for every answer.
Every name is quoted for the shell, here for bash, by themselves in zsh and fish.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from mailctl.cli import help_words, shells
from mailctl.cli.command_lines import command_at, verbs_of
from mailctl.cli.render.text import clean
from mailctl.cli.tree import Group
from mailctl.cli.typer_parts import CompletionItem, completed

VARIABLE = "_MAILCTL_COMPLETE"

BASH = """\
# bash completion for mailctl
_mailctl() {
    local name
    # The answers can stand in the place of $2 as they are, quoted as the line needs it.
    COMPREPLY=()
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(_MAILCTL_LINE=${COMP_LINE:0:COMP_POINT} _MAILCTL_WORD=$2 \\
        _MAILCTL_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o default -F _mailctl mailctl
"""

ZSH = """\
#compdef mailctl
# zsh completion for mailctl
_mailctl() {
    local -a names shown
    local line
    for line in "${(@f)$(_MAILCTL_COMPLETE=complete_zsh "${words[1]}" \\
        -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        names+=("${line%%$'\\t'*}")
        shown+=("${${line/$'\\t'/  -- }%  -- }")
    done
    if (( ${#names} )); then
        # compadd quotes what it inserts.
        compadd -l -d shown -a names
    else
        _files
    fi
}
if [[ ${funcstack[1]} == _mailctl ]]; then
    _mailctl "$@"
else
    compdef _mailctl mailctl
fi
"""

FISH = """\
# fish completion for mailctl
function __mailctl_complete
    set --local --export _MAILCTL_LINE (commandline -cp)
    set --local --export _MAILCTL_COMPLETE complete_fish
    set --local names (mailctl 2>/dev/null)
    if set --query names[1]
        # fish quotes what it inserts.
        printf '%s\\n' $names
    else
        __fish_complete_path (commandline -ct)
    end
end
complete --command mailctl --no-files --arguments '(__mailctl_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def answer(program: Group, instruction: str, words: Sequence[str] = ()) -> int:
    """Print a script, or the completions of a line; gives the exit status.

    The line is in `_MAILCTL_LINE` as it was typed, or its words come one by one after a `--`.
    """
    action, _, shell = instruction.partition("_")
    if action == "source" and shell in SCRIPTS:
        sys.stdout.write(SCRIPTS[shell])
        return 0
    if action != "complete" or shell not in SCRIPTS:
        sys.stderr.write(f"{VARIABLE} is source_ or complete_ with one of {', '.join(SCRIPTS)}\n")
        return 2
    line = shells.words_of(os.environ.get("_MAILCTL_LINE", ""), shell)
    before = list(words[1:-1]) if words else [word.value for word in line[1:-1]]
    typed = words[-1] if words else line[-1].value
    for item in completions(program, before, typed):
        name, about = str(item.value), clean(item.help or "")
        if shell != "bash":
            sys.stdout.write(f"{name}\t{about}\n")
            continue
        last = line[-1]
        rest = shells.rest_for_bash(last, os.environ.get("_MAILCTL_WORD", last.typed), name)
        if rest is not None:
            sys.stdout.write(f"{rest}\n")
    return 0


def completions(program: Group, words: list[str], typed: str) -> list[CompletionItem]:
    """What may stand in the place of the word typed after others; nothing where anything fails.

    A name that looks like an option is offered only after `--`, one with unseen characters never.
    """
    if (asked := help_words.asked_about(words)) is not None:
        return _commands_and_topics(program, asked, typed)
    try:
        found, value = completed(program, words, typed)
    except Exception:  # noqa: BLE001 - a shell must never be answered with a traceback
        return []
    # Of `--state=del` only the value is completed.
    option = typed.removesuffix(value) if typed.startswith("-") else ""
    is_option = "--" not in words and not typed.startswith("-")
    offered = []
    for item in found:
        item.value = f"{option}{item.value}"
        if item.value == clean(item.value) and not (is_option and item.value.startswith("-")):
            offered.append(item)
    return offered


def _commands_and_topics(program: Group, words: list[str], typed: str) -> list[CompletionItem]:
    """What may follow `help`: nouns and topics, then the verbs of a noun, and nothing more."""
    path, rest = command_at(program, words)
    try:
        if not words:
            found = [*completed(program, [], typed)[0], *completed(program, ["help"], typed)[0]]
        elif not path:
            found = completed(program, ["help", *words], typed)[0]
        elif not rest and len(path) == 1 and verbs_of(program, path[0]):
            found = completed(program, path, typed)[0]
        else:
            found = []
    except Exception:  # noqa: BLE001 - as for all other words
        return []
    return found
