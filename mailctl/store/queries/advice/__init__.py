"""What `advise` must know of the store: set-based queries, each the facts of a few findings."""
