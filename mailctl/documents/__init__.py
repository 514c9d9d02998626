"""Documents: what customers, tax offices and other programs read of an invoice (rules 17)."""
