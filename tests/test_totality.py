"""Whatever a check finds no error in becomes a bundle that the output gate lets pass: every row, word and form."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from tests.mutated import DATA, written
from tests.totality import laboratory, statements, whole
from tests.totality.written import Input, case

import casefhir
from casefhir.pipeline import DocumentError, Loaded, converted, load
from casefhir.source import Path as Place

TOGETHER = (
    laboratory.every_test_with_every_result,
    laboratory.every_unit,
    laboratory.every_vital_sign_code,
    laboratory.every_printed_word,
    statements.every_moment,
    statements.every_event,
    statements.every_name,
    statements.every_dose,
    statements.every_form,
    statements.every_literal,
    whole.remarks,
    whole.warnings,
    whole.collisions,
)
"""What makes one big case."""

ALONE = (whole.articles, whole.patients)
"""Of what a case has one: each input is a case."""

REFUSED = {"timeline.ends-before-start"}
"""Rules that refuse some inputs, which are combinations; any other error is a fault of the inputs."""


def test_checked_inputs_become_documents() -> None:
    pass
