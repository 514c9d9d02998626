"""The page as a file: its figures are those of the other reports, and data never becomes markup."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import mailctl
from mailctl.domain.money import format_amount
from mailctl.insight.forecast import Forecast, Month
from mailctl.insight.page import page
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.insight.aged_host import aged_host
from tests.store.plain import force, image

VOID = {"meta", "link", "br", "hr", "img", "input", "base"}
STYLES = Path(mailctl.__file__).parent / "insight" / "page.css"


class Document(HTMLParser):
    """The elements of a page in order, what is read in them, and whether all of them end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def texts(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """All that is read."""
        return "".join(self.words)


def written(cli: Cli, tmp_path: Path) -> str:
    """The page that the command writes."""
    file = tmp_path / "page.html"
    cli.ok("report", "page", str(file))
    return file.read_text(encoding="utf-8")


def made(cli: Cli, forecast: Forecast) -> str:
    """The page with a forecast of our own."""
    with store_at(cli.store).read() as db:
        return page(db, forecast, made_at="2026-02-05T08:00:00Z").content.decode()


def months(*totals: int) -> Forecast:
    """A forecast of months with these totals."""
    return Forecast(
        until_on=date(2026, 12, 31),
        months=tuple(
            Month(
                month=f"2026-{number:02d}",
                renewals=number,
                net_cents=total,
                tax_cents=0,
                total_cents=total,
                suspensions=0,
                deletions=0,
                debts_opened=0,
            )
            for number, total in enumerate(totals, start=1)
        ),
        shortfalls=(),
        set_aside={},
    )


def test_the_busy_host_in_figures(busy: Cli, tmp_path: Path) -> None:
    """Every table, row by row."""
    document = Document(written(busy, tmp_path))

    assert document.rows[0][:5] == ["Month", "Terms renewed", "Net", "Tax", "Invoiced"]
    assert document.rows[1] == ["Feb 2026", "1", "1.59", "0.32", "1.91", "0", "3", "0"]
    assert document.rows[2] == ["Mar 2026", "6", "15.74", "3.11", "18.85", "0", "0", "0"]
    assert document.rows[13][:5] == ["Total", "67", "174.73", "34.53", "209.26"]
    others = [[cell for cell in row if cell] for row in document.rows[14:]]
    assert others == [
        ["Offer", "Renewing", "Revenue"],
        ["email-promonthly", "3", "4.77"],
        ["hosted-exchangemonthly", "2", "7.98"],
        ["private-exchangemonthly", "1", "2.99"],
        ["Total", "6", "15.74"],
        ["State", "Accounts"],
        ["active, renewing", "6"],
        ["active, ending", "0"],
        ["suspended", "3"],
        ["Total", "9"],
        ["Overdue", "Customers", "Owed"],
        ["not overdue", "0", "0.00"],
        ["1 to 7 days", "1", "1.91"],
        ["8 to 30 days", "0", "0.00"],
        ["31 to 90 days", "0", "0.00"],
        ["over 90 days", "0", "0.00"],
        ["Total", "1", "1.91"],
        ["Customer", "Owed", "Being collected", "Due", "Days overdue", "Accounts suspended"],
        ["Late and Sonslate", "1.91", "0.00", "2026-02-01", "4", "1"],
        ["Day", "Customer", "What", "Accounts"],
        ["2026-02-15", "Acme SARLacme", "deletion", "2"],
        ["2026-02-16", "Late and Sonslate", "deletion", "1"],
        ["Day", "Customer", "Missing"],
        ["2026-06-04", "slow", "1.46"],
    ]


def test_its_figures_are_those_of_the_other_reports(tmp_path: Path) -> None:
    """Of 1,500 accounts: status, revenue, debts and forecast say the same."""
    host = aged_host()
    status = host.ok("status")
    revenue = host.ok("report", "revenue")["items"]
    forecast = host.ok("forecast")
    debts = host.ok("report", "debts")["items"]

    document = Document(written(host, tmp_path))

    rows = {row[0]: row for row in document.rows}
    recurring = sum(item["recurring_cents"] for item in revenue)
    assert ["Total", "", f"{sum(item['renewing'] for item in revenue):,}",
            format_amount(recurring)] in document.rows  # fmt: skip
    assert ["Total", "", str(status["debtors"]), format_amount(status["debt_cents"])] in (
        document.rows
    )
    alive = status["accounts_active"] + status["accounts_suspended"]
    assert ["Total", "", f"{alive:,}"] in document.rows
    for item in debts:
        assert rows[item["name"] + item["customer"]][1] == format_amount(item["debt_cents"])
    assert [row[4] for row in document.rows[1:13]] == [
        format_amount(item["total_cents"]) for item in forecast["months"]
    ]
    assert len(forecast["months"]) == 12
    shown = document.text
    for cents in (recurring, status["debt_cents"]):
        assert format_amount(cents) in shown
    for item in forecast["shortfalls"][:20]:
        assert [item["on_on"], item["customer"], format_amount(item["amount_cents"])] in (
            document.rows
        )


def test_the_answer_has_the_figures_of_the_page(busy: Cli, tmp_path: Path) -> None:
    """For a cron that watches them."""
    answer = busy.ok("report", "page", str(tmp_path / "x.html"))

    facts = ("active", "suspended", "recurring_cents", "debtors", "debt_cents")
    assert [answer[key] for key in facts] == [6, 3, 1574, 1, 191]
    assert (answer["clock_on"], answer["until_on"]) == ("2026-02-05", "2027-01-31")
    assert busy("report", "page", str(tmp_path / "x.html")).out == (
        f"Wrote {tmp_path / 'x.html'}: the store as of 2026-02-05, "
        "and the coming months up to 2027-01-31.\n"
    )


EVIL = "</h1><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7 * 7 }}{% x %}&amp;"


def test_data_never_becomes_markup(busy: Cli, tmp_path: Path) -> None:
    """Names of the seller and of customers stand there as they were typed."""
    busy.ok("settings", "set", "seller-name", EVIL)
    busy.ok("customer", "edit", "late", "--name", EVIL)
    busy.ok("customer", "edit", "acme", "--name", EVIL)

    document = Document(written(busy, tmp_path))

    # In the title, the heading, among the debts, and twice among what ends.
    assert document.text.count(EVIL) == 5
    names = {name for name, _ in document.elements}
    assert names & {"script", "img", "iframe", "object", "embed", "link", "base", "form"} == set()
    assert not any(key.startswith("on") for _, attrs in document.elements for key in attrs)


def test_control_characters_are_replaced(busy: Cli, tmp_path: Path) -> None:
    """Whatever wrote them into the store."""
    # A server keeps no NUL.
    low = "char(0)" if isinstance(busy.store, Path) else "chr(1)"
    harm = f"UPDATE customer SET name = 'Late\x1b' || {low} || '\x9b' WHERE slug = 'late'"
    force(busy.store, harm)

    text = written(busy, tmp_path)

    assert "<bdi>Late\ufffd\ufffd\ufffd</bdi>" in text
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) is None


