#!/bin/sh
# A driver for mailctl (docs/drivers.md) in POSIX shell, to begin your own with. Each mailbox is a
# file in $root that says its state and address: put your mail server's commands in their place.
root=/srv/mailboxes
answer() { printf '{"id":%s,"result":"%s","changed":%s,"detail":"%s"%s}\n' "$id" "$@"; }
refused() { answer refused false "$1" ""; }
text() { case $2 in *"\"$1\":\""*) rest=${2#*"\"$1\":\""}; printf '%s\n' "${rest%%\"*}" ;; esac; }
save() { # a state and an address: whole or not at all, whenever this is killed
    [ "$dry" ] || { printf '"mailbox":"%s","state":"%s","address":%s\n' "$mailbox" "$1" "${2:-null}" \
        >"$root/.new" && sync "$root/.new" && mv "$root/.new" "$box"; } || exit 1
    answer done true "" ""
}
mkdir -p "$root" || exit 1
printf '%s' '{"protocol":"mailctl-driver/1","name":"example","version":"1","capabilities":["create",' \
    '"suspend","reopen","wipe","rename","delete","state","list"],"delivery_while_suspended":true}
'
while IFS= read -r line; do
    id=${line#*'"id":'} id=${id%%[!0-9]*} try=${line#*'"attempt":'} try=${try%%[!0-9]*}
    kind=$(text kind "$line") mailbox=$(text mailbox "$line") address=$(text address "$line")
    case $line in *'"dry_run":true'*) dry=yes ;; *) dry= ;; esac
    case $line in *'"existing":true'*) existing=yes ;; *) existing= ;; esac
    case $kind:$mailbox in
    list:) some=$(cd "$root" && ls | LC_ALL=C awk -v after="$(text after "$line")" '$0 "" > after ""' |
            LC_ALL=C sort | head -n 1000 | xargs sed 's/.*/{&}/' | paste -sd , -)
        answer done false "" ",\"mailboxes\":[$some],\"more\":${some:+true}${some:-false}"
        ;;
    esac
done
