"""What scripts and people rely on: names, keys, statuses and forms of output, as literals."""
