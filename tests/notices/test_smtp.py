"""The mail server's side: encryption that holds or nothing is said, logins, and passwords."""

from __future__ import annotations

import base64
import os
import ssl
import sys
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from unicodedata import category

import pytest
import trustme
from hypothesis import example, given
from hypothesis import strategies as st

import tests.helpers
from mailctl import clock
from mailctl.notices import message
from mailctl.notices.letter import Letter
from tests.helpers import Cli, contents
from tests.notices.conftest import Hands
from tests.notices.post_office import PASSWORD, USER, PostOffice, configure, open_office
from tests.notices.test_sending import counts, kinds, sent


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who says that a server is who it says."""
    return trustme.CA()


def encrypting(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    """A server's side of an encrypted connection, with a certificate for that name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that trusts the authority."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return {"SSL_CERT_FILE": str(path)}


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the environment of the commands has beside the usual."""
    added: dict[str, str] = {}
    usual = tests.helpers.differences

    def with_added(store: Path) -> Mapping[str, str | None]:
        return usual(store) | added

    monkeypatch.setattr(tests.helpers, "differences", with_added)
    return added


@pytest.fixture
def safe(
    queue: Cli, authority: trustme.CA, trusting: dict[str, str], surroundings: dict[str, str],
    hands: Hands,
) -> Iterator[tuple[Cli, PostOffice]]:  # fmt: skip
    """A store whose mail goes to a server with STARTTLS that wants a login."""
    surroundings.update(trusting)
    with open_office(
        tls_context=encrypting(authority), require_starttls=True, auth_required=True
    ) as office:
        configure(queue, office.port, mail_host="localhost", mail_tls="starttls", mail_user=USER)
        yield queue, office


def refused(cli: Cli) -> tuple[int, str, str]:
    """How a sending ended that was not to change anything: status, code, message."""
    before = contents(cli.store)
    outcome = cli("notice", "send", "-o", "json")
    assert contents(cli.store) == before
    assert PASSWORD not in outcome.out + outcome.err
    return outcome.status, outcome.error()["code"], outcome.error()["message"]


def test_mail_is_handed_over_encrypted_after_a_login(
    safe: tuple[Cli, PostOffice], surroundings: dict[str, str]
) -> None:
    """STARTTLS first, then the password of the environment, then the mail."""
    cli, office = safe
    surroundings["MAILCTL_MAIL_PASSWORD"] = PASSWORD
    assert sent(cli) == counts(sent=4)
    assert office.encrypted == [False, True]
    assert office.logins == [(USER, PASSWORD)]


def test_the_password_is_nowhere_but_in_the_login(
    safe: tuple[Cli, PostOffice], surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Not in the store, nor in what is printed, however much is asked for."""
    cli, _ = safe
    surroundings["MAILCTL_MAIL_PASSWORD"] = PASSWORD
    outcome = cli("notice", "send", "-vvv")
    assert outcome.status == 0
    said = (outcome.out + outcome.err + cli("journal", "list", "--json").out).encode()
    for hidden in (PASSWORD.encode(), base64.b64encode(PASSWORD.encode())):
        assert hidden not in said
        assert not [path for path in tmp_path.iterdir() if hidden in path.read_bytes()]


def test_mail_can_be_encrypted_from_the_first_byte(
    queue: Cli, authority: trustme.CA, trusting: dict[str, str], surroundings: dict[str, str],
    hands: Hands,
) -> None:  # fmt: skip
    """The setting mail-tls tls, as port 465 wants it."""
    surroundings.update(trusting)
    with open_office() as office:
        configure(queue, office.port, mail_host="localhost", mail_tls="tls")
        assert refused(queue)[:2] == (1, "mail-failed")
    with open_office(ssl_context=encrypting(authority)) as office:
        configure(queue, office.port, mail_host="localhost", mail_tls="tls")
        assert sent(queue) == counts(sent=4)


def test_without_starttls_nothing_is_sent(post: Cli, office: PostOffice) -> None:
    """A server, or somebody between, that does not offer it gets no mail in the clear."""
    post.ok("settings", "set", "mail-tls", "starttls")
    status, code, said = refused(post)
    assert (status, code) == (1, "mail-failed")
    assert said.endswith("cannot be used: it does not offer STARTTLS")
    assert (office.asked, office.logins) == ([], [])


