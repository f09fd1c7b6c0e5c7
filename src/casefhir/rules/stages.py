"""Stages that cannot be read by the system they name."""

from casefhir.chart import Chart
from casefhir.rules.rule import Remarks


def unread_tnm(chart: Chart) -> Remarks:
    """
    A stage of TNM is not written as one.

    Why: its categories stay text; a letter O may stand for a zero.
    Bad:  stages: [{system: TNM, value: pT2NOMO}]
    Good: stages: [{system: TNM, value: pT2 N0 M0}]
    """
    for i, stage in enumerate(chart.case.stages):
        if stage.is_tnm and not stage.categories:
            told = "is not read as TNM and stays text; write it like pT2 N0 M0, or a group of stages as 'TNM stage'"
            yield ("stages", i, "value"), f"{stage.value!r} {told}"
