"""`store check`: each fault is found by its name, and a healthy store has none."""
