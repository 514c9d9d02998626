"""The store: what it refuses by itself, how it is opened, and what its journal notices."""
