"""How results look: tables, machine formats, documents, files; only `table` knows rich."""
