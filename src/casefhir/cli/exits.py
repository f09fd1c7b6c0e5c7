"""Exit codes."""

FINE = 0
CASE_HAS_ERRORS = 1
WRONG_USE = 2
NOT_READABLE = 3
SERVER = 4
"""A server cannot be used, refused something, or stored it otherwise."""
INTERRUPTED = 130
"""As a shell calls what ends by Ctrl-C: 128 and the number of the signal."""
BROKEN_PIPE = 141
"""As a shell calls what ends because nobody reads its output."""
