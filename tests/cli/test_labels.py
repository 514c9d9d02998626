"""What offers are called: on documents, and where their prices are examples."""

from __future__ import annotations

from tests.cli.terminal import on_terminal
from tests.helpers import Cli


def description(cli: Cli, number: str) -> str:
    """What the first line of an invoice says is billed."""
    text: str = cli.ok("invoice", "show", number)["lines"][0]["description"]
    return text


def test_documents_keep_the_label_that_they_were_issued_with(busy: Cli) -> None:
    """However often the offer is called otherwise later; credit notes have their invoice's."""
    assert description(busy, "2026-000001") == "E-mail Pro, monthly"

    busy.ok("offer", "edit", "email-pro", "--label", "Never printed")
    busy.ok("offer", "edit", "email-pro", "--label", "Mail")
    busy.ok("account", "order", "acme-pro", "neu@acme.example", "-y")
    second = busy.ok("invoice", "list")["items"][-1]["number"]
    busy.ok("offer", "edit", "email-pro", "--label", "Post")
    note = busy.ok("invoice", "credit", "2026-000001", "--reason", "wrong", "-y")["number"]

    assert description(busy, "2026-000001") == "E-mail Pro, monthly"
    assert description(busy, second) == "Mail, monthly"
    assert description(busy, note) == "E-mail Pro, monthly"
    assert busy.ok("offer", "show", "email-pro")["label"] == "Post"
    assert busy("store", "check").status == 0


def test_no_document_says_that_a_price_is_an_example(busy: Cli) -> None:
    """People who look at the offers are told, until each price is set."""
    assert "example price" not in busy("invoice", "show", "2026-000001").out
    for words in (("offer", "list"), ("offer", "show", "email-pro")):
        got = on_terminal(busy.store, *words)
        assert "Example prices, as mailctl came with them: email-pro" in got.err
        assert "mailctl offer price email-pro monthly AMOUNT" in " ".join(got.err.split())

    busy.ok("offer", "price", "email-pro", "monthly", "1.59")
    busy.ok("offer", "price", "email-pro", "yearly", "17.88")

    assert on_terminal(busy.store, "offer", "show", "email-pro").err == ""
    assert busy("offer", "list").err == ""
