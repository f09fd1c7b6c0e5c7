"""Printed text → the same in one form of typesetting, with the way back to the printed characters."""

import re
from bisect import bisect_right
from html import unescape
from typing import NamedTuple
from unicodedata import normalize


class Normal(NamedTuple):
    """A text in normal form."""

    text: str
    anchors: tuple[tuple[int, int], ...]
    """Places in `text` and in the printed text that are the same; between two of them both run on alike."""

    def origin(self, at: int) -> int:
        """The place in the printed text of a place in `text`."""
        here, there = self.anchors[bisect_right(self.anchors, (at, 1 << 62)) - 1]
        return there + at - here


_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4\u2032`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
    | dict.fromkeys("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | {"\u03bc": "\u00b5", "\u2215": "/", "\u2044": "/", "×": "x", "✕": "x", "⁎": "*", "∗": "*", "º": "°", "˚": "°"}
    | dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
)

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_MATH = {
    "times": "x", "cdot": "·", "pm": "±", "mu": "µ", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "circ": "°",
    "sim": "~", "approx": "≈", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "kappa": "κ", "lambda": "λ",
    "lt": "<", "gt": ">", "degree": "°", "rightarrow": "→", "uparrow": "↑", "downarrow": "↓",
}  # fmt: skip

_CHANGES = re.compile(
    r"""
      (?=[$*&\[_\\°⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺·⋅∙•‧ﬀ-ﬆ\x00-\x1f\x7f\x85\xad\u200b-\u200f\u2028\u2029\u2060\ufeff]
        |-\s|\s[\sx*°o]|(?<=[\d\s)/])[xcdmoµ])(?:  # what no change begins with is passed over at once
      (?P<math>\$[^$\n]{1,300}\$)
    | (?P<hyphen>(?<=[a-z])-[ \t]*\r?\n\s*(?=[a-z]))
    | (?P<broken>(?<=\w)-[ \t]*\r?\n\s*(?=\w))
    | (?P<unseen>[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff]+)
    | (?P<power>(?<=[\d\s)])\s?[x*]\s?10\s?\^?\s?(?:\{\s?)?-?(?:[1-9][0-9]?|[¹²³⁴⁵⁶⁷⁸⁹][⁰-⁹]?)(?:\s?\})?(?=\s?/)\s?)
    | (?P<cube>(?:(?<=/)|(?<=[0-9])|(?<=[0-9]\s)|(?<=/\s))(?:[cmdµ]?m|µ)\s[23](?=\s?[/,;.:)]|\s?$|\s[a-z(])(?!\s?times))
    | (?P<celsius>(?<=[0-9])\s?(?:°\s?|o\s)C(?![A-Za-z]))
    | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)
    | (?P<point>(?<=[0-9])[·⋅∙•‧](?=[0-9]))
    | (?P<ligature>[ﬀ-ﬆ])
    | (?P<entity>&(?:\#x?[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)
    | (?P<link>\[[^][\n]{0,300}\]\([^()\s]{0,400}\))
    | (?P<mark>\*\*|__|(?<![\w*])\*(?=\w)|(?<=[\w.])\*(?![\w*])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w))
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<blank>\s{2,}|[\t\r\n\f\v\x85\u2028\u2029])
      )
    """,
    re.VERBOSE,
)


def normalised(printed: str) -> Normal:
    """The text in normal form; a text without anything to change is itself."""
    text = printed.translate(_ONE_FOR_ONE)
    pieces: list[str] = []
    anchors = [(0, 0)]
    length = last = 0
    for found in _CHANGES.finditer(text):
        new = _changed(found)
        pieces += (text[last : found.start()], new)
        length += found.start() - last + len(new)
        last = found.end()
        anchors.append((length, last))
    if not pieces:
        return Normal(text, ((0, 0),))
    pieces.append(text[last:])
    return Normal("".join(pieces), tuple(anchors))


def _changed(found: re.Match[str]) -> str:
    written = found[0]
    match found.lastgroup:
        case "math":
            return _latex(written[1:-1])
        case "hyphen" | "unseen" | "mark":
            return ""
        case "broken":
            return "-"
        case "power":
            exponent = re.sub(r".*10[^-0-9]*(-?[0-9]+)\D*$", r"\1", written.translate(_SUPERSCRIPTS), flags=re.DOTALL)
            return f" x10^{exponent}"
        case "cube":
            return re.sub(r"\s", "", written)
        case "celsius":
            return "°C"
        case "super":
            return _superscript(found)
        case "point":
            return "."
        case "ligature":
            return normalize("NFKC", written)
        case "entity":
            return unescape(written)
        case "link":
            return written[1:].rpartition("](")[0]
        case "escape":
            return written[1]
    return " "


_TAKES_POWERS = re.compile(r"(?:\b|(?<=[0-9]))(?:[cdmµ]?m|µ|s|h|kg)$")


def _superscript(found: re.Match[str]) -> str:
    """Of a unit the digit alone, `mm3`; of anything else it stays apart, for it may be the mark of a reference."""
    digits = found[0].translate(_SUPERSCRIPTS)
    before = found.string[max(0, found.start() - 6) : found.start()]
    if _TAKES_POWERS.search(before):
        return digits
    return f"^{digits}"


def _latex(math: str) -> str:
    """A formula as plain text."""
    text = re.sub(r"\\(?:mathrm|text|textit|mathbf|mathit|rm|bf|operatorname)\b\s*", "", math)
    text = re.sub(r"\\[,;:! ]|~", " ", text)
    text = re.sub(r"\\([a-zA-Z]+)\s?", lambda word: _MATH.get(word[1], word[1]), text)
    text = re.sub(r"\^\s*\{?\s*°\s*\}?", "°", text)
    text = re.sub(r"\^\s*\{\s*([^{}]*?)\s*\}", r"^\1", text)
    text = re.sub(r"_\s*\{\s*([^{}]*?)\s*\}|_(\w)", r"\1\2", text)
    text = re.sub(r"(?<=[mµ])\^(?=[23]\b)", "", text.replace("{", "").replace("}", "").replace("\\", ""))
    text = re.sub(r"\s*x\s*10\s*\^\s*", " x10^", text)
    return " ".join(text.split())
