"""The sentence "one SQL text for SQLite and PostgreSQL", tried on a real PostgreSQL."""
