"""The driver as a program: `python -m mailctl.drivers.dovecot`."""

import os

from mailctl.drivers.dovecot.driver import run

# Nothing is closed: Dovecot and Postfix can read the file, which they must not change, only while
# SQLite's log is beside it, and whoever closes the file last takes the log away.
os._exit(run())
