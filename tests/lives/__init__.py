"""Random lives of a store, done in the program and in an independent oracle of the rules."""
