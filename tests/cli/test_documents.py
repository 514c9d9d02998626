"""An invoice reads as an invoice: who, whom, what, the tax, and what is still due.

One thing that is shown is the same document on a terminal and in a pipe.
"""

from __future__ import annotations

from shlex import split

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli

HOST = """
init --clock 2026-01-10 --seller-name "Hote SAS"
settings set seller-street "2 rue Vieille"
settings set seller-postcode 59100
settings set seller-city Roubaix
settings set seller-vat-number FR40303265045
customer add krull --name "Krull GmbH" --email it@krull.example --country DE --vat-number DE136695976 --street "Allee 1" --postcode 10115 --city Berlin
platform add krull-hx --customer krull --offer hosted-exchange
account order krull-hx ann@krull.example --count 2 -y
"""  # noqa: E501 - a command line


@pytest.fixture
def host(cli: Cli) -> Cli:
    """An invoice 2026-000001 of 7.98 under reverse charge, due on 17 January."""
    for line in HOST.strip().splitlines():
        cli.ok(*split(line))
    return cli


def shown(cli: Cli, number: str, columns: int = 120) -> list[str]:
    """The lines of a document on a terminal."""
    got = on_terminal(
        cli.store, "invoice", "show", number, columns=columns, variables={"NO_COLOR": "1"}
    )
    assert (got.status, got.err) == (0, "")
    return [line.rstrip() for line in got.out.splitlines()]


def test_an_invoice_that_is_due(host: Cli) -> None:
    """Reverse charge with its mention."""
    description = "Hosted Exchange, monthly"
    assert shown(host, "2026-000001") == [
        "Invoice 2026-000001",
        "",
        "Date        2026-01-10",
        "Due         2026-01-17",
        "Order       1",
        "Customer    krull",
        "",
        "Seller      Hote SAS",
        "            2 rue Vieille, 59100 Roubaix, FR",
        "            VAT number FR40303265045",
        "Buyer       Krull GmbH",
        "            Allee 1, 10115 Berlin, DE",
        "            VAT number DE136695976",
        "",
        (
            "line  account  address            description               "
            "from        to               net"
        ),
        f"   1        1  ann@krull.example  {description}  2026-01-10  2026-02-09  3.99 EUR",
        f"   2        2  (blank)            {description}  2026-01-10  2026-02-09  3.99 EUR",
        "",
        "tax       net       tax  note",
        (
            "0 %  7.98 EUR  0.00 EUR  "
            "Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196"
        ),
        "",
        "Net         7.98 EUR",
        "Tax         0.00 EUR",
        "Total       7.98 EUR",
        "",
        "Still due: 7.98 EUR, by 2026-01-17.",
    ]


def test_an_invoice_that_is_paid_in_part_and_credited_in_part(host: Cli) -> None:
    """What was given back stands under the total."""
    host.ok("invoice", "credit", "2026-000001", "--line", "2", "--reason", "unused", "-y")
    assert shown(host, "2026-000001")[-6:] == [
        "Net         7.98 EUR",
        "Tax         0.00 EUR",
        "Total       7.98 EUR",
        "Credited    3.99 EUR",
        "",
        "Still due: 3.99 EUR, by 2026-01-17.",
    ]
    host.ok("invoice", "pay", "2026-000001")
    assert shown(host, "2026-000001")[-1] == "Paid on 2026-01-10 from the prepaid account."


