"""Accounts, aliases and domains of Modoboa, as its API gives and takes them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime

from mailctl.drivers.answering import LaterError, RefusedError
from mailctl.drivers.modoboa.api import Api, MissingError, at
from mailctl.values import Value

ORDINARY = "SimpleUsers"


class Account(Value):
    """An account of Modoboa that has a mailbox."""

    number: int
    username: str
    is_active: bool
    role: str
    aliases: tuple[str, ...]
    made: float
    """When it was made, by Modoboa's clock, as seconds since 1970."""


class Alias(Value):
    """An address that hands its mail on."""

    number: int
    address: str
    is_enabled: bool
    recipients: tuple[str, ...]


class Accounts:
    """What the driver needs of Modoboa; `own` is the account to which the token belongs."""

    def __init__(self, api: Api, *, own: object) -> None:
        self.api = api
        self.own = own

    def numbered(self, number: int) -> Account | None:
        """The account of that number, if there is one."""
        try:
            return _account(self.api.get(at("accounts", number)))
        except MissingError:
            return None

    def called(self, username: str) -> Account | None:
        """The account of that name, if there is one."""
        found = self.matching(username)
        return next((one for one in found if one.username == username), None)

    def matching(self, text: str) -> Iterator[Account]:
        """The accounts in whose name, or at the beginning of another of their fields, a text is."""
        for found in self.api.all("accounts/", search=text, ordering="username"):
            account = _account(found)
            if account is not None:
                yield account

    def everyone(self) -> Iterator[Account]:
        """Every account that has a mailbox."""
        for found in self.api.all("accounts/", ordering="username"):
            account = _account(found)
            if account is not None:
                yield account

    def make(self, address: str) -> Account:
        """Make an account with a mailbox and a password that nobody knows; RefusedError."""
        body = {
            "username": address,
            "role": ORDINARY,
            "is_active": True,
            # Modoboa wants a capital, a small letter and a digit.
            "password": secrets.token_urlsafe(32) + "aZ7",
            "mailbox": {"use_domain_quota": True},
        }
        try:
            made = _account(self.api.send("POST", "accounts/", body))
        except MissingError:
            raise _no_domain(address) from None
        if made is None:
            raise LaterError("Modoboa made an account without a mailbox")
        return made

    def change(self, account: Account, **values: str | bool) -> None:
        """Change an account: username, is_active; RefusedError, LaterError."""
        try:
            self.api.send("PATCH", at("accounts", account.number), values)
        except MissingError as error:
            if isinstance(username := values.get("username"), str):
                raise _no_domain(username) from None
            raise RefusedError(f"Modoboa refuses it: {error}") from None

    def delete(self, account: Account) -> None:
        """Delete an account, its mailbox and its mail."""
        try:
            self.api.send("POST", at("accounts", account.number, "delete"), {"keepdir": False})
        except MissingError:
            return

    def alias(self, address: str) -> Alias | None:
        """The alias of that address, if there is one."""
        for found in self.api.all("aliases/", search=address):
            number, recipients = found.get("pk"), found.get("recipients")
            if found.get("address") == address and type(number) is int:
                return Alias(
                    number=number,
                    address=address,
                    is_enabled=found.get("enabled") is True,
                    recipients=tuple(recipients) if isinstance(recipients, list) else (),
                )
        return None

    def enable(self, alias: Alias) -> None:
        """Let an alias hand its mail on again."""
        body = {"address": alias.address, "recipients": list(alias.recipients), "enabled": True}
        try:
            self.api.send("PUT", at("aliases", alias.number), body)
        except MissingError:
            return


def _no_domain(address: str) -> RefusedError:
    domain = address.rpartition("@")[2]
    then = "mailctl task run --retry"
    return RefusedError(f"Modoboa has no domain {domain}: add it there, then: {then}")


def _account(found: Mapping[str, object]) -> Account | None:
    """An account as the API gives it; None for one without a mailbox."""
    number, username = found.get("pk"), found.get("username")
    if type(number) is not int or not isinstance(username, str):
        raise LaterError("Modoboa gave an account without number and name")
    if found.get("mailbox") is None:
        return None
    aliases = found.get("aliases")
    return Account(
        number=number,
        username=username,
        is_active=found.get("is_active") is True,
        role=str(found.get("role")),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        made=_seconds(found.get("date_joined")),
    )


def _seconds(written: object) -> float:
    try:
        return datetime.fromisoformat(str(written)).timestamp()
    except ValueError:
        return 0.0
