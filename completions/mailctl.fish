# fish completion for mailctl
function __mailctl_complete
    set --local --export _MAILCTL_LINE (commandline -cp)
    set --local --export _MAILCTL_COMPLETE complete_fish
    set --local names (mailctl 2>/dev/null)
    if set --query names[1]
        # fish quotes what it inserts.
        printf '%s\n' $names
    else
        __fish_complete_path (commandline -ct)
    end
end
complete --command mailctl --no-files --arguments '(__mailctl_complete)'
