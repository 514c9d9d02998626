"""Litestream's configuration for a store: what is replicated, to where, and how far back.

Words are Litestream's own (https://litestream.io/reference/config/), as of version 0.5.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from shlex import quote

PLACES = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS, the path of the key's file",
    "abs": "LITESTREAM_AZURE_ACCOUNT_KEY",
}
"""Object storages by what their URLs begin with, and the variables that Litestream reads there."""

_URL = re.compile(r"[a-z0-9]+://(?:([^/?#]*)@)?[^/?#]+/[^?#]+(?:\?([^#]*))?")
_SECRET = re.compile(r"(?:^|&)[^=]*(?:key|secret|token|passw|sig)", re.IGNORECASE)

_TEXT = """\
# How Litestream (0.5.17 or newer) replicates the store. Save this as
# /etc/mailctl/litestream.yml; all about it is "Replication" in
# docs/operations.md of mailctl.
#
# Continuously, as a service: contrib/systemd/mailctl-litestream.service
# Or a whole copy once a day, by cron: contrib/cron/litestream, which gives
#   litestream replicate -once -force-snapshot -enforce-retention -config ...
# Either runs as the store's owner. {secrets}
#
# The store as it was last, or at a moment, as a new file; umask 077 keeps it
# from others:
#   litestream restore -config ... -o restored.db {path}
#   litestream restore -timestamp 2026-01-31T12:00:00Z ...
#   mailctl --store restored.db store check
snapshot:
  # Each day a whole copy; the changes are sent as they come.
  interval: 24h
  # {days} days: what any state of that time held, and what was erased since.
  retention: {hours}h
dbs:
  - path: {store}
    replica:
{replica}
      # What a lost machine may lose.
      sync-interval: 1s
"""


def configuration(store: Path, to: str, days: int) -> str:
    """The configuration, as text.

    ValueError, with a sentence, where a place cannot stand in it, or holds a secret.
    """
    found = _URL.fullmatch(to)
    kind, is_url, _ = to.partition("://")
    # What else stands in it may be a password, and is not repeated.
    if is_url and kind not in PLACES:
        raise ValueError("mailctl has a configuration for s3://, gs:// and abs:// alone")
    if is_url and not found:
        raise ValueError("the URL names no bucket and a folder in it, as s3://bucket/mailctl does")
    if found:
        user, query = found.groups()
        # Azure's account has its name there.
        named = kind == "abs" and ":" not in (user or "")
        if (user and not named) or _SECRET.search(query or ""):
            raise ValueError(
                "a password or key does not belong in the URL: Litestream reads it from the "
                f"environment ({PLACES[kind]})"
            )
        secrets = f"Its key is read from the\n# environment: {PLACES[kind]}."
        replica = f"      url: {_quoted(to)}"
    else:
        secrets = "The folder below belongs on\n# another disk."
        folder = Path(to).absolute()
        replica = f"      type: file\n      path: {_quoted(str(folder))}"
    return _TEXT.format(
        path=quote(str(store)),
        # Litestream puts it into a URI as it is.
        store=_quoted(str(store), never="$?#%"),
        replica=replica,
        secrets=secrets,
        days=days,
        hours=days * 24,
    )


def _quoted(place: str, never: str = "$") -> str:
    """A place between YAML's double quotes, which read escapes as JSON does."""
    # What begins with $ is a variable there.
    wrong = [sign for sign in place if sign in never or not sign.isprintable()]
    if wrong:
        raise ValueError(
            f"Litestream cannot be given {place!r}: it misreads {wrong[0]!r} in a name"
        )
    return json.dumps(place, ensure_ascii=False)
