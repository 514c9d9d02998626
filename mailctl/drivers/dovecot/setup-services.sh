# Postfix delivers to Dovecot, and asks it who may send.
protocol lmtp {
  recipient_delimiter =
}
service lmtp {
  user = @MAIL_USER@
  unix_listener @SPOOL@/private/dovecot-lmtp {
    mode = 0600
    user = @POSTFIX_USER@
    group = @POSTFIX_GROUP@
  }
}
service auth {
  unix_listener @SPOOL@/private/auth {
    mode = 0600
    user = @POSTFIX_USER@
    group = @POSTFIX_GROUP@
  }
}

# What runs as @MAIL_USER@ may ask whose mail is where, and which sessions are open.
service auth {
  unix_listener auth-userdb {
    mode = 0600
    user = @MAIL_USER@
  }
}
service anvil {
  unix_listener anvil {
    mode = 0600
    user = @MAIL_USER@
  }
}
# mailctl has sessions ended and mail read. The mode must be 0600: so no password is asked for.
service doveadm {
  user = @MAIL_USER@
  unix_listener mailctl-doveadm {
    mode = 0600
    user = @USER@
  }
}
# mailctl has homes removed.
service mailctl-homes {
  executable = script -p @SCRIPT@
  user = @MAIL_USER@
  unix_listener mailctl-homes {
    mode = 0600
    user = @USER@
  }
}
END
# Users of the system are no mailboxes.
[ ! -e '@DOVECOT@/conf.d/10-auth.conf' ] || sed -i 's/^!include auth-system/#&/' '@DOVECOT@/conf.d/10-auth.conf'
