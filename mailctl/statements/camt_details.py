"""What a camt file says of one movement: of an entry without details, or of a part of one."""

from __future__ import annotations

from typing import NamedTuple

from mailctl.domain.answers import UNSAID
from mailctl.domain.statements import ReadEntry, is_no_reference
from mailctl.statements.elements import Fields
from mailctl.statements.words import (
    LONGEST_TEXT,
    cents_of,
    iban,
    identifier,
    joined,
    plain,
)

TRUE = ("true", "1")


class Context(NamedTuple):
    """What is known of a movement from its entry, before its details."""

    account: str
    currency: str
    is_debit: bool


def amount_in(fields: Fields, path: str, currency: str) -> int | None:
    """The unsigned cents that stand at a path; None where there are none in this currency."""
    text = fields.get(path)
    if text is None or fields.get(f"{path}@Ccy", currency) != currency:
        return None
    return cents_of(text)


def moved(fields: Fields, context: Context) -> int | None:
    """The signed cents of a part: its own amount, else that of the transaction; None without.

    What was instructed counts only where nothing else is said: it may be before charges.
    """
    paths = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt")
    for path in paths:
        cents = amount_in(fields, path, context.currency)
        if cents is not None:
            sign = fields.get("CdtDbtInd")
            return -cents if (context.is_debit if sign is None else sign == "DBIT") else cents
    return None


def charges(fields: Fields, currency: str, cents: int) -> int:
    """The charges that the bank took out of a movement, as cents of the account: below 0, or 0.

    They are in the amount only where the bank says so, or what was ordered differs by just them.
    """
    amounts = fields.get("Chrgs/Amt")
    if amounts is None or set(fields.get("Chrgs/Amt@Ccy", currency).split("\n")) != {currency}:
        return 0
    total = 0
    signs = fields.get("Chrgs/CdtDbtInd", "").split("\n")
    lines = amounts.split("\n")
    if len(signs) != len(lines):
        signs = ["DBIT"] * len(lines)
    for text, sign in zip(lines, signs, strict=True):
        part = cents_of(text)
        if part is None:
            return 0
        total += part if sign == "CRDT" else -part
    for path in ("AmtDtls/InstdAmt/Amt", "Amt"):
        ordered = amount_in(fields, path, currency)
        if ordered is not None and (ordered != abs(cents) or path != "Amt"):
            before = -ordered if cents < 0 else ordered
            return total if total < 0 and before + total == cents else 0
    included = set(fields.get("Chrgs/ChrgInclInd", "").split("\n"))
    is_included = bool(included) and included <= set(TRUE)
    return total if is_included and -abs(cents) < total < 0 else 0


def described(fields: Fields, context: Context, entry: ReadEntry) -> ReadEntry:
    """An entry with all that its fields say; what was read is taken out of them."""
    take = fields.pop
    code = take("RtrInf/Rsn/Cd", "") or take("RtrInf/Rsn/Prtry", "")
    is_return = bool(code) or any(path.startswith("RtrInf") for path in fields)
    name, account = _counterparty(fields, context, is_return=is_return)
    # What a batch says in words is of none of its parts.
    reference, text = _remittance(fields, is_whole=entry.parts == 1)
    end_to_end_id = _taken(fields, "Refs/EndToEndId")
    return entry._replace(
        name=name,
        iban=account,
        reference=bank_reference(fields, "Refs/AcctSvcrRef") or entry.reference,
        end_to_end_id="" if is_no_reference(end_to_end_id) else end_to_end_id,
        creditor_reference=reference,
        text=text,
        mandate=_taken(fields, "Refs/MndtId"),
        message_id=_either(fields, "Refs/MsgId", "Btch/MsgId"),
        batch_id=_either(fields, "Refs/PmtInfId", "Btch/PmtInfId"),
        return_code=plain(code or UNSAID, 35) if is_return else "",
        return_text=joined(take("RtrInf/AddtlInf", "").split("\n")),
        bank_code=bank_code(fields) or entry.bank_code,
    )


