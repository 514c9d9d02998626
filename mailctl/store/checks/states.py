"""Invariants of what platforms, accounts, addresses and customers are now (SPEC 4, 5, 6, 9)."""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.engine.dialect import HOLDS_FOR_DEBT

_ACCOUNT = "FROM account a JOIN platform p ON p.id = a.platform_id"

VALIDATORS = (
    Validator(
        name="suspension-told",
        sentence="a suspended account's suspension was told to its customer on its day",
        finder="SELECT 'account/' || a.id, 'was suspended on ' || a.suspended_on || ' without a "
        f"notice that names it', p.customer_id {_ACCOUNT} "
        "LEFT JOIN notice n ON n.id = a.suspension_notice_id LEFT JOIN notice_account x "
        "ON x.notice_id = n.id AND x.account_id = a.id WHERE a.state = 'suspended' "
        "AND (x.account_id IS NULL OR n.kind <> 'accounts-suspended' "
        "OR n.customer_id <> p.customer_id OR n.queued_on <> a.suspended_on) ORDER BY a.id",
    ),
    Validator(
        name="account-dates",
        sentence="an account's dates are those of its state, and in their order",
        finder="SELECT 'account/' || a.id, 'is ' || a.state || ': suspended ' "
        "|| coalesce(a.suspended_on, 'never') || ', deletes ' || coalesce(a.deletes_on, 'never') "
        f"|| ', deleted ' || coalesce(a.deleted_on, 'never'), p.customer_id {_ACCOUNT} "
        "WHERE (a.state = 'deleted') <> (a.deleted_on IS NOT NULL) "
        "OR (a.state = 'suspended' AND (a.suspended_on IS NULL OR a.suspended_for IS NULL "
        "OR a.deletes_on IS NULL)) OR (a.state = 'active' AND (a.suspended_on IS NOT NULL "
        "OR a.suspended_for IS NOT NULL OR a.deletes_on IS NOT NULL)) "
        "OR a.deletes_on < a.suspended_on OR a.suspended_on < a.ordered_on "
        "OR a.deleted_on < a.ordered_on OR a.deleted_on < a.suspended_on ORDER BY a.id",
    ),
    Validator(
        name="deletion-after-retention",
        sentence="an account that was suspended is deleted on the day promised, or later",
        finder="SELECT 'account/' || a.id, 'was deleted on ' || a.deleted_on || ', promised for ' "
        f"|| a.deletes_on, p.customer_id {_ACCOUNT} JOIN offer o ON o.id = p.offer_id "
        "WHERE a.deleted_on < a.deletes_on AND o.expiry_of = 'account' AND NOT EXISTS ("
        "SELECT 1 FROM notice n WHERE n.platform_id = p.id AND n.kind = 'delete-confirmed') "
        "ORDER BY a.id",
    ),
    Validator(
        name="address-once",
        sentence="an address has at most one account that is not deleted",
        finder="SELECT 'account/' || max(a.id), 'has the address of account ' || min(a.id), "
        f"max(p.customer_id) {_ACCOUNT} WHERE a.state <> 'deleted' AND a.address IS NOT NULL "
        "GROUP BY a.address HAVING count(*) > 1 ORDER BY max(a.id)",
    ),
    Validator(
        name="address-in-domain",
        sentence="an account's address lies in a domain of its customer",
        finder="SELECT 'account/' || a.id, 'has an address outside its customer''s domains', "
        f"p.customer_id {_ACCOUNT} LEFT JOIN domain d ON d.id = a.domain_id "
        "WHERE a.state <> 'deleted' AND a.address IS NOT NULL AND (d.id IS NULL "
        "OR d.customer_id <> p.customer_id "
        "OR substr(a.address, length(a.address) - length(d.name)) <> '@' || d.name) ORDER BY a.id",
    ),
    Validator(
        name="cancelled-ends",
        sentence="accounts of a cancelled platform do not renew, and know what they were; others "
        "keep no such memory",
        finder="SELECT 'account/' || a.id, 'renews ' || a.renewal || ' on a platform that is ' "
        f"|| p.state, p.customer_id {_ACCOUNT} WHERE a.state <> 'deleted' AND ("
        "(p.state = 'cancelled' AND (a.renewal <> 'none' OR a.renewal_before_cancel IS NULL)) "
        "OR (p.state = 'active' AND a.renewal_before_cancel IS NOT NULL)) ORDER BY a.id",
    ),
    Validator(
        name="platform-closed",
        sentence="a platform is closed once it was cancelled or deleted and has no account left",
        finder="SELECT 'platform/' || p.name, 'is ' || p.state || ' with ' || q.live || ' live "
        "accounts', p.customer_id FROM platform p JOIN (SELECT s.id, (SELECT count(*) "
        "FROM account a WHERE a.platform_id = s.id AND a.state <> 'deleted') AS live "
        "FROM platform s) q ON q.id = p.id WHERE (p.state = 'closed' AND q.live > 0) "
        "OR (p.state = 'cancelled' AND q.live = 0) ORDER BY p.id",
    ),
    Validator(
        name="private-expiry",
        sentence="accounts of private-exchange renew monthly on their platform's day",
        finder="SELECT 'account/' || a.id, 'has the anchor day ' || a.anchor_day || ' and the "
        f"period ' || a.period || ' on a platform of ' || p.created_on, p.customer_id {_ACCOUNT} "
        "JOIN offer o ON o.id = p.offer_id WHERE o.expiry_of = 'platform' AND ("
        "a.period <> 'monthly' OR a.renewal = 'yearly' "
        "OR a.anchor_day <> CAST(substr(p.created_on, 9, 2) AS INTEGER)) ORDER BY a.id",
    ),
    Validator(
        name="debtor",
        sentence="whoever is below 0 has one open debt order, for what is missing; nobody else has",
        finder="SELECT 'customer/' || c.slug, 'has a balance of ' || c.balance_cents || ' cents "
        "and ' || (SELECT count(*) FROM purchase_order o WHERE o.customer_id = c.id "
        "AND o.kind = 'debt' AND o.status = 'not-paid') || ' open debt orders, of ' || coalesce(("
        "SELECT CAST(sum(o.total_cents) AS BIGINT) FROM purchase_order o "
        "WHERE o.customer_id = c.id AND o.kind = 'debt' AND o.status = 'not-paid'), 0), c.id "
        "FROM customer c WHERE CASE WHEN c.balance_cents < 0 THEN 1 ELSE 0 END <> (SELECT count(*) "
        "FROM purchase_order o WHERE o.customer_id = c.id AND o.kind = 'debt' "
        "AND o.status = 'not-paid' AND o.total_cents = CASE WHEN c.balance_cents < 0 "
        "THEN -c.balance_cents ELSE o.total_cents END) ORDER BY c.id",
    ),
    Validator(
        name="debt-suspension",
        sentence="an account is suspended for debt while an overdue invoice has a line of it",
        finder="SELECT 'account/' || a.id, 'is suspended for debt, and nothing of it is overdue', "
        f"p.customer_id {_ACCOUNT} WHERE a.state = 'suspended' AND a.suspended_for = 'debt' "
        f"AND NOT EXISTS ({HOLDS_FOR_DEBT.replace(':today', ':reached')}) ORDER BY a.id",
    ),
    Validator(
        name="closed-customer",
        # Money may move after the end: a bank returns a debit, an invoice is credited.
        sentence="a closed customer has no platform any more, and nothing ordered",
        finder="SELECT 'customer/' || c.slug, 'is ' || c.state || ' and not done with', c.id "
        "FROM customer c WHERE c.state <> 'open' AND (EXISTS ("
        "SELECT 1 FROM platform p WHERE p.customer_id = c.id AND p.state <> 'closed') OR EXISTS ("
        "SELECT 1 FROM purchase_order o WHERE o.customer_id = c.id AND o.kind <> 'debt' "
        "AND o.status = 'not-paid')) ORDER BY c.id",
    ),
    Validator(
        name="notice-sent",
        sentence="a notice that was sent has the text of it; one that is done with has no token",
        finder="SELECT 'notice/' || n.id, CASE WHEN n.secret IS NULL THEN 'was sent, and its text "
        "is missing' ELSE 'is done with and has its token' END, n.customer_id FROM notice n "
        "JOIN customer c ON c.id = n.customer_id LEFT JOIN notice_text x ON x.notice_id = n.id "
        "WHERE (n.sent_at IS NOT NULL OR n.ended_at IS NOT NULL) AND (n.secret IS NOT NULL "
        "OR (n.sent_at IS NOT NULL AND x.notice_id IS NULL AND c.state <> 'erased')) ORDER BY n.id",
    ),
    Validator(
        name="payment-method",
        sentence="a payment goes by a method of its customer; a method that was removed is not the "
        "default",
        finder="SELECT 'payment/' || y.id, 'goes by a method of another customer', y.customer_id "
        "FROM payment y LEFT JOIN method m ON m.id = y.method_id "
        "WHERE coalesce(m.customer_id, 0) <> y.customer_id UNION ALL "
        "SELECT 'method/' || m.id, 'is removed and the default', m.customer_id FROM method m "
        "WHERE m.is_default = 1 AND m.removed_on IS NOT NULL",
    ),
)
