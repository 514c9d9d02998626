#!/bin/sh
# Dovecot @VERSION@ and Postfix for mailctl. Read it, then run it as root; it can be run again.
# It changes nothing of mailctl's own, and starts nothing.
set -eu
umask 022

# First whether all of it can be done. What is somebody else's is left as it is.
no() {
  echo "error: $1; nothing was done" >&2
  exit 1
}
for user in '@USER@' '@AUTH_USER@' '@POSTFIX_USER@'; do
  getent passwd "$user" > /dev/null || no "there is no user $user"
done
getent group '@GROUP@' > /dev/null || no 'there is no group @GROUP@'
for folder in '@DOVECOT@' '@POSTFIX@'; do
  [ -d "$folder" ] || no "there is no folder $folder"
done
[ ! -e '@DOVECOT@/local.conf' ] || grep -q '^# Made by: mailctl driver dovecot' '@DOVECOT@/local.conf' ||
  no '@DOVECOT@/local.conf has settings of your own: move them to a file in @DOVECOT@/conf.d'
filled() { [ -d "$1" ] && [ -n "$(ls -A "$1")" ]; }
! filled '@HOMES@' || [ "$(stat -c %U '@HOMES@')" = '@MAIL_USER@' ] ||
  no '@HOMES@ does not belong to @MAIL_USER@: if it is for the mail alone, chown it'
! filled '@DATABASE_FOLDER@' || [ "$(stat -c %U:%G '@DATABASE_FOLDER@')" = '@USER@:@GROUP@' ] ||
  no '@DATABASE_FOLDER@ is a folder for other things: name an empty or a new one'

# The mail belongs to @MAIL_USER@. mailctl's own user, @USER@, can neither read nor remove it: it asks Dovecot.
getent passwd '@MAIL_USER@' > /dev/null ||
  useradd --system --user-group --no-create-home --home-dir '@HOMES@' --shell /usr/sbin/nologin '@MAIL_USER@'
# mailctl must be able to see that a home is there, and nothing in it.
install -d -o '@MAIL_USER@' -g '@MAIL_GROUP@' -m 0711 '@HOMES@'

# The file of mailboxes: @USER@ writes it, the group @GROUP@ reads it. Postfix is of that group by itself
# (it drops any other), Dovecot's password checker is told to be.
install -d -o '@USER@' -g '@GROUP@' -m 2750 '@DATABASE_FOLDER@'

# Removes homes: run by Dovecot as @MAIL_USER@, for whoever may open its socket, which is @USER@ alone.
install -d '@SCRIPT_FOLDER@'
cat > '@SCRIPT@' <<'END'
#!/bin/sh
# mailctl asks to remove homes of mailboxes that are gone, one a line, and hears one line for each.
cd '@HOMES@' || exit 1
while IFS= read -r home; do
  case "/$home/" in
    *//* | */./* | */../* | */.gone.*) echo 'refused: it is no home'; continue ;;
  esac
  if [ -L "./$home" ]; then echo 'refused: it is a link to somewhere else'; continue; fi
  # First out of the way, at once and on its own disk, then removed file by file; what a power cut left is removed too.
  place=./$(dirname -- "$home")
  rm -rf "$place"/.gone.??????
  if [ ! -e "./$home" ]; then
    echo gone
  elif gone=$(mktemp -d "$place/.gone.XXXXXX") && mv -- "./$home" "$gone/" && rm -rf "$gone"; then
    echo gone
  else
    echo failed
  fi
done
END
chmod 755 '@SCRIPT@'
