"""mailctl as processes of their own: locks, signals and pipes."""
