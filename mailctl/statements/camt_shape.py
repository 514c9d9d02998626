"""Where camt.052, .053 and .054 say what, in all versions from 1 to 14 (ISO 20022)."""

from __future__ import annotations

from mailctl.domain.statements import FileKind
from mailctl.statements.elements import Shape

STATEMENT, BALANCE, SUMMARY, ENTRY, DETAILS, PART = (
    "statement",
    "balance",
    "summary",
    "entry",
    "details",
    "part",
)
_ROOTS = {
    "BkToCstmrAcctRpt": FileKind.REPORT,
    "BkToCstmrStmt": FileKind.STATEMENT,
    "BkToCstmrDbtCdtNtfctn": FileKind.NOTIFICATION,
}
# The first version says its number in the element's name.
MESSAGES = _ROOTS | {f"{name}V01": kind for name, kind in _ROOTS.items()}
_STATEMENTS = ("Rpt", "Stmt", "Ntfctn")
_RECORDS = {
    "": STATEMENT,
    "/Bal": BALANCE,
    "/TxsSummry": SUMMARY,
    "/Ntry": ENTRY,
    "/Ntry/NtryDtls": DETAILS,
    "/Ntry/NtryDtls/TxDtls": PART,
    "/Ntry/TxDtls": PART,
}
_PARTIES = ("Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr")

_ALIASES = {
    # Newer versions have a level more.
    "Sts/Cd": "Sts",
    "Tp/CdOrPrtry/Cd": "Tp",
    "Tp/CdOrPrtry/Prtry": "Tp",
    "Tp/Cd": "Tp",
    "Tp/Prtry": "Tp",
    "TtlNtries/TtlNetNtry/Amt": "TtlNtries/TtlNetNtryAmt",
    "TtlNtries/TtlNetNtry/CdtDbtInd": "TtlNtries/CdtDbtInd",
    **{f"RltdPties/{one}/Pty": f"RltdPties/{one}" for one in _PARTIES},
    **{f"RltdPties/{one}/Agt/FinInstnId": f"RltdPties/{one}" for one in _PARTIES},
    # Older ones have other names.
    "RtrInf/RtrRsn": "RtrInf/Rsn",
    "Acct/Id/PrtryAcct/Id": "Acct/Id/Othr/Id",
    "Acct/Id/BBAN": "Acct/Id/Othr/Id",
    "Acct/Id/UPIC": "Acct/Id/Othr/Id",
    "RmtInf/Strd/CdtrRefInf/CdtrRef": "RmtInf/Strd/CdtrRefInf/Ref",
    "RmtInf/Strd/RfrdDocInf/RfrdDocNb": "RmtInf/Strd/RfrdDocInf/Nb",
    "Chrgs/Rcrd/Amt": "Chrgs/Amt",
    "Chrgs/Rcrd/CdtDbtInd": "Chrgs/CdtDbtInd",
    "Chrgs/Rcrd/ChrgInclInd": "Chrgs/ChrgInclInd",
    # Days with and without their time.
    "BookgDt/DtTm": "BookgDt/Dt",
    "ValDt/DtTm": "ValDt/Dt",
    "Dt/DtTm": "Dt",
    "Dt/Dt": "Dt",
    "FrToDt/FrDt": "FrToDt/FrDtTm",
    "FrToDt/ToDt": "FrToDt/ToDtTm",
    # The pages of one statement.
    "StmtPgntn/PgNb": "Pgntn/PgNb",
    "StmtPgntn/LastPgInd": "Pgntn/LastPgInd",
    "RptPgntn/PgNb": "Pgntn/PgNb",
    "RptPgntn/LastPgInd": "Pgntn/LastPgInd",
    "NtfctnPgntn/PgNb": "Pgntn/PgNb",
    "NtfctnPgntn/LastPgInd": "Pgntn/LastPgInd",
}
# Understood, and of no use here: where people live, their banks, and how a payment was made.
_SKIPPED = frozenset(
    {
        "NtryRef",
        "Avlbty",
        "AddtlInfInd",
        "CshDpst",
        "CardTx",
        "BkTxCd/Prtry/Issr",
        "RltdAgts",
        "RltdDts",
        "Purp",
        "LclInstrm",
        "PmtTpInf",
        "Tax",
        "RtrInf/OrgnlBkTxCd",
        "RtrInf/Orgtr",
        "Refs/ClrSysRef",
        "Refs/MsgNmId",
        "Chrgs/TtlChrgsAndTaxAmt",
        "Chrgs/Rcrd/Tp",
        "Chrgs/Rcrd/Br",
        "Chrgs/Rcrd/Agt",
        "Chrgs/Rcrd/Tax",
        "Chrgs/Tp",
        "Chrgs/Br",
        "Chrgs/Pty",
        "Chrgs/Agt",
        "RmtInf/Strd/CdtrRefInf/Tp",
        "RmtInf/Strd/RfrdDocInf/Tp",
        "RmtInf/Strd/RfrdDocInf/RltdDt",
        "RltdPties/InitgPty",
        "RltdPties/TradgPty",
        *(
            f"RltdPties/{one}/{what}"
            for one in _PARTIES
            for what in ("PstlAdr", "CtctDtls", "CtryOfRes", "Id", "BICFI", "BIC", "LEI", "Othr")
        ),
        *(f"RltdPties/{one}/ClrSysMmbId" for one in _PARTIES),
        *(
            f"RltdPties/{one}Acct/{what}"
            for one in ("Dbtr", "Cdtr")
            for what in ("Tp", "Ccy", "Nm", "Prxy", "Id/Othr/SchmeNm", "Id/Othr/Issr")
        ),
    }
)
# Kept with the entry, and told of nowhere: what an entry's bank may be asked about.
FAMILIAR = (
    "Refs/TxId",
    "Refs/InstrId",
    "Refs/UETR",
    "Refs/ChqNb",
    "Refs/Prtry",
    "Amt",
    "BkTxCd/",
    "RltdPties/",
    "Chrgs/",
    "AddtlTxInf",
    "AddtlNtryInf",
    "Btch/",
    "Sts",
    "parts",
)

SHAPE = Shape(
    messages=frozenset(MESSAGES),
    records={f"{one}{path}": name for one in _STATEMENTS for path, name in _RECORDS.items()},
    aliases=_ALIASES,
    skipped=_SKIPPED,
)
