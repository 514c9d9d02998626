"""The rules of the business: pure functions over values.

Nothing here opens a file or a store, prints, or asks what day it is.
"""
