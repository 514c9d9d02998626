"""What banks and payers write where there is no reference."""

NO_REFERENCES = (
    *("NONREF", "NOTPROVIDED", "NOT PROVIDED", "Not available", "NOREF", "none", "N/A", "UNKNOWN"),
    *("0000000000", "-"),
)
