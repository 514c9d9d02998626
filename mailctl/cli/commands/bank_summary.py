"""What files of a bank brought, as a few lines that a person reads, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mailctl.cli.render.bank_gaps import gap_texts
from mailctl.cli.render.consequences import consequences
from mailctl.cli.render.document import rows
from mailctl.domain.statements import FileKind
from mailctl.domain.text import counted, listed
from mailctl.values import replace

if TYPE_CHECKING:
    from mailctl.actions.bank_imports import BankImported, FileTaken, Sum
    from mailctl.cli.render.output import Output
    from mailctl.cli.run import Tense
    from mailctl.store.engine.transaction import Transaction

NAMED = 5
"""The most files that a sentence names."""
FEW = 20
"""On a dry run so many entries are shown one by one; of more there are the sums."""
_SHOWN = ("on", "amount_cents", "name", "text", "state", "customer", "invoice", "payment")


class Summary:
    """How one import is told."""

    def __init__(self, output: Output, *, is_dry_run: bool) -> None:
        self._output = output
        self._is_dry_run = is_dry_run
        self._items: Sequence[Mapping[str, object]] = ()

    def of(self, transaction: Transaction, result: BankImported, *, after: int) -> BankImported:
        """The result with its keys of the contract; on a dry run the entries are looked at too.

        They are those with a higher id than `after`.
        """
        if self._is_dry_run:
            from mailctl.store.queries import bank_list

            found = bank_list.listing(transaction, after=after, limit=FEW + 1).dicts()
            self._items = [{key: one[key] for key in _SHOWN} for one in found]
        item = {**self._item(result), "currency": transaction.info.currency}
        warnings = (*result.warnings, *gap_texts(result.gaps))
        return replace(result, items=(item,), warnings=warnings)

    def said(self, result: BankImported, did: Tense) -> str:
        """Which files were taken, what became of their entries, what the account holds now."""
        if 0 < len(self._items) <= FEW:
            self._output.plan(self._items)
        told = (*_files(result, did), *_sums(result, did), *_followed(result, did))
        return "\n".join((*told, *_balances(result, did)))

    def _item(self, result: BankImported) -> dict[str, object]:
        sums = ("booked", "proposed", "unmatched", "ignored", "returned", "failed")
        return {
            "files": [_file_item(one) for one in result.files],
            "entries": sum(one.entries for one in result.files),
            "added": sum(one.new for one in result.files),
            "known": sum(one.known for one in result.files),
            **{name: getattr(result, name).count for name in sums},
            **{f"{name}_cents": getattr(result, name).cents for name in sums},
            "unmatched_in_cents": result.unmatched.in_cents,
            "unmatched_out_cents": result.unmatched.cents - result.unmatched.in_cents,
            "balances": [
                {
                    "account": one.account,
                    "on": one.closing_on.isoformat(),
                    "balance_cents": one.closing_cents,
                    "currency": one.currency,
                }
                for one in result.balances
            ],
            "gaps": [
                {
                    "account": gap.account,
                    "after": gap.after.identification,
                    "after_on": gap.after.closes_on.isoformat(),
                    "before": gap.before.identification,
                    "before_on": gap.before.opens_on.isoformat(),
                    "missing_cents": gap.cents,
                    "currency": gap.currency,
                }
                for gap in result.gaps
            ],
        }


def _file_item(file: FileTaken) -> dict[str, object]:
    return {
        "file": file.name,
        "kind": str(file.kind),
        "statements": file.statements,
        "entries": file.entries,
        "added": file.new,
        "known": file.known,
        "taken_on": file.taken_on and file.taken_on.isoformat(),
    }


def _files(result: BankImported, did: Tense) -> Iterator[str]:
    """Those that are new, and those that had been taken before."""
    new = [one for one in result.files if one.taken_on is None]
    if new:
        names = listed([one.name for one in new], most=NAMED)
        what = _entries(new, has_failed=result.failed.count > 0)
        yield f"{did('Took', 'take')} in {names}: {what}."
    old = [one for one in result.files if one.taken_on is not None]
    if old:
        days = sorted({one.taken_on for one in old if one.taken_on is not None})
        names = listed([one.name for one in old], most=NAMED)
        were = "was" if len(old) == 1 else "were"
        until = f" to {days[-1]}" if len(days) > 1 else ""
        yield f"{names} {were} taken on {days[0]}{until}: nothing changed."


def _entries(files: Sequence[FileTaken], *, has_failed: bool) -> str:
    """How many are new, and how many were told by other files before."""
    if all(one.kind is FileKind.STATUS for one in files):
        return f"answers to direct debits{'' if has_failed else ', by which no payment failed'}"
    new, known = sum(one.new for one in files), sum(one.known for one in files)
    if not known:
        return counted(new, "new entry", "new entries") if new else "no entries"
    before = f"{counted(known, 'entry', 'entries')} known already"
    return f"{counted(new, 'new entry', 'new entries') if new else 'nothing new'}, {before}"


def _sums(result: BankImported, did: Tense) -> Iterator[str]:
    """How many entries each fate has, with their sum and where they are seen."""
    told: list[tuple[str, Sum, str]] = [
        ("booked", result.booked, ""),
        ("returned", result.returned, "mailctl payment list --status returned"),
        ("refused", result.failed, "mailctl payment list"),
        ("proposed", result.proposed, "mailctl bank list --proposed"),
        ("unmatched", result.unmatched, "mailctl bank list --unmatched"),
        ("ignored", result.ignored, "mailctl bank list --state ignored"),
    ]
    found = []
    for name, one, command in told:
        if one.count:
            found.append((name, f"{one.count:,}".rjust(9), _amount(one, did), command))
        if one.cents < one.in_cents and one.in_cents:
            # What came less the bank's charges is nothing that anybody looks for.
            found.append(("  came", "", did.money(one.in_cents), ""))
            found.append(("  went", "", did.money(one.cents - one.in_cents), ""))
    yield from (line.text for line in rows(found))


def _amount(one: Sum, did: Tense) -> str:
    """The sum, which is of one currency only; nothing where all are in others."""
    if one.foreign and one.foreign == one.count:
        return "in other currencies"
    amount = did.money(one.cents)
    return f"{amount} without {one.foreign:,} in other currencies" if one.foreign else amount


def _followed(result: BankImported, did: Tense) -> Iterator[str]:
    """The orders that were paid, and the accounts that work again."""
    text = consequences(result, would=did.would).strip()
    if text:
        yield text


def _balances(result: BankImported, did: Tense) -> Iterator[str]:
    for one in result.balances:
        yield f"Account {one.account} holds {did.money(one.closing_cents)} on {one.closing_on}."
