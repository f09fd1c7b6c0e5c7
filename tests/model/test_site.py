"""The grammar of body sites: the side belongs to the site, and none is written where none is printed."""

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.site import Site, site


@pytest.mark.parametrize(
    ("written", "side", "name"),
    [
        ("left wrist", "left", "wrist"),
        ("Right wrist", "right", "wrist"),
        ("both knees", "both", "knees"),
        ("bilateral neck", "both", "neck"),
        ("knees bilaterally", "both", "knees"),
        ("right and left knee", "both", "knee"),
        ("left/right knee", "both", "knee"),
        ("face", "", "face"),
        ("head and neck", "", "head and neck"),
        ("left-sided neck", "left", "neck"),
        ("lower left parathyroid", "left", "lower parathyroid"),
        ("left coronary artery", "left", "coronary artery"),
        ("joints of both hands", "both", "joints of hands"),
        ("wrist, left", "left", "wrist"),
        ("3rd finger", "", "3rd finger"),
        ("right-to-left shunt", "", "right-to-left shunt"),
        ("  left   upper  arm ", "left", "upper arm"),
    ],
)
def test_the_side_is_told_apart_from_the_site(written, side, name):
    assert site(written) == Site(written.strip(), side, name)


@pytest.mark.parametrize(
    ("written", "message", "offset"),
    [
        (
            "left wrist and right knee",
            '"left wrist and right knee" has two sides; write two sites: [left wrist, right knee]',
            15,
        ),
        ("left", '"left" names no part of the body; write e.g. left wrist or face', 0),
        ("", '"" names no part of the body; write e.g. left wrist or face', 0),
        ("12", '"12" names no part of the body; write e.g. left wrist or face', 0),
    ],
)
def test_other_texts_are_refused(written, message, offset):
    with pytest.raises(GrammarError) as refused:
        site(written)

    assert (str(refused.value), refused.value.offset) == (message, offset)
