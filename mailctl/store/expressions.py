"""Parts of SQL that several statements share, each a function that says what it means.

Arguments are the aliases of tables, or expressions such as `c.id`. Where a rule of `domain/` must
be known to SQL too, it is here, and a test compares both over every case.
"""

from __future__ import annotations

from collections.abc import Sequence


def entry_of(movement: str) -> str:
    """The bank entry whose money a movement is, or was before its booking was taken back.

    A movement that was only linked to an entry by mistake is of none.
    """
    return f"""(
        SELECT b.entry_id
        FROM bank_booking b
        WHERE b.ledger_id = {movement}.id AND (b.undone_on IS NULL OR b.is_link = 0)
    )"""


def document_number(document: str) -> str:
    """The number of a document as people write it, `2026-000123`."""
    return f"""
        CASE WHEN {document}.series = 'AV' THEN 'AV' ELSE '' END || {document}.year || '-'
        || CASE
            WHEN {document}.seq < 1000000
                THEN substr('00000' || {document}.seq, length('' || {document}.seq), 6)
            ELSE '' || {document}.seq
        END
    """


def tax_cents(net: str, rate: str) -> str:
    """The tax on a net sum in cents, rounded half up (`domain.money.tax_cents`)."""
    return f"({net} * {rate} + 5000) / 10000"


def pending_cents(customer_id: str) -> str:
    """What pending payments would bring a customer, in cents."""
    return f"""
        coalesce((
            SELECT CAST(sum(y.amount_cents) AS BIGINT)
            FROM payment y
            WHERE y.customer_id = {customer_id} AND y.status = 'pending'
        ), 0)
    """


def unasked_cents(customer_id: str) -> str:
    """What pending payments that nobody has been asked for yet would bring, in cents."""
    return f"""
        coalesce((
            SELECT CAST(sum(y.amount_cents) AS BIGINT)
            FROM payment y
            WHERE y.customer_id = {customer_id} AND {is_unasked("y")}
        ), 0)
    """


def is_unasked(payment: str) -> str:
    """Whether nobody has been asked for a payment yet, or for its next try (rules 10)."""
    return f"({payment}.status = 'pending' AND {payment}.exported_on IS NULL)"


def has_its_try_come(payment: str) -> str:
    """Whether a payment waits for no later day than `:today` to be asked for."""
    return f"({payment}.next_try_on IS NULL OR {payment}.next_try_on <= :today)"


def asked_cents(invoice: str, state: str) -> str:
    """What a row of invoice, with its row of invoice_open, asks for after its credit notes."""
    return f"({invoice}.total_cents - {state}.credited_cents)"


def open_cents(missing: str, newer: str, asked: str) -> str:
    """How much of an invoice is open (`domain.settlement.open_cents`).

    Of what is missing, the newer invoices take what they ask for; this one has what is left.
    """
    return f"""
        CASE
            WHEN {missing} <= {newer} THEN 0
            WHEN {missing} - {newer} < {asked} THEN {missing} - {newer}
            ELSE {asked}
        END
    """


def is_uncovered(invoice: str) -> str:
    """Whether a row of invoice_open is open, and no pending payment covers it (rules 9)."""
    return f"({invoice}.open_cents > 0 AND {invoice}.is_covered = 0)"


def is_overdue(invoice: str, customer: str) -> str:
    """Whether a row of invoice_open is overdue on `:today` (rules 9)."""
    return f"""
        (
            {is_uncovered(invoice)}
            AND {invoice}.due_on < :today
            AND ({customer}.grace_until_on IS NULL OR {customer}.grace_until_on < :today)
        )
    """


def last_day_to_pay(invoice: str, customer: str) -> str:
    """Until when a row of invoice_open may be paid (`domain.lifecycle.last_day_to_pay`)."""
    return f"""
        CASE
            WHEN {customer}.grace_until_on > {invoice}.due_on THEN {customer}.grace_until_on
            ELSE {invoice}.due_on
        END
    """


def pay_by(customer: str) -> str:
    """The day by which a debtor is asked to pay.

    Of the open invoices that nothing covers: the first last day to pay that is still to come on
    `:today`, or else the first.
    """
    return f"""
        (
            SELECT coalesce(min(CASE WHEN z.last_on >= :today THEN z.last_on END), min(z.last_on))
            FROM (
                SELECT {last_day_to_pay("o", customer)} AS last_on
                FROM invoice_open o
                WHERE o.customer_id = {customer}.id AND {is_uncovered("o")}
            ) z
        )
    """


