"""`advise` on notices: unsent, refused, awaited by a deletion."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import Cli
from tests.insight.advised import codes, found, play, sql
from tests.notices.post_office import PostOffice, configure


def test_notices_that_wait_for_a_day_are_to_be_sent(well: Cli, office: PostOffice) -> None:
    """Not those of today: cron may send them yet."""
    configure(well, office.port)
    play(well, "account order pro ben@acme.example -y\ntask done 2")
    assert found(well) == []

    play(well, "tick")
    assert found(well) == ["warning notices-unsent mailctl notice send"]
    play(well, "notice send")

    assert found(well) == []


def test_mail_that_is_refused_because_of_us_is_named_until_it_is_taken(
    well: Cli, office: PostOffice
) -> None:
    """Whom it concerns, what the server says, and how to go on once that is mended."""
    configure(well, office.port)
    play(well, "account order pro ben@acme.example -y\ntask done 2")
    said = "553 5.7.1 <billing@host.example>: Sender address rejected: not owned by user billing"
    office.rcpt["it@acme.example"] = [said] * 2
    assert well("notice", "send").status == 1
    assert found(well) == found(well, "acme") == ["urgent mail-refused mailctl notice send --retry"]
    (item,) = well.ok("advise")["items"]
    assert (item["customer"], item["subject"]) == ("acme", "domain/acme.example")
    assert item["message"] == (
        "1 notice to acme.example waits, the oldest since 2026-01-01: mail is refused because of "
        f"the sender, not the recipient ({said}). Once that is fixed:"
    )
    assert well("notice", "send", "--retry").status == 1
    play(well, "notice send --retry")

    assert found(well) == []


def test_a_password_file_that_cannot_be_read_is_named(well: Cli, tmp_path: Path) -> None:
    """Before cron meets it at night; of one customer nothing of the host is told."""
    path = tmp_path / "my password"
    play(well, f"settings set mail-user billing\nsettings set mail-password-file '{path}'")
    where = "urgent mail-password mailctl settings set mail-password-file -"
    assert found(well) == [where]
    assert well.ok("advise")["items"][0]["message"] == (
        f"The file with the mail password, {path}, cannot be read: No such file or directory: no "
        "mail can be sent."
    )
    path.write_text("")
    path.chmod(0o600)
    assert found(well) == [where]
    path.write_text("secret")
    path.chmod(0o644)
    assert found(well) == [f"urgent mail-password chmod 600 '{path}'"]
    assert found(well, "acme") == []
    path.chmod(0o600)

    assert found(well) == []


def test_a_deletion_that_waits_for_its_notice_is_named(well: Cli, office: PostOffice) -> None:
    """The account stays past its retention, until the customer was told."""
    configure(well, office.port)
    play(
        well,
        "account renew 1 --mode none -y\ntick --to 2026-02-15\ntask done --until 2026-02-14 -y",
    )
    items = well.ok("advise")["items"]
    held = {one["code"]: one for one in items}["deletion-held"]
    assert held["message"] == (
        "anna@acme.example should have been deleted on 2026-02-15; the deletion waits until the "
        "notice of the suspension has been sent."
    )
    assert (held["subject"], held["command"]) == ("account/1", "mailctl notice send")

    play(well, "notice send")

    assert codes(well) == ["account-suspended"]


def test_a_debtors_deletion_that_waits_is_not_reported_as_past(
    well: Cli, office: PostOffice
) -> None:
    """The mailbox is there, and money still brings it back."""
    configure(well, office.port)
    play(
        well,
        "customer add late --name Late --email it@late.example\n"
        "platform add late-pro --customer late --offer email-pro\n"
        "account order late-pro lea@late.example -y\ntick --days 30",
    )
    debt = {one["code"]: one for one in well.ok("advise", "late")["items"]}["debt"]
    assert (
        "1.20 EUR; 1 account is suspended for it and should have been deleted on 2026-01-23, "
        "8 days ago; the deletion waits until the customer has been notified"
    ) in debt["message"]


def test_a_repaired_address_that_takes_mail_is_well_again(well: Cli) -> None:
    """A refusal at the first address counts, also where the backup took it; later mail heals it."""
    play(well, "account order pro ben@acme.example -y")
    sql(well.store, "UPDATE notice SET sent_at = '2026-01-01T00:00:01Z', is_at_backup = 1 "
        "WHERE sent_at IS NULL")  # fmt: skip
    assert [one["message"] for one in well.ok("advise")["items"]] == [
        "it@acme.example of acme refuses mail: 1 notice went to the backup e-mail."
    ]

    sql(well.store, "UPDATE notice SET sent_at = '2026-01-02T00:00:00Z' WHERE is_at_backup = 0")

    assert found(well) == []

    play(well, "customer edit acme --email new@acme.example\naccount order pro cid@acme.example -y")
    sql(well.store, "UPDATE notice SET is_at_backup = 1 WHERE sent_at IS NULL")

    assert codes(well) == ["address-refused"]


def test_a_refusal_counts_on_a_clock_that_stands_elsewhere(well: Cli) -> None:
    """Mail that the address took before, in the afternoon of the store's day, heals nothing.

    A notice that waits for the backup address goes to the new one instead.
    """
    play(well, "account order pro ben@acme.example -y")
    sql(well.store, "UPDATE notice SET is_at_backup = 1 WHERE sent_at IS NULL")
    assert codes(well) == ["address-refused"]

    play(well, "customer edit acme --email new@acme.example")

    assert codes(well) == []


def test_accounts_that_end_without_a_word_are_named(well: Cli) -> None:
    """Their notice was refused for good: they are deleted on their day all the same."""
    play(
        well,
        "account order pro ben@acme.example -y\nquiet\n"
        "account renew --all --platform pro --mode none -y\ntick --to 2026-01-20\nquiet\n"
        "tick --to 2026-02-01\nrefused",
    )

    (found,) = (one for one in well.ok("advise")["items"] if one["code"] == "address-refused")

    assert (found["severity"], found["due_on"]) == ("urgent", "2026-02-15")
    assert found["message"] == (
        "it@acme.example of acme refuses mail: the customer does not know that anna@acme.example "
        "and ben@acme.example, suspended, will be deleted from 2026-02-15 on."
    )


def test_an_address_that_was_changed_before_it_refused_is_the_one_that_refuses(well: Cli) -> None:
    """Only a change since then mends it; a change of something else does not."""
    play(well, "account order pro ben@acme.example -y\ncustomer edit acme --email new@acme.example")
    sql(well.store, "UPDATE notice SET ended_at = '2199-01-01T00:00:00Z', ended_for = 'refused' "
        "WHERE sent_at IS NULL")  # fmt: skip
    assert codes(well) == ["address-refused"]
    sql(well.store, "UPDATE notice SET ended_at = '2020-01-01T00:00:00Z' WHERE ended_at > ''")
    sql(well.store, "UPDATE notice SET sent_at = '2020-01-01T00:00:00Z' WHERE sent_at > ''")

    assert codes(well) == []
