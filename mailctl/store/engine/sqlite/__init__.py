"""A store that is a file of SQLite."""
