"""
Whatever is handed in, casefhir reads it or says in words why not; and what it accepts, it can write.

Each test tries a few dozen inputs, always the same ones; with `CASEFHIR_FUZZ=10000` it tries as many others.
"""

import os
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.mutated import DATA, GENTLE, GRAMMAR_OF, SEEDS, TEXTS, mutated, places, written

import casefhir
from casefhir.article import read_article
from casefhir.coverage import Coverage, page
from casefhir.schema import published_schema

pytestmark = pytest.mark.long

EXAMPLES = int(os.environ.get("CASEFHIR_FUZZ", "0"))
SECONDS = 30
"""What no input may take of the processor: a hang is found, a busy machine is not blamed."""


def tries(few: int) -> settings:
    """How many inputs to try. Only the long run looks for a smaller input that fails too, which takes minutes."""
    return settings(
        max_examples=EXAMPLES or few,
        derandomize=not EXAMPLES,
        phases=tuple(Phase) if EXAMPLES else (Phase.generate,),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


def handled(raw: bytes) -> str:
    """
    What becomes of an input: it is refused, or checked, or converted, and in time.

    What the output gate refuses raises a DocumentError: no case may do that.
    """
    start = time.process_time()
    try:
        result = casefhir.convert(raw)
    except casefhir.SourceError:
        outcome = "cannot be read"
    else:
        has_errors = any(issue.severity == "error" for issue in result.issues)
        outcome = "has errors" if has_errors else f"becomes a {result.document['resourceType']}"
    assert time.process_time() - start < SECONDS
    return outcome


# Any text

TOKENS = (
    *(
        "casefhir: 1",
        "id: x",
        "article: {title: t}",
        "patient: {sex: male}",
        "findings:",
        "labs:",
        "- ",
        "  ",
        "\n",
        "\n  ",
    ),
    *(
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "# ",
        "|\n",
        ">\n",
        "&a ",
        "*a",
        "!t ",
        "%",
        "---",
        "\\",
        "\t",
        "\r\n",
        "é",
    ),
    *("at: ", "name: ", "value: ", "values: ", "rows: |", "1.50", "null", "true", "\ufeff", "\u2028", "\x00", "𝔘"),
)
START = "casefhir: 1\nid: x\narticle: {title: t}\npatient: {sex: male}\n"


@tries(100)
@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    event(handled(raw))


@tries(100)
@given(st.text(max_size=200) | st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_any_text(text: str) -> None:
    event(handled(text.encode("utf-8", "surrogatepass")))
    handled((START + text).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("seed", SEEDS)
@tries(20)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 30_000), st.integers(0, 60), st.sampled_from(TOKENS)), min_size=1, max_size=4
    )
)
def test_case_with_pieces_cut_out_and_put_in(seed: str, edits: list[tuple[int, int, str]]) -> None:
    """Slips of the keyboard: in the text of a case, comments and blocks included."""
    text = SEEDS[seed].read_text(encoding="utf-8")
    for place, length, token in edits:
        place %= len(text)
        text = text[:place] + token + text[place + length :]

    event(handled(text.encode()))


# Any case


@pytest.mark.parametrize("seed", SEEDS)
@tries(20)
@given(data=st.data())
def test_case_with_any_slips(seed: str, data: st.DataObject) -> None:
    event(handled(written(data.draw(mutated(seed)))))


@pytest.mark.parametrize("seed", SEEDS)
@tries(20)
@given(data=st.data())
def test_case_with_other_facts(seed: str, data: st.DataObject) -> None:
    """Slips after which most cases still have the right shape, and many have no errors."""
    event(handled(written(data.draw(mutated(seed, GENTLE, most=10)))))


ARTICLES = {path.stem: path for path in sorted((Path(__file__).parent / "articles").glob("*.txt"))}


@pytest.mark.parametrize("article", ARTICLES)
@tries(12)
@given(data=st.data())
def test_case_with_other_facts_against_an_article(article: str, data: st.DataObject) -> None:
    """Slips in the case of the article, or in a case of all there is, and pieces cut out of the article."""
    case = data.draw(mutated(data.draw(st.sampled_from([article, "every key"])), GENTLE, most=10))
    text = ARTICLES[article].read_text(encoding="utf-8")
    start = time.process_time()
    begin, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 2_000))
    cut = text[:begin] + text[begin + length :]
    try:
        loaded = casefhir.load(written(case), article=cut.encode())
    except casefhir.SourceError:
        event("cannot be read")
        return
    if loaded.evidence is not None and not loaded.has_errors:
        assert page(Coverage(loaded, read_article(cut.encode())))
    assert time.process_time() - start < SECONDS
    event("not held against it" if loaded.evidence is None else "held against it")


EVERY = DATA["every key"]
SCHEMA: dict[str, Any] = published_schema()
KEYS = {key for name, model in SCHEMA["definitions"].items() for key in model["properties"]}
SMALL: dict[str, Any] = {"casefhir": 1, "id": "x", "article": {"title": "t"}, "patient": {"sex": "male"}}


@pytest.mark.parametrize("section", [name for name in EVERY if name not in ("casefhir", "id")])
def test_every_text_of_a_grammar_at_its_places(section: str) -> None:
    """The texts of `tests/mutated.py`, in the records of one section."""
    case = deepcopy(SMALL | {"events": EVERY["events"], section: EVERY[section]})
    for within, step in list(places(case[section])):
        kept = within[step]
        if isinstance(kept, str):
            for text in texts_for(step)[:: 1 if EXAMPLES else 3]:
                within[step] = text
                handled(written(case))
            within[step] = kept


def texts_for(step: str | int) -> tuple[str, ...]:
    """Texts of the grammar that reads what stands under a key; results under names of tests, and words elsewhere."""
    if isinstance(step, int):
        return TEXTS["name"] + TEXTS["site"]
    return TEXTS[GRAMMAR_OF[step]] if step in GRAMMAR_OF else TEXTS["word" if step in KEYS else "result"]
