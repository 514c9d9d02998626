"""`store replicate --config`: what is printed for Litestream, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Cli

pytestmark = pytest.mark.files_only("Litestream replicates files")


def test_the_printed_configuration_is_of_this_store_and_place(store: Cli) -> None:
    """Comments say how it is run and restored from; the rest is what Litestream reads."""
    printed = store("store", "replicate", "--config", "--to", "s3://copies/mailctl", "--days", "90")
    lines = printed.out.splitlines()

    assert (printed.status, printed.err) == (0, "")
    assert [line for line in lines if line.strip()[0] != "#"] == [
        "snapshot:",
        "  interval: 24h",
        "  retention: 2160h",
        "dbs:",
        f'  - path: "{store.store}"',
        "    replica:",
        '      url: "s3://copies/mailctl"',
        "      sync-interval: 1s",
    ]
    comments = "\n".join(line for line in lines if line.strip()[0] == "#")
    for word in ("litestream restore ", "replicate -once", "mailctl-litestream.service"):
        assert word in comments
    assert "AWS_SECRET_ACCESS_KEY" in comments


def test_a_link_to_the_store_is_followed(store: Cli, tmp_path: Path) -> None:
    """SQLite's log lies beside the file itself, where Litestream has to look for it."""
    link = tmp_path / "link.db"
    link.symlink_to(store.store)

    assert f'  - path: "{store.store}"\n' in Cli(link)("store", "replicate", "--config").out


def test_a_store_that_is_lost_has_a_configuration_too(cli: Cli) -> None:
    """The replica is to be restored where neither the store nor the file is there any more."""
    printed = cli("store", "replicate", "--config")

    assert f'  - path: "{cli.store}"\n' in printed.out
    assert '      path: "/var/backups/mailctl/replica"\n' in printed.out
    assert (printed.status, printed.err.count("there is no store at")) == (0, 1)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("s3://copies", "names no bucket and a folder"),
        ("s3://me:canary@copies", "names no bucket and a folder"),
        ("s3://me:canary@copies/mailctl", "reads it from the environment"),
        ("s3://AKIA@copies/mailctl", "reads it from the environment"),
        (
            "s3://copies/m?endpoint=h.example&secret-access-key=canary",
            "reads it from the environment",
        ),
        ("abs://account:canary@copies/mailctl", "reads it from the environment"),
        ("ftp://copies/mailctl", "for s3://, gs:// and abs:// alone"),
        ("canary://copies", "for s3://, gs:// and abs:// alone"),
        ("copies/$HOME", "misreads '$'"),
    ],
)
def test_a_place_that_litestream_would_misread_or_that_holds_a_secret_is_refused(
    place: str, said: str, store: Cli
) -> None:
    """In one sentence, and without repeating the secret."""
    refused = store("store", "replicate", "--config", "--to", place, "-v")

    assert (refused.status, refused.out) == (2, "")
    assert said in refused.err
    assert "hint: --to FOLDER, or --to s3://BUCKET/FOLDER" in refused.err
    assert "canary" not in refused.err


@pytest.mark.parametrize("place", ["abs://account@copies/mailctl", "gs://copies/mailctl"])
def test_other_object_storage_is_taken(place: str, store: Cli) -> None:
    """The account's name in Azure's URL is no secret."""
    assert f'url: "{place}"\n' in store("store", "replicate", "--config", "--to", place).out


@pytest.mark.parametrize("name", ["a#b.db", "a?b.db", "a%41.db", "a$b.db", "a\u202eb.db"])
def test_a_store_whose_name_litestream_would_misread_is_refused(name: str, tmp_path: Path) -> None:
    """It would replicate another file, or none, and say nothing."""
    refused = Cli(tmp_path / name)("store", "replicate", "--config")

    assert (refused.status, refused.out) == (2, "")
    assert "Litestream cannot be given" in refused.err


def test_without_config_it_says_what_to_give(store: Cli) -> None:
    """Litestream replicates, not mailctl."""
    refused = store("store", "replicate")

    assert (refused.status, refused.out) == (2, "")
    assert "store replicate --config" in refused.err


def test_a_store_on_a_server_is_referred_to_the_server(cli: Cli) -> None:
    """Its replicas are PostgreSQL's; no connection is tried."""
    place = "postgresql://nowhere.example/mailctl"
    refused = cli("--store", place, "store", "replicate", "--config")

    assert refused.status == 2
    assert "pgBackRest" in refused.err
