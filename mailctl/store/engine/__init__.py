"""The engine: opening, locking, versions of the schema, the journal and what guards the rows."""
