"""What follows from a change, for sets of accounts and customers."""
