"""The store: the only place that opens a database. It holds no business rules."""
