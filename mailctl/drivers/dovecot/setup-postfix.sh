
# Postfix: which domains and mailboxes are here, and who may send as whom. No domain of a mailbox may be in its
# mydestination.
cat > '@POSTFIX@/mailctl-domains.cf' <<'END'
dbpath = @DATABASE@
query = SELECT domain FROM delivery WHERE domain = '%s' LIMIT 1
END
cat > '@POSTFIX@/mailctl-mailboxes.cf' <<'END'
dbpath = @DATABASE@
query = SELECT home FROM delivery WHERE address = '%s' OR wire_address = '%s'
END
cat > '@POSTFIX@/mailctl-senders.cf' <<'END'
dbpath = @DATABASE@
query = SELECT user FROM delivery WHERE address = '%s' OR wire_address = '%s'
END
# Through proxymap, which sees the file from outside Postfix's chroot.
postconf -c '@POSTFIX@' -e \
  'virtual_mailbox_domains = proxy:sqlite:@POSTFIX@/mailctl-domains.cf' \
  'virtual_mailbox_maps = proxy:sqlite:@POSTFIX@/mailctl-mailboxes.cf' \
  'virtual_transport = lmtp:unix:private/dovecot-lmtp' \
  'smtpd_sasl_type = dovecot' \
  'smtpd_sasl_path = private/auth' \
  'smtpd_sender_login_maps = proxy:sqlite:@POSTFIX@/mailctl-senders.cf'
