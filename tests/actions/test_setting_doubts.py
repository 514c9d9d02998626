"""Settings that do not go together are told when one of them is set (rules 15)."""

from __future__ import annotations

import pytest

from mailctl.actions.setting_doubts import doubts

MAIL = {
    "mail-host": "m.example",
    "mail-port": "587",
    "mail-tls": "starttls",
    "mail-user": "host",
    "mail-password-file": "",
    "mail-from": "billing@host.example",
    "retention-days": "14",
    "deletion-reminder-days": "7 2",
    "payment-days": "7",
    "debt-reminder-days": "2",
}


def said(*about: str, has_password: bool = True, **changed: str) -> tuple[str, ...]:
    """What is told when these settings were set."""
    values = MAIL | {name.replace("_", "-"): value for name, value in changed.items()}
    return doubts(values, about=frozenset(about), has_password=has_password)


def test_settings_that_go_together_are_not_doubted() -> None:
    assert said(*MAIL) == ()


def test_a_login_without_a_password_is_doubted_unless_there_is_one_outside() -> None:
    """In the environment, where a service's manager puts it."""
    assert said("mail-user") == ()
    (doubt,) = said("mail-user", has_password=False)
    assert "the login of host has no password" in doubt
    assert said("mail-user", has_password=False, mail_password_file="/etc/pw") == ()


@pytest.mark.parametrize("host", ["", "none"])
def test_where_no_mail_is_sent_nothing_of_it_is_doubted(host: str) -> None:
    assert said("mail-host", "mail-from", mail_host=host, mail_from="") == ()


@pytest.mark.parametrize(("days", "count"), [("6", 0), ("7", 1), ("8", 1)])
def test_a_reminder_must_come_within_the_days_that_it_reminds_of(days: str, count: int) -> None:
    """On the first of the seven days there is nothing to remind of yet."""
    assert len(said("debt-reminder-days", debt_reminder_days=days)) == count


def test_what_was_not_touched_is_not_spoken_of() -> None:
    """A doubt that was there before is not told again with everything else."""
    assert said("payment-days", mail_from="") == ()
    assert said("mail-from", debt_reminder_days="8") == ()


@pytest.mark.parametrize(("host", "count"), [("m.example", 1), ("127.0.0.1", 0), ("localhost", 0)])
def test_a_password_goes_unprotected_to_this_machine_alone(host: str, count: int) -> None:
    assert len(said("mail-tls", mail_host=host, mail_tls="none", mail_port="25")) == count


SELLER = {
    "seller-iban": "FR7630006000011234567890189",
    "seller-bic": "AGRIFRPP",
    "seller-legal-id": "0009:73282932000074",
    "seller-vat-number": "FR44732829320",
}


def test_a_bank_and_a_business_of_one_country_are_not_doubted() -> None:
    assert said(*SELLER, **SELLER) == ()
    # Banks of the French territories and of the Crown dependencies have their state's IBANs.
    assert said("seller-bic", **SELLER | {"seller-bic": "AGRIREPX"}) == ()
    assert said("seller-iban", **SELLER | {"seller-bic": ""}) == ()


def test_a_bic_of_another_country_than_the_iban_is_doubted() -> None:
    """Money would be sent to another bank, or not at all."""
    for about in ("seller-bic", "seller-iban"):
        (doubt,) = said(about, **SELLER | {"seller-bic": "COBADEFF"})
        assert "seller-iban is of a bank in FR, seller-bic of one in DE" in doubt
    assert said("seller-name", **SELLER | {"seller-bic": "COBADEFF"}) == ()


def test_a_siren_that_is_not_in_the_vat_number_is_doubted() -> None:
    for about in ("seller-legal-id", "seller-vat-number"):
        (doubt,) = said(about, **SELLER | {"seller-legal-id": "0002:303265045"})
        assert "seller-legal-id has the SIREN 303265045, seller-vat-number 732829320" in doubt
    assert said("seller-legal-id", **SELLER | {"seller-vat-number": "DE136695976"}) == ()
