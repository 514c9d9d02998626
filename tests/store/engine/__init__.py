"""The engine: opening, locking, the journal and what guards the rows."""
