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
        ("small joints of the hands and feet", "", "small joints of the hands and feet"),
        ("space between the first and second toe", "", "space between the first and second toe"),
        ("left hand", "left", "hand"),
        ("island of skin", "", "island of skin"),
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
        (
            "trunk and both legs",
            '"trunk and both legs" names more than one place; write [trunk, both legs]',
            10,
        ),
        ("left", '"left" names no part of the body; write e.g. left wrist, or left side of the body', 0),
        ("", '"" names no part of the body; write e.g. left wrist or face', 0),
        ("12", '"12" names no part of the body; write e.g. left wrist or face', 0),
    ],
)
def test_other_texts_are_refused(written, message, offset):
    with pytest.raises(GrammarError) as refused:
        site(written)

    assert (str(refused.value), refused.value.offset) == (message, offset)


@pytest.mark.parametrize(
    ("written", "offer"),
    [
        ("trunk and legs", "[trunk, legs]"),
        ("hand and neck", "[hand, neck]"),
        ("palms & soles", "[palms, soles]"),
        ("face, trunk and both legs", "[face, trunk, both legs]"),
        ("face, trunk, and legs", "[face, trunk, legs]"),
        ("both knees and ankles", "[both knees, ankles], each with its side if one is meant"),
        ("left and right knee, face", "[both knee, face], each with its side if one is meant"),
        ("upper and lower lip", "[upper lip, lower lip]"),
        ("3rd, 4th and 5th finger", "[3rd finger, 4th finger, 5th finger]"),
        ("cervical and axillary lymph nodes", "[cervical lymph nodes, axillary lymph nodes]"),
        ("both cervical and axillary", "[both cervical, axillary], each with its side if one is meant"),
    ],
)
def test_two_places_are_two_items(written, offer):
    with pytest.raises(GrammarError) as refused:
        site(written)

    assert str(refused.value) == f'"{written}" names more than one place; write {offer}'


@pytest.mark.parametrize("written", ["knee or ankle", "left or right knee"])
def test_one_of_two_places_is_asked_back(written):
    with pytest.raises(GrammarError, match="may be either; write the one that is meant, or the words as a note"):
        site(written)
