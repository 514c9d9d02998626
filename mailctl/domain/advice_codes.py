"""The codes of findings: stable, each with what it means (rules 14)."""

from __future__ import annotations

from mailctl.close_words import close_words, did_you_mean
from mailctl.errors import UsageError
from mailctl.hints import Hint

CODES: dict[str, str] = {
    "clock-behind": "No tick for more than a day: nothing is billed, suspended or announced.",
    "restore-unfinished": "After a restore something waits until a person lets it go on.",
    "clock-ahead": "The last tick lies in the future: the system's clock was wrong, or is now.",
    "erasure-unfinished": "Erased data is still in the store's file: another program had it open.",
    "no-backup": "No backup was made for days (backup-days), or none ever.",
    "mail-not-configured": "Notices wait, and no mail server or sender is set.",
    "notices-unsent": "Notices have waited for a day and longer.",
    "mail-refused": "Mail is refused because of the sender: its address, host, login or content.",
    "document-missing": "Letters wait for the document that goes with them: it cannot be made.",
    "mail-password": "The file with the mail server's password cannot be read.",
    "deletion-held": "Accounts past their retention wait for the notice of their suspension.",
    "address-refused": "The customer's e-mail address refuses mail for good.",
    "contact-ending": "A contact address is itself a mailbox that is suspended or ends soon.",
    "document-refused": "Invoices that are sent would break a rule: something is not entered.",
    "example-price": "Accounts are billed at a price that mailctl shipped as an example.",
    "seller-incomplete": "Invoices are issued, and the seller's settings lack something.",
    "task-failed": "The mail server could not carry out a task.",
    "export-failed": "A mailbox could not be copied before its deletion, and is kept.",
    "mailbox-unadopted": "The driver does not look after mailboxes of accounts.",
    "task-waiting": "Tasks of the mail server have waited for a day and longer.",
    "debt": "The balance is below 0, and no pending payment covers it.",
    "balance-short": "The balance will not cover what is billed in the next 30 days.",
    "collection-failed": "A debt could not be collected, and is not tried again by itself.",
    "payment-not-exported": "Pending payments were not handed to the bank or gateway.",
    "payment-unanswered": "A payment was handed over, and has no answer yet.",
    "bank-proposed": "An entry of a bank statement waits for a yes: matched, but not surely.",
    "bank-unmatched": "Nobody knows yet whose money some entries of bank statements are.",
    "bank-gap": "A bank statement is missing between two others.",
    "bank-silent": "No bank statement has come for days, though there were some before.",
    "balance-left": "A closed customer has money left.",
    "order-unpaid": "An order waits for its payment.",
    "platform-ending": "A cancelled platform's accounts end soon.",
    "account-ending": "Accounts with the renewal none end soon.",
    "extension-needed": "Accounts of a platform with manual renewal end soon.",
    "account-suspended": "An account was suspended at its expiry, and is deleted soon.",
    "blank-billed": "Accounts that were never configured are billed all the same.",
    "reset-renewing": "Accounts were reset, and renew all the same.",
    "no-method": "The customer has accounts and no payment method.",
    "method-not-debitable": "A bank account that no file of direct debits can include.",
    "card-expired": "The default card is past its last month: nothing is collected through it.",
    "card-expiring": "The default card expires before the next renewal.",
    "backup-email-missing": "No backup e-mail is there for when the first refuses.",
    "backup-email-same": "The backup e-mail is the first one.",
    "phone-missing": "No phone number is known.",
    "tax-territory": "The postcode lies in a territory where the country's tax does not hold.",
    "address-incomplete": "The postal address, which invoices show, lacks something.",
}
"""Each code of a finding with a sentence about it, in the order of `help advice`."""

