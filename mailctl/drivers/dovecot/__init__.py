"""The driver of Dovecot: a small file that Dovecot and Postfix read, and Dovecot's own sockets.

`python -m mailctl.drivers.dovecot` is the driver (docs/drivers.md); docs/howto/dovecot.md says how
a host connects it. It runs as mailctl's user, who can neither read nor remove mail: Dovecot does
both, as the mail's user, over two sockets that are open to mailctl's user alone.
"""
