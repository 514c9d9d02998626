"""The pages of `mailctl help`."""

from __future__ import annotations

OUTPUT = """\
Every command that shows something takes -o FORMAT:

  table  for people; the default on a terminal, as wide as the terminal
  tsv    tab-separated with a header; the default of a list in a pipe: the same
         columns, nothing cut off
  csv    comma-separated with a header; cells that a spreadsheet would run
         begin with '
  json   one document: {"schema": "mailctl/account-list/1", "items": [...]}
  jsonl  one JSON object a line, without the envelope
  name   account/17, one a line: commands take it as an argument

One thing that is shown, such as an invoice, a notice or an explanation, is the
same document in a pipe as on a terminal: `mailctl invoice show 2026-000001`
can be printed. Programs ask for its data with -o.

--json is short for -o json. --fields id,address chooses fields; --fields all
gives all of them. Lists are complete unless --limit N is given, and are
streamed: they need little memory. --sort KEY orders them by any field,
--sort -KEY downwards, those without a value last.

A table cuts no id, address, date or amount: where the terminal is too narrow,
whole columns give way, and a line says which. What is longer than the screen
goes through $MAILCTL_PAGER, $PAGER or `less -FRX`, unless --no-pager is given.

Without -o a command that changes something says in a sentence what it did,
and how to undo it: "Undo: mailctl ...", to be run as printed, or that it cannot
be undone. With -o it prints the thing as it is now, with "changed", "dry_run"
and "undo" added.

Money is shown to people as 1,234.56 EUR. Programs get integer cents in keys
that end in _cents, beside "currency". Keys that end in _on are dates
(2026-01-31), those in _at are instants in UTC. Every key is always there: a
missing value is null, and empty in tsv and csv. `mailctl help schema account`
prints the JSON Schema. Keys and values of enumerations may be added; none is
removed.

stdout has data only. Messages, plans, questions and warnings go to stderr.
With a JSON output the last line there is {"error": {"code", "message",
"hint", "exit_status"}} when a command fails.

Dates are written 2026-01-31 and in no other way, amounts 10, 10.5 or 10,50.

Colour: --color auto|always|never, then NO_COLOR, then FORCE_COLOR or
CLICOLOR_FORCE, then whether it is a terminal. Colour alone never carries
meaning.
"""

ENVIRONMENT = """\
MAILCTL_STORE     the store, unless --store is given: a file, or the
                  postgresql:// URL of a server
                  (else /var/lib/mailctl/mailctl.db where that folder exists,
                  else mailctl/mailctl.db in XDG_DATA_HOME or ~/.local/share)
XDG_DATA_HOME     where a user's data lives
PGPASSFILE        the file with the password of a PostgreSQL server, else
                  ~/.pgpass; PostgreSQL's other variables count too, such as
                  PGSERVICEFILE and PGSSLROOTCERT
MAILCTL_MAIL_PASSWORD
                  the password of the mail server's login, for notice send
SSL_CERT_FILE     the certificate authorities that mail servers are checked by,
                  instead of the system's
TZ                the time zone of a new store, unless --timezone is given: a
                  name as Europe/Paris, else the system's
MAILCTL_PAGER     the program for output longer than the screen, else PAGER, else
                  less -FRX; empty or cat: none
LESS              options of less; FRX where it is not set
NO_COLOR          not empty: no colour
FORCE_COLOR       not empty and not 0: colour, also in a pipe
CLICOLOR_FORCE    the same
COLUMNS           the width of the terminal, where it is not known
SUDO_USER         the person behind sudo, for the journal
_MAILCTL_COMPLETE
                  source_bash, source_zsh or source_fish prints a script that
                  completes command lines; for bash:

  eval "$(_MAILCTL_COMPLETE=source_bash mailctl)"
"""

LIFECYCLE = """\
An account is a mailbox slot that a customer pays for. It is configured once
it has an address, blank before that and after a reset; it is paid for either
way.

  ordered    it is billed at once for its first term, and active until its
             expiry: the first day that is not paid for
  expiry     with the renewal monthly or yearly the next term is billed that
             day, and the expiry moves on by 1 or 12 months, always on the day
             of the month it began with, or on the month's last. With the
             renewal none it is suspended that day.
  suspended  for its expiry: it is deleted after the retention (the setting
             retention-days). For debt: an invoice with a line of it is past
             its due date; money brings it back at once, else it is deleted,
             after 7 days at the earliest. Where the store follows the real
             date, no mailbox is deleted before its customer was notified of
             the suspension (unless mail-host is none).
  deleted    for good; its address is free for the same customer.

Who decides: `account renew` sets what happens at the expiry, until the day
before. `account reset` empties a mailbox and releases its address now.
Accounts of private-exchange expire with their platform, monthly; `account
delete` ends one at once. `platform cancel` lets all accounts of a platform
end at their own expiries, and `platform resume` undoes that. `platform
delete` ends a platform at once, in two steps: the customer is sent a token,
and --token with it deletes.

Who pays: an order is debited from the prepaid account at once, or with
--await-payment waits for `order pay` and has no effect before. `account
extend` pays terms in advance. After `platform renewal --manual` nothing of a
platform renews by itself: what is not extended ends.

Nothing of this happens by itself: `mailctl tick` carries out what is due. Let
cron run it once a day or more often; missed days are made up for, and shorten
nobody's time to pay. Give cron the program's whole path (`command -v mailctl`
prints it), and a semicolon, so that notices are sent even if a tick is refused:

  17 * * * * /opt/mailctl/bin/mailctl tick; /opt/mailctl/bin/mailctl notice send
"""

ADVICE = """\
`mailctl advise` lists problems, present and coming. Each finding has a code, a
severity (urgent, warning, info), the customer concerned, a sentence, and the
command that fixes it: run as it is printed, it makes the finding go away. A
value that only a person knows is -: it is asked for, or read as a line of
standard input.

Where money or work on the mail server must come first, the sentence says
"once": run the command after that. Commands that bill or delete have --yes in
them: try them with --dry-run first.
"""
