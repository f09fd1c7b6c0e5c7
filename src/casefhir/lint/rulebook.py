"""The rules of lint as a user meets them: what each says, why, and what to write instead."""

from casefhir.lint import MALFORMED, RULES, rule_name
from casefhir.rulebook import Entry, docstring

READING = "The file is no text in UTF-8, or no JSON: the place is that of the first character that does not fit."
"""What is told of the rule that is no function."""


def entries() -> list[Entry]:
    """All rules, in the order of `RULES`."""
    rules = [Entry(rule_name(rule), severity, *docstring(rule)) for severity, some in RULES.items() for rule in some]
    return [Entry(MALFORMED, "error", READING, {}), *rules]
