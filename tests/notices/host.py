"""A host whose customers get every kind of notice (rules 12), while it happens.

`one` has one mailbox wherever `many` has three, of which one has no address yet; the same is true
of `poor-one` and `poor-many`, for whom nobody pays in time, and of `card-one` and `card-many`,
whose card is refused; `bank-one` and `bank-many` are debited.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from shlex import split

from tests.helpers import Cli
from tests.store.plain import rows

START = """
init --clock 2026-01-01 --seller-name "Hote SAS"
settings set seller-iban FR7630006000011234567890189
settings set seller-creditor-id FR72ZZZ123456
settings set mail-from mail@host.example
settings set renewal-reminder-days 340
"""
CUSTOMERS = """
customer add {c} --name "Atelier {c}" --email it@{c}.example
prepaid credit {c} 2000
platform add {c}-pro --customer {c} --offer email-pro
platform add {c}-hx --customer {c} --offer hosted-exchange
platform add {c}-old --customer {c} --offer hosted-exchange
platform add {c}-gone --customer {c} --offer hosted-exchange
account order {c}-pro {pro} --period yearly -y
account order {c}-hx {hx} -y
account order {c}-old {old} -y
account order {c}-gone {gone} -y
customer add poor-{c} --name "Poor {c}" --email it@poor-{c}.example
platform add poor-{c}-hx --customer poor-{c} --offer hosted-exchange
account order poor-{c}-hx {poor} -y
customer add card-{c} --name "Card {c}" --email it@card-{c}.example
platform add card-{c}-hx --customer card-{c} --offer hosted-exchange
method add card card-{c} --token tok --brand Visa --last4 4242 --expires 2026-03
account order card-{c}-hx {card} -y
"""
BANK = """
customer add bank-{c} --name "Bank {c}" --email it@bank-{c}.example
platform add bank-{c}-hx --customer bank-{c} --offer hosted-exchange
method add bank bank-{c} --iban FR7630006000011234567890189 --holder Bank --mandate M-{c} --signed 2025-12-01
account order bank-{c}-hx {bank} -y
"""  # noqa: E501 - a command line
FIRST_DAY = """
account order {c}-pro new@{c}.example --await-payment -y
account extend {first} --await-payment -y
account extend {first} -y
prepaid credit {c} 50 --await-payment
prepaid alert {c} 1500
prepaid refund {c} 500 --reason x -y
platform cancel {c}-old -y
platform resume {c}-old -y
platform delete {c}-gone -y
"""
SIZES = ("one", "many")


def live(cli: Cli, after: Callable[[], None]) -> None:
    """Let everything happen to everybody until 2026-04-24; `after` is called after each command."""
    host = _Host(cli, after)
    host.run(START)
    for size in SIZES:
        platforms = ("pro", "hx", "old", "gone", "poor", "card")
        host.run(CUSTOMERS, c=size, **{name: _mailboxes(size, name) for name in platforms})
    for size in SIZES:
        host.run(BANK, c=size, bank=_mailboxes(size, "bank"))
    for size in SIZES:
        accounts = host.accounts(f"{size}-hx")
        host.run(FIRST_DAY, c=size, first=accounts.split()[0])
        host.confirm_deletion(f"{size}-gone")
        host.run("account renew {accounts} --mode none -y", accounts=accounts)
    host.run(f"payment export --kind card --format csv --to {cli.store.parent}/cards.csv")
    host.run("payment fail 1 --reason refused")
    host.run("payment fail 2 --reason refused")
    # The poor are suspended on 9 January and told of their deletion on the 16th.
    host.until("2026-01-17")
    for size in SIZES:
        host.run("prepaid credit poor-{c} 100", c=size)
        host.run("invoice credit {number} --reason mistake -y", number=host.last_invoice(size))
    # What was extended ends on 1 March, the others of `many` on 1 February.
    host.until("2026-02-09")
    host.run("account reopen {first} --mode none -y", first=host.accounts("many-hx").split()[1])
    for size in SIZES:
        host.run("offer price email-pro yearly 20 --customer {c}", c=size)
    host.until("2026-03-09")
    for size in SIZES:
        host.run(
            "account reopen {first} --mode none -y", first=host.accounts(f"{size}-hx").split()[0]
        )
        host.run("platform cancel {c}-old -y", c=size)
    host.until("2026-04-24")


def _mailboxes(size: str, name: str) -> str:
    """What is ordered on a platform: one address, or two and a mailbox without."""
    domain = f"{size}.example" if name not in ("poor", "card", "bank") else f"{name}-{size}.example"
    if size == "one":
        return f"ann-{name}@{domain}"
    return f"ann-{name}@{domain} bob-{name}@{domain} --count 3"


class _Host:
    def __init__(self, cli: Cli, after: Callable[[], None]) -> None:
        self.cli = cli
        self.after = after

    def run(self, lines: str, **words: str) -> None:
        """Carry out commands, one a line."""
        for line in lines.strip().splitlines():
            self.cli.ok(*split(line.format(**words)))
            self.after()

    def until(self, day: str) -> None:
        """Live every day up to that one; what is told of is read at most two days later."""
        today = date.fromisoformat(self.cli.ok("status")["clock_on"])
        while today < date.fromisoformat(day):
            today = min(today + timedelta(days=3), date.fromisoformat(day))
            self.run(f"tick --to {today}")

    def accounts(self, platform: str) -> str:
        """The ids of a platform's accounts."""
        found = rows(
            self.cli.store,
            "SELECT a.id FROM account a JOIN platform p ON p.id = a.platform_id "
            f"WHERE p.name = '{platform}' AND a.state <> 'deleted' ORDER BY a.id",
        )
        return " ".join(str(row[0]) for row in found)

    def last_invoice(self, customer: str) -> str:
        """The number of a customer's last invoice."""
        numbers = [
            item["number"]
            for item in self.cli.ok("invoice", "list")["items"]
            if item["customer"] == customer
        ]
        return str(numbers[-1])

    def confirm_deletion(self, platform: str) -> None:
        """Delete a platform with the code that its customer was just sent."""
        ((code,),) = rows(self.cli.store, "SELECT secret FROM notice ORDER BY id DESC LIMIT 1")
        self.run(f"platform delete {platform} --token {code} --confirm {platform}")
