"""The driver for Modoboa, a program of its own: it speaks the protocol, and Modoboa's HTTP API.

What it cannot do, and why it waits after a rename or a deletion, is told in docs/howto/modoboa.md.
"""
