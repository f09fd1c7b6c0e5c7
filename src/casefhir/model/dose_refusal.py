"""A word that has no place in a dose → what is asked of the author, or what to write instead."""

import re
from collections.abc import Collection
from itertools import takewhile

from casefhir.model.dose_amount import dose_amount
from casefhir.model.dose_phrases import PHRASES
from casefhir.model.duration import UNITS
from casefhir.model.frequency import FREQUENCY_WORDS
from casefhir.model.grammar import GrammarError
from casefhir.model.words import Words, span

ASK = {
    "od": "daily or the right eye; write daily or right eye",
    "os": "the left eye or the mouth; write left eye or PO",
    "ou": "both eyes, misread in many ways; write both eyes",
    "ad": "the right ear or as much as wanted; write right ear",
    "au": "both ears, misread in many ways; write both ears",
    "qod": "every other day, misread as daily or 4 times a day; write every other day",
    "eod": "every other day or the end of the day; write every other day",
    "hs": "bedtime or half strength; write at bedtime",
    "qhs": "every night or every hour; write at bedtime",
    "qn": "every night or every hour; write at night",
    "bt": "bedtime or BID; write at bedtime or BID",
    "am": "a time nobody said; write in the morning",
    "pm": "the afternoon, the evening or the night; write in the evening",
    "qam": "a time nobody said; write every morning",
    "qpm": "the afternoon, the evening or the night; write every evening",
    "in": "intranasal, or a part that is missing; write intranasal, or e.g. in 2 doses",
    "it": "intrathecal or intratracheal; write the one that is meant",
    "ia": "intra-articular or intra-arterial; write the one that is meant",
    "biweekly": "twice a week or every 2 weeks; write the one that is meant",
    "bimonthly": "twice a month or every 2 months; write the one that is meant",
    "biannually": "twice a year or every 2 years; write the one that is meant",
    "stat": "at once, and how often is not said; write once",
    "loading": "what the dose was for, not how it was given; write it in note:",
    "maintenance": "what the dose was for, not how it was given; write it in note:",
    "pulse": "a kind of treatment, not a dose; write its days, e.g. daily for 3 days",
    "nebulised": "a verb; write nebulised solution, or inhaled",
    "nebulized": "a verb; write nebulized solution, or inhaled",
    **dict.fromkeys(
        ("then", "followed", "thereafter"),
        "a change of dose; write the new dose as the next treatment, with its own from: or at:, and replaces: DRUG",
    ),
    "tapered": "a change of dose; write each dose as a treatment, the next with replaces: DRUG",
    **dict.fromkeys(
        ("increased", "decreased", "reduced", "titrated", "uptitrated", "escalated", "raised", "lowered", "doubled"),
        'a change of dose; write the first dose and the change in words: {dosage: 150 mg daily, text: "increased by …"}'
        ", or each dose as a treatment, the next with replaces: DRUG",
    ),
    **dict.fromkeys(
        ("halved", "half"),
        "a change of dose; write the new amount as the next treatment with replaces: DRUG, or the words: "
        '{text: "halved"}',
    ),
    **dict.fromkeys(
        ("after", "before", "during"),
        'a moment that doses have no word for; write it beside the dose: {dosage: 5 mg daily, text: "after dialysis"}',
    ),
    "until": "an end, not a dose; write it in to:",
    "since": "a beginning, not a dose; write it in from:",
    "lifelong": "a time to come, not a dose; write continues: true",
    "indefinitely": "a time to come, not a dose; write continues: true",
    "/": "no part of the amount here; write e.g. 5 mg/day IV, or twice a day",
    "per": "no part of the amount here; write it right after the amount, e.g. 5 mg/day IV",
    "divided": "a part of a total; write in 3 doses",
    "of": "no part of a dose; write the amount first, then how many: e.g. 1 g 3 doses",
    **dict.fromkeys(
        ("total", "cumulative", "totalling", "totaling"),
        "the sum of several doses; over a known time write e.g. 160 mmol/24 h, else keep it in words beside the dose: "
        '{dosage: 0.5 g weekly IV, text: "cumulative dose of 4.5 g"}',
    ),
    "altogether": "how many in all, or how much; write e.g. 6 doses, or 160 mmol/24 h",
    "unknown": "no dose; leave 'dose' out if the article does not tell it",
    "x": "a count or a time; write e.g. 2 doses, or for 2 days",
    "to": "a range or a change of dose; write 5-10 mg, or a new treatment with replaces: DRUG",
}
"""
Word of two readings, or that belongs elsewhere → what is asked of the author.

Source: ISMP, https://www.ismp.org/recommendations/error-prone-abbreviations-list
"""

_EXAMPLES = {
    "every": "every 2 weeks",
    "each": "every 2 weeks",
    "for": "for 6 months",
    "over": "over 2 hours",
    "at": "at night, at 08:00, at 0, 12 and 24 hours or at 5 mL/h",
    "on": "on Monday or on day 1 of 21",
    "via": "via nasogastric tube",
    "by": "by mouth or by nasogastric tube",
    "max": "max 4 g/day",
    "maximum": "max 4 g/day",
}
"""First word → how a part that begins with it is written."""


