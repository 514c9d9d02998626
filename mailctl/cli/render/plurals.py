"""What several things are called where there is none of them."""

PLURALS = {
    "vat": "sales",
    "eu-service": "services to businesses in other member states",
    "oss": "sales for the one-stop shop",
    "bank-entry": "entries",
    "statement": "movements",
    "tax": "tax rates",
    "method": "payment methods",
    "payment-file": "files of payments",
    "journal": "journal rows",
    "renewal": "renewals",
    "revenue": "accounts",
}
