"""What messages call the record that they speak of."""

import pytest

from casefhir.model.case import Case
from casefhir.model.engine import read


@pytest.mark.parametrize(
    ("path", "called"),
    [
        (("events", "review", "date"), "'review'"),
        (("findings", 0, "value"), "'fever'"),
        (("findings", 1), "'rash, chills'"),
        (("labs", 0, "values", "CRP", "value"), "'CRP'"),
        (("labs", 0), ""),
        (("patient", "age"), ""),
        (("adverse-events", 0, "none"), "'rash'"),
        (("treatments",), ""),
    ],
)
def test_a_record_is_called_by_its_name(path: tuple[str | int, ...], called: str) -> None:
    case = read(
        Case,
        {
            "casefhir": 1,
            "id": "invented",
            "article": {"title": "An invented case"},
            "patient": {"sex": "female", "age": "9 years"},
            "events": {"review": {"date": "2021"}},
            "findings": [{"name": "fever", "value": "39 °C"}, {"names": ["rash", "chills"]}],
            "labs": [{"values": {"CRP": "8 mg/L"}}],
            "adverse-events": [{"name": "rash"}],
        },
    )

    assert case.called(path) == called
