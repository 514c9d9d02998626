"""Findings of one code as one group on a terminal: what its line says, and in which order."""

from __future__ import annotations

from datetime import date

from mailctl.cli.render.findings import by_code
from mailctl.insight.advice.finding import Finding, Severity
from mailctl.insight.advice.summary import summed_up

WARNING, INFO, URGENT = Severity.WARNING, Severity.INFO, Severity.URGENT


def finding(code: str, severity: Severity, number: int, due_on: date | None = None) -> Finding:
    """One of several that are alike."""
    return Finding(
        code=code,
        severity=severity,
        subject=f"customer/c{number}",
        message=f"c{number} is concerned.",
        command=f"mailctl customer show c{number}",
        due_on=due_on,
    )


def shown(*found: Finding) -> list[str]:
    """The lines without colour; in a pipe there is room for three commands of each code."""
    return "".join(by_code(summed_up(found), is_colored=False)).splitlines()


def commands(lines: list[str]) -> int:
    return sum("mailctl " in line for line in lines)


def test_a_group_says_how_many_are_as_urgent_as_the_first() -> None:
    """And on which day the first is due; where all are, only how many they are."""
    day = date(2026, 2, 1)
    mixed = [finding("debt", URGENT, n, day) for n in range(2)]
    mixed += [finding("debt", WARNING, n) for n in range(2, 5)]
    assert shown(*mixed)[0] == (
        "urgent   debt: 5 customers owe money, 2 of them urgent, the first on 2026-02-01"
    )
    assert shown(*mixed[2:])[0] == "warning  debt: 3 customers owe money"
    assert shown(mixed[0])[0] == "urgent   debt: c0 is concerned."


def test_of_a_group_three_commands_are_shown() -> None:
    assert commands(shown(*(finding("debt", INFO, n) for n in range(3)))) == 3
    assert commands(shown(*(finding("debt", INFO, n) for n in range(4)))) == 3


def test_groups_stand_in_the_order_of_their_most_urgent_one() -> None:
    """The severity stands once, before the first of its groups."""
    found = [finding("phone-missing", URGENT, 1), finding("debt", WARNING, 2)]
    found += [finding("backup-email-missing", WARNING, 3), finding("phone-missing", INFO, 4)]
    heads = [line[:18] for line in shown(*found) if "mailctl" not in line]
    assert heads == ["urgent   phone-mis", "warning  debt: c2 ", "         backup-em"]