@pytest.mark.parametrize(
    ("name", "trusts", "why"),
    [
        ("localhost", "others", "unable to get local issuer certificate"),
        (
            "post.example",
            "its maker",
            "Hostname mismatch, certificate is not valid for 'localhost'.",
        ),
    ],
)
def test_a_wrong_certificate_ends_the_connection(
    queue: Cli, authority: trustme.CA, trusting: dict[str, str], surroundings: dict[str, str],
    hands: Hands, name: str, trusts: str, why: str,
) -> None:  # fmt: skip
    """One that nobody vouches for, or another server's."""
    if trusts == "its maker":
        surroundings.update(trusting)
    with open_office(tls_context=encrypting(authority, name)) as office:
        configure(queue, office.port, mail_host="localhost", mail_tls="starttls", mail_user=USER)
        surroundings["MAILCTL_MAIL_PASSWORD"] = PASSWORD
        status, code, said = refused(queue)
    assert (status, code) == (1, "mail-failed")
    assert said.endswith(f"its certificate is not trusted: {why}")
    assert (office.asked, office.logins) == ([], [])


def test_a_login_that_is_refused_changes_nothing(
    safe: tuple[Cli, PostOffice], surroundings: dict[str, str]
) -> None:
    """Whose login, and no word of the password, even where the server repeats it."""
    cli, office = safe
    surroundings["MAILCTL_MAIL_PASSWORD"] = "Wrong-Horse-9"
    status, code, said = refused(cli)
    assert (status, code) == (1, "mail-failed")
    assert said.endswith("refused the login of mailctl (535)")
    assert "Wrong" not in said
    assert office.taken == []


def test_a_server_that_repeats_the_login_is_not_quoted(
    safe: tuple[Cli, PostOffice], surroundings: dict[str, str]
) -> None:
    """Neither as it was typed nor as it was sent: the store keeps what the server said else."""
    cli, office = safe
    surroundings["MAILCTL_MAIL_PASSWORD"] = PASSWORD
    sent_as = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    office.rcpt["it@bolt.example"] = [f"450 later, {sent_as} {PASSWORD}"]
    assert sent(cli) == counts(sent=3, delayed=1, left=1)
    assert cli.ok("notice", "show", "3")["last_error"] == "450 later, *** ***"


def test_a_server_without_logins_is_named(
    queue: Cli, office: PostOffice, surroundings: dict[str, str], hands: Hands
) -> None:
    """It offers none without encryption."""
    configure(queue, office.port, mail_user=USER)
    surroundings["MAILCTL_MAIL_PASSWORD"] = PASSWORD
    assert refused(queue)[2].endswith("takes no login on this connection")
    assert office.logins == []


def test_a_password_never_leaves_this_machine_unprotected(
    queue: Cli, surroundings: dict[str, str]
) -> None:
    """Without encryption a login is refused, unless the server is this machine."""
    configure(queue, 2525, mail_host="mail.example", mail_user=USER)
    surroundings["MAILCTL_MAIL_PASSWORD"] = PASSWORD
    status, code, said = refused(queue)
    assert (status, code) == (1, "mail-not-configured")
    assert "mail.example unprotected" in said


