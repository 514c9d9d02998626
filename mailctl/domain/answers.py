"""How banks and gateways answer: how soon, and why they take money back (rules 10)."""

from __future__ import annotations

from mailctl.domain.names import check_filled
from mailctl.domain.payments import MethodKind
from mailctl.errors import UsageError

DAYS_TO_ANSWER = 10
"""After so many days without an answer an administrator should look; nothing happens by itself."""

LACK_OF_FUNDS = (MethodKind.BANK.value, "AM04")
"""The one reason for which asking again helps: the account had not enough money that day."""

DUPLICATES = frozenset(("AM05", "DUPL", "DU01", "DU02", "DU03", "DU04", "DU05"))
"""The bank has had it before: what it had first is carried out, and was not refused."""

UNSAID = "MS03"
"""The code of a return whose reason the bank does not say."""

CODES: dict[str, str] = {
    "AC01": "incorrect account number",
    "AC02": "invalid debtor account number",
    "AC03": "invalid creditor account number",
    "AC04": "closed account",
    "AC06": "blocked account",
    "AC07": "closed creditor account",
    "AC13": "invalid type of debtor account",
    "AC14": "invalid agent",
    "AC15": "account details changed",
    "AC16": "account in sequestration",
    "AC17": "account in liquidation",
    "AG01": "transaction forbidden on this account",
    "AG02": "invalid bank operation code",
    "AG07": "unsuccessful direct debit",
    "AGNT": "incorrect agent",
    "AM01": "zero amount",
    "AM02": "amount not allowed",
    "AM03": "currency not allowed",
    "AM04": "insufficient funds",
    "AM05": "duplicate",
    "AM06": "amount too low",
    "AM07": "blocked amount",
    "AM09": "wrong amount",
    "AM10": "invalid control sum",
    "ARDT": "returned already",
    "BE01": "not the customer of this account",
    "BE04": "missing creditor address",
    "BE05": "unrecognised initiating party",
    "BE06": "unknown end customer",
    "BE07": "missing debtor address",
    "BE08": "bank error",
    "BE10": "invalid debtor country",
    "BE11": "invalid creditor country",
    "BE16": "invalid debtor identification code",
    "BE17": "invalid creditor identification code",
    "CN01": "authorisation cancelled",
    "CNOR": "creditor bank is not registered",
    "CNPC": "cash not picked up",
    "CURR": "incorrect currency",
    "CUST": "requested by the customer",
    "DC04": "no credit transfer received by the customer",
    "DNOR": "debtor bank is not registered",
    "DS28": "returned for a technical reason",
    "DT01": "invalid date",
    "DT02": "cheque expired",
    "DT04": "future date not supported",
    "DUPL": "duplicate payment",
    "ED01": "correspondent bank not possible",
    "ED03": "balance information requested",
    "ED05": "settlement failed",
    "EMVL": "liability shift of the card's chip",
    "ERIN": "extended remittance not supported",
    "FF03": "invalid payment type information",
    "FF04": "invalid service level code",
    "FF05": "invalid local instrument code",
    "FF06": "invalid category purpose code",
    "FF07": "invalid purpose",
    "FOCR": "following a request for cancellation",
    "FR01": "returned for fraud",
    "FRTR": "final response: mandate cancelled",
    "G004": "credit pending without funds",
    "MD01": "no mandate",
    "MD02": "missing mandatory information in the mandate",
    "MD05": "collection not due",
    "MD06": "refund asked for by the end customer",
    "MD07": "end customer deceased",
    "MS02": "reason not given by the customer",
    "MS03": "reason not given by the agent",
    "NARR": "reason in words",
    "NOAS": "no answer from the customer",
    "NOCM": "customer's account not compliant",
    "NOOR": "no original transaction received",
    "PINL": "liability shift of the card's PIN",
    "RC01": "incorrect bank identifier",
    "RC03": "invalid debtor bank identifier",
    "RC04": "invalid creditor bank identifier",
    "RC07": "invalid creditor BIC",
    "RC08": "invalid clearing system member",
    "RC11": "invalid intermediary agent",
    "RF01": "transaction reference is not unique",
    "RR01": "missing debtor account or identification",
    "RR02": "missing debtor name or address",
    "RR03": "missing creditor name or address",
    "RR04": "regulatory reason",
    "RR05": "missing regulatory or tax information",
    "RR06": "incorrect tax information",
    "RR07": "incorrect remittance information",
    "RR08": "incorrect remittance structure",
    "RR09": "incorrect purpose of payment",
    "RR11": "invalid service of the debtor agent",
    "RR12": "invalid identification of a party",
    "RUTA": "could not be applied",
    "SL01": "specific service of the debtor agent",
    "SL02": "specific service of the creditor agent",
    "SL11": "creditor is not on the debtor's list of those allowed",
    "SL12": "creditor is on the debtor's list of those refused",
    "SL13": "more direct debits than the debtor allows",
    "SL14": "more than the debtor allows for a direct debit",
    "SP01": "payment stopped by the account holder",
    "SP02": "payment stopped before",
    "SVNR": "service not rendered",
    "TM01": "after the cut-off time",
    "TRAC": "removed from tracking",
    "UPAY": "undue payment",
}
"""The codes that banks give, with their meanings: ISO 20022, ExternalReturnReason1Code."""


def check_code(kind: str, code: str) -> str:
    """The reason as it is kept: a bank's is a code of the list (UsageError), others' any word."""
    text = check_filled(code, "reason")
    if kind != MethodKind.BANK:
        return text
    if text.upper() not in CODES:
        raise UsageError(
            f"{text!r} is no reason that a bank returns a debit for",
            hint="--reason AM04 (insufficient funds), MD06 (refund asked for), AC04 (closed "
            "account) or another code of four characters from the bank's statement",
        )
    return text.upper()
