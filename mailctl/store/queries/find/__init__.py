"""What `find` must know of the store: rows by words and by address, and what each of them is."""
