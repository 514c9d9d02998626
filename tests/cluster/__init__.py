"""The cluster of contrib/postgresql: machines are lost, what was acknowledged never is."""
