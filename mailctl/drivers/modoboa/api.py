"""Modoboa's HTTP API, version 2: requests and answers, and what went wrong in the driver's words.

The token goes to the host of the address that was given and to no other: redirects are not
followed, certificates are verified, and without TLS only this machine is spoken to.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from time import monotonic, sleep
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from mailctl.drivers.answering import LaterError, RefusedError
from mailctl.drivers.protocol import shortened

REQUEST_SECONDS = 40.0
"""So long all that one request of mailctl needs of Modoboa may take: less than driver-timeout."""
SILENT_SECONDS = 15.0
"""So long Modoboa may say nothing."""
_PER_PAGE = 200
_LONGEST_ANSWER = 20_000_000
_AT_ONCE = 65536


class MissingError(Exception):
    """Modoboa says that there is no such thing."""


class Api:
    """Modoboa at an address, spoken to with a token."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        check_url(url, parts)
        self._host, self._port, self._prefix = parts.hostname or "", parts.port, parts.path
        self._context = ssl.create_default_context() if parts.scheme == "https" else None
        self._token = token
        self._connection: HTTPConnection | None = None
        self._until = 0.0
        self.server_seconds = 0.0
        """Modoboa's own time at its last answer, to the second, as seconds since 1970."""

    def begin(self) -> None:
        """Begin what one request of mailctl needs: its time runs from now."""
        self._until = monotonic() + REQUEST_SECONDS

    def get(self, path: str, **query: str | int) -> Mapping[str, object]:
        """What is at a path; MissingError, RefusedError, LaterError."""
        return _object(self._asked("GET", f"{path}?{urlencode(query)}" if query else path))

    def all(self, path: str, **query: str | int) -> Iterator[Mapping[str, object]]:
        """Every entry of a list, page by page."""
        page: int | None = 1
        while page is not None:
            found = self.get(path, page=page, page_size=_PER_PAGE, **query)
            entries = found.get("results")
            if not isinstance(entries, list):
                raise LaterError("Modoboa gave something that is no list")
            yield from map(_object, entries)
            page = page + 1 if found.get("next") else None

    def send(self, method: str, path: str, body: Mapping[str, object]) -> Mapping[str, object]:
        """Change what is at a path; MissingError, RefusedError, LaterError.

        After a LaterError nobody knows whether it was changed.
        """
        return _object(self._asked(method, path, json.dumps(body).encode()))

    def _asked(self, method: str, path: str, body: bytes | None = None) -> object:
        while True:
            response, said = self._exchanged(method, path, body)
            if response.status != 429:
                return self._understood(method, response, said)
            self._pause(response.headers.get("Retry-After", ""))

    def _exchanged(self, method: str, path: str, body: bytes | None) -> tuple[HTTPResponse, bytes]:
        was_open = self._connection is not None
        if body is not None and was_open:
            # Nobody could say whether a connection that Modoboa has closed meanwhile was heard.
            self.close()
        try:
            return self._once(method, path, body)
        except (ConnectionError, HTTPException) as error:
            self.close()
            if body is not None or not was_open:
                raise self._away(error) from None
        except OSError as error:
            self.close()
            raise self._away(error) from None
        try:
            return self._once(method, path, body)
        except (OSError, HTTPException) as error:
            self.close()
            raise self._away(error) from None

    def _once(self, method: str, path: str, body: bytes | None) -> tuple[HTTPResponse, bytes]:
        connection = self._connection = self._connection or self._new_connection()
        connection.timeout = self._patience()
        if connection.sock is not None:
            connection.sock.settimeout(connection.timeout)
        headers = {
            "Authorization": f"Token {self._token}",
            "Accept": "application/json",
            "Accept-Language": "en",
            "Content-Type": "application/json",
        }
        connection.request(method, f"{self._prefix.rstrip('/')}/api/v2/{path}", body, headers)
        response = connection.getresponse()
        said = bytearray()
        with response:
            while part := response.read1(_AT_ONCE):
                said += part
                if len(said) > _LONGEST_ANSWER:
                    raise HTTPException("its answer has no end")
                self._patience()
        if date := response.headers.get("Date"):
            try:
                self.server_seconds = parsedate_to_datetime(date).timestamp()
            except ValueError:
                self.server_seconds = 0.0
        return response, bytes(said)

    def _new_connection(self) -> HTTPConnection:
        if self._context is None:
            return HTTPConnection(self._host, self._port)
        return HTTPSConnection(self._host, self._port, context=self._context)

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _patience(self) -> float:
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        return min(SILENT_SECONDS, left)

    def _pause(self, said: str) -> None:
        """Modoboa counts requests; wait as long as it says, if there is time for it."""
        seconds = float(said) if said.isdecimal() else 1.0
        if monotonic() + seconds > self._until:
            raise LaterError(f"Modoboa takes no more requests for {seconds:.0f} seconds")
        sleep(seconds)

    def _understood(self, method: str, response: HTTPResponse, said: bytes) -> object:
        status = response.status
        is_json = response.headers.get_content_type() == "application/json"
        try:
            found = json.loads(said) if is_json and said else None
        except (ValueError, RecursionError):
            raise LaterError(f"Modoboa answered {status} with something unreadable") from None
        if 200 <= status < 300 and (is_json or not said):
            return found or {}
        if status == 404 and isinstance(found, dict):
            raise MissingError(self._words(found))
        if status in (400, 409, 413, 422) and found is not None:
            raise RefusedError(f"Modoboa refuses it: {self._words(found)}")
        if status in (401, 403):
            raise LaterError(f"Modoboa does not take the token: {self._words(found) or status}")
        if 300 <= status < 400:
            where = self._plain(response.headers.get("Location", "another address"))
            raise LaterError(f"Modoboa sends us on to {where}; modoboa-url must be where it is")
        words = self._words(found) if found is not None else ""
        raise LaterError(f"Modoboa answered {status} to {method}{f': {words}' if words else ''}")

    def _away(self, error: Exception) -> LaterError:
        if isinstance(error, ssl.SSLCertVerificationError):
            words = f"its certificate is not trusted: {error.verify_message}"
        else:
            words = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return LaterError(f"Modoboa at {self._host} does not answer: {self._plain(words)}")

    def _words(self, found: object) -> str:
        return self._plain("; ".join(_sentences(found)))

    def _plain(self, text: str) -> str:
        return shortened(text.replace(self._token, "…"))


def check_url(url: str, parts: SplitResult) -> None:
    """RefusedError unless the token may be sent to an address."""
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedError(f"modoboa-url is no address: {shortened(url)}")
    if parts.scheme == "http" and not _is_here(host):
        raise RefusedError(
            f"modoboa-url must begin with https://, or anybody on the way to {host} reads the token"
        )


def at(*parts: str | int) -> str:
    """The path of these parts, as the API wants it."""
    return "".join(f"{quote(str(part), safe='')}/" for part in parts)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _object(found: object) -> Mapping[str, object]:
    if not isinstance(found, dict):
        raise LaterError("Modoboa gave something that is not what was asked for")
    return found


def _sentences(found: object, key: str = "") -> Iterator[str]:
    """What an error says: `{"username": ["…"]}` is "username: …"."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from _sentences(value, "" if name in ("detail", "error") else str(name))
    elif isinstance(found, list):
        for value in found:
            yield from _sentences(value, key)
    elif found is not None:
        yield f"{key}: {found}" if key else str(found)