def refusal(words: Words, first: int, openers: Collection[str]) -> GrammarError:
    """What to write instead of a word that the grammar does not know; openers begin longer parts."""
    word, offset = words.lower[first], words.at(first)
    if told := _count(words, first):
        return GrammarError(told, offset)
    if solvent := _dissolved(words, first):
        return GrammarError(solvent, offset)
    if word in ("a", "in") and words.next(first + 1) in ("total", "cumulative"):
        return refusal(words, first + 1, openers)
    if asked := ASK.get(word):
        written = words.text[offset : words.at(first + 2)].strip() if word == "/" else words.written[first]
        return GrammarError(f'"{written}" is {asked}', offset)
    if word in openers:
        said = f'"{words.said(first, first + 2)}" is not known in a dose'
        example = f"write it as in {_EXAMPLES[word]}, or " if word in _EXAMPLES else "write "
        return GrammarError(f"{said}; {example}{_in_words(words)}", offset)
    if word[0].isdecimal():
        return GrammarError(_unknown_number(words, first, offset), offset)
    said = f'"{words.written[first]}" is not known in a dose'
    if "(" in word or ")" in word:
        other = "or the same amount in another unit as in 200 mg (2.4 mg/kg), " if word[1:2].isdecimal() else ""
        return GrammarError(f"{said}; write it without brackets, {other}or {_in_words(words)}", offset)
    from casefhir.terms import terms  # only a wrong text pays for the import

    if terms().drugs.get(words.written[first]):
        return GrammarError(f"{said}: it is a drug, which stands under 'drug:'; write the dose alone", offset)
    return GrammarError(f"{said}; {_offer(word, openers)}{_in_words(words)}", offset)


def _count(words: Words, first: int) -> str:
    """What to say of `x 3`, `×3` and `x 7 days`; "" of what is no count."""
    found = re.compile("[x×] *([0-9]+)(?: *(/|[^ ,/]+))?", re.IGNORECASE).match(words.text, words.at(first))
    if found is None:
        return ""
    number, after = found[1], (found[2] or "").lower()
    doses, a_day = "once" if number == "1" else f"{number} doses", f"{number} times a day"
    if after in UNITS:
        return f'"{found[0]}" is how long; write for {number} {after}'
    if after in ("dose", "doses"):
        return f'"{found[0]}" is how many; write {doses}'
    said = words.text[found.start() : found.end(1)]
    if after in ("/", "a", "per", "daily", "times"):
        return f'"{said}" is how often; write {a_day}'
    return f'"{said}" is a count or a rate; write {doses} or {a_day}'


def _dissolved(words: Words, first: int) -> str:
    """What to say of `in 50 mL of 40 % glucose`; "" of what is no volume."""
    found = re.compile(r"in ([0-9.]+ *(?:mL|L|dL)\b[^,;]*)", re.IGNORECASE).match(words.text, words.at(first))
    if found is None:
        return ""
    solvent = found[1].strip()
    return f'"in {solvent}" is what it is dissolved in; write note: in {solvent}, or that as a treatment of its own'


def _in_words(words: Words) -> str:
    """The dose as a text that nothing is read from."""
    short = len(words.text) < 60 and '"' not in words.text
    return f'dose: {{text: "{words.text.strip() if short else "…"}"}}'


def indication(words: Words, first: int, end: int) -> GrammarError | None:
    """What to say of `for otitis`, which has a key of its own; None of what is no diagnosis or finding."""
    said = list(takewhile(lambda word: word not in ASK and not word[0].isdecimal(), words.lower[first + 1 : end]))
    end = first + 1 + len(said)
    if not said or UNITS.keys() & {*said[1:], words.next(end)} or said[0] in ("life", "ever"):
        return None
    written = words.text[words.at(first) : words.at(end)].strip(" ,;")
    names = [name for name in re.split(r",\s*|\s+and\s+", re.sub(r"(?i)^for\s+(?:the\s+)?", "", written)) if name]
    return GrammarError(
        f'"{written}" is what it is given for; write for: [{", ".join(names)}] beside the drug', words.at(first)
    )


def _unknown_number(words: Words, first: int, offset: int) -> str:
    amount = dose_amount(words.text, offset)
    before = words.text[:offset].strip(" ,")
    if amount and amount.quantity.unit and not re.search("[0-9]", before):
        first_amount = " ".join([words.text[offset : amount.end], before, words.text[amount.end :].strip()]).strip()
        return f'"{amount.quantity.text}" comes after other words; write the amount first: {first_amount}'
    if amount and amount.quantity.unit:
        change = "and each further dose as another treatment"
        return f'"{amount.quantity.text}" comes after other words; write the amount first, {change}'
    if lasting := span(words, first):
        said = words.said(first, lasting[1])
        return f'"{said}" is how long or how often; write for {said} or every {said}'
    if re.fullmatch("[01](?:-[01]){2,3}", words.lower[first]):
        times = words.lower[first].count("1")
        return f'"{words.written[first]}" is a row of times of day; write {times} times a day, or e.g. in the morning'
    return f'"{words.written[first]}" has no unit and counts nothing; write e.g. 5 mg, 5 doses or 5 times a day'


def _offer(word: str, openers: Collection[str]) -> str:
    """The nearest word of the grammar, if there is one."""
    from casefhir.terms.names import near  # only a wrong text pays for the import

    nearest = near(word, (*PHRASES, *FREQUENCY_WORDS, *openers), most=1) if 3 < len(word) < 40 else []
    return "".join(f"did you mean {name}? else " for name in nearest) + "write "
