#!/bin/sh
# A driver for mailctl in POSIX shell, to begin your own with (docs/drivers.md). Its mail server is
# a folder: a file a mailbox, with its state and address. Put your server's commands in its place.
root=/srv/mailboxes

text() { case $line in *"\"$1\":\""*) rest=${line#*"\"$1\":\""}; echo "${rest%%\"*}" ;; esac; }
answer() { printf '{"id":%s,"result":"%s","changed":%s%s}\n' "$id" "$1" "$2" "$3"; }
refuse() { answer refused false ",\"detail\":\"$1\""; }
taken() { grep -slxF -e "active $address" -e "suspended $address" "$root"/* | grep -qvxF "$box"; }
save() { # Whole or not at all, and on the disk before it is answered; where that fails, no answer.
    [ "$dry" ] || { echo "$1 $2" >"$root/.new" && mv "$root/.new" "$box" && sync "$box"; } || exit 1
    answer done true
}

mkdir -p "$root" || exit 1
echo '{"protocol":"mailctl-driver/1","name":"example","version":"1","capabilities":["create",
    "suspend","reopen","wipe","rename","delete","state","list"],"delivery_while_suspended":true}' |
    tr -d '\n ' && echo
while IFS= read -r line; do
    id=${line#*'"id":'}; id=${id%%[!0-9]*}; kind=$(text kind); mailbox=$(text mailbox)
    attempt=${line#*'"attempt":'}; attempt=${attempt%%[!0-9]*}; dry=; existing=; address=null
    case $line in *'"dry_run":true'*) dry=yes ;; esac
    case $line in *'"existing":true'*) existing=yes ;; esac
    case $line in *'"address":"'*) address="\"$(text address)\"" ;; esac
    box=$root/$mailbox; had=; had_address=
    [ -f "$box" ] && read -r had had_address <"$box"
    case $kind:$mailbox:$had in
    settings::) answer done false ;;
    list::)
        some=$(cd "$root" && ls | LC_ALL=C sort | LC_ALL=C awk -v after="$(text after)" '
            $0 "" > after "" && n++ < 500 { getline it <$0; close($0); split(it, had, " ")
                printf "%s{\"mailbox\":\"%s\",\"state\":\"%s\",\"address\":%s}",
                    (n > 1 ? "," : ""), $0, had[1], had[2] }') || exit 1
        if [ "$some" ]; then more=true; else more=false; fi # none at last
        answer done false ",\"mailboxes\":[$some],\"more\":$more" ;;
    *::* | *:.* | *[!A-Za-z0-9._:-]*) refuse "no mailbox has such a name here" ;;
    create:*: | create:*:?* | rename:*:?*)
        if [ "$kind$existing$attempt" = create1 ] && [ "$had" ]; then refuse "it is there already"
        elif [ "$address" = "$had_address" ]; then answer already false
        elif [ "$kind$existing" = create ] && [ "$had" ]; then refuse "$mailbox has another address"
        elif [ "$address" != null ] && taken; then refuse "another mailbox has this address"
        else save "${had:-active}" "$address"; fi ;;
    suspend:*:active) save suspended "$had_address" ;;
    reopen:*:suspended) save active "$had_address" ;;
    suspend:*:?* | reopen:*:?*) answer already false ;;
    wipe:*:?* | delete:*:?*) [ "$dry" ] || rm "$box" || exit 1; answer done true ;;
    state:*:?*) answer done false ",\"state\":\"$had\",\"address\":$had_address" ;;
    suspend:* | reopen:* | rename:* | wipe:* | delete:* | state:*) answer absent false ;;
    *) refuse "this driver does not know $kind" ;;
    esac
done
