
# Dovecot 2.4 (Debian 13).
cat > '@DOVECOT@/local.conf' <<'END'
# Made by: mailctl driver dovecot --config --version 2.4
mail_uid = @MAIL_USER@
mail_gid = @MAIL_GROUP@
# No other user's mail is here, so any number will do.
first_valid_uid = 1
mail_driver = maildir
mail_path = ~/Maildir
mail_inbox_path = ~/Maildir

# Any character that an address may have. Dovecot quotes them in its queries.
auth_username_chars =
# What mailctl changes is true at once, so nothing may be remembered.
auth_cache_size = 0
sql_driver = sqlite
sqlite_path = @DATABASE@
sqlite_readonly = yes
# A suspended mailbox is told why at log-in, and cannot be used to send mail.
passdb sql {
  query = SELECT user, password, nologin, '@REASON@' AS reason FROM login \
    WHERE (address = '%{user}' OR wire_address = '%{user}') \
    AND (nologin IS NULL OR '%{protocol}' IN ('imap', 'pop3'))
}
# A letter for alice+shop goes to alice, unless somebody has that address.
userdb sql {
  query = SELECT user, '@HOMES@/' || home AS home FROM delivery \
    WHERE user = '%{user}' OR address = '%{user}' OR wire_address = '%{user}' \
      OR address = substr('%{user | username}', 1, instr('%{user | username}', '+') - 1) || '@%{user | domain}' \
      OR wire_address = substr('%{user | username}', 1, instr('%{user | username}', '+') - 1) || '@%{user | domain}' \
    ORDER BY user = '%{user}' OR address = '%{user}' OR wire_address = '%{user}' DESC LIMIT 1
  iterate_query = SELECT user FROM delivery
}
service auth-worker {
  user = @AUTH_USER@
  extra_groups = @GROUP@
}

# What runs as @MAIL_USER@ reads the settings.
service config {
  unix_listener config {
    mode = 0600
    user = @MAIL_USER@
  }
}

