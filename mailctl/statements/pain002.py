"""Status reports (pain.002) of any version: what the bank says of payment files of ours."""

from __future__ import annotations

import re
from typing import Any

from mailctl.domain.statements import FileKind, ReadStatus
from mailctl.statements.elements import Fields, Shape, XmlReader
from mailctl.statements.source import Source
from mailctl.statements.spool import Spool
from mailctl.statements.words import LONGEST_TEXT, cents_of, identifier, plain

_GROUP, _BATCH, _PAYMENT = "group", "batch", "payment"
# The second version calls the message as its schema.
_MESSAGES = frozenset({"CstmrPmtStsRpt", "pain.002.001.02"})
_MESSAGE = re.compile(r"<(?:[\w.-]+:)?(CstmrPmtStsRpt|pain\.002\.001\.02)[\s>/]")
_PARTIAL = ("PART", "")

_SHAPE = Shape(
    messages=_MESSAGES,
    records={
        "OrgnlGrpInfAndSts": _GROUP,
        "OrgnlPmtInfAndSts": _BATCH,
        "OrgnlPmtInfAndSts/TxInfAndSts": _PAYMENT,
        "TxInfAndSts": _PAYMENT,
    },
    aliases={
        "StsRsnInf/StsRsn": "StsRsnInf/Rsn",
        "OrgnlTxRef/Amt/EqvtAmt/Amt": "OrgnlTxRef/Amt/InstdAmt",
        "OrgnlTxRef/IntrBkSttlmAmt": "OrgnlTxRef/Amt/InstdAmt",
    },
    skipped=frozenset({"OrgnlTxRef/Dbtr", "OrgnlTxRef/Cdtr", "OrgnlTxRef/RmtInf"}),
)


def kind_of(start: str) -> FileKind | None:
    """A status report, or None."""
    return FileKind.STATUS if _MESSAGE.search(start) else None


def read_into(source: Source, spool: Spool, _: Any = None) -> None:
    """Read all answers of a file: those to a payment before those to its batch and file.

    Raises BankFileInvalidError where the file is not whole.
    """
    _Report(source, spool).read()


class _Report:
    """One file that is being read."""

    def __init__(self, source: Source, spool: Spool) -> None:
        self._source = source
        self._spool = spool
        self._reader = XmlReader(source, _SHAPE, self._ended)
        self._message_id = ""
        self._file_status = ""
        self._file_answer: Fields = {}
        self._unsaid = 0
        self._count = 0

    def read(self) -> None:
        """Read the file."""
        self._reader.read()
        self._answer(self._file_answer, status=self._file_status, batch_id="")
        if self._unsaid:
            what = (
                "1 answer has no status, and is"
                if self._unsaid == 1
                else (f"{self._unsaid} answers have no status, and are")
            )
            self._spool.note(f"{what} left out")
        if not self._count:
            raise self._source.refused("there is no answer in this status report")

    def _ended(self, record: str, fields: Fields, around: Fields) -> None:
        """A record ended; what is in a batch or file is answered before it."""
        if record == _GROUP:
            self._message_id = identifier(fields.get("OrgnlMsgId", "")) or ""
            if not self._message_id:
                raise self._reader.refused("the report does not say of which file of ours it is")
            self._file_status = fields.get("GrpSts", "")
            self._file_answer = fields
        elif record == _BATCH:
            self._answer(fields, status=fields.get("PmtInfSts", ""), batch_id=_batch(fields))
        else:
            self._payment(fields, around)

    def _payment(self, fields: Fields, around: Fields) -> None:
        """One payment's answer; without a status of its own that of its batch, else of its file."""
        status = fields.get("TxSts", "")
        if not status:
            batch_status = around.get("PmtInfSts", "")
            status = batch_status if batch_status not in _PARTIAL else self._file_status
            status = "" if status in _PARTIAL else status
        if not status:
            self._unsaid += 1
            return
        self._answer(
            fields,
            status=status,
            batch_id=_batch(fields) or _batch(around),
            end_to_end_id=fields.get("OrgnlEndToEndId", ""),
            around=around,
        )

    def _answer(
        self,
        fields: Fields,
        *,
        status: str,
        batch_id: str,
        end_to_end_id: str = "",
        around: Fields | None = None,
    ) -> None:
        """Spool an answer, if there is a status."""
        if not status:
            return
        reason = "StsRsnInf/Rsn/"
        code = next(
            (
                one[f"{reason}{kind}"]
                for one in (fields, around or {})
                for kind in ("Cd", "Prtry")
                if f"{reason}{kind}" in one
            ),
            "",
        )
        text = " ".join(fields.get("StsRsnInf/AddtlInf", "").split("\n"))
        amount = fields.get("OrgnlTxRef/Amt/InstdAmt")
        self._count += 1
        self._spool.add_status(
            ReadStatus(
                message_id=identifier(fields.get("OrgnlGrpInf/OrgnlMsgId", "")) or self._message_id,
                batch_id=identifier(batch_id) or "",
                end_to_end_id=identifier(end_to_end_id) or "",
                status=plain(status, 35),
                code=plain(code.split("\n")[0], 35),
                text=plain(text, LONGEST_TEXT),
                amount_cents=None if amount is None else cents_of(amount),
            )
        )


def _batch(fields: Fields) -> str:
    return fields.get("OrgnlPmtInfId", "")
