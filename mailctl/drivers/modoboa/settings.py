"""The driver's settings: whether it can work with them, asked of Modoboa itself at the start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mailctl.drivers.answering import Handler, LaterError, RefusedError, Reply, Request
from mailctl.drivers.modoboa.accounts import Accounts
from mailctl.drivers.modoboa.api import Api, MissingError, at
from mailctl.drivers.modoboa.mailboxes import Mailboxes
from mailctl.drivers.modoboa.notes import Notes
from mailctl.drivers.protocol import AskedFor, Verdict
from mailctl.secret_files import first_line

NOTES_SUFFIX = ".mailboxes"
_MAY_DO_ALL = "SuperAdmins"
_EXAMPLES = {
    "modoboa-url": "https://mail.example.org",
    "modoboa-token-file": "/etc/mailctl/modoboa-token",
}
_KINDS = ("create", "suspend", "reopen", "rename", "delete", AskedFor.STATE, AskedFor.LIST)


class Driver:
    """Answers each kind, once it has its settings."""

    def __init__(self) -> None:
        self._mailboxes: Mailboxes | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """The function that answers each kind."""
        return {AskedFor.SETTINGS: self._set, **{kind: self._handler(kind) for kind in _KINDS}}

    def _handler(self, kind: str) -> Handler:
        def handle(request: Request) -> Reply:
            if self._mailboxes is None:
                raise RefusedError("the driver was not told its settings")
            return self._mailboxes.answer(kind, request)

        return handle

    def _set(self, request: Request) -> Reply:
        given = request.more.get("settings")
        settings = given if isinstance(given, dict) else {}
        url, file = (str(settings.get(name) or "") for name in _EXAMPLES)
        for name, example in _EXAMPLES.items():
            if not settings.get(name):
                raise RefusedError(f"{name} is not set: mailctl settings set {name}={example}")
        path = Path(file)
        api = Api(url.rstrip("/"), _token(path))
        api.begin()
        try:
            me = api.get(at("account", "me"))
            if me.get("role") != _MAY_DO_ALL:
                raise RefusedError(
                    f"the token in {path} is not of a super administrator of Modoboa"
                )
            parameters = api.get(at("parameters", "global", "admin")).get("params")
        except MissingError:
            raise RefusedError("Modoboa has no API of version 2; its version is too old") from None
        except LaterError as error:
            raise RefusedError(str(error)) from None
        moves = isinstance(parameters, dict) and parameters.get("handle_mailboxes") is True
        notes = Notes(path.with_name(path.name + NOTES_SUFFIX), url.rstrip("/"))
        with notes.held():
            pass
        self._mailboxes = Mailboxes(Accounts(api, own=me.get("pk")), notes, moves_folders=moves)
        return Reply(verdict=Verdict.DONE)


def _token(path: Path) -> str:
    def unfit(why: str, hint: str | None) -> RefusedError:
        return RefusedError(
            f"the file with Modoboa's token, {path}, {why}{f': {hint}' if hint else ''}"
        )

    if not path.is_absolute():
        raise unfit("is not an absolute path", None)
    token = first_line(path, unfit).strip()
    if not (token and token.isascii() and token.isprintable() and " " not in token):
        raise unfit("has no token in its first line", None)
    return token
