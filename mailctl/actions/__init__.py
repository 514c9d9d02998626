"""What an administrator can do, a module per noun.

An action works inside the transaction that it is given and returns a result; it prints nothing.
What is asked about first has a plan: made without the lock, shown, and made again under it.
"""
