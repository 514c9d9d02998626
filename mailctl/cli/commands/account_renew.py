"""`mailctl account renew`: what happens at accounts' expiry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.input_files import accounts_in, lines_of, note_unread
from mailctl.cli.input.options import AccountsArgument, AllErrors, FromFile, PlatformFilter
from mailctl.cli.render.ending_mail import advice, on_days
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.terms import Renewal
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.renewal_changes import RenewalChange
    from mailctl.actions.renewals import RenewalPlan, RenewalsChanged

USES = "mailctl account renew ACCOUNT --mode none, or --all --platform PLATFORM --mode none"
All = Annotated[
    bool, typer.Option("--all", help="All active accounts of the platform before their expiry.")
]
Mode = Annotated[
    str | None,
    typer.Option(
        "--mode",
        metavar="MODE",
        help="monthly, yearly or none (expire is the same).",
        parser=parse.choice(*parse.RENEWALS, also={"expire": "none"}),
        autocompletion=completers.among(*parse.RENEWALS),
    ),
]


@changing("renewal", many=True)
def renew(
    run: Run,
    accounts: AccountsArgument = None,
    *,
    all_: All = False,
    platform: PlatformFilter = None,
    from_: FromFile = None,
    mode: Mode = None,
    all_errors: AllErrors = False,
) -> None:
    """Choose what happens at the expiry: another term, monthly or yearly, or none.

    It takes effect at each account's expiry, bills nothing now, and can be changed until then. A
    file has the columns account (or id, or address) and mode (or renewal), as `account list -o csv`
    prints them; without a mode column, --mode applies. All of the changes are made, or none.

    Examples:
      mailctl account renew alice@acme.example --mode yearly
      mailctl account renew --all --platform exchange-1 --mode none --yes

    """
    from mailctl.actions import renewal_files, renewals

    asked = _asked(accounts, all_=all_, platform=platform, file=from_, mode=mode)
    asked["every_error"] = all_errors or run.output.is_json
    if asked["records"] is not None:
        note_unread(run.output, renewal_files.unread_columns(asked["records"].names()))
    run.change_as_planned(
        lambda db: renewals.plan_renew(db, **asked), renewals.renew, show=_show, say=_renewed
    )


def _asked(
    accounts: list[str] | None,
    *,
    all_: bool,
    platform: str | None,
    file: str | None,
    mode: str | None,
) -> dict[str, Any]:
    from mailctl.domain.terms import Renewal

    if sum((bool(accounts), all_, file is not None)) != 1:
        raise UsageError("name accounts, or give --all, or --from: one of them", hint=USES)
    if all_ != (platform is not None):
        raise UsageError("--all and --platform go together", hint=USES)
    modes = [word for word in accounts or () if word in (*parse.RENEWALS, "expire")]
    if modes and mode is None:
        others = " ".join(word for word in accounts or () if word not in modes) or "ACCOUNT"
        raise UsageError(
            f"{modes[0]} is no account: the mode is given by --mode",
            hint=f"mailctl account renew {others} --mode {modes[0]}",
        )
    from mailctl.actions.renewal_files import COLUMNS

    return {
        "words": accounts_in(accounts or ()),
        "mode": None if mode is None else Renewal(mode),
        "all_of": platform,
        "records": lines_of(file, COLUMNS),
    }


def _show(plan: RenewalPlan, output: Output) -> str | None:
    output.plan(
        [
            {name: item[name] for name in ("account", "address", "old", "new", "effective_on")}
            for item in (change.item() for change in plan.changes if change.changes)
        ],
        by=("old", "new"),
    )
    for text in _left_alone(plan.changes):
        output.note(text)
    if plan.changes_nothing:
        return None
    if text := _ends(plan.changes):
        output.note(text)
    count = sum(change.changes for change in plan.changes)
    return f"Change the renewal of {counted(count, 'account')}?"


def _left_alone(changes: Iterable[RenewalChange]) -> list[str]:
    """Which accounts are skipped, and why; how many have the mode already."""
    skipped: dict[str, list[str]] = {}
    for change in changes:
        if change.skipped:
            skipped.setdefault(change.skipped, []).append(str(change.account))
    text = [
        f"{'account' if len(ids) == 1 else 'accounts'} {listed(ids, most=5)} "
        f"{'is' if len(ids) == 1 else 'are'} skipped: {reason}"
        for reason, ids in skipped.items()
    ]
    same = sum(not change.changes and not change.skipped for change in changes)
    if same:
        text.append(f"{counted(same, 'account has', 'accounts have')} that renewal already")
    return text


def _ends(changes: Iterable[RenewalChange]) -> str:
    return advice(
        change.effective_on
        for change in changes
        if change.changes and change.new == Renewal.NONE and change.address
    )


def _renewed(result: RenewalsChanged, did: Tense) -> str:
    # Read once, and counted: of a million changes none is kept but one of each mode.
    days: dict[Renewal, Counter[date]] = {}
    one: dict[Renewal, RenewalChange] = {}
    ending: Counter[date] = Counter()
    skipped = 0
    for change in result.changes:
        skipped += change.skipped is not None
        if change.changes:
            days.setdefault(change.new, Counter())[change.effective_on] += 1
            one[change.new] = change
            ending[change.effective_on] += change.new == Renewal.NONE and bool(change.address)
    text = [_of_mode(one[mode], days[mode], did) for mode in Renewal if mode in one]
    if not text:
        text = ["Nothing was changed."]
    if skipped:
        text.append(f"{counted(skipped, 'account')} skipped.")
    if ends := advice(ending.elements()):
        text.append(ends)
    return " ".join(text)


def _of_mode(one: RenewalChange, days: Counter[date], did: Tense) -> str:
    who = counted(days.total(), "account")
    if days.total() == 1:
        who = f"account {one.account}" + (f" ({one.address})" if one.address else "")
    when = on_days(days.elements())
    return f"{did('Set', 'set')} the renewal of {who} to {one.new}, effective {when}."
