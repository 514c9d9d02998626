"""What banks send, read into entries and answers: one module a format (rules 20)."""
