"""The nouns of the command line with a sentence about each, in the sections of the help.

The table is static so that help and completion load no noun; a test holds it against the modules.
"""

from __future__ import annotations

SECTIONS: dict[str, dict[str, str]] = {
    "Every day": {
        "status": "Show the state of the store: its clock, accounts, debts and tasks.",
        "advise": "List problems, present and coming, each with the command that fixes it.",
        "find": "Find what a caller names, by phone number, name, address or invoice.",
        "tick": "Carry out what is due: renewals, suspensions, deletions.",
        "forecast": "Simulate the coming months on a copy: what is billed, suspended, deleted.",
    },
    "Customers": {
        "customer": "Who pays: a name, contact details, a country, one prepaid account.",
        "platform": "The subscribed services of customers; each holds accounts of one offer.",
        "account": "The mailbox slots that customers pay for.",
        "domain": "Which customer each mail domain belongs to.",
    },
    "Money": {
        "order": "Purchase orders: for accounts, extensions, reopenings, credits and debts.",
        "invoice": "Invoices: one per customer and tick for renewals, one for each billed order.",
        "prepaid": "The customers' prepaid accounts.",
        "method": "How customers pay: a bank account, a card or PayPal.",
        "payment": "Money collected through payment methods.",
        "bank": "What the bank says: statements, the money in them, and whose it is.",
        "offer": "What can be subscribed, and its prices.",
        "tax": "Standard tax rates by country, each valid from a day.",
        "report": "Figures: revenue, debts, sales tax, a calendar, a page.",
    },
    "Mail": {
        "notice": "Service e-mails: what customers are notified of.",
        "task": "What the mail server must do.",
        "driver": "The programs that do the tasks on mail servers.",
    },
    "Books and store": {
        "export": "The books, for other accounting programs.",
        "journal": "Who changed what, when.",
        "store": "The store itself: where it is, checking, backing up, moving and upgrading it.",
        "settings": "How long things take, who sells, how mail is sent.",
        "init": "Make a new store.",
        "import": "Import existing customers, platforms and accounts, without billing.",
        "demo": "Show a host at work: a year of orders, renewals, a debt and its rescue.",
        "help": "Explain commands, and what all of them have in common.",
    },
}
NOUNS = {name: text for section in SECTIONS.values() for name, text in section.items()}
