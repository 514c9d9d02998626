"""One thing as a page: an account, a platform, a prepaid account, an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mailctl.cli.render import bank_page
from mailctl.cli.render.document import Line, commands, heading, labelled, rows
from mailctl.domain.money import money
from mailctl.domain.terms import last_day, told
from mailctl.hints import command, named
from mailctl.insight.account_picture import AccountPicture

Values = Mapping[str, Any]


def _if(value: object, text: str) -> str:
    """The text with the value in it, or nothing where there is no value."""
    return "" if value in (None, "") else text.format(value)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _helpful(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[Line]:
    yield heading("Commands")
    yield from commands(pairs, width)


# An account


def account(found: AccountPicture, currency: str, width: int) -> Iterator[Line]:
    """State, what it costs and when next, money, the mail server, its dates, what helps."""
    one: Values = found.item
    name = one["address"] or "blank"
    where = f"{one['platform']} of {one['customer']}, {one['offer']}"
    yield heading(f"Account {one['id']}: {name} ({where})")
    yield labelled("State", _account_state(one))
    yield labelled("Next", _account_next(found, currency))
    yield labelled(
        "Paid for", [f"{one['period']}, until {last_day(_day(one['expires_on']))}", _renewal(one)]
    )
    yield labelled("Money", _account_money(found, currency))
    yield from _mail_server(one)
    yield labelled("Dates", [
        f"ordered {one['ordered_on']}",
        f"anchor day {one['anchor_day']}",
        _if(one["reset_on"], "reset {}"),
    ])  # fmt: skip
    yield from _helpful(found.commands, width)


def _account_state(one: Values) -> Iterator[str]:
    if one["state"] == "suspended":
        why = "debt" if one["suspended_for"] == "debt" else "its expiry"
        yield f"suspended for {why} since {one['suspended_on']}"
    elif one["state"] == "deleted":
        yield f"deleted on {one['deleted_on']}"
    else:
        yield str(one["state"])
    if one["locked_on"]:
        yield f"locked since {one['locked_on']}: {one['lock_reason']}"
    if one["state"] != "deleted" and not one["configured"]:
        yield "blank: it has no address yet"


def _account_next(found: AccountPicture, currency: str) -> list[str]:
    one, cents = found.item, found.term_cents
    price = "" if cents is None else f"{money(cents, currency)} net"
    if one["next_event"] == "renewal":
        return [f"renews {one['renewal']} on {one['next_on']} for {price}"]
    if one["next_event"] == "suspension":
        return [f"expires on {one['next_on']} and is suspended"]
    if one["suspended_for"] == "debt":
        return [f"deleted on {one['next_on']}, unless what is overdue of it is paid"]
    if one["next_event"] == "deletion":
        reopened = "" if cents is None else f", unless it is reopened; a term costs {price}"
        return [f"deleted on {one['next_on']}{reopened}"]
    return ["nothing: it never comes back"]


def _renewal(one: Values) -> str:
    if one["platform_renewal"] == "manual":
        return "renewed by hand: the platform is manual"
    return "renewal none" if one["renewal"] == "none" else f"renewal {one['renewal']}"


def _account_money(found: AccountPicture, currency: str) -> Iterator[str]:
    if not found.dues:
        yield "no open invoice"
    for due in found.dues:
        open_ = f"{money(due.open_cents, currency)} of invoice {due.number} open"
        how = "a pending payment covers it" if due.is_covered else f"due {due.due_on}"
        yield f"{open_} ({'overdue, ' if due.is_overdue else ''}{how})"
    by = found.item["pay_by_on"]
    if by and any(str(due.due_on) != by for due in found.dues if not due.is_covered):
        yield f"to be paid by {by}"


_SERVER_STATES = {
    "active": "it works there",
    "suspended": "it is suspended there: nobody can log in, mail is kept",
    "absent": "it has no mailbox there",
}


def _mail_server(one: Values) -> Iterator[Line]:
    label = "Mail server"
    if state := _SERVER_STATES.get(one["server_state"]):
        yield labelled(label, [state, _if(one["mailbox"], "mailbox {}")])
        label = ""
    for task in one["tasks"]:
        how = {"todo": "not recorded as done yet"}
        why = _if(task["reason"], ": {}")
        state = how.get(task["status"], task["status"])
        text = f"{task['kind']} of {task['on']}, {state}{why} (task {task['id']})"
        yield labelled(label, [text])
        label = ""


# A platform


def platform(one: Values, width: int) -> Iterator[Line]:
    """Whose, of which offer, its accounts by state, and when they expire."""
    yield heading(f"Platform {one['name']} of {one['customer']} ({one['offer']})")
    yield labelled("State", [*_platform_state(one), f"added on {one['created_on']}"])
    if one["cancel_comment"]:
        yield labelled("Comment", [str(one["cancel_comment"])])
    yield labelled("Accounts", [
        f"{one['accounts_active']:,} active",
        f"{one['accounts_suspended']:,} suspended",
        f"{one['accounts_blank']:,} blank",
    ])  # fmt: skip
    yield labelled("Renewal", [_platform_renewal(one), _if(one["renews_on"], "next on {}")])
    if one["next_expiry_on"]:
        yield labelled("Expiries", [
            f"first {one['next_expiry_on']}", f"last {one['last_expiry_on']}",
        ])  # fmt: skip
    name = named("platform", str(one["name"]))
    yield from _helpful(
        [
            ("its accounts", command("account", "list", "--platform", name)),
            ("what happened", command("platform", "history", name)),
            ("its customer", command("customer", "show", named("customer", one["customer"]))),
        ],
        width,
    )


def _platform_state(one: Values) -> list[str]:
    if one["state"] == "cancelled":
        return [f"cancelled on {one['cancelled_on']}", _if(one["cancel_reason"], "reason {}")]
    if one["state"] == "closed":
        return [f"closed on {one['closed_on']}"]
    return [str(one["state"])]


def _platform_renewal(one: Values) -> str:
    if one["state"] != "active":
        return "none: each account ends at its expiry" if one["state"] == "cancelled" else "none"
    how = "by hand" if one["renewal"] == "manual" else "by themselves"
    return f"accounts renew {how}"


# Money


def prepaid(one: Values, width: int) -> Iterator[Line]:
    """The balance, a debt with the last day to pay it, what is on its way, the alert."""
    currency = str(one["currency"])
    yield heading(f"Prepaid account of {one['customer']}")
    yield labelled("Balance", [money(one["balance_cents"], currency)])
    if one["debt_since_on"]:
        yield labelled("Debt", [
            f"since {one['debt_since_on']}",
            _if(one["debt_due_on"], "due {}"),
            _if(one["pay_by_on"], "to be paid by {}") or "covered by what is being collected",
        ])  # fmt: skip
    if one["grace_until_on"]:
        yield labelled("Grace", [f"until {one['grace_until_on']}"])
    if one["pending_cents"]:
        yield labelled("On its way", [money(one["pending_cents"], currency)])
    alert = one["alert_cents"]
    yield labelled("Alert", [f"below {money(alert, currency)}" if alert else "off"])
    who = named("customer", str(one["customer"]))
    yield from _helpful(
        [
            ("its movements", command("prepaid", "statement", who)),
            ("open invoices", command("invoice", "list", "--customer", who, "--status", "open")),
            ("all of the customer", command("customer", "show", who)),
        ],
        width,
    )


def order(one: Values, width: int) -> Iterator[Line]:
    """What was ordered and when, its lines and sums, its steps, what it needs."""
    currency = str(one["currency"])
    yield heading(f"Order {one['number']} of {one['customer']}: {one['kind']}")
    yield labelled("Status", [
        str(one["status"]),
        f"ordered {one['ordered_on']}",
        _if(one["paid_on"], "paid {}"),
        _if(one["valid_until_on"], "valid until {}") if one["status"] == "not-paid" else "",
    ])  # fmt: skip
    if one["platform"]:
        yield labelled("Platform", [str(one["platform"])])
    if one["invoice"]:
        yield labelled("Invoice", [str(one["invoice"])])
    if one["lines"]:
        yield heading(f"Lines: {len(one['lines']):,}")
        yield from rows(_order_line(line, currency) for line in one["lines"])
    yield labelled("Total", [
        money(one["total_cents"], currency),
        f"{money(one['net_cents'], currency)} net and {money(one['tax_cents'], currency)} tax"
        if one["tax_cents"] else "",
    ])  # fmt: skip
    yield labelled("Steps", [
        f"{step['step']} {step['status']}{_if(step['on'], ' on {}')}" for step in one["steps"]
    ])  # fmt: skip
    if one["needs"]:
        yield Line(text=f"Needs        {one['needs']}", indent=13, is_command=True)
    who = command("customer", "show", named("customer", str(one["customer"])))
    yield from _helpful([("all of the customer", who)], width)


def _order_line(line: Values, currency: str) -> list[str]:
    account = f"account {line['account']}" if line["account"] else "a new account"
    return [
        line["address"] or account,
        f"{line['offer']}, {line['period']}",
        told(_day(line["period_start_on"]), _day(line["period_end_on"])).removeprefix("from "),
        money(line["net_cents"], currency),
    ]


PAGES: Mapping[str, Callable[[Values, int], Iterator[Line]]] = {
    "bank-entry": bank_page.entry,
    "order": order,
    "platform": platform,
    "prepaid": prepaid,
}
"""The pages that are made of the thing's keys alone, by the thing."""
