"""Invariants of what follows from what: orders, notices and tasks have their causes (SPEC 7, 12).

And the reverse: what happened was ordered, told and asked of the mail server. Customers who were
erased have no notices and addresses left that could be looked at.
"""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.engine.dialect import DOCUMENT_NUMBER

_ORDER = "SELECT 'order/' || o.number, "
_KEPT = "JOIN customer c ON c.id = {0} AND c.state <> 'erased'"
_TERMS = "('accounts', 'extension', 'reopening')"
# Joined sets, not subqueries for each row: there are as many rows as invoices and accounts.
_LINES = (
    "LEFT JOIN (SELECT order_number, count(*) AS lines, CAST(sum(unit_cents) AS BIGINT) AS cents "
    "FROM order_line GROUP BY order_number) n ON n.order_number = o.number"
)
_INVOICES = (
    "LEFT JOIN (SELECT order_number, count(*) AS invoices, min(customer_id) AS customer_id, "
    "min(net_cents) AS net_cents, min(tax_cents) AS tax_cents, min(issued_on) AS issued_on "
    "FROM invoice WHERE order_number IS NOT NULL AND series = '' GROUP BY order_number) i "
    "ON i.order_number = o.number"
)
_MADE = (
    "LEFT JOIN (SELECT order_number, count(*) AS accounts FROM account "
    "WHERE order_number IS NOT NULL GROUP BY order_number) m ON m.order_number = o.number"
)
_RECEIVED = (
    "LEFT JOIN (SELECT order_number, customer_id, CAST(sum(amount_cents) AS BIGINT) AS cents "
    "FROM ledger WHERE order_number IS NOT NULL AND kind IN ('credit', 'payment') "
    "GROUP BY order_number, customer_id) l "
    "ON l.order_number = o.number AND l.customer_id = o.customer_id "
    "AND (o.kind = 'debt' OR l.cents >= o.total_cents)"
)

# What each kind of notice tells of, as a condition on notice `n`; others are reminders.
_CAUSES = {
    "order-confirmed": "EXISTS (SELECT 1 FROM purchase_order o WHERE o.number = n.order_number "
    "AND o.customer_id = n.customer_id AND o.status = 'delivered' AND o.ended_on = n.queued_on)",
    "order-awaiting-payment": "EXISTS (SELECT 1 FROM purchase_order o "
    "WHERE o.number = n.order_number AND o.customer_id = n.customer_id "
    "AND o.ordered_on = n.queued_on)",
    "order-expired": "EXISTS (SELECT 1 FROM purchase_order o WHERE o.number = n.order_number "
    "AND o.customer_id = n.customer_id AND o.status = 'cancelled' AND o.ended_on = n.queued_on)",
    "invoice-issued": "EXISTS (SELECT 1 FROM invoice i WHERE i.id = n.invoice_id "
    "AND i.customer_id = n.customer_id AND i.issued_on = n.queued_on)",
    "credit-note-issued": "EXISTS (SELECT 1 FROM invoice i WHERE i.id = n.invoice_id "
    "AND i.series = 'AV' AND i.customer_id = n.customer_id AND i.issued_on = n.queued_on)",
    "debit-coming": "EXISTS (SELECT 1 FROM payment y WHERE y.customer_id = n.customer_id "
    "AND y.created_on <= n.queued_on)",
    "debt-opened": "EXISTS (SELECT 1 FROM purchase_order o WHERE o.number = n.order_number "
    "AND o.customer_id = n.customer_id AND o.kind = 'debt')",
    "debt-settled": "EXISTS (SELECT 1 FROM purchase_order o WHERE o.number = n.order_number "
    "AND o.customer_id = n.customer_id AND o.kind = 'debt' AND o.ended_on = n.queued_on)",
    **{
        f"accounts-{kind}": "EXISTS (SELECT 1 FROM notice_account x WHERE x.notice_id = n.id) "
        "AND NOT EXISTS (SELECT 1 FROM notice_account x WHERE x.notice_id = n.id "
        "AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.subject = 'account/' || x.account_id "
        f"AND j.kind = '{kind}' AND j.happened_on = n.queued_on))"
        for kind in ("suspended", "reopened", "deleted")
    },
    "cancel-recorded": "EXISTS (SELECT 1 FROM platform p WHERE p.id = n.platform_id "
    "AND p.customer_id = n.customer_id)",
    "cancel-undone": "EXISTS (SELECT 1 FROM platform p WHERE p.id = n.platform_id "
    "AND p.customer_id = n.customer_id)",
}
_UNCAUSED = " ".join(
    f"WHEN n.kind = '{kind}' THEN CASE WHEN {cause} THEN 0 ELSE 1 END"
    for kind, cause in _CAUSES.items()
)
# What the journal calls that which a task asks the mail server for.
_ASKED_BY = {
    "create": ("ordered", "configured"),
    "suspend": ("suspended",),
    "reopen": ("reopened",),
    "wipe": ("reset",),
    "rename": ("renamed",),
    "delete": ("deleted",),
}
_ASKED = " OR ".join(
    f"(t.kind = '{kind}' AND j.kind IN ({', '.join(repr(name) for name in names)}))"
    for kind, names in _ASKED_BY.items()
)