def test_a_credit_note_names_its_invoice(host: Cli) -> None:
    """It is due to nobody."""
    host.ok("invoice", "credit", "2026-000001", "--line", "2", "--reason", "unused", "-y")
    lines = shown(host, "AV2026-000001")
    assert lines[:5] == [
        "Credit note AV2026-000001",
        "",
        "Date        2026-01-10",
        "Corrects    invoice 2026-000001",
        "Customer    krull",
    ]
    assert lines[-3:] == [
        "Total       3.99 EUR",
        "",
        "Refunded to the prepaid account.",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_document_fits_a_narrow_terminal(host: Cli, columns: int) -> None:
    """Long lines are broken, nothing is cut off at the edge."""
    assert max(map(len, shown(host, "2026-000001", columns))) <= columns


def test_programs_get_the_data_and_not_the_paper(host: Cli) -> None:
    """As TSV, as JSON, and where fields are asked for."""
    assert host("invoice", "show", "2026-000001", "-o", "tsv").out.startswith("number\tkind\t")
    assert host("invoice", "show", "2026-000001", "--fields", "number,due_on").out == (
        "number\tdue_on\n2026-000001\t2026-01-17\n"
    )
    assert host.ok("invoice", "show", "2026-000001")["number"] == "2026-000001"
    fields = on_terminal(
        host.store, "invoice", "show", "2026-000001", "--fields", "number", columns=80
    )
    assert fields.out.split()[-1] == "2026-000001"


def test_a_notice_on_a_terminal_shows_its_text_on_lines(host: Cli) -> None:
    """Not written out as one line with escapes."""
    got = on_terminal(host.store, "notice", "show", "2", variables={"NO_COLOR": "1"})
    assert [line.rstrip() for line in got.out.splitlines()][-5:] == [
        "Mit freundlichen Grüßen",
        "Hote SAS",
        "",
        "--",
        "Diese Nachricht betrifft das Kundenkonto Krull GmbH (krull).",
    ]


@pytest.mark.parametrize(
    "command",
    [
        "customer show krull",
        "platform show krull-hx",
        "account show 1",
        "order show 1",
        "prepaid show krull",
        "notice show 2",
        "offer show hosted-exchange",
        "account explain ann@krull.example",
        "invoice explain 2026-000001",
        "status",
        "journal head",
    ],
)
def test_one_thing_in_a_pipe_is_its_document(host: Cli, command: str) -> None:
    """Line for line as on a terminal of 80 columns, without colour; `-o tsv` is for programs."""
    piped = host(*command.split())
    seen = on_terminal(host.store, *command.split(), columns=80, variables={"NO_COLOR": "1"})

    assert (piped.status, piped.err) == (0, "")
    lines, shown = ([line.rstrip() for line in got.out.splitlines()] for got in (piped, seen))
    assert lines == shown
    assert "\t" not in piped.out
    assert "\t" in host(*command.split(), "-o", "tsv").out


def test_an_invoice_in_a_pipe_is_whole_whatever_it_names(host: Cli) -> None:
    """An address of 70 letters is one word; all columns are there; descriptions break first."""
    long = f"{'a' * 50}@{'b' * 20}.example"
    host.ok("account", "order", "krull-hx", long, "-y")

    lines = host("invoice", "show", "2026-000002").out.splitlines()

    (row,) = [line for line in lines if long in line]
    assert row.split()[-4:] == ["2026-01-10", "2026-02-09", "3.99", "EUR"]
    assert max(map(len, host("invoice", "show", "2026-000001").out.splitlines())) <= 80
    assert not any(line.endswith(" ") for line in lines)


def test_a_quiet_invoice_is_a_whole_invoice(host: Cli) -> None:
    """`-q` leaves out messages, not the head and the foot of a document."""
    assert (
        host("invoice", "show", "2026-000001", "-q").out
        == host("invoice", "show", "2026-000001").out
    )


def test_a_company_is_named_as_its_register_names_it(cli: Cli) -> None:
    """Its legal form with a comma where it is more than a word; a SIRET is called one."""
    for line in HOST.replace("Hote SAS", "Hote").strip().splitlines()[:-1]:
        cli.ok(*split(line))
    cli.ok(
        "settings", "set", "seller-legal-form=SAS au capital de 10 000 €",
        "seller-legal-id=30326504500011",
    )  # fmt: skip
    cli.ok("account", "order", "krull-hx", "ann@krull.example", "-y")
    assert shown(cli, "2026-000001")[7:11] == [
        "Seller      Hote, SAS au capital de 10 000 €",
        "            2 rue Vieille, 59100 Roubaix, FR",
        "            VAT number FR40303265045",
        "            SIRET 30326504500011",
    ]
