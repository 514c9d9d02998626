"""Files as banks write them, in any version of ISO 20022: for tests, made of what they say.

    camt053(entry(1840, end_to_end_id="MAILCTL-1", reference="2026030100001"), opening=10_000)

Amounts are signed cents of the account, days ISO texts. The balances and sums are right unless they
are given. A movement with `parts` is a batch whose details are those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

SELLER_IBAN = "FR1420041010050500013M02606"
CUSTOMER_IBAN = "DE89370400440532013000"
DAY = "2026-03-02"
STATEMENTS = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
# From this version on a state is a code, and a party has a level of its own.
NEW_FORM = {"camt.052": 8, "camt.053": 8, "camt.054": 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a bank says of one movement: an entry, or a part of one."""

    cents: int | None
    day: str = DAY
    value_on: str | None = DAY
    currency: str = "EUR"
    status: str = "BOOK"
    reference: str = ""
    name: str = ""
    iban: str = ""
    end_to_end_id: str = ""
    creditor_reference: str = ""
    document_number: str = ""
    text: str | Sequence[str] = ()
    note: str = ""
    """What the bank adds in its own words (AddtlTxInf)."""
    mandate: str = ""
    message_id: str = ""
    batch_id: str = ""
    return_code: str = ""
    return_text: str = ""
    original_cents: int | None = None
    """What was ordered, before charges (InstdAmt)."""
    charges_cents: int | None = None
    is_reversal: bool = False
    bank_code: str = "PMNT/RCDT/ESCT"
    parts: tuple[Movement, ...] = ()
    batch_count: int | None = None
    """What the bank says that a batch has (NbOfTxs); by itself as many as there are parts."""
    has_details: bool = True
    extra: str = ""
    """XML that stands at the end of the entry."""


def entry(cents: int | None, **said: object) -> Movement:
    """One movement; `part`s are made the same way."""
    return replace(Movement(cents=cents), **said)  # type: ignore[arg-type]


