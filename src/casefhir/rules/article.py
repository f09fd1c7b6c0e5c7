"""What the article says of itself that a program could not find again."""

import re

from casefhir.chart import Chart
from casefhir.rules.rule import Remarks


def unknown_license(chart: Chart) -> Remarks:
    """
    A licence is not written as in the SPDX list.

    Why: whoever looks for cases under a licence finds only one spelling of it. Any other stays as it is written.
    Bad:  license: CC BY 4.0
    Good: license: CC-BY-4.0
    Source: https://spdx.org/licenses/
    """
    written = chart.case.article.license
    if not written or written in _LICENCES:
        return
    name = _folded(written)
    if meant := _MEANT.get(name):
        yield _PLACE, f"{written!r} is not the SPDX name of this licence; write {meant}"
    elif meant := _MEANT.get(f"{name}40"):
        yield _PLACE, f"{written!r} has no version; write {meant} if that is the one that is printed"
    elif not re.fullmatch("[A-Za-z0-9.+-]+", written):
        yield _PLACE, f"{written!r} is no name of the SPDX list, such as CC-BY-4.0; it stays as it is written"


_PLACE = ("article", "license")
_LICENCES = {
    "CC-BY-4.0": "Attribution 4.0",
    "CC-BY-3.0": "Attribution 3.0",
    "CC-BY-2.0": "Attribution 2.0",
    "CC-BY-SA-4.0": "Attribution-ShareAlike 4.0",
    "CC-BY-ND-4.0": "Attribution-NoDerivatives 4.0",
    "CC-BY-NC-4.0": "Attribution-NonCommercial 4.0",
    "CC-BY-NC-3.0": "Attribution-NonCommercial 3.0",
    "CC-BY-NC-SA-4.0": "Attribution-NonCommercial-ShareAlike 4.0",
    "CC-BY-NC-ND-4.0": "Attribution-NonCommercial-NoDerivatives 4.0",
    "CC-BY-NC-ND-3.0": "Attribution-NonCommercial-NoDerivs 3.0",
    "CC0-1.0": "CC0",
}
"""The licences that open reports are under: SPDX name → what Creative Commons calls it."""


def _folded(written: str) -> str:
    """The letters and digits of a licence, without the words that are left out or not: `CC BY 4.0 International`."""
    name = re.sub(r"https?://creativecommons\.org/(?:licenses|publicdomain)", " ", written.casefold())
    name = re.sub(r"creative\s*commons|\bcc\b|licen[cs]e|international|unported|universal|deed|legalcode", " ", name)
    return re.sub("[^a-z0-9]|^the ", "", name.strip())


_MEANT = {_folded(name): spdx for spdx, told in _LICENCES.items() for name in (spdx, told)}
