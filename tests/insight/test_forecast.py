"""What a forecast says of the coming months is what their ticks then do, to the cent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from io import StringIO
from shlex import split
from typing import Any

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from mailctl.cli.render.progress import Progress
from mailctl.insight.computed_renewals import Computed
from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.insight.futures import FIGURES, really
from tests.lives import many
from tests.lives.life import Move
from tests.lives.money_life import a_life_with_money
from tests.lives.test_money_lives import moves
from tests.scenarios.host import HOST
from tests.store.plain import force, opened

BOTH = pytest.mark.parametrize("paying", [True, False], ids=["paying", "no-payments"])


def foretold(cli: Cli, *argv: str, paying: bool = True) -> dict[str, Any]:
    """A forecast, as JSON without its schema."""
    found: dict[str, Any] = cli.ok("forecast", *argv, *([] if paying else ["--no-payments"]))
    del found["schema"]
    return found


def typed(cli: Cli, text: str) -> Cli:
    """Commands, one a line."""
    for line in text.strip().splitlines():
        cli.ok(*split(line))
    return cli


@pytest.fixture
def host(cli: Cli) -> Cli:
    """The example host, in the middle of a month, with the customers who pay by card among it."""
    return typed(cli, f"init --clock 2026-01-15\nimport --dir {HOST}\ntick --to 2026-01-20")


# A host with everything that changes by itself: prices and taxes set ahead, the end of a year, a
# 29 February, a manual platform, a cancelled one, unpaid orders, a grace, cards and bank accounts.
AHEAD = """
init --clock 2027-11-28
customer add rich --name Rich --email it@rich.example
customer add poor --name Poor --email it@poor.example --payment-days 3
customer add card --name Card --email it@card.example
customer add old --name Old --email it@old.example
customer add calm --name Calm --email it@calm.example --country DE
prepaid credit rich 5000
prepaid credit poor 10
platform add rich-hx --customer rich --offer hosted-exchange
platform add rich-priv --customer rich --offer private-exchange
platform add rich-gone --customer rich --offer email-pro
platform add poor-pro --customer poor --offer email-pro
platform add poor-hand --customer poor --offer email-pro
platform add card-hx --customer card --offer hosted-exchange
platform add old-hx --customer old --offer hosted-exchange
platform add calm-pro --customer calm --offer email-pro
method add card card --token tok_1 --brand Visa --last4 4242 --expires 2029-12
method add card old --token tok_2 --brand Visa --last4 4343 --expires 2027-12
account order rich-hx a@rich.example b@rich.example --period yearly -y
account order rich-priv c@rich.example -y
account order rich-gone d@rich.example e@rich.example -y
account order poor-pro a@poor.example b@poor.example -y
account order card-hx a@card.example -y
account order old-hx a@old.example -y
tick --to 2027-11-30
account order calm-pro a@calm.example --count 3 -y
account order poor-hand c@poor.example -y
account order poor-pro d@poor.example --await-payment -y
platform renewal poor-hand --manual -y
platform cancel rich-gone -y
prepaid grace calm --until 2028-01-20 --reason talks
tick --to 2027-12-15
offer price hosted-exchange monthly 5.25 --from 2028-01-01
offer price email-pro monthly 2 --from 2028-02-29
tax set FR 21.5 --from 2028-01-01
"""


@pytest.fixture
def ahead(cli: Cli) -> Cli:
    """A host on 2027-12-15 for which much is set ahead."""
    return typed(cli, AHEAD)


@BOTH
def test_the_months_of_a_busy_host(busy: Cli, paying: bool) -> None:  # noqa: FBT001
    """Every figure of every month, and whose balance falls short when, as the ticks then do it."""
    said = foretold(busy, "--months", "8", paying=paying)

    assert said == really(busy, "2026-09-30", paying=paying)


@BOTH
def test_months_for_which_prices_and_taxes_are_set_ahead(ahead: Cli, paying: bool) -> None:  # noqa: FBT001
    """Over the New Year and the 29 February, from the middle of a month to the middle of one."""
    said = foretold(ahead, "--until", "2028-04-10", paying=paying)

    assert said == really(ahead, "2028-04-10", paying=paying)
    assert all(sum(month[figure] for month in said["months"]) for figure in FIGURES)


@BOTH
def test_the_months_of_the_example_host(host: Cli, paying: bool) -> None:  # noqa: FBT001
    """Customers of many countries, debts at the beginning, every offer."""
    said = foretold(host, "--months", "3", paying=paying)

    assert said == really(host, "2026-03-31", paying=paying)


@many.lives(6)
@given(
    start=st.sampled_from(["2026-01-29", "2024-01-31", "2026-11-30"]),
    moves=moves,
    paying=st.booleans(),
)
def test_whatever_has_happened_before(
    start: str,
    moves: list[Move],
    paying: bool,  # noqa: FBT001
    server_url: str | None,
) -> None:
    """After a random life of orders, payments, refusals, edits and cancels."""
    with a_life_with_money(start, server_url) as life:
        for move in moves:
            life.play(move)
        said = foretold(life.cli, "--months", "2", paying=paying)

        assert said == really(life.cli, said["until_on"], paying=paying)


calm = st.sampled_from(
    "do_order do_tick do_credit do_edit do_method do_price do_renew do_extend do_cancel do_manual "
    "do_collect do_retention do_grace do_import do_refund do_tick do_order".split()
)
small = st.integers(0, 15)
calm_moves = st.lists(st.tuples(calm, small, small, small), min_size=1, max_size=25)
"""Moves after which most customers have nothing but terms and money ahead of them."""


def every_day_simulated(cli: Cli, *argv: str, paying: bool) -> dict[str, Any]:
    """A forecast for which nothing is computed: the ticks' own code does all of it, on the copy."""

    def nothing(*_: object, **__: object) -> Computed:
        return Computed(leaves_anything=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mailctl.insight.forecast.computed", nothing)
        return foretold(cli, *argv, paying=paying)


@many.lives(10)
@given(
    start=st.sampled_from(["2026-01-29", "2024-01-31", "2026-11-30"]),
    moves=st.one_of(moves, calm_moves),
    paying=st.booleans(),
)
def test_what_is_computed_is_what_would_be_simulated(
    start: str,
    moves: list[Move],
    paying: bool,  # noqa: FBT001
    server_url: str | None,
) -> None:
    """After a random life; long enough that yearly terms come, and cards expire."""
    with a_life_with_money(start, server_url) as life:
        for move in moves:
            life.play(move)

        assert foretold(life.cli, "--months", "14", paying=paying) == every_day_simulated(
            life.cli, "--months", "14", paying=paying
        )


@BOTH
@pytest.mark.parametrize("name", ["busy", "host", "ahead"])
def test_whoever_is_not_computed_is_simulated(
    request: pytest.FixtureRequest,
    name: str,
    paying: bool,  # noqa: FBT001
) -> None:
    """Whoever is overdue, or whose money is under way, beside those with whom nothing goes on."""
    cli: Cli = request.getfixturevalue(name)

    said = foretold(cli, "--months", "25", paying=paying)

    assert said == every_day_simulated(cli, "--months", "25", paying=paying)


def test_figures_worked_out_by_hand(store: Cli) -> None:
    """Two mailboxes of 3.99 and 20 % tax, 20.00 on the account: 9.58 a month, covered once."""
    typed(
        store,
        """
        customer add acme --name Acme --email it@acme.example
        platform add acme-hx --customer acme --offer hosted-exchange
        prepaid credit acme 20
        account order acme-hx a@acme.example b@acme.example -y
        """,
    )

    figures = {"renewals": 2, "net_cents": 798, "tax_cents": 160, "total_cents": 958}
    assert foretold(store, "--months", "4") == {
        "until_on": "2026-04-30",
        "months": [
            {"month": "2026-01", **dict.fromkeys(FIGURES, 0)},
            {"month": "2026-02", **figures, "suspensions": 0, "deletions": 0, "debts_opened": 0},
            {"month": "2026-03", **figures, "suspensions": 0, "deletions": 0, "debts_opened": 1},
            {"month": "2026-04", **figures, "suspensions": 0, "deletions": 0, "debts_opened": 1},
        ],
        # 20.00 - 9.58 - 9.58 - 9.58
        "shortfalls": [{"customer": "acme", "on_on": "2026-03-01", "amount_cents": 874}],
    }
    (last,) = foretold(store, "--until", "2026-04-30", paying=False)["months"][-1:]
    # Unpaid since 8 March, suspended on the 9th, deleted a week or more later, not billed again.
    assert last == {"month": "2026-04", **dict.fromkeys(FIGURES, 0)}


def test_debt_suspends_also_what_does_not_renew_yet(store: Cli) -> None:
    """A yearly mailbox, 30 days to pay: where nobody pays it ends, whatever else is computed."""
    typed(
        store,
        """
        customer add acme --name Acme --email it@acme.example
        platform add acme-hx --customer acme --offer hosted-exchange
        prepaid credit acme 100
        account order acme-hx a@acme.example -y
        customer add owing --name Owing --email it@owing.example --payment-days 30
        platform add owing-hx --customer owing --offer hosted-exchange
        account order owing-hx a@owing.example --period yearly -y
        """,
    )

    said = foretold(store, "--months", "4", paying=False)

    assert sum(month["suspensions"] for month in said["months"]) == 1
    assert said == really(store, said["until_on"], paying=False)


def test_the_first_months_of_a_long_forecast_are_a_short_one(ahead: Cli) -> None:
    """How far one looks changes nothing of what is nearer."""
    long = foretold(ahead, "--months", "6")
    short = foretold(ahead, "--months", "3")

    assert long["months"][:3] == short["months"]
    assert [one for one in long["shortfalls"] if one["on_on"] <= "2028-02-29"] == short[
        "shortfalls"
    ]


@BOTH
def test_customers_add_up_to_the_whole(ahead: Cli, paying: bool) -> None:  # noqa: FBT001
    """--customer gives the figures that the customer has in the forecast of all."""
    whole = foretold(ahead, "--months", "4", paying=paying)
    customers = [item["id"] for item in ahead.ok("customer", "list")["items"]]
    each = {
        name: foretold(ahead, "--months", "4", "--customer", name, paying=paying)
        for name in customers
    }

    for place, month in enumerate(whole["months"]):
        added: Counter[str] = Counter()
        for one in each.values():
            added.update({figure: one["months"][place][figure] for figure in FIGURES})
        assert {figure: month[figure] for figure in FIGURES} == {f: added[f] for f in FIGURES}
    assert [short for name in customers for short in each[name]["shortfalls"]] == sorted(
        whole["shortfalls"], key=lambda short: customers.index(short["customer"])
    )
    assert {short["customer"] for one in each.values() for short in one["shortfalls"]} >= {
        "poor",
        "card",
    }


def test_who_is_overdue_is_taken_to_pay_nothing(busy: Cli) -> None:
    """late let the last day pass: lea's mailbox will be deleted, whatever others pay."""
    (month,) = foretold(busy, "--months", "1", "--customer", "late")["months"]

    assert (month["deletions"], month["total_cents"]) == (1, 0)


@pytest.mark.files_only("it reads the file and its log")
def test_a_forecast_touches_no_byte_of_the_store(busy: Cli) -> None:
    """Neither the file nor its log, though a year is simulated."""
    with opened(busy.store) as other:
        other.execute("UPDATE customer SET phone = '+33123456789'")
        files = sorted(busy.store.parent.glob("mailctl.db*"))
        before = {path: path.read_bytes() for path in files if not path.name.endswith("-shm")}
        busy.ok("forecast")
        busy.ok("forecast", "--no-payments", "--customer", "acme")

        assert any(path.name.endswith("-wal") and content for path, content in before.items())
        assert {path: path.read_bytes() for path in before} == before
    assert busy.ok("status")["clock_on"] == "2026-02-05"


def test_another_command_may_write_meanwhile(busy: Cli) -> None:
    """A forecast waits for nobody, and sees the store as it was last left whole."""
    before = foretold(busy)
    with opened(busy.store) as other:
        other.execute("BEGIN")
        other.execute("UPDATE account SET renewal = 'none'")

        assert foretold(busy, "--wait", "0") == before
        other.execute("COMMIT")
    assert foretold(busy) != before


WALL = """
init --timezone UTC
settings set mail-host none
customer add acme --name Acme --email it@acme.example
platform add acme-hx --customer acme --offer hosted-exchange
account order acme-hx a@acme.example b@acme.example -y
"""


def done_on_a_wall_clock(cli: Cli, days: list[str]) -> Counter[str]:
    """A tick on each of those days, counted as a forecast counts."""
    found: Counter[str] = Counter()
    for day in days:
        with freeze_time(f"{day} 09:00:00"):
            tick = cli.ok("tick", "--accept-gap", "--accept-mass")
        found["renewals"] += tick["renewed"]
        found["total_cents"] += tick["billed_cents"]
        found["suspensions"] += tick["suspended_expired"] + tick["suspended_debt"]
        found["deletions"] += tick["deleted"]
    return found


@pytest.mark.parametrize("today_ticked", [True, False])
def test_a_store_that_follows_the_real_date(cli: Cli, today_ticked: bool) -> None:  # noqa: FBT001
    """What today's tick has not done yet is done today; after a gap no brake stops a forecast."""
    with freeze_time("2026-01-10 09:00:00"):
        typed(cli, WALL)
        cli.ok("account", "renew", "1", "--mode", "none", "-y")
        cli.ok("prepaid", "credit", "acme", "50")
    if today_ticked:
        done_on_a_wall_clock(cli, ["2026-03-31"])
    with freeze_time("2026-03-31 12:00:00"):
        march, april = foretold(cli, "--until", "2026-04-20", paying=False)["months"]

    days = [f"2026-04-{day:02d}" for day in range(1, 21)]
    if not today_ticked:
        really_done = done_on_a_wall_clock(cli, ["2026-03-31"])
        assert {figure: march[figure] for figure in really_done} == really_done
        # The mailbox that renews has missed two terms, the other its end.
        assert (march["renewals"], march["suspensions"]) == (2, 1)
    else:
        assert march == {"month": "2026-03", **dict.fromkeys(FIGURES, 0)}
    really_done = done_on_a_wall_clock(cli, days)
    assert {figure: april[figure] for figure in really_done} == really_done
    assert (april["renewals"], april["deletions"]) == (1, 1)


def test_without_a_mail_server_the_real_date_deletes_nobody(cli: Cli) -> None:
    """No customer would be notified of the suspension: what the ticks hold, a forecast holds."""
    with freeze_time("2026-01-10 09:00:00"):
        typed(cli, WALL)
        cli.ok("settings", "set", "mail-host", "")
        cli.ok("account", "renew", "1", "2", "--mode", "none", "-y")
        months = foretold(cli, "--until", "2026-04-20")["months"]
    assert sum(month["suspensions"] for month in months) == 2
    assert sum(month["deletions"] for month in months) == 0
    days = [f"2026-02-{day:02d}" for day in range(10, 29)]
    assert done_on_a_wall_clock(cli, days)["deletions"] == 0


@pytest.mark.parametrize("retention", ["14", "0"])
def test_notices_are_taken_to_go_out_on_their_day(ahead: Cli, retention: str) -> None:
    """While mail is configured no deletion waits longer; with no retention it waits for a day."""
    ahead.ok("settings", "set", "mail-host", "mail.acme.example")
    ahead.ok("settings", "set", "retention-days", retention)

    said = foretold(ahead, "--until", "2028-02-15", paying=False)

    assert said == really(ahead, "2028-02-15", paying=False, mailing=True)
    assert sum(month["deletions"] for month in said["months"]) > 3


def test_payments_through_methods_succeed_or_are_never_answered(ahead: Cli) -> None:
    """Both keep the mailboxes: what a payment would bring is covered while it waits."""
    for paying in (True, False):
        months = foretold(ahead, "--months", "4", "--customer", "card", paying=paying)["months"]
        assert [month["suspensions"] for month in months] == [0, 0, 0, 0]
    # The other card ends in December 2027: from January the debts must be paid otherwise.
    ended = foretold(ahead, "--months", "4", "--customer", "old", paying=False)["months"]
    assert [month["suspensions"] for month in ended] == [0, 1, 0, 0]


def test_a_customer_who_would_be_set_aside_is_named(busy: Cli) -> None:
    """Whoever else breaks the books, the others are forecast, and it is said."""
    force(busy.store, "UPDATE customer SET balance_cents = balance_cents + 1 WHERE slug = 'bolt'")

    got = busy("forecast", "--months", "2")

    assert got.status == 0
    assert "the customer bolt will be set aside: the balance is not that of the ledger" in got.err
    assert got.out.splitlines()[2].split("\t")[:2] == ["2026-03", "5"]


@pytest.mark.parametrize(
    ("words", "sentence", "hint"),
    [
        (
            "--until 2026-02-05",
            "2026-02-05 is not ahead: today is 2026-02-05",
            "mailctl forecast --until 2026-02-06, or later",
        ),
        (
            "--until 2036-02-06",
            "a forecast reaches to 2036-02-05, not to 2036-02-06",
            "mailctl forecast --until 2036-02-05, or earlier",
        ),
        (
            "--until 2026-03-01 --months 2",
            "forecast takes --until or --months, not both",
            "mailctl forecast --months 3",
        ),
        ("--months 0", "--months: '0' is not a whole number from 1 to 120", "for example 1"),
        (
            "--plot",
            "--plot draws in a terminal; -o and --fields give data",
            "give one of them",
        ),
        (
            "--fields month",
            "-o json gives the whole forecast; --fields chooses columns of its months",
            "-o jsonl --fields month",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(busy: Cli, words: str, sentence: str, hint: str) -> None:
    """Each with what to type instead."""
    got = busy("forecast", *words.split(), "-o", "json")

    assert (got.status, got.out) == (2, "")
    assert (got.error()["message"], got.error()["hint"]) == (sentence, hint)


def test_an_unknown_customer(busy: Cli) -> None:
    """As everywhere."""
    got = busy("forecast", "--customer", "nobody", "-o", "json")

    assert (got.status, got.error()["code"]) == (4, "customer-not-found")


def test_the_rest_of_this_month_may_be_no_day_at_all(cli: Cli) -> None:
    """On the month's last day one month is empty, two are the next one."""
    cli.ok("init", "--clock", "2026-01-31")

    assert [month["month"] for month in foretold(cli, "--months", "1")["months"]] == ["2026-01"]
    assert foretold(cli, "--months", "2")["until_on"] == "2026-02-28"
    assert len(foretold(cli)["months"]) == 12


def test_a_pipe_gets_the_months_alone(busy: Cli) -> None:
    """No total, no sentence: columns with a header, one row a month."""
    header, *months = busy("forecast", "--months", "2").out.splitlines()

    assert header == (
        "month\trenewals\ttotal_cents\tsuspensions\tdeletions\tdebts_opened\tnet_cents\ttax_cents"
    )
    assert months == ["2026-02\t1\t191\t0\t3\t0\t159\t32", "2026-03\t6\t1885\t0\t0\t0\t1574\t311"]
    assert busy("forecast", "--months", "1", "--fields", "month,deletions", "-o", "csv").out == (
        "month,deletions\n2026-02,3\n"
    )
    assert busy("forecast", "--months", "2", "-o", "jsonl").jsonl()[1]["tax_cents"] == 311


def test_a_person_gets_a_sum_and_who_falls_short(busy: Cli) -> None:
    """In 80 columns, the rest named."""
    plain = {"NO_COLOR": "1"}
    got = on_terminal(busy.store, "forecast", "--months", "5", columns=80, variables=plain)

    assert "total          25  77.31 EUR" in got.out
    assert "No room for: tax." in got.err
    assert got.out.splitlines()[-1].split() == ["slow", "2026-06-04", "1.46", "EUR"]
    assert max(map(len, got.out.splitlines())) <= 80
    nobody = on_terminal(busy.store, "forecast", "--months", "1", variables=plain)
    assert "\ntotal " not in nobody.out
    assert nobody.err.splitlines()[-1] == "1 customer owes 1.91 EUR already: mailctl report debts"
    acme = on_terminal(
        busy.store, "forecast", "--customer", "acme", "--months", "1", variables=plain
    )
    assert acme.err.splitlines()[-1] == "Every balance covers what will be billed."


@pytest.mark.parametrize("columns", [40, 80, 131])
def test_a_drawing_fits_the_terminal(busy: Cli, columns: int) -> None:
    """A bar for each month that bills, amounts at the side, plain characters."""
    got = on_terminal(busy.store, "forecast", "--plot", columns=columns)

    picture, _, _ = got.out.partition("\n\n")
    drawing = picture.splitlines()
    assert got.status == 0
    assert columns - 2 <= max(map(len, drawing)) <= columns
    assert "\x1b" not in picture
    assert drawing[0].strip() == "Billed a month with tax, EUR"
    assert drawing[2].startswith("20.00┤")
    assert "2026-02" in drawing[-1]
    # The rest of the first month bills a tenth of what each other one does.
    assert drawing[3].index("█") - drawing[-3].index("█") >= columns // 20


def test_a_drawing_in_a_pipe(busy: Cli) -> None:
    """Asked for, it is given: 80 columns, nothing else."""
    got = busy("forecast", "--plot", "--months", "3")

    lines = got.out.splitlines()
    assert (got.status, got.err, len(lines)) == (0, "", 16)
    assert max(map(len, lines)) == 80


def test_a_drawing_without_the_library(busy: Cli) -> None:
    """A sentence, and what to install."""
    script = (
        "import sys; sys.modules['plotext'] = None\n"
        "from mailctl.__main__ import main; sys.exit(main(['forecast', '--plot']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=dict(os.environ, MAILCTL_STORE=str(busy.store)),
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "--plot needs a library that is not installed" in done.stderr
    assert "pip install 'mailctl[reports]'" in done.stderr


class Terminal(StringIO):
    """Text that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_long_work_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the first half a second, nothing with -q; the line is wiped at the end."""
    now = [100.0]
    monkeypatch.setattr("mailctl.cli.render.progress.monotonic", lambda: now[0])
    monkeypatch.setattr("sys.stderr", Terminal())
    for quiet in (False, True):
        with Progress(quiet=quiet) as progress:
            for second, text in ((0.4, "early"), (0.6, "a longer one"), (0.65, "soon"), (0.8, "x")):
                now[0] = 100.0 + second
                progress.at(text)
        now[0] = 100.0

    assert sys.stderr.getvalue() == "\ra longer one\rx           \r \r"  # type: ignore[attr-defined]


def test_short_work_says_nothing(busy: Cli) -> None:
    """On a terminal too."""
    got = on_terminal(busy.store, "forecast", "--months", "1")

    assert "forecast:" not in got.err


@pytest.mark.files_only("it damages the file")
def test_a_damaged_store_is_called_so(busy: Cli) -> None:
    """Not a bug of the program."""
    content = bytearray(busy.store.read_bytes())
    for page in range(4096, len(content) - 4096, 4096):
        content[page : page + 64] = b"\xff" * 64
    busy.store.write_bytes(content)

    got = busy("forecast", "-o", "json")

    assert (got.status, got.error()["code"]) == (10, "store-damaged")