def test_nothing_of_it_comes_from_elsewhere(busy: Cli, tmp_path: Path) -> None:
    """No address, no script, and a policy that would stop both."""
    text = written(busy, tmp_path)
    document = Document(text)

    policy = document.texts("meta")[1]
    assert policy["http-equiv"] == "Content-Security-Policy"
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert re.search(r"https?:|//|url\(|@import|@font-face", text) is None
    keys = {key for _, attributes in document.elements for key in attributes}
    assert keys & {"src", "href", "style", "action", "srcset", "data"} == set()


def test_it_can_be_read_by_a_machine_that_reads_aloud(busy: Cli, tmp_path: Path) -> None:
    """A language, a title, one first heading, sections named by theirs, tables with headings."""
    document = Document(written(busy, tmp_path))

    assert document.open == []
    assert document.texts("html") == [{"lang": "en"}]
    assert "Mail accounts on 2026-02-05" in document.text
    headings = [name for name, _ in document.elements if re.fullmatch(r"h\d", name)]
    assert headings == ["h1", *["h2"] * 7]
    ids = [str(attrs["id"]) for _, attrs in document.elements if "id" in attrs]
    named = [attrs["aria-labelledby"] for attrs in document.texts("section")]
    assert len(ids) == len(set(ids))
    assert len(named) == 7
    assert set(named) < set(ids)
    assert all("scope" in attributes for attributes in document.texts("th"))
    for drawing in document.texts("svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("aria-label")


def test_bars_are_as_long_as_what_they_stand_for(busy: Cli) -> None:
    """100.00 on an axis up to 100.00; half of it; a cent, which is seen; and nothing."""
    document = Document(made(busy, months(10_000, 5_000, 1, 0)))

    bars = [attributes for attributes in document.texts("rect") if "y" in attributes]
    assert [bar["height"] for bar in bars] == ["1000", "500", "4", "0"]
    assert [int(str(bar["y"])) + int(str(bar["height"])) for bar in bars] == [1000] * 4
    assert "Jan: 100.00 EUR" in document.words


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (0, ["1", "0.50", "0"]),
        (100, ["1", "0.50", "0"]),
        (101, ["2", "1", "0"]),
        (1_885, ["20", "10", "0"]),
        (4_001, ["50", "25", "0"]),
        (1_234_567, ["20,000", "10,000", "0"]),
    ],
)
def test_the_axis_has_round_amounts(busy: Cli, most: int, scale: list[str]) -> None:
    """The highest bar always fits."""
    text = made(busy, months(most))

    found = re.search(r'<div class="scale"[^>]*>(.*?)</div>', text)
    assert found is not None
    assert re.findall(r"<span>(.*?)</span>", found[1]) == scale


