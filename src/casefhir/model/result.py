"""A laboratory result as the article prints it, text → Result: a number, a word, a grade or a titre."""

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from casefhir.model.degree import GRADES, degree
from casefhir.model.grammar import GrammarError
from casefhir.model.number import UNIT_NOT_PRINTED, qualifier
from casefhir.model.quantity import Amount, Quantity, Ratio, quantity
from casefhir.model.reference import Heading, Reference, heading, in_another_unit, limits
from casefhir.model.result_words import DEGREES, FLAGS, WORDS, word_for

T = TypeVar("T")


class Result(NamedTuple):
    """What a test showed: `96 mg/L high (normal < 5)`, `negative`, `4+`, `positive 1:320 homogeneous`."""

    text: str
    """The whole result, as written."""

    quantity: Quantity | None = None
    """The number, if there is one; a titre is in `titre`."""

    word: str = ""
    """The result as a word, a value of `WORDS`: `elevated` without a number is `high`."""

    grade: str = ""
    """`1+` to `4+`, `+/-`, or a degree in words: `severe`, `scanty`."""

    titre: Ratio | None = None
    """The dilution: `1:320`, `< 1:10`."""

    detail: str = ""
    """What is said of the word: `homogeneous`, `weakly`, `for age`."""

    flag: str = ""
    """How the article judges the number, one of `FLAGS`."""

    reference: Reference | None = None
    """The reference range that the article prints."""

    limits: tuple[Reference, ...] = ()
    """Limits that it prints of another kind: those of what is toxic, therapeutic, critical, or a cut-off."""

    also: Amount | None = None
    """The same amount in another unit, where the article prints both: `34.0 mmol/L` of `612 mg/dL (34.0 mmol/L)`."""


_LAST = frozenset(said.split()[-1] for said in WORDS)
_NUMERIC = frozenset("0123456789<>≤≥=~≈+±.,-−–‐‑")
_MARKS = frozenset("H HH L LL ↑ ↑↑ ↓ ↓↓".split())
_ALONE = {"critical": "abnormal", "critical-high": "high", "critical-low": "low"}

_TITRE = r"(?:[<>≤≥]=?\s*)?(?<![\w.,/:-])(?:[0-9]+\s*:|1\s*/)\s*[0-9]+(?:,[0-9]+)*(?![^\s,;)])"
_LIMITS = ("ULN", "LLN")
"""What stands behind the words that it is short for: `the upper limit of normal (ULN)`."""

_REMARK = r"(?<![/.*])\(([^()]*)\)"  # a bracket after a division belongs to the unit: `mg/(kg.d)`


def result(text: str) -> Result:
    """
    A result: it begins with a number or with one of `WORDS`; any other is refused and belongs in `text:`.

    `96 mg/L high (normal < 5)`, `12 ng/mL (normal 3-10) H`, `high 628 pg/mL`; `negative`, `normal`,
    `not measured`, `weakly positive`; `4+`, `severe`; `1:320`, `< 1:10 negative`, `positive 1:320 homogeneous`.

    Raises: GrammarError with the nearest right form where there is one.
    """
    if "(" in text and text.strip() not in GRADES | WORDS:
        return _with_remarks(text)
    return _result(text)


def placed(parse: Callable[[str], T], text: str, start: int) -> T:
    """What `parse` makes of a text that begins at `start` of a longer one; an error has its place there."""
    try:
        return parse(text)
    except GrammarError as error:
        raise GrammarError(str(error), start + error.offset) from None


class _Said(NamedTuple):
    """A known word that a text begins or ends with, its degree (`weakly`), and the rest, from `start` on."""

    word: str
    degree: str
    rest: str
    start: int = 0


