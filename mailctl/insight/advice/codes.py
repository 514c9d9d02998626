"""The codes of findings: stable, each with what it means."""

from __future__ import annotations

CODES: dict[str, str] = {
    "clock-behind": "No tick for more than a day: nothing is billed, suspended or told.",
    "mail-not-configured": "Notices wait, and no mail server or sender is set.",
    "notices-unsent": "Notices have waited for a day and longer.",
    "mail-refused": "Mail is refused because of us: the sender, the host, the login, its content.",
    "mail-password": "The file with the mail server's password cannot be read.",
    "deletion-held": "Accounts past their retention wait for the notice of their suspension.",
    "address-refused": "The customer's e-mail address refuses mail for good.",
    "contact-ending": "A contact address is itself a mailbox that is suspended or ends soon.",
    "example-price": "Accounts are billed at a price that mailctl shipped as an example.",
    "seller-incomplete": "Invoices are issued, and the seller's settings lack something.",
    "task-failed": "The mail server could not carry out a task.",
    "task-waiting": "Tasks of the mail server have waited for a day and longer.",
    "debt": "The balance is below 0, and no pending payment covers it.",
    "balance-short": "The balance will not cover what is billed in the next 30 days.",
    "collection-failed": "A debt could not be collected, and is not tried again by itself.",
    "payment-not-exported": "Pending payments that nobody handed to the bank or gateway.",
    "payment-unanswered": "A payment was handed over, and has no answer yet.",
    "balance-left": "A closed customer has money left.",
    "order-unpaid": "An order waits for its payment.",
    "platform-ending": "A cancelled platform's accounts end soon.",
    "account-ending": "Accounts with the renewal none end soon.",
    "extension-needed": "Accounts of a platform on manual renewal end soon.",
    "account-suspended": "An account was suspended at its expiry, and is deleted soon.",
    "blank-billed": "Accounts that were never configured are billed all the same.",
    "reset-renewing": "Accounts were reset, and renew all the same.",
    "no-method": "The customer has accounts and no payment method.",
    "card-expired": "The default card is past its last month: nothing is collected by it.",
    "card-expiring": "The default card expires before the next renewal.",
    "backup-email-missing": "No backup e-mail is there for when the first refuses.",
    "backup-email-same": "The backup e-mail is the first one.",
    "phone-missing": "No phone number is known.",
    "address-incomplete": "The postal address, which invoices show, lacks something.",
}
"""Each code of a finding with a sentence about it, in the order of `help advice`."""
