"""The words that an article prints as a result, or to judge one → the one word for each."""

_PRINTED = {
    "negative": "neg|neg.|(-)|no growth|sterile",
    "positive": "pos|pos.|+",
    "reactive": "", "non-reactive": "nonreactive",
    "detected": "detectable", "not detected": "none detected|not detectable|undetectable",
    "present": "", "absent": "nil", "trace": "traces",
    "borderline": "", "indeterminate": "equivocal", "pending": "",
    "not measured": "not done|not tested|not performed|not determined",
    "normal": "within normal limits|within normal range|wnl|unremarkable|normalised|normalized|normal again",
    "abnormal": "", "critical": "",
    "high": "elevated|raised|increased|H|↑",
    "low": "decreased|reduced|suppressed|L|↓",
    "critical-high": "critically high|critical high|HH|↑↑",
    "critical-low": "critically low|critical low|LL|↓↓",
}  # fmt: skip
WORDS = {said: word for word, also in _PRINTED.items() for said in (word, *also.split("|")) if said}
"""What an article prints as a result or beside it → the one word for it; H and L only as capitals."""

FLAGS = frozenset(("normal", "abnormal", "high", "low", "critical", "critical-high", "critical-low"))
"""The words that judge: beside a number they are its flag, alone they are the result."""

DEGREES = frozenset("weak weakly strong strongly slight slightly mildly moderately markedly significantly very".split())
"""What may stand before a word of a result; it is kept as its detail."""


def word_for(said: str) -> str:
    """The one word of `WORDS` for what an article prints: `elevated` → `high`; "" for any other text."""
    return WORDS.get(said) or WORDS.get(said.casefold(), "")
