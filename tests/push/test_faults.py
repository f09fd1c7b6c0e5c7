"""Networks and servers that fail, and clients that are killed: every fact is on the server once, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.conformance.faulty import FAULTS
from tests.conformance.soak import SERVERS, soak

pytestmark = [pytest.mark.long, pytest.mark.skipif(os.name == "nt", reason="Windows does not fork")]


@pytest.mark.parametrize(
    ("server", "pushes"),
    [
        ("sekmet", 30),
        pytest.param("medplum", 30, marks=pytest.mark.node),
        pytest.param("sekmet", 1000, marks=pytest.mark.servers),
        pytest.param("medplum", 1000, marks=[pytest.mark.servers, pytest.mark.node]),
    ],
)
def test_every_fact_is_there_once_and_nothing_else(server: str, pushes: int, tmp_path: Path) -> None:
    with SERVERS[server]() as base:
        result = soak(base, tmp_path, pushes=pushes, seed=7)

    assert result.killed > 0
    assert result.codes[0] > 0
    assert len(result.faults) > len(FAULTS) // 2
