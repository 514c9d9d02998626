"""What customers are notified of: the letters in their languages, and their delivery by SMTP."""
