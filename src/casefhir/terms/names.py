"""Written name → the key a table looks it up by, and the names it may be a misspelling of."""

from collections.abc import Iterable, Iterator, Sequence

_GREEK = {
    "α": "alpha", "β": "beta", "ß": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon",
    "ζ": "zeta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ω": "omega",
}  # fmt: skip
_DROPPED = b" \t-_.'`"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212"
_QUOTES = "\u2018\u2019\u00b4"
_ACCENTS = dict.fromkeys(range(0x300, 0x370), "")
_LETTERS = _ACCENTS | str.maketrans(_GREEK | dict.fromkeys(_HYPHENS + _QUOTES, ""))

# Two spellings of one word become one. The result is a key and never shown, so it need not be a
# word: "toe" becomes "te" on both sides. A test says that no two rows of a table fall together.
_SPELLINGS = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("leuc", "leuk"), ("sulph", "sulf"),
    ("titre", "titer"), ("goitre", "goiter"), ("centre", "center"), ("fibre", "fiber"),
    ("isation", "ization"), ("ised", "ized"), ("grey", "gray"),
)  # fmt: skip

# Few letters apart, and two things: never offered for each other, wherever in a name.
_OPPOSITES = (
    ("hyper", "hypo"), ("macro", "micro"), ("inter", "intra"), ("tachy", "brady"),
    ("pre", "post"), ("ab", "ad"), ("mono", "poly"), ("endo", "exo"), ("left", "right"), ("uni", "bi"),
    ("int", "ext"), ("incr", "decr"), ("aff", "eff"), ("eu", "dys"), ("meth", "eth"),
)  # fmt: skip
_NEGATIVE = ("a", "an", "un", "non", "in", "im", "ir", "il", "dis")
_VOWELS = frozenset("aeiouyh")


def fold(name: str) -> str:
    """
    The key of a name: one for every way of writing it.

    Case, accents, blanks, hyphens, apostrophes and full stops do not count; Greek letters are
    spelled out; British and American spelling are one. Lines stay lines, so a whole list folds in
    one call.
    """
    key = name.lower()
    if not key.isascii():
        key = _plain(key)
    # Many times as fast as str.translate, which shows where a table is loaded.
    key = key.encode().translate(None, _DROPPED).decode()
    for british, american in _SPELLINGS:
        key = key.replace(british, american)
    return key


def _plain(text: str) -> str:
    from unicodedata import normalize

    return normalize("NFKD", text).translate(_LETTERS)


