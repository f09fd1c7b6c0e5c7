"""The language of the case file, and nothing else: its records, its grammars, and its dates."""
