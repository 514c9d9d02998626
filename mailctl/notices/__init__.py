"""What customers are told: the texts in their languages, and their delivery by SMTP (SPEC 12)."""