def test_a_password_file_of_its_owner_alone_is_read(
    safe: tuple[Cli, PostOffice], tmp_path: Path
) -> None:
    """Its first line; the store knows only where it is."""
    cli, office = safe
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\nand a note\n")
    path.chmod(0o400)
    cli.ok("settings", "set", "mail-password-file", str(path))
    assert sent(cli) == counts(sent=4)
    assert office.logins == [(USER, PASSWORD)]


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (0o640, "may be opened by other users"),
        (0o604, "may be opened by other users"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_a_password_file_that_others_may_open_is_refused(
    safe: tuple[Cli, PostOffice], tmp_path: Path, mode: int | None, why: str
) -> None:
    """With the command that closes it; nobody is asked instead."""
    cli, office = safe
    path = tmp_path / "password"
    if mode is not None:
        path.write_text(PASSWORD)
        path.chmod(mode)
    cli.ok("settings", "set", "mail-password-file", str(path))
    status, code, said = refused(cli)
    assert (status, code) == (1, "mail-not-configured")
    assert said == f"the file with the mail password, {path}, {why}"
    assert office.connections == 0


@pytest.mark.parametrize("place", ["folder", "pipe", "empty"])
def test_what_is_no_password_file_is_refused(
    safe: tuple[Cli, PostOffice], tmp_path: Path, place: str
) -> None:
    """At once: nobody waits at a pipe."""
    cli, _ = safe
    path = tmp_path / "password"
    if place == "folder":
        path.mkdir(mode=0o700)
    elif place == "pipe":
        os.mkfifo(path, 0o600)
    else:
        path.touch(0o600)
    cli.ok("settings", "set", "mail-password-file", str(path))
    assert refused(cli)[:2] == (1, "mail-not-configured")


def test_a_password_file_of_somebody_else_is_refused(
    safe: tuple[Cli, PostOffice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever owns it could read the password, or change it."""
    cli, _ = safe
    path = tmp_path / "password"
    path.touch(0o600)
    if os.geteuid() == 0:
        os.chown(path, 1234, 0)
    else:
        # Only root gives files away: be somebody else instead.
        monkeypatch.setattr(os, "geteuid", lambda: 1234)
    cli.ok("settings", "set", "mail-password-file", str(path))
    assert refused(cli)[2].endswith("belongs to another user")


def test_where_nobody_can_be_asked_the_other_ways_are_named(
    safe: tuple[Cli, PostOffice], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a pipe, and with --no-input; nothing is connected to before."""
    cli, office = safe
    outcome = cli("notice", "send", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (2, "confirmation-needed")
    assert "MAILCTL_MAIL_PASSWORD" in outcome.error()["hint"]
    assert "mail-password-file" in outcome.error()["hint"]
    assert office.connections == 0


def test_on_a_terminal_the_password_is_asked_for(
    safe: tuple[Cli, PostOffice], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, where there is something to send; it is not shown."""
    cli, office = safe
    asked: list[str] = []

    def typed(prompt: str, stream: object) -> str:
        assert stream is sys.stderr
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", typed)
    monkeypatch.setattr("mailctl.cli.run.Run.can_ask", lambda run: not run.no_input)
    assert cli("notice", "send", "--no-input").status == 2
    for _ in range(2):
        assert cli("notice", "send").status == 0
    assert asked == ["Password of mailctl at localhost: "]
    assert office.logins == [(USER, PASSWORD)]


def test_without_a_login_no_password_is_needed(post: Cli) -> None:
    """The setting mail-user is empty."""
    assert sent(post) == counts(sent=4)


def words_of(text: str) -> list[str]:
    """The words of a text without what is not seen."""
    unseen = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join(" " if category(char) in unseen else char for char in text).split()


TEXTS = st.text(max_size=120) | st.text(
    alphabet='a,<>@"\\;:()=?éü \r\n\t\x00\x1b\u202e\u2028', max_size=120
)


@given(
    name=TEXTS,
    subject=TEXTS,
    address=st.sampled_from(["it@acme.example", "x+y@bücher.example", "é@acme.example"]),
)
@example(name="=?utf-8?q?a=0Ab?=", subject="=?utf-8?q?a=0Ab?=", address="it@acme.example")
def test_no_text_breaks_out_of_its_header(name: str, subject: str, address: str) -> None:
    """One recipient, one sender, nine headers, whatever the names and the subject are."""
    mail = message.write(
        Letter(language="fr", subject=subject, text=".\nÀ bientôt\n", html="<p>À</p>\n"),
        sender=message.mailbox("billing@host.example", name),
        recipient=message.mailbox(address, name),
        message_id="<notice-1.0123@host.example>",
        at=clock.now(),
    )
    read = message_from_bytes(mail.content)
    assert sorted(header.lower() for header in read) == [
        "auto-submitted", "content-language", "content-type", "date", "from", "message-id",
        "mime-version", "subject", "to",
    ]  # fmt: skip
    assert b"\n" not in mail.content.replace(b"\r\n", b"")
    assert max(map(len, mail.content.split(b"\r\n"))) < 998
    assert mail.content.isascii() or address.startswith("é")
    shown = str(make_header(decode_header(read["From"].rpartition("<")[0].strip().strip('"'))))
    assert read["From"].endswith("billing@host.example>" if shown else "billing@host.example")
    assert not set(shown) & set("\r\n\t\x00\x1b\u202e\u2028")
    assert "".join(filter(str.isalnum, shown)) == "".join(filter(str.isalnum, name))
    assert str(make_header(decode_header(read["Subject"]))).split() == words_of(subject)


def test_a_full_run_leaves_a_chain_that_holds(post: Cli, office: PostOffice) -> None:
    """Each try and each outcome is in the journal, with the address apart, to be erased."""
    office.data["it@bolt.example"] = ["450 it@bolt.example is full"]
    sent(post)
    assert kinds(post).count("delayed") == 1
    rows = [row for row in post.ok("journal", "list")["items"] if row["kind"] == "notice-delayed"]
    assert rows[0]["details"] == {
        "kind": "order-confirmed",
        "notice": 3,
        "try": 1,
        "to": "it@bolt.example",
        "reason": "450 it@bolt.example is full",
    }
    assert post("journal", "verify").status == 0
