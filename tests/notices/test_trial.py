"""`settings test-mail`: one letter through the mail server of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Cli, contents
from tests.notices.post_office import PASSWORD, USER, PostOffice, configure, open_office


def test_one_letter_is_sent_and_nothing_is_recorded(store: Cli, office: PostOffice) -> None:
    """In the language of the seller's country, from the sender of the notices."""
    configure(store, office.port)
    before = contents(store.store)

    got = store("settings", "test-mail", "Admin@Host.example")

    assert (got.status, got.err) == (0, "")
    assert f"from billing@host.example, through 127.0.0.1:{office.port} (TLS: none)" in got.out
    (letter,) = office.taken
    assert letter.to == "admin@host.example"
    assert letter.message["Subject"] == "Message d\u2019essai"
    body = letter.message.get_body(("plain",))
    assert body is not None
    assert "les e-mails de service partent par ce serveur" in " ".join(body.get_content().split())
    assert "Mail & Co" in body.get_content()
    assert contents(store.store) == before


def test_two_letters_are_two(store: Cli, office: PostOffice) -> None:
    """A server that drops repeated messages shall not drop the second try."""
    configure(store, office.port)

    got = store.ok("settings", "test-mail", "a@host.example")
    store.ok("settings", "test-mail", "a@host.example")

    assert list(got) == ["schema", "to", "sender", "host", "port", "tls", "user"]
    assert (got["to"], got["port"]) == ("a@host.example", office.port)
    assert len(office.ids()) == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("550 5.1.1 no such user", "5.1.1 no such user"),
        ("550 5.7.1 relaying denied", "relaying denied"),
        ("451 4.3.0 try later", "try later"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(
    store: Cli, office: PostOffice, answer: str, words: str
) -> None:
    """And what to look at."""
    configure(store, office.port)
    office.rcpt["a@host.example"] = [answer]

    got = store("settings", "test-mail", "a@host.example", "-o", "json")

    assert (got.status, got.error()["code"], got.out) == (1, "mail-failed", "")
    assert words in got.error()["message"]
    assert got.error()["hint"]


def test_a_server_that_is_not_there_is_named(store: Cli) -> None:
    """With the port that was tried."""
    configure(store, 1)
    got = store("settings", "test-mail", "a@host.example")
    assert (got.status, "127.0.0.1:1 cannot be reached" in got.err) == (1, True)


def test_a_login_uses_the_password_of_the_settings(store: Cli, tmp_path: Path) -> None:
    """From its file; a wrong one is told, and not repeated."""
    file = tmp_path / "secret"
    file.write_text(PASSWORD)
    file.chmod(0o600)
    with open_office(auth_require_tls=False) as office:
        configure(store, office.port, mail_user=USER, mail_password_file=str(file))
        assert store("settings", "test-mail", "a@host.example").status == 0
        file.write_text("wrong-word")
        got = store("settings", "test-mail", "a@host.example")
    assert (got.status, "refused the login" in got.err) == (1, True)
    assert "wrong-word" not in got.err


@pytest.mark.parametrize(
    ("settings", "address", "status", "message"),
    [
        ("", "a@host.example", 1, "mail-host and mail-from are not set"),
        ("mail-host=none", "a@host.example", 1, "mail-host is none"),
        ("", "nobody", 2, "is not a mailbox address"),
    ],
)
def test_without_a_server_it_says_what_to_set(
    store: Cli, settings: str, address: str, status: int, message: str
) -> None:
    """The address is looked at first."""
    if settings:
        store.ok("settings", "set", settings)

    got = store("settings", "test-mail", address)

    assert (got.status, message in got.err) == (status, True)