def debt_due_on(customer_id: str) -> str:
    """The due date of a customer's oldest open invoice (rules 9)."""
    return f"""
        (
            SELECT o.due_on
            FROM invoice_open o
            WHERE o.customer_id = {customer_id} AND o.open_cents > 0
            ORDER BY o.invoice_id LIMIT 1
        )
    """


def is_held_for_debt(account_id: str) -> str:
    """Whether an overdue invoice has a line of the account that is not credited (rules 9)."""
    return f"""
        EXISTS (
            SELECT 1
            FROM invoice_line l
            JOIN invoice_open o ON o.invoice_id = l.invoice_id
            JOIN customer oc ON oc.id = o.customer_id
            WHERE l.account_id = {account_id} AND {is_overdue("o", "oc")} AND NOT {is_credited("l")}
        )
    """


def is_credited(line: str) -> str:
    """Whether a credit note has taken back a row of invoice_line."""
    return f"""
        EXISTS (
            SELECT 1
            FROM credit_line k
            WHERE k.account_id = {line}.account_id AND k.period_start_on = {line}.period_start_on
        )
    """


def is_taken_back(invoice_id: str) -> str:
    """Whether credit notes have taken back every line of an invoice."""
    return f"""
        NOT EXISTS (
            SELECT 1
            FROM invoice_line l
            WHERE l.invoice_id = {invoice_id} AND NOT {is_credited("l")}
        )
    """


def renews_by_itself(account: str, platform: str) -> str:
    """Whether an account is billed for its next term when it expires (rules 6)."""
    return f"({platform}.renewal = 'automatic' AND {account}.renewal <> 'none')"


def renews_unjoined(account: str) -> str:
    """The same as `renews_by_itself`, where accounts are found by an index and no platform is read.

    The platforms that renew manually are few, and have an index.
    """
    return f"""
        {account}.renewal <> 'none'
        AND {account}.platform_id NOT IN (SELECT m.id FROM platform m WHERE m.renewal = 'manual')
    """


def is_default_of(method: str, customer_id: str) -> str:
    """Whether a row of method is the one that a customer's shortfall is collected through."""
    return f"""
        {method}.customer_id = {customer_id}
        AND {method}.is_default = 1
        AND {method}.removed_on IS NULL
    """


def can_be_charged(method: str, day: str) -> str:
    """Whether a method has not expired in the month of a day, `:today` for one (rules 10)."""
    return f"({method}.expires_on IS NULL OR {method}.expires_on >= substr({day}, 1, 7))"


ON_EXPIRED_CARD = f"""
    FROM payment p
    JOIN method m ON m.id = p.method_id
    WHERE {is_unasked("p")}
        AND {has_its_try_come("p")}
        AND NOT {can_be_charged("m", ":today")}
"""
"""The pending payments whose card can no longer be charged."""


def is_in_collection(payment: str) -> str:
    """Whether a payment will bring its money if the bank or gateway says yes.

    Not through a card that cannot be charged any more by then.
    """
    tried_on = (
        f"CASE WHEN {payment}.next_try_on > :today THEN {payment}.next_try_on ELSE :today END"
    )
    return f"""
        {payment}.status = 'pending'
        AND ({payment}.exported_on IS NOT NULL OR EXISTS (
            SELECT 1
            FROM method z
            WHERE z.id = {payment}.method_id AND {can_be_charged("z", tried_on)}
        ))
    """


def collected_cents(customer_id: str) -> str:
    """What is being collected from a customer, in cents."""
    return f"""
        coalesce((
            SELECT CAST(sum(y.amount_cents) AS BIGINT)
            FROM payment y
            WHERE y.customer_id = {customer_id} AND {is_in_collection("y")}
        ), 0)
    """


def has_notified(notice: str) -> str:
    """Whether a notice counts: what was outdated when its turn came notified nobody."""
    return f"coalesce({notice}.ended_for, '') <> 'outdated'"


def is_unsent(notice: str) -> str:
    """Whether a notice is still to be sent (rules 12)."""
    return f"({notice}.sent_at IS NULL AND {notice}.ended_at IS NULL)"


