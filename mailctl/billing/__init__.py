"""The one way anything is billed: a set of terms in; prices, tax, invoice, debit, settlement out.

An order hands over a set of one, a tick a set of a million: the rule is the same text.
"""
