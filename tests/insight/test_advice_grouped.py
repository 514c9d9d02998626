"""`advise` at one look: findings of one code together, filtered, and quiet where all is well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailctl.domain.advice_codes import CODES, GROUPS
from tests.cli.terminal import on_terminal
from tests.conftest import copied
from tests.helpers import Cli
from tests.insight.advised import ADD_BANK, codes, found, play, sql
from tests.notices.post_office import PostOffice, configure
from tests.originals import made_once
from tests.scenarios.host import HOST

MANY = "\n".join(
    f"customer add c{n} --name C{n} --email it@c{n}.example\n"
    f"platform add p{n} --customer c{n} --offer email-pro\naccount order p{n} a@c{n}.example -y"
    for n in range(5)
)


def lines(cli: Cli, *words: str, columns: int = 100) -> list[str]:
    """What a terminal of 40 lines shows, without colour."""
    return on_terminal(
        cli.store, "advise", *words, columns=columns, variables={"NO_COLOR": "1"}
    ).out.splitlines()


def test_findings_of_one_code_are_one_group_with_their_first_commands(well: Cli) -> None:
    """The severity stands once; a finding alone has its sentence; what is urgent comes first."""
    play(well, f"{MANY}\nquiet\ntick --to 2026-01-07\nquiet\ncustomer edit acme --phone ''")

    shown = lines(well)

    assert shown[:4] == [
        "urgent   debt: 5 customers owe money, the first on 2026-01-08",
        "           mailctl prepaid credit c0 1.20",
        "           mailctl prepaid credit c1 1.20",
        "           mailctl prepaid credit c2 1.20",
    ]
    assert "warning  address-incomplete: 5 customers' postal addresses are incomplete" in shown
    assert "info     balance-short: 5 balances will not cover the next 30 days, " in "\n".join(
        shown
    )
    assert sum(line.startswith("info") for line in shown) == 1


def test_all_lists_each_finding(well: Cli) -> None:
    """With its own sentence, as where no code comes twice."""
    play(well, f"{MANY}\nquiet")

    shown = lines(well, "--all")

    assert sum("prepaid credit c" in line for line in shown) == 5
    assert sum("no-method: c" in line for line in shown) == 5
    short = on_terminal(well.store, "advise", "--severity", "info", "--ignore", "debt")
    assert "Each of them: mailctl advise --severity info --ignore debt --all; " in short.err


def test_programs_always_get_each_finding(well: Cli) -> None:
    """Whatever is shown on a terminal."""
    play(well, f"{MANY}\nquiet")

    assert codes(well).count("no-method") == 5
    assert well("advise").out.count("\tno-method\t") == 5


def test_only_what_is_severe_enough_is_shown(well: Cli) -> None:
    """That severity and the more urgent ones; a word that is none is refused."""
    play(well, "customer edit acme --phone '' --city ''")

    assert [line.split()[1] for line in found(well)] == ["address-incomplete", "phone-missing"]
    assert [line.split()[1] for line in found(well, "--severity", "warning")] == [
        "address-incomplete"
    ]
    assert found(well, "--severity", "urgent") == []
    assert well("advise", "--severity", "grave").status == 2


def test_codes_are_ignored_for_once_and_for_good(well: Cli) -> None:
    """By an option that may be repeated, or by a setting; both know the codes."""
    play(well, "customer edit acme --phone '' --city '' --backup-email ''")
    assert codes(well, "--ignore", "phone-missing", "--ignore", "address-incomplete") == [
        "backup-email-missing"
    ]

    well.ok("settings", "set", "advise-ignore", "phone-missing, backup-email-missing")

    assert codes(well) == ["address-incomplete"]
    for words in (("advise", "--ignore"), ("settings", "set", "advise-ignore")):
        refused = well(*words, "phone-mising", "-o", "json")
        assert refused.status == 2
        assert "did you mean phone-missing?" in refused.error()["message"]
    well.ok("settings", "set", "advise-ignore", "")
    assert len(codes(well)) == 3


def test_strict_fails_for_what_needs_somebody(well: Cli) -> None:
    """What is only worth knowing does not, unless it is asked for; nor what is ignored."""
    play(well, "customer edit acme --phone ''")
    assert well("advise", "--strict").status == 0
    assert well("advise", "--strict", "--severity", "info").status == 1

    play(well, "customer edit acme --city ''")

    assert well("advise", "--strict").status == 1
    assert well("advise", "--strict", "--severity", "urgent").status == 0
    assert well("advise", "--strict", "--ignore", "address-incomplete").status == 0


def test_a_held_deletion_whose_notice_was_refused_is_sent_again_at_once(
    well: Cli, office: PostOffice
) -> None:
    """Without --retry the notice would wait for its delay."""
    configure(well, office.port)
    play(well, "account renew 1 --mode none -y\ntick --to 2026-02-15\nquiet")
    well_again = "UPDATE notice SET sent_at = NULL, waits_for = 'us', next_try_at = '2199-01-01' "
    sql(well.store, f"{well_again} WHERE kind = 'accounts-suspended'")
    held = [line for line in found(well) if "deletion-held" in line]

    assert held == ["warning deletion-held mailctl notice send --retry"]


def test_every_code_has_a_name_for_several(cli: Cli) -> None:
    """A number, and what is there so often, without the code."""
    assert list(GROUPS) == list(CODES)
    assert [
        one
        for pair in GROUPS.values()
        for one in pair
        if not re.fullmatch(r"[a-zA-Z,' -]+[a-z0-9]", one.replace("30", ""))
    ] == []


def two_months() -> Path:
    """The folder of the example host after two months."""

    def make(folder: Path) -> None:
        cli = Cli(folder / "mailctl.db")
        cli.ok("init", "--clock", "2026-01-15")
        cli.ok("import", "--dir", str(HOST))
        cli.ok("tick", "--to", "2026-03-15")

    return made_once("two-months", make)


def test_the_example_host_fits_a_screen_of_80_by_24(cli: Cli) -> None:
    """With the command that was typed, the last sentence and the prompt."""
    copied(two_months() / "mailctl.db", cli)
    got = on_terminal(
        cli.store, "advise", columns=80, variables={"NO_COLOR": "1", "LINES": "24", "COLUMNS": "80"}
    )

    assert len(got.out.splitlines()) <= 21
    assert max(map(len, got.out.splitlines())) <= 80
    assert got.out.startswith(
        "urgent   debt: 11 customers owe money, 5 of them urgent, the first on "
    )
    assert ADD_BANK not in got.out


def test_no_sentence_ends_before_its_command(cli: Cli) -> None:
    """However little room there is: `Once they are done:` is followed by what to type."""
    copied(two_months() / "mailctl.db", cli)
    got = on_terminal(
        cli.store, "advise", columns=80, variables={"NO_COLOR": "1", "LINES": "24", "COLUMNS": "80"}
    )

    lines = got.out.splitlines()
    ending = [place for place, line in enumerate(lines) if line.endswith(":")]
    assert ending
    assert [lines[place] for place in ending if "  mailctl " not in lines[place + 1]] == []


HEALTHY = """
offer price hosted-exchange yearly 40
customer edit acme --phone ''
platform add cards --customer acme --offer hosted-exchange
account order cards box@acme.example --period yearly -y
account renew 1 --mode none -y
customer add bolt --name Bolt --email it@bolt.example
customer edit bolt --street "1 rue Neuve" --postcode 75001 --city Paris
platform add bolt-pro --customer bolt --offer email-pro
account order bolt-pro ann@bolt.example bea@bolt.example cid@bolt.example -y
platform add bolt-hand --customer bolt --offer email-pro
account order bolt-hand dan@bolt.example -y
platform renewal bolt-hand --manual -y
platform add bolt-old --customer bolt --offer email-pro
account order bolt-old eva@bolt.example -y
platform cancel bolt-old -y
customer add card --name Card --email it@card.example
customer edit card --street "1 rue Neuve" --postcode 75001 --city Paris
method add card card --token t --brand Visa --last4 4242 --expires 2028-06 --default
platform add card-pro --customer card --offer email-pro
account order card-pro fay@card.example -y
"""


@pytest.mark.parametrize("days", [365])
def test_on_a_host_that_is_well_strict_is_green_every_day_of_a_year(well: Cli, days: int) -> None:
    """People pay a few days after the invoice, end mailboxes, have no phone; nobody is alarmed."""
    from mailctl.insight import advice
    from mailctl.insight.advice.finding import Severity
    from mailctl.store.engine.stores import store_at

    play(well, f"{HEALTHY}quiet")
    for number in range(days):
        counts = well.ok("tick", "--days", "1")
        if counts["payments_created"] or not number:
            for payment in well.ok("payment", "list", "--status", "pending")["items"]:
                play(well, f"payment export --kind card --format csv --to {number}.csv")
                play(well, f"payment settle {payment['id']}")
        owed = well.ok("customer", "show", "bolt")["balance_cents"] if number % 4 == 0 else 0
        if owed < 0:
            play(well, f"prepaid credit bolt {-owed // 100}.{-owed % 100:02} --received")
        if owed < 0 or any(counts[name] for name in ("notices", "payments_created", "deleted")):
            play(well, "quiet")
        with store_at(well.store).read() as db:
            alarms = advice.findings(db, least=Severity.WARNING)
        assert [(number, one.message) for one in alarms] == []
    assert well("advise", "--strict").status == 0
    assert well.ok("status")["accounts_active"] == 5
