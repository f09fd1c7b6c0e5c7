"""How much of an organism was seen or grew, text → a number, or the grade of a smear, a culture or a PCR."""

from casefhir.model.degree import AMOUNTS, GRADES
from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Quantity, quantity
from casefhir.model.result import Result, result

DEGREES = AMOUNTS | {"trace", "low", "medium", "high"}
"""Words for how much, as smears, cultures and semi-quantitative PCR print them; `very` and `growth` may stand by."""


def growth(text: str) -> Quantity | Result:
    """
    A count, or a grade: `> 100000 CFU/mL`, `3+`, `scanty`, `very low`, `heavy growth`.

    A grade is a Result without a number, its word as written. What it counts is not told by the word: `high` of a PCR
    and `3+` of a smear are scales of their own.

    Raises: GrammarError for anything else.
    """
    if grade := _grade(text):
        return grade
    try:
        return quantity(text)
    except GrammarError as error:
        if any(map(str.isdigit, text)):
            raise
        told = f'"{text}" is neither a number nor a word for how much; write 3+, scanty, few, moderate, heavy or high'
        raise GrammarError(f"{told}, and anything else as a note") from error


def outcome(text: str) -> Result:
    """
    The result of a test for organisms: that of any test, or a grade as of `growth`.

    Raises: GrammarError, which tells where what is neither belongs.
    """
    try:
        return result(text)
    except GrammarError as error:
        if grade := _grade(text):
            return grade
        first, _, rest = text.strip().partition(" ")
        if rest and _grade(first):
            told = f'"{text}" names what was seen; write it as organisms: [{{name: {rest.strip()}, value: {first}}}]'
            raise GrammarError(told) from error
        if "{text:" in str(error):
            told = f'"{text}" begins with neither a number nor a word such as negative'
            raise GrammarError(f"{told}; write it under the key 'text' in place of 'result'", error.offset) from error
        raise


def _grade(text: str) -> Result | None:
    written = " ".join(text.split())
    if written in GRADES:
        return Result(written, grade=GRADES[written])
    degree = written.casefold().removesuffix(" growth").removesuffix(" numbers")
    return Result(written, grade=degree) if degree.removeprefix("very ") in DEGREES else None
