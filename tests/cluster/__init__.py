"""The cluster of contrib/postgresql on this machine: it loses machines, and nothing acknowledged."""
