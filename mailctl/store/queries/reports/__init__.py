"""Figures over the whole store, each asked for by set-based queries that only read."""
