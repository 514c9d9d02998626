"""Completion for bash, zsh and fish: the scripts, and the answers that they ask the program for.

`_MAILCTL_COMPLETE=source_bash mailctl` prints a script; the scripts call the program again with the
line typed so far. Typer's own are not used: they split words at `@` and load rich for every answer.
"""

from __future__ import annotations

import os
import sys

from typer._click.shell_completion import (
    CompletionItem,
    _resolve_context,
    _resolve_incomplete,
    split_arg_string,
)

from mailctl.cli.text import clean
from mailctl.cli.tree import Group

VARIABLE = "_MAILCTL_COMPLETE"

BASH = """\
# bash completion for mailctl
_mailctl() {
    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} word name
    # What stands before the cursor, whole: bash splits words at @, : and = as well.
    word=${line##*[[:space:]]}
    # The part of it that bash has set aside already, and will not replace.
    local kept=${word%"$current"}
    COMPREPLY=()
    while IFS= read -r name; do
        COMPREPLY+=("${name#"$kept"}")
    done < <(_MAILCTL_LINE=$line _MAILCTL_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o default -F _mailctl mailctl
"""

ZSH = """\
#compdef mailctl
# zsh completion for mailctl
_mailctl() {
    local -a lines names
    local line
    lines=("${(@f)$(_MAILCTL_LINE="${(j: :)${(@q)words[1,CURRENT]}}" \\
        _MAILCTL_COMPLETE=complete_zsh "${words[1]}" 2>/dev/null)}")
    for line in $lines; do
        [[ -n $line ]] || continue
        names+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
    done
    if (( ${#names} )); then
        _describe mailctl names
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
        printf '%s\\n' $names
    else
        __fish_complete_path (commandline -ct)
    end
end
complete --command mailctl --no-files --arguments '(__mailctl_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def answer(program: Group, instruction: str) -> int:
    """Print a script, or the completions of a line; gives the exit status."""
    action, _, shell = instruction.partition("_")
    if action == "source" and shell in SCRIPTS:
        sys.stdout.write(SCRIPTS[shell])
        return 0
    if action != "complete" or shell not in SCRIPTS:
        sys.stderr.write(f"{VARIABLE} is source_ or complete_ with one of {', '.join(SCRIPTS)}\n")
        return 2
    for item in completions(program, os.environ.get("_MAILCTL_LINE", "")):
        text = clean(str(item.value))
        sys.stdout.write(f"{text}\t{clean(item.help or '')}\n" if shell != "bash" else f"{text}\n")
    return 0


def completions(program: Group, line: str) -> list[CompletionItem]:
    """What may stand at the end of a line; nothing where anything goes wrong."""
    words = split_arg_string(line)[1:]
    incomplete = words.pop() if words and not line[-1:].isspace() else ""
    try:
        context = _resolve_context(program, {}, "mailctl", words)
        if isinstance(context.command, Group) and context._protected_args:  # noqa: SLF001
            return []
        asked, incomplete = _resolve_incomplete(context, words, incomplete)
        return asked.shell_complete(context, incomplete)
    except Exception:  # noqa: BLE001 - a shell must never be answered with a traceback
        return []
