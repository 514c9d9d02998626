"""The command line: words in, help, questions, tables and documents out."""
