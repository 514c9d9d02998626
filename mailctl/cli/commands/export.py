"""`mailctl export`: the store's data for other people's programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import explaining
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import Since, Until
from mailctl.cli.render.machine_formats import BATCH
from mailctl.cli.render.new_files import prepared
from mailctl.cli.run import Run
from mailctl.domain.invoices import Series
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError
from mailctl.values import Value

if TYPE_CHECKING:
    from datetime import date

    from mailctl.domain.fiscal_years import FiscalSpan
    from mailctl.exports.narrow_text import Narrowed
    from mailctl.store.engine.reader import Reader

app = typer.Typer(help="The books, for other accounting programs.")

FORMATS = ("hledger", "beancount", "fec", "datev")
_CALLED = {"iso8859-15": "ISO 8859-15", "cp1252": "Windows-1252"}
MOST_NAMES = 3
"""So many texts that a file could not say are named."""
BooksFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="hledger, beancount, fec (France) or datev (Germany).",
        parser=parse.choice(*FORMATS),
        autocompletion=completers.among(*FORMATS),
    ),
]
IntoFile = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FILE|DIR",
        help="Write a new file that only its owner may read; in a DIR with its usual name.",
        parser=parse.file_name,
    ),
]


class _Books(Value):
    """A file to be written: its pieces, and its usual name, or why it has none.

    `notes` are given when it is written, since some of them are about what was.
    """

    pieces: Iterable[str]
    name: str | UsageError
    encoding: str = "utf-8"
    warnings: Sequence[str] = ()
    notes: Iterable[str] = ()


@app.command("books")
@explaining
def books(
    run: Run, *, format: BooksFormat, since: Since = None, until: Until = None, to: IntoFile = None
) -> None:
    """Print every movement of the prepaid accounts as a balanced transaction, for accounting.

    For hledger and beancount the running balances are asserted, so hledger check --strict and
    bean-check find every cent that was altered. With --since, the file starts with opening
    balances.

    A fec or datev file is of one fiscal year: today's unless --since or --until says another. Their
    accounts are the usual ones, unless the settings fec-accounts and datev-accounts say others.

    Examples:
      mailctl export books --format hledger > books.journal
      mailctl export books --format fec --until 2026-12-31 --to /srv/accounting

    """
    if since and until and until < since:
        raise UsageError(
            f"--until {until} is before --since {since}",
            hint=f"mailctl export books --format {format} --since 2026-01-01 --until 2026-12-31",
        )
    with run.read() as db:
        if format in ("fec", "datev"):
            made = (_fec if format == "fec" else _datev)(db, since, until)
        else:
            made = _plain_text(db, format, since, until)
        _deliver(run, made, to)


def _deliver(run: Run, books: _Books, to: str | None) -> None:
    """Write the file to a new one, or to stdout; and say what should be known of it."""
    place = to
    if to is not None and Path(to).is_dir():
        if isinstance(books.name, UsageError):
            raise books.name
        place = str(Path(to) / books.name)
    if place is None:
        _show(books.pieces, books.encoding)
    else:
        with prepared(place) as write:
            write(piece.encode(books.encoding) for piece in books.pieces)
        run.output.say(f"Wrote {place}.")
    for warning in books.warnings:
        run.output.warn(warning)
    for note in books.notes:
        run.output.note(note)


def _show(pieces: Iterable[str], encoding: str) -> None:
    """A terminal reads it as text; what is in a pipe is the file."""
    coming = iter(pieces)
    sys.stdout.flush()
    while batch := "".join(islice(coming, BATCH)):
        if encoding == "utf-8" or sys.stdout.isatty():
            sys.stdout.write(batch)
        else:
            sys.stdout.buffer.write(batch.encode(encoding))


def _plain_text(db: Reader, format: str, since: date | None, until: date | None) -> _Books:
    from mailctl.exports import beancount, hledger
    from mailctl.exports.entries import entries
    from mailctl.store.queries.books import movements

    write = {"hledger": hledger.lines, "beancount": beancount.lines}[format]

    # Both programs take such a line for a comment.
    lost = (f"; {gap}\n" for gap in _gaps(db, since, until))
    made = entries(movements(db, until=until), since=since)
    return _Books(
        pieces=chain(lost, write(made, currency=db.info.currency)),
        name={"hledger": "books.journal", "beancount": "books.beancount"}[format],
    )


def _gaps(db: Reader, since: date | None, until: date | None) -> list[str]:
    """Numbers of documents that were lost in restorations: nobody else has them."""
    from mailctl.store.restorations import gaps

    return [gap for one in Series for gap in gaps(db, one, since=since, until=until)]


def _fec(db: Reader, since: date | None, until: date | None) -> _Books:
    from mailctl.domain.book_accounts import fec_accounts
    from mailctl.domain.fiscal_years import fiscal_span
    from mailctl.domain.legal_ids import siren_of, siren_of_vat_number
    from mailctl.exports import fec
    from mailctl.exports.narrow_text import Narrowed
    from mailctl.store.queries.books import movements_alone

    _check_euro(db, "a FEC")
    month = db.setting_number("fiscal-year-month")
    span = fiscal_span(db.today, since=since, until=until, month=month)
    text = Narrowed(fec.ENCODING)
    found = fec.lines(
        movements_alone(db, since=span.first_on, until=span.until),
        since=span.since,
        accounts=fec_accounts(db.setting("fec-accounts")),
        seller_country=db.info.seller_country,
        text=text,
    )
    number = db.setting("seller-vat-number")
    siren = siren_of(db.setting("seller-legal-id")) or siren_of_vat_number(number)
    return _Books(
        pieces=found,
        encoding=text.encoding,
        name=fec.file_name(siren, span.last_on) if siren else _no_siren(),
        warnings=_gaps(db, span.since, span.until),
        notes=_notes(db, "FEC", text, span),
    )


def _no_siren() -> UsageError:
    return UsageError(
        "the name of a FEC begins with the seller's SIREN, and none is set",
        hint="mailctl settings set seller-legal-id SIREN, or --to FILE with a name",
    )


def _datev(db: Reader, since: date | None, until: date | None) -> _Books:
    from mailctl import clock
    from mailctl.domain.book_accounts import datev_accounts
    from mailctl.domain.fiscal_years import fiscal_span
    from mailctl.exports import datev
    from mailctl.exports.narrow_text import Narrowed
    from mailctl.store.queries.books import movements_alone

    _check_euro(db, "a file for DATEV")
    month = db.setting_number("fiscal-year-month")
    span = fiscal_span(db.today, since=since, until=until, month=month)
    text = Narrowed(datev.ENCODING)
    chart = db.setting("datev-chart")
    office = datev.Office(
        consultant=db.setting_number("datev-consultant"),
        client=db.setting_number("datev-client"),
        chart=chart,
        length=db.setting_number("datev-account-length"),
        accounts=datev_accounts(db.setting("datev-accounts"), chart),
        seller_country=db.info.seller_country,
    )
    found = datev.lines(
        movements_alone(db, since=span.since, until=span.until),
        span=span,
        office=office,
        made_at=clock.now(),
        text=text,
    )
    whose = f"consultant {office.consultant}, client {office.client}"
    return _Books(
        pieces=found,
        encoding=text.encoding,
        name=datev.file_name(span),
        warnings=_gaps(db, span.since, span.until),
        notes=_notes(db, f"DATEV ({chart}, {whose})", text, span),
    )


def _check_euro(db: Reader, what: str) -> None:
    if db.info.currency != "EUR":
        raise UsageError(
            f"{what} is in euro, and this store in {db.info.currency}",
            hint="mailctl export books --format hledger",
        )


def _notes(db: Reader, what: str, text: Narrowed, span: FiscalSpan) -> Iterator[str]:
    """What was written, and the texts that the encoding cannot say."""
    open_end = ", which is not over yet" if db.today <= span.until else ""
    yield f"{what} of {span.since} to {span.until}{open_end}."
    if text.changed:
        # What cannot be read any more first.
        shown = sorted(text.changed.items(), key=lambda change: "?" not in change[1])
        names = listed([f"{old} ({new})" for old, new in shown], most=MOST_NAMES)
        yield (
            f"{counted(len(shown), 'text has', 'texts have')} letters that "
            f"{_CALLED[text.encoding]} lacks, and {'is' if len(shown) == 1 else 'are'} written as "
            f"near as it can: {names}."
        )
