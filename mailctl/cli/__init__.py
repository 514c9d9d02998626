"""The command line: words become typed values, an action or a query is called, the result is shown.

`commands` has a module for each noun, with the sentences that it writes; `input` parses, `render`
shows. The modules here are the frame: `app` begins, `tree` builds the one command that is asked
for, `run` is what a command works with, `failure` ends. There are no rules and no SQL here.
"""