GROUPS: dict[str, tuple[str, str]] = {
    "clock-behind": ("missed tick", "missed ticks"),
    "restore-unfinished": (
        "thing waits for a person after a restore",
        "things wait for a person after a restore",
    ),
    "clock-ahead": ("tick from the future", "ticks from the future"),
    "erasure-unfinished": ("unfinished erasure", "unfinished erasures"),
    "no-backup": ("missing backup", "missing backups"),
    "mail-not-configured": (
        "setting is missing before mail can be sent",
        "settings are missing before mail can be sent",
    ),
    "notices-unsent": ("batch of unsent notices", "batches of unsent notices"),
    "mail-refused": ("domain refuses mail from us", "domains refuse mail from us"),
    "document-missing": (
        "customer's letters wait for their documents",
        "customers' letters wait for their documents",
    ),
    "mail-password": ("unreadable password file", "unreadable password files"),
    "deletion-held": (
        "customer not notified of a suspension, which holds deletions",
        "customers not notified of suspensions, which holds deletions",
    ),
    "address-refused": ("customer's address refuses mail", "customers' addresses refuse mail"),
    "contact-ending": (
        "contact address is a mailbox that ends",
        "contact addresses are mailboxes that end",
    ),
    "document-refused": (
        "customer or setting would have documents refused",
        "customers or settings would have documents refused",
    ),
    "example-price": ("price is still the example", "prices are still the examples"),
    "seller-incomplete": (
        "setting of the seller is missing on invoices",
        "settings of the seller are missing on invoices",
    ),
    "task-failed": ("task failed on the mail server", "tasks failed on the mail server"),
    "export-failed": (
        "mailbox could not be copied, and is kept",
        "mailboxes could not be copied, and are kept",
    ),
    "mailbox-unadopted": ("batch of mailboxes not adopted", "batches of mailboxes not adopted"),
    "task-waiting": ("batch of waiting tasks", "batches of waiting tasks"),
    "debt": ("customer owes money", "customers owe money"),
    "balance-short": (
        "balance will not cover the next 30 days",
        "balances will not cover the next 30 days",
    ),
    "collection-failed": ("debt could not be collected", "debts could not be collected"),
    "payment-not-exported": (
        "batch of payments waits to be exported",
        "batches of payments wait to be exported",
    ),
    "payment-unanswered": ("payment has had no answer", "payments have had no answer"),
    "bank-proposed": (
        "entry of a bank statement waits for a yes",
        "entries of bank statements wait for a yes",
    ),
    "bank-unmatched": ("batch of unmatched bank entries", "batches of unmatched bank entries"),
    "bank-gap": ("gap between bank statements", "gaps between bank statements"),
    "bank-silent": ("bank has sent no statement", "banks have sent no statement"),
    "balance-left": ("closed customer has money left", "closed customers have money left"),
    "order-unpaid": ("order waits for its payment", "orders wait for their payment"),
    "platform-ending": (
        "cancelled platform's mailboxes end soon",
        "cancelled platforms' mailboxes end soon",
    ),
    "account-ending": (
        "platform has mailboxes that end soon",
        "groups of mailboxes end soon, as they are not renewed",
    ),
    "extension-needed": (
        "manual renewal comes due soon",
        "manual renewals come due soon",
    ),
    "account-suspended": (
        "expired mailbox will be deleted",
        "expired mailboxes will be deleted",
    ),
    "blank-billed": (
        "platform pays for blank accounts",
        "platforms pay for blank accounts",
    ),
    "reset-renewing": (
        "platform renews accounts that were reset",
        "platforms renew accounts that were reset",
    ),
    "no-method": ("customer has no payment method", "customers have no payment method"),
    "method-not-debitable": (
        "bank account cannot be debited",
        "bank accounts cannot be debited",
    ),
    "card-expired": ("default card has expired", "default cards have expired"),
    "card-expiring": (
        "default card expires before the next renewal",
        "default cards expire before the next renewal",
    ),
    "backup-email-missing": (
        "customer has no backup e-mail",
        "customers have no backup e-mail",
    ),
    "backup-email-same": (
        "customer's backup e-mail is the first one",
        "customers' backup e-mails are the first ones",
    ),
    "phone-missing": ("customer has no phone number", "customers have no phone number"),
    "tax-territory": (
        "postcode lies outside the country's tax",
        "postcodes lie outside their country's tax",
    ),
    "address-incomplete": (
        "customer's postal address is incomplete",
        "customers' postal addresses are incomplete",
    ),
}
"""What several findings of a code are called after their number, and one of them."""


def check_code(text: str) -> str:
    """The code of a finding; UsageError for a word that is none, naming one like it."""
    if text not in CODES:
        raise UsageError(
            f"there is no finding {text!r}{did_you_mean(close_words(text, CODES, most=1))}",
            hint=Hint.EXPLAIN_FINDINGS(),
        )
    return text


def codes_of(text: str) -> tuple[str, ...]:
    """The codes that a setting lists, with commas or spaces between them, each once."""
    return tuple(dict.fromkeys(check_code(part) for part in text.replace(",", " ").split()))
