"""Every command that changes something, with a line of it that succeeds on the prepared store.

The commands come from the program itself: `test_every_change_has_its_line` names one that is new.
"""

from __future__ import annotations

from shlex import split

from mailctl.values import Value
from tests.contract.commands import COMMANDS
from tests.lives.many import ASKED
from tests.statements import taken

PREPARED = """
account order acme-pro --count 1 --await-payment -y
customer edit acme --phone +33199001234
method add card slow --token tok_1 --brand Visa --last4 4242 --expires 2028-09
method add paypal slow --agreement B-1
account order slow-pro --count 10 -y
customer add gone --name Gone --email it@gone.example
customer add past --name Past --email it@past.example
customer close past -y
offer price hosted-exchange monthly 3 --customer acme --from 2026-03-01 --until 2026-05-31
prepaid grace slow --until 2026-04-01 --reason asked
account reset 6 -y
account lock 3 --reason=-spam
"""
"""Typed on the busy host of `tests/conftest.py`: there is something of everything then."""

FILES = {
    "people.csv": "id,name,email\nneu,Neu,it@neu.example\nalso,Also,it@also.example\n",
    "statement.xml": taken.statement(),
    "mailboxes.csv": "account,mailbox\n1,anna\n3,hugo\n",
}
"""What lies beside the store."""


class Change(Value):
    """A line without `mailctl`, in which `{here}` is the folder of the store.

    `before` has been typed already. `repeats`: given again after it was done, it does something
    once more. `in_steps`: it commits several times, and each time the store is whole.
    `waits`: what was under way when it was killed is left as it is by the next one.
    `by_chance`: the columns, as `table.column`, that no two runs leave alike, besides what seals
    them. `at`: which file the command is given as the store.
    """

    line: str
    before: tuple[str, ...] = ()
    repeats: bool = False
    in_steps: bool = False
    waits: bool = False
    by_chance: tuple[str, ...] = ()
    at: str = "mailctl.db"

    def words(self, here: object) -> tuple[str, ...]:
        """The words of the command."""
        return tuple(split(self.line.format(here=here)))


_SETTLED = ("payment settle 1 --key s",)
_SERVED = ("settings set driver {driver}",)
_DONE = (*_SERVED, "task done --until 2026-02-05 -y")
_ADOPTED = (*_DONE, "driver adopt --from {here}/mailboxes.csv -y")
_POSTED = (
    *("settings set mail-host 127.0.0.1", "settings set mail-port {port}"),
    *("settings set mail-tls none", "settings set mail-from billing@host.example"),
)
_INVOICED = (
    "settings set seller-name=Host seller-vat-number=FR40303265045 seller-legal-id=303265045",
)
_KEY = "seal_key.key"
_MOVED = ("moved.moved_at",)