# The last time that each account's mailbox was made, called otherwise or emptied, and asked away.
_LAST_TASKS = (
    "LEFT JOIN (SELECT account_id, max(CASE WHEN kind IN ('create', 'rename') THEN id END) "
    "AS made, max(CASE WHEN kind IN ('create', 'rename', 'wipe') THEN id END) AS touched, "
    "max(CASE WHEN kind = 'suspend' THEN asked_on END) AS suspended_on, "
    "max(CASE WHEN kind = 'delete' THEN asked_on END) AS deleted_on "
    "FROM task GROUP BY account_id) q ON q.account_id = a.id "
    "LEFT JOIN task t ON t.id = q.made LEFT JOIN task w ON w.id = q.touched"
)

VALIDATORS = (
    Validator(
        name="order-dates",
        sentence="an order's dates are those of its status",
        finder=f"{_ORDER}'is ' || o.status || ', paid ' || coalesce(o.paid_on, 'never') || ', "
        "ended ' || coalesce(o.ended_on, 'never') || ', valid until ' "
        "|| coalesce(o.valid_until_on, 'any day'), o.customer_id FROM purchase_order o WHERE "
        "NOT CASE o.status WHEN 'delivered' THEN o.paid_on IS NOT NULL AND o.ended_on IS NOT NULL "
        "WHEN 'cancelled' THEN o.paid_on IS NULL AND o.ended_on IS NOT NULL "
        "WHEN 'not-paid' THEN o.paid_on IS NULL AND o.ended_on IS NULL "
        "AND (o.kind = 'debt') = (o.valid_until_on IS NULL) ELSE 1 = 1 END "
        "OR o.ended_on < o.ordered_on OR o.paid_on < o.ordered_on ORDER BY o.number",
    ),
    Validator(
        name="order-total",
        sentence="an order of terms is for the sum of its lines, one of money for an amount",
        finder=f"{_ORDER}'is for ' || o.net_cents || ' cents net, its lines for ' "
        f"|| coalesce(n.cents, 0), o.customer_id FROM purchase_order o {_LINES} "
        f"WHERE (o.kind IN {_TERMS} AND o.net_cents <> coalesce(n.cents, -1)) "
        f"OR (o.kind NOT IN {_TERMS} AND (n.lines > 0 OR o.tax_cents <> 0)) "
        "OR o.total_cents <> o.net_cents + o.tax_cents ORDER BY o.number",
    ),
    Validator(
        name="order-billed",
        sentence="an order of terms is delivered where it was billed, once, on that day",
        finder=f"{_ORDER}'is ' || o.status || ' and has ' || coalesce(i.invoices, 0) || "
        "' invoices, of ' || coalesce(i.net_cents + i.tax_cents, 0) || ' cents instead of ' "
        f"|| o.total_cents, o.customer_id FROM purchase_order o {_INVOICES} WHERE CASE "
        f"WHEN o.status = 'delivered' AND o.kind IN {_TERMS} THEN coalesce(i.invoices, 0) <> 1 "
        "OR i.customer_id <> o.customer_id OR i.net_cents <> o.net_cents "
        "OR i.tax_cents <> o.tax_cents OR i.issued_on <> o.ended_on ELSE i.invoices > 0 END "
        "ORDER BY o.number",
    ),
    Validator(
        name="invoice-ordered",
        sentence="an invoice of an order bills the order's lines, each of them",
        finder=f"SELECT 'invoice/' || {DOCUMENT_NUMBER.format('i')}, 'bills account ' "
        "|| n.account_id || ' from ' || n.period_start_on || ', which order ' || i.order_number "
        "|| ' does not ask for', i.customer_id FROM invoice i "
        "JOIN invoice_line n ON n.invoice_id = i.id LEFT JOIN order_line o "
        "ON o.order_number = i.order_number AND o.account_id = n.account_id "
        "AND o.period_start_on = n.period_start_on AND o.period_end_on = n.period_end_on "
        "AND o.unit_cents = n.unit_cents AND o.period = n.period "
        "WHERE i.order_number IS NOT NULL AND o.line IS NULL ORDER BY i.id",
    ),
    Validator(
        name="order-accounts",
        sentence="a delivered order of accounts has made one account for each line",
        finder=f"{_ORDER}'is ' || o.status || ', has ' || coalesce(n.lines, 0) || ' lines and "
        "made ' || coalesce(m.accounts, 0) || ' accounts', o.customer_id "
        f"FROM purchase_order o {_LINES} {_MADE} WHERE coalesce(m.accounts, 0) <> "
        "CASE WHEN o.kind = 'accounts' AND o.status = 'delivered' THEN coalesce(n.lines, 0) "
        "ELSE 0 END ORDER BY o.number",
    ),
    Validator(
        name="account-ordered",
        sentence="an account that was ordered is a line of its order, on the platform of that",
        finder="SELECT 'account/' || a.id, 'is not what order ' || a.order_number || ' asks for', "
        "p.customer_id FROM account a JOIN platform p ON p.id = a.platform_id "
        "LEFT JOIN purchase_order o ON o.number = a.order_number WHERE a.order_number IS NOT NULL "
        "AND (coalesce(o.platform_id, 0) <> a.platform_id OR o.customer_id <> p.customer_id "
        "OR o.kind <> 'accounts' OR NOT EXISTS (SELECT 1 FROM order_line n "
        "WHERE n.order_number = a.order_number AND n.account_id = a.id)) ORDER BY a.id",
    ),
    Validator(
        name="order-received",
        sentence="an order of money that is delivered was received, whole and for that order",
        finder=f"{_ORDER}'is ' || o.status || ' without its money', o.customer_id "
        f"FROM purchase_order o {_RECEIVED} WHERE o.kind IN ('prepaid-credit', 'debt') "
        "AND o.status = 'delivered' AND l.order_number IS NULL ORDER BY o.number",
    ),
    Validator(
        name="notice-cause",
        sentence="what a notice tells of has happened, on its day, to its customer",
        finder=f"SELECT 'notice/' || n.id, 'of ' || n.queued_on || ' tells of ' || n.kind || ', "
        f"which did not happen', n.customer_id FROM notice n {_KEPT.format('n.customer_id')} "
        f"WHERE CASE {_UNCAUSED} ELSE 0 END = 1 ORDER BY n.id",
    ),
    Validator(
        name="notice-accounts",
        sentence="a notice names accounts of its own customer",
        finder="SELECT 'notice/' || n.id, 'names account ' || x.account_id || ' of another "
        "customer', n.customer_id FROM notice_account x JOIN notice n ON n.id = x.notice_id "
        "LEFT JOIN account a ON a.id = x.account_id LEFT JOIN platform p ON p.id = a.platform_id "
        "WHERE coalesce(p.customer_id, 0) <> n.customer_id ORDER BY n.id",
    ),
    Validator(
        name="told",
        sentence="renewals billed, orders delivered and debts ended were told to the customer",
        finder=f"SELECT 'invoice/' || {DOCUMENT_NUMBER.format('i')}, 'was not told of', "
        f"i.customer_id FROM invoice i {_KEPT.format('i.customer_id')} LEFT JOIN notice n "
        "ON n.invoice_id = i.id AND n.kind = 'invoice-issued' LEFT JOIN notice o "
        "ON o.order_number = i.order_number AND o.kind = 'order-confirmed' WHERE i.series = '' "
        "AND CASE WHEN i.order_number IS NULL THEN n.id ELSE o.id END IS NULL UNION ALL "
        f"{_ORDER}'ended and was not told of', o.customer_id FROM purchase_order o "
        f"{_KEPT.format('o.customer_id')} LEFT JOIN notice n ON n.order_number = o.number "
        "AND n.kind = 'debt-settled' WHERE o.kind = 'debt' AND o.ended_on IS NOT NULL "
        "AND n.id IS NULL",
    ),
    Validator(
        name="task-cause",
        sentence="what the mail server is asked for has happened to the account, on that day",
        finder="SELECT 'task/' || t.id, 'asks on ' || t.asked_on || ' to ' || t.kind || ' the "
        "mailbox of account ' || t.account_id || ', to which nothing such happened', "
        "p.customer_id FROM task t JOIN account a ON a.id = t.account_id "
        "JOIN platform p ON p.id = a.platform_id WHERE NOT EXISTS (SELECT 1 FROM journal j "
        "WHERE j.subject = 'account/' || t.account_id AND j.happened_on = t.asked_on "
        f"AND ({_ASKED})) ORDER BY t.id",
    ),
    Validator(
        name="mailbox-asked-for",
        sentence="the mail server was asked for the mailbox that an account has, and to suspend or "
        "delete it with the account",
        finder="SELECT 'account/' || a.id, 'is ' || a.state || CASE WHEN a.address IS NULL "
        "THEN ' and blank' ELSE '' END || ', which its tasks do not ask for', p.customer_id "
        f"FROM account a JOIN platform p ON p.id = a.platform_id {_KEPT.format('p.customer_id')} "
        f"{_LAST_TASKS} WHERE CASE WHEN a.address IS NULL THEN w.kind <> 'wipe' "
        "ELSE a.address <> coalesce(t.address, CASE WHEN a.order_number IS NULL THEN a.address "
        "ELSE '' END) OR w.kind = 'wipe' "
        "OR (a.state = 'suspended' AND coalesce(q.suspended_on, '') <> a.suspended_on) "
        "OR (a.state = 'deleted' AND coalesce(q.deleted_on, '') <> a.deleted_on) END "
        "ORDER BY a.id",
    ),
)
