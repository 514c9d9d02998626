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
