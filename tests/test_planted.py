"""Errors planted in the published cases: how many the rules find with the case alone."""

from collections import Counter

import pytest
from tools.planted import KINDS, OF_EACH_KIND, is_found, planted

pytestmark = pytest.mark.long


def test_the_same_three_hundred_errors_are_planted_each_time() -> None:
    assert Counter(error.kind for error in planted()) == dict.fromkeys(KINDS, OF_EACH_KIND)
    assert planted() == planted()


def test_the_rules_find_more_than_half_of_them_with_the_case_alone() -> None:
    """The rest needs the article; docs/planted.md says which."""
    errors = planted()

    assert sum(map(is_found, errors)) > len(errors) * 0.55
