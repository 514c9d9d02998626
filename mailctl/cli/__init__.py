"""The command line: words become typed values, an action or a query is called, the result is shown.

A module per noun holds its commands and the sentences that they say. `tree` loads them on demand,
`run` is what a command is given, `output` decides the form, `table` draws for terminals. No rules
and no SQL live here.
"""
