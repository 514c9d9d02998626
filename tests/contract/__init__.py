"""What scripts and people rely on: names, keys, statuses, forms of output. Literals, never imported."""
