"""Settings that are possible one by one, and do not go with each other (rules 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailctl.domain.legal_ids import siren_of, siren_of_vat_number

_SERVER = ("mail-host", "mail-port", "mail-tls", "mail-user", "mail-password-file", "mail-from")
_WITHIN = (("deletion-reminder-days", "retention-days"), ("debt-reminder-days", "payment-days"))
"""Reminders, and the days in which they must fall."""
_TERRITORIES = {
    "FR": ("GF", "GP", "MQ", "YT", "RE", "PM", "BL", "MF", "NC", "PF", "WF", "TF"),
    "GB": ("IM", "JE", "GG"),
    "FI": ("AX",),
}
"""Territories whose banks have the IBANs of another country (the IBAN registry of SWIFT)."""
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def doubts(
    values: Mapping[str, str], *, about: frozenset[str], has_password: bool
) -> tuple[str, ...]:
    """A sentence for each combination that cannot work or does nothing, with what helps.

    `values` are all settings in their kept form; only what concerns the names in `about` is said.
    """
    found: list[str] = []
    if about & set(_SERVER) and values["mail-host"] not in ("", "none"):
        found += _of_server(values, about, has_password=has_password)
    found += _of_reminders(values, about)
    found += _of_seller(values, about)
    return tuple(found)


def _of_server(
    values: Mapping[str, str], about: frozenset[str], *, has_password: bool
) -> Iterator[str]:
    host, tls, port = values["mail-host"], values["mail-tls"], values["mail-port"]
    user, file = values["mail-user"], values["mail-password-file"]
    if not values["mail-from"]:
        yield ("no mail can be sent yet, since it has no sender: mailctl settings set mail-from -")
    if user and not file and not has_password:
        yield (
            f"the login of {user} has no password: mailctl settings set mail-password-file -, "
            "or set MAILCTL_MAIL_PASSWORD where mailctl runs"
        )
    if file and not user and "mail-password-file" in about:
        yield (
            "the password is used by a login only, and there is none: "
            "mailctl settings set mail-user -"
        )
    if user and tls == "none" and host not in _THIS_MACHINE:
        yield (
            f"the password would go to {host} unprotected, so nothing is sent: "
            "mailctl settings set mail-tls starttls"
        )
    if (port, tls) in (("465", "starttls"), ("587", "tls")) and about & {"mail-port", "mail-tls"}:
        other = "tls" if tls == "starttls" else "starttls"
        yield f"port {port} usually goes with {other}: mailctl settings set mail-tls {other}"


def _of_reminders(values: Mapping[str, str], about: frozenset[str]) -> Iterator[str]:
    for reminder, span in _WITHIN:
        days = int(values[span])
        late = [day for day in values[reminder].split() if int(day) >= days > 0]
        if late and about & {reminder, span}:
            yield (
                f"{span} is {days}, so the reminder {' and '.join(late)} days before is never "
                f"sent: mailctl settings set {reminder} DAYS"
            )


def _of_seller(values: Mapping[str, str], about: frozenset[str]) -> Iterator[str]:
    """Numbers of the seller that belong to different banks or businesses."""
    if about & {"seller-iban", "seller-bic"}:
        iban, bic = values["seller-iban"], values["seller-bic"]
        if iban and bic and not _go_together(iban[:2], bic[4:6]):
            yield (
                f"seller-iban is of a bank in {iban[:2]}, seller-bic of one in {bic[4:6]}: "
                "mailctl settings set seller-bic -"
            )
    if about & {"seller-legal-id", "seller-vat-number"}:
        number = values["seller-vat-number"]
        siren, other = siren_of(values["seller-legal-id"]), siren_of_vat_number(number)
        if siren and other and siren != other:
            yield (
                f"seller-legal-id has the SIREN {siren}, seller-vat-number {other}: "
                "mailctl settings set seller-legal-id -"
            )


def _go_together(iban: str, bic: str) -> bool:
    """Whether an IBAN of one country is of a bank in the other: territories have their state's."""
    return bic == iban or bic in _TERRITORIES.get(iban, ())