def test_twenty_debtors_are_named_and_the_others_counted(store: Cli, tmp_path: Path) -> None:
    """A page of names would not be read; the command that lists them is told."""
    lines = [f"c{n:02d},Name {n:02d},c{n}@x{n}.example,-{1000 + n}" for n in range(25)]
    store.ok("import", "customers", "-", stdin="\n".join(["id,name,email,balance_cents", *lines]))

    text = Document(written(store, tmp_path)).text

    assert len(re.findall(r"Name \d\d", text)) == 20
    assert "Name 24" in text
    assert "And 5 more: mailctl report debts has them all." in text
    assert "25 customers owe 253.00 EUR, of which 0.00 EUR is being collected." in text


def test_an_empty_store_has_a_page(store: Cli, tmp_path: Path) -> None:
    """It says that there is nothing."""
    text = Document(written(store, tmp_path)).text

    for sentence in (
        "Nobody owes anything.",
        "No account is active.",
        "Nothing ends in these days.",
        "Every balance lasts.",
        "No tick has been yet.",
    ):
        assert sentence in text


def test_customers_whose_books_do_not_fit_are_counted(busy: Cli, tmp_path: Path) -> None:
    """The coming months are told without them."""
    force(busy.store, "UPDATE customer SET balance_cents = balance_cents + 1 WHERE slug = 'bolt'")

    text = Document(written(busy, tmp_path)).text

    assert "1 customer is left out: the books do not fit (mailctl store check)." in text


def colors() -> dict[str, dict[str, str]]:
    """The colours of each theme, as the style sheet names them."""
    text = STYLES.read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    ]
    assert Counter(map(len, blocks)) == {7: 3}
    return dict(zip(("light", "dark", "print"), blocks, strict=True))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminance, from 1 to 21 (WCAG 2.2)."""
    lights = []
    for color in (one, other):
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_colour_differs_from_what_is_behind_it(theme: str) -> None:
    """Text by 4.5 to 1 at least, bars by 3 to 1: level AA."""
    found = colors()[theme]

    for behind in ("ground", "sheet"):
        for text in ("text", "quiet", "alarm"):
            assert contrast(found[text], found[behind]) >= 4.5, (text, behind)
        assert contrast(found["bar"], found[behind]) >= 3


def test_the_coming_months_are_as_many_as_asked_for(busy: Cli, tmp_path: Path) -> None:
    """None at all where they would take too long."""
    file = str(tmp_path / "x.html")
    two = busy.ok("report", "page", file, "--months", "2")
    document = Document(Path(file).read_text(encoding="utf-8"))
    none = busy.ok("report", "page", file, "--months", "0")
    without = Document(Path(file).read_text(encoding="utf-8"))

    assert (two["until_on"], none["until_on"]) == ("2026-03-31", None)
    assert [row[0] for row in document.rows[:4]] == ["Month", "Feb 2026", "Mar 2026", "Total"]
    assert "The coming months" not in without.text
    assert "Balances that will not cover" not in without.text
    assert "Late and Sons" in without.text


def test_it_is_the_same_for_the_same_store(busy: Cli) -> None:
    """But for the instant at which it was made."""
    assert made(busy, months(1)) == made(busy, months(1))


def test_making_it_changes_nothing(busy: Cli, tmp_path: Path) -> None:
    """The coming months are lived on a copy."""
    before: Any = image(busy.store)
    written(busy, tmp_path)

    assert image(busy.store) == before
