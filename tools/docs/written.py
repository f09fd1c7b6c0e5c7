"""What pages say that are written from docstrings."""

WRITTEN = "<!-- Written by tools/make_docs.py from what stands in src/casefhir; change that, then `make docs`. -->"
"""What stands at the top of a page that is not written by hand."""
