"""mailctl runs the subscriptions of mailboxes."""

__version__ = "0.2.0"