def task_reason(task: str) -> str:
    """What was said of a task; of a mailbox that a driver may not make yet, why (rules 18)."""
    return f"""
        CASE
            WHEN {task}.status = 'todo'
                AND {task}.kind = 'create'
                AND EXISTS (SELECT 1 FROM restoration z WHERE z.creates_wait = 1)
                AND EXISTS (SELECT 1 FROM setting s WHERE s.name = 'driver' AND s.value <> '')
            THEN 'since the restore it waits for a comparison (mailctl task reconcile)'
            ELSE {task}.reason
        END
    """


def is_announced(notice: str) -> str:
    """Whether a notice was sent, or refused for good at every address, which counts as sent."""
    return f"({notice}.sent_at IS NOT NULL OR coalesce({notice}.ended_for, '') = 'refused')"


def is_unannounced(notice: str) -> str:
    """Whether nobody was notified of a suspension by its notice, though somebody may be yet."""
    return f"""
        ({notice}.id IS NOT NULL
            AND {notice}.sent_at IS NULL
            AND coalesce({notice}.ended_for, 'waits') NOT IN ('refused', 'erased'))
    """


def among(name: str, values: Sequence[object]) -> str:
    """A list for IN, as long as the values: `(:kind_0, :kind_1)`; `numbered` gives them."""
    return f"({', '.join(f':{key}' for key in numbered(name, values))})"


def numbered(name: str, values: Sequence[object]) -> dict[str, object]:
    """The parameters of `among`: `kind_0`, `kind_1` and so on."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}


def named_cents_of(order: str) -> str:
    """What came for an order by its number, less what was taken back; in cents."""
    return f"""
        coalesce((
            SELECT CAST(sum(l.amount_cents) AS BIGINT)
            FROM ledger l
            LEFT JOIN ledger u ON u.id = l.reverses_id
            WHERE l.customer_id = {order}.customer_id
                AND ((l.kind IN ('credit', 'payment') AND l.order_number = {order}.number)
                    OR (l.kind = 'reversal' AND u.order_number = {order}.number))
        ), 0)
    """


def has_its_money(order: str) -> str:
    """Whether the money that names an unpaid order covers it, whatever the balance is.

    Money that was paid back since does not count, if the balance no longer covers the order.
    """
    return f"""
        {order}.status = 'not-paid'
        AND {order}.kind <> 'debt'
        AND EXISTS (
            SELECT 1
            FROM ledger g
            WHERE g.customer_id = {order}.customer_id AND g.order_number = {order}.number
        )
        AND {named_cents_of(order)} >= {order}.total_cents
        AND NOT EXISTS (
            SELECT 1
            FROM ledger f
            JOIN customer h ON h.id = f.customer_id
            WHERE f.customer_id = {order}.customer_id
                AND f.kind = 'refund'
                AND h.balance_cents < {order}.total_cents
                AND f.seq > (
                    SELECT min(g.seq)
                    FROM ledger g
                    WHERE g.customer_id = {order}.customer_id AND g.order_number = {order}.number
                )
        )
    """


def is_example_price(price: str) -> str:
    """Whether a price of an offer is one that mailctl came with, from `:first`, and holds today."""
    return f"""
        (
            {price}.from_on = :first
            AND NOT EXISTS (
                SELECT 1
                FROM price later
                WHERE later.offer_id = {price}.offer_id
                    AND later.period = {price}.period
                    AND later.from_on > :first
                    AND later.from_on <= :today
            )
        )
    """


def recipient(notice: str, customer: str) -> str:
    """The address to which a notice goes next: the backup address once the other refused it."""
    return f"""
        CASE
            WHEN {notice}.is_at_backup = 1 THEN coalesce({customer}.backup_email, {customer}.email)
            ELSE {customer}.email
        END
    """


def is_being_reopened(account: str) -> str:
    """Whether a driver has yet to reopen the mailbox of an account, given by SQL for its id.

    Without a driver nobody knows what the mail server does, and the books alone are told.
    """
    return f"""
        (
            EXISTS (SELECT 1 FROM setting d WHERE d.name = 'driver' AND d.value <> '')
            AND EXISTS (
                SELECT 1
                FROM task r
                WHERE r.account_id = {account}
                    AND r.kind = 'reopen'
                    AND r.status IN ('todo', 'failed')
            )
        )
    """
