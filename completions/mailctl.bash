# bash completion for mailctl
_mailctl() {
    local name
    # The answers can stand in the place of $2 as they are, quoted as the line needs it.
    COMPREPLY=()
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(_MAILCTL_LINE=${COMP_LINE:0:COMP_POINT} _MAILCTL_WORD=$2 \
        _MAILCTL_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o default -F _mailctl mailctl