def batch(*parts: Movement, cents: int | None = None, **said: object) -> Movement:
    """A batch booking of these parts, or of another sum than theirs."""
    total = sum(part.cents or 0 for part in parts) if cents is None else cents
    return entry(total, parts=parts, bank_code="PMNT/RDDT/ESDD", **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One statement of a file: an account's movements with the balances around them."""

    entries: Sequence[Movement] = ()
    account: str = SELLER_IBAN
    currency: str = "EUR"
    identification: str = "STMT-1"
    number: int | None = 1
    from_on: str | None = DAY
    to_on: str | None = DAY
    opening: int | None = 0
    opening_on: str = DAY
    closing: int | None = None
    """By itself the opening balance and the booked entries."""
    closing_on: str = DAY
    opening_code: str = "OPBD"
    closing_code: str = "CLBD"
    has_summary: bool = False
    extra: str = ""


def camt052(*entries: Movement, version: int = 8, prefix: str = "", **said: object) -> bytes:
    """An account report; its balances are interim ones."""
    codes = {"opening_code": "OPBD", "closing_code": "ITBD"}
    page = replace(Page(entries=entries), **(codes | said))  # type: ignore[arg-type]
    return camt("camt.052", page, version=version, prefix=prefix)


def camt053(*entries: Movement, version: int = 8, prefix: str = "", **said: object) -> bytes:
    """A statement with balances."""
    page = replace(Page(entries=entries), **said)  # type: ignore[arg-type]
    return camt("camt.053", page, version=version, prefix=prefix)


def camt054(*entries: Movement, version: int = 8, prefix: str = "", **said: object) -> bytes:
    """A notification, which never has balances."""
    page = replace(Page(entries=entries, opening=None), **said)  # type: ignore[arg-type]
    return camt("camt.054", page, version=version, prefix=prefix)


def camt(kind: str, *pages: Page, version: int = 8, prefix: str = "") -> bytes:
    """A file of one or several statements, of any kind and version."""
    root, name = STATEMENTS[kind]
    root = f"{root}V01" if version == 1 else root
    is_new = version >= NEW_FORM[kind]
    body = "".join(_page(page, name, is_new=is_new) for page in pages)
    header = f"<GrpHdr><MsgId>MSG-1</MsgId><CreDtTm>{DAY}T20:00:00</CreDtTm></GrpHdr>"
    return document(f"{kind}.001.{version:02d}", f"<{root}>{header}{body}</{root}>", prefix)


def document(schema: str, body: str, prefix: str = "") -> bytes:
    """The whole file around a message; with a prefix all its names have it."""
    if prefix:
        body = body.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    space = f"urn:iso:std:iso:20022:tech:xsd:{schema}"
    names = (f"{prefix}:Document", f"xmlns:{prefix}") if prefix else ("Document", "xmlns")
    opened = f'<{names[0]} {names[1]}="{space}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opened}{body}</{names[0]}>\n'.encode()


def money(cents: int) -> str:
    """An amount as a bank writes it: 18.40."""
    return f"{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _tag(name: str, value: object) -> str:
    """An element, or nothing where there is no value."""
    return "" if value in ("", None) else f"<{name}>{escape(str(value))}</{name}>"


def _wrap(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>" if inner else ""


def _sign(cents: int) -> str:
    return _tag("CdtDbtInd", "DBIT" if cents < 0 else "CRDT")


def _amount(cents: int, currency: str, name: str = "Amt") -> str:
    return f'<{name} Ccy="{currency}">{money(cents)}</{name}>'


def _account(page: Page) -> str:
    if page.account[:2].isalpha():
        identification = _tag("IBAN", page.account)
    else:
        identification = _wrap("Othr", _tag("Id", page.account))
    return _wrap("Acct", _wrap("Id", identification) + _tag("Ccy", page.currency))


def _balance(code: str, day: str, cents: int, currency: str) -> str:
    kind = _wrap("Tp", _wrap("CdOrPrtry", _tag("Cd", code)))
    amount = _amount(cents, currency) + _sign(cents)
    return _wrap("Bal", kind + amount + _wrap("Dt", _tag("Dt", day)))


def booked_cents(page: Page) -> int:
    """What the booked entries of a statement add up to."""
    return sum(one.cents or 0 for one in page.entries if one.status == "BOOK")


def _balances(page: Page) -> str:
    if page.opening is None:
        return ""
    closing = page.opening + booked_cents(page) if page.closing is None else page.closing
    first = _balance(page.opening_code, page.opening_on, page.opening, page.currency)
    return first + _balance(page.closing_code, page.closing_on, closing, page.currency)


def _summary(page: Page) -> str:
    def of(name: str, cents: list[int]) -> str:
        return _wrap(
            name, _tag("NbOfNtries", len(cents)) + _tag("Sum", money(sum(map(abs, cents))))
        )

    cents = [one.cents or 0 for one in page.entries]
    parts = [of("TtlNtries", cents), of("TtlCdtNtries", [one for one in cents if one >= 0])]
    return _wrap(
        "TxsSummry", "".join(parts) + of("TtlDbtNtries", [one for one in cents if one < 0])
    )


def _page(page: Page, name: str, *, is_new: bool) -> str:
    days = (("FrDtTm", page.from_on, "00:00:00"), ("ToDtTm", page.to_on, "23:59:59"))
    term = "".join(_tag(tag, day and f"{day}T{time}") for tag, day, time in days)
    head = _tag("Id", page.identification) + _tag("ElctrncSeqNb", page.number)
    head += _tag("CreDtTm", f"{DAY}T20:00:00") + _wrap("FrToDt", term)
    summary = _summary(page) if page.has_summary else ""
    entries = "".join(_entry(one, is_new=is_new) for one in page.entries)
    return _wrap(name, head + _account(page) + _balances(page) + summary + entries + page.extra)


def _entry(one: Movement, *, is_new: bool) -> str:
    cents = one.cents or 0
    status = _wrap("Sts", _tag("Cd", one.status)) if is_new else _tag("Sts", one.status)
    reversal = _tag("RvslInd", "true" if one.is_reversal else "")
    days = _wrap("BookgDt", _tag("Dt", one.day)) + _wrap("ValDt", _tag("Dt", one.value_on))
    domain, family, sub = one.bank_code.split("/")
    code = _wrap("Fmly", _tag("Cd", family) + _tag("SubFmlyCd", sub))
    code = _wrap("BkTxCd", _wrap("Domn", _tag("Cd", domain) + code))
    start = _amount(cents, one.currency) + _sign(cents) + reversal + status + days
    start += _tag("AcctSvcrRef", one.reference) + code
    return _wrap("Ntry", start + _details(one, is_new=is_new) + one.extra)


def _details(one: Movement, *, is_new: bool) -> str:
    count = one.batch_count or (len(one.parts) if one.parts else None)
    group = ""
    if count is not None or one.parts:
        group = _tag("MsgId", one.message_id) + _tag("PmtInfId", one.batch_id)
        group = _wrap("Btch", group + _tag("NbOfTxs", count))
    if one.parts:
        inner = "".join(_part(part, is_new=is_new, has_amount=True) for part in one.parts)
    elif one.has_details and one.batch_count is None:
        inner = _part(replace(one, reference=""), is_new=is_new, has_amount=False)
    else:
        inner = ""
    return _wrap("NtryDtls", group + inner)


def _references(one: Movement) -> str:
    inner = _tag("MsgId", one.message_id) + _tag("AcctSvcrRef", one.reference)
    inner += _tag("PmtInfId", one.batch_id) + _tag("EndToEndId", one.end_to_end_id)
    return _wrap("Refs", inner + _tag("MndtId", one.mandate))


def _parties(one: Movement, *, is_new: bool) -> str:
    # A returned debit keeps its debtor; else who paid is the debtor of a credit.
    is_debtor = bool(one.return_code) or (one.cents or 0) >= 0
    side = "Dbtr" if is_debtor else "Cdtr"
    name = _tag("Nm", one.name)
    party = _wrap(side, _wrap("Pty", name) if is_new else name)
    return _wrap("RltdPties", party + _wrap(f"{side}Acct", _wrap("Id", _tag("IBAN", one.iban))))


def _remittance(one: Movement) -> str:
    lines = (one.text,) if isinstance(one.text, str) else one.text
    structured = _wrap("RfrdDocInf", _tag("Nb", one.document_number))
    structured += _wrap("CdtrRefInf", _tag("Ref", one.creditor_reference))
    return _wrap(
        "RmtInf", "".join(_tag("Ustrd", line) for line in lines) + _wrap("Strd", structured)
    )


def _part(one: Movement, *, is_new: bool, has_amount: bool) -> str:
    amount = ""
    if has_amount and one.cents is not None:
        amount = _amount(one.cents, one.currency) + _sign(one.cents) if is_new else ""
    ordered = one.original_cents
    details = "" if ordered is None else _wrap("InstdAmt", _amount(ordered, one.currency))
    if amount == "" and one.cents is not None and has_amount:
        details += _wrap("TxAmt", _amount(one.cents, one.currency))
    charges = ""
    if one.charges_cents is not None:
        charges = _amount(one.charges_cents, one.currency)
        charges = _wrap("Chrgs", _wrap("Rcrd", charges) if is_new else charges)
    reason = _wrap("Rsn", _tag("Cd", one.return_code)) + _tag("AddtlInf", one.return_text)
    inner = _references(one) + amount + _wrap("AmtDtls", details) + charges
    inner += _parties(one, is_new=is_new) + _remittance(one) + _wrap("RtrInf", reason)
    return _wrap("TxDtls", inner + _tag("AddtlTxInf", one.note)) or "<TxDtls/>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a status report says of one payment."""

    end_to_end_id: str
    status: str = "RJCT"
    code: str = "AC01"
    text: str = ""
    cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAnswer:
    """What a status report says of a batch, and of payments in it."""

    batch_id: str
    status: str = ""
    code: str = ""
    text: str = ""
    answers: Sequence[Answer] = field(default_factory=tuple)


def pain002(
    *batches: BatchAnswer,
    message_id: str,
    status: str = "",
    code: str = "",
    text: str = "",
    version: int = 10,
) -> bytes:
    """A status report about a file of direct debits."""
    header = f"<GrpHdr><MsgId>ANSWER-1</MsgId><CreDtTm>{DAY}T20:00:00</CreDtTm></GrpHdr>"
    about = _tag("OrgnlMsgId", message_id) + _tag("OrgnlMsgNmId", "pain.008.001.08")
    about += _tag("GrpSts", status) + _status_reason(code, text, version)
    inner = header + _wrap("OrgnlGrpInfAndSts", about)
    inner += "".join(_batch_answer(one, version) for one in batches)
    root = "pain.002.001.02" if version == 2 else "CstmrPmtStsRpt"
    return document(f"pain.002.001.{version:02d}", _wrap(root, inner))


def _status_reason(code: str, text: str, version: int) -> str:
    reason = _wrap("StsRsn" if version == 2 else "Rsn", _tag("Cd", code))
    return _wrap("StsRsnInf", reason + _tag("AddtlInf", text))


def _batch_answer(one: BatchAnswer, version: int) -> str:
    if version == 2:
        return "".join(_answer(answer, version, one.batch_id) for answer in one.answers)
    inner = _tag("OrgnlPmtInfId", one.batch_id) + _tag("PmtInfSts", one.status)
    inner += _status_reason(one.code, one.text, version)
    inner += "".join(_answer(answer, version) for answer in one.answers)
    return _wrap("OrgnlPmtInfAndSts", inner)


def _answer(one: Answer, version: int, batch_id: str = "") -> str:
    inner = _tag("OrgnlPmtInfId", batch_id) + _tag("OrgnlEndToEndId", one.end_to_end_id)
    inner += _tag("TxSts", one.status) + _status_reason(one.code, one.text, version)
    if one.cents is not None:
        amount = _wrap("Amt", _amount(one.cents, "EUR", "InstdAmt"))
        inner += _wrap("OrgnlTxRef", amount)
    return _wrap("TxInfAndSts", inner)
