"""A file from a bank, read whole and checked before anything of it is taken (rules 20).

What was read waits in a temporary file, so that 100,000 entries take no memory, and the store is
not held while a file is read.
"""

from __future__ import annotations
