"""The public contract: each thing that mailctl prints, its keys and their types.

One place decides them for JSON, for `--fields` and for `mailctl help schema`. It only grows: a key
never goes away and never changes its meaning. `columns` are what a table shows by default.
"""

from mailctl.contract.shapes import Key, Kind, Thing, kind_of
from mailctl.contract.things import THINGS

__all__ = ["THINGS", "Key", "Kind", "Thing", "kind_of"]
