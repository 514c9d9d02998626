"""Modoboa's API as its driver uses it: to whom the token goes, and what each answer means."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from mailctl.drivers.answering import LaterError, RefusedError
from mailctl.drivers.modoboa import api
from mailctl.drivers.modoboa.api import Api, MissingError
from tests.drivers.modoboa_stand_in import TOKEN, Said, StandIn, standing_in

FINE = Said(200, {"pk": 1})


@contextmanager
def at(stand_in: StandIn, scheme: str = "http", host: str = "127.0.0.1") -> Iterator[Api]:
    """The API of a server."""
    found = Api(f"{scheme}://{host}:{stand_in.port}/mail", TOKEN)
    found.begin()
    try:
        yield found
    finally:
        found.close()


def test_the_token_is_sent_as_modoboa_wants_it() -> None:
    """Below the address that was given; in English, since its words are shown."""
    with standing_in(FINE) as server, at(server) as modoboa:
        assert modoboa.get("accounts/1/") == {"pk": 1}
        modoboa.send("PATCH", "accounts/1/", {"is_active": False})
    [(_, path, headers, _), (method, _, _, body)] = server.asked
    assert (path, headers["Authorization"]) == ("/mail/api/v2/accounts/1/", f"Token {TOKEN}")
    assert headers["Accept-Language"] == "en"
    assert (method, body) == ("PATCH", {"is_active": False})


@pytest.mark.parametrize("url", ["http://mail.example.org", "http://192.0.2.7:8000"])
def test_without_tls_the_token_leaves_this_machine_not(url: str) -> None:
    """Anybody on the way could read it."""
    with pytest.raises(RefusedError, match="must begin with https://"):
        Api(url, TOKEN)


def test_a_certificate_that_nobody_trusts_is_refused_before_the_token_is_sent() -> None:
    """The driver trusts what the system trusts."""
    context = ssl_context(trustme.CA())
    with standing_in(FINE, context=context) as server, at(server, "https", "localhost") as modoboa:
        with pytest.raises(LaterError, match="its certificate is not trusted"):
            modoboa.get("accounts/1/")
        assert server.asked == []


def test_a_certificate_must_be_of_that_host(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One of another host is not enough, whoever has signed it."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with standing_in(FINE, context=ssl_context(ca)) as server:
        with at(server, "https", "localhost") as modoboa:
            assert modoboa.get("accounts/1/") == {"pk": 1}
        refused = pytest.raises(LaterError, match="certificate is not trusted")
        with at(server, "https", "127.0.0.1") as modoboa, refused:
            modoboa.get("accounts/1/")
    assert len(server.asked) == 1


def ssl_context(ca: trustme.CA) -> api.ssl.SSLContext:
    """What a server needs to be localhost."""
    context = api.ssl.SSLContext(api.ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    return context


def test_a_redirect_is_not_followed() -> None:
    """Not even to another page: the token is for the address that was given."""
    with standing_in(FINE) as other:
        to = f"http://127.0.0.1:{other.port}/api/v2/accounts/1/"
        sends_on = Said(302, {}, {"Location": to})
        refused = pytest.raises(LaterError, match=f"sends us on to {to}")
        with standing_in(sends_on) as server, at(server) as modoboa, refused:
            modoboa.get("accounts/1/")
    assert other.asked == []


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (Said(400, {"a": ["Used."], "x": {"y": ["Bad."]}}), RefusedError, "a: Used.; y: Bad."),
        (Said(409, {"error": "Mailbox a@x exists"}), RefusedError, "it: Mailbox a@x exists"),
        (Said(404, {"detail": "No User matches."}), MissingError, "No User matches."),
        (Said(404, b"<html>", kind="text/html"), LaterError, "answered 404 to GET"),
        (Said(401, {"detail": "Invalid token."}), LaterError, "does not take the token: Invalid"),
        (Said(403, {"detail": "No."}), LaterError, "does not take the token: No."),
        (Said(500, b"<html>", kind="text/html"), LaterError, "answered 500 to GET"),
        (Said(500, {"error": "Failed to retrieve"}), LaterError, "500 to GET: Failed to retrieve"),
        (Said(200, b"{", kind="application/json"), LaterError, "something unreadable"),
        (Said(200, b"<html>", kind="text/html"), LaterError, "answered 200 to GET"),
        (Said(200, ["a"]), LaterError, "not what was asked for"),
        (Said(418, {"detail": f"{TOKEN} is yours"}), LaterError, "418 to GET: … is yours"),
    ],
)  # fmt: skip
def test_what_an_answer_means(said: Said, error: type[Exception], words: str) -> None:
    """Refused is what a person must change, later what may pass; the token is never shown."""
    with standing_in(said) as server, at(server) as modoboa, pytest.raises(error) as caught:
        modoboa.get("accounts/1/")
    assert words in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_a_list_is_read_page_by_page() -> None:
    """Until there is no next one."""
    first = Said(200, {"next": "http://elsewhere.example/?page=2", "results": [{"pk": 1}]})
    last = Said(200, {"next": None, "results": [{"pk": 2}]})
    with standing_in(first, last) as server, at(server) as modoboa:
        assert [one["pk"] for one in modoboa.all("accounts/", search="a+b@x")] == [1, 2]
    assert [path.partition("?")[2] for _, path, _, _ in server.asked] == [
        "page=1&page_size=200&search=a%2Bb%40x",
        "page=2&page_size=200&search=a%2Bb%40x",
    ]


def test_it_waits_where_modoboa_says_that_it_was_asked_too_often() -> None:
    """As long as it says."""
    busy = Said(429, {"detail": "throttled"}, {"Retry-After": "1"})
    with standing_in(busy, FINE) as server, at(server) as modoboa:
        began = time.monotonic()
        modoboa.get("accounts/1/")
    assert time.monotonic() - began >= 1
    assert len(server.asked) == 2


def test_it_does_not_wait_longer_than_it_has() -> None:
    """The task is tried again later."""
    busy = Said(429, {"detail": "throttled"}, {"Retry-After": "3600"})
    refused = pytest.raises(LaterError, match="no more requests for 3600 seconds")
    with standing_in(busy) as server, at(server) as modoboa, refused:
        modoboa.get("accounts/1/")


def test_a_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """In time for mailctl to hear of it."""
    monkeypatch.setattr(api, "SILENT_SECONDS", 0.2)
    slow = Said(200, {}, before=lambda: time.sleep(1))
    refused = pytest.raises(LaterError, match="does not answer: timed out")
    with standing_in(slow) as server, at(server) as modoboa, refused:
        modoboa.send("PATCH", "accounts/1/", {"is_active": True})
    assert len(server.asked) == 1


def test_a_server_that_is_away_is_named() -> None:
    """Without it nothing is done."""
    with standing_in(FINE) as server, at(server) as modoboa:
        pass
    with at(server) as modoboa, pytest.raises(LaterError, match=r"127\.0\.0\.1 does not answer: C"):
        modoboa.get("accounts/1/")


def test_a_connection_that_modoboa_closed_is_opened_again() -> None:
    """Nothing is changed twice: what changes something is asked over a new one."""
    with standing_in(Said(200, {"pk": 1}, hangs_up=True)) as server, at(server) as modoboa:
        for _ in range(2):
            modoboa.get("accounts/1/")
            modoboa.send("PATCH", "accounts/1/", {})
    assert len(server.asked) == 4


def test_an_answer_without_an_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would fill the memory."""
    monkeypatch.setattr(api, "_LONGEST_ANSWER", 100_000)
    refused = pytest.raises(LaterError, match="its answer has no end")
    with standing_in(Said(200, {"pk": "x" * 200_000})) as server, at(server) as modoboa, refused:
        modoboa.get("accounts/1/")
