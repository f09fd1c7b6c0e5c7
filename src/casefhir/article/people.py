"""What an article calls each patient of a series → who is meant: `Patient 2 (index patient)`, `the second case`."""

import re
from collections.abc import Iterator

PRESENT = "present"
"""Who is meant by `our patient` and `present case`: the one of the report, among those of other reports."""

_NOUN = r"(?i:patient|pt|case|child|sibling|brother|sister|twin|subject|individual|infant|newborn|proband)"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "index")
_LETTERS = r"[A-H](?![\w-]|\s[0-9])|[IVX]{1,4}(?![\w-])"
_DIGITS = r"[0-9]{1,2}(?![0-9%/]|[.,][0-9]|[\s-]?(?:(?:second|minute|hour|day|week|month|year)s?|h|d|mo|mg|g|kg|mL)\b)"
_NUMBERED = re.compile(
    rf"{_NOUN}(?P<many>(?i:s))?(?:\s(?i:report|presentation|description|no\.?|number))?\s?[#°]?"
    rf"(?P<numbers>(?:{_DIGITS}|{_LETTERS})(?:(?:,\s?|,?\s(?:and|or)\s)(?:{_DIGITS}))*)"
)
_COUNTED = re.compile(rf"(?P<ordinal>(?i:{'|'.join(_ORDINALS)}))\s(?:\w+\s)?{_NOUN}\b")
_CALLED = re.compile(
    r"(?:the\s|our\s)?(?:(?P<index>proband)|(?P<relative>mother|father|son|daughter|donor|"
    r"recipient)|(?P<child>newborn|neonate|infant|baby)|p(?:t|at)?\.?\s?(?P<short>[0-9]{1,2})|"
    r"(?P<pedigree>[ivx]{1,4}\s?[-:.]\s?[0-9]{1,2}))",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"(?:the\s)?(?:present|current|our|this)\s(?:patient|case)(?:\sreport)?", re.IGNORECASE)
_LEAD = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:in|for)\s)?(?:the\s|our\s)?", re.IGNORECASE)
_OTHER = re.compile(
    rf"\b(?:an)?other\s(?:\w+\s)?{_NOUN}|(?:(?:it\s)?(?:is|are|tells|told)?\s?(?:of|about)\s)?(?:the|his|her|their)\s(?:\w+\s)?"
    r"(?:brother|sister|sibling|twin|mother|father|son|daughter|newborn|infant|child|patient's \w+)(?:s|ren)?\Z",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:\ball\b(?:\s(?:of\s)?\w+){0,2}|\bboth|\beach of the\b)\s"
    r"(?:patients|cases|siblings|children|brothers|sisters|twins|of them)\b|"
    r"\A(?:both|all(?:\s(?:two|three|four|five|six))?)\s(?:had|have|were|was|are|received|developed|underwent|showed)\b",
    re.IGNORECASE,
)


def named(label: str) -> frozenset[str]:
    """
    Whom a heading, the head of a column or the beginning of a sentence names: `2` for `Patient 2` and `Case II`.

    Nobody for what is no name of a patient: `Patient information`, `Case presentation`.
    """
    begin = _LEAD.match(label)
    said = label[begin.end() :] if begin else label
    if found := _NUMBERED.match(said) or _COUNTED.match(said):
        is_index = re.search(r"(?i)\bindex\b|\bproband\b", label)
        return frozenset((*_keys(found), *(("index",) if is_index else ())))
    whole = said.strip(" .:")
    if _PRESENT.fullmatch(label.strip(" .:")):
        return frozenset((PRESENT,))
    called = _CALLED.fullmatch(whole)
    return frozenset(_key_called(called)) if called else frozenset()


def mentioned(text: str) -> frozenset[str]:
    """Everybody whom a text names by number: `1` and `2` for `given to patients 1 and 2`."""
    return frozenset(key for form in (_NUMBERED, _COUNTED) for found in form.finditer(text) for key in _keys(found))


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where a text names patients by number."""
    return (found.span() for found in _NUMBERED.finditer(text))


def is_of_all(text: str) -> bool:
    """Whether a sentence tells of all patients: `All three had iron deficiency`."""
    return bool(_ALL.search(text))


def is_another(reason: str) -> bool:
    """Whether a reason says that something is of somebody else: `another patient`, `the sister`, `patient 2`."""
    return bool(_OTHER.search(reason.strip()) or mentioned(reason))


def is_heading(line: str) -> bool:
    """Whether a line of plain text has nothing but the name of a patient: `Patient 2 (index patient)`."""
    said = line.strip()
    if len(said) >= 60 or not said[:1].isupper():
        return False
    found = _NUMBERED.match(said)
    return found is not None and re.fullmatch(r"[.:]?(?:\s?\([^()]*\))?[.:]?", said[found.end() :]) is not None


def _keys(found: re.Match[str]) -> Iterator[str]:
    parts = found.groupdict()
    if parts.get("ordinal"):
        ordinal = parts["ordinal"].casefold()
        yield ordinal if ordinal == "index" else str(_ORDINALS.index(ordinal) + 1)
        return
    for number in re.findall(r"[0-9]+|[A-Z]+", parts["numbers"]):
        yield number if number.isdigit() else _letter(number)


def _letter(letters: str) -> str:
    """The number of a Roman one, or the letter."""
    values = [{"I": 1, "V": 5, "X": 10}.get(letter, 0) for letter in letters]
    if 0 in values:
        return letters.casefold()
    return str(sum(-one if one < then else one for one, then in zip(values, [*values[1:], 0], strict=True)))


def _key_called(found: re.Match[str]) -> Iterator[str]:
    for name, said in found.groupdict().items():
        if said:
            own = {"index": "index", "child": "newborn"}.get(name)
            yield own or re.sub(r"\s", "", said.casefold()).replace(":", "-").replace(".", "-").lstrip("0")
