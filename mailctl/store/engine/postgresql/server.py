"""The server, database and schema that a URL names: `postgresql://HOST/DATABASE?schema=NAME`."""

from __future__ import annotations

import re
from urllib.parse import unquote

from mailctl.errors import UsageError
from mailctl.values import Value

USUAL_SCHEMA = "mailctl"
_BEGINNING = re.compile(r"postgres(?:ql)?://")
_USER = re.compile(r"(?<=://)[^/?#@]*@|(?<=[?&])user=[^&]*&?")
_SECRET = re.compile(r"(?P<user>^postgres(?:ql)?://[^/?#@]*?):[^/?#@]*@")
# What libpq takes as the name of a schema needs no quotes then, and is no word of PostgreSQL's own.
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SECRETS = frozenset(("password", "sslpassword", "oauth_client_secret"))
_HINT = "a password file (~/.pgpass, or PGPASSFILE) or a service (?service=NAME, PGSERVICEFILE)"


class Server(Value):
    """Where a store is on a server: the URL as libpq takes it, and the schema."""

    url: str
    schema: str
    text: str
    """As it was given, and as it is shown: nothing of it is secret."""

    def __str__(self) -> str:
        return self.text

    def with_schema(self, name: str) -> str:
        """The same server, and another schema of it, as a URL."""
        return f"{self.url}{'&' if '?' in self.url else '?'}schema={name}"

    @property
    def whereabouts(self) -> tuple[str, str]:
        """The URL without its user, and the schema."""
        return _USER.sub("", self.url).rstrip("?&"), self.schema


def is_url(text: str) -> bool:
    """Whether a store is named by a URL of a server."""
    return _BEGINNING.match(text) is not None


def named(text: str) -> Server:
    """The server that a URL names.

    UsageError for a password in it: everybody on the machine can read the words of a command.
    """
    place, _, query = text.partition("?")
    # As libpq reads it: a plus is a plus, and no space.
    given = [part.partition("=") for part in query.split("&") if part]
    if _SECRET.match(text) or any(unquote(name).lower() in _SECRETS for name, _, _ in given):
        raise UsageError(
            f"a password stands in {without_password(text)}, where others can read it", hint=_HINT
        )
    named_schemas = [unquote(value) for name, _, value in given if name == "schema"]
    schema = named_schemas[-1] if named_schemas else USUAL_SCHEMA
    if _SCHEMA.fullmatch(schema) is None or schema.startswith("pg_") or schema == "public":
        raise UsageError(
            f"{schema!r} cannot be the schema of a store: it is small letters, digits and "
            "underscores, and neither public nor PostgreSQL's own",
            hint=f"?schema={USUAL_SCHEMA}, or leave it out",
        )
    left = "&".join("".join(part) for part in given if part[0] != "schema")
    return Server(url=f"{place}?{left}" if left else place, schema=schema, text=text)


def without_password(text: str) -> str:
    """A URL with stars where a password stands."""
    place, mark, query = _SECRET.sub(r"\g<user>:***@", text).partition("?")
    parts = [
        f"{name}=***" if unquote(name).lower() in _SECRETS else part
        for part in query.split("&")
        for name in [part.partition("=")[0]]
    ]
    return f"{place}{mark}{'&'.join(parts)}"