def near(name: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """The names most like a name, the nearest first; none that could be another thing."""
    key = spelled(name)
    allowed = max(1, len(key) // 4)
    found = [(distance, other) for distance, other in _near(key, names, allowed)]
    return [other for _, other in sorted(found)[:most]]


def is_typo(written: str, name: str) -> bool:
    """
    Whether a written name is probably a misspelling of a name.

    One slip in a word (a letter wrong, missing, doubled or swapped), two in a word of nine letters or more:
    `blood smear` is no misspelling of `blood sugar`.
    Never for short words (ALT and AST are two things), for names that differ in a digit or in a
    word of up to three letters (IL-5 and IL-6, protein C and protein S, IgA and IgG nephropathy),
    or for opposites (hyper-, hypo-; febrile and afebrile).
    A first letter of a short word is no slip: `cells` is not `Wells`.
    """
    a, b = spelled(written), spelled(name)
    shorter = min(len(a), len(b))
    if shorter < 5 or not _may_be_one(a, b, short=3) or begins_otherwise(a, b):
        return False
    if a.count(" ") != b.count(" "):
        return _distance(a, b, 2) == 1
    slips = [(_distance(x, y, 3), min(len(x), len(y))) for x, y in zip(a.split(), b.split(), strict=True) if x != y]
    return bool(slips) and all(distance <= (2 if length >= 9 else 1) for distance, length in slips)


def _near(key: str, names: Iterable[str], allowed: int) -> Iterator[tuple[int, str]]:
    letters = _letters(key)
    for name in names:
        if abs(len(name) - len(key)) > allowed + 2:
            continue
        other = spelled(name)
        if (letters ^ _letters(other)).bit_count() > 2 * allowed:
            continue
        distance = _distance(key, other, allowed + 1)
        if distance <= allowed and _may_be_one(key, other) and not _has_another_word(key, other):
            yield distance, name


def spelled(name: str) -> str:
    """A name for counting slips: small letters, one blank for whatever parts its words."""
    text = name.lower()
    if not text.isascii():
        for hyphen in _HYPHENS:
            text = text.replace(hyphen, " ")
        text = _plain(text)
    return " ".join(text.translate(_PARTS).split())


def spelled_all(names: Sequence[str]) -> list[str]:
    """Many names for counting slips, as `spelled` gives each; the plain ones at once, many times as fast."""
    lines = "\n".join(name if name.isascii() else "" for name in names).lower().translate(_PARTS)
    for wide, narrow in (("   ", " "), ("  ", " "), (" \n", "\n"), ("\n ", "\n")):
        lines = lines.replace(wide, narrow)
    return [line or spelled(name) for line, name in zip(lines.strip(" ").split("\n"), names, strict=True)]


_PARTS = str.maketrans("-_.", "   ", "'`")


def _letters(key: str) -> int:
    bits = 0
    for letter in key:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _may_be_one(a: str, b: str, *, short: int = 1) -> bool:
    return _marks(a, short) == _marks(b, short) and not _is_opposite(a, b) and not is_negation(a, b)


def _is_opposite(a: str, b: str) -> bool:
    pairs = zip(a.split(), b.split(), strict=True) if a.count(" ") == b.count(" ") else [(a, b)]
    return any(
        x.startswith("normo") != y.startswith("normo")
        or any(
            (x.startswith(one), y.startswith(other)) == (True, True)
            for pair in _OPPOSITES
            for one, other in (pair, pair[::-1])
        )
        for x, y in pairs
        if x != y
    )


def is_negation(a: str, b: str) -> bool:
    """Whether one of two names says that the other is not so, but for a slip: `afebrile` and `febrile`."""
    one, other = (spelled(name).replace("non ", "non").split() for name in (a, b))
    pairs = zip(one, other, strict=True) if len(one) == len(other) else ()
    return any(_negates(x, y) or _negates(y, x) for x, y in pairs if x != y)


def _negates(word: str, other: str) -> bool:
    return any(rest[0] == other[0] and _distance(rest, other, 2) < 2 for rest in unnegated(word) if len(rest) > 3)


def unnegated(word: str) -> Iterator[str]:
    """What a word may say that there is none of: `febrile` of `afebrile`, `pain` of `painless`."""
    for before in _NEGATIVE:
        rest = word.removeprefix(before)
        is_part = before not in ("a", "an") or (rest[:1] in _VOWELS) == (before == "an")
        if rest != word and is_part:
            yield rest
    if word.endswith("less"):
        yield word.removesuffix("less")


def begins_otherwise(a: str, b: str) -> bool:
    """Whether two short names differ in their first letter alone: `cells` and `Wells`."""
    a, b = a.lower(), b.lower()
    return max(len(a), len(b)) < 7 and a[1:] == b[1:] and a[0] != b[0]


def _has_another_word(a: str, b: str) -> bool:
    """Whether a word of one stands in the place of quite another: `knee ultrasound` and `neck ultrasound`."""
    pairs = list(zip(a.split(), b.split(), strict=True)) if a.count(" ") == b.count(" ") > 0 else []
    return any(_distance(x, y, 4) > max(1, min(len(x), len(y)) // 4) for x, y in pairs if singular(x) != singular(y))


def singular(word: str) -> str:
    """A word without the ending of its plural: `biopsy` of `biopsies`."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def in_other_number(key: str) -> Iterator[str]:
    """
    The keys that the plural of a name may have, or the singular: `bladderstones` of `bladderstone`, and the way back.

    None of a short name, or of one that ends in a digit: those are abbreviations, which an s makes another of.
    """
    if len(key) < _LONG or not key[-1].isalpha():
        return
    for one, many in _NUMBERS:
        if key.endswith(many):
            yield key[: len(key) - len(many)] + one
        if key.endswith(one):
            yield key[: len(key) - len(one)] + many


_LONG = 6
_NUMBERS = (("y", "ies"), ("is", "es"), ("us", "i"), ("um", "a"), ("", "es"), ("", "s"))
"""Ends of the singular and the plural, as `fold` leaves them."""


def _marks(name: str, short: int) -> list[str]:
    """The parts that make two like names two things: numbers and short words."""
    digits = "".join(c if c.isdigit() else " " for c in name).split()
    return digits + [word for word in name.split() if len(word) <= short and not word.isdigit()]


def _distance(a: str, b: str, limit: int) -> int:
    """Letters to change, drop, add or swap from one to the other; `limit` if at least that many."""
    if abs(len(a) - len(b)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
    return min(row[-1], limit)