def _result(text: str) -> Result:
    """A result without brackets."""
    written = text.strip()
    if word := word_for(written):
        return _alone(written, word)
    if grade := degree(written):
        return Result(written, grade=grade)
    numeric = _is_number(written)
    said = _trailing(text) if numeric else _leading(text)
    if said is None:
        if numeric:
            return _measured(text, 0) if ":" in text else _numbered(text)
        if found := _multiple(text):
            return found
        raise _refusal(written)
    if said.word in FLAGS and _OF_A_LIMIT.search(text) and (found := _multiple(text)):
        return found
    if not said.rest:
        return _alone(written, said.word)._replace(detail=said.degree)
    return _judged(written, said, _measured(said.rest, said.start, titre=said.word not in FLAGS))


_OF_A_LIMIT = re.compile(r"(?i)times|fold|limit|[ul]ln\b|twice|double|[0-9]\s?[x×*]\s")


def _numbered(text: str) -> Result:
    """A number with its unit, or how many times a limit it is."""
    try:
        return Result(text.strip(), quantity(text))
    except GrammarError:
        if found := _multiple(text):
            return found
        raise


def _multiple(text: str) -> Result | None:
    """How many times the limit of what is normal: `3 times the upper limit of normal`; None for any other text."""
    from casefhir.model.multiple import multiple  # few values are told so

    found = multiple(text)
    return Result(text.strip(), found.quantity, flag=found.flag) if found else None


def _alone(written: str, word: str) -> Result:
    if written in _MARKS:
        raise GrammarError(f'"{written}" marks a number that is not here; write it, or high or low')
    return Result(written, word=_ALONE.get(word, word), flag=word if word in _ALONE else "")


def _measured(text: str, start: int, *, titre: bool = False) -> Result:
    """A grade, a number, or a titre and its detail; `1/320` is one only where `titre`; else all is detail."""
    written = text.strip()
    if written in GRADES:
        return Result(written, grade=GRADES[written])
    if (titre or ":" in text) and (dilution := re.search(_TITRE, text)):
        ratio = placed(quantity, dilution[0], start + dilution.start())
        assert isinstance(ratio, Ratio)
        detail = " ".join(f"{text[: dilution.start()]} {text[dilution.end() :]}".split()).strip(" ,;")
        if re.search("[0-9]\\s?:", detail):
            raise GrammarError(f'"{written}" has two titres; write one, the other as a note', start)
        return Result(written, titre=ratio, detail=detail)
    if _is_number(written):
        return Result(written, placed(quantity, written, start + text.index(written)))
    return Result(written, detail=written)


def _judged(written: str, said: _Said, found: Result) -> Result:
    """A result with the word that is said of it: a flag of a number, or the result itself."""
    detail = f"{said.degree} {found.detail}".strip()
    if said.word not in FLAGS:
        return found._replace(text=written, word=said.word, detail=detail)
    if found.quantity or found.titre or found.grade:
        return found._replace(text=written, flag=said.word, detail=detail)
    if found.detail.startswith("for "):
        return Result(written, word=said.word, detail=detail)
    raise _refusal(written)


def _is_number(text: str) -> bool:
    """Whether a text begins with a number, or with what may stand before one: `about`, `less than`."""
    if text[:1] in _NUMERIC:
        return True
    before = re.match("[^0-9]++(?=[0-9])", text)
    return before is not None and qualifier(before[0]) is not None


def _leading(text: str) -> _Said | None:
    """The known word that a text begins with: `weakly positive 1:40`, `not detected`."""
    words = [word.rstrip(",;:") for word in text.split(None, 4)[:4]]
    skip = 1 if words and _is_degree(*words[:2]) else 0
    for count in (3, 2, 1):
        if len(words) >= skip + count and (word := word_for(" ".join(words[skip : skip + count]))):
            rest = "".join(text.split(None, skip + count)[skip + count :])
            rest = rest.removeprefix("at ").removeprefix("of ")
            return _Said(word, words[0] if skip else "", rest, len(text) - len(rest))
    return None


def _is_degree(first: str, second: str = "") -> bool:
    """Whether the first word is said of the second: `weakly positive`, `low positive`, `high normal`."""
    if first.casefold() in ("low", "high"):
        return word_for(second) not in FLAGS - {"normal"} and bool(word_for(second))
    return first.casefold() in DEGREES


