"""What pages say that are written from docstrings."""

WRITTEN = "<!-- Written by tools/make_docs.py from the docstrings in src/casefhir; change those, then `make docs`. -->"
"""What stands at the top of a page that is not written by hand."""
