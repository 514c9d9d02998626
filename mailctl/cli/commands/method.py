"""`mailctl method`: how customers pay; shown masked."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailctl.cli.command import Options, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.input_files import numbers_in
from mailctl.cli.input.method_kinds import MethodKindOption
from mailctl.cli.input.options import CustomerArgument, CustomerFilter, Limit
from mailctl.cli.input.prompts import ASKED, Asking, Checks, Question, or_asked
from mailctl.cli.render.consequences import active_again
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.payments import MethodKind
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.methods import MethodChanged, RemovalPlan
    from mailctl.domain.payments import MethodDetails

app = typer.Typer(
    help="""How customers pay: a bank account, a card or PayPal.

    A valid default method collects what is missing on the prepaid account. A card is known by the
    gateway's token; its number is refused and never kept.
    """
)

# What each kind needs, and what it may have.
NEEDED: dict[str, tuple[str, ...]] = {
    MethodKind.BANK: ("iban", "holder", "mandate", "signed"),
    MethodKind.CARD: ("token", "brand", "last4", "expires"),
    MethodKind.PAYPAL: ("agreement",),
}
ALLOWED = {**NEEDED, MethodKind.BANK: (*NEEDED[MethodKind.BANK], "bic")}
EXAMPLES: dict[str, str] = {
    MethodKind.BANK: (
        "mailctl method add bank acme --iban FR7630006000011234567890189 --holder 'Acme SARL' "
        "--mandate M-17 --signed 2026-01-15"
    ),
    MethodKind.CARD: "mailctl method add card acme --token tok_17 --brand Visa --last4 4242 "
    "--expires 2028-09",
    MethodKind.PAYPAL: "mailctl method add paypal acme --agreement B-17",
}

KindArgument = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="bank, card or paypal.",
        parser=parse.choice(*MethodKind),
        autocompletion=completers.among(*MethodKind),
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="valid or expired.",
        parser=parse.choice("valid", "expired"),
        autocompletion=completers.among("valid", "expired"),
    ),
]
MethodId = Annotated[
    int,
    typer.Argument(
        metavar="ID",
        help="The method's id.",
        parser=parse.number("method"),
        autocompletion=completers.stored("method"),
    ),
]
MethodIds = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help="The methods' ids; - reads them from standard input, one a line.",
        parser=parse.number_word("method"),
        autocompletion=completers.stored("method"),
    ),
]
AsDefault = Annotated[
    bool, typer.Option("--default", help="Make it the method that collects money.")
]


def _check_given(asking: Asking) -> None:
    from mailctl.actions import methods

    customer = asking.given["customer"]
    _given(asking.given["kind"], customer, {name: asking.given[name] for name in DETAILS})
    with asking.read() as db:
        methods.check_customer(db, customer)


def _check_detail(asking: Asking, name: str, value: object) -> None:
    from mailctl.actions import methods

    with asking.read() as db:
        methods.check_detail(db, customer=asking.given["customer"], name=name, value=value)


CHECKS = Checks(before=_check_given, answer=_check_detail)


def _text(name: str, metavar: str, text: str, label: str | None = None) -> Any:
    parser = or_asked(parse.free_text, label or name.removeprefix("--").capitalize(), CHECKS)
    option = typer.Option(name, metavar=metavar, help=text, parser=parser)
    return Annotated[str | None, option]


SIGNED = Annotated[
    date | None,
    typer.Option(
        "--signed",
        metavar="DATE",
        help="bank: the day on which the mandate was signed.",
        parser=or_asked(parse.day, "Signature day (YYYY-MM-DD) of the mandate", CHECKS),
    ),
]
EXPIRES = Annotated[
    str | None,
    typer.Option(
        "--expires",
        metavar="MONTH",
        help="card: its last month, YYYY-MM.",
        parser=or_asked(parse.month, "Last month (YYYY-MM) of the card", CHECKS),
    ),
]
DETAILS: Options = {
    "iban": (_text("--iban", "IBAN", "bank: the account's number.", "IBAN"), None),
    "bic": (_text("--bic", "BIC", "bank: the bank; looked up unless given.", "BIC"), None),
    "holder": (
        _text("--holder", "NAME", "bank: whose account it is.", "Holder of the bank account"),
        None,
    ),
    "mandate": (
        _text(
            "--mandate",
            "REFERENCE",
            "bank: the SEPA mandate's reference.",
            "Reference of the mandate",
        ),
        None,
    ),
    "signed": (SIGNED, None),
    "token": (_text("--token", "TOKEN", "card: the gateway's token.", "Token of the card"), None),
    "brand": (_text("--brand", "NAME", "card: such as Visa.", "Brand of the card"), None),
    "last4": (
        _text("--last4", "DIGITS", "card: its last four digits.", "Last four digits of the card"),
        None,
    ),
    "expires": (EXPIRES, None),
    "agreement": (
        _text("--agreement", "ID", "paypal: the billing agreement.", "PayPal agreement"),
        None,
    ),
}


@app.command("add")
@changing("method", more=DETAILS)
def add(
    run: Run,
    kind: KindArgument,
    customer: CustomerArgument,
    *,
    default: AsDefault = False,
    **details: Any,
) -> None:
    r"""Add a payment method; a customer's first becomes the default, others with --default.

    bank needs --iban, --holder, --mandate and --signed; card needs --token, --brand, --last4 and
    --expires; paypal needs --agreement. On several lines:
      mailctl method add bank acme --iban FR7630006000011234567890189 \
        --holder 'Acme SARL' --mandate M-17 --signed 2026-01-15
      mailctl method add card acme --token tok_17 --brand Visa \
        --last4 4242 --expires 2028-09

    A value given as - is asked for, or read as a line of standard input.

    Examples:
      mailctl method add paypal acme --agreement B-17
      mailctl method add paypal acme --agreement B-17 --dry-run

    """
    from mailctl.actions import methods

    given = _given(kind, customer, details)

    run.change(
        lambda tx: methods.add(
            tx, customer=customer, method=_details(kind, given, tx.today), as_default=default
        ),
        _added,
    )


def _given(kind: str, customer: str, details: dict[str, Any]) -> dict[str, Any]:
    """The details of the kind; UsageError for one that is missing, or is another kind's."""
    given = {name: value for name, value in details.items() if value is not None}
    for name in given:
        if name not in ALLOWED[kind]:
            raise UsageError(f"--{name} is not for {kind}", hint=EXAMPLES[kind])
    missing = [f"--{name}" for name in NEEDED[kind] if name not in given]
    if missing:
        typed = [f"--{name} {_again(value)}" for name, value in given.items()]
        asked = [f"{name} {ASKED}" for name in missing]
        raise UsageError(
            f"{kind} needs {listed(missing)}; {ASKED} asks for a value",
            hint=" ".join(("mailctl method add", kind, shlex.quote(customer), *typed, *asked)),
        )
    return given