CHANGES = {
    "tick": Change(line="tick --to 2026-04-10", in_steps=True),
    "customer add": Change(line="customer add neu --name Neu --email neu@neu.example"),
    "customer edit": Change(line="customer edit acme --phone '' --city Lyon"),
    "customer close": Change(line="customer close gone -y"),
    "customer reopen": Change(line="customer reopen past"),
    "customer erase": Change(
        line="customer erase past --confirm past", in_steps=True, by_chance=(_KEY,)
    ),
    "platform add": Change(line="platform add neu --customer acme --offer email-pro"),
    "platform cancel": Change(line="platform cancel acme-hx -y"),
    "platform resume": Change(line="platform resume acme-old -y"),
    "platform renewal": Change(line="platform renewal acme-pro --manual -y"),
    "platform delete": Change(
        line="platform delete acme-hx -y",
        repeats=True,
        by_chance=("notice.secret", "platform_deletion.token_digest"),
    ),
    "account order": Change(line="account order acme-pro new@acme.example --key k -y"),
    "account configure": Change(line="account configure 2 neu@acme.example"),
    "account rename": Change(line="account rename 3 neu@acme.example"),
    "account renew": Change(line="account renew 1 2 --mode yearly -y"),
    "account extend": Change(line="account extend 1 --key k -y"),
    "account reopen": Change(line="account reopen 7 --key k -y"),
    "account reset": Change(line="account reset 1 -y", repeats=True),
    "account delete": Change(line="account delete 4 -y"),
    "account lock": Change(line="account lock 1 --reason stolen"),
    "account unlock": Change(line="account unlock 3"),
    "account password": Change(
        line="account password 1 --generate",
        before=_SERVED,
        repeats=True,
        by_chance=("mailbox_password.hash",),
    ),
    "account export": Change(line="account export 1 {here}", before=_SERVED, repeats=True),
    "domain move": Change(line="domain move bolt.example slow"),
    "order pay": Change(line="order pay 15 --key k -y"),
    "order cancel": Change(line="order cancel 15 -y"),
    "invoice render": Change(
        line="invoice render 2026-000001 2026-000009 --format ubl --to {here}",
        before=_INVOICED,
        in_steps=True,
    ),
    "invoice pay": Change(line="invoice pay 2026-000009"),
    "invoice credit": Change(line="invoice credit 2026-000001 --line 1 --reason x -y"),
    "prepaid credit": Change(line="prepaid credit acme 50 --key k"),
    "prepaid refund": Change(line="prepaid refund acme 5 --reason x --key k -y"),
    "prepaid reverse": Change(line="prepaid reverse bolt 1 --reason x -y"),
    "prepaid grace": Change(line="prepaid grace slow --until 2026-06-01 --reason x", repeats=True),
    "prepaid alert": Change(line="prepaid alert acme 20"),
    "method add": Change(line="method add paypal slow --agreement B-2", repeats=True),
    "method default": Change(line="method default 2"),
    "method remove": Change(line="method remove 2 -y"),
    # The file is written when the store has it: if not, --again writes it.
    "payment export": Change(
        line="payment export --kind card --format csv --to {here}/card.csv",
        in_steps=True,
        waits=True,
    ),
    "payment settle": Change(line="payment settle 1 --key k"),
    "payment fail": Change(line="payment fail 1 --reason AM04"),
    "payment return": Change(line="payment return 1 --reason MD06", before=_SETTLED),
    "bank import": Change(line="bank import {here}/statement.xml", before=(taken.OURS,)),
    "bank match": Change(line="bank match 3 --customer acme", before=taken.TAKEN),
    "bank accept": Change(line="bank accept 2", before=taken.TAKEN),
    "bank ignore": Change(line="bank ignore 4 --reason fees", before=taken.TAKEN),
    "bank undo": Change(line="bank undo 1 -y", before=taken.TAKEN),
    "offer add": Change(line="offer add neu --like email-pro"),
    "offer edit": Change(line="offer edit email-pro --label 'Mail for all'"),
    "offer price": Change(line="offer price email-pro monthly 2", repeats=True),
    "offer close": Change(line="offer close email-pro -y"),
    "offer reopen": Change(line="offer reopen retired"),
    "tax set": Change(line="tax set FR 21", repeats=True),
    "notice send": Change(line="notice send", before=_POSTED, in_steps=True, waits=True),
    "task done": Change(line="task done 1"),
    "task fail": Change(line="task fail 1 --reason full"),
    "task run": Change(line="task run", before=_SERVED, in_steps=True),
    "task reconcile": Change(line="task reconcile --mend -y", before=_ADOPTED),
    "driver adopt": Change(line="driver adopt --from {here}/mailboxes.csv -y", before=_DONE),
    "driver release": Change(line="driver release 1 -y", before=_ADOPTED),
    # The file is there before the store notes it.
    "store backup": Change(
        line="store backup {here}/kept.db",
        in_steps=True,
        waits=True,
        by_chance=(*_MOVED, "backup.made_at"),
    ),
    "store restore": Change(
        line="store restore {here}/kept.db --confirm {here}/mailctl.db",
        before=("store backup {here}/kept.db", "prepaid credit acme 10"),
        in_steps=True,
        waits=True,
        repeats=True,
        by_chance=_MOVED,
    ),
    "store copy": Change(
        line="store copy {here}/mailctl.db {here}/new.db", in_steps=True, by_chance=_MOVED
    ),
    "store reopen": Change(
        line="store reopen --confirm {here}/kept.db",
        before=("store copy --keep {here}/mailctl.db {here}/kept.db",),
        at="kept.db",
        by_chance=_MOVED,
    ),
    "store upgrade": Change(line="store upgrade", at="old.db", in_steps=True),
    "settings set": Change(line="settings set payment-days 10"),
    "init": Change(
        line="init --clock 2026-01-01", at="first.db", by_chance=("store.created_at", _KEY)
    ),
    "import": Change(line="import customers {here}/people.csv -y"),
}
"""By its words every command with --dry-run."""

WRITING = {
    "store copy --keep": Change(
        line="store copy --keep {here}/mailctl.db {here}/new.db", by_chance=_MOVED
    ),
    "report page": Change(line="report page {here}/page.html --months 2"),
    "report calendar": Change(line="report calendar {here}/dates.ics"),
}
"""What writes files beside a store that it leaves as it is."""

READING = {
    line: Change(line=line) for line in ("account list", "invoice show 2026-000001", "status")
}
"""What changes nothing, also where it fails."""

ALL = CHANGES | WRITING | READING
FEW = (
    *(
        "tick",
        "account order",
        "prepaid credit",
        "customer erase",
        "payment export",
        "import",
        "bank import",
    ),
    *(
        "settings set",
        "task run",
        "store copy",
        "store backup",
        "store upgrade",
        "init",
        "report page",
    ),
)
"""Those that differ most in how they write."""
TRIED = (*CHANGES, *WRITING) if ASKED else FEW
"""All where many lives are asked for, as `just faults` does."""


def missing() -> set[str]:
    """The commands that change something and have no line here, and lines of no command."""
    changing = {
        name
        for name, command in COMMANDS.items()
        if "dry_run" in {parameter.name for parameter in command.params}
    }
    return changing ^ CHANGES.keys()
