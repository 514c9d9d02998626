"""Wrong lines by cause: counted all, the first ones kept, every one of them if asked for."""

from __future__ import annotations

from mailctl.wrong_lines import FIRST, WrongLine, WrongLines


def wrong(line: int, column: str | None = "email", code: str = "usage") -> WrongLine:
    return WrongLine(
        file="a.csv", line=line, column=column, value="x", code=code, message="is wrong"
    )


def test_lines_of_one_code_column_and_reason_have_one_cause() -> None:
    """Another column, another code and another reason are other causes."""
    found = WrongLines()
    found.add(wrong(2), "is no address")
    found.add(wrong(3), "is no address")
    found.add(wrong(4, column="phone"), "is no address")
    found.add(wrong(5, code="already-exists"), "is no address")
    found.add(wrong(6), "is empty")
    assert [(one.code, one.column, one.reason, one.count) for one in found.causes] == [
        ("usage", "email", "is no address", 2),
        ("usage", "phone", "is no address", 1),
        ("already-exists", "email", "is no address", 1),
        ("usage", "email", "is empty", 1),
    ]
    assert found.count == 5


def test_the_most_frequent_cause_comes_first() -> None:
    found = WrongLines()
    found.add(wrong(2), "rare")
    for line in (3, 4):
        found.add(wrong(line), "frequent")
    assert [one.reason for one in found.causes] == ["frequent", "rare"]


def test_of_each_cause_the_first_three_are_kept() -> None:
    """Of those that are alike; they are listed in the order of the file."""
    found = WrongLines()
    for line in range(2, 8):
        found.add(wrong(line), "a")
    found.add(wrong(8), "b")
    assert FIRST == 3
    assert [one.line for one in found.causes[0].first] == [2, 3, 4]
    assert [one.line for one in found.lines()] == [2, 3, 4, 8]
    assert not found.has_every


def test_every_line_is_there_where_it_was_asked_for() -> None:
    """With all that is known of it, and twice if it is read twice."""
    found = WrongLines(every=True)
    lines = [wrong(line, column=None if line % 2 else "email") for line in range(2, 12)]
    for one in lines:
        found.add(one, "a")
    for _ in range(2):
        assert list(found.lines()) == lines
    found.close()


def test_a_line_says_where_it_is() -> None:
    """A word of the command line is nowhere."""
    assert wrong(7).text == "a.csv, line 7: is wrong"
    assert WrongLine(code="usage", message="is wrong").text == "is wrong"