def _trailing(text: str) -> _Said | None:
    """The known word behind a number: `96 mg/L markedly elevated`, `1:10 negative`."""
    written = text.rstrip()
    last = written.rsplit(None, 1)[-1]
    if last not in _LAST and last.casefold() not in _LAST:
        return None
    for count in (3, 2, 1):
        head, *words = written.rsplit(None, count)
        if len(words) == count and (word := word_for(" ".join(words))):
            return _behind(head.rstrip(" ,;"), word, last)
    return None


def _behind(number: str, word: str, last: str) -> _Said | None:
    if not number or (last == "L" and number[-1].isdigit()):
        return None  # `2.4 L` is a volume, not a low number
    head, *degree = number.rsplit(None, 1)
    if degree and degree[0].casefold() in DEGREES:
        return _Said(word, degree[0], head)
    return _Said(word, "", number)


def _with_remarks(text: str) -> Result:
    """A result with remarks in brackets: a reference range, a flag, another unit, or a part of the result."""
    flags, references, others, numeric = [], [], list[Amount](), _is_number(text.lstrip())

    def kept(remark: re.Match[str]) -> str:
        said = remark[1].strip()
        if (flag := word_for(said)) in FLAGS:
            flags.append(flag)
        elif heading(remark[1]) and (numeric or _is_limits(remark[1])):
            references.append(placed(reference, remark[1], remark.start(1)))
        elif numeric and (other := in_another_unit(said, text[: remark.start()])):
            others.append(other)
        elif numeric and (many := _multiple(said)) and isinstance(many.quantity, Amount):
            others.append(many.quantity)
        elif numeric and said.casefold() != UNIT_NOT_PRINTED and said not in _LIMITS:
            from casefhir.model.result_advice import unclear

            raise unclear(remark, lambda limits: _is_reference(f"normal {limits}"))
        elif said not in _LIMITS:
            return f" {remark[1]} "
        return " " * len(remark[0])  # so that everything behind keeps its place

    body = re.sub(_REMARK, kept, text)
    if body.count("(") != body.count(")"):
        raise GrammarError(f'"{text}" has an open bracket; close it: (normal < 5)', text.rindex("("))
    found = _result(body)
    flags.append(found.flag)
    meanings = [each.meaning for each in references]
    if len(meanings) > len({*meanings}) or len(others) > 1 or len({*flags} - {""}) > 1:
        raise GrammarError(f'"{text}" has two references, flags or other units; write one, the other as a note')
    also, normal = next(iter(others), None), next((each for each in references if not each.meaning), None)
    limits = tuple(each for each in references if each.meaning)
    return found._replace(text=text.strip(), flag=max(flags), reference=normal, limits=limits, also=also)


def reference(text: str) -> Reference:
    """
    A reference range alone, `< 41`, `normal 3.5-5.1`, or other limits, `toxic > 10`.

    Raises: GrammarError with the nearest right form.
    """
    said = heading(text) or Heading("", 0)
    written = text[said.start :].strip()
    if not said.meaning and word_for(written):
        return Reference(written, None, None, False, "")
    if found := limits(placed(quantity, text[said.start :], said.start), written, said.meaning):
        return found
    word = said.meaning or "normal"
    raise GrammarError(f'"{written}" is no range; write ({word} 3-5), ({word} < 5) or ({word} > 60)', said.start)


def printed(text: str) -> str:
    """What an article prints, letter by letter; raises a GrammarError for nothing but blanks."""
    if not text.strip():
        raise GrammarError("nothing is printed here; write what the article has, or leave the key out")
    return text


def _is_limits(text: str) -> bool:
    """Whether a bracket behind a word has limits; of those that are not normal it may be a part of the result."""
    said = heading(text)
    return bool(said and (not said.meaning or _is_reference(text)))


def _is_reference(text: str) -> bool:
    try:
        return bool(reference(text))
    except GrammarError:
        return False


def _refusal(text: str) -> GrammarError:
    from casefhir.model.result_advice import refusal  # only for a text that is wrong

    return refusal(text, WORDS)
