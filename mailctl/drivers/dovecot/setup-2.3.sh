
# Dovecot 2.3 (Debian 12).
cat > '@DOVECOT@/mailctl-sql.conf.ext' <<'END'
driver = sqlite
connect = @DATABASE@
# A suspended mailbox is told why at log-in, and cannot be used to send mail.
password_query = SELECT user, password, nologin, '@REASON@' AS reason FROM login \
  WHERE (address = '%u' OR wire_address = '%u') AND (nologin IS NULL OR '%s' IN ('imap', 'pop3'))
# A letter for alice+shop goes to alice, unless somebody has that address.
user_query = SELECT user, '@HOMES@/' || home AS home FROM delivery \
  WHERE user = '%u' OR address = '%u' OR wire_address = '%u' \
    OR address = substr('%n', 1, instr('%n', '+') - 1) || '@%d' \
    OR wire_address = substr('%n', 1, instr('%n', '+') - 1) || '@%d' \
  ORDER BY user = '%u' OR address = '%u' OR wire_address = '%u' DESC LIMIT 1
iterate_query = SELECT user FROM delivery
END
cat > '@DOVECOT@/local.conf' <<'END'
# Made by: mailctl driver dovecot --config
mail_uid = @MAIL_USER@
mail_gid = @MAIL_GROUP@
# No other user's mail is here, so any number will do.
first_valid_uid = 1
mail_location = maildir:~/Maildir

# Any character that an address may have. Dovecot quotes them in its queries.
auth_username_chars =
# What mailctl changes is true at once, so nothing may be remembered.
auth_cache_size = 0
passdb {
  driver = sql
  args = @DOVECOT@/mailctl-sql.conf.ext
}
userdb {
  driver = sql
  args = @DOVECOT@/mailctl-sql.conf.ext
}
service auth-worker {
  user = @AUTH_USER@
  extra_groups = @GROUP@
}