def bank_code(fields: Fields) -> str:
    """What kind of movement it is: `PMNT/RDDT/ESDD`, else the bank's own code; it is taken out."""
    take = fields.pop
    domain = take("BkTxCd/Domn/Cd", "")
    if domain:
        parts = (domain, take("BkTxCd/Domn/Fmly/Cd", ""), take("BkTxCd/Domn/Fmly/SubFmlyCd", ""))
        return plain("/".join(parts), 35)
    return plain(take("BkTxCd/Prtry/Cd", ""), 35)


def _taken(fields: Fields, path: str) -> str:
    """A reference, taken out; what is too long for one stays."""
    text = fields.get(path)
    if text is None:
        return ""
    found = identifier(text)
    if found is None:
        return ""
    del fields[path]
    return found


def bank_reference(fields: Fields, path: str) -> str:
    """The bank's own reference, taken out; empty where it says that there is none."""
    found = _taken(fields, path)
    return "" if is_no_reference(found) else found


def _either(fields: Fields, path: str, other: str) -> str:
    """The first of two references; both are taken out where they are the same."""
    found = _taken(fields, path)
    if not found:
        return _taken(fields, other)
    if fields.get(other) == found:
        del fields[other]
    return found


def _side(fields: Fields, side: str) -> tuple[str, str]:
    """A party's name and IBAN, as they are there."""
    name = fields.get(f"RltdPties/{side}/Nm") or fields.get(f"RltdPties/Ultmt{side}/Nm", "")
    return name, iban(fields.get(f"RltdPties/{side}Acct/Id/IBAN", ""))


def _counterparty(fields: Fields, context: Context, *, is_return: bool) -> tuple[str, str]:
    """Who is on the other side: the debtor of a credit, the creditor of a debit.

    What comes back keeps the sides of what was ordered: so they are the other way round, and the
    account of the statement itself is never the other side.
    """
    is_debtor = context.is_debit == is_return
    side, other = ("Dbtr", "Cdtr") if is_debtor else ("Cdtr", "Dbtr")
    name, account = _side(fields, side)
    is_seller = account != "" and account == context.account
    if is_seller or not (name or account):
        name, account = _side(fields, other)
        # Of what comes back only one side may be named; else that may be the seller.
        if account == context.account or not (account or is_return):
            name = account = ""
        else:
            side, other = other, side
    for path in (f"RltdPties/{side}/Nm", f"RltdPties/{side}Acct/Id/IBAN"):
        fields.pop(path, None)
    if fields.get(f"RltdPties/Ultmt{side}/Nm") == name:
        del fields[f"RltdPties/Ultmt{side}/Nm"]
    # The other one is the seller.
    for path in ("/Nm", "Acct/Id/IBAN", "Acct/Id/Othr/Id"):
        fields.pop(f"RltdPties/{other}{path}", None)
    return plain(name), account


def _remittance(fields: Fields, *, is_whole: bool) -> tuple[str, str]:
    """The structured reference, and the text: what the payer wrote, else what the bank says."""
    take = fields.pop
    texts = []
    unstructured = take("RmtInf/Ustrd", "")
    if unstructured:
        texts.append(joined(unstructured.split("\n")))
    references = take("RmtInf/Strd/CdtrRefInf/Ref", "").split("\n")
    first = identifier("".join(references[0].split()).upper()) or ""
    texts += references[0 if references[0] and not first else 1 :]
    texts += take("RmtInf/Strd/RfrdDocInf/Nb", "").split("\n")
    texts += take("RmtInf/Strd/AddtlRmtInf", "").split("\n")
    found = " ".join(text for text in texts if text)
    if not found:
        found = " ".join(take("AddtlTxInf", "").split("\n"))
    if not found and is_whole:
        found = " ".join(take("AddtlNtryInf", "").split("\n"))
    return first, plain(found, LONGEST_TEXT)