def _again(value: object) -> str:
    """A value as a person can type it again."""
    return ASKED if isinstance(value, Question) else shlex.quote(str(value))


def _details(kind: str, given: dict[str, Any], today: date) -> MethodDetails:
    from mailctl.domain import methods

    if kind == MethodKind.BANK:
        others = {name: value for name, value in given.items() if name != "signed"}
        return methods.bank(signed_on=given["signed"], today=today, **others)
    return (
        methods.card(today=today, **given) if kind == MethodKind.CARD else methods.paypal(**given)
    )


def _added(result: MethodChanged, did: Tense) -> str:
    return f"{did('Added', 'add')} method {_named(result)}.{_consequences(result)}"


def _named(result: MethodChanged) -> str:
    item = result.item
    role = ", the default one" if item["default"] else ""
    return f"{item['id']} of {item['customer']}: {item['label']}{role}"


def _consequences(result: MethodChanged) -> str:
    made = counted(result.payments, "payment")
    pending = f" {made} of what is missing: pending." if result.payments else ""
    return pending + active_again(result.reopened)


@app.command("list")
@reading("method", many=True)
def list_methods(
    run: Run,
    customer: CustomerFilter = None,
    kind: MethodKindOption = None,
    status: Status = None,
    limit: Limit = None,
) -> None:
    """List payment methods, masked.

    Examples:
      mailctl method list --customer acme
      mailctl method list --kind card --status expired -o json

    """
    from mailctl.store import methods

    run.list(
        lambda db: methods.listing(
            known(db, customer=customer), customer=customer, kind=kind, status=status, limit=limit
        )
    )


@app.command("default")
@changing("method")
def default(run: Run, method: MethodId) -> None:
    """Make a method the one that collects money.

    Examples:
      mailctl method default 17
      mailctl method default 17 --json

    """
    from mailctl.actions import methods

    run.change(lambda tx: methods.choose(tx, id=method), _chosen)


def _chosen(result: MethodChanged, did: Tense) -> str:
    if not result.changed:
        return f"Method {result.item['id']} is the default one already."
    return f"{did('Chose', 'choose')} method {_named(result)}.{_consequences(result)}"


@app.command("remove")
@changing("method")
def remove(run: Run, method: MethodIds) -> None:
    """Remove methods; the default one only with all others of its customer.

    Of several methods all are removed, or none; it asks before.

    Examples:
      mailctl method remove 17
      mailctl method remove 17 18 --yes

    """
    from mailctl.actions import methods

    numbers = numbers_in("method", method)
    run.change_several(
        lambda db: methods.plan_remove(db, ids=numbers.ids, many=numbers.many),
        methods.remove,
        many=numbers.many,
        show=_show_removal,
        say=_removed,
    )


def _show_removal(plan: RemovalPlan, output: Output) -> str | None:
    if not plan.methods:
        return None
    output.plan(
        [
            {
                "method": one.id,
                "customer": one.customer,
                "label": one.label,
                "default": one.is_default,
            }
            for one in plan.methods
        ],
        by=("default",),
    )
    return f"Remove {counted(len(plan.methods), 'payment method')}?"


def _removed(result: MethodChanged, did: Tense) -> str:
    if not result.many:
        return f"{did('Removed', 'remove')} method {_named(result)}."
    if not result.items:
        return "No payment method was named."
    return f"{did('Removed', 'remove')} {counted(len(result.items), 'payment method')}."
