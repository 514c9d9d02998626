"""How words of the command line, files and prompts become typed values."""
