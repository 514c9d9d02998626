"""How anything is billed, settled, collected and owed."""
