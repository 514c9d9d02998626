"""The page as a browser shows it: the figures, nothing fetched, no word on the console, no edge."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from mailctl.insight.forecast import Forecast, Month
from mailctl.insight.page import page
from mailctl.store.engine.stores import store_at
from mailctl.store.queries.forecast import Shortfall
from mailctl.values import replace
from tests.helpers import Cli
from tests.insight.browser import looked_at, opened
from tests.store.plain import force

# A phone, a small one, a tablet, a window just wide enough for two columns, a screen.
WIDTHS = (390, 320, 768, 860, 1280)
LARGE = Month(
    month="2026-02",
    renewals=123_456,
    net_cents=102_880_658,
    tax_cents=20_576_131,
    total_cents=123_456_789,
    suspensions=1_234,
    deletions=1_234,
    debts_opened=1_234,
)


@pytest.fixture
def written(busy: Cli, tmp_path: Path) -> Path:
    """The busy host's page, as the command writes it."""
    file = tmp_path / "mail.html"
    busy.ok("report", "page", str(file))
    return file


def test_the_browser_shows_the_figures_and_says_nothing(written: Path, tmp_path: Path) -> None:
    """Opened as it is, the page is whole, and the console is empty."""
    document, said = opened(written, tmp_path)

    assert said == []
    assert "<h1>Mail accounts</h1>" in document
    for figure in ("15.74", "1.91", "209.26", "2026-02-15"):
        assert figure in document


def test_what_the_policy_forbids_is_heard_on_the_console(written: Path, tmp_path: Path) -> None:
    """A picture from outside and a script are blocked: an empty console means there are none."""
    whole = written.read_text(encoding="utf-8")
    written.write_text(
        whole.replace(
            "</main>", '<img src="https://x.example/a.png"><script>let a = 1</script></main>'
        ),
        encoding="utf-8",
    )

    said = "\n".join(opened(written, tmp_path)[1])

    assert said.count("violates the following Content Security Policy directive") == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_at_any_width(written: Path, tmp_path: Path, scheme: str) -> None:
    """From a small phone to a screen nobody scrolls sideways, and nothing is fetched."""
    seen = looked_at(written.read_text(encoding="utf-8"), tmp_path, widths=WIDTHS, scheme=scheme)

    assert [(one["needed"], one["cut_off"], one["fetched"]) for one in seen] == [
        (one["width"], [], 0) for one in seen
    ]
    assert len(seen) == len(WIDTHS)
    assert "Recurring a month, net\n15.74\nfrom 6 that renew" in seen[0]["shown"]
    assert "Late and Sons" in seen[0]["shown"]


def test_large_figures_and_endless_names_fit_a_phone(busy: Cli, tmp_path: Path) -> None:
    """Amounts of millions, a name of one long word, customers' ids of 60 letters."""
    force(
        busy.store,
        f"UPDATE customer SET name = '{'W' * 200}', slug = '{'m' * 60}', "
        "balance_cents = -999999999 WHERE slug = 'late'",
    )
    forecast = Forecast(
        until_on=date(2027, 1, 31),
        months=tuple(replace(LARGE, month=f"2026-{number:02d}") for number in range(1, 13)),
        shortfalls=(
            Shortfall(customer="m" * 60, on_on=date(2026, 3, 1), amount_cents=999_999_999),
        ),
        set_aside={},
    )
    with store_at(busy.store).read() as db:
        made = page(db, forecast, made_at="2026-02-05T08:00:00Z").content.decode()

    seen = looked_at(made, tmp_path, widths=WIDTHS)

    assert [(one["needed"], one["cut_off"]) for one in seen] == [(one["width"], []) for one in seen]
    assert "14,814,814.68" in seen[0]["shown"]


def test_dark_is_dark_and_light_is_light(written: Path, tmp_path: Path) -> None:
    """The page follows what the reader's machine prefers."""
    text = written.read_text(encoding="utf-8")
    found = {}
    for scheme in ("light", "dark"):
        (seen,) = looked_at(text, tmp_path, widths=(390,), scheme=scheme)
        found[scheme] = [sum(map(int, re.findall(r"\d+", seen[key]))) for key in ("ground", "text")]

    assert found["light"][0] > 690
    assert found["light"][1] < 120
    assert found["dark"][0] < 120
    assert found["dark"][1] > 690


def test_the_bars_are_as_high_as_their_months(written: Path, tmp_path: Path) -> None:
    """February bills 1.91, every other month 18.85: on an axis up to 20.00."""
    (seen,) = looked_at(written.read_text(encoding="utf-8"), tmp_path, widths=(1280,))

    first, *others = seen["bars"]
    assert (len(others), len(set(others))) == (11, 1)
    assert others[0] / first == pytest.approx(18.85 / 1.91, rel=0.05)
