"""Dovecot's driver against a real Dovecot of the tests' own."""
